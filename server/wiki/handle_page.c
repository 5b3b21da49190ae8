/* handle_page.c - reading pages, lists and the tree. */
#include "wiki/handlers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plein/agenda.h"
#include "plein/headings.h"
#include "plein/mem.h"
#include "plein/opening.h"
#include "plein/path.h"
#include "state/remarks.h"
#include "state/timeline.h"
#include "wiki/call.h"
#include "wiki/describe.h"
#include "wiki/kept.h"
#include "wiki/minutes.h"
#include "wiki/moment.h"
#include "wiki/pagetext.h"
#include "wiki/part.h"
#include "wiki/present.h"
#include "wiki/presenttalk.h"
#include "wiki/rows.h"
#include "wiki/target.h"
#include "wiki/tree_cursor.h"
#include "wiki/unread.h"

/* The pages of now, or of the moment that `at` names. */
static int
load_pages(struct desk *d, struct call *c, struct vec *pages)
{
	bool at = json_object_get(c->params, "at") != NULL;
	int rc;

	if (!at && desk_lacks_index(d))
		return present_pages(d, pages, &c->err);
	rc = desk_need_index(d, &c->err);
	if (rc)
		return rc;
	if (at)
		return moment_pages(d, call_number(c, "at", 0), pages, &c->err);
	return index_pages(d->index, pages, &c->err);
}

static bool
is_in_folder(const char *address, const char *folder)
{
	size_t len = strlen(folder);

	while (len > 0 && folder[len - 1] == '/')
		len--;
	return strncmp(address, folder, len) == 0 && address[len] == '/';
}

static bool
is_wanted(const struct call *c, const struct page_info *info)
{
	const char *folder = call_text(c, "folder");
	const char *kind = call_text(c, "kind");
	const char *status = call_text(c, "status");

	if (folder && folder[0] && !is_in_folder(info->address, folder))
		return false;
	if (kind && strcmp(kind, info->kind) != 0)
		return false;
	if (!status || strcmp(status, info->status) == 0)
		return true;
	return info->state && strcmp(status, info->state) == 0;
}

static json_t *
describe_listed(const struct index_page *p)
{
	json_t *row = describe_page(&p->info);

	describe_number(row, "version", p->n);
	describe_number(row, "time", p->when);
	describe_line(row, "handle", p->handle);
	return row;
}

static bool
comes_next(const struct call *c, const struct index_page *p, const char *last)
{
	return strcmp(p->info.address, last) > 0 && is_wanted(c, &p->info);
}

/* A part ends at an address: what comes or goes meanwhile moves nothing. `told`
 * is what is unread about each, or NULL. */
static void
answer_pages(struct desk *d, struct call *c, const struct vec *pages,
	     json_t *(*describe)(const struct index_page *p),
	     const struct unread_rows *told)
{
	const char *after = call_text(c, "after");
	const char *last = after ? after : "";
	const struct index_page *p;
	struct part part;
	json_t *row;
	size_t i;

	part_init(&part, d->part_max);
	for (i = 0; i < pages->len; i++) {
		p = pages->items[i];
		if (!comes_next(c, p, last))
			continue;
		row = describe(p);
		if (told)
			unread_tell_row(told, row);
		if (!part_add(&part, row))
			break;
		last = p->info.address;
	}
	part_answer(&part, c, i < pages->len ? last : NULL);
}

static json_t *
name_pages(const struct call *c, const struct vec *pages)
{
	const char *after = call_text(c, "after");
	const struct index_page *p;
	json_t *names = json_array();
	size_t i;

	for (i = 0; i < pages->len; i++) {
		p = pages->items[i];
		if (comes_next(c, p, after ? after : ""))
			(void)json_array_append_new(
				names, json_string(p->info.address));
	}
	return names;
}

int
handle_page_list(struct desk *d, struct call *c)
{
	struct vec pages = VEC_INIT;
	struct unread_rows told;
	int rc = load_pages(d, c, &pages);

	memset(&told, 0, sizeof(told));
	if (!rc)
		rc = unread_open_rows(&told, d, c, name_pages(c, &pages));
	if (!rc)
		answer_pages(d, c, &pages, describe_listed, &told);
	unread_close_rows(&told);
	vec_release(&pages, index_page_free);
	return rc;
}

static json_t *
describe_title(const struct index_page *p)
{
	json_t *row = json_object();

	describe_line(row, "address", p->info.address);
	describe_line(row, "title", p->info.title);
	return row;
}

static int
list_titles(struct desk *d, struct call *c)
{
	struct vec pages = VEC_INIT;
	int rc = load_pages(d, c, &pages);

	if (!rc)
		answer_pages(d, c, &pages, describe_title, NULL);
	vec_release(&pages, index_page_free);
	return rc;
}

