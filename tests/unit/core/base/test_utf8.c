#include "plein/utf8.h"

#include <stdbool.h>
#include <string.h>

#include "plein/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define E_ACUTE "\xc3\xa9"
#define E_COMBINED "e\xcc\x81"
#define EURO "\xe2\x82\xac"
#define HAN "\xe6\xbc\xa2"
#define FLAG_NL "\xf0\x9f\x87\xb3\xf0\x9f\x87\xb1"
#define WOMAN "\xf0\x9f\x91\xa9"
#define LAPTOP "\xf0\x9f\x92\xbb"
#define ZWJ "\xe2\x80\x8d"
#define SKIN "\xf0\x9f\x8f\xbd"

static void
test_utf8__decode_and_encode_agree_for_every_scalar(void **state)
{
	char bytes[UTF8_MAX];
	uint32_t back;

	(void)state;
	for (uint32_t cp = 0; cp <= 0x10ffff; cp++) {
		size_t n;

		if (cp >= 0xd800 && cp <= 0xdfff)
			continue;
		n = utf8_encode(cp, bytes);
		if (utf8_decode(bytes, n, &back) != n || back != cp)
			fail_msg("U+%04X", cp);
		if (n > 1 && (utf8_decode(bytes, n - 1, &back) != 1 ||
			      back != UINT32_MAX))
			fail_msg("U+%04X cut off", cp);
	}
	assert_int_equal(utf8_decode("", 0, &back), 0);
}

static void
test_utf8__invalid_sequences_take_one_byte(void **state)
{
	static const char *const bad[] = {
		"\x80",
		"\xbf",
		"\xc0\xaf",
		"\xc1\xbf",
		"\xe0\x80\xaf",
		"\xe0\x9f\xbf",
		"\xed\xa0\x80",
		"\xed\xbf\xbf",
		"\xf0\x80\x80\xaf",
		"\xf0\x8f\xbf\xbf",
		"\xf4\x90\x80\x80",
		"\xf5\x80\x80\x80",
		"\xff",
		"\xc3",
		"\xc3(",
		"\xe2\x82",
		"\xe2(\xa1",
		"\xf0\x9f\x98",
	};
	uint32_t cp;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(utf8_decode(bad[i], strlen(bad[i]), &cp), 1);
		assert_int_equal(cp, UINT32_MAX);
		assert_false(utf8_is_valid(bad[i], strlen(bad[i])));
	}
}

static void
test_utf8__validity_is_seen_at_every_offset(void **state)
{
	char text[40];

	(void)state;
	for (size_t i = 0; i + 2 <= sizeof(text); i++) {
		memset(text, 'x', sizeof(text));
		memcpy(text + i, E_ACUTE, 2);
		assert_true(utf8_is_valid(text, sizeof(text)));
		text[i + 1] = 'x';
		assert_false(utf8_is_valid(text, sizeof(text)));
	}
	assert_true(utf8_is_valid("", 0));
	assert_true(utf8_is_valid("a\0b", 3));
}

static void
test_utf8__nfc_is_told_from_nfd(void **state)
{
	(void)state;
	assert_true(utf8_is_nfc("", 0));
	assert_true(utf8_is_nfc("plain", 5));
	assert_true(utf8_is_nfc(E_ACUTE, 2));
	assert_false(utf8_is_nfc(E_COMBINED, 3));
	assert_false(utf8_is_nfc("\xff", 1));
	assert_false(utf8_is_nfc("\xe2\x84\xaa", 3)); /* Kelvin sign */
}

