/*
 * line_pieces.h - a Markdown text as numbered pieces: headings, items of a
 * list, blocks of code, and what else stands between blank lines. Pure.
 */
#ifndef PLEIN_LINE_PIECES_H
#define PLEIN_LINE_PIECES_H

#include <stddef.h>

#include "plein/buf.h"

enum piece_kind {
	PIECE_PARAGRAPH,
	PIECE_HEADING,
	PIECE_ITEM,
	PIECE_DONE, /* an item that is checked */
	PIECE_TO_DO,
	PIECE_QUOTE,
	PIECE_TABLE,
	PIECE_CODE
};

struct piece {
	enum piece_kind kind;
	size_t at, len; /* bytes of the text, without the last newline */
	size_t words; /* where what it says begins, behind # or - */
};

struct pieces {
	struct piece *list;
	size_t n;
};

void
pieces_find(struct pieces *p, const struct buf *text);

void
pieces_release(struct pieces *p);

/* "Item, to do: exit costs with the terms of...", appended. */
void
piece_describe(const struct buf *text, const struct piece *one,
	       struct buf *out);

/* --- changing the text; the pieces are to be found anew --- */

void
piece_replace(struct buf *text, const struct piece *one, const char *s,
	      size_t len);

/* With the blank line that it leaves. */
void
piece_remove(struct buf *text, const struct piece *one);

/* A piece of its own behind `one`, or at the beginning when that is NULL. */
void
piece_insert(struct buf *text, const struct piece *one, const char *s,
	     size_t len);

#endif
