/* story.c - see story.h. */
#include "wiki/story.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "plein/path.h"
#include "state/links.h"
#include "state/overview.h"
#include "state/past_named.h"
#include "state/timeline.h"
#include "wiki/discussion.h"
#include "wiki/minutes.h"
#include "wiki/moment.h"
#include "wiki/pagetext.h"

#define LINKS_MAX 500 /* of one page that are looked at */
#define GAP_MAX 1000 /* commits that are looked through */
#define ANY_DAY "1970-01-01" /* of what is listed none counts days */

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
	vec_release(&p->actions, action_free);
	free(p);
}

static const struct story_page *
find_page(const struct story *s, const char *address)
{
	const struct story_page *p;
	size_t i;

	for (i = 0; i < s->pages.len; i++) {
		p = s->pages.items[i];
		if (strcmp(p->address, address) == 0)
			return p;
	}
	return NULL;
}

static bool
is_part(const struct story *s, const char *address)
{
	const struct story_page *p = find_page(s, address);

	return p && !p->aside;
}

static bool
is_full(const struct story *s)
{
	return s->pages.len >= STORY_PAGES_MAX;
}

static void
add_page(struct story *s, const char *address, const char *title,
	 const char *kind, bool aside)
{
	struct story_page *p;

	if (find_page(s, address))
		return;
	if (is_full(s)) {
		s->cut = s->cut || !aside;
		return;
	}
	p = mem_alloc(sizeof(*p));
	p->address = mem_strdup(address);
	p->title = title ? mem_strdup(title) : NULL;
	p->kind = mem_strdup(kind);
	p->aside = aside;
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
follow(struct story *s, size_t i, bool down, struct err *err)
{
	const struct story_page *p = s->pages.items[i];
	const struct links_part part = { 0, LINKS_MAX, true };
	struct vec rows = VEC_INIT;
	const struct links_row *row;
	size_t k;
	int rc = down ? links_to(s->index, p->address, &part, &rows, err)
		      : links_from(s->index, p->address, &part, &rows, err);

	for (k = 0; k < rows.len && !rc; k++) {
		row = rows.items[k];
		if (leads(p->kind, row, down, i == 0))
			add_page(s, row->address, row->title, row->kind, false);
	}
	vec_release(&rows, links_row_free);
	return rc;
}

/* A page that was gone has its story too, alone. Before its first version
 * there is none to tell. */
static int
begin(struct story *s, struct desk *d, const char *address, struct err *err)
{
	struct index_page *page = NULL;
	struct index_version *v = NULL, *latest = NULL;
	int rc = index_latest(d->index, address, &latest, err);

	if (!rc && timeline_version(d->index, address, s->until, &v, NULL) == 0)
		address = v->address;
	if (!rc && s->then.index)
		rc = bygone_reach(&s->then, address, err);
	if (!rc && index_page(s->index, address, &page, NULL) == 0)
		add_page(s, address, page->info.title, page->info.kind, false);
	else if (!rc)
		add_page(s, address, NULL, "", false);
	index_version_free(latest);
	index_version_free(v);
	index_page_free(page);
	return rc;
}

/* The meeting of a decision; in it may stand actions that name it. */
static int
find_meetings(struct story *s, const char *decision, struct err *err)
{
	const struct links_part part = { 0, LINKS_MAX, true };
	struct vec rows = VEC_INIT;
	const struct links_row *row;
	size_t i;
	int rc = links_from(s->index, decision, &part, &rows, err);

	for (i = 0; i < rows.len && !rc; i++) {
		row = rows.items[i];
		if (row->address && row->field && row->kind &&
		    strcmp(row->kind, "vergadering") == 0)
			add_page(s, row->address, row->title, row->kind, true);
	}
	vec_release(&rows, links_row_free);
	return rc;
}

static void
add_aside(struct story *s, const char *address)
{
	struct index_page *page = NULL;

	if (index_page(s->index, address, &page, NULL))
		return; /* it is gone meanwhile */
	add_page(s, address, page->info.title, page->info.kind, true);
	index_page_free(page);
}

/* The pages in which actions of that decision stand. */
static int
find_actions(struct story *s, const char *decision, struct err *err)
{
	const struct overview_filter f = { .on = ANY_DAY,
					   .about = decision,
					   .limit = LINKS_MAX };
	struct vec rows = VEC_INIT;
	const struct overview_row *row;
	size_t i;
	int rc = overview_list(s->index, OVERVIEW_ACTIONS, &f, &rows, err);

	for (i = 0; i < rows.len && !rc; i++) {
		row = rows.items[i];
		add_aside(s, row->address);
	}
	vec_release(&rows, overview_row_free);
	return rc;
}

/* What it was called then, of an address that it had before that. */
static int
find_address(struct story *s, struct desk *d, const char *was,
	     struct buf *address, struct err *err)
{
	char *now = NULL;
	bool moved;
	int rc = 0;

	if (index_resolve(d->index, was, &now, &moved, NULL))
		buf_str(address, was); /* it is gone meanwhile */
	else if (!s->then.index)
		buf_str(address, now);
	else
		rc = moment_address(d, s->until, now, address, err);
	free(now);
	return rc;
}

static int
add_former(struct story *s, struct desk *d, const char *was, struct err *err)
{
	struct buf address = BUF_INIT;
	int rc = find_address(s, d, was, &address, err);

	if (!rc && s->then.index)
		rc = bygone_fill(&s->then, address.ptr, err);
	if (!rc)
		add_aside(s, address.ptr);
	buf_release(&address);
	return rc;
}

/* Pages in which actions of that decision stood: where they are gone no index
 * knows of it, but old texts, as far as they were taken in. */
static int
find_former(struct story *s, struct desk *d, const char *decision,
	    struct err *err)
{
	const struct past_naming ask = { PAST_ACTION, decision, 0, s->until,
					 STORY_PAGES_MAX };
	struct vec pages = VEC_INIT;
	size_t i;
	int rc = past_naming(d->past, &ask, &pages, err);

	for (i = 0; i < pages.len && !rc; i++)
		rc = add_former(s, d, pages.items[i], err);
	vec_release(&pages, free);
	return rc;
}

static bool
is_decision(const struct story_page *p)
{
	return strcmp(p->kind, "besluit") == 0;
}

/* Actions may have come and gone where old texts were not taken in yet: in a
 * text that neither they nor the index know. */
static int
see_whether_all(struct story *s, struct desk *d, int64_t reach, struct err *err)
{
	bool missed = s->until - reach > GAP_MAX;
	int rc = 0;

	if (!missed && reach < s->until)
		rc = timeline_rewrote(d->index, reach, s->until, &missed, err);
	s->complete = !missed && (!s->then.index || s->then.complete);
	return rc;
}

/* What is known to belong there first: of the others there may be many. */
static int
find_asides(struct story *s, struct desk *d, struct err *err)
{
	const struct story_page *p;
	size_t i, n = s->pages.len;
	int64_t reach = desk_past_reach(d);
	int rc = 0;

	for (i = 0; i < n && !is_full(s) && !rc; i++) {
		p = s->pages.items[i];
		if (!is_decision(p))
			continue;
		rc = find_meetings(s, p->address, err);
		if (!rc)
			rc = find_actions(s, p->address, err);
	}
	for (i = 0; i < n && reach && !is_full(s) && !rc; i++) {
		p = s->pages.items[i];
		if (is_decision(p))
			rc = find_former(s, d, p->address, err);
	}
	return rc ? rc : see_whether_all(s, d, reach, err);
}

static int
find_pages(struct story *s, struct desk *d, struct err *err)
{
	const struct story_page *p;
	size_t i;
	int rc = 0;

	for (i = 0; i < s->pages.len && !is_full(s) && !rc; i++) {
		p = s->pages.items[i];
		if (s->then.index)
			rc = bygone_reach(&s->then, p->address, err);
		if (!rc)
			rc = follow(s, i, false, err);
		if (!rc)
			rc = follow(s, i, true, err);
	}
	return rc ? rc : find_asides(s, d, err);
}

/* --- what happened ----------------------------------------------------------- */

static void
event_free(void *item)
{
	struct story_event *e = item;

	vec_release(&e->turns, turn_free);
	vec_release(&e->acts, actlog_free);
	free(e);
}

static struct story_event *
add_event(struct story *s, struct story_page *p, int64_t seq)
{
	struct story_event *e = mem_alloc(sizeof(*e));

	e->page = p;
	e->seq = seq;
	s->told += !p->aside;
	vec_push(&s->events, e);
	return e;
}

/* The first from there on in which the page was there, or NULL. */
static const struct index_version *
find_base(const struct vec *versions, size_t i)
{
	const struct index_version *v;

	for (; i < versions->len; i++) {
		v = versions->items[i];
		if (!v->gone)
			return v;
	}
	return NULL;
}

static int
add_versions(struct story *s, struct desk *d, struct story_page *p,
	     const char *address, struct err *err)
{
	const struct index_version *v;
	struct story_event *e;
	size_t i;
	int rc = index_log(d->index, address, 0, 0, &p->versions, err);

	for (i = 0; i < p->versions.len && !rc; i++) {
		v = p->versions.items[i];
		if (v->seq > s->until)
			continue;
		e = add_event(s, p, v->seq);
		e->version = v;
		if (i + 1 < p->versions.len)
			e->before = p->versions.items[i + 1];
		e->base = find_base(&p->versions, i + 1);
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
	    const char *address, struct err *err)
{
	struct vec sorted = VEC_INIT, thread = VEC_INIT;
	const struct index_remark *r, *next;
	size_t i;
	int rc = discussion_at(d, s->until, address, NULL, &p->remarks, err);

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

/* Both are kept under the address the page has now, not that of then. */
static int
add_events(struct story *s, struct desk *d, struct story_page *p,
	   struct err *err)
{
	char *now = NULL;
	const char *address;
	int rc = s->then.index ? timeline_page(d->index, p->address, s->until,
					       &now, err)
			       : 0;

	address = now ? now : p->address;
	if (!rc)
		rc = add_versions(s, d, p, address, err);
	if (!rc && !p->aside)
		rc = add_remarks(s, d, p, address, err);
	free(now);
	return rc;
}

static int
gather_events(struct story *s, struct desk *d, struct err *err)
{
	struct story_page *p;
	size_t i;
	int rc = 0;

	for (i = 0; i < s->pages.len && !rc; i++) {
		p = s->pages.items[i];
		rc = add_events(s, d, p, err);
	}
	vec_sort(&s->events, compare_events);
	return rc;
}

int
story_gather(struct story *s, struct desk *d, const char *address, int64_t when,
	     struct err *err)
{
	int rc;

	memset(s, 0, sizeof(*s));
	rc = when ? timeline_seq_at(d->index, when, &s->until, err)
		  : index_last(d->index, &s->until, err);
	if (!rc && when)
		rc = bygone_open(&s->then, d, s->until, err);
	s->index = when ? s->then.index : d->index;
	if (!rc)
		rc = begin(s, d, address, err);
	if (!rc)
		rc = find_pages(s, d, err);
	return rc ? rc : gather_events(s, d, err);
}

void
story_release(struct story *s)
{
	vec_release(&s->events, event_free);
	vec_release(&s->pages, page_free);
	bygone_close(&s->then);
}

/* --- what turned -------------------------------------------------------------- */

/* Are there actions in such a page, and which of them are part of the story?
 * In a page of the story all; in a meeting beside it those that name one. */
static bool
has_actions(const struct story_page *p)
{
	static const char decisions[] = "besluiten/";

	return minutes_may_be(p->address) ||
	       strncmp(p->address, decisions, strlen(decisions)) == 0;
}

static bool
belongs(const struct story *s, const struct story_page *p,
	const struct action *a)
{
	return !p->aside || (a->decision && is_part(s, a->decision));
}

static void
read_actions(const struct story *s, struct story_page *p,
	     const struct buf *text)
{
	struct vec all = VEC_INIT;
	size_t i;

	actions_read(&all, text->ptr, text->len);
	for (i = 0; i < all.len; i++)
		if (belongs(s, p, all.items[i]))
			vec_push(&p->actions, all.items[i]);
		else
			action_free(all.items[i]);
	vec_release(&all, NULL);
}

/* What the page said in that version, NULL: nothing. */
static int
know(const struct story *s, struct story_page *p, struct desk *d,
     const struct index_version *v, struct err *err)
{
	struct buf text = BUF_INIT;
	int rc = v ? pagetext_load(d, v, &text, err) : 0;

	frontmatter_free(p->fields);
	p->fields = NULL;
	vec_release(&p->actions, action_free);
	p->known = v;
	if (!rc && v && !p->aside)
		(void)frontmatter_parse(&p->fields, text.ptr, text.len, NULL);
	if (!rc && v && has_actions(p))
		read_actions(s, p, &text);
	buf_release(&text);
	return rc;
}

static const char *
field_of(const struct frontmatter *fm, const char *key)
{
	const char *value = fm ? frontmatter_text(fm, key) : NULL;

	return value && value[0] && value[0] != '[' ? value : NULL;
}

/* Against what it was, also where it was gone meanwhile. */
static int
read_turns(const struct story *s, struct story_event *e, struct desk *d,
	   struct err *err)
{
	struct story_page *p = e->page;
	struct frontmatter *fields;
	struct vec actions;
	size_t i;
	int rc = p->known == e->base ? 0 : know(s, p, d, e->base, err);

	fields = p->fields;
	actions = p->actions;
	p->fields = NULL;
	p->actions = (struct vec)VEC_INIT;
	if (!rc)
		rc = know(s, p, d, e->version, err);
	for (i = 0; i < N_TURNING && !rc; i++)
		turn_add(&e->turns, turning[i], field_of(fields, turning[i]),
			 field_of(p->fields, turning[i]));
	if (!rc)
		actlog_compare(&e->acts, &actions, &p->actions);
	frontmatter_free(fields);
	vec_release(&actions, action_free);
	return rc;
}

int
story_read_turns(struct story *s, struct desk *d, size_t i, struct err *err)
{
	struct story_event *e = s->events.items[i];

	return e->version && !e->version->gone ? read_turns(s, e, d, err) : 0;
}
