/*
 * handle_thread.c - reading discussions: thread.list, thread.read, remark.log.
 * As of a moment threads are put together from the remarks that were there, and
 * so are those of now for as long as there is no index.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "state/remarks.h"
#include "state/timeline.h"
#include "store/snap.h"
#include "wiki/call.h"
#include "wiki/describe.h"
#include "wiki/discussion.h"
#include "wiki/handlers.h"
#include "wiki/late.h"
#include "wiki/losing.h"
#include "wiki/moment.h"
#include "wiki/part.h"
#include "wiki/presenttalk.h"
#include "wiki/rows.h"
#include "wiki/rowtext.h"
#include "wiki/target.h"
#include "wiki/threadrow.h"
#include "wiki/unread.h"

#define CURSOR_MAX (THREAD_CODE_MAX + 21)

/* Of now while there is no index. What is asked twice may change meanwhile. */
static bool
is_bare(const struct desk *d, const struct call *c)
{
	return !json_object_get(c->params, "at") && desk_lacks_index(d);
}

/* --- without a list of them ------------------------------------------------------ */

/* Open ones first, each the newest first. */
static int
compare_of_page(const void *a, const void *b)
{
	const struct index_thread *x = a, *y = b;
	int order = strcmp(x->state, y->state);

	if (!order)
		order = (x->last < y->last) - (x->last > y->last);
	return order ? order : strcmp(x->code, y->code);
}

static int
compare_of_all(const void *a, const void *b)
{
	const struct index_thread *x = a, *y = b;
	int order = (x->last < y->last) - (x->last > y->last);

	return order ? order : strcmp(x->code, y->code);
}

/* --- thread.list ---------------------------------------------------------- */

struct listing {
	struct target page; /* empty address: all pages */
	int64_t at; /* 0: now */
	bool bare; /* out of git alone */
	struct vec threads;
	struct passages passages; /* of the page */
	struct unread unread;
	char *code; /* of the cursor */
};

/* "<last>/<code>", as an answer of before told. */
static int
read_cursor(struct listing *l, const char *after, struct thread_filter *f,
	    struct err *err)
{
	char *slash;

	if (!after)
		return 0;
	f->before = strtoll(after, &slash, 10);
	if (f->before < 1 || *slash != '/' || !thread_code_is_valid(slash + 1))
		return err_set(err, PLEIN_EUSAGE, "no cursor of this list");
	l->code = mem_strdup(slash + 1);
	f->before_code = l->code;
	return 0;
}

static bool
is_wanted(const struct thread_filter *f, const struct index_thread *t)
{
	if (f->state && strcmp(f->state, t->state) != 0)
		return false;
	return f->page || !f->before || t->last < f->before ||
	       (t->last == f->before && strcmp(t->code, f->before_code) > 0);
}

static int
put_together(struct desk *d, struct listing *l, const struct thread_filter *f,
	     struct err *err)
{
	struct vec remarks = VEC_INIT;
	int rc;

	if (l->bare)
		rc = presenttalk_of_page(d, f->page, &remarks, err);
	else
		rc = discussion_as_of(d, l->at, f->page, NULL, &remarks, err);
	if (!rc)
		discussion_threads(&remarks, f->folder, &l->threads);
	vec_sort(&l->threads, f->page ? compare_of_page : compare_of_all);
	vec_release(&remarks, index_remark_free);
	return rc;
}

/* As the index tells it, or would have told it then. */
static int
pick_threads(struct desk *d, struct listing *l, const struct thread_filter *f,
	     struct err *err)
{
	struct vec *all = &l->threads;
	size_t i, kept = 0;
	int rc = put_together(d, l, f, err);

	for (i = 0; i < all->len; i++)
		if (is_wanted(f, all->items[i]) &&
		    (f->page || kept < (size_t)f->limit))
			all->items[kept++] = all->items[i];
		else
			index_thread_free(all->items[i]);
	all->len = kept;
	return rc;
}

static int
list_threads(struct desk *d, struct call *c, struct listing *l)
{
	long limit = call_number(c, "limit", 0);
	struct thread_filter f = {
		.page = l->page.address.len ? l->page.address.ptr : NULL,
		.folder = call_text(c, "folder"),
		.state = call_text(c, "state"),
		.limit = limit > 0 && limit < ROWS_MAX ? limit : ROWS_MAX
	};
	int rc = read_cursor(l, call_text(c, "after"), &f, &c->err);

	if (rc)
		return rc;
	return l->at || l->bare
		       ? pick_threads(d, l, &f, &c->err)
		       : thread_list(d->index, &f, &l->threads, &c->err);
}

