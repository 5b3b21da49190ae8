/*
 * tour.h - where somebody goes on reading: what is unread in the order of the
 * agenda, a page that changed and then its discussions; behind the last comes
 * the first. What hangs nowhere comes last, by address.
 *
 * The pages are looked at part by part, from where they are, until there is
 * something and TOUR_LEFT more were counted. Where little came since counting
 * began, only the pages of that are.
 */
#ifndef PLEIN_WIKI_TOUR_H
#define PLEIN_WIKI_TOUR_H

#include <stdbool.h>

#include "plein/err.h"
#include "wiki/unread.h"

#define TOUR_LEFT 500

struct tour_stop {
	char *address; /* NULL: none */
	char *code; /* of the discussion; NULL: the page itself */
};

struct tour {
	struct tour_stop next;
	long left; /* others that are unread, TOUR_LEFT at most */
	bool more; /* than those */
};

/* `u` has the marks; what is unread of some pages is loaded there. `here` may
 * be nowhere. tour_release() it in any case. */
int
tour_find(struct tour *t, struct unread *u, const struct tour_stop *here,
	  struct err *err);

void
tour_release(struct tour *t);

#endif
