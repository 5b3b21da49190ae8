/*
 * refusal.h - why the wiki does not take what git sent, for the person who
 * sent it: a sentence a fault, and the lines to type that mend it. Other
 * people's bytes (file names, addresses) go through the output filter.
 */
#ifndef PLEIN_SERVER_REFUSAL_H
#define PLEIN_SERVER_REFUSAL_H

#include <jansson.h>

#include "plein/buf.h"

/* Of a verdict as push.judge answers it (with at least one fault). */
void
refusal_format(struct buf *out, const json_t *verdict);

/* Of an error: PLEIN_EDENIED, PLEIN_EBUSY and so on. */
void
refusal_error(struct buf *out, int code);

#endif
