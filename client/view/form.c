/* form.c - what is in a form and what keys do to it; see form.h. */
#include "view/form_impl.h"

#include <stdlib.h>
#include <string.h>

#include "plein/i18n.h"
#include "plein/mem.h"

void
form_init(struct form *f)
{
	memset(f, 0, sizeof(*f));
}

static void
free_item(void *item)
{
	struct form_item *one = item;

	if (one->kind == FORM_LINE)
		input_release(&one->input);
	vec_release(&one->options, free);
	free(one->label);
	free(one->help);
	free(one->unit);
	free(one);
}

void
form_release(struct form *f)
{
	vec_release(&f->items, free_item);
	vec_release(&f->pieces, form_free_piece);
}

/* --- what is in it --- */

struct form_item *
form_item_at(const struct form *f, size_t i)
{
	return f->items.items[i];
}

static bool
takes_focus(const struct form *f, size_t i)
{
	return form_item_at(f, i)->kind != FORM_SAYING;
}

static struct form_item *
last_item(const struct form *f)
{
	return form_item_at(f, f->items.len - 1);
}

static struct form_item *
add_item(struct form *f, enum form_kind kind, int id, const char *label)
{
	struct form_item *one = mem_alloc(sizeof(*one));

	one->kind = kind;
	one->id = id;
	one->label = mem_strdup(label);
	vec_push(&f->items, one);
	f->cols = 0;
	while (f->focus + 1 < f->items.len && !takes_focus(f, f->focus))
		f->focus++;
	return one;
}

void
form_add_line(struct form *f, int id, const char *label, const char *text,
	      size_t max, int width)
{
	struct form_item *one = add_item(f, FORM_LINE, id, label);

	input_init(&one->input, text, max);
	one->width = width;
}

void
form_hide(struct form *f)
{
	last_item(f)->input.secret = true;
}

void
form_add_choice(struct form *f, int id, const char *label)
{
	(void)add_item(f, FORM_CHOICE, id, label);
}

void
form_add_option(struct form *f, const char *label, bool chosen)
{
	struct form_item *one = last_item(f);

	if (chosen)
		one->chosen = one->options.len;
	vec_push(&one->options, mem_strdup(label));
}

void
form_add_check(struct form *f, int id, const char *label, bool on)
{
	add_item(f, FORM_CHECK, id, label)->on = on;
}

void
form_add_button(struct form *f, int id, const char *label)
{
	(void)add_item(f, FORM_BUTTON, id, label);
}

void
form_add_row(struct form *f, int id, const char *text)
{
	(void)add_item(f, FORM_ROW, id, text);
}

void
form_join(struct form *f)
{
	last_item(f)->joined = true;
}

void
form_part(struct form *f)
{
	last_item(f)->parted = true;
}

void
form_unit(struct form *f, const char *text)
{
	free(last_item(f)->unit);
	last_item(f)->unit = mem_strdup(text);
}

void
form_say(struct form *f, const char *text)
{
	(void)add_item(f, FORM_SAYING, -1, text);
}

void
form_require(struct form *f)
{
	last_item(f)->required = true;
}

void
form_explain(struct form *f, const char *help)
{
	free(last_item(f)->help);
	last_item(f)->help = mem_strdup(help);
}

/* --- what was filled in --- */

static size_t
find_item(const struct form *f, int id)
{
	size_t i = 0;

	while (i < f->items.len && form_item_at(f, i)->id != id)
		i++;
	return i;
}

static struct form_item *
item_of(const struct form *f, int id)
{
	size_t i = find_item(f, id);

	return i < f->items.len ? form_item_at(f, i) : NULL;
}

const char *
form_text(const struct form *f, int id)
{
	const struct form_item *one = item_of(f, id);

	return one && one->kind == FORM_LINE ? one->input.text.ptr : "";
}

void
form_set_text(struct form *f, int id, const char *text)
{
	struct form_item *one = item_of(f, id);

	if (one && one->kind == FORM_LINE)
		input_set(&one->input, text);
}

void
form_choose(struct form *f, int id, size_t option)
{
	struct form_item *one = item_of(f, id);

	if (one && option < one->options.len)
		one->chosen = option;
	f->cols = 0; /* the signs are others */
}

size_t
form_chosen(const struct form *f, int id)
{
	const struct form_item *one = item_of(f, id);

	return one ? one->chosen : 0;
}

bool
form_is_on(const struct form *f, int id)
{
	const struct form_item *one = item_of(f, id);

	return one && one->on;
}

int
form_focus(const struct form *f)
{
	return form_item_at(f, f->focus)->id;
}

bool
form_is_typing(const struct form *f)
{
	return form_item_at(f, f->focus)->kind == FORM_LINE;
}

void
form_set_focus(struct form *f, int id)
{
	size_t i = find_item(f, id);

	if (i < f->items.len)
		f->focus = i;
}

bool
form_find_missing(const struct form *f, int *id)
{
	for (size_t i = 0; i < f->items.len; i++) {
		const struct form_item *one = form_item_at(f, i);

		if (!one->required || one->kind != FORM_LINE ||
		    one->input.text.ptr[strspn(one->input.text.ptr, " ")])
			continue;
		*id = one->id;
		return true;
	}
	return false;
}

/* --- keys --- */

/* Is it there to be pressed? */
static bool
is_pressed(const struct form_item *one)
{
	return one->kind == FORM_BUTTON || one->kind == FORM_ROW;
}

static void
choose_next(struct form *f, struct form_item *one, int by)
{
	size_t n = one->options.len;

	if (!n)
		return;
	one->chosen = (one->chosen + n + (size_t)(by + (int)n)) % n;
	f->changed = true;
	f->cols = 0; /* the signs are others */
}

