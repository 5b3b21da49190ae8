/* Tests of server/ssh: conn.c, chan.c and pump.c behind the sign-in. */
#include "ssh/conn.h"

#include <libssh/callbacks.h>

#include "fake_client.h"

#define MANY (3L * 1024 * 1024)
#ifdef __SANITIZE_ADDRESS__
#define MEMORY_MAX_KB (256 * 1024) /* what is freed stays a while */
#else
#define MEMORY_MAX_KB (16 * 1024)
#endif

static ssh_channel
exec(ssh_session s, const char *line)
{
	ssh_channel ch = client_open(s);

	if (ssh_channel_request_exec(ch, line) != SSH_OK)
		fail_msg("exec: %s", ssh_get_error(s));
	return ch;
}

static void
expect_output(ssh_channel ch, int is_stderr, const char *want)
{
	struct buf got = client_read(ch, is_stderr);

	assert_string_equal(got.ptr, want);
	buf_release(&got);
}

/* Log in, run a line without a terminal, compare all that comes out. */
static void
check_exec(struct house *house, const char *line, const char *out,
	   const char *err, int status)
{
	ssh_session s;
	ssh_channel ch;

	house_start(house);
	s = client_login(house);
	ch = exec(s, line);
	expect_output(ch, 0, out);
	expect_output(ch, 1, err);
	assert_int_equal(ssh_channel_get_exit_status(ch), status);
	ssh_channel_free(ch);
	client_close(s);
	house_expect_end(house, "peer");
}

static void
test_session__keeps_output_and_errors_apart(void **state)
{
	check_exec(*state, "both", "out\n", "err\n", 0);
}

static void
test_session__passes_the_exit_status_on(void **state)
{
	check_exec(*state, "exit 5", "", "", 5);
}

static void
test_session__says_why_the_supervisor_refused(void **state)
{
	check_exec(*state, "refuse", "", "not today\n", 7);
}

static void
test_session__says_what_a_command_may_be(void **state)
{
	check_exec(*state, "read \xff\xfe", "",
		   "plein: een opdracht is UTF-8, hoogstens 1024 bytes\n"
		   "plein: a command is UTF-8 of at most 1024 bytes\n",
		   2);
}

static void
test_session__refuses_a_command_over_1_kib(void **state)
{
	char *line = mem_alloc(60 * 1000);
	struct house *house = *state;

	memset(line, 'a', 60 * 1000 - 1);
	check_exec(house, line, "",
		   "plein: een opdracht is UTF-8, hoogstens 1024 bytes\n"
		   "plein: a command is UTF-8 of at most 1024 bytes\n",
		   2);
	assert_null(strstr(house->seen.ptr, "spawn "));
	free(line);
}

static void
test_session__hands_quotes_and_semicolons_to_the_supervisor(void **state)
{
	struct house *house = *state;
	ssh_session s;
	ssh_channel ch;

	house_start(house);
	s = client_login(house);
	ch = exec(s, "read 'a'; rm -rf \"$HOME\"");
	house_expect(house, "\"kind\":\"command\"");
	house_expect(house, "read 'a'; rm -rf \\\"$HOME\\\"");
	ssh_channel_free(ch);
	house_expect_end(house, "channel");
	client_close(s);
}

static void
test_session__names_git_and_refusals_to_the_supervisor(void **state)
{
	struct house *house = *state;
	ssh_session s;
	ssh_channel ch;

	house_start(house);
	s = client_login(house);
	ch = exec(s, "git-receive-pack '/agenda'");
	house_expect(house, "\"kind\":\"receive\"");
	ssh_channel_free(ch);
	house_expect_end(house, "channel");
	client_close(s);
	house_start(house);
	s = client_login(house);
	ch = exec(s, "git-upload-archive '/agenda'");
	house_expect(house, "\"kind\":\"refuse\"");
	ssh_channel_free(ch);
	house_expect_end(house, "channel");
	client_close(s);
}

/* NOLINTBEGIN(readability-function-size): the parameters are libssh's */
static void
note_signal(ssh_session s, ssh_channel ch, const char *signal, int core,
	    const char *message, const char *lang, void *data)
{
	(void)s;
	(void)ch;
	(void)core;
	(void)message;
	(void)lang;
	(void)snprintf(data, 16, "%s", signal);
}

/* NOLINTEND(readability-function-size) */