static void
answer_threads(struct desk *d, struct call *c, struct listing *l)
{
	bool one = l->page.address.len > 0;
	const struct index_thread *t = NULL;
	struct buf next = BUF_INIT;
	struct part part;
	size_t i;

	part_init(&part, d->part_max);
	for (i = 0; i < l->threads.len; i++) {
		t = l->threads.items[i];
		if (!part_add(&part,
			      threadrow_describe(d, t, l->at,
						 one ? &l->passages : NULL,
						 &l->unread)))
			break;
	}
	if (!one && l->threads.len > 0 &&
	    (i < l->threads.len || l->threads.len == ROWS_MAX)) {
		t = l->threads.items[i - 1];
		buf_printf(&next, "%lld/%s", (long long)t->last, t->code);
	}
	part_answer(&part, c, next.len ? next.ptr : NULL);
	buf_release(&next);
}

/* Texts are kept under the address that `find_home` finds. */
static int
open_passages(struct passages *p, struct desk *d, int64_t when,
	      const char *address,
	      int (*find_home)(struct desk *d, int64_t seq, const char *address,
			       char **out, struct err *err),
	      struct err *err)
{
	char *home = NULL;
	int64_t seq = 0;
	int rc = when ? timeline_seq_at(d->index, when, &seq, err) : 0;

	if (!rc && when)
		rc = find_home(d, seq, address, &home, err);
	passages_open(p, d, home ? home : address, when);
	free(home);
	return rc;
}

static int
read_page(struct desk *d, const struct call *c, struct listing *l,
	  struct err *err)
{
	const char *address = call_text(c, "address");
	int rc;

	l->at = call_number(c, "at", 0);
	if (!address)
		return 0;
	rc = target_read(&l->page, address, err);
	if (!rc)
		rc = open_passages(&l->passages, d, l->at, l->page.address.ptr,
				   moment_home, err);
	l->passages.bare = l->bare;
	return rc;
}

static int
load_unread(struct desk *d, struct call *c, struct listing *l)
{
	const struct index_thread *t;
	json_t *pages;
	size_t i;
	int rc;

	if (l->page.address.len)
		return unread_load(&l->unread, d, c->caller,
				   l->page.address.ptr, &c->err);
	pages = json_array();
	for (i = 0; i < l->threads.len; i++) {
		t = l->threads.items[i];
		(void)json_array_append_new(pages, json_string(t->page));
	}
	rc = unread_load_pages(&l->unread, d, c->caller, pages, &c->err);
	json_decref(pages);
	return rc;
}

static int
handle_thread_list(struct desk *d, struct call *c)
{
	struct listing l = { .page = TARGET_INIT };
	int rc = 0;

	l.bare = call_text(c, "address") && is_bare(d, c);
	if (!l.bare)
		rc = desk_need_index(d, &c->err);
	if (!rc)
		rc = desk_need_repo(d, &c->err);
	if (!rc)
		rc = read_page(d, c, &l, &c->err);
	if (!rc)
		rc = list_threads(d, c, &l);
	if (!rc && !l.at && !l.bare)
		rc = load_unread(d, c, &l);
	if (!rc)
		answer_threads(d, c, &l);
	unread_release(&l.unread);
	passages_release(&l.passages);
	vec_release(&l.threads, index_thread_free);
	target_release(&l.page);
	free(l.code);
	return rc;
}

/* --- thread.read ---------------------------------------------------------- */

static const char *
kind_of(const struct index_remark *r)
{
	const char *state = remark_kind_state(r->is.kind);

	return state ? state : "said";
}

static void
write_number(struct buf *row, const struct numbered *n)
{
	struct buf number = BUF_INIT;

	discussion_tell_number(&number, n);
	rowtext_line(row, "number", number.len ? number.ptr : NULL);
	buf_release(&number);
}

