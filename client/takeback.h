/*
 * takeback.h - `u`: asks whether the last act of this session is to be taken
 * back, names it, and does it; the next time it is the one before that.
 */
#ifndef PLEIN_TAKEBACK_H
#define PLEIN_TAKEBACK_H

#include "acts.h"

struct request
takeback_ask(struct acts *a);

/* They said yes. */
struct request
takeback_do(struct acts *a);

#endif
