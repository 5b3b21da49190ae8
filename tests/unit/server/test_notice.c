/* Messages between our own processes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "notice.h"

static void
open_pair(int pair[2])
{
	assert_int_equal(passfd_pair(pair, NULL), 0);
	for (int i = 0; i < 2; i++)
		assert_int_equal(fcntl(pair[i], F_SETFL, O_NONBLOCK), 0);
}

static void
close_pair(const int pair[2])
{
	(void)close(pair[0]);
	(void)close(pair[1]);
}

static void
test_notice__arrives_whole(void **state)
{
	json_t *msg;
	int pair[2];

	(void)state;
	open_pair(pair);
	assert_int_equal(notice_send(pair[0], notice_stop(5), NULL, 0, NULL),
			 0);
	assert_int_equal(notice_recv(pair[1], &msg, NULL), 0);
	assert_string_equal(notice_text(msg, "op"), "stop");
	assert_int_equal(json_integer_value(json_object_get(msg, "seconds")),
			 5);
	assert_null(notice_text(msg, "seconds"));
	assert_null(notice_text(msg, "nothing"));
	json_decref(msg);
	assert_int_equal(notice_recv(pair[1], &msg, NULL), PLEIN_EBUSY);
	assert_null(msg);
	close_pair(pair);
}

static void
test_notice__tells_when_the_other_side_is_gone(void **state)
{
	json_t *msg;
	int pair[2];

	(void)state;
	open_pair(pair);
	(void)close(pair[0]);
	assert_int_equal(notice_recv(pair[1], &msg, NULL), PLEIN_ECLOSED);
	assert_int_equal(notice_send(pair[1], notice_stop(1), NULL, 0, NULL),
			 PLEIN_ECLOSED);
	(void)close(pair[1]);
}

static void
test_notice__refuses_what_is_no_object(void **state)
{
	static const char *const bad[] = {
		"x", "[1]", "{", "\"op\"", "{\"op\":\"\xff\"}", "{}{}"
	};
	json_t *msg;
	int pair[2];

	(void)state;
	open_pair(pair);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(passfd_send(pair[0], bad[i], strlen(bad[i]),
					     NULL, 0, NULL),
				 0);
		assert_int_equal(notice_recv(pair[1], &msg, NULL),
				 PLEIN_EPROTO);
		assert_null(msg);
	}
	close_pair(pair);
}

static void
test_notice__closes_descriptors_nobody_asked_for(void **state)
{
	json_t *msg;
	int pair[2], gift[2];
	char c;

	(void)state;
	open_pair(pair);
	assert_int_equal(pipe(gift), 0);
	assert_int_equal(
		notice_send(pair[0], notice_stop(1), &gift[1], 1, NULL), 0);
	(void)close(gift[1]);
	assert_int_equal(notice_recv(pair[1], &msg, NULL), 0);
	json_decref(msg);
	/* The last copy of the writing end is closed: end of file. */
	assert_int_equal(read(gift[0], &c, 1), 0);
	(void)close(gift[0]);
	close_pair(pair);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_notice__arrives_whole),
		cmocka_unit_test(
			test_notice__tells_when_the_other_side_is_gone),
		cmocka_unit_test(test_notice__refuses_what_is_no_object),
		cmocka_unit_test(
			test_notice__closes_descriptors_nobody_asked_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
