/*
 * label.h - links as they read: [Label], [Label?] when the page is not there,
 * [Label, host] when it leads outside, the page's title for a bare [[x]], the
 * description of an image.
 */
#ifndef PLEIN_LAYOUT_LABEL_H
#define PLEIN_LAYOUT_LABEL_H

#include "layout/maker.h"
#include "plein/buf.h"

/* A link begins; `target` (as written, "[[x]]" for a wiki link) is emptied. */
void
label_begin(struct maker *m, struct buf *target, enum label_kind kind);

/* It ends; result as maker_spend(). */
int
label_end(struct maker *m);

#endif
