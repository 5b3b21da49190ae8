/*
 * loop.c - see loop.h.
 *
 * The end: told to stop, or left by the supervisor, streams are not read any
 * more; when all that was asked is answered (or time is up) the writer is
 * joined, everything is closed and libuv runs until nothing is left. After a
 * failed sync the end comes at once, with exit code 1, so that a fresh
 * process looks at what the disk really holds.
 */
#include "wiki/loop_impl.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "plein/control.h"
#include "plein/log.h"
#include "plein/mem.h"
#include "plein/rpc.h"
#include "wiki/bigtexts.h"
#include "wiki/attempts.h"
#include "wiki/call.h"
#include "wiki/door.h"
#include "wiki/gitwork.h"
#include "wiki/handlers.h"
#include "wiki/hooks.h"
#include "wiki/kept.h"
#include "wiki/outfit.h"
#include "wiki/pacer.h"
#include "wiki/pastfill.h"
#include "wiki/pushes.h"
#include "wiki/renewal.h"
#include "wiki/speller.h"
#include "wiki/tidings.h"
#include "wiki/wiki.h"

const struct wiki_limits wiki_limits_default = {
	.session = { .jobs = 64,
		     .out_pause = 256UL * 1024,
		     .out_max = 64UL * 1024 * 1024,
		     .events_max = 64UL * 1024,
		     .stall_ms = 30000 },
	.tree_ms = 1000,
	.writer_max = 512,
	.n_admins = 8,
	.upkeep = { .loose = 2000,
		    .packs = 40,
		    .quiet_ms = 2000,
		    .rest_ms = 10000,
		    .rest_times = 4 },
};

#define STOP_MS 5000

static void
finish_if_drained(struct loop *l)
{
	if (l->stopping && l->sessions.len == 0)
		uv_stop(&l->uv);
}

static void
end_now(uv_timer_t *timer)
{
	uv_stop(timer->loop);
}

void
loop_stop(struct loop *l, int ms, int code)
{
	size_t i;

	if (l->stopping)
		return;
	l->stopping = true;
	l->code = code;
	log_event("wiki.stopping", LOG_NUMBER("code", code));
	upkeep_stop(l->upkeep);
	verdicts_stop(l->verdicts);
	(void)uv_poll_stop(&l->door_poll); /* always 0 */
	(void)uv_timer_start(&l->deadline, end_now, (uint64_t)ms, 0);
	/* closing is later: the list does not change under us */
	for (i = 0; i < l->sessions.len; i++)
		session_drain(l->sessions.items[i]);
	finish_if_drained(l);
}

/* --- jobs ------------------------------------------------------------- */

static void
note_job(void *ctx, struct job *j)
{
	struct loop *l = ctx;

	job_log(j);
	writer_note(l->writer, &j->task);
}

static void
finish_job(void *ctx, struct job *j)
{
	struct loop *l = ctx;
	bool success = !j->task.result && j->id;

	if (!j->session) {
		loop_tell_answer(l, j);
		return;
	}
	if (j->task.method->place == PLACE_WRITER ||
	    j->task.method->run == handle_wiki_maintain)
		upkeep_touch(l->upkeep, j->call.caller->space);
	session_done(j->session, j);
	if (!success || l->answered)
		return;
	l->answered = true;
	control_tell_op(&l->control, "answered");
}

/* Answered in the next round: a stream's own call must not answer it. */
static void
run_here(struct loop *l, struct job *j)
{
	job_run(j, desks_at(&l->loop_desks, j->call.caller->space));
	job_render(j);
	vec_push(&l->instant, j);
	(void)uv_async_send(&l->finished); /* fails only when closed */
}

static int
submit_job(void *ctx, struct job *j, struct err *err)
{
	struct loop *l = ctx;

	if (j->task.method->place == PLACE_LOOP) {
		run_here(l, j);
		return 0;
	}
	if (j->task.method->place == PLACE_READER ||
	    j->task.method->place == PLACE_COSTLY)
		return readers_push(l->readers, j, err);
	return writer_push(l->writer, j, err);
}

