/*
 * wrap.h - the screen lines of a text: where each begins, in bytes. After a
 * change lines are wrapped again from just before it until one begins where
 * one began already; the starts of all later lines are moved by one number,
 * not looked at.
 */
#ifndef PLEIN_EDIT_WRAP_H
#define PLEIN_EDIT_WRAP_H

#include <stddef.h>

#include "edit/text.h"

/*
 * Starts up to `split` are as stored; later ones have `shift` still to be
 * added, so that typing in one place costs the same in a page of any size.
 */
struct wrap {
	size_t *starts;
	size_t n, cap;
	size_t split;
	long shift;
	int cols;
};

void
wrap_release(struct wrap *w);

/* Wrap all of it at `cols` columns. */
void
wrap_all(struct wrap *w, const struct text *t, int cols);

/* `old_len` bytes at `pos` were replaced by `new_len` others. */
void
wrap_change(struct wrap *w, const struct text *t, size_t pos, size_t old_len,
	    size_t new_len);

/* Byte where line `i` begins; for i ≥ n the length of the text. */
size_t
wrap_start(const struct wrap *w, const struct text *t, size_t i);

/* The line that holds byte `pos`; at a soft break, the later one. */
size_t
wrap_line_of(const struct wrap *w, size_t pos);

#endif
