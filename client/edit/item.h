/*
 * item.h - how a line of Markdown begins: blanks, quote signs, the sign of a
 * list item, a box to tick. Pure.
 */
#ifndef PLEIN_EDIT_ITEM_H
#define PLEIN_EDIT_ITEM_H

#include <stdbool.h>
#include <stddef.h>

#include "plein/buf.h"

struct item {
	size_t lead; /* bytes of blanks and quote signs */
	size_t sign; /* of "- " or "12. ", or 0 */
	size_t box; /* of "[ ] ", or 0 */
	long number; /* of "12. ", or -1 */
	bool quote;
};

/* What the line (without its newline) begins with. */
struct item
item_of(const char *s, size_t len);

/* Bytes of all that stands before the text. */
size_t
item_len(const struct item *item);

/* A list item or a quote, not merely blanks? */
bool
item_is_one(const struct item *item);

/* How the line after `s` begins: the next number, an empty box; appended. */
void
item_next(const struct item *item, const char *s, struct buf *out);

#endif
