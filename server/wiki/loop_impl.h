/*
 * loop_impl.h - what the files of the loop share.
 */
#ifndef PLEIN_WIKI_LOOP_IMPL_H
#define PLEIN_WIKI_LOOP_IMPL_H

#include <stdatomic.h>
#include <stdbool.h>
#include <uv.h>

#include "plein/vec.h"
#include "wiki/control.h"
#include "wiki/desks.h"
#include "wiki/loop.h"
#include "wiki/readers.h"
#include "wiki/session.h"
#include "wiki/space.h"
#include "wiki/upkeep.h"
#include "wiki/verdicts.h"
#include "wiki/writer.h"

struct pacer;
struct pastfill;

struct loop {
	uv_loop_t uv;
	const struct wiki_limits *limits;
	struct session_host host;
	struct spacelist spaces;
	struct desks writer_desks;
	struct pastfill *pastfill; /* of old texts, or NULL */
	struct desk_setup shared; /* by the desks of all threads */
	struct desks loop_desks; /* conf and fingerprint; open nothing */
	struct readers *readers;
	struct writer *writer;
	struct upkeep *upkeep; /* NULL while not serving */
	struct pacer *pacer; /* the same */
	struct verdicts *verdicts; /* the same */
	struct pulse pulse;
	struct vec sessions;
	struct vec gits; /* struct gitwork * */
	struct vec instant; /* jobs of the loop itself, already run */
	atomic_int edition; /* of plein.conf; readers compare */
	struct control control;
	int door; /* -1: none */
	uv_poll_t door_poll;
	uv_async_t finished;
	uv_signal_t term;
	uv_timer_t deadline;
	long last_host; /* number of the last stream of the host, below 0 */
	struct caller *self; /* who asks what the supervisor wants to know */
	unsigned changes; /* of rights, since the start */
	bool stopping;
	bool answered; /* told the supervisor */
	atomic_bool wanted; /* the writer: there is something to look at */
	atomic_bool spell; /* a process that spells is wanted */
	int code;
};

/* Answer what was asked, for at most `ms`, and end with this code. */
void
loop_stop(struct loop *l, int ms, int code);

/* NULL when it cannot be; the caller is taken in any case. */
struct session *
loop_add_session(struct loop *l, int fd, struct caller *who_take);

/* loop_obey.c: do what the supervisor says; for control_open(). */
void
loop_obey(void *ctx, const struct instruction *in, int fd);

/* A question of the supervisor is answered; frees the job. */
void
loop_tell_answer(struct loop *l, struct job *j);

#endif
