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

/* Of who was named before, counting began there and goes on; of others it
 * begins now. Not while nobody knows where main is: another visit will do. */
static int
begin(struct desk *d, struct call *c)
{
	const char *handle = c->caller->handle;
	char head[MARK_HEAD];
	struct counting k;
	int rc;

	if (desk_lacks_index(d) || desk_need_index(d, NULL))
		return 0;
	rc = counting_find(d, handle, 0, &k, &c->err);
	if (rc)
		return rc;
	if (!k.since) {
		read_head(d, head);
		return visit_touch(d->state, d->space->name, handle, head,
				   &c->err);
	}
	/* before the first commit there is no place: the moment will do */
	if (timeline_commit(d->index, k.after, head, NULL))
		head[0] = '\0';
	return visit_reset(d->state, d->space->name, handle, k.since, head,
			   &c->err);
}

static int
touch(struct desk *d, struct call *c)
{
	const char *handle = c->caller->handle;
	struct visit v;
	int rc = visit_get(d->state, d->space->name, handle, &v, &c->err);

	if (rc == PLEIN_ENOTFOUND)
		return begin(d, c);
	return rc ? rc
		  : visit_touch(d->state, d->space->name, handle, v.head,
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

static void
answer_since(struct call *c, const struct counting *k, bool more)
{
	(void)json_object_set_new(c->result, "since",
				  k->since ? json_integer(k->since)
					   : json_null());
	(void)json_object_set_new(c->result, "more", json_boolean(more));
}

static int
list_pages(struct desk *d, struct call *c, const struct counting *k)
{
	json_t *rows = json_array();
	int rc = newslist_pages(d, c, k, rows);
	bool more = json_array_size(rows) > ROWS_MAX;

	if (more)
		(void)json_array_remove(rows, ROWS_MAX);
	describe_rows(c, rows);
	answer_since(c, k, more);
	return rc;
}

static int
read_kind(struct call *c, struct newslist *n)
{
	const char *only = call_text(c, "only");

	n->handle = call_text(c, "handle");
	n->folder = call_text(c, "folder");
	if (only && strcmp(only, "pages") == 0)
		n->kind = NEWSLIST_CHANGED;
	else if (only && strcmp(only, "said") == 0)
		n->kind = NEWSLIST_SAID;
	else if (only)
		return err_set(&c->err, PLEIN_EUSAGE, "only pages, or said");
	return 0;
}

/* What is asked of them is in the first part, unless it is narrowed. */
static int
list_all(struct desk *d, struct call *c, const struct counting *k)
{
	struct newslist n = { .from = *k,
			      .read = call_flag(c, "read"),
			      .begin = (size_t)call_number(c, "after", 0) };
	json_t *rows = json_array();
	int rc = read_kind(c, &n);

	if (!rc && !n.begin && n.kind == NEWSLIST_BOTH && !n.handle &&
	    !n.folder)
		n.asked = json_array();
	if (!rc)
		rc = newslist_all(d, c, &n, rows);
	describe_rows(c, rows);
	if (n.next)
		describe_number(c->result, "next", (int64_t)n.next);
	if (n.asked)
		(void)json_object_set_new(c->result, "asked", n.asked);
	answer_since(c, k, n.more);
	describe_number(c->result, "pages", n.pages);
	describe_number(c->result, "remarks", n.remarks);
	describe_number(c->result, "mentions", n.mentions);
	return rc;
}

static int
handle_news_list(struct desk *d, struct call *c)
{
	struct counting k = { 0, 0 };
	int rc = need_person(d, c);

	if (!rc)
		rc = desk_need_index(d, &c->err);
	if (!rc)
		rc = counting_find(d, c->caller->handle,
				   call_number(c, "since", 0), &k, &c->err);
	if (rc || call_flag(c, "said"))
		return rc ? rc : list_all(d, c, &k);
	rc = list_pages(d, c, &k);
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
	{ "said", PARAM_FLAG, false, 1,
	  "what was said in discussions too: unread ones first, then what "
	  "names or answers the caller, what they follow, and the rest; what "
	  "is muted is left out" },
	{ "read", PARAM_FLAG, false, 1, "with said: also what was read" },
	{ "only", PARAM_TEXT, false, 16,
	  "with said: pages, or said, and nothing of the other" },
	{ "handle", PARAM_TEXT, false, HANDLE_MAX,
	  "with said: only by this person" },
	{ "folder", PARAM_TEXT, false, ADDRESS_MAX,
	  "with said: only what lies in it" },
	{ "after", PARAM_NUMBER, false, COUNT_MAX,
	  "with said: the next of before" },
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
	  "since, the newest first; and what they said.",
	  "{rows: [{address, title, kind, state, version, from, seen, handle, "
	  "time, note}], since, more}: state is new or changed; version, "
	  "handle, time and note are of the newest version somebody else made; "
	  "seen is the version the caller read last, or 0; from is that, or "
	  "else the one there was when counting began, 0 for a new page; since "
	  "is when counting began, null when it has not; more when there was "
	  "too much (500 pages) and the oldest is left out; new as in "
	  "page.list. With said there is no new, no more than 250 rows about "
	  "pages and 250 about discussions are told, and the answer has {next, "
	  "pages, remarks, "
	  "mentions} too: what is unread, in numbers; each row has {what, "
	  "concern, unread}, what being page, mention, reply, thread (a new "
	  "one) or remark, and concern me, followed or other; and rows about "
	  "discussions are {thread, address, title, page, remark, handle, "
	  "time, text, remarks}: title of the thread and of the page, the "
	  "newest remark and the beginning of what it says, and of a thread "
	  "how many there are; late is true of one that was changed to mention "
	  "the caller: time is of that change. With said the first part of all "
	  "has asked, too: "
	  "what "
	  "waits for the caller until it is done, read or not, each {what, "
	  "concern, address, title}: what is round (a round of reflection they "
	  "did not answer: round, page, step, text, steps, until; the number "
	  "and title of the first such step, how many there are, and when it "
	  "closes), review (a decision they follow or took: body, due) or "
	  "action (theirs and overdue: title of the page, number, kind, text, "
	  "owner, due); at most 100 of each",
	  "denied usage busy corrupt", handle_news_list },
	ROWS_END,
};
