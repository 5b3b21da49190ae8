/*
 * session.h - one stream to the wiki process: lines in, jobs out, answers
 * back. On the loop thread only.
 *
 * Push back: a stream is not read while it has as many requests under way as
 * it may have, or while its answers wait to be sent. A stream that takes
 * nothing for a while is dropped.
 */
#ifndef PLEIN_WIKI_SESSION_H
#define PLEIN_WIKI_SESSION_H

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#include "plein/buf.h"
#include "plein/err.h"
#include "wiki/caller.h"
#include "wiki/instruction.h"
#include "wiki/job.h"
#include "wiki/presence.h"

struct session_limits {
	int jobs; /* requests under way, once signed in; before that one */
	size_t out_pause; /* bytes waiting at which reading stops */
	size_t out_max; /* bytes waiting at which it is dropped */
	size_t events_max; /* bytes waiting at which events are left out */
	int stall_ms; /* time without taking a byte that waits */
};

/* What a session needs of the loop. */
struct session_host {
	uv_loop_t *loop;
	const struct session_limits *limits;
	void *ctx;
	/* Start a job; session_done() when it is finished. */
	int (*submit)(void *ctx, struct job *j, struct err *err);
	/* The stream becomes this person's: tell the supervisor. */
	int (*bind)(void *ctx, const struct session *s,
		    const struct caller *who, struct err *err);
	/* A job is over, and is not run again: what is to be noted of it. */
	void (*over)(void *ctx, struct job *j);
	/* A call succeeded: what it changes for other streams. */
	void (*changed)(void *ctx, const struct call *c);
	const unsigned *changes; /* how often it changed rights */
	/* This client is in another space: tell the supervisor. */
	void (*moved)(void *ctx, const struct caller *who);
	/* Its person begins to write the page they are on. */
	void (*writes)(void *ctx, const struct session *s);
	/* It is closed; `s` is about to be freed. */
	void (*closed)(void *ctx, struct session *s);
};

/* Takes the descriptor and the caller. Nothing is read yet. */
struct session *
session_new(const struct session_host *host, int fd, struct caller *who_take);

/* Read and answer from now on. */
void
session_start(struct session *s);

/* First become the account that comes with it, where it was, then start;
 * closed when there is none. */
void
session_admit(struct session *s, const struct instruction *in);

/* A job of this stream is finished; frees it. */
void
session_done(struct session *s, struct job *j);

/* Something happened, as a line; about this page, or (NULL) about none. */
void
session_tell(struct session *s, const char *address, const struct buf *line);

/* How the application of its account stands by now is found out, and told
 * when it is another. False: it is closed. */
bool
session_judge(struct session *s);

/* Its person has this role from now on; it is told so (event.role), also when
 * it is the same: then something else of the account may be another. */
void
session_renew(struct session *s, enum role role);

/* Somebody ended it: it is told why (event.end); who ends it is elsewhere. */
void
session_end(struct session *s, const char *why);

/* Since when its person is signed in, in seconds since 1970. */
void
session_date(struct session *s, int64_t since);

int64_t
session_since(const struct session *s);

/* Where its person is, as it said last. */
const struct presence *
session_at(const struct session *s);

/* screen, lines, command or api: the door it came by, or what it says it is. */
const char *
session_shape(const struct session *s);

/* The same for the role they were given in the space it is in. */
void
session_give(struct session *s, enum role role);

/* It is told what its role is, which hangs on its space. */
void
session_say_role(struct session *s);

/* More happened than can be told: event.resync when it has read the rest. */
void
session_miss(struct session *s);

/* Read no more; close when everything asked is answered. */
void
session_drain(struct session *s);

void
session_close(struct session *s);

const struct caller *
session_who(const struct session *s);

#endif
