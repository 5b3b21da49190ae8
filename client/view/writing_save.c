/*
 * writing_save.c - the editor's text as a version of the page, and leaving
 * the editor. It stays open until the wiki has said "saved", and stays what
 * it is when it says anything else.
 */
#include "view/writing.h"

#include <string.h>

#include "plein/i18n.h"
#include "base/sentence.h"
#include "plein/clock.h"
#include "plein/err.h"
#include "plein/mem.h"
#include "plein/tally.h"
#include "view/wayback.h"

bool
writing_is_dirty(const struct writing *w)
{
	return w->editor &&
	       (w->saving || text_is_changed(editor_text(w->editor)));
}

/* What is on its way to be saved is not told. */
int64_t
writing_unsaved(const struct view *v)
{
	const struct writing *w = (const struct writing *)v;

	return w->saving || !writing_is_dirty(w) ? 0 : w->since;
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

/* --- what the wiki says --- */

/* The editor closes; with the names of others the line is full. */
static void
tell_way_back(const json_t *result, struct buf *out)
{
	if (!json_is_true(json_object_get(result, "joined")) &&
	    args_number(result, "version") > 0)
		buf_printf(out, " %s", _("u takes it back."));
}

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
			&w->draft, args_number(result, "version"),
			json_string_value(json_object_get(result, "commit")));
	keep_drop(&w->keep); /* the wiki ends it when it saves */
	wayback_add_version(w->view.ctx, w->draft.address, result);
	sentence_saved(&line, result);
	w->since = same ? 0 : clock_wall();
	if (same) {
		text_mark_saved(editor_text(w->editor));
		tell_way_back(result, &line);
		r.text = buf_take(&line);
		view_post(&w->view, r);
	} else {
		context_say(w->view.ctx, "%s", line.ptr);
	}
	buf_release(&line);
	buf_release(&body);
}

/* What became of the text, behind what went wrong. */
static void
tell_safety(const struct writing *w, struct buf *out)
{
	struct buf until = BUF_INIT;

	buf_printf(out, " %s ", _("Your text is still here on this screen."));
	sentence_clock(&until, w->keep.until);
	if (w->keep.until)
		buf_printf(out, _("Your draft is kept up to %s."), until.ptr);
	else
		buf_str(out, _("It is not in your draft yet."));
	buf_release(&until);
}

static struct request
ask_about_failure(struct writing *w, const char *question,
		  const char *explanation)
{
	struct request r = request_of(REQUEST_ASK);

	r.question = question_new(question, explanation);
	question_add(r.question, _("Go on writing"), CMD_N, NULL);
	question_add(r.question, _("Try again now"),
		     w->draft.minor ? CMD_SAVE_SMALL : CMD_SAVE, w->draft.note);
	question_add(r.question, _("Show the text to copy, without markup"),
		     CMD_PLAIN, NULL);
	return r;
}

static void
say_not_saved(struct writing *w, const struct rpc_msg *m)
{
	struct buf why = BUF_INIT;

	sentence_error(&why, m->code, m->message, m->args);
	tell_safety(w, &why);
	view_post(&w->view,
		  ask_about_failure(w, _("Error: not saved."), why.ptr));
	buf_release(&why);
}

