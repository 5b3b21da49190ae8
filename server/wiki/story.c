/* story.c - see story.h. */
#include "wiki/story.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "state/links.h"
#include "state/timeline.h"
#include "wiki/discussion.h"
#include "wiki/pagetext.h"

#define LINKS_MAX 500 /* of one page that are looked at */

static const char *const turning[] = { "status", "stand", "uitkomst" };

#define N_TURNING (sizeof(turning) / sizeof(turning[0]))

/* --- which pages ------------------------------------------------------------ */

/*
 * From a page of kind `from`, by `field`, to one of kind `to`: its story is
 * part of ours. `down`: the other page has the field.
 */
static const struct step {
	const char *from, *field, *to;
	bool down;
	bool first; /* only from the page itself */
} steps[] = {
	{ "besluit", "hoort_bij", "vraagstuk", false, false },
	{ "besluit", "hoort_bij", "standpunt", false, false },
	{ "besluit", "hoort_bij", "reflectie", false, false },
	{ "besluit", "vervangt", "besluit", false, false },
	{ "standpunt", "hoort_bij", "vraagstuk", false, false },
	{ "reflectie", "hoort_bij", "vraagstuk", false, true },
	{ "vraagstuk", "hoort_bij", "standpunt", true, false },
	{ "vraagstuk", "hoort_bij", "reflectie", true, false },
	{ "vraagstuk", "hoort_bij", "besluit", true, true },
	{ "thema", "hoort_bij", "vraagstuk", true, true },
	{ "thema", "hoort_bij", "standpunt", true, true },
	{ "thema", "hoort_bij", "reflectie", true, true },
	{ "thema", "hoort_bij", "besluit", true, true },
};

#define N_STEPS (sizeof(steps) / sizeof(steps[0]))

static void
page_free(void *item)
{
	struct story_page *p = item;

	free(p->address);
	free(p->title);
	free(p->kind);
	vec_release(&p->versions, index_version_free);
	vec_release(&p->remarks, index_remark_free);
	frontmatter_free(p->fields);
	free(p);
}

static bool
is_part(const struct story *s, const char *address)
{
	const struct story_page *p;
	size_t i;

	for (i = 0; i < s->pages.len; i++) {
		p = s->pages.items[i];
		if (strcmp(p->address, address) == 0)
			return true;
	}
	return false;
}

static void
add_page(struct story *s, const char *address, const char *title,
	 const char *kind)
{
	struct story_page *p;

	if (s->pages.len >= STORY_PAGES_MAX || is_part(s, address))
		return;
	p = mem_alloc(sizeof(*p));
	p->address = mem_strdup(address);
	p->title = title ? mem_strdup(title) : NULL;
	p->kind = mem_strdup(kind);
	vec_push(&s->pages, p);
}

static bool
leads(const char *from, const struct links_row *row, bool down, bool first)
{
	const struct step *t;
	size_t i;

	if (!row->address || !row->field || !row->kind)
		return false;
	for (i = 0; i < N_STEPS; i++) {
		t = &steps[i];
		if (t->down == down && (first || !t->first) &&
		    strcmp(t->from, from) == 0 &&
		    strcmp(t->field, row->field) == 0 &&
		    strcmp(t->to, row->kind) == 0)
			return true;
	}
	return false;
}

/* The pages next to the i-th. */
static int
follow(struct story *s, struct desk *d, size_t i, bool down, struct err *err)
{
	const struct story_page *p = s->pages.items[i];
	const struct links_part part = { 0, LINKS_MAX };
	struct vec rows = VEC_INIT;
	const struct links_row *row;
	size_t k;
	int rc = down ? links_to(d->index, p->address, &part, &rows, err)
		      : links_from(d->index, p->address, &part, &rows, err);

	for (k = 0; k < rows.len && !rc; k++) {
		row = rows.items[k];
		if (leads(p->kind, row, down, i == 0))
			add_page(s, row->address, row->title, row->kind);
	}
	vec_release(&rows, links_row_free);
	return rc;
}

