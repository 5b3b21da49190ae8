/*
 * handle_remark.c - taking part in discussions: begin one, answer, change and
 * withdraw what one said, bring that back.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plein/lineend.h"
#include "plein/mem.h"
#include "plein/message.h"
#include "state/remarks.h"
#include "store/snap.h"
#include "wiki/call.h"
#include "wiki/caller.h"
#include "wiki/describe.h"
#include "wiki/discussion.h"
#include "wiki/edit.h"
#include "wiki/handlers.h"
#include "wiki/pagetext.h"
#include "wiki/posting.h"
#include "wiki/rows.h"
#include "wiki/target.h"

/* --- thread.start ---------------------------------------------------------- */

/* The passage must be there, in the version it was chosen in. */
static int
check_quote(struct desk *d, struct call *c, const struct target *page,
	    const struct remark *is)
{
	struct index_version *v = NULL;
	struct buf text = BUF_INIT;
	struct anchor_span span;
	int rc =
		batch_show_base(d->batch, page->address.ptr, is->base, &c->err);

	if (!rc)
		rc = index_version_as_of(d->index, page->address.ptr, is->base,
					 &v, &c->err);
	if (!rc)
		rc = pagetext_load(d, v, &text, &c->err);
	if (!rc && !anchor_find_nth(is->quote, (size_t)is->nth,
				    (struct anchor_text){ text.ptr, text.len },
				    &span, NULL))
		rc = err_rule(&c->err, PLEIN_ERULE, "quote", 0,
			      "the page does not say that");
	buf_release(&text);
	index_version_free(v);
	return rc;
}

static int
post_thread(struct desk *d, struct call *c, const struct target *page,
	    struct saying *s)
{
	struct posting p = { .page = page->address.ptr, .action = "discuss" };
	struct buf words = BUF_INIT;
	int rc = saying_word(d, c, s, page->address.ptr, call_text(c, "text"),
			     &c->err);

	buf_printf(&words, "%s: %s",
		   edit_say(d, "nieuw gesprek", "new discussion"), s->is.title);
	p.fallback = words.ptr;
	posting_add_saying(&p, s, s->digest.ptr);
	if (!rc)
		rc = posting_write(d, c, &p);
	if (!rc)
		rc = posting_answer(d, c, s->name.ptr);
	posting_release(&p);
	buf_release(&words);
	return rc;
}

static int
start_thread(struct desk *d, struct call *c, const struct target *page)
{
	const char *base = call_text(c, "base_commit");
	struct index_version *newest = NULL;
	struct saying s = { .is = { .title = (char *)call_text(c, "title"),
				    .quote = (char *)call_text(c, "quote"),
				    .nth = call_number(c, "nth", 1) } };
	bool done;
	int rc = posting_begin(d, c, &done);

	if (rc || done)
		return rc;
	rc = posting_find_page(d, c, page, &newest);
	if (!rc && s.is.quote) {
		s.is.base = base ? (char *)base : newest->commit;
		rc = check_quote(d, c, page, &s.is);
	}
	if (!rc)
		rc = post_thread(d, c, page, &s);
	saying_release(&s);
	index_version_free(newest);
	return rc;
}

/* Who may write may discuss any page, also one they may not change. */
static int
handle_thread_start(struct desk *d, struct call *c)
{
	struct target page = TARGET_INIT;
	int rc = target_read(&page, call_text(c, "address"), &c->err);

	if (!rc)
		rc = posting_check_title(call_text(c, "title"), &c->err);
	if (!rc)
		rc = start_thread(d, c, &page);
	target_release(&page);
	return rc;
}

/* --- remark.add ------------------------------------------------------------ */

static int
check_reply(struct desk *d, struct call *c, const struct index_thread *t,
	    const char *reply)
{
	struct index_remark *r = NULL;
	int rc = reply ? remark_get(d->index, reply, &r, &c->err) : 0;

	if (!rc && r &&
	    (strcmp(r->thread, t->code) != 0 || r->is.kind != REMARK_SAID))
		rc = err_set(&c->err, PLEIN_ENOTFOUND,
			     "no such remark in this thread");
	index_remark_free(r);
	return rc;
}

/* To what is resolved nobody answers unawares. */
static int
check_open(const struct call *c, const struct index_thread *t, struct err *err)
{
	if (strcmp(t->state, "open") == 0 || call_flag(c, "reopen"))
		return 0;
	return err_rule(err, PLEIN_ERULE, "resolved", 0,
			"the thread is resolved");
}

