#include "plein/passfd.h"

#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "plein/fs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static int
set_up(void **state)
{
	static int pair[2];

	assert_int_equal(passfd_pair(pair, NULL), 0);
	*state = pair;
	return 0;
}

static int
tear_down(void **state)
{
	int *pair = *state;

	for (int i = 0; i < 2; i++)
		if (pair[i] >= 0)
			(void)close(pair[i]);
	return 0;
}

static int
count_descriptors(void)
{
	int n = 0;

	for (int fd = 0; fd < 256; fd++)
		n += fcntl(fd, F_GETFD) >= 0;
	return n;
}

static void
test_passfd__messages_keep_their_boundaries(void **state)
{
	char data[PASSFD_BYTES];
	int *pair = *state, fds[PASSFD_MAX], n_fds = 9;

	assert_int_equal(passfd_send(pair[0], "one", 3, NULL, 0, NULL), 0);
	assert_int_equal(passfd_send(pair[0], "three", 5, NULL, 0, NULL), 0);
	assert_int_equal(passfd_recv(pair[1], data, fds, &n_fds, NULL), 3);
	assert_memory_equal(data, "one", 3);
	assert_int_equal(n_fds, 0);
	assert_int_equal(passfd_recv(pair[1], data, fds, &n_fds, NULL), 5);
	assert_memory_equal(data, "three", 5);
}

static void
test_passfd__descriptors_arrive_and_work(void **state)
{
	char data[PASSFD_BYTES], byte = 0;
	int *pair = *state, fds[PASSFD_MAX], n_fds, ends[2];

	assert_int_equal(pipe(ends), 0);
	assert_int_equal(passfd_send(pair[0], "fds", 3, ends, 2, NULL), 0);
	(void)close(ends[0]);
	(void)close(ends[1]);
	assert_int_equal(passfd_recv(pair[1], data, fds, &n_fds, NULL), 3);
	assert_int_equal(n_fds, 2);
	assert_int_equal(write(fds[1], "z", 1), 1);
	assert_int_equal(read(fds[0], &byte, 1), 1);
	assert_int_equal(byte, 'z');
	for (int i = 0; i < n_fds; i++) {
		assert_true((fcntl(fds[i], F_GETFD) & FD_CLOEXEC) != 0);
		(void)close(fds[i]);
	}
}

static void
test_passfd__the_sender_keeps_its_descriptors(void **state)
{
	char data[PASSFD_BYTES];
	int *pair = *state, fds[PASSFD_MAX], n_fds;
	int four[PASSFD_MAX] = { pair[0], pair[1], pair[0], pair[1] };
	int before = count_descriptors();

	assert_int_equal(passfd_send(pair[0], "x", 1, four, PASSFD_MAX, NULL),
			 0);
	assert_int_equal(passfd_recv(pair[1], data, fds, &n_fds, NULL), 1);
	assert_int_equal(n_fds, PASSFD_MAX);
	while (n_fds > 0)
		(void)close(fds[--n_fds]);
	assert_int_equal(count_descriptors(), before);
}

static void
test_passfd__nothing_there_is_busy(void **state)
{
	char data[PASSFD_BYTES];
	int *pair = *state, fds[PASSFD_MAX], n_fds;
	struct err err = ERR_INIT;

	assert_int_equal(fs_set_nonblock(pair[1], true, NULL), 0);
	assert_int_equal(passfd_recv(pair[1], data, fds, &n_fds, &err),
			 PLEIN_EBUSY);
	assert_int_equal(err.code, PLEIN_EBUSY);
}

static void
test_passfd__a_full_queue_is_busy(void **state)
{
	static const char data[PASSFD_BYTES];
	int *pair = *state, rc = 0;

	assert_int_equal(fs_set_nonblock(pair[0], true, NULL), 0);
	for (int i = 0; rc == 0 && i < 10000; i++)
		rc = passfd_send(pair[0], data, sizeof(data), NULL, 0, NULL);
	assert_int_equal(rc, PLEIN_EBUSY);
}

