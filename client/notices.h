/*
 * notices.h - when others' work may be told on the message line: at most
 * once in NOTICES_APART_MS, and not while the person types. What waits is
 * joined. Pure: it is told the time in milliseconds.
 */
#ifndef PLEIN_NOTICES_H
#define PLEIN_NOTICES_H

#include <stdbool.h>
#include <stdint.h>

#include "plein/buf.h"

#define NOTICES_APART_MS 10000
#define NOTICES_QUIET_MS 2000 /* after a key */

struct notices {
	char *address; /* of the page it is about, or NULL: nothing waits */
	char *handle; /* who saved it last, or begins to write it */
	char *under; /* that begins: the heading, or ""; NULL: it was saved */
	bool others; /* and somebody else before */
	char *caller; /* who said something for this person last, or NULL */
	bool named; /* they were mentioned in it, not answered */
	size_t n_called; /* how often that was, since it was told */
	char *asked; /* title of a round they are asked to answer, or NULL */
	int64_t shown, key; /* when, or 0 */
};

void
notices_release(struct notices *n);

void
notices_key(struct notices *n, int64_t now);

/* Somebody saved the page that is shown. Another page replaces it. */
void
notices_saved(struct notices *n, const char *address, const char *handle);

/* Somebody mentioned (`named`) or answered this person, on whatever page. */
void
notices_called(struct notices *n, const char *handle, bool named);

/* They are asked to take part in a round of reflection. */
void
notices_asked(struct notices *n, const char *title);

/* Does something wait that is for them, whatever page is shown? */
bool
notices_are_theirs(const struct notices *n);

/* Somebody begins to write it, under this heading (or ""). A save that waits
 * to be told goes before it. */
void
notices_begun(struct notices *n, const char *address, const char *handle,
	      const char *under);

/* When it may be told; 0: nothing waits. */
int64_t
notices_due(const struct notices *n);

/* The page is not shown any more: what is about it waits no longer. */
void
notices_drop(struct notices *n);

/* It is told now: the sentence, appended; it waits no more. What was said for
 * this person, or asked of them, goes before what was saved. */
void
notices_take(struct notices *n, int64_t now, bool writing, struct buf *out);

#endif
