/*
 * newslist.c - see newslist.h. Remarks that name or answer somebody are a row
 * each; of the rest there is one row a thread.
 */
#include "wiki/newslist.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "state/fresh.h"
#include "state/news.h"
#include "state/timeline.h"
#include "wiki/asked.h"
#include "wiki/caller.h"
#include "wiki/call.h"
#include "wiki/changed.h"
#include "wiki/describe.h"
#include "wiki/late.h"
#include "wiki/rows.h"

/* --- pages ----------------------------------------------------------------- */

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

/* One page on its way into a list. */
struct item {
	const struct news_page *news;
	long seen; /* the version they read last, or 0 */
	bool unread;
};

static struct item
look_at(const struct seen *seen, const struct news_page *news)
{
	long version = seen_version(seen, news->address);

	return (struct item){ news, version, news->n > version };
}

static void
fill_page(struct desk *d, const struct item *item, int64_t after,
	  const struct index_version *v, json_t *row)
{
	const struct news_page *news = item->news;
	long from = item->seen && item->unread
			    ? item->seen
			    : version_then(d, news->address, after);

	describe_line(row, "address", news->address);
	describe_line(row, "title", news->title);
	describe_line(row, "kind", news->kind);
	describe_line(row, "state", from ? "changed" : "new");
	describe_number(row, "version", v->n);
	describe_number(row, "from", from);
	describe_number(row, "seen", item->seen);
	describe_line(row, "handle", v->handle);
	describe_number(row, "time", v->when);
	describe_line(row, "note", v->note);
}

static int
tell_page(struct desk *d, const struct item *item, int64_t after, json_t *row,
	  struct err *err)
{
	struct index_version *v = NULL;
	int rc = index_version(d->index, item->news->address, item->news->n, &v,
			       err);

	if (!rc)
		fill_page(d, item, after, v, row);
	index_version_free(v);
	return rc;
}

/* Pages that others changed, the newest first. They are read a part at a time:
 * who was away for long is told of few of them. */
struct walk {
	struct news_part part; /* the one to read next */
	struct vec pages; /* struct news_page *, all that were read */
	struct seen seen; /* of the part that was read last */
	size_t at;
	bool last; /* there is no part behind it */
};

static struct walk
walk_begin(const struct desk *d, int64_t after, const char *handle)
{
	return (struct walk){ .part = { .after = after,
					.handle = handle,
					.limit = (int64_t)d->news_part } };
}

static int
walk_part(struct walk *w, struct desk *d, struct err *err)
{
	struct vec more = VEC_INIT;
	size_t i;
	int rc;

	if (w->pages.len)
		w->part.behind = w->pages.items[w->pages.len - 1];
	rc = news_pages(d->index, &w->part, &more, err);
	w->last = (int64_t)more.len < w->part.limit;
	w->part.limit *= 2;
	seen_release(&w->seen);
	if (!rc)
		rc = seen_load(&w->seen, d, w->part.handle, &more, err);
	for (i = 0; i < more.len; i++)
		vec_push(&w->pages, more.items[i]);
	vec_release(&more, NULL);
	return rc;
}

/* *item.news is NULL behind the last one. */
static int
walk_next(struct walk *w, struct desk *d, struct item *item, struct err *err)
{
	int rc = 0;

	if (w->at == w->pages.len && !w->last)
		rc = walk_part(w, d, err);
	*item = (struct item){ NULL, 0, false };
	if (!rc && w->at < w->pages.len)
		*item = look_at(&w->seen, w->pages.items[w->at++]);
	return rc;
}

static void
walk_release(struct walk *w)
{
	seen_release(&w->seen);
	vec_release(&w->pages, news_page_free);
}

int
newslist_pages(struct desk *d, struct call *c, const struct counting *k,
	       json_t *rows)
{
	struct walk w = walk_begin(d, k->after, c->caller->handle);
	struct item item;
	json_t *row;
	int rc;

	if (!k->since)
		return 0;
	for (;;) {
		rc = walk_next(&w, d, &item, &c->err);
		if (rc || !item.news || json_array_size(rows) > ROWS_MAX)
			break;
		if (!item.unread)
			continue;
		row = json_object();
		rc = tell_page(d, &item, k->after, row, &c->err);
		(void)json_array_append_new(rows, row);
	}
	walk_release(&w);
	return rc;
}

