/* page.h - reading a page: rendered Markdown, links to follow. */
#ifndef PLEIN_VIEW_PAGE_H
#define PLEIN_VIEW_PAGE_H

#include <jansson.h>

struct context;
struct view;

/* args {address, version}: the newest version when that is absent */
struct view *
page_view_new(struct context *c, const json_t *args);

#endif