static void
test_passfd__a_gone_peer_is_told_both_ways(void **state)
{
	char data[PASSFD_BYTES];
	int *pair = *state, fds[PASSFD_MAX], n_fds;

	(void)close(pair[1]);
	pair[1] = -1;
	assert_int_equal(passfd_send(pair[0], "x", 1, NULL, 0, NULL),
			 PLEIN_ECLOSED);
	assert_int_equal(passfd_recv(pair[0], data, fds, &n_fds, NULL), 0);
	assert_int_equal(n_fds, 0);
}

static void
test_passfd__sizes_are_bounded(void **state)
{
	static char data[PASSFD_BYTES + 1];
	int *pair = *state, fds[PASSFD_MAX], n_fds;

	assert_int_equal(passfd_send(pair[0], data, 0, NULL, 0, NULL),
			 PLEIN_EUSAGE);
	assert_int_equal(
		passfd_send(pair[0], data, PASSFD_BYTES + 1, NULL, 0, NULL),
		PLEIN_ETOOBIG);
	assert_int_equal(
		passfd_send(pair[0], data, PASSFD_BYTES, NULL, 0, NULL), 0);
	assert_int_equal(passfd_recv(pair[1], data, fds, &n_fds, NULL),
			 PASSFD_BYTES);
}

static void
test_passfd__a_message_cut_off_is_refused(void **state)
{
	static char data[PASSFD_BYTES + 1];
	int *pair = *state, fds[PASSFD_MAX], n_fds;
	struct err err = ERR_INIT;

	assert_int_equal(send(pair[0], data, sizeof(data), 0), sizeof(data));
	assert_int_equal(passfd_recv(pair[1], data, fds, &n_fds, &err),
			 PLEIN_EPROTO);
	assert_int_equal(err.code, PLEIN_EPROTO);
}

/* More descriptors in one message than passfd_send() lets through. */
static void
send_many_descriptors(int sock, int n)
{
	_Alignas(struct cmsghdr) char control[CMSG_SPACE(16 * sizeof(int))];
	struct iovec iov = { (void *)"x", 1 };
	struct msghdr msg = { .msg_iov = &iov,
			      .msg_iovlen = 1,
			      .msg_control = control,
			      .msg_controllen = CMSG_SPACE(n * sizeof(int)) };
	struct cmsghdr *head;

	memset(control, 0, sizeof(control));
	head = CMSG_FIRSTHDR(&msg);
	head->cmsg_level = SOL_SOCKET;
	head->cmsg_type = SCM_RIGHTS;
	head->cmsg_len = CMSG_LEN(n * sizeof(int));
	for (int i = 0; i < n; i++)
		memcpy(CMSG_DATA(head) + i * sizeof(int), &sock, sizeof(int));
	assert_int_equal(sendmsg(sock, &msg, 0), 1);
}

static void
test_passfd__too_many_descriptors_are_closed(void **state)
{
	char data[PASSFD_BYTES];
	int *pair = *state, fds[PASSFD_MAX], n_fds;
	int before = count_descriptors();

	for (int n = PASSFD_MAX + 1; n <= 16; n++) {
		send_many_descriptors(pair[0], n);
		assert_int_equal(passfd_recv(pair[1], data, fds, &n_fds, NULL),
				 PLEIN_EPROTO);
		assert_int_equal(n_fds, 0);
		assert_int_equal(count_descriptors(), before);
	}
}

#define pair_test(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		pair_test(test_passfd__messages_keep_their_boundaries),
		pair_test(test_passfd__descriptors_arrive_and_work),
		pair_test(test_passfd__the_sender_keeps_its_descriptors),
		pair_test(test_passfd__nothing_there_is_busy),
		pair_test(test_passfd__a_full_queue_is_busy),
		pair_test(test_passfd__a_gone_peer_is_told_both_ways),
		pair_test(test_passfd__sizes_are_bounded),
		pair_test(test_passfd__a_message_cut_off_is_refused),
		pair_test(test_passfd__too_many_descriptors_are_closed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
