#include "ui/canvas.h"

#include <stdio.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "plein/filter.h"

#define WIDE "\xE6\xBC\xA2" /* U+6F22, two columns */
#define E_ACUTE "e\xCC\x81" /* e and U+0301 */
#define MARK "\xE2\x96\xAE"

static void
assert_dump(const struct canvas *c, const char *want)
{
	struct buf b = BUF_INIT;

	canvas_dump(c, &b);
	assert_string_equal(b.ptr, want);
	buf_release(&b);
}

static void
assert_grapheme(const struct canvas *c, int row, int col, const char *want)
{
	char out[UTF8_MAX + 1];

	assert_string_equal(canvas_grapheme(c, canvas_cell(c, row, col), out),
			    want);
}

static void
test_canvas__starts_blank_with_the_cursor_at_the_top(void **state)
{
	struct canvas *c = canvas_new(3, 4);

	(void)state;
	assert_int_equal(canvas_rows(c), 3);
	assert_int_equal(canvas_cols(c), 4);
	assert_dump(c, MARK "\n\n\n");
	canvas_free(c);
	canvas_free(NULL);
}

static void
test_canvas__writes_text_clipped_to_width_and_edge(void **state)
{
	struct canvas *c = canvas_new(2, 6);

	(void)state;
	canvas_cursor(c, 1, 0);
	assert_int_equal(canvas_text(c, 0, 1, 3, STYLE_LINK, "abcdef"), 3);
	assert_int_equal(canvas_text(c, 0, 4, 99, STYLE_PLAIN, "xyz"), 2);
	assert_dump(c, " abcxy\n" MARK "\n");
	assert_int_equal(canvas_cell(c, 0, 1)->style, STYLE_LINK);
	assert_int_equal(canvas_cell(c, 0, 4)->style, STYLE_PLAIN);
	canvas_free(c);
}

static void
test_canvas__ignores_what_lies_outside(void **state)
{
	struct canvas *c = canvas_new(2, 6);

	(void)state;
	assert_int_equal(canvas_text(c, -1, 0, 5, STYLE_PLAIN, "a"), 0);
	assert_int_equal(canvas_text(c, 2, 0, 5, STYLE_PLAIN, "a"), 0);
	assert_int_equal(canvas_text(c, 0, -1, 5, STYLE_PLAIN, "a"), 0);
	assert_int_equal(canvas_text(c, 0, 6, 5, STYLE_PLAIN, "a"), 0);
	assert_int_equal(canvas_text(c, 0, 0, 0, STYLE_PLAIN, "a"), 0);
	assert_int_equal(canvas_ellipsis(c, 5, 0, 9, STYLE_PLAIN, "a"), 0);
	canvas_style(c, 7, 0, 9, STYLE_BAR);
	assert_dump(c, MARK "\n\n");
	canvas_free(c);
}

static void
test_canvas__filters_every_byte(void **state)
{
	struct canvas *c = canvas_new(4, 40);

	(void)state;
	canvas_cursor(c, 3, 0);
	canvas_text(c, 0, 0, 40, STYLE_PLAIN, "a\x1b[31mb\x07");
	canvas_bytes(c, 1, 0, STYLE_PLAIN, "x\0y\xff", 4);
	canvas_ellipsis(c, 2, 0, 40, STYLE_PLAIN,
			"\xE2\x80\xAE"
			"abc");
	assert_dump(c, "a<1B>[31mb<07>\nx<00>y<FF>\n<202E>abc\n" MARK "\n");
	canvas_free(c);
}

static void
test_canvas__gives_a_wide_character_two_cells(void **state)
{
	struct canvas *c = canvas_new(1, 6);

	(void)state;
	canvas_cursor(c, 0, 5);
	assert_int_equal(canvas_text(c, 0, 0, 6, STYLE_PLAIN, WIDE "b"), 3);
	assert_int_equal(canvas_cell(c, 0, 0)->width, 2);
	assert_int_equal(canvas_cell(c, 0, 1)->width, 0);
	assert_grapheme(c, 0, 1, "");
	assert_dump(c, WIDE "b  " MARK "\n");
	canvas_free(c);
}

