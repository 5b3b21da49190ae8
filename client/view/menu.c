/*
 * menu.c - made from the command list. Where letters are text the items are
 * numbered as the function keys are, so that Esc 2 is F2.
 */
#include "view/menu.h"

#include <stdio.h>
#include <stdlib.h>

#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/choices.h"
#include "view/view.h"

struct menu {
	struct view view;
	struct choices choices;
};

static struct menu *
menu_of(struct view *v)
{
	return (struct menu *)v;
}

static const struct menu *
const_menu(const struct view *v)
{
	return (const struct menu *)v;
}

static bool
is_item(const struct command_row *row, const struct view *below)
{
	if (!(row->places & (unsigned)below->ops->place))
		return false;
	if (row->group == COMMAND_MOVE || row->group == COMMAND_ANSWER ||
	    row->id == CMD_MENU || row->id == CMD_EDITOR_MENU)
		return false;
	if (row->id == CMD_FORWARD && !below->ctx->ahead.len)
		return false;
	return view_allows(below, row->id);
}

/* As the bar has it there; but it has no room for all of this one. */
static void
add_word(const struct view *below, const struct command_row *row,
	 struct buf *out)
{
	struct buf key = BUF_INIT;

	if (row->id != CMD_FIND)
		view_name(below, row->id, &key, out);
	if (!out->len)
		buf_str(out, gettext(row->word));
	buf_release(&key);
}

/* Where letters are text: by digit or letter, with its key behind it. */
static void
add_numbered(struct menu *m, const struct command_row *row,
	     const struct view *below)
{
	int digit = command_digit(row->id);
	struct buf key = BUF_INIT, word = BUF_INIT;
	char sign[2] = { 0 };

	sign[0] = digit >= 0 ? (char)('0' + digit) : command_letter(row->id);
	command_key(row->id, below->ops->place, &key);
	add_word(below, row, &word);
	choices_add(&m->choices, sign, true, word.ptr, (int)row->id);
	choices_set_key(&m->choices, key.ptr);
	buf_release(&key);
	buf_release(&word);
}

static void
add_item(struct menu *m, const struct command_row *row,
	 const struct view *below)
{
	struct buf sign = BUF_INIT, word = BUF_INIT;

	command_key(row->id, below->ops->place, &sign);
	add_word(below, row, &word);
	choices_add(&m->choices, sign.ptr, false, word.ptr, (int)row->id);
	buf_release(&sign);
	buf_release(&word);
}

/* Is it one of those that come first, as the function keys are numbered? */
static bool
is_numbered(const struct command_row *row, const struct view *below)
{
	return (below->ops->place & PLACE_TEXT) && command_digit(row->id) >= 0;
}

static void
add_digits(struct menu *m, const struct view *below)
{
	for (int digit = 1; digit <= 10; digit++)
		for (int i = 0; i < CMD_N; i++) {
			const struct command_row *row =
				command_row((enum command)i);

			if (command_digit(row->id) == digit % 10 &&
			    is_item(row, below))
				add_numbered(m, row, below);
		}
}

static void
add_group(struct menu *m, enum command_group group, const struct view *below)
{
	bool text = (below->ops->place & PLACE_TEXT) != 0, first = true;

	for (int i = 0; i < CMD_N; i++) {
		const struct command_row *row = command_row((enum command)i);

		if (row->group != group || !is_item(row, below) ||
		    is_numbered(row, below))
			continue;
		if (first)
			choices_add_heading(&m->choices,
					    gettext(command_group_name(group)));
		first = false;
		if (text)
			add_numbered(m, row, below);
		else
			add_item(m, row, below);
	}
}

static int
height(const struct view *v, int rows)
{
	int n = (int)const_menu(v)->choices.list.len;
	int most = rows > 6 ? rows - 2 : rows;

	return n < most ? n : most;
}

static void
recalc(struct view *v, int rows, int cols)
{
	(void)cols;
	choices_fit(&menu_of(v)->choices, rows);
}

static void
paint(const struct view *v, struct canvas *c, int top, int rows)
{
	choices_paint(&const_menu(v)->choices, c, top, rows);
}

static bool
has_more(const struct view *v)
{
	return scroll_has_more(&const_menu(v)->choices.scroll);
}

static struct request
choose(const struct choice *one)
{
	return one ? request_run((enum command)one->value, NULL)
		   : request_of(REQUEST_BACK);
}

static bool
take_key(struct view *v, const struct key *k, struct request *r)
{
	const struct choice *one = choices_of_key(&menu_of(v)->choices, k);

	if (!one)
		return false;
	*r = choose(one);
	return true;
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct menu *m = menu_of(v);

	(void)text;
	if (choices_move(&m->choices, (int)cmd)) {
		context_say_choice(v->ctx, &m->choices, cmd);
		return request_of(REQUEST_NONE);
	}
	if (cmd == CMD_CHOOSE)
		return choose(choices_focus(&m->choices));
	return request_of(cmd == CMD_CANCEL ? REQUEST_BACK : REQUEST_NONE);
}

static const enum command bar[] = { CMD_CHOOSE, CMD_CANCEL, CMD_HELP, CMD_N };

static void
tell_where(const struct view *v, struct buf *out)
{
	(void)v;
	buf_str(out, _("Menu"));
}

static void
tell(const struct view *v, struct telling *t)
{
	choices_tell_all(&const_menu(v)->choices, t);
}

/* The value of an item is its command. */
static bool
pick(struct view *v, size_t value)
{
	return choices_pick(&menu_of(v)->choices, value);
}

static void
destroy(struct view *v)
{
	choices_release(&menu_of(v)->choices);
	free(v);
}

static const struct view_ops ops = {
	.place = PLACE_MENU,
	.height = height,
	.recalc = recalc,
	.paint = paint,
	.has_more = has_more,
	.key = take_key,
	.run = run,
	.bar = bar,
	.where = tell_where,
	.tell = tell,
	.pick = pick,
	.free = destroy,
};

struct view *
menu_view_new(struct context *c, const struct view *below)
{
	struct menu *m = mem_alloc(sizeof(*m));

	m->view.ops = &ops;
	m->view.ctx = c;
	choices_init(&m->choices);
	if (below->ops->place & PLACE_TEXT)
		add_digits(m, below);
	for (int g = 0; g < COMMAND_GROUPS; g++)
		add_group(m, (enum command_group)g, below);
	return &m->view;
}
