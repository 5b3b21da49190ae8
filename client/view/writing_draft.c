/*
 * writing_draft.c - the editor's text as a draft in the wiki. It is sent
 * when keep.h says so; that it is kept is not told, only that it is not.
 */
#include "view/writing.h"

#include <stdlib.h>

#include "plein/i18n.h"
#include "base/sentence.h"
#include "plein/clock.h"
#include "plein/err.h"
#include "view/wayback.h"

void
writing_copy_body(const struct writing *w, struct buf *out)
{
	const struct text *t = editor_text(w->editor);

	text_copy(t, 0, text_len(t), out);
}

/* --- a draft that is there already --- */

static void
describe_moment(const struct writing *w, struct buf *out)
{
	sentence_moment(out, args_number(w->stored, "time"));
}

static void
take_base(void *ctx, const struct rpc_msg *m)
{
	struct writing *w = ctx;

	if (m->kind == RPC_RESULT)
		draft_take_base(&w->draft, m->result);
}

/* The page went on without the draft: what did it begin as? */
static void
read_base(struct writing *w)
{
	const char *handle =
		json_string_value(json_object_get(w->page, "handle"));

	context_say(w->view.ctx,
		    _("Note: %s has saved since. You can go on writing."),
		    handle ? handle : _("Somebody"));
	(void)link_call(w->view.ctx->link, "page.read",
			json_pack("{s:s, s:I}", "address", w->draft.address,
				  "version", w->draft.base),
			take_base, w);
}

static void
note_place(struct writing *w)
{
	struct buf moment = BUF_INIT, line = BUF_INIT;

	describe_moment(w, &moment);
	buf_printf(&line, _("Going on with your draft of %s."), moment.ptr);
	free(w->place);
	w->place = buf_take(&line);
	buf_release(&moment);
}

void
writing_resume(struct writing *w)
{
	json_int_t newest = w->draft.base;
	struct buf body = BUF_INIT;

	if (!w->stored)
		return;
	draft_resume(&w->draft, w->stored, &body);
	(void)editor_become(w->editor, body.ptr, body.len); /* it fitted */
	buf_release(&body);
	note_place(w);
	w->keep.kept = true;
	w->keep.until = w->since = args_number(w->stored, "time");
	if (w->draft.base && w->draft.base != newest)
		read_base(w);
}

/* Nobody waits for the answer: the view may be gone by then. */
static void
drop_draft(struct writing *w)
{
	(void)link_call(w->view.ctx->link, "draft.drop",
			json_pack("{s:s}", "address", w->draft.address), NULL,
			NULL);
	keep_drop(&w->keep);
}

static void
offer_draft(struct writing *w)
{
	struct request r = request_of(REQUEST_ASK);
	struct buf moment = BUF_INIT, line = BUF_INIT;

	describe_moment(w, &moment);
	buf_printf(&line, _("You have a draft of %s."), moment.ptr);
	r.question = question_new(line.ptr, NULL);
	question_add(r.question, _("Go on with the draft"), CMD_RESUME, NULL);
	question_add(r.question, _("See the difference"), CMD_DIFFER, NULL);
	question_add(r.question,
		     _("The saved text. The draft stays until you type."),
		     CMD_N, NULL);
	view_post(&w->view, r);
	buf_release(&moment);
	buf_release(&line);
}

/* The text of the page: it was saved, but the draft outlived it. */
static bool
is_saved(const struct writing *w)
{
	return json_equal(json_object_get(w->stored, "text"),
			  json_object_get(w->page, "text"));
}

struct request
writing_differ(struct writing *w)
{
	w->comparing = true;
	return request_show(SCREEN_MINE,
			    json_pack("{s:s, s:s, s:O, s:O}", "address",
				      w->draft.address, "title", w->draft.title,
				      "was", json_object_get(w->page, "text"),
				      "is",
				      json_object_get(w->stored, "text")));
}

