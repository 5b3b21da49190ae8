/*
 * One stream, with a host that keeps the job it was given: what comes of a job
 * when rights changed before it was done.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "plein/mem.h"
#include "wiki/session.h"

static const struct session_limits limits = { .jobs = 4,
					      .out_pause = 4096,
					      .out_max = 65536,
					      .events_max = 4096,
					      .stall_ms = 60000 };

struct stage {
	uv_loop_t loop;
	struct session_host host;
	struct session *session; /* NULL: it is gone */
	int client; /* the other end of the stream */
	struct job *held; /* started and not done, or NULL */
	int n_held; /* jobs there were */
	int n_over; /* that were noted when they were over */
	bool full; /* no job can be started */
	unsigned changes;
};

/* --- the host --------------------------------------------------------- */

static int
hold(void *ctx, struct job *j, struct err *err)
{
	struct stage *t = ctx;

	if (t->full)
		return err_set(err, PLEIN_EBUSY, "too much waits");
	assert_null(t->held);
	t->held = j;
	t->n_held++;
	return 0;
}

static int
bind_nobody(void *ctx, const struct session *s, const struct caller *who,
	    struct err *err)
{
	(void)ctx;
	(void)s;
	(void)who;
	(void)err;
	return 0;
}

static void
count_over(void *ctx, struct job *j)
{
	struct stage *t = ctx;

	(void)j;
	t->n_over++;
}

static void
change_nothing(void *ctx, const struct call *c)
{
	(void)ctx;
	(void)c;
}

static void
tell_nobody(void *ctx, const struct caller *who)
{
	(void)ctx;
	(void)who;
}

static void
forget(void *ctx, struct session *s)
{
	struct stage *t = ctx;

	assert_ptr_equal(s, t->session);
	t->session = NULL;
}

/* --- the stage -------------------------------------------------------- */

/* A stream of somebody with this role. */
static void
set(struct stage *t, enum role role)
{
	struct caller *nobody = caller_new(5, "api", "");
	int pair[2];

	*t = (struct stage){ .host = { .limits = &limits,
				       .submit = hold,
				       .bind = bind_nobody,
				       .over = count_over,
				       .changed = change_nothing,
				       .moved = tell_nobody,
				       .closed = forget } };
	t->host.loop = &t->loop;
	t->host.ctx = t;
	t->host.changes = &t->changes;
	assert_int_equal(uv_loop_init(&t->loop), 0);
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	t->client = pair[0];
	t->session =
		session_new(&t->host, pair[1], caller_with_role(nobody, role));
	assert_non_null(t->session);
	caller_free(nobody);
}

static void
set_and_start(struct stage *t, enum role role)
{
	set(t, role);
	session_start(t->session);
}

/* All of it goes. */
static void
strike(struct stage *t)
{
	if (t->session)
		session_close(t->session);
	(void)uv_run(&t->loop, UV_RUN_DEFAULT);
	assert_null(t->session);
	assert_int_equal(uv_loop_close(&t->loop), 0);
	(void)close(t->client);
}

/* Since it was asked last. */
static bool
is_answered(const struct stage *t)
{
	char line[4096];

	return recv(t->client, line, sizeof(line), MSG_DONTWAIT) > 0;
}

/* The client asks, and its job has begun. */
static void
ask(struct stage *t, const char *method, const char *params)
{
	struct buf line = BUF_INIT;

	buf_printf(&line,
		   "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"%s\","
		   "\"params\":%s}\n",
		   method, params);
	assert_int_equal(write(t->client, line.ptr, line.len), line.len);
	buf_release(&line);
	while (!t->held) {
		assert_false(is_answered(t));
		(void)uv_run(&t->loop, UV_RUN_ONCE);
	}
}

/* The job is done: its stream becomes toos', who has this role. */
static void
find_whose(struct stage *t, enum role role)
{
	struct job *j = t->held;

	t->held = NULL;
	j->call.becomes = caller_with_role(j->call.caller, role);
	j->call.becomes->handle = mem_strdup("toos");
	j->call.result = json_object();
	job_render(j);
	session_done(t->session, j);
}

/* The job is done: in the other space they were given `role`. */
static void
find_where(struct stage *t, enum role role)
{
	struct job *j = t->held;

	t->held = NULL;
	j->call.moves = caller_in_space(j->call.caller, NULL, role);
	j->call.result = json_object();
	job_render(j);
	session_done(t->session, j);
}

/* --- tests ------------------------------------------------------------ */

