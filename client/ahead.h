/*
 * ahead.h - pages that were gone back from, to go forward to again: the last
 * few, as they were left. Another page opened forgets them.
 */
#ifndef PLEIN_AHEAD_H
#define PLEIN_AHEAD_H

#include "plein/vec.h"
#include "view/view.h"

#define AHEAD_MAX 10

/* Keeps a page; any other view is freed. */
void
ahead_keep(struct vec *ahead, struct view *v_take);

/* The one that was left last, yours; NULL when there is none. */
struct view *
ahead_take(struct vec *ahead);

void
ahead_forget(struct vec *ahead);

#endif
