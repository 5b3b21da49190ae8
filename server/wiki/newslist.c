/*
 * newslist.c - see newslist.h. Remarks that name or answer somebody are a row
 * each; of the rest there is one row a thread.
 */
#include "wiki/newslist.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "state/fresh.h"
#include "state/marks.h"
#include "state/news.h"
#include "state/timeline.h"
#include "wiki/asked.h"
#include "wiki/caller.h"
#include "wiki/call.h"
#include "wiki/describe.h"
#include "wiki/rows.h"
#include "wiki/space.h"

/* --- pages ----------------------------------------------------------------- */

/* The version this person read last, under any address of the page. */
static int
find_seen(struct desk *d, const struct call *c, const struct page_info *page,
	  long *seen, struct err *err)
{
	const char *handle = c->caller->handle;
	long version;
	size_t i;
	int rc = mark_get(d->state, d->space->name, handle, page->address, seen,
			  err);

	for (i = 0; i < page->aliases.len && !rc; i++) {
		rc = mark_get(d->state, d->space->name, handle,
			      page->aliases.items[i], &version, err);
		if (version > *seen)
			*seen = version;
	}
	return rc;
}

/* The version the page had when counting began; 0: it was not there. */
static long
version_then(struct desk *d, const char *address, int64_t after)
{
	struct index_version *v = NULL;
	long n = 0;

	if (!timeline_version(d->index, address, after, &v, NULL) && !v->gone)
		n = v->n;
	index_version_free(v);
	return n;
}

static json_t *
describe(const struct index_page *page, const struct index_version *v,
	 long seen, long from)
{
	json_t *row = json_object();

	describe_line(row, "address", page->info.address);
	describe_line(row, "title", page->info.title);
	describe_line(row, "kind", page->info.kind);
	describe_line(row, "state", from ? "changed" : "new");
	describe_number(row, "version", v->n);
	describe_number(row, "from", from);
	describe_number(row, "seen", seen);
	describe_line(row, "handle", v->handle);
	describe_number(row, "time", v->when);
	describe_line(row, "note", v->note);
	return row;
}

/* One page on its way into a list. */
struct item {
	const struct news_page *news;
	bool read; /* it may have been read */
	bool unread;
	json_t *row; /* NULL: it is none */
};

/* A row when it is news for this person. */
static int
make_item(struct desk *d, struct call *c, const struct counting *k,
	  struct item *item)
{
	const struct news_page *news = item->news;
	struct index_page *page = NULL;
	struct index_version *v = NULL;
	long seen = 0;
	int rc = index_page(d->index, news->address, &page, &c->err);

	if (!rc)
		rc = find_seen(d, c, &page->info, &seen, &c->err);
	item->unread = news->n > seen;
	if (!rc && (item->unread || item->read))
		rc = index_version(d->index, news->address, news->n, &v,
				   &c->err);
	if (!rc && v)
		item->row = describe(
			page, v, seen,
			seen && item->unread
				? seen
				: version_then(d, news->address, k->after));
	index_version_free(v);
	index_page_free(page);
	/* it vanished since the list was made */
	return rc == PLEIN_ENOTFOUND ? 0 : rc;
}

int
newslist_pages(struct desk *d, struct call *c, const struct counting *k,
	       json_t *rows)
{
	struct vec pages = VEC_INIT;
	struct item item;
	size_t i;
	int rc;

	if (!k->since)
		return 0;
	rc = news_pages(d->index, k->after, c->caller->handle, &pages, &c->err);
	for (i = 0; i < pages.len && !rc; i++) {
		item = (struct item){ .news = pages.items[i] };
		if (json_array_size(rows) <= ROWS_MAX)
			rc = make_item(d, c, k, &item);
		if (item.row)
			(void)json_array_append_new(rows, item.row);
	}
	vec_release(&pages, news_page_free);
	return rc;
}

/* --- both ------------------------------------------------------------------ */

