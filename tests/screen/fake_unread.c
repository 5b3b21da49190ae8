/*
 * fake_unread.c - what somebody has not read, beside the pages of a list: see
 * fake_wiki.h. It is what news.list tells, without what was shown since.
 */
#include "fake_impl.h"

#include <string.h>

static bool
is_read(const struct fake *f, const json_t *news)
{
	const char *thread = param(news, "thread");

	return json_object_get(f->read,
			       *thread ? thread : param(news, "address"));
}

static json_int_t
count(const json_t *news)
{
	const json_t *remarks = json_object_get(news, "remarks");

	return remarks ? json_integer_value(remarks) : 1;
}

static void
put_count(const struct fake *f, const json_t *news, json_t *row)
{
	json_int_t n = 0;
	const json_t *one;
	size_t i;

	json_array_foreach(news, i, one)
	{
		if (!is_read(f, one) &&
		    strcmp(param(one, "address"), param(row, "address")) == 0)
			n += count(one);
	}
	if (n)
		(void)json_object_set_new(row, "new", json_integer(n));
}

static void
put_counts(const struct fake *f, const json_t *news, json_t *rows)
{
	json_t *row, *pages;
	size_t i;

	json_array_foreach(rows, i, row)
	{
		pages = json_object_get(row, "pages");
		if (pages)
			put_counts(f, news, pages);
		else
			put_count(f, news, row);
	}
}

void
fake_count_unread(struct fake *f, const char *method, struct reply *r)
{
	static const char *const lists[] = {
		"search.pages",	 "page.backlinks", "changes.list",
		"question.list", "decision.list",  "action.list",
		"meeting.list",	 "draft.list",	   "unread.count",
	};
	json_t *said = json_pack("{s:b}", "said", 1);
	struct reply news;

	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		if (f->told || strcmp(lists[i], method) != 0)
			continue; /* what is told has its counts */
		news = fake_news_list(f, said);
		put_counts(f, json_object_get(news.result, "rows"),
			   json_object_get(r->result, "rows"));
		json_decref(news.result);
	}
	json_decref(said);
}

struct reply
fake_unread_count(struct fake *f, const json_t *params)
{
	json_t *rows = json_array();
	const char *at = param(params, "pages");
	size_t len;

	(void)f;
	for (; *at; at += len + (at[len] == ' ')) {
		len = strcspn(at, " ");
		(void)json_array_append_new(
			rows, json_pack("{s:s%}", "address", at, len));
	}
	return answer(json_pack("{s:o}", "rows", rows));
}

struct reply
fake_note_read(struct fake *f, const json_t *params)
{
	const char *thread = param(params, "thread");

	if (!f->read)
		f->read = json_object();
	(void)json_object_set_new(f->read,
				  *thread ? thread : param(params, "address"),
				  json_true());
	return answer(json_object());
}
