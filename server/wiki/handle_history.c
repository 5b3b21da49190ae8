/*
 * handle_history.c - page.history: the versions of a page and what happened in
 * its discussions, newest first. A page that was renamed had its discussions at
 * the addresses it had then.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "state/remarks.h"
#include "state/timeline.h"
#include "wiki/call.h"
#include "wiki/describe.h"
#include "wiki/handlers.h"
#include "wiki/minutes.h"
#include "wiki/moment.h"
#include "wiki/part.h"
#include "wiki/rows.h"
#include "wiki/target.h"

#define CURSOR_MAX (PATH_MAX_LEN + 24)

struct history {
	struct target page;
	bool text, talk; /* what is told */
	size_t limit; /* rows */
	/* Where it ends: before the remark `name` of the commit `seq`, or ("")
	 * before that commit. */
	int64_t seq;
	const char *name;
	int64_t floor; /* the first place on main of which it is told */
	struct vec versions; /* struct index_version * */
	struct vec events; /* struct remark_event * */
	long newest; /* version */
	size_t read; /* bytes, to tell what came after adoption */
};

/* --- what is asked ---------------------------------------------------------- */

/* "<seq>/<name>", as an answer of before told. */
static int
read_cursor(struct history *h, const char *before, struct err *err)
{
	char *slash;

	if (!before)
		return 0;
	h->seq = strtoll(before, &slash, 10);
	if (h->seq < 1 || *slash != '/')
		return err_set(err, PLEIN_EUSAGE, "no cursor of this list");
	h->name = slash + 1;
	return 0;
}

/* Behind the last place that is too old. */
static int
read_since(struct history *h, struct desk *d, struct call *c, struct err *err)
{
	int64_t since = call_number(c, "since", 0);
	int rc;

	if (!since)
		return 0;
	rc = timeline_seq_at(d->index, since - 1, &h->floor, err);
	h->floor++;
	return rc;
}

/* Another page may have the address now: then it is about the one of then. */
static int
read_moment(struct history *h, struct desk *d, long when, struct err *err)
{
	char *home = NULL;
	int rc = timeline_seq_at(d->index, when, &h->seq, err);

	if (!rc)
		rc = moment_home(d, h->seq, h->page.address.ptr, &home, err);
	if (home) {
		buf_reset(&h->page.address);
		buf_str(&h->page.address, home);
	}
	free(home);
	return rc;
}

static int
read_params(struct history *h, struct desk *d, struct call *c, struct err *err)
{
	const char *only = call_text(c, "only");
	long limit = call_number(c, "limit", 0);
	int rc = desk_need_index(d, err);

	h->text = !only || strcmp(only, "text") == 0;
	h->talk = !only || strcmp(only, "talk") == 0;
	h->limit = limit > 0 && limit < ROWS_MAX ? (size_t)limit : ROWS_MAX;
	h->name = "";
	if (!h->text && !h->talk)
		return err_set(err, PLEIN_EUSAGE, "text or talk");
	if (!rc && json_object_get(c->params, "at"))
		rc = read_moment(h, d, call_number(c, "at", 0), err);
	else if (!rc)
		rc = index_last(d->index, &h->seq, err);
	return rc ? rc : read_since(h, d, c, err);
}

/* --- finding it --------------------------------------------------------------- */

static bool
is_too_old(const struct history *h, const struct index_version *v)
{
	return v->seq < h->floor;
}

/* One more than is shown tells whether there is a next part. */
static int
find_versions(struct history *h, struct desk *d, struct err *err)
{
	struct vec *found = &h->versions;
	int rc;

	if (!h->text)
		return 0;
	rc = index_log_until(d->index, h->page.address.ptr,
			     *h->name ? h->seq : h->seq - 1, (long)h->limit + 1,
			     found, err);
	while (found->len && is_too_old(h, found->items[found->len - 1]))
		index_version_free(vec_remove(found, found->len - 1));
	return rc;
}

/* Below the last version that is looked at nothing is told in this part. */
static int64_t
find_floor(const struct history *h)
{
	const struct index_version *v;

	if (h->versions.len <= h->limit)
		return h->floor;
	v = h->versions.items[h->limit];
	return v->seq;
}

/* It may have had its address of then since long before. */
static int
find_events(struct history *h, struct desk *d, struct err *err)
{
	const char *now = h->page.address.ptr;
	int64_t floor = find_floor(h);
	struct remark_span span = { .before = h->seq, .name = h->name };
	const struct index_address *at;
	struct vec homes = VEC_INIT;
	size_t i;
	int rc = index_addresses(d->index, now, floor == h->floor ? 0 : floor,
				 h->seq, &homes, err);

	for (i = 0; i < homes.len && !rc && h->events.len <= h->limit &&
		    span.before >= floor;
	     i++) {
		at = homes.items[i];
		span.page = at->address;
		span.from =
			i + 1 < homes.len && at->seq > floor ? at->seq : floor;
		span.limit = (long)(h->limit + 1 - h->events.len);
		rc = remark_events(d->index, &span, &h->events, err);
		span.before = at->seq;
		span.name = "";
	}
	vec_release(&homes, index_address_free);
	return rc;
}