void
writing_return(struct view *v)
{
	struct writing *w = (struct writing *)v;

	if (w->comparing)
		offer_draft(w);
	w->comparing = false;
}

void
writing_meet_draft(struct writing *w)
{
	if (!w->stored)
		return;
	if (is_saved(w))
		drop_draft(w);
	else if (w->resume)
		writing_resume(w);
	else
		offer_draft(w);
}

/* --- keeping --- */

static void
say_not_kept(struct writing *w)
{
	context_say(w->view.ctx, "%s",
		    _("Error: draft not kept. Save or copy your text."));
}

static void
send_draft(struct writing *w);

static struct request
finish_leaving(struct writing *w)
{
	const char *line = _("Your draft is kept. You can go on later.");

	if (w->behind)
		return request_text(REQUEST_SAVED, line);
	context_say(w->view.ctx, "%s", line);
	return request_of(REQUEST_BACK);
}

static void
take_kept(void *ctx, const struct rpc_msg *m)
{
	struct writing *w = ctx;
	bool taken = m->kind == RPC_RESULT;

	if (keep_answer(&w->keep, taken) || (!taken && w->leaving))
		say_not_kept(w);
	if (!taken)
		w->leaving = false;
	else if (w->leaving && keep_has_news(&w->keep))
		send_draft(w);
	else if (w->leaving)
		view_post(&w->view, finish_leaving(w));
}

static void
send_draft(struct writing *w)
{
	struct buf body = BUF_INIT;

	writing_copy_body(w, &body);
	keep_send(&w->keep, clock_wall());
	(void)link_call(w->view.ctx->link, "draft.put",
			draft_keep(&w->draft, &body), take_kept, w);
	buf_release(&body);
}

void
writing_change(struct writing *w)
{
	w->leaving = false;
	if (!writing_is_dirty(w))
		w->since = 0;
	else if (!w->since)
		w->since = clock_wall();
	keep_change(&w->keep, clock_mono_ms());
}

int64_t
writing_due(const struct view *v)
{
	return keep_due(&((const struct writing *)v)->keep);
}

void
writing_tick(struct view *v, bool ends)
{
	struct writing *w = (struct writing *)v;
	int64_t at = keep_due(&w->keep);

	if (ends ? keep_has_news(&w->keep) : at && at <= clock_mono_ms())
		send_draft(w);
}

bool
writing_is_kept(const struct writing *w)
{
	const struct keep *k = &w->keep;

	return k->kept && !k->failed && !k->flying && !keep_has_news(k);
}

/* --- leaving --- */

void
writing_remember(struct writing *w)
{
	struct buf body = BUF_INIT, ask = BUF_INIT;

	writing_copy_body(w, &body);
	buf_printf(&ask, _("Question: bring your draft of %s back?"),
		   w->draft.title);
	wayback_add(w->view.ctx, "draft.put", draft_keep(&w->draft, &body),
		    NULL, ask.ptr, _("Your draft is back. b goes on with it."));
	buf_release(&body);
	buf_release(&ask);
}

struct request
writing_discard(struct writing *w)
{
	if (writing_is_dirty(w)) {
		writing_remember(w);
		context_say(w->view.ctx, "%s",
			    _("The draft is thrown away. u brings it back."));
	}
	if (w->keep.kept)
		drop_draft(w);
	return request_of(REQUEST_BACK);
}

struct request
writing_keep(struct writing *w)
{
	if (!link_is_up(w->view.ctx->link)) {
		say_not_kept(w);
		return request_of(REQUEST_NONE);
	}
	if (w->keep.failed)
		keep_change(&w->keep, clock_mono_ms()); /* once more */
	if (!w->keep.flying && !keep_has_news(&w->keep))
		return finish_leaving(w);
	if (!w->keep.flying)
		send_draft(w);
	w->leaving = true;
	return request_of(REQUEST_NONE);
}
