/*
 * The command `api` in a child; the test plays the person's program, the
 * supervisor and the wiki process.
 */
#include "api.h"

#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "plein/fs.h"
#include "plein/mem.h"
#include "plein/passfd.h"
#include "plein/rpc.h"

#define DEADLINE_MS 10000
#define LONG_WAIT_MS 30000

struct ends {
	pid_t pid;
	int control;
	int in, out; /* of the person's program: it writes, it reads */
	int wiki; /* -1: none */
};

static void
child(const int control[2], const int in[2], const int out[2], int wait_ms)
{
	int silent = open("/dev/null", O_WRONLY | O_CLOEXEC);

	(void)alarm(60);
	(void)dup2(silent, STDERR_FILENO);
	(void)close(control[0]);
	(void)close(in[1]);
	(void)close(out[0]);
	(void)signal(SIGPIPE, SIG_IGN);
	_exit(api_run(control[1], in[0], out[1], wait_ms));
}

static void
start(struct ends *t, int wait_ms)
{
	int control[2], in[2], out[2];

	assert_int_equal(passfd_pair(control, NULL), 0);
	assert_int_equal(pipe2(in, O_CLOEXEC), 0);
	assert_int_equal(pipe2(out, O_CLOEXEC), 0);
	t->pid = fork();
	assert_true(t->pid >= 0);
	if (t->pid == 0)
		child(control, in, out, wait_ms);
	(void)close(control[1]);
	(void)close(in[0]);
	(void)close(out[1]);
	*t = (struct ends){ t->pid, control[0], in[1], out[0], -1 };
}

static void
shut(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
	*fd = -1;
}

