/*
 * listing.h - a list as most screens show one: items with columns at the
 * right and lines that explain them below, headings between. Not a view:
 * views hold one. Lines that explain an item belong to it: Enter there does
 * the same.
 */
#ifndef PLEIN_VIEW_LISTING_H
#define PLEIN_VIEW_LISTING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/command.h"
#include "base/marked.h"
#include "plein/buf.h"
#include "plein/vec.h"
#include "ui/canvas.h"
#include "view/scroll.h"
#include "view/telling.h"

#define LISTING_COLUMNS 4

/* A column at the right. In a wider window it keeps its place from the right
 * edge; in a narrower one than `from` it falls away. */
struct listing_column {
	int at; /* first cell, in a window of 80 */
	int width; /* 0: there is no such column */
	bool right; /* flush right */
	int gap; /* blanks before it, at least; 0: one */
	int early; /* cells that a text too long for it begins before it */
	int from; /* columns of the window from which it is shown */
};

struct listing {
	struct vec items; /* struct listing_item * */
	struct vec lines; /* struct listing_line *, as of the last recalc */
	struct scroll scroll; /* over the lines */
	struct listing_column columns[LISTING_COLUMNS];
	int indent; /* the owner's: of what explains an item */
	int lead; /* blank lines above, 0 where the window is low */
	int window; /* rows it would have without a drawer, or 0 */
	int cols; /* of the window the lines were made for */
	bool resting; /* the focus is elsewhere: it is not shown */
	bool stale; /* the items are others than the lines show */
	bool kept; /* the focus is to be put back on `value` */
	size_t value;
};

/* `columns` has LISTING_COLUMNS rows. */
void
listing_init(struct listing *l, const struct listing_column *columns);

void
listing_release(struct listing *l);

/* Without items; the focus comes back to the item of the same value. */
void
listing_clear(struct listing *l);

/* The focus goes to the item of that value, as soon as it is there. */
void
listing_want(struct listing *l, size_t value);

/*
 * An item; `value` is the owner's, one of its own for each item. Cells belong
 * to the columns, in order; "" or NULL is an empty one. Copies all.
 */
void
listing_add(struct listing *l, size_t value, const char *text,
	    const char *const cells[LISTING_COLUMNS]);

/* Words of the last item that stand before its text, as "[x] 14 ": part of
 * what is spoken, `spoken` instead ("marked, 14"). */
void
listing_prefix(struct listing *l, const char *shown, const char *spoken);

/* Beside the last item: "3 new"; "*" where the window is narrow. It is spoken
 * last. */
void
listing_count(struct listing *l, const char *count);

/* Below the last item: at most `rows` lines, wrapped. */
void
listing_detail(struct listing *l, const char *text, int rows);

/* The same, bold what stands between asterisks. */
void
listing_found(struct listing *l, const char *text, int rows);

/* Below the last item: all of a text in which two versions stand, what went
 * and came in its style; from 120 columns on the versions side by side. */
void
listing_marked(struct listing *l, const struct marked *text);

/* Differences in the text of the last item have their style too. */
void
listing_marks(struct listing *l, const struct marked *text);

/* A blank line above the last item, unless it is the first. */
void
listing_gap(struct listing *l);

/* Bold, with a blank line above unless it is the first. Takes the focus: a
 * reader hears it between the items. */
void
listing_heading(struct listing *l, const char *text);

/* A sentence between items, wrapped; for an empty list the only one. */
void
listing_say(struct listing *l, const char *text);

/* Is there no item, but headings and sentences perhaps? */
bool
listing_is_empty(const struct listing *l);

/* Make the lines for a window of this size. */
void
listing_recalc(struct listing *l, int rows, int cols);

void
listing_paint(const struct listing *l, struct canvas *c, int top, int rows);

/* Moves the focus for UP, DOWN, NEXT_ITEM …; false when it is no movement.
 * NEXT_ITEM and PREVIOUS_ITEM go from item to item. */
bool
listing_move(struct listing *l, enum command cmd);

/* The item in focus, or whose lines are; false on a heading or sentence. */
bool
listing_focus(const struct listing *l, size_t *value);

/* Put the focus there; false when there is no such item. */
bool
listing_pick(struct listing *l, size_t value);

/*
 * Put the focus on the next (1) or previous (-1) item with these words in its
 * text, its cells or what explains it, whatever their capitals and accents,
 * round the end; by 0 the one in focus will do. It is the n-th of all; false
 * when there is none.
 */
bool
listing_find(struct listing *l, const char *words, int by, size_t *n,
	     size_t *all);

/*
 * Put the focus where the longest beginning of `text` stands in what explains
 * an item: on that line, or with `item` on the item. False when no word does.
 */
bool
listing_seek(struct listing *l, const char *text, bool item);

/* What the line of the focus and those behind it explain; NULL on the item
 * itself. */
const char *
listing_explained(const struct listing *l);

/* "Common Ground, thema, nieuw", the whole text of the line in focus. */
void
listing_tell_focus(const struct listing *l, struct buf *out);

/* "Line 2 of 14: ", and that: the sentence for "where am I?". */
void
listing_where(const struct listing *l, struct buf *out);

void
listing_tell(const struct listing *l, struct telling *t);

/* Is the end of what is there in sight? Then it is time to ask for more. */
bool
listing_nears_end(const struct listing *l);

#endif