/* From a pool thread to the writer. */
static void
pass_on(void *ctx, struct job *j)
{
	struct loop *l = ctx;
	struct err err = ERR_INIT;
	int rc;

	j->task.method = j->call.next;
	j->call.next = NULL;
	rc = writer_push(l->writer, j, &err);
	if (!rc)
		return;
	job_refuse(j, rc, err.msg);
	job_render(j);
	finish_job(l, j);
}

static void
deliver_finished(struct loop *l)
{
	struct vec done = l->instant;
	size_t i;

	memset(&l->instant, 0, sizeof(l->instant));
	writer_take(l->writer, &done);
	for (i = 0; i < done.len; i++)
		finish_job(l, done.items[i]);
	vec_release(&done, NULL);
}

/* Called by the thread that made an index, and by those that search. */
static void
wake_writer(void *ctx)
{
	struct loop *l = ctx;

	atomic_store(&l->wanted, true);
	(void)uv_async_send(&l->finished); /* fails only when closed */
}

/* Who is there and may read there, by now; or take part in what is asked. */
static bool
may_hear(const struct tiding *t, const struct caller *who)
{
	if (!caller_is_in(who, t->space) || !caller_may(who, RIGHT_READ))
		return false;
	if (!t->asks)
		return true;
	return who->handle && caller_may(who, RIGHT_WRITE) &&
	       (t->names.len == 0 || tiding_is_for(t, who->handle));
}

static void
tell_all(struct loop *l, const struct tiding *t)
{
	const struct caller *who;
	size_t i;

	for (i = 0; i < l->sessions.len; i++) {
		who = session_who(l->sessions.items[i]);
		if (may_hear(t, who))
			session_tell(l->sessions.items[i],
				     t->asks || tiding_is_for(t, who->handle)
					     ? NULL
					     : t->address,
				     &t->line);
	}
}

static void
tell_tree(void *ctx, struct space *s)
{
	struct tiding t = { .space = s, .line = BUF_INIT };

	rpc_notify(&t.line, "event.tree", json_object());
	tell_all(ctx, &t);
	buf_release(&t.line);
}

/* To who is on that page, but not in their own other windows. */
static void
tell_writing(void *ctx, const struct session *s)
{
	const struct caller *who = session_who(s), *other;
	const struct presence *at = session_at(s);
	struct loop *l = ctx;
	struct buf line = BUF_INIT;

	rpc_notify(&line, "event.writing",
		   json_pack("{s:s, s:s, s:s?, s:s?}", "address", at->address,
			     "handle", who->handle, "name", who->name, "under",
			     at->under));
	for (size_t i = 0; i < l->sessions.len; i++) {
		other = session_who(l->sessions.items[i]);
		if (other->handle && strcmp(other->handle, who->handle) != 0 &&
		    caller_is_with(other, who) &&
		    caller_may(other, RIGHT_READ) &&
		    presence_is_on(session_at(l->sessions.items[i]),
				   at->address))
			session_tell(l->sessions.items[i], at->address, &line);
	}
	buf_release(&line);
}

/* Closing is later: the list of streams does not change under us. */
static void
deliver_tidings(struct loop *l)
{
	struct vec tidings = VEC_INIT;
	struct tiding *t;
	bool lost;
	size_t i;

	writer_take_tidings(l->writer, &tidings, &lost);
	for (i = 0; i < tidings.len; i++) {
		t = tidings.items[i];
		if (t->address)
			tell_all(l, t);
		else
			pacer_note(l->pacer, t->space);
	}
	for (i = 0; lost && i < l->sessions.len; i++)
		session_miss(l->sessions.items[i]);
	vec_release(&tidings, tiding_free);
}

/* Called by a thread that reads: only the loop speaks to the supervisor. */
static void
want_speller(void *ctx)
{
	struct loop *l = ctx;

	atomic_store(&l->spell, true);
	(void)uv_async_send(&l->finished); /* fails only when closed */
}

static void
on_finished(uv_async_t *async)
{
	struct loop *l = async->data;

	deliver_finished(l);
	deliver_tidings(l);
	if (atomic_exchange(&l->wanted, false))
		writer_poke(l->writer);
	if (atomic_exchange(&l->spell, false))
		control_tell_op(&l->control, "spell");
	if (l->pastfill)
		pastfill_poke(l->pastfill);
	if (writer_is_in_doubt(l->writer))
		loop_stop(l, 0, EXIT_FAILURE);
}

