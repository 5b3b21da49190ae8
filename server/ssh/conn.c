/*
 * One loop: let libssh and the pump do what can be done without waiting,
 * see which stage that leads to, then sleep until a descriptor or a deadline
 * speaks. The callbacks of libssh only leave notes (struct chan, struct
 * meter); the one that must wait for an answer is auth_key().
 *
 * The order matters in two places. Everything the child said is sent before
 * its exit status, and the peer hangs up first: a server that disconnects
 * makes ssh(1) end with 255.
 */
#include "ssh/conn.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <sys/socket.h>
#include <unistd.h>

#include <libssh/callbacks.h>
#include <libssh/libssh.h>
#include <libssh/server.h>

#include "plein/clock.h"
#include "plein/fs.h"
#include "plein/log.h"
#include "plein/mem.h"
#include "ssh/ask.h"
#include "ssh/auth.h"
#include "ssh/box.h"
#include "ssh/chan.h"
#include "ssh/limits.h"
#include "ssh/monitor.h"
#include "ssh/pump.h"
#include "ssh/serving.h"
#include "ssh/stage.h"
#include "ssh/talk.h"

#define EXIT_USAGE 2
#define EXIT_REFUSED 7 /* "busy or away, try later" */
#define KEEPALIVE_S 60
#define PEER_LOST_MS 120000

struct conn {
	const struct conn_args *args;
	ssh_session session;
	ssh_event events; /* once keys are exchanged */
	struct ssh_counter_struct raw, wire; /* packets; bytes of the socket */
	uint64_t packets_before; /* of `raw`, when signing in began */
	enum stage stage;
	int64_t start, deadline; /* clock_mono_ms; -1: none */
	const char *reason; /* why it ends, for the log */
	struct meter meter;
	struct ask ask;
	struct auth auth;
	struct chan chan;
	struct pump pump;
	struct haves haves;
	bool userauth; /* libssh accepted the service: keys are exchanged */
	bool exited;
	int status; /* -1: by the signal */
	char signal[16];
	struct ssh_server_callbacks_struct callbacks;
};

/* What waits: the peer, the supervisor, then the pump's three. */
enum { WAIT_PEER, WAIT_MONITOR, WAIT_PUMP, WAIT_N = WAIT_PUMP + 3 };

struct socket_option {
	int level, name, value;
};

static const struct socket_option socket_options[] = {
	{ IPPROTO_TCP, TCP_NODELAY, 1 },
	{ SOL_SOCKET, SO_KEEPALIVE, 1 },
	{ IPPROTO_TCP, TCP_KEEPIDLE, KEEPALIVE_S },
	{ IPPROTO_TCP, TCP_USER_TIMEOUT, PEER_LOST_MS },
};

static const struct pollfd no_events[3] = { { -1, 0, 0 },
					    { -1, 0, 0 },
					    { -1, 0, 0 } };

/* What the peer is told when we end it before it has signed in. */
static const struct {
	const char *reason, *text;
} farewells[] = {
	{ "probes", "Too many keys were offered" },
	{ "proofs", "Too many attempts" },
	{ "methods", "Sign in with a key" },
	{ "answers", "The answers do not fit what was asked" },
	{ "bytes", "Too much was sent before signing in" },
	{ "silent", "Too many signatures were refused" },
	{ "signature", "This kind of signature is not accepted" },
	{ "sign-in", "Signing in took too long" },
	{ "unused", "No session was asked for" },
	{ "requests", "Too many requests" },
	{ "stop", "The server stops" },
};

static void
enter(struct conn *c, enum stage next)
{
	if (!stage_may_follow(c->stage, next))
		die("connection: stage %d after %d", (int)next, (int)c->stage);
	c->stage = next;
	/* A stop that was announced holds through all stages. */
	if (c->ask.stop < 0)
		c->deadline = stage_deadline(next, c->args->limits, c->start,
					     clock_mono_ms());
}

static void
finish(struct conn *c, const char *reason)
{
	if (c->stage == STAGE_DONE)
		return;
	c->reason = reason;
	enter(c, STAGE_DONE);
}

/* ---- libssh calls back ---- */

