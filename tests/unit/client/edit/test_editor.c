#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "edit/editor.h"
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
	assert_true(text_is_changed(editor_text(e)));
	editor_free(e);
}

static void
test_editor__carriage_returns_stay_and_are_not_shown(void **state)
{
	struct editor *e = editor_with("een\r\ntwee\r\n", 10, 40);
	struct buf b = BUF_INIT;

	(void)state;
	expect_line(e, 0, "een");
	editor_move(e, EDITOR_LINE_END);
	expect_cursor(e, 0, 3);
	editor_move(e, EDITOR_LINE_END);
	expect_cursor(e, 0, 3);
	assert_true(editor_insert(e, "x", 1));
	editor_move(e, EDITOR_RIGHT);
	expect_cursor(e, 1, 0);
	editor_move(e, EDITOR_DOWN);
	editor_erase_back(e);
	expect_cursor(e, 1, 4);
	text_copy(editor_text(e), 0, text_len(editor_text(e)), &b);
	assert_string_equal(b.ptr, "eenx\r\ntwee");
	buf_release(&b);
	editor_free(e);
}

static void
test_editor__counts_columns_as_they_are_drawn(void **state)
{
	struct editor *e = editor_with("\ta\xe6\xbc\xa2z\nabcdef", 10, 40);

	(void)state;
	editor_move(e, EDITOR_LINE_END);
	expect_cursor(e, 0, 5);
	editor_move(e, EDITOR_DOWN);
	expect_cursor(e, 1, 5);
	editor_move(e, EDITOR_LEFT);
	editor_move(e, EDITOR_LEFT);
	editor_move(e, EDITOR_UP);
	expect_cursor(e, 0, 2);
	editor_free(e);
}

static void
test_editor__the_cursor_may_stand_behind_a_full_line(void **state)
{
	struct editor *e = editor_with("abcde", 10, 5);

	(void)state;
	editor_move(e, EDITOR_LINE_END);
	expect_cursor(e, 0, 5);
	assert_true(editor_insert(e, "   ", 3));
	expect_cursor(e, 0, 5);
	assert_true(editor_insert(e, "f", 1));
	expect_cursor(e, 1, 1);
	editor_free(e);
}

static void
test_editor__goes_by_words(void **state)
{
	struct editor *e = editor_with("een, twee\ndrie", 10, 40);

	(void)state;
	editor_move(e, EDITOR_WORD_RIGHT);
	expect_cursor(e, 0, 5);
	editor_move(e, EDITOR_WORD_RIGHT);
	expect_cursor(e, 1, 0);
	editor_move(e, EDITOR_WORD_RIGHT);
	editor_move(e, EDITOR_WORD_RIGHT);
	expect_cursor(e, 1, 4);
	editor_move(e, EDITOR_WORD_LEFT);
	editor_move(e, EDITOR_WORD_LEFT);
	expect_cursor(e, 0, 5);
	editor_move(e, EDITOR_WORD_LEFT);
	editor_move(e, EDITOR_WORD_LEFT);
	expect_cursor(e, 0, 0);
	editor_free(e);
}

static void
test_editor__pages_keep_two_lines_and_the_column(void **state)
{
	struct editor *e = editor_with("aa\n2\n3\n4\n5\n6\nbb\n8\n9", 8, 20);

	(void)state;
	editor_move(e, EDITOR_LINE_END);
	editor_move(e, EDITOR_PAGE_DOWN);
	expect_cursor(e, 6, 2);
	editor_move(e, EDITOR_PAGE_DOWN);
	expect_cursor(e, 8, 1);
	editor_move(e, EDITOR_PAGE_UP);
	expect_cursor(e, 2, 1);
	editor_move(e, EDITOR_PAGE_UP);
	expect_cursor(e, 0, 2);
	editor_free(e);
}

static void
test_editor__undo_wraps_anew_and_shows_where(void **state)
{
	struct editor *e = editor_with("1\n2\n3\n4\n5\n6\n7", 3, 20);

	(void)state;
	assert_true(editor_insert(e, "een lange eerste regel ", 23));
	assert_int_equal(editor_n_lines(e), 8);
	editor_move(e, EDITOR_TEXT_END);
	assert_int_equal(editor_top(e), 5);
	assert_true(editor_undo(e));
	assert_int_equal(editor_n_lines(e), 7);
	expect_cursor(e, 0, 0);
	assert_int_equal(editor_top(e), 0);
	assert_true(editor_redo(e));
	assert_int_equal(editor_n_lines(e), 8);
	expect_cursor(e, 1, 6);
	editor_free(e);
}

