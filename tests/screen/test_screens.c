/*
 * test_screens.c - the whole client, driven by scripts of keys, against a
 * wiki of the test. What it showed must be the golden text, character by
 * character. PLEIN_GOLDEN=write writes the golden texts anew, to be read
 * before they are kept.
 *
 * Each file of tests/screen/scripts is a test. Its first line says who is
 * there: "# as ROLE [at PAGE] [door WORD] [in en] [talk yes] [trial MS]"; MS as in view/profile.h.
 * usage: test_screens [NAME...]
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
#include "fake_first.h"
#include "fake_scene.h"
#include "fake_scripts.h"
#include "fake_wiki.h"
#include "plein/buf.h"
#include "plein/i18n.h"

#define NO_DRAFTS 3600000 /* by themselves: a golden text knows no time */

static void
run_script(const char *script, const char *role, int trial, struct buf *log)
{
	struct err err = ERR_INIT;
	struct fake_wiki wiki;
	struct app_options o = { .keep_ms = NO_DRAFTS, .trial_ms = trial };
	struct terminal *terminal;
	json_t *args;

	if (terminal_script_open(&terminal, script, log, &err) < 0)
		fail_msg("%s", err.msg);
	fake_wiki_start(&wiki, role);
	o.control = wiki.control;
	fake_first(script, &o.first, &args);
	o.args = args;
	(void)app_run(app_begin(&o), terminal, NULL);
	json_decref(args);
	terminal->ops->close(terminal);
	fake_wiki_stop(&wiki);
}

static void
play(const char *script, struct buf *log)
{
	char role[16], language[8], trial[8], now[24], talk[8];

	fake_read_scene(script, "as", role, sizeof(role));
	fake_read_scene(script, "now", now, sizeof(now));
	fake_read_scene(script, "in", language, sizeof(language));
	fake_read_scene(script, "talk", talk, sizeof(talk));
	fake_read_scene(script, "trial", trial, sizeof(trial));
	if (!*role)
		fail_msg("%s", "the first line does not say who is there");
	fake_scene_discuss(*talk != '\0');
	(void)setenv("LANGUAGE", *language ? language : "nl", 1);
	language_changed();
	fake_scene_stand_still(now);
	run_script(script, role, (int)strtol(trial, NULL, 10), log);
	fake_scene_stand_still("");
	(void)setenv("LANGUAGE", "nl", 1);
	language_changed();
}

static void
test_screens(void **state)
{
	const char *name = *state;
	struct buf script = BUF_INIT, log = BUF_INIT;

	fake_read_script("tests/screen/scripts", name, &script);
	assert_true(script.len > 0);
	play(script.ptr, &log);
	if (strstr(log.ptr, "=== waited in vain")) {
		(void)fputs(log.ptr, stderr); /* fail_msg() cuts it off */
		fail_msg("%s: waited in vain", name);
	}
	fake_expect_golden("tests/screen/golden", name, &log);
	buf_release(&script);
	buf_release(&log);
}

int
main(int argc, char **argv)
{
	return fake_run_scripts("tests/screen/scripts", test_screens, NULL,
				fake_wiki_speak_dutch, argc, argv);
}
