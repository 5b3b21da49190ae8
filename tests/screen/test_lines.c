/*
 * test_lines.c - line mode, driven by scripts of lines, against a wiki of the
 * test. The transcript must be the golden text: that is what somebody hears
 * who cannot see a screen. PLEIN_GOLDEN=write writes the transcripts anew, to
 * be read before they are kept.
 *
 * Each file of tests/screen/lines is a test. Its first line says who is
 * there: "# as ROLE [at PAGE] [door WORD] [in en] [talk yes]". usage: test_lines [NAME...]
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "fake_first.h"
#include "fake_scene.h"
#include "fake_scripts.h"
#include "fake_show.h"
#include "fake_wiki.h"
#include "line_tell.h"
#include "linemode.h"
#include "plein/buf.h"
#include "plein/fs.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/utf8.h"
#include "plein/vec.h"

#define TEXT_MAX (1 << 20) /* of a transcript */
#define SCRIPTS "tests/screen/lines"
#define TRANSCRIPTS "tests/screen/transcripts"
#define NO_DRAFTS 3600000 /* by themselves: a golden text knows no time */

static int
temporary(const char *text)
{
	char name[] = "/tmp/plein-test-XXXXXX";
	int fd = mkstemp(name);

	assert_true(fd >= 0);
	assert_int_equal(unlink(name), 0);
	assert_int_equal(fs_write_fd(fd, text, strlen(text), NULL), 0);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	return fd;
}

static void
run_lines(const char *role, const char *script, const char *lines,
	  struct buf *log)
{
	struct fake_wiki wiki;
	struct linemode_options o = { .keep_ms = NO_DRAFTS,
				      .wait_ms = 3000,
				      .echo = true };
	json_t *args;

	o.in = temporary(lines);
	o.out = temporary("");
	fake_wiki_start(&wiki, role);
	o.control = wiki.control;
	fake_first(script, &o.first, &args);
	o.args = args;
	(void)linemode_run(&o);
	fake_wiki_stop(&wiki);
	json_decref(args);
	(void)close(o.in);
	assert_int_equal(lseek(o.out, 0, SEEK_SET), 0);
	assert_int_equal(fs_read_fd(o.out, log, TEXT_MAX, NULL), 0);
	(void)close(o.out);
}

static void
play(const char *script, struct buf *log)
{
	const char *lines = strchr(script, '\n');
	char role[16], language[8], now[24], talk[8];

	fake_read_scene(script, "as", role, sizeof(role));
	fake_read_scene(script, "now", now, sizeof(now));
	fake_read_scene(script, "in", language, sizeof(language));
	fake_read_scene(script, "talk", talk, sizeof(talk));
	if (!*role || !lines)
		fail_msg("%s", "the first line does not say who is there");
	fake_scene_discuss(*talk != '\0');
	(void)setenv("LANGUAGE", *language ? language : "nl", 1);
	language_changed();
	fake_scene_stand_still(now);
	run_lines(role, script, lines + 1, log);
	fake_scene_stand_still("");
	(void)setenv("LANGUAGE", "nl", 1);
	language_changed();
}

static void
test_lines(void **state)
{
	const char *name = *state;
	struct buf script = BUF_INIT, log = BUF_INIT;

	fake_read_script(SCRIPTS, name, &script);
	assert_true(script.len > 0);
	play(script.ptr, &log);
	assert_null(memchr(log.ptr, '\x1b', log.len));
	fake_expect_golden(TRANSCRIPTS, name, &log);
	buf_release(&script);
	buf_release(&log);
}

/* --- every screen --- */

/* No control reaches the terminal, and no line is wider than told, but for
 * those with a prompt. */
static void
expect_lines(const char *out, const char *lines)
{
	for (const char *s = out; *s;) {
		size_t n = strcspn(s, "\n");

		for (size_t i = 0; i < n; i++)
			if ((unsigned char)s[i] < ' ' || s[i] == 0x7f)
				fail_msg("%s: control %d in %.*s", lines, s[i],
					 (int)n, s);
		if (utf8_width(s, n) > LINE_WIDTH && !memmem(s, n, "> ", 2))
			fail_msg("%s: too wide: %.*s", lines, (int)n, s);
		s += n + (s[n] == '\n');
	}
}

static void
walk(enum screen screen, enum fake_mood mood, const char *lines)
{
	struct linemode_options o = { .keep_ms = NO_DRAFTS,
				      .wait_ms = 3000,
				      .echo = true };
	struct fake_wiki wiki;
	struct buf log = BUF_INIT;
	json_t *args = fake_arguments();

	fake_wiki_start_in(&wiki, "redacteur", mood);
	o.in = temporary(lines);
	o.out = temporary("");
	o.control = wiki.control;
	o.first = screen;
	o.args = args;
	(void)linemode_run(&o);
	fake_wiki_stop(&wiki);
	assert_int_equal(lseek(o.out, 0, SEEK_SET), 0);
	assert_int_equal(fs_read_fd(o.out, &log, TEXT_MAX, NULL), 0);
	assert_true(log.len > 0);
	expect_lines(log.ptr, lines);
	(void)close(o.in);
	(void)close(o.out);
	json_decref(args);
	buf_release(&log);
}

/* Whatever the wiki holds and whatever is typed, in every screen. */
static void
test_lines__show_every_screen(void **state)
{
	static const char *const scripts[] = {
		"\n\n\nhulp\nm\n\nterug\nwaar\nlinks\n1\nterug\nafmelden\n",
		"1\n1\n2\n2\n3\n3\n99\n0\n.\nja\nnee\nstop\nopslaan\n",
		"toon 1\nvervang 1\na\nb\nweg 1\nverplaats 1 1\nverschil 1 2\n"
		"erna\n- \xe2\x80\xae\n.\nherschrijf 1\n.\nbewerk x\n",
		"\x1b[2J\n\xff\n \t \nb\nv\nh\nt\ne\nn\nk\nu\nx\nj\nl\nq\n",
	};

	(void)state;
	fake_scene_discuss(true);
	for (int screen = 0; screen < SCREEN_N; screen++)
		for (int mood = 0; mood <= FAKE_HOSTILE; mood++)
			for (size_t i = 0;
			     i < sizeof(scripts) / sizeof(scripts[0]); i++)
				walk((enum screen)screen, (enum fake_mood)mood,
				     scripts[i]);
}

int
main(int argc, char **argv)
{
	static const struct CMUnitTest last =
		cmocka_unit_test(test_lines__show_every_screen);

	return fake_run_scripts(SCRIPTS, test_lines, &last,
				fake_wiki_speak_dutch, argc, argv);
}
