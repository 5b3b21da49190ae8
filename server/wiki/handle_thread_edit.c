/*
 * handle_thread_edit.c - what is done with a discussion as a whole: resolve and
 * reopen it, move it, split it and take that back.
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
#include "wiki/describe.h"
#include "wiki/discussion.h"
#include "wiki/edit.h"
#include "wiki/handlers.h"
#include "wiki/pagetext.h"
#include "wiki/posting.h"
#include "wiki/rows.h"
#include "wiki/target.h"

/* --- thread.resolve, thread.reopen ----------------------------------------- */

static int
post_event(struct desk *d, struct call *c, const struct index_thread *t,
	   enum remark_kind kind, const char *words)
{
	struct saying s = { .is = { .kind = kind, .nth = 1 } };
	struct posting p = { .page = t->page, .action = "discuss" };
	struct buf subject = BUF_INIT;
	int rc =
		saying_word(d, c, &s, t->code, call_text(c, "reason"), &c->err);

	buf_printf(&subject, "%s: %s", words, t->title);
	p.fallback = subject.ptr;
	posting_add_saying(&p, &s, t->code);
	if (!rc)
		rc = posting_write(d, c, &p);
	if (!rc)
		rc = posting_answer(d, c, s.name.ptr);
	posting_release(&p);
	saying_release(&s);
	buf_release(&subject);
	return rc;
}

static int
change_state(struct desk *d, struct call *c, enum remark_kind kind,
	     const char *words)
{
	struct index_thread *t = NULL;
	bool done;
	int rc = posting_begin(d, c, &done);

	if (rc || done)
		return rc;
	rc = posting_find_thread(d, c, &t);
	if (!rc)
		rc = posting_check_owner(c, t->handle, &c->err);
	if (!rc && strcmp(t->state, remark_kind_state(kind)) == 0)
		rc = err_set(&c->err, PLEIN_ESAME, "it is %s already",
			     t->state);
	if (!rc)
		rc = post_event(d, c, t, kind, words);
	index_thread_free(t);
	return rc;
}

static int
handle_thread_resolve(struct desk *d, struct call *c)
{
	return change_state(
		d, c, REMARK_RESOLVED,
		edit_say(d, "gesprek afgehandeld", "discussion resolved"));
}

static int
handle_thread_reopen(struct desk *d, struct call *c)
{
	return change_state(
		d, c, REMARK_REOPENED,
		edit_say(d, "gesprek heropend", "discussion reopened"));
}

/* --- thread.move, thread.split --------------------------------------------- */

/* The file of a remark to another page or thread, byte for byte. */
static int
move_remark(struct desk *d, struct posting *p, const struct index_remark *r,
	    const char *page, const char *thread, struct err *err)
{
	struct buf file = BUF_INIT;
	struct repo_id blob;
	int rc;

	(void)snprintf(blob.hex, sizeof(blob.hex), "%s", r->blob);
	rc = snap_blob(d->repo, &blob, &file, err);
	posting_add(p, posting_path(r->page, r->thread, r->name), NULL);
	posting_add(p, posting_path(page, thread, r->name), &file);
	return rc;
}

static int
move_all(struct desk *d, struct call *c, const struct index_thread *t,
	 struct posting *p)
{
	struct vec remarks = VEC_INIT;
	const struct index_remark *r;
	size_t i;
	int rc = remarks_of_thread(d->index, t->code, &remarks, &c->err);

	for (i = 0; i < remarks.len && !rc; i++) {
		r = remarks.items[i];
		if (!r->gone)
			rc = move_remark(d, p, r, p->page, t->code, &c->err);
	}
	vec_release(&remarks, index_remark_free);
	return rc;
}

static int
answer_thread(struct call *c, const char *code, const char *page)
{
	c->result = json_object();
	describe_line(c->result, "thread", code);
	describe_line(c->result, "address", page);
	return 0;
}