int
newslist_page(const struct unread *u, const char *address, json_t *row,
	      struct err *err)
{
	struct desk *d = u->desk;
	json_t *names = json_pack("[s]", address);
	char *text = json_dumps(names, JSON_COMPACT);
	struct vec pages = VEC_INIT;
	struct seen seen = { VEC_INIT };
	struct item item;
	int rc = news_of_pages(d->index, text, u->from.after, u->handle, &pages,
			       err);

	if (!rc)
		rc = seen_load(&seen, d, u->handle, &pages, err);
	if (!rc && pages.len) {
		item = look_at(&seen, pages.items[0]);
		rc = tell_page(d, &item, u->from.after, row, err);
	}
	seen_release(&seen);
	vec_release(&pages, news_page_free);
	free(text);
	json_decref(names);
	return rc;
}

/* --- both ------------------------------------------------------------------ */

enum { CONCERN_ME, CONCERN_FOLLOWED, CONCERN_OTHER };

static const char *const concerns[] = { "me", "followed", "other" };

/* A row, and what it is ordered by; what it tells is looked up at the end, of
 * those that are asked for. */
struct entry {
	bool read;
	int concern; /* as in concerns[] */
	int64_t seq;
	const char *what;
	struct item page; /* .news is NULL: it is about a remark */
	const struct fresh_remark *remark; /* the newest of them */
	long remarks;
};

static int
compare_entries(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order = x->read - y->read;

	if (!order)
		order = x->concern - y->concern;
	return order ? order : (x->seq < y->seq) - (x->seq > y->seq);
}

/* What was said, the newest first; read a part at a time, as pages are. */
struct talkwalk {
	struct vec late; /* struct fresh_remark *: named somebody since */
	struct vec fresh; /* came since; all that were read */
	size_t at_late, at_fresh;
	bool last; /* there is no part behind them */
};

/* What is made of the list while it is gathered. */
struct gathering {
	struct desk *desk;
	struct call *call;
	struct newslist *list;
	struct unread unread; /* counted from where the list is */
	int64_t visit; /* what came up to here was read, whatever marks say */
	struct walk walk; /* through the pages */
	struct talkwalk talk; /* through what was said */
	struct vec entries; /* struct entry * */
	struct vec talks; /* struct talk * */
	size_t said; /* entries about remarks */
};

static struct entry *
add_entry(struct gathering *g, const char *what, int concern, bool unread)
{
	struct entry *e = mem_alloc(sizeof(*e));

	*e = (struct entry){ .read = !unread,
			     .concern = concern,
			     .what = what };
	vec_push(&g->entries, e);
	return e;
}

/* Is a page at this address, or what is said about it, asked for? */
static bool
is_in_folder(const struct newslist *n, const char *address)
{
	size_t len = n->folder ? strlen(n->folder) : 0;

	while (len && n->folder[len - 1] == '/')
		len--;
	return !len ||
	       (strncmp(address, n->folder, len) == 0 && address[len] == '/');
}

/* Is it the version of whom is asked for? */
static int
check_maker(struct gathering *g, const struct news_page *news, bool *is)
{
	struct index_version *v = NULL;
	int rc;

	*is = true;
	if (!g->list->handle)
		return 0;
	rc = index_version(g->desk->index, news->address, news->n, &v,
			   &g->call->err);
	*is = !rc && strcmp(v->handle, g->list->handle) == 0;
	index_version_free(v);
	return rc;
}

static int
add_page(struct gathering *g, struct item *item)
{
	const struct news_page *news = item->news;
	struct entry *e;
	enum follow f;
	bool asked = false;
	int rc = 0;

	if (item->unread || g->list->read)
		rc = check_maker(g, news, &asked);
	if (rc || !asked)
		return rc;
	f = unread_follows_page(&g->unread, news->address);
	if (g->list->read && news->seq <= g->visit)
		item->unread = false;
	if (f == FOLLOW_MUTED)
		return 0;
	e = add_entry(g, "page",
		      f == FOLLOW_YES ? CONCERN_FOLLOWED : CONCERN_OTHER,
		      item->unread);
	e->seq = news->seq;
	e->page = *item;
	g->list->pages += item->unread;
	return 0;
}

