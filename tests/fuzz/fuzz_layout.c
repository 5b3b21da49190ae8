/* Any text becomes lines that fit, as Markdown and as it is; the first byte is
 * the width. */
#include "fuzz.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "layout/layout.h"
#include "plein/mem.h"
#include "plein/reference.h"
#include "plein/filter.h"
#include "plein/utf8.h"

#define WIDTH_MIN 10
#define WIDTH_MAX 200
#define CRAMPED 4 /* columns that deep nesting leaves at least */

/* Nothing that a terminal obeys; a piece may begin with a mark. */
static void
check_text(const char *s, size_t len, bool newlines)
{
	uint32_t cp;

	for (size_t at = 0; at < len;) {
		at += utf8_decode(s + at, len - at, &cp);
		assert(filter_allows(cp) || (newlines && cp == '\n'));
	}
}

static void
check_span(const struct layout *l, const struct layout_span *span)
{
	const char *text = l->text + span->text;

	assert(span->width == utf8_width(text, span->len));
	check_text(text, span->len, false);
	assert(span->link >= LAYOUT_MARK(0) && span->link < (int)l->n_links);
	assert((int)span->style >= 0 && span->style < STYLE_N);
}

static void
check_line(const struct layout *l, const struct layout_line *line, int right)
{
	int col = 0, first = 0;

	assert(line->heading >= 0 && line->heading <= 6);
	for (size_t i = 0; i < line->n_spans; i++) {
		const struct layout_span *span = &line->spans[i];

		check_span(l, span);
		assert(span->col >= col);
		col = span->col + span->width;
		first = span->col;
	}
	assert(col <= right || col - first <= CRAMPED);
}

static const char *
find_title(void *ctx, const char *address)
{
	(void)ctx;
	return strlen(address) % 2 ? "Een \033[31mtitel" : NULL;
}

static void
check_links(const struct layout *l)
{
	struct buf out = BUF_INIT;

	for (size_t i = 0; i < l->n_links; i++) {
		const struct layout_link *link = &l->links[i];

		assert(link->target && link->label);
		assert(link->line >= 0 && link->col >= 0);
		assert((size_t)link->line < l->n_lines || l->n_lines == 0);
		buf_reset(&out);
		(void)reference_resolve(&out, "themas/a", link->target);
	}
	buf_release(&out);
}

static void
check_plain(const struct layout *l)
{
	struct buf out = BUF_INIT;

	layout_plain(l, &out);
	check_text(out.ptr, out.len, true);
	buf_release(&out);
}

static void
check_lines(const struct layout *l, int width)
{
	assert(l->text_from <= l->text_to && l->text_to <= l->n_lines);
	for (size_t i = 0; i < l->n_lines; i++)
		check_line(l, &l->lines[i], LAYOUT_INDENT + width);
	check_links(l);
	check_plain(l);
}

/* As many headings as were counted, unless the source is shown. */
static void
check_headings(const struct layout *l, size_t counted)
{
	size_t n = 0;

	for (size_t i = l->text_from; i < l->text_to; i++)
		n += l->lines[i].heading &&
		     (i == l->text_from || !l->lines[i - 1].heading);
	assert(n == counted || n == 0);
}

/* The text between notes that hold it, too. */
static void
check_layout(const char *s, size_t len, int width)
{
	const struct layout_wiki wiki = { "themas/a", find_title, NULL };
	char *copy = mem_strndup(s, len < 100 ? len : 100);
	struct notes notes;
	const struct layout_mark mark = { len / 2, "{1 gesprek}" };
	const struct layout_text text = { s, len, &notes, &notes, &mark, 1 };
	struct layout l;

	notes_init(&notes);
	notes_add(&notes, NOTE_LINE, copy);
	notes_link(&notes, copy, copy);
	notes_add(&notes, NOTE_HEADING, copy);
	notes_add(&notes, NOTE_ITEM, copy);
	layout_make_around(&l, &text, width, &wiki);
	check_lines(&l, width);
	check_headings(&l, layout_count_headings(s, len));
	layout_release(&l);
	notes_release(&notes);
	free(copy);
	layout_make_plain(&l, s, len, width);
	check_lines(&l, width);
	layout_release(&l);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *s = (const char *)data;

	if (size == 0)
		return 0;
	check_layout(s + 1, size - 1,
		     WIDTH_MIN + data[0] % (WIDTH_MAX - WIDTH_MIN + 1));
	check_layout(s + 1, size - 1, LAYOUT_UNWRAPPED);
	return 0;
}
