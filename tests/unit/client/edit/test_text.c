#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "edit/text.h"

static void
expect(const struct text *t, const char *s)
{
	struct buf b = BUF_INIT;

	text_copy(t, 0, text_len(t), &b);
	assert_string_equal(b.ptr, s);
	buf_release(&b);
}

static void
test_text__inserts_and_deletes_anywhere(void **state)
{
	struct text *t = text_new("midden", 6);

	(void)state;
	text_insert(t, 0, "begin ", 6);
	text_insert(t, text_len(t), " eind", 5);
	expect(t, "begin midden eind");
	text_delete(t, 6, 7);
	expect(t, "begin eind");
	assert_int_equal(text_at(t, 6), 'e');
	text_free(t);
}

static void
test_text__typing_is_one_step_until_a_break(void **state)
{
	struct text *t = text_new("", 0);
	size_t pos;

	(void)state;
	text_insert(t, 0, "a", 1);
	text_insert(t, 1, "b", 1);
	text_break(t);
	text_insert(t, 2, "c", 1);
	assert_true(text_undo(t, &pos));
	expect(t, "ab");
	assert_int_equal(pos, 2);
	assert_true(text_undo(t, &pos));
	expect(t, "");
	assert_false(text_undo(t, &pos));
	assert_true(text_redo(t, &pos));
	assert_true(text_redo(t, &pos));
	expect(t, "abc");
	assert_false(text_redo(t, &pos));
	text_free(t);
}

static void
test_text__a_change_ends_what_could_be_redone(void **state)
{
	struct text *t = text_new("x", 1);
	size_t pos;

	(void)state;
	text_insert(t, 1, "y", 1);
	assert_true(text_undo(t, &pos));
	text_insert(t, 1, "z", 1);
	assert_false(text_redo(t, &pos));
	expect(t, "xz");
	text_free(t);
}

static void
test_text__backspaces_come_back_in_order(void **state)
{
	struct text *t = text_new("abc", 3);
	size_t pos;

	(void)state;
	text_delete(t, 2, 1);
	text_delete(t, 1, 1);
	expect(t, "a");
	assert_true(text_undo(t, &pos));
	expect(t, "abc");
	text_delete(t, 0, 1);
	text_delete(t, 0, 1);
	assert_true(text_undo(t, &pos));
	expect(t, "abc");
	text_free(t);
}

static void
test_text__knows_whether_it_differs_from_what_was_saved(void **state)
{
	struct text *t = text_new("a", 1);
	size_t pos;

	(void)state;
	assert_false(text_is_changed(t));
	text_insert(t, 1, "b", 1);
	assert_true(text_is_changed(t));
	text_mark_saved(t);
	assert_false(text_is_changed(t));
	text_insert(t, 2, "c", 1);
	assert_true(text_is_changed(t));
	assert_true(text_undo(t, &pos));
	assert_false(text_is_changed(t));
	assert_true(text_undo(t, &pos));
	assert_true(text_is_changed(t));
	text_insert(t, 1, "q", 1);
	assert_true(text_undo(t, &pos));
	assert_true(text_is_changed(t));
	text_free(t);
}

static void
note_change(void *ctx, size_t pos, size_t old_len, size_t new_len)
{
	buf_printf(ctx, "%zu:%zu>%zu ", pos, old_len, new_len);
}

static void
test_text__its_watcher_is_told_of_every_operation(void **state)
{
	struct text *t = text_new("abc", 3);
	struct buf told = BUF_INIT;
	size_t pos;

	(void)state;
	text_watch(t, (struct text_watcher){ note_change, &told });
	text_insert(t, 1, "xy", 2);
	text_delete(t, 4, 1);
	text_insert(t, 0, "", 0);
	assert_string_equal(told.ptr, "1:0>2 4:1>0 ");
	buf_reset(&told);
	assert_true(text_undo(t, &pos));
	assert_string_equal(told.ptr, "4:0>1 1:2>0 ");
	buf_reset(&told);
	assert_true(text_redo(t, &pos));
	assert_string_equal(told.ptr, "1:0>2 4:1>0 ");
	buf_release(&told);
	text_free(t);
}

static void
test_text__typing_after_a_save_is_a_step_of_its_own(void **state)
{
	struct text *t = text_new("", 0);
	size_t pos;

	(void)state;
	text_insert(t, 0, "a", 1);
	text_mark_saved(t);
	text_insert(t, 1, "b", 1);
	assert_true(text_undo(t, &pos));
	expect(t, "a");
	assert_false(text_is_changed(t));
	assert_true(text_undo(t, &pos));
	expect(t, "");
	assert_true(text_is_changed(t));
	assert_true(text_redo(t, &pos));
	assert_false(text_is_changed(t));
	text_free(t);
}

/* A plain string beside it, and everything taken back at the end. */
static void
test_text__equals_a_plain_string_after_many_changes(void **state)
{
	struct text *t = text_new("", 0);
	struct buf model = BUF_INIT;
	uint32_t seed = 1;
	size_t pos, i;

	(void)state;
	for (i = 0; i < 3000; i++) {
		seed = seed * 1103515245u + 12345u;
		pos = model.len ? (seed >> 8) % (model.len + 1) : 0;
		if (seed >> 30 || model.len == pos) {
			text_insert(t, pos, "woord", 1 + i % 5);
			buf_insert(&model, pos, "woord", 1 + i % 5);
		} else {
			text_delete(t, pos, 1);
			buf_erase(&model, pos, 1);
		}
		if (seed >> 28 == 3)
			text_break(t);
	}
	expect(t, model.ptr);
	while (text_undo(t, &pos))
		assert_true(pos <= text_len(t));
	expect(t, "");
	while (text_redo(t, &pos))
		;
	expect(t, model.ptr);
	buf_release(&model);
	text_free(t);
}

static void
test_text__weighs_what_can_be_taken_back(void **state)
{
	struct text *t = text_new("een", 3);
	char big[1000];
	size_t first = text_weight(t);
	size_t pos;

	(void)state;
	assert_true(first >= 3);
	memset(big, 'x', sizeof(big));
	text_insert(t, 0, big, sizeof(big));
	text_break(t);
	text_delete(t, 0, sizeof(big));
	assert_true(text_weight(t) >= first + 2 * sizeof(big));
	assert_true(text_undo(t, &pos)); /* it can be done again */
	assert_true(text_weight(t) >= first + 2 * sizeof(big));
	text_free(t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text__weighs_what_can_be_taken_back),
		cmocka_unit_test(test_text__inserts_and_deletes_anywhere),
		cmocka_unit_test(test_text__typing_is_one_step_until_a_break),
		cmocka_unit_test(test_text__a_change_ends_what_could_be_redone),
		cmocka_unit_test(test_text__backspaces_come_back_in_order),
		cmocka_unit_test(
			test_text__knows_whether_it_differs_from_what_was_saved),
		cmocka_unit_test(
			test_text__equals_a_plain_string_after_many_changes),
		cmocka_unit_test(
			test_text__its_watcher_is_told_of_every_operation),
		cmocka_unit_test(
			test_text__typing_after_a_save_is_a_step_of_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
