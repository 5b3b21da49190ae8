/* listing_paint.c - showing what listing.c holds; see listing.h. */
#include "view/listing_impl.h"

#include <string.h>

#include "plein/utf8.h"
#include "view/marks.h"

#define COUNT_FROM 60 /* columns of the window in which a count has a word */
#define COUNT_GAP 2 /* blanks between it and a column */

const struct listing_line *
listing_line_at(const struct listing *l, size_t i)
{
	return l->lines.items[i];
}

int
listing_side(const struct listing *l)
{
	int width = (l->cols - LISTING_INDENT - 3) / 2;

	return width < LISTING_PROSE_COLS ? width : LISTING_PROSE_COLS;
}

static bool
is_shown(const struct listing *l, int i)
{
	return l->columns[i].width && l->cols >= l->columns[i].from;
}

/* First cell of column i, or of the right edge. */
static int
column_at(const struct listing *l, int i)
{
	int at = l->cols, next = LISTING_USUAL_COLS;

	for (int k = LISTING_COLUMNS - 1; k >= i; k--) {
		if (!l->columns[k].width)
			continue;
		if (is_shown(l, k))
			at -= next - l->columns[k].at;
		next = l->columns[k].at;
	}
	return at;
}

/* The cell behind it. */
static int
paint_cell(const struct listing *l, struct canvas *c, int row, int i,
	   const char *text)
{
	const struct listing_column *column = &l->columns[i];
	int width = utf8_width(text, strlen(text));
	int col = column_at(l, i), room = column->width;

	if (column->right && width < room)
		col += room - width;
	if (width > room) {
		col -= column->early;
		room += column->early;
	}
	(void)canvas_ellipsis(c, row, col, room, STYLE_PLAIN, text);
	return col + (width < room ? width : room);
}

/* What is painted already gets the styles of its marks. */
static void
style_marks(struct canvas *c, int row, int col, int width,
	    const struct listing_item *item)
{
	size_t len = strlen(item->text);

	for (size_t i = 0; i < len && item->marks[i];) {
		size_t next = utf8_next(item->text, len, i);
		int cells = utf8_width(item->text + i, next - i);

		if (cells > width)
			return;
		if (item->marks[i] != MARK_BOTH)
			canvas_style(c, row, col, cells,
				     marks_style(item->marks[i]));
		col += cells;
		width -= cells;
		i = next;
	}
}

/* At the right edge, unless the columns go that far (`used`): then before the
 * first of them. The cell before which the text ends, then or as it was. */
static int
paint_count(const struct listing *l, struct canvas *c, int row,
	    const char *count, int used, int end)
{
	const char *shown = l->cols < COUNT_FROM ? "*" : count;
	int width = utf8_width(shown, strlen(shown)), i = 0;
	int at = l->cols - width;

	if (used + COUNT_GAP > at) {
		while (i < LISTING_COLUMNS - 1 && !is_shown(l, i))
			i++;
		at = column_at(l, i) - COUNT_GAP - width;
	}
	(void)canvas_text(c, row, at, width, STYLE_PLAIN, shown);
	return at - 1 < end ? at - 1 : end;
}

/* The text goes on where the cells behind it are empty. */
static void
paint_item(const struct listing *l, struct canvas *c, int row,
	   const struct listing_item *item)
{
	int end = l->cols, col = 2, used = 0;

	for (int i = LISTING_COLUMNS - 1; i >= 0; i--) {
		int gap = l->columns[i].gap ? l->columns[i].gap : 1, behind;

		if (!is_shown(l, i) || !item->cells[i] || !*item->cells[i])
			continue;
		end = column_at(l, i) - gap;
		behind = paint_cell(l, c, row, i, item->cells[i]);
		used = behind > used ? behind : used;
	}
	if (item->count)
		end = paint_count(l, c, row, item->count, used, end);
	if (item->prefix)
		col += canvas_text(c, row, col, end - col, STYLE_PLAIN,
				   item->prefix);
	if (end <= col)
		return;
	(void)canvas_ellipsis(c, row, col, end - col, STYLE_PLAIN, item->text);
	if (item->marks)
		style_marks(c, row, col, end - col, item);
}

/* Bytes of one style in a text of two versions. */
static void
paint_marked(struct canvas *c, int row, int col, const char *text,
	     const char *marks, size_t len)
{
	size_t i = 0;

	while (i < len) {
		enum style style = marks_style(marks[i]);
		size_t n = 1;

		while (i + n < len && marks_style(marks[i + n]) == style)
			n++;
		col += canvas_bytes(c, row, col, style, text + i, n);
		i += n;
	}
}

static void
paint_pair(const struct listing *l, struct canvas *c, int row,
	   const struct listing_line *line)
{
	int middle = LISTING_INDENT + listing_side(l) + 1;

	paint_marked(c, row, LISTING_INDENT, line->text, line->marks,
		     line->len);
	(void)canvas_text(c, row, middle, 1, STYLE_PLAIN, "│");
	paint_marked(c, row, middle + 2, line->beside, line->beside_marks,
		     line->beside_len);
}

/* Bold what stands between asterisks. */
static void
style_found(struct canvas *c, int row, int col, const char *text)
{
	const char *from = text, *to;

	while ((from = strchr(from, '*')) && (to = strchr(from + 1, '*'))) {
		canvas_style(c, row,
			     col + utf8_width(text, (size_t)(from - text)),
			     utf8_width(from, (size_t)(to + 1 - from)),
			     STYLE_STRONG);
		from = to + 1;
	}
}

static void
paint_text(struct canvas *c, int row, int col, const struct listing_line *line)
{
	struct buf text = BUF_INIT;
	size_t len = line->len;

	while (len && line->text[len - 1] == ' ')
		len--;
	buf_add(&text, line->text, len);
	if (line->cut)
		buf_str(&text, "...");
	(void)canvas_ellipsis(c, row, col, canvas_cols(c) - col, STYLE_PLAIN,
			      text.ptr);
	if (line->found)
		style_found(c, row, col, text.ptr);
	buf_release(&text);
}

static void
paint_line(const struct listing *l, struct canvas *c, int row,
	   const struct listing_line *line)
{
	const struct listing_item *item = line->item;

	if (!item)
		return;
	if (item->kind == HEADING)
		(void)canvas_ellipsis(c, row, 0, l->cols, STYLE_HEADING,
				      item->text);
	else if (line->first)
		paint_item(l, c, row, item);
	else if (line->paired)
		paint_pair(l, c, row, line);
	else if (line->marks)
		paint_marked(c, row, LISTING_INDENT, line->text, line->marks,
			     line->len);
	else
		paint_text(c, row, item->kind == SENTENCE ? 2 : l->indent,
			   line);
}

/* The focus column of a heading is its first letter: it stays to be read. */
static void
paint_focus(const struct listing *l, struct canvas *c, int row,
	    const struct listing_line *line)
{
	if (line->item && line->item->kind != HEADING)
		(void)canvas_text(c, row, 0, 1, STYLE_PLAIN, ">");
	canvas_style(c, row, 0, l->cols, STYLE_FOCUS);
	canvas_cursor(c, row, 0);
}

void
listing_paint(const struct listing *l, struct canvas *c, int top, int rows)
{
	canvas_cursor(c, top, 0);
	for (int i = 0; i < rows; i++) {
		size_t at = l->scroll.top + (size_t)i;

		if (at >= l->lines.len)
			return;
		paint_line(l, c, top + i, listing_line_at(l, at));
		if (at == l->scroll.at && !l->resting)
			paint_focus(l, c, top + i, listing_line_at(l, at));
	}
}
