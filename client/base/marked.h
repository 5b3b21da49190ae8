/*
 * marked.h - a text in which two versions stand, with a mark for every byte.
 * The brackets around what went and what came are part of the text. Pure.
 */
#ifndef PLEIN_MARKED_H
#define PLEIN_MARKED_H

#include <stdbool.h>
#include <stddef.h>

#include "plein/buf.h"

enum mark {
	MARK_BOTH = ' ',
	MARK_GONE = '-',
	MARK_NEW = '+',
	MARK_GONE_SIGN = '[', /* a bracket around what went */
	MARK_NEW_SIGN = '{'
};

struct marked {
	struct buf text, marks; /* of one length */
};

void
marked_init(struct marked *m);

void
marked_release(struct marked *m);

void
marked_add(struct marked *m, const char *s, size_t len, enum mark mark);

/* With its brackets when it went or came. */
void
marked_add_piece(struct marked *m, const char *s, size_t len, enum mark mark);

/* The same, for what may be several lines: each has brackets of its own, an
 * empty one none. */
void
marked_add_lines(struct marked *m, const char *s, size_t len, enum mark mark);

/* Bytes [from, to) of `other`, appended. */
void
marked_copy(struct marked *m, const struct marked *other, size_t from,
	    size_t to);

/* Of `other` what stands in one version: `mark` is what it does not have,
 * MARK_GONE or MARK_NEW. Appended. */
void
marked_side(struct marked *m, const struct marked *other, enum mark without);

/* Words in these bytes: what stands between blanks and is not all signs. */
size_t
marked_count(const char *s, size_t len);

/* Words that went, or came. */
size_t
marked_words(const struct marked *m, enum mark mark);

/* Does anything differ in bytes [from, to)? */
bool
marked_differs(const struct marked *m, size_t from, size_t to);

/* The part [from, to) of a text that is one sentence, from `from` on, with
 * the blanks behind it; a line's end ends one. Returns `to`. */
size_t
marked_sentence(const struct marked *m, size_t from);

#endif