/* Of one that is no more, who took it away and when. */
static void
write_change(struct buf *row, const struct index_remark *r)
{
	bool changed = r->changed != r->seq;

	if (changed)
		rowtext_number(row, "edited", r->changed_when);
	else
		rowtext_line(row, "edited", NULL);
	rowtext_line(row, "editor", changed ? r->changer : NULL);
	rowtext_flag(row, "withdrawn", discussion_is_silent(r));
	rowtext_line(row, "reason", r->is.withdrawn);
}

/* A discussion as its answer is made. */
struct thread_answer {
	const char *code;
	bool bare; /* out of git alone */
	struct index_thread *head;
	struct vec remarks;
	struct unread unread; /* all zero as of a moment, and when bare */
	struct fresh_place read;
	int64_t place; /* on main, before anything was read of it */
	long n_new;
};

static bool
count_if_new(struct thread_answer *a, const struct index_remark *r)
{
	bool fresh = unread_is_fresh(&a->unread, &a->read, r);

	a->n_new += fresh;
	return fresh;
}

static void
write_remark(struct buf *row, const struct numbered *n)
{
	const struct index_remark *r = n->remark;

	rowtext_line(row, "remark", r->name);
	write_number(row, n);
	rowtext_line(row, "kind", kind_of(r));
	rowtext_line(row, "handle", r->handle);
	rowtext_number(row, "time", r->when);
	rowtext_line(row, "reply", n->m ? r->is.reply : NULL);
	rowtext_line(row, "text", discussion_is_silent(r) ? "" : r->body);
	rowtext_line(row, "blob", r->blob);
	write_change(row, r);
}

/* Of a few of them what they say is read when they are told. */
static bool
is_outlined(const struct call *c, const struct thread_answer *a)
{
	return call_number(c, "limit", 0) > 0 && !call_number(c, "at", 0) &&
	       !a->bare;
}

/* What it says is read here where only an outline was. */
static int
add_row(struct desk *d, struct call *c, const struct thread_answer *a,
	const struct numbered *n, bool fresh, struct buf *row)
{
	struct index_remark *whole = NULL;
	struct numbered told = *n;
	int rc = 0;

	if (is_outlined(c, a)) {
		rc = remark_get(d->index, n->remark->name, &whole, &c->err);
		told.remark = whole;
	}
	if (rc)
		return rc;
	rowtext_begin(row);
	write_remark(row, &told);
	if (a->unread.handle)
		rowtext_flag(row, "new", fresh);
	if (late_has(&a->unread, n->remark->name))
		rowtext_flag(row, "late", true);
	rowtext_end(row);
	index_remark_free(whole);
	return 0;
}

static int
load_remarks(struct desk *d, struct call *c, struct thread_answer *a)
{
	int64_t at = call_number(c, "at", 0);
	struct vec *out = &a->remarks;
	int rc;

	if (a->bare)
		rc = presenttalk_of_thread(d, a->code, out, &c->err);
	else if (at)
		rc = discussion_as_of(d, at, NULL, a->code, out, &c->err);
	else if (is_outlined(c, a))
		rc = remarks_outline(d->index, a->code, out, &c->err);
	else
		rc = remarks_of_thread(d->index, a->code, out, &c->err);
	if (!rc && out->len == 0)
		rc = err_set(&c->err, PLEIN_ENOTFOUND, "no such thread");
	return rc;
}

static int
find_head(struct desk *d, struct call *c, struct thread_answer *a)
{
	size_t i;

	if (!call_number(c, "at", 0) && !a->bare)
		return thread_get(d->index, a->code, &a->head, &c->err);
	a->head = discussion_begin(a->remarks.items[0]);
	for (i = 0; i < a->remarks.len; i++)
		discussion_count(a->head, a->remarks.items[i]);
	return 0;
}

static int
answer_remarks(struct desk *d, struct call *c, struct thread_answer *a)
{
	struct numbered *all = discussion_number(&a->remarks);
	size_t i, from = (size_t)call_number(c, "after", 0);
	size_t most = (size_t)call_number(c, "limit", 0), n = 0;
	bool full = false, fresh;
	struct part part;
	int rc = 0;

	part_init(&part, d->part_max);
	for (i = 0; i < a->remarks.len && !rc; i++) {
		fresh = count_if_new(a, all[i].remark);
		if (i < from || full)
			continue;
		full = most && n++ == most;
		if (!full)
			rc = add_row(d, c, a, &all[i], fresh, part_row(&part));
		if (!full && !rc)
			full = !part_keep(&part);
		if (full)
			from = i;
	}
	part_answer(&part, c, NULL);
	if (full)
		describe_number(c->result, "next", (int64_t)from);
	free(all);
	return rc;
}