static void
test_utf8__missing_counts_what_a_cut_sequence_needs(void **state)
{
	static const struct {
		const char *s;
		size_t missing;
	} rows[] = {
		{ "", 0 },
		{ "a", 0 },
		{ E_ACUTE, 0 },
		{ "a\xc3", 1 },
		{ "\xe2", 2 },
		{ "\xe2\x82", 1 },
		{ EURO, 0 },
		{ "\xf0", 3 },
		{ "\xf0\x9f", 2 },
		{ "x\xf0\x9f\x98", 1 },
		{ WOMAN, 0 },
		{ "\xff", 0 },
		{ "\x80", 0 },
		{ "\xed\xa0", 0 },
		{ "\x80\x80\x80", 0 },
		{ "\xc3"
		  "a",
		  0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(utf8_missing(rows[i].s, strlen(rows[i].s)),
				 rows[i].missing);
}

/* Graphemes written apart by '|'. */
static const char *const clusters[] = {
	"a|b|c",
	"a|\r\n|b",
	"\n|\n|\r|\r\n",
	"a|" E_COMBINED "|b",
	"a|" E_ACUTE "|" HAN "|b",
	"\t|\xcc\x81|x",
	FLAG_NL "|" FLAG_NL "|\xf0\x9f\x87\xb3|x",
	"x|" WOMAN ZWJ LAPTOP "|" WOMAN "|" LAPTOP,
	WOMAN SKIN ZWJ LAPTOP "|x",
	"a" ZWJ "|" LAPTOP,
	"\xe1\x84\x80\xe1\x85\xa1\xe1\x86\xa8|\xe1\x84\x80", /* jamo */
	"\xea\xb0\x80\xe1\x86\xa8|\xea\xb0\x81|\xea\xb0\x80",
	"\xe0\xa4\x95\xe0\xa4\xbf|x", /* Devanagari ki */
	"\xff|\xfe|" E_COMBINED "|\xc3",
	"\xff|\xcc\x81",
	"k|o|p|i|e|\xc3\xab|n|\xc3\xab|\xc9\x8f|\xc3\xab",
	"a|\xc3\xab\xcc\x81|\xc3\xab|b" ZWJ "|c",
	"\xd8\x80"
	"1|\xc3\xab", /* a sign before a number */
};

static size_t
read_cluster_row(const char *row, char *text, bool *boundary)
{
	size_t len = 0;

	boundary[0] = true;
	for (; *row != '\0'; row++) {
		boundary[len + 1] = row[1] == '|' || row[1] == '\0';
		if (*row != '|')
			text[len++] = *row;
	}
	return len;
}

static void
assert_clusters(const char *row)
{
	char text[64];
	bool boundary[65];
	size_t len = read_cluster_row(row, text, boundary), before = 0;

	for (size_t pos = 1; pos <= len; pos++) {
		if (!boundary[pos])
			continue;
		if (utf8_next(text, len, before) != pos ||
		    utf8_prev(text, len, pos) != before)
			fail_msg("%s: %zu to %zu", row, before, pos);
		before = pos;
	}
}

static void
test_utf8__next_and_prev_stop_at_grapheme_boundaries(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(clusters) / sizeof(*clusters); i++)
		assert_clusters(clusters[i]);
}

static void
test_utf8__ends_of_text_are_fixed_points(void **state)
{
	(void)state;
	assert_int_equal(utf8_next("", 0, 0), 0);
	assert_int_equal(utf8_prev("", 0, 0), 0);
	assert_int_equal(utf8_next("ab", 2, 2), 2);
	assert_int_equal(utf8_next("ab", 2, 9), 2);
	assert_int_equal(utf8_prev("ab", 2, 0), 0);
	assert_int_equal(utf8_prev("ab", 2, 9), 1);
}

static void
test_utf8__walking_back_meets_the_walk_forward(void **state)
{
	static const char *const alphabet[] = { "a",
						"\r",
						"\n",
						E_ACUTE,
						"\xcc\x81",
						WOMAN,
						ZWJ,
						SKIN,
						"\xf0\x9f\x87\xb3",
						HAN,
						"\xff",
						"\xe1\x84\x80",
						"\xe1\x85\xa1",
						"\xd8\x80",
						"\xc3" };
	uint32_t seed = 1;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		char text[64];
		size_t len = 0, ends[33], n = 0, pos = 0;

		for (int i = 0; i < 12; i++) {
			const char *s;

			seed = seed * 1664525 + 1013904223;
			s = alphabet[(seed >> 16) % 15];
			memcpy(text + len, s, strlen(s));
			len += strlen(s);
		}
		for (ends[n++] = 0; pos < len; ends[n++] = pos)
			pos = utf8_next(text, len, pos);
		while (--n > 0)
			if (utf8_prev(text, len, ends[n]) != ends[n - 1])
				fail_msg("round %d at %zu", round, ends[n]);
	}
}

static void
test_utf8__plain_counts_printable_ascii(void **state)
{
	char text[20];

	(void)state;
	assert_int_equal(utf8_plain("", 0), 0);
	for (size_t at = 0; at < sizeof(text); at++) {
		for (int c = 0; c < 256; c++) {
			bool plain = c >= 0x20 && c <= 0x7e;

			memset(text, '~', sizeof(text));
			text[at] = (char)c;
			assert_int_equal(utf8_plain(text, sizeof(text)),
					 plain ? sizeof(text) : at);
		}
	}
}

