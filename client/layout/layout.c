/*
 * layout.c - md4c calls us for every block, span and piece of text; here that
 * becomes calls to the maker. What unfolds to much more than its source (the
 * cells that a short row lacks, one long address used in many links) is
 * stopped by a budget; the source is shown then.
 */
#include "layout/layout.h"

#include <md4c.h>
#include <stdlib.h>
#include <string.h>

#include "layout/entity.h"
#include "layout/footnote.h"
#include "layout/inline_mark.h"
#include "layout/label.h"
#include "layout/maker.h"
#include "plein/filter.h"
#include "plein/headings.h"

#define WIDTH_MIN 10
#define TAB_BLANKS "    "
#define STRUCK "~~" /* around what is struck out: no terminal must show it */

/* --- links --- */

static void
read_attribute(const MD_ATTRIBUTE *a, struct buf *out)
{
	for (size_t i = 0; a->size && a->substr_offsets[i] < a->size; i++) {
		const char *s = a->text + a->substr_offsets[i];
		size_t len = a->substr_offsets[i + 1] - a->substr_offsets[i];

		if (a->substr_types[i] == MD_TEXT_ENTITY)
			entity_decode(out, s, len);
		else if (a->substr_types[i] == MD_TEXT_NORMAL)
			buf_add(out, s, len);
	}
}

static int
enter_link(struct maker *m, const MD_SPAN_A_DETAIL *detail)
{
	struct buf target = BUF_INIT;

	read_attribute(&detail->href, &target);
	label_begin(m, &target, LABEL_LINK);
	return maker_spend(m, detail->href.size);
}

/* There is no picture here: its description leads to the file. */
static int
enter_image(struct maker *m, const MD_SPAN_IMG_DETAIL *detail)
{
	struct buf target = BUF_INIT;

	read_attribute(&detail->src, &target);
	label_begin(m, &target, LABEL_IMAGE);
	return maker_spend(m, detail->src.size);
}

/* Blanks go at both ends of what stands behind `from`, unless that is all. */
static void
trim(struct buf *b, size_t from)
{
	size_t n = strspn(b->ptr + from, " ");

	if (from + n == b->len)
		return;
	buf_erase(b, from, n);
	while (b->ptr[b->len - 1] == ' ')
		buf_erase(b, b->len - 1, 1);
}

static int
enter_wiki_link(struct maker *m, const MD_SPAN_WIKILINK_DETAIL *detail)
{
	struct buf target = BUF_INIT;

	buf_str(&target, "[[");
	read_attribute(&detail->target, &target);
	trim(&target, 2);
	buf_str(&target, "]]");
	label_begin(m, &target, LABEL_WIKI);
	return maker_spend(m, detail->target.size);
}

static const char *
name_task(const MD_BLOCK_LI_DETAIL *detail)
{
	if (!detail->is_task)
		return "";
	return detail->task_mark == ' ' ? "[ ] " : "[x] ";
}

/* --- tables --- */

static void
enter_table(struct maker *m, const MD_BLOCK_TABLE_DETAIL *detail)
{
	maker_begin_lines(m);
	table_reset(&m->table, detail->col_count);
}

static int
enter_cell(struct maker *m, const MD_BLOCK_TD_DETAIL *detail, bool head)
{
	static const enum align aligns[] = { [MD_ALIGN_DEFAULT] = ALIGN_LEFT,
					     [MD_ALIGN_LEFT] = ALIGN_LEFT,
					     [MD_ALIGN_CENTER] = ALIGN_CENTRE,
					     [MD_ALIGN_RIGHT] = ALIGN_RIGHT };

	m->table_cell = true;
	m->head_cell = head;
	table_begin_cell(&m->table, aligns[detail->align]);
	return maker_spend(m, HEADINGS_CELL_COST);
}

static void
leave_cell(struct maker *m)
{
	table_end_cell(&m->table);
	m->table_cell = false;
	m->head_cell = false;
}

/* --- what md4c calls --- */

static int
enter_block(MD_BLOCKTYPE type, void *detail, void *ctx)
{
	struct maker *m = ctx;
	const MD_BLOCK_UL_DETAIL *ul = detail;
	const MD_BLOCK_OL_DETAIL *ol = detail;

	if (maker_spend(m, 1))
		return -1;
	if (type == MD_BLOCK_UL) {
		maker_begin_list(m, 0, 0, ul->is_tight);
	} else if (type == MD_BLOCK_OL) {
		maker_begin_list(m, ol->mark_delimiter, ol->start,
				 ol->is_tight);
	} else if (type == MD_BLOCK_LI) {
		maker_begin_item(m, name_task(detail));
	} else if (type == MD_BLOCK_QUOTE) {
		maker_begin_quote(m);
	} else if (type == MD_BLOCK_CODE) {
		maker_begin_lines(m);
		m->code_block = true;
	} else if (type == MD_BLOCK_H) {
		maker_flush(m);
		m->heading = (int)((MD_BLOCK_H_DETAIL *)detail)->level;
	} else if (type == MD_BLOCK_TABLE) {
		enter_table(m, detail);
	} else if (type == MD_BLOCK_TH || type == MD_BLOCK_TD) {
		return enter_cell(m, detail, type == MD_BLOCK_TH);
	} else if (type == MD_BLOCK_HR) {
		maker_rule(m);
	} else if (type == MD_BLOCK_P) {
		maker_flush(m);
	}
	return 0;
}

