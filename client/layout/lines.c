/*
 * lines.c - lines, spans and links grow in byte buffers of records and are
 * handed over whole; only then do lines get pointers to their spans, which
 * may move until the last one is added.
 */
#include "layout/lines.h"

#include <string.h>

#include "plein/mem.h"
#include "plein/utf8.h"
#include "plein/wordwrap.h"

#define AVAILABLE_MIN 4 /* columns, however deep the indentation */
#define BYTES_PER_COL 24 /* more than a grapheme takes after the filter */
#define UNPLACED (-1)
#define NO_BREAK "\xc2\xa0"

void
lines_init(struct lines *l, int right)
{
	l->right = right;
	buf_init(&l->text);
	buf_init(&l->lines);
	buf_init(&l->spans);
	buf_init(&l->links);
}

size_t
lines_count(const struct lines *l)
{
	return l->lines.len / sizeof(struct layout_line);
}

static struct layout_line *
last_line(const struct lines *l)
{
	struct layout_line *all = (void *)l->lines.ptr;

	return &all[lines_count(l) - 1];
}

static struct layout_link *
find_link(const struct lines *l, int link)
{
	struct layout_link *all = (void *)l->links.ptr;

	return &all[link];
}

void
lines_take(struct lines *l, struct layout *out)
{
	size_t span = 0;

	out->n_lines = lines_count(l);
	out->n_links = l->links.len / sizeof(struct layout_link);
	out->text = buf_take(&l->text);
	out->lines = (void *)buf_take(&l->lines);
	out->spans = (void *)buf_take(&l->spans);
	out->links = (void *)buf_take(&l->links);
	for (size_t i = 0; i < out->n_lines; i++) {
		out->lines[i].spans = &out->spans[span];
		span += out->lines[i].n_spans;
	}
	for (size_t i = 0; i < out->n_links; i++)
		if (out->links[i].line == UNPLACED)
			out->links[i].line = 0; /* in a heading never shown */
}

void
lines_begin(struct lines *l, int heading, bool blank)
{
	struct layout_line line = { NULL, 0, (uint8_t)heading, blank };

	buf_add(&l->lines, &line, sizeof(line));
}

void
lines_blank(struct lines *l)
{
	if (lines_count(l) && !last_line(l)->blank)
		lines_begin(l, 0, true);
}

static void
add_span(struct lines *l, const struct layout_span *span, const char *text)
{
	buf_add(&l->spans, span, sizeof(*span));
	buf_add(&l->text, text, span->len);
	last_line(l)->n_spans++;
}

int
lines_add_text(struct lines *l, int col, enum style style, const char *text,
	       size_t len)
{
	struct layout_span span = { .col = col,
				    .width = utf8_width(text, len),
				    .style = style,
				    .link = -1,
				    .text = (uint32_t)l->text.len,
				    .len = (uint32_t)len };

	if (len)
		add_span(l, &span, text);
	return col + span.width;
}

/* Blanks that do not break are only for wrapping. */
static void
add_mark(struct lines *l, struct layout_span *span, const char *text)
{
	struct buf shown = BUF_INIT;
	const char *at;

	buf_add(&shown, text, span->len);
	while ((at = strstr(shown.ptr, NO_BREAK)) != NULL) {
		size_t from = (size_t)(at - shown.ptr);

		buf_erase(&shown, from, strlen(NO_BREAK));
		buf_insert(&shown, from, " ", 1);
	}
	span->len = (uint32_t)shown.len;
	add_span(l, span, shown.ptr);
	buf_release(&shown);
}

static const struct layout_span *
last_span(const struct lines *l)
{
	const struct layout_span *all = (void *)l->spans.ptr;

	return &all[l->spans.len / sizeof(*all) - 1];
}

void
lines_append(struct lines *l, int col, enum style style, const char *text,
	     size_t len)
{
	int end = l->right;

	if (lines_count(l) && last_line(l)->n_spans)
		end = last_span(l)->col + last_span(l)->width;
	if (end < l->right)
		col = end;
	else
		lines_begin(l, 0, false);
	(void)lines_add_text(l, col, style, text, len);
}

static void
place_link(struct lines *l, int link, int col)
{
	struct layout_link *found = find_link(l, link);

	if (found->line != UNPLACED)
		return;
	found->line = (int)lines_count(l) - 1;
	found->col = col;
}

