/*
 * clash.h - a text that others changed meanwhile: the places where both
 * changed the same, what is chosen at each, and the text that comes of it.
 * Pure. All other changes of both are joined as the wiki does (merge.h).
 */
#ifndef PLEIN_VIEW_CLASH_H
#define PLEIN_VIEW_CLASH_H

#include <stdbool.h>
#include <stddef.h>

#include "plein/buf.h"
#include "plein/merge.h"
#include "plein/vec.h"

enum clash_choice {
	CLASH_OPEN, /* nothing chosen yet */
	CLASH_HAND, /* a wording of one's own */
	CLASH_YOURS,
	CLASH_SAVED,
	CLASH_BOTH /* yours, and the saved one below it */
};

struct clash_place {
	struct diff3_clash at; /* lines of the three texts */
	struct buf lines[DIFF3_N]; /* those lines, without what is around */
	struct buf before, after; /* sentences in them that all three share */
	char *where; /* translated; NULL: in the fields */
	enum clash_choice choice;
	struct buf hand; /* the wording, also when it is not chosen yet */
	bool worded; /* there is one */
};

struct clash {
	struct buf texts[DIFF3_N]; /* pages, with their fields */
	struct vec places; /* struct clash_place *, in order */
	size_t joined; /* changes of others that are no place */
};

/* The order is base, yours, saved. Copies them; release it after. */
void
clash_init(struct clash *c, const struct merge_text texts[DIFF3_N]);

void
clash_release(struct clash *c);

struct clash_place *
clash_at(const struct clash *c, size_t i);

/* Was it one sentence, and is it one now, or nothing, in both texts? */
bool
clash_is_sentence(const struct clash_place *p);

/* How many places nothing is chosen at yet. */
size_t
clash_count_open(const struct clash *c);

/* The next place after i, round the end, that is open; false: none. */
bool
clash_find_open(const struct clash *c, size_t *i);

void
clash_choose(struct clash *c, size_t i, enum clash_choice choice);

/* Keep this wording of place i; that does not choose it. */
void
clash_word(struct clash *c, size_t i, const char *s, size_t len);

/* What a wording of one's own begins with: both, or what was kept. */
void
clash_propose(const struct clash *c, size_t i, struct buf *out);

/*
 * Your text with what is chosen in it; where nothing is, the wording that
 * waits, or yours. What is kept as a draft. With `before` and `after` the parts around place i, whose
 * lines are in neither. Appended.
 */
void
clash_mine(const struct clash *c, struct buf *out);

void
clash_mine_around(const struct clash *c, size_t i, struct buf *before,
		  struct buf *after);

/*
 * All is chosen: the joined text, appended. False when what was chosen makes
 * new places, which `c` then holds instead.
 */
bool
clash_finish(struct clash *c, struct buf *out);

#endif
