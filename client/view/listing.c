/* listing.c - see listing.h. */
#include "view/listing_impl.h"

#include <stdlib.h>
#include <string.h>

#include "plein/filter.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/utf8.h"
#include "plein/wordwrap.h"

#define LEAD_FROM 16 /* rows of the body with a blank line above the list */
#define PAIRS_FROM 120 /* columns for two versions side by side */

static const struct listing_item *
item_at(const struct listing *l, size_t i)
{
	return l->items.items[i];
}

static struct listing_item *
last_item(struct listing *l)
{
	return l->items.items[l->items.len - 1];
}

static bool
can_focus(const void *ctx, size_t i)
{
	return listing_line_at(ctx, i)->item != NULL;
}

void
listing_init(struct listing *l, const struct listing_column *columns)
{
	memset(l, 0, sizeof(*l));
	memcpy(l->columns, columns, sizeof(l->columns));
	l->indent = LISTING_INDENT;
	l->scroll.can_focus = can_focus;
	l->scroll.ctx = l;
}

static void
free_detail(void *item)
{
	struct detail *d = item;

	if (d->is_marked) {
		marked_release(&d->both);
		marked_release(&d->was);
		marked_release(&d->is);
	}
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
	free(item->count);
	free(item->marks);
	free(item);
}

void
listing_release(struct listing *l)
{
	vec_release(&l->lines, free);
	vec_release(&l->items, free_item);
}

void
listing_want(struct listing *l, size_t value)
{
	l->kept = true;
	l->value = value;
}