int
handle_page_titles(struct desk *d, struct call *c)
{
	return kept_answer(d, c, "titles", list_titles);
}

/* The row of the page as the root, or n_rows. */
static size_t
find_root(const struct agenda *a, const char *address)
{
	size_t i;

	for (i = 0; i < a->n_rows; i++)
		if (a->rows[i].page &&
		    strcmp(a->rows[i].page->address, address) == 0)
			break;
	return i;
}

static json_t *
describe_row(const struct agenda_row *r, int root_depth)
{
	static const struct page_info heading = { 0 };
	json_t *row = describe_page(r->page ? r->page : &heading);

	describe_number(row, "depth", r->depth - root_depth);
	describe_number(row, "below", (int64_t)r->n_below);
	return row;
}

/* Rows first … last-1, cut at `depth` levels (0: all), from row `at` on. */
struct extent {
	size_t first, last, at;
	long depth;
};

static void
answer_extent(struct desk *d, struct call *c, const struct agenda *a,
	      const struct extent *e)
{
	int root = e->first < e->last ? a->rows[e->first].depth : 0;
	char next[TREE_CURSOR_MAX];
	struct part part;
	size_t i;

	part_init(&part, d->part_max);
	for (i = e->at; i < e->last; i++) {
		const struct agenda_row *row = &a->rows[i];

		if (e->depth && row->depth - root >= e->depth)
			continue;
		if (!part_add(&part, describe_row(row, root)))
			break;
	}
	if (i < e->last)
		tree_cursor_write(a, i, next);
	part_answer(&part, c, i < e->last ? next : NULL);
}

static int
answer_tree(struct desk *d, struct call *c, const struct agenda *a)
{
	const char *address = call_text(c, "address");
	const char *after = call_text(c, "after");
	struct extent e = { 0, a->n_rows, 0, call_number(c, "depth", 0) };
	int rc = 0;

	if (address) {
		e.first = find_root(a, address);
		if (e.first == a->n_rows)
			return err_set(&c->err, PLEIN_ENOTFOUND,
				       "the agenda has no such page");
		e.last = e.first + 1 + a->rows[e.first].n_below;
	}
	e.at = e.first;
	if (after)
		rc = tree_cursor_read(a, after, &e.at, &c->err);
	if (!rc && (e.at < e.first || e.at > e.last))
		rc = err_set(&c->err, PLEIN_EUSAGE, "after is of another tree");
	if (!rc)
		answer_extent(d, c, a, &e);
	return rc;
}

static int
list_tree(struct desk *d, struct call *c)
{
	struct vec pages = VEC_INIT, infos = VEC_INIT;
	struct agenda agenda;
	size_t i;
	int rc = load_pages(d, c, &pages);

	for (i = 0; i < pages.len; i++)
		vec_push(&infos, &((struct index_page *)pages.items[i])->info);
	if (!rc) {
		agenda_build(&agenda, &infos);
		rc = answer_tree(d, c, &agenda);
		agenda_release(&agenda);
	}
	vec_release(&infos, NULL);
	vec_release(&pages, index_page_free);
	return rc;
}

int
handle_agenda_tree(struct desk *d, struct call *c)
{
	int rc = kept_answer(d, c, "tree", list_tree);

	return rc || call_flag(c, "plain") ? rc : unread_tell_rows(d, c);
}

static int
resolve_name(struct desk *d, const char *name, char **address, bool *moved,
	     struct err *err)
{
	int rc;

	if (desk_lacks_index(d))
		return present_resolve(d, name, address, moved, err);
	rc = desk_need_index(d, err);
	return rc ? rc : index_resolve(d->index, name, address, moved, err);
}

int
handle_page_resolve(struct desk *d, struct call *c)
{
	char *address = NULL;
	bool moved = false;
	int rc = resolve_name(d, call_text(c, "name"), &address, &moved,
			      &c->err);

	if (rc)
		return rc;
	c->result = json_object();
	describe_line(c->result, "address", address);
	(void)json_object_set_new(c->result, "moved", json_boolean(moved));
	free(address);
	return 0;
}

/* One more than is shown tells whether there is a next part. */
static void
answer_log(struct desk *d, struct call *c, const struct vec *log, size_t limit)
{
	json_t *rows = json_array(), *row;
	size_t i, read = 0;

	for (i = 0; i < log->len && i < limit && read <= MINUTES_READ; i++) {
		row = describe_version(log->items[i]);
		read += minutes_tell(d, log->items[i], row);
		(void)json_array_append_new(rows, row);
	}
	describe_rows(c, rows);
	if (log->len > i)
		describe_number(
			c->result, "next",
			((const struct index_version *)log->items[i - 1])->n);
}

