/*
 * save.c - see save.h. The changes scroll above the form; the focus is in
 * one of the two. Enter in the note saves, so that Ctrl-S, Enter is a whole
 * save.
 */
#include "view/save.h"

#include <stdlib.h>

#include "plein/clock.h"
#include "plein/frontmatter.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/message.h"
#include "view/form.h"
#include "view/keep.h"
#include "view/placelist.h"
#include "view/view.h"

#define ROOMY 14 /* rows of the body from which there are blank ones */
#define TALL 20 /* and from which the form stands free of the bottom */
#define FORM_BELOW 3
#define CHANGES_MIN 3 /* rows that are left to the changes */

enum { SAVE_NOTE, SAVE_MINOR, SAVE_SEND, SAVE_PREVIEW, SAVE_WRITE };

struct save {
	struct view view;
	char *title;
	json_t *args; /* as they came */
	struct placelist changes;
	struct form form; /* without items: to look at only */
	struct keep keep; /* of the note, with the text it belongs to */
	bool above; /* the focus is in the changes */
	int changes_top, changes_rows, form_top, form_rows; /* in the body */
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

static bool
has_form(const struct save *s)
{
	return s->form.items.len > 0;
}

/* --- showing --- */

static void
fill_head(const struct view *v, struct head *h)
{
	const struct save *s = const_save(v);

	buf_printf(&h->title,
		   has_form(s) ? _("Save: %s - look over your change")
			       : _("My changes: %s"),
		   s->title);
	buf_str(&h->state, _("unsaved"));
	places_sum(&s->changes.places, &h->place);
	buf_printf(&h->place, " [-%s-] {+%s+}", _("gone"), _("added"));
}

static void
recalc_form(struct save *s, int rows, int cols)
{
	int height, below = rows >= TALL ? FORM_BELOW : 0;

	s->form.tight = rows < ROOMY;
	height = form_height(&s->form, cols);
	if (height > rows - CHANGES_MIN)
		height = rows > CHANGES_MIN ? rows - CHANGES_MIN : rows;
	s->form_rows = height;
	s->form_top = rows - below - height;
	form_recalc(&s->form, height, cols);
}

static void
recalc(struct view *v, int rows, int cols)
{
	struct save *s = save_of(v);
	int blank = rows >= ROOMY;

	s->form_top = rows;
	if (has_form(s))
		recalc_form(s, rows, cols);
	s->changes_top = blank;
	s->changes_rows = s->form_top - blank - (has_form(s) ? blank : 0);
	placelist_recalc(&s->changes, s->changes_rows, cols);
}

static void
paint(const struct view *v, struct canvas *c, int top, int rows)
{
	const struct save *s = const_save(v);

	(void)rows;
	if (has_form(s))
		form_paint(&s->form, c, top + s->form_top, s->form_rows,
			   !s->above);
	if (s->above)
		canvas_cursor(c, top + s->changes_top, 0);
	placelist_paint(&s->changes, c, top + s->changes_top, s->changes_rows,
			s->above);
}

static bool
has_more(const struct view *v)
{
	return scroll_has_more(&const_save(v)->changes.scroll);
}

static void
tell_focus(const struct save *s, struct buf *out)
{
	if (s->above)
		placelist_tell_focus(&s->changes, out);
	else
		form_tell_focus(&s->form, out);
}

static void
tell(const struct view *v, struct telling *t)
{
	placelist_tell(&const_save(v)->changes, t);
	form_tell(&const_save(v)->form, t);
}

static bool
pick(struct view *v, size_t value)
{
	struct save *s = save_of(v);

	s->above = s->above && !form_pick(&s->form, value);
	return form_pick(&s->form, value);
}

static void
say_focus(struct save *s)
{
	struct buf line = BUF_INIT;

	tell_focus(s, &line);
	if (!s->above && form_focus(&s->form) == SAVE_NOTE) {
		buf_reset(&line);
		buf_str(&line, _("Enter saves."));
	}
	context_say(s->view.ctx, "%s", line.ptr);
	buf_release(&line);
}

/* --- keeping the note --- */

static void
take_kept(void *ctx, const struct rpc_msg *m)
{
	struct save *s = ctx;

	if (keep_answer(&s->keep, m->kind == RPC_RESULT))
		context_say(s->view.ctx, "%s",
			    _("Error: draft not kept. Save or copy your "
			      "text."));
}

/* As the editor below keeps its text: a note is typed where that waits. */
static void
keep_note(struct save *s)
{
	keep_send(&s->keep, clock_wall());
	(void)link_call(s->view.ctx->link, "draft.put",
			json_pack("{s:O, s:O, s:O, s:s}", "address",
				  json_object_get(s->args, "address"), "base",
				  json_object_get(s->args, "base"), "text",
				  json_object_get(s->args, "is"), "note",
				  form_text(&s->form, SAVE_NOTE)),
			take_kept, s);
}

static int64_t
due(const struct view *v)
{
	return keep_due(&const_save(v)->keep);
}

static void
tick(struct view *v, bool ends)
{
	struct save *s = save_of(v);
	int64_t at = keep_due(&s->keep);

	if (ends ? keep_has_news(&s->keep) : at && at <= clock_mono_ms())
		keep_note(s);
}

/* --- acting --- */

static bool
take_key(struct view *v, const struct key *k, struct request *r)
{
	struct save *s = save_of(v);

	(void)r;
	if (s->above || !form_key(&s->form, k, v->ctx))
		return false;
	if (form_is_typing(&s->form))
		keep_change(&s->keep, clock_mono_ms());
	else
		say_focus(s);
	return true;
}

static struct request
send_note(const struct save *s)
{
	return request_run(form_is_on(&s->form, SAVE_MINOR) ? CMD_SAVE_SMALL
							    : CMD_SAVE,
			   form_text(&s->form, SAVE_NOTE));
}

static struct request
write_on(const struct save *s)
{
	if (!has_form(s))
		return request_of(REQUEST_BACK);
	return request_run(form_is_on(&s->form, SAVE_MINOR) ? CMD_NOTE_SMALL
							    : CMD_NOTE,
			   form_text(&s->form, SAVE_NOTE));
}

/* The text as it is going to be, without its fields. */
static struct request
preview(const struct save *s)
{
	const json_t *is = json_object_get(s->args, "is");
	const char *text = json_string_value(is);
	size_t len = json_string_length(is), begin, end, body;

	if (!frontmatter_find(text, len, &begin, &end, &body))
		body = 0;
	return request_show(
		SCREEN_PREVIEW,
		json_pack("{s:s, s:s, s:s%, s:b, s:b}", "title", s->title,
			  "address", args_text(s->args, "address"), "text",
			  text + body, len - body, "unsaved", 1, "saving", 1));
}

/* What Enter does: on a button what it says, elsewhere it saves. */
static struct request
press(const struct save *s)
{
	if (s->above)
		return request_of(REQUEST_NONE);
	switch (form_focus(&s->form)) {
	case SAVE_PREVIEW:
		return preview(s);
	case SAVE_WRITE:
		return write_on(s);
	default:
		return send_note(s);
	}
}

/* True when the focus is elsewhere now; it may go over to the other part. */
static bool
move(struct save *s, enum command cmd)
{
	bool up = cmd == CMD_UP || cmd == CMD_PREVIOUS_ITEM;
	bool down = cmd == CMD_DOWN || cmd == CMD_NEXT_ITEM;

	if (!s->above && has_form(s)) {
		if (up && form_focus(&s->form) == SAVE_NOTE) {
			s->above = true;
			placelist_enter(&s->changes);
			return true;
		}
		if (cmd == CMD_PAGE_UP || cmd == CMD_PAGE_DOWN)
			return placelist_move(&s->changes, cmd) && false;
		return form_run(&s->form, cmd) == FORM_MOVED;
	}
	if (placelist_move(&s->changes, cmd))
		return up || down;
	if (!down || !has_form(s))
		return false;
	s->above = false;
	return true;
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct save *s = save_of(v);

	(void)text;
	if (cmd == CMD_SEND)
		return press(s);
	if (cmd == CMD_SAVE_NOW)
		return send_note(s);
	if (cmd == CMD_PREVIEW)
		return preview(s);
	if (cmd == CMD_WRITE_ON || cmd == CMD_BACK)
		return write_on(s);
	if (move(s, cmd) && (!s->above || (cmd != CMD_UP && cmd != CMD_DOWN)))
		say_focus(s);
	return request_of(REQUEST_NONE);
}

static const enum command *
bar(const struct view *v)
{
	static const enum command form[] = { CMD_SEND,	  CMD_NEXT_ITEM,
					     CMD_PREVIEW, CMD_WRITE_ON,
					     CMD_HELP,	  CMD_N };
	static const enum command look[] = { CMD_NEXT_ITEM, CMD_BACK, CMD_MENU,
					     CMD_HELP, CMD_N };

	return has_form(const_save(v)) ? form : look;
}

static void
tell_where(const struct view *v, struct buf *out)
{
	tell_focus(const_save(v), out);
}

static void
destroy(struct view *v)
{
	struct save *s = save_of(v);

	link_forget(v->ctx->link, v);
	placelist_release(&s->changes);
	form_release(&s->form);
	json_decref(s->args);
	free(s->title);
	free(s);
}

static const struct view_ops save_ops = {
	.place = PLACE_SAVE,
	.head = fill_head,
	.recalc = recalc,
	.paint = paint,
	.has_more = has_more,
	.key = take_key,
	.run = run,
	.bar_now = bar,
	.where = tell_where,
	.tell = tell,
	.pick = pick,
	.due = due,
	.tick = tick,
	.free = destroy,
};

static const struct view_ops mine_ops = {
	.place = PLACE_COMPARE,
	.head = fill_head,
	.recalc = recalc,
	.paint = paint,
	.has_more = has_more,
	.run = run,
	.bar_now = bar,
	.where = tell_where,
	.tell = tell,
	.free = destroy,
};

static void
fill_form(struct save *s)
{
	struct form *f = &s->form;

	form_add_line(f, SAVE_NOTE,
		      _("What did you change, and why? May be left empty."),
		      args_text(s->args, "note"), NOTE_MAX, 0);
	form_add_check(f, SAVE_MINOR, _("minor change"),
		       json_is_true(json_object_get(s->args, "minor")));
	form_add_button(f, SAVE_SEND, _("Save"));
	form_add_button(f, SAVE_PREVIEW, _("Preview"));
	form_add_button(f, SAVE_WRITE, _("Go on writing"));
}

static struct save *
make(struct context *c, const json_t *args, const struct view_ops *ops)
{
	const json_t *was = json_object_get(args, "was");
	const json_t *is = json_object_get(args, "is");
	struct save *s = mem_alloc(sizeof(*s));

	s->view.ops = ops;
	s->view.ctx = c;
	s->args = json_incref((json_t *)args);
	s->keep.ms = c->keep_ms;
	s->title = mem_strdup(args_text(args, "title"));
	placelist_init(&s->changes, args_text(args, "was"),
		       json_string_length(was), args_text(args, "is"),
		       json_string_length(is));
	form_init(&s->form);
	return s;
}

struct view *
save_view_new(struct context *c, const json_t *args)
{
	struct save *s = make(c, args, &save_ops);

	fill_form(s);
	say_focus(s);
	return &s->view;
}

struct view *
mine_view_new(struct context *c, const json_t *args)
{
	struct save *s = make(c, args, &mine_ops);

	s->above = true;
	return &s->view;
}
