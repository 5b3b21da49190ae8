/* search.c - search.pages: words, phrases and fields. */
#include <stdlib.h>

#include "plein/query.h"
#include "state/search.h"
#include "wiki/call.h"
#include "wiki/describe.h"
#include "wiki/handlers.h"
#include "wiki/rows.h"

#define HITS_MAX 100 /* of one answer */
#define SKIP_MAX 10000

static json_t *
describe_hit(const struct search_hit *h)
{
	json_t *row = describe_page(&h->page.info);

	describe_number(row, "version", h->page.n);
	describe_number(row, "time", h->page.when);
	describe_line(row, "handle", h->page.handle);
	describe_line(row, "passage", h->passage);
	return row;
}

static void
answer_hits(struct call *c, const struct vec *hits,
	    const struct search_part *part, bool ranked)
{
	size_t shown = (size_t)part->limit - 1, i;
	json_t *rows = json_array();

	for (i = 0; i < hits->len && i < shown; i++)
		(void)json_array_append_new(rows, describe_hit(hits->items[i]));
	describe_rows(c, rows);
	(void)json_object_set_new(c->result, "ranked", json_boolean(ranked));
	if (hits->len > shown)
		describe_number(c->result, "next", part->skip + (long)shown);
}

/* One more than is shown tells whether there is a next part. */
static void
read_part(const struct call *c, struct search_part *part)
{
	long limit = call_number(c, "limit", 0);

	part->limit = (limit > 0 && limit < HITS_MAX ? limit : HITS_MAX) + 1;
	part->skip = call_number(c, "after", 0);
	part->since = call_number(c, "since", 0);
}

static int
handle_search_pages(struct desk *d, struct call *c)
{
	struct search_part part;
	struct vec hits = VEC_INIT;
	struct query q;
	bool ranked = true;
	int rc = query_parse(&q, call_text(c, "query"), &c->err);

	read_part(c, &part);
	if (!rc)
		rc = desk_need_index(d, &c->err);
	if (!rc)
		rc = search_pages(d->index, &q, &part, &hits, &ranked, &c->err);
	if (!rc)
		answer_hits(c, &hits, &part, ranked);
	vec_release(&hits, search_hit_free);
	query_release(&q);
	return rc;
}

static const struct param search_params[] = {
	{ "query", PARAM_TEXT, true, QUERY_MAX,
	  "words (each also as a beginning), \"phrases\", and type: status: "
	  "door: map: trefwoord: eigenaar: with a value" },
	{ "since", PARAM_NUMBER, false, TIME_MAX, "changed then or later" },
	{ "after", PARAM_NUMBER, false, SKIP_MAX, "the next of before" },
	{ "limit", PARAM_NUMBER, false, COUNT_MAX, "at most 100, the default" },
	PARAMS_END,
};

const struct method search_rows[] = {
	{ "search.pages", RIGHT_READ, PLACE_READER, search_params,
	  "Finds pages by words and fields, best first; without words the "
	  "newest first.",
	  "{rows: [{address, title, kind, status, state, version, time, "
	  "handle, passage}], ranked, next}: found words in the passage stand "
	  "between asterisks; ranked is false when there was no time to order; "
	  "next is there when there is more, to be given as after",
	  "usage busy corrupt", handle_search_pages },
	ROWS_END,
};
