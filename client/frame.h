/*
 * frame.h - where things stand in a window of a size, and the lines around
 * the body: title bar, place, message, key bar.
 */
#ifndef PLEIN_FRAME_H
#define PLEIN_FRAME_H

#include <stdbool.h>

#include "view/view.h"

#define FRAME_ROWS_MIN 12
#define FRAME_COLS_MIN 40

/*
 * What the canvas holds around the body already: nothing that is the same is
 * painted again.
 */
struct frame_shown {
	struct buf head, message, bar;
};

struct frame {
	int rows, cols;
	int top; /* first line of the body */
	int body; /* its lines */
	int message; /* line of the message */
	int bar, bar_rows;
	bool place; /* is there a place line? */
	struct frame_shown *shown; /* or NULL: the canvas is blank */
};

void
frame_shown_init(struct frame_shown *s);

/* The canvas was cleared. */
void
frame_forget(struct frame_shown *s);

void
frame_shown_release(struct frame_shown *s);

/*
 * False when the window is too small for more than one sentence. `shown`
 * becomes NULL.
 */
bool
frame_fit(struct frame *f, int rows, int cols);

void
frame_paint_head(const struct frame *f, struct canvas *c, const struct head *h);

void
frame_paint_message(const struct frame *f, struct canvas *c,
		    const char *message, bool more);

/* The bar of this view, without what it does not allow. */
void
frame_paint_bar(const struct frame *f, struct canvas *c, const struct view *v);

/* The one sentence, with the cursor on it. */
void
frame_paint_small(struct canvas *c);

#endif
