/*
 * api.c - lines from one wire to another. Each request is kept until its
 * answer came, so that a fresh stream gets those without one again, in the
 * order they were made; the wiki process saves one with a `request` of its
 * own once. Only whole lines are passed on: an answer that broke off half-way
 * is never seen.
 *
 * What is kept is bounded, and so is what waits to go out: then the side
 * that fills it is not read.
 */
#include "api.h"

#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/notice.h"
#include "base/sentence.h"
#include "end.h"
#include "plein/clock.h"
#include "plein/fs.h"
#include "plein/mem.h"
#include "plein/rpc.h"
#include "plein/vec.h"
#include "plein/wire.h"

#define QUEUE_MAX ((size_t)4 * RPC_LINE_MAX)
#define KEPT_MAX ((size_t)RPC_LINE_MAX) /* of requests without an answer */
#define KEEPING 256 /* bytes that keeping one takes besides its line */

/* A line that will be answered. */
struct request {
	json_t *id; /* NULL: it has none that can be read */
	char *line; /* with its newline */
	size_t len;
};

struct api {
	int control; /* -1: the supervisor is gone */
	struct wire person;
	struct wire wiki;
	bool up; /* there is a stream to the wiki */
	struct vec open; /* struct request * */
	size_t kept; /* bytes they take */
	bool ended; /* the person's program asks nothing more */
	bool told; /* this stream knows that */
	bool broken; /* nobody takes the answers */
	bool stopping; /* the server is: no other stream will come */
	int wait_ms;
	int64_t since; /* when the stream was lost */
};

/* --- requests --- */

static void
free_request(void *item)
{
	struct request *r = item;

	json_decref(r->id);
	free(r->line);
	free(r);
}

static void
lose_stream(struct api *a)
{
	if (!a->up)
		return;
	wire_release(&a->wiki);
	a->up = false;
	a->told = false;
	a->since = clock_mono_ms();
}

/* A stream that breaks is lost; what is kept goes to the next. */
static void
send_wiki(struct api *a, const char *line, size_t len)
{
	if (a->up && wire_send(&a->wiki, line, len, NULL) < 0)
		lose_stream(a);
}

static void
keep_request(struct api *a, const json_t *id, const char *line, size_t len)
{
	struct request *r = mem_alloc(sizeof(*r));

	r->id = id ? json_deep_copy(id) : NULL;
	r->line = mem_strndup(line, len);
	r->len = len;
	a->kept += len + KEEPING;
	vec_push(&a->open, r);
}

/* Will the wiki answer? It does so to requests, and to what is no message. */
static bool
expects_answer(const struct rpc_msg *m, int parsed)
{
	return parsed < 0 || m->kind == RPC_REQUEST;
}

static void
ask(struct api *a, char *line, size_t len)
{
	struct rpc_msg m;
	int code, parsed = rpc_parse(&m, line, len, &code, NULL);

	line[len] = '\n'; /* where wire_line() put its NUL */
	if (expects_answer(&m, parsed))
		keep_request(a, m.id, line, len + 1);
	send_wiki(a, line, len + 1);
	rpc_msg_release(&m);
}

static bool
is_same_id(const json_t *a, const json_t *b)
{
	return a && !json_is_null(a) ? json_equal(a, b) : !b || json_is_null(b);
}

static void
settle(struct api *a, const json_t *id)
{
	struct request *r;

	for (size_t i = 0; i < a->open.len; i++) {
		r = a->open.items[i];
		if (!is_same_id(id, r->id))
			continue;
		a->kept -= r->len + KEEPING;
		free_request(vec_remove(&a->open, i));
		return;
	}
}

static void
send_person(struct api *a, const char *line, size_t len)
{
	if (wire_send(&a->person, line, len, NULL) < 0)
		a->broken = true;
}

/* For the person: their program reads the event itself. */
static void
say_end(const json_t *params)
{
	const char *why = json_string_value(json_object_get(params, "why"));
	const char *words = why ? end_words(end_of(why)) : NULL;

	if (words) /* stderr that is gone cannot be told about */
		(void)dprintf(STDERR_FILENO, "%s\n", words);
}

static void
settle_parsed(struct api *a, const char *line, size_t len)
{
	struct rpc_msg m;
	int code;

	if (rpc_parse(&m, line, len, &code, NULL) < 0)
		return;
	if (m.kind == RPC_RESULT || m.kind == RPC_ERROR)
		settle(a, m.id);
	else if (m.kind == RPC_NOTIFY && strcmp(m.method, "event.end") == 0)
		say_end(m.params);
	rpc_msg_release(&m);
}

/* Most of an answer is its result, which is no business of ours. */
static void
answer(struct api *a, char *line, size_t len)
{
	json_t *id = rpc_answered(line, len);

	if (id)
		settle(a, id);
	else
		settle_parsed(a, line, len);
	json_decref(id);
	line[len] = '\n';
	send_person(a, line, len + 1);
}

/* --- reading --- */

static bool
asks_no_more(const struct api *a)
{
	return a->ended || a->stopping;
}

static bool
may_ask(const struct api *a)
{
	return !asks_no_more(a) && a->kept < KEPT_MAX &&
	       !(a->up && wire_wants_write(&a->wiki));
}

static bool
may_answer(const struct api *a)
{
	return a->up && !wire_wants_write(&a->person);
}

static void
refuse_long_line(struct api *a)
{
	struct buf line = BUF_INIT;

	rpc_error(&line, NULL, PLEIN_ETOOBIG, "the message is too long", NULL);
	send_person(a, line.ptr, line.len);
	buf_release(&line);
	a->ended = true;
}

