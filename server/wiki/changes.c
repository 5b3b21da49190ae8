/*
 * changes.c - what happened in the whole wiki: changes.list commit by commit,
 * changes.between two moments page by page.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plein/page.h"
#include "plein/path.h"
#include "state/timeline.h"
#include "wiki/call.h"
#include "wiki/describe.h"
#include "wiki/handlers.h"
#include "wiki/rows.h"
#include "wiki/unread.h"

/* --- changes.list ------------------------------------------------------ */

/* A kind of page is what lives in its folder. */
static int
read_filter(const struct call *c, struct timeline_filter *f, struct err *err)
{
	const char *kind = call_text(c, "kind");
	long limit = call_number(c, "limit", 0);

	memset(f, 0, sizeof(*f));
	f->since = call_number(c, "since", 0);
	f->until = call_number(c, "until", 0);
	f->before = call_number(c, "before", 0);
	f->handle = call_text(c, "handle");
	f->folder = call_text(c, "folder");
	f->page = call_text(c, "address");
	f->limit = limit > 0 && limit < ROWS_MAX ? limit : ROWS_MAX;
	if (!!kind + !!f->folder + !!f->page > 1)
		return err_set(err, PLEIN_EUSAGE,
			       "an address, a folder or a kind");
	if (!kind)
		return 0;
	f->folder = page_folder_of_kind(kind);
	return f->folder ? 0 : err_set(err, PLEIN_EUSAGE, "no such kind");
}

/* The title of now; of a page that is gone, nothing. */
static void
add_title(struct desk *d, json_t *row, const char *address)
{
	struct index_page *page = NULL;

	if (index_page(d->index, address, &page, NULL))
		page = NULL;
	describe_line(row, "title", page ? page->info.title : NULL);
	index_page_free(page);
}

static const char *
name_change(const struct timeline_change *change)
{
	if (!change->blob)
		return "gone";
	if (change->origin)
		return "moved";
	return change->appeared ? "new" : "changed";
}

static json_t *
describe_change(struct desk *d, const struct index_entry *e,
		const struct timeline_change *change)
{
	struct index_version *v = NULL;
	struct buf address = BUF_INIT;
	json_t *row = json_object();

	path_to_address(change->path, &address);
	describe_line(row, "address", address.ptr);
	add_title(d, row, address.ptr);
	describe_line(row, "action", name_change(change));
	if (!index_version_at(d->index, address.ptr, e->commit, &v, NULL))
		describe_number(row, "version", v->n);
	index_version_free(v);
	buf_release(&address);
	return row;
}

/* The page that something was said about. */
static json_t *
describe_discussed(struct desk *d, const struct path_remark *remark)
{
	json_t *row = json_object();

	describe_line(row, "address", remark->page);
	add_title(d, row, remark->page);
	describe_line(row, "action", "discussed");
	describe_line(row, "thread", remark->thread);
	describe_line(row, "remark", remark->name);
	return row;
}

/* A commit may have changed pages that are not asked for. */
static bool
is_asked(const struct timeline_filter *f, const char *address)
{
	size_t len = f->folder ? strlen(f->folder) : 0;

	if (f->page && strcmp(f->page, address) != 0)
		return false;
	return !f->folder ||
	       (strncmp(address, f->folder, len) == 0 && address[len] == '/');
}

/* The page that a file is, or is about; "" for other files. */
static void
find_address(const struct timeline_change *change, struct buf *address)
{
	struct path_remark remark;
	enum path_kind kind = path_kind_of(change->path);

	buf_reset(address);
	if (kind == PATH_PAGE)
		path_to_address(change->path, address);
	if (kind != PATH_REMARK)
		return;
	path_remark_read(&remark, change->path);
	buf_str(address, remark.page);
}

