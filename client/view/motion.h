/* motion.h - which commands move the cursor of a text, and how. */
#ifndef PLEIN_VIEW_MOTION_H
#define PLEIN_VIEW_MOTION_H

#include <stdbool.h>

#include "base/command.h"
#include "edit/editor.h"

/* False when it is another command. */
bool
motion_of_command(enum command cmd, enum editor_motion *motion);

/* Of a key, without its shift. */
bool
motion_of_key(const struct key *k, enum editor_motion *motion);

#endif
