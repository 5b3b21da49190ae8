/* news.h - what others changed since somebody was here. */
#ifndef PLEIN_VIEW_NEWS_H
#define PLEIN_VIEW_NEWS_H

#include <jansson.h>

struct context;
struct view;

/* No arguments. */
struct view *
news_view_new(struct context *c, const json_t *args);

#endif
