/* Words on a laid-out page. */
#include "view/find.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "plein/buf.h"
#include "plein/clock.h"

/* Looking from the beginning: how many there are, where the first stands. */
static void
assert_at(const char *markdown, int width, const char *words,
	  const struct find_place *want)
{
	const struct find_cursor top = { .here = true };
	struct find_place place;
	struct layout l;

	layout_make(&l, markdown, strlen(markdown), width, NULL);
	assert_int_equal(find_words(&l, words, &top, 1, &place), want->all > 0);
	assert_int_equal(place.all, want->all);
	assert_int_equal(place.n, want->n);
	assert_int_equal(place.line, want->line);
	assert_int_equal(place.col, want->col);
	assert_int_equal(place.width, want->width);
	layout_release(&l);
}

/* Once, on the first line. */
static void
assert_once(const char *markdown, int width, const char *words, int col,
	    int columns)
{
	assert_at(markdown, width, words,
		  &(struct find_place){ 0, col, columns, 1, 1 });
}

static void
assert_nowhere(const char *markdown, const char *words)
{
	assert_at(markdown, 60, words, &(struct find_place){ 0 });
}

static void
test_find__ignores_capitals_and_accents(void **state)
{
	(void)state;
	assert_once("zie Vóór de Coördinatie\n", 60, "COORDINATIE", 14, 11);
	assert_once("zie VOOR alles\n", 60, "vóór", 6, 4);
	assert_once("de straße x\n", 60, "strasse", 5, 6);
	assert_nowhere("een twee\n", "drie");
}

static void
test_find__counts_columns_of_wide_characters(void **state)
{
	(void)state;
	assert_once("\xe4\xbd\xa0\xe5\xa5\xbd x\n", 60, "x", 7, 1);
	assert_once("x \xe4\xbd\xa0\xe5\xa5\xbd\n", 60, "\xe5\xa5\xbd", 6, 2);
}

static void
test_find__goes_on_over_the_end_of_a_line(void **state)
{
	(void)state;
	assert_once("een twee drie vier\n", 10, "twee drie", 6, 4);
	assert_once("een digitale-toegang\n", 14, "digitale-toegang", 6, 9);
	assert_nowhere("een twee\n\ndrie\n", "twee drie");
	assert_once("| een | twee |\n|---|---|\n| a | b |\n", 60, "een twee", 2,
		    9);
}

static void
test_find__takes_blanks_as_one(void **state)
{
	(void)state;
	assert_once("een twee\n", 60, "  een \t twee ", 2, 8);
	assert_nowhere("een twee\n", "  ");
	assert_nowhere("een twee\n", "");
	assert_nowhere("", "een");
}

static void
test_find__looks_through_styles_and_links(void **state)
{
	(void)state;
	assert_once("e*en* [twee](x.md)\n", 60, "een [twee]", 2, 10);
}

static void
test_find__takes_no_time_on_the_largest_page(void **state)
{
	struct buf text = BUF_INIT;
	struct find_cursor from = { .col = 30 };
	struct find_place place;
	struct layout l;
	int64_t start;

	(void)state;
	while (text.len < 1024 * 1024 - 100)
		buf_str(&text, "Een zin met \xc3\xa9\xc3\xa9n *woord* erin. ");
	layout_make(&l, text.ptr, text.len, 76, NULL);
	start = clock_mono_ms();
	from.line = l.n_lines / 2;
	assert_true(find_words(&l, "e", &from, 1, &place));
	assert_true(clock_mono_ms() - start < 3000);
	layout_release(&l);
	buf_release(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find__ignores_capitals_and_accents),
		cmocka_unit_test(test_find__counts_columns_of_wide_characters),
		cmocka_unit_test(test_find__goes_on_over_the_end_of_a_line),
		cmocka_unit_test(test_find__takes_blanks_as_one),
		cmocka_unit_test(test_find__looks_through_styles_and_links),
		cmocka_unit_test(test_find__takes_no_time_on_the_largest_page),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
