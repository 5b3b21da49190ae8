/*
 * search.h - finding pages by words, as they are typed. Enter opens a page at
 * the place where the words are.
 */
#ifndef PLEIN_VIEW_SEARCH_H
#define PLEIN_VIEW_SEARCH_H

#include <jansson.h>

struct context;
struct view;

/* args {words}: to begin with; without, they are typed. */
struct view *
search_view_new(struct context *c, const json_t *args);

#endif
