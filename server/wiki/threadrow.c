/* threadrow.c - see threadrow.h. */
#include "wiki/threadrow.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "state/timeline.h"
#include "wiki/call.h"
#include "wiki/describe.h"
#include "wiki/moment.h"

static json_t *
describe_newest(const struct index_thread *t)
{
	json_t *row = json_object();

	describe_line(row, "remark", t->newest);
	describe_line(row, "handle", t->newest_handle);
	describe_number(row, "time", t->when);
	(void)json_object_set_new(
		row, "text",
		call_json(t->newest_body ? t->newest_body : "",
			  t->newest_body ? strlen(t->newest_body) : 0));
	return row;
}

/* What the caller follows and has not read; of now, and of people. */
static void
describe_reading(json_t *row, const struct unread *u,
		 const struct index_thread *t, bool follow)
{
	if (!u->handle)
		return;
	describe_number(row, "new", unread_of_thread(u, t->code, t->page));
	describe_line(
		row, "follow",
		follow ? follow_word(unread_follows_thread(u, t->code, t->page))
		       : NULL);
}

/* As of a moment the address is one of then. */
static int
find_page(struct desk *d, const char *address, int64_t when,
	  struct index_page **page)
{
	char *home = NULL;
	int64_t seq;
	int rc;

	if (!when)
		return index_page(d->index, address, page, NULL);
	rc = timeline_seq_at(d->index, when, &seq, NULL);
	if (!rc)
		rc = moment_home_there(d, seq, address, &home, NULL);
	if (!rc)
		rc = moment_page(d, when, home, page, NULL);
	free(home);
	return rc;
}

/* NULL: there is no such page. */
static char *
find_title(struct desk *d, const char *address, int64_t when)
{
	struct index_page *page = NULL;
	char *title = NULL;

	if (!find_page(d, address, when, &page))
		title = mem_strdup(page->info.title);
	else
		page = NULL;
	index_page_free(page);
	return title;
}

/* The title of its page; of one that is gone the address tells it. */
static void
describe_home(json_t *row, struct desk *d, const struct index_thread *t,
	      int64_t when, struct passages *p)
{
	char *title =
		p && p->bare ? passages_title(p) : find_title(d, t->page, when);

	describe_line(row, "address", t->page);
	describe_line(row, "page", title);
	free(title);
}

json_t *
threadrow_describe(struct desk *d, const struct index_thread *t, int64_t when,
		   struct passages *p, const struct unread *u)
{
	json_t *row = json_object();

	describe_line(row, "thread", t->code);
	describe_home(row, d, t, when, p);
	describe_line(row, "title", t->title);
	describe_line(row, "state", t->state);
	describe_line(row, "handle", t->handle);
	describe_number(row, "remarks", t->remarks);
	(void)json_object_set_new(row, "newest", describe_newest(t));
	describe_line(row, "quote", t->quote);
	(void)json_object_set_new(
		row, "passage",
		p ? passages_describe(p, t->quote, t->base, t->nth)
		  : json_null());
	describe_reading(row, u, t, p != NULL);
	return row;
}