static void
wake_loop(void *ctx)
{
	struct loop *l = ctx;

	(void)uv_async_send(&l->finished); /* fails only when closed */
}

/* --- streams ---------------------------------------------------------- */

static bool
is_bound(const struct loop *l, long conn)
{
	const struct caller *who;
	size_t i;

	for (i = 0; i < l->sessions.len; i++) {
		who = session_who(l->sessions.items[i]);
		if (who->conn == conn && who->role != ROLE_NONE)
			return true;
	}
	return false;
}

static int
bind_session(void *ctx, const struct session *s, const struct caller *who,
	     struct err *err)
{
	struct loop *l = ctx;
	int rc;

	if (!caller_is_nobody(session_who(s)) && is_bound(l, who->conn))
		return err_set(err, PLEIN_EDENIED,
			       "the connection is bound already");
	rc = control_tell(&l->control,
			  json_pack("{s:s, s:I, s:s, s:s, s:s, s:s, s:s}", "op",
				    "bound", "conn", (json_int_t)who->conn,
				    "account", caller_account(who), "key",
				    caller_key(who), "language", who->language,
				    "display", who->display, "role",
				    role_name(who->role)),
			  err);
	return rc ? err_set(err, PLEIN_EBUSY, "the supervisor is busy") : 0;
}

static void
change_others(void *ctx, const struct call *c)
{
	struct loop *l = ctx;

	l->changes += c->changed || c->gone.len || c->given_in || c->respaced;
	renewal_by(c, &l->sessions, &l->control);
	if (c->awaits)
		verdicts_add(l->verdicts, c->awaits, c->awaits_until);
}

static void
tell_moved(void *ctx, const struct caller *who)
{
	struct loop *l = ctx;
	struct err err = ERR_INIT;

	if (control_tell(
		    &l->control,
		    json_pack("{s:s, s:I, s:s}", "op", "in", "conn",
			      (json_int_t)who->conn, "space",
			      who->space ? who->space->name : SPACE_DEFAULT),
		    &err))
		log_event("control.failed", LOG_TEXT("op", "in"),
			  LOG_TEXT("why", err.msg));
}

static void
forget_session(void *ctx, struct session *s)
{
	struct loop *l = ctx;
	size_t i;

	if (caller_is_client(session_who(s)))
		atomic_fetch_sub(&l->pulse.sessions, 1);
	for (i = 0; i < l->sessions.len; i++)
		if (l->sessions.items[i] == s) {
			(void)vec_remove(&l->sessions, i);
			break;
		}
	if (session_who(s)->role == ROLE_HOST)
		(void)outfit_end_pushes(&l->spaces, session_who(s)->conn);
	finish_if_drained(l);
}

struct session *
loop_add_session(struct loop *l, int fd, struct caller *who_take)
{
	struct session *s = session_new(&l->host, fd, who_take);

	if (s)
		vec_push(&l->sessions, s);
	return s;
}

static size_t
count_admins(const struct loop *l)
{
	size_t i, n = 0;

	for (i = 0; i < l->sessions.len; i++)
		n += session_who(l->sessions.items[i])->role == ROLE_HOST;
	return n;
}

static void
on_knock(uv_poll_t *poll, int status, int events)
{
	struct loop *l = poll->data;
	struct err err = ERR_INIT;
	struct session *s;
	int fd;

	(void)status; /* accept says it better */
	(void)events;
	fd = door_accept(l->door, &err);
	if (fd == PLEIN_EBUSY)
		return;
	if (fd < 0) {
		log_event("admin.refused", LOG_TEXT("why", err.msg));
		return;
	}
	if (count_admins(l) >= l->limits->n_admins) {
		log_event("admin.refused", LOG_TEXT("why", "too many"));
		(void)close(fd); /* nothing was written to it */
		return;
	}
	s = loop_add_session(l, fd, caller_new(--l->last_host, "host", ""));
	if (s)
		session_start(s);
}

/* --- the end ----------------------------------------------------------- */

