/* listing.c - see listing.h. */
#include "view/listing.h"

#include <stdlib.h>
#include <string.h>

#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/utf8.h"
#include "plein/wordwrap.h"

#define USUAL_COLS 80 /* what columns are measured in */
#define LEAD_FROM 16 /* rows of the body with a blank line above the list */
#define PROSE_COLS 76
#define INDENT 4 /* of what explains an item */

enum item_kind { ITEM, HEADING, SENTENCE };

struct detail {
	char *text;
	int rows;
};

struct listing_item {
	enum item_kind kind;
	size_t value;
	char *text, *prefix, *spoken;
	char *cells[LISTING_COLUMNS];
	struct vec details; /* struct detail * */
};

/* What one line of the body shows; a blank one belongs to no item. */
struct listing_line {
	const struct listing_item *item; /* NULL: blank */
	bool first; /* the line with the columns */
	const char *text; /* part of the item's, when it is not the first */
	size_t len;
	bool cut; /* the text goes on, and is not shown */
};

static const struct listing_item *
item_at(const struct listing *l, size_t i)
{
	return l->items.items[i];
}

static const struct listing_line *
line_at(const struct listing *l, size_t i)
{
	return l->lines.items[i];
}

static struct listing_item *
last_item(struct listing *l)
{
	return l->items.items[l->items.len - 1];
}

static bool
can_focus(const void *ctx, size_t i)
{
	return line_at(ctx, i)->item != NULL;
}

void
listing_init(struct listing *l, const struct listing_column *columns)
{
	memset(l, 0, sizeof(*l));
	memcpy(l->columns, columns, sizeof(l->columns));
	l->scroll.can_focus = can_focus;
	l->scroll.ctx = l;
}

static void
free_detail(void *item)
{
	struct detail *d = item;

	free(d->text);
	free(d);
}

static void
free_item(void *p)
{
	struct listing_item *item = p;

	for (int i = 0; i < LISTING_COLUMNS; i++)
		free(item->cells[i]);
	vec_release(&item->details, free_detail);
	free(item->text);
	free(item->prefix);
	free(item->spoken);
	free(item);
}

void
listing_release(struct listing *l)
{
	vec_release(&l->lines, free);
	vec_release(&l->items, free_item);
}

void
listing_clear(struct listing *l)
{
	size_t value;

	if (!l->kept && listing_focus(l, &value)) {
		l->kept = true;
		l->value = value;
	}
	listing_release(l);
	l->scroll.n = 0;
	l->stale = true;
}

/* --- what it holds --- */

static struct listing_item *
add(struct listing *l, enum item_kind kind, const char *text)
{
	struct listing_item *item = mem_alloc(sizeof(*item));

	item->kind = kind;
	item->text = mem_strdup(text);
	vec_push(&l->items, item);
	l->stale = true;
	return item;
}

void
listing_add(struct listing *l, size_t value, const char *text,
	    const char *const cells[LISTING_COLUMNS])
{
	struct listing_item *item = add(l, ITEM, text);

	item->value = value;
	for (int i = 0; i < LISTING_COLUMNS; i++)
		item->cells[i] = mem_strdup(cells[i] ? cells[i] : "");
}

void
listing_prefix(struct listing *l, const char *shown, const char *spoken)
{
	struct listing_item *item = last_item(l);

	item->prefix = mem_strdup(shown);
	item->spoken = mem_strdup(spoken);
}

/* A passage of a page is shown without the lines it had there. */
static char *
join_lines(const char *text)
{
	char *out = mem_strdup(text);

	for (char *at = out; *at; at++)
		if (*at == '\n' || *at == '\r')
			*at = ' ';
	return out;
}

void
listing_detail(struct listing *l, const char *text, int rows)
{
	struct detail *d = mem_alloc(sizeof(*d));

	d->text = join_lines(text);
	d->rows = rows;
	vec_push(&last_item(l)->details, d);
}

void
listing_heading(struct listing *l, const char *text)
{
	(void)add(l, HEADING, text);
}

void
listing_say(struct listing *l, const char *text)
{
	(void)add(l, SENTENCE, text);
}

/* --- lines --- */

static struct listing_line *
add_line(struct listing *l, const struct listing_item *item)
{
	struct listing_line *line = mem_alloc(sizeof(*line));

	line->item = item;
	vec_push(&l->lines, line);
	return line;
}