int
lines_add_prose(struct lines *l, int col, const struct prose *p, size_t from,
		size_t to)
{
	for (size_t i = prose_find_run(p, from); from < to; i++) {
		size_t end;
		const struct run *run = prose_run(p, i, &end);
		const char *text = p->text.ptr + from;
		struct layout_span span = { .col = col,
					    .style = run->style,
					    .link = run->link,
					    .text = (uint32_t)l->text.len };

		span.len = (uint32_t)((end < to ? end : to) - from);
		span.width = utf8_width(text, span.len);
		from += span.len;
		if (run->link < -1)
			add_mark(l, &span, text);
		else
			add_span(l, &span, text);
		if (run->link >= 0)
			place_link(l, run->link, col);
		col += span.width;
	}
	return col;
}

/*
 * Bytes of the next line. No more than can be on it is looked at, so that a
 * paragraph of a megabyte takes no longer than its lines.
 */
static size_t
measure_line(const char *s, size_t len, int width)
{
	size_t most = ((size_t)width + 2) * BYTES_PER_COL;

	if (most >= len)
		return wordwrap_prose(s, len, width);
	while (most > 1 && (s[most] & 0xc0) == 0x80)
		most--; /* not within a character */
	return wordwrap_prose(s, most, width);
}

static size_t
trim_blanks(const char *s, size_t len)
{
	while (len && s[len - 1] == ' ')
		len--;
	return len;
}

/* One segment: from a hard break to the next. */
static void
wrap_segment(struct lines *l, const struct prose *p, size_t from, size_t to,
	     struct margins *m)
{
	while (from < to) {
		const char *s = p->text.ptr + from;
		int room = l->right - m->first;
		int width = room < AVAILABLE_MIN ? AVAILABLE_MIN : room;
		size_t len = measure_line(s, to - from, width);

		lines_begin(l, m->heading, false);
		if (m->marker)
			(void)lines_add_text(l, m->marker_col, STYLE_PLAIN,
					     m->marker, strlen(m->marker));
		(void)lines_add_prose(l, m->first, p, from,
				      from + trim_blanks(s, len));
		m->marker = NULL;
		m->first = m->rest;
		from += len;
	}
}

void
lines_wrap(struct lines *l, const struct prose *p, size_t from, size_t to,
	   const struct margins *m)
{
	struct margins rest = *m;

	while (from < to) {
		const char *s = p->text.ptr + from;
		const char *end = memchr(s, '\n', to - from);
		size_t len = end ? (size_t)(end - s) : to - from;

		wrap_segment(l, p, from, from + len, &rest);
		from += len + 1;
	}
}

void
lines_adopt(struct lines *l, struct layout *take, int shift)
{
	int n_links = (int)(l->links.len / sizeof(struct layout_link));
	int n_lines = (int)lines_count(l);

	for (size_t i = 0; i < take->n_lines; i++) {
		struct layout_line *line = &take->lines[i];

		lines_begin(l, line->heading, line->blank);
		for (size_t k = 0; k < line->n_spans; k++) {
			struct layout_span span = line->spans[k];
			const char *text = take->text + span.text;

			span.col += shift;
			span.link += span.link >= 0 ? n_links : 0;
			span.text = (uint32_t)l->text.len;
			add_span(l, &span, text);
		}
	}
	for (size_t i = 0; i < take->n_links; i++) {
		struct layout_link link = take->links[i];

		link.line += n_lines;
		link.col += shift;
		buf_add(&l->links, &link, sizeof(link));
	}
	take->n_links = 0; /* their texts are in here now */
	layout_release(take);
}

int
lines_add_link(struct lines *l, char *target_take, bool outside, bool missing)
{
	struct layout_link link = { .target = target_take,
				    .line = UNPLACED,
				    .outside = outside,
				    .missing = missing };
	size_t index = l->links.len / sizeof(link);

	buf_add(&l->links, &link, sizeof(link));
	return (int)index;
}

void
lines_mark_image(struct lines *l, int link)
{
	find_link(l, link)->image = true;
}

const struct layout_link *
lines_link(const struct lines *l, int link)
{
	return find_link(l, link);
}

void
lines_label_link(struct lines *l, int link, const char *label, size_t len)
{
	find_link(l, link)->label = mem_strndup(label, len);
}
