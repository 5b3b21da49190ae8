/*
 * writing_clash.c - others saved meanwhile, and the wiki cannot join it: what
 * was saved and what both began as are read, then the screen for choosing
 * opens above the editor. The editor keeps the text until one is made of
 * both.
 */
#include "view/writing.h"

#include <stdlib.h>
#include <string.h>

#include "base/sentence.h"
#include "plein/err.h"
#include "plein/i18n.h"
#include "plein/merge.h"

static void
say_not_read(struct writing *w, const struct rpc_msg *m)
{
	json_decref(w->clash);
	w->clash = NULL;
	context_say_error(w->view.ctx, m);
}

static void
copy_page(struct writing *w, struct buf *out)
{
	buf_add(out, w->draft.fields.ptr, w->draft.fields.len);
	writing_copy_body(w, out);
}

/* --- what comes of both --- */

/* False when both together are too big: then nothing has changed. */
static bool
become(struct writing *w, const json_t *told)
{
	struct buf body = BUF_INIT;
	bool fits;

	draft_copy_body(told, &body);
	fits = editor_become(w->editor, body.ptr, body.len);
	if (fits) {
		draft_take_fields(&w->draft, told);
		writing_change(w);
	} else {
		context_say(w->view.ctx, "%s",
			    _("Note: this text would be too big."));
	}
	buf_release(&body);
	return fits;
}

/* Nothing of yours is left in it: the page is as it is saved. */
static struct request
close_same(struct writing *w)
{
	struct request r = request_text(
		REQUEST_SAVED, _("You chose what was saved. u brings your own "
				 "text back, as a draft."));

	writing_remember(w);
	text_mark_saved(editor_text(w->editor));
	(void)writing_discard(w); /* only its draft */
	return r;
}

/* The form of a save shows what that adds to what is saved now. */
static struct request
take_joined(struct writing *w, const json_t *told)
{
	bool same = json_equal(json_object_get(told, "text"),
			       json_object_get(told, "saved"));
	struct request r = request_of(REQUEST_NONE);

	if (same)
		return close_same(w);
	if (!become(w, told))
		return r;
	draft_follow(&w->draft, told);
	(void)writing_run(w, CMD_SAVE, NULL, &r);
	return r;
}

void
writing_take_told(struct writing *w)
{
	if (w->stored) {
		writing_meet_draft(w); /* that text is older, and typed */
		context_say(w->view.ctx, "%s",
			    _("Note: first settle your draft of this page, "
			      "then undo again."));
		return;
	}
	draft_set_note(&w->draft, args_text(w->told, "about"));
	view_post(&w->view, take_joined(w, w->told));
}

/* --- reading both --- */

static struct merge_text
member_of(const json_t *from, const char *key)
{
	return (struct merge_text){ args_text(from, key),
				    json_string_length(
					    json_object_get(from, key)) };
}

/* Is there nothing to choose after all? Then `out` is the joined text. */
static bool
can_join(const json_t *clash, struct buf *out)
{
	const struct merge_text texts[DIFF3_N] = {
		[DIFF3_BASE] = member_of(clash, "base"),
		[DIFF3_YOURS] = member_of(clash, "yours"),
		[DIFF3_SAVED] = member_of(clash, "saved"),
	};
	struct diff3 d = DIFF3_INIT;
	bool joined;

	merge_page(&d, texts);
	joined = d.n == 0;
	buf_add(out, d.text.ptr, d.text.len);
	diff3_release(&d);
	return joined;
}

/* All is read: w->clash is what the screen takes but for your text. */
static void
open_screen(struct writing *w)
{
	struct buf text = BUF_INIT;
	json_t *clash = w->clash;

	w->clash = NULL;
	copy_page(w, &text);
	(void)json_object_set_new(clash, "yours",
				  json_stringn(text.ptr, text.len));
	buf_reset(&text);
	if (can_join(clash, &text)) {
		(void)json_object_set_new(clash, "text",
					  json_stringn(text.ptr, text.len));
		view_post(&w->view, take_joined(w, clash));
		json_decref(clash);
	} else {
		view_post(&w->view, request_show(SCREEN_CONFLICT, clash));
	}
	buf_release(&text);
}

static void
take_base(void *ctx, const struct rpc_msg *m)
{
	struct writing *w = ctx;

	if (m->kind == RPC_ERROR) {
		say_not_read(w, m);
		return;
	}
	(void)json_object_set(w->clash, "base",
			      json_object_get(m->result, "text"));
	open_screen(w);
}

