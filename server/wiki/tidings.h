/*
 * tidings.h - what happened to pages and remarks, as lines for every stream that wants to
 * know. Found by looking at how far the index has come, so it does not
 * matter who moved main: a save, a push, or a rebuild that caught up.
 */
#ifndef PLEIN_WIKI_TIDINGS_H
#define PLEIN_WIKI_TIDINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "plein/buf.h"
#include "plein/vec.h"
#include "wiki/desk.h"

#define TIDINGS_MAX 256 /* of each at once; more is not told one by one */

struct tiding {
	const struct space *space; /* it happened in */
	char *address; /* NULL: about no page */
	struct buf line; /* a notification, with its newline */
};

void
tiding_free(void *t);

/*
 * Look at the desk's index: struct tiding * for what came behind place *seq
 * of main are appended, and *seq moves on. *lost becomes true when there was
 * too much, or main went back: everybody reads anew. Nothing happens while
 * there is no index. *seq is TIDINGS_NEW before the first look, which tells
 * nothing, unless there was none to look at before.
 */
#define TIDINGS_NEW (-1)
#define TIDINGS_BLIND (-2)

void
tidings_gather(struct desk *d, int64_t *seq, struct vec *out, bool *lost);

#endif
