/* mention.h - people who are named in what is said: @griffie.waterdam. */
#ifndef PLEIN_MENTION_H
#define PLEIN_MENTION_H

#include <jansson.h>

#include "plein/buf.h"

/* "Nobody here is called @a, @b.", appended as a sentence: of `unknown`, as the
 * wiki answers a remark. It may be a typing error. Nothing for none. */
void
mention_tell_unknown(struct buf *out, const json_t *names);

#endif
