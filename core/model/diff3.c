/*
 * diff3.c - the differences of both sides from the base are walked in step.
 * Hunks that clash are gathered into a group; a group of one side only is
 * that side's, a group of both is a clash unless both say the same.
 */
#include "plein/diff3.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "plein/textdiff.h"

/* What the hunks of one side that are in a group cover. */
struct part {
	size_t n; /* hunks */
	size_t lo, hi; /* lines of the base */
	size_t from, to; /* lines of the side */
};

struct walk {
	const struct textrow *rows;
	struct textdiff diffs[DIFF3_N]; /* base to yours, base to saved */
	size_t next[DIFF3_N]; /* hunk */
	struct part parts[DIFF3_N]; /* the group */
	size_t at; /* lines of the base that are done */
	struct diff3 *out;
};

static const struct textdiff_hunk *
next_hunk(const struct walk *w, int side)
{
	const struct textdiff *d = &w->diffs[side];

	return w->next[side] < d->n ? &d->hunks[w->next[side]] : NULL;
}

static bool
is_at_open_end(const struct textrow *row, const struct part *p)
{
	size_t len = row->at[row->n];

	return p->to == row->n && p->to > p->from && row->text[len - 1] != '\n';
}

/* Does a hunk of the other side, not before this part, clash with it? */
static bool
clashes(const struct textrow *row, const struct part *p,
	const struct textdiff_hunk *h)
{
	if (p->n == 0)
		return false;
	if (h->a != p->hi)
		return h->a < p->hi;
	/* just behind it: one adds where the other added or took away */
	if (p->lo == p->hi)
		return h->n_a == 0 || h->n_b == 0 || h->n_b > h->n_a;
	return h->n_a == 0 && (p->from == p->to || is_at_open_end(row, p) ||
			       p->to - p->from > p->hi - p->lo);
}

static void
take_hunk(struct walk *w, int side)
{
	const struct textdiff_hunk *h = next_hunk(w, side);
	struct part *p = &w->parts[side];

	if (p->n++ == 0) {
		p->lo = h->a;
		p->from = h->b;
	}
	p->hi = h->a + h->n_a;
	p->to = h->b + h->n_b;
	w->next[side]++;
}

/* The side whose hunk comes first; what is put in before what is replaced. */
static int
first_side(const struct walk *w)
{
	const struct textdiff_hunk *y = next_hunk(w, DIFF3_YOURS);
	const struct textdiff_hunk *s = next_hunk(w, DIFF3_SAVED);

	if (!y || !s)
		return y ? DIFF3_YOURS : DIFF3_SAVED;
	if (y->a != s->a)
		return y->a < s->a ? DIFF3_YOURS : DIFF3_SAVED;
	return y->n_a == 0 ? DIFF3_YOURS : DIFF3_SAVED;
}

static bool
extend_group(struct walk *w, int side)
{
	int other = side == DIFF3_YOURS ? DIFF3_SAVED : DIFF3_YOURS;
	const struct textdiff_hunk *h = next_hunk(w, side);

	if (!h || !clashes(&w->rows[other], &w->parts[other], h))
		return false;
	take_hunk(w, side);
	return true;
}

static void
copy_lines(struct walk *w, int side, size_t from, size_t to)
{
	const struct textrow *row = &w->rows[side];

	if (to > from)
		buf_add(&w->out->text, textrow_ptr(row, from),
			textrow_len(row, from, to - from));
}

/* Are line i of one side and line j of another the same? */
static bool
is_same_line(const struct walk *w, int a, size_t i, int b, size_t j)
{
	size_t len = textrow_len(&w->rows[a], i, 1);

	return len == textrow_len(&w->rows[b], j, 1) &&
	       memcmp(textrow_ptr(&w->rows[a], i), textrow_ptr(&w->rows[b], j),
		      len) == 0;
}

/* The i-th line of the clash from its beginning, or from its end. */
static size_t
line_of(const struct diff3_clash *c, int side, bool from_end)
{
	return c->first[side] + (from_end ? c->count[side] - 1 : 0);
}

static bool
agrees(const struct walk *w, const struct diff3_clash *c, int side,
       bool from_end)
{
	return c->count[side] > 0 &&
	       is_same_line(w, side, line_of(c, side, from_end), DIFF3_YOURS,
			    line_of(c, DIFF3_YOURS, from_end));
}

static void
drop_line(struct diff3_clash *c, int side, bool from_end)
{
	c->count[side]--;
	if (!from_end)
		c->first[side]++;
}

