/*
 * search.c - search.pages: words, phrases and fields, in the texts of now; or
 * words in old texts, and in the texts as of a moment.
 */
#include <stdio.h>
#include <string.h>

#include "plein/path.h"
#include "plein/query.h"
#include "state/nearby.h"
#include "state/past.h"
#include "state/search.h"
#include "state/timeline.h"
#include "store/snap.h"
#include "wiki/call.h"
#include "wiki/describe.h"
#include "wiki/discussion.h"
#include "wiki/handlers.h"
#include "wiki/rows.h"
#include "wiki/unread.h"

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
	if (!h->thread)
		return row;
	describe_line(row, "thread", h->thread);
	describe_line(row, "remark", h->remark);
	describe_line(row, "page", h->about);
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
	part->said = call_flag(c, "said");
}

/* One word that is in no page: those that look like it. */
static int
answer_nearby(struct desk *d, struct call *c, const struct query *q)
{
	struct vec words = VEC_INIT;
	json_t *near = json_array();
	int rc = 0;

	if (q->plain.len && !strchr(q->plain.ptr, ' '))
		rc = nearby_words(d->index, q->plain.ptr, &words, &c->err);
	for (size_t i = 0; i < words.len; i++) {
		const struct nearby_word *w = words.items[i];

		(void)json_array_append_new(
			near, json_pack("{s:s, s:I}", "word", w->word, "pages",
					(json_int_t)w->pages));
	}
	(void)json_object_set_new(c->result, "near", near);
	vec_release(&words, nearby_free);
	return rc;
}

static int
search_now(struct desk *d, struct call *c, const struct query *q)
{
	struct search_part part;
	struct vec hits = VEC_INIT;
	bool ranked = true;
	int rc;

	read_part(c, &part);
	rc = search_pages(d->index, q, &part, &hits, &ranked, &c->err);
	if (!rc)
		answer_hits(c, &hits, &part, ranked);
	if (!rc && !hits.len && !part.skip)
		rc = answer_nearby(d, c, q);
	vec_release(&hits, search_hit_free);
	return rc;
}

/* --- old texts --------------------------------------------------------- */

/* Of an old text only its words and its folder can be looked for. */
static int
read_old_part(struct desk *d, const struct call *c, const struct query *q,
	      struct past_part *part, struct err *err)
{
	long limit = call_number(c, "limit", 0);
	bool said = q->kind && strcmp(q->kind, SEARCH_SAID) == 0;

	memset(part, 0, sizeof(*part));
	if (q->status || q->person || q->fields.len > 0 || !q->match.len ||
	    call_number(c, "since", 0))
		return err_rule(err, PLEIN_EUSAGE, "old-words", 0,
				"in old texts: words, type: and map: only");
	part->match = q->match.ptr;
	part->folder = q->folder	  ? q->folder
		       : q->kind && !said ? page_folder_of_kind(q->kind)
					  : NULL;
	if (said)
		part->what = PAST_SAID;
	else if (call_flag(c, "said") && !q->kind)
		part->what = PAST_BOTH;
	part->limit = (limit > 0 && limit < HITS_MAX ? limit : HITS_MAX) + 1;
	part->skip = call_number(c, "after", 0);
	if (!json_object_get(c->params, "at"))
		return 0;
	return timeline_seq_at(d->index, call_number(c, "at", 0), &part->at,
			       err);
}

static json_t *
describe_old(struct desk *d, const struct past_hit *h, const char *address,
	     const struct buf *text)
{
	struct index_version *v = NULL;
	struct page_info info;
	json_t *row;

	page_info_init(&info);
	page_info_read(&info, address, text->ptr, text->len);
	row = describe_page(&info);
	if (timeline_version(d->index, address, h->seq, &v, NULL))
		v = NULL; /* another page took its name */
	describe_number(row, "version", v ? v->n : 0);
	describe_number(row, "time", v ? v->when : 0);
	describe_line(row, "handle", v ? v->handle : NULL);
	describe_line(row, "passage", h->passage);
	index_version_free(v);
	page_info_release(&info);
	return row;
}

/* A thread as it was, and in it this remark. */
static int
describe_said(struct desk *d, const struct past_part *part,
	      const struct past_hit *h, json_t *row, struct err *err)
{
	struct vec remarks = VEC_INIT;
	struct index_thread *t = NULL;
	struct index_page *page = NULL;
	struct path_remark at;
	size_t i;
	int rc;

	path_remark_read(&at, h->path);
	rc = discussion_at(d, part->at, NULL, at.thread, &remarks, err);
	for (i = 0; i < remarks.len && !rc; i++) {
		if (!t)
			t = discussion_begin(remarks.items[i]);
		discussion_count(t, remarks.items[i]);
	}
	if (index_page(d->index, at.page, &page, NULL))
		page = NULL; /* it went or moved since */
	describe_line(row, "address", at.page);
	describe_line(row, "title", t ? t->title : "");
	describe_line(row, "kind", SEARCH_SAID);
	describe_line(row, "status", t ? t->state : NULL);
	describe_line(row, "state", NULL);
	describe_number(row, "version", 0);
	describe_number(row, "time", at.when);
	describe_line(row, "handle", at.handle);
	describe_line(row, "passage", h->passage);
	describe_line(row, "thread", at.thread);
	describe_line(row, "remark", at.name);
	describe_line(row, "page", page ? page->info.title : NULL);
	index_page_free(page);
	index_thread_free(t);
	vec_release(&remarks, index_remark_free);
	return rc;
}

