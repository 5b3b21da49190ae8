/*
 * textdiff.c - the steps: what both begin and end with is set aside; equal
 * pieces get one number by sorting (not by hashing, which a hostile text can
 * make slow); pieces that only one side has are marked changed; the rest is
 * halved by Myers' middle snake until one side is empty.
 */
#include "plein/textdiff.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"

#define PIECES_MAX (1UL << 17) /* that differ, on both sides together */

/* One row, and what is found out about it. */
struct side {
	const struct textrow *row;
	size_t from, to; /* what differs lies between */
	bool *changed; /* for each piece of the row */
	long *ids; /* of the pieces that the other side has too */
	size_t *places; /* where those stand in the row */
	long n;
};

struct work {
	struct side a, b;
	/*
	 * On diagonal k = x - y: how far a path from the start got, and how
	 * near to it one from the end. They point at diagonal 0.
	 */
	long *ahead, *back;
	long *effort;
	bool coarse;
};

struct box {
	long x0, x1, y0, y1;
};

struct range {
	long min, max;
};

static bool
are_equal(const struct textrow *a, size_t i, const struct textrow *b, size_t j)
{
	size_t len_a, len_b;
	const char *s = textrow_core(a, i, &len_a);
	const char *t = textrow_core(b, j, &len_b);

	return len_a == len_b && memcmp(s, t, len_a) == 0;
}

static void
set_ends_aside(struct side *a, struct side *b)
{
	a->to = a->row->n;
	b->to = b->row->n;
	while (a->from < a->to && b->from < b->to &&
	       are_equal(a->row, a->from, b->row, b->from)) {
		a->from++;
		b->from++;
	}
	while (a->to > a->from && b->to > b->from &&
	       are_equal(a->row, a->to - 1, b->row, b->to - 1)) {
		a->to--;
		b->to--;
	}
}

/* --- equal pieces, equal numbers --- */

struct piece {
	struct side *side;
	size_t at;
	long *id;
};

static int
compare_pieces(const void *p, const void *q)
{
	const struct piece *a = p, *b = q;
	size_t len_a, len_b;
	const char *s = textrow_core(a->side->row, a->at, &len_a);
	const char *t = textrow_core(b->side->row, b->at, &len_b);

	if (len_a != len_b)
		return len_a < len_b ? -1 : 1;
	return memcmp(s, t, len_a);
}

static struct piece *
list_pieces(struct piece *p, struct side *s, long *ids)
{
	for (size_t i = s->from; i < s->to; i++)
		*p++ = (struct piece){ s, i, ids++ };
	return p;
}

/* Number each run of equal pieces; one that a side lacks keeps -1. */
static void
number_runs(struct piece *pieces, size_t n)
{
	size_t i, first = 0;
	bool both = false;
	long id;

	for (i = 1; i <= n; i++) {
		if (i < n && compare_pieces(&pieces[first], &pieces[i]) == 0) {
			both |= pieces[i].side != pieces[first].side;
			continue;
		}
		id = both ? (long)first : -1;
		while (first < i)
			*pieces[first++].id = id;
		both = false;
	}
}

/* Keep the numbered pieces; the others are changed. */
static void
keep_shared(struct side *s, long *ids)
{
	s->ids = ids;
	s->places = mem_array(s->to - s->from, sizeof(*s->places));
	for (size_t i = s->from; i < s->to; i++) {
		if (ids[i - s->from] < 0) {
			s->changed[i] = true;
			continue;
		}
		s->ids[s->n] = ids[i - s->from];
		s->places[s->n++] = i;
	}
}

static void
number_pieces(struct side *a, struct side *b)
{
	size_t n_a = a->to - a->from, n_b = b->to - b->from;
	struct piece *pieces = mem_array(n_a + n_b, sizeof(*pieces));
	long *ids_a = mem_array(n_a, sizeof(*ids_a));
	long *ids_b = mem_array(n_b, sizeof(*ids_b));

	(void)list_pieces(list_pieces(pieces, a, ids_a), b, ids_b);
	qsort(pieces, n_a + n_b, sizeof(*pieces), compare_pieces);
	number_runs(pieces, n_a + n_b);
	free(pieces);
	keep_shared(a, ids_a);
	keep_shared(b, ids_b);
}