/* Lines that both sides have at one end are no part of the clash. */
static void
trim_clash(const struct walk *w, struct diff3_clash *c, bool from_end)
{
	while (c->count[DIFF3_YOURS] > 0 &&
	       agrees(w, c, DIFF3_SAVED, from_end)) {
		if (agrees(w, c, DIFF3_BASE, from_end))
			drop_line(c, DIFF3_BASE, from_end);
		drop_line(c, DIFF3_SAVED, from_end);
		drop_line(c, DIFF3_YOURS, from_end);
	}
}

static void
report_clash(struct walk *w, struct diff3_clash *c)
{
	trim_clash(w, c, false);
	trim_clash(w, c, true);
	diff3_add_clash(w->out, c);
}

/* The lines of a side that stand for lines lo … hi of the base. */
static void
spread_part(struct diff3_clash *c, const struct part *p, int side, size_t lo,
	    size_t hi)
{
	c->first[side] = p->from - (p->lo - lo);
	c->count[side] = p->to + (hi - p->hi) - c->first[side];
}

static bool
say_the_same(const struct walk *w, const struct diff3_clash *c)
{
	size_t i, n = c->count[DIFF3_YOURS];

	if (n != c->count[DIFF3_SAVED])
		return false;
	for (i = 0; i < n; i++)
		if (!is_same_line(w, DIFF3_YOURS, c->first[DIFF3_YOURS] + i,
				  DIFF3_SAVED, c->first[DIFF3_SAVED] + i))
			return false;
	return true;
}

/* Both sides are in the group. */
static void
finish_both(struct walk *w)
{
	const struct part *y = &w->parts[DIFF3_YOURS];
	const struct part *s = &w->parts[DIFF3_SAVED];
	size_t lo = y->lo < s->lo ? y->lo : s->lo;
	size_t hi = y->hi > s->hi ? y->hi : s->hi;
	struct diff3_clash c = { { lo, 0, 0 }, { hi - lo, 0, 0 } };

	spread_part(&c, y, DIFF3_YOURS, lo, hi);
	spread_part(&c, s, DIFF3_SAVED, lo, hi);
	copy_lines(w, DIFF3_BASE, w->at, lo);
	w->at = hi;
	if (say_the_same(w, &c))
		copy_lines(w, DIFF3_YOURS, c.first[DIFF3_YOURS],
			   c.first[DIFF3_YOURS] + c.count[DIFF3_YOURS]);
	else
		report_clash(w, &c);
}

static void
finish_group(struct walk *w)
{
	int side = w->parts[DIFF3_YOURS].n ? DIFF3_YOURS : DIFF3_SAVED;
	const struct part *p = &w->parts[side];

	if (w->parts[DIFF3_YOURS].n && w->parts[DIFF3_SAVED].n) {
		finish_both(w);
	} else {
		copy_lines(w, DIFF3_BASE, w->at, p->lo);
		copy_lines(w, side, p->from, p->to);
		w->at = p->hi;
	}
	memset(w->parts, 0, sizeof(w->parts));
}

void
diff3_join(struct diff3 *d, const struct textrow rows[DIFF3_N], long *effort)
{
	struct walk w = { .rows = rows, .out = d };
	int side;

	for (side = DIFF3_YOURS; side < DIFF3_N; side++)
		textdiff_make(&w.diffs[side], &rows[DIFF3_BASE], &rows[side],
			      effort);
	while (next_hunk(&w, DIFF3_YOURS) || next_hunk(&w, DIFF3_SAVED)) {
		take_hunk(&w, first_side(&w));
		while (extend_group(&w, DIFF3_YOURS) ||
		       extend_group(&w, DIFF3_SAVED))
			;
		finish_group(&w);
	}
	copy_lines(&w, DIFF3_BASE, w.at, rows[DIFF3_BASE].n);
	for (side = DIFF3_YOURS; side < DIFF3_N; side++)
		textdiff_release(&w.diffs[side]);
}

void
diff3_add_clash(struct diff3 *d, const struct diff3_clash *c)
{
	if ((d->n & (d->n - 1)) == 0)
		d->clashes = mem_realloc(d->clashes,
					 (d->n ? d->n * 2 : 1) * sizeof(*c));
	d->clashes[d->n++] = *c;
}

void
diff3_release(struct diff3 *d)
{
	buf_release(&d->text);
	free(d->clashes);
	d->clashes = NULL;
	d->n = 0;
}
