/* placelist.c - see placelist.h. */
#include "view/placelist.h"

#include <string.h>

static const struct layout_line *
line_at(const struct placelist *l, size_t i)
{
	return &l->layout.lines[i];
}

static bool
holds_text(const void *ctx, size_t i)
{
	return !line_at(ctx, i)->blank;
}

void
placelist_init(struct placelist *l, const char *was, size_t was_len,
	       const char *is, size_t is_len)
{
	memset(l, 0, sizeof(*l));
	places_find(&l->places, was, was_len, is, is_len);
}

void
placelist_release(struct placelist *l)
{
	places_release(&l->places);
	layout_release(&l->layout);
}

/* --- places and lines --- */

/* Heads up to and with line i: the place of the line, counted from 1. */
static size_t
count_heads(const struct placelist *l, size_t i)
{
	size_t n = 0;

	for (size_t at = 0; at <= i && at < l->layout.n_lines; at++)
		n += line_at(l, at)->heading > 0;
	return n;
}

size_t
placelist_focus(const struct placelist *l)
{
	size_t n = count_heads(l, l->scroll.at);

	return n ? n - 1 : 0;
}

/* Line of the head of place i, or that of the focus. */
static size_t
find_head(const struct placelist *l, size_t i)
{
	for (size_t at = 0, n = 0; at < l->layout.n_lines; at++) {
		n += line_at(l, at)->heading > 0;
		if (n == i + 1)
			return at;
	}
	return l->scroll.at;
}

void
placelist_recalc(struct placelist *l, int rows, int cols)
{
	size_t place = placelist_focus(l);

	if (cols != l->cols) {
		layout_release(&l->layout);
		places_layout(&l->places, cols, &l->layout);
		l->scroll.n = l->layout.n_lines;
		l->scroll.can_focus = holds_text;
		l->scroll.ctx = l;
		if (l->cols)
			l->scroll.at = find_head(l, place);
		l->cols = cols;
	}
	l->scroll.rows = rows;
	scroll_fit(&l->scroll);
}

/* Where its text begins: there the cursor stands. */
static int
first_col(const struct layout_line *line)
{
	return line->n_spans ? line->spans[0].col : 0;
}

void
placelist_paint(const struct placelist *l, struct canvas *c, int top, int rows,
		bool in_focus)
{
	for (int i = 0; i < rows; i++) {
		size_t at = l->scroll.top + (size_t)i;

		if (at >= l->layout.n_lines)
			return;
		for (size_t k = 0; k < line_at(l, at)->n_spans; k++) {
			const struct layout_span *s = &line_at(l, at)->spans[k];

			(void)canvas_bytes(c, top + i, s->col, s->style,
					   l->layout.text + s->text, s->len);
		}
		if (in_focus && at == l->scroll.at)
			canvas_cursor(c, top + i, first_col(line_at(l, at)));
	}
}

/* --- moving --- */

static bool
step_place(struct placelist *l, int by)
{
	size_t now = placelist_focus(l);

	if (by > 0 ? now + 1 >= l->places.list.len
		   : !now && l->scroll.at == find_head(l, 0))
		return false;
	if (by > 0)
		now++;
	else if (l->scroll.at == find_head(l, now))
		now--;
	scroll_to(&l->scroll, find_head(l, now));
	return true;
}

static bool
step_line(struct placelist *l, int by)
{
	size_t before = l->scroll.at;

	scroll_step(&l->scroll, by);
	return l->scroll.at != before;
}

bool
placelist_move(struct placelist *l, enum command cmd)
{
	switch ((int)cmd) {
	case CMD_UP:
	case CMD_DOWN:
		return step_line(l, cmd == CMD_UP ? -1 : 1);
	case CMD_NEXT_ITEM:
	case CMD_PREVIOUS_ITEM:
		return step_place(l, cmd == CMD_NEXT_ITEM ? 1 : -1);
	default:
		return scroll_move(&l->scroll, cmd);
	}
}

void
placelist_enter(struct placelist *l)
{
	if (l->places.list.len)
		scroll_to(&l->scroll, find_head(l, l->places.list.len - 1));
}

/* --- in words --- */

static void
tell_place(const struct placelist *l, size_t i, struct buf *out)
{
	places_head(&l->places, i, out);
	places_count(places_at(&l->places, i), out);
	buf_char(out, '.');
}

void
placelist_tell_focus(const struct placelist *l, struct buf *out)
{
	if (l->places.list.len)
		tell_place(l, placelist_focus(l), out);
	else
		places_sum(&l->places, out);
}

void
placelist_tell(const struct placelist *l, struct telling *t)
{
	struct buf line = BUF_INIT;

	for (size_t i = 0; i < l->places.list.len; i++) {
		buf_reset(&line);
		tell_place(l, i, &line);
		telling_add(t, TELLING_HEADING, line.ptr, 0);
		telling_add(t, TELLING_TEXT,
			    places_at(&l->places, i)->passage.text.ptr, 0);
	}
	buf_release(&line);
}