/* By its commit where it has no number yet. */
static json_t *
name_version(const struct writing *w, const char *number, const char *commit)
{
	json_int_t n = json_integer_value(json_object_get(w->clash, number));
	json_t *params = json_pack("{s:s}", "address", w->draft.address);

	if (n)
		(void)json_object_set_new(params, "version", json_integer(n));
	else if (*args_text(w->clash, commit))
		(void)json_object_set(params, "commit",
				      json_object_get(w->clash, commit));
	return params;
}

static void
take_saved(void *ctx, const struct rpc_msg *m)
{
	static const char *const kept[] = { "time", "note", "handle", "version",
					    "commit" };
	struct writing *w = ctx;

	if (m->kind == RPC_ERROR) {
		say_not_read(w, m);
		return;
	}
	(void)json_object_set(w->clash, "saved",
			      json_object_get(m->result, "text"));
	for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
		if (json_object_get(m->result, kept[i]))
			(void)json_object_set(
				w->clash, kept[i],
				json_object_get(m->result, kept[i]));
	if (!json_object_get(w->clash, "known_base")) {
		(void)json_object_set_new(w->clash, "base", json_string(""));
		open_screen(w);
		return;
	}
	(void)link_call(w->view.ctx->link, "page.read",
			name_version(w, "draft_base", "base_commit"), take_base,
			w);
}

static json_t *
describe_clash(const struct writing *w, const json_t *args)
{
	const struct draft *d = &w->draft;
	json_t *clash = json_copy((json_t *)args);

	(void)json_object_set_new(clash, "address", json_string(d->address));
	(void)json_object_set_new(clash, "title", json_string(d->title));
	(void)json_object_set_new(clash, "draft_base", json_integer(d->base));
	(void)json_object_set_new(clash, "commit",
				  json_string(args_text(args, "commit")));
	if (d->base || *args_text(args, "base_commit"))
		(void)json_object_set_new(clash, "known_base", json_true());
	return clash;
}

/* --- the page is gone --- */

static void
ask_about_deleted(struct writing *w, const json_t *args)
{
	struct request r = request_of(REQUEST_ASK);
	struct buf line = BUF_INIT;

	buf_printf(&line, _("Question: %s has deleted this page meanwhile."),
		   args_text(args, "handle"));
	r.question = question_new(line.ptr, _("Your text is still here on "
					      "this screen and in your "
					      "draft."));
	question_add(r.question, _("Go on writing"), CMD_N, NULL);
	question_add(r.question, _("Put the page back with your text"),
		     CMD_PUT_BACK, NULL);
	question_add(r.question,
		     _("Leave, keep the draft. You can go on later."), CMD_KEEP,
		     NULL);
	view_post(&w->view, r);
	buf_release(&line);
}

static void
take_restored(void *ctx, const struct rpc_msg *m)
{
	struct request r = request_of(REQUEST_NONE);
	struct writing *w = ctx;

	if (m->kind == RPC_ERROR && m->code != PLEIN_ESAME &&
	    m->code != PLEIN_EEXISTS) {
		context_say_error(w->view.ctx, m);
		return;
	}
	(void)writing_run(w, w->draft.minor ? CMD_SAVE_SMALL : CMD_SAVE,
			  w->draft.note, &r);
	view_post(&w->view, r);
}

static void
put_back(struct writing *w)
{
	char request[DRAFT_REQUEST + 1];

	draft_make_request(request);
	context_say(w->view.ctx, "%s", _("Busy: putting the page back."));
	(void)link_call(w->view.ctx->link, "page.restore",
			json_pack("{s:s, s:s}", "address", w->draft.address,
				  "request", request),
			take_restored, w);
}

void
writing_meet_clash(struct writing *w, const struct rpc_msg *m)
{
	if (json_is_true(json_object_get(m->args, "gone"))) {
		ask_about_deleted(w, m->args);
		return;
	}
	json_decref(w->clash);
	w->clash = describe_clash(w, m->args);
	(void)link_call(w->view.ctx->link, "page.read",
			name_version(w, "version", "commit"), take_saved, w);
}

/* --- what was chosen --- */

static json_t *
read_told(const char *text)
{
	return text ? json_loads(text, 0, NULL) : NULL;
}

bool
writing_settle(struct writing *w, enum command cmd, const char *text,
	       struct request *r)
{
	json_t *told = NULL;

	if (cmd == CMD_PUT_BACK) {
		put_back(w);
		return true;
	}
	if (cmd != CMD_JOINED && cmd != CMD_LATER)
		return false;
	told = read_told(text);
	if (!told)
		return true;
	if (cmd == CMD_JOINED) {
		*r = take_joined(w, told);
	} else {
		(void)become(w, told); /* else yours is what is kept */
		w->behind = true;
		*r = writing_keep(w);
	}
	json_decref(told);
	return true;
}
