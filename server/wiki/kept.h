/*
 * kept.h - answers about all pages, which everybody who signs in asks for: the
 * last ones are kept as they were written, until lists of pages are other ones
 * (index_shape()). Shared by the threads that read.
 */
#ifndef PLEIN_WIKI_KEPT_H
#define PLEIN_WIKI_KEPT_H

#include <stddef.h>

#include "plein/buf.h"
#include "plein/err.h"
#include "wiki/method.h"

#define KEPT_ROOM (12UL * 1024 * 1024) /* bytes of all of them */

struct desk;
struct kept;

struct kept *
kept_new(void);

/* NULL is allowed. */
void
kept_free(struct kept *k);

/*
 * Answer as `make` does, or did for these parameters; `what` it is about. What
 * it makes may hang on parameters and on the pages there are now, and on
 * nothing else. The answer is in c->text or c->result: call_result().
 */
int
kept_answer(struct desk *d, struct call *c, const char *what,
	    int (*make)(struct desk *d, struct call *c));

/* The same of a text, appended, that hangs on nothing but the pages. */
int
kept_text(struct desk *d, const char *what,
	  int (*make)(struct desk *d, struct buf *out, struct err *err),
	  struct buf *out, struct err *err);

#endif
