/*
 * sitting.h - a round of reflection as the caller has it before them: may
 * they take part, whose is it, which answers may they see. All of round.*
 * goes through here.
 */
#ifndef PLEIN_WIKI_SITTING_H
#define PLEIN_WIKI_SITTING_H

#include <stdbool.h>
#include <stdint.h>

#include "plein/buf.h"
#include "plein/round.h"
#include "plein/vec.h"
#include "state/answers.h"
#include "state/rounds.h"
#include "wiki/desk.h"
#include "wiki/method.h"

struct sitting {
	struct round *round;
	const struct round_step *step; /* the one that was asked for, or NULL */
	bool takes_part;
	bool is_host;
	long asked; /* people; 0: everybody who may write */
	int64_t now;
};

#define SITTING_INIT \
	{ \
		NULL, NULL, false, false, 0, 0 \
	}

/*
 * By the parameters `round` and `step`. PLEIN_ENOTFOUND. Release it in any
 * case.
 */
int
sitting_open(struct sitting *s, struct desk *d, struct call *c);

void
sitting_release(struct sitting *s);

/* PLEIN_EDENIED for who does not take part. */
int
sitting_check_part(const struct sitting *s, struct err *err);

/* PLEIN_EDENIED for all but who opened it, and a beheerder. */
int
sitting_check_host(const struct sitting *s, const struct call *c,
		   struct err *err);

/* PLEIN_ERULE "round-closing" when nothing can be added any more. */
int
sitting_check_running(const struct sitting *s, struct err *err);

/* Did the caller answer this step, and may they see what others said? */
int
sitting_look(const struct sitting *s, struct desk *d, struct call *c,
	     const struct round_step *step, bool *answered,
	     enum round_sight *sight);

/* What was said in a step, and agreed, with `who` as others may know it:
 * sitting_look() comes before. `anew` as answer_list(). */
int
sitting_said(const struct sitting *s, struct desk *d,
	     const struct round_step *step, bool anew, struct vec *said,
	     struct err *err);

int
sitting_points(const struct sitting *s, struct desk *d,
	       const struct round_step *step, struct vec *points,
	       struct err *err);

/* The newest round on this theme that has closed: its page, for free(); NULL
 * when there is none, or nobody knows. */
char *
sitting_previous(struct desk *d, const char *theme);

/*
 * A text as it is stored: plain line ends, no blanks around it. PLEIN_ERULE
 * `rule` for a character that may not be stored, and when it is empty, unless
 * it `may_be`.
 */
int
sitting_text(struct buf *out, const char *text, const char *rule, bool may_be,
	     struct err *err);

#define PARAM_ROUND \
	{ \
		"round", PARAM_NUMBER, true, COUNT_MAX, "its number" \
	}

#define PARAM_STEP \
	{ \
		"step", PARAM_NUMBER, true, ROUND_STEPS_MAX, "of the round" \
	}

#endif