static void
toggle(struct form *f, struct form_item *one)
{
	one->on = !one->on;
	f->changed = true;
	f->cols = 0;
}

static bool
is_space(const struct key *k)
{
	return k->code == KEY_TEXT && !k->alt && k->len == 1 && *k->text == ' ';
}

bool
form_key(struct form *f, const struct key *k, struct context *c)
{
	struct form_item *one = form_item_at(f, f->focus);
	unsigned changes = one->input.changes;

	if (one->kind == FORM_LINE) {
		if (!input_key(&one->input, k, c))
			return false;
		f->changed = f->changed || one->input.changes != changes;
		return true;
	}
	if (!is_space(k))
		return false;
	if (one->kind == FORM_CHOICE)
		choose_next(f, one, 1);
	else if (one->kind == FORM_CHECK)
		toggle(f, one);
	return !is_pressed(one);
}

/* The next one (1) or the one before (-1), if there is any. */
static void
step(struct form *f, int by)
{
	size_t i = f->focus;

	while (by > 0 ? i + 1 < f->items.len : i > 0) {
		i = by > 0 ? i + 1 : i - 1;
		if (!takes_focus(f, i))
			continue;
		f->focus = i;
		return;
	}
}

static enum form_event
turn(struct form *f, struct form_item *one, enum command cmd)
{
	int by = cmd == CMD_RIGHT ? 1 : -1;

	if (one->kind == FORM_LINE)
		return FORM_CHANGED; /* its keys were taken before */
	if (cmd != CMD_LEFT && cmd != CMD_RIGHT)
		return FORM_CHANGED;
	if (one->kind == FORM_CHOICE)
		choose_next(f, one, by);
	else if (one->kind == FORM_CHECK)
		toggle(f, one);
	else
		step(f, by);
	return is_pressed(one) ? FORM_MOVED : FORM_CHANGED;
}

enum form_event
form_run(struct form *f, enum command cmd)
{
	struct form_item *one = form_item_at(f, f->focus);

	switch ((int)cmd) {
	case CMD_PRESS:
		if (is_pressed(one))
			return FORM_PRESSED;
		step(f, 1);
		return FORM_MOVED;
	case CMD_DOWN:
	case CMD_NEXT_ITEM:
		step(f, 1);
		return FORM_MOVED;
	case CMD_UP:
	case CMD_PREVIOUS_ITEM:
		step(f, -1);
		return FORM_MOVED;
	case CMD_LEFT:
	case CMD_RIGHT:
	case CMD_LINE_START:
	case CMD_LINE_END:
		return turn(f, one, cmd);
	default:
		return FORM_OTHER;
	}
}

/* --- in words --- */

static size_t
count_fields(const struct form *f, size_t until)
{
	size_t n = 0;

	for (size_t i = 0; i < until; i++)
		n += takes_focus(f, i) && !is_pressed(form_item_at(f, i));
	return n;
}

static void
tell_value(const struct form_item *one, struct buf *out)
{
	if (one->kind == FORM_CHOICE && one->options.len)
		buf_printf(out, ": %s",
			   (char *)one->options.items[one->chosen]);
	else if (one->kind == FORM_CHECK)
		buf_printf(out, ", %s",
			   one->on ? _("marked") : _("not marked"));
	else if (one->kind == FORM_LINE && one->input.secret)
		buf_str(out, one->input.text.len ? ": ***" : "");
	else if (one->kind == FORM_LINE && one->input.text.len)
		buf_printf(out, ": %s", one->input.text.ptr);
}

/* A label that ends as a sentence does needs no more signs. */
static void
tell_label(const struct form_item *one, struct buf *out)
{
	size_t len = strlen(one->label);

	if (len && strchr(".:", one->label[len - 1]))
		len--;
	buf_add(out, one->label, len);
}

void
form_tell_focus(const struct form *f, struct buf *out)
{
	const struct form_item *one = form_item_at(f, f->focus);

	if (one->kind == FORM_ROW) {
		buf_str(out, one->help ? one->help : one->label);
		return;
	}
	tell_label(one, out);
	if (one->kind == FORM_BUTTON) {
		buf_str(out, _(", button."));
		if (one->help)
			buf_printf(out, " %s", one->help);
		return;
	}
	if (one->kind != FORM_LINE)
		tell_value(one, out);
	if (one->required)
		buf_str(out, _(", required"));
	buf_printf(out, _(", field %zu of %zu."), count_fields(f, f->focus) + 1,
		   count_fields(f, f->items.len));
	if (one->help)
		buf_printf(out, " %s", one->help);
}

void
form_tell(const struct form *f, struct telling *t)
{
	static const enum telling_kind kinds[] = {
		[FORM_LINE] = TELLING_FIELD,   [FORM_CHOICE] = TELLING_SWITCH,
		[FORM_CHECK] = TELLING_SWITCH, [FORM_BUTTON] = TELLING_CHOICE,
		[FORM_ROW] = TELLING_CHOICE,
	};
	struct buf line = BUF_INIT;

	for (size_t i = 0; i < f->items.len; i++) {
		const struct form_item *one = form_item_at(f, i);

		buf_reset(&line);
		if (one->kind == FORM_SAYING)
			buf_str(&line, one->label);
		else
			tell_label(one, &line);
		tell_value(one, &line);
		telling_add(t,
			    one->input.secret ? TELLING_SECRET
					      : kinds[one->kind],
			    line.ptr, (size_t)one->id);
	}
	buf_release(&line);
}

bool
form_pick(struct form *f, size_t id)
{
	for (size_t i = 0; i < f->items.len; i++) {
		const struct form_item *one = form_item_at(f, i);

		if (one->kind == FORM_SAYING || (size_t)one->id != id)
			continue;
		form_set_focus(f, (int)id);
		return true;
	}
	return false;
}
