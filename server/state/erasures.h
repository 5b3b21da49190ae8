/*
 * erasures.h - texts that were erased by law: when and why, and by their ids
 * what must not come back, what became of the commits that held them, and
 * which pages it was. Never the texts.
 */
#ifndef PLEIN_STATE_ERASURES_H
#define PLEIN_STATE_ERASURES_H

#include <stdbool.h>
#include <stdint.h>

#include "plein/buf.h"
#include "plein/err.h"
#include "state/state.h"

struct erasure_row {
	const char *key; /* no other one has it */
	const char *reason;
	const char *who;
	int64_t time; /* seconds since 1970 */
};

/* Note one; *n becomes its number. */
int
erasures_add(struct state *s, const struct erasure_row *row, int64_t *n,
	     struct err *err);

/* Was there ever one? */
int
erasures_any(struct state *s, bool *any, struct err *err);

/* Is the one with this key there? */
int
erasures_know(struct state *s, const char *key, bool *known, struct err *err);

enum erased_kind {
	ERASED_TEXT, /* `what`: the id of a file */
	ERASED_COMMIT, /* the same of a commit; `now`: what it became */
	ERASED_PAGE /* an address */
};

/* Belongs to erasure n; one that is there already is replaced. */
int
erasures_put(struct state *s, int64_t n, enum erased_kind kind,
	     const char *what, const char *now, struct err *err);

struct erased {
	bool found;
	char now[41]; /* of a commit */
	int64_t time;
	char *reason; /* free() it */
};

/* Fill an empty one; also when there is none (found = false). */
int
erasures_find(struct state *s, enum erased_kind kind, const char *what,
	      struct erased *out, struct err *err);

/*
 * What is kept for people goes on with the commits of now: drafts, how far
 * somebody has read, earlier erasures. Drafts of pages of erasure n go, and
 * with `words` all drafts that hold them. *dropped counts drafts.
 */
int
erasures_follow(struct state *s, int64_t n, const char *words, int64_t *dropped,
		struct err *err);

/*
 * An address became another one (`now`): how far people read, what they follow
 * and left open goes on under that. Drafts of the page, and those that name
 * the address, go.
 */
int
erasures_rename(struct state *s, const char *space, const char *address,
		const char *now, int64_t *dropped, struct err *err);

/* What was deleted is in no file any more; not in a transaction.
 * PLEIN_EBUSY while others read. */
int
erasures_scrub(struct state *s, struct err *err);

#endif
