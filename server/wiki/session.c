/* session.c - see session.h. */
#include "wiki/session.h"

#include <stdlib.h>
#include <string.h>

#include "plein/log.h"
#include "plein/mem.h"
#include "plein/path.h"
#include "plein/rpc.h"
#include "plein/wire.h"
#include "wiki/auditing.h"
#include "wiki/events.h"
#include "wiki/handlers.h"
#include "wiki/rows.h"

struct session {
	const struct session_host *host;
	struct wire wire;
	struct caller *who;
	struct vec former; /* callers that jobs under way may refer to */
	struct events hearing;
	uv_poll_t poll;
	uv_timer_t stall;
	int events; /* polled for now */
	int n_jobs;
	int n_handles; /* of libuv, not yet closed */
	bool started;
	bool moving; /* to another space: what follows is about that one */
	bool drained; /* nothing more is read */
	bool closed;
	const char *shape; /* that it says it has, or NULL */
	int64_t since;
	struct presence at;
};

static const struct param admit_params[] = {
	{ "account", PARAM_TEXT, true, 64, "handle" },
	{ "key", PARAM_TEXT, false, PUBLIC_KEY_MAX + 64,
	  "fingerprint or line" },
	{ "setup", PARAM_FLAG, false, 1, "a code must be set up first" },
	{ "space", PARAM_TEXT, false, SPACE_MAX, "where they were" },
	{ NULL, PARAM_FLAG, false, 0, NULL },
};

static const struct method admit = {
	"session.admit", RIGHT_SIGN_IN, PLACE_READER, admit_params, "", "", "",
	handle_admit,
};

static const struct param no_params[] = { PARAMS_END };

static const struct method note_space = {
	"session.note-space", RIGHT_READ, PLACE_GROUPED, no_params, "", "", "",
	handle_note_space,
};

static const struct method note_key = {
	"session.note-key", RIGHT_READ, PLACE_GROUPED, no_params, "", "", "",
	handle_note_key,
};

static const struct method judge = {
	"session.judge", RIGHT_KNOW, PLACE_READER, no_params, "", "", "",
	handle_judge,
};

static void
read_requests(struct session *s);

static void
free_caller(void *who)
{
	caller_free(who);
}

static void
free_when_unused(struct session *s)
{
	if (!s->closed || s->n_jobs > 0 || s->n_handles > 0)
		return;
	s->host->closed(s->host->ctx, s);
	events_release(&s->hearing);
	presence_release(&s->at);
	caller_free(s->who);
	vec_release(&s->former, free_caller);
	free(s);
}

static void
count_closed_handle(uv_handle_t *handle)
{
	struct session *s = handle->data;

	s->n_handles--;
	free_when_unused(s);
}

void
session_close(struct session *s)
{
	if (s->closed)
		return;
	s->closed = true;
	(void)uv_poll_stop(&s->poll); /* always 0 */
	wire_release(&s->wire);
	uv_close((uv_handle_t *)&s->poll, count_closed_handle);
	uv_close((uv_handle_t *)&s->stall, count_closed_handle);
}

const struct caller *
session_who(const struct session *s)
{
	return s->who;
}

static void
drop(struct session *s, const char *why)
{
	log_event("stream.dropped", LOG_NUMBER("conn", s->who->conn),
		  LOG_TEXT("who", s->who->handle ? s->who->handle : ""),
		  LOG_TEXT("from", s->who->peer), LOG_TEXT("why", why));
	session_close(s);
}

static void
drop_stalled(uv_timer_t *timer)
{
	drop(timer->data, "it takes no answers");
}

static size_t
count_waiting(const struct session *s)
{
	return s->wire.out_buf.len - s->wire.out_start;
}

static bool
may_read(const struct session *s)
{
	int most = s->who->role == ROLE_NONE ? 1 : s->host->limits->jobs;

	return s->started && !s->drained && !s->moving && s->n_jobs < most &&
	       count_waiting(s) < s->host->limits->out_pause;
}

static void
on_ready(uv_poll_t *poll, int status, int events);

static void
watch_stalling(struct session *s)
{
	if (!wire_wants_write(&s->wire))
		(void)uv_timer_stop(&s->stall); /* always 0 */
	else if (!uv_is_active((uv_handle_t *)&s->stall))
		(void)uv_timer_start(&s->stall, drop_stalled,
				     (uint64_t)s->host->limits->stall_ms, 0);
}

