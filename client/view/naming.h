/*
 * naming.h - what laying out a text asks of us: titles of the pages it links
 * to, as far as they are known.
 */
#ifndef PLEIN_VIEW_NAMING_H
#define PLEIN_VIEW_NAMING_H

#include "base/titles.h"
#include "layout/layout.h"

struct context;

struct naming {
	struct layout_wiki wiki;
	struct titles_index titles;
};

/* For the text of the page `from`. Points into itself, and borrows `from` and
 * the titles of the context. */
void
naming_init(struct naming *n, const struct context *c, const char *from);

void
naming_release(struct naming *n);

#endif
