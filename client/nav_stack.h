/*
 * nav_stack.h - which views are open, one above the other, for nav's own files
 * (nav_top() and what others may ask stand in nav.h); and what replies of the
 * wiki asked for in the name of one of them, which goes with it.
 */
#ifndef PLEIN_NAV_STACK_H
#define PLEIN_NAV_STACK_H

#include "nav.h"

struct nav_post {
	struct view *from; /* NULL: in nobody's name */
	struct request request;
};

void
nav_free_post(void *post);

/*
 * Index of the highest view with text that would be lost, or 0: it gives it
 * to the one below when it is left.
 */
size_t
nav_find_dirty(const struct nav *n);

/* Another one above all. Of more than NAV_STEPS the oldest goes. */
void
nav_push(struct nav *n, struct view *v_take);

/* Yours; NULL when it is the only one. */
struct view *
nav_take_top(struct nav *n);

void
nav_close_top(struct nav *n);

/* The one below the top, without a word to what is below that. */
void
nav_close_below(struct nav *n);

/* Have it read anew what it shows. */
void
nav_reload(struct view *v);

/* What the start screen shows may have changed: it is read anew, once it is
 * seen. In a large wiki that is much. */
void
nav_outdate_start(struct nav *n);

/* Close until view i is the top. */
void
nav_close_above(struct nav *n, size_t i);

#endif
