/*
 * test_screens.c - the whole client, driven by scripts of keys, against a
 * wiki of the test. What it showed must be the golden text, character by
 * character. PLEIN_GOLDEN=write writes the golden texts anew, to be read
 * before they are kept.
 *
 * Each file of tests/screen/scripts is a test. Its first line says who is
 * there: "# as ROLE [at PAGE] [in en]". usage: test_screens [NAME...]
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <dirent.h>
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
#include "plein/mem.h"
#include "plein/vec.h"

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
	struct app_options o = { .keep_ms = NO_DRAFTS };
	json_t *args = page ? json_pack("{s:s}", "address", page) : NULL;

	if (terminal_script_open(&o.terminal, script, log, &err) < 0)
		fail_msg("%s", err.msg);
	fake_wiki_start(&wiki, role);
	o.control = wiki.control;
	if (page)
		o.first = SCREEN_PAGE;
	o.args = args;
	(void)app_run(&o);
	json_decref(args);
	o.terminal->ops->close(o.terminal);
	fake_wiki_stop(&wiki);
}

/* The first line of a script; what it does not say is NULL. */
struct scene {
	char role[16], page[128], language[8];
};

static void
read_scene(const char *script, struct scene *s)
{
	char line[200] = "", *word, *rest = NULL;

	memset(s, 0, sizeof(*s));
	(void)snprintf(line, sizeof(line), "%.*s", (int)strcspn(script, "\n"),
		       script);
	for (word = strtok_r(line, " ", &rest); word;
	     word = strtok_r(NULL, " ", &rest)) {
		char *value = *word == '#' ? NULL : strtok_r(NULL, " ", &rest);

		if (!value)
			continue;
		if (strcmp(word, "as") == 0)
			(void)snprintf(s->role, sizeof(s->role), "%s", value);
		else if (strcmp(word, "at") == 0)
			(void)snprintf(s->page, sizeof(s->page), "%s", value);
		else if (strcmp(word, "in") == 0)
			(void)snprintf(s->language, sizeof(s->language), "%s",
				       value);
	}
}

static void
play(const char *script, struct buf *log)
{
	struct scene s;

	read_scene(script, &s);
	if (!*s.role)
		fail_msg("%s", "the first line does not say who is there");
	if (*s.language) {
		(void)setenv("LANGUAGE", s.language, 1);
		language_changed();
	}
	run_script(script, s.role, *s.page ? s.page : NULL, log);
	(void)setenv("LANGUAGE", "nl", 1);
	language_changed();
}

static void
test_screens(void **state)
{
	const char *name = *state;
	struct buf script = BUF_INIT, golden = BUF_INIT, log = BUF_INIT;

	read_file("tests/screen/scripts", name, &script);
	assert_true(script.len > 0);
	play(script.ptr, &log);
	if (strstr(log.ptr, "=== waited in vain")) {
		(void)fputs(log.ptr, stderr); /* fail_msg() cuts it off */
		fail_msg("%s: waited in vain", name);
	}
	if (getenv("PLEIN_GOLDEN"))
		write_golden(name, &log);
	read_file("tests/screen/golden", name, &golden);
	if (strcmp(log.ptr, golden.ptr) != 0)
		fail_msg("%s: not the golden text but:\n%s", name, log.ptr);
	buf_release(&script);
	buf_release(&golden);
	buf_release(&log);
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Names of scripts, without .txt, in order. */
static void
list_scripts(struct vec *names)
{
	DIR *dir = opendir("tests/screen/scripts");
	const struct dirent *e;

	while (dir && (e = readdir(dir)) != NULL) {
		const char *end = strstr(e->d_name, ".txt");

		if (end)
			vec_push(names, mem_strndup(e->d_name,
						    (size_t)(end - e->d_name)));
	}
	if (dir)
		(void)closedir(dir);
	qsort(names->items, names->len, sizeof(*names->items), by_name);
}

int
main(int argc, char **argv)
{
	struct vec names = { 0 };
	struct CMUnitTest *tests;
	int failed;

	for (int i = 1; i < argc; i++)
		vec_push(&names, mem_strdup(argv[i]));
	if (argc < 2)
		list_scripts(&names);
	tests = mem_alloc((names.len + 1) * sizeof(*tests));
	for (size_t i = 0; i < names.len; i++) {
		tests[i].name = names.items[i];
		tests[i].test_func = test_screens;
		tests[i].initial_state = names.items[i];
	}
	failed = _cmocka_run_group_tests("screens", tests, names.len,
					 fake_wiki_speak_dutch, NULL);
	if (!names.len)
		failed = 1;
	free(tests);
	vec_release(&names, free);
	return failed;
}
