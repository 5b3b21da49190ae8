/*
 * fresh.h - what was said behind a place on main (`seq`), for who was told all
 * up to there: by thread, to be counted, and one by one.
 *
 * Only what others said and what still stands is fresh; that a thread was
 * resolved or reopened is not. A remark is for somebody when it names them or
 * answers what they said.
 */
#ifndef PLEIN_STATE_FRESH_H
#define PLEIN_STATE_FRESH_H

#include <stdbool.h>
#include <stdint.h>

#include "plein/err.h"
#include "plein/vec.h"
#include "state/index.h"

/* A place in a thread: a remark, as it came. */
struct fresh_place {
	int64_t seq;
	const char *name; /* NULL: behind all that came at seq */
};

/* Where a remark came; PLEIN_ENOTFOUND. */
int
fresh_find(struct index *x, const char *name, int64_t *seq, struct err *err);

struct fresh_count {
	long n;
	long own; /* of them for the one who asks */
};

struct fresh_thread {
	char *code;
	char *page; /* address */
	char *newest; /* name of its last remark, whoever said it */
	char *was; /* thread its first fresh remark was said in */
	struct fresh_count count;
};

void
fresh_thread_free(void *t);

struct fresh_filter {
	int64_t after; /* a place on main */
	const char *handle; /* who asks */
	const char *page; /* only of this page, or NULL */
	bool own; /* count.own is wanted; else it is 0 */
};

/* Of threads in which others said something, by code: struct fresh_thread *
 * appended. */
int
fresh_threads(struct index *x, const struct fresh_filter *filter,
	      struct vec *out, struct err *err);

/* In one thread, behind a remark. */
int
fresh_in_thread(struct index *x, const char *code,
		const struct fresh_place *behind, const char *handle,
		struct fresh_count *out, struct err *err);

struct fresh_remark {
	int64_t seq, when;
	char *name, *page, *thread, *handle;
	char *title; /* of its thread */
	char *was; /* thread it was said in */
	char *body; /* the beginning of what it says */
	bool mentions; /* it names the one who asks */
	bool answers; /* it answers what they said */
	bool begins; /* it begins its thread */
};

void
fresh_remark_free(void *r);

/* The newest first, at most `limit`: struct fresh_remark * appended. */
int
fresh_remarks(struct index *x, int64_t after, const char *handle, long limit,
	      struct vec *out, struct err *err);

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
};

void
fresh_event_free(void *e);

/* By whomever, oldest first, at most `limit`: struct fresh_event *. */
int
fresh_events(struct index *x, int64_t after, long limit, struct vec *out,
	     struct err *err);

#endif
