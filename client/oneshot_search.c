/*
 * oneshot_search.c - finding pages: search, backlinks. What stands in the
 * wiki now comes first, best first; then old versions of pages that were not
 * found yet, as `address@version`.
 */
#include "oneshot_page.h"
#include "oneshot_rows.h"

#include <stdlib.h>
#include <string.h>

#include "plein/i18n.h"
#include "plein/query.h"

#define ONLY_SAID "type:\"bespreking\" "
#define FOUND_MAX 10000 /* pages; the method goes no further */

enum place_of_text { PAGES = 1, VERSIONS = 2, THREADS = 4, ALL = 7 };

/* --- what is found --- */

struct search {
	json_t *seen; /* addresses that were found in the texts of now, and
			 names of remarks */
	bool old;
};

static void
name_hit(struct buf *out, const struct search *s, const json_t *row)
{
	const char *thread = row_text(row, "thread");
	const char *address = thread ? thread : row_text(row, "address");

	buf_str(out, address ? address : "");
	if (s->old && row_number(row, "version"))
		buf_printf(out, "@%lld", (long long)row_number(row, "version"));
}

static void
print_hit(struct oneshot *o, const struct search *s, const json_t *row)
{
	struct buf name = BUF_INIT;

	if (o->json) {
		output_json(&o->out,
			    json_pack("{s:O, s:O, s:O, s:O, s:O, s:O, s:o, "
				      "s:O, s:b, s:O, s:O, s:O}",
				      "path", row_part(row, "address"), "title",
				      row_part(row, "title"), "kind",
				      row_part(row, "kind"), "status",
				      row_part(row, "status"), "version",
				      row_part(row, "version"), "author",
				      row_part(row, "handle"), "time",
				      output_json_time(row_number(row, "time")),
				      "passage", row_part(row, "passage"),
				      "old", (int)s->old, "thread",
				      row_part(row, "thread"), "remark",
				      row_part(row, "remark"), "new",
				      row_part(row, "new")));
		return;
	}
	name_hit(&name, s, row);
	output_field(&o->out, name.ptr);
	output_field(&o->out, row_text(row, "kind"));
	output_field(&o->out, row_text(row, "title"));
	output_field(&o->out, row_text(row, "passage"));
	output_end(&o->out);
	buf_release(&name);
}

static void
add_hit(struct oneshot *o, const json_t *row, void *ctx)
{
	struct search *s = ctx;
	const char *remark = row_text(row, "remark");
	const char *key = remark ? remark : row_text(row, "address");

	if (!key || json_object_get(s->seen, key))
		return;
	(void)json_object_set_new(s->seen, key, json_true());
	print_hit(o, s, row);
}

/* --- where to look --- */

static int
read_place(struct oneshot *o, enum place_of_text *place)
{
	static const struct {
		const char *nl, *en;
		enum place_of_text place;
	} table[] = {
		{ "paginas", "pages", PAGES },
		{ "versies", "versions", VERSIONS },
		{ "gesprekken", "threads", THREADS },
	};
	const char *in = words_value(&o->words, OPTION_IN);
	size_t n = in ? sizeof(table) / sizeof(table[0]) : 0, i;

	*place = ALL;
	for (i = 0; i < n; i++)
		if (strcmp(in, table[i].nl) == 0 ||
		    strcmp(in, table[i].en) == 0)
			break;
	if (in && i == n)
		return oneshot_misuse(o, _("Search in pages, in threads or in "
					   "versions."));
	if (in)
		*place = table[i].place;
	return EXIT_DONE;
}

/* Of old texts only words and folders are known, and not since when. */
static bool
can_be_old(const struct oneshot *o, const char *words)
{
	struct query q;
	bool can = query_parse(&q, words, NULL) == 0 && q.match.len > 0 &&
		   !q.status && !q.person && !q.fields.len &&
		   !words_value(&o->words, OPTION_SINCE);

	query_release(&q);
	return can;
}

/* --- search --- */

static int
search_in(struct oneshot *o, struct search *s, const json_t *params,
	  enum place_of_text place)
{
	struct row_list list = { .method = "search.pages",
				 .cursor = "after",
				 .most = FOUND_MAX,
				 .add = add_hit,
				 .ctx = s };
	json_t *asked = json_copy((json_t *)params);
	int exit_code;

	s->old = place == VERSIONS;
	if (place & THREADS)
		(void)json_object_set_new(asked, "said", json_true());
	if (s->old) {
		(void)json_object_set_new(asked, "past", json_true());
		list.forgive = PLEIN_EBUSY;
	}
	exit_code = oneshot_each(o, &list, asked);
	if (list.more)
		oneshot_remark(o, _("There is more; these are the first %d."),
			       FOUND_MAX);
	oneshot_tell_unsearched(o, &list);
	return exit_code;
}

static int
search_words(struct oneshot *o, const char *words, enum place_of_text place)
{
	struct search s = { .seen = json_object() };
	json_t *params = json_pack("{s:s+}", "query",
				   place == THREADS ? ONLY_SAID : "", words);
	int exit_code = oneshot_set_moment(o, params, "since", OPTION_SINCE);

	if (!exit_code && (place & (PAGES | THREADS)))
		exit_code = search_in(o, &s, params, place & (PAGES | THREADS));
	if (!exit_code &&
	    (place == VERSIONS || (place == ALL && can_be_old(o, words))))
		exit_code = search_in(o, &s, params, VERSIONS);
	if (!exit_code)
		exit_code = oneshot_found(o, json_object_size(s.seen));
	json_decref(params);
	json_decref(s.seen);
	return exit_code;
}

int
do_search(struct oneshot *o)
{
	struct buf words = BUF_INIT;
	enum place_of_text place;
	int exit_code = read_place(o, &place);

	words_query(&o->words, &words);
	if (!exit_code && !words.len)
		exit_code = oneshot_misuse(o, _("Which words?"));
	else if (!exit_code)
		exit_code = search_words(o, words.ptr, place);
	buf_release(&words);
	return exit_code;
}

/* --- backlinks --- */

static void
add_link(struct oneshot *o, const json_t *row, void *ctx)
{
	const char *thread = row_text(row, "thread");

	(void)ctx;
	if (o->json) {
		output_json(&o->out,
			    json_pack("{s:O, s:O, s:O, s:O, s:O, s:O, s:O, "
				      "s:O, s:O, s:O}",
				      "path", row_part(row, "address"), "title",
				      row_part(row, "title"), "kind",
				      row_part(row, "kind"), "status",
				      row_part(row, "status"), "target",
				      row_part(row, "target"), "field",
				      row_part(row, "field"), "passage",
				      row_part(row, "passage"), "thread",
				      row_part(row, "thread"), "remark",
				      row_part(row, "remark"), "new",
				      row_part(row, "new")));
		return;
	}
	output_field(&o->out, thread ? thread : row_text(row, "address"));
	output_field(&o->out, row_text(row, "title"));
	output_field(&o->out, row_text(row, "passage"));
	output_end(&o->out);
}

int
do_backlinks(struct oneshot *o)
{
	struct row_list list = { .method = "page.backlinks",
				 .cursor = "after",
				 .add = add_link };
	struct page_name page;
	int exit_code = oneshot_page(o, &page);

	if (!exit_code && (page.version || page.commit[0]))
		exit_code = oneshot_misuse(o, _("As of a date: PAGE@DATE."));
	if (!exit_code)
		exit_code = oneshot_each(o, &list, oneshot_page_params(&page));
	free(page.address);
	oneshot_tell_unsearched(o, &list);
	return exit_code ? exit_code : oneshot_found(o, list.n);
}
