/*
 * past.h - the texts that pages and remarks had before, for searching: past.db of one
 * space, derived from git and filled in the background. A row for each text
 * a path held: from which place on main, up to which. Its words are in a
 * contentless FTS5 table; the text itself stays in git. What pages named when,
 * links above all, is there too (past_named.h).
 *
 * A file of its own, so that filling it never makes the writer wait.
 */
#ifndef PLEIN_STATE_PAST_H
#define PLEIN_STATE_PAST_H

#include <stdbool.h>
#include <stdint.h>

#include "plein/buf.h"
#include "plein/err.h"
#include "plein/vec.h"
#include "state/index.h"

#define PAST_MS 1000 /* for one search */

struct past;

/* As index_open(): a file that is none of ours is replaced by a writer. */
int
past_open(struct past **out, const char *path, bool writer, struct err *err);

void
past_close(struct past *p);

/* Where texts come from: append the blob to `text`. */
struct past_source {
	struct index *index;
	int (*load)(void *ctx, const char *blob, struct buf *text,
		    struct err *err);
	void *ctx;
};

/*
 * Take in at most `most` further commits of the index; from the start when
 * the index tells another history. *complete: there are no more.
 */
int
past_fill(struct past *p, const struct past_source *from, long most,
	  bool *complete, struct err *err);

/* The place on main up to which it is filled. */
int
past_reach(struct past *p, int64_t *seq, struct err *err);

/* The same in the history that the index tells; 0 when it was of another. */
int
past_reach_in(struct past *p, struct index *index, int64_t *seq,
	      struct err *err);

/*
 * Does it hold the texts that the index tells of, as far as it is filled? What
 * differs is appended to `problems` as English lines (char *, free()). One of
 * another history is not looked at: filling begins anew by itself.
 * PLEIN_ECORRUPT when the file is damaged.
 */
int
past_check(struct past *p, struct index *index, struct vec *problems,
	   struct err *err);

struct past_hit {
	char *path;
	char *blob;
	int64_t seq; /* from this place on the page had that text */
	char *passage; /* past_passage() sets it */
};

void
past_hit_free(void *h);

/* At a moment; of texts that stand no more there are only pages. */
enum past_what { PAST_PAGES, PAST_SAID, PAST_BOTH };

struct past_part {
	const char *match; /* see plein/query.h */
	const char *folder; /* only pages in it, or NULL */
	enum past_what what;
	int64_t at; /* texts that stood at this place on main, best first; 0:
		     * texts that stand no more, newest first, one a page */
	long skip, limit;
};

/* struct past_hit * appended. PLEIN_EBUSY when it takes too long. */
int
past_search(struct past *p, const struct past_part *part, struct vec *out,
	    struct err *err);

/* The words found in the text of a hit, between *. */
int
past_passage(struct past *p, const char *match, const struct buf *text,
	     struct past_hit *hit, struct err *err);

#endif