static void
test_canvas__leaves_out_a_wide_character_that_does_not_fit(void **state)
{
	struct canvas *c = canvas_new(1, 4);

	(void)state;
	canvas_cursor(c, 0, 3);
	assert_int_equal(canvas_text(c, 0, 0, 3, STYLE_PLAIN, "ab" WIDE), 2);
	assert_int_equal(canvas_text(c, 0, 3, 9, STYLE_PLAIN, WIDE), 0);
	assert_dump(c, "ab " MARK "\n");
	canvas_free(c);
}

static void
test_canvas__never_leaves_half_a_wide_character(void **state)
{
	struct canvas *c = canvas_new(2, 5);

	(void)state;
	canvas_cursor(c, 0, 4);
	canvas_text(c, 0, 0, 5, STYLE_PLAIN, WIDE WIDE);
	canvas_text(c, 0, 1, 5, STYLE_PLAIN, "x");
	assert_dump(c, " x" WIDE MARK "\n\n");
	canvas_text(c, 0, 2, 5, STYLE_PLAIN, "y");
	assert_dump(c, " xy " MARK "\n\n");
	canvas_text(c, 1, 0, 5, STYLE_PLAIN, "a" WIDE);
	canvas_text(c, 1, 0, 5, STYLE_PLAIN, WIDE);
	assert_dump(c, " xy " MARK "\n" WIDE "\n");
	canvas_free(c);
}

static void
test_canvas__keeps_marks_with_their_letter(void **state)
{
	struct canvas *c = canvas_new(1, 5);

	(void)state;
	assert_int_equal(canvas_text(c, 0, 1, 4, STYLE_PLAIN, E_ACUTE "x"), 2);
	assert_grapheme(c, 0, 1, E_ACUTE);
	assert_grapheme(c, 0, 2, "x");
	canvas_free(c);
}

static void
test_canvas__bounds_a_cell(void **state)
{
	struct canvas *c = canvas_new(1, 80);
	struct buf b = BUF_INIT;
	char out[UTF8_MAX + 1];

	(void)state;
	/* Conjoining Hangul: one grapheme, were it not for the filter. */
	for (int i = 0; i < 20; i++)
		buf_str(&b, "\xE1\x84\x80");
	canvas_text(c, 0, 0, 80, STYLE_PLAIN, b.ptr);
	assert_int_equal(strlen(canvas_grapheme(c, canvas_cell(c, 0, 0), out)),
			 3 * (1 + FILTER_MARKS));
	assert_grapheme(c, 0, 2, "<");
	canvas_free(c);
	buf_release(&b);
}

static void
test_canvas__ends_clipped_text_in_an_ellipsis(void **state)
{
	struct canvas *c = canvas_new(4, 8);

	(void)state;
	canvas_cursor(c, 3, 0);
	assert_int_equal(canvas_ellipsis(c, 0, 0, 5, STYLE_PLAIN, "abcde"), 5);
	assert_int_equal(canvas_ellipsis(c, 1, 0, 5, STYLE_PLAIN, "abcdef"), 5);
	assert_int_equal(
		canvas_ellipsis(c, 2, 0, 4, STYLE_PLAIN, "ab" WIDE "c"), 3);
	assert_dump(c, "abcde\nabcd\xE2\x80\xA6\nab\xE2\x80\xA6\n" MARK "\n");
	canvas_free(c);
}

static void
test_canvas__restyles_without_touching_text(void **state)
{
	struct canvas *c = canvas_new(1, 5);

	(void)state;
	canvas_text(c, 0, 0, 5, STYLE_PLAIN, "abcde");
	canvas_style(c, 0, 1, 2, STYLE_FOCUS);
	assert_int_equal(canvas_cell(c, 0, 0)->style, STYLE_PLAIN);
	assert_int_equal(canvas_cell(c, 0, 1)->style, STYLE_FOCUS);
	assert_int_equal(canvas_cell(c, 0, 2)->style, STYLE_FOCUS);
	assert_int_equal(canvas_cell(c, 0, 3)->style, STYLE_PLAIN);
	assert_grapheme(c, 0, 2, "c");
	canvas_free(c);
}

