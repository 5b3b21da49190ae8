/* reader.c - see reader.h. */
#include "view/reader.h"

#include <string.h>

#include "plein/utf8.h"
#include "view/find.h"

/* The layout line under a scroll line, or NULL for the lead. */
static const struct layout_line *
line_at(const struct reader *r, size_t i)
{
	if (i < READER_LEAD || i - READER_LEAD >= r->layout.n_lines)
		return NULL;
	return &r->layout.lines[i - READER_LEAD];
}

static bool
holds_text(const void *ctx, size_t i)
{
	const struct layout_line *line = line_at(ctx, i);

	return line && !line->blank;
}

int
reader_measure(int cols)
{
	int width = cols - LAYOUT_INDENT - 2;

	if (width > LAYOUT_MEASURE)
		width = LAYOUT_MEASURE;
	return width < 10 ? 10 : width;
}

void
reader_set(struct reader *r, const char *markdown, size_t len, int cols,
	   const struct layout_wiki *wiki)
{
	const struct layout_text text = { .markdown = markdown, .len = len };

	reader_set_around(r, &text, cols, wiki);
}

/* Another layout of the same text, so far as we know. */
void
reader_take(struct reader *r, struct layout *take)
{
	size_t before = r->rested ? r->rested : r->layout.n_lines;
	size_t at = r->scroll.at;
	bool same;

	layout_release(&r->layout);
	r->layout = *take;
	*take = (struct layout){ 0 };
	r->scroll.can_focus = holds_text;
	r->scroll.ctx = r;
	r->scroll.n = READER_LEAD + r->layout.n_lines;
	same = r->rested == r->layout.n_lines && r->rested &&
	       r->link < (int)r->layout.n_links;
	r->rested = 0;
	if (!same && !r->extends)
		reader_moved(r);
	if (before && before != r->layout.n_lines && !r->extends)
		at = READER_LEAD +
		     (at - (at ? READER_LEAD : 0)) * r->layout.n_lines / before;
	r->scroll.at = at;
	r->extends = false;
}

void
reader_set_around(struct reader *r, const struct layout_text *text, int cols,
		  const struct layout_wiki *wiki)
{
	struct layout l;

	layout_make_around(&l, text, reader_measure(cols), wiki);
	reader_take(r, &l);
}

void
reader_set_plain(struct reader *r, const char *text, size_t len, int cols)
{
	struct layout l;

	layout_make_plain(&l, text, len, reader_measure(cols));
	reader_take(r, &l);
}

void
reader_release(struct reader *r)
{
	layout_release(&r->layout);
}

void
reader_rest(struct reader *r)
{
	if (r->layout.n_lines)
		r->rested = r->layout.n_lines;
	layout_release(&r->layout);
}

void
reader_extend(struct reader *r)
{
	r->extends = true;
}

void
reader_moved(struct reader *r)
{
	r->link = -1;
	r->hit = 0;
	r->col = 0;
}

/* --- columns --- */

