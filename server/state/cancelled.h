/*
 * cancelled.h - rounds of reflection that were cancelled: nothing that was said
 * in them is left, and each of those who took part keeps a notice until they
 * put it away.
 */
#ifndef PLEIN_STATE_CANCELLED_H
#define PLEIN_STATE_CANCELLED_H

#include <stdint.h>

#include "plein/err.h"
#include "plein/vec.h"
#include "state/rounds.h"
#include "state/state.h"

struct cancelled {
	int64_t number; /* the round had */
	char *theme; /* address of the page it was about */
	char *title;
	char *by; /* handle of who cancelled it */
	char *reason; /* or NULL */
	int64_t when; /* seconds since 1970 */
};

void
cancelled_free(void *cancelled);

/*
 * The round goes with all that is known of it, and so does what was said. Who
 * was asked by name, wrote or answered in it, but for `by`, is to be told:
 * *n_told people.
 */
int
round_cancel(struct state *s, const struct round *r, const char *by,
	     const char *reason, int *n_told, struct err *err);

/* Append struct cancelled *, the newest first: what somebody has not put away. */
int
cancelled_list(struct state *s, const char *space, const char *handle,
	       struct vec *out, struct err *err);

/* Somebody knows it now. When all do nothing is left of it. PLEIN_ENOTFOUND. */
int
cancelled_put_away(struct state *s, const char *space, int64_t number,
		   const char *handle, struct err *err);

/* What nobody is to be told any more goes. */
int
cancelled_sweep(struct state *s, struct err *err);

#endif
