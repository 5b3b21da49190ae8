/* page.h - reading a page: rendered Markdown, links to follow. */
#ifndef PLEIN_VIEW_PAGE_H
#define PLEIN_VIEW_PAGE_H

#include <jansson.h>

struct context;
struct view;

/*
 * args {address, version, at}: the newest version when that is absent; `at` is
 * where in it, as following_arrive() takes it.
 */
struct view *
page_view_new(struct context *c, const json_t *args);

#endif