/* Its exit code; the ends that are still open are closed. */
static int
finish(struct ends *t)
{
	int status;

	assert_int_equal(waitpid(t->pid, &status, 0), t->pid);
	shut(&t->control);
	shut(&t->in);
	shut(&t->out);
	shut(&t->wiki);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void
tell(struct ends *t, const char *notice, const int *fds, int n)
{
	assert_int_equal(
		passfd_send(t->control, notice, strlen(notice), fds, n, NULL),
		0);
}

static void
give_stream(struct ends *t)
{
	int pair[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	tell(t, "{\"op\":\"wiki\"}", &pair[1], 1);
	(void)close(pair[1]);
	t->wiki = pair[0];
}

static void
put(int fd, const char *text)
{
	assert_int_equal(fs_write_fd(fd, text, strlen(text), NULL), 0);
}

/* The next line of `fd` must be this one, or, when NULL, its end. */
static void
expect(int fd, const char *line)
{
	struct pollfd p = { fd, POLLIN, 0 };
	char seen[512];
	size_t n = 0;

	while (n < sizeof(seen) - 1 && (n == 0 || seen[n - 1] != '\n')) {
		if (poll(&p, 1, DEADLINE_MS) <= 0)
			fail_msg("nothing came instead of %s", line);
		if (read(fd, &seen[n], 1) != 1)
			break;
		n++;
	}
	seen[n] = '\0';
	assert_string_equal(seen, line ? line : "");
}

#define ASK(id) "{\"jsonrpc\":\"2.0\",\"id\":" id ",\"method\":\"page.list\"}\n"
#define ANSWER(id) "{\"jsonrpc\":\"2.0\",\"id\":" id ",\"result\":{}}\n"
#define EVENT "{\"jsonrpc\":\"2.0\",\"method\":\"event.page\"}\n"
#define NO_JSON \
	"{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32700," \
	"\"message\":\"JSON\"}}\n"

static void
test_api__passes_lines_on_as_they_are(void **state)
{
	struct ends t;

	(void)state;
	start(&t, LONG_WAIT_MS);
	give_stream(&t);
	put(t.in, ASK("1") ASK("\"zwei\"") "geen json\n");
	expect(t.wiki, ASK("1"));
	expect(t.wiki, ASK("\"zwei\""));
	expect(t.wiki, "geen json\n");
	put(t.wiki, EVENT ANSWER("\"zwei\"") NO_JSON);
	expect(t.out, EVENT);
	expect(t.out, ANSWER("\"zwei\""));
	expect(t.out, NO_JSON);
	shut(&t.in);
	expect(t.wiki, NULL);
	put(t.wiki, ANSWER("1"));
	expect(t.out, ANSWER("1"));
	assert_int_equal(finish(&t), 0);
}

static void
test_api__asks_again_what_was_not_answered(void **state)
{
	struct ends t;

	(void)state;
	start(&t, LONG_WAIT_MS);
	give_stream(&t);
	put(t.in, ASK("1") ASK("2") ASK("3"));
	for (int i = 0; i < 3; i++)
		expect(t.wiki, i == 0	? ASK("1")
			       : i == 1 ? ASK("2")
					: ASK("3"));
	/* One answer is whole, another breaks off. */
	put(t.wiki, ANSWER("2") "{\"jsonrpc\":\"2.0\",\"id\":1,");
	expect(t.out, ANSWER("2"));
	shut(&t.wiki);
	put(t.in, ASK("4"));
	give_stream(&t);
	expect(t.wiki, ASK("1"));
	expect(t.wiki, ASK("3"));
	expect(t.wiki, ASK("4"));
	put(t.wiki, ANSWER("1") ANSWER("3") ANSWER("4"));
	expect(t.out, ANSWER("1"));
	expect(t.out, ANSWER("3"));
	expect(t.out, ANSWER("4"));
	shut(&t.in);
	assert_int_equal(finish(&t), 0);
}

static void
test_api__asks_again_after_its_input_has_ended(void **state)
{
	struct ends t;

	(void)state;
	start(&t, LONG_WAIT_MS);
	put(t.in, ASK("1"));
	shut(&t.in);
	for (int i = 0; i < 3; i++) {
		shut(&t.wiki);
		give_stream(&t);
		expect(t.wiki, ASK("1"));
		expect(t.wiki, NULL);
	}
	put(t.wiki, ANSWER("1"));
	expect(t.out, ANSWER("1"));
	assert_int_equal(finish(&t), 0);
}

static void
test_api__gives_up_when_the_wiki_stays_away(void **state)
{
	struct ends t;

	(void)state;
	start(&t, 50);
	give_stream(&t);
	put(t.in, ASK("1"));
	expect(t.wiki, ASK("1"));
	shut(&t.wiki);
	expect(t.out, NULL);
	assert_int_equal(finish(&t), 7);
	start(&t, 50);
	assert_int_equal(finish(&t), 7);
}

static void
test_api__a_server_that_stops_is_not_waited_for(void **state)
{
	struct ends t;

	(void)state;
	start(&t, LONG_WAIT_MS);
	give_stream(&t);
	put(t.in, ASK("1"));
	expect(t.wiki, ASK("1"));
	tell(&t, "{\"op\":\"stop\",\"seconds\":5}", NULL, 0);
	expect(t.wiki, NULL); /* asks no more */
	put(t.wiki, ANSWER("1"));
	expect(t.out, ANSWER("1"));
	assert_int_equal(finish(&t), 7);
	start(&t, LONG_WAIT_MS);
	give_stream(&t);
	shut(&t.control);
	shut(&t.wiki);
	assert_int_equal(finish(&t), 7);
}

static void
test_api__refuses_a_line_that_is_too_long(void **state)
{
	struct ends t;
	char *text = mem_alloc(RPC_LINE_MAX + 1);

	(void)state;
	memset(text, 'a', RPC_LINE_MAX + 1);
	start(&t, LONG_WAIT_MS);
	give_stream(&t);
	assert_int_equal(fs_write_fd(t.in, text, RPC_LINE_MAX + 1, NULL), 0);
	expect(t.out, "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":8,"
		      "\"message\":\"the message is too long\","
		      "\"data\":{\"name\":\"too-big\"}}}\n");
	assert_int_equal(finish(&t), 0);
	free(text);
}

/* What is not answered is kept, so only so much of it is taken. */
static void
test_api__stops_reading_when_nothing_is_answered(void **state)
{
	struct ends t;
	struct pollfd p = { -1, POLLOUT, 0 };
	size_t taken = 0;
	ssize_t n;

	(void)state;
	start(&t, LONG_WAIT_MS);
	(void)fcntl(t.in, F_SETFL, O_NONBLOCK);
	p.fd = t.in;
	while (poll(&p, 1, 500) > 0) {
		n = write(t.in, ASK("1"), strlen(ASK("1")));
		assert_true(n > 0);
		taken += (size_t)n;
		assert_true(taken < (size_t)4 * RPC_LINE_MAX);
	}
	shut(&t.control);
	assert_int_equal(finish(&t), 7);
}

static void
test_api__ends_when_nobody_takes_its_answers(void **state)
{
	struct ends t;

	(void)state;
	start(&t, LONG_WAIT_MS);
	give_stream(&t);
	put(t.in, ASK("1"));
	expect(t.wiki, ASK("1"));
	shut(&t.out);
	put(t.wiki, ANSWER("1"));
	assert_int_equal(finish(&t), 7);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_api__passes_lines_on_as_they_are),
		cmocka_unit_test(test_api__asks_again_what_was_not_answered),
		cmocka_unit_test(
			test_api__asks_again_after_its_input_has_ended),
		cmocka_unit_test(test_api__gives_up_when_the_wiki_stays_away),
		cmocka_unit_test(
			test_api__a_server_that_stops_is_not_waited_for),
		cmocka_unit_test(test_api__refuses_a_line_that_is_too_long),
		cmocka_unit_test(
			test_api__stops_reading_when_nothing_is_answered),
		cmocka_unit_test(test_api__ends_when_nobody_takes_its_answers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
