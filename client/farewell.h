/*
 * farewell.h - how a session ends, on a screen or in lines: by a signal, and
 * with what was typed last given to the wiki.
 */
#ifndef PLEIN_FAREWELL_H
#define PLEIN_FAREWELL_H

#include "nav.h"

/*
 * A descriptor that tells of SIGWINCH, SIGTERM, SIGHUP and SIGINT, which do
 * nothing else any more; or -1.
 */
int
farewell_signals(void);

/* What was typed last goes to the wiki, however the session ended. */
void
farewell_say(struct nav *n, struct link *link);

#endif