/* md4c 0.4.8 may lose the end of an address that goes on in the next cell. */
static void
close_spans(struct maker *m)
{
	while (m->links)
		(void)label_end(m); /* the next span or block is stopped */
	m->strong = m->emphasis = m->code = 0;
}

static int
leave_block(MD_BLOCKTYPE type, void *detail, void *ctx)
{
	struct maker *m = ctx;

	(void)detail;
	if (maker_spend(m, 0))
		return -1;
	close_spans(m);
	if (type == MD_BLOCK_P || type == MD_BLOCK_LI || type == MD_BLOCK_TD ||
	    type == MD_BLOCK_TH)
		inline_mark_end_block(m);
	if (type == MD_BLOCK_UL || type == MD_BLOCK_OL ||
	    type == MD_BLOCK_QUOTE) {
		maker_end_container(m);
	} else if (type == MD_BLOCK_LI) {
		maker_end_item(m);
	} else if (type == MD_BLOCK_CODE) {
		maker_end_code(m);
		inline_mark_end_block(m);
	} else if (type == MD_BLOCK_H) {
		maker_flush(m);
		m->heading = 0;
		inline_mark_end_block(m);
		maker_flush(m);
	} else if (type == MD_BLOCK_TABLE) {
		table_write(&m->table, &m->lines, maker_top(m)->indent);
		maker_end_block(m);
	} else if (type == MD_BLOCK_TH || type == MD_BLOCK_TD) {
		leave_cell(m);
	} else if (type == MD_BLOCK_P || type == MD_BLOCK_DOC) {
		maker_flush(m);
	}
	return 0;
}

static int
enter_span(MD_SPANTYPE type, void *detail, void *ctx)
{
	struct maker *m = ctx;

	if (maker_spend(m, 1))
		return -1;
	m->strong += type == MD_SPAN_STRONG;
	m->emphasis += type == MD_SPAN_EM;
	m->code += type == MD_SPAN_CODE;
	if (type == MD_SPAN_A)
		return enter_link(m, detail);
	if (type == MD_SPAN_WIKILINK)
		return enter_wiki_link(m, detail);
	if (type == MD_SPAN_IMG)
		return enter_image(m, detail);
	if (type == MD_SPAN_DEL)
		maker_string(m, STRUCK);
	return 0;
}

static int
leave_span(MD_SPANTYPE type, void *detail, void *ctx)
{
	struct maker *m = ctx;

	(void)detail;
	if (maker_spend(m, 0))
		return -1;
	m->strong -= type == MD_SPAN_STRONG;
	m->emphasis -= type == MD_SPAN_EM;
	m->code -= type == MD_SPAN_CODE;
	if (type == MD_SPAN_DEL)
		maker_string(m, STRUCK);
	if (type != MD_SPAN_A && type != MD_SPAN_WIKILINK &&
	    type != MD_SPAN_IMG)
		return 0;
	if (label_end(m))
		return -1;
	inline_mark_write(m);
	return 0;
}

/* Tabs of a code block keep its columns apart. */
static void
add_code(struct maker *m, const char *s, size_t len)
{
	while (len) {
		const char *tab = memchr(s, '\t', len);
		size_t n = tab ? (size_t)(tab - s) : len;

		maker_text(m, s, n);
		if (tab) {
			maker_string(m, TAB_BLANKS);
			n++;
		}
		s += n;
		len -= n;
	}
}

/* Piece by piece, with the marks between them. */
static void
add_text(struct maker *m, const char *s, size_t len)
{
	while (len) {
		size_t n = inline_mark_next(m, s, len);

		maker_text(m, s, n);
		inline_mark_write(m);
		s += n;
		len -= n;
	}
}

static int
take_text(MD_TEXTTYPE type, const MD_CHAR *s, MD_SIZE len, void *ctx)
{
	struct maker *m = ctx;
	struct buf decoded = BUF_INIT;

	if (maker_spend(m, 1))
		return -1;
	if (type == MD_TEXT_NULLCHAR) {
		maker_string(m, "\xEF\xBF\xBD");
	} else if (type == MD_TEXT_BR) {
		maker_string(m, m->heading ? " " : "\n");
	} else if (type == MD_TEXT_SOFTBR) {
		maker_string(m, " ");
	} else if (type == MD_TEXT_ENTITY) {
		entity_decode(&decoded, s, len);
		maker_text(m, decoded.ptr, decoded.len);
		buf_release(&decoded);
	} else if (m->code_block) {
		(void)inline_mark_next(m, s, len); /* it is seen */
		add_code(m, s, len);
	} else {
		add_text(m, s, len);
	}
	return 0;
}

