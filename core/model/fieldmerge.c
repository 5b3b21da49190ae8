/*
 * fieldmerge.c - the fields of the base make a row of slots; what a side
 * adds stands in the slot behind the field of the base it follows. So the
 * order of all that is kept is that of both sides, and the outcome does not
 * depend on who was first.
 */
#include "plein/fieldmerge.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"

struct walk {
	const struct fieldmerge_side *sides;
	struct diff3 out;
	size_t next[DIFF3_N]; /* first item of a side that is not done */
};

/* A field of one side; ptr is NULL when the side does not have it. */
struct value {
	const char *ptr;
	size_t len;
	size_t at; /* byte where it stands or would stand */
};

static const struct fieldspans *
spans_of(const struct walk *w, int side)
{
	return w->sides[side].spans;
}

static bool
has_key(const struct walk *w, int side, const char *key)
{
	const struct fieldspans *f = spans_of(w, side);

	return fieldspan_find(f, key) < f->n;
}

static bool
are_equal(const struct value *a, const struct value *b)
{
	if (!a->ptr || !b->ptr)
		return a->ptr == b->ptr;
	return a->len == b->len && memcmp(a->ptr, b->ptr, a->len) == 0;
}

/* What stands outside the fields: `---` lines, comments at the top. */
static bool
is_frame_equal(const struct walk *w)
{
	struct value head[DIFF3_N], foot[DIFF3_N];

	for (int side = 0; side < DIFF3_N; side++) {
		const struct fieldspans *f = spans_of(w, side);
		size_t top = f->n ? f->items[0].from : f->end;

		head[side] = (struct value){ w->sides[side].text, top, 0 };
		foot[side] = (struct value){ w->sides[side].text + f->end,
					     f->body - f->end, 0 };
	}
	return are_equal(&head[0], &head[1]) && are_equal(&head[0], &head[2]) &&
	       are_equal(&foot[0], &foot[1]) && are_equal(&foot[0], &foot[2]);
}

/* Do the fields of the base come in the same order on this side? */
static bool
keeps_order(const struct walk *w, int side)
{
	const struct fieldspans *base = spans_of(w, DIFF3_BASE);
	const struct fieldspans *f = spans_of(w, side);
	size_t i, at, before = 0;

	for (i = 0; i < f->n; i++) {
		at = fieldspan_find(base, f->items[i].key);
		if (at == base->n)
			continue;
		if (at < before)
			return false;
		before = at;
	}
	return true;
}

static void
find_value(const struct walk *w, int side, const char *key, struct value *v)
{
	const struct fieldspans *f = spans_of(w, side);
	size_t i = fieldspan_find(f, key);

	if (i == f->n) {
		i = w->next[side];
		*v = (struct value){ NULL, 0,
				     i < f->n ? f->items[i].from : f->end };
		return;
	}
	v->ptr = w->sides[side].text + f->items[i].from;
	v->len = f->items[i].to - f->items[i].from;
	v->at = f->items[i].from;
}

static void
report_clash(struct walk *w, const struct value v[DIFF3_N])
{
	struct diff3_clash c;

	for (int side = 0; side < DIFF3_N; side++) {
		c.first[side] =
			textrow_count_newlines(w->sides[side].text, v[side].at);
		c.count[side] =
			textrow_count_newlines(v[side].ptr, v[side].len);
	}
	diff3_add_clash(&w->out, &c);
}

static bool
has_comment(const struct value v[DIFF3_N])
{
	for (int side = 0; side < DIFF3_N; side++)
		if (v[side].ptr &&
		    fieldspan_has_comment(v[side].ptr, v[side].len))
			return true;
	return false;
}

/* The field of this name into the outcome; false when by line is better. */
static bool
join_field(struct walk *w, const char *key)
{
	const struct value *keep = NULL;
	struct value v[DIFF3_N];

	for (int side = 0; side < DIFF3_N; side++)
		find_value(w, side, key, &v[side]);
	if (are_equal(&v[DIFF3_YOURS], &v[DIFF3_SAVED]))
		keep = &v[DIFF3_YOURS];
	else if (are_equal(&v[DIFF3_YOURS], &v[DIFF3_BASE]))
		keep = &v[DIFF3_SAVED];
	else if (are_equal(&v[DIFF3_SAVED], &v[DIFF3_BASE]))
		keep = &v[DIFF3_YOURS];
	if ((!keep || !are_equal(keep, &v[DIFF3_BASE])) && has_comment(v))
		return false;
	if (!keep)
		report_clash(w, v);
	else if (keep->ptr)
		buf_add(&w->out.text, keep->ptr, keep->len);
	return true;
}

