/* drafts.h - what a person was writing and did not save. */
#ifndef PLEIN_VIEW_DRAFTS_H
#define PLEIN_VIEW_DRAFTS_H

#include <jansson.h>

struct context;
struct view;

/* No args. */
struct view *
drafts_view_new(struct context *c, const json_t *args);

#endif