int
handle_page_log(struct desk *d, struct call *c)
{
	struct target at = TARGET_INIT;
	struct vec log = VEC_INIT;
	long limit = call_number(c, "limit", 0);
	int rc = target_read(&at, call_text(c, "address"), &c->err);

	if (limit <= 0 || limit > ROWS_MAX)
		limit = ROWS_MAX;
	if (!rc)
		rc = desk_need_index(d, &c->err);
	if (!rc)
		rc = index_log(d->index, at.address.ptr,
			       call_number(c, "before", 0), limit + 1, &log,
			       &c->err);
	if (!rc && log.len == 0 && !call_number(c, "before", 0))
		rc = err_set(&c->err, PLEIN_ENOTFOUND, "no such page");
	if (!rc)
		answer_log(d, c, &log, (size_t)limit);
	vec_release(&log, index_version_free);
	target_release(&at);
	return rc;
}

/* The newest is that of the same page, whose address another may have now. */
static int
choose_past(struct desk *d, struct call *c, const char *address,
	    struct index_version **v, long *latest)
{
	long when = call_number(c, "at", 0);
	struct index_version *newest = NULL;
	char *home = NULL;
	int64_t seq;
	int rc = timeline_seq_at(d->index, when, &seq, &c->err);

	if (!rc)
		rc = moment_home(d, seq, address, &home, &c->err);
	if (!rc)
		rc = index_latest(d->index, home, &newest, &c->err);
	if (!rc)
		rc = moment_version(d, when, home, v, &c->err);
	*latest = newest ? newest->n : 0;
	index_version_free(newest);
	free(home);
	return rc;
}

/* Which version is asked for, and which is the newest? */
static int
choose_version(struct desk *d, struct call *c, const char *address,
	       struct index_version **v, long *latest)
{
	struct index_version *newest;
	const char *commit = call_text(c, "commit");
	long n = call_number(c, "version", 0);
	int rc;

	if (json_object_get(c->params, "at"))
		return choose_past(d, c, address, v, latest);
	rc = index_latest(d->index, address, &newest, &c->err);
	if (rc)
		return rc;
	*latest = newest->n;
	if (!commit && !json_object_get(c->params, "version")) {
		*v = newest;
		if (!newest->gone)
			return 0;
		c->args = json_pack("{s:I}", "gone", (json_int_t)newest->n);
		return err_set(&c->err, PLEIN_ENOTFOUND, "the page is gone");
	}
	index_version_free(newest);
	if (commit)
		return index_version_at(d->index, address, commit, v, &c->err);
	return index_version(d->index, address, n, v, &c->err);
}

static json_t *
describe_parents(struct desk *d, const struct page_info *info)
{
	json_t *parents = json_array(), *parent;
	struct index_page *page;
	size_t i;

	for (i = 0; i < info->parents.len; i++) {
		parent = json_object();
		describe_line(parent, "address", info->parents.items[i]);
		page = NULL;
		/* a parent that does not exist has no title */
		if (!d->index ||
		    index_page(d->index, info->parents.items[i], &page, NULL))
			page = NULL;
		describe_line(parent, "title", page ? page->info.title : NULL);
		if (page)
			index_page_free(page);
		(void)json_array_append_new(parents, parent);
	}
	return parents;
}

/* The first parent that stands above `page` in the tree, or NULL. */
static struct index_page *
find_above(struct desk *d, const struct page_info *page)
{
	int level = agenda_level(page);
	struct index_page *above;

	for (size_t i = 0; i < page->parents.len; i++) {
		if (index_page(d->index, page->parents.items[i], &above, NULL))
			continue;
		if (agenda_level(&above->info) >= 0 &&
		    (level < 0 || agenda_level(&above->info) < level))
			return above;
		index_page_free(above);
	}
	return NULL;
}

/* The way down to it; a page under two parents is shown under the first. */
static json_t *
describe_place(struct desk *d, const struct page_info *info)
{
	/* without an index nobody knows what is above */
	struct index_page *above = d->index ? find_above(d, info) : NULL, *next;
	json_t *place = json_array(), *step;

	for (; above; above = next) {
		step = json_object();
		describe_line(step, "address", above->info.address);
		describe_line(step, "title", above->info.title);
		(void)json_array_insert_new(place, 0, step);
		next = find_above(d, &above->info);
		index_page_free(above);
	}
	return place;
}

/* All of the text, or, where a part will do, as much as a screen needs first
 * and how much there is. */