/* Poll for what can happen next; close when nothing can. */
static void
update(struct session *s)
{
	int events = 0;

	if (s->closed)
		return;
	if (may_read(s) && !s->wire.eof)
		events |= UV_READABLE;
	if (wire_wants_write(&s->wire))
		events |= UV_WRITABLE;
	if (s->drained && s->n_jobs == 0 && !events) {
		session_close(s);
		return;
	}
	watch_stalling(s);
	if (events == s->events)
		return;
	s->events = events;
	if (!events)
		(void)uv_poll_stop(&s->poll); /* always 0 */
	else if (uv_poll_start(&s->poll, events, on_ready))
		drop(s, "it cannot be polled");
}

static void
send_line(struct session *s, const struct buf *line)
{
	struct err err = ERR_INIT;
	int rc;

	if (s->closed || line->len == 0)
		return;
	rc = wire_send(&s->wire, line->ptr, line->len, &err);
	if (rc == PLEIN_ECLOSED)
		session_close(s);
	else if (rc)
		drop(s, err.msg);
}

static void
send_error(struct session *s, const json_t *id, int code, const char *msg)
{
	struct buf line = BUF_INIT;

	rpc_error(&line, id, code, msg, NULL);
	send_line(s, &line);
	buf_release(&line);
}

/* With the rule it broke, for the sentence that people read. */
static void
send_refusal(struct session *s, const json_t *id, int code,
	     const struct err *err)
{
	struct buf line = BUF_INIT;

	rpc_error(&line, id, code, err->msg, rpc_rule(err));
	send_line(s, &line);
	buf_release(&line);
}

/* What was left out: told when the stream has read all that waited. */
static void
tell_missing(struct session *s)
{
	struct buf line = BUF_INIT;

	if (s->closed || !events_resync(&s->hearing, count_waiting(s)))
		return;
	rpc_notify(&line, "event.resync", json_object());
	send_line(s, &line);
	buf_release(&line);
}

void
session_tell(struct session *s, const char *address, const struct buf *line)
{
	if (s->closed || !events_admit(&s->hearing, address, count_waiting(s),
				       s->host->limits->events_max))
		return;
	send_line(s, line);
	update(s);
}

void
session_say_role(struct session *s)
{
	struct buf line = BUF_INIT;

	if (s->closed || s->who->role == ROLE_NONE)
		return;
	rpc_notify(&line, "event.role",
		   json_pack("{s:s, s:s}", "role",
			     role_name(caller_here(s->who)), "wiki",
			     role_name(s->who->role)));
	send_line(s, &line);
	buf_release(&line);
	update(s);
}

/* Jobs under way may refer to who they were. */
static void
replace_caller(struct session *s, struct caller *who_take)
{
	vec_push(&s->former, s->who);
	s->who = who_take;
}

void
session_renew(struct session *s, enum role role)
{
	if (s->closed || s->who->role == ROLE_NONE)
		return;
	if (s->who->role != role)
		replace_caller(s, caller_with_role(s->who, role));
	session_say_role(s);
}

void
session_give(struct session *s, enum role role)
{
	if (s->closed || s->who->given == role)
		return;
	replace_caller(s, caller_in_space(s->who, s->who->space, role));
	session_say_role(s);
}

void
session_end(struct session *s, const char *why)
{
	struct buf line = BUF_INIT;

	rpc_notify(&line, "event.end", json_pack("{s:s}", "why", why));
	send_line(s, &line);
	buf_release(&line);
	update(s);
}

void
session_date(struct session *s, int64_t since)
{
	s->since = since;
}

int64_t
session_since(const struct session *s)
{
	return s->since;
}

const char *
session_shape(const struct session *s)
{
	return s->shape ? s->shape : s->who->door;
}

const struct presence *
session_at(const struct session *s)
{
	return &s->at;
}

void
session_miss(struct session *s)
{
	events_miss(&s->hearing);
	tell_missing(s);
	update(s);
}

static bool
is_move(const struct method *m)
{
	return strcmp(m->name, "session.space") == 0;
}

