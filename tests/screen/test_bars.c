/*
 * test_bars.c - what a bar offers can be done: of every screen of the table of
 * views, with something on it and with nothing, as it opens and on its first
 * row, Enter does something where the bar names it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "app.h"
#include "fake_show.h"
#include "fake_wiki.h"
#include "plein/buf.h"
#include "plein/mem.h"

#define NO_DRAFTS 3600000
#define BEFORE "=== before\n"
#define AFTER "=== after\n"

static const char *const names[] = {
#define S(id, open) #id,
#include "view/screen.def"
};

#define N_SCREENS (sizeof(names) / sizeof(names[0]))

static const struct {
	const char *screen, *role;
} others[] = {
	{ "REGISTER", "gast" },	     { "WAITING", "waiting" },
	{ "ADMIN", "beheerder" },    { "REQUESTS", "beheerder" },
	{ "MEMBERS", "beheerder" },  { "MEMBER", "beheerder" },
	{ "INVITE", "beheerder" },   { "INVITES", "beheerder" },
	{ "RECORDS", "beheerder" },  { "SETTINGS", "beheerder" },
	{ "SESSIONS", "beheerder" },
};

static const char *
role_for(const char *screen)
{
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (strcmp(others[i].screen, screen) == 0)
			return others[i].role;
	return "redacteur";
}

static void
press_enter(size_t which, enum fake_mood mood, const char *keys,
	    struct buf *log)
{
	struct buf script = BUF_INIT;
	struct app_options o = { .keep_ms = NO_DRAFTS };
	struct err err = ERR_INIT;
	struct terminal *terminal;
	struct fake_wiki wiki;
	json_t *args = fake_arguments();

	buf_printf(&script, "%sscreen before\nkey Enter\nscreen after\n", keys);
	if (terminal_script_open(&terminal, script.ptr, log, &err) < 0)
		fail_msg("%s", err.msg);
	fake_wiki_start_in(&wiki, role_for(names[which]), mood);
	o.control = wiki.control;
	o.first = (enum screen)which;
	o.args = args;
	(void)app_run(app_begin(&o), terminal, NULL);
	json_decref(args);
	terminal->ops->close(terminal);
	buf_release(&script);
	fake_wiki_stop(&wiki);
}

/* The last line of a screen, free() it. */
static char *
bar_of(const char *screen, const char *end)
{
	const char *at = end - 1;

	while (at > screen && at[-1] != '\n')
		at--;
	return mem_strndup(at, (size_t)(end - at));
}

static void
expect_kept(size_t which, enum fake_mood mood, const char *keys)
{
	struct buf log = BUF_INIT;
	const char *before, *after;
	char *bar;

	press_enter(which, mood, keys, &log);
	before = strstr(log.ptr, BEFORE);
	after = strstr(log.ptr, AFTER);
	assert_non_null(before);
	assert_non_null(after);
	before += strlen(BEFORE);
	bar = bar_of(before, after);
	after += strlen(AFTER);
	if (strncmp(bar, "Enter ", 6) == 0 &&
	    strncmp(before, after, strlen(after)) == 0) {
		print_error("%s, %s: the bar offers Enter, which does "
			    "nothing:\n%s",
			    names[which], mood == FAKE_EMPTY ? "empty" : "full",
			    after);
		fail();
	}
	free(bar);
	buf_release(&log);
}

static void
test_bars(void **state)
{
	const char *name = *state;
	size_t which = 0;

	while (strcmp(names[which], name) != 0)
		which++;
	expect_kept(which, FAKE_ORDINARY, "");
	expect_kept(which, FAKE_ORDINARY, "key Tab\n");
	expect_kept(which, FAKE_EMPTY, "");
	expect_kept(which, FAKE_EMPTY, "key Tab\n");
}

int
main(int argc, char **argv)
{
	struct CMUnitTest tests[N_SCREENS] = { { 0 } };
	size_t n = 0;

	(void)setenv("FAKE_TALK", "1", 1);
	for (size_t i = 0; i < N_SCREENS; i++) {
		if (argc > 1 && strcmp(argv[1], names[i]) != 0)
			continue;
		tests[n].name = names[i];
		tests[n].test_func = test_bars;
		tests[n++].initial_state = (void *)names[i];
	}
	return n ? _cmocka_run_group_tests("bars", tests, n,
					   fake_wiki_speak_dutch, NULL)
		 : 1;
}
