/*
 * follows.h - what a person wants to hear of, where that is not what it is by
 * itself (wiki/unread.h): a page by its address, or a thread by its code. An
 * address is what the page was called when they said so.
 */
#ifndef PLEIN_STATE_FOLLOWS_H
#define PLEIN_STATE_FOLLOWS_H

#include "plein/err.h"
#include "plein/vec.h"
#include "state/state.h"

#define FOLLOWS_MAX 1000 /* wishes of one person in a space */

enum follow {
	FOLLOW_AUTO, /* no wish */
	FOLLOW_NO,
	FOLLOW_YES,
	FOLLOW_MUTED, /* is not counted, but for what names or answers them */
	FOLLOW_N
};

/* "auto", "no", "yes", "muted"; FOLLOW_N for another word. */
enum follow
follow_of(const char *word);

const char *
follow_word(enum follow f);

struct wish {
	char *what; /* an address or a code */
	enum follow follow;
};

void
wish_free(void *w);

/* FOLLOW_AUTO takes it away. PLEIN_ERULE when there are too many. */
int
follow_put(struct state *s, const char *space, const char *handle,
	   const struct wish *w, struct err *err);

/* All of one person, by `what`: struct wish * appended. */
int
follow_list(struct state *s, const char *space, const char *handle,
	    struct vec *out, struct err *err);

#endif
