/*
 * rowtext.h - a row of a long list written as text at once: no value of jansson
 * is made of each field, which cost more than all the rest of such an answer.
 * Keys are ours, and need no escaping.
 */
#ifndef PLEIN_WIKI_ROWTEXT_H
#define PLEIN_WIKI_ROWTEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "plein/buf.h"

void
rowtext_begin(struct buf *out);

/* NULL is null; what is no UTF-8 is marked, as call_json() does. */
void
rowtext_line(struct buf *out, const char *key, const char *value);

void
rowtext_number(struct buf *out, const char *key, int64_t value);

void
rowtext_flag(struct buf *out, const char *key, bool value);

void
rowtext_end(struct buf *out);

#endif