static void
test_editor__survives_any_size(void **state)
{
	struct editor *e = editor_with("een twee", 0, 0);

	(void)state;
	assert_true(editor_n_lines(e) >= 4);
	editor_move(e, EDITOR_TEXT_END);
	editor_resize(e, -1, -5);
	editor_move(e, EDITOR_PAGE_UP);
	editor_resize(e, 1000, 1000);
	assert_int_equal(editor_n_lines(e), 1);
	assert_int_equal(editor_top(e), 0);
	assert_true(editor_insert(e, "", 0));
	assert_false(editor_undo(e));
	editor_free(e);
}

/*
 * Words of uneven length, a newline each `every` bytes (0: none at all).
 * Wrapping all of it at each key would take half a minute.
 */
static void
assert_quick(size_t every)
{
	size_t len = 1000000, i;
	uint32_t seed = 3;
	char *big = mem_alloc(len + 1);
	struct editor *e;
	int64_t begun;

	for (i = 0; i < len; i++) {
		seed = seed * 1103515245u + 12345u;
		big[i] = seed >> 16 & 7 ? 'a' : ' ';
	}
	for (i = every; every > 0 && i < len; i += every)
		big[i] = '\n';
	e = editor_new(big, len, 2 * len);
	editor_move(e, EDITOR_PAGE_DOWN);
	begun = clock_mono_ms();
	for (i = 0; i < 1000; i++) {
		assert_true(editor_insert(e, i % 6 ? "x" : " ", 1));
		editor_move(e, EDITOR_LEFT);
		editor_erase(e);
		assert_true(editor_undo(e));
	}
	assert_true(clock_mono_ms() - begun < 5000);
	editor_free(e);
	free(big);
}

static void
test_editor__typing_is_quick_in_a_page_of_a_megabyte(void **state)
{
	(void)state;
	assert_quick(400);
}

static void
test_editor__typing_is_quick_in_one_endless_paragraph(void **state)
{
	(void)state;
	assert_quick(0);
}

static void
expect_text(struct editor *e, const char *s)
{
	struct text *t = editor_text(e);
	struct buf b = BUF_INIT;

	text_copy(t, 0, text_len(t), &b);
	assert_string_equal(b.ptr, s);
	buf_release(&b);
}

static void
test_editor__becomes_another_text_in_one_step(void **state)
{
	static const struct {
		const char *was, *now;
		int col; /* where the change ends */
	} rows[] = {
		{ "een twee drie", "een acht drie", 8 },
		{ "een drie", "een twee drie", 9 },
		{ "een twee drie", "een drie", 4 },
		{ "", "alles", 5 },
		{ "alles", "", 0 },
		{ "aaa", "aaaa", 4 },
		{ "aaaa", "aaa", 3 },
		{ "x\xc3\xa9y", "x\xc3\xa8y", 2 }, /* é → è: half the same */
		{ "\xc3\xa9", "\xc4\xa9", 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct editor *e = editor_with(rows[i].was, 10, 40);

		text_mark_saved(editor_text(e));
		assert_true(editor_become(e, rows[i].now, strlen(rows[i].now)));
		expect_text(e, rows[i].now);
		expect_line(e, 0, rows[i].now);
		expect_cursor(e, 0, rows[i].col);
		assert_true(text_is_changed(editor_text(e)));
		assert_true(editor_undo(e));
		expect_text(e, rows[i].was);
		assert_false(text_is_changed(editor_text(e)));
		assert_true(editor_redo(e));
		expect_text(e, rows[i].now);
		editor_free(e);
	}
}

static void
test_editor__does_not_become_what_is_too_big(void **state)
{
	struct editor *e = editor_with("een", 10, 40);
	char *big = mem_alloc(1001);

	(void)state;
	memset(big, 'a', 1001);
	assert_false(editor_become(e, big, 1001));
	expect_text(e, "een");
	assert_true(editor_become(e, big, 1000));
	free(big);
	editor_free(e);
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
			test_editor__carriage_returns_stay_and_are_not_shown),
		cmocka_unit_test(test_editor__counts_columns_as_they_are_drawn),
		cmocka_unit_test(
			test_editor__the_cursor_may_stand_behind_a_full_line),
		cmocka_unit_test(test_editor__goes_by_words),
		cmocka_unit_test(
			test_editor__pages_keep_two_lines_and_the_column),
		cmocka_unit_test(test_editor__undo_wraps_anew_and_shows_where),
		cmocka_unit_test(test_editor__survives_any_size),
		cmocka_unit_test(test_editor__becomes_another_text_in_one_step),
		cmocka_unit_test(test_editor__does_not_become_what_is_too_big),
		cmocka_unit_test(
			test_editor__typing_is_quick_in_a_page_of_a_megabyte),
		cmocka_unit_test(
			test_editor__typing_is_quick_in_one_endless_paragraph),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