static void
take_questions(struct api *a)
{
	int code = 0;
	size_t len;
	char *line;

	while (may_ask(a) && (line = wire_line(&a->person, &len, &code)))
		ask(a, line, len);
	if (code)
		refuse_long_line(a);
	else if (a->person.eof && may_ask(a))
		a->ended = true;
}

static void
take_answers(struct api *a)
{
	bool over = wire_read(&a->wiki, NULL) < 0;
	int code = 0;
	size_t len;
	char *line;

	while (!a->broken && (line = wire_line(&a->wiki, &len, &code)))
		answer(a, line, len);
	if (over || code)
		lose_stream(a);
}

static void
take_stream(struct api *a, int fd)
{
	lose_stream(a);
	wire_init(&a->wiki, fd, fd, RPC_LINE_MAX, QUEUE_MAX);
	a->up = true;
	for (size_t i = 0; a->up && i < a->open.len; i++) {
		const struct request *r = a->open.items[i];

		send_wiki(a, r->line, r->len);
	}
}

static void
take_notices(struct api *a)
{
	struct notice n;

	do {
		notice_next(a->control, &n);
		if (n.op == NOTICE_WIKI)
			take_stream(a, n.fd);
		if (n.op == NOTICE_STOP || n.op == NOTICE_GONE)
			a->stopping = true;
	} while (n.op == NOTICE_WIKI || n.op == NOTICE_STOP);
	if (n.op != NOTICE_GONE)
		return;
	(void)close(a->control); /* nothing was written */
	a->control = -1;
}

/* --- waiting --- */

enum { FROM_CONTROL, FROM_PERSON, TO_PERSON, WIKI, N_FDS };

static int
time_left(const struct api *a)
{
	int64_t left = a->since + a->wait_ms - clock_mono_ms();

	if (a->up)
		return -1;
	return left > 0 ? (int)left : 0;
}

static void
wish(const struct api *a, struct pollfd fds[N_FDS])
{
	short wiki = may_answer(a) ? POLLIN : 0;

	if (a->up && wire_wants_write(&a->wiki))
		wiki |= POLLOUT;
	fds[FROM_CONTROL] = (struct pollfd){ a->control, POLLIN, 0 };
	fds[FROM_PERSON] = (struct pollfd){ -1, POLLIN, 0 };
	fds[TO_PERSON] = (struct pollfd){ -1, POLLOUT, 0 };
	fds[WIKI] = (struct pollfd){ wiki ? a->wiki.in : -1, wiki, 0 };
	if (may_ask(a) && !a->person.eof)
		fds[FROM_PERSON].fd = a->person.in;
	if (wire_wants_write(&a->person))
		fds[TO_PERSON].fd = a->person.out;
}

/* The old stream before the new one: what it still holds are answers. */
static void
take_all(struct api *a, const struct pollfd fds[N_FDS])
{
	if (fds[TO_PERSON].revents && wire_flush(&a->person, NULL) < 0)
		a->broken = true;
	if ((fds[WIKI].revents & POLLOUT) && wire_flush(&a->wiki, NULL) < 0)
		lose_stream(a);
	if (a->up && (fds[WIKI].revents & ~POLLOUT))
		take_answers(a);
	if (fds[FROM_CONTROL].revents)
		take_notices(a);
	if (fds[FROM_PERSON].revents)
		(void)wire_read(&a->person, NULL); /* eof says the rest */
	take_questions(a);
}

/* Half closed, so that the wiki ends the stream after its last answer. */
static void
tell_end(struct api *a)
{
	if (!asks_no_more(a) || a->told || !a->up || wire_wants_write(&a->wiki))
		return;
	/* A stream that is gone already is noticed when reading. */
	(void)shutdown(a->wiki.out, SHUT_WR);
	a->told = true;
}

static bool
is_answered(const struct api *a)
{
	return !a->open.len && !wire_wants_write(&a->person);
}

static bool
is_over(const struct api *a)
{
	if (a->broken || (asks_no_more(a) && is_answered(a)))
		return true;
	return !a->up && (a->stopping || time_left(a) == 0);
}

static void
pump(struct api *a)
{
	struct pollfd fds[N_FDS];

	while (!is_over(a)) {
		wish(a, fds);
		if (poll(fds, N_FDS, time_left(a)) < 0)
			continue; /* EINTR: nothing can be said about them */
		take_all(a, fds);
		tell_end(a);
	}
}

static int
say_away(void)
{
	struct buf line = BUF_INIT;

	sentence_error(&line, PLEIN_EBUSY, NULL, NULL);
	buf_char(&line, '\n');
	(void)fs_write_fd(STDERR_FILENO, line.ptr, line.len, NULL);
	buf_release(&line);
	return sentence_exit(PLEIN_EBUSY);
}

int
api_run(int control, int in, int out, int wait_ms)
{
	struct api a = { .control = control,
			 .wait_ms = wait_ms,
			 .since = clock_mono_ms() };
	bool answered;

	(void)fs_set_nonblock(control, true, NULL); /* reading tells */
	wire_init(&a.person, in, out, RPC_LINE_MAX, QUEUE_MAX);
	pump(&a);
	answered = a.ended && is_answered(&a);
	lose_stream(&a);
	wire_release(&a.person);
	vec_release(&a.open, free_request);
	if (a.control >= 0)
		(void)close(a.control); /* nothing was written */
	return answered ? 0 : say_away();
}
