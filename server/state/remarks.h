/*
 * remarks.h - discussions in index.db: the remarks of main by thread, and each
 * thread as lists want it. A remark is known by its name (plein/path.h), which
 * stays when it moves; its place in a thread is when it came onto main.
 *
 * One that is gone or withdrawn keeps its row: numbers stay.
 */
#ifndef PLEIN_STATE_REMARKS_H
#define PLEIN_STATE_REMARKS_H

#include <stdbool.h>
#include <stdint.h>

#include "plein/err.h"
#include "plein/remark.h"
#include "plein/vec.h"
#include "state/index.h"

struct index_remark {
	char *name;
	char *page; /* address */
	char *thread;
	int64_t seq; /* place on main where it came */
	int64_t changed; /* where its words became what they are */
	char *handle;
	int64_t when; /* as its name says, seconds since 1970 */
	char *blob; /* 40 digits: of its file, the last one if it is gone */
	bool gone; /* its file vanished */
	struct remark is; /* what its file says */
	char *body; /* what it says */
	char *changer; /* handle of who made the words what they are */
	int64_t changed_when;
};

void
index_remark_free(void *r);

/* --- writing, for indexer.h ------------------------------------------- */

/*
 * A change of a file at the path of a remark, in the commit `e`. Without
 * `text` what it says is due (remarks_due()).
 */
int
remarks_change(struct index *x, const struct index_entry *e,
	       const struct index_change *c, const char *text, size_t len,
	       struct err *err);

/* Tell the threads anew in which something changed: at the end of a commit, or
 * of what was due. */
int
remarks_settle(struct index *x, struct err *err);

struct remark_due {
	char *name;
	char *blob;
	bool edited; /* it said something else before: remarks_name() */
};

void
remark_due_free(void *d);

/* Those whose words are due: struct remark_due * appended. */
int
remarks_due(struct index *x, struct vec *out, struct err *err);

int
remarks_fill(struct index *x, const char *name, const char *text, size_t len,
	     struct err *err);

/* Before that, oldest first, what it said at `seq`: whom it names for the first
 * time there. */
int
remarks_name(struct index *x, const char *name, int64_t seq, const char *text,
	     size_t len, struct err *err);

/* --- threads ------------------------------------------------------------ */

#define THREAD_EXCERPT 300 /* characters of the newest remark */

struct index_thread {
	char *code;
	char *page;
	char *title;
	char *state; /* "open", "resolved" */
	char *handle; /* who began it */
	long remarks; /* that were said and stand */
	int64_t first, last; /* places on main; last of a new remark */
	int64_t when; /* of the newest remark */
	char *newest; /* its name */
	char *newest_handle;
	char *newest_body; /* THREAD_EXCERPT of it */
	char *quote, *base; /* of its first remark, or NULL */
	long nth;
};

void
index_thread_free(void *t);

/* PLEIN_ENOTFOUND. */
int
thread_get(struct index *x, const char *code, struct index_thread **out,
	   struct err *err);

/* How many a page has, and how many of them are open. */
int
thread_count(struct index *x, const char *page, long *all, long *open,
	     struct err *err);

struct thread_filter {
	const char *page; /* or NULL */
	const char *folder; /* of pages, or NULL */
	const char *state; /* or NULL */
	int64_t before; /* only with `last` below this; 0: from the newest */
	const char *before_code; /* and of that one, only codes behind this */
	long limit; /* ≥ 1 */
};

/* The open ones first, each the newest first; without a page all of them by
 * what came last: struct index_thread * appended. */
int
thread_list(struct index *x, const struct thread_filter *filter,
	    struct vec *out, struct err *err);

/*
 * The threads that were there at place `seq`, of one page (its address of
 * then) or (NULL) of all: code, page and state only, the rest is NULL or 0:
 * struct index_thread * appended.
 */
int
threads_as_of(struct index *x, int64_t seq, const char *page, struct vec *out,
	      struct err *err);

/* Such a thread into an index in memory, to be counted there. */
int
thread_put(struct index *x, const struct index_thread *t, struct err *err);

/* --- remarks ------------------------------------------------------------ */

/* Of one thread, as they came, in one commit events first: struct
 * index_remark * appended. */
int
remarks_of_thread(struct index *x, const char *code, struct vec *out,
		  struct err *err);

/* The same with just what numbers them and tells which are new: name, seq,
 * handle, gone, kind, reply and withdrawn; the others are NULL or 0. */
int
remarks_outline(struct index *x, const char *code, struct vec *out,
		struct err *err);

/* PLEIN_ENOTFOUND. */
int
remark_get(struct index *x, const char *name, struct index_remark **out,
	   struct err *err);

/* A file that a remark had. */
struct remark_version {
	int64_t seq;
	char *page, *thread;
	char *blob; /* NULL: it vanished */
	char *commit;
	int64_t when;
	char *handle;
};

void
remark_version_free(void *v);

/* Oldest first: struct remark_version * appended. */
int
remark_versions(struct index *x, const char *name, struct vec *out,
		struct err *err);

/* Something that happened in a discussion. */
struct remark_event {
	int64_t seq;
	const char *what; /* static: "said", "resolved", "reopened", "edited",
			     "withdrawn", "moved" to another page, "split" off
			     to a thread of its own, "gone" */
	char *name, *page, *thread; /* after it */
	char *from; /* "moved": the page it was at, else NULL */
	char *title; /* of the thread; NULL when that is there no more */
	char *commit, *author, *handle;
	int64_t when; /* of what is said as its name says */
};

void
remark_event_free(void *e);

struct remark_span {
	const char *page; /* at this address */
	int64_t from; /* not before this place on main */
	/* Before this place; of the commit there, only names below `name`. */
	int64_t before;
	const char *name; /* "": none of that commit */
	long limit; /* ≥ 1 */
};

/*
 * What happened in the discussions at a page, newest first, and within a commit
 * by name downwards: struct remark_event * appended. Of a discussion that was
 * moved or split off its first remark stands for all; that it went along with
 * its page, when that was renamed, is not told.
 */
int
remark_events(struct index *x, const struct remark_span *span, struct vec *out,
	      struct err *err);

/*
 * The remarks that were on main at place `seq`, of one page, or of one thread
 * (the other is NULL; both: all): name, page, thread, seq, handle, when, blob,
 * changed, changed_when and changer as of then; `is` and `body` only where its
 * words are still the same, else body is NULL. As they came: struct
 * index_remark * appended.
 */
int
remarks_as_of(struct index *x, int64_t seq, const char *page,
	      const char *thread, struct vec *out, struct err *err);

/* The remark that this request of this person made; for free().
 * PLEIN_ENOTFOUND. */
int
remark_by_request(struct index *x, const char *handle, const char *request,
		  char **name, struct err *err);

#endif