static int
take_service(ssh_session s, const char *service, void *data)
{
	struct conn *c = data;

	(void)s;
	c->meter.answered++;
	c->userauth = true;
	return strcmp(service, "ssh-userauth") == 0 ? 0 : -1;
}

static int
take_key(ssh_session s, const char *user, ssh_key key, char state, void *data)
{
	struct conn *c = data;
	int answer;

	c->meter.answered++;
	if (c->stage == STAGE_DONE)
		return SSH_AUTH_DENIED;
	if (state != SSH_PUBLICKEY_STATE_NONE &&
	    state != SSH_PUBLICKEY_STATE_VALID)
		return SSH_AUTH_DENIED;
	answer = auth_key(&c->auth, user, key,
			  state == SSH_PUBLICKEY_STATE_VALID);
	/* A code is asked as well: not by key. */
	if (answer == SSH_AUTH_PARTIAL)
		ssh_set_auth_methods(s, SSH_AUTH_METHOD_INTERACTIVE);
	return answer;
}

static int
take_none(ssh_session s, const char *user, void *data)
{
	struct conn *c = data;

	(void)s;
	c->meter.answered++;
	c->meter.others++;
	return c->stage == STAGE_DONE || c->auth.signed_in
		       ? SSH_AUTH_DENIED
		       : auth_none(&c->auth, user);
}

static ssh_channel
take_channel(ssh_session s, void *data)
{
	struct conn *c = data;

	return c->auth.signed_in ? chan_open(&c->chan, s) : NULL;
}

/*
 * What has no callback of its own: keyboard-interactive. All else is refused,
 * and never piles up.
 */
static int
take_message(ssh_session s, ssh_message message, void *data)
{
	struct conn *c = data;

	c->meter.answered++;
	if (c->stage != STAGE_DONE && talk_is(message) &&
	    talk_take(&c->auth, s, message))
		return 0;
	if (ssh_message_type(message) == SSH_REQUEST_AUTH)
		c->meter.others++;
	else
		c->meter.refusals++;
	return 1;
}

/* ---- beginning ---- */

static void
set_socket_options(int fd)
{
	const size_t n = sizeof(socket_options) / sizeof(socket_options[0]);

	/* They only make it faster; not every kind of socket has them. */
	for (size_t i = 0; i < n; i++)
		(void)setsockopt(fd, socket_options[i].level,
				 socket_options[i].name,
				 &socket_options[i].value, sizeof(int));
}

/* The kernel forgets this one after a while. */
static void
ask_quick_ack(const struct conn *c)
{
	const int on = 1;

	if (c->stage < STAGE_RUN)
		(void)setsockopt(ssh_get_fd(c->session), IPPROTO_TCP,
				 TCP_QUICKACK, &on, sizeof(on));
}

static void
set_callbacks(struct conn *c)
{
	c->callbacks.userdata = c;
	c->callbacks.service_request_function = take_service;
	c->callbacks.auth_none_function = take_none;
	c->callbacks.auth_pubkey_function = take_key;
	c->callbacks.channel_open_request_session_function = take_channel;
	ssh_callbacks_init(&c->callbacks);
	if (ssh_set_server_callbacks(c->session, &c->callbacks) != SSH_OK)
		die("libssh refuses the callbacks");
	ssh_set_message_callback(c->session, take_message, c);
	ssh_set_auth_methods(c->session, SSH_AUTH_METHOD_PUBLICKEY |
						 SSH_AUTH_METHOD_INTERACTIVE);
	ssh_set_counters(c->session, &c->wire, &c->raw);
}

/* When keys are exchanged anew; the peer may want it earlier. */
static int
plan_renewal(struct conn *c, struct err *err)
{
	const struct conn_limits *l = c->args->limits;

	if (ssh_options_set(c->session, SSH_OPTIONS_REKEY_DATA,
			    &l->renew_bytes) == SSH_OK &&
	    ssh_options_set(c->session, SSH_OPTIONS_REKEY_TIME, &l->renew_s) ==
		    SSH_OK)
		return 0;
	return err_set(err, PLEIN_EIO, "libssh renews no keys: %s",
		       ssh_get_error(c->session));
}

