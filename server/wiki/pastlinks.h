/*
 * pastlinks.h - what linked to a page at a moment in the past. Old texts were
 * taken in with what they named when (state/past_named.h), so that only the
 * pages which are told of are read, as they were then.
 *
 * What changed between the place up to which they were taken in and that moment
 * must be read to know; of a long way, while they are being taken in from the
 * start, only PASTLINKS_TEXTS pages are.
 */
#ifndef PLEIN_WIKI_PASTLINKS_H
#define PLEIN_WIKI_PASTLINKS_H

#include <stdbool.h>

#include "plein/err.h"
#include "plein/vec.h"
#include "state/links.h"
#include "wiki/desk.h"

#define PASTLINKS_MS 100 /* then a part ends */
#define PASTLINKS_TEXTS 200

struct pastlinks {
	struct vec rows; /* struct links_row *, as links_to() has them */
	bool more; /* behind these; a part may be shorter than was asked for */
	bool complete; /* false: old texts are being taken in: there may be others */
};

/* Links in pages to the page that has this address now, or had it then, with
 * addresses and titles of then. pastlinks_release() it in any case. */
int
pastlinks_to(struct desk *d, long when, const char *address,
	     const struct links_part *part, struct pastlinks *out,
	     struct err *err);

void
pastlinks_release(struct pastlinks *l);

#endif