/* In the same commit, when the thread was resolved. */
static int
add_reopening(struct desk *d, const struct call *c, struct posting *p,
	      const struct index_thread *t, struct err *err)
{
	struct saying s = { .is = { .kind = REMARK_REOPENED, .nth = 1 } };
	int rc = 0;

	if (strcmp(t->state, "open") != 0) {
		rc = saying_word(d, c, &s, t->code, NULL, err);
		posting_add_saying(p, &s, t->code);
	}
	saying_release(&s);
	return rc;
}

static int
post_remark(struct desk *d, struct call *c, const struct index_thread *t,
	    struct saying *s)
{
	struct posting p = { .page = t->page, .action = "discuss" };
	struct buf words = BUF_INIT;
	int rc = saying_word(d, c, s, t->code, call_text(c, "text"), &c->err);

	buf_printf(&words, "%s: %s", edit_say(d, "gesprek", "discussion"),
		   t->title);
	p.fallback = words.ptr;
	posting_add_saying(&p, s, t->code);
	if (!rc)
		rc = add_reopening(d, c, &p, t, &c->err);
	if (!rc)
		rc = posting_write(d, c, &p);
	if (!rc)
		rc = posting_answer(d, c, s->name.ptr);
	posting_release(&p);
	buf_release(&words);
	return rc;
}

static int
handle_remark_add(struct desk *d, struct call *c)
{
	struct saying s = { .is = { .reply = (char *)call_text(c, "reply"),
				    .nth = 1 } };
	struct index_thread *t = NULL;
	bool done;
	int rc = posting_begin(d, c, &done);

	if (rc || done)
		return rc;
	rc = posting_find_thread(d, c, &t);
	if (!rc)
		rc = check_reply(d, c, t, s.is.reply);
	if (!rc)
		rc = check_open(c, t, &c->err);
	if (!rc)
		rc = post_remark(d, c, t, &s);
	saying_release(&s);
	index_thread_free(t);
	return rc;
}

/* --- remark.edit, remark.withdraw ------------------------------------------ */

/* The words of a remark become others; its name and its place stay. */
static int
rewrite(struct desk *d, struct call *c, const struct index_remark *r,
	const struct remark *is, const char *body, const char *words)
{
	struct posting p = { .page = r->page, .action = "discuss" };
	struct buf file = BUF_INIT, subject = BUF_INIT;
	struct index_thread *t = NULL;
	int rc;

	remark_make(&file, is, body);
	rc = remark_check(file.ptr, file.len, &c->err);
	if (!rc)
		rc = thread_get(d->index, r->thread, &t, &c->err);
	if (!rc) {
		buf_printf(&subject, "%s: %s", words, t->title);
		p.fallback = subject.ptr;
		posting_add(&p, posting_path(r->page, r->thread, r->name),
			    &file);
		rc = posting_write(d, c, &p);
	}
	if (!rc)
		rc = posting_answer(d, c, r->name);
	index_thread_free(t);
	posting_release(&p);
	buf_release(&file);
	buf_release(&subject);
	return rc;
}

/* Somebody changed it elsewhere meanwhile. */
static int
check_blob(struct call *c, const struct index_remark *r)
{
	const char *blob = call_text(c, "blob");

	if (!blob || strcmp(blob, r->blob) == 0)
		return 0;
	c->args = json_object();
	describe_line(c->args, "blob", r->blob);
	describe_line(c->args, "handle", r->changer);
	describe_line(c->args, "text", r->body);
	return err_set(&c->err, PLEIN_ECONFLICT, "the remark was changed");
}

static int
need_withdrawer(const struct index_remark *r, struct err *err)
{
	if (!r->is.withdrawn || r->changer[0])
		return 0;
	return err_set(err, PLEIN_EBUSY,
		       "the index is being made: nobody can tell who "
		       "withdrew it");
}

/* What an editor withdrew its author does not bring back. */
static int
check_author(const struct call *c, const struct index_remark *r,
	     struct err *err)
{
	int rc;

	if (strcmp(posting_handle(c), r->handle) != 0)
		return err_set(err, PLEIN_EDENIED,
			       "nobody changes what %s said", r->handle);
	rc = need_withdrawer(r, err);
	if (rc)
		return rc;
	if (r->is.withdrawn && strcmp(r->changer, r->handle) != 0)
		return err_set(err, PLEIN_EDENIED, "%s withdrew it",
			       r->changer);
	return 0;
}

