/*
 * nav_time.h - time travel: every screen shows the wiki as it was, until Esc
 * where it began, or on the start screen.
 */
#ifndef PLEIN_NAV_TIME_H
#define PLEIN_NAV_TIME_H

#include "nav.h"

/* CMD_TIME: ask for a date, or go there. */
struct request
nav_time(struct nav *n, const char *text);

/* Screens were opened or closed: whether going back ends time travel. */
void
nav_time_follow(struct nav *n);

/* Is this command the way back to now? Then it was taken. */
bool
nav_time_ends(struct nav *n, enum command cmd);

/* Would it change the wiki as it was? Then it says that this cannot be. */
bool
nav_time_refuses(struct nav *n, enum command cmd);

/* Is it a command of the past only, and this is now? */
bool
nav_time_lacks(const struct nav *n, enum command cmd);

/* The mark on the first line. */
void
nav_time_mark(const struct nav *n, struct head *h);

#endif