static int
add_pages(struct gathering *g)
{
	struct err *err = &g->call->err;
	struct item item;
	int rc;

	g->walk = walk_begin(g->desk, g->list->from.after, g->unread.handle);
	while (!(rc = walk_next(&g->walk, g->desk, &item, err)) && item.news) {
		if (!is_in_folder(g->list, item.news->address))
			continue;
		if (g->entries.len == NEWSLIST_PAGES) {
			g->list->more = true;
			break;
		}
		rc = add_page(g, &item);
		if (rc)
			break;
	}
	return rc;
}

/* A thread in which something was said. */
struct talk {
	const char *code;
	struct fresh_place place;
	enum follow follow; /* FOLLOW_AUTO until it is looked up */
	struct entry *rows[2]; /* all that is not for them: read, unread */
};

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
	t = mem_alloc(sizeof(*t));
	t->code = r->thread;
	t->place = unread_place_in(&g->unread, r->thread);
	vec_push(&g->talks, t);
	return t;
}

static int64_t
place_of(const struct fresh_remark *r)
{
	return r->late > r->seq ? r->late : r->seq;
}

static bool
is_unread(const struct gathering *g, const struct talk *t,
	  const struct fresh_remark *r)
{
	if (r->late > g->visit && !late_is_read(&g->unread, r->name))
		return true;
	if (r->seq <= g->visit || r->seq < t->place.seq)
		return false;
	return r->seq > t->place.seq ||
	       (t->place.name[0] && strcmp(r->name, t->place.name) > 0);
}

static struct entry *
add_said(struct gathering *g, const char *what, int concern, bool unread,
	 const struct fresh_remark *r)
{
	struct entry *e = add_entry(g, what, concern, unread);

	e->seq = place_of(r);
	e->remark = r;
	g->said++;
	return e;
}

/* What is not for them is one row a thread, of its newest remark. */
static void
fold_remark(struct gathering *g, struct talk *t, const struct fresh_remark *r,
	    bool unread)
{
	if (!t->rows[unread])
		t->rows[unread] =
			add_said(g, "remark",
				 t->follow == FOLLOW_YES ? CONCERN_FOLLOWED
							 : CONCERN_OTHER,
				 unread, r);
	t->rows[unread]->remarks++;
	if (r->begins)
		t->rows[unread]->what = "thread";
}

static void
add_remark(struct gathering *g, const struct fresh_remark *r)
{
	struct talk *t = find_talk(g, r);
	bool unread = is_unread(g, t, r), own = r->mentions || r->answers;

	if (!unread && !g->list->read)
		return;
	if (t->follow == FOLLOW_AUTO)
		t->follow =
			unread_follows_thread(&g->unread, r->thread, r->page);
	if (!own && t->follow == FOLLOW_MUTED)
		return;
	if (own)
		add_said(g, r->mentions ? "mention" : "reply", CONCERN_ME,
			 unread, r)
			->remarks = 1;
	else
		fold_remark(g, t, r, unread);
	g->list->mentions += unread && r->mentions;
	g->list->remarks += unread && !r->mentions;
}

static bool
is_asked(const struct newslist *n, const struct fresh_remark *r)
{
	return is_in_folder(n, r->page) &&
	       (!n->handle || strcmp(r->handle, n->handle) == 0);
}

/* Read at once: they are few. What came since is among them, too, if a change
 * of it names them. */
static int
walk_late(struct gathering *g)
{
	const struct fresh_later later = { g->list->from.after,
					   g->unread.handle, "[]",
					   NEWSLIST_REMARKS };
	int rc = fresh_late(g->desk->index, &later, &g->talk.late,
			    &g->call->err);

	g->list->more |= g->talk.late.len >= NEWSLIST_REMARKS;
	return rc;
}

/* A part of what came since, twice as many as all before. */
static int
walk_fresh(struct gathering *g)
{
	struct vec *all = &g->talk.fresh;
	size_t n = all->len, most = n ? 2 * n : g->desk->news_part;
	struct fresh_part part = { .after = g->list->from.after,
				   .handle = g->unread.handle,
				   .behind = n ? all->items[n - 1] : NULL };
	int rc;

	if (n + most > NEWSLIST_REMARKS)
		most = NEWSLIST_REMARKS - n;
	part.limit = (long)most;
	rc = fresh_remarks(g->desk->index, &part, all, &g->call->err);
	g->talk.last = all->len < n + most || all->len == NEWSLIST_REMARKS;
	g->list->more |= all->len == NEWSLIST_REMARKS;
	return rc;
}

