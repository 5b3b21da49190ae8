/* nav_change.h - changes of the wiki that a view asked for. */
#ifndef PLEIN_NAV_CHANGE_H
#define PLEIN_NAV_CHANGE_H

#include "nav.h"

/* REQUEST_CHANGE: do it; the answer shows the page and how to take it back. */
void
nav_change(struct nav *n, struct request *r);

#endif
