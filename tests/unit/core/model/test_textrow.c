#include "plein/textrow.h"

#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "plein/buf.h"

typedef void
splitter(struct textrow *r, const char *text, size_t len);

/* The pieces with a bar behind each. */
static void
assert_split(splitter *split, const char *text, const char *want)
{
	struct buf got = BUF_INIT;
	struct textrow r;

	split(&r, text, strlen(text));
	for (size_t i = 0; i < r.n; i++) {
		buf_add(&got, textrow_ptr(&r, i), textrow_len(&r, i, 1));
		buf_char(&got, '|');
	}
	assert_string_equal(got.ptr, want);
	assert_int_equal(textrow_len(&r, 0, r.n), strlen(text));
	buf_release(&got);
	textrow_release(&r);
}

static void
test_textrow__lines_keep_their_newlines(void **state)
{
	(void)state;
	assert_split(textrow_lines, "", "");
	assert_split(textrow_lines, "a", "a|");
	assert_split(textrow_lines, "a\n", "a\n|");
	assert_split(textrow_lines, "\n\na\r\nb", "\n|\n|a\r\n|b|");
}

/* What is compared of each piece, with a bar behind each. */
static void
assert_cores(const char *text, const char *want)
{
	struct buf got = BUF_INIT;
	struct textrow r;
	size_t len;

	textrow_spaced(&r, text, strlen(text));
	for (size_t i = 0; i < r.n; i++) {
		const char *s = textrow_core(&r, i, &len);

		buf_add(&got, s, len);
		buf_char(&got, '|');
	}
	assert_string_equal(got.ptr, want);
	buf_release(&got);
	textrow_release(&r);
}

static void
test_textrow__blanks_before_a_word_belong_to_it(void **state)
{
	(void)state;
	assert_split(textrow_spaced, "", "");
	assert_split(textrow_spaced, "een  twee, drie", "een|  twee|,| drie|");
	assert_split(textrow_spaced, " a\n\tb\n", " a|\n\tb|\n|");
	assert_cores(" a\n\tb\n", "a|b||");
	assert_cores("een - twee", "een|-|twee|");
}

static void
test_textrow__many_lines(void **state)
{
	struct buf text = BUF_INIT;
	struct textrow r;

	(void)state;
	for (int i = 0; i < 1000; i++)
		buf_printf(&text, "regel %d\n", i);
	textrow_lines(&r, text.ptr, text.len);
	assert_int_equal(r.n, 1000);
	assert_memory_equal(textrow_ptr(&r, 999), "regel 999\n", 10);
	assert_int_equal(textrow_len(&r, 998, 2), 20);
	textrow_release(&r);
	buf_release(&text);
}

static void
test_textrow__words_and_what_stands_between(void **state)
{
	(void)state;
	assert_split(textrow_words, "", "");
	assert_split(textrow_words, "een  twee", "een|  |twee|");
	assert_split(textrow_words, "Ja, nee...", "Ja|,| |nee|.|.|.|");
	assert_split(textrow_words, "a\r\n b\n", "a|\r\n |b|\n|");
	assert_split(textrow_words, "geïnd €5", "geïnd| |€|5|");
	assert_split(textrow_words, "‘zo’", "‘|zo|’|");
	assert_split(textrow_words, "漢字x", "漢|字|x|");
}

static void
test_textrow__graphemes_stay_whole(void **state)
{
	(void)state;
	/* e with a combining accent, in a word and behind a sign */
	assert_split(textrow_words, "cafe\xcc\x81s", "cafe\xcc\x81s|");
	assert_split(textrow_words, "\"\xcc\x81x", "\"\xcc\x81|x|");
	/* a family of four is one sign */
	assert_split(textrow_words,
		     "\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9"
		     "\xe2\x80\x8d\xf0\x9f\x91\xa7!",
		     "\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9"
		     "\xe2\x80\x8d\xf0\x9f\x91\xa7|!|");
}

static void
test_textrow__bytes_that_are_no_text_are_kept(void **state)
{
	(void)state;
	assert_split(textrow_words, "a\xff z\xc3", "a|\xff| |z|\xc3|");
	assert_split(textrow_lines, "\xff\n\xc3", "\xff\n|\xc3|");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_textrow__lines_keep_their_newlines),
		cmocka_unit_test(
			test_textrow__blanks_before_a_word_belong_to_it),
		cmocka_unit_test(test_textrow__many_lines),
		cmocka_unit_test(test_textrow__words_and_what_stands_between),
		cmocka_unit_test(test_textrow__graphemes_stay_whole),
		cmocka_unit_test(test_textrow__bytes_that_are_no_text_are_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
