/*
 * timeline.h - the past in index.db: the commits of main by time and person,
 * what each of them changed, and the content as of a moment. A moment is a
 * place on main (`seq`): everything up to and including that commit.
 */
#ifndef PLEIN_STATE_TIMELINE_H
#define PLEIN_STATE_TIMELINE_H

#include <stdbool.h>
#include <stdint.h>

#include "plein/err.h"
#include "plein/vec.h"
#include "state/index.h"

struct timeline_filter {
	int64_t since, until; /* committer dates, inclusive; 0 = open */
	int64_t before; /* only below this place; 0 = from the newest */
	const char *handle; /* by this person, or NULL */
	/* That changed something in it, or in a discussion about a page in it;
	 * or NULL. */
	const char *folder;
	/* That changed the page at this address, or a discussion about it; or
	 * NULL. */
	const char *page;
	long limit; /* ≥ 1 */
};

void
index_entry_free(void *e);

/* Newest first: struct index_entry * (index_entry_free) appended. PLEIN_ERULE
 * when `page` is no address. */
int
timeline_list(struct index *x, const struct timeline_filter *filter,
	      struct vec *out, struct err *err);

struct timeline_change {
	char *path;
	char *blob; /* 40 digits, NULL = it vanished */
	bool appeared;
	char *origin; /* path it was renamed from, or NULL */
};

void
timeline_change_free(void *c);

/* What one commit changed, by path: struct timeline_change * appended. */
int
timeline_changes(struct index *x, int64_t seq, struct vec *out,
		 struct err *err);

/* The last place on main not later than `when`; 0 before the first. */
int
timeline_seq_at(struct index *x, int64_t when, int64_t *seq, struct err *err);

/* The commit at a place into oid[41]; PLEIN_ENOTFOUND. */
int
timeline_commit(struct index *x, int64_t seq, char *oid, struct err *err);

/* The commit that changed the file at this path last; PLEIN_ENOTFOUND. */
int
timeline_last(struct index *x, const char *path, struct index_entry **out,
	      struct err *err);

/* A text that the file at a path had. */
struct timeline_text {
	const char *path;
	const char *blob; /* 40 digits */
	int64_t since, until; /* places; 0: it still stands */
};

/*
 * Call `each` for every text that stood at some place up to `seq`, by path
 * and place; its non-zero result ends it and is returned.
 */
int
timeline_texts(struct index *x, int64_t seq,
	       int (*each)(void *ctx, const struct timeline_text *t), void *ctx,
	       struct err *err);

struct timeline_file {
	char *path;
	char *blob; /* 40 digits */
};

void
timeline_file_free(void *f);

/*
 * The files that existed at `seq`, of one folder or (NULL) of all, by path:
 * struct timeline_file * appended.
 */
int
timeline_files(struct index *x, int64_t seq, const char *folder,
	       struct vec *out, struct err *err);

/* The page that lay at this address at `seq`, whatever became of it since: of
 * which page it is a version is not told, so its number is 0. PLEIN_ENOTFOUND
 * when there was none. */
int
timeline_there(struct index *x, const char *address, int64_t seq,
	       struct index_due **out, struct err *err);

/* Paths in which something changed behind one place, up to another, but for
 * discussions: char * appended. */
int
timeline_changed(struct index *x, int64_t after, int64_t until, long limit,
		 struct vec *out, struct err *err);

/* Did a decision or a meeting change more than once behind one place, up to
 * another? */
int
timeline_rewrote(struct index *x, int64_t after, int64_t until, bool *yes,
		 struct err *err);

/* Where the history of the page is kept now that had this address at `seq`:
 * the address, free() it; NULL when there is none. */
int
timeline_page(struct index *x, const char *address, int64_t seq, char **out,
	      struct err *err);

/*
 * The version the page at `address` was in at `seq`; may be one in which it
 * is gone. PLEIN_ENOTFOUND before its first.
 */
int
timeline_version(struct index *x, const char *address, int64_t seq,
		 struct index_version **out, struct err *err);

struct timeline_step {
	char *path;
	char *was, *now; /* blobs at both moments, NULL = no such file */
	char *origin; /* path it came from in between, or NULL */
};

void
timeline_step_free(void *s);

struct timeline_period {
	int64_t from, to; /* moments */
	const char *after; /* only behind this path, or NULL */
	long limit; /* ≥ 1 */
};

/* Paths whose file differs between two moments, by path: struct
 * timeline_step * appended. */
int
timeline_between(struct index *x, const struct timeline_period *p,
		 struct vec *out, struct err *err);

#endif