static void
start_job(struct session *s, struct job *j)
{
	struct err err = ERR_INIT;
	int rc;

	j->session = s;
	s->moving |= is_move(j->task.method);
	j->changes = *s->host->changes;
	s->n_jobs++;
	rc = s->host->submit(s->host->ctx, j, &err);
	if (!rc)
		return;
	s->n_jobs--;
	if (is_move(j->task.method))
		s->moving = false;
	if (j->id)
		send_error(s, j->id, rc, err.msg);
	if (j->task.method == &admit)
		drop(s, "it could not be admitted");
	job_free(j);
}

/* For the audit log; nobody waits for it. */
static void
note_denied(struct session *s, const struct method *asked)
{
	json_t *params = json_pack("{s:s}", "method", asked->name);

	start_job(s, job_new(&auditing_denied, s->who, NULL, params));
	json_decref(params);
}

static void
take_request(struct session *s, const struct rpc_msg *m)
{
	const struct method *method = method_find(m->method);
	struct err err = ERR_INIT;
	int rc;

	if (!method) {
		send_error(s, m->id, RPC_NO_METHOD, "no such method");
		return;
	}
	rc = method_check(method, s->who, m->params, &err);
	if (rc)
		send_refusal(s, m->id, rc, &err);
	if (rc == PLEIN_EDENIED)
		note_denied(s, method);
	if (!rc)
		start_job(s, job_new(method, s->who, m->id, m->params));
}

static void
take_line(struct session *s, const char *line, size_t len)
{
	struct rpc_msg m = { 0 };
	struct err err = ERR_INIT;
	int code;

	if (rpc_parse(&m, line, len, &code, &err))
		send_error(s, m.id, code, err.msg);
	else if (m.kind == RPC_REQUEST)
		take_request(s, &m);
	rpc_msg_release(&m);
}

/* Lines that are here already, as far as push back allows. */
static void
read_requests(struct session *s)
{
	const char *line;
	size_t len;
	int code = 0;

	while (!s->closed && may_read(s)) {
		line = wire_line(&s->wire, &len, &code);
		if (!line)
			break;
		take_line(s, line, len);
	}
	if (s->closed)
		return;
	if (code == PLEIN_ETOOBIG) {
		send_error(s, NULL, PLEIN_ETOOBIG, "the message is too long");
		s->drained = true;
	} else if (s->wire.eof && may_read(s)) {
		s->drained = true;
	}
}

static void
on_ready(uv_poll_t *poll, int status, int events)
{
	struct session *s = poll->data;
	struct err err = ERR_INIT;

	if (status < 0 || (events & UV_WRITABLE)) {
		size_t before = count_waiting(s);

		if (status < 0 || wire_flush(&s->wire, &err)) {
			session_close(s);
			return;
		}
		if (count_waiting(s) < before)
			(void)uv_timer_stop(&s->stall); /* it moves */
		tell_missing(s);
	}
	if ((events & UV_READABLE) && may_read(s))
		(void)wire_read(&s->wire, &err); /* eof says the rest */
	read_requests(s);
	update(s);
}

struct session *
session_new(const struct session_host *host, int fd, struct caller *who_take)
{
	struct session *s = mem_alloc(sizeof(*s));
	bool login = strcmp(who_take->door, "login") == 0;

	s->host = host;
	s->who = who_take;
	wire_init(&s->wire, fd, fd, login ? RPC_LOGIN_MAX : RPC_LINE_MAX,
		  host->limits->out_max);
	/* a descriptor that epoll refuses shows when polling starts */
	if (uv_poll_init(host->loop, &s->poll, fd)) {
		wire_release(&s->wire);
		caller_free(s->who);
		free(s);
		return NULL;
	}
	(void)uv_timer_init(host->loop, &s->stall); /* always 0 */
	s->poll.data = s->stall.data = s;
	s->n_handles = 2;
	return s;
}

void
session_start(struct session *s)
{
	s->started = true;
	read_requests(s);
	update(s);
}

void
session_admit(struct session *s, const struct instruction *in)
{
	json_t *params = json_pack("{s:s, s:s?, s:b, s:s*}", "account",
				   in->account, "key", in->key, "setup",
				   in->setup, "space", in->space);
	struct job *j = job_new(&admit, s->who, NULL, params);

	json_decref(params);
	start_job(s, j);
}