static int
describe_pages(struct desk *d, const struct timeline_filter *f,
	       const struct index_entry *e, json_t *row, struct err *err)
{
	struct vec changes = VEC_INIT;
	json_t *pages = json_array();
	const struct timeline_change *change;
	char thread[THREAD_CODE_MAX + 1] = "";
	struct buf address = BUF_INIT;
	struct path_remark remark;
	size_t i, others = 0;
	int rc = timeline_changes(d->index, e->seq, &changes, err);

	for (i = 0; i < changes.len; i++) {
		change = changes.items[i];
		others += path_kind_of(change->path) != PATH_PAGE;
		find_address(change, &address);
		if (!address.len || !is_asked(f, address.ptr))
			continue;
		if (path_kind_of(change->path) == PATH_PAGE) {
			(void)json_array_append_new(
				pages, describe_change(d, e, change));
			continue;
		}
		if (!change->blob)
			continue;
		/* of a discussion that moved one will do */
		path_remark_read(&remark, change->path);
		if (strcmp(remark.thread, thread) != 0)
			(void)json_array_append_new(
				pages, describe_discussed(d, &remark));
		(void)snprintf(thread, sizeof(thread), "%s", remark.thread);
	}
	buf_release(&address);
	(void)json_object_set_new(row, "pages", pages);
	describe_number(row, "others", (int64_t)others);
	vec_release(&changes, timeline_change_free);
	return rc;
}

static json_t *
describe_entry(const struct index_entry *e)
{
	json_t *row = json_object();

	describe_number(row, "seq", e->seq);
	describe_line(row, "commit", e->commit);
	describe_number(row, "time", e->when);
	describe_line(row, "author", e->author);
	describe_line(row, "handle", e->handle);
	describe_line(row, "note", e->note);
	describe_line(row, "action", e->action);
	return row;
}

static int
answer_entries(struct desk *d, struct call *c, const struct timeline_filter *f,
	       const struct vec *entries)
{
	size_t limit = (size_t)f->limit - 1; /* one more tells of a next */
	const struct index_entry *e = NULL;
	json_t *rows = json_array(), *row;
	size_t i;
	int rc = 0;

	for (i = 0; i < entries->len && i < limit && !rc; i++) {
		e = entries->items[i];
		row = describe_entry(e);
		rc = describe_pages(d, f, e, row, &c->err);
		(void)json_array_append_new(rows, row);
	}
	describe_rows(c, rows);
	if (e && entries->len > limit)
		describe_number(c->result, "next", e->seq);
	return rc;
}

static int
handle_changes_list(struct desk *d, struct call *c)
{
	struct timeline_filter filter;
	struct vec entries = VEC_INIT;
	int rc = read_filter(c, &filter, &c->err);

	filter.limit++;
	if (!rc)
		rc = desk_need_index(d, &c->err);
	if (!rc)
		rc = timeline_list(d->index, &filter, &entries, &c->err);
	if (!rc)
		rc = answer_entries(d, c, &filter, &entries);
	if (!rc)
		rc = unread_tell_rows(d, c);
	vec_release(&entries, index_entry_free);
	return rc;
}

/* --- changes.between --------------------------------------------------- */

static const char *
name_step(const struct timeline_step *s)
{
	if (!s->now)
		return "gone";
	if (s->was)
		return "changed";
	return s->origin ? "moved" : "new";
}

static void
add_number(struct desk *d, json_t *row, const char *key, const char *address,
	   int64_t seq)
{
	struct index_version *v = NULL;

	if (timeline_version(d->index, address, seq, &v, NULL))
		v = NULL; /* there was none */
	(void)json_object_set_new(row, key,
				  v ? json_integer(v->n) : json_null());
	index_version_free(v);
}

static json_t *
describe_step(struct desk *d, const struct timeline_period *p,
	      const struct timeline_step *s)
{
	struct buf address = BUF_INIT;
	json_t *row = json_object();

	path_to_address(s->path, &address);
	describe_line(row, "address", address.ptr);
	add_title(d, row, address.ptr);
	describe_line(row, "state", name_step(s));
	add_number(d, row, "from", address.ptr, p->from);
	add_number(d, row, "to", address.ptr, p->to);
	buf_release(&address);
	return row;
}

