/* frame.c - see frame.h. */
#include "frame.h"

#include <stdlib.h>
#include <string.h>

#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/utf8.h"
#include "plein/wordwrap.h"

#define PLACE_FROM 16 /* rows from which there is a place line */
#define BAR_TWO_FROM 30 /* rows from which the bar has two lines */
#define NAME_LEAST 6 /* columns of a name that is cut in a title */
#define TITLE_LEAST 12 /* columns of a title beside what stands right */
#define BAR_COLS 79
#define BAR_MAX 24 /* commands in a bar */

bool
frame_fit(struct frame *f, int rows, int cols)
{
	if (rows < FRAME_ROWS_MIN || cols < FRAME_COLS_MIN)
		return false;
	f->rows = rows;
	f->cols = cols;
	f->place = rows >= PLACE_FROM;
	f->top = f->place ? 2 : 1;
	f->bar_rows = rows >= BAR_TWO_FROM ? 2 : 1;
	f->bar = rows - f->bar_rows;
	f->message = f->bar - 1;
	f->body = f->message - f->top;
	f->shown = NULL;
	return true;
}

void
frame_shown_init(struct frame_shown *s)
{
	buf_init(&s->head);
	buf_init(&s->message);
	buf_init(&s->bar);
}

void
frame_forget(struct frame_shown *s)
{
	buf_reset(&s->head);
	buf_reset(&s->message);
	buf_reset(&s->bar);
}

void
frame_shown_release(struct frame_shown *s)
{
	buf_release(&s->head);
	buf_release(&s->message);
	buf_release(&s->bar);
}

/* Is this what stands there already? If not, it will. */
static bool
is_shown(struct buf *shown, const struct buf *now)
{
	if (shown->len == now->len && now->len > 0 &&
	    memcmp(shown->ptr, now->ptr, now->len) == 0)
		return true;
	buf_reset(shown);
	buf_add(shown, now->ptr, now->len);
	return false;
}

static int
width_of(const char *s)
{
	return utf8_width(s, strlen(s));
}

/* "A > B > C" without its first parts, until it fits: the last one counts. */
static const char *
drop_parts(const char *text, int width)
{
	static const char between[] = " > ";
	const char *next;

	while (width_of(text) > width && (next = strstr(text, between)))
		text = next + strlen(between);
	return text;
}

/* `right` is shown where there is room for it besides some of `left`. */
static int
paint_right(const struct frame *f, struct canvas *c, int row, enum style style,
	    const char *right)
{
	int width = width_of(right);
	int col = f->cols - width;

	if (!width || col < TITLE_LEAST)
		return f->cols;
	(void)canvas_text(c, row, col, width, style, right);
	return col - 1;
}

static bool
has_same_head(const struct frame *f, const struct head *h)
{
	const struct buf *const parts[] = { &h->title, &h->state, &h->place,
					    &h->fact, &h->only };
	struct buf now = BUF_INIT;
	bool same;

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		buf_add(&now, parts[i]->ptr, parts[i]->len + 1);
	same = is_shown(&f->shown->head, &now);
	buf_release(&now);
	return same;
}

/*
 * The right of the title bar: the state, and where line 2 is not what a list
 * is narrowed to, in half of the line at most; when not both fit, that alone.
 * Returns where the title has to end.
 */
static int
paint_states(const struct frame *f, struct canvas *c, const struct head *h)
{
	const char *only = f->place ? "" : h->only.ptr;
	int width = width_of(only), most = f->cols / 2, end;

	width = width < most ? width : most;
	if (!width)
		return paint_right(f, c, 0, STYLE_BAR, h->state.ptr);
	end = f->cols;
	if (f->cols - width - width_of(h->state.ptr) - 3 >= TITLE_LEAST)
		end = paint_right(f, c, 0, STYLE_BAR, h->state.ptr);
	if (end < f->cols)
		end--; /* two blanks before the state */
	(void)canvas_ellipsis(c, 0, end - width, width, STYLE_BAR, only);
	return end - width - 1;
}

