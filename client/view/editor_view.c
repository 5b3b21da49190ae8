/*
 * editor_view.c - keys into the editor and its lines onto the canvas.
 *
 * What is typed goes to the wiki as a draft (keep.h); only a failure is
 * told. A draft that is there when the editor opens is offered.
 */
#include "view/editor_view.h"

#include <stdlib.h>
#include <string.h>

#include "plein/i18n.h"
#include "edit/editor.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/page.h"
#include "base/sentence.h"
#include "view/writing.h"

#define TEXT_COLS 79 /* longer lines are hard to read */

static struct writing *
writing_of(struct view *v)
{
	return (struct writing *)v;
}

static const struct writing *
const_writing(const struct view *v)
{
	return (const struct writing *)v;
}

/* --- data --- */

/* NULL: without an index nobody knows which it is. */
static char *
describe_version(const json_t *page)
{
	const char *handle = json_string_value(json_object_get(page, "handle"));
	struct buf day = BUF_INIT, line = BUF_INIT;

	if (!args_number(page, "version"))
		return NULL;
	sentence_day(&day, args_number(page, "time"));
	buf_printf(&line, _("Version %lld by %s, %s"),
		   (long long)args_number(page, "version"),
		   handle ? handle : "?", day.ptr);
	buf_release(&day);
	return buf_take(&line);
}

/* When both answers are here. */
static void
begin(struct writing *w)
{
	const struct draft *d = &w->draft;

	if (!w->page || !w->asked)
		return;
	draft_load(&w->draft, w->page);
	w->place = describe_version(w->page);
	w->editor = writing_take_back(w);
	if (!w->editor)
		w->editor = editor_new(d->saved.ptr, d->saved.len,
				       PAGE_MAX - d->fields.len);
	text_mark_saved(editor_text(w->editor));
	if (w->told)
		writing_take_told(w);
	else
		writing_meet_draft(w);
}

static void
take_page(void *ctx, const struct rpc_msg *m)
{
	struct writing *w = ctx;

	if (m->kind == RPC_ERROR) {
		context_say_error(w->view.ctx, m);
		view_post(&w->view, request_of(REQUEST_BACK));
		return;
	}
	w->page = context_page(w->view.ctx, m->result);
	begin(w);
}

static void
take_stored(void *ctx, const struct rpc_msg *m)
{
	struct writing *w = ctx;

	w->asked = true;
	if (m->kind == RPC_RESULT)
		w->stored = json_incref(m->result);
	else if (m->code != PLEIN_ENOTFOUND)
		context_say_error(w->view.ctx, m);
	begin(w);
}

static bool
is_ready(const struct view *v)
{
	return const_writing(v)->editor != NULL;
}

static bool
is_dirty(const struct view *v)
{
	return writing_is_dirty(const_writing(v));
}

static const char *
edited_page(const struct view *v, json_int_t *version)
{
	const struct writing *w = const_writing(v);

	*version = w->draft.base;
	return w->draft.address;
}

/* --- showing --- */

/* Instead of what the text began as. */
static void
tell_away(json_int_t since, struct buf *out)
{
	struct buf moment = BUF_INIT;

	sentence_clock(&moment, since);
	buf_printf(out, _("The wiki is away since %s. You can go on writing."),
		   moment.ptr);
	buf_release(&moment);
}

static void
fill_head(const struct view *v, struct head *h)
{
	const struct writing *w = const_writing(v);
	int64_t lost = link_lost(v->ctx->link);

	buf_printf(&h->title, _("Edit: %s"), w->draft.title);
	if (writing_is_dirty(w))
		buf_str(&h->state, _("unsaved"));
	if (lost)
		tell_away(lost, &h->place);
	else if (w->place)
		buf_str(&h->place, w->place);
	if (!lost)
		others_say_writing(&w->others, &h->place);
}

static void
add_heading(const struct view *v, struct buf *out)
{
	const struct writing *w = const_writing(v);

	if (w->editor)
		(void)editor_heading(w->editor, out);
}