static void
describe_head(struct desk *d, struct call *c, const struct thread_answer *a,
	      struct passages *p)
{
	json_t *head = threadrow_describe(d, a->head, p->when, p, &a->unread);
	json_t *passage = json_object_get(head, "passage");

	/* which takes time: once */
	if (json_is_false(json_object_get(passage, "found")) &&
	    !call_number(c, "after", 0))
		(void)json_object_set_new(passage, "lost",
					  losing_describe(p, a->head));
	if (a->unread.handle) {
		describe_number(head, "new", a->n_new);
		describe_number(head, "place", a->place);
	}
	(void)json_object_set_new(c->result, "head", head);
}

static int
load_reading(struct desk *d, struct call *c, struct thread_answer *a)
{
	int rc;

	if (json_object_get(c->params, "at") || a->bare)
		return 0;
	rc = unread_load_marks(&a->unread, d, c->caller, &c->err);
	if (!rc && a->unread.handle)
		a->read = unread_origin(&a->unread, a->code, &a->remarks);
	return rc;
}

static int
answer_thread(struct desk *d, struct call *c, struct thread_answer *a)
{
	struct passages p;
	int rc = open_passages(&p, d, call_number(c, "at", 0), a->head->page,
			       moment_home_there, &c->err);

	p.bare = a->bare;
	if (!rc)
		rc = load_reading(d, c, a);
	if (!rc)
		rc = answer_remarks(d, c, a);
	if (!rc)
		describe_head(d, c, a, &p);
	passages_release(&p);
	return rc;
}

static int
handle_thread_read(struct desk *d, struct call *c)
{
	struct thread_answer a = { .code = call_text(c, "thread"),
				   .bare = is_bare(d, c) };
	int rc = a.bare ? 0 : desk_need_index(d, &c->err);

	if (!rc)
		rc = desk_need_repo(d, &c->err);
	if (!rc && !a.bare)
		rc = index_last(d->index, &a.place, &c->err);
	if (!rc)
		rc = load_remarks(d, c, &a);
	if (!rc)
		rc = find_head(d, c, &a);
	if (!rc)
		rc = answer_thread(d, c, &a);
	unread_release(&a.unread);
	index_thread_free(a.head);
	vec_release(&a.remarks, index_remark_free);
	return rc;
}

/* --- remark.log ----------------------------------------------------------- */

static int
add_wording(struct desk *d, const struct remark_version *v, json_t *rows,
	    struct err *err)
{
	struct buf text = BUF_INIT;
	struct remark is = { .kind = REMARK_SAID };
	struct repo_id blob;
	json_t *row = json_object();
	int rc = 0;

	if (v->blob) {
		(void)snprintf(blob.hex, sizeof(blob.hex), "%s", v->blob);
		rc = snap_blob(d->repo, &blob, &text, err);
		remark_read(&is, text.ptr, text.len);
	}
	describe_line(row, "commit", v->commit);
	describe_number(row, "time", v->when);
	describe_line(row, "handle", v->handle);
	describe_line(row, "address", v->page);
	describe_line(row, "thread", v->thread);
	describe_line(row, "title", is.title);
	describe_line(row, "reason", is.withdrawn);
	(void)json_object_set_new(row, "gone", json_boolean(!v->blob));
	(void)json_object_set_new(
		row, "text", call_json(text.ptr + is.body, text.len - is.body));
	(void)json_array_append_new(rows, row);
	remark_release(&is);
	buf_release(&text);
	return rc;
}

static int
handle_remark_log(struct desk *d, struct call *c)
{
	struct vec versions = VEC_INIT;
	json_t *rows = json_array();
	size_t i, first;
	int rc = desk_need_index(d, &c->err);

	if (!rc)
		rc = desk_need_repo(d, &c->err);
	if (!rc)
		rc = remark_versions(d->index, call_text(c, "remark"),
				     &versions, &c->err);
	if (!rc && versions.len == 0)
		rc = err_set(&c->err, PLEIN_ENOTFOUND, "no such remark");
	first = versions.len > ROWS_MAX ? versions.len - ROWS_MAX : 0;
	for (i = first; i < versions.len && !rc; i++)
		rc = add_wording(d, versions.items[i], rows, &c->err);
	describe_rows(c, rows);
	vec_release(&versions, remark_version_free);
	return rc;
}

