/* help.h - what a screen is for and what its keys do; from the one list. */
#ifndef PLEIN_VIEW_HELP_H
#define PLEIN_VIEW_HELP_H

#include "base/command.h"

struct context;
struct view;

struct view *
help_view_new(struct context *c, enum place about);

#endif
