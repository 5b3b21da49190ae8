/* Tests of client/qr.c. */
#include "ui/qr.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char rows[] = "#.#\n..#\n##.\n";

static void
test_qr__draws_two_rows_a_line(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	assert_true(qr_draw(&b, rows, 7, 4, false));
	assert_string_equal(b.ptr, "\033[30;107m       \033[0m\n"
				   "\033[30;107m  \xe2\x96\x80 \xe2\x96\x88"
				   "  \033[0m\n"
				   "\033[30;107m  \xe2\x96\x80\xe2\x96\x80"
				   "   \033[0m\n"
				   "\033[30;107m       \033[0m\n");
	buf_release(&b);
}

static void
test_qr__draws_blanks_where_there_are_no_blocks(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	assert_true(qr_draw(&b, rows, 14, 7, true));
	for (size_t i = 0; i < b.len; i++)
		assert_true((unsigned char)b.ptr[i] < 0x80);
	assert_non_null(strstr(b.ptr, "\033[40m  \033[107m  \033[40m  "));
	buf_release(&b);
}

static void
test_qr__is_not_drawn_where_it_does_not_fit(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	assert_false(qr_draw(&b, rows, 6, 24, false));
	assert_false(qr_draw(&b, rows, 80, 3, false));
	assert_false(qr_draw(&b, rows, 13, 24, true));
	assert_false(qr_draw(&b, rows, 80, 6, true));
	assert_false(qr_draw(&b, "", 80, 24, false));
	assert_false(qr_draw(&b, "##\n#\n", 80, 24, false));
	assert_int_equal(b.len, 0);
	buf_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_qr__draws_two_rows_a_line),
		cmocka_unit_test(
			test_qr__draws_blanks_where_there_are_no_blocks),
		cmocka_unit_test(test_qr__is_not_drawn_where_it_does_not_fit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