static void
end_without_supervisor(void *ctx)
{
	loop_stop(ctx, STOP_MS, EXIT_SUCCESS);
}

static void
on_term(uv_signal_t *handle, int signum)
{
	(void)signum;
	loop_stop(handle->data, STOP_MS, EXIT_SUCCESS);
}

/* --- begin and end ---------------------------------------------------- */

static bool
ask_maintenance(void *ctx, const char *task, const char *space)
{
	struct loop *l = ctx;
	struct err err = ERR_INIT;

	return control_tell(&l->control,
			    json_pack("{s:s, s:s, s:s}", "op", "maintain",
				      "task", task, "space", space),
			    &err) == 0;
}

/* What is wrong now is worth a line that cannot be overlooked. */
static int
open_desks(struct loop *l)
{
	struct desk_setup setup = l->shared;
	struct err err = ERR_INIT, trouble;
	int rc;

	setup.streams = &l->sessions;
	setup.gits = &l->gits;
	rc = desks_open(&l->loop_desks, &setup, &trouble, &err);
	setup.streams = setup.gits = NULL;
	setup.writer = true;
	if (!rc)
		rc = desks_open(&l->writer_desks, &setup, &trouble, &err);
	if (rc) {
		log_event("wiki.cannot-start", LOG_TEXT("why", err.msg));
		return rc;
	}
	conf_live_in_zone(desks_first(&l->loop_desks)->conf);
	desks_open_all(&l->writer_desks);
	outfit_read_flags(&l->spaces, desks_first(&l->writer_desks));
	if (trouble.code)
		log_event("wiki.damaged",
			  LOG_TEXT("result", err_name(trouble.code)),
			  LOG_TEXT("why", trouble.msg),
			  LOG_TEXT("advice", "pleind check DATA"));
	return 0;
}

/* Any stream of the account will do: all hear of it. */
static void
judge(void *ctx, const char *handle)
{
	struct loop *l = ctx;
	const struct caller *who;

	for (size_t i = 0; i < l->sessions.len; i++) {
		who = session_who(l->sessions.items[i]);
		if (who->handle && strcmp(who->handle, handle) == 0 &&
		    session_judge(l->sessions.items[i]))
			return;
	}
}

static int
start_threads(struct loop *l, struct err *err)
{
	struct readers_args reading = { &l->uv,	    &l->edition, l->shared,
					finish_job, pass_on,	 l };
	struct writer_args writing = { desks_first(&l->writer_desks),
				       &l->edition,
				       l->limits->writer_max,
				       &l->pulse,
				       wake_loop,
				       l };
	struct upkeep_args keeping = { &l->uv,		&l->limits->upkeep,
				       &l->pulse,	&l->spaces,
				       ask_maintenance, l };
	const struct desk_setup quiet = { .rebuild = l->shared.rebuild,
					  .pulse = &l->pulse,
					  .space = l->shared.space,
					  .list = &l->spaces };
	const struct pacer_args pacing = { &l->uv, &l->spaces,
					   l->limits->tree_ms, tell_tree, l };
	int rc;

	l->pacer = pacer_new(&pacing);
	l->upkeep = upkeep_new(&keeping);
	l->verdicts = verdicts_new(&l->uv, judge, l);
	l->readers = readers_new(&reading);
	rc = pastfill_start(&l->pastfill, &quiet, err);
	return rc ? rc : writer_start(&l->writer, &writing, err);
}

/* Handles that need nothing from outside; none of these can fail. */
static void
init_handles(struct loop *l)
{
	(void)uv_async_init(&l->uv, &l->finished, on_finished);
	(void)uv_timer_init(&l->uv, &l->deadline);
	(void)uv_signal_init(&l->uv, &l->term);
	l->finished.data = l->deadline.data = l->term.data = l;
}

static int
poll_descriptor(struct loop *l, uv_poll_t *poll, int fd, uv_poll_cb on_event,
		struct err *err)
{
	int rc = uv_poll_init(&l->uv, poll, fd);

	poll->data = l;
	if (!rc)
		rc = uv_poll_start(poll, UV_READABLE, on_event);
	return rc ? err_set(err, PLEIN_EIO, "poll: %s", uv_strerror(rc)) : 0;
}

