#include "layout/layout.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
assert_plain(const char *markdown, int width, const char *want)
{
	struct layout l;
	struct buf got = BUF_INIT;

	layout_make(&l, markdown, strlen(markdown), width, NULL);
	layout_plain(&l, &got);
	assert_string_equal(got.ptr, want);
	buf_release(&got);
	layout_release(&l);
}

static void
test_table__is_columns_when_it_fits(void **state)
{
	(void)state;
	assert_plain("| nr | actie | op |\n| --- | :-: | --: |\n"
		     "| a1 | x | 1 |\n| a22 | \xE6\xBC\xA2yy | 1000 |\n\nNa\n",
		     40,
		     "  nr   actie    op\n"
		     "  a1     x       1\n"
		     "  a22  \xE6\xBC\xA2yy   1000\n"
		     "\n"
		     "  Na\n");
}

static void
test_table__is_blocks_when_it_does_not(void **state)
{
	(void)state;
	assert_plain("| nr | actie |\n| --- | --- |\n"
		     "| a1 | een heel lange tekst |\n| a2 | |\n",
		     14,
		     "  nr: a1\n"
		     "  actie: een\n"
		     "    heel lange\n"
		     "    tekst\n"
		     "\n"
		     "  nr: a2\n");
}

static void
test_table__shrinks_its_widest_columns(void **state)
{
	(void)state;
	assert_plain(
		"| nr | actie | op | door wie |\n| --- | --- | --: | --- |\n"
		"| a1 | uitstapkosten opnemen in de voorwaarden | 1 | g |\n"
		"| a2 | kort | 22 | [inkoop](b.md) en de griffie |\n",
		42,
		"  nr  actie             op  door wie\n"
		"\n"
		"  a1  uitstapkosten      1  g\n"
		"      opnemen in de\n"
		"      voorwaarden\n"
		"\n"
		"  a2  kort              22  [inkoop] en de\n"
		"                            griffie\n");
}

/* A row of many lines is harder to follow than a line a cell. */
static void
test_table__is_blocks_when_rows_would_be_high(void **state)
{
	(void)state;
	assert_plain("| a | b |\n| --- | --- |\n"
		     "| aa bb cc dd ee ff gg hh ii jj kk ll mm nn oo pp qq rr"
		     " ss tt uu vv ww xx yy | een twee drie |\n",
		     26,
		     "  a: aa bb cc dd ee ff gg hh\n"
		     "    ii jj kk ll mm nn oo pp\n"
		     "    qq rr ss tt uu vv ww xx\n"
		     "    yy\n"
		     "  b: een twee drie\n");
}

static void
test_table__without_rows_still_shows_its_headings(void **state)
{
	(void)state;
	assert_plain("| een lange kop | nog een |\n| --- | --- |\n", 14,
		     "  een lange kop\n  nog een\n");
	assert_plain("| a | b |\n| --- | --- |\n", 14, "  a  b\n");
}

static void
test_table__cuts_a_long_name_in_blocks(void **state)
{
	struct buf text = BUF_INIT;
	struct layout l;
	struct buf got = BUF_INIT;

	(void)state;
	buf_char(&text, '|');
	for (int i = 0; i < 1000; i++)
		buf_char(&text, 'h');
	buf_str(&text, "|\n|---|\n|a|\n");
	layout_make(&l, text.ptr, text.len, 60, NULL);
	layout_plain(&l, &got);
	assert_int_equal(got.len, 2 + 40 + strlen(": a\n"));
	buf_release(&got);
	buf_release(&text);
	layout_release(&l);
}

static void
test_table__keeps_styles_and_links(void **state)
{
	static const char text[] = "| kop | b |\n| --- | --- |\n"
				   "| *x* | [y](y.md) |\n";
	struct layout l;

	(void)state;
	layout_make(&l, text, strlen(text), 40, NULL);
	assert_int_equal(l.n_lines, 2);
	assert_int_equal(l.lines[0].spans[0].style, STYLE_STRONG);
	assert_int_equal(l.lines[1].spans[0].style, STYLE_EMPHASIS);
	assert_int_equal(l.lines[1].spans[1].style, STYLE_LINK);
	assert_int_equal(l.links[0].line, 1);
	assert_int_equal(l.links[0].col, 7);
	layout_release(&l);
}

static void
test_table__fills_rows_that_are_short(void **state)
{
	(void)state;
	assert_plain("|a|b|c|\n|---|---|---|\n|1|\n|1|2|3|4|\n", 40,
		     "  a  b  c\n  1\n  1  2  3\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table__is_columns_when_it_fits),
		cmocka_unit_test(test_table__is_blocks_when_it_does_not),
		cmocka_unit_test(test_table__shrinks_its_widest_columns),
		cmocka_unit_test(test_table__is_blocks_when_rows_would_be_high),
		cmocka_unit_test(
			test_table__without_rows_still_shows_its_headings),
		cmocka_unit_test(test_table__cuts_a_long_name_in_blocks),
		cmocka_unit_test(test_table__keeps_styles_and_links),
		cmocka_unit_test(test_table__fills_rows_that_are_short),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
