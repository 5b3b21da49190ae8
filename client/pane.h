/*
 * pane.h - in a wide window, beside a list, what its item in focus opens: a
 * page or a change, to be looked at only. The wiki is asked when the cursor
 * has rested on an item; the last ones are kept. They are views like any
 * other, with a context of their own in which nothing is said or marked.
 */
#ifndef PLEIN_PANE_H
#define PLEIN_PANE_H

#include <stdbool.h>
#include <stdint.h>

#include "plein/vec.h"
#include "view/view.h"

#define PANE_FROM 120 /* columns of a window with two panes */
#define PANE_LIST 44 /* columns of the list in it */
#define PANE_REST_MS 150
#define PANE_KEPT 4

struct pane {
	struct context ctx;
	const struct view *list; /* that it is beside, or NULL */
	struct vec kept; /* struct pane_item *, the newest last */
	char *wanted; /* name of the item in focus; "" opens nothing */
	struct request request; /* that opens it */
	int64_t due; /* when it is to be asked for, clock_mono_ms(); or 0 */
	struct view *shown; /* one of the kept, or NULL */
	struct canvas *canvas;
};

void
pane_init(struct pane *p);

void
pane_release(struct pane *p);

/*
 * The view on the screen, in so many columns: is there a pane beside it? Then
 * it follows the focus of that view.
 */
bool
pane_follow(struct pane *p, const struct context *c, const struct view *list,
	    int cols);

/* When to call pane_tick(); 0: not as it is now. */
int64_t
pane_due(const struct pane *p);

void
pane_tick(struct pane *p, int64_t now);

/* Right of the list, with a line between. */
void
pane_paint(struct pane *p, struct canvas *c, int top, int rows);

#endif