static int
add_old(struct desk *d, const struct past_part *part, struct past_hit *h,
	json_t *rows, struct err *err)
{
	struct buf text = BUF_INIT, address = BUF_INIT;
	json_t *row = json_object();
	struct repo_id blob;
	int rc;

	(void)snprintf(blob.hex, sizeof(blob.hex), "%s", h->blob);
	rc = snap_blob(d->repo, &blob, &text, err);
	if (!rc)
		rc = past_passage(d->past, part->match, &text, h, err);
	if (!rc && path_kind_of(h->path) == PATH_REMARK) {
		rc = describe_said(d, part, h, row, err);
	} else if (!rc) {
		path_to_address(h->path, &address);
		json_decref(row);
		row = describe_old(d, h, address.ptr, &text);
	}
	(void)json_array_append_new(rows, row);
	buf_release(&address);
	buf_release(&text);
	return rc;
}

static int
answer_old(struct desk *d, struct call *c, const struct past_part *part,
	   const struct vec *hits)
{
	size_t shown = (size_t)part->limit - 1, i;
	json_t *rows = json_array();
	int64_t reach = 0, last = 0;
	int rc = past_reach(d->past, &reach, &c->err);

	if (!rc)
		rc = index_last(d->index, &last, &c->err);
	for (i = 0; i < hits->len && i < shown && !rc; i++)
		rc = add_old(d, part, hits->items[i], rows, &c->err);
	describe_rows(c, rows);
	(void)json_object_set_new(
		c->result, "complete",
		json_boolean(reach >= (part->at ? part->at : last)));
	if (hits->len > shown)
		describe_number(c->result, "next", part->skip + (long)shown);
	return rc;
}

static int
search_old(struct desk *d, struct call *c, const struct query *q)
{
	struct past_part part;
	struct vec hits = VEC_INIT;
	int rc = read_old_part(d, c, q, &part, &c->err);

	if (!rc)
		rc = desk_need_repo(d, &c->err);
	if (!rc)
		rc = desk_need_past(d, &c->err);
	if (!rc && (part.at || !json_object_get(c->params, "at")))
		rc = past_search(d->past, &part, &hits, &c->err);
	if (!rc)
		rc = answer_old(d, c, &part, &hits);
	vec_release(&hits, past_hit_free);
	return rc;
}

static int
handle_search_pages(struct desk *d, struct call *c)
{
	bool old = call_flag(c, "past") || json_object_get(c->params, "at");
	struct query q;
	int rc = query_parse(&q, call_text(c, "query"), &c->err);

	if (!rc)
		rc = old ? desk_need_index(d, &c->err)
			 : desk_need_words(d, &c->err);
	if (!rc)
		rc = old ? search_old(d, c, &q) : search_now(d, c, &q);
	if (!rc)
		rc = unread_tell_rows(d, c);
	query_release(&q);
	return rc;
}

static const struct param search_params[] = {
	{ "query", PARAM_TEXT, true, QUERY_MAX,
	  "words (each also as a beginning), \"phrases\", and type: status: "
	  "door: map: trefwoord: eigenaar: with a value; type:bespreking is "
	  "what was said, with status: open or resolved, door: who said it "
	  "and map: of the page" },
	{ "said", PARAM_FLAG, false, 1, "what was said in discussions too" },
	{ "since", PARAM_NUMBER, false, TIME_MAX, "changed then or later" },
	{ "past", PARAM_FLAG, false, 1,
	  "texts that stand no more, newest first, one a page; with words, "
	  "type: and map: only" },
	PARAM_AT,
	{ "after", PARAM_NUMBER, false, SKIP_MAX, "the next of before" },
	{ "limit", PARAM_NUMBER, false, COUNT_MAX, "at most 100, the default" },
	PARAMS_END,
};

const struct method search_rows[] = {
	{ "search.pages", RIGHT_READ, PLACE_READER, search_params,
	  "Finds pages by words and fields, best first; without words the "
	  "newest first.",
	  "{rows: [{address, title, kind, status, state, version, time, "
	  "handle, passage}], ranked, next, near: [{word, pages}]}: near is "
	  "there when one word was not found, and names words that look like "
	  "it; found words in the passage stand "
	  "between asterisks; ranked is false when there was no time to order; "
	  "with past or at, complete instead: false while old texts are still "
	  "being read; "
	  "next is there when there is more, to be given as after; new as in "
	  "page.list. A remark has {thread, remark, page} too: its title is "
	  "that of the thread, page that of the page, kind is bespreking, "
	  "status open or resolved, version 0",
	  "usage busy corrupt", handle_search_pages },
	ROWS_END,
};
