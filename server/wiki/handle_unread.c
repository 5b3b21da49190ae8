/*
 * handle_unread.c - what one has not read of discussions: saying that it was
 * read, what one wants to hear of, and where to go on reading.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plein/clock.h"
#include "plein/mem.h"
#include "plein/path.h"
#include "state/marks.h"
#include "state/remarks.h"
#include "wiki/call.h"
#include "wiki/describe.h"
#include "wiki/discussion.h"
#include "wiki/handlers.h"
#include "wiki/late.h"
#include "wiki/newslist.h"
#include "wiki/posting.h"
#include "wiki/rows.h"
#include "wiki/space.h"
#include "wiki/target.h"
#include "wiki/tour.h"
#include "wiki/unread.h"

#define COUNTED_MAX ((size_t)16 * 1024) /* bytes: some 400 pages */

/* Reading is done by a person; commands of the host are none. */
static int
need_person(struct desk *d, struct call *c)
{
	int rc;

	if (!c->caller->handle)
		return err_set(&c->err, PLEIN_EDENIED,
			       "reading is done by a person");
	rc = desk_need_state(d, &c->err);
	return rc ? rc : desk_need_index(d, &c->err);
}

/* --- thread.seen ---------------------------------------------------------- */

/* Is `a` behind `b`, as they came? */
static bool
is_behind(const struct fresh_place *a, const struct fresh_place *b)
{
	if (a->seq != b->seq)
		return a->seq > b->seq;
	return b->name[0] && strcmp(a->name, b->name) > 0;
}

/* In a thread up to a remark. */
static int
put_mark(struct desk *d, struct call *c, const struct unread *u,
	 const char *code, const char *remark)
{
	int64_t place = call_number(c, "place", 0);
	struct thread_mark m = { .thread = (char *)code,
				 .remark = (char *)remark,
				 .time = clock_wall() };
	struct fresh_place old = unread_place(u, code, NULL);
	struct fresh_place now = { 0, "" };
	int rc = fresh_find(d->index, remark, &now.seq, &c->err);

	(void)snprintf(now.name, sizeof(now.name), "%s", remark);
	if (!rc)
		rc = late_read(u, code, &now, place, &c->err);
	if (rc || (old.seq && !is_behind(&now, &old)))
		return rc;
	return thread_mark_put(d->state, d->space->name, u->handle, &m,
			       &c->err);
}

static int
check_inside(struct desk *d, const char *remark, const char *code,
	     struct err *err)
{
	struct index_remark *r = NULL;
	int rc = remark_get(d->index, remark, &r, err);

	if (!rc && strcmp(r->thread, code) != 0)
		rc = err_set(err, PLEIN_ENOTFOUND,
			     "no such remark in this thread");
	index_remark_free(r);
	return rc;
}

static int
see_thread(struct desk *d, struct call *c, const struct unread *u)
{
	const char *code = call_text(c, "thread");
	const char *remark = call_text(c, "remark");
	struct index_thread *t = NULL;
	int rc = thread_get(d->index, code, &t, &c->err);

	if (!rc && remark)
		rc = check_inside(d, remark, code, &c->err);
	if (!rc)
		rc = put_mark(d, c, u, code, remark ? remark : t->newest);
	index_thread_free(t);
	return rc;
}

/* All of a page that is unread. */
static int
see_page(struct desk *d, struct call *c)
{
	struct target at = TARGET_INIT;
	const struct fresh_thread *t;
	struct unread u;
	size_t i;
	int rc = target_read(&at, call_text(c, "address"), &c->err);

	if (!rc) {
		rc = unread_load(&u, d, c->caller, at.address.ptr, &c->err);
		for (i = 0; i < u.threads.len && !rc; i++) {
			t = u.threads.items[i];
			rc = put_mark(d, c, &u, t->code, t->newest);
		}
		unread_release(&u);
	}
	target_release(&at);
	return rc;
}

static int
handle_thread_seen(struct desk *d, struct call *c)
{
	bool page = call_text(c, "address") != NULL;
	struct unread u;
	int rc = need_person(d, c);

	if (!rc && page == (call_text(c, "thread") != NULL))
		rc = err_set(&c->err, PLEIN_EUSAGE,
			     "a thread, or the address of a page");
	if (rc || page)
		return rc ? rc : see_page(d, c);
	rc = unread_load_marks(&u, d, c->caller, &c->err);
	if (!rc)
		rc = see_thread(d, c, &u);
	unread_release(&u);
	return rc;
}

/* --- follow.set, follow.list ---------------------------------------------- */

/* What is to be followed: a code, or the address a page has now. */
static int
name_followed(struct desk *d, struct call *c, char **what, char **page)
{
	const char *code = call_text(c, "thread");
	const char *address = call_text(c, "address");
	struct index_thread *t = NULL;
	bool moved;
	int rc;

	*what = *page = NULL;
	if ((code != NULL) == (address != NULL))
		return err_set(&c->err, PLEIN_EUSAGE,
			       "a thread, or the address of a page");
	if (address) {
		rc = index_resolve(d->index, address, what, &moved, &c->err);
		return rc;
	}
	rc = thread_get(d->index, code, &t, &c->err);
	if (!rc) {
		*what = mem_strdup(code);
		*page = mem_strdup(t->page);
	}
	index_thread_free(t);
	return rc;
}

