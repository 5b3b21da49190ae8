/*
 * ending.h - sessions that are ended by somebody: the program of each is told
 * why (event.end) and has a moment to keep what is being written; what is
 * left of it then is killed by the supervisor.
 */
#ifndef PLEIN_WIKI_ENDING_H
#define PLEIN_WIKI_ENDING_H

#include <stdbool.h>

#include "plein/vec.h"

struct control;

/* Who ended them; what the ones that end are told. */
enum ending_why {
	ENDING_OWN, /* their person, from another session */
	ENDING_ADMIN,
	ENDING_CLOSED /* there is no account any more */
};

struct ending {
	char *handle; /* whose */
	long only; /* this connection; 0: all */
	long but; /* not this one; 0: none */
	enum ending_why why;
};

/* A copy of `handle`; ending_free() it. */
struct ending *
ending_new(const char *handle, long only, long but, enum ending_why why);

/* NULL is allowed. */
void
ending_free(struct ending *e);

/* "own", "admin", "closed". */
const char *
ending_word(enum ending_why why);

/* Is the connection of this account one of them? */
bool
ending_holds(const struct ending *e, const char *handle, long conn);

/* Tell those of the streams (struct session *), and the supervisor. On the
 * loop thread. */
void
ending_carry_out(const struct ending *e, const struct vec *streams,
		 struct control *control);

#endif
