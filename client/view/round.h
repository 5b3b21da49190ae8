/*
 * round.h - one step of a round of reflection: its question, what others
 * answered as soon as one may see it, and what people agree about.
 */
#ifndef PLEIN_VIEW_ROUND_H
#define PLEIN_VIEW_ROUND_H

#include <jansson.h>

struct context;
struct view;

/* args {round, step} */
struct view *
round_view_new(struct context *c, const json_t *args);

/* Writing an answer to it: the same args. */
struct view *
roundwrite_view_new(struct context *c, const json_t *args);

/* Closing it: args {round}. */
struct view *
roundclose_view_new(struct context *c, const json_t *args);

#endif
