#include "ui/key.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
test_key__names_survive_parsing_and_naming(void **state)
{
	static const char *const names[] = {
		"Ctrl-S",   "Ctrl-Space", "Ctrl-6",    "Esc",
		"Enter",    "Tab",	  "Shift-Tab", "Backspace",
		"Delete",   "Up",	  "Down",      "Left",
		"Right",    "Home",	  "End",       "PgUp",
		"PgDn",	    "Insert",	  "F1",	       "F12",
		"Shift-F3", "Ctrl-Left",  "Shift-Up",  "Ctrl-Shift-End",
		"Alt-B",    "Alt-Left",	  "b",	       "?",
		"Space",    "-",	  "\xC3\xAB",  "Ctrl-Alt-Up",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct buf b = BUF_INIT;
		struct key k;

		if (!key_parse(names[i], &k))
			fail_msg("%s is not parsed", names[i]);
		key_label(&b, &k);
		assert_string_equal(b.ptr, names[i]);
		buf_release(&b);
	}
}

static void
test_key__parses_to_what_the_decoder_gives(void **state)
{
	struct key k;

	(void)state;
	assert_true(key_parse("Ctrl-S", &k));
	assert_int_equal(k.code, KEY_CTRL);
	assert_int_equal(k.text[0], 's');
	assert_false(k.ctrl);
	assert_true(key_parse("Space", &k));
	assert_int_equal(k.code, KEY_TEXT);
	assert_int_equal(k.len, 1);
	assert_int_equal(k.text[0], ' ');
	assert_true(key_parse("Shift-Tab", &k));
	assert_int_equal(k.code, KEY_BACKTAB);
	assert_false(k.shift);
	assert_true(key_parse("F10", &k));
	assert_int_equal(k.number, 10);
	assert_true(key_parse("Alt-F", &k));
	assert_int_equal(k.code, KEY_TEXT);
	assert_true(k.alt);
	assert_int_equal(k.text[0], 'f');
	assert_true(key_parse("Ctrl-Left", &k));
	assert_int_equal(k.code, KEY_LEFT_);
	assert_true(k.ctrl);
}

static void
test_key__refuses_what_is_no_name(void **state)
{
	static const char *const names[] = {
		"",	   "F0",     "F13",	      "F1x",	      "Ctrl-",
		"Ctrl-ab", "enter",  "Ctrl-\xC3\xAB", "ab",	      "\x1b",
		"\xff",	   "Ctrl-1", "Up ",	      "\xE2\x80\xAE",
	};
	struct key k;

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (key_parse(names[i], &k))
			fail_msg("'%s' is parsed", names[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_key__names_survive_parsing_and_naming),
		cmocka_unit_test(test_key__parses_to_what_the_decoder_gives),
		cmocka_unit_test(test_key__refuses_what_is_no_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
