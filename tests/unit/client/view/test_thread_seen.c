/* What was read of a discussion when it is read anew. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "plein/buf.h"
#include "plein/clock.h"
#include "view/thread_impl.h"

/* Names with a blank between; behind a "/" which words each has, and with a "+"
 * it was read. */
static json_t *
make_rows(const char *text)
{
	json_t *rows = json_array(), *row;

	for (; *text; text += strcspn(text, " "), text += *text == ' ') {
		size_t len = strcspn(text, "/"), words;

		words = strcspn(text + len + 1, "+ ");
		row = json_pack("{s:s%, s:s%}", "remark", text, len, "blob",
				text + len + 1, words);
		if (text[len + 1 + words] == '+')
			(void)json_object_set_new(row, "seen", json_true());
		(void)json_array_append_new(rows, row);
	}
	return rows;
}

/* Those of the rows that were read, appended. */
static void
tell_seen(const json_t *rows, struct buf *out)
{
	const json_t *row;
	size_t i;

	json_array_foreach(rows, i, row)
	{
		if (json_is_true(json_object_get(row, "seen")))
			buf_str(out, json_string_value(
					     json_object_get(row, "remark")));
	}
}

static void
expect_seen(const char *rows, const char *coming, const char *want)
{
	struct thread t = { .rows = make_rows(rows),
			    .coming = make_rows(coming) };
	json_t *before = thread_names(t.rows);
	struct buf told = BUF_INIT;

	thread_keep_seen(&t, before);
	json_decref(before);
	tell_seen(t.coming, &told);
	assert_string_equal(told.len ? told.ptr : "", want);
	buf_release(&told);
	json_decref(t.rows);
	json_decref(t.coming);
}

static void
test_thread_seen__is_kept_when_it_is_read_anew(void **state)
{
	(void)state;
	expect_seen("a/1+ b/1+ c/1", "a/1 b/1 c/1", "ab");
	expect_seen("", "a/1", "");
}

static void
test_thread_seen__is_not_what_came_between(void **state)
{
	(void)state;
	expect_seen("a/1+ b/1+ c/1", "a/1 x/1 b/1 c/1 y/1", "ab");
}

static void
test_thread_seen__is_not_what_has_other_words(void **state)
{
	(void)state;
	expect_seen("a/1+ b/1+ c/1+", "a/1 b/2 c/1", "ac");
	expect_seen("a/1+ b/1+ c/1+", "a/2 b/2", "");
}

static void
test_thread_seen__is_kept_when_others_went(void **state)
{
	(void)state;
	expect_seen("a/1+ b/1+ c/1+", "c/1", "c");
}

static void
test_thread_seen__is_kept_when_they_stand_otherwise(void **state)
{
	(void)state;
	expect_seen("a/1+ b/1+ c/1+ d/1", "c/1 a/1 d/1 b/1", "cab");
}

/* The cursor stood on the last for long when others came; before these are laid
 * out one leaves. */
static void
test_thread_seen__is_of_the_rows_that_were_shown(void **state)
{
	static const size_t starts[] = { 0, 4, 8 };
	struct context c = { 0 };
	struct thread t = { .view.ctx = &c,
			    .rows = make_rows("a/1 b/1 c/1"),
			    .coming = make_rows("a/1 x/1 b/1 y/1 c/1"),
			    .since = clock_mono_ms() - 2000 };
	struct buf told = BUF_INIT;

	(void)state;
	buf_add(&t.starts, (const char *)starts, sizeof(starts));
	t.reading.reader.scroll.at = 100;
	thread_take_coming(&t);
	t.since = clock_mono_ms() - 2000;
	thread_note_seen(&t);
	tell_seen(t.rows, &told);
	assert_string_equal(told.ptr, "abc");
	buf_release(&told);
	buf_release(&t.starts);
	free(t.wanted);
	json_decref(t.rows);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_thread_seen__is_kept_when_it_is_read_anew),
		cmocka_unit_test(test_thread_seen__is_not_what_came_between),
		cmocka_unit_test(test_thread_seen__is_not_what_has_other_words),
		cmocka_unit_test(test_thread_seen__is_kept_when_others_went),
		cmocka_unit_test(
			test_thread_seen__is_kept_when_they_stand_otherwise),
		cmocka_unit_test(
			test_thread_seen__is_of_the_rows_that_were_shown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
