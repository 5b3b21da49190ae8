/* branch.h - a row of the agenda in words. Pure. */
#ifndef PLEIN_VIEW_BRANCH_H
#define PLEIN_VIEW_BRANCH_H

#include "view/tree.h"

/* Its title; that of the heading of pages that hang nowhere. */
const char *
branch_title(const struct tree_row *r);

/* "Common Ground, draft, 1 new", appended. */
void
branch_name(const struct tree_row *r, struct buf *out);

/* The same, and ", 2 pages below it". */
void
branch_tell(const struct tree_row *r, struct buf *out);

#endif
