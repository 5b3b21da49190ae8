/*
 * discussion.h - what methods about threads and remarks do alike: number the
 * remarks of a thread, read what stood there then, say where a passage is,
 * and name the file of a new remark.
 */
#ifndef PLEIN_WIKI_DISCUSSION_H
#define PLEIN_WIKI_DISCUSSION_H

#include <jansson.h>
#include <stdbool.h>

#include "plein/anchor.h"
#include "plein/buf.h"
#include "plein/remark.h"
#include "plein/vec.h"
#include "state/remarks.h"
#include "wiki/desk.h"
#include "wiki/method.h"

#define DISCUSSION_CODE 12 /* hexadecimal digits of a digest we make */

/* A remark where it stands in its thread. */
struct numbered {
	const struct index_remark *remark; /* borrowed */
	long n, m; /* 2 and 1 of "2.1"; m = 0: none answered. n = 0: an event,
		      which has no number */
};

/*
 * Number the remarks of one thread (struct index_remark *, as they came) in
 * the order people read them: answers below what they answer, one level deep.
 * As many as there are; free() the result. Pure.
 */
struct numbered *
discussion_number(const struct vec *remarks);

/* "2" or "2.1", appended; nothing for an event. */
void
discussion_tell_number(struct buf *out, const struct numbered *n);

/* Is it no more: vanished or withdrawn? */
bool
discussion_is_silent(const struct index_remark *r);

/* The remarks of a page or a thread (the other is NULL) as of a moment, with
 * what they said then; the page may have had another address. */
int
discussion_as_of(struct desk *d, int64_t when, const char *page,
		 const char *thread, struct vec *out, struct err *err);

/* The same as of a place on main. */
int
discussion_at(struct desk *d, int64_t seq, const char *page, const char *thread,
	      struct vec *out, struct err *err);

/*
 * A thread as its remarks tell it, one by one as they came: begun with the
 * first, which is counted as well. Free it with index_thread_free().
 */
struct index_thread *
discussion_begin(const struct index_remark *first);

void
discussion_count(struct index_thread *t, const struct index_remark *r);

/* The threads that remarks are of (struct index_remark *, as they came), of
 * pages in this folder or (NULL) of all: struct index_thread * appended. */
void
discussion_threads(const struct vec *remarks, const char *folder,
		   struct vec *threads);

/* Finds passages of one page: its texts are read once. */
struct passages {
	struct desk *desk;
	char *address;
	struct buf now;
	struct buf then;
	char *base; /* commit `then` is as of, or NULL */
	long effort;
	int64_t when;
	bool bare; /* out of git alone: to be set before anything is read */
	bool is_read; /* `now` is, and `gone` is known */
	bool gone; /* there is no such page now */
	long n; /* the version `now` is, or 0 */
};

/* The page as of `when`; 0: now. It is read when a passage is looked for. */
void
passages_open(struct passages *p, struct desk *d, const char *address,
	      int64_t when);

void
passages_release(struct passages *p);

/* Have `then` be the page as of this commit; false: there is none, or it
 * cannot be read. */
bool
passages_read_then(struct passages *p, const char *base);

/* The title of the page, for free(); NULL: there is none. */
char *
passages_title(struct passages *p);

/*
 * {quote, commit, found, at, length}: at and length are bytes of the page's
 * text as it is now, null when the passage is lost. null when there is no
 * quote; when `bare`, also if the page was elsewhere when it was chosen.
 */
json_t *
passages_describe(struct passages *p, const char *quote, const char *base,
		  long nth);

/*
 * Name a new remark of `handle` at `when`: <stamp>-<handle>-<digest>, and the
 * digest, appended. That is the first digits of the SHA-1 of
 * "<place>/<stamp>-<handle>", a newline, and the file; the place is the code
 * of the thread, or for the first remark, which makes it, the address of the
 * page: so that who says the same twice says two things.
 */
void
discussion_name(struct buf *name, struct buf *digest, const char *place,
		const char *handle, int64_t when, const struct buf *file);

/* Is the digest in this name that of this file? Any number of digits. */
bool
discussion_is_named(const char *path, const char *text, size_t len);

#endif
