/*
 * presence.h - where somebody is: the page a client shows, as it says itself.
 * In memory, and gone with the stream.
 */
#ifndef PLEIN_WIKI_PRESENCE_H
#define PLEIN_WIKI_PRESENCE_H

#include <stdbool.h>

#define PRESENCE_UNDER_MAX 200 /* bytes of a heading */

/* All zero: it never said. */
struct presence {
	char *address; /* NULL: on no page */
	char *under; /* the heading they write under, or NULL */
	bool writing; /* that page */
	bool known;
};

/* With copies of both. */
struct presence *
presence_new(const char *address, const char *under, bool writing);

void
presence_free(struct presence *p);

/* Does somebody who was `before` begin to write a page now? */
bool
presence_begins(const struct presence *before, const struct presence *now);

/* Are they on this page? */
bool
presence_is_on(const struct presence *p, const char *address);

/* `to` becomes what `from_take` is. */
void
presence_move(struct presence *to, struct presence *from_take);

void
presence_release(struct presence *p);

#endif
