#include "plein/wordwrap.h"

#include "plein/buf.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* The lines of `s`, joined with '|'. */
static void
assert_wrapped(const char *s, int width, const char *expected,
	       size_t (*wrap)(const char *s, size_t len, int width))
{
	struct buf out = BUF_INIT;
	size_t len = strlen(s), at = 0, n;

	while (at < len) {
		n = wrap(s + at, len - at, width);
		assert_in_range(n, 1, len - at);
		if (at > 0)
			buf_char(&out, '|');
		buf_add(&out, s + at, n);
		at += n;
	}
	assert_string_equal(out.ptr, expected);
	buf_release(&out);
}

static void
assert_lines(const char *s, int width, const char *expected)
{
	assert_wrapped(s, width, expected, wordwrap_next);
}

static void
assert_prose(const char *s, int width, const char *expected)
{
	assert_wrapped(s, width, expected, wordwrap_prose);
}

static void
test_wordwrap__breaks_after_the_last_blank_that_fits(void **state)
{
	(void)state;
	assert_lines("een twee drie", 8, "een twee |drie");
	assert_lines("een twee drie", 7, "een |twee |drie");
	assert_lines("een twee drie", 13, "een twee drie");
	assert_lines("een twee drie", 12, "een twee |drie");
}

static void
test_wordwrap__blanks_hang_over_the_edge(void **state)
{
	(void)state;
	assert_lines("een    twee", 4, "een    |twee");
	assert_lines("een     ", 3, "een     ");
	assert_lines("een\ttwee", 5, "een\t|twee");
	assert_lines("een \xcc\x81", 3, "een| \xcc\x81"); /* that is drawn */
}

static void
test_wordwrap__a_tab_takes_one_column(void **state)
{
	(void)state;
	assert_lines("a\tb c", 3, "a\tb |c");
	assert_lines("a\tb c", 2, "a\t|b |c");
}

/* What the output filter marks takes the columns of the mark. */
static void
test_wordwrap__measures_what_is_shown(void **state)
{
	(void)state;
	assert_lines("a\x1b"
		     "b c",
		     6,
		     "a\x1b"
		     "b |c");
	assert_lines("a\x1b"
		     "b c",
		     5, "a\x1b|b c");
	assert_lines("x \xe2\x80\x8b y", 9, "x \xe2\x80\x8b |y"); /* <200B> */
	assert_lines("een \xff\xff", 11, "een |\xff\xff");
	assert_lines("\xff\xff", 7, "\xff|\xff");
}

static void
test_wordwrap__hyphens_do_not_break(void **state)
{
	(void)state;
	assert_lines("x e-mail-adres", 8, "x |e-mail-a|dres");
}

static void
test_wordwrap__a_long_word_is_cut_at_the_edge(void **state)
{
	(void)state;
	assert_lines("abcdefgh", 3, "abc|def|gh");
	assert_lines("ab cdefgh", 4, "ab |cdef|gh");
	assert_lines("abc", 1, "a|b|c");
}

static void
test_wordwrap__graphemes_stay_whole(void **state)
{
	(void)state;
	assert_lines("e\xcc\x81"
		     "e\xcc\x81"
		     "e\xcc\x81",
		     2,
		     "e\xcc\x81"
		     "e\xcc\x81"
		     "|e\xcc\x81");
	assert_lines("\xf0\x9f\x87\xb3\xf0\x9f\x87\xb1x", 2,
		     "\xf0\x9f\x87\xb3\xf0\x9f\x87\xb1|x");
}

static void
test_wordwrap__wide_characters_take_two_columns(void **state)
{
	(void)state;
	assert_lines("\xe6\xbc\xa2\xe5\xad\x97\xe6\xbc\xa2", 5,
		     "\xe6\xbc\xa2\xe5\xad\x97|\xe6\xbc\xa2");
	assert_lines("a\xe6\xbc\xa2", 2, "a|\xe6\xbc\xa2");
}

