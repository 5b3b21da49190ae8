/*
 * nav_notice.h - what others do with the page that is shown, as a line that
 * is told when it may be (notices.h). Nothing else on the screen changes.
 */
#ifndef PLEIN_NAV_NOTICE_H
#define PLEIN_NAV_NOTICE_H

#include <jansson.h>
#include <stdint.h>

#include "nav.h"

/* A notification of the wiki. */
void
nav_notice(struct nav *n, const char *method, const json_t *params);

/* Have the wiki tell of each version of the page that is shown, and when lists
 * of pages are other ones. Asks when that page is another one than before. */
void
nav_listen(struct nav *n);

/* When something may be told, in clock_mono_ms(); 0: not as it is now. */
int64_t
nav_notice_due(const struct nav *n);

/* Tell it if it is due. */
void
nav_notice_tick(struct nav *n, int64_t now);

/* The wiki does not know any more what it was to tell, nor where they are here:
 * nav_listen() and nav_notice_tick() say so again. */
void
nav_forget_heard(struct nav *n);

#endif
