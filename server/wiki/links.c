/* links.c - what links where, what is missing, what hangs loose. */
#include <string.h>

#include "plein/path.h"
#include "state/links.h"
#include "wiki/call.h"
#include "wiki/describe.h"
#include "wiki/handlers.h"
#include "wiki/pastlinks.h"
#include "wiki/rows.h"
#include "wiki/target.h"
#include "wiki/unread.h"

#define SKIP_MAX 1000000

static void
read_part(const struct call *c, struct links_part *part)
{
	long limit = call_number(c, "limit", 0);

	part->limit = (limit > 0 && limit < ROWS_MAX ? limit : ROWS_MAX) + 1;
	part->skip = call_number(c, "after", 0);
	part->fields = false;
}

static json_t *
describe_link(const struct links_row *r)
{
	json_t *row = json_object();

	describe_line(row, "address", r->address);
	describe_line(row, "title", r->title);
	describe_line(row, "kind", r->kind);
	describe_line(row, "status", r->status);
	describe_line(row, "target", r->target);
	describe_line(row, "field", r->field);
	describe_line(row, "passage", r->passage);
	if (!r->thread)
		return row;
	describe_line(row, "thread", r->thread);
	describe_line(row, "remark", r->remark);
	describe_line(row, "handle", r->handle);
	return row;
}

static json_t *
describe_wanted(const struct links_row *r)
{
	json_t *row = json_object();

	describe_line(row, "target", r->target);
	describe_number(row, "links", r->count);
	describe_line(row, "address", r->address);
	describe_line(row, "title", r->title);
	describe_line(row, "passage", r->passage);
	return row;
}

static json_t *
describe_orphan(const struct links_row *r)
{
	json_t *row = json_object();

	describe_line(row, "address", r->address);
	describe_line(row, "title", r->title);
	describe_line(row, "kind", r->kind);
	describe_line(row, "status", r->status);
	return row;
}

static void
answer(struct call *c, const struct vec *links, const struct links_part *part,
       json_t *(*describe)(const struct links_row *r))
{
	size_t shown = (size_t)part->limit - 1, i;
	json_t *rows = json_array();

	for (i = 0; i < links->len && i < shown; i++)
		(void)json_array_append_new(rows, describe(links->items[i]));
	describe_rows(c, rows);
	if (links->len > shown)
		describe_number(c->result, "next", part->skip + (long)shown);
}

static int
answer_page(struct desk *d, struct call *c,
	    int (*find)(struct index *x, const char *address,
			const struct links_part *part, struct vec *out,
			struct err *err))
{
	struct target at = TARGET_INIT;
	struct vec links = VEC_INIT;
	struct links_part part;
	int rc = target_read(&at, call_text(c, "address"), &c->err);

	read_part(c, &part);
	if (!rc)
		rc = desk_need_index(d, &c->err);
	if (!rc)
		rc = find(d->index, at.address.ptr, &part, &links, &c->err);
	if (!rc)
		answer(c, &links, &part, describe_link);
	if (!rc)
		rc = unread_tell_rows(d, c);
	vec_release(&links, links_row_free);
	target_release(&at);
	return rc;
}

static int
handle_page_links(struct desk *d, struct call *c)
{
	return answer_page(d, c, links_from);
}

static void
answer_then(struct call *c, const struct pastlinks *links, long skip)
{
	json_t *rows = json_array();
	size_t i;

	for (i = 0; i < links->rows.len; i++)
		(void)json_array_append_new(
			rows, describe_link(links->rows.items[i]));
	describe_rows(c, rows);
	(void)json_object_set_new(c->result, "complete",
				  json_boolean(links->complete));
	if (links->more)
		describe_number(c->result, "next",
				skip + (long)links->rows.len);
}

