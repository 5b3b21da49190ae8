/* backlinks.h - what links here: the pages that lead to a page. */
#ifndef PLEIN_VIEW_BACKLINKS_H
#define PLEIN_VIEW_BACKLINKS_H

#include <jansson.h>

struct context;
struct view;

/* args {address, parents}: where that page belongs, as page.read tells, or
 * NULL */
struct view *
backlinks_view_new(struct context *c, const json_t *args);

#endif
