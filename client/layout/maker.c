/*
 * maker.c - blocks become lines. Text is collected in a prose and written
 * when its block ends; in tight lists it comes without a paragraph around
 * it, so whatever has been collected is also written before another block
 * begins.
 *
 * A stack says how far the present block is indented. It holds CONTAINERS_MAX
 * levels; deeper ones are counted and look like the last. The marker of a
 * list item waits for the item's first line; markers of lists that begin on
 * one line gather.
 */
#include "layout/maker.h"

#include <stdio.h>
#include <string.h>

#include "layout/footnote.h"
#include "plein/utf8.h"

void
maker_init(struct maker *m, int width, const struct layout_wiki *wiki)
{
	*m = (struct maker){ .wiki = wiki, .link = -1, .depth = 1 };
	m->stack[0].indent = LAYOUT_INDENT;
	lines_init(&m->lines, LAYOUT_INDENT + width);
	prose_init(&m->prose);
	table_init(&m->table);
	buf_init(&m->marker);
}

void
maker_release(struct maker *m)
{
	struct layout rest;

	lines_take(&m->lines, &rest);
	layout_release(&rest);
	prose_release(&m->prose);
	table_release(&m->table);
	buf_release(&m->marker);
}

int
maker_spend(struct maker *m, size_t cost)
{
	m->cost += cost;
	return m->cost > m->budget ? -1 : 0;
}

/* --- where text goes and how it looks --- */

struct container *
maker_top(struct maker *m)
{
	size_t n = m->depth < CONTAINERS_MAX ? m->depth : CONTAINERS_MAX;

	return &m->stack[n - 1];
}

/* At most half of the width is indentation. */
static int
bound_indent(const struct maker *m, int indent)
{
	int most = LAYOUT_INDENT + (m->lines.right - LAYOUT_INDENT) / 2;

	return indent < most ? indent : most;
}

static void
push_container(struct maker *m, const struct container *c)
{
	m->depth++;
	if (m->depth <= CONTAINERS_MAX)
		*maker_top(m) = *c;
}

static void
pop_container(struct maker *m)
{
	m->depth--;
}

struct prose *
maker_prose(struct maker *m)
{
	return m->table_cell ? &m->table.prose : &m->prose;
}

static enum style
current_style(const struct maker *m)
{
	if (m->link >= 0)
		return STYLE_LINK;
	if (m->code || m->code_block)
		return STYLE_CODE;
	if (m->heading)
		return STYLE_HEADING;
	if (m->strong || m->head_cell)
		return STYLE_STRONG;
	return m->emphasis ? STYLE_EMPHASIS : STYLE_PLAIN;
}

/* Quotes that begin with this text are marked before it. */
static void
open_quotes(struct maker *m)
{
	size_t n = m->depth < CONTAINERS_MAX ? m->depth : CONTAINERS_MAX;

	for (size_t i = 0; i < n; i++) {
		struct container *c = &m->stack[i];

		if (!c->quote || c->quoted)
			continue;
		c->quoted = true;
		prose_add(&m->prose, "\"", 1, STYLE_PLAIN, -1);
	}
	m->quotes = 0;
}

void
maker_text(struct maker *m, const char *s, size_t len)
{
	if (m->quotes && len && !m->code_block && !m->table_cell && !m->heading)
		open_quotes(m);
	prose_add(maker_prose(m), s, len, current_style(m), m->link);
}

void
maker_string(struct maker *m, const char *s)
{
	maker_text(m, s, strlen(s));
}

/* --- blocks --- */

/* Blank line before a block, where one belongs. */
static void
begin_block(struct maker *m)
{
	if (m->gap || m->heading)
		lines_blank(&m->lines);
	m->gap = false;
}

void
maker_end_block(struct maker *m)
{
	m->gap = !m->heading && !maker_top(m)->tight;
}

static void
write_heading(struct maker *m)
{
	const struct margins margins = { .heading = m->heading };

	lines_wrap(&m->lines, &m->prose, 0, m->prose.text.len, &margins);
}

static void
write_paragraph(struct maker *m)
{
	int indent = maker_top(m)->indent;
	struct margins margins = { .first = indent, .rest = indent };

	if (m->marker.len) {
		margins.marker = m->marker.ptr;
		margins.marker_col = m->marker_col;
		margins.first = m->marker_col +
				utf8_width(m->marker.ptr, m->marker.len);
	}
	if (footnote_begins(m->prose.text.ptr, m->prose.text.len))
		margins.rest = bound_indent(m, indent + 2);
	lines_wrap(&m->lines, &m->prose, 0, m->prose.text.len, &margins);
	buf_reset(&m->marker);
}