/* Up to column `end`; one too long loses the end of the name in it. */
static void
paint_title(struct canvas *c, int end, const struct head *h)
{
	const char *all = h->title.ptr;
	size_t cut = h->title.len - h->kept, before = cut - h->named;
	int kept = width_of(all + cut), room;
	char *front;

	room = end - kept - utf8_width(all, before);
	if (!h->named || width_of(all) <= end || room < NAME_LEAST) {
		(void)canvas_ellipsis(c, 0, 0, end, STYLE_BAR, all);
		return;
	}
	front = mem_strndup(all, cut);
	(void)canvas_ellipsis(c, 0, 0, end - kept, STYLE_BAR, front);
	(void)canvas_ellipsis(c, 0, end - kept, kept, STYLE_BAR, all + cut);
	free(front);
}

void
frame_paint_head(const struct frame *f, struct canvas *c, const struct head *h)
{
	int end;

	if (f->shown && has_same_head(f, h))
		return;
	canvas_blank(c, 0, f->top);
	end = paint_states(f, c, h);
	paint_title(c, end, h);
	canvas_style(c, 0, 0, f->cols, STYLE_BAR);
	if (!f->place)
		return;
	end = f->cols;
	if (f->cols >= 80)
		end = paint_right(f, c, 1, STYLE_PLAIN, h->fact.ptr);
	(void)canvas_ellipsis(c, 1, 0, end, STYLE_PLAIN,
			      drop_parts(h->place.ptr, end));
}

/* The kind a message begins with decides its style; the word tells too. */
static enum style
style_of(const char *message)
{
	const char *error = _("Error:"), *note = _("Note:");

	if (strncmp(message, error, strlen(error)) == 0)
		return STYLE_ERROR;
	if (strncmp(message, note, strlen(note)) == 0)
		return STYLE_WARNING;
	return STYLE_PLAIN;
}

static bool
has_same_message(const struct frame *f, const char *message, bool more)
{
	struct buf now = BUF_INIT;
	bool same;

	buf_char(&now, more ? '+' : '-');
	if (message)
		buf_str(&now, message);
	same = is_shown(&f->shown->message, &now);
	buf_release(&now);
	return same;
}

void
frame_paint_message(const struct frame *f, struct canvas *c,
		    const char *message, bool more)
{
	int end = f->cols;

	if (f->shown && has_same_message(f, message, more))
		return;
	canvas_blank(c, f->message, 1);
	if (more)
		end = paint_right(f, c, f->message, STYLE_PLAIN, _("more"));
	if (message)
		(void)canvas_ellipsis(c, f->message, 0, end, style_of(message),
				      message);
}

/* --- key bar --- */

struct item {
	struct buf key, word;
	const char *usual; /* the word of the list */
	int width; /* of "key Word" */
};

static void
measure_item(struct item *item)
{
	item->width = width_of(item->key.ptr) + 1 + width_of(item->word.ptr);
}

static void
name_item(const struct view *v, enum command cmd, struct item *item)
{
	buf_init(&item->key);
	buf_init(&item->word);
	item->usual = gettext(command_row(cmd)->word);
	view_name(v, cmd, &item->key, &item->word);
	if (!item->word.len && cmd == CMD_BACK && v->ctx->back_is_now)
		buf_str(&item->word, gettext(command_row(CMD_NOW)->word));
	if (!item->key.len)
		command_key(cmd, v->ops->place, &item->key);
	if (!item->word.len)
		buf_str(&item->word, item->usual);
	measure_item(item);
}

static size_t
collect_items(const struct view *v, struct item items[BAR_MAX])
{
	const enum command *list = view_bar(v);
	size_t n = 0;

	for (; *list != CMD_N && n < BAR_MAX; list++) {
		if (!view_allows(v, *list))
			continue;
		name_item(v, *list, &items[n++]);
	}
	return n;
}