static int
open_doors(struct loop *l, struct err *err)
{
	int rc;

	l->door = door_open(err);
	if (l->door < 0)
		return l->door;
	rc = poll_descriptor(l, &l->door_poll, l->door, on_knock, err);
	if (!rc)
		rc = control_open(&l->control, &l->uv, err);
	if (!rc && uv_signal_start(&l->term, on_term, SIGTERM))
		rc = err_set(err, PLEIN_EIO, "signals cannot be watched");
	return rc;
}

static int
start_serving(struct loop *l)
{
	struct err err = ERR_INIT;
	int rc = open_desks(l);

	if (rc)
		return rc;
	if (hooks_make(&err)) /* then nobody can push */
		log_event("hooks.failed", LOG_TEXT("why", err.msg));
	rc = open_doors(l, &err);
	if (!rc)
		rc = start_threads(l, &err);
	if (rc)
		log_event("wiki.cannot-start", LOG_TEXT("why", err.msg));
	return rc;
}

static void
close_handle(uv_handle_t *handle, void *ctx)
{
	(void)ctx;
	if (!uv_is_closing(handle))
		uv_close(handle, NULL);
}

/* Jobs first: they refer to sessions, and sessions to handles. */
static void
close_everything(struct loop *l)
{
	size_t i;

	if (l->writer) {
		writer_stop(l->writer);
		deliver_finished(l);
		writer_free(l->writer);
		l->writer = NULL;
	}
	pastfill_free(l->pastfill);
	outfit_stop(&l->spaces);
	for (i = 0; i < l->sessions.len; i++)
		session_close(l->sessions.items[i]);
	uv_walk(&l->uv, close_handle, NULL);
	while (uv_run(&l->uv, UV_RUN_DEFAULT))
		; /* a late uv_stop() may cut a round short */
	(void)uv_loop_close(&l->uv); /* nothing is left to be busy */
	readers_free(l->readers);
	upkeep_free(l->upkeep);
	pacer_free(l->pacer);
	verdicts_free(l->verdicts);
	vec_release(&l->sessions, NULL);
	vec_release(&l->gits, gitwork_free);
	vec_release(&l->instant, NULL);
	desks_close(&l->loop_desks);
	desks_close(&l->writer_desks);
	outfit_release(&l->spaces);
	caller_free(l->self);
	speller_free(l->shared.speller);
	bigtexts_free(l->shared.bigtexts);
	kept_free(l->shared.kept);
	attempts_free(l->shared.attempts);
	if (l->door >= 0)
		(void)close(l->door); /* a listening socket */
}

int
loop_serve(int lock, int control, const struct wiki_limits *limits)
{
	struct loop *l = mem_alloc(sizeof(*l));
	int code;

	l->limits = limits;
	l->control = (struct control){ .fd = control,
				       .obey = loop_obey,
				       .lost = end_without_supervisor,
				       .ctx = l };
	l->door = -1;
	l->code = EXIT_SUCCESS;
	pulse_init(&l->pulse);
	l->self = caller_new(0, "host", "");
	l->host = (struct session_host){
		&l->uv,	       &limits->session, l,
		submit_job,    bind_session,	 note_job,
		change_others, &l->changes,	 tell_moved,
		tell_writing,  forget_session
	};
	if (uv_loop_init(&l->uv))
		die("wiki: no event loop: %s", strerror(errno));
	init_handles(l);
	outfit_spaces(&l->spaces, wake_writer, l);
	l->shared = outfit_setup(&l->spaces, &l->pulse);
	l->shared.speller = speller_new(want_speller, l, SPELLER_PATIENCE_MS);
	if (start_serving(l)) {
		l->code = EXIT_FAILURE;
	} else {
		log_event("wiki.ready", LOG_TEXT("version", PLEIN_VERSION));
		control_tell_op(&l->control, "ready");
		upkeep_touch_all(
			l->upkeep); /* an earlier life left something? */
		(void)uv_run(&l->uv, UV_RUN_DEFAULT); /* until uv_stop() */
	}
	close_everything(l);
	code = l->code;
	free(l);
	(void)close(control); /* a socket: nothing to lose */
	(void)close(lock);
	return code;
}
