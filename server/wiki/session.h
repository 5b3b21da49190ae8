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
#include <uv.h>

#include "plein/buf.h"
#include "plein/err.h"
#include "wiki/caller.h"
#include "wiki/job.h"

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
	/* This account has this role from now on, wherever it is. */
	void (*changed)(void *ctx, const char *handle, enum role role);
	/* It is closed; `s` is about to be freed. */
	void (*closed)(void *ctx, struct session *s);
};

/* Takes the descriptor and the caller. Nothing is read yet. */
struct session *
session_new(const struct session_host *host, int fd, struct caller *who_take);

/* Read and answer from now on. */
void
session_start(struct session *s);

/* First become `account` (`setup`: who must set up a code first), then start;
 * closed when there is none. */
void
session_admit(struct session *s, const char *account, const char *key,
	      bool setup);

/* A job of this stream is finished; frees it. */
void
session_done(struct session *s, struct job *j);

/* Something happened, as a line; about this page, or (NULL) about none. */
void
session_tell(struct session *s, const char *address, const struct buf *line);

/* Its person has this role from now on; it is told so (event.role), also when
 * it is the same: then something else of the account may be another. */
void
session_renew(struct session *s, enum role role);

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
