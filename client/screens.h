/* screens.h - from the name of a screen to its view; see view/screen.def. */
#ifndef PLEIN_SCREENS_H
#define PLEIN_SCREENS_H

#include "view/view.h"

/* `args` may be NULL for a screen that needs none. */
struct view *
screens_open(enum screen screen, struct context *c, const json_t *args);

/* Does the command open a screen, and no more? Then *r shows it. */
bool
screens_of(enum command cmd, struct request *r);

#endif
