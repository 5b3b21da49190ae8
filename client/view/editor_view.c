/*
 * editor_view.c - keys into the editor, its lines onto the canvas, and the
 * saving of its text. The editor stays open until the wiki has said "saved",
 * and stays what it is when it says anything else.
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
#include "view/tally.h"
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

static char *
describe_version(const json_t *page)
{
	const char *handle = json_string_value(json_object_get(page, "handle"));
	struct buf day = BUF_INIT, line = BUF_INIT;

	sentence_day(&day, json_integer_value(json_object_get(page, "time")));
	buf_printf(
		&line, _("Version %lld by %s, %s"),
		(long long)json_integer_value(json_object_get(page, "version")),
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
	w->editor = editor_new(d->saved.ptr, d->saved.len,
			       PAGE_MAX - d->fields.len);
	text_mark_saved(editor_text(w->editor));
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
	const struct writing *w = const_writing(v);

	return w->editor &&
	       (w->saving || text_is_changed(editor_text(w->editor)));
}

static const char *
edited_page(const struct view *v, json_int_t *version)
{
	const struct writing *w = const_writing(v);

	*version = w->draft.base;
	return w->draft.address;
}

/* --- showing --- */

static void
fill_head(const struct view *v, struct head *h)
{
	const struct writing *w = const_writing(v);

	buf_printf(&h->title, _("Edit: %s"), w->draft.title);
	if (is_dirty(v))
		buf_str(&h->state, _("unsaved"));
	if (w->place)
		buf_str(&h->place, w->place);
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

static void
summarise(const struct writing *w, struct buf *out)
{
	struct buf body = BUF_INIT;
	struct tally t;

	writing_copy_body(w, &body);
	t = tally_words(w->draft.saved.ptr, w->draft.saved.len, body.ptr,
			body.len);
	buf_printf(out,
		   ngettext("%zu word added, ", "%zu words added, ", t.added),
		   t.added);
	buf_printf(out,
		   ngettext("%zu word taken away ", "%zu words taken away ",
			    t.removed),
		   t.removed);
	buf_printf(out, _("since version %lld."), (long long)w->draft.base);
	buf_release(&body);
}

/* --- saving --- */

static void
finish_saving(struct writing *w, const json_t *result)
{
	struct request r = request_of(REQUEST_SAVED);
	struct buf body = BUF_INIT, line = BUF_INIT;
	bool same;

	writing_copy_body(w, &body);
	same = body.len == w->draft.sent.len &&
	       memcmp(body.ptr, w->draft.sent.ptr, body.len) == 0;
	if (json_is_true(json_object_get(result, "joined")))
		draft_take_joined(&w->draft);
	else
		draft_take_version(
			&w->draft,
			json_integer_value(json_object_get(result, "version")),
			json_string_value(json_object_get(result, "commit")));
	keep_drop(&w->keep); /* the wiki ends it when it saves */
	sentence_saved(&line, result);
	if (same) {
		text_mark_saved(editor_text(w->editor));
		r.text = buf_take(&line);
		view_post(&w->view, r);
	} else {
		context_say(w->view.ctx, "%s", line.ptr);
	}
	buf_release(&line);
	buf_release(&body);
}

static void
say_conflict(struct writing *w, const struct rpc_msg *m)
{
	struct buf line = BUF_INIT;

	sentence_conflict(&line, m->args);
	context_say(w->view.ctx, "%s", line.ptr);
	buf_release(&line);
}

static void
say_not_saved(struct writing *w, const struct rpc_msg *m)
{
	struct request r = request_of(REQUEST_ASK);
	struct buf why = BUF_INIT;

	sentence_error(&why, m->code, m->message, m->args);
	buf_printf(&why, " %s", _("Your text is still here."));
	r.question = question_new(_("Error: not saved."), why.ptr);
	question_add(r.question, _("Go on writing"), CMD_N, NULL);
	question_add(r.question, _("Try again now"), CMD_SAVE, w->draft.note);
	view_post(&w->view, r);
	buf_release(&why);
}

static void
take_answer(void *ctx, const struct rpc_msg *m)
{
	struct writing *w = ctx;

	w->saving = false;
	if (m->kind == RPC_ERROR)
		writing_change(w); /* it is a draft again */
	if (m->kind == RPC_RESULT)
		finish_saving(w, m->result);
	else if (m->code == PLEIN_ECONFLICT)
		say_conflict(w, m);
	else if (m->code == PLEIN_ESAME)
		context_say(w->view.ctx, "%s",
			    _("Nothing was changed. No new version was made."));
	else if (m->code == PLEIN_EUNKNOWN)
		context_say(w->view.ctx, "%s",
			    _("Note: not sure whether this was saved. "
			      "Ctrl-S asks again."));
	else
		say_not_saved(w, m);
}

static void
send_text(struct writing *w, const char *note)
{
	struct buf body = BUF_INIT;

	writing_copy_body(w, &body);
	w->saving = true;
	keep_skip(&w->keep);
	context_say(w->view.ctx, "%s",
		    link_is_up(w->view.ctx->link)
			    ? _("Busy: saving.")
			    : _("Error: no connection to the wiki. "
				"Your text is safe on this screen."));
	(void)link_call(w->view.ctx->link, "page.save",
			draft_send(&w->draft, &body, note), take_answer, w);
	buf_release(&body);
}

static struct request
save(struct writing *w, const char *note)
{
	struct request r = request_of(REQUEST_NONE);
	struct buf line = BUF_INIT;

	if (w->saving) {
		context_say(w->view.ctx, "%s", _("Busy: saving."));
	} else if (!is_dirty(&w->view)) {
		context_say(w->view.ctx, "%s",
			    _("Nothing was changed. No new version was made."));
	} else if (note) {
		send_text(w, note);
	} else {
		summarise(w, &line);
		r = request_text(REQUEST_SAVE, w->draft.title);
		r.more = mem_strdup(line.ptr);
		r.note = mem_strdup(w->draft.note);
	}
	buf_release(&line);
	return r;
}

static struct request
leave(struct writing *w)
{
	struct request r = request_of(REQUEST_ASK);
	struct buf line = BUF_INIT;

	if (!is_dirty(&w->view))
		return writing_discard(w);
	summarise(w, &line);
	r.question = question_new(_("Question: what shall we do with your "
				    "text?"),
				  NULL);
	question_say(r.question, line.ptr);
	question_add(r.question, _("Go on writing"), CMD_N, NULL);
	question_add(r.question, _("Save"), CMD_SAVE, NULL);
	question_add(r.question,
		     _("Leave, keep the draft. You can go on later."), CMD_KEEP,
		     NULL);
	question_add(r.question, _("Leave and throw the draft away"),
		     CMD_DISCARD, NULL);
	buf_release(&line);
	return r;
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
	struct request r;

	if (!w->editor)
		return request_of(cmd == CMD_LEAVE ? REQUEST_BACK
						   : REQUEST_NONE);
	if (writing_find(w, cmd, text, &r))
		return r;
	if (cmd == CMD_SAVE)
		return save(w, text);
	if (cmd == CMD_LEAVE)
		return leave(w);
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

static const enum command *
bar(const struct view *v)
{
	static const enum command list[] = { CMD_SAVE,	CMD_UNDO,
					     CMD_FIND,	CMD_WHERE,
					     CMD_LEAVE, CMD_EDITOR_MENU,
					     CMD_HELP,	CMD_N };

	(void)v;
	return list;
}

/* The menu says "Find and replace"; in the bar there is no room. */
static void
name(const struct view *v, enum command cmd, struct buf *key, struct buf *word)
{
	(void)v;
	(void)key;
	if (cmd == CMD_FIND)
		buf_str(word, _("Find"));
}

static void
destroy(struct view *v)
{
	struct writing *w = writing_of(v);

	link_forget(v->ctx->link, v);
	editor_free(w->editor);
	draft_release(&w->draft);
	json_decref(w->page);
	json_decref(w->stored);
	writing_find_release(w);
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
	.name = name,
	.where = tell_where,
	.is_dirty = is_dirty,
	.page = edited_page,
	.due = writing_due,
	.tick = writing_tick,
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
	w->keep.ms = c->keep_ms;
	draft_init(&w->draft, address);
	(void)link_call(c->link, "page.read",
			json_pack("{s:s}", "address", address), take_page, w);
	(void)link_call(c->link, "draft.read",
			json_pack("{s:s}", "address", address), take_stored, w);
	return &w->view;
}
