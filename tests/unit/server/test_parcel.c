/* What goes in comes out, and nothing else does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "parcel.h"

static void
test_parcel__numbers_and_any_bytes_arrive(void **state)
{
	struct parcel out = PARCEL_INIT, in = PARCEL_INIT;
	const char *s;
	size_t len;
	int fds[2];

	(void)state;
	assert_int_equal(pipe(fds), 0);
	parcel_add_number(&out, -7);
	parcel_add_text(&out, "a\0\xff", 3);
	parcel_add_text(&out, "", 0);
	parcel_add_number(&out, INT64_MAX);
	assert_int_equal(parcel_send(&out, fds[1], NULL), 0);
	parcel_reset(&out);
	assert_int_equal(parcel_send(&out, fds[1], NULL), 0);
	(void)close(fds[1]);
	assert_int_equal(parcel_receive(&in, fds[0], NULL), 1);
	assert_int_equal(parcel_number(&in), -7);
	s = parcel_text(&in, &len);
	assert_int_equal(len, 3);
	assert_memory_equal(s, "a\0\xff", 4);
	assert_string_equal(parcel_text(&in, NULL), "");
	assert_false(parcel_is_whole(&in));
	assert_int_equal(parcel_number(&in), INT64_MAX);
	assert_true(parcel_is_whole(&in));
	assert_int_equal(parcel_receive(&in, fds[0], NULL), 1);
	assert_true(parcel_is_whole(&in));
	assert_int_equal(parcel_receive(&in, fds[0], NULL), 0);
	(void)close(fds[0]);
	parcel_release(&in);
	parcel_release(&out);
}

static void
test_parcel__what_is_not_there_is_noticed(void **state)
{
	struct parcel p = PARCEL_INIT;

	(void)state;
	parcel_add_number(&p, 1000); /* as if a text came */
	assert_string_equal(parcel_text(&p, NULL), "");
	assert_false(parcel_is_whole(&p));
	assert_int_equal(parcel_number(&p), 0);
	assert_false(parcel_is_whole(&p));
	parcel_reset(&p);
	parcel_add_number(&p, -1);
	assert_string_equal(parcel_text(&p, NULL), "");
	assert_false(parcel_is_whole(&p));
	parcel_release(&p);
}

static void
test_parcel__one_that_is_cut_off_is_none(void **state)
{
	struct parcel p = PARCEL_INIT;
	uint64_t len = 100;
	int fds[2];

	(void)state;
	assert_int_equal(pipe(fds), 0);
	assert_int_equal(write(fds[1], &len, sizeof(len)), sizeof(len));
	assert_int_equal(write(fds[1], "half", 4), 4);
	(void)close(fds[1]);
	assert_int_equal(parcel_receive(&p, fds[0], NULL), PLEIN_EPROTO);
	(void)close(fds[0]);
	assert_int_equal(pipe(fds), 0);
	len = UINT64_MAX;
	assert_int_equal(write(fds[1], &len, sizeof(len)), sizeof(len));
	assert_int_equal(parcel_receive(&p, fds[0], NULL), PLEIN_EPROTO);
	(void)close(fds[0]);
	(void)signal(SIGPIPE, SIG_IGN);
	assert_int_equal(parcel_send(&p, fds[1], NULL), PLEIN_ECLOSED);
	(void)close(fds[1]);
	parcel_release(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parcel__numbers_and_any_bytes_arrive),
		cmocka_unit_test(test_parcel__what_is_not_there_is_noticed),
		cmocka_unit_test(test_parcel__one_that_is_cut_off_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