/* What is new is so today: it is not told of a moment. */
static int
answer_past(struct desk *d, struct call *c)
{
	struct target at = TARGET_INIT;
	struct pastlinks links = { .rows = VEC_INIT };
	struct links_part part;
	int rc = target_read(&at, call_text(c, "address"), &c->err);

	read_part(c, &part);
	part.limit--; /* whether there are more is told */
	if (!rc)
		rc = desk_need_index(d, &c->err);
	if (!rc)
		rc = pastlinks_to(d, call_number(c, "at", 0), at.address.ptr,
				  &part, &links, &c->err);
	if (!rc)
		answer_then(c, &links, part.skip);
	pastlinks_release(&links);
	target_release(&at);
	return rc;
}

static int
handle_page_backlinks(struct desk *d, struct call *c)
{
	return json_object_get(c->params, "at") ? answer_past(d, c)
						: answer_page(d, c, links_to);
}

static int
answer_wiki(struct desk *d, struct call *c,
	    int (*find)(struct index *x, const struct links_part *part,
			struct vec *out, struct err *err),
	    json_t *(*describe)(const struct links_row *r))
{
	struct vec links = VEC_INIT;
	struct links_part part;
	int rc = desk_need_index(d, &c->err);

	read_part(c, &part);
	if (!rc)
		rc = find(d->index, &part, &links, &c->err);
	if (!rc)
		answer(c, &links, &part, describe);
	if (!rc)
		rc = unread_tell_rows(d, c);
	vec_release(&links, links_row_free);
	return rc;
}

static int
handle_wiki_missing(struct desk *d, struct call *c)
{
	return answer_wiki(d, c, links_missing, describe_wanted);
}

static int
handle_wiki_orphans(struct desk *d, struct call *c)
{
	return answer_wiki(d, c, links_orphans, describe_orphan);
}

#define PARAM_PART \
	{ "after", PARAM_NUMBER, false, SKIP_MAX, "the next of before" }, \
	{ \
		"limit", PARAM_NUMBER, false, COUNT_MAX, \
			"at most 500, the default" \
	}

static const struct param page_params[] = {
	{ "address", PARAM_TEXT, true, ADDRESS_MAX, "the page" },
	PARAM_PART,
	PARAMS_END,
};

static const struct param backlinks_params[] = {
	{ "address", PARAM_TEXT, true, ADDRESS_MAX, "the page" },
	PARAM_PART,
	PARAM_AT,
	PARAMS_END,
};

static const struct param wiki_params[] = {
	PARAM_PART,
	PARAMS_END,
};

const struct method links_rows[] = {
	{ "page.links", RIGHT_READ, PLACE_READER, page_params,
	  "Lists the links in a page, and where they lead.",
	  "{rows: [{address, title, kind, status, target, field, passage}], "
	  "next}: address is null when there is no such page; field is null "
	  "for a link in the text; new as in page.list",
	  "rule corrupt", handle_page_links },
	{ "page.backlinks", RIGHT_READ, PLACE_READER, backlinks_params,
	  "Lists the links to a page, also by its former names, in pages and "
	  "in what was said.",
	  "{rows: [{address, title, kind, status, target, field, passage}], "
	  "next}: of the page that holds the link; of a remark that does "
	  "(last) "
	  "address is its page, title that of its thread, kind bespreking, and "
	  "{thread, remark, handle} are there too; not those in discussions of "
	  "the page itself; new as in page.list. As of a moment only those in "
	  "pages, as they and the page were called then, a part may hold fewer "
	  "rows and yet have a next, and complete is there: false while old "
	  "texts are still being read, when there may be others",
	  "rule busy corrupt", handle_page_backlinks },
	{ "wiki.missing", RIGHT_READ, PLACE_READER, wiki_params,
	  "Lists where links lead without a page, most wanted first.",
	  "{rows: [{target, links, address, title, passage}], next}: links "
	  "counts them, the rest is about one of them; new as in page.list",
	  "corrupt", handle_wiki_missing },
	{ "wiki.orphans", RIGHT_READ, PLACE_READER, wiki_params,
	  "Lists the pages that nothing leads to.",
	  "{rows: [{address, title, kind, status}], next}: new as in page.list",
	  "corrupt", handle_wiki_orphans },
	ROWS_END,
};
