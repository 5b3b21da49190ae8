/* unread.c - see unread.h. */
#include "wiki/unread.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "plein/path.h"
#include "state/marks.h"
#include "state/news.h"
#include "state/remarks.h"
#include "state/timeline.h"
#include "wiki/caller.h"
#include "wiki/call.h"
#include "wiki/describe.h"
#include "wiki/space.h"

/* --- where counting began ------------------------------------------------- */

static int
count_from_visit(struct desk *d, const struct visit *v, struct counting *k,
		 struct err *err)
{
	int rc = PLEIN_ENOTFOUND;

	k->since = v->since;
	if (v->head[0])
		rc = news_place(d->index, v->head, &k->after, err);
	if (rc == PLEIN_ENOTFOUND) /* main is another one now */
		rc = timeline_seq_at(d->index, v->since, &k->after, err);
	return rc;
}

int
counting_find(struct desk *d, const char *handle, int64_t since,
	      struct counting *k, struct err *err)
{
	struct visit v;
	int rc;

	*k = (struct counting){ .since = since };
	if (since)
		return timeline_seq_at(d->index, since - 1, &k->after, err);
	rc = visit_get(d->state, d->space->name, handle, &v, err);
	if (!rc)
		rc = count_from_visit(d, &v, k, err);
	return rc == PLEIN_ENOTFOUND ? 0 : rc;
}

/* --- wishes --------------------------------------------------------------- */

/* A page goes by its address of now. */
static void
follow_moves(struct desk *d, struct vec *wishes)
{
	struct wish *w;
	char *now;
	bool moved;
	size_t i;

	for (i = 0; i < wishes->len; i++) {
		w = wishes->items[i];
		now = NULL;
		if (thread_code_is_valid(w->what) ||
		    index_resolve(d->index, w->what, &now, &moved, NULL) ||
		    !moved) {
			free(now);
			continue;
		}
		free(w->what);
		w->what = now;
	}
}

static int
compare_wishes(const void *a, const void *b)
{
	const struct wish *x = a, *y = b;

	return strcmp(x->what, y->what);
}

static int
load_wishes(struct unread *u, struct err *err)
{
	struct desk *d = u->desk;
	int rc = follow_list(d->state, d->space->name, u->handle, &u->wishes,
			     err);

	if (!rc) {
		follow_moves(d, &u->wishes);
		vec_sort(&u->wishes, compare_wishes);
	}
	return rc;
}

enum follow
unread_wish(const struct unread *u, const char *what)
{
	size_t from = 0, to = u->wishes.len, at;
	const struct wish *w;
	int order;

	while (from < to) {
		at = from + (to - from) / 2;
		w = u->wishes.items[at];
		order = strcmp(what, w->what);
		if (!order)
			return w->follow;
		if (order < 0)
			to = at;
		else
			from = at + 1;
	}
	return FOLLOW_AUTO;
}

enum follow
unread_follows_page(const struct unread *u, const char *address)
{
	enum follow f = unread_wish(u, address);

	if (f != FOLLOW_AUTO)
		return f;
	return fresh_wrote(u->desk->index, address, u->handle) ? FOLLOW_YES
							       : FOLLOW_NO;
}

enum follow
unread_follows_thread(const struct unread *u, const char *code,
		      const char *page)
{
	enum follow f = unread_wish(u, code);

	if (f != FOLLOW_AUTO)
		return f;
	f = unread_wish(u, page);
	if (f == FOLLOW_MUTED || f == FOLLOW_YES)
		return f;
	if (fresh_said_in(u->desk->index, code, u->handle))
		return FOLLOW_YES;
	return unread_follows_page(u, page);
}

static bool
is_muted(const struct unread *u, const struct fresh_thread *t)
{
	enum follow f = unread_wish(u, t->code);

	if (f == FOLLOW_AUTO)
		f = unread_wish(u, t->page);
	return f == FOLLOW_MUTED;
}

/* --- how far -------------------------------------------------------------- */