static void
paint_item(struct canvas *c, int row, int col, const struct item *item)
{
	int used = canvas_text(c, row, col, item->width, STYLE_HEADING,
			       item->key.ptr);

	(void)canvas_text(c, row, col + used + 1, item->width, STYLE_PLAIN,
			  item->word.ptr);
}

/* Columns the last ones need: they are always there, help at least. */
static int
reserve_tail(const struct item *items, size_t n, size_t tail)
{
	int width = 0;

	for (size_t i = n - tail; i < n; i++)
		width += items[i].width + 2;
	return width;
}

static int
bar_width(const struct frame *f)
{
	return f->cols - 1 < BAR_COLS ? f->cols - 1 : BAR_COLS;
}

/*
 * Where the first item would have to go for long words, "Menu, leave" is
 * "Menu", and a view's own word gives way to the usual one.
 */
static void
shorten_items(const struct frame *f, struct item *items, size_t n)
{
	if (n < 3 || f->bar_rows > 1 ||
	    items[0].width + 2 + reserve_tail(items, n, 2) - 2 <= bar_width(f))
		return;
	for (size_t i = 0; i < n; i++) {
		size_t len = strcspn(items[i].usual, ",");

		buf_reset(&items[i].word);
		buf_add(&items[i].word, items[i].usual, len);
		measure_item(&items[i]);
	}
}

static void
paint_items(const struct frame *f, struct canvas *c, const struct item *items,
	    size_t n)
{
	int width = bar_width(f);
	int row = f->bar, col = 0;
	size_t tail = n < 2 ? n : 2;

	for (size_t i = 0; i < n; i++) {
		bool is_tail = i >= n - tail;
		bool last_row = row == f->bar + f->bar_rows - 1;
		int behind =
			is_tail || !last_row ? 0 : reserve_tail(items, n, tail);

		if (col + items[i].width + behind > width && !last_row) {
			row++;
			col = 0;
		} else if (col + items[i].width + behind > width && !is_tail) {
			continue;
		}
		paint_item(c, row, col, &items[i]);
		col += items[i].width + 2;
	}
}

/* What the words of the bar follow from. */
static void
describe_bar(const struct view *v, struct buf *out)
{
	const enum command *list = view_bar(v);

	buf_add(out, &v->ops, sizeof(v->ops));
	buf_char(out, v->ctx->back_is_now ? 'n' : ' ');
	for (; *list != CMD_N; list++) {
		if (!view_allows(v, *list))
			continue;
		buf_add(out, list, sizeof(*list));
		view_name(v, *list, out, out);
		buf_char(out, '\0');
	}
}

static bool
has_same_bar(const struct frame *f, const struct view *v)
{
	struct buf now = BUF_INIT;
	bool same;

	describe_bar(v, &now);
	same = is_shown(&f->shown->bar, &now);
	buf_release(&now);
	return same;
}

void
frame_paint_bar(const struct frame *f, struct canvas *c, const struct view *v)
{
	struct item items[BAR_MAX];
	size_t n;

	if (f->shown && has_same_bar(f, v))
		return;
	canvas_blank(c, f->bar, f->bar_rows);
	n = collect_items(v, items);
	shorten_items(f, items, n);
	paint_items(f, c, items, n);
	for (size_t i = 0; i < n; i++) {
		buf_release(&items[i].key);
		buf_release(&items[i].word);
	}
}

void
frame_paint_small(struct canvas *c)
{
	int rows = canvas_rows(c), cols = canvas_cols(c);
	struct buf line = BUF_INIT;
	const char *text;
	size_t len;

	buf_printf(&line,
		   _("Window too small (%d by %d). Needed: %d by %d. "
		     "Your text is kept."),
		   cols, rows, FRAME_COLS_MIN, FRAME_ROWS_MIN);
	text = line.ptr;
	len = line.len;
	for (int row = 0; row < rows && len; row++) {
		size_t n = wordwrap_next(text, len, cols);

		(void)canvas_bytes(c, row, 0, STYLE_PLAIN, text, n);
		text += n;
		len -= n;
	}
	canvas_cursor(c, 0, 0);
	buf_release(&line);
}