void
listing_clear(struct listing *l)
{
	size_t value;

	if (!l->kept && listing_focus(l, &value))
		listing_want(l, value);
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

void
listing_count(struct listing *l, const char *count)
{
	free(last_item(l)->count);
	last_item(l)->count = mem_strdup(count);
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

static struct detail *
add_detail(struct listing *l, const char *text, int rows)
{
	struct detail *d = mem_alloc(sizeof(*d));
	char *line = join_lines(text);
	struct buf shown = BUF_INIT;

	filter_line(&shown, line, strlen(line)); /* its width is what counts */
	free(line);
	d->text = buf_take(&shown);
	d->rows = rows;
	vec_push(&last_item(l)->details, d);
	return d;
}

void
listing_detail(struct listing *l, const char *text, int rows)
{
	(void)add_detail(l, text, rows);
}

void
listing_found(struct listing *l, const char *text, int rows)
{
	add_detail(l, text, rows)->found = true;
}

void
listing_marked(struct listing *l, const struct marked *text)
{
	struct detail *d = mem_alloc(sizeof(*d));

	d->text = join_lines(text->text.ptr);
	d->is_marked = true;
	marked_init(&d->both);
	marked_init(&d->was);
	marked_init(&d->is);
	marked_copy(&d->both, text, 0, text->text.len);
	marked_side(&d->was, text, MARK_NEW);
	marked_side(&d->is, text, MARK_GONE);
	vec_push(&last_item(l)->details, d);
}

void
listing_marks(struct listing *l, const struct marked *text)
{
	free(last_item(l)->marks);
	last_item(l)->marks = mem_strndup(text->marks.ptr, text->marks.len);
}

void
listing_gap(struct listing *l)
{
	last_item(l)->gap = true;
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

bool
listing_is_empty(const struct listing *l)
{
	for (size_t i = 0; i < l->items.len; i++)
		if (item_at(l, i)->kind == ITEM)
			return false;
	return true;
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

/* What is behind the indent, up to where prose ends. */
static int
prose_width(const struct listing *l, int indent)
{
	int end = 2 + LISTING_PROSE_COLS;

	return (l->cols < end ? l->cols : end) - indent;
}

/* Bytes of one line; its end is taken too. */
static size_t
take_line(const struct marked *m, size_t *pos, int width)
{
	const char *s = m->text.ptr + *pos;
	size_t left = m->text.len - *pos, len = left;
	const char *end = left ? memchr(s, '\n', left) : NULL;
	bool whole;

	if (end)
		len = (size_t)(end - s);
	whole = len == 0;
	if (len) {
		size_t n = wordwrap_next(s, len, width);

		whole = n == len;
		len = n;
	}
	*pos += len + (whole && end ? 1 : 0);
	return len;
}

static void
add_marked_lines(struct listing *l, const struct listing_item *item,
		 const struct marked *m)
{
	size_t pos = 0;

	while (pos < m->text.len) {
		struct listing_line *line = add_line(l, item);

		line->text = m->text.ptr + pos;
		line->marks = m->marks.ptr + pos;
		line->len = take_line(m, &pos, prose_width(l, LISTING_INDENT));
	}
}

/* The older version left, the newer right. */
static void
add_pairs(struct listing *l, const struct listing_item *item,
	  const struct detail *d)
{
	size_t was = 0, is = 0;

	while (was < d->was.text.len || is < d->is.text.len) {
		struct listing_line *line = add_line(l, item);

		line->paired = true;
		line->text = d->was.text.ptr + was;
		line->marks = d->was.marks.ptr + was;
		line->len = take_line(&d->was, &was, listing_side(l));
		line->beside = d->is.text.ptr + is;
		line->beside_marks = d->is.marks.ptr + is;
		line->beside_len = take_line(&d->is, &is, listing_side(l));
	}
}

/* A line alone is no prose. Some terminals combine wrongly at the edge. */
static int
detail_width(const struct listing *l, const struct detail *d)
{
	int cols = l->cols < LISTING_USUAL_COLS ? l->cols : LISTING_USUAL_COLS;
	int indent = l->indent + (d->found ? 1 : 0);

	return d->rows == 1 ? cols - indent : prose_width(l, indent);
}

static void
add_detail_lines(struct listing *l, const struct listing_item *item,
		 const struct detail *d)
{
	size_t first = l->lines.len;

	if (!d->is_marked)
		add_lines(l, item, d->text, d->rows, detail_width(l, d));
	else if (l->cols >= PAIRS_FROM)
		add_pairs(l, item, d);
	else
		add_marked_lines(l, item, &d->both);
	for (size_t i = first; i < l->lines.len; i++)
		((struct listing_line *)l->lines.items[i])->found = d->found;
}

static void
add_item_lines(struct listing *l, const struct listing_item *item)
{
	if ((item->gap || item->kind == HEADING) &&
	    l->lines.len > (size_t)l->lead)
		(void)add_line(l, NULL);
	if (item->kind == SENTENCE) {
		add_lines(l, item, item->text, 20, prose_width(l, 2));
		return;
	}
	add_line(l, item)->first = true;
	for (size_t i = 0; i < item->details.len; i++)
		add_detail_lines(l, item, item->details.items[i]);
}

/* A heading or a sentence has no value: its first line takes the focus. */
static bool
focus_on(struct listing *l, const struct listing_item *item)
{
	for (size_t i = 0; item && i < l->lines.len; i++)
		if (listing_line_at(l, i)->item == item) {
			l->scroll.at = i;
			return true;
		}
	return false;
}

/* At first the first item has the focus, and no heading above it. */
static void
focus_first(struct listing *l)
{
	const struct listing_item *item;

	for (size_t i = 0; i < l->lines.len; i++) {
		item = listing_line_at(l, i)->item;
		if (item && item->kind == SENTENCE)
			return;
		if (item && item->kind == ITEM) {
			if (l->scroll.at < i)
				l->scroll.at = i;
			return;
		}
	}
}

static void
make_lines(struct listing *l)
{
	const struct listing_item *focus = NULL;
	size_t value;

	if (!l->kept && listing_focus(l, &value))
		listing_want(l, value);
	else if (!l->kept && l->scroll.at < l->lines.len)
		focus = listing_line_at(l, l->scroll.at)->item;
	vec_release(&l->lines, free);
	for (int i = 0; i < l->lead; i++)
		(void)add_line(l, NULL);
	for (size_t i = 0; i < l->items.len; i++)
		add_item_lines(l, item_at(l, i));
	l->scroll.n = l->lines.len;
	l->stale = false;
	if (!focus_on(l, focus) && !l->kept)
		focus_first(l);
}

static bool
starts_item(const struct listing *l, size_t i)
{
	const struct listing_line *line = listing_line_at(l, i);

	return line->item && line->item->kind == ITEM && line->first;
}

static bool
pick_item(struct listing *l, size_t value)
{
	for (size_t i = 0; i < l->lines.len; i++)
		if (starts_item(l, i) &&
		    listing_line_at(l, i)->item->value == value) {
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
	int lead = rows >= LEAD_FROM || l->window >= LEAD_FROM ? 1 : 0;

	if (l->stale || l->cols != cols || l->lead != lead) {
		l->lead = lead;
		l->cols = cols;
		make_lines(l);
	}
	l->scroll.rows = rows;
	put_focus_back(l);
	scroll_fit(&l->scroll);
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
	refresh(l);
	if (cmd != CMD_NEXT_ITEM && cmd != CMD_PREVIOUS_ITEM)
		return scroll_move(&l->scroll, cmd);
	step_item(l, cmd == CMD_NEXT_ITEM ? 1 : -1);
	return true;
}

static const struct listing_item *
focused_item(const struct listing *l)
{
	return l->scroll.at < l->lines.len
		       ? listing_line_at(l, l->scroll.at)->item
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

/* --- finding --- */

static bool
has_words(const struct listing_item *item, const char *folded)
{
	struct buf text = BUF_INIT;
	bool has;

	utf8_fold(&text, item->text, strlen(item->text));
	for (int i = 0; i < LISTING_COLUMNS; i++) {
		buf_char(&text, '\n');
		utf8_fold(&text, item->cells[i], strlen(item->cells[i]));
	}
	for (size_t i = 0; i < item->details.len; i++) {
		const struct detail *d = item->details.items[i];

		buf_char(&text, '\n');
		utf8_fold(&text, d->text, strlen(d->text));
	}
	has = strstr(text.ptr, folded) != NULL;
	buf_release(&text);
	return has;
}

/* First line of the item in focus, or the line of the focus itself. */
static size_t
start_of_focus(const struct listing *l)
{
	size_t i = l->scroll.at;

	while (i > 0 && i < l->lines.len && !starts_item(l, i) &&
	       listing_line_at(l, i)->item == listing_line_at(l, i - 1)->item)
		i--;
	return i;
}

bool
listing_find(struct listing *l, const char *words, int by, size_t *n,
	     size_t *all)
{
	struct buf folded = BUF_INIT;
	size_t from, first = 0, near = 0;

	refresh(l);
	from = start_of_focus(l);
	utf8_fold(&folded, words, strlen(words));
	*n = *all = 0;
	for (size_t i = 0; folded.len && i < l->lines.len; i++) {
		if (!starts_item(l, i) ||
		    !has_words(listing_line_at(l, i)->item, folded.ptr))
			continue;
		if (!(*all)++)
			first = i;
		if (by < 0 ? i < from || !*n || near >= from
			   : !*n && (i > from || (by == 0 && i == from))) {
			near = i;
			*n = *all;
		}
	}
	buf_release(&folded);
	if (*all && !*n) {
		near = first;
		*n = 1;
	}
	if (*all)
		scroll_jump(&l->scroll, near);
	return *all > 0;
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
	if (item->count)
		buf_printf(out, ", %s", item->count);
}

void
listing_tell_focus(const struct listing *l, struct buf *out)
{
	const struct listing_item *item = focused_item(l);
	const struct listing_line *line;

	if (!item)
		return;
	line = listing_line_at(l, l->scroll.at);
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
