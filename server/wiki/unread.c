/* unread.c - see unread.h. */
#include "wiki/unread.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plein/jsontext.h"
#include "plein/mem.h"
#include "plein/path.h"
#include "state/accounts.h"
#include "state/marks.h"
#include "state/news.h"
#include "state/remarks.h"
#include "state/timeline.h"
#include "wiki/caller.h"
#include "wiki/call.h"
#include "wiki/changed.h"
#include "wiki/describe.h"
#include "wiki/late.h"
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

/* For who was named before their first visit, since their account is there. */
static int
count_from_name(struct desk *d, const char *handle, struct counting *k,
		struct err *err)
{
	struct account a = { 0 };
	int64_t from = 0, seq = 0, when = 0;
	int rc = account_get(d->state, handle, &a, err);

	if (!rc)
		rc = timeline_seq_at(d->index, a.created - 1, &from, err);
	if (!rc)
		rc = fresh_first(d->index, handle, from, &seq, &when, err);
	if (!rc)
		*k = (struct counting){ seq - 1, when - 1 };
	account_release(&a);
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
	else if (rc == PLEIN_ENOTFOUND)
		rc = count_from_name(d, handle, k, err);
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

/* NULL when nothing was read there; yours. */
static struct thread_mark *
find_mark(const struct unread *u, const char *code)
{
	struct thread_mark *m = NULL;

	if (code && u->handle &&
	    thread_mark_get(u->desk->state, u->desk->space->name, u->handle,
			    code, &m, NULL))
		m = NULL; /* what is not known is unread */
	return m;
}

/* A remark that was erased is where main was when it was read. */
static struct fresh_place
place_of(const struct unread *u, const struct thread_mark *m)
{
	struct fresh_place at = { 0, "" };

	if (!fresh_find(u->desk->index, m->remark, &at.seq, NULL))
		(void)snprintf(at.name, sizeof(at.name), "%s", m->remark);
	else if (timeline_seq_at(u->desk->index, m->time, &at.seq, NULL))
		at.seq = 0;
	return at;
}

struct fresh_place
unread_place(const struct unread *u, const char *code, const char *was)
{
	struct thread_mark *m = find_mark(u, code);
	struct fresh_place at = { 0, "" };

	if (!m && was && strcmp(was, code) != 0)
		m = find_mark(u, was);
	if (m)
		at = place_of(u, m);
	thread_mark_free(m);
	return at;
}

struct fresh_place
unread_origin(const struct unread *u, const char *code,
	      const struct vec *remarks)
{
	const struct index_remark *first = remarks->items[0];
	struct fresh_place place;
	struct vec versions = VEC_INIT;
	const char *was = NULL;

	if (!remark_versions(u->desk->index, first->name, &versions, NULL) &&
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
	if (late_has(u, r->name))
		return true;
	if (!u->handle || !u->from.since || r->seq <= u->from.after ||
	    r->seq < read->seq || r->is.kind != REMARK_SAID || r->gone ||
	    r->is.withdrawn || strcmp(r->handle, u->handle) == 0)
		return false;
	return r->seq > read->seq ||
	       (read->name[0] && strcmp(r->name, read->name) > 0);
}

/* --- counting ------------------------------------------------------------- */

/* Where they are in it; in one that was split off as in the one before. */
struct fresh_place
unread_place_in(const struct unread *u, const char *code)
{
	struct thread_mark *m = find_mark(u, code);
	struct fresh_place at = { 0, "" };
	char *was = NULL;

	if (!m &&
	    !fresh_origin(u->desk->index, code, u->from.after, u->handle, &was,
			  NULL) &&
	    strcmp(was, code) != 0)
		m = find_mark(u, was);
	if (m)
		at = place_of(u, m);
	free(was);
	thread_mark_free(m);
	return at;
}

static int
count_behind(const struct unread *u, struct fresh_thread *t,
	     const struct fresh_place *read, struct err *err)
{
	struct fresh_filter f = { .after = u->from.after,
				  .read = *read,
				  .handle = u->handle,
				  .own = is_muted(u, t) };
	int rc;

	t->count = (struct fresh_count){ 0, 0 };
	if (strcmp(f.read.name, t->newest) == 0)
		return 0;
	rc = fresh_count(u->desk->index, t->code, &f, &t->count, err);
	if (f.own)
		t->count.n = t->count.own;
	return rc;
}

static int
compare_threads(const void *a, const void *b)
{
	const struct fresh_thread *x = a, *y = b;
	int order = strcmp(x->page, y->page);

	return order ? order : strcmp(x->code, y->code);
}

static int
compare_codes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool
is_among(const struct vec *codes, const char *code)
{
	return codes->len && bsearch(&code, codes->items, codes->len,
				     sizeof(*codes->items), compare_codes);
}

/* Was nothing read there, so that its count stands? */
static bool
is_counted(const struct unread *u, const struct vec *marked,
	   const struct fresh_thread *t)
{
	return t->count.n && !is_muted(u, t) && !is_among(marked, t->code) &&
	       !is_among(marked, t->was);
}

static int
count_thread(const struct unread *u, const struct vec *marked,
	     struct fresh_thread *t, struct err *err)
{
	struct fresh_place read = { 0, "" };
	int rc = 0;

	if (!is_counted(u, marked, t)) {
		read = unread_place_in(u, t->code);
		rc = count_behind(u, t, &read, err);
	}
	t->count.n += late_count(u, t->code, &read);
	return rc;
}

/* Keep those with something unread, by page; `marked` are those in which they
 * read. */
static int
count_threads(const struct unread *u, const struct vec *marked,
	      struct vec *threads, struct err *err)
{
	struct fresh_thread *t;
	size_t i, kept = 0;
	int rc = 0;

	for (i = 0; i < threads->len; i++) {
		t = threads->items[i];
		if (!rc)
			rc = count_thread(u, marked, t, err);
		if (t->count.n > 0)
			threads->items[kept++] = t;
		else
			fresh_thread_free(t);
	}
	threads->len = kept;
	vec_sort(threads, compare_threads);
	return rc;
}

static int
count_page(struct unread *u, const char *page, struct err *err)
{
	struct vec none = VEC_INIT;
	json_t *pages = json_pack("[s]", page);
	int rc = fresh_of_page(u->desk->index, page, u->from.after, &u->threads,
			       err);

	if (!rc)
		rc = late_add_threads(u, pages, &u->threads, err);
	json_decref(pages);
	return rc ? rc : count_threads(u, &none, &u->threads, err);
}

/* In which of them they read, and of where their first remark was said. */
static int
find_marked(const struct unread *u, struct vec *out, struct err *err)
{
	const struct fresh_thread *t;
	json_t *codes = json_array();
	char *text;
	size_t i;
	int rc;

	for (i = 0; i < u->threads.len; i++) {
		t = u->threads.items[i];
		(void)json_array_append_new(codes, json_string(t->code));
		if (t->was && strcmp(t->was, t->code) != 0)
			(void)json_array_append_new(codes, json_string(t->was));
	}
	text = jsontext_dump(codes);
	rc = thread_marked(u->desk->state, u->desk->space->name, u->handle,
			   text, out, err);
	free(text);
	json_decref(codes);
	return rc;
}

/* Of these pages, or NULL: all. */
static int
count_pages(struct unread *u, const json_t *pages, struct err *err)
{
	struct index *x = u->desk->index;
	struct vec marked = VEC_INIT;
	char *names = pages ? jsontext_dump(pages) : NULL;
	int rc = pages ? fresh_of_pages(x, names, u->from.after, u->handle,
					&u->threads, err)
		       : fresh_threads(x, u->from.after, u->handle, &u->threads,
				       err);

	free(names);
	if (!rc)
		rc = late_add_threads(u, pages, &u->threads, err);
	if (!rc)
		rc = find_marked(u, &marked, err);
	if (!rc)
		rc = count_threads(u, &marked, &u->threads, err);
	vec_release(&marked, free);
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
	if (!rc && u->from.since)
		rc = late_load(u, err);
	return rc ? rc : load_wishes(u, err);
}

int
unread_load(struct unread *u, struct desk *d, const struct caller *who,
	    const char *page, struct err *err)
{
	int rc = unread_load_marks(u, d, who, err);

	return !rc && u->from.since ? count_page(u, page, err) : rc;
}

int
unread_turn_to(struct unread *u, const json_t *pages, struct err *err)
{
	vec_release(&u->threads, fresh_thread_free);
	return count_pages(u, pages, err);
}

/* NULL: so many that all is less work. */
static const json_t *
few_pages(const struct desk *d, const json_t *pages)
{
	return json_array_size(pages) > (size_t)d->much ? NULL : pages;
}

int
unread_load_pages(struct unread *u, struct desk *d, const struct caller *who,
		  const json_t *pages, struct err *err)
{
	int rc = unread_load_marks(u, d, who, err);

	return !rc && u->from.since ? count_pages(u, few_pages(d, pages), err)
				    : rc;
}

void
unread_release(struct unread *u)
{
	vec_release(&u->wishes, wish_free);
	vec_release(&u->threads, fresh_thread_free);
	vec_release(&u->late, fresh_remark_free);
}

size_t
unread_seek(const struct unread *u, const char *address)
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

/* Of a page, or of one of its threads. */
static long
sum_threads(const struct unread *u, const char *page, const char *code)
{
	const struct fresh_thread *t;
	long n = 0;
	size_t i;

	for (i = unread_seek(u, page); i < u->threads.len; i++) {
		t = u->threads.items[i];
		if (strcmp(t->page, page) != 0)
			break;
		if (!code || strcmp(t->code, code) == 0)
			n += t->count.n;
	}
	return n;
}

long
unread_of_page(const struct unread *u, const char *address)
{
	return sum_threads(u, address, NULL);
}

long
unread_of_thread(const struct unread *u, const char *code, const char *page)
{
	return sum_threads(u, page, code);
}

long
unread_of_row(const struct unread_rows *r, const char *address)
{
	long n = unread_of_page(&r->unread, address);

	if (unread_wish(&r->unread, address) != FOLLOW_MUTED)
		n += changed_has(&r->changed, address);
	return n;
}

void
unread_tell_row(const struct unread_rows *r, json_t *row)
{
	const char *address =
		json_string_value(json_object_get(row, "address"));
	long n = address ? unread_of_row(r, address) : 0;

	if (n > 0)
		describe_number(row, "new", n);
}

static void
tell_rows(const struct unread_rows *r, json_t *rows)
{
	json_t *row, *pages;
	size_t i;

	json_array_foreach(rows, i, row)
	{
		pages = json_object_get(row, "pages");
		if (pages)
			tell_rows(r, pages);
		else
			unread_tell_row(r, row);
	}
}

/* Not of a moment; and whoever cannot be known reads on. */
static bool
is_told(struct desk *d, const struct call *c)
{
	return !json_object_get(c->params, "at") && !desk_lacks_index(d) &&
	       !desk_need_index(d, NULL) && !desk_need_state(d, NULL);
}

static void
name_rows(const json_t *rows, json_t *out)
{
	const json_t *row, *pages, *address;
	size_t i;

	json_array_foreach(rows, i, row)
	{
		pages = json_object_get(row, "pages");
		address = json_object_get(row, "address");
		if (pages)
			name_rows(pages, out);
		else if (json_is_string(address))
			(void)json_array_append(out, (json_t *)address);
	}
}

static int
load_changed(struct changed *changed, const struct unread *u,
	     const json_t *pages, struct err *err)
{
	const json_t *few = few_pages(u->desk, pages);
	char *names = few ? jsontext_dump(few) : NULL;
	int rc = changed_load(changed, u->desk, u->handle, u->from.after, names,
			      err);

	free(names);
	return rc;
}

int
unread_open_rows(struct unread_rows *r, struct desk *d, struct call *c,
		 json_t *pages_take)
{
	int rc = 0;

	memset(r, 0, sizeof(*r));
	if (is_told(d, c))
		rc = unread_load_pages(&r->unread, d, c->caller, pages_take,
				       &c->err);
	if (!rc && r->unread.from.since)
		rc = load_changed(&r->changed, &r->unread, pages_take, &c->err);
	json_decref(pages_take);
	return rc;
}

void
unread_close_rows(struct unread_rows *r)
{
	changed_release(&r->changed);
	unread_release(&r->unread);
}

int
unread_tell_rows(struct desk *d, struct call *c)
{
	struct unread_rows told;
	json_t *rows, *pages;
	int rc;

	if (!is_told(d, c))
		return 0;
	rows = json_object_get(call_result(c), "rows");
	pages = json_array();
	name_rows(rows, pages);
	rc = unread_open_rows(&told, d, c, pages);
	if (!rc)
		tell_rows(&told, rows);
	unread_close_rows(&told);
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