static void
test_session__names_the_signal_that_ended_the_child(void **state)
{
	struct house *house = *state;
	char name[16] = "";
	struct ssh_channel_callbacks_struct cb = {
		.userdata = name, .channel_exit_signal_function = note_signal
	};
	ssh_session s;
	ssh_channel ch;

	house_start(house);
	s = client_login(house);
	ch = client_open(s);
	ssh_callbacks_init(&cb);
	(void)ssh_set_channel_callbacks(ch, &cb);
	assert_int_equal(ssh_channel_request_exec(ch, "abort"), SSH_OK);
	expect_output(ch, 0, "");
	assert_string_equal(name, "TERM");
	ssh_channel_free(ch);
	client_close(s);
}

static void
check_long_output(struct house *house, const uint64_t *rekey)
{
	ssh_session s = client_new(house, "tester");
	struct buf got;
	ssh_channel ch;

	if (rekey != NULL)
		(void)ssh_options_set(s, SSH_OPTIONS_REKEY_DATA, rekey);
	assert_int_equal(ssh_connect(s), SSH_OK);
	assert_int_equal(ssh_userauth_publickey(s, NULL, house->known),
			 SSH_AUTH_SUCCESS);
	ch = exec(s, "write 3145728");
	got = client_read(ch, 0);
	assert_int_equal(got.len, MANY);
	assert_int_equal(ssh_channel_get_exit_status(ch), 0);
	buf_release(&got);
	ssh_channel_free(ch);
	client_close(s);
}

static void
test_session__loses_no_output_before_the_exit_status(void **state)
{
	house_start(*state);
	check_long_output(*state, NULL);
	house_expect_end(*state, "peer");
}

static void
test_session__loses_no_output_while_keys_are_renewed(void **state)
{
	const uint64_t rekey = 256 * 1024;

	house_start(*state);
	check_long_output(*state, &rekey);
	house_expect_end(*state, "peer");
}

static int keys_exchanged; /* as the client's libssh logs it */

static void
count_exchanges(int priority, const char *function, const char *text,
		void *data)
{
	(void)priority;
	(void)function;
	(void)data;
	keys_exchanged += strstr(text, "SSH_MSG_NEWKEYS") != NULL;
}

static int
exchanges_of(struct house *house)
{
	keys_exchanged = 0;
	(void)ssh_set_log_callback(count_exchanges);
	(void)ssh_set_log_level(SSH_LOG_PROTOCOL);
	house_start(house);
	check_long_output(house, NULL);
	house_expect_end(house, "peer");
	(void)ssh_set_log_level(SSH_LOG_NOLOG);
	return keys_exchanged;
}

static void
test_session__the_server_renews_keys_too(void **state)
{
	struct house *house = *state;
	int once = exchanges_of(house);

	house->manners.limits.renew_bytes = 512 * 1024;
	assert_true(once > 0);
	assert_true(exchanges_of(house) >= 3 * once);
}

static void
send_bytes(ssh_channel ch, long bytes)
{
	char chunk[8192];
	int n = 1;

	memset(chunk, 'y', sizeof(chunk));
	for (long left = bytes; left > 0 && n > 0; left -= n)
		n = ssh_channel_write(ch, chunk,
				      left < 8192 ? (uint32_t)left : 8192);
	assert_true(n > 0);
}

static void
test_session__hands_all_input_to_the_child(void **state)
{
	struct house *house = *state;
	ssh_session s;
	ssh_channel ch;

	house_start(house);
	s = client_login(house);
	ch = exec(s, "count");
	send_bytes(ch, MANY);
	assert_int_equal(ssh_channel_send_eof(ch), SSH_OK);
	expect_output(ch, 0, "3145728\n");
	assert_int_equal(ssh_channel_get_exit_status(ch), 0);
	ssh_channel_free(ch);
	client_close(s);
	house_expect_end(house, "peer");
}

static void
test_session__drops_input_of_a_child_that_is_gone(void **state)
{
	struct house *house = *state;
	ssh_session s;
	ssh_channel ch;

	house_start(house);
	s = client_login(house);
	ch = exec(s, "exit 4");
	house_expect(house, "child ended");
	(void)ssh_channel_write(ch, "late", 4);
	expect_output(ch, 0, "");
	assert_int_equal(ssh_channel_get_exit_status(ch), 4);
	ssh_channel_free(ch);
	client_close(s);
	house_expect_end(house, "peer");
}