/* --- rows ------------------------------------------------------------------ */

static const struct param list_params[] = {
	{ "address", PARAM_TEXT, false, ADDRESS_MAX,
	  "of this page only: the open ones first" },
	{ "folder", PARAM_TEXT, false, ADDRESS_MAX, "of pages in it only" },
	{ "state", PARAM_TEXT, false, 16, "open or resolved only" },
	{ "after", PARAM_TEXT, false, CURSOR_MAX, "the next of before" },
	{ "limit", PARAM_NUMBER, false, COUNT_MAX, "at most 500, the default" },
	PARAM_AT,
	PARAMS_END,
};

static const struct param read_params[] = {
	{ "thread", PARAM_TEXT, true, THREAD_CODE_MAX, "its code" },
	{ "after", PARAM_NUMBER, false, COUNT_MAX, "the next of before" },
	{ "limit", PARAM_NUMBER, false, COUNT_MAX,
	  "so many remarks; as many as fit in an answer when absent" },
	PARAM_AT,
	PARAMS_END,
};

static const struct param log_params[] = {
	{ "remark", PARAM_TEXT, true, REMARK_NAME_MAX, "its name" },
	PARAMS_END,
};

#define THREAD_ANSWER \
	"{thread, address, page, title, state, handle, remarks, newest: " \
	"{remark, handle, time, text}, quote, passage}: page is the title of " \
	"the page, null when it is gone; state is open or resolved; handle " \
	"began it; text is the beginning of the newest remark; quote is the " \
	"passage it is about, or null; passage {quote, commit, found, at, " \
	"length} says where that stands in the page, in bytes of its text, " \
	"found false when it is lost; commit is what it was chosen in"

#define READING_ANSWER \
	"; of now, for people: new counts what the caller has not read (of a " \
	"muted thread what names or answers them), follow is yes, no or muted"

const struct method thread_rows[] = {
	{ "thread.list", RIGHT_READ, PLACE_READER, list_params,
	  "Lists discussions, by what was said last.",
	  "{rows: [" THREAD_ANSWER
	  ", null where no page was named" READING_ANSWER
	  ", null where no page was named]}, next}: next is there when there "
	  "is more, to be given as after. While the index is being made only "
	  "with address: passage is null too where the page was elsewhere when "
	  "it was chosen, new and follow are absent",
	  "usage rule busy corrupt", handle_thread_list },
	{ "thread.read", RIGHT_READ, PLACE_READER, read_params,
	  "Gives a discussion: its remarks in the order of their numbers, each "
	  "with its answers, and when it was resolved and reopened.",
	  "{head, rows: [{remark, number, kind, handle, time, reply, text, "
	  "blob, edited, editor, withdrawn, reason}], next}: head is a row of "
	  "thread.list, and in the first part, where its passage is lost, that "
	  "has "
	  "lost {version, "
	  "handle, time, gone}: the version of the page it is not in any more, "
	  "gone when the page went; null when that is not known (it looks at "
	  "the last 200, of long pages at fewer); kind is said, resolved or "
	  "open, the latter two "
	  "without "
	  "a number; reply is what an answer answers; edited and editor say "
	  "when and by whom its words became what they are, null: they never "
	  "changed; withdrawn: it is no more, with the reason that was given; "
	  "new, of now and for people: the caller has not read it; in head it "
	  "counts those; late is true of one that is new because it was "
	  "changed "
	  "to mention them; head has place, too: how far main had come, for "
	  "thread.seen; next is there when there is more, to be given as "
	  "after. While the index is being made edited, editor and lost are "
	  "null, new, follow and place are absent, numbers as the names tell: "
	  "where a remark came later than its name says, or one vanished, they "
	  "are others when it is there",
	  "not-found busy corrupt", handle_thread_read },
	{ "remark.log", RIGHT_READ, PLACE_READER, log_params,
	  "Gives the wordings of a remark, the oldest first; of more than 500 "
	  "the last. Not while the index is being made: busy.",
	  "{rows: [{commit, time, handle, address, thread, title, reason, "
	  "gone, text}]}: reason says why it was withdrawn; gone: its file "
	  "vanished",
	  "not-found busy corrupt", handle_remark_log },
	ROWS_END,
};
