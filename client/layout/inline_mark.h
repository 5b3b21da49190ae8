/*
 * inline_mark.h - words of ours within a text (struct layout_mark): when a
 * piece of the source is written, those that belong behind it come along.
 */
#ifndef PLEIN_LAYOUT_INLINE_MARK_H
#define PLEIN_LAYOUT_INLINE_MARK_H

#include <stddef.h>

#include "layout/maker.h"

/* md4c begins to read `source`, made of `text`. */
void
inline_mark_begin(struct maker *m, const struct layout_text *text,
		  const char *source, size_t len);

/* How much of a piece stands before the next mark; all of it if none is in
 * it. What is due before the piece is written. */
size_t
inline_mark_next(struct maker *m, const char *s, size_t len);

/* Write those that are due at this place of the source, if they may be. */
void
inline_mark_write(struct maker *m);

/* The same at the end of a block: also those behind its signs. */
void
inline_mark_end_block(struct maker *m);

#endif