/* --- the middle of the shortest path --- */

/*
 * One more edit from one end: the diagonals in reach grow by one on each
 * side while they lie in the box; what lies beyond is `beyond`.
 */
static void
widen(struct range *r, const struct range *box, long *reach, long beyond)
{
	if (r->min > box->min)
		reach[--r->min - 1] = beyond;
	else
		r->min++;
	if (r->max < box->max)
		reach[++r->max + 1] = beyond;
	else
		r->max--;
}

/* A path from the start goes on; true when it meets one from the end. */
static bool
step_ahead(struct work *w, const struct box *box, const struct range *mine,
	   const struct range *theirs, long met[2])
{
	long k, x, y, from;

	for (k = mine->max; k >= mine->min; k -= 2) {
		x = w->ahead[k - 1] >= w->ahead[k + 1] ? w->ahead[k - 1] + 1
						       : w->ahead[k + 1];
		from = x;
		for (y = x - k;
		     x < box->x1 && y < box->y1 && w->a.ids[x] == w->b.ids[y];
		     y++)
			x++;
		*w->effort -= 1 + x - from;
		w->ahead[k] = x;
		met[0] = x;
		met[1] = y;
		if (theirs && k >= theirs->min && k <= theirs->max &&
		    w->back[k] <= x)
			return true;
	}
	return false;
}

static bool
step_back(struct work *w, const struct box *box, const struct range *mine,
	  const struct range *theirs, long met[2])
{
	long k, x, y, from;

	for (k = mine->max; k >= mine->min; k -= 2) {
		x = w->back[k - 1] < w->back[k + 1] ? w->back[k - 1]
						    : w->back[k + 1] - 1;
		from = x;
		for (y = x - k; x > box->x0 && y > box->y0 &&
				w->a.ids[x - 1] == w->b.ids[y - 1];
		     y--)
			x--;
		*w->effort -= 1 + from - x;
		w->back[k] = x;
		met[0] = x;
		met[1] = y;
		if (theirs && k >= theirs->min && k <= theirs->max &&
		    x <= w->ahead[k])
			return true;
	}
	return false;
}

/* A point on a shortest path, half way; false when it takes too long. */
static bool
find_middle(struct work *w, const struct box *box, long met[2])
{
	const struct range all = { box->x0 - box->y1, box->x1 - box->y0 };
	struct range ahead = { box->x0 - box->y0, box->x0 - box->y0 };
	struct range back = { box->x1 - box->y1, box->x1 - box->y1 };
	bool odd = (ahead.min - back.min) % 2 != 0;

	w->ahead[ahead.min] = box->x0;
	w->back[back.min] = box->x1;
	while (*w->effort > 0) {
		widen(&ahead, &all, w->ahead, -1);
		if (step_ahead(w, box, &ahead, odd ? &back : NULL, met))
			return true;
		widen(&back, &all, w->back, box->x1 + 1);
		if (step_back(w, box, &back, odd ? NULL : &ahead, met))
			return true;
	}
	return false;
}

static void
mark_kept(struct side *s, long from, long to)
{
	for (; from < to; from++)
		s->changed[s->places[from]] = true;
}

static void
compare_box(struct work *w, struct box box)
{
	long met[2] = { 0, 0 };

	while (box.x0 < box.x1 && box.y0 < box.y1 &&
	       w->a.ids[box.x0] == w->b.ids[box.y0]) {
		box.x0++;
		box.y0++;
	}
	while (box.x0 < box.x1 && box.y0 < box.y1 &&
	       w->a.ids[box.x1 - 1] == w->b.ids[box.y1 - 1]) {
		box.x1--;
		box.y1--;
	}
	if (box.x0 == box.x1 || box.y0 == box.y1 ||
	    !find_middle(w, &box, met)) {
		w->coarse |= box.x0 < box.x1 && box.y0 < box.y1;
		mark_kept(&w->a, box.x0, box.x1);
		mark_kept(&w->b, box.y0, box.y1);
		return;
	}
	assert(met[0] >= box.x0 && met[0] <= box.x1);
	assert(met[1] >= box.y0 && met[1] <= box.y1);
	compare_box(w, (struct box){ box.x0, met[0], box.y0, met[1] });
	compare_box(w, (struct box){ met[0], box.x1, met[1], box.y1 });
}

