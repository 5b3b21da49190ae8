/*
 * test_screens.c - the whole client, driven by scripts of keys, against a
 * wiki of the test. What it showed must be the golden text, character by
 * character. PLEIN_GOLDEN=write writes the golden texts anew, to be read
 * before they are kept.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "app.h"
#include "fake_wiki.h"
#include "plein/buf.h"
#include "plein/fs.h"
#include "plein/i18n.h"

#define SCRIPT_MAX 65536
#define GOLDEN_MAX (1 << 20)
#define NO_DRAFTS 3600000 /* by themselves: a golden text knows no time */

static void
read_file(const char *folder, const char *name, struct buf *out)
{
	int dir = fs_open_dir(folder, NULL);
	char file[80];

	assert_true(dir >= 0);
	(void)snprintf(file, sizeof(file), "%s.txt", name);
	(void)fs_read_at(dir, file, out, GOLDEN_MAX, NULL);
	(void)close(dir);
}

static void
write_golden(const char *name, const struct buf *text)
{
	int dir = fs_open_dir("tests/screen/golden", NULL);
	char file[80];

	assert_true(dir >= 0);
	(void)snprintf(file, sizeof(file), "%s.txt", name);
	assert_int_equal(
		fs_replace_at(dir, file, text->ptr, text->len, 0644, NULL), 0);
	(void)close(dir);
}

static void
run_script(const char *script, const char *role, const char *page,
	   struct buf *log)
{
	struct err err = ERR_INIT;
	struct fake_wiki wiki;
	struct app_options o = { .page = page, .keep_ms = NO_DRAFTS };

	if (terminal_script_open(&o.terminal, script, log, &err) < 0)
		fail_msg("%s", err.msg);
	fake_wiki_start(&wiki, role);
	o.control = wiki.control;
	(void)app_run(&o);
	o.terminal->ops->close(o.terminal);
	fake_wiki_stop(&wiki);
}

static void
compare(const char *name, const char *role, const char *page)
{
	struct buf script = BUF_INIT, golden = BUF_INIT, log = BUF_INIT;

	read_file("tests/screen/scripts", name, &script);
	assert_true(script.len > 0);
	run_script(script.ptr, role, page, &log);
	if (strstr(log.ptr, "=== waited in vain"))
		fail_msg("%s: waited in vain:\n%s", name, log.ptr);
	if (getenv("PLEIN_GOLDEN"))
		write_golden(name, &log);
	read_file("tests/screen/golden", name, &golden);
	if (strcmp(log.ptr, golden.ptr) != 0)
		fail_msg("%s: not the golden text but:\n%s", name, log.ptr);
	buf_release(&script);
	buf_release(&golden);
	buf_release(&log);
}

static void
test_screens__start(void **state)
{
	(void)state;
	compare("start", "bijdrager", NULL);
}

static void
test_screens__page(void **state)
{
	(void)state;
	compare("page", "bijdrager", "themas/common-ground");
}

static void
test_screens__links(void **state)
{
	(void)state;
	compare("links", "bijdrager", "themas/common-ground");
}

static void
test_screens__edit(void **state)
{
	(void)state;
	compare("edit", "bijdrager", "themas/common-ground");
}

static void
test_screens__selecting(void **state)
{
	(void)state;
	compare("selecting", "bijdrager", "themas/common-ground");
}

static void
test_screens__save_beside_a_colleague(void **state)
{
	(void)state;
	compare("joined", "bijdrager", "themas/digitale-toegang");
}

static void
test_screens__save_that_fails(void **state)
{
	(void)state;
	compare("save_fails", "bijdrager", "themas/digitale-toegang");
}

static void
test_screens__wiki_that_dies(void **state)
{
	(void)state;
	compare("wiki_dies", "bijdrager", "themas/digitale-toegang");
}

static void
test_screens__leave(void **state)
{
	(void)state;
	compare("leave", "bijdrager", "themas/digitale-toegang");
}

static void
test_screens__draft(void **state)
{
	(void)state;
	compare("draft", "redacteur", NULL);
}

static void
test_screens__news(void **state)
{
	(void)state;
	compare("news", "redacteur", NULL);
}

static void
test_screens__a_colleague_saves_what_is_read(void **state)
{
	(void)state;
	compare("colleague_reads", "bijdrager",
		"vraagstukken/digitale-soevereiniteit");
}

static void
test_screens__a_colleague_saves_what_is_edited(void **state)
{
	(void)state;
	compare("colleague_edits", "bijdrager",
		"besluiten/2021-02-12-resolutie");
}

static void
test_screens__help_and_menu(void **state)
{
	(void)state;
	compare("help_and_menu", "bijdrager", NULL);
}

static void
test_screens__reader(void **state)
{
	(void)state;
	compare("reader", "lezer", "themas/digitale-toegang");
}

static void
test_screens__sizes(void **state)
{
	(void)state;
	compare("sizes", "bijdrager", "themas/common-ground");
}

static void
test_screens__strange_characters(void **state)
{
	(void)state;
	compare("strange", "bijdrager", "begrippen/vreemde-tekens");
}

static void
test_screens__english(void **state)
{
	(void)state;
	(void)setenv("LANGUAGE", "en", 1);
	language_changed();
	compare("english", "bijdrager", "themas/common-ground");
	(void)setenv("LANGUAGE", "nl", 1);
	language_changed();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_screens__start),
		cmocka_unit_test(test_screens__page),
		cmocka_unit_test(test_screens__links),
		cmocka_unit_test(test_screens__edit),
		cmocka_unit_test(test_screens__selecting),
		cmocka_unit_test(test_screens__save_beside_a_colleague),
		cmocka_unit_test(test_screens__save_that_fails),
		cmocka_unit_test(test_screens__wiki_that_dies),
		cmocka_unit_test(test_screens__leave),
		cmocka_unit_test(test_screens__draft),
		cmocka_unit_test(test_screens__news),
		cmocka_unit_test(test_screens__a_colleague_saves_what_is_read),
		cmocka_unit_test(
			test_screens__a_colleague_saves_what_is_edited),
		cmocka_unit_test(test_screens__help_and_menu),
		cmocka_unit_test(test_screens__reader),
		cmocka_unit_test(test_screens__sizes),
		cmocka_unit_test(test_screens__strange_characters),
		cmocka_unit_test(test_screens__english),
	};

	return cmocka_run_group_tests(tests, fake_wiki_speak_dutch, NULL);
}