/* A page that is gone has its story too, alone. */
static int
begin(struct story *s, struct desk *d, const char *address, struct err *err)
{
	struct index_page *page = NULL;
	struct index_version *v = NULL;
	int rc = index_page(d->index, address, &page, err);

	if (rc == PLEIN_ENOTFOUND) {
		rc = index_latest(d->index, address, &v, err);
		if (!rc)
			add_page(s, address, NULL, "");
	} else if (!rc) {
		add_page(s, address, page->info.title, page->info.kind);
	}
	index_version_free(v);
	index_page_free(page);
	return rc;
}

static int
find_pages(struct story *s, struct desk *d, const char *address,
	   struct err *err)
{
	size_t i;
	int rc = begin(s, d, address, err);

	for (i = 0; i < s->pages.len && !rc; i++) {
		rc = follow(s, d, i, false, err);
		if (!rc)
			rc = follow(s, d, i, true, err);
	}
	return rc;
}

/* --- what happened ----------------------------------------------------------- */

static void
turn_free(void *item)
{
	struct story_turn *t = item;

	free(t->from);
	free(t->to);
	free(t);
}

static void
event_free(void *item)
{
	struct story_event *e = item;

	vec_release(&e->turns, turn_free);
	free(e);
}

static struct story_event *
add_event(struct story *s, struct story_page *p, int64_t seq)
{
	struct story_event *e = mem_alloc(sizeof(*e));

	e->page = p;
	e->seq = seq;
	vec_push(&s->events, e);
	return e;
}

static int
add_versions(struct story *s, struct desk *d, struct story_page *p,
	     int64_t until, struct err *err)
{
	const struct index_version *v;
	struct story_event *e;
	size_t i;
	int rc = index_log(d->index, p->address, 0, 0, &p->versions, err);

	for (i = 0; i < p->versions.len && !rc; i++) {
		v = p->versions.items[i];
		if (v->seq > until)
			continue;
		e = add_event(s, p, v->seq);
		e->version = v;
		if (i + 1 < p->versions.len)
			e->before = p->versions.items[i + 1];
	}
	return rc;
}

/* The first of a thread has its title. */
static const char *
title_of(const struct vec *remarks, const char *thread)
{
	const struct index_remark *r;
	size_t i;

	for (i = 0; i < remarks->len; i++) {
		r = remarks->items[i];
		if (r->is.title && strcmp(r->thread, thread) == 0)
			return r->is.title;
	}
	return NULL;
}

static int
compare_threads(const void *a, const void *b)
{
	const struct index_remark *x = a, *y = b;

	return strcmp(x->thread, y->thread);
}

/* The remarks of one thread, with their numbers. */
static void
add_thread(struct story *s, struct story_page *p, const struct vec *remarks)
{
	const struct index_remark *first = remarks->items[0];
	const char *title = title_of(remarks, first->thread);
	struct numbered *all = discussion_number(remarks);
	struct story_event *e;
	size_t i;

	for (i = 0; i < remarks->len; i++) {
		e = add_event(s, p, all[i].remark->seq);
		e->remark = all[i].remark;
		e->thread_title = title;
		e->n = all[i].n;
		e->m = all[i].m;
	}
	free(all);
}

static int
add_remarks(struct story *s, struct desk *d, struct story_page *p,
	    int64_t until, struct err *err)
{
	struct vec sorted = VEC_INIT, thread = VEC_INIT;
	const struct index_remark *r, *next;
	size_t i;
	int rc = discussion_at(d, until, p->address, NULL, &p->remarks, err);

	for (i = 0; i < p->remarks.len && !rc; i++)
		vec_push(&sorted, p->remarks.items[i]);
	vec_sort(&sorted, compare_threads);
	for (i = 0; i < sorted.len; i++) {
		r = sorted.items[i];
		next = i + 1 < sorted.len ? sorted.items[i + 1] : NULL;
		vec_push(&thread, (void *)r);
		if (next && strcmp(next->thread, r->thread) == 0)
			continue;
		add_thread(s, p, &thread);
		thread.len = 0;
	}
	vec_release(&thread, NULL);
	vec_release(&sorted, NULL);
	return rc;
}

