/*
 * remark_post.c - see remark_impl.h. The draft has the fields of the file that
 * the remark will be, so that going on with it needs nothing else.
 */
#include "view/remark_impl.h"

#include <stdlib.h>
#include <string.h>

#include "base/mention.h"
#include "base/sentence.h"
#include "plein/err.h"
#include "plein/frontmatter.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/remark.h"
#include "plein/utf8.h"
#include "view/remarks.h"
#include "view/talk.h"
#include "view/wayback.h"

#define EDITS "wijzigt" /* of a draft: the name of the remark it changes */

static json_int_t
number_of(const struct remark_view *v, const char *key)
{
	return args_number(v->args, key);
}

/* A text of the arguments, or NULL. */
static char *
field_of(const struct remark_view *v, const char *key)
{
	const char *s = args_text(v->args, key);

	return *s ? (char *)s : NULL;
}

/* --- the draft --- */

void
remark_set_fields(struct remark_view *v)
{
	bool begins = !*remark_thread(v);
	const struct remark r = {
		.title = begins ? field_of(v, "title") : NULL,
		.reply = field_of(v, "reply"),
		.quote = field_of(v, "quote"),
		.base = field_of(v, "base_commit"),
		.nth = (long)number_of(v, "nth"),
	};
	struct buf *out = &v->w.draft.fields;

	buf_reset(out);
	if (remark_edits(v))
		buf_printf(out, "---\n" EDITS ": %s\n---\n",
			   args_text(remark_edits(v), "remark"));
	else
		remark_make(out, &r, "");
}

static void
set_text(json_t *args, const char *key, const char *value)
{
	if (value)
		(void)json_object_set_new(args, key, json_string(value));
}

/* The row of that name among those that came with the arguments, or NULL. */
static json_t *
find_row(const struct remark_view *v, const char *name)
{
	const json_t *rows = json_object_get(v->args, "rows");
	size_t i = name ? remarks_find(rows, name) : json_array_size(rows);

	return i < json_array_size(rows) ? json_array_get(rows, i) : NULL;
}

/* What the draft is about, instead of what the screen was opened for. */
static void
follow_fields(struct remark_view *v)
{
	const struct buf *fields = &v->w.draft.fields;
	struct frontmatter *fm;
	struct remark r;
	json_t *row;

	remark_read(&r, fields->ptr, fields->len);
	(void)frontmatter_parse(&fm, fields->ptr, fields->len, NULL);
	(void)json_object_del(v->args, "edits");
	(void)json_object_del(v->args, "answers");
	(void)json_object_del(v->args, "reply");
	row = find_row(v, frontmatter_text(fm, EDITS));
	if (row)
		(void)json_object_set(v->args, "edits", row);
	row = find_row(v, r.reply);
	if (row)
		(void)json_object_set(v->args, "answers", row);
	set_text(v->args, "title", r.title);
	set_text(v->args, "reply", r.reply);
	set_text(v->args, "quote", r.quote);
	set_text(v->args, "base_commit", r.base);
	(void)json_object_set_new(v->args, "nth", json_integer(r.nth));
	frontmatter_free(fm);
	remark_release(&r);
	v->cols = 0;
}

void
remark_resume(struct remark_view *v)
{
	struct buf body = BUF_INIT;

	if (!v->w.stored)
		return;
	draft_resume(&v->w.draft, v->w.stored, &body);
	(void)editor_become(v->w.editor, body.ptr, body.len);
	follow_fields(v);
	v->w.keep.kept = true;
	v->w.keep.until = v->w.since = args_number(v->w.stored, "time");
	buf_release(&body);
}

static struct request
offer_draft(const struct remark_view *v)
{
	struct request r = request_of(REQUEST_ASK);
	struct buf moment = BUF_INIT, line = BUF_INIT;

	sentence_moment(&moment, args_number(v->w.stored, "time"));
	buf_printf(&line, _("You have a draft of %s."), moment.ptr);
	r.question = question_new(line.ptr, NULL);
	question_add(r.question, _("Go on with the draft"), CMD_RESUME, NULL);
	question_add(r.question,
		     _("A new text. The draft stays until you type."), CMD_N,
		     NULL);
	buf_release(&moment);
	buf_release(&line);
	return r;
}

