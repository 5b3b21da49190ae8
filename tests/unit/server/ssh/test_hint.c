/* Tests of server/ssh/hint.c. */
#include "ssh/hint.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void
test_hint__believes_only_sane_terminal_names(void **state)
{
	static const char *const bad[] = { "",	  "../../etc/x", "x/y",
					   "-x",  ".x",		 "xterm\n",
					   "a b", "\xc3\xa9" };
	static const char *const good[] = { "xterm", "screen.xterm-256color",
					    "rxvt-unicode", "9term", "a+b" };
	struct hints h;

	(void)state;
	for (size_t i = 0; i < 5; i++) {
		hints_init(&h);
		hint_set_term(&h, good[i]);
		assert_string_equal(h.term, good[i]);
	}
	for (size_t i = 0; i < 8; i++) {
		hint_set_term(&h, bad[i]);
		assert_string_equal(h.term, HINT_TERM_FALLBACK);
	}
}

static void
test_hint__survives_a_terminal_name_of_200_kb(void **state)
{
	const size_t len = 200 * 1000;
	char *term = malloc(len + 1);
	struct hints h;

	(void)state;
	assert_non_null(term);
	memset(term, 'a', len);
	term[len] = '\0';
	hints_init(&h);
	hint_set_term(&h, term);
	assert_string_equal(h.term, HINT_TERM_FALLBACK);
	term[HINT_TERM_MAX + 1] = '\0';
	hint_set_term(&h, term);
	assert_string_equal(h.term, HINT_TERM_FALLBACK);
	term[HINT_TERM_MAX] = '\0';
	hint_set_term(&h, term);
	assert_string_equal(h.term, term);
	free(term);
}

static void
check_size(int cols, int rows, int want_cols, int want_rows)
{
	struct hints h;

	hints_init(&h);
	(void)hint_set_size(&h, cols, rows);
	assert_int_equal(h.cols, want_cols);
	assert_int_equal(h.rows, want_rows);
}

static void
test_hint__clamps_sizes_and_ignores_impossible_ones(void **state)
{
	(void)state;
	check_size(100, 40, 100, 40);
	check_size(1, 1, 20, 5);
	check_size(501, 301, 500, 300);
	check_size(INT_MAX, INT_MAX, 500, 300);
	check_size(0, 0, 80, 24);
	check_size(-1, -1, 80, 24);
	check_size(100, 0, 80, 24);
	check_size(0, 40, 80, 24);
	check_size(INT_MIN, 40, 80, 24);
}

static void
test_hint__refuses_every_other_variable(void **state)
{
	static const char *const bad[] = { "LD_PRELOAD", "GIT_PROTOCOL",
					   "PATH",	 "TERM",
					   "LANGUAGE",	 "lc_all",
					   "LOCPATH",	 "" };
	struct hints h;

	(void)state;
	hints_init(&h);
	for (size_t i = 0; i < 8; i++)
		assert_false(hint_set_env(&h, bad[i], "x"));
	assert_true(hint_set_env(&h, "LC_TIME", "../../x"));
	assert_false(h.nocolor);
	assert_true(hint_set_env(&h, "NO_COLOR", "1"));
	assert_true(h.nocolor);
}

struct locale {
	const char *name, *value;
};

/* The variables come in this order, and in the other one. */
static void
check_locale(const struct locale a, const struct locale b, const char *language,
	     bool ascii)
{
	for (int turn = 0; turn < 2; turn++) {
		const struct locale *first = turn ? &b : &a;
		const struct locale *second = turn ? &a : &b;
		struct hints h;

		hints_init(&h);
		assert_true(hint_set_env(&h, first->name, first->value));
		assert_true(hint_set_env(&h, second->name, second->value));
		assert_string_equal(h.language, language);
		assert_int_equal(h.ascii, ascii);
	}
}

static void
test_hint__believes_two_things_of_a_locale(void **state)
{
	static const struct locale none = { "LANG", "" };

	(void)state;
	check_locale((struct locale){ "LANG", "nl_NL.UTF-8" }, none, "nl",
		     false);
	check_locale((struct locale){ "LANG", "en_US.utf8" }, none, "en",
		     false);
	check_locale((struct locale){ "LANG", "en_GB.ISO-8859-15@euro" }, none,
		     "en", true);
	check_locale((struct locale){ "LANG", "de_DE" }, none, "", false);
	check_locale((struct locale){ "LANG", "C" }, none, "", false);
	check_locale((struct locale){ "LANG", "english" }, none, "", false);
	check_locale((struct locale){ "LANG", "nl_NL.UTF-8" },
		     (struct locale){ "LC_MESSAGES", "en_US.ISO-8859-1" }, "en",
		     false);
	check_locale((struct locale){ "LC_ALL", "nl_NL.KOI8-R" },
		     (struct locale){ "LC_CTYPE", "C.UTF-8" }, "nl", true);
	check_locale((struct locale){ "LC_TIME", "nl_NL.KOI8-R" }, none, "",
		     false);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hint__believes_only_sane_terminal_names),
		cmocka_unit_test(test_hint__survives_a_terminal_name_of_200_kb),
		cmocka_unit_test(
			test_hint__clamps_sizes_and_ignores_impossible_ones),
		cmocka_unit_test(test_hint__refuses_every_other_variable),
		cmocka_unit_test(test_hint__believes_two_things_of_a_locale),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
