/*
 * events.h - what one stream hears of others' work. Pure: it decides, the
 * session sends.
 *
 * A stream that does not read is not waited for and does not grow: from a
 * bound on it is sent nothing more, and when it has read all that waited it
 * is told once that something is missing (event.resync): it reads anew.
 */
#ifndef PLEIN_WIKI_EVENTS_H
#define PLEIN_WIKI_EVENTS_H

#include <stdbool.h>
#include <stddef.h>

#define EVENTS_ALL "all" /* not the page of that name: no such address */
#define EVENTS_NONE "" /* of no page, only of lists of them */

/* All zero: it hears nothing. */
struct events {
	bool on;
	char *page; /* only this one; NULL: all; EVENTS_NONE */
	bool behind; /* something was left out */
};

/* From now on all pages (EVENTS_ALL), one or none; again replaces it. */
void
events_subscribe(struct events *e, const char *pages);

void
events_release(struct events *e);

/*
 * May an event about this page (NULL: about none, for everybody) be sent
 * while `waiting` bytes wait already, `max` being the bound? What may not
 * and was wanted is missing from then on.
 */
bool
events_admit(struct events *e, const char *address, size_t waiting, size_t max);

/* Something is missing, whatever waits. */
void
events_miss(struct events *e);

/* Is it time for event.resync? True once. */
bool
events_resync(struct events *e, size_t waiting);

#endif
