/* spaces.h - the spaces there are for this person; Enter goes to one. */
#ifndef PLEIN_VIEW_SPACES_H
#define PLEIN_VIEW_SPACES_H

#include <jansson.h>

struct context;
struct view;

/* args {act}: a code is asked for at once; or none. */
struct view *
spaces_view_new(struct context *c, const json_t *args);

#endif