/* Kilobytes of memory of its own the connection process has. */
static long
memory_of(pid_t pid)
{
	char path[64], text[256] = "";
	long pages, resident = 0, common = 0;
	FILE *f;

	(void)snprintf(path, sizeof(path), "/proc/%d/statm", (int)pid);
	f = fopen(path, "r");
	assert_non_null(f);
	if (fgets(text, sizeof(text), f) != NULL)
		(void)sscanf(text, "%ld %ld %ld", &pages, &resident, &common);
	(void)fclose(f);
	return (resident - common) * sysconf(_SC_PAGESIZE) / 1024;
}

/* Until the child moves nothing any more for a while. */
static void
wait_for_standstill(const struct shared *shared)
{
	long before = -1;

	while (shared->moved == 0 || shared->moved != before) {
		before = shared->moved;
		(void)poll(NULL, 0, 200);
	}
}

static void
test_session__holds_little_for_a_peer_that_does_not_read(void **state)
{
	struct house *house = *state;
	ssh_session s;
	ssh_channel ch;

	house_start(house);
	s = client_login(house);
	ch = exec(s, "write 1000000000");
	wait_for_standstill(house->shared);
	assert_true(house->shared->moved < 32L * 1024 * 1024);
	assert_true(memory_of(house->shared->conn) < MEMORY_MAX_KB);
	client_close(s);
	house_expect_end(house, "peer");
	house_expect(house, "child ended");
	(void)ch;
}

static void
test_session__holds_little_for_a_child_that_does_not_read(void **state)
{
	struct house *house = *state;
	ssh_session s;
	ssh_channel ch;
	char chunk[8192];
	long sent = 0, before = -1;
	int n;

	memset(chunk, 'z', sizeof(chunk));
	house_start(house);
	s = client_login(house);
	ch = exec(s, "write 1000000000");
	ssh_set_blocking(s, 0);
	while (before != sent) {
		before = sent;
		for (int i = 0; i < 400; i++) {
			n = ssh_channel_write(ch, chunk, sizeof(chunk));
			sent += n > 0 ? n : 0;
			if (n <= 0)
				(void)poll(NULL, 0, 1);
		}
	}
	assert_true(sent < 16L * 1024 * 1024);
	assert_true(memory_of(house->shared->conn) < MEMORY_MAX_KB);
	client_close(s);
	house_expect_end(house, "peer");
}

static ssh_channel
open_terminal(ssh_session s, const char *term, int cols, int rows)
{
	ssh_channel ch = client_open(s);

	assert_int_equal(ssh_channel_request_pty_size(ch, term, cols, rows),
			 SSH_OK);
	assert_int_equal(ssh_channel_request_shell(ch), SSH_OK);
	return ch;
}

/* Type a line until the terminal answers with this size. */
static void
expect_size(ssh_channel ch, const char *size)
{
	const int64_t deadline = clock_mono_ms() + PATIENCE_MS;
	struct buf got = BUF_INIT;
	int n;

	while (strstr(got.ptr, size) == NULL && clock_mono_ms() < deadline) {
		assert_int_equal(ssh_channel_write(ch, "\n", 1), 1);
		n = ssh_channel_read_timeout(ch, buf_room(&got, 1024), 1024, 0,
					     200);
		got.len += n > 0 ? (size_t)n : 0;
		got.ptr[got.len] = '\0';
	}
	if (strstr(got.ptr, size) == NULL)
		fail_msg("not %s: %s", size, got.ptr);
	buf_release(&got);
}

static void
test_session__resizes_the_terminal_within_bounds(void **state)
{
	struct house *house = *state;
	ssh_session s;
	ssh_channel ch;

	house_start(house);
	s = client_login(house);
	ch = open_terminal(s, "xterm", 100, 40);
	house_expect(house, "\"kind\":\"screen\"");
	house_expect(house, "\"term\":\"xterm\"");
	expect_size(ch, "size 100x40");
	assert_int_equal(ssh_channel_change_pty_size(ch, 120, 50), SSH_OK);
	expect_size(ch, "size 120x50");
	assert_int_equal(ssh_channel_change_pty_size(ch, 0, 0), SSH_OK);
	assert_int_equal(ssh_channel_change_pty_size(ch, -1, -1), SSH_OK);
	expect_size(ch, "size 120x50");
	assert_int_equal(ssh_channel_change_pty_size(ch, 9999, 9999), SSH_OK);
	expect_size(ch, "size 500x300");
	assert_int_equal(ssh_channel_write(ch, "q\n", 2), 2);
	assert_int_equal(ssh_channel_get_exit_status(ch), 0);
	ssh_channel_free(ch);
	client_close(s);
	house_expect_end(house, "peer");
}