static void
test_utf8__width_counts_columns(void **state)
{
	static const struct {
		const char *s;
		int width;
	} rows[] = {
		{ "", 0 },
		{ "abc", 3 },
		{ E_ACUTE, 1 },
		{ E_COMBINED, 1 },
		{ HAN, 2 },
		{ "\t\n\x1b", 0 },
		{ "\x7f", 0 },
		{ "\xc2\x9b", 0 },
		{ "\xff\xfe", 2 },
		{ WOMAN, 2 },
		{ WOMAN SKIN, 2 },
		{ FLAG_NL, 2 },
		{ EURO "1", 2 },
		{ "a" HAN "b", 4 },
		{ "\xe2\x80\x8b", 0 },
		{ "kopi" E_COMBINED "n", 6 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (utf8_width(rows[i].s, strlen(rows[i].s)) != rows[i].width)
			fail_msg("row %zu: %d", i,
				 utf8_width(rows[i].s, strlen(rows[i].s)));
}

static void
test_utf8__fit_never_splits_a_grapheme(void **state)
{
	static const char text[] = "a" HAN E_COMBINED "b";
	static const size_t expected[] = { 0, 1, 1, 4, 7, 8, 8 };

	(void)state;
	for (int width = 0; width < 7; width++)
		assert_int_equal(utf8_fit(text, sizeof(text) - 1, width),
				 expected[width]);
	assert_int_equal(utf8_fit("abc", 3, -1), 0);
	assert_int_equal(utf8_fit("", 0, 5), 0);
}

static void
assert_fold(const char *s, const char *expected)
{
	struct buf out = BUF_INIT;

	utf8_fold(&out, s, strlen(s));
	assert_string_equal(out.ptr, expected);
	buf_release(&out);
}

static void
test_utf8__ascii_is_one_sign_each(void **state)
{
	static const struct {
		const char *text;
		char sign;
	} rows[] = {
		{ "a", 'a' },	    { "~", '~' },	{ "é", 'e' },
		{ "e\u0301", 'e' }, { "ë", 'e' },	{ "…", '>' },
		{ "–", '-' },	    { "\u2019", '\'' }, { "│", '|' },
		{ "•", '*' },	    { "漢", '?' },	{ "\xff", '?' },
		{ "\x1b", '?' },    { "", '?' },	{ "½", '1' },
		{ "€", '?' },	    { "\u00a0", ' ' },	{ "\u0301", '?' },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(utf8_ascii(rows[i].text, strlen(rows[i].text)),
				 rows[i].sign);
}

static void
test_utf8__fold_takes_case_and_accents_away(void **state)
{
	(void)state;
	assert_fold("", "");
	assert_fold("Common Ground", "common ground");
	assert_fold("Co\xc3\xb6rdinatie \xc3\x89\xc3\xa9n", "coordinatie een");
	assert_fold(E_COMBINED, "e");
	assert_fold("\xc4\xb2sselmeer", "ijsselmeer"); /* the ligature IJ */
	assert_fold("Stra\xc3\x9f"
		    "e \xc3\x98l",
		    "strasse ol");
	assert_fold("\xce\xa3", "\xcf\x83");
	assert_fold("A\xff" E_ACUTE, "a?e");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_utf8__decode_and_encode_agree_for_every_scalar),
		cmocka_unit_test(test_utf8__invalid_sequences_take_one_byte),
		cmocka_unit_test(test_utf8__validity_is_seen_at_every_offset),
		cmocka_unit_test(test_utf8__nfc_is_told_from_nfd),
		cmocka_unit_test(
			test_utf8__missing_counts_what_a_cut_sequence_needs),
		cmocka_unit_test(
			test_utf8__next_and_prev_stop_at_grapheme_boundaries),
		cmocka_unit_test(test_utf8__ends_of_text_are_fixed_points),
		cmocka_unit_test(
			test_utf8__walking_back_meets_the_walk_forward),
		cmocka_unit_test(test_utf8__plain_counts_printable_ascii),
		cmocka_unit_test(test_utf8__width_counts_columns),
		cmocka_unit_test(test_utf8__fit_never_splits_a_grapheme),
		cmocka_unit_test(test_utf8__ascii_is_one_sign_each),
		cmocka_unit_test(test_utf8__fold_takes_case_and_accents_away),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
