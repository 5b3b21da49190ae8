#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "edit/editor.h"

/* The cursor stands where `s` has a "|". */
static struct editor *
editor_at(const char *s)
{
	size_t at = strcspn(s, "|"), rest = strlen(s + at + 1);
	struct editor *e = editor_new("", 0, 200);

	if (rest) {
		assert_true(editor_insert(e, s + at + 1, rest));
		editor_move(e, EDITOR_TEXT_START);
	}
	assert_true(editor_paste(e, s, at));
	return e;
}

static void
expect(struct editor *e, const char *s)
{
	struct buf b = BUF_INIT;
	const struct text *t = editor_text(e);
	size_t from, to;

	editor_extend(e, EDITOR_TEXT_END);
	from = to = text_len(t);
	(void)editor_selection(e, &from, &to);
	text_copy(t, 0, from, &b);
	buf_char(&b, '|');
	text_copy(t, from, text_len(t) - from, &b);
	assert_string_equal(b.ptr, s);
	buf_release(&b);
	editor_free(e);
}

static void
expect_enter(const char *before, const char *after)
{
	struct editor *e = editor_at(before);

	assert_true(editor_newline(e));
	expect(e, after);
}

static void
expect_tab(const char *before, const char *after)
{
	struct editor *e = editor_at(before);

	assert_true(editor_indent(e));
	expect(e, after);
}

static void
expect_back(const char *before, const char *after)
{
	struct editor *e = editor_at(before);

	editor_outdent(e);
	expect(e, after);
}

static void
test_indent__enter_goes_on_with_a_list(void **state)
{
	(void)state;
	expect_enter("- een|", "- een\n- |");
	expect_enter("1. een|\n2. twee", "1. een\n2. |\n2. twee");
	expect_enter("  - [x] ee|n", "  - [x] ee\n  - [ ] |n");
	expect_enter("> woord|", "> woord\n> |");
	expect_enter("  tekst|", "  tekst\n  |");
	expect_enter("tekst|", "tekst\n|");
	expect_enter("a\r\n- b|\r\nc", "a\r\n- b\n- |\r\nc");
}

static void
test_indent__enter_before_the_text_is_just_a_line(void **state)
{
	(void)state;
	expect_enter("|- een", "\n|- een");
	expect_enter("-| een", "-\n| een");
	expect_enter("   |", "   \n|");
}

static void
test_indent__an_empty_item_ends_the_list(void **state)
{
	(void)state;
	expect_enter("- een\n- |", "- een\n|");
	expect_enter("- een\n  - |\nrest", "- een\n|\nrest");
	expect_enter("> a\n> |", "> a\n|");
	expect_enter("1. a\n2. [ ] |", "1. a\n|");
}

static void
test_indent__is_taken_back_in_one_step(void **state)
{
	struct editor *e = editor_at("- een|");

	(void)state;
	assert_true(editor_newline(e));
	assert_true(editor_insert(e, "x", 1));
	assert_true(editor_undo(e));
	assert_true(editor_undo(e));
	assert_true(editor_insert(e, "!", 1));
	expect(e, "- een!|");
}

static void
test_indent__tab_moves_an_item_and_types_elsewhere(void **state)
{
	(void)state;
	expect_tab("- a\n- b|", "- a\n  - b|");
	expect_tab("1. a\n2. |b", "1. a\n   2. |b");
	expect_tab("te|kst", "te  |kst");
	expect_back("  - b|", "- b|");
	expect_back("   2. b|", "2. b|");
	expect_back("- b|", "- b|");
	expect_back(" |  a", "| a");
	expect_back("\ta|", "a|");
}

static void
test_indent__tab_moves_all_that_is_selected(void **state)
{
	struct editor *e = editor_at("|- a\n\n- b\nc");

	(void)state;
	editor_select(e, 1, 8);
	assert_true(editor_indent(e));
	editor_outdent(e);
	assert_true(editor_indent(e));
	editor_move(e, EDITOR_TEXT_END);
	expect(e, "  - a\n\n  - b\nc|");
}

static void
test_indent__does_not_grow_beyond_a_page(void **state)
{
	struct editor *e = editor_new("- een", 5, 6);

	(void)state;
	editor_move(e, EDITOR_TEXT_END);
	assert_false(editor_newline(e));
	assert_false(editor_indent(e));
	expect(e, "- een|");
}

static void
test_indent__paragraphs_are_between_blank_lines(void **state)
{
	struct editor *e = editor_at("|een\ntwee\n \n\ndrie\n\nvier");

	(void)state;
	editor_move(e, EDITOR_PARAGRAPH_DOWN);
	assert_true(editor_insert(e, "1", 1));
	editor_move(e, EDITOR_PARAGRAPH_DOWN);
	assert_true(editor_insert(e, "2", 1));
	editor_move(e, EDITOR_PARAGRAPH_DOWN);
	assert_true(editor_insert(e, "3", 1));
	editor_move(e, EDITOR_PARAGRAPH_UP);
	editor_move(e, EDITOR_PARAGRAPH_UP);
	editor_move(e, EDITOR_PARAGRAPH_UP);
	editor_move(e, EDITOR_PARAGRAPH_UP);
	assert_true(editor_insert(e, "0", 1));
	expect(e, "0|een\ntwee\n \n\n1drie\n\n2vier3");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_indent__enter_goes_on_with_a_list),
		cmocka_unit_test(
			test_indent__enter_before_the_text_is_just_a_line),
		cmocka_unit_test(test_indent__an_empty_item_ends_the_list),
		cmocka_unit_test(test_indent__is_taken_back_in_one_step),
		cmocka_unit_test(
			test_indent__tab_moves_an_item_and_types_elsewhere),
		cmocka_unit_test(test_indent__tab_moves_all_that_is_selected),
		cmocka_unit_test(test_indent__does_not_grow_beyond_a_page),
		cmocka_unit_test(
			test_indent__paragraphs_are_between_blank_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
