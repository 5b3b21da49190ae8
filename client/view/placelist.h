/*
 * placelist.h - the places where two texts differ (places.h) as lines that
 * scroll, with a cursor in them. Not a view: views hold one.
 */
#ifndef PLEIN_VIEW_PLACELIST_H
#define PLEIN_VIEW_PLACELIST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/command.h"
#include "layout/layout.h"
#include "plein/buf.h"
#include "ui/canvas.h"
#include "view/places.h"
#include "view/scroll.h"
#include "view/telling.h"

struct placelist {
	struct places places;
	struct layout layout;
	struct scroll scroll; /* over the lines of the layout */
	int cols; /* they were made for; 0: not yet */
};

/* As places_find(). */
void
placelist_init(struct placelist *l, const char *was, size_t was_len,
	       const char *is, size_t is_len);

void
placelist_release(struct placelist *l);

void
placelist_recalc(struct placelist *l, int rows, int cols);

/* With the cursor on the line of the focus when that is `in_focus`. */
void
placelist_paint(const struct placelist *l, struct canvas *c, int top, int rows,
		bool in_focus);

/*
 * UP, DOWN, PAGE_UP …: by line; NEXT_ITEM and PREVIOUS_ITEM from place to
 * place. False when it is no movement, or there is nothing further.
 */
bool
placelist_move(struct placelist *l, enum command cmd);

/* To the last place: where somebody comes who walks up from below. */
void
placelist_enter(struct placelist *l);

/* Index of the place in focus; 0 without any. */
size_t
placelist_focus(const struct placelist *l);

/* "Place 2 of 2, under Sources, 3 words added.", appended. */
void
placelist_tell_focus(const struct placelist *l, struct buf *out);

/* Each place and its passage. */
void
placelist_tell(const struct placelist *l, struct telling *t);

#endif