static void
test_session__finds_out_again_whose_it_is_when_rights_changed(void **state)
{
	struct stage t;

	(void)state;
	set_and_start(&t, ROLE_NONE);
	ask(&t, "session.open", "{\"guest\":true}");
	t.changes++;
	find_whose(&t, ROLE_BEHEERDER);
	assert_int_equal(session_who(t.session)->role, ROLE_NONE);
	assert_false(is_answered(&t));
	assert_non_null(t.held);
	assert_string_equal(t.held->task.method->name, "session.open");
	assert_int_equal(t.n_over, 0); /* or they signed in twice */
	find_whose(&t, ROLE_LEZER);
	assert_int_equal(t.n_over, 1);
	assert_int_equal(session_who(t.session)->role, ROLE_LEZER);
	assert_true(is_answered(&t));
	assert_int_equal(t.n_held, 2);
	strike(&t);
}

static void
test_session__finds_out_again_where_it_is_when_rights_changed(void **state)
{
	struct stage t;

	(void)state;
	set_and_start(&t, ROLE_LEZER);
	ask(&t, "session.space", "{\"space\":\"bestuur\"}");
	t.changes++;
	find_where(&t, ROLE_BEHEERDER);
	assert_int_equal(session_who(t.session)->given, ROLE_NONE);
	assert_false(is_answered(&t));
	assert_non_null(t.held);
	find_where(&t, ROLE_REDACTEUR);
	assert_int_equal(session_who(t.session)->given, ROLE_REDACTEUR);
	assert_true(is_answered(&t));
	assert_int_equal(t.n_held, 2);
	strike(&t);
}

/* The second time the handle would be taken, by who asked. */
static void
test_session__asks_nothing_again_that_was_written(void **state)
{
	static const struct method stored = { .name = "register.submit",
					      .place = PLACE_WRITER };
	struct stage t;

	(void)state;
	set_and_start(&t, ROLE_NEW);
	ask(&t, "register.submit",
	    "{\"handle\":\"toos\",\"name\":\"Toos\",\"reason\":\"Werk\"}");
	t.held->task.method = &stored; /* a thread hashed the password */
	t.changes++;
	find_whose(&t, ROLE_WAITING);
	assert_int_equal(session_who(t.session)->role, ROLE_WAITING);
	assert_true(is_answered(&t));
	assert_int_equal(t.n_held, 1);
	strike(&t);
}

/* Before that is answered they may have asked to become another. */
static void
test_session__becomes_somebody_once(void **state)
{
	static const char params[] =
		"{\"handle\":\"toos\",\"name\":\"Toos\",\"reason\":\"Werk\"}";
	struct stage t;
	struct job *first;

	(void)state;
	set_and_start(&t, ROLE_NEW);
	ask(&t, "register.submit", params);
	first = t.held;
	t.held = NULL;
	ask(&t, "register.submit", params);
	find_whose(&t, ROLE_WAITING);
	assert_int_equal(session_who(t.session)->role, ROLE_WAITING);
	t.held = first;
	find_whose(&t, ROLE_LEZER);
	assert_int_equal(session_who(t.session)->role, ROLE_WAITING);
	strike(&t);
}

/* It reads nothing before, so nobody would see that it hangs. */
static void
test_session__ends_when_it_cannot_be_admitted_again(void **state)
{
	const struct instruction in = { .account = "toos" };
	struct stage t;

	(void)state;
	set(&t, ROLE_NONE);
	session_admit(t.session, &in);
	assert_non_null(t.held);
	t.changes++;
	t.full = true;
	find_whose(&t, ROLE_LEZER);
	assert_int_equal(t.n_over, 0);
	(void)uv_run(&t.loop, UV_RUN_NOWAIT);
	assert_null(t.session);
	strike(&t);
}

static void
test_session__goes_on_when_nothing_can_be_asked_again(void **state)
{
	struct stage t;

	(void)state;
	set_and_start(&t, ROLE_LEZER);
	ask(&t, "session.space", "{\"space\":\"bestuur\"}");
	t.changes++;
	t.full = true;
	find_where(&t, ROLE_LEZER);
	assert_true(is_answered(&t));
	t.full = false;
	ask(&t, "session.space", "{\"space\":\"bestuur\"}");
	find_where(&t, ROLE_LEZER);
	strike(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_session__finds_out_again_whose_it_is_when_rights_changed),
		cmocka_unit_test(
			test_session__finds_out_again_where_it_is_when_rights_changed),
		cmocka_unit_test(
			test_session__asks_nothing_again_that_was_written),
		cmocka_unit_test(test_session__becomes_somebody_once),
		cmocka_unit_test(
			test_session__ends_when_it_cannot_be_admitted_again),
		cmocka_unit_test(
			test_session__goes_on_when_nothing_can_be_asked_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