static void
test_session__believes_no_window_of_0_by_0(void **state)
{
	struct house *house = *state;
	ssh_session s;

	house_start(house);
	s = client_login(house);
	(void)open_terminal(s, "xterm", 0, 0);
	house_expect(house, "\"cols\":80,\"rows\":24");
	client_close(s);
	house_expect(house, "child ended"); /* its terminal hung up */
}

static void
test_session__believes_no_term_of_200_kb(void **state)
{
	const size_t len = 200 * 1000;
	char *term = mem_alloc(len + 1);
	struct house *house = *state;
	ssh_session s;

	for (size_t i = 0; i < len; i++)
		term[i] = "../"[i % 3];
	house_start(house);
	s = client_login(house);
	(void)open_terminal(s, term, 80, 24);
	house_expect(house, "\"term\":\"xterm-256color\"");
	client_close(s);
	free(term);
}

static void
test_session__opens_one_channel_of_50(void **state)
{
	struct house *house = *state;
	ssh_session s;
	ssh_channel ch, more;

	house_start(house);
	s = client_login(house);
	ch = exec(s, "cat");
	for (int i = 0; i < 50; i++) {
		more = ssh_channel_new(s);
		assert_int_equal(ssh_channel_open_session(more), SSH_ERROR);
		ssh_channel_free(more);
	}
	assert_int_equal(ssh_channel_write(ch, "still here", 10), 10);
	assert_int_equal(ssh_channel_send_eof(ch), SSH_OK);
	expect_output(ch, 0, "still here");
	ssh_channel_free(ch);
	client_close(s);
	house_expect_end(house, "peer");
}

static void
test_session__refuses_what_it_does_not_serve(void **state)
{
	struct house *house = *state;
	ssh_session s;
	ssh_channel ch, forward;

	house_start(house);
	s = client_login(house);
	ch = client_open(s);
	assert_int_equal(ssh_channel_request_env(ch, "LD_PRELOAD", "x"),
			 SSH_ERROR);
	assert_int_equal(ssh_channel_request_env(ch, "GIT_PROTOCOL", "2"),
			 SSH_ERROR);
	assert_int_equal(ssh_channel_request_env(ch, "LC_ALL", "nl_NL"),
			 SSH_OK);
	assert_int_equal(ssh_channel_request_env(ch, "NO_COLOR", "1"), SSH_OK);
	assert_int_equal(ssh_channel_request_subsystem(ch, "sftp"), SSH_ERROR);
	assert_int_equal(ssh_channel_request_x11(ch, 0, NULL, NULL, 0),
			 SSH_ERROR);
	assert_int_equal(ssh_channel_listen_forward(s, NULL, 0, NULL),
			 SSH_ERROR);
	forward = ssh_channel_new(s);
	assert_int_equal(ssh_channel_open_forward(forward, "localhost", 22,
						  "localhost", 1),
			 SSH_ERROR);
	ssh_channel_free(forward);
	assert_int_equal(ssh_channel_request_exec(ch, "exit 3"), SSH_OK);
	assert_int_equal(ssh_channel_request_shell(ch), SSH_ERROR);
	assert_int_equal(ssh_channel_request_pty(ch), SSH_ERROR);
	house_expect(house, "\"nocolor\":true");
	expect_output(ch, 0, "");
	assert_int_equal(ssh_channel_get_exit_status(ch), 3);
	ssh_channel_free(ch);
	client_close(s);
}

static void
test_session__ends_a_flood_of_requests(void **state)
{
	struct house *house = *state;
	ssh_session s;
	ssh_channel ch;

	house_start(house);
	s = client_login(house);
	ch = client_open(s);
	while (ssh_channel_request_subsystem(ch, "sftp") == SSH_ERROR &&
	       ssh_is_connected(s))
		continue;
	house_expect_end(house, "requests");
	client_close(s);
}