static int
begin(struct conn *c, const struct conn_args *args, struct err *err)
{
	int rc;

	memset(c, 0, sizeof(*c));
	c->args = args;
	c->start = clock_mono_ms();
	ask_init(&c->ask, args->monitor);
	chan_init(&c->chan, &c->meter);
	haves_init(&c->haves);
	pump_init(&c->pump, NULL, &c->chan);
	c->auth = (struct auth){ .ask = &c->ask,
				 .limits = args->limits,
				 .meter = &c->meter,
				 .peer = args->peer };
	interact_init(&c->auth.interact, args->limits->failures);
	c->deadline = stage_deadline(STAGE_KEX, args->limits, c->start, 0);
	(void)signal(SIGPIPE, SIG_IGN);
	set_socket_options(args->sock);
	rc = fs_set_nonblock(args->monitor, true, err);
	if (rc == 0)
		rc = fs_set_nonblock(args->sock, true, err);
	if (rc != 0) {
		(void)close(args->sock);
		return rc;
	}
	rc = serving_new(&c->session, args->key, args->sock, err);
	if (rc == 0)
		rc = plan_renewal(c, err);
	if (rc != 0)
		return rc;
	pump_init(&c->pump, c->session, &c->chan);
	set_callbacks(c);
	return box_close(err);
}

/* ---- the supervisor speaks ---- */

static void
start_pump(struct conn *c, struct notice *n)
{
	struct err err = ERR_INIT;

	if (c->stage != STAGE_SPAWN || n->n_fds == 2) {
		notice_drop(n);
		return;
	}
	if (c->chan.route.kind == ROUTE_UPLOAD)
		c->pump.haves = &c->haves;
	n->n_fds = 0; /* the pump's now, also when it fails */
	enter(c, STAGE_RUN);
	if (pump_begin(&c->pump, n->fds, n->fds[1] < 0 ? 1 : 3, &err) != 0)
		finish(c, "descriptors");
	mem_trim(); /* what signing in needed */
}

static void
take_exit(struct conn *c, const struct notice *n)
{
	c->exited = true;
	c->status = n->status;
	if (n->status < 0)
		(void)strlcpy(c->signal, n->text, sizeof(c->signal));
}

/* Instead of a child: one sentence and its exit status. */
static void
say_instead(struct conn *c, const char *text, int status)
{
	pump_say(&c->pump, text);
	pump_move(&c->pump, no_events);
	c->exited = true;
	c->status = status;
	enter(c, STAGE_RUN);
}

static void
take_stop(struct conn *c)
{
	if (c->stage < STAGE_RUN)
		finish(c, "stop");
	else if (c->stage == STAGE_RUN)
		c->deadline = clock_mono_ms() + (int64_t)c->ask.stop * 1000;
}

static void
take_notice(struct conn *c, struct notice *n)
{
	if (ask_notice(&c->ask, n)) {
		if (c->auth.signed_in)
			ask_release(&c->ask); /* bound once, never again */
		return;
	}
	switch (n->op) {
	case NOTICE_SPAWNED:
		start_pump(c, n);
		break;
	case NOTICE_REFUSED:
		if (c->stage == STAGE_SPAWN)
			say_instead(c, n->text, EXIT_REFUSED);
		break;
	case NOTICE_SAY:
		if (c->stage == STAGE_RUN)
			pump_say(&c->pump, n->text);
		break;
	case NOTICE_EXIT:
		take_exit(c, n);
		break;
	case NOTICE_NONE:
	case NOTICE_WIKI:
	case NOTICE_STOP:
	case NOTICE_GONE:
	default:
		break;
	}
}

static void
hear_supervisor(struct conn *c)
{
	struct notice n;

	while (c->stage != STAGE_DONE && !c->ask.gone) {
		monitor_next(c->args->monitor, &n);
		if (n.op == NOTICE_NONE)
			return;
		take_notice(c, &n);
		if (n.op == NOTICE_STOP)
			take_stop(c);
	}
}

/* ---- one step further ---- */

static bool
is_over(ssh_session s)
{
	return (ssh_get_status(s) & (SSH_CLOSED | SSH_CLOSED_ERROR)) != 0 ||
	       ssh_get_fd(s) < 0;
}

