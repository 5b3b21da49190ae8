/*
 * origins.c - the text is laid out as on its page, a line a paragraph; where
 * each word of that came from is found by comparing it with the text as it
 * was written, of which the versions are known. What only the page shows, as
 * the title that stands for a link, is as old as what it stands for.
 */
#include "view/origins.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/marked.h"
#include "plein/frontmatter.h"
#include "plein/mem.h"
#include "plein/textdiff.h"

#define APART 3 /* words at an end of a sentence that may be a piece */

struct work {
	const json_t *rows;
	size_t *starts; /* of each row, and of what is behind the last */
	struct buf source; /* the text of all of them */
	size_t body; /* byte in it where the fields end */
	struct marked shown; /* as on the page; all of it is in both */
	struct textrow words; /* of what is shown */
	size_t *origins; /* for each of those, its row */
	struct vec pieces;
	size_t line; /* byte of `shown` where the line of the last piece begins */
};

static json_int_t
version_of(const struct work *w, size_t row)
{
	return json_integer_value(
		json_object_get(json_array_get(w->rows, row), "version"));
}

/* --- the two texts --- */

static void
collect_source(struct work *w)
{
	size_t n = json_array_size(w->rows), begin, end;

	w->starts = mem_array(n + 1, sizeof(*w->starts));
	for (size_t i = 0; i < n; i++) {
		const json_t *text =
			json_object_get(json_array_get(w->rows, i), "text");

		w->starts[i] = w->source.len;
		buf_add(&w->source, json_string_value(text),
			json_string_length(text));
	}
	w->starts[n] = w->source.len;
	if (!frontmatter_find(w->source.ptr, w->source.len, &begin, &end,
			      &w->body))
		w->body = 0;
}

/* Lines of the page, without what they are indented by and empty ones. */
static void
collect_shown(struct work *w, const struct layout_wiki *wiki)
{
	struct buf plain = BUF_INIT;
	struct layout l;
	const char *line, *end;

	layout_make(&l, w->source.ptr + w->body, w->source.len - w->body,
		    LAYOUT_UNWRAPPED, wiki);
	layout_plain(&l, &plain);
	for (line = plain.ptr; *line; line = end + 1) {
		size_t indent = strspn(line, " ");

		end = strchr(line, '\n');
		if (line + indent < end) {
			line += indent < LAYOUT_INDENT ? indent : LAYOUT_INDENT;
			marked_add(&w->shown, line, (size_t)(end + 1 - line),
				   MARK_BOTH);
		}
	}
	layout_release(&l);
	buf_release(&plain);
}

/* --- where words come from --- */

static size_t
row_at(const struct work *w, size_t byte)
{
	size_t low = 0, high = json_array_size(w->rows);

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (w->starts[middle] <= byte)
			low = middle;
		else
			high = middle;
	}
	return low;
}

/* The row of a piece of the body as it was written. */
static size_t
row_of(const struct work *w, const struct textrow *written, size_t i)
{
	size_t len;
	const char *s;

	if (!written->n)
		return 0;
	s = textrow_core(written, i < written->n ? i : written->n - 1, &len);
	return row_at(w, (size_t)(s - w->source.ptr));
}

/* What replaces written pieces comes from them, in order. */
static void
find_hunk(struct work *w, const struct textrow *written,
	  const struct textdiff_hunk *h)
{
	for (size_t i = 0; i < h->n_b; i++)
		w->origins[h->b + i] =
			row_of(w, written, h->a + i * h->n_a / h->n_b);
}

static void
find_origins(struct work *w)
{
	long effort = TEXTDIFF_EFFORT;
	struct textrow written;
	struct textdiff d;
	size_t i = 0, k = 0;

	textrow_spaced(&written, w->source.ptr + w->body,
		       w->source.len - w->body);
	textrow_spaced(&w->words, w->shown.text.ptr, w->shown.text.len);
	w->origins = mem_array(w->words.n + 1, sizeof(*w->origins));
	textdiff_make(&d, &written, &w->words, &effort);
	for (size_t n = 0; n <= d.n; n++) {
		size_t end = n < d.n ? d.hunks[n].b : w->words.n;

		for (; i < end; i++)
			w->origins[i] = row_of(w, &written, k++);
		if (n == d.n)
			break;
		find_hunk(w, &written, &d.hunks[n]);
		i += d.hunks[n].n_b;
		k = d.hunks[n].a + d.hunks[n].n_a;
	}
	textdiff_release(&d);
	textrow_release(&written);
}

/* --- pieces --- */

static struct origin *
last_piece(const struct work *w)
{
	return w->pieces.len ? w->pieces.items[w->pieces.len - 1] : NULL;
}