static void
test_canvas__keeps_the_cursor_inside(void **state)
{
	struct canvas *c = canvas_new(3, 5);
	int row, col;

	(void)state;
	canvas_cursor(c, 99, -4);
	canvas_get_cursor(c, &row, &col);
	assert_int_equal(row, 2);
	assert_int_equal(col, 0);
	canvas_cursor(c, -1, 99);
	canvas_get_cursor(c, &row, &col);
	assert_int_equal(row, 0);
	assert_int_equal(col, 4);
	canvas_free(c);
}

static void
test_canvas__puts_the_cursor_on_whole_characters(void **state)
{
	struct canvas *c = canvas_new(1, 5);
	int row, col;

	(void)state;
	canvas_text(c, 0, 0, 5, STYLE_PLAIN, "a" WIDE "b");
	canvas_cursor(c, 0, 2);
	canvas_get_cursor(c, &row, &col);
	assert_int_equal(col, 1);
	assert_dump(c, "a" MARK " b\n");
	canvas_free(c);
}

static void
test_canvas__is_blank_after_clear_and_resize(void **state)
{
	struct canvas *c = canvas_new(2, 3);

	(void)state;
	canvas_text(c, 1, 0, 3, STYLE_BAR, "abc");
	canvas_clear(c);
	assert_int_equal(canvas_cell(c, 1, 0)->style, STYLE_PLAIN);
	assert_dump(c, MARK "\n\n");
	canvas_text(c, 1, 0, 3, STYLE_BAR, "abc");
	canvas_resize(c, 1, 5);
	assert_int_equal(canvas_cols(c), 5);
	assert_dump(c, MARK "\n");
	canvas_free(c);
}

static void
test_canvas__blanks_rows_and_keeps_the_others(void **state)
{
	struct canvas *c = canvas_new(4, 3);

	(void)state;
	canvas_cursor(c, 3, 2);
	for (int row = 0; row < 4; row++)
		canvas_text(c, row, 0, 3, STYLE_BAR, "ab");
	canvas_blank(c, 1, 0);
	canvas_blank(c, 1, 2);
	assert_int_equal(canvas_cell(c, 2, 1)->style, STYLE_PLAIN);
	assert_dump(c, "ab\n\n\nab" MARK "\n");
	assert_false(canvas_has_long(c));
	canvas_text(c, 1, 0, 3, STYLE_PLAIN, "e\xCC\x80");
	assert_true(canvas_has_long(c));
	canvas_clear(c);
	assert_false(canvas_has_long(c));
	canvas_free(c);
}

static void
test_canvas__goes_on_after_a_mark_between_plain_letters(void **state)
{
	struct canvas *c = canvas_new(1, 8);

	(void)state;
	canvas_cursor(c, 0, 7);
	assert_int_equal(
		canvas_text(c, 0, 0, 8, STYLE_PLAIN, "ab" E_ACUTE "cd"), 5);
	assert_grapheme(c, 0, 1, "b");
	assert_grapheme(c, 0, 2, E_ACUTE);
	assert_grapheme(c, 0, 3, "c");
	assert_dump(c, "ab" E_ACUTE "cd  " MARK "\n");
	canvas_free(c);
}

/* Columns in which `a` and `b` differ, as text; "" when they do not. */
static void
assert_difference(const char *a, enum style style, const char *b,
		  const char *want)
{
	struct canvas *x = canvas_new(2, 8), *y = canvas_new(2, 8);
	char got[16] = "";
	int from, to;

	canvas_text(x, 1, 0, 8, STYLE_PLAIN, a);
	canvas_text(y, 0, 0, 8, STYLE_PLAIN, E_ACUTE E_ACUTE);
	canvas_text(y, 1, 0, 8, style, b);
	if (canvas_differs(x, y, 1, &from, &to))
		(void)snprintf(got, sizeof(got), "%d-%d", from, to);
	assert_string_equal(got, want);
	canvas_copy(y, x);
	assert_false(canvas_differs(y, x, 0, &from, &to));
	assert_false(canvas_differs(y, x, 1, &from, &to));
	canvas_free(x);
	canvas_free(y);
}

