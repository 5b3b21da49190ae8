/* nav_unread.h - the next of what somebody has not read, pages and discussions. */
#ifndef PLEIN_NAV_UNREAD_H
#define PLEIN_NAV_UNREAD_H

#include "nav.h"

void
nav_unread(struct nav *n, struct request *r);

#endif
