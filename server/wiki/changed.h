/*
 * changed.h - pages that others changed and somebody has not seen since:
 * behind the place on main where counting began, newer than the version they
 * read last, under any address of the page. Each counts as one.
 */
#ifndef PLEIN_WIKI_CHANGED_H
#define PLEIN_WIKI_CHANGED_H

#include <stdbool.h>
#include <stdint.h>

#include "plein/err.h"
#include "plein/vec.h"
#include "wiki/desk.h"

/* Which versions somebody has read of some pages. */
struct seen {
	struct vec marks; /* struct mark *, by address */
};

/* Of those with news, struct news_page *; seen_release() it in any case. */
int
seen_load(struct seen *s, struct desk *d, const char *handle,
	  const struct vec *pages, struct err *err);

void
seen_release(struct seen *s);

/* The version that they read last, or 0. */
long
seen_version(const struct seen *s, const char *address);

struct changed {
	struct vec pages; /* struct news_page *, by address */
};

/* Behind `after`, a place on main; only of `pages`, a JSON array of addresses,
 * or NULL: of all. changed_release() it in any case. */
int
changed_load(struct changed *c, struct desk *d, const char *handle,
	     int64_t after, const char *pages, struct err *err);

void
changed_release(struct changed *c);

bool
changed_has(const struct changed *c, const char *address);

#endif