void
remark_take_stored(void *ctx, const struct rpc_msg *m)
{
	struct remark_view *v = ctx;
	struct writing *w = &v->w;
	const json_t *text = json_object_get(v->args, "text");

	if (m->kind == RPC_RESULT)
		w->stored = json_incref(m->result);
	w->is_remark = true;
	w->editor = editor_new(args_text(v->args, "text"),
			       json_string_length(text), REMARK_MAX);
	text_mark_saved(editor_text(w->editor));
	editor_move(w->editor, EDITOR_TEXT_END);
	if (w->stored && w->resume)
		remark_resume(v);
	else if (w->stored)
		view_post(&w->view, offer_draft(v));
	else if (m->kind == RPC_ERROR && m->code != PLEIN_ENOTFOUND)
		context_say_error(w->view.ctx, m);
	else
		context_say(w->view.ctx, "%s",
			    _("Everybody who can read this wiki can read your "
			      "comment."));
}

/* --- posting --- */

static void
drop_draft(struct remark_view *v)
{
	if (!v->w.keep.kept)
		return;
	(void)link_call(v->w.view.ctx->link, "draft.drop",
			json_pack("{s:s}", "address", v->w.draft.address), NULL,
			NULL);
	keep_drop(&v->w.keep);
}

/* One's own words are taken back by withdrawing them, or by those of before. */
static void
keep_way_back(const struct remark_view *v, const json_t *result)
{
	const json_t *edits = remark_edits(v);
	json_t *params =
		json_pack("{s:O}", "remark", json_object_get(result, "remark"));

	if (edits)
		(void)json_object_set(params, "text",
				      json_object_get(edits, "text"));
	wayback_add(v->w.view.ctx, edits ? "remark.edit" : "remark.withdraw",
		    params, NULL,
		    edits ? _("Question: bring the wording of before back?")
			  : _("Question: take your comment back?"),
		    _("Taken back."));
}

static void
finish(struct remark_view *v, const json_t *result)
{
	const char *number = args_text(result, "number");
	bool begins = !*remark_thread(v);
	struct context *c = v->w.view.ctx;
	struct buf line = BUF_INIT;

	text_mark_saved(editor_text(v->w.editor));
	drop_draft(v);
	keep_way_back(v, result);
	if (remark_edits(v))
		buf_str(&line, _("Changed. u brings the wording of before "
				 "back."));
	else if (*number && !begins)
		buf_printf(&line, _("Posted as %s. u takes it back."), number);
	else
		buf_str(&line, _("Posted. u takes your comment back."));
	mention_tell_unknown(&line, json_object_get(result, "unknown"));
	view_post(&v->w.view, request_text(REQUEST_SAVED, line.ptr));
	if (begins)
		c->post(c, NULL, talk_open(result, NULL));
	buf_release(&line);
}

static struct request
ask_to_reopen(void)
{
	struct request r = request_of(REQUEST_ASK);

	r.question = question_new(
		_("Question: this discussion is resolved. Reopen it?"),
		_("Then it stands among the open ones again, with your "
		  "comment."));
	question_say(r.question, _("Nothing has been posted yet."));
	question_add(r.question, _("No, go on writing"), CMD_N, NULL);
	question_add(r.question, _("Yes, post and reopen"), CMD_POST_OPEN,
		     NULL);
	return r;
}

/* Changed elsewhere by the same person: the next time it replaces that. */
static void
meet_conflict(struct remark_view *v, const struct rpc_msg *m)
{
	json_t *row = json_copy((json_t *)remark_edits(v));

	(void)json_object_set(row, "blob", json_object_get(m->args, "blob"));
	(void)json_object_set_new(v->args, "edits", row);
	context_say(v->w.view.ctx, "%s",
		    _("Note: this comment was changed meanwhile. Ctrl-S puts "
		      "your text in its place."));
}

static void
say_not_posted(struct remark_view *v, const struct rpc_msg *m)
{
	struct buf why = BUF_INIT;

	sentence_error(&why, m->code, m->message, m->args);
	context_say(v->w.view.ctx,
		    _("Error: not posted. %s Your text is still here."),
		    why.ptr);
	buf_release(&why);
}

static void
take_answer(void *ctx, const struct rpc_msg *m)
{
	struct remark_view *v = ctx;

	v->w.saving = false;
	if (m->kind == RPC_RESULT) {
		finish(v, m->result);
		return;
	}
	writing_change(&v->w); /* it is a draft again */
	if (strcmp(args_text(m->args, "rule"), "resolved") == 0)
		view_post(&v->w.view, ask_to_reopen());
	else if (m->code == PLEIN_ECONFLICT && remark_edits(v))
		meet_conflict(v, m);
	else if (m->code == PLEIN_ESAME)
		context_say(v->w.view.ctx, "%s", _("Nothing was changed."));
	else if (m->code == PLEIN_EUNKNOWN)
		context_say(v->w.view.ctx, "%s",
			    _("Note: not sure whether this was posted. "
			      "Ctrl-S asks again."));
	else
		say_not_posted(v, m);
}