/* It is sent by itself when the wiki is back. */
static struct request
say_away(struct writing *w)
{
	struct buf why = BUF_INIT;
	struct request r;

	tell_safety(w, &why);
	buf_printf(&why, " %s",
		   _("It is saved as soon as the wiki is back; you will "
		     "notice."));
	r = ask_about_failure(w,
			      _("Error: not saved. The wiki does not answer."),
			      why.ptr + 1);
	buf_release(&why);
	return r;
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
		writing_meet_clash(w, m);
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

/* --- saving --- */

static struct request
send_text(struct writing *w, const char *note)
{
	bool up = link_is_up(w->view.ctx->link);
	struct buf body = BUF_INIT;

	writing_copy_body(w, &body);
	w->saving = true;
	keep_skip(&w->keep);
	if (up)
		context_say(w->view.ctx, "%s", _("Busy: saving."));
	(void)link_call(w->view.ctx->link, "page.save",
			draft_send(&w->draft, &body, note), take_answer, w);
	buf_release(&body);
	return up ? request_of(REQUEST_NONE) : say_away(w);
}

static json_t *
describe_change(const struct writing *w)
{
	const struct draft *d = &w->draft;
	struct buf was = BUF_INIT, is = BUF_INIT;
	json_t *args;

	buf_add(&was, d->saved_fields.ptr, d->saved_fields.len);
	buf_add(&was, d->saved.ptr, d->saved.len);
	buf_add(&is, d->fields.ptr, d->fields.len);
	writing_copy_body(w, &is);
	args = json_pack("{s:s, s:s, s:s%, s:s%, s:s, s:b, s:I}", "address",
			 d->address, "title", d->title, "was", was.ptr, was.len,
			 "is", is.ptr, is.len, "note", d->note, "minor",
			 d->minor, "base", d->base);
	buf_release(&was);
	buf_release(&is);
	return args;
}

static struct request
ask_to_reopen(const char *note)
{
	struct request r = request_of(REQUEST_ASK);

	r.question = question_new(
		_("Question: this page is adopted. Change it?"),
		_("Its status becomes draft again. The adopted text stays in "
		  "the history; undoing this version brings it back."));
	question_add(r.question, _("No, go on writing"), CMD_N, NULL);
	question_add(r.question, _("Yes, save as a draft"), CMD_REOPEN, note);
	return r;
}

/* With a note it is sent; without one the form asks for it. */
static struct request
save(struct writing *w, const char *note)
{
	struct request r = request_of(REQUEST_NONE);

	if (w->saving && !link_is_up(w->view.ctx->link))
		return say_away(w);
	if (w->saving) {
		context_say(w->view.ctx, "%s", _("Busy: saving."));
	} else if (!writing_is_dirty(w)) {
		context_say(w->view.ctx, "%s",
			    _("Nothing was changed. No new version was made."));
	} else if (!note) {
		r = request_show(SCREEN_SAVE, describe_change(w));
	} else if (draft_is_adopted(&w->draft)) {
		draft_set_note(&w->draft, note);
		r = ask_to_reopen(note);
	} else {
		r = send_text(w, note);
	}
	return r;
}

static struct request
reopen(struct writing *w, const char *note)
{
	draft_reopen(&w->draft);
	return save(w, note ? note : "");
}

static struct request
show_mine(const struct writing *w)
{
	return request_show(SCREEN_MINE, describe_change(w));
}

/* Another program's window is where it goes: without frame or fields. */
static struct request
show_plain(const struct writing *w)
{
	struct buf body = BUF_INIT;
	struct request r;

	writing_copy_body(w, &body);
	r = request_show(SCREEN_PLAIN,
			 json_pack("{s:s, s:s%}", "title", w->draft.title,
				   "text", body.ptr, body.len));
	buf_release(&body);
	return r;
}

/* --- leaving --- */

static struct request
leave(struct writing *w)
{
	struct request r = request_of(REQUEST_ASK);
	struct buf line = BUF_INIT;

	if (!writing_is_dirty(w))
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
	question_add(r.question,
		     _("Leave and throw the draft away. u brings it back."),
		     CMD_DISCARD, NULL);
	buf_release(&line);
	return r;
}

/* It is kept with the text. */
static void
take_note(struct writing *w, const char *note)
{
	if (strcmp(w->draft.note, note) != 0)
		writing_change(w);
	draft_set_note(&w->draft, note);
}

bool
writing_run(struct writing *w, enum command cmd, const char *text,
	    struct request *r)
{
	switch ((int)cmd) {
	case CMD_SAVE:
	case CMD_SAVE_SMALL:
		if (text)
			w->draft.minor = cmd == CMD_SAVE_SMALL;
		*r = save(w, text);
		return true;
	case CMD_REOPEN:
		*r = reopen(w, text);
		return true;
	case CMD_NOTE:
	case CMD_NOTE_SMALL:
		w->draft.minor = cmd == CMD_NOTE_SMALL;
		take_note(w, text ? text : "");
		return true;
	case CMD_DIFFER:
		*r = writing_differ(w);
		return true;
	case CMD_MINE:
		*r = show_mine(w);
		return true;
	case CMD_PLAIN:
		*r = show_plain(w);
		return true;
	case CMD_LEAVE:
		*r = leave(w);
		return true;
	default:
		return writing_settle(w, cmd, text, r);
	}
}