static void
tell_stage(struct conn *c, int stage)
{
	struct err err = ERR_INIT;

	if (monitor_stage(c->args->monitor, stage, &err) == PLEIN_ECLOSED)
		finish(c, "supervisor");
}

static void
start_auth(struct conn *c)
{
	c->events = ssh_event_new();
	if (c->events == NULL ||
	    ssh_event_add_session(c->events, c->session) != SSH_OK)
		die("out of memory");
	c->packets_before = c->raw.in_packets - c->meter.answered;
	enter(c, STAGE_AUTH);
	tell_stage(c, 1);
}

/* Let libssh read, write and call back. */
static void
turn_libssh(struct conn *c)
{
	int rc;

	if (c->stage != STAGE_KEX) {
		(void)ssh_event_dopoll(c->events, 0);
		return;
	}
	rc = ssh_handle_key_exchange(c->session);
	/* One read can hold more than the end of the exchange. */
	if (rc == SSH_OK || (rc == SSH_AGAIN && c->userauth))
		start_auth(c);
}

static void
request_child(struct conn *c)
{
	struct err err = ERR_INIT;

	/* This process has no catalogue of any language. */
	if (c->chan.route.kind == ROUTE_BAD) {
		say_instead(c,
			    "plein: een opdracht is UTF-8, hoogstens 1024 "
			    "bytes\nplein: a command is UTF-8 of at most "
			    "1024 bytes",
			    EXIT_USAGE);
		return;
	}
	if (monitor_spawn(c->args->monitor, &c->chan.route, &c->chan.hints,
			  NULL, &err) != 0) {
		finish(c, "supervisor");
		return;
	}
	c->chan.resized = false;
	enter(c, STAGE_SPAWN);
}

static void
send_exit(struct conn *c)
{
	if (c->status >= 0)
		(void)ssh_channel_request_send_exit_status(c->chan.channel,
							   c->status);
	else
		(void)ssh_channel_request_send_exit_signal(
			c->chan.channel, c->signal, 0, "", "");
	enter(c, STAGE_CLOSE);
}

static void
advance(struct conn *c)
{
	if (c->stage == STAGE_AUTH && c->auth.talking)
		enter(c, STAGE_TALK);
	if ((c->stage == STAGE_AUTH || c->stage == STAGE_TALK) &&
	    c->auth.signed_in) {
		ask_release(&c->ask);
		enter(c, STAGE_OPEN);
		tell_stage(c, 2);
	}
	if (c->stage == STAGE_OPEN && c->chan.started)
		request_child(c);
	if (c->stage == STAGE_RUN && c->exited && pump_is_drained(&c->pump))
		send_exit(c);
	/* Again each time: it gives up half-way while bytes wait to go out.
	 * An error shows in find_end(), or the peer is waited for in vain. */
	if (c->stage == STAGE_CLOSE)
		(void)ssh_channel_close(c->chan.channel);
}

/* Why it must end now, or NULL. */
static const char *
find_end(struct conn *c)
{
	const char *limit;

	c->meter.bytes = c->wire.in_bytes;
	if (c->stage > STAGE_KEX)
		c->meter.packets = c->raw.in_packets - c->packets_before;
	limit = limits_broken(c->args->limits, &c->meter, c->auth.signed_in);
	if (c->ask.gone)
		return "supervisor";
	if (c->ask.stop >= 0 && c->stage < STAGE_RUN)
		return "stop";
	if (is_over(c->session))
		return "peer";
	if (limit != NULL)
		return limit;
	if (c->chan.input > CHAN_INPUT_MAX)
		return "window";
	if (c->stage < STAGE_CLOSE && c->chan.closed)
		return "channel";
	/* Also what libssh says when an allocation failed. */
	if (ssh_get_error_code(c->session) == SSH_FATAL)
		return c->stage == STAGE_AUTH || c->stage == STAGE_TALK
			       ? "signature"
			       : "protocol";
	return NULL;
}

static int
time_left(const struct conn *c)
{
	int64_t left = c->deadline - clock_mono_ms();

	if (c->deadline < 0)
		return -1;
	return left < 0 ? 0 : (int)left;
}

