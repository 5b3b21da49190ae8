/* compare.c - see compare.h. */
#include "wiki/compare.h"

#include <stdlib.h>
#include <string.h>

#include "plein/jsontext.h"
#include "plein/mem.h"
#include "plein/textdiff.h"
#include "wiki/call.h"

#define WORDS_MAX (64UL * 1024) /* bytes of one place, on either side */

enum { FROM, TO, SIDES };

static const char *const kinds[SIDES] = { "-", "+" };

struct writing {
	struct textrow rows[SIDES];
	bool words;
	json_t *lines; /* of the place being written */
	size_t bytes;
	long effort; /* for words */
	bool full;
};

/* What is changed in the words of one side of a place. */
struct wording {
	struct textrow row;
	bool *changed; /* for each word */
	size_t next; /* word, in the order of lines */
};

bool
compare_fits(const json_t *row, size_t *bytes)
{
	*bytes += jsontext_size(row) + 1;
	return *bytes <= COMPARE_BYTES;
}

/* --- words --- */

static void
mark_words(struct wording *w, size_t from, size_t to)
{
	memset(w->changed + from, true, to - from);
}

static bool
is_blank(const struct textrow *r, size_t i)
{
	const char *s = textrow_ptr(r, i);

	for (size_t k = 0; k < textrow_len(r, i, 1); k++)
		if (s[k] != ' ' && s[k] != '\t')
			return false;
	return true;
}

/* A blank between two changed words is changed with them. */
static bool
is_narrow(const struct textdiff_hunk *h, const struct textrow *r)
{
	size_t end = h[0].a + h[0].n_a;

	return h[1].a == end + 1 && is_blank(r, end);
}

static void
compare_words(struct wording w[SIDES], long *effort)
{
	struct textdiff d;

	textdiff_make(&d, &w[FROM].row, &w[TO].row, effort);
	for (size_t i = 0; i < d.n; i++) {
		const struct textdiff_hunk *h = &d.hunks[i];
		size_t more = i + 1 < d.n && is_narrow(h, &w[FROM].row);

		mark_words(&w[FROM], h->a, h->a + h->n_a + more);
		mark_words(&w[TO], h->b, h->b + h->n_b + more);
	}
	textdiff_release(&d);
}

static void
open_words(struct wording *w, const struct textrow *lines, size_t first,
	   size_t count)
{
	textrow_words(&w->row, textrow_ptr(lines, first),
		      textrow_len(lines, first, count));
	w->changed = mem_array(w->row.n + 1, sizeof(bool));
	w->next = 0;
}

static void
close_words(struct wording *w)
{
	textrow_release(&w->row);
	free(w->changed);
}

static void
add_piece(json_t *out, const char *kind, const char *s, size_t len)
{
	json_t *piece = json_object();

	(void)json_object_set_new(piece, "kind", json_string(kind));
	(void)json_object_set_new(piece, "text", call_json(s, len));
	(void)json_array_append_new(out, piece);
}

/*
 * The words between two bytes of the side's text, those of a line without
 * its newline. One that reaches over it goes on in the next line.
 */
static json_t *
describe_words(struct wording *w, size_t from, size_t to, const char *kind)
{
	const size_t *at = w->row.at;
	json_t *out = json_array();
	size_t k = w->next, end;

	while (k < w->row.n && at[k + 1] <= from)
		k++;
	for (; from < to; from = end) {
		bool changed = w->changed[k];

		while (at[k + 1] < to && w->changed[k + 1] == changed)
			k++;
		end = at[k + 1] < to ? at[k + 1] : to;
		add_piece(out, changed ? kind : " ", w->row.text + from,
			  end - from);
		k += end == at[k + 1];
	}
	w->next = k;
	return out;
}

/* --- lines --- */

static size_t
line_len(const struct textrow *r, size_t i)
{
	size_t len = textrow_len(r, i, 1);

	return len > 0 && textrow_ptr(r, i)[len - 1] == '\n' ? len - 1 : len;
}

/* `words` may be NULL. */
static void
add_line(struct writing *w, int side, size_t i, const char *kind,
	 json_t *words_take)
{
	const struct textrow *r = &w->rows[side];
	size_t len = line_len(r, i);
	json_t *line = json_object();

	(void)json_object_set_new(line, "kind", json_string(kind));
	(void)json_object_set_new(line, "text",
				  call_json(textrow_ptr(r, i), len));
	if (words_take)
		(void)json_object_set_new(line, "words", words_take);
	if (len == textrow_len(r, i, 1))
		(void)json_object_set_new(line, "newline", json_false());
	if (!w->full && compare_fits(line, &w->bytes)) {
		(void)json_array_append_new(w->lines, line);
		return;
	}
	w->full = true;
	json_decref(line);
}

