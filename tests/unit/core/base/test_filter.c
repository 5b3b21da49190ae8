#include "plein/filter.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define ACUTE "\xcc\x81"
#define ZWJ "\xe2\x80\x8d"
#define TONE "\xf0\x9f\x8f\xbd"
#define HEART "\xe2\x9d\xa4"
#define STYLE "\xef\xb8\x8f" /* as an emoji */
#define FLAG "\xf0\x9f\x87\xb3\xf0\x9f\x87\xb1"
#define WOMAN "\xf0\x9f\x91\xa9"
#define LAPTOP "\xf0\x9f\x92\xbb"

static const struct {
	const char *in, *line, *text;
	bool accepted;
} rows[] = {
	{ "", "", "", true },
	{ "plain ~ text", "plain ~ text", "plain ~ text", true },
	{ "caf\xc3\xa9 \xe6\xbc\xa2", "caf\xc3\xa9 \xe6\xbc\xa2",
	  "caf\xc3\xa9 \xe6\xbc\xa2", true },
	{ "a\nb", "a<0A>b", "a\nb", true },
	{ "a\r\nb", "a<0D><0A>b", "a\nb", true },
	{ "a\rb", "a<0D>b", "a<0D>b", false },
	{ "a\r", "a<0D>", "a<0D>", false },
	{ "a\tb", "a b", "a b", true },
	{ "\033[2J", "<1B>[2J", "<1B>[2J", false },
	{ "\x7f", "<7F>", "<7F>", false },
	{ "\xc2\x9b", "<9B>", "<9B>", false }, /* C1: CSI */
	{ "\x9b", "<9B>", "<9B>", false }, /* invalid byte */
	{ "\xff\xfe", "<FF><FE>", "<FF><FE>", false },
	{ "\xe2\x80\xae", "<202E>", "<202E>", false }, /* override */
	{ "\xe2\x81\xa6", "<2066>", "<2066>", false }, /* isolate */
	{ "\xe2\x80\x8b", "<200B>", "<200B>", false }, /* zero width */
	{ "a\xc2\xad"
	  "b",
	  "a<AD>b", "a<AD>b", false }, /* soft hyphen */
	{ "\xef\xbb\xbf", "<FEFF>", "<FEFF>", false },
	{ "\xe2\x80\xa8", "<2028>", "<2028>", false },
	{ "\xee\x80\x80", "<E000>", "<E000>", false }, /* private */
	{ "\xef\xbf\xbf", "<FFFF>", "<FFFF>", false },
	{ "\xf4\x8f\xbf\xbf", "<10FFFF>", "<10FFFF>", false },
	{ "\xf3\xa0\x81\xa7", "<E0067>", "<E0067>", false }, /* tag */
	{ "\xe3\x85\xa4", "<3164>", "<3164>", false }, /* filler */
	/* of an emoji what every terminal shows alike */
	{ WOMAN ZWJ LAPTOP, WOMAN LAPTOP, WOMAN LAPTOP, true },
	{ WOMAN TONE ZWJ LAPTOP "x", WOMAN LAPTOP "x", WOMAN LAPTOP "x", true },
	{ WOMAN ZWJ HEART STYLE ZWJ WOMAN, WOMAN HEART WOMAN, WOMAN HEART WOMAN,
	  true },
	{ HEART STYLE, HEART, HEART, true },
	/* and of all else that a joiner could do nothing */
	{ "a" ZWJ LAPTOP, "a<200D>" LAPTOP, "a<200D>" LAPTOP, false },
	{ WOMAN ZWJ "a", WOMAN "<200D>a", WOMAN "<200D>a", false },
	{ WOMAN ZWJ ZWJ LAPTOP, WOMAN "<200D><200D>" LAPTOP,
	  WOMAN "<200D><200D>" LAPTOP, false },
	{ ZWJ LAPTOP, "<200D>" LAPTOP, "<200D>" LAPTOP, false },
	{ WOMAN ZWJ, WOMAN "<200D>", WOMAN "<200D>", false },
	{ WOMAN ZWJ "\n" LAPTOP, WOMAN "<200D><0A>" LAPTOP,
	  WOMAN "<200D>\n" LAPTOP, false },
	{ FLAG ZWJ LAPTOP, FLAG "<200D>" LAPTOP, FLAG "<200D>" LAPTOP, false },
	{ "a" TONE, "a<1F3FD>", "a<1F3FD>", false },
	{ STYLE, "<FE0F>", "<FE0F>", false },
	{ "e" ACUTE ACUTE ACUTE ACUTE, "e" ACUTE ACUTE ACUTE ACUTE,
	  "e" ACUTE ACUTE ACUTE ACUTE, true },
	{ "e" ACUTE ACUTE ACUTE ACUTE ACUTE "x",
	  "e" ACUTE ACUTE ACUTE ACUTE "<0301>x",
	  "e" ACUTE ACUTE ACUTE ACUTE "<0301>x", false },
	{ ACUTE "a", "<0301>a", "<0301>a", false },
	{ "a\n" ACUTE, "a<0A>" ACUTE, "a\n<0301>", false },
	{ "\t" ACUTE, " " ACUTE, " " ACUTE, true },
};

