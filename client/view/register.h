/* register.h - the form to apply for a profile, and to change what was said. */
#ifndef PLEIN_VIEW_REGISTER_H
#define PLEIN_VIEW_REGISTER_H

#include <jansson.h>

struct context;
struct view;

/*
 * args {first}: the session began with it, so leaving it ends that; else it is
 * gone back from. {change}: as register.status has it, of an application that
 * waits or was refused.
 */
struct view *
register_view_new(struct context *c, const json_t *args);

#endif