/*
 * The job made somebody of nobody: once. Who has proved something and must
 * prove more stays nobody, and is not bound. Who was let in without an
 * account may still become the one they made.
 */
static void
become(struct session *s, struct job *j)
{
	struct err err = ERR_INIT;
	int rc = 0;

	if (s->who->role != ROLE_NONE &&
	    !(caller_is_nobody(s->who) && j->call.becomes->handle))
		rc = err_set(&err, PLEIN_EDENIED, "already signed in");
	else if (j->call.becomes->role != ROLE_NONE && j->task.method != &admit)
		rc = s->host->bind(s->host->ctx, s, j->call.becomes, &err);
	if (rc) {
		job_refuse(j, rc, err.msg);
		job_render(j);
		return;
	}
	vec_push(&s->former, s->who); /* what was asked before goes by it */
	s->who = j->call.becomes;
	j->call.becomes = NULL;
	j->call.caller = s->who;
	if (s->who->space)
		s->host->moved(s->host->ctx, s->who);
	if (j->task.method != &admit && s->who->role != ROLE_NONE &&
	    s->who->handle && s->who->key) /* nobody waits for it */
		start_job(s, job_new(&note_key, s->who, NULL, NULL));
}

/* In another space, with what they are by now. */
static void
move(struct session *s, struct job *j)
{
	struct caller *who = j->call.moves;
	bool chosen = who->handle && strcmp(who->door, "screen") == 0;

	events_release(&s->hearing);
	presence_release(&s->at);
	replace_caller(s, caller_in_space(s->who, who->space, who->given));
	if (caller_is_client(s->who))
		s->host->moved(s->host->ctx, s->who);
	if (chosen) /* nobody waits for it */
		start_job(s, job_new(&note_space, s->who, NULL, NULL));
}

/*
 * Rights became others while it was found out whose or where it is. What the
 * writer did is not done twice: changes are told of in the order in which it
 * makes them.
 */
static bool
is_outdated(const struct session *s, const struct job *j)
{
	return !s->closed && !j->task.result &&
	       j->changes != *s->host->changes &&
	       j->task.method->place == PLACE_READER &&
	       (j->call.moves ||
		(j->call.becomes && j->call.becomes->role != ROLE_NONE));
}

/* Somewhere else, or doing something else there. */
static void
stand(struct session *s, struct job *j)
{
	bool begins = presence_begins(&s->at, j->call.stands);

	presence_move(&s->at, j->call.stands);
	j->call.stands = NULL;
	if (begins)
		s->host->writes(s->host->ctx, s);
}

/* What comes of it for the stream. */
static void
conclude(struct session *s, struct job *j)
{
	bool admitted = j->task.method == &admit;

	if (!j->task.result && j->call.becomes)
		become(s, j);
	if (!j->task.result && j->call.shape)
		s->shape = j->call.shape;
	if (!j->task.result && j->call.moves)
		move(s, j);
	if (!j->task.result && j->call.hears)
		events_subscribe(&s->hearing, j->call.hears);
	if (!j->task.result && j->call.stands)
		stand(s, j);
	send_line(s, &j->answer);
	if (admitted && j->task.result)
		drop(s, j->call.err.msg);
	else if (admitted)
		s->started = true;
}

static void
finish(struct session *s, struct job *j)
{
	if (is_move(j->task.method))
		s->moving = false;
	s->host->over(s->host->ctx, j);
	if (!j->task.result)
		s->host->changed(s->host->ctx, &j->call);
	if (!s->closed)
		conclude(s, j);
}

void
session_done(struct session *s, struct job *j)
{
	s->n_jobs--;
	if (is_outdated(s, j))
		start_job(s, job_new(j->task.method, s->who, j->id,
				     j->call.params));
	else
		finish(s, j);
	job_free(j);
	if (s->closed) {
		free_when_unused(s);
		return;
	}
	read_requests(s);
	update(s);
}

bool
session_judge(struct session *s)
{
	if (s->closed)
		return false;
	start_job(s, job_new(&judge, s->who, NULL, NULL));
	return true;
}

void
session_drain(struct session *s)
{
	s->drained = true;
	update(s);
}
