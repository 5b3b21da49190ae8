/* page.h - reading a page: rendered Markdown, links to follow. */
#ifndef PLEIN_VIEW_PAGE_H
#define PLEIN_VIEW_PAGE_H

struct context;
struct view;

struct view *
page_view_new(struct context *c, const char *address);

#endif