/* Fields from next on that the base does not have. */
static size_t
count_added(const struct walk *w, int side)
{
	const struct fieldspans *f = spans_of(w, side);
	size_t i = w->next[side];

	while (i < f->n && !has_key(w, DIFF3_BASE, f->items[i].key))
		i++;
	return i - w->next[side];
}

static const char *
next_key(const struct walk *w, int side, size_t i)
{
	return spans_of(w, side)->items[w->next[side] + i].key;
}

static bool
adds_the_same(const struct walk *w, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(next_key(w, DIFF3_YOURS, i),
			   next_key(w, DIFF3_SAVED, i)) != 0)
			return false;
	return true;
}

/* One side's additions of this slot, none of which the other has. */
static bool
join_added(struct walk *w, int side, size_t n)
{
	int other = side == DIFF3_YOURS ? DIFF3_SAVED : DIFF3_YOURS;
	const char *key;

	for (; n > 0; n--) {
		key = next_key(w, side, 0);
		if (has_key(w, other, key) || !join_field(w, key))
			return false;
		w->next[side]++;
	}
	return true;
}

/* What both add in this slot. */
static bool
join_slot(struct walk *w)
{
	size_t yours = count_added(w, DIFF3_YOURS);
	size_t saved = count_added(w, DIFF3_SAVED);
	bool saved_first = saved > 0 && yours > 0 &&
			   strcmp(next_key(w, DIFF3_SAVED, 0),
				  next_key(w, DIFF3_YOURS, 0)) < 0;

	if (yours == saved && adds_the_same(w, yours)) {
		for (; yours > 0; yours--) {
			if (!join_field(w, next_key(w, DIFF3_YOURS, 0)))
				return false;
			w->next[DIFF3_YOURS]++;
			w->next[DIFF3_SAVED]++;
		}
		return true;
	}
	if (saved_first && !join_added(w, DIFF3_SAVED, saved))
		return false;
	if (!join_added(w, DIFF3_YOURS, yours))
		return false;
	return saved_first || join_added(w, DIFF3_SAVED, saved);
}

/* The side's next field is this one of the base, unless it was removed. */
static void
pass_key(struct walk *w, int side, const char *key)
{
	if (w->next[side] < spans_of(w, side)->n &&
	    strcmp(next_key(w, side, 0), key) == 0)
		w->next[side]++;
}

static bool
join_all(struct walk *w)
{
	const struct fieldspans *base = spans_of(w, DIFF3_BASE);
	bool good = join_slot(w);

	for (size_t i = 0; good && i < base->n; i++) {
		good = join_field(w, base->items[i].key);
		for (int side = 0; side < DIFF3_N; side++)
			pass_key(w, side, base->items[i].key);
		good = good && join_slot(w);
	}
	return good;
}

bool
fieldmerge_join(struct diff3 *out, const struct fieldmerge_side sides[DIFF3_N])
{
	struct walk w = { .sides = sides, .out = DIFF3_INIT };
	const struct fieldspans *base = sides[DIFF3_BASE].spans;
	size_t top = base->n ? base->items[0].from : base->end;
	bool good = is_frame_equal(&w) && keeps_order(&w, DIFF3_YOURS) &&
		    keeps_order(&w, DIFF3_SAVED);

	buf_add(&w.out.text, sides[DIFF3_BASE].text, top);
	good = good && join_all(&w);
	if (good) {
		buf_add(&w.out.text, sides[DIFF3_BASE].text + base->end,
			base->body - base->end);
		buf_add(&out->text, w.out.text.ptr, w.out.text.len);
		for (size_t i = 0; i < w.out.n; i++)
			diff3_add_clash(out, &w.out.clashes[i]);
	}
	diff3_release(&w.out);
	return good;
}
