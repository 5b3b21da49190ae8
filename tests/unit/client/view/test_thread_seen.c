/* What was read of a discussion when it is read anew. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "plein/buf.h"
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

static void
expect_seen(const char *rows, const char *coming, const char *want)
{
	struct thread t = { .rows = make_rows(rows),
			    .coming = make_rows(coming) };
	struct buf told = BUF_INIT;
	size_t i;
	json_t *row;

	thread_keep_seen(&t);
	json_array_foreach(t.coming, i, row)
	{
		if (json_is_true(json_object_get(row, "seen")))
			buf_str(&told, json_string_value(
					       json_object_get(row, "remark")));
	}
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_thread_seen__is_kept_when_it_is_read_anew),
		cmocka_unit_test(test_thread_seen__is_not_what_came_between),
		cmocka_unit_test(test_thread_seen__is_not_what_has_other_words),
		cmocka_unit_test(test_thread_seen__is_kept_when_others_went),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
