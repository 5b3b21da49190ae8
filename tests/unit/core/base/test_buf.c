#include "plein/buf.h"

#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
test_buf__empty_is_an_empty_string(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	assert_string_equal(b.ptr, "");
	buf_add(&b, NULL, 0);
	buf_reset(&b);
	assert_string_equal(b.ptr, "");
	assert_int_equal(b.cap, 0);
	buf_release(&b);
	buf_release(&b);
	buf_release(NULL);
}

static void
test_buf__grows_byte_by_byte_and_stays_a_string(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < 1000; i++) {
		buf_char(&b, (char)('a' + i % 26));
		assert_int_equal(b.len, i + 1);
		assert_int_equal(strlen(b.ptr), i + 1);
	}
	for (size_t i = 0; i < 1000; i++)
		assert_int_equal(b.ptr[i], 'a' + i % 26);
	buf_release(&b);
	assert_string_equal(b.ptr, "");
}

static void
test_buf__add_takes_any_bytes(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	buf_add(&b, "a\0b", 3);
	buf_str(&b, "cd");
	assert_int_equal(b.len, 5);
	assert_memory_equal(b.ptr, "a\0bcd", 6);
	buf_release(&b);
}

static void
test_buf__printf_appends_across_growth(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	for (int i = 0; i < 200; i++)
		buf_printf(&b, "%d,", i);
	assert_memory_equal(b.ptr, "0,1,2,", 6);
	assert_string_equal(b.ptr + b.len - 8, "198,199,");
	buf_printf(&b, "%s", "");
	assert_string_equal(b.ptr + b.len - 4, "199,");
	buf_release(&b);
}

/* What just fits, and what just does not. */
static void
test_buf__printf_fills_the_room(void **state)
{
	static const char dots[] = "................................"
				   "................................";

	(void)state;
	for (int n = 0; n < 64; n++) {
		struct buf b = BUF_INIT;

		buf_printf(&b, "%.*s|", n, dots);
		assert_int_equal(b.len, n + 1);
		buf_printf(&b, "%.*s!", n, dots);
		assert_int_equal(b.len, 2 * n + 2);
		assert_int_equal(strlen(b.ptr), b.len);
		assert_int_equal(b.ptr[n], '|');
		assert_int_equal(b.ptr[b.len - 1], '!');
		buf_release(&b);
	}
}

static void
test_buf__insert_and_erase_at_both_ends_and_inside(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	buf_insert(&b, 0, "mid", 3);
	buf_insert(&b, 0, "<", 1);
	buf_insert(&b, 4, ">", 1);
	buf_insert(&b, 2, "--", 2);
	assert_string_equal(b.ptr, "<m--id>");
	buf_erase(&b, 2, 2);
	buf_erase(&b, 0, 1);
	buf_erase(&b, 3, 1);
	assert_string_equal(b.ptr, "mid");
	buf_erase(&b, 3, 0);
	buf_erase(&b, 0, 3);
	assert_string_equal(b.ptr, "");
	buf_release(&b);
}

static void
test_buf__room_is_there_and_moves_nothing(void **state)
{
	struct buf b = BUF_INIT;
	char *room;

	(void)state;
	buf_str(&b, "ab");
	room = buf_room(&b, 5000);
	assert_ptr_equal(room, b.ptr + 2);
	memset(room, 'c', 5000);
	b.len += 5000;
	assert_int_equal(b.ptr[b.len - 1], 'c');
	assert_true(b.cap > b.len);
	buf_release(&b);
}

static void
test_buf__reset_keeps_the_memory(void **state)
{
	struct buf b = BUF_INIT;
	char *was;

	(void)state;
	buf_str(&b, "something");
	was = b.ptr;
	buf_reset(&b);
	assert_string_equal(b.ptr, "");
	buf_str(&b, "else");
	assert_ptr_equal(b.ptr, was);
	assert_string_equal(b.ptr, "else");
	buf_release(&b);
}

static void
test_buf__take_gives_the_string_away(void **state)
{
	struct buf b = BUF_INIT;
	char *s;

	(void)state;
	s = buf_take(&b);
	assert_string_equal(s, "");
	free(s);
	buf_str(&b, "mine");
	s = buf_take(&b);
	assert_string_equal(s, "mine");
	assert_int_equal(b.len, 0);
	assert_string_equal(b.ptr, "");
	free(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_buf__empty_is_an_empty_string),
		cmocka_unit_test(
			test_buf__grows_byte_by_byte_and_stays_a_string),
		cmocka_unit_test(test_buf__add_takes_any_bytes),
		cmocka_unit_test(test_buf__printf_appends_across_growth),
		cmocka_unit_test(test_buf__printf_fills_the_room),
		cmocka_unit_test(
			test_buf__insert_and_erase_at_both_ends_and_inside),
		cmocka_unit_test(test_buf__room_is_there_and_moves_nothing),
		cmocka_unit_test(test_buf__reset_keeps_the_memory),
		cmocka_unit_test(test_buf__take_gives_the_string_away),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
