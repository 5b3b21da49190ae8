#include "plein/wire.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define LINE_MAX_HERE 8
#define QUEUE_MAX 65536
#define FAULTS \
	90 /* of pages of 4 kB; those of the line, and what else is new */

/* A wire of short lines and the other end of its stream. */
struct link {
	struct wire wire;
	int peer;
};

static int
set_up(void **state)
{
	struct link *l = calloc(1, sizeof(*l));
	int pair[2];

	assert_non_null(l);
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	wire_init(&l->wire, pair[0], pair[0], LINE_MAX_HERE, QUEUE_MAX);
	l->peer = pair[1];
	*state = l;
	return 0;
}

static int
tear_down(void **state)
{
	struct link *l = *state;

	wire_release(&l->wire);
	if (l->peer >= 0)
		(void)close(l->peer);
	free(l);
	return 0;
}

static void
say(struct link *l, const char *bytes)
{
	size_t len = strlen(bytes);

	assert_int_equal(write(l->peer, bytes, len), len);
	assert_int_equal(wire_read(&l->wire, NULL), 0);
}

static void
assert_line(struct link *l, const char *expected)
{
	size_t len = 0;
	int code = 1;
	char *line = wire_line(&l->wire, &len, &code);

	assert_int_equal(code, 0);
	if (expected == NULL) {
		assert_null(line);
		return;
	}
	assert_non_null(line);
	assert_int_equal(len, strlen(expected));
	assert_string_equal(line, expected);
}

static void
test_wire__lines_come_out_one_by_one(void **state)
{
	struct link *l = *state;

	assert_line(l, NULL);
	say(l, "ab\n\ncd\n");
	assert_line(l, "ab");
	assert_line(l, "");
	assert_line(l, "cd");
	assert_line(l, NULL);
}

static void
test_wire__a_line_may_come_byte_by_byte(void **state)
{
	struct link *l = *state;

	for (int round = 0; round < 3; round++) {
		static const char *const bytes[] = { "a", "b", "c", "d" };

		for (int i = 0; i < 4; i++) {
			say(l, bytes[i]);
			assert_line(l, NULL);
		}
		say(l, "\nx");
		assert_line(l, "abcd");
		say(l, "y\n");
		assert_line(l, "xy");
	}
}

static void
test_wire__a_line_is_bounded_to_the_byte(void **state)
{
	struct link *l = *state;
	size_t len;
	int code;

	say(l, "12345678\n");
	assert_line(l, "12345678");
	say(l, "12345678");
	assert_line(l, NULL);
	say(l, "9");
	assert_null(wire_line(&l->wire, &len, &code));
	assert_int_equal(code, PLEIN_ETOOBIG);
}

static void
test_wire__a_line_without_end_takes_bounded_memory(void **state)
{
	struct link *l = *state;
	char flood[5000];

	memset(flood, 'x', sizeof(flood));
	for (int i = 0; i < 10; i++) {
		assert_int_equal(write(l->peer, flood, sizeof(flood)),
				 sizeof(flood));
		assert_int_equal(wire_read(&l->wire, NULL), 0);
		assert_true(l->wire.in_buf.len <= LINE_MAX_HERE + 1);
	}
}

static void
test_wire__many_lines_all_arrive(void **state)
{
	struct link *l = *state;
	char lines[2500];
	int n = 0, rounds = 0;
	size_t len;
	int code;

	for (int i = 0; i < 500; i++)
		memcpy(lines + 5 * i, "line\n", 5);
	assert_int_equal(write(l->peer, lines, sizeof(lines)), sizeof(lines));
	while (n < 500 && rounds++ < 1000) {
		assert_int_equal(wire_read(&l->wire, NULL), 0);
		while (wire_line(&l->wire, &len, &code) != NULL)
			n++;
		assert_int_equal(code, 0);
	}
	assert_int_equal(n, 500);
}