static int
edit_remark(struct desk *d, struct call *c, const struct index_remark *r)
{
	const char *title = call_text(c, "title");
	struct remark is = r->is;
	struct buf body = BUF_INIT;
	int rc;

	if (title && !r->is.title)
		return err_set(&c->err, PLEIN_EUSAGE,
			       "only the first remark has a title");
	if (title)
		is.title = (char *)title;
	is.withdrawn = NULL;
	lineend_plain(&body, call_text(c, "text"),
		      strlen(call_text(c, "text")));
	rc = rewrite(d, c, r, &is, body.ptr,
		     edit_say(d, "reactie gewijzigd", "remark changed"));
	buf_release(&body);
	return rc;
}

static int
handle_remark_edit(struct desk *d, struct call *c)
{
	struct index_remark *r = NULL;
	bool done = false;
	int rc = posting_check_title(call_text(c, "title"), &c->err);

	if (!rc)
		rc = posting_begin(d, c, &done);
	if (rc || done)
		return rc;
	rc = posting_find_remark(d, c, &r);
	if (!rc)
		rc = check_author(c, r, &c->err);
	if (!rc)
		rc = check_blob(c, r);
	if (!rc)
		rc = edit_remark(d, c, r);
	index_remark_free(r);
	return rc;
}

static int
withdraw_remark(struct desk *d, struct call *c, const struct index_remark *r)
{
	const char *reason = call_text(c, "reason");
	struct remark is = r->is;

	if (r->is.withdrawn)
		return err_set(&c->err, PLEIN_ESAME, "it is withdrawn already");
	is.withdrawn = (char *)(reason ? reason : "");
	return rewrite(d, c, r, &is, "",
		       edit_say(d, "reactie ingetrokken", "remark withdrawn"));
}

static int
handle_remark_withdraw(struct desk *d, struct call *c)
{
	struct index_remark *r = NULL;
	bool done = false;
	int rc = posting_check_line(call_text(c, "reason"), "reason", &c->err);

	if (!rc)
		rc = posting_begin(d, c, &done);
	if (rc || done)
		return rc;
	rc = posting_find_remark(d, c, &r);
	if (!rc)
		rc = posting_check_owner(c, r->handle, &c->err);
	if (!rc)
		rc = withdraw_remark(d, c, r);
	index_remark_free(r);
	return rc;
}

/* --- remark.restore -------------------------------------------------------- */

/* Who withdrew it brings it back; for an editor any editor does. */
static int
check_withdrawn(const struct call *c, const struct index_remark *r,
		struct err *err)
{
	int rc = need_withdrawer(r, err);

	if (rc)
		return rc;
	if (!r->is.withdrawn)
		return err_set(err, PLEIN_ESAME, "it is not withdrawn");
	if (strcmp(posting_handle(c), r->changer) == 0 ||
	    (strcmp(r->changer, r->handle) != 0 &&
	     caller_may(c->caller, RIGHT_MODERATE)))
		return 0;
	return err_set(err, PLEIN_EDENIED, "%s withdrew it", r->changer);
}

/* What it said last; PLEIN_ENOTFOUND when it never said anything. */
static int
find_words(struct desk *d, const struct index_remark *r, struct buf *body,
	   struct err *err)
{
	struct vec versions = VEC_INIT;
	const struct remark_version *v;
	struct buf text = BUF_INIT;
	struct repo_id blob;
	struct remark was;
	bool found = false;
	size_t i;
	int rc = remark_versions(d->index, r->name, &versions, err);

	for (i = versions.len; i-- > 0 && !found && !rc;) {
		v = versions.items[i];
		if (!v->blob)
			continue;
		(void)snprintf(blob.hex, sizeof(blob.hex), "%s", v->blob);
		buf_reset(&text);
		rc = snap_blob(d->repo, &blob, &text, err);
		if (rc)
			break;
		remark_read(&was, text.ptr, text.len);
		found = !was.withdrawn;
		if (found)
			buf_add(body, text.ptr + was.body, text.len - was.body);
		remark_release(&was);
	}
	if (!rc && !found)
		rc = err_set(err, PLEIN_ENOTFOUND, "it never said anything");
	vec_release(&versions, remark_version_free);
	buf_release(&text);
	return rc;
}