static const struct thread_mark *
find_mark(const struct unread *u, const char *code)
{
	size_t from = 0, to = u->marks.len, at;
	const struct thread_mark *m;
	int order;

	while (from < to) {
		at = from + (to - from) / 2;
		m = u->marks.items[at];
		order = strcmp(code, m->thread);
		if (!order)
			return m;
		if (order < 0)
			to = at;
		else
			from = at + 1;
	}
	return NULL;
}

/* A remark that was erased is where main was when it was read. */
static struct fresh_place
place_of(const struct unread *u, const struct thread_mark *m)
{
	struct fresh_place at = { 0, NULL };

	if (!fresh_find(u->desk->index, m->remark, &at.seq, NULL))
		at.name = m->remark;
	else if (timeline_seq_at(u->desk->index, m->time, &at.seq, NULL))
		at.seq = 0;
	return at;
}

struct fresh_place
unread_place(const struct unread *u, const char *code, const char *was)
{
	const struct thread_mark *m = find_mark(u, code);

	if (!m && was)
		m = find_mark(u, was);
	return m ? place_of(u, m) : (struct fresh_place){ 0, NULL };
}

struct fresh_place
unread_origin(const struct unread *u, const char *code,
	      const struct vec *remarks)
{
	const struct index_remark *first = remarks->items[0];
	struct fresh_place place = { 0, NULL };
	struct vec versions = VEC_INIT;
	const char *was = NULL;

	/* what is not known is unread */
	if (!find_mark(u, code) &&
	    !remark_versions(u->desk->index, first->name, &versions, NULL) &&
	    versions.len > 0)
		was = ((const struct remark_version *)versions.items[0])
			      ->thread;
	place = unread_place(u, code, was);
	vec_release(&versions, remark_version_free);
	return place;
}

bool
unread_is_fresh(const struct unread *u, const struct fresh_place *read,
		const struct index_remark *r)
{
	if (!u->handle || !u->from.since || r->seq <= u->from.after ||
	    r->seq < read->seq || r->is.kind != REMARK_SAID || r->gone ||
	    r->is.withdrawn || strcmp(r->handle, u->handle) == 0)
		return false;
	return r->seq > read->seq ||
	       (read->name && strcmp(r->name, read->name) > 0);
}

/* --- counting ------------------------------------------------------------- */

/* Without what was read already. */
static int
settle_count(struct unread *u, struct fresh_thread *t, struct err *err)
{
	const struct thread_mark *m = find_mark(u, t->code);
	struct fresh_place read;

	if (m && strcmp(m->remark, t->newest) == 0) {
		t->count = (struct fresh_count){ 0, 0 };
		return 0;
	}
	read = unread_place(u, t->code, t->was);
	if (read.seq <= u->from.after)
		return 0;
	return fresh_in_thread(u->desk->index, t->code, &read, u->handle,
			       &t->count, err);
}

static int
compare_threads(const void *a, const void *b)
{
	const struct fresh_thread *x = a, *y = b;
	int order = strcmp(x->page, y->page);

	return order ? order : strcmp(x->code, y->code);
}

/* Is anything muted? */
static bool
wants_muted(const struct unread *u)
{
	size_t i;

	for (i = 0; i < u->wishes.len; i++)
		if (((const struct wish *)u->wishes.items[i])->follow ==
		    FOLLOW_MUTED)
			return true;
	return false;
}

static int
count_threads(struct unread *u, const char *page, struct err *err)
{
	struct fresh_thread *t;
	size_t i, kept = 0;
	const struct fresh_filter f = { u->from.after, u->handle, page,
					wants_muted(u) };
	int rc = fresh_threads(u->desk->index, &f, &u->threads, err);

	for (i = 0; i < u->threads.len && !rc; i++)
		rc = settle_count(u, u->threads.items[i], err);
	for (i = 0; i < u->threads.len; i++) {
		t = u->threads.items[i];
		if (is_muted(u, t))
			t->count.n = t->count.own;
		if (t->count.n > 0)
			u->threads.items[kept++] = t;
		else
			fresh_thread_free(t);
	}
	u->threads.len = kept;
	vec_sort(&u->threads, compare_threads);
	return rc;
}