static void
open_piece(struct work *w, size_t row)
{
	struct origin *o = mem_alloc(sizeof(*o));

	o->row = row;
	vec_push(&w->pieces, o);
	w->line = SIZE_MAX;
}

/* Bytes [from, to) of the line that begins at `line`. */
static void
add_text(struct work *w, size_t line, size_t from, size_t to)
{
	const char *s = w->shown.text.ptr;
	struct vec *lines = &last_piece(w)->lines;
	struct buf joined = BUF_INIT;
	char *before;

	while (to > from && strchr(" \n", s[to - 1]))
		to--;
	if (w->line == line) {
		before = lines->items[--lines->len];
		buf_str(&joined, before);
		free(before);
	} else {
		while (from > line && from < to && s[from] == ' ')
			from++;
	}
	buf_add(&joined, s + from, to - from);
	vec_push(lines, buf_take(&joined));
	w->line = line;
}

/* Words and signs of a line, or a part of one. */
struct part {
	size_t line; /* byte where the line begins */
	size_t from, to; /* words of the row */
};

/* With the blanks before it, unless it begins the line. */
static void
add_part(struct work *w, const struct part *p, size_t row)
{
	const struct origin *last = last_piece(w);
	size_t from = w->words.at[p->from];

	if (!last || version_of(w, last->row) != version_of(w, row))
		open_piece(w, row);
	add_text(w, p->line, from < p->line ? p->line : from,
		 w->words.at[p->to]);
}

static bool
is_word(const struct textrow *r, size_t i)
{
	size_t len;
	const char *s = textrow_core(r, i, &len);

	return len && (isalnum((unsigned char)*s) || (*s & 0x80));
}

/* What the words of a sentence say: runs of words of one version. */
struct runs {
	size_t n;
	size_t first, last; /* words in the first and the last run */
	size_t cut; /* behind the last word of the first */
	size_t last_row; /* of the last word */
	size_t youngest; /* row */
};

static void
count_runs(const struct work *w, const struct part *p, struct runs *r)
{
	json_int_t before = -1, now;

	memset(r, 0, sizeof(*r));
	r->youngest = w->origins[p->from];
	for (size_t i = p->from; i < p->to; i++) {
		if (!is_word(&w->words, i))
			continue;
		now = version_of(w, w->origins[i]);
		if (now != before) {
			r->n++;
			r->last = 0;
		}
		r->last++;
		if (r->n == 1) {
			r->first++;
			r->cut = i + 1;
		}
		if (before < 0 || now > version_of(w, r->youngest))
			r->youngest = w->origins[i];
		r->last_row = w->origins[i];
		before = now;
	}
}

/* Signs behind the first run that came with it. */
static size_t
find_cut(const struct work *w, const struct part *p, const struct runs *r)
{
	json_int_t version = version_of(w, w->origins[r->cut - 1]);
	size_t cut = r->cut;

	while (cut < p->to && !is_word(&w->words, cut) &&
	       version_of(w, w->origins[cut]) == version)
		cut++;
	return cut;
}

static void
add_sentence(struct work *w, const struct part *p)
{
	struct part head = *p, tail = *p;
	struct runs r;

	count_runs(w, p, &r);
	if (r.n != 2 || r.first < APART || r.last < APART) {
		add_part(w, p, r.youngest);
		return;
	}
	head.to = tail.from = find_cut(w, p, &r);
	add_part(w, &head, w->origins[r.cut - 1]);
	add_part(w, &tail, r.last_row);
}

/* The first word from i on that ends behind `byte`. */
static size_t
word_behind(const struct work *w, size_t i, size_t byte)
{
	while (i < w->words.n && w->words.at[i + 1] <= byte)
		i++;
	return i;
}

static void
collect_pieces(struct work *w)
{
	const struct buf *text = &w->shown.text;
	struct part p = { 0, 0, 0 };
	size_t from, to;

	for (from = 0; from < text->len; from = to) {
		to = marked_sentence(&w->shown, from);
		p.to = word_behind(w, p.from, to);
		if (p.to > p.from)
			add_sentence(w, &p);
		p.from = p.to;
		if (text->ptr[to - 1] == '\n')
			p.line = to;
	}
}

struct vec
origins_make(const json_t *rows, const struct layout_wiki *wiki)
{
	struct work w = { .rows = rows, .source = BUF_INIT };

	marked_init(&w.shown);
	if (json_array_size(rows)) {
		collect_source(&w);
		collect_shown(&w, wiki);
		find_origins(&w);
		collect_pieces(&w);
	}
	free(w.starts);
	free(w.origins);
	textrow_release(&w.words);
	buf_release(&w.source);
	marked_release(&w.shown);
	return w.pieces;
}

void
origins_free(void *item)
{
	struct origin *o = item;

	vec_release(&o->lines, free);
	free(o);
}