static int
restore_remark(struct desk *d, struct call *c, const struct index_remark *r)
{
	struct remark is = r->is;
	struct buf body = BUF_INIT;
	int rc = find_words(d, r, &body, &c->err);

	is.withdrawn = NULL;
	if (!rc)
		rc = rewrite(d, c, r, &is, body.ptr,
			     edit_say(d, "reactie teruggezet",
				      "remark brought back"));
	buf_release(&body);
	return rc;
}

static int
handle_remark_restore(struct desk *d, struct call *c)
{
	struct index_remark *r = NULL;
	bool done = false;
	int rc = posting_begin(d, c, &done);

	if (rc || done)
		return rc;
	rc = desk_need_repo(d, &c->err);
	if (!rc)
		rc = posting_find_remark(d, c, &r);
	if (!rc)
		rc = check_withdrawn(c, r, &c->err);
	if (!rc)
		rc = restore_remark(d, c, r);
	index_remark_free(r);
	return rc;
}

/* --- rows ------------------------------------------------------------------ */

static const struct param start_params[] = {
	{ "address", PARAM_TEXT, true, ADDRESS_MAX, "the page" },
	{ "title", PARAM_TEXT, true, REMARK_TITLE_MAX, "of the discussion" },
	PARAM_WORDS,
	{ "quote", PARAM_TEXT, false, REMARK_QUOTE_MAX,
	  "the passage it is about, as the text of the page says it" },
	{ "nth", PARAM_NUMBER, false, COUNT_MAX,
	  "which of those alike, from 1" },
	{ "base_commit", PARAM_TEXT, false, 40,
	  "as of which the passage was chosen; now when absent" },
	PARAM_REQUEST,
	PARAMS_END,
};

static const struct param add_params[] = {
	PARAM_THREAD,
	PARAM_WORDS,
	{ "reply", PARAM_TEXT, false, REMARK_NAME_MAX,
	  "the remark that is answered" },
	{ "reopen", PARAM_FLAG, false, 1, "if it was resolved" },
	PARAM_REQUEST,
	PARAMS_END,
};

static const struct param edit_params[] = {
	PARAM_REMARK,
	PARAM_WORDS,
	{ "title", PARAM_TEXT, false, REMARK_TITLE_MAX,
	  "of the discussion it begins" },
	{ "blob", PARAM_TEXT, false, 40, "as thread.read told it" },
	PARAM_REQUEST,
	PARAMS_END,
};

static const struct param withdraw_params[] = { PARAM_REMARK, PARAM_REASON,
						PARAM_REQUEST, PARAMS_END };

static const struct param restore_params[] = { PARAM_REMARK, PARAM_REQUEST,
					       PARAMS_END };

const struct method remark_rows[] = {
	{ "thread.start", RIGHT_WRITE, PLACE_WRITER, start_params,
	  "Begins a discussion about any page, or a passage of it. The answer "
	  "comes when it is on stable storage.",
	  REMARK_ANSWER, POSTING_ERRORS, handle_thread_start },
	{ "remark.add", RIGHT_WRITE, PLACE_WRITER, add_params,
	  "Says something in a discussion. To what is resolved only with "
	  "reopen: rule resolved.",
	  REMARK_ANSWER, POSTING_ERRORS, handle_remark_add },
	{ "remark.edit", RIGHT_WRITE, PLACE_WRITER, edit_params,
	  "Changes what the caller said; the earlier wording stays in the "
	  "history. Brings back what the caller withdrew.",
	  REMARK_ANSWER
	  ". On conflict, when it is not as blob says any more, args {blob, "
	  "handle, text}",
	  "usage conflict " POSTING_ERRORS, handle_remark_edit },
	{ "remark.withdraw", RIGHT_WRITE, PLACE_WRITER, withdraw_params,
	  "Takes back what the caller said, or, for an editor, anybody: its "
	  "place and its number stay.",
	  REMARK_ANSWER, POSTING_ERRORS, handle_remark_withdraw },
	{ "remark.restore", RIGHT_WRITE, PLACE_WRITER, restore_params,
	  "Brings back the words of a remark that was withdrawn: who withdrew "
	  "it, or, of what an editor withdrew, any editor.",
	  REMARK_ANSWER, POSTING_ERRORS, handle_remark_restore },
	ROWS_END,
};
