#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "edit/editor.h"
#include "edit/wrap.h"
#include "plein/clock.h"
#include "plein/mem.h"

static struct editor *
editor_with(const char *s, int rows, int cols)
{
	struct editor *e = editor_new(s, strlen(s), 1000);

	editor_resize(e, rows, cols);
	return e;
}

static void
expect_line(const struct editor *e, size_t i, const char *s)
{
	struct buf b = BUF_INIT;

	editor_line(e, i, &b);
	assert_string_equal(b.ptr, s);
	buf_release(&b);
}

static void
expect_cursor(const struct editor *e, size_t line, int col)
{
	size_t l;
	int c;

	editor_cursor(e, &l, &c);
	assert_int_equal(l, line);
	assert_int_equal(c, col);
}

static void
test_editor__wraps_at_blanks(void **state)
{
	struct editor *e = editor_with("een twee drie\nvier", 10, 9);

	(void)state;
	assert_int_equal(editor_n_lines(e), 3);
	expect_line(e, 0, "een twee ");
	expect_line(e, 1, "drie");
	expect_line(e, 2, "vier");
	editor_resize(e, 10, 40);
	assert_int_equal(editor_n_lines(e), 2);
	editor_free(e);
}

static void
test_editor__types_and_erases_by_grapheme(void **state)
{
	struct editor *e = editor_with("", 10, 20);

	(void)state;
	assert_true(editor_insert(e, "e", 1));
	assert_true(editor_insert(e, "\xcc\x88", 2));
	assert_true(editor_insert(e, "x", 1));
	expect_cursor(e, 0, 2);
	editor_move(e, EDITOR_LEFT);
	editor_erase_back(e);
	expect_line(e, 0, "x");
	expect_cursor(e, 0, 0);
	editor_erase_back(e);
	editor_erase(e);
	expect_line(e, 0, "");
	editor_erase(e);
	assert_true(editor_undo(e));
	editor_free(e);
}

static void
test_editor__keeps_the_wanted_column(void **state)
{
	struct editor *e =
		editor_with("lange regel\nkort\nlange regel", 10, 40);

	(void)state;
	editor_move(e, EDITOR_LINE_END);
	expect_cursor(e, 0, 11);
	editor_move(e, EDITOR_DOWN);
	expect_cursor(e, 1, 4);
	editor_move(e, EDITOR_DOWN);
	expect_cursor(e, 2, 11);
	editor_move(e, EDITOR_DOWN);
	expect_cursor(e, 2, 11);
	editor_move(e, EDITOR_UP);
	editor_move(e, EDITOR_LEFT);
	editor_move(e, EDITOR_UP);
	expect_cursor(e, 0, 3);
	editor_free(e);
}

static void
test_editor__home_and_end_go_further_when_repeated(void **state)
{
	struct editor *e = editor_with("een twee drie vier", 10, 5);

	(void)state;
	editor_move(e, EDITOR_DOWN);
	editor_move(e, EDITOR_LINE_END);
	expect_cursor(e, 1, 4);
	editor_move(e, EDITOR_LINE_END);
	expect_cursor(e, 3, 4);
	editor_move(e, EDITOR_LINE_START);
	expect_cursor(e, 3, 0);
	editor_move(e, EDITOR_LINE_START);
	expect_cursor(e, 0, 0);
	editor_free(e);
}

static void
test_editor__keeps_the_cursor_on_the_screen(void **state)
{
	struct editor *e = editor_with("1\n2\n3\n4\n5\n6\n7\n8\n9\n", 3, 20);
	size_t line;
	int col;

	(void)state;
	editor_move(e, EDITOR_TEXT_END);
	editor_cursor(e, &line, &col);
	assert_in_range(line, editor_top(e), editor_top(e) + 2);
	editor_move(e, EDITOR_PAGE_UP);
	editor_move(e, EDITOR_TEXT_START);
	assert_int_equal(editor_top(e), 0);
	editor_free(e);
}