static void
test_wire__the_end_comes_after_the_lines(void **state)
{
	struct link *l = *state;
	struct err err = ERR_INIT;

	assert_int_equal(write(l->peer, "a\nrest", 6), 6);
	(void)close(l->peer);
	l->peer = -1;
	assert_int_equal(wire_read(&l->wire, &err), 0);
	assert_int_equal(wire_read(&l->wire, &err), PLEIN_ECLOSED);
	assert_int_equal(wire_read(&l->wire, &err), PLEIN_ECLOSED);
	assert_int_equal(err.code, PLEIN_ECLOSED);
	assert_true(l->wire.eof);
	assert_line(l, "a");
	assert_line(l, NULL);
}

static void
test_wire__reading_nothing_does_not_block(void **state)
{
	struct link *l = *state;

	assert_int_equal(wire_read(&l->wire, NULL), 0);
	assert_false(l->wire.eof);
}

/* Take `n` bytes from the peer's end; the wire flushes when it must. */
static void
drain(struct link *l, char *into, size_t n)
{
	size_t have = 0;
	ssize_t got;

	while (have < n) {
		got = recv(l->peer, into + have, n - have, MSG_DONTWAIT);
		if (got > 0)
			have += (size_t)got;
		assert_int_equal(wire_flush(&l->wire, NULL), 0);
		assert_true(got > 0 || wire_wants_write(&l->wire) || have == n);
	}
}

static void
test_wire__what_does_not_fit_arrives_in_order(void **state)
{
	struct link *l = *state;
	char chunk[1000], *all;
	size_t n_sent = 0;
	struct err err = ERR_INIT;
	int rc;

	for (;; n_sent++) {
		memset(chunk, (char)('a' + n_sent % 26), sizeof(chunk));
		rc = wire_send(&l->wire, chunk, sizeof(chunk), &err);
		if (rc < 0)
			break;
	}
	assert_int_equal(rc, PLEIN_EBUSY);
	assert_int_equal(err.code, PLEIN_EBUSY);
	assert_true(wire_wants_write(&l->wire));
	assert_true(l->wire.out_buf.len - l->wire.out_start <= QUEUE_MAX);
	all = malloc(n_sent * sizeof(chunk));
	assert_non_null(all);
	drain(l, all, n_sent * sizeof(chunk));
	for (size_t i = 0; i < n_sent * sizeof(chunk); i++)
		if (all[i] != (char)('a' + i / sizeof(chunk) % 26))
			fail_msg("byte %zu", i);
	assert_false(wire_wants_write(&l->wire));
	assert_int_equal(wire_send(&l->wire, "z", 1, NULL), 0);
	drain(l, all, 1);
	assert_int_equal(all[0], 'z');
	free(all);
}

static void
test_wire__more_than_the_queue_is_refused_whole(void **state)
{
	struct link *l = *state;
	char *big = calloc(1, QUEUE_MAX + 1), byte;

	assert_non_null(big);
	assert_int_equal(wire_send(&l->wire, big, QUEUE_MAX + 1, NULL),
			 PLEIN_EBUSY);
	assert_int_equal(recv(l->peer, &byte, 1, MSG_DONTWAIT), -1);
	free(big);
}

static void
test_wire__sending_to_a_gone_peer_raises_no_signal(void **state)
{
	struct link *l = *state;

	(void)close(l->peer);
	l->peer = -1;
	assert_int_equal(wire_send(&l->wire, "x", 1, NULL), PLEIN_ECLOSED);
}

static void
test_wire__pipes_work_as_well(void **state)
{
	int in[2], out[2];
	struct wire w;
	char byte = 0;
	size_t len;
	int code;

	(void)state;
	assert_int_equal(pipe(in), 0);
	assert_int_equal(pipe(out), 0);
	wire_init(&w, in[0], out[1], LINE_MAX_HERE, QUEUE_MAX);
	assert_int_equal(write(in[1], "hi\n", 3), 3);
	assert_int_equal(wire_read(&w, NULL), 0);
	assert_string_equal(wire_line(&w, &len, &code), "hi");
	assert_int_equal(wire_send(&w, "q", 1, NULL), 0);
	assert_int_equal(read(out[0], &byte, 1), 1);
	assert_int_equal(byte, 'q');
	(void)close(out[0]);
	/* As every program of ours does; sockets do not depend on it. */
	(void)signal(SIGPIPE, SIG_IGN);
	assert_int_equal(wire_send(&w, "q", 1, NULL), PLEIN_ECLOSED);
	(void)signal(SIGPIPE, SIG_DFL);
	wire_release(&w);
	(void)close(in[1]);
}

