/*
 * nav_door.h - the first screens of who has no profile yet: applying, and
 * waiting for approval. The start screen below them asks for nothing until
 * it is shown.
 */
#ifndef PLEIN_NAV_DOOR_H
#define PLEIN_NAV_DOOR_H

#include "nav.h"

/* Is this screen shown before the start screen? */
bool
nav_door_is(enum screen first);

/* Their role is known, or another. Who may read now hears and sees what there
 * is. */
void
nav_door_judge(struct nav *n);

/* REQUEST_ENTERED */
void
nav_door_enter(struct nav *n, struct request *r);

/* REQUEST_CHANGED */
void
nav_door_changed(struct nav *n, struct request *r);

/* The account is something else now (event.role). */
void
nav_door_take_role(struct nav *n, const char *word);

#endif