/* --- the whole --- */

static int
parse_markdown(struct maker *m, const struct layout_text *text)
{
	const MD_PARSER parser = {
		.flags = HEADINGS_MARKDOWN,
		.enter_block = enter_block,
		.leave_block = leave_block,
		.enter_span = enter_span,
		.leave_span = leave_span,
		.text = take_text,
	};

	struct buf source = BUF_INIT;
	int rc;

	m->budget = m->cost + headings_budget(text->len);
	/* md4c 0.4.8 looks at the byte behind the text: a NUL harms nothing */
	footnote_keep(&source, text->markdown, text->len);
	inline_mark_begin(m, text, source.ptr, source.len);
	rc = md_parse(source.ptr, (MD_SIZE)source.len, &parser, m);
	buf_release(&source);
	return rc;
}

size_t
layout_count_headings(const char *markdown, size_t len)
{
	struct buf source = BUF_INIT;
	size_t n;

	if (!headings_possible(markdown, len))
		return 0;
	footnote_keep(&source, markdown, len);
	n = headings_count(source.ptr, source.len);
	buf_release(&source);
	return n;
}

/* Line by line, as it was typed. */
static void
write_source(struct maker *m, const char *s, size_t len)
{
	struct buf shown = BUF_INIT;

	filter_text(&shown, s, len);
	maker_write_code(m, shown.ptr, shown.len, LAYOUT_INDENT);
	buf_release(&shown);
}

static void
write_above(struct maker *m, const struct layout_text *text)
{
	if (!text->above)
		return;
	m->budget = SIZE_MAX;
	notes_write(text->above, m);
	m->gap = true;
}

static void
write_below(struct maker *m, const struct layout_text *text)
{
	if (!text->below)
		return;
	m->budget = SIZE_MAX;
	m->gap = true;
	notes_write(text->below, m);
}

static int
bound_width(int width)
{
	if (width < WIDTH_MIN)
		return WIDTH_MIN;
	return width > LAYOUT_UNWRAPPED ? LAYOUT_UNWRAPPED : width;
}

static void
write_plain_line(struct maker *m, const char *s, size_t len)
{
	const struct margins margins = { .first = LAYOUT_INDENT,
					 .rest = LAYOUT_INDENT };

	if (len && s[len - 1] == '\r')
		len--;
	if (!len)
		lines_begin(&m->lines, 0, true);
	prose_reset(&m->prose);
	maker_text(m, s, len);
	lines_wrap(&m->lines, &m->prose, 0, m->prose.text.len, &margins);
}

void
layout_make_plain(struct layout *l, const char *text, size_t len, int width)
{
	const char *end = text + len;
	struct maker m;

	maker_init(&m, bound_width(width), NULL);
	while (text < end) {
		const char *stop = memchr(text, '\n', (size_t)(end - text));

		if (!stop)
			stop = end;
		write_plain_line(&m, text, (size_t)(stop - text));
		text = stop + 1;
	}
	l->text_from = 0;
	l->text_to = lines_count(&m.lines);
	lines_take(&m.lines, l);
	maker_release(&m);
}

void
layout_make_around(struct layout *l, const struct layout_text *text, int width,
		   const struct layout_wiki *wiki)
{
	struct maker m;

	width = bound_width(width);
	maker_init(&m, width, wiki);
	write_above(&m, text);
	l->text_from = lines_count(&m.lines);
	if (parse_markdown(&m, text) != 0) {
		maker_release(&m);
		maker_init(&m, width, wiki);
		write_above(&m, text);
		maker_begin_lines(&m);
		write_source(&m, text->markdown, text->len);
	}
	l->text_to = lines_count(&m.lines);
	write_below(&m, text);
	lines_take(&m.lines, l);
	maker_release(&m);
}

void
layout_make(struct layout *l, const char *markdown, size_t len, int width,
	    const struct layout_wiki *wiki)
{
	const struct layout_text text = { .markdown = markdown, .len = len };

	layout_make_around(l, &text, width, wiki);
}

void
layout_release(struct layout *l)
{
	for (size_t i = 0; i < l->n_links; i++) {
		free(l->links[i].target);
		free(l->links[i].label);
	}
	free(l->links);
	free(l->lines);
	free(l->spans);
	free(l->text);
	*l = (struct layout){ 0 };
}

void
layout_plain(const struct layout *l, struct buf *out)
{
	for (size_t i = 0; i < l->n_lines; i++) {
		const struct layout_line *line = &l->lines[i];
		int col = 0;

		for (size_t j = 0; j < line->n_spans; j++) {
			const struct layout_span *span = &line->spans[j];

			for (; col < span->col; col++)
				buf_char(out, ' ');
			buf_add(out, l->text + span->text, span->len);
			col += span->width;
		}
		buf_char(out, '\n');
	}
}