static const char *
choose_method(const struct remark_view *v)
{
	if (remark_edits(v))
		return "remark.edit";
	return *remark_thread(v) ? "remark.add" : "thread.start";
}

static void
copy_arg(json_t *params, const json_t *from, const char *key)
{
	json_t *value = json_object_get(from, key);

	if (value && (!json_is_string(value) || json_string_length(value)))
		(void)json_object_set(params, key, value);
}

static json_t *
make_params(const struct remark_view *v, const struct buf *body)
{
	static const char *const begin[] = { "address", "title", "quote", "nth",
					     "base_commit" };
	json_t *params = json_pack("{s:s%, s:s}", "text", body->ptr, body->len,
				   "request", v->w.draft.request);

	if (remark_edits(v)) {
		copy_arg(params, remark_edits(v), "remark");
		copy_arg(params, remark_edits(v), "blob");
		return params;
	}
	if (*remark_thread(v)) {
		copy_arg(params, v->args, "thread");
		copy_arg(params, v->args, "reply");
		if (v->reopen)
			(void)json_object_set_new(params, "reopen",
						  json_true());
		return params;
	}
	for (size_t i = 0; i < sizeof(begin) / sizeof(begin[0]); i++)
		copy_arg(params, v->args, begin[i]);
	return params;
}

/* The same text is asked for under the same request. */
static void
number_request(struct draft *d, const struct buf *body)
{
	if (!d->request[0] || d->sent.len != body->len ||
	    memcmp(d->sent.ptr, body->ptr, body->len) != 0)
		draft_make_request(d->request);
	buf_reset(&d->sent);
	buf_add(&d->sent, body->ptr, body->len);
}

static size_t
count_chars(const struct buf *body)
{
	size_t n = 0;

	for (size_t i = 0; i < body->len; i++)
		n += ((unsigned char)body->ptr[i] & 0xc0) != 0x80;
	return n;
}

static bool
is_blank(const struct buf *body)
{
	return strspn(body->ptr, " \t\r\n") == body->len;
}

/* What keeps it from being posted is said. */
static bool
can_be_posted(const struct remark_view *v, const struct buf *body)
{
	size_t n = count_chars(body);

	if (v->w.saving)
		context_say(v->w.view.ctx, "%s", _("Busy: posting."));
	else if (is_blank(body))
		context_say(v->w.view.ctx, "%s",
			    _("Your comment is still empty."));
	else if (n > REMARK_CHARS_MAX)
		context_say(v->w.view.ctx,
			    _("Your comment is too long: %zu characters, at "
			      "most %d."),
			    n, REMARK_CHARS_MAX);
	else
		return true;
	return false;
}

static void
post(struct remark_view *v)
{
	struct buf body = BUF_INIT;
	bool up = link_is_up(v->w.view.ctx->link);

	writing_copy_body(&v->w, &body);
	if (can_be_posted(v, &body)) {
		number_request(&v->w.draft, &body);
		v->w.saving = true;
		keep_skip(&v->w.keep);
		context_say(v->w.view.ctx, "%s",
			    up ? _("Busy: posting.")
			       : _("The wiki does not answer. Your comment is "
				   "posted as soon as it is back."));
		(void)link_call(v->w.view.ctx->link, choose_method(v),
				make_params(v, &body), take_answer, v);
	}
	buf_release(&body);
}

/* --- leaving --- */

static struct request
leave(struct remark_view *v)
{
	struct request r = request_of(REQUEST_ASK);

	if (!writing_is_dirty(&v->w))
		return request_of(REQUEST_BACK);
	r.question = question_new(_("Question: what shall we do with your "
				    "text?"),
				  NULL);
	question_add(r.question, _("Go on writing"), CMD_N, NULL);
	question_add(r.question, _("Post"), CMD_SAVE, NULL);
	question_add(r.question,
		     _("Leave, keep the draft. You can go on later."), CMD_KEEP,
		     NULL);
	question_add(r.question,
		     _("Leave and throw the draft away. u brings it back."),
		     CMD_DISCARD, NULL);
	return r;
}

bool
remark_run(struct remark_view *v, enum command cmd, struct request *r)
{
	*r = request_of(REQUEST_NONE);
	switch ((int)cmd) {
	case CMD_SAVE:
	case CMD_POST_OPEN:
		v->reopen = cmd == CMD_POST_OPEN;
		post(v);
		return true;
	case CMD_LEAVE:
		*r = leave(v);
		return true;
	case CMD_RESUME:
		remark_resume(v);
		return true;
	default:
		return false;
	}
}
