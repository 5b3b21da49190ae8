/*
 * wrap.c - see wrap.h. Where a line ends depends on nothing before its start,
 * and on nothing behind the first word of the next line. So a change can move
 * the end of the line before it; and where a line begins at an old start
 * again, all that follows is as it was.
 */
#include "edit/wrap.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "plein/buf.h"
#include "plein/mem.h"
#include "plein/utf8.h"
#include "plein/wordwrap.h"

#ifndef WRAP_PIECE
#define WRAP_PIECE 4096 /* bytes of the longest line */
#endif

/*
 * The end of a line may hang on the first grapheme of the next line and the
 * code point behind it, which may stand on four lines while it is damaged.
 */
#define LINES_BEFORE 5

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

/* At most `max` bytes at `from`, cut between code points; true if all. */
static bool
take_piece(const struct text *t, size_t from, size_t max, struct buf *piece)
{
	size_t left = text_len(t) - from;
	size_t n = left < max ? left : max;
	int i;

	for (i = 1; i < UTF8_MAX && n < left; i++, n--)
		if (((unsigned char)text_at(t, from + n) & 0xc0) != 0x80)
			break;
	buf_reset(piece);
	text_copy(t, from, n, piece);
	return n == left;
}

/* Bytes of the line that `piece` begins with; 0 when its end is not seen. */
static size_t
line_len(const struct wrap *w, const struct buf *piece)
{
	const char *newline = memchr(piece->ptr, '\n', piece->len);
	size_t end = newline ? (size_t)(newline - piece->ptr) : piece->len;
	size_t drawn = end, used;

	/* The return of a "\r\n" takes no column and never wraps. */
	if (newline && drawn > 0 && piece->ptr[drawn - 1] == '\r')
		drawn--;
	used = wordwrap_next(piece->ptr, drawn, w->cols);
	if (used < drawn)
		return used;
	return newline ? end + 1 : 0;
}

/*
 * From the start of a line to that of the next; false when there is none. A
 * short piece shows nearly always where it is.
 */
static bool
next_start(const struct wrap *w, const struct text *t, size_t *from,
	   struct buf *piece)
{
	size_t max = (size_t)w->cols * UTF8_MAX + 64, n;
	bool all;

	all = take_piece(t, *from, max < WRAP_PIECE ? max : WRAP_PIECE, piece);
	n = line_len(w, piece);
	if (n == 0 && !all && max < WRAP_PIECE) {
		all = take_piece(t, *from, WRAP_PIECE, piece);
		n = line_len(w, piece);
	}
	*from += n > 0 ? n : piece->len;
	return n > 0 || !all;
}

void
wrap_all(struct wrap *w, const struct text *t, int cols)
{
	struct buf starts = BUF_INIT, piece = BUF_INIT;
	size_t from = 0;

	w->cols = cols;
	do
		buf_add(&starts, &from, sizeof(from));
	while (next_start(w, t, &from, &piece));
	w->n = starts.len / sizeof(size_t);
	reserve(w, w->n);
	memcpy(w->starts, starts.ptr, starts.len);
	w->split = w->n - 1;
	w->shift = 0;
	buf_release(&starts);
	buf_release(&piece);
}

/* Index of the first line that begins at or after byte `pos`. */
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
	if (first + n_new != last)
		memmove(w->starts + first + n_new, w->starts + last,
			(w->n - last) * sizeof(*w->starts));
	memcpy(w->starts + first, fresh->ptr, fresh->len);
	w->n = w->n - (last - first) + n_new;
	w->split = first + n_new - 1;
	w->shift += moved;
}

/* Moves *line on to `start`; true when a line began there before too. */
static bool
find_start(const struct wrap *w, size_t *line, size_t start)
{
	while (*line < w->n && start_at(w, *line) < start)
		(*line)++;
	return *line < w->n && start_at(w, *line) == start;
}

void
wrap_change(struct wrap *w, const struct text *t, size_t pos, size_t old_len,
	    size_t new_len)
{
	struct buf fresh = BUF_INIT, piece = BUF_INIT;
	size_t first = wrap_line_of(w, pos), last, from;

	first -= first < LINES_BEFORE ? first : LINES_BEFORE;
	last = first + 1;
	from = start_at(w, first);
	for (;;) {
		buf_add(&fresh, &from, sizeof(from));
		if (!next_start(w, t, &from, &piece)) {
			last = w->n;
			break;
		}
		if (from >= pos + new_len &&
		    find_start(w, &last, from - new_len + old_len))
			break;
	}
	replace_lines(w, first, last, &fresh, (long)new_len - (long)old_len);
	buf_release(&fresh);
	buf_release(&piece);
}

size_t
wrap_start(const struct wrap *w, const struct text *t, size_t i)
{
	return i < w->n ? start_at(w, i) : text_len(t);
}

size_t
wrap_line_of(const struct wrap *w, size_t pos)
{
	size_t i = first_from(w, pos);

	return i < w->n && start_at(w, i) == pos ? i : i - 1;
}