/* {follow, was}: what holds now, and what had been asked for before. */
static int
answer_follow(struct desk *d, struct call *c, const char *what,
	      const char *page)
{
	struct unread u;
	enum follow f;
	int rc = unread_load_marks(&u, d, c->caller, &c->err);

	if (!rc) {
		f = page ? unread_follows_thread(&u, what, page)
			 : unread_follows_page(&u, what);
		describe_line(c->result, "follow", follow_word(f));
		describe_line(c->result, "wish",
			      follow_word(unread_wish(&u, what)));
	}
	unread_release(&u);
	return rc;
}

static int
put_wish(struct desk *d, struct call *c, const char *what)
{
	struct wish w = { (char *)what, follow_of(call_text(c, "follow")) };
	struct unread u;
	int rc;

	if (w.follow == FOLLOW_N)
		return err_set(&c->err, PLEIN_EUSAGE,
			       "follow is yes, no, muted or auto");
	rc = unread_load_marks(&u, d, c->caller, &c->err);
	if (!rc) {
		c->result = json_object();
		describe_line(c->result, "was",
			      follow_word(unread_wish(&u, what)));
		rc = follow_put(d->state, d->space->name, c->caller->handle, &w,
				&c->err);
	}
	unread_release(&u);
	return rc;
}

static int
handle_follow_set(struct desk *d, struct call *c)
{
	char *what = NULL, *page = NULL;
	int rc = need_person(d, c);

	if (!rc)
		rc = name_followed(d, c, &what, &page);
	if (!rc)
		rc = put_wish(d, c, what);
	if (!rc)
		rc = answer_follow(d, c, what, page);
	free(what);
	free(page);
	return rc;
}

static json_t *
describe_wish(struct desk *d, const struct wish *w)
{
	bool is_thread = thread_code_is_valid(w->what);
	struct index_thread *t = NULL;
	struct index_page *page = NULL;
	json_t *row = json_object();

	if (is_thread && thread_get(d->index, w->what, &t, NULL))
		t = NULL;
	if (!is_thread && index_page(d->index, w->what, &page, NULL))
		page = NULL;
	describe_line(row, "thread", is_thread ? w->what : NULL);
	describe_line(row, "address", t ? t->page : is_thread ? NULL : w->what);
	describe_line(row, "title",
		      t	     ? t->title
		      : page ? page->info.title
			     : NULL);
	describe_line(row, "follow", follow_word(w->follow));
	index_thread_free(t);
	if (page)
		index_page_free(page);
	return row;
}

static int
handle_follow_list(struct desk *d, struct call *c)
{
	json_t *rows = json_array();
	struct unread u = { .desk = d };
	size_t i;
	int rc = need_person(d, c);

	if (!rc)
		rc = unread_load_marks(&u, d, c->caller, &c->err);
	for (i = 0; i < u.wishes.len && !rc; i++)
		(void)json_array_append_new(
			rows, describe_wish(d, u.wishes.items[i]));
	describe_rows(c, rows);
	unread_release(&u);
	return rc;
}

/* --- unread.count --------------------------------------------------------- */

static int
handle_unread_count(struct desk *d, struct call *c)
{
	const char *at = call_text(c, "pages");
	json_t *rows = json_array();
	size_t len, n = 0;
	int rc;

	for (; *at && n < ROWS_MAX; at += len + (at[len] == ' '), n++) {
		len = strcspn(at, " ");
		(void)json_array_append_new(
			rows, json_pack("{s:s%}", "address", at, len));
	}
	describe_rows(c, rows);
	rc = desk_need_index(d, &c->err);
	return rc ? rc : unread_tell_rows(d, c);
}

/* --- unread.next ---------------------------------------------------------- */

/* The first remark in it that is new, as people read them. */
static int
find_remark(struct desk *d, const struct unread *u, const char *code,
	    json_t *row, struct err *err)
{
	struct vec remarks = VEC_INIT;
	struct buf number = BUF_INIT;
	struct numbered *all = NULL;
	struct fresh_place read;
	size_t i;
	int rc = remarks_of_thread(d->index, code, &remarks, err);

	if (!rc) {
		all = discussion_number(&remarks);
		read = unread_origin(u, code, &remarks);
	}
	for (i = 0; i < remarks.len && !rc; i++) {
		if (!unread_is_fresh(u, &read, all[i].remark))
			continue;
		discussion_tell_number(&number, &all[i]);
		describe_line(row, "remark", all[i].remark->name);
		describe_line(row, "number", number.ptr);
		describe_line(row, "handle", all[i].remark->handle);
		break;
	}
	free(all);
	buf_release(&number);
	vec_release(&remarks, index_remark_free);
	return rc;
}