/* A row and what it is ordered by. */
struct entry {
	bool read;
	int concern; /* as in concerns[] */
	int64_t seq;
	json_t *row;
};

enum { CONCERN_ME, CONCERN_FOLLOWED, CONCERN_OTHER };

static const char *const concerns[] = { "me", "followed", "other" };

static void
free_entry(void *item)
{
	struct entry *e = item;

	json_decref(e->row);
	free(e);
}

static int
compare_entries(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order = x->read - y->read;

	if (!order)
		order = x->concern - y->concern;
	return order ? order : (x->seq < y->seq) - (x->seq > y->seq);
}

static struct entry *
add_entry(struct vec *entries, const char *what, int concern, bool unread)
{
	struct entry *e = mem_alloc(sizeof(*e));

	*e = (struct entry){ .read = !unread,
			     .concern = concern,
			     .row = json_object() };
	describe_line(e->row, "what", what);
	describe_line(e->row, "concern", concerns[concern]);
	(void)json_object_set_new(e->row, "unread", json_boolean(unread));
	vec_push(entries, e);
	return e;
}

/* What is made of the list while it is gathered. */
struct gathering {
	struct desk *desk;
	struct call *call;
	struct newslist *list;
	struct unread unread; /* counted from where the list is */
	int64_t visit; /* what came up to here was read, whatever marks say */
	struct vec entries; /* struct entry * */
	struct vec talks; /* struct talk * */
};

static int
add_page(struct gathering *g, const struct news_page *news)
{
	struct item item = { .news = news, .read = g->list->read };
	struct entry *e;
	enum follow f;
	int rc = make_item(g->desk, g->call, &g->list->from, &item);

	if (rc || !item.row)
		return rc;
	f = unread_follows_page(&g->unread, news->address);
	if (g->list->read && news->seq <= g->visit)
		item.unread = false;
	if (f != FOLLOW_MUTED) {
		e = add_entry(&g->entries, "page",
			      f == FOLLOW_YES ? CONCERN_FOLLOWED
					      : CONCERN_OTHER,
			      item.unread);
		e->seq = news->seq;
		(void)json_object_update(e->row, item.row);
		g->list->pages += item.unread;
	}
	json_decref(item.row);
	return 0;
}

static int
add_pages(struct gathering *g)
{
	struct vec pages = VEC_INIT;
	size_t i;
	int rc = news_pages(g->desk->index, g->list->from.after,
			    g->unread.handle, &pages, &g->call->err);

	for (i = 0; i < pages.len && i < ROWS_MAX && !rc; i++)
		rc = add_page(g, pages.items[i]);
	g->list->more |= pages.len > ROWS_MAX;
	vec_release(&pages, news_page_free);
	return rc;
}

/* A thread of which something is told. */
struct talk {
	char *code;
	char *title; /* of its page, or NULL */
	struct fresh_place place; /* of that one */
	enum follow follow;
	struct entry *rows[2]; /* all that is not for them: read, unread */
};

static void
free_talk(void *item)
{
	struct talk *t = item;

	free(t->code);
	free(t->title);
	free(t);
}

static struct talk *
make_talk(struct gathering *g, const struct fresh_remark *r)
{
	struct talk *t = mem_alloc(sizeof(*t));
	struct index_page *page = NULL;

	t->code = mem_strdup(r->thread);
	t->place = unread_place(&g->unread, r->thread, r->was);
	t->follow = unread_follows_thread(&g->unread, r->thread, r->page);
	if (!index_page(g->desk->index, r->page, &page, NULL)) {
		t->title = mem_strdup(page->info.title);
		index_page_free(page);
	}
	vec_push(&g->talks, t);
	return t;
}

static struct talk *
find_talk(struct gathering *g, const struct fresh_remark *r)
{
	struct talk *t;
	size_t i;

	for (i = g->talks.len; i-- > 0;) {
		t = g->talks.items[i];
		if (strcmp(t->code, r->thread) == 0)
			return t;
	}
	return make_talk(g, r);
}

