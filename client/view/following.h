/*
 * following.h - where the links of a page lead, and the place that was meant
 * on the page they lead to: a heading, or the link that leads back.
 */
#ifndef PLEIN_VIEW_FOLLOWING_H
#define PLEIN_VIEW_FOLLOWING_H

#include "view/reading.h"
#include "view/view.h"

/* Follow the link under the cursor, on the page `from`. */
struct request
following_open(struct reading *r, struct context *c, const char *from);

/*
 * Go to a place on the page `from`: "#heading", or the first link that leads
 * to an address, or "?words", the first of them, or "?before|words", the first with
 * that before it. Without such a place the cursor stays.
 */
void
following_arrive(struct reading *r, struct context *c, const char *from,
		 const char *at);

#endif
