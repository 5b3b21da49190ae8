/* rename.h - the form that moves a page to another address. */
#ifndef PLEIN_VIEW_RENAME_H
#define PLEIN_VIEW_RENAME_H

#include <jansson.h>

struct context;
struct view;

/* args {address} */
struct view *
rename_view_new(struct context *c, const json_t *args);

#endif