static void
answer_steps(struct desk *d, struct call *c, const struct timeline_period *p,
	     const struct vec *steps)
{
	const struct timeline_step *s = NULL;
	json_t *rows = json_array();
	size_t i;

	for (i = 0; i < steps->len && i < ROWS_MAX; i++) {
		s = steps->items[i];
		if (path_kind_of(s->path) == PATH_PAGE)
			(void)json_array_append_new(rows,
						    describe_step(d, p, s));
	}
	describe_rows(c, rows);
	if (s && steps->len > ROWS_MAX)
		describe_line(c->result, "next", s->path);
}

static int
handle_changes_between(struct desk *d, struct call *c)
{
	struct timeline_period p = { 0, 0, call_text(c, "after"),
				     ROWS_MAX + 1 };
	struct vec steps = VEC_INIT;
	int rc = desk_need_index(d, &c->err);

	if (!rc)
		rc = timeline_seq_at(d->index, call_number(c, "from", 0),
				     &p.from, &c->err);
	if (!rc)
		rc = timeline_seq_at(d->index,
				     call_number(c, "to", (long)TIME_MAX),
				     &p.to, &c->err);
	if (!rc)
		rc = timeline_between(d->index, &p, &steps, &c->err);
	if (!rc)
		answer_steps(d, c, &p, &steps);
	if (!rc)
		rc = unread_tell_rows(d, c);
	vec_release(&steps, timeline_step_free);
	return rc;
}

/* --- rows -------------------------------------------------------------- */

static const struct param list_params[] = {
	{ "since", PARAM_NUMBER, false, TIME_MAX, "seconds since 1970" },
	{ "until", PARAM_NUMBER, false, TIME_MAX, "the same, inclusive" },
	{ "handle", PARAM_TEXT, false, HANDLE_MAX, "only by this person" },
	{ "kind", PARAM_TEXT, false, 64, "only pages of this `type`" },
	{ "folder", PARAM_TEXT, false, ADDRESS_MAX,
	  "only what lies in it, and was said about that; not together with "
	  "kind" },
	{ "address", PARAM_TEXT, false, ADDRESS_MAX,
	  "only this page, at this address, and what was said about it; not "
	  "together with those" },
	{ "before", PARAM_NUMBER, false, TIME_MAX, "only below this seq" },
	{ "limit", PARAM_NUMBER, false, COUNT_MAX, "at most 500, the default" },
	PARAMS_END,
};

static const struct param between_params[] = {
	{ "from", PARAM_NUMBER, true, TIME_MAX, "seconds since 1970" },
	{ "to", PARAM_NUMBER, false, TIME_MAX, "the same; now when absent" },
	{ "after", PARAM_TEXT, false, ADDRESS_MAX, "the next of before" },
	PARAMS_END,
};

const struct method changes_rows[] = {
	{ "changes.list", RIGHT_READ, PLACE_READER, list_params,
	  "Lists what was changed in the wiki, newest first.",
	  "{rows: [{seq, commit, time, author, handle, note, action, pages: "
	  "[{address, title, action, version}], others}], next}: seq is the "
	  "place on main; the action of a page is new, changed, moved or gone, "
	  "or discussed, with {thread, remark} instead of version; others "
	  "counts files that are no pages; next is there when there is "
	  "more, to be given as before; pages have new as in page.list",
	  "usage rule corrupt", handle_changes_list },
	{ "changes.between", RIGHT_READ, PLACE_READER, between_params,
	  "Tells which pages differ between two moments.",
	  "{rows: [{address, title, state, from, to}], next}: state is new, "
	  "changed, moved or gone; from and to are the versions then, or null; "
	  "next is there when there is more, to be given as after; new as in "
	  "page.list",
	  "corrupt", handle_changes_between },
	ROWS_END,
};
