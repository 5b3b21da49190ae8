/* rounds.h - the rounds of reflection that are open; Enter goes to one. */
#ifndef PLEIN_VIEW_ROUNDS_H
#define PLEIN_VIEW_ROUNDS_H

#include <jansson.h>

struct context;
struct view;

/* args {address}: of the page one comes from, about which a round can be
 * opened; or NULL */
struct view *
rounds_view_new(struct context *c, const json_t *args);

/* A form to open one: args {address}. */
struct view *
roundopen_view_new(struct context *c, const json_t *args);

#endif
