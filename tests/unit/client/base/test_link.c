/* Requests in flight, and streams that break. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/link.h"
#include "plein/passfd.h"

/* Both ends: the link, and the supervisor and wiki that the test plays. */
struct ends {
	struct link *link;
	int control, wiki;
	enum link_event events[8];
	int n_events;
	char seen[4096]; /* lines of the wiki's side */
	json_int_t version;
	int errors;
};

static void
keep_event(void *ctx, enum link_event e)
{
	struct ends *t = ctx;

	t->events[t->n_events++ % 8] = e;
}

static void
open_ends(struct ends *t)
{
	int pair[2];

	memset(t, 0, sizeof(*t));
	t->wiki = -1;
	assert_int_equal(passfd_pair(pair, NULL), 0);
	t->control = pair[0];
	t->link = link_new(pair[1], keep_event, t);
}

static void
send_notice(struct ends *t, const char *text, const int *fds, int n)
{
	assert_int_equal(
		passfd_send(t->control, text, strlen(text), fds, n, NULL), 0);
	link_step(t->link);
}

static void
send_stream(struct ends *t)
{
	int pair[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	if (t->wiki >= 0)
		(void)close(t->wiki);
	t->wiki = pair[0];
	send_notice(t, "{\"op\":\"wiki\"}", &pair[1], 1);
	(void)close(pair[1]);
}

/* What the link wrote on the stream up to now. */
static const char *
read_wiki(struct ends *t)
{
	ssize_t n = recv(t->wiki, t->seen, sizeof(t->seen) - 1, MSG_DONTWAIT);

	t->seen[n > 0 ? n : 0] = '\0';
	return t->seen;
}

static void
write_wiki(struct ends *t, const char *line)
{
	assert_int_equal(write(t->wiki, line, strlen(line)), strlen(line));
	link_step(t->link);
}

static void
keep_answer(void *ctx, const struct rpc_msg *m)
{
	struct ends *t = ctx;

	if (m->kind == RPC_ERROR)
		t->errors++;
	else
		t->version = json_integer_value(
			json_object_get(m->result, "version"));
}

static void
close_ends(struct ends *t)
{
	link_free(t->link);
	if (t->control >= 0)
		(void)close(t->control);
	if (t->wiki >= 0)
		(void)close(t->wiki);
}

static void
test_link__sends_what_was_asked_before_there_was_a_stream(void **state)
{
	struct ends t;

	(void)state;
	open_ends(&t);
	assert_false(link_is_up(t.link));
	(void)link_call(t.link, "page.save", NULL, keep_answer, &t);
	send_stream(&t);
	assert_true(link_is_up(t.link));
	assert_non_null(strstr(read_wiki(&t), "\"page.save\""));
	write_wiki(
		&t,
		"{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"version\":7}}\n");
	assert_int_equal(t.version, 7);
	assert_int_equal(t.n_events, 0);
	close_ends(&t);
}

static void
test_link__holds_back_until_what_was_asked_before_is_answered(void **state)
{
	struct ends t;

	(void)state;
	open_ends(&t);
	(void)link_call(t.link, "page.read", NULL, keep_answer, &t);
	link_hold(t.link, true);
	(void)link_call(t.link, "agenda.tree", NULL, keep_answer, &t);
	(void)link_call(t.link, "news.list", NULL, keep_answer, &t);
	link_hold(t.link, false);
	(void)link_call(t.link, "mark.visit", NULL, NULL, NULL);
	send_stream(&t);
	assert_non_null(strstr(read_wiki(&t), "\"page.read\""));
	assert_non_null(strstr(t.seen, "\"mark.visit\""));
	assert_null(strstr(t.seen, "\"agenda.tree\""));
	write_wiki(&t, "{\"jsonrpc\":\"2.0\",\"id\":4,\"result\":{}}\n");
	assert_string_equal(read_wiki(&t), "");
	write_wiki(&t, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n");
	assert_non_null(strstr(read_wiki(&t), "\"agenda.tree\""));
	assert_non_null(strstr(t.seen, "\"news.list\""));
	assert_null(strstr(t.seen, "\"page.read\""));
	write_wiki(&t, "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}\n");
	assert_string_equal(read_wiki(&t), "");
	close_ends(&t);
}

/* Not even when what came before it is not wanted any more. */
static void
test_link__holds_nothing_back_for_ever(void **state)
{
	struct ends t;

	(void)state;
	open_ends(&t);
	send_stream(&t);
	(void)link_call(t.link, "page.read", NULL, keep_answer, &t);
	link_hold(t.link, true);
	(void)link_call(t.link, "agenda.tree", NULL, NULL, NULL);
	link_hold(t.link, false);
	link_forget(t.link, &t);
	assert_null(strstr(read_wiki(&t), "\"agenda.tree\""));
	write_wiki(&t, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n");
	assert_non_null(strstr(read_wiki(&t), "\"agenda.tree\""));
	send_stream(&t);
	assert_non_null(strstr(read_wiki(&t), "\"agenda.tree\""));
	close_ends(&t);
}

static void
test_link__repeats_open_requests_on_a_fresh_stream(void **state)
{
	char first[256];
	struct ends t;

	(void)state;
	open_ends(&t);
	send_stream(&t);
	(void)link_call(t.link, "page.save",
			json_pack("{s:s}", "request", "abc"), keep_answer, &t);
	(void)snprintf(first, sizeof(first), "%s", read_wiki(&t));
	assert_true(strlen(first) > 0);
	(void)close(t.wiki);
	t.wiki = -1;
	link_step(t.link);
	assert_false(link_is_up(t.link));
	assert_int_equal(t.events[0], LINK_LOST);
	send_stream(&t);
	assert_int_equal(t.events[1], LINK_BACK);
	assert_string_equal(read_wiki(&t), first);
	write_wiki(
		&t,
		"{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"version\":8}}\n");
	assert_int_equal(t.version, 8);
	/* Answered: a third stream gets nothing. */
	send_stream(&t);
	assert_string_equal(read_wiki(&t), "");
	close_ends(&t);
}

static void
test_link__forgets(void **state)
{
	struct ends t;

	(void)state;
	open_ends(&t);
	send_stream(&t);
	(void)link_call(t.link, "page.read", NULL, keep_answer, &t);
	link_forget(t.link, &t);
	write_wiki(&t,
		   "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"version\":7}}\n"
		   "{\"jsonrpc\":\"2.0\",\"id\":99,\"result\":{}}\n"
		   "{\"jsonrpc\":\"2.0\",\"method\":\"event.page\"}\n");
	assert_int_equal(t.version, 0);
	assert_true(link_is_up(t.link));
	close_ends(&t);
}

static void
test_link__drops_a_stream_that_breaks_the_protocol(void **state)
{
	struct ends t;

	(void)state;
	open_ends(&t);
	send_stream(&t);
	write_wiki(&t, "not json\n");
	assert_false(link_is_up(t.link));
	assert_int_equal(t.events[0], LINK_LOST);
	close_ends(&t);
}

static void
test_link__tells_of_a_stop_and_of_the_end(void **state)
{
	struct ends t;

	(void)state;
	open_ends(&t);
	send_notice(&t, "{\"op\":\"stop\",\"seconds\":5}", NULL, 0);
	assert_int_equal(t.events[0], LINK_STOPPING);
	assert_int_equal(link_stop_seconds(t.link), 5);
	send_notice(&t, "nonsense", NULL, 0);
	send_notice(&t, "{\"op\":\"wiki\"}", NULL, 0);
	assert_int_equal(t.n_events, 1);
	(void)close(t.control);
	t.control = -1;
	link_step(t.link);
	assert_int_equal(t.events[1], LINK_GONE);
	close_ends(&t);
}

static void
test_link__waits_no_longer_than_it_may(void **state)
{
	struct err err = ERR_INIT;
	struct rpc_msg m;
	struct ends t;

	(void)state;
	open_ends(&t);
	assert_int_equal(link_wait(t.link, "page.save", NULL, &m, 20, &err),
			 PLEIN_EBUSY);
	rpc_msg_release(&m);
	send_stream(&t);
	assert_int_equal(link_wait(t.link, "page.save", NULL, &m, 20, &err),
			 PLEIN_EUNKNOWN);
	rpc_msg_release(&m);
	close_ends(&t);
}

/* In a child: what the supervisor does while the link waits. */
static pid_t
play_supervisor(struct ends *t, bool sends_another)
{
	pid_t pid = fork();
	char byte;

	assert_true(pid >= 0);
	if (pid) {
		(void)close(t->wiki);
		t->wiki = -1;
		return pid;
	}
	link_free(t->link); /* its ends, in this process */
	if (shutdown(t->wiki, SHUT_RDWR) < 0)
		_exit(1);
	if (sends_another) {
		int pair[2];

		if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0 ||
		    passfd_send(t->control, "{\"op\":\"wiki\"}", 13, &pair[1],
				1, NULL) < 0)
			_exit(2);
	}
	/* until the test closes its end */
	_exit(recv(t->control, &byte, 1, 0) == 0 ? 0 : 3);
}

static void
get_answer(struct ends *t)
{
	static const char line[] =
		"{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n";
	struct rpc_msg m;

	assert_int_equal(write(t->wiki, line, strlen(line)), strlen(line));
	assert_int_equal(link_wait(t->link, "x", NULL, &m, 5000, NULL), 0);
	rpc_msg_release(&m);
}

static void
test_link__waits_for_a_fresh_stream(void **state)
{
	struct ends t;
	int status;
	pid_t pid;

	(void)state;
	open_ends(&t);
	send_stream(&t);
	get_answer(&t);
	assert_false(link_wait_fresh(t.link, 20, 2000)); /* it does not break */
	pid = play_supervisor(&t, true);
	(void)close(t.control);
	t.control = -1;
	assert_true(link_wait_fresh(t.link, 5000, 5000));
	assert_true(link_is_up(t.link));
	/* no answer came on it yet: it is fresh */
	assert_true(link_wait_fresh(t.link, 0, 0));
	close_ends(&t);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

static void
test_link__waits_in_vain_for_a_fresh_stream(void **state)
{
	struct ends t;

	(void)state;
	open_ends(&t);
	send_stream(&t);
	get_answer(&t);
	(void)close(t.wiki);
	t.wiki = -1;
	assert_false(link_wait_fresh(t.link, 5000, 20));
	assert_false(link_is_up(t.link));
	(void)close(t.control);
	t.control = -1;
	assert_false(link_wait_fresh(t.link, 5000, 5000));
	close_ends(&t);
}

/* The answer may be there before the request is. */
static void
test_link__gives_errors_with_their_arguments(void **state)
{
	static const char line[] =
		"{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":5,"
		"\"message\":\"moved on\",\"data\":{\"name\":\"conflict\","
		"\"args\":{\"version\":4}}}}\n";
	struct err err = ERR_INIT;
	struct rpc_msg m;
	struct ends t;

	(void)state;
	open_ends(&t);
	send_stream(&t);
	assert_int_equal(write(t.wiki, line, strlen(line)), strlen(line));
	assert_int_equal(link_wait(t.link, "page.save", NULL, &m, 2000, &err),
			 PLEIN_ECONFLICT);
	assert_string_equal(err.msg, "moved on");
	assert_int_equal(json_integer_value(json_object_get(m.args, "version")),
			 4);
	rpc_msg_release(&m);
	close_ends(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_link__sends_what_was_asked_before_there_was_a_stream),
		cmocka_unit_test(
			test_link__holds_back_until_what_was_asked_before_is_answered),
		cmocka_unit_test(test_link__holds_nothing_back_for_ever),
		cmocka_unit_test(
			test_link__repeats_open_requests_on_a_fresh_stream),
		cmocka_unit_test(test_link__forgets),
		cmocka_unit_test(
			test_link__drops_a_stream_that_breaks_the_protocol),
		cmocka_unit_test(test_link__tells_of_a_stop_and_of_the_end),
		cmocka_unit_test(test_link__waits_for_a_fresh_stream),
		cmocka_unit_test(test_link__waits_in_vain_for_a_fresh_stream),
		cmocka_unit_test(test_link__waits_no_longer_than_it_may),
		cmocka_unit_test(test_link__gives_errors_with_their_arguments),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