/* Within one commit pages come before what is said of them, then as numbered. */
static int
compare_events(const void *a, const void *b)
{
	const struct story_event *x = a, *y = b;
	int order = (x->seq > y->seq) - (x->seq < y->seq);

	if (!order)
		order = !x->version - !y->version;
	if (!order)
		order = strcmp(x->page->address, y->page->address);
	if (!order && x->remark)
		order = strcmp(x->remark->name, y->remark->name);
	return order;
}

int
story_gather(struct story *s, struct desk *d, const char *address, int64_t when,
	     struct err *err)
{
	int64_t until = 0;
	size_t i;
	int rc;

	memset(s, 0, sizeof(*s));
	rc = when ? timeline_seq_at(d->index, when, &until, err)
		  : index_last(d->index, &until, err);
	if (!rc)
		rc = find_pages(s, d, address, err);
	for (i = 0; i < s->pages.len && !rc; i++) {
		rc = add_versions(s, d, s->pages.items[i], until, err);
		if (!rc)
			rc = add_remarks(s, d, s->pages.items[i], until, err);
	}
	vec_sort(&s->events, compare_events);
	return rc;
}

void
story_release(struct story *s)
{
	vec_release(&s->events, event_free);
	vec_release(&s->pages, page_free);
}

/* --- what turned -------------------------------------------------------------- */

static int
read_fields(struct desk *d, const struct index_version *v,
	    struct frontmatter **fm, struct err *err)
{
	struct buf text = BUF_INIT;
	int rc = pagetext_load(d, v, &text, err);

	if (!rc)
		(void)frontmatter_parse(fm, text.ptr, text.len, NULL);
	buf_release(&text);
	return rc;
}

/* What the page said in that version, NULL: nothing. */
static int
know(struct story_page *p, struct desk *d, const struct index_version *v,
     struct err *err)
{
	frontmatter_free(p->fields);
	p->fields = NULL;
	p->known = v;
	return v ? read_fields(d, v, &p->fields, err) : 0;
}

static const char *
field_of(const struct frontmatter *fm, const char *key)
{
	const char *value = fm ? frontmatter_text(fm, key) : NULL;

	return value && value[0] && value[0] != '[' ? value : NULL;
}

static void
add_turn(struct story_event *e, const char *field, const char *from,
	 const char *to)
{
	struct story_turn *t;

	if ((!from && !to) || (from && to && strcmp(from, to) == 0))
		return;
	t = mem_alloc(sizeof(*t));
	t->field = field;
	t->from = from ? mem_strdup(from) : NULL;
	t->to = to ? mem_strdup(to) : NULL;
	vec_push(&e->turns, t);
}

static int
read_turns(struct story_event *e, struct desk *d, struct err *err)
{
	const struct index_version *before = e->before;
	struct story_page *p = e->page;
	struct frontmatter *is = NULL;
	size_t i;
	int rc = 0;

	if (p->known != before || !before)
		rc = know(p, d, before, err);
	if (!rc)
		rc = read_fields(d, e->version, &is, err);
	for (i = 0; i < N_TURNING && !rc; i++)
		add_turn(e, turning[i], field_of(p->fields, turning[i]),
			 field_of(is, turning[i]));
	frontmatter_free(p->fields);
	p->fields = is;
	p->known = e->version;
	return rc;
}

int
story_read_turns(struct story *s, struct desk *d, size_t from, size_t to,
		 struct err *err)
{
	struct story_event *e;
	size_t i;
	int rc = 0;

	for (i = from; i < to && i < s->events.len && !rc; i++) {
		e = s->events.items[i];
		if (e->version && !e->version->gone)
			rc = read_turns(e, d, err);
	}
	return rc;
}