static void
add_context(struct writing *w, size_t from, size_t to)
{
	for (; from < to; from++)
		add_line(w, FROM, from, " ", NULL);
}

static void
add_side(struct writing *w, int side, size_t first, size_t count,
	 struct wording *words)
{
	const struct textrow *r = &w->rows[side];

	for (size_t i = first; i < first + count && !w->full; i++) {
		size_t at = r->at[i] - r->at[first];

		add_line(w, side, i, kinds[side],
			 words ? describe_words(words, at, at + line_len(r, i),
						kinds[side])
			       : NULL);
	}
}

static bool
wants_words(const struct writing *w, const struct textdiff_hunk *h)
{
	return w->words && h->n_a && h->n_b &&
	       textrow_len(&w->rows[FROM], h->a, h->n_a) <= WORDS_MAX &&
	       textrow_len(&w->rows[TO], h->b, h->n_b) <= WORDS_MAX;
}

static void
add_change(struct writing *w, const struct textdiff_hunk *h)
{
	struct wording words[SIDES];
	bool told = wants_words(w, h);

	if (told) {
		open_words(&words[FROM], &w->rows[FROM], h->a, h->n_a);
		open_words(&words[TO], &w->rows[TO], h->b, h->n_b);
		compare_words(words, &w->effort);
	}
	add_side(w, FROM, h->a, h->n_a, told ? &words[FROM] : NULL);
	add_side(w, TO, h->b, h->n_b, told ? &words[TO] : NULL);
	if (told) {
		close_words(&words[FROM]);
		close_words(&words[TO]);
	}
}

/* --- places --- */

static size_t
end_of(const struct textdiff_hunk *h)
{
	return h->a + h->n_a;
}

/* Hunks from i on whose equal lines around them touch. */
static size_t
count_near(const struct textdiff *d, size_t i)
{
	size_t n = 1;

	while (i + n < d->n &&
	       d->hunks[i + n].a <=
		       end_of(&d->hunks[i + n - 1]) + 2 * COMPARE_CONTEXT)
		n++;
	return n;
}

static json_t *
describe_range(size_t first, size_t count)
{
	return json_pack("[I,I]", (json_int_t)first + 1, (json_int_t)count);
}

static json_t *
describe_place(struct writing *w, const struct textdiff_hunk *h, size_t n)
{
	const struct textdiff_hunk *last = &h[n - 1];
	size_t above = h->a < COMPARE_CONTEXT ? h->a : COMPARE_CONTEXT;
	size_t below = w->rows[FROM].n - end_of(last);
	size_t at = h->a - above;

	below = below < COMPARE_CONTEXT ? below : COMPARE_CONTEXT;
	w->lines = json_array();
	for (size_t i = 0; i < n; i++) {
		add_context(w, at, h[i].a);
		add_change(w, &h[i]);
		at = end_of(&h[i]);
	}
	add_context(w, at, at + below);
	return json_pack(
		"{s:o, s:o, s:o}", "from",
		describe_range(h->a - above,
			       end_of(last) + below - (h->a - above)),
		"to",
		describe_range(h->b - above,
			       last->b + last->n_b + below - (h->b - above)),
		"lines", w->lines);
}

json_t *
compare_texts(const struct buf *from, const struct buf *to, bool words,
	      bool *complete)
{
	struct writing w = { .words = words, .effort = TEXTDIFF_EFFORT };
	json_t *places = json_array();
	long effort = TEXTDIFF_EFFORT;
	struct textdiff d;
	size_t i, n;

	textrow_lines(&w.rows[FROM], from->ptr, from->len);
	textrow_lines(&w.rows[TO], to->ptr, to->len);
	textdiff_make(&d, &w.rows[FROM], &w.rows[TO], &effort);
	for (i = 0; i < d.n && !w.full; i += n) {
		n = count_near(&d, i);
		(void)json_array_append_new(places,
					    describe_place(&w, &d.hunks[i], n));
	}
	*complete = !w.full;
	textdiff_release(&d);
	textrow_release(&w.rows[FROM]);
	textrow_release(&w.rows[TO]);
	return places;
}