static void
test_editor__refuses_what_does_not_fit(void **state)
{
	struct editor *e = editor_new("abc", 3, 5);

	(void)state;
	assert_false(editor_insert(e, "lang", 4));
	expect_line(e, 0, "abc");
	assert_true(editor_insert(e, "de", 2));
	assert_false(editor_insert(e, "f", 1));
	editor_free(e);
}

static void
test_editor__undo_goes_by_steps(void **state)
{
	struct editor *e = editor_with("", 10, 40);

	(void)state;
	assert_true(editor_insert(e, "a", 1));
	assert_true(editor_insert(e, "b", 1));
	editor_erase_back(e);
	assert_true(editor_undo(e));
	expect_line(e, 0, "ab");
	assert_true(editor_undo(e));
	expect_line(e, 0, "");
	assert_false(editor_undo(e));
	assert_true(editor_redo(e));
	expect_line(e, 0, "ab");
	assert_false(text_is_changed(editor_text(e)) == 0);
	editor_free(e);
}

/* Wrapping a change must equal wrapping everything. */
static void
test_editor__wrapping_a_change_equals_wrapping_all(void **state)
{
	static const char *const pieces[] = {
		"woord ", "x",	      "\n",  "heellangwoordzonderblanks",
		" ",	  "\xc3\xab", "\n\n"
	};
	struct text *t = text_new("begin\nvan de tekst", 18);
	struct wrap w = { 0 }, all = { 0 };
	uint32_t seed = 7;
	size_t pos, n, i, k;

	(void)state;
	wrap_all(&w, t, 12);
	for (i = 0; i < 4000; i++) {
		seed = seed * 1103515245u + 12345u;
		pos = (seed >> 4) % (text_len(t) + 1);
		n = text_len(t) - pos;
		n = n < i % 9 ? n : i % 9;
		if (seed >> 31 && text_len(t) < 3000) {
			k = (seed >> 16) % 7;
			text_insert(t, pos, pieces[k], strlen(pieces[k]));
			wrap_change(&w, t, pos, 0, strlen(pieces[k]));
		} else {
			text_delete(t, pos, n);
			wrap_change(&w, t, pos, n, 0);
		}
		wrap_all(&all, t, 12);
		assert_int_equal(w.n, all.n);
		for (k = 0; k <= w.n; k++)
			assert_int_equal(wrap_start(&w, t, k),
					 wrap_start(&all, t, k));
	}
	wrap_release(&w);
	wrap_release(&all);
	text_free(t);
}

static void
test_editor__typing_is_quick_in_a_page_of_a_megabyte(void **state)
{
	size_t len = 1000000, i;
	char *big = mem_alloc(len + 1);
	struct editor *e;
	int64_t begun;

	(void)state;
	for (i = 0; i < len; i++)
		big[i] = i % 400 == 399 ? '\n' : i % 7 ? 'a' : ' ';
	e = editor_new(big, len, 2 * len);
	editor_move(e, EDITOR_PAGE_DOWN);
	begun = clock_mono_ms();
	for (i = 0; i < 2000; i++)
		assert_true(editor_insert(e, "x", 1));
	assert_true(clock_mono_ms() - begun < 4000);
	editor_free(e);
	free(big);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_editor__wraps_at_blanks),
		cmocka_unit_test(test_editor__types_and_erases_by_grapheme),
		cmocka_unit_test(test_editor__keeps_the_wanted_column),
		cmocka_unit_test(
			test_editor__home_and_end_go_further_when_repeated),
		cmocka_unit_test(test_editor__keeps_the_cursor_on_the_screen),
		cmocka_unit_test(test_editor__refuses_what_does_not_fit),
		cmocka_unit_test(test_editor__undo_goes_by_steps),
		cmocka_unit_test(
			test_editor__wrapping_a_change_equals_wrapping_all),
		cmocka_unit_test(
			test_editor__typing_is_quick_in_a_page_of_a_megabyte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
