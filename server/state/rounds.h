/*
 * rounds.h - rounds of reflection that are not closed yet (docs/reflection.md):
 * who opened them, their steps, who takes part. What is said in them:
 * answers.h. When a round has closed nothing of it is here any more.
 */
#ifndef PLEIN_STATE_ROUNDS_H
#define PLEIN_STATE_ROUNDS_H

#include <stdbool.h>
#include <stdint.h>

#include "plein/err.h"
#include "plein/round.h"
#include "plein/vec.h"
#include "state/state.h"

#define ROUNDS_MAX 100 /* of one space at once */

struct round {
	int64_t number;
	char *space;
	char *theme; /* address of the page it is about */
	char *title;
	char *host; /* handle of who opened it */
	char *code; /* by which its page knows it; made by round_open() */
	int64_t opened; /* seconds since 1970 */
	bool closing; /* nothing is added any more */
	struct vec steps; /* struct round_step *, in order; empty in lists */
};

/* For vec_release() of round_list(). */
void
round_free(void *round);

/*
 * Store a new one, with its steps and who takes part (char *, handles; none:
 * everybody who may write there); r->number and r->code are set, `opened` is
 * now. PLEIN_ERULE "rounds" when there are too many, PLEIN_ENOTFOUND for a
 * handle of nobody.
 */
int
round_open(struct state *s, struct round *r, const struct vec *guests,
	   struct err *err);

/* One, with its steps; PLEIN_ENOTFOUND. */
int
round_get(struct state *s, const char *space, int64_t number,
	  struct round **out, struct err *err);

/* Append struct round * of a space, the newest first. */
int
round_list(struct state *s, const char *space, struct vec *out,
	   struct err *err);

/* The step of this number; NULL when there is none. */
struct round_step *
round_step(const struct round *r, long n);

/* How many were asked to take part (0: everybody), and is this one of them? Its
 * host always is. */
int
round_is_asked(struct state *s, const struct round *r, const char *handle,
	       bool *asked, long *all, struct err *err);

/* Close a step now, or (until > 0) have it open until then. */
int
round_set_step(struct state *s, const struct round *r, long step, int64_t until,
	       struct err *err);

/* All of its steps are closed, and nothing is added any more. */
int
round_set_closing(struct state *s, const struct round *r, struct err *err);

/* It is a page now: all that is known of it here goes. */
int
round_drop(struct state *s, int64_t number, struct err *err);

/* --- what somebody is asked ------------------------------------------------- */

/* The first step of a round that somebody did not answer yet. */
struct round_due {
	int64_t round;
	char *title, *theme, *step;
	long n; /* of the step */
	long steps; /* of them in that round they have to answer */
	int64_t until;
};

void
round_due_free(void *due);

/*
 * Append struct round_due *, what ends first in front: open steps of rounds
 * in which this person takes part, who may write in the space.
 */
int
rounds_due(struct state *s, const char *space, const char *handle, int64_t now,
	   struct vec *out, struct err *err);

#endif