#define N_ROWS (sizeof(rows) / sizeof(rows[0]))

static void
test_filter__line_marks_what_could_harm_a_terminal(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < N_ROWS; i++) {
		buf_reset(&out);
		filter_line(&out, rows[i].in, strlen(rows[i].in));
		assert_string_equal(out.ptr, rows[i].line);
	}
	buf_release(&out);
}

static void
test_filter__text_keeps_newlines(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < N_ROWS; i++) {
		buf_reset(&out);
		filter_text(&out, rows[i].in, strlen(rows[i].in));
		assert_string_equal(out.ptr, rows[i].text);
	}
	buf_release(&out);
}

static void
test_filter__accepts_what_it_would_not_mark(void **state)
{
	size_t pos;

	(void)state;
	for (size_t i = 0; i < N_ROWS; i++) {
		if (filter_accepts(rows[i].in, strlen(rows[i].in), &pos) !=
		    rows[i].accepted)
			fail_msg("row %zu", i);
		if (rows[i].accepted)
			assert_int_equal(pos, strlen(rows[i].in));
	}
}

/* `base` and `n` times `more`: five are accepted, a sixth is marked. */
static void
assert_piles_up(const char *base, const char *more, size_t n, bool accepted)
{
	struct buf in = BUF_INIT, out = BUF_INIT;
	size_t pos;

	buf_str(&in, base);
	for (size_t i = 0; i < n; i++)
		buf_str(&in, more);
	if (filter_accepts(in.ptr, in.len, &pos) != accepted)
		fail_msg("%zu of %s on %s", n, more, base);
	filter_text(&out, in.ptr, in.len);
	assert_int_equal(strchr(out.ptr, '<') == NULL, accepted);
	buf_release(&in);
	buf_release(&out);
}

