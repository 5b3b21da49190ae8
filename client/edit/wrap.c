/*
 * wrap.c - see wrap.h. A paragraph is what lies between two newlines; it
 * wraps on its own, so nothing outside it can change with it.
 */
#include "edit/wrap.h"

#include <stdlib.h>
#include <string.h>

#include "plein/buf.h"
#include "plein/mem.h"
#include "plein/vec.h"
#include "plein/wordwrap.h"

#ifndef WRAP_PIECE
#define WRAP_PIECE 4096 /* bytes looked at for one line */
#endif

void
wrap_release(struct wrap *w)
{
	free(w->starts);
	memset(w, 0, sizeof(*w));
}

static void
reserve(struct wrap *w, size_t n)
{
	if (n <= w->cap)
		return;
	w->cap = n + n / 2 + 64;
	w->starts = mem_realloc(w->starts, w->cap * sizeof(*w->starts));
}

static size_t
start_at(const struct wrap *w, size_t i)
{
	return i > w->split ? (size_t)((long)w->starts[i] + w->shift)
			    : w->starts[i];
}

/* Make the lines up to `to` exact, and those after it the shifted ones. */
static void
move_split(struct wrap *w, size_t to)
{
	size_t i;

	if (w->shift != 0) {
		for (i = w->split + 1; i <= to && i < w->n; i++)
			w->starts[i] = (size_t)((long)w->starts[i] + w->shift);
		for (i = to + 1; i <= w->split && i < w->n; i++)
			w->starts[i] = (size_t)((long)w->starts[i] - w->shift);
	}
	w->split = to;
}

/* End of the paragraph at `pos`: its newline, or the end of the text. */
static size_t
paragraph_end(const struct text *t, size_t pos)
{
	size_t len = text_len(t);

	while (pos < len && text_at(t, pos) != '\n')
		pos++;
	return pos;
}

static size_t
paragraph_start(const struct text *t, size_t pos)
{
	while (pos > 0 && text_at(t, pos - 1) != '\n')
		pos--;
	return pos;
}

/* Starts of the lines in [from, end), appended to `out`. */
static void
wrap_paragraph(const struct wrap *w, const struct text *t, size_t span[2],
	       struct buf *out)
{
	struct buf piece = BUF_INIT;
	size_t from = span[0], n;

	do {
		buf_add(out, &from, sizeof(from));
		buf_reset(&piece);
		n = span[1] - from < WRAP_PIECE ? span[1] - from : WRAP_PIECE;
		text_copy(t, from, n, &piece);
		from += wordwrap_next(piece.ptr, piece.len, w->cols);
	} while (from < span[1]);
	buf_release(&piece);
}

/* Starts of all paragraphs that touch [from, to]. */
static void
wrap_span(const struct wrap *w, const struct text *t, size_t from, size_t to,
	  struct buf *out)
{
	size_t span[2] = { from, 0 };

	for (;;) {
		span[1] = paragraph_end(t, span[0]);
		wrap_paragraph(w, t, span, out);
		if (span[1] >= to || span[1] >= text_len(t))
			return;
		span[0] = span[1] + 1;
	}
}

void
wrap_all(struct wrap *w, const struct text *t, int cols)
{
	struct buf starts = BUF_INIT;

	w->cols = cols;
	wrap_span(w, t, 0, text_len(t), &starts);
	w->n = starts.len / sizeof(size_t);
	reserve(w, w->n);
	memcpy(w->starts, starts.ptr, starts.len);
	w->split = w->n - 1;
	w->shift = 0;
	buf_release(&starts);
}

/* Index of the first line that begins at or after byte `pos` (old places). */
static size_t
first_from(const struct wrap *w, size_t pos)
{
	size_t low = 0, high = w->n, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (start_at(w, mid) < pos)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* Lines [first, last) give way to `fresh`; later ones move by `moved`. */
static void
replace_lines(struct wrap *w, size_t first, size_t last,
	      const struct buf *fresh, long moved)
{
	size_t n_new = fresh->len / sizeof(size_t);

	move_split(w, last - 1);
	reserve(w, w->n - (last - first) + n_new);
	memmove(w->starts + first + n_new, w->starts + last,
		(w->n - last) * sizeof(*w->starts));
	memcpy(w->starts + first, fresh->ptr, fresh->len);
	w->n = w->n - (last - first) + n_new;
	w->split = first + n_new - 1;
	w->shift += moved;
}

void
wrap_change(struct wrap *w, const struct text *t, size_t pos, size_t old_len,
	    size_t new_len)
{
	struct buf fresh = BUF_INIT;
	size_t from = paragraph_start(t, pos);
	size_t to = paragraph_end(t, pos + new_len);
	size_t first = first_from(w, from);
	size_t last = first_from(w, to + old_len - new_len + 1);

	wrap_span(w, t, from, to, &fresh);
	replace_lines(w, first, last, &fresh, (long)new_len - (long)old_len);
	buf_release(&fresh);
}

size_t
wrap_start(const struct wrap *w, const struct text *t, size_t i)
{
	return i < w->n ? start_at(w, i) : text_len(t);
}

size_t
wrap_line_of(const struct wrap *w, const struct text *t, size_t pos)
{
	size_t i = first_from(w, pos);

	if (i < w->n && start_at(w, i) == pos)
		return i;
	(void)t; /* same shape as wrap_start() */
	return i - 1;
}
