#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "edit/editor.h"

static struct editor *
editor_with(const char *s)
{
	struct editor *e = editor_new(s, strlen(s), 40);

	editor_resize(e, 5, 10);
	return e;
}

static void
expect_text(struct editor *e, const char *s)
{
	struct buf b = BUF_INIT;

	text_copy(editor_text(e), 0, text_len(editor_text(e)), &b);
	assert_string_equal(b.ptr, s);
	buf_release(&b);
}

static void
expect_selected(const struct editor *e, const char *s)
{
	struct buf b = BUF_INIT;

	assert_int_equal(editor_copy(e, &b), *s != '\0');
	assert_string_equal(b.ptr, s);
	buf_release(&b);
}

static void
expect_cells(const struct editor *e, size_t line, int col, int width)
{
	int c, w;

	assert_true(editor_line_selection(e, line, &c, &w));
	assert_int_equal(c, col);
	assert_int_equal(w, width);
}

static void
test_selection__grows_with_shift_and_ends_without(void **state)
{
	struct editor *e = editor_with("een twee");

	(void)state;
	expect_selected(e, "");
	editor_extend(e, EDITOR_WORD_RIGHT);
	editor_extend(e, EDITOR_RIGHT);
	expect_selected(e, "een t");
	editor_extend(e, EDITOR_LINE_START);
	expect_selected(e, "");
	editor_extend(e, EDITOR_WORD_RIGHT);
	editor_move(e, EDITOR_DOWN);
	expect_selected(e, "");
	editor_free(e);
}

static void
test_selection__is_left_at_its_edges(void **state)
{
	struct editor *e = editor_with("een twee");

	(void)state;
	editor_select(e, 4, 8);
	editor_move(e, EDITOR_LEFT);
	assert_true(editor_insert(e, "x", 1));
	expect_text(e, "een xtwee");
	editor_select(e, 0, 3);
	editor_move(e, EDITOR_RIGHT);
	assert_true(editor_insert(e, "y", 1));
	expect_text(e, "eeny xtwee");
	editor_free(e);
}

static void
test_selection__a_mark_holds_while_the_cursor_moves(void **state)
{
	struct editor *e = editor_with("een twee");

	(void)state;
	editor_mark(e);
	editor_move(e, EDITOR_RIGHT);
	editor_move(e, EDITOR_RIGHT);
	expect_selected(e, "ee");
	assert_true(editor_is_marking(e));
	editor_end_mark(e);
	expect_selected(e, "ee");
	editor_move(e, EDITOR_LINE_END);
	expect_selected(e, "");
	editor_free(e);
}

static void
test_selection__what_is_typed_takes_its_place_in_one_step(void **state)
{
	struct editor *e = editor_with("een twee drie");

	(void)state;
	editor_select(e, 4, 8);
	assert_true(editor_insert(e, "v", 1));
	assert_true(editor_insert(e, "2", 1));
	expect_text(e, "een v2 drie");
	expect_selected(e, "");
	assert_true(editor_undo(e));
	expect_text(e, "een twee drie");
	assert_false(editor_undo(e));
	assert_true(editor_redo(e));
	expect_text(e, "een v2 drie");
	editor_free(e);
}

static void
test_selection__is_erased_whole(void **state)
{
	struct editor *e = editor_with("een twee");

	(void)state;
	editor_select(e, 3, 8);
	editor_erase_back(e);
	expect_text(e, "een");
	editor_select(e, 0, 2);
	editor_erase(e);
	expect_text(e, "n");
	assert_false(editor_erase_selection(e));
	editor_free(e);
}

static void
test_selection__makes_room_for_what_takes_its_place(void **state)
{
	struct editor *e = editor_new("0123456789", 10, 10);

	(void)state;
	assert_false(editor_paste(e, "x", 1));
	editor_select(e, 0, 4);
	assert_false(editor_paste(e, "12345", 5));
	expect_text(e, "0123456789");
	expect_selected(e, "0123");
	assert_true(editor_paste(e, "abcd", 4));
	expect_text(e, "abcd456789");
	editor_free(e);
}

static void
test_selection__a_paste_is_a_step_of_its_own(void **state)
{
	struct editor *e = editor_with("");

	(void)state;
	assert_true(editor_insert(e, "a", 1));
	assert_true(editor_paste(e, "b\nc", 3));
	assert_true(editor_insert(e, "d", 1));
	assert_true(editor_undo(e));
	expect_text(e, "ab\nc");
	assert_true(editor_undo(e));
	expect_text(e, "a");
	editor_free(e);
}

static void
test_selection__takes_a_line_of_the_text(void **state)
{
	struct editor *e = editor_with("een twee drie\nvier\n");

	(void)state;
	editor_move(e, EDITOR_DOWN);
	editor_select_line(e);
	expect_selected(e, "een twee drie\n");
	assert_true(editor_erase_selection(e));
	editor_select_line(e);
	expect_selected(e, "vier\n");
	assert_true(editor_erase_selection(e));
	editor_select_line(e);
	expect_selected(e, "");
	editor_free(e);
}

static void
test_selection__shows_as_cells_of_screen_lines(void **state)
{
	struct editor *e = editor_with("een twee drie\n\nvier");
	int col, width;

	(void)state;
	editor_select(e, 4, 17);
	expect_cells(e, 0, 4, 5);
	expect_cells(e, 1, 0, 5);
	expect_cells(e, 2, 0, 1);
	expect_cells(e, 3, 0, 2);
	editor_select(e, 4, 8);
	expect_cells(e, 0, 4, 4);
	assert_false(editor_line_selection(e, 1, &col, &width));
	editor_free(e);
}

static void
test_selection__ends_when_the_text_changes_otherwise(void **state)
{
	struct editor *e = editor_with("een");

	(void)state;
	assert_true(editor_insert(e, "x", 1));
	editor_select(e, 0, 4);
	assert_true(editor_undo(e));
	expect_selected(e, "");
	editor_select(e, 0, 3);
	assert_true(editor_become(e, "twee", 4));
	expect_selected(e, "");
	editor_free(e);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_selection__grows_with_shift_and_ends_without),
		cmocka_unit_test(test_selection__is_left_at_its_edges),
		cmocka_unit_test(
			test_selection__a_mark_holds_while_the_cursor_moves),
		cmocka_unit_test(
			test_selection__what_is_typed_takes_its_place_in_one_step),
		cmocka_unit_test(test_selection__is_erased_whole),
		cmocka_unit_test(
			test_selection__makes_room_for_what_takes_its_place),
		cmocka_unit_test(test_selection__a_paste_is_a_step_of_its_own),
		cmocka_unit_test(test_selection__takes_a_line_of_the_text),
		cmocka_unit_test(
			test_selection__shows_as_cells_of_screen_lines),
		cmocka_unit_test(
			test_selection__ends_when_the_text_changes_otherwise),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