static void
test_session__hangs_up_on_the_child_with_the_peer(void **state)
{
	struct house *house = *state;
	ssh_session s;

	house_start(house);
	s = client_login(house);
	(void)exec(s, "wait");
	house_expect(house, "spawn ");
	client_close(s);
	house_expect(house, "child ended");
	house_expect_end(house, "peer");
}

static void
test_session__ends_when_the_supervisor_stops(void **state)
{
	struct house *house = *state;
	ssh_session s;

	house_start(house);
	s = client_login(house);
	/* whether the answer gets out before the end is not promised */
	(void)ssh_channel_request_exec(client_open(s), "stop");
	house_expect_end(house, "stop");
	client_close(s);
}

static void
test_session__ends_when_no_session_is_asked_for(void **state)
{
	struct house *house = *state;
	ssh_session s;

	house->manners.limits.auth_ms = 400;
	house_start(house);
	s = client_login(house);
	house_expect_end(house, "unused");
	client_close(s);
}

static void
test_session__does_not_wait_for_ever_for_the_hang_up(void **state)
{
	struct house *house = *state;
	ssh_session s;

	house->manners.limits.hangup_ms = 200;
	house_start(house);
	s = client_login(house);
	(void)exec(s, "exit 0");
	house_expect_end(house, "hang-up");
	client_close(s);
}

/* Times the process was put to sleep so far. */
static long
sleeps_of(pid_t pid)
{
	char path[64], line[128];
	long n = -1;
	FILE *f;

	(void)snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	f = fopen(path, "r");
	assert_non_null(f);
	while (fgets(line, sizeof(line), f) != NULL)
		(void)sscanf(line, "voluntary_ctxt_switches: %ld", &n);
	(void)fclose(f);
	return n;
}

static void
test_session__does_not_wake_up_while_idle(void **state)
{
	struct house *house = *state;
	ssh_session s;
	ssh_channel ch;
	long before;

	house_start(house);
	s = client_login(house);
	ch = open_terminal(s, "xterm", 80, 24);
	expect_size(ch, "size 80x24");
	do {
		before = sleeps_of(house->shared->conn);
		(void)poll(NULL, 0, 100);
	} while (sleeps_of(house->shared->conn) != before);
	(void)poll(NULL, 0, 1000); /* the measurement */
	assert_int_equal(sleeps_of(house->shared->conn), before);
	ssh_channel_free(ch);
	client_close(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_HOUSE(test_session__keeps_output_and_errors_apart),
		WITH_HOUSE(test_session__passes_the_exit_status_on),
		WITH_HOUSE(test_session__says_why_the_supervisor_refused),
		WITH_HOUSE(test_session__says_what_a_command_may_be),
		WITH_HOUSE(test_session__refuses_a_command_over_1_kib),
		WITH_HOUSE(
			test_session__hands_quotes_and_semicolons_to_the_supervisor),
		WITH_HOUSE(
			test_session__names_git_and_refusals_to_the_supervisor),
		WITH_HOUSE(test_session__names_the_signal_that_ended_the_child),
		WITH_HOUSE(
			test_session__loses_no_output_before_the_exit_status),
		WITH_HOUSE(
			test_session__loses_no_output_while_keys_are_renewed),
		WITH_HOUSE(test_session__the_server_renews_keys_too),
		WITH_HOUSE(test_session__hands_all_input_to_the_child),
		WITH_HOUSE(test_session__drops_input_of_a_child_that_is_gone),
		WITH_HOUSE(
			test_session__holds_little_for_a_peer_that_does_not_read),
		WITH_HOUSE(
			test_session__holds_little_for_a_child_that_does_not_read),
		WITH_HOUSE(test_session__resizes_the_terminal_within_bounds),
		WITH_HOUSE(test_session__believes_no_window_of_0_by_0),
		WITH_HOUSE(test_session__believes_no_term_of_200_kb),
		WITH_HOUSE(test_session__opens_one_channel_of_50),
		WITH_HOUSE(test_session__refuses_what_it_does_not_serve),
		WITH_HOUSE(test_session__ends_a_flood_of_requests),
		WITH_HOUSE(test_session__hangs_up_on_the_child_with_the_peer),
		WITH_HOUSE(test_session__ends_when_the_supervisor_stops),
		WITH_HOUSE(test_session__ends_when_no_session_is_asked_for),
		WITH_HOUSE(
			test_session__does_not_wait_for_ever_for_the_hang_up),
		WITH_HOUSE(test_session__does_not_wake_up_while_idle),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
