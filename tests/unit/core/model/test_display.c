/* How a person wants the wiki shown: words, and one line of them. */
#include "plein/display.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define NOTHING_CHOSEN \
	"view=screen colour=automatic signs=normal mouse=off clipboard=off " \
	"esc=25"

static void
assert_written(const struct display *d, const char *line)
{
	struct buf out = BUF_INIT;

	display_write(d, &out);
	assert_string_equal(out.ptr, line);
	buf_release(&out);
}

static void
test_display__is_as_nobody_chose_it(void **state)
{
	struct display d;

	(void)state;
	display_init(&d);
	assert_written(&d, NOTHING_CHOSEN);
}

static void
test_display__each_word_comes_back(void **state)
{
	struct buf line = BUF_INIT, value = BUF_INIT;
	struct display d, again;
	const char *word;

	(void)state;
	for (int s = 0; s < DISPLAY_N; s++) {
		enum display_setting one = (enum display_setting)s;

		assert_int_equal(display_find(display_name(one)), one);
		for (size_t i = 0; (word = display_word(one, i)); i++) {
			display_init(&d);
			assert_int_equal(display_set(&d, one, word, NULL), 0);
			buf_reset(&line);
			display_write(&d, &line);
			display_read(&again, line.ptr);
			assert_memory_equal(&d, &again, sizeof(d));
			buf_reset(&value);
			display_tell(&again, one, &value);
			assert_string_equal(value.ptr, word);
		}
	}
	assert_int_equal(display_find("taal"), DISPLAY_N);
	buf_release(&line);
	buf_release(&value);
}

static void
test_display__refuses_what_cannot_be(void **state)
{
	static const struct {
		enum display_setting s;
		const char *value;
	} bad[] = {
		{ DISPLAY_VIEW, "" },	       { DISPLAY_VIEW, "Screen" },
		{ DISPLAY_VIEW, "screen " },   { DISPLAY_COLOUR, "on" },
		{ DISPLAY_SIGNS, "0" },	       { DISPLAY_MOUSE, "yes" },
		{ DISPLAY_CLIPBOARD, "1" },    { DISPLAY_ESC, "" },
		{ DISPLAY_ESC, "24" },	       { DISPLAY_ESC, "501" },
		{ DISPLAY_ESC, "-30" },	       { DISPLAY_ESC, "30ms" },
		{ DISPLAY_ESC, "4294967336" },
	};
	struct display d;
	struct err err;

	(void)state;
	display_init(&d);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(display_set(&d, bad[i].s, bad[i].value, &err),
				 PLEIN_ERULE);
		assert_string_equal(err.rule, bad[i].s == DISPLAY_ESC
						      ? "setting-esc"
						      : "setting");
		assert_written(&d, NOTHING_CHOSEN);
	}
	assert_int_equal(display_set(&d, DISPLAY_ESC, "500", &err), 0);
	assert_int_equal(d.value[DISPLAY_ESC], 500);
}

static void
test_display__reads_what_it_understands_of_a_line(void **state)
{
	static const char *const nothing[] = {
		NULL,
		"",
		" ",
		"view",
		"view=",
		"=screen",
		"viewscreen",
		"view=x",
		"esc=9",
		"esc=99999999999999999999999999"
		"99999999999999999999999999999",
		"VIEW=lines",
		"view =lines",
	};
	struct display d;

	(void)state;
	for (size_t i = 0; i < sizeof(nothing) / sizeof(nothing[0]); i++) {
		display_read(&d, nothing[i]);
		assert_written(&d, NOTHING_CHOSEN);
	}
	display_read(&d, "  new=1 esc=120   view=lines colour=? mouse=on");
	assert_written(&d, "view=lines colour=automatic signs=normal mouse=on "
			   "clipboard=off esc=120");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_display__is_as_nobody_chose_it),
		cmocka_unit_test(test_display__each_word_comes_back),
		cmocka_unit_test(test_display__refuses_what_cannot_be),
		cmocka_unit_test(
			test_display__reads_what_it_understands_of_a_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
