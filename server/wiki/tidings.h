/*
 * tidings.h - what happened to pages and remarks, as lines for every stream that wants to
 * know. Found by looking at how far the index has come, so it does not
 * matter who moved main: a save, a push, or a rebuild that caught up.
 */
#ifndef PLEIN_WIKI_TIDINGS_H
#define PLEIN_WIKI_TIDINGS_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "plein/buf.h"
#include "plein/vec.h"
#include "wiki/desk.h"

#define TIDINGS_MAX 256 /* of each at once; more is not told one by one */

struct tiding {
	struct space *space; /* it happened in */
	char *address; /* of the page; NULL: lists of pages are others */
	struct vec names; /* handles of whom it is for, whatever the page */
	bool asks; /* only for who may write: those, where there are any */
	struct buf line; /* a notification, with its newline; empty: the same */
};

void
tiding_free(void *t);

/* Does it mention or answer this person (NULL: nobody)? */
bool
tiding_is_for(const struct tiding *t, const char *handle);

/*
 * Something is asked of these people (char *, handles; none: of everybody who
 * may write), about a page: they hear it with the next tidings_gather(), as
 * event.asked. Of the writer.
 */
void
tidings_ask(struct desk *d, const char *address, const struct vec *handles,
	    json_t *params_take);

/*
 * Look at the desk's index: struct tiding * for what came behind what was told
 * before are appended: the versions, and that lists of pages are other ones
 * (index_shape()). *lost becomes true when there was too much,
 * or main went back: everybody reads anew. Nothing happens while there is no
 * index.
 */
void
tidings_gather(struct desk *d, struct told *told, struct vec *out, bool *lost);

#endif
