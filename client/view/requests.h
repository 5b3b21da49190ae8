/* requests.h - who applied for an account, for who decides. */
#ifndef PLEIN_VIEW_REQUESTS_H
#define PLEIN_VIEW_REQUESTS_H

#include <jansson.h>

struct context;
struct view;

/* No args. */
struct view *
requests_view_new(struct context *c, const json_t *args);

#endif