static void
test_filter__nothing_piles_up_in_one_grapheme(void **state)
{
	static const char *const piles[][2] = {
		{ "e", "\xcc\x81" }, /* marks */
		{ "\xe1\x84\x80", "\xe1\x84\x80" }, /* leading jamo */
		{ "\xe1\x84\x80", "\xe1\x85\xa1" }, /* vowels */
		{ "\xe1\x84\x80", "\xe1\x86\xa8" }, /* trailing ones */
		{ "\xf0\x9f\x91\x8d", "\xf0\x9f\x8f\xbd" }, /* skin tones */
		{ "\xe0\xb5\x8e", "\xe0\xb5\x8e" }, /* Prepend */
		{ WOMAN, ZWJ WOMAN }, /* FILTER_JOINS */
		{ HEART, STYLE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(piles) / sizeof(piles[0]); i++) {
		assert_piles_up(piles[i][0], piles[i][1], FILTER_MARKS, true);
		assert_piles_up(piles[i][0], piles[i][1], FILTER_MARKS + 1,
				false);
	}
	assert_piles_up("", "\xf0\x9f\x87\xb3", 20, true); /* flags */
	assert_piles_up("", "\xea\xb0\x80", 20, true); /* syllables */
	assert_piles_up("", "\xe1\x84\x80\xe1\x85\xa1", 20, true);
	assert_piles_up("",
			"\xe0\xb5\x8e"
			"a",
			20, true);
}

static void
test_filter__first_offence_is_found(void **state)
{
	size_t pos;

	(void)state;
	assert_false(filter_accepts("ok\n\xc3\xa9\033x\033", 8, &pos));
	assert_int_equal(pos, 5);
	assert_false(filter_accepts("a\0b", 3, &pos));
	assert_int_equal(pos, 1);
	assert_false(filter_accepts("ab\xc3", 3, &pos));
	assert_int_equal(pos, 2);
}

static void
test_filter__nul_is_marked_and_ends_nothing(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	filter_line(&out, "a\0b", 3);
	assert_string_equal(out.ptr, "a<00>b");
	buf_release(&out);
}

static void
test_filter__allows_no_control_in_all_of_unicode(void **state)
{
	static const struct {
		uint32_t first, last;
	} banned[] = {
		{ 0x00, 0x1f },	       { 0x7f, 0x9f },	   { 0xad, 0xad },
		{ 0x061c, 0x061c },    { 0x200b, 0x200f }, { 0x2028, 0x202e },
		{ 0x2060, 0x206f },    { 0xd800, 0xf8ff }, { 0xfeff, 0xfeff },
		{ 0xfff9, 0xfffb },    { 0xfe00, 0xfe0d }, { 0xe0000, 0xe0fff },
		{ 0xf0000, 0x10ffff },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(banned) / sizeof(banned[0]); i++)
		for (uint32_t c = banned[i].first; c <= banned[i].last; c++)
			if (filter_allows(c))
				fail_msg("U+%04X", c);
	assert_false(filter_allows(0x110000));
	assert_false(filter_allows(UINT32_MAX));
	assert_true(filter_allows(0xfe0e));
	assert_true(filter_allows(0xa0));
	assert_true(filter_allows(0x1f600));
}

/* Whatever goes in, what comes out would be accepted as it is. */
static void
test_filter__output_is_always_acceptable(void **state)
{
	struct buf out = BUF_INIT;
	uint32_t seed = 7;
	size_t pos;
	char in[48];

	(void)state;
	for (int round = 0; round < 3000; round++) {
		for (size_t i = 0; i < sizeof(in); i++) {
			seed = seed * 1664525 + 1013904223;
			in[i] = (char)(seed >> 24);
		}
		buf_reset(&out);
		filter_text(&out, in, sizeof(in));
		assert_true(filter_accepts(out.ptr, out.len, &pos));
		buf_reset(&out);
		filter_line(&out, in, sizeof(in));
		assert_true(filter_accepts(out.ptr, out.len, &pos));
		assert_null(strchr(out.ptr, '\n'));
	}
	buf_release(&out);
}

static void
assert_columns(const char *grapheme, int expected)
{
	assert_int_equal(filter_columns(grapheme, strlen(grapheme)), expected);
}

static void
test_filter__columns_are_those_of_what_is_shown(void **state)
{
	(void)state;
	assert_columns("a", 1);
	assert_columns("\t", 1);
	assert_columns("\xc3\xab", 1);
	assert_columns("e\xcc\x81", 1);
	assert_columns("\xe6\xbc\xa2", 2);
	assert_columns("\x1b", 4);
	assert_columns(WOMAN ZWJ LAPTOP, 4);
	assert_columns(WOMAN TONE, 2);
	assert_columns(HEART STYLE, 1);
	assert_columns(FLAG, 2);
	assert_columns("\xff", 4);
	assert_columns("\xe2\x80\xae", 6);
	assert_columns("\xcc\x81", 6); /* on nothing */
	assert_columns("e\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81", 7);
}

static void
test_filter__input_is_what_is_accepted(void **state)
{
	static const char in[] = "a\r\nb\rc\td\x1b"
				 "e" ZWJ "f" WOMAN ZWJ LAPTOP;
	struct buf out = BUF_INIT;
	size_t pos;

	(void)state;
	filter_input(&out, in, sizeof(in) - 1);
	assert_string_equal(out.ptr, "a\nb\nc\tdef" WOMAN ZWJ LAPTOP);
	buf_reset(&out);
	for (size_t i = 0; i < N_ROWS; i++)
		filter_input(&out, rows[i].in, strlen(rows[i].in));
	assert_true(filter_accepts(out.ptr, out.len, &pos));
	buf_reset(&out);
	filter_input(&out, "\x1b" ACUTE "a", 4); /* nothing for it to sit on */
	assert_string_equal(out.ptr, "a");
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_filter__input_is_what_is_accepted),
		cmocka_unit_test(
			test_filter__line_marks_what_could_harm_a_terminal),
		cmocka_unit_test(test_filter__text_keeps_newlines),
		cmocka_unit_test(test_filter__accepts_what_it_would_not_mark),
		cmocka_unit_test(test_filter__nothing_piles_up_in_one_grapheme),
		cmocka_unit_test(test_filter__first_offence_is_found),
		cmocka_unit_test(test_filter__nul_is_marked_and_ends_nothing),
		cmocka_unit_test(
			test_filter__allows_no_control_in_all_of_unicode),
		cmocka_unit_test(test_filter__output_is_always_acceptable),
		cmocka_unit_test(
			test_filter__columns_are_those_of_what_is_shown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
