/*
 * nav_presence.h - others hear which page is shown here, and whether it is
 * being written: a moment after it became so, and nothing while nothing
 * changes. Only people with an account have that.
 */
#ifndef PLEIN_NAV_PRESENCE_H
#define PLEIN_NAV_PRESENCE_H

#include <stdbool.h>
#include <stdint.h>

struct nav;

/* What was said last; all zero: nothing. */
struct nav_presence {
	bool said;
	char *address; /* of the page, or NULL */
	char *under; /* the heading that is written under, or NULL */
	bool writing;
	int64_t told; /* when */
	int64_t due; /* when to say what is otherwise now; 0: nothing is */
};

/* As of views: when there is something to do, and do what is due. */
int64_t
nav_presence_due(const struct nav *n);

void
nav_presence_tick(struct nav *n, int64_t now);

/* The wiki knows nothing of it (any more). */
void
nav_presence_forget(struct nav *n);

#endif
