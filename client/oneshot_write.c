/* oneshot_write.c - the commands create and save. */
#include "oneshot_page.h"
#include "oneshot_version.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plein/fs.h"
#include "plein/i18n.h"
#include "plein/page.h"
#include "plein/rpc.h"

#define COMMIT_LEN 40 /* digits; a number has fewer */

int
oneshot_read_text(struct oneshot *o, struct buf *text)
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

static void
add_text(json_t *params, const struct buf *text)
{
	(void)json_object_set_new(params, "text",
				  json_stringn(text->ptr, text->len));
}

/* --- create --- */

/* Without a text it begins as the template of its kind. */
static int
create_page(struct oneshot *o, const char *address, const struct buf *text)
{
	json_t *params = version_params(o, address);

	if (text->len > 0)
		add_text(params, text);
	(void)json_object_set_new(
		params, "kind",
		json_string(words_value(&o->words, OPTION_KIND)));
	(void)json_object_set_new(
		params, "title",
		json_string(words_value(&o->words, OPTION_TITLE)));
	return version_make(o, "page.create", params, NULL);
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
	exit_code = oneshot_read_text(o, &text);
	if (!exit_code)
		exit_code = create_page(o, o->words.args.items[0], &text);
	buf_release(&text);
	return exit_code;
}

/* --- save --- */

/* A number, or the id of the commit where there was none to be had. */
static void
add_base(struct oneshot *o, json_t *params)
{
	const char *base = words_value(&o->words, OPTION_BASE);

	if (strlen(base) == COMMIT_LEN)
		(void)json_object_set_new(params, "base_commit",
					  json_string(base));
	else
		(void)json_object_set_new(
			params, "base",
			json_integer(words_number(&o->words, OPTION_BASE, 0)));
}

static int
save_page(struct oneshot *o, const char *address, const struct buf *text)
{
	json_t *params = version_params(o, address);

	add_text(params, text);
	add_base(o, params);
	if (o->words.set & OPTION_MINOR)
		(void)json_object_set_new(params, "minor", json_true());
	return version_make(o, "page.save", params, NULL);
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
	exit_code = oneshot_read_text(o, &text);
	/* Nearly always a program before the pipe that failed. */
	if (!exit_code && !text.len)
		exit_code = oneshot_misuse(o, _("No text came in. Nothing was "
						"saved."));
	if (!exit_code)
		exit_code = oneshot_page_of_now(o, &page);
	if (!exit_code)
		exit_code = save_page(o, page.address, &text);
	free(page.address);
	buf_release(&text);
	return exit_code;
}