/* The next of those that no change names late, NULL behind the last one. */
static int
peek_fresh(struct gathering *g, const struct fresh_remark **out)
{
	struct talkwalk *w = &g->talk;
	const struct fresh_remark *r;
	int rc = 0;

	*out = NULL;
	while (!rc && !*out) {
		if (w->at_fresh == w->fresh.len && w->last)
			break;
		if (w->at_fresh == w->fresh.len) {
			rc = walk_fresh(g);
			continue;
		}
		r = w->fresh.items[w->at_fresh];
		if (r->late)
			w->at_fresh++;
		else
			*out = r;
	}
	return rc;
}

static int
next_said(struct gathering *g, const struct fresh_remark **out)
{
	struct talkwalk *w = &g->talk;
	const struct fresh_remark *late =
		w->at_late < w->late.len ? w->late.items[w->at_late] : NULL;
	int rc = peek_fresh(g, out);

	if (!rc && late && (!*out || place_of(late) >= place_of(*out))) {
		*out = late;
		w->at_late++;
	} else if (!rc && *out) {
		w->at_fresh++;
	}
	return rc;
}

static int
add_remarks(struct gathering *g)
{
	const struct fresh_remark *r;
	int rc = walk_late(g);

	while (!rc && !(rc = next_said(g, &r)) && r) {
		if (g->said == NEWSLIST_ROWS) {
			g->list->more = true;
			break;
		}
		if (is_asked(g->list, r))
			add_remark(g, r);
	}
	return rc;
}

/* --- rows ------------------------------------------------------------------ */

static int
tell_remark(struct gathering *g, const struct entry *e, json_t *row)
{
	const struct fresh_remark *r = e->remark;
	char *title = NULL, *body = NULL, *page = NULL;
	int rc = fresh_words(g->desk->index, r->name, &title, &body,
			     &g->call->err);

	if (!rc)
		rc = news_title(g->desk->index, r->page, &page, &g->call->err);
	if (!rc) {
		describe_line(row, "thread", r->thread);
		describe_line(row, "address", r->page);
		describe_line(row, "title", title);
		describe_line(row, "page", page);
		describe_line(row, "remark", r->name);
		describe_line(row, "handle", r->handle);
		describe_number(row, "time", r->when);
		(void)json_object_set_new(row, "text",
					  call_json(body, strlen(body)));
		describe_number(row, "remarks", e->remarks);
		if (r->late)
			(void)json_object_set_new(row, "late", json_true());
	}
	free(title);
	free(body);
	free(page);
	return rc;
}

static int
tell_entry(struct gathering *g, const struct entry *e, json_t *rows)
{
	json_t *row = json_object();
	int rc;

	describe_line(row, "what", e->what);
	describe_line(row, "concern", concerns[e->concern]);
	(void)json_object_set_new(row, "unread", json_boolean(!e->read));
	rc = e->remark ? tell_remark(g, e, row)
		       : tell_page(g->desk, &e->page, g->list->from.after, row,
				   &g->call->err);
	(void)json_array_append_new(rows, row);
	return rc;
}

static int
tell_part(struct gathering *g, json_t *rows)
{
	size_t i = g->list->begin;
	int rc = 0;

	vec_sort(&g->entries, compare_entries);
	for (; i < g->entries.len && i < g->list->begin + ROWS_MAX && !rc; i++)
		rc = tell_entry(g, g->entries.items[i], rows);
	g->list->next = i < g->entries.len ? i : 0;
	return rc;
}

int
newslist_all(struct desk *d, struct call *c, struct newslist *n, json_t *rows)
{
	struct gathering g = { .desk = d, .call = c, .list = n };
	int rc = unread_load_marks(&g.unread, d, c->caller, &c->err);

	if (n->read)
		g.visit = g.unread.from.after;
	if (!rc && n->asked)
		rc = asked_rows(d, c, &g.unread, n->asked);
	if (!rc && n->from.since && n->kind != NEWSLIST_SAID)
		rc = add_pages(&g);
	if (!rc && n->from.since && n->kind != NEWSLIST_CHANGED)
		rc = add_remarks(&g);
	if (!rc)
		rc = tell_part(&g, rows);
	vec_release(&g.entries, free);
	vec_release(&g.talks, free);
	vec_release(&g.talk.late, fresh_remark_free);
	vec_release(&g.talk.fresh, fresh_remark_free);
	walk_release(&g.walk);
	unread_release(&g.unread);
	return rc;
}
