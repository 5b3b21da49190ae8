/*
 * markup.h - what Markdown makes of the bytes of one line, as far as an
 * editor shows it: a line says itself what it is, but for the fences of code
 * that stand open before it. Pure.
 */
#ifndef PLEIN_EDIT_MARKUP_H
#define PLEIN_EDIT_MARKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum mark {
	MARK_NONE,
	MARK_HEADING,
	MARK_EMPHASIS,
	MARK_STRONG,
	MARK_LINK,
	MARK_CODE
};

/* The fence that is open (CommonMark 4.5), or none. */
struct fence {
	char sign; /* '`' or '~'; NUL: none */
	size_t len;
};

/* Go over a line, without its newline: one that opens or closes a fence
 * changes *fence. True when it does. */
bool
markup_pass(struct fence *fence, const char *s, size_t len);

/* One enum mark a byte, for a line that begins with `fence` open. */
void
markup_line(const struct fence *fence, const char *s, size_t len,
	    uint8_t *marks);

/* Is it a heading? Then [*from, *to) is its text. */
bool
markup_heading(const char *s, size_t len, size_t *from, size_t *to);

#endif