static void
look_around(struct conn *c)
{
	const char *end = find_end(c);

	if (end == NULL) {
		advance(c);
		end = find_end(c); /* writing makes libssh read as well */
	}
	if (end != NULL)
		finish(c, end);
	if (c->stage != STAGE_DONE && time_left(c) == 0)
		finish(c, stage_overdue(c->stage));
}

/* ---- waiting ---- */

static bool
has_to_write(const struct conn *c)
{
	return (ssh_get_poll_flags(c->session) & SSH_WRITE_PENDING) != 0;
}

/*
 * While libssh has something to write nothing is read: a peer that asks and
 * does not read the answers fills its own queues, not our memory.
 */
static short
wanted_of_peer(const struct conn *c)
{
	return has_to_write(c) ? POLLOUT : POLLIN;
}

static void
wait_for_events(struct conn *c, struct pollfd fds[WAIT_N])
{
	fds[WAIT_PEER] =
		(struct pollfd){ ssh_get_fd(c->session), wanted_of_peer(c), 0 };
	fds[WAIT_MONITOR] = (struct pollfd){ c->args->monitor, POLLIN, 0 };
	pump_poll(&c->pump, fds + WAIT_PUMP);
	ask_quick_ack(c);
	(void)poll(fds, WAIT_N, time_left(c));
}

/*
 * After each write, also of everything, libssh wants to hear that it may
 * write again: told at once, without a round of the loop. That may bring
 * input, too.
 */
static void
move_bytes(struct conn *c, const struct pollfd events[3])
{
	bool could_write = !has_to_write(c);

	pump_move(&c->pump, events);
	if (could_write && has_to_write(c)) {
		turn_libssh(c);
		pump_move(&c->pump, no_events);
	}
}

/* Is what they fetch of before an erasure? The supervisor has it looked up,
 * and perhaps has us say so. */
static void
tell_haves(struct conn *c)
{
	const char *ids = haves_take(&c->haves);

	if (ids)
		(void)monitor_haves(c->args->monitor, ids, NULL);
}

static void
run(struct conn *c)
{
	struct pollfd fds[WAIT_N];

	for (int i = WAIT_PUMP; i < WAIT_N; i++)
		fds[i] = (struct pollfd){ -1, 0, 0 };
	turn_libssh(c); /* sends our banner */
	look_around(c);
	while (c->stage != STAGE_DONE) {
		wait_for_events(c, fds);
		if (fds[WAIT_MONITOR].revents != 0)
			hear_supervisor(c);
		if (c->stage != STAGE_DONE && fds[WAIT_PEER].revents != 0)
			turn_libssh(c);
		if (c->stage == STAGE_RUN) {
			move_bytes(c, fds + WAIT_PUMP);
			tell_haves(c);
			pump_resize(&c->pump);
		}
		look_around(c);
	}
}

/* ---- end ---- */

static void
say_farewell(struct conn *c)
{
	const size_t n = sizeof(farewells) / sizeof(farewells[0]);

	for (size_t i = 0; i < n; i++)
		if (strcmp(c->reason, farewells[i].reason) == 0)
			(void)ssh_session_set_disconnect_message(
				c->session, farewells[i].text);
	ssh_disconnect(c->session);
}

static void
write_record(const struct conn *c)
{
	log_event("conn.closed", LOG_TEXT("peer", c->args->peer),
		  LOG_TEXT("who", c->auth.who), LOG_TEXT("reason", c->reason),
		  LOG_NUMBER("in", (int64_t)c->wire.in_bytes),
		  LOG_NUMBER("out", (int64_t)c->wire.out_bytes),
		  LOG_NUMBER("ms", clock_mono_ms() - c->start));
}

static void
end(struct conn *c)
{
	pump_release(&c->pump);
	if (c->session != NULL)
		say_farewell(c);
	ask_release(&c->ask);
	if (c->events != NULL)
		(void)ssh_event_remove_session(c->events, c->session);
	ssh_event_free(c->events);
	ssh_free(c->session);
	(void)close(c->args->monitor);
}

int
conn_run(const struct conn_args *args)
{
	struct conn c;
	struct err err = ERR_INIT;
	int rc = begin(&c, args, &err);

	log_set_process("connection");
	c.reason = err.msg;
	if (rc == 0)
		run(&c);
	write_record(&c);
	end(&c);
	return rc == 0 ? 0 : 1;
}
