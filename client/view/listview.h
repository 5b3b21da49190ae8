/*
 * listview.h - what the screens that are one list have in common. Each begins
 * with a struct listview, fills its list and adds its own acts; its table names
 * the functions below for what is the same in all.
 */
#ifndef PLEIN_VIEW_LISTVIEW_H
#define PLEIN_VIEW_LISTVIEW_H

#include "view/listing.h"
#include "view/look.h"
#include "view/view.h"

struct feed;

struct listview {
	struct view view;
	struct listing list;
	struct feed *feed; /* the owner's, that the list comes from; or NULL */
	struct look look;
};

/* `columns` has LISTING_COLUMNS rows. */
void
listview_init(struct listview *l, const struct view_ops *ops, struct context *c,
	      const struct listing_column *columns);

/* The wiki did not give what it is of: say so, here and on line 23. */
void
listview_fail(struct listview *l, const struct rpc_msg *m);

void
listview_release(struct listview *l);

/* Moving, finding, going back; false: another command, and *r is nothing. */
bool
listview_run(struct view *v, enum command cmd, const char *text,
	     struct request *r);

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

#endif