static void
test_wordwrap__always_moves_on(void **state)
{
	(void)state;
	assert_lines("\xe6\xbc\xa2\xe5\xad\x97", 1,
		     "\xe6\xbc\xa2|\xe5\xad\x97");
	assert_lines("ab", 0, "a|b");
	assert_lines("ab", -5, "a|b");
	assert_lines("\xff\xfe", 1, "\xff|\xfe");
	assert_int_equal(wordwrap_next("", 0, 10), 0);
}

static void
test_wordwrap__prose_breaks_behind_hyphens_and_slashes(void **state)
{
	(void)state;
	assert_prose("een twee drie", 8, "een twee |drie");
	assert_prose("x digitale-toegang", 12, "x digitale-|toegang");
	assert_prose("gemeenten/provincies", 12, "gemeenten/|provincies");
	assert_prose("dit e-mailadres", 7, "dit |e-maila|dres");
	assert_prose("op 2021-11-09 x", 8, "op |2021-11-|09 x"); /* too long */
	assert_prose("op 2021-11-09 x", 12, "op |2021-11-09 x");
	assert_prose("abcdefgh", 3, "abc|def|gh");
}

static void
test_wordwrap__prose_keeps_what_a_no_break_space_joins(void **state)
{
	(void)state;
	assert_prose("wel 100\xc2\xa0km ver", 9, "wel |100\xc2\xa0km |ver");
	assert_prose("x a\xe2\x80\x91"
		     "b",
		     4,
		     "x |a\xe2\x80\x91"
		     "b");
}

/* Ideographs may part; a mark such as 。 does not begin a line. */
static void
test_wordwrap__prose_breaks_between_ideographs(void **state)
{
	(void)state;
	assert_prose("\xe4\xbd\xa0\xe5\xa5\xbd\xe4\xb8\x96\xe7\x95\x8c", 5,
		     "\xe4\xbd\xa0\xe5\xa5\xbd|\xe4\xb8\x96\xe7\x95\x8c");
	assert_prose("\xe4\xbd\xa0\xe5\xa5\xbd\xe3\x80\x82x", 4,
		     "\xe4\xbd\xa0|\xe5\xa5\xbd\xe3\x80\x82|x");
	assert_prose("x \xe4\xbd\xa0\xe5\xa5\xbd", 4,
		     "x \xe4\xbd\xa0|\xe5\xa5\xbd");
}

static void
test_wordwrap__prose_keeps_graphemes_whole(void **state)
{
	(void)state;
	assert_prose("a-e\xcc\x81-\xf0\x9f\x87\xb3\xf0\x9f\x87\xb1-b", 4,
		     "a-e\xcc\x81-|\xf0\x9f\x87\xb3\xf0\x9f\x87\xb1-b");
	assert_prose("\xe6\xbc\xa2\xe5\xad\x97", 1,
		     "\xe6\xbc\xa2|\xe5\xad\x97");
	assert_prose("\xff\xfe-\xff", 5, "\xff|\xfe-|\xff");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_wordwrap__breaks_after_the_last_blank_that_fits),
		cmocka_unit_test(test_wordwrap__blanks_hang_over_the_edge),
		cmocka_unit_test(test_wordwrap__a_tab_takes_one_column),
		cmocka_unit_test(test_wordwrap__measures_what_is_shown),
		cmocka_unit_test(test_wordwrap__hyphens_do_not_break),
		cmocka_unit_test(test_wordwrap__a_long_word_is_cut_at_the_edge),
		cmocka_unit_test(test_wordwrap__graphemes_stay_whole),
		cmocka_unit_test(
			test_wordwrap__wide_characters_take_two_columns),
		cmocka_unit_test(test_wordwrap__always_moves_on),
		cmocka_unit_test(
			test_wordwrap__prose_breaks_behind_hyphens_and_slashes),
		cmocka_unit_test(
			test_wordwrap__prose_keeps_what_a_no_break_space_joins),
		cmocka_unit_test(
			test_wordwrap__prose_breaks_between_ideographs),
		cmocka_unit_test(test_wordwrap__prose_keeps_graphemes_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