static bool
is_unread(const struct gathering *g, const struct talk *t,
	  const struct fresh_remark *r)
{
	if (r->seq <= g->visit || r->seq < t->place.seq)
		return false;
	return r->seq > t->place.seq ||
	       (t->place.name && strcmp(r->name, t->place.name) > 0);
}

static void
describe_remark(json_t *row, const struct talk *t, const struct fresh_remark *r)
{
	describe_line(row, "thread", r->thread);
	describe_line(row, "address", r->page);
	describe_line(row, "title", r->title);
	describe_line(row, "page", t->title);
	describe_line(row, "remark", r->name);
	describe_line(row, "handle", r->handle);
	describe_number(row, "time", r->when);
	(void)json_object_set_new(row, "text",
				  call_json(r->body, strlen(r->body)));
	describe_number(row, "remarks", 1);
}

/* What is not for them is one row a thread, of its newest remark. */
static void
fold_remark(struct gathering *g, struct talk *t, const struct fresh_remark *r,
	    bool unread)
{
	struct entry *e = t->rows[unread];
	json_int_t n;

	if (!e) {
		e = add_entry(&g->entries, "remark",
			      t->follow == FOLLOW_YES ? CONCERN_FOLLOWED
						      : CONCERN_OTHER,
			      unread);
		e->seq = r->seq;
		describe_remark(e->row, t, r);
		t->rows[unread] = e;
	} else {
		n = json_integer_value(json_object_get(e->row, "remarks"));
		describe_number(e->row, "remarks", n + 1);
	}
	if (r->begins)
		describe_line(e->row, "what", "thread");
}

static void
add_remark(struct gathering *g, const struct fresh_remark *r)
{
	struct talk *t = find_talk(g, r);
	bool unread = is_unread(g, t, r), own = r->mentions || r->answers;
	struct entry *e;

	if ((!unread && !g->list->read) || (!own && t->follow == FOLLOW_MUTED))
		return;
	if (own) {
		e = add_entry(&g->entries, r->mentions ? "mention" : "reply",
			      CONCERN_ME, unread);
		e->seq = r->seq;
		describe_remark(e->row, t, r);
	} else {
		fold_remark(g, t, r, unread);
	}
	g->list->mentions += unread && r->mentions;
	g->list->remarks += unread && !r->mentions;
}

#define REMARKS_MAX 2000 /* that are looked at, the newest */

static int
add_remarks(struct gathering *g)
{
	struct vec remarks = VEC_INIT;
	size_t i;
	int rc = fresh_remarks(g->desk->index, g->list->from.after,
			       g->unread.handle, REMARKS_MAX, &remarks,
			       &g->call->err);

	for (i = 0; i < remarks.len && !rc; i++)
		add_remark(g, remarks.items[i]);
	g->list->more |= remarks.len == REMARKS_MAX;
	vec_release(&remarks, fresh_remark_free);
	return rc;
}

int
newslist_all(struct desk *d, struct call *c, struct newslist *n, json_t *rows)
{
	struct gathering g = { .desk = d, .call = c, .list = n };
	const struct entry *e;
	size_t i;
	int rc = unread_load_marks(&g.unread, d, c->caller, &c->err);

	if (n->read)
		g.visit = g.unread.from.after;
	if (!rc && n->asked)
		rc = asked_rows(d, c, &g.unread, n->asked);
	if (!rc && n->from.since)
		rc = add_pages(&g);
	if (!rc && n->from.since)
		rc = add_remarks(&g);
	vec_sort(&g.entries, compare_entries);
	for (i = 0; i < g.entries.len; i++) {
		e = g.entries.items[i];
		(void)json_array_append(rows, e->row);
	}
	vec_release(&g.entries, free_entry);
	vec_release(&g.talks, free_talk);
	unread_release(&g.unread);
	return rc;
}