static void
describe_body(json_t *row, struct pagetext *text, size_t body, bool part)
{
	size_t len = text->len - body, n = len;

	if (part)
		n = opening_len(text->ptr + body, len);
	if (n == len) {
		(void)json_object_set(row, "text", pagetext_json(text));
		return;
	}
	(void)json_object_set_new(row, "text", call_json(text->ptr, body + n));
	describe_number(row, "size", (int64_t)text->len);
	describe_number(row, "headings",
			(int64_t)headings_count(text->ptr + body, len));
}

static json_t *
describe_text(struct desk *d, const struct index_version *v, long latest,
	      struct pagetext *text, bool part)
{
	struct page_info info;
	json_t *row;

	page_info_init(&info);
	page_info_read(&info, v->address, text->ptr, text->len);
	row = describe_version(v);
	(void)minutes_tell(d, v, row); /* one text */
	(void)json_object_update_new(row, describe_page(&info));
	describe_number(row, "latest", latest);
	describe_body(row, text, info.body, part);
	(void)json_object_set_new(row, "parents", describe_parents(d, &info));
	(void)json_object_set_new(row, "place", describe_place(d, &info));
	page_info_release(&info);
	return row;
}

/* What an index that is behind does not know yet will be there later. */
static int
find_numbered(struct desk *d, struct call *c, const char *address,
	      struct index_version **v)
{
	int rc = desk_need_numbers(d, &c->err);

	if (!rc)
		rc = index_version(d->index, address,
				   call_number(c, "version", 0), v, &c->err);
	return rc == PLEIN_ENOTFOUND ? desk_need_index(d, &c->err) : rc;
}

/* By number or date only the index knows a version. */
static int
find_version(struct desk *d, struct call *c, const struct target *at,
	     struct index_version **v, long *latest)
{
	int rc;

	if (desk_lacks_index(d) && !json_object_get(c->params, "at") &&
	    !json_object_get(c->params, "version"))
		return present_version(d, at->address.ptr, at->path.ptr,
				       call_text(c, "commit"), v, &c->err);
	if (desk_lacks_index(d) && !json_object_get(c->params, "at"))
		return find_numbered(d, c, at->address.ptr, v);
	rc = desk_need_index(d, &c->err);
	return rc ? rc : choose_version(d, c, at->address.ptr, v, latest);
}

/* How many discussions there were as of the moment that is asked for. */
static int
tell_threads(struct desk *d, struct call *c, const char *address)
{
	const char *open = remark_kind_state(REMARK_REOPENED);
	struct vec threads = VEC_INIT;
	const struct index_thread *t;
	int64_t seq = 0, n = 0;
	size_t i;
	int rc = timeline_seq_at(d->index, call_number(c, "at", 0), &seq,
				 &c->err);

	if (!rc)
		rc = threads_as_of(d->index, seq, address, &threads, &c->err);
	for (i = 0; i < threads.len; i++) {
		t = threads.items[i];
		n += strcmp(t->state, open) == 0;
	}
	describe_number(c->result, "threads", (int64_t)threads.len);
	describe_number(c->result, "open", n);
	vec_release(&threads, index_thread_free);
	return rc;
}

/* And of now without an index, where that does not hold up who reads. */
static int
tell_present_threads(struct desk *d, struct call *c, const char *address)
{
	long all, open;

	if (presenttalk_count(d, address, &all, &open, NULL))
		return 0;
	describe_number(c->result, "threads", all);
	describe_number(c->result, "open", open);
	return 0;
}

static int
tell_talk(struct desk *d, struct call *c, const struct index_version *v,
	  const char *address)
{
	if (json_object_get(c->params, "at"))
		return tell_threads(d, c, v->address);
	if (desk_lacks_index(d))
		return tell_present_threads(d, c, address);
	return unread_tell_page(d, c, address);
}

int
handle_page_read(struct desk *d, struct call *c)
{
	struct target at = TARGET_INIT;
	struct index_version *v = NULL;
	struct pagetext text;
	long latest = 0;
	int rc = target_read(&at, call_text(c, "address"), &c->err);

	if (!rc)
		rc = desk_need_repo(d, &c->err);
	if (!rc)
		rc = find_version(d, c, &at, &v, &latest);
	if (!rc)
		rc = pagetext_open(d, v, &text, &c->err);
	if (!rc) {
		c->result = describe_text(d, v, latest, &text,
					  call_flag(c, "opening"));
		pagetext_release(&text);
		rc = tell_talk(d, c, v, at.address.ptr);
	}
	index_version_free(v);
	target_release(&at);
	return rc;
}