static int
move_thread(struct desk *d, struct call *c, const struct index_thread *t,
	    const struct target *to)
{
	struct posting p = { .page = to->address.ptr, .action = "discuss" };
	struct index_version *newest = NULL;
	struct buf words = BUF_INIT;
	int rc = posting_find_page(d, c, to, &newest);

	buf_printf(&words, "%s: %s",
		   edit_say(d, "gesprek verplaatst", "discussion moved"),
		   t->title);
	p.fallback = words.ptr;
	if (!rc)
		rc = move_all(d, c, t, &p);
	if (!rc)
		rc = posting_write(d, c, &p);
	if (!rc)
		rc = answer_thread(c, t->code, p.page);
	index_version_free(newest);
	posting_release(&p);
	buf_release(&words);
	return rc;
}

static int
handle_thread_move(struct desk *d, struct call *c)
{
	struct target to = TARGET_INIT;
	struct index_thread *t = NULL;
	int rc = edit_check_talk(c, &to, &c->err);

	if (!rc)
		rc = posting_join(d, c);
	if (!rc)
		rc = desk_need_repo(d, &c->err);
	if (!rc)
		rc = posting_find_thread(d, c, &t);
	if (!rc && strcmp(t->page, to.address.ptr) == 0)
		rc = err_set(&c->err, PLEIN_ESAME, "it is there already");
	if (!rc)
		rc = move_thread(d, c, t, &to);
	index_thread_free(t);
	target_release(&to);
	return rc;
}

static bool
has_remark(const struct vec *remarks, const char *name)
{
	const struct index_remark *r;
	size_t i;

	for (i = 0; i < remarks->len; i++) {
		r = remarks->items[i];
		if (strcmp(r->name, name) == 0)
			return true;
	}
	return false;
}

/* What answers one that vanished goes with what that one answered, which only
 * an index knows. */
static int
check_answers(struct desk *d, const struct vec *remarks, struct err *err)
{
	const struct index_remark *r;
	size_t i;

	for (i = 0; desk_is_standing_in(d) && i < remarks->len; i++) {
		r = remarks->items[i];
		if (r->is.reply && !has_remark(remarks, r->is.reply))
			return err_set(err, PLEIN_EBUSY,
				       "the index is being made: nobody can "
				       "tell what some remarks here answer");
	}
	return 0;
}

/* What answers the remark goes with it, which gets a title. */
static int
gather_split(struct desk *d, struct call *c, const struct index_remark *r,
	     const char *code, struct posting *p)
{
	struct remark is = r->is;
	struct vec remarks = VEC_INIT;
	struct numbered *all = NULL;
	struct buf file = BUF_INIT;
	long n = 0;
	size_t i;
	int rc = remarks_of_thread(d->index, r->thread, &remarks, &c->err);

	if (!rc)
		rc = check_answers(d, &remarks, &c->err);
	if (!rc)
		all = discussion_number(&remarks);
	for (i = 0; all && i < remarks.len; i++)
		if (strcmp(all[i].remark->name, r->name) == 0)
			n = all[i].m ? 0 : all[i].n;
	if (!rc && n < 2)
		rc = err_rule(&c->err, PLEIN_ERULE, "split", 0,
			      "only a remark that answers none, and is not the "
			      "first, begins another thread");
	for (i = 0; i < remarks.len && !rc; i++)
		if (all[i].n == n && all[i].m && !all[i].remark->gone)
			rc = move_remark(d, p, all[i].remark, r->page, code,
					 &c->err);
	is.title = (char *)call_text(c, "title");
	remark_make(&file, &is, r->body);
	posting_add(p, posting_path(r->page, r->thread, r->name), NULL);
	posting_add(p, posting_path(r->page, code, r->name), &file);
	free(all);
	vec_release(&remarks, index_remark_free);
	return rc;
}

