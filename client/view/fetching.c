/* fetching.c - see fetching.h. */
#include "view/fetching.h"

#include <stdlib.h>
#include <string.h>

#include "plein/attachment.h"
#include "plein/i18n.h"
#include "plein/mem.h"

#define FOLDER "bijlagen/"
#define TEXTS "txt csv md log"

bool
fetching_is_attachment(const char *path)
{
	size_t len = strlen(FOLDER);

	return strncmp(path, FOLDER, len) == 0 && strchr(path + len, '/');
}

static const char *
host_of(const struct context *c)
{
	const char *host = context_session(c, "domain");

	return *host ? host : "HOST";
}

void
fetching_command(const struct context *c, const char *address, const char *name,
		 struct buf *out)
{
	/* Translators: words of a command; both languages are understood. */
	buf_printf(out, _("ssh %s attach get %s %s > %s"), host_of(c), address,
		   name, name);
}

static struct request
explain(const struct context *c, const char *address, const char *name)
{
	struct request r = request_of(REQUEST_ASK);
	struct buf command = BUF_INIT, question = BUF_INIT;

	fetching_command(c, address, name, &command);
	buf_printf(&question, _("%s cannot be shown here. You get it with:"),
		   name);
	r.question = question_new(question.ptr, command.ptr);
	question_add(r.question, _("Back"), CMD_N, NULL);
	buf_release(&command);
	buf_release(&question);
	return r;
}

struct request
fetching_open_file(struct context *c, const char *address, const char *name)
{
	if (!attachment_is_kind(TEXTS, name))
		return explain(c, address, name);
	return request_show(SCREEN_ATTACHED, json_pack("{s:s, s:s}", "address",
						       address, "name", name));
}

struct request
fetching_open(struct context *c, const char *path)
{
	const char *name = attachment_name(path);
	size_t from = strlen(FOLDER);
	char *address =
		mem_strndup(path + from, (size_t)(name - path) - from - 1);
	struct request r = fetching_open_file(c, address, name);

	free(address);
	return r;
}

struct request
fetching_permanent(struct context *c, const char *address, json_int_t version)
{
	struct request r = request_of(REQUEST_ASK);
	struct buf lines = BUF_INIT;

	if (version)
		buf_printf(&lines, _("ssh %s read %s@%lld"), host_of(c),
			   address, (long long)version);
	else
		buf_printf(&lines, "ssh -t %s %s", host_of(c), address);
	r.question =
		question_new(_("This command leads here, always:"), lines.ptr);
	buf_reset(&lines);
	buf_printf(&lines, _("Address: %s. In a page: [[%s]]."), address,
		   address);
	question_say(r.question, lines.ptr);
	question_add(r.question, _("Back to the page"), CMD_N, NULL);
	buf_release(&lines);
	return r;
}