static void
recalc(struct view *v, int rows, int cols)
{
	struct writing *w = writing_of(v);

	w->rows = rows;
	if (w->editor)
		editor_resize(w->editor, rows,
			      cols > TEXT_COLS ? TEXT_COLS : cols - 1);
}

static void
paint(const struct view *v, struct canvas *c, int top, int rows)
{
	const struct writing *w = const_writing(v);

	canvas_cursor(c, top, 0);
	if (w->editor)
		writing_paint(w, c, top, rows);
}

static bool
has_more(const struct view *v)
{
	const struct writing *w = const_writing(v);

	return w->editor && editor_top(w->editor) + (size_t)w->rows <
				    editor_n_lines(w->editor);
}

static void
tell_where(const struct view *v, struct buf *out)
{
	const struct writing *w = const_writing(v);

	if (w->editor)
		writing_tell_where(w, out);
}

/* --- acting --- */

static bool
take_key(struct view *v, const struct key *k, struct request *r)
{
	struct writing *w = writing_of(v);

	(void)r;
	return w->editor && writing_key(w, k);
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct writing *w = writing_of(v);
	struct request r = request_of(REQUEST_NONE);

	if (!w->editor)
		return request_of(cmd == CMD_LEAVE ? REQUEST_BACK
						   : REQUEST_NONE);
	if (writing_find(w, cmd, text, &r) || writing_spell(w, cmd, text, &r) ||
	    writing_run(w, cmd, text, &r))
		return r;
	if (cmd == CMD_INSERT)
		return writing_insert(w, text);
	if (cmd == CMD_PREVIEW)
		return writing_preview(w);
	if (cmd == CMD_DISCARD)
		return writing_discard(w);
	if (cmd == CMD_KEEP)
		return writing_keep(w);
	if (cmd == CMD_RESUME)
		writing_resume(w);
	else
		writing_do(w, cmd);
	return request_of(REQUEST_NONE);
}

static const enum command bar[] = { CMD_SAVE,  CMD_UNDO,  CMD_FIND,
				    CMD_WHERE, CMD_LEAVE, CMD_EDITOR_MENU,
				    CMD_HELP,  CMD_N };

/* The menu says "Find and replace"; in the bar there is no room. */
static const struct view_word bar_words[] = {
	{ CMD_FIND, N_("Find") },
	{ CMD_N, NULL },
};

static void
destroy(struct view *v)
{
	struct writing *w = writing_of(v);

	link_forget(v->ctx->link, v);
	writing_put_by(w);
	draft_release(&w->draft);
	json_decref(w->page);
	json_decref(w->stored);
	writing_find_release(w);
	json_decref(w->clash);
	json_decref(w->told);
	writing_link_release(w);
	writing_spell_release(w);
	others_release(&w->others, v->ctx->link);
	free(w->place);
	free(w);
}

static const struct view_ops ops = {
	.place = PLACE_EDITOR,
	.is_ready = is_ready,
	.head = fill_head,
	.recalc = recalc,
	.paint = paint,
	.has_more = has_more,
	.key = take_key,
	.run = run,
	.bar = bar,
	.words = bar_words,
	.where = tell_where,
	.is_dirty = is_dirty,
	.unsaved = writing_unsaved,
	.page = edited_page,
	.under = add_heading,
	.due = writing_due,
	.tick = writing_tick,
	.returned = writing_return,
	.free = destroy,
};

struct view *
editor_view_new(struct context *c, const json_t *args)
{
	const char *address = args_text(args, "address");
	struct writing *w = mem_alloc(sizeof(*w));

	w->view.ops = &ops;
	w->view.ctx = c;
	w->resume = json_is_true(json_object_get(args, "resume"));
	w->told = json_incref(json_object_get(args, "told"));
	w->keep.ms = c->keep_ms;
	draft_init(&w->draft, address);
	(void)link_call(c->link, "page.read",
			json_pack("{s:s}", "address", address), take_page, w);
	(void)link_call(c->link, "draft.read",
			json_pack("{s:s}", "address", address), take_stored, w);
	others_ask(&w->others, c->link, address);
	return &w->view;
}