static int
split_thread(struct desk *d, struct call *c, const struct index_remark *r)
{
	const char *code = strrchr(r->name, '-') + 1;
	struct posting p = { .page = r->page, .action = "discuss" };
	struct buf words = BUF_INIT;
	int rc;

	buf_printf(&words, "%s: %s",
		   edit_say(d, "gesprek gesplitst", "discussion split"),
		   call_text(c, "title"));
	p.fallback = words.ptr;
	rc = gather_split(d, c, r, code, &p);
	if (!rc)
		rc = posting_write(d, c, &p);
	if (!rc)
		rc = answer_thread(c, code, r->page);
	posting_release(&p);
	buf_release(&words);
	return rc;
}

static int
handle_thread_split(struct desk *d, struct call *c)
{
	struct index_remark *r = NULL;
	int rc = posting_check_title(call_text(c, "title"), &c->err);

	if (!rc)
		rc = posting_join(d, c);
	if (!rc)
		rc = desk_need_repo(d, &c->err);
	if (!rc)
		rc = posting_find_remark(d, c, &r);
	if (!rc)
		rc = split_thread(d, c, r);
	index_remark_free(r);
	return rc;
}

/* --- thread.join ----------------------------------------------------------- */

/* The remark that begins a thread, and where it was before it did. */
struct splitting {
	struct index_remark *first; /* borrowed */
	char *from; /* code of the thread; NULL: it was in no other */
	char *blob; /* its file there */
};

static void
release_splitting(struct splitting *s)
{
	free(s->from);
	free(s->blob);
}

static int
refuse_join(struct err *err)
{
	return err_rule(err, PLEIN_ERULE, "join", 0,
			"only what was split off another discussion, and was "
			"not resolved since, goes back");
}

static int
find_splitting(struct desk *d, const char *code, const struct vec *remarks,
	       struct splitting *s, struct err *err)
{
	struct vec versions = VEC_INIT;
	const struct remark_version *v;
	struct index_remark *r;
	size_t i;
	int rc = 0;

	for (i = 0; i < remarks->len; i++) {
		r = remarks->items[i];
		if (r->is.kind != REMARK_SAID && !r->gone)
			return refuse_join(err);
		if (!r->gone && strcmp(strrchr(r->name, '-') + 1, code) == 0)
			s->first = r;
	}
	if (s->first)
		rc = remark_versions(d->index, s->first->name, &versions, err);
	for (i = versions.len; i-- > 0 && !s->from && !rc;) {
		v = versions.items[i];
		if (!v->blob || strcmp(v->thread, code) == 0)
			continue;
		s->from = mem_strdup(v->thread);
		s->blob = mem_strdup(v->blob);
	}
	vec_release(&versions, remark_version_free);
	return rc || s->from ? rc : refuse_join(err);
}

/* Byte for byte as it was, when it says the same; else without its title. */
static int
make_untitled(struct desk *d, const struct splitting *s, struct buf *file,
	      struct err *err)
{
	struct remark was, is = s->first->is;
	struct repo_id blob;
	bool same;
	int rc;

	(void)snprintf(blob.hex, sizeof(blob.hex), "%s", s->blob);
	rc = snap_blob(d->repo, &blob, file, err);
	if (rc)
		return rc;
	remark_read(&was, file->ptr, file->len);
	same = !was.withdrawn == !is.withdrawn &&
	       strcmp(file->ptr + was.body, s->first->body) == 0;
	is.title = was.title;
	if (!same) {
		buf_reset(file);
		remark_make(file, &is, s->first->body);
	}
	remark_release(&was);
	return 0;
}

static int
gather_join(struct desk *d, const struct vec *remarks,
	    const struct splitting *s, const struct index_thread *to,
	    struct posting *p, struct err *err)
{
	const struct index_remark *r = s->first;
	struct buf file = BUF_INIT;
	size_t i;
	int rc = make_untitled(d, s, &file, err);

	posting_add(p, posting_path(r->page, r->thread, r->name), NULL);
	posting_add(p, posting_path(to->page, to->code, r->name), &file);
	for (i = 0; i < remarks->len && !rc; i++) {
		r = remarks->items[i];
		if (r != s->first && !r->gone)
			rc = move_remark(d, p, r, to->page, to->code, err);
	}
	return rc;
}

