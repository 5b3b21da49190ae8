/*
 * marks.h - what a person has read: the version of each page, how far in each
 * thread, when they were here last, and from where on others' changes count as news. A place on
 * main is a commit id: it stays true when index.db is made anew.
 */
#ifndef PLEIN_STATE_MARKS_H
#define PLEIN_STATE_MARKS_H

#include <stdbool.h>
#include <stdint.h>

#include "plein/err.h"
#include "plein/vec.h"
#include "state/state.h"

/* All of it is of a space, by its name. */
#define MARK_HEAD 41 /* bytes: 40 hexadecimal digits and a NUL */

/* This version was shown. An older one than before changes nothing. */
int
mark_put(struct state *s, const char *space, const char *handle,
	 const char *address, long version, struct err *err);

struct mark {
	char *address;
	long version; /* the newest they read */
};

void
mark_free(void *m);

/* Those of these pages, a JSON array of addresses, that they read: struct mark *
 * appended. */
int
marks_among(struct state *s, const char *space, const char *handle,
	    const char *pages, struct vec *out, struct err *err);

/* How far somebody has read in a thread: a remark is known by its name, which
 * says the same after index.db was made anew. */
struct thread_mark {
	char *thread;
	char *remark; /* up to and including this one */
	int64_t time; /* when that was noted, seconds since 1970 */
};

void
thread_mark_free(void *m);

/* In place of what was there. */
int
thread_mark_put(struct state *s, const char *space, const char *handle,
		const struct thread_mark *m, struct err *err);

/* PLEIN_ENOTFOUND when they have read nothing there. */
int
thread_mark_get(struct state *s, const char *space, const char *handle,
		const char *thread, struct thread_mark **out, struct err *err);

/* Those of `codes`, a JSON array, in which they read something, in order: char *
 * appended. */
int
thread_marked(struct state *s, const char *space, const char *handle,
	      const char *codes, struct vec *out, struct err *err);

/* They have read a remark that names them since it was changed. */
int
mention_mark_put(struct state *s, const char *space, const char *handle,
		 const char *remark, struct err *err);

/* The names of all such remarks: char * appended. */
int
mention_marked(struct state *s, const char *space, const char *handle,
	       struct vec *out, struct err *err);

int
mention_mark_get(struct state *s, const char *space, const char *handle,
		 const char *remark, bool *read, struct err *err);

struct visit {
	int64_t seen; /* last sign of life, seconds since 1970 */
	int64_t since; /* when counting of news began */
	char head[MARK_HEAD]; /* main at that moment; "" when not known */
};

/* PLEIN_ENOTFOUND before the first. */
int
visit_get(struct state *s, const char *space, const char *handle,
	  struct visit *out, struct err *err);

/* Seen now; the first time counting begins here, at `head`. */
int
visit_touch(struct state *s, const char *space, const char *handle,
	    const char *head, struct err *err);

/* Seen now, and counting begins anew: at `head`, which main was at `since`. */
int
visit_reset(struct state *s, const char *space, const char *handle,
	    int64_t since, const char *head, struct err *err);

#endif