/* The wrapped lines of a text, at most `rows` of them. */
static void
add_lines(struct listing *l, const struct listing_item *item, const char *text,
	  int rows, int width)
{
	size_t len = strlen(text);

	for (int i = 0; i < rows && len; i++) {
		struct listing_line *line = add_line(l, item);
		size_t n = wordwrap_next(text, len, width);

		line->cut = i + 1 == rows && n < len;
		if (line->cut)
			n = wordwrap_next(text, len, width - 3);
		line->text = text;
		line->len = n;
		text += n;
		len -= n;
	}
}

static int
prose_width(const struct listing *l, int indent)
{
	int width = (l->cols < USUAL_COLS ? l->cols : USUAL_COLS) - indent;

	return width < PROSE_COLS ? width : PROSE_COLS;
}

static void
add_item_lines(struct listing *l, const struct listing_item *item)
{
	if (item->kind == SENTENCE) {
		add_lines(l, item, item->text, 20, prose_width(l, 2));
		return;
	}
	if (item->kind == HEADING && l->lines.len > (size_t)l->lead)
		(void)add_line(l, NULL);
	add_line(l, item)->first = true;
	for (size_t i = 0; i < item->details.len; i++) {
		const struct detail *d = item->details.items[i];

		add_lines(l, item, d->text, d->rows, prose_width(l, INDENT));
	}
}

static void
make_lines(struct listing *l)
{
	size_t value;

	if (!l->kept && listing_focus(l, &value)) {
		l->kept = true;
		l->value = value;
	}
	vec_release(&l->lines, free);
	for (int i = 0; i < l->lead; i++)
		(void)add_line(l, NULL);
	for (size_t i = 0; i < l->items.len; i++)
		add_item_lines(l, item_at(l, i));
	l->scroll.n = l->lines.len;
	l->stale = false;
}

static bool
starts_item(const struct listing *l, size_t i)
{
	const struct listing_line *line = line_at(l, i);

	return line->item && line->item->kind == ITEM && line->first;
}

static bool
pick_item(struct listing *l, size_t value)
{
	for (size_t i = 0; i < l->lines.len; i++)
		if (starts_item(l, i) && line_at(l, i)->item->value == value) {
			scroll_to(&l->scroll, i);
			return true;
		}
	return false;
}

static void
put_focus_back(struct listing *l)
{
	if (l->kept && l->items.len) {
		(void)pick_item(l, l->value);
		l->kept = false;
	}
}

/* A key may come before the window is shown again. */
static void
refresh(struct listing *l)
{
	if (!l->stale || !l->cols)
		return;
	make_lines(l);
	put_focus_back(l);
	scroll_fit(&l->scroll);
}

void
listing_recalc(struct listing *l, int rows, int cols)
{
	int lead = rows >= LEAD_FROM ? 1 : 0;

	if (l->stale || l->cols != cols || l->lead != lead) {
		l->lead = lead;
		l->cols = cols;
		make_lines(l);
	}
	l->scroll.rows = rows;
	put_focus_back(l);
	scroll_fit(&l->scroll);
}

/* --- showing --- */

static bool
is_shown(const struct listing *l, int i)
{
	return l->columns[i].width && l->cols >= l->columns[i].from;
}

/* First cell of column i, or of the right edge. */
static int
column_at(const struct listing *l, int i)
{
	int at = l->cols, next = USUAL_COLS;

	for (int k = LISTING_COLUMNS - 1; k >= i; k--) {
		if (!l->columns[k].width)
			continue;
		if (is_shown(l, k))
			at -= next - l->columns[k].at;
		next = l->columns[k].at;
	}
	return at;
}

static void
paint_cell(const struct listing *l, struct canvas *c, int row, int i,
	   const char *text)
{
	const struct listing_column *column = &l->columns[i];
	int width = utf8_width(text, strlen(text));
	int col = column_at(l, i);

	if (column->right && width < column->width)
		col += column->width - width;
	(void)canvas_ellipsis(c, row, col, column->width, STYLE_PLAIN, text);
}

