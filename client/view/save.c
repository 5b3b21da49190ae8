/* save.c - see save.h. */
#include "view/save.h"

#include <stdlib.h>

#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/message.h"
#include "view/input.h"
#include "view/paragraph.h"
#include "view/view.h"

struct save {
	struct view view;
	char *title, *summary;
	struct input note;
};

static struct save *
save_of(struct view *v)
{
	return (struct save *)v;
}

static const struct save *
const_save(const struct view *v)
{
	return (const struct save *)v;
}

static void
fill_head(const struct view *v, struct head *h)
{
	buf_printf(&h->title, _("Save: %s"), const_save(v)->title);
	buf_str(&h->state, _("unsaved"));
	buf_str(&h->place, _("Say in a few words what you changed."));
}

static void
recalc(struct view *v, int rows, int cols)
{
	(void)v;
	(void)rows;
	(void)cols;
}

static void
paint(const struct view *v, struct canvas *c, int top, int rows)
{
	const struct save *s = const_save(v);
	int width = canvas_cols(c) - 4;
	int row = rows > 8 ? top + 1 : top;

	row += paragraph_paint(c, row, 2, 2, STYLE_PLAIN, s->summary) + 1;
	row += paragraph_paint(
		c, row, 2, 2, STYLE_HEADING,
		_("What did you change, and why? May be left empty."));
	input_paint(&s->note, c, row, 2, width < 76 ? width : 76);
}

static bool
take_key(struct view *v, const struct key *k, struct request *r)
{
	(void)r;
	return input_key(&save_of(v)->note, k);
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct save *s = save_of(v);

	(void)text;
	if (input_move(&s->note, (int)cmd))
		return request_of(REQUEST_NONE);
	if (cmd == CMD_SEND)
		return request_run(CMD_SAVE, s->note.text.ptr);
	return request_of(cmd == CMD_WRITE_ON ? REQUEST_BACK : REQUEST_NONE);
}

static const enum command *
bar(const struct view *v)
{
	static const enum command list[] = { CMD_SEND, CMD_WRITE_ON, CMD_HELP,
					     CMD_N };

	(void)v;
	return list;
}

static void
tell_where(const struct view *v, struct buf *out)
{
	buf_printf(out, _("Save: %s"), const_save(v)->title);
}

static void
destroy(struct view *v)
{
	struct save *s = save_of(v);

	input_release(&s->note);
	free(s->title);
	free(s->summary);
	free(s);
}

static const struct view_ops ops = {
	.place = PLACE_SAVE,
	.head = fill_head,
	.recalc = recalc,
	.paint = paint,
	.key = take_key,
	.run = run,
	.bar = bar,
	.where = tell_where,
	.free = destroy,
};

struct view *
save_view_new(struct context *c, const json_t *args)
{
	struct save *s = mem_alloc(sizeof(*s));

	s->view.ops = &ops;
	s->view.ctx = c;
	s->title = mem_strdup(args_text(args, "title"));
	s->summary = mem_strdup(args_text(args, "summary"));
	input_init(&s->note, args_text(args, "note"), NOTE_MAX);
	context_say(c, "%s", _("Enter saves."));
	return &s->view;
}
