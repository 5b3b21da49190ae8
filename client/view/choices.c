/* choices.c - see choices.h. */
#include "view/choices.h"

#include <stdlib.h>
#include <string.h>

#include "base/command.h"
#include "plein/mem.h"
#include "plein/utf8.h"

static const struct choice *
choice_at(const struct choices *c, size_t i)
{
	return c->list.items[i];
}

static bool
can_choose(const void *ctx, size_t i)
{
	const struct choice *one = choice_at(ctx, i);

	return !one->heading;
}

void
choices_init(struct choices *c)
{
	memset(c, 0, sizeof(*c));
	c->scroll.can_focus = can_choose;
	c->scroll.ctx = c;
}

static void
free_choice(void *item)
{
	struct choice *one = item;

	free(one->label);
	free(one->sign);
	free(one->key);
	free(one);
}

void
choices_release(struct choices *c)
{
	vec_release(&c->list, free_choice);
}

static struct choice *
add(struct choices *c, const char *label)
{
	struct choice *one = mem_alloc(sizeof(*one));

	one->label = mem_strdup(label);
	one->sign = mem_strdup("");
	one->key = mem_strdup("");
	vec_push(&c->list, one);
	c->scroll.n = c->list.len;
	return one;
}

void
choices_add(struct choices *c, const char *sign, bool sign_first,
	    const char *label, int value)
{
	struct choice *one = add(c, label);

	free(one->sign);
	one->sign = mem_strdup(sign);
	one->sign_first = sign_first;
	one->value = value;
}

void
choices_set_key(struct choices *c, const char *key)
{
	struct choice *one = c->list.items[c->list.len - 1];

	free(one->key);
	one->key = mem_strdup(key);
}

void
choices_add_heading(struct choices *c, const char *label)
{
	if (c->list.len)
		add(c, "")->heading = true;
	add(c, label)->heading = true;
}

void
choices_fit(struct choices *c, int rows)
{
	c->scroll.rows = rows;
	scroll_fit(&c->scroll);
}

static int
label_col(const struct choice *one)
{
	if (!one->sign_first || !*one->sign)
		return 2;
	return 3 + utf8_width(one->sign, strlen(one->sign));
}

/* Signs and keys behind labels stand in one column. */
static int
find_key_col(const struct choices *c)
{
	int widest = 0;

	for (size_t i = 0; i < c->list.len; i++) {
		const struct choice *one = choice_at(c, i);
		const char *behind = one->sign_first ? one->key : one->sign;
		int end = label_col(one) +
			  utf8_width(one->label, strlen(one->label));

		if (*behind && end > widest)
			widest = end;
	}
	return widest + 2;
}

static void
paint_choice(const struct choices *c, struct canvas *canvas, int row,
	     const struct choice *one)
{
	int cols = canvas_cols(canvas), col = label_col(one);
	int key = find_key_col(c);

	if (one->heading) {
		(void)canvas_text(canvas, row, 0, cols, STYLE_HEADING,
				  one->label);
		return;
	}
	if (one->sign_first)
		(void)canvas_text(canvas, row, 2, cols, STYLE_PLAIN, one->sign);
	(void)canvas_ellipsis(canvas, row, col, cols - col, STYLE_PLAIN,
			      one->label);
	(void)canvas_text(canvas, row, key, cols - key, STYLE_HEADING,
			  one->sign_first ? one->key : one->sign);
}

void
choices_paint(const struct choices *c, struct canvas *canvas, int top, int rows)
{
	canvas_cursor(canvas, top, 0);
	for (int i = 0; i < rows; i++) {
		size_t at = c->scroll.top + (size_t)i;

		if (at >= c->list.len)
			return;
		paint_choice(c, canvas, top + i, choice_at(c, at));
		if (at != c->scroll.at)
			continue;
		canvas_style(canvas, top + i, 0, canvas_cols(canvas),
			     STYLE_FOCUS);
		(void)canvas_text(canvas, top + i, 0, 1, STYLE_FOCUS, ">");
		canvas_cursor(canvas, top + i, 0);
	}
}

bool
choices_move(struct choices *c, int cmd)
{
	return scroll_move_item(&c->scroll, (enum command)cmd);
}

bool
choices_tell(const struct choices *c, int cmd, struct buf *out)
{
	const struct choice *one = choices_focus(c);

	if (!one || (cmd != CMD_NEXT_ITEM && cmd != CMD_PREVIOUS_ITEM))
		return false;
	if (one->sign_first && *one->sign)
		buf_printf(out, "%s ", one->sign);
	buf_str(out, one->label);
	if (!one->sign_first && *one->sign)
		buf_printf(out, ", %s", one->sign);
	if (*one->key)
		buf_printf(out, ", %s", one->key);
	return true;
}

const struct choice *
choices_focus(const struct choices *c)
{
	if (c->scroll.at >= c->list.len || choice_at(c, c->scroll.at)->heading)
		return NULL;
	return choice_at(c, c->scroll.at);
}

const struct choice *
choices_of_key(const struct choices *c, const struct key *k)
{
	if (k->code != KEY_TEXT || k->alt)
		return NULL;
	for (size_t i = 0; i < c->list.len; i++) {
		const struct choice *one = choice_at(c, i);

		if (!one->heading && strlen(one->sign) == k->len &&
		    memcmp(one->sign, k->text, k->len) == 0)
			return one;
	}
	return NULL;
}

/* --- in words --- */

void
choices_tell_all(const struct choices *c, struct telling *t)
{
	struct buf line = BUF_INIT;

	for (size_t i = 0; i < c->list.len; i++) {
		const struct choice *one = c->list.items[i];

		buf_reset(&line);
		buf_str(&line, one->label);
		if (*one->sign && !one->sign_first)
			buf_printf(&line, ", %s", one->sign);
		telling_add(t, one->heading ? TELLING_HEADING : TELLING_CHOICE,
			    line.ptr, (size_t)one->value);
	}
	buf_release(&line);
}

bool
choices_pick(struct choices *c, size_t value)
{
	for (size_t i = 0; i < c->list.len; i++) {
		const struct choice *one = c->list.items[i];

		if (one->heading || (size_t)one->value != value)
			continue;
		c->scroll.at = i;
		return true;
	}
	return false;
}