static void
compare_middle(struct work *w)
{
	size_t diagonals;

	number_pieces(&w->a, &w->b);
	diagonals = (size_t)(w->a.n + w->b.n) + 5; /* one beyond each end */
	w->ahead = mem_array(2 * diagonals, sizeof(*w->ahead));
	w->back = w->ahead + diagonals;
	w->ahead += w->b.n + 2;
	w->back += w->b.n + 2;
	compare_box(w, (struct box){ 0, w->a.n, 0, w->b.n });
	free(w->ahead - w->b.n - 2);
	free(w->a.ids);
	free(w->b.ids);
	free(w->a.places);
	free(w->b.places);
}

/* --- from marks to hunks --- */

static void
add_hunk(struct textdiff *d, const struct textdiff_hunk *h)
{
	if ((d->n & (d->n - 1)) == 0)
		d->hunks = mem_realloc(d->hunks, (d->n ? d->n * 2 : 1) *
							 sizeof(*d->hunks));
	d->hunks[d->n++] = *h;
}

static void
collect_hunks(struct textdiff *d, const struct side *a, const struct side *b)
{
	size_t i = a->from, j = b->from;
	struct textdiff_hunk h;

	while (i < a->to || j < b->to) {
		h = (struct textdiff_hunk){ i, 0, j, 0 };
		for (; i < a->to && a->changed[i]; i++)
			h.n_a++;
		for (; j < b->to && b->changed[j]; j++)
			h.n_b++;
		if (h.n_a + h.n_b > 0) {
			add_hunk(d, &h);
			continue;
		}
		i++;
		j++;
	}
}

/* Move a stretch that only one side has down, short of piece `stop`. */
static void
slide_hunk(struct textdiff_hunk *h, const struct textrow *a,
	   const struct textrow *b, size_t stop)
{
	const struct textrow *row = h->n_a ? a : b;
	size_t *from = h->n_a ? &h->a : &h->b;
	size_t count = h->n_a + h->n_b;

	if (h->n_a && h->n_b)
		return;
	while (*from + count + 1 <= stop &&
	       are_equal(row, *from, row, *from + count)) {
		h->a++;
		h->b++;
	}
}

static void
slide_hunks(struct textdiff *d, const struct textrow *a,
	    const struct textrow *b)
{
	for (size_t i = d->n; i-- > 0;) {
		struct textdiff_hunk *h = &d->hunks[i];
		bool last = i + 1 == d->n;
		size_t stop_a = last ? a->n : h[1].a - 1;
		size_t stop_b = last ? b->n : h[1].b - 1;

		slide_hunk(h, a, b, h->n_a ? stop_a : stop_b);
	}
}

void
textdiff_make(struct textdiff *d, const struct textrow *a,
	      const struct textrow *b, long *effort)
{
	struct work w = { .a.row = a, .b.row = b, .effort = effort };
	size_t n_a, n_b;

	memset(d, 0, sizeof(*d));
	set_ends_aside(&w.a, &w.b);
	n_a = w.a.to - w.a.from;
	n_b = w.b.to - w.b.from;
	if (n_a + n_b == 0)
		return;
	w.coarse = n_a && n_b && n_a + n_b > PIECES_MAX;
	if (!n_a || !n_b || w.coarse) {
		add_hunk(d, &(struct textdiff_hunk){ w.a.from, n_a, w.b.from,
						     n_b });
	} else {
		w.a.changed = mem_array(a->n, sizeof(bool));
		w.b.changed = mem_array(b->n, sizeof(bool));
		compare_middle(&w);
		collect_hunks(d, &w.a, &w.b);
		free(w.a.changed);
		free(w.b.changed);
	}
	d->coarse = w.coarse;
	slide_hunks(d, a, b);
}

void
textdiff_release(struct textdiff *d)
{
	free(d->hunks);
	memset(d, 0, sizeof(*d));
}
