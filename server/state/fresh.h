/*
 * fresh.h - what was said behind a place on main (`seq`), for who was told all
 * up to there: by thread, to be counted, and one by one.
 *
 * Only what others said and what still stands is fresh; that a thread was
 * resolved or reopened is not. A remark is for somebody when it names them or
 * answers what they said. One that did not name them at first is fresh once
 * more when a change does (`late`).
 */
#ifndef PLEIN_STATE_FRESH_H
#define PLEIN_STATE_FRESH_H

#include <stdbool.h>
#include <stdint.h>

#include "plein/err.h"
#include "plein/path.h"
#include "plein/vec.h"
#include "state/index.h"

/* A place in a thread: a remark, as it came. */
struct fresh_place {
	int64_t seq;
	char name[REMARK_NAME_MAX + 1]; /* "": behind all that came at seq */
};

/* Where a remark came; PLEIN_ENOTFOUND. */
int
fresh_find(struct index *x, const char *name, int64_t *seq, struct err *err);

/* No more of a thread are counted: then there are as many, or more. */
#define FRESH_MOST 1000

struct fresh_count {
	long n;
	long own; /* of them for the one who asks */
};

struct fresh_thread {
	char *code;
	char *page; /* address */
	char *newest; /* name of its last remark, whoever said it */
	char *was; /* thread its first fresh remark was said in, or NULL */
	struct fresh_count count; /* zero until it was counted */
};

void
fresh_thread_free(void *t);

/* Threads in which others than `handle` said something behind `after`, by code,
 * with `was` and how much (`count.n`): struct fresh_thread * appended. Reads
 * each of these remarks. */
int
fresh_threads(struct index *x, int64_t after, const char *handle,
	      struct vec *out, struct err *err);

/* Only those of `pages`, a JSON array of addresses; reads each of theirs. */
int
fresh_of_pages(struct index *x, const char *pages, int64_t after,
	       const char *handle, struct vec *out, struct err *err);

/* Threads of a page in which anybody did; reads no remark. */
int
fresh_of_page(struct index *x, const char *page, int64_t after, struct vec *out,
	      struct err *err);

/* What is fresh for whom. */
struct fresh_filter {
	int64_t after; /* a place on main */
	struct fresh_place read; /* in the thread */
	const char *handle; /* who asks */
	bool own; /* count.own is wanted; else it is 0 */
};

/* In one thread. */
int
fresh_count(struct index *x, const char *code, const struct fresh_filter *f,
	    struct fresh_count *out, struct err *err);

/* The thread in which the first remark of others that stands behind `after` in
 * this one was said: another one when it was split off. PLEIN_ENOTFOUND. */
int
fresh_origin(struct index *x, const char *code, int64_t after,
	     const char *handle, char **out, struct err *err);

struct fresh_remark {
	int64_t seq;
	int64_t when; /* as its name says; of a late one, of that change */
	char *name, *page, *thread, *handle;
	bool mentions; /* it names the one who asks */
	bool answers; /* it answers what they said */
	bool begins; /* it begins its thread */
	int64_t late; /* the place of the change that named them, or 0 */
};

void
fresh_remark_free(void *r);

/* What others than `handle` said behind a place on main. */
struct fresh_part {
	int64_t after;
	const char *handle;
	const struct fresh_remark *behind; /* the last one before, or NULL */
	long limit;
};

/* The newest first: struct fresh_remark * appended. */
int
fresh_remarks(struct index *x, const struct fresh_part *part, struct vec *out,
	      struct err *err);

/* Is it before the place, or there? */
bool
fresh_place_has(const struct fresh_place *p, const struct fresh_remark *r);

struct fresh_later {
	int64_t after; /* a place on main */
	const char *handle; /* who is named */
	const char *without; /* remarks to leave out: a JSON array of names */
	long limit; /* at most so many */
};

/* Those that name them since a change behind a place, wherever they came, the
 * newest change first: struct fresh_remark * appended. */
int
fresh_late(struct index *x, const struct fresh_later *l, struct vec *out,
	   struct err *err);

/* The place and the moment of the first behind `after` that names them, by its
 * own words or by a change. PLEIN_ENOTFOUND. */
int
fresh_first(struct index *x, const char *handle, int64_t after, int64_t *seq,
	    int64_t *when, struct err *err);

/* The title of its thread, and the beginning of what it says; yours.
 * PLEIN_ENOTFOUND. */
int
fresh_words(struct index *x, const char *name, char **title, char **body,
	    struct err *err);

/* Did this person say something in the thread, that stands? */
bool
fresh_said_in(struct index *x, const char *code, const char *handle);

/* Did they make a version of the page? */
bool
fresh_wrote(struct index *x, const char *address, const char *handle);

/* What happened to a remark. */
struct fresh_event {
	char *name, *page, *thread;
	char *handle; /* whose remark it is */
	char *answers; /* whose remark it answers, or NULL */
	const char *action; /* said resolved open changed gone */
	struct vec mentions; /* char *: whom it names, by handle */
	struct vec named; /* char *: of them, whom it did not name before */
};

void
fresh_event_free(void *e);

/* By whomever, oldest first, at most `limit`: struct fresh_event *. */
int
fresh_events(struct index *x, int64_t after, long limit, struct vec *out,
	     struct err *err);

#endif
