/*
 * find.c - the whole page is folded into one text, with where each line begins
 * in it, and thrown away again: a page of a megabyte takes some milliseconds.
 * Columns are only worked out on lines where they matter.
 */
#include "view/find.h"

#include <stdlib.h>
#include <string.h>

#include "plein/buf.h"
#include "plein/mem.h"
#include "plein/utf8.h"

/* What is sought in. */
struct haystack {
	const struct layout *layout;
	struct buf text; /* folded; a newline where a paragraph ends */
	size_t *starts; /* of each line, in `text` */
};

/* --- folding --- */

static void
fold_line(struct buf *out, const struct layout *l, size_t i)
{
	const struct layout_line *line = &l->lines[i];
	int col = line->n_spans ? line->spans[0].col : 0;

	for (size_t j = 0; j < line->n_spans; j++) {
		const struct layout_span *span = &line->spans[j];

		if (span->col > col)
			buf_char(out, ' ');
		utf8_fold(out, l->text + span->text, span->len);
		col = span->col + span->width;
	}
}

/* Between the words at the end of a line and those on the next. */
static void
join_lines(struct buf *out, const struct layout *l, size_t next)
{
	char last = out->len ? out->ptr[out->len - 1] : '\n';

	if (next >= l->n_lines || l->lines[next].blank)
		buf_char(out, '\n');
	else if (last != '-' && last != '/')
		buf_char(out, ' ');
}

static void
fill_haystack(struct haystack *h, const struct layout *l)
{
	h->layout = l;
	buf_init(&h->text);
	h->starts = mem_array(l->n_lines + 1, sizeof(*h->starts));
	for (size_t i = 0; i < l->n_lines; i++) {
		h->starts[i] = h->text.len;
		fold_line(&h->text, l, i);
		join_lines(&h->text, l, i + 1);
	}
	h->starts[l->n_lines] = h->text.len;
}

/* Without blanks at the ends, and one where there are more. */
static void
fold_words(struct buf *out, const char *words)
{
	struct buf folded = BUF_INIT;

	utf8_fold(&folded, words, strlen(words));
	for (size_t i = 0; i < folded.len; i++) {
		char c = folded.ptr[i];
		bool blank = c == ' ' || c == '\t';

		if (!blank)
			buf_char(out, c);
		else if (out->len && out->ptr[out->len - 1] != ' ')
			buf_char(out, ' ');
	}
	while (out->len && out->ptr[out->len - 1] == ' ')
		buf_erase(out, out->len - 1, 1);
	buf_release(&folded);
}

/* --- columns --- */

/* The column where byte `at` of the folded line stands. */
static int
column_of(const struct layout *l, size_t i, size_t at)
{
	const struct layout_line *line = &l->lines[i];
	struct buf folded = BUF_INIT;
	int col = line->n_spans ? line->spans[0].col : 0;

	for (size_t j = 0; j < line->n_spans && folded.len <= at; j++) {
		const struct layout_span *span = &line->spans[j];
		const char *s = l->text + span->text;

		if (span->col > col)
			buf_char(&folded, ' ');
		col = span->col;
		for (size_t pos = 0, next; pos < span->len; pos = next) {
			next = utf8_next(s, span->len, pos);
			utf8_fold(&folded, s + pos, next - pos);
			if (folded.len > at)
				break;
			col += utf8_cluster_width(s + pos, next - pos);
		}
	}
	buf_release(&folded);
	return col;
}

static int
line_end(const struct layout_line *line)
{
	const struct layout_span *last;

	if (!line->n_spans)
		return 0;
	last = &line->spans[line->n_spans - 1];
	return last->col + last->width;
}

static void
place_hit(const struct haystack *h, size_t line, size_t at, size_t len,
	  struct find_place *out)
{
	size_t start = h->starts[line];
	int end = line_end(&h->layout->lines[line]);

	out->line = line;
	out->col = column_of(h->layout, line, at - start);
	if (at + len < h->starts[line + 1])
		end = column_of(h->layout, line, at + len - start);
	out->width = end > out->col ? end - out->col : 1;
}

/* --- finding --- */

/* Is the hit behind the cursor, or under it where that counts? */
static bool
is_ahead(const struct haystack *h, const struct find_cursor *c, size_t line,
	 size_t at)
{
	int col;

	if (line != c->line)
		return line > c->line;
	col = column_of(h->layout, line, at - h->starts[line]);
	return col > c->col || (c->here && col == c->col);
}

static bool
is_behind(const struct haystack *h, const struct find_cursor *c, size_t line,
	  size_t at)
{
	if (line != c->line)
		return line < c->line;
	return column_of(h->layout, line, at - h->starts[line]) < c->col;
}

/* All hits in order: the wanted one, the first and the last are kept. */
struct hits {
	size_t all;
	size_t near, near_line, near_n; /* near_n 0: none yet */
	size_t first, first_line, last, last_line;
};

static void
take_hit(struct hits *f, const struct haystack *h, const struct find_cursor *c,
	 int by, size_t line, size_t at)
{
	bool wanted = by > 0 ? !f->near_n && is_ahead(h, c, line, at)
			     : is_behind(h, c, line, at);

	if (!f->all++) {
		f->first = at;
		f->first_line = line;
	}
	f->last = at;
	f->last_line = line;
	if (!wanted)
		return;
	f->near = at;
	f->near_line = line;
	f->near_n = f->all;
}

static void
scan(struct hits *f, const struct haystack *h, const struct buf *words,
     const struct find_cursor *c, int by)
{
	const char *s = h->text.ptr, *end = s + h->text.len, *found;
	size_t line = 0, at;

	while ((found = memmem(s, (size_t)(end - s), words->ptr, words->len))) {
		at = (size_t)(found - h->text.ptr);
		while (at >= h->starts[line + 1])
			line++;
		take_hit(f, h, c, by, line, at);
		s = found + words->len;
	}
}

/* Which of them it is; round the end when there is none that way. */
static void
choose_hit(const struct hits *f, const struct haystack *h, size_t len, int by,
	   struct find_place *out)
{
	out->all = f->all;
	if (f->near_n) {
		out->n = f->near_n;
		place_hit(h, f->near_line, f->near, len, out);
	} else if (f->all && by > 0) {
		out->n = 1;
		place_hit(h, f->first_line, f->first, len, out);
	} else if (f->all) {
		out->n = f->all;
		place_hit(h, f->last_line, f->last, len, out);
	}
}

bool
find_words(const struct layout *l, const char *words,
	   const struct find_cursor *from, int by, struct find_place *out)
{
	struct buf folded = BUF_INIT;
	struct haystack h;
	struct hits f = { 0 };

	*out = (struct find_place){ 0 };
	fold_words(&folded, words);
	fill_haystack(&h, l);
	if (folded.len && h.text.len)
		scan(&f, &h, &folded, from, by);
	choose_hit(&f, &h, folded.len, by, out);
	free(h.starts);
	buf_release(&h.text);
	buf_release(&folded);
	return f.all > 0;
}
