/*
 * news.c - what a person has read and what is new for them. A page is news
 * when somebody else made a version of it behind the place on main where
 * counting began, newer than the one this person read. Marks stand at the
 * address a page had; its former addresses are looked at too.
 */
#include "state/news.h"

#include <string.h>

#include "plein/clock.h"
#include "state/marks.h"
#include "state/timeline.h"
#include "wiki/call.h"
#include "wiki/describe.h"
#include "wiki/handlers.h"
#include "wiki/newslist.h"
#include "wiki/rows.h"
#include "wiki/space.h"
#include "wiki/target.h"
#include "wiki/unread.h"

/* Marks belong to a person; commands of the host are none. */
static int
need_person(struct desk *d, struct call *c)
{
	if (!c->caller->handle)
		return err_set(&c->err, PLEIN_EDENIED,
			       "reading is done by a person");
	return desk_need_state(d, &c->err);
}

/* --- marks ------------------------------------------------------------ */

/* Main as the index knows it; "" while it knows nothing. */
static void
read_head(struct desk *d, char head[MARK_HEAD])
{
	head[0] = '\0';
	if (desk_need_index(d, NULL) || index_head(d->index, head, NULL))
		head[0] = '\0';
}

static int
touch(struct desk *d, struct call *c)
{
	char head[MARK_HEAD];

	read_head(d, head);
	return visit_touch(d->state, d->space->name, c->caller->handle, head,
			   &c->err);
}

/* Only pages that are there, and no version that is not. */
static int
mark_page(struct desk *d, struct call *c, const char *name)
{
	struct index_page *page = NULL;
	char *address = NULL;
	bool moved;
	long version = call_number(c, "version", 0);
	int rc = desk_need_index(d, &c->err);

	if (!rc)
		rc = index_resolve(d->index, name, &address, &moved, &c->err);
	if (!rc)
		rc = index_page(d->index, address, &page, &c->err);
	if (!rc)
		rc = mark_put(d->state, d->space->name, c->caller->handle,
			      address, version < page->n ? version : page->n,
			      &c->err);
	index_page_free(page);
	free(address);
	return rc;
}

static int
handle_mark_read(struct desk *d, struct call *c)
{
	struct target at = TARGET_INIT;
	int rc = need_person(d, c);

	if (!rc)
		rc = target_read(&at, call_text(c, "address"), &c->err);
	if (!rc)
		rc = mark_page(d, c, at.address.ptr);
	if (!rc)
		rc = touch(d, c);
	target_release(&at);
	return rc;
}

static int
handle_mark_visit(struct desk *d, struct call *c)
{
	int rc = need_person(d, c);

	return rc ? rc : touch(d, c);
}

/* Where counting began until now, to be put back. */
static int
answer_counting(struct desk *d, struct call *c)
{
	struct visit v;
	int rc = visit_get(d->state, d->space->name, c->caller->handle, &v,
			   &c->err);

	if (rc == PLEIN_ENOTFOUND)
		return 0;
	if (rc)
		return rc;
	c->result = json_object();
	describe_number(c->result, "since", v.since);
	describe_line(c->result, "head", v.head);
	return 0;
}

static int
handle_mark_all(struct desk *d, struct call *c)
{
	long since = call_number(c, "since", 0);
	char head[MARK_HEAD];
	int rc = need_person(d, c);

	if (!rc)
		rc = answer_counting(d, c);
	if (rc)
		return rc;
	if (since)
		return visit_reset(d->state, d->space->name, c->caller->handle,
				   since, call_text(c, "head"), &c->err);
	read_head(d, head);
	return visit_reset(d->state, d->space->name, c->caller->handle,
			   clock_wall(), head, &c->err);
}

/* --- news.list -------------------------------------------------------- */

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

/* A row when it is news for this person. */
static int
add_page(struct desk *d, struct call *c, const struct counting *k,
	 const struct news_page *news, json_t *rows)
{
	struct index_page *page = NULL;
	struct index_version *v = NULL;
	long seen = 0;
	int rc = index_page(d->index, news->address, &page, &c->err);

	if (!rc)
		rc = find_seen(d, c, &page->info, &seen, &c->err);
	if (!rc && news->n > seen)
		rc = index_version(d->index, news->address, news->n, &v,
				   &c->err);
	if (!rc && v)
		(void)json_array_append_new(
			rows, describe(page, v, seen,
				       seen ? seen
					    : version_then(d, news->address,
							   k->after)));
	index_version_free(v);
	index_page_free(page);
	/* it vanished since the list was made */
	return rc == PLEIN_ENOTFOUND ? 0 : rc;
}