/* The text goes on where the cells behind it are empty. */
static void
paint_item(const struct listing *l, struct canvas *c, int row,
	   const struct listing_item *item)
{
	int end = l->cols + 1, col = 2;

	for (int i = LISTING_COLUMNS - 1; i >= 0; i--) {
		if (!is_shown(l, i) || !item->cells[i] || !*item->cells[i])
			continue;
		end = column_at(l, i);
		paint_cell(l, c, row, i, item->cells[i]);
	}
	if (item->prefix)
		col += canvas_text(c, row, col, end - 1 - col, STYLE_PLAIN,
				   item->prefix);
	if (end - 1 > col)
		(void)canvas_ellipsis(c, row, col, end - 1 - col, STYLE_PLAIN,
				      item->text);
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
	else
		paint_text(c, row, item->kind == SENTENCE ? 2 : INDENT, line);
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
		paint_line(l, c, top + i, line_at(l, at));
		if (at == l->scroll.at)
			paint_focus(l, c, top + i, line_at(l, at));
	}
}

/* --- moving --- */

static void
step_item(struct listing *l, int by)
{
	size_t i = l->scroll.at;

	while (by < 0 ? i > 0 : i + 1 < l->lines.len) {
		i = by < 0 ? i - 1 : i + 1;
		if (starts_item(l, i)) {
			scroll_to(&l->scroll, i);
			return;
		}
	}
}

bool
listing_move(struct listing *l, enum command cmd)
{
	struct scroll *s = &l->scroll;

	refresh(l);
	if (cmd == CMD_UP || cmd == CMD_DOWN)
		scroll_step(s, cmd == CMD_UP ? -1 : 1);
	else if (cmd == CMD_NEXT_ITEM || cmd == CMD_PREVIOUS_ITEM)
		step_item(l, cmd == CMD_NEXT_ITEM ? 1 : -1);
	else if (cmd == CMD_PAGE_UP || cmd == CMD_PAGE_DOWN)
		scroll_page(s, cmd == CMD_PAGE_UP ? -1 : 1);
	else if (cmd == CMD_FIRST)
		scroll_to(s, 0);
	else if (cmd == CMD_LAST)
		scroll_end(s);
	else
		return false;
	return true;
}

static const struct listing_item *
focused_item(const struct listing *l)
{
	return l->scroll.at < l->lines.len ? line_at(l, l->scroll.at)->item
					   : NULL;
}

bool
listing_focus(const struct listing *l, size_t *value)
{
	const struct listing_item *item = focused_item(l);

	if (!item || item->kind != ITEM)
		return false;
	*value = item->value;
	return true;
}

bool
listing_pick(struct listing *l, size_t value)
{
	refresh(l);
	return pick_item(l, value);
}

bool
listing_nears_end(const struct listing *l)
{
	return l->scroll.top + 2 * (size_t)l->scroll.rows >= l->scroll.n;
}

/* --- in words --- */

static void
tell_item(const struct listing_item *item, struct buf *out)
{
	if (item->spoken && *item->spoken)
		buf_printf(out, "%s, ", item->spoken);
	buf_str(out, item->text);
	for (int i = 0; i < LISTING_COLUMNS; i++)
		if (item->cells[i] && *item->cells[i])
			buf_printf(out, ", %s", item->cells[i]);
}

void
listing_tell_focus(const struct listing *l, struct buf *out)
{
	const struct listing_item *item = focused_item(l);
	const struct listing_line *line;

	if (!item)
		return;
	line = line_at(l, l->scroll.at);
	if (line->first || item->kind != ITEM)
		tell_item(item, out);
	else
		buf_add(out, line->text, line->len);
}

void
listing_where(const struct listing *l, struct buf *out)
{
	size_t lead = (size_t)l->lead;

	if (l->scroll.n <= lead)
		return;
	buf_printf(out, _("Line %zu of %zu: "), l->scroll.at + 1 - lead,
		   l->scroll.n - lead);
	listing_tell_focus(l, out);
}

void
listing_tell(const struct listing *l, struct telling *t)
{
	static const enum telling_kind kinds[] = { [ITEM] = TELLING_CHOICE,
						   [HEADING] = TELLING_HEADING,
						   [SENTENCE] = TELLING_TEXT };
	struct buf line = BUF_INIT;

	for (size_t i = 0; i < l->items.len; i++) {
		const struct listing_item *item = item_at(l, i);

		buf_reset(&line);
		tell_item(item, &line);
		telling_add(t, kinds[item->kind], line.ptr, item->value);
		for (size_t k = 0; k < item->details.len; k++) {
			const struct detail *d = item->details.items[k];

			telling_add(t, TELLING_TEXT, d->text, 0);
		}
	}
	buf_release(&line);
}
