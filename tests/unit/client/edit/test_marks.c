#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "edit/editor.h"

static struct editor *
editor_with(const char *s, int cols)
{
	struct editor *e = editor_new(s, strlen(s), 100000);

	editor_resize(e, 5, cols);
	return e;
}

/* "line:col+width letter" for each run. */
static void
list_run(void *ctx, size_t line, int col, int width, enum mark mark)
{
	buf_printf(ctx, "%zu:%d+%d%c ", line, col, width, ".#eslc"[mark]);
}

static void
expect(struct editor *e, size_t first, size_t n, const char *runs)
{
	struct buf b = BUF_INIT;

	editor_marks(e, first, n, list_run, &b);
	assert_string_equal(b.ptr, runs);
	buf_release(&b);
}

static void
test_marks__follow_the_wrapped_lines(void **state)
{
	struct editor *e = editor_with("# Een kop\n*twee drie* vier\n", 6);

	(void)state;
	expect(e, 0, 10, "0:0+6# 1:0+3# 2:0+6e 3:0+5e ");
	expect(e, 1, 2, "1:0+3# 2:0+6e ");
	expect(e, 3, 1, "3:0+5e ");
	expect(e, 9, 3, "");
	editor_free(e);
}

static void
test_marks__know_columns_of_wide_characters(void **state)
{
	struct editor *e = editor_with("日本 [日](a) *é*", 40);

	(void)state;
	expect(e, 0, 1, "0:5+7l 0:13+3e ");
	editor_free(e);
}

static void
test_marks__know_code_above_the_screen(void **state)
{
	struct editor *e = editor_with("```\n*a*\n*b*\n```\n*c*", 40);

	(void)state;
	expect(e, 2, 3, "2:0+3c 3:0+3c 4:0+3e ");
	editor_move(e, EDITOR_TEXT_START);
	assert_true(editor_insert(e, "x", 1));
	expect(e, 2, 3, "2:0+3e 3:0+3c 4:0+3c ");
	assert_true(editor_undo(e));
	expect(e, 2, 3, "2:0+3c 3:0+3c 4:0+3e ");
	editor_free(e);
}

static void
test_marks__leave_an_endless_paragraph_plain(void **state)
{
	struct editor *e = editor_new("", 0, 100000);

	(void)state;
	editor_resize(e, 5, 10);
	for (int i = 0; i < 200; i++)
		assert_true(editor_insert(e, "*abc* *def* ", 12));
	assert_true(editor_insert(e, "\n*abc*", 6));
	expect(e, 198, 1, "");
	expect(e, editor_n_lines(e) - 3, 3, "400:0+5e ");
	editor_free(e);
}

static void
expect_heading(struct editor *e, size_t number, const char *heading)
{
	struct buf b = BUF_INIT;

	assert_int_equal(editor_heading(e, &b), number);
	assert_string_equal(b.ptr, heading);
	buf_release(&b);
}

static void
test_marks__tell_the_heading_above_the_cursor(void **state)
{
	struct editor *e = editor_with("a\n## Een ##\nb\n```\n# c\n```\n"
				       "# Twee",
				       40);

	(void)state;
	expect_heading(e, 0, "");
	editor_move(e, EDITOR_DOWN);
	expect_heading(e, 1, "Een");
	for (int i = 0; i < 4; i++)
		editor_move(e, EDITOR_DOWN);
	expect_heading(e, 1, "Een");
	editor_move(e, EDITOR_DOWN);
	expect_heading(e, 2, "Twee");
	editor_free(e);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_marks__follow_the_wrapped_lines),
		cmocka_unit_test(test_marks__know_columns_of_wide_characters),
		cmocka_unit_test(test_marks__know_code_above_the_screen),
		cmocka_unit_test(test_marks__leave_an_endless_paragraph_plain),
		cmocka_unit_test(test_marks__tell_the_heading_above_the_cursor),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
