/*
 * pastlinks.h - what linked to a page at a moment in the past. A page that did
 * not change since has the links it has today: so today's index tells which of
 * those lead there. Of the others each is read, as it was then.
 */
#ifndef PLEIN_WIKI_PASTLINKS_H
#define PLEIN_WIKI_PASTLINKS_H

#include "plein/err.h"
#include "plein/vec.h"
#include "state/links.h"
#include "wiki/desk.h"

/* Links in pages to the page that has this address now, or had it then, as
 * links_to() has them, with addresses and titles of then: struct links_row *
 * appended. */
int
pastlinks_to(struct desk *d, long when, const char *address,
	     const struct links_part *part, struct vec *out, struct err *err);

#endif