void
maker_flush(struct maker *m)
{
	if (!m->prose.text.len)
		return;
	begin_block(m);
	if (m->heading && !m->marker.len)
		write_heading(m);
	else
		write_paragraph(m);
	prose_reset(&m->prose);
	maker_end_block(m);
	m->apart = false;
}

/* The marker of an item that begins with something else than text. */
static void
flush_marker(struct maker *m)
{
	if (!m->marker.len)
		return;
	lines_begin(&m->lines, 0, false);
	(void)lines_add_text(&m->lines, m->marker_col, STYLE_PLAIN,
			     m->marker.ptr, m->marker.len - 1);
	buf_reset(&m->marker);
}

/* Code keeps its lines; one that is too long goes on below. */
static void
write_code_line(struct maker *m, const char *s, size_t len, int col)
{
	int room = m->lines.right - col;

	if (!len)
		lines_begin(&m->lines, 0, true);
	while (len) {
		size_t n = utf8_fit(s, len, room);

		if (!n)
			n = utf8_next(s, len, 0);
		lines_begin(&m->lines, 0, false);
		(void)lines_add_text(&m->lines, col, STYLE_CODE, s, n);
		s += n;
		len -= n;
	}
}

void
maker_write_code(struct maker *m, const char *s, size_t len, int col)
{
	const char *end = s + len;

	while (s < end) {
		const char *stop = memchr(s, '\n', (size_t)(end - s));

		if (!stop)
			stop = end;
		write_code_line(m, s, (size_t)(stop - s), col);
		s = stop + 1;
	}
}

void
maker_begin_lines(struct maker *m)
{
	maker_flush(m);
	begin_block(m);
	flush_marker(m);
	m->apart = true;
}

void
maker_end_code(struct maker *m)
{
	int col = bound_indent(m, maker_top(m)->indent + 2);

	maker_write_code(m, m->prose.text.ptr, m->prose.text.len, col);
	prose_reset(&m->prose);
	m->code_block = false;
	maker_end_block(m);
}

void
maker_rule(struct maker *m)
{
	maker_begin_lines(m);
	lines_begin(&m->lines, 0, false);
	(void)lines_add_text(&m->lines, maker_top(m)->indent, STYLE_PLAIN,
			     "---", 3);
	maker_end_block(m);
}

/* --- quotes and lists --- */

void
maker_begin_quote(struct maker *m)
{
	struct container c = { .indent = 0 };

	maker_flush(m);
	c.indent = bound_indent(m, maker_top(m)->indent + 2);
	c.quote = true;
	push_container(m, &c);
	if (m->depth <= CONTAINERS_MAX)
		m->quotes++;
}

void
maker_begin_list(struct maker *m, char delimiter, unsigned start, bool tight)
{
	struct container c = { .indent = maker_top(m)->indent,
			       .tight = tight,
			       .delimiter = delimiter,
			       .number = start };

	maker_flush(m);
	push_container(m, &c);
}

/* Every mark that was opened is closed, behind what was written last. */
static void
close_quote(struct maker *m)
{
	struct container *c = maker_top(m);

	if (m->depth > CONTAINERS_MAX || !c->quote)
		return;
	if (c->quoted && m->apart)
		lines_begin(&m->lines, 0, false);
	if (c->quoted && m->apart)
		(void)lines_add_text(&m->lines, c->indent, STYLE_PLAIN, "\"",
				     1);
	else if (c->quoted)
		lines_append(&m->lines, c->indent, STYLE_PLAIN, "\"", 1);
	else if (m->quotes)
		m->quotes--;
	c->quote = false;
}

void
maker_end_container(struct maker *m)
{
	maker_flush(m);
	flush_marker(m);
	close_quote(m);
	pop_container(m);
	maker_end_block(m);
}

static void
add_marker(struct maker *m, struct container *list, const char *task)
{
	if (!m->marker.len)
		m->marker_col = list->indent;
	if (list->delimiter)
		buf_printf(&m->marker, "%u%c ", list->number++,
			   list->delimiter);
	else
		buf_str(&m->marker, "- ");
	buf_str(&m->marker, task);
}

static int
width_of_marker(const struct container *list)
{
	char text[16];

	if (!list->delimiter)
		return 2;
	return snprintf(text, sizeof(text), "%u. ", list->number);
}

void
maker_begin_item(struct maker *m, const char *task)
{
	struct container *list = maker_top(m);
	struct container item = *list;

	item.indent = bound_indent(m, list->indent + width_of_marker(list));
	if (m->depth < CONTAINERS_MAX)
		add_marker(m, list, task);
	push_container(m, &item);
}

void
maker_end_item(struct maker *m)
{
	bool empty = m->marker.len && !m->prose.text.len;

	if (empty)
		begin_block(m);
	maker_end_container(m);
}