static int
join_thread(struct desk *d, struct call *c, const struct vec *remarks,
	    const struct splitting *s)
{
	struct index_thread *to = NULL;
	struct posting p = { .action = "discuss" };
	struct buf words = BUF_INIT;
	int rc = thread_get(d->index, s->from, &to, &c->err);

	if (rc)
		return rc;
	p.page = to->page;
	buf_printf(&words, "%s: %s",
		   edit_say(d, "gesprekken samengevoegd", "discussions joined"),
		   to->title);
	p.fallback = words.ptr;
	rc = gather_join(d, remarks, s, to, &p, &c->err);
	if (!rc)
		rc = posting_write(d, c, &p);
	if (!rc)
		rc = answer_thread(c, to->code, to->page);
	index_thread_free(to);
	posting_release(&p);
	buf_release(&words);
	return rc;
}

static int
handle_thread_join(struct desk *d, struct call *c)
{
	const char *code = call_text(c, "thread");
	struct vec remarks = VEC_INIT;
	struct splitting s = { NULL, NULL, NULL };
	int rc = posting_join_whole(d, c);

	if (!rc)
		rc = desk_need_repo(d, &c->err);
	if (!rc)
		rc = remarks_of_thread(d->index, code, &remarks, &c->err);
	if (!rc && remarks.len == 0)
		rc = err_set(&c->err, PLEIN_ENOTFOUND, "no such thread");
	if (!rc)
		rc = find_splitting(d, code, &remarks, &s, &c->err);
	if (!rc)
		rc = join_thread(d, c, &remarks, &s);
	release_splitting(&s);
	vec_release(&remarks, index_remark_free);
	return rc;
}

/* --- rows ------------------------------------------------------------------ */

static const struct param state_params[] = { PARAM_THREAD, PARAM_REASON,
					     PARAM_REQUEST, PARAMS_END };

static const struct param move_params[] = {
	PARAM_THREAD,
	{ "address", PARAM_TEXT, true, ADDRESS_MAX, "the page it goes to" },
	{ "note", PARAM_TEXT, false, NOTE_MAX, "why" },
	PARAMS_END,
};

static const struct param split_params[] = {
	PARAM_REMARK,
	{ "title", PARAM_TEXT, true, REMARK_TITLE_MAX,
	  "of the new discussion" },
	{ "note", PARAM_TEXT, false, NOTE_MAX, "why" },
	PARAMS_END,
};

static const struct param join_params[] = {
	PARAM_THREAD,
	{ "note", PARAM_TEXT, false, NOTE_MAX, "why" },
	PARAMS_END,
};

const struct method thread_edit_rows[] = {
	{ "thread.resolve", RIGHT_WRITE, PLACE_WRITER, state_params,
	  "Resolves a discussion: who began it, or an editor.", REMARK_ANSWER,
	  POSTING_ERRORS, handle_thread_resolve },
	{ "thread.reopen", RIGHT_WRITE, PLACE_WRITER, state_params,
	  "Reopens a discussion: who began it, or an editor.", REMARK_ANSWER,
	  POSTING_ERRORS, handle_thread_reopen },
	{ "thread.move", RIGHT_MODERATE, PLACE_WRITER, move_params,
	  "Moves a discussion to another page.", "{thread, address}",
	  POSTING_ERRORS, handle_thread_move },
	{ "thread.split", RIGHT_MODERATE, PLACE_WRITER, split_params,
	  "Makes a remark that answers none, with its answers, a discussion of "
	  "its own. Busy while the index is being made and something there "
	  "answers what vanished.",
	  "{thread, address}", POSTING_ERRORS, handle_thread_split },
	{ "thread.join", RIGHT_MODERATE, PLACE_WRITER, join_params,
	  "Takes back that a discussion was split off another: all that is in "
	  "it goes there again. Not when it was resolved since, or never was "
	  "part of another: rule join. Not while the index is being made: "
	  "busy.",
	  "{thread, address}", POSTING_ERRORS, handle_thread_join },
	ROWS_END,
};