/* The span that covers column `col`, or NULL. */
static const struct layout_span *
span_at(const struct layout_line *line, int col)
{
	for (size_t i = 0; i < line->n_spans; i++)
		if (col >= line->spans[i].col &&
		    col < line->spans[i].col + line->spans[i].width)
			return &line->spans[i];
	return NULL;
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

/* First column of the character that covers `col`, and its width. */
static int
find_character(const struct reader *r, const struct layout_line *line, int col,
	       int *width)
{
	const struct layout_span *s = span_at(line, col);
	const char *text;
	int at;

	*width = 1;
	if (!s)
		return col;
	text = r->layout.text + s->text;
	at = s->col;
	for (size_t pos = 0; pos < s->len;) {
		size_t next = utf8_next(text, s->len, pos);

		*width = utf8_cluster_width(text + pos, next - pos);
		if (col < at + *width)
			return at;
		at += *width;
		pos = next;
	}
	return col;
}

void
reader_walk(struct reader *r, int by)
{
	const struct layout_line *line = line_at(r, r->scroll.at);
	int width, col;

	r->link = -1;
	r->hit = 0;
	if (!line)
		return;
	col = find_character(r, line, r->col, &width);
	if (by > 0)
		col += width;
	else if (col > 0)
		col = find_character(r, line, col - 1, &width);
	if (col <= line_end(line))
		r->col = col;
}

/* --- links --- */

static size_t
line_of_link(const struct layout_link *link)
{
	return READER_LEAD + (size_t)link->line;
}

/* Is the link behind the cursor? */
static bool
comes_after(const struct reader *r, const struct layout_link *link)
{
	size_t line = line_of_link(link);

	return line > r->scroll.at ||
	       (line == r->scroll.at && link->col > r->col) ||
	       (line == r->scroll.at && link->col == r->col && r->link < 0);
}

static bool
stands_before(const struct layout_link *a, const struct layout_link *b)
{
	return a->line < b->line || (a->line == b->line && a->col < b->col);
}

/*
 * The first link in sight behind the cursor (by 1) or the last one before it,
 * else round the end. In a table with lines of several cells each, the order
 * in which links come is not the one in which they stand.
 */
static int
find_link(const struct reader *r, int by)
{
	const struct layout_link *all = r->layout.links;
	int near = -1, round = -1;

	for (size_t i = 0; i < r->layout.n_links; i++) {
		bool after = comes_after(r, &all[i]);
		bool wanted = by > 0 ? after : !after && (int)i != r->link;

		if (wanted && (near < 0 ||
			       stands_before(&all[i], &all[near]) == (by > 0)))
			near = (int)i;
		if (round < 0 ||
		    stands_before(&all[i], &all[round]) == (by > 0))
			round = (int)i;
	}
	return near < 0 ? round : near;
}

void
reader_focus_link(struct reader *r, int link)
{
	const struct layout_link *found = &r->layout.links[link];

	scroll_jump(&r->scroll, line_of_link(found));
	reader_moved(r);
	r->link = link;
	r->col = found->col;
}

bool
reader_next_link(struct reader *r, int by)
{
	if (!r->layout.n_links)
		return false;
	reader_focus_link(r, find_link(r, by));
	return true;
}

static bool
is_in_text(const struct reader *r, const struct layout_link *link)
{
	return (size_t)link->line >= r->layout.text_from &&
	       (size_t)link->line < r->layout.text_to;
}

bool
reader_number_link(const struct reader *r, size_t *n, size_t *all)
{
	const struct layout_link *links = r->layout.links;

	*n = *all = 0;
	for (size_t i = 0; i < r->layout.n_links; i++) {
		if (!is_in_text(r, &links[i]))
			continue;
		++*all;
		if ((int)i == r->link ||
		    stands_before(&links[i], &links[r->link]))
			++*n;
	}
	return is_in_text(r, &links[r->link]);
}

/* Does this span belong to a link and end behind the cursor? */
static bool
is_link_ahead(const struct reader *r, const struct layout_span *s)
{
	return s->link >= 0 && s->col + s->width > r->col;
}

const struct layout_link *
reader_link_here(const struct reader *r)
{
	const struct layout_line *line = line_at(r, r->scroll.at);

	if (r->link >= 0)
		return &r->layout.links[r->link];
	for (size_t i = 0; line && i < line->n_spans; i++)
		if (is_link_ahead(r, &line->spans[i]))
			return &r->layout.links[line->spans[i].link];
	return NULL;
}

/* --- words --- */

bool
reader_find(struct reader *r, const char *words, int by, bool first, size_t *n,
	    size_t *all)
{
	size_t at = r->scroll.at;
	const struct find_cursor from = {
		.line = at > READER_LEAD ? at - READER_LEAD : 0,
		.col = r->col,
		.here = first && !r->hit,
	};
	struct find_place place;
	bool found = find_words(&r->layout, words, &from, by, &place);

	*n = place.n;
	*all = place.all;
	if (!found)
		return false;
	scroll_jump(&r->scroll, READER_LEAD + place.line);
	reader_moved(r);
	r->col = place.col;
	r->hit = place.width;
	return true;
}

/* --- showing --- */

static void
paint_span(const struct reader *r, struct canvas *c, int row,
	   const struct layout_span *s)
{
	enum style style = s->style;

	if (s->link >= 0 && s->link == r->link)
		style = STYLE_FOCUS;
	(void)canvas_bytes(c, row, s->col, style, r->layout.text + s->text,
			   s->len);
}

/* The sign only where it hides no letter: headings start at column 0. */
static void
paint_focus(const struct reader *r, struct canvas *c, int row)
{
	const struct cell *cell = canvas_cell(c, row, 0);

	if (cell->glyph == ' ')
		(void)canvas_text(c, row, 0, 1, STYLE_PLAIN, ">");
	if (r->hit)
		canvas_style(c, row, r->col, r->hit, STYLE_FOCUS);
	canvas_cursor(c, row, r->col);
}

void
reader_paint(const struct reader *r, struct canvas *c, int top, int rows)
{
	canvas_cursor(c, top, 0);
	for (int i = 0; i < rows; i++) {
		size_t at = r->scroll.top + (size_t)i;
		const struct layout_line *line = line_at(r, at);

		for (size_t j = 0; line && j < line->n_spans; j++)
			paint_span(r, c, top + i, &line->spans[j]);
		if (at == r->scroll.at)
			paint_focus(r, c, top + i);
	}
}

/* --- headings --- */

static int
level_of(const struct reader *r, size_t at)
{
	return at < r->layout.n_lines ? r->layout.lines[at].heading : 0;
}

/* A heading that does not fit on a line is several lines, and one heading. */
static bool
starts_heading(const struct reader *r, size_t at)
{
	return level_of(r, at) && (!at || !level_of(r, at - 1));
}

static void
add_words(const struct reader *r, size_t at, struct buf *out)
{
	const struct layout_line *line = &r->layout.lines[at];

	for (size_t j = 0; j < line->n_spans; j++)
		if (line->spans[j].link >= -1)
			buf_add(out, r->layout.text + line->spans[j].text,
				line->spans[j].len);
}

static void
add_heading(const struct reader *r, size_t at, struct buf *out)
{
	for (size_t i = at; level_of(r, i); i++) {
		if (i > at)
			buf_char(out, ' ');
		add_words(r, i, out);
	}
}

size_t
reader_next_heading(const struct reader *r, size_t line)
{
	size_t at = line > READER_LEAD ? line - READER_LEAD : 0;

	if (at < r->layout.text_from)
		at = r->layout.text_from;
	for (; at < r->layout.text_to; at++)
		if (starts_heading(r, at))
			return READER_LEAD + at;
	return 0;
}

int
reader_heading_level(const struct reader *r, size_t line)
{
	return level_of(r, line - READER_LEAD);
}

int
reader_highest_level(const struct reader *r)
{
	int highest = 6;
	size_t at = 0;

	while (highest > 1 && (at = reader_next_heading(r, at + 1)))
		if (reader_heading_level(r, at) < highest)
			highest = reader_heading_level(r, at);
	return highest;
}

void
reader_heading_text(const struct reader *r, size_t line, struct buf *out)
{
	add_heading(r, line - READER_LEAD, out);
}

bool
reader_heading_above(const struct reader *r, struct buf *out)
{
	size_t at = r->scroll.at > READER_LEAD ? r->scroll.at - READER_LEAD : 0;

	if (at < r->layout.text_from || at >= r->layout.text_to)
		return false;
	for (size_t i = at + 1; i-- > r->layout.text_from;) {
		if (!starts_heading(r, i))
			continue;
		add_heading(r, i, out);
		return true;
	}
	return false;
}

void
reader_line(const struct reader *r, struct buf *out)
{
	size_t at = r->scroll.at > READER_LEAD ? r->scroll.at - READER_LEAD : 0;

	if (at >= r->layout.text_from && at < r->layout.text_to)
		add_words(r, at, out);
}

/* --- marks --- */

int
reader_mark(const struct reader *r)
{
	const struct layout_line *line = line_at(r, r->scroll.at);

	for (size_t i = 0; line && i < line->n_spans; i++)
		if (line->spans[i].link < -1)
			return LAYOUT_MARK(line->spans[i].link);
	return -1;
}

static bool
holds_mark(const struct layout_line *line, int mark)
{
	for (size_t i = 0; i < line->n_spans; i++)
		if (line->spans[i].link == LAYOUT_MARK(mark))
			return true;
	return false;
}

bool
reader_go_to_mark(struct reader *r, int mark)
{
	for (size_t i = 0; i < r->layout.n_lines; i++) {
		if (!holds_mark(&r->layout.lines[i], mark))
			continue;
		scroll_jump(&r->scroll, READER_LEAD + i);
		reader_moved(r);
		return true;
	}
	return false;
}