static void
test_canvas__tells_where_rows_differ(void **state)
{
	(void)state;
	assert_difference("abc", STYLE_PLAIN, "abc", "");
	assert_difference("abc", STYLE_PLAIN, "axc", "1-2");
	assert_difference("abc", STYLE_STRONG, "abc", "0-3");
	assert_difference("a" E_ACUTE, STYLE_PLAIN, "a" E_ACUTE, "");
	assert_difference("a" E_ACUTE, STYLE_PLAIN, "ae\xCC\x80", "1-2");
	assert_difference("a" E_ACUTE, STYLE_PLAIN, "ae", "1-2");
	/* Never half a wide character, of the old row or of the new. */
	assert_difference("a" WIDE "b", STYLE_PLAIN, "axyb", "1-3");
	assert_difference("axyb", STYLE_PLAIN, "ax" WIDE, "2-4");
	assert_difference("a" WIDE "b", STYLE_PLAIN, "ab" WIDE, "1-4");
}

static void
test_canvas__is_placed_in_another(void **state)
{
	struct canvas *to = canvas_new(3, 10), *from = canvas_new(2, 4);
	struct buf out = BUF_INIT;

	(void)state;
	(void)canvas_text(to, 1, 0, 10, STYLE_PLAIN, "0123456789");
	canvas_cursor(to, 0, 0);
	(void)canvas_text(from, 0, 0, 4, STYLE_ADDED, "e\xcc\x81\xe6\xbc\xa2");
	(void)canvas_text(from, 1, 0, 4, STYLE_PLAIN, "ab");
	canvas_place(to, 1, 3, from);
	canvas_free(from);
	canvas_dump(to, &out);
	assert_string_equal(out.ptr, "\xe2\x96\xae\n"
				     "012e\xcc\x81\xe6\xbc\xa2 789\n"
				     "   ab\n");
	assert_int_equal(canvas_cell(to, 1, 3)->style, STYLE_ADDED);
	assert_int_equal(canvas_cell(to, 1, 7)->style, STYLE_PLAIN);
	buf_release(&out);
	canvas_free(to);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_canvas__is_placed_in_another),
		cmocka_unit_test(
			test_canvas__starts_blank_with_the_cursor_at_the_top),
		cmocka_unit_test(
			test_canvas__writes_text_clipped_to_width_and_edge),
		cmocka_unit_test(test_canvas__ignores_what_lies_outside),
		cmocka_unit_test(test_canvas__filters_every_byte),
		cmocka_unit_test(test_canvas__gives_a_wide_character_two_cells),
		cmocka_unit_test(
			test_canvas__leaves_out_a_wide_character_that_does_not_fit),
		cmocka_unit_test(
			test_canvas__never_leaves_half_a_wide_character),
		cmocka_unit_test(test_canvas__keeps_marks_with_their_letter),
		cmocka_unit_test(test_canvas__bounds_a_cell),
		cmocka_unit_test(test_canvas__ends_clipped_text_in_an_ellipsis),
		cmocka_unit_test(test_canvas__restyles_without_touching_text),
		cmocka_unit_test(test_canvas__keeps_the_cursor_inside),
		cmocka_unit_test(
			test_canvas__puts_the_cursor_on_whole_characters),
		cmocka_unit_test(test_canvas__is_blank_after_clear_and_resize),
		cmocka_unit_test(test_canvas__blanks_rows_and_keeps_the_others),
		cmocka_unit_test(
			test_canvas__goes_on_after_a_mark_between_plain_letters),
		cmocka_unit_test(test_canvas__tells_where_rows_differ),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
