/*
 * answers.h - what people say in a round that is not closed (rounds.h). Who
 * may see it is not decided here (plein/round.h).
 *
 * Of nothing it is kept when it was said, and nothing lies in the order it
 * came. Of a nameless answer it is kept neither whose it is: that somebody
 * answered and what was answered are two tables without a way from one to the
 * other (docs/adr/0018-what-nobody-may-see-is-not-in-git.md).
 */
#ifndef PLEIN_STATE_ANSWERS_H
#define PLEIN_STATE_ANSWERS_H

#include <stdbool.h>

#include "plein/err.h"
#include "plein/round.h"
#include "plein/roundsaid.h"
#include "plein/vec.h"
#include "state/rounds.h"
#include "state/state.h"

#define ROUND_POINTS_MAX 50 /* of a step */

/* Somebody, in a step of a round. */
struct answering {
	const struct round *round;
	const struct round_step *step;
	const char *handle;
};

/* --- being written ---------------------------------------------------------- */

/* What somebody is writing; "" takes it away. Step 0: what the host concludes. */
int
answer_keep(struct state *s, int64_t round, long step, const char *handle,
	    const char *text, struct err *err);

/* *text is NULL when there is none; else for free(). */
int
answer_kept(struct state *s, int64_t round, long step, const char *handle,
	    char **text, struct err *err);

/* --- answers ---------------------------------------------------------------- */

/*
 * The first answer of somebody, or, of one that has a name, what they add to
 * it (in place of what they added before); what they were writing goes.
 * `late`: the step is closed. PLEIN_ESAME for a second nameless one;
 * PLEIN_ETOOBIG when the round has no room.
 */
int
answer_put(struct state *s, const struct answering *a, const char *text,
	   bool late, struct err *err);

int
answer_is_given(struct state *s, const struct answering *a, bool *given,
		struct err *err);

/* Append all answers to a step (struct round_said *) in an order that says
 * nothing; `who` is not set. `anew`: another one than before. */
int
answer_list(struct state *s, const struct round *r,
	    const struct round_step *step, bool anew, struct vec *out,
	    struct err *err);

/* --- agreement -------------------------------------------------------------- */

/* Add a statement to a step; *n is its number. PLEIN_ERULE "points". */
int
answer_point(struct state *s, const struct round *r,
	     const struct round_step *step, const char *text, long *n,
	     struct err *err);

/* Whether somebody agrees, in place of what they said before; `reason` may be
 * NULL. PLEIN_ENOTFOUND. */
int
answer_stand(struct state *s, const struct answering *a, long point,
	     const struct round_stand *stand, struct err *err);

/* Append struct round_point *; `who` of a stand is not set. */
int
answer_points(struct state *s, const struct round *r,
	      const struct round_step *step, struct vec *out, struct err *err);

#endif