static int
find_newest(struct history *h, struct desk *d, int64_t seq, struct err *err)
{
	const char *address = h->page.address.ptr;
	struct index_version *v = NULL;
	int rc = timeline_version(d->index, address, seq, &v, err);

	h->newest = v ? v->n : 0;
	index_version_free(v);
	v = NULL;
	if (rc == PLEIN_ENOTFOUND) /* it was not there yet, or never */
		rc = index_latest(d->index, address, &v, err);
	index_version_free(v);
	return rc;
}

/* --- telling it ----------------------------------------------------------------- */

static json_t *
describe_made(struct history *h, struct desk *d, const struct index_version *v)
{
	json_t *row = describe_version(v);

	describe_line(row, "what", "version");
	h->read += minutes_tell(d, v, row);
	return row;
}

static json_t *
describe_event(const struct remark_event *e)
{
	json_t *row = json_object();

	describe_line(row, "what", e->what);
	describe_line(row, "address", e->page);
	describe_line(row, "from", e->from);
	describe_line(row, "thread", e->thread);
	describe_line(row, "thread_title", e->title);
	describe_line(row, "remark", e->name);
	describe_line(row, "commit", e->commit);
	describe_line(row, "author", e->author);
	describe_line(row, "handle", e->handle);
	describe_number(row, "time", e->when);
	return row;
}

/* Which of the two comes first? What was said of a page in the commit that
 * changed it came after that. */
static bool
is_event_next(const struct index_version *v, const struct remark_event *e)
{
	return e && (!v || e->seq >= v->seq);
}

struct place {
	size_t version, event; /* next of each */
};

static const void *
item_at(const struct vec *v, size_t i)
{
	return i < v->len ? v->items[i] : NULL;
}

static void
answer(struct history *h, struct desk *d, struct call *c)
{
	const struct index_version *v;
	const struct remark_event *e;
	struct place p = { 0, 0 };
	char next[CURSOR_MAX] = "";
	bool event, fits = true;
	struct part part;
	size_t n;

	part_init(&part, d->part_max);
	for (n = 0;; n++) {
		v = item_at(&h->versions, p.version);
		e = item_at(&h->events, p.event);
		event = is_event_next(v, e);
		if (n == h->limit || h->read > MINUTES_READ || (!v && !e))
			break;
		fits = part_add(&part, event ? describe_event(e)
					     : describe_made(h, d, v));
		if (!fits)
			break;
		(void)snprintf(next, sizeof(next), "%lld/%s",
			       (long long)(event ? e->seq : v->seq),
			       event ? e->name : "");
		p.event += event;
		p.version += !event;
	}
	part_answer(&part, c, v || e ? next : NULL);
	describe_number(c->result, "versions", h->newest);
}

static int
handle_page_history(struct desk *d, struct call *c)
{
	struct history h = { .page = TARGET_INIT };
	int rc = target_read(&h.page, call_text(c, "address"), &c->err);

	if (!rc)
		rc = read_params(&h, d, c, &c->err);
	if (!rc)
		rc = find_newest(&h, d, h.seq, &c->err);
	h.seq++;
	if (!rc)
		rc = read_cursor(&h, call_text(c, "before"), &c->err);
	if (!rc)
		rc = find_versions(&h, d, &c->err);
	if (!rc && h.talk)
		rc = find_events(&h, d, &c->err);
	if (!rc)
		answer(&h, d, c);
	vec_release(&h.versions, index_version_free);
	vec_release(&h.events, remark_event_free);
	target_release(&h.page);
	return rc;
}

/* --- rows ----------------------------------------------------------------------- */

static const struct param history_params[] = {
	{ "address", PARAM_TEXT, true, ADDRESS_MAX, "the page" },
	{ "only", PARAM_TEXT, false, 8,
	  "`text`: its versions; `talk`: its discussions; both when absent" },
	{ "since", PARAM_NUMBER, false, TIME_MAX,
	  "not older than this, in seconds since 1970" },
	{ "before", PARAM_TEXT, false, CURSOR_MAX, "the next of before" },
	{ "limit", PARAM_NUMBER, false, COUNT_MAX, "at most 500, the default" },
	PARAM_AT,
	PARAMS_END,
};

const struct method history_rows[] = {
	{ "page.history", RIGHT_READ, PLACE_READER, history_params,
	  "Lists what happened to a page and in its discussions, newest "
	  "first, across renames.",
	  "{rows: [{what, …}], versions, next}: what is version, with the "
	  "members of a row of page.log; or said, resolved, reopened, edited, "
	  "withdrawn, split (off, to a thread of its own), moved (to address, "
	  "from another page) or gone, with {address, from, thread, "
	  "thread_title, remark, commit, author, handle, time}: from is null "
	  "unless it moved. versions is the number of the newest version; next "
	  "is there when there is more, to be given as before",
	  "not-found rule usage busy corrupt", handle_page_history },
	ROWS_END,
};
