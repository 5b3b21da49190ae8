/*
 * listview.h - what the screens that are one list have in common. Each begins
 * with a struct listview, says which rows of the wiki it is of and how one is
 * shown, and adds its own acts; its table names the functions below for what
 * is the same in all.
 */
#ifndef PLEIN_VIEW_LISTVIEW_H
#define PLEIN_VIEW_LISTVIEW_H

#include "view/feed.h"
#include "view/listing.h"
#include "view/look.h"
#include "view/newcount.h"
#include "view/view.h"

struct listview {
	struct view view;
	struct listing list;
	struct feed feed; /* the rows it is of, once listview_feed() said */
	struct look look;
	struct newcount counts; /* of the rows, when one comes back */
};

/* Of view_ops: how a list is shown. */
#define LISTVIEW_SHOWN \
	.paint = listview_paint, .has_more = listview_has_more, \
	.where = listview_where, .tell = listview_tell, .pick = listview_pick

/* The same, and when: of one that waits for its rows alone. */
#define LISTVIEW_ROWS \
	LISTVIEW_SHOWN, .is_ready = listview_is_ready, .recalc = listview_recalc

/* `columns` has LISTING_COLUMNS rows. */
void
listview_init(struct listview *l, const struct view_ops *ops, struct context *c,
	      const struct listing_column *columns);

/* It is of these rows (feed.h); `fill` makes the items of those that came. */
void
listview_feed(struct listview *l, const char *method, const char *cursor,
	      void (*fill)(struct view *v));

/* Items anew: a row each, its index their value; without any the sentence. */
void
listview_fill(struct view *v,
	      void (*add)(struct listview *l, size_t i, const json_t *row),
	      const char *empty);

/* Behind the items: where the wiki did not look through all old texts. */
void
listview_tell_unsearched(struct listview *l);

/* The row in focus where values are indexes of rows, or NULL. */
const json_t *
listview_row(const struct listview *l);

void
listview_release(struct listview *l);

/* Moving, finding, going back; false: another command, and *r is nothing. */
bool
listview_run(struct view *v, enum command cmd, const char *text,
	     struct request *r);

/* Of view_ops: the item in focus is opened, and one goes to others; where there
 * is none neither. */
bool
listview_allows(const struct view *v, enum command cmd);

void
listview_recalc(struct view *v, int rows, int cols);

void
listview_paint(const struct view *v, struct canvas *c, int top, int rows);

bool
listview_has_more(const struct view *v);

void
listview_where(const struct view *v, struct buf *out);

void
listview_tell(const struct view *v, struct telling *t);

bool
listview_pick(struct view *v, size_t value);

/* The rows came, or why not. */
bool
listview_is_ready(const struct view *v);

/* The rows anew, for a method without parameters. */
void
listview_reload(struct view *v);

/* What is new on the pages of the rows may have been read. */
void
listview_returned(struct view *v);

/* Where Enter is all there is. */
extern const enum command listview_bar[];

/* Of a view that is a struct listview and no more. */
void
listview_free(struct view *v);

#endif