int
newslist_rows(struct desk *d, struct call *c, const struct counting *k,
	      json_t *rows)
{
	struct vec pages = VEC_INIT;
	size_t i;
	int rc;

	if (!k->since)
		return 0;
	rc = news_pages(d->index, k->after, c->caller->handle, &pages, &c->err);

	for (i = 0; i < pages.len && !rc; i++)
		if (json_array_size(rows) <= ROWS_MAX)
			rc = add_page(d, c, k, pages.items[i], rows);
	vec_release(&pages, news_page_free);
	return rc;
}

static void
answer_news(struct call *c, const struct counting *k, json_t *rows_take)
{
	bool more = json_array_size(rows_take) > ROWS_MAX;

	if (more)
		(void)json_array_remove(rows_take, ROWS_MAX);
	describe_rows(c, rows_take);
	(void)json_object_set_new(c->result, "since",
				  k->since ? json_integer(k->since)
					   : json_null());
	(void)json_object_set_new(c->result, "more", json_boolean(more));
}

static int
handle_news_list(struct desk *d, struct call *c)
{
	struct counting k = { 0, 0 };
	json_t *rows = json_array();
	int rc = need_person(d, c);

	if (!rc)
		rc = desk_need_index(d, &c->err);
	if (!rc)
		rc = counting_find(d, c->caller->handle,
				   call_number(c, "since", 0), &k, &c->err);
	if (!rc)
		rc = newslist_rows(d, c, &k, rows);
	answer_news(c, &k, rows);
	return rc ? rc : unread_tell_rows(d, c);
}

/* --- rows ------------------------------------------------------------- */

static const struct param all_params[] = {
	{ "since", PARAM_NUMBER, false, TIME_MAX,
	  "begin there instead, as an answer of before told" },
	{ "head", PARAM_TEXT, false, MARK_HEAD - 1, "that goes with it" },
	PARAMS_END,
};

static const struct param no_params[] = { PARAMS_END };

static const struct param read_params[] = {
	{ "address", PARAM_TEXT, true, ADDRESS_MAX, "the page" },
	{ "version", PARAM_NUMBER, true, COUNT_MAX, "that was shown" },
	PARAMS_END,
};

static const struct param list_params[] = {
	{ "since", PARAM_NUMBER, false, TIME_MAX,
	  "count from here, in seconds since 1970, instead" },
	PARAMS_END,
};

const struct method news_rows[] = {
	{ "mark.read", RIGHT_READ, PLACE_GROUPED, read_params,
	  "Notes that the caller has read this version of a page.", "{}",
	  "denied not-found rule busy no-space io corrupt", handle_mark_read },
	{ "mark.visit", RIGHT_READ, PLACE_GROUPED, no_params,
	  "Notes that the caller is here. The first time, counting of what is "
	  "new begins.",
	  "{}", "denied busy no-space io corrupt", handle_mark_visit },
	{ "mark.all", RIGHT_READ, PLACE_WRITER, all_params,
	  "Notes that the caller has read everything: counting begins anew.",
	  "{since, head}: where it began until now; missing when it had not. "
	  "To put it back, ask with these",
	  "denied busy no-space io corrupt", handle_mark_all },
	{ "news.list", RIGHT_READ, PLACE_READER, list_params,
	  "Lists the pages that others changed and the caller has not read "
	  "since, the newest first.",
	  "{rows: [{address, title, kind, state, version, from, seen, handle, "
	  "time, note}], since, more}: state is new or changed; version, "
	  "handle, "
	  "time and note are of the newest version somebody else made; seen "
	  "is the version the caller read last, or 0; from is that, or else "
	  "the "
	  "one there was when counting began, 0 for a new page; since is when "
	  "counting "
	  "began, null when it has not; more when there were over 500; new as "
	  "in page.list",
	  "denied busy corrupt", handle_news_list },
	ROWS_END,
};