static int
answer_thread(struct desk *d, struct call *c, const struct unread *u,
	      const struct tour_stop *s)
{
	struct index_thread *thread = NULL;
	int rc = thread_get(d->index, s->code, &thread, &c->err);

	if (!rc) {
		describe_line(c->result, "address", s->address);
		describe_line(c->result, "title", thread->title);
		describe_line(c->result, "thread", s->code);
		rc = find_remark(d, u, s->code, c->result, &c->err);
	}
	index_thread_free(thread);
	return rc;
}

static int
answer_next(struct desk *d, struct call *c, const struct unread *u,
	    const struct tour *t)
{
	int rc = 0;

	c->result = json_object();
	if (t->next.code)
		rc = answer_thread(d, c, u, &t->next);
	else if (t->next.address)
		rc = newslist_page(u, t->next.address, c->result, &c->err);
	if (rc)
		return rc;
	describe_number(c->result, "left", t->left);
	(void)json_object_set_new(c->result, "more", json_boolean(t->more));
	return 0;
}

static int
handle_unread_next(struct desk *d, struct call *c)
{
	const struct tour_stop here = { (char *)call_text(c, "address"),
					(char *)call_text(c, "thread") };
	struct unread u = { .desk = d };
	struct tour tour = { .left = 0 };
	int rc = need_person(d, c);

	if (!rc)
		rc = unread_load_marks(&u, d, c->caller, &c->err);
	if (!rc)
		rc = tour_find(&tour, &u, &here, &c->err);
	if (!rc)
		rc = answer_next(d, c, &u, &tour);
	tour_release(&tour);
	unread_release(&u);
	return rc;
}

/* --- rows ----------------------------------------------------------------- */

#define PARAM_PAGE \
	{ \
		"address", PARAM_TEXT, false, ADDRESS_MAX, "or a page" \
	}
#define PARAM_CODE \
	{ \
		"thread", PARAM_TEXT, false, THREAD_CODE_MAX, "a discussion" \
	}

static const struct param seen_params[] = {
	PARAM_CODE,
	{ "remark", PARAM_TEXT, false, REMARK_NAME_MAX,
	  "up to and including this one, as they came; all when absent" },
	{ "address", PARAM_TEXT, false, ADDRESS_MAX,
	  "or all discussions of a page" },
	{ "place", PARAM_NUMBER, false, COUNT_MAX,
	  "of thread.read: as it was then, so that what was changed since to "
	  "mention the caller stays new" },
	PARAMS_END,
};

static const struct param set_params[] = {
	PARAM_CODE,
	PARAM_PAGE,
	{ "follow", PARAM_TEXT, true, 16,
	  "yes, no, muted, or auto: as it is by itself" },
	PARAMS_END,
};

static const struct param list_params[] = { PARAMS_END };

static const struct param count_params[] = {
	{ "pages", PARAM_TEXT, true, COUNTED_MAX,
	  "addresses with a blank between" },
	PARAMS_END,
};

static const struct param next_params[] = {
	{ "address", PARAM_TEXT, false, ADDRESS_MAX,
	  "the page one is at; from the beginning when absent" },
	{ "thread", PARAM_TEXT, false, THREAD_CODE_MAX,
	  "the discussion there" },
	PARAMS_END,
};

const struct method unread_rows[] = {
	{ "thread.seen", RIGHT_READ, PLACE_GROUPED, seen_params,
	  "Notes how far the caller has read a discussion; never less than "
	  "before.",
	  "{}", "denied usage rule not-found busy no-space io corrupt",
	  handle_thread_seen },
	{ "follow.set", RIGHT_READ, PLACE_WRITER, set_params,
	  "Says what the caller wants to hear of. By themselves people follow "
	  "the discussions in which they said something, the pages they wrote "
	  "and the discussions of those; of what is muted only remarks count "
	  "that name or answer them.",
	  "{follow, wish, was}: follow is yes, no or muted, as it holds now; "
	  "wish is what was asked for, was what had been before",
	  "denied usage rule not-found busy no-space io corrupt",
	  handle_follow_set },
	{ "follow.list", RIGHT_READ, PLACE_READER, list_params,
	  "Lists what the caller asked to follow, not to follow, or to mute.",
	  "{rows: [{thread, address, title, follow}]}: thread is null for a "
	  "page, title when it is gone",
	  "denied busy corrupt", handle_follow_list },
	{ "unread.count", RIGHT_READ, PLACE_READER, count_params,
	  "Counts what is unread on pages that a list has shown: they may have "
	  "been read since.",
	  "{rows: [{address}]}: a row for each (500 at most)" UNREAD_ANSWER,
	  "busy corrupt", handle_unread_count },
	{ "unread.next", RIGHT_READ, PLACE_READER, next_params,
	  "Tells what the caller can read next, in the order of the agenda: a "
	  "page that changed, then its discussions with something new. Behind "
	  "the last comes the first.",
	  "{left} when all is read; else {address, title, left} and of a page "
	  "what news.list tells of it, of a discussion {thread, remark, "
	  "number, handle}: the first remark that is new; left counts pages "
	  "and discussions besides this one, 500 of them at most: then more is "
	  "true when there are others",
	  "denied busy corrupt", handle_unread_next },
	ROWS_END,
};
