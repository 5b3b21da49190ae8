/*
 * oneshot_write.c - the commands create and save. Both send a request id, so
 * that a lost answer can be asked for again without saving twice.
 */
#include "oneshot_do.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plein/i18n.h"
#include "base/sentence.h"
#include "plein/fs.h"
#include "plein/i18n.h"
#include "plein/page.h"
#include "plein/rpc.h"
#include "view/draft.h"

/* Standard input, with CR LF made LF; a terminal is not waited for. */
static int
read_input(struct oneshot *o, struct buf *text)
{
	struct err err = ERR_INIT;
	json_t *args;
	int rc = 0;
	size_t to = 0;

	if (!isatty(STDIN_FILENO))
		rc = fs_read_fd(STDIN_FILENO, text, PAGE_MAX, &err);
	if (rc)
		return oneshot_fail(o, rc, err.msg, NULL);
	for (size_t i = 0; i < text->len; i++) {
		if (text->ptr[i] == '\r' && text->ptr[i + 1] == '\n')
			continue;
		text->ptr[to++] = text->ptr[i];
	}
	if (to < text->len)
		buf_erase(text, to, text->len - to);
	rc = page_check(text->ptr, text->len, &err);
	if (!rc)
		return 0;
	args = rpc_rule(&err);
	rc = oneshot_fail(o, rc, err.msg, args);
	json_decref(args);
	return rc;
}

static json_t *
write_params(struct oneshot *o, const char *address, const struct buf *text)
{
	const char *note = words_value(&o->words, OPTION_NOTE);
	char request[DRAFT_REQUEST + 1];

	draft_make_request(request);
	return json_pack("{s:s, s:s%, s:s, s:s}", "address", address, "text",
			 text->ptr, text->len, "note", note ? note : "",
			 "request", request);
}

static int
tell_version(struct oneshot *o, const char *address, json_t *result)
{
	const char *at = json_string_value(json_object_get(result, "address"));
	json_int_t version =
		json_integer_value(json_object_get(result, "version"));
	struct buf line = BUF_INIT;

	if (o->json) {
		output_json(&o->out,
			    json_pack("{s:s, s:I, s:O*, s:O*}", "path",
				      at ? at : address, "version", version,
				      "joined",
				      json_object_get(result, "joined"), "with",
				      json_object_get(result, "with")));
	} else {
		output_number(&o->out, version);
		output_end(&o->out);
	}
	sentence_saved(&line, result);
	oneshot_remark(o, "%s", line.ptr);
	buf_release(&line);
	json_decref(result);
	return EXIT_DONE;
}

/* --- create --- */

static int
create_page(struct oneshot *o, const char *address, const struct buf *text)
{
	json_t *params = write_params(o, address, text), *result;
	int exit_code;

	(void)json_object_set_new(
		params, "kind",
		json_string(words_value(&o->words, OPTION_KIND)));
	(void)json_object_set_new(
		params, "title",
		json_string(words_value(&o->words, OPTION_TITLE)));
	exit_code = oneshot_ask(o, "page.create", params, true, &result);
	return exit_code ? exit_code : tell_version(o, address, result);
}

int
do_create(struct oneshot *o)
{
	struct buf text = BUF_INIT;
	int exit_code;

	if (o->words.args.len != 1)
		return oneshot_misuse(o, _("One address, such as "
					   "themas/open-standaarden."));
	if (!words_value(&o->words, OPTION_KIND) ||
	    !words_value(&o->words, OPTION_TITLE))
		return oneshot_misuse(o, _("A new page needs a kind and a "
					   "title."));
	exit_code = read_input(o, &text);
	if (!exit_code)
		exit_code = create_page(o, o->words.args.items[0], &text);
	buf_release(&text);
	return exit_code;
}

/* --- save --- */

/* With --json both texts come on stdout, so that a program can go on. */
static void
show_conflict(struct oneshot *o, const char *address, const struct buf *mine)
{
	struct err err = ERR_INIT;
	struct rpc_msg m;

	if (oneshot_call(o, "page.read", json_pack("{s:s}", "address", address),
			 &m, &err) == 0)
		output_json(&o->out,
			    json_pack("{s:s, s:O?, s:O?, s:O?, s:s%}", "path",
				      address, "version",
				      json_object_get(m.result, "version"),
				      "author",
				      json_object_get(m.result, "handle"),
				      "text", json_object_get(m.result, "text"),
				      "yours", mine->ptr, mine->len));
	rpc_msg_release(&m);
}

static int
save_page(struct oneshot *o, const char *address, const struct buf *text)
{
	json_t *params = write_params(o, address, text);
	struct err err = ERR_INIT;
	struct rpc_msg m;
	int rc, exit_code;

	(void)json_object_set_new(
		params, "base",
		json_integer(words_number(&o->words, OPTION_BASE, 0)));
	rc = oneshot_call(o, "page.save", params, &m, &err);
	if (rc == 0) {
		exit_code = tell_version(o, address, json_incref(m.result));
	} else {
		exit_code = oneshot_fail(o, rc, err.msg, m.args);
		if (rc == PLEIN_ECONFLICT && o->json)
			show_conflict(o, address, text);
	}
	rpc_msg_release(&m);
	return exit_code;
}

int
do_save(struct oneshot *o)
{
	struct buf text = BUF_INIT;
	struct page_name page = { 0 };
	int exit_code;

	if (!words_value(&o->words, OPTION_BASE))
		return oneshot_misuse(o, _("Which version did you start from? "
					   "Say --base V."));
	exit_code = read_input(o, &text);
	/* Nearly always a program before the pipe that failed. */
	if (!exit_code && !text.len)
		exit_code = oneshot_misuse(o, _("No text came in. Nothing was "
						"saved."));
	if (!exit_code)
		exit_code = oneshot_page(o, &page);
	if (!exit_code)
		exit_code = save_page(o, page.address, &text);
	free(page.address);
	buf_release(&text);
	return exit_code;
}