int
unread_load_marks(struct unread *u, struct desk *d, const struct caller *who,
		  struct err *err)
{
	int rc;

	memset(u, 0, sizeof(*u));
	u->desk = d;
	if (!who->handle || desk_lacks_index(d))
		return 0;
	rc = desk_need_state(d, err);
	if (!rc)
		rc = desk_need_index(d, err);
	if (rc)
		return rc;
	u->handle = who->handle;
	rc = counting_find(d, u->handle, 0, &u->from, err);
	if (!rc)
		rc = thread_marks(d->state, d->space->name, u->handle,
				  &u->marks, err);
	return rc ? rc : load_wishes(u, err);
}

int
unread_load(struct unread *u, struct desk *d, const struct caller *who,
	    const char *page, struct err *err)
{
	int rc = unread_load_marks(u, d, who, err);

	return !rc && u->from.since ? count_threads(u, page, err) : rc;
}

void
unread_release(struct unread *u)
{
	vec_release(&u->marks, thread_mark_free);
	vec_release(&u->wishes, wish_free);
	vec_release(&u->threads, fresh_thread_free);
}

/* The first thread of the page or one behind it. */
static size_t
seek_page(const struct unread *u, const char *address)
{
	size_t from = 0, to = u->threads.len, at;
	const struct fresh_thread *t;

	while (from < to) {
		at = from + (to - from) / 2;
		t = u->threads.items[at];
		if (strcmp(t->page, address) < 0)
			from = at + 1;
		else
			to = at;
	}
	return from;
}

long
unread_of_page(const struct unread *u, const char *address)
{
	const struct fresh_thread *t;
	long n = 0;
	size_t i;

	for (i = seek_page(u, address); i < u->threads.len; i++) {
		t = u->threads.items[i];
		if (strcmp(t->page, address) != 0)
			break;
		n += t->count.n;
	}
	return n;
}

long
unread_of_thread(const struct unread *u, const char *code, const char *page)
{
	const struct fresh_thread *t;
	size_t i;

	for (i = seek_page(u, page); i < u->threads.len; i++) {
		t = u->threads.items[i];
		if (strcmp(t->page, page) != 0)
			break;
		if (strcmp(t->code, code) == 0)
			return t->count.n;
	}
	return 0;
}

static void
tell_row(const struct unread *u, json_t *row)
{
	const char *address =
		json_string_value(json_object_get(row, "address"));
	long n = address ? unread_of_page(u, address) : 0;

	if (n > 0)
		describe_number(row, "new", n);
}

static void
tell_rows(const struct unread *u, json_t *rows)
{
	json_t *row, *pages;
	size_t i;

	json_array_foreach(rows, i, row)
	{
		pages = json_object_get(row, "pages");
		if (pages)
			tell_rows(u, pages);
		else
			tell_row(u, row);
	}
}

/* Not of a moment; and whoever cannot be known reads on. */
static bool
is_told(struct desk *d, const struct call *c)
{
	return !json_object_get(c->params, "at") && !desk_lacks_index(d) &&
	       !desk_need_state(d, NULL);
}

int
unread_tell_rows(struct desk *d, struct call *c)
{
	struct unread u;
	int rc;

	if (!is_told(d, c))
		return 0;
	rc = unread_load(&u, d, c->caller, NULL, &c->err);
	if (!rc && u.threads.len > 0)
		tell_rows(&u, json_object_get(call_result(c), "rows"));
	unread_release(&u);
	return rc;
}

int
unread_tell_page(struct desk *d, struct call *c, const char *address)
{
	struct unread u;
	long all, open;
	int rc;

	if (!is_told(d, c))
		return 0;
	rc = unread_load(&u, d, c->caller, address, &c->err);
	if (!rc)
		rc = thread_count(d->index, address, &all, &open, &c->err);
	if (!rc) {
		describe_number(c->result, "threads", all);
		describe_number(c->result, "open", open);
	}
	if (!rc && u.handle) {
		describe_number(c->result, "new", unread_of_page(&u, address));
		describe_line(c->result, "follow",
			      follow_word(unread_follows_page(&u, address)));
	}
	unread_release(&u);
	return rc;
}
