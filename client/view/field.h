/* field.h - a drawer that asks for one line, for the view below. */
#ifndef PLEIN_VIEW_FIELD_H
#define PLEIN_VIEW_FIELD_H

#include "base/command.h"

struct context;
struct view;

/* Enter runs `command` with the line. */
struct view *
field_view_new(struct context *c, const char *question, enum command command);

#endif