static void
test_wire__release_closes_both_and_may_be_repeated(void **state)
{
	int pair[2];
	struct wire w;

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	wire_init(&w, pair[0], pair[1], LINE_MAX_HERE, QUEUE_MAX);
	assert_int_equal(wire_send(&w, "left\n", 5, NULL), 0);
	wire_release(&w);
	assert_int_equal(fcntl(pair[0], F_GETFD), -1);
	assert_int_equal(fcntl(pair[1], F_GETFD), -1);
	wire_release(&w);
	wire_release(NULL);
}

static void
test_wire__memory_of_a_big_line_is_given_back(void **state)
{
	static char big[300000];
	struct link *l = *state;
	size_t len = 0, sent = 0;
	int code;

	l->wire.in_max = sizeof(big);
	memset(big, 'b', sizeof(big));
	big[sizeof(big) - 1] = '\n';
	while (wire_line(&l->wire, &len, &code) == NULL) {
		ssize_t n = send(l->peer, big + sent, sizeof(big) - sent,
				 MSG_DONTWAIT);

		sent += n > 0 ? (size_t)n : 0;
		assert_int_equal(wire_read(&l->wire, NULL), 0);
	}
	assert_int_equal(len, sizeof(big) - 1);
	assert_true(l->wire.in_buf.cap >= sizeof(big));
	assert_line(l, NULL);
	assert_int_equal(l->wire.in_buf.cap, 0);
}

static long
count_faults(void)
{
	struct rusage u;

	assert_int_equal(getrusage(RUSAGE_SELF, &u), 0);
	return u.ru_minflt;
}

/* There is room for 512 kB then. */
static void
test_wire__room_that_no_line_filled_is_not_touched(void **state)
{
	static char line[40000];
	struct link *l = *state;
	size_t len = 0;
	int code;
	long before;

	l->wire.in_max = 1 << 20;
	memset(line, 'b', sizeof(line));
	line[sizeof(line) - 1] = '\n';
	assert_int_equal(write(l->peer, line, sizeof(line)), sizeof(line));
	before = count_faults();
	assert_int_equal(wire_read(&l->wire, NULL), 0);
	assert_non_null(wire_line(&l->wire, &len, &code));
	assert_int_equal(len, sizeof(line) - 1);
	assert_line(l, NULL);
	assert_int_equal(l->wire.in_buf.cap, 0);
	assert_true(count_faults() - before < FAULTS);
}

#define link_test(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

static void
test_wire__one_that_never_began_is_released(void **state)
{
	struct wire w = { .in = -1, .out = -1 };

	(void)state;
	wire_release(&w); /* UBSan looks on */
	assert_int_equal(w.in, -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_wire__one_that_never_began_is_released),
		link_test(test_wire__lines_come_out_one_by_one),
		link_test(test_wire__a_line_may_come_byte_by_byte),
		link_test(test_wire__a_line_is_bounded_to_the_byte),
		link_test(test_wire__a_line_without_end_takes_bounded_memory),
		link_test(test_wire__many_lines_all_arrive),
		link_test(test_wire__the_end_comes_after_the_lines),
		link_test(test_wire__reading_nothing_does_not_block),
		link_test(test_wire__what_does_not_fit_arrives_in_order),
		link_test(test_wire__more_than_the_queue_is_refused_whole),
		link_test(test_wire__sending_to_a_gone_peer_raises_no_signal),
		cmocka_unit_test(test_wire__pipes_work_as_well),
		cmocka_unit_test(
			test_wire__release_closes_both_and_may_be_repeated),
		link_test(test_wire__memory_of_a_big_line_is_given_back),
		link_test(test_wire__room_that_no_line_filled_is_not_touched),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
