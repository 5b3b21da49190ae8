/*
 * asked.c - see asked.h. A decision is to be reviewed by who follows its page,
 * which who wrote it does, and by who took it, unless they muted it; an action
 * is its owner's. Owners are words: plein/owner.h.
 */
#include "wiki/asked.h"

#include <stdlib.h>
#include <string.h>

#include "plein/clock.h"
#include "plein/mem.h"
#include "plein/owner.h"
#include "state/news.h"
#include "state/overview.h"
#include "state/rounds.h"
#include "wiki/caller.h"
#include "wiki/call.h"
#include "wiki/describe.h"
#include "wiki/overviews.h"
#include "wiki/rows.h"
#include "wiki/space.h"

#define LOOK_MAX 5000 /* overdue actions, or reviews, that are looked at */

struct asking {
	struct desk *desk;
	struct call *call;
	const struct unread *unread;
	const char *handle;
	struct owner *owner;
	json_t *rows;
	size_t n; /* of this kind */
};

static json_t *
add_row(struct asking *a, const char *what)
{
	json_t *row = json_object();

	describe_line(row, "what", what);
	describe_line(row, "concern", "me");
	(void)json_array_append_new(a->rows, row);
	a->n++;
	return row;
}

/* --- rounds ----------------------------------------------------------------- */

static void
add_round(struct asking *a, const struct round_due *due)
{
	struct index_page *page = NULL;
	json_t *row = add_row(a, "round");

	if (index_page(a->desk->index, due->theme, &page, NULL))
		page = NULL; /* gone: its address tells it */
	describe_number(row, "round", due->round);
	describe_line(row, "title", due->title);
	describe_line(row, "address", due->theme);
	describe_line(row, "page", page ? page->info.title : NULL);
	describe_number(row, "step", due->n);
	describe_line(row, "text", due->step);
	describe_number(row, "steps", due->steps);
	describe_number(row, "until", due->until);
	index_page_free(page);
}

static int
add_rounds(struct asking *a)
{
	struct desk *d = a->desk;
	struct vec due = VEC_INIT;
	size_t i;
	int rc = 0;

	if (caller_may(a->call->caller, RIGHT_WRITE))
		rc = rounds_due(d->state, d->space->name, a->handle,
				clock_wall(), &due, &a->call->err);
	for (i = 0; i < due.len && i < ASKED_MAX && !rc; i++)
		add_round(a, due.items[i]);
	vec_release(&due, round_due_free);
	return rc;
}

/* --- what pages say ---------------------------------------------------------- */

static const struct overview_value *
value_of(enum overview which, const struct overview_row *r, const char *name)
{
	const char *const *names = overview_names(which);
	size_t k = 0;

	while (strcmp(names[k], name) != 0)
		k++;
	return &r->values[k];
}

/* Did they write it, and wished nothing else? */
static enum follow
find_follow(const struct asking *a, const struct overview_row *r)
{
	enum follow f = unread_wish(a->unread, r->address);

	if (f != FOLLOW_AUTO)
		return f;
	return value_of(OVERVIEW_REVIEWS_DUE, r, "wrote")->number ? FOLLOW_YES
								  : FOLLOW_NO;
}

static void
add_review(struct asking *a, const struct overview_row *r)
{
	enum overview which = OVERVIEW_REVIEWS_DUE;
	const char *body = value_of(which, r, "body")->text;
	enum follow f = find_follow(a, r);
	json_t *row;

	if (f == FOLLOW_MUTED ||
	    (f != FOLLOW_YES && !(body && owner_is(a->owner, body))))
		return;
	row = add_row(a, "review");
	describe_line(row, "address", r->address);
	describe_line(row, "title", value_of(which, r, "title")->text);
	describe_line(row, "body", body);
	describe_line(row, "due", value_of(which, r, "review")->text);
}

static void
add_action(struct asking *a, const struct overview_row *r)
{
	enum overview which = OVERVIEW_ACTIONS_DUE;
	const char *const *names = overview_names(which);
	char *title = NULL;
	json_t *row;
	size_t i;

	if (!owner_is(a->owner, value_of(which, r, "owner")->text))
		return;
	row = add_row(a, "action");
	describe_line(row, "address", r->address);
	if (news_title(a->desk->index, r->address, &title, NULL))
		title = NULL; /* its address tells it */
	describe_line(row, "title", title);
	for (i = 0; names[i]; i++)
		describe_line(row, names[i], r->values[i].text);
	free(title);
}

/* One part of a list; *last is its last row, what came before is freed. */
static int
add_part(struct asking *a, enum overview which, struct overview_filter *f,
	 struct vec *part)
{
	struct vec before = *part;
	size_t i;
	int rc;

	*part = (struct vec)VEC_INIT;
	rc = overview_list(a->desk->index, which, f, part, &a->call->err);
	vec_release(&before, overview_row_free); /* f pointed into it */
	for (i = 0; i < part->len && a->n < ASKED_MAX && !rc; i++)
		(which == OVERVIEW_REVIEWS_DUE ? add_review
					       : add_action)(a, part->items[i]);
	return rc;
}

static int
add_listed(struct asking *a, enum overview which)
{
	char today[DAYTEXT_LEN + 1];
	struct overview_filter f = { .on = today,
				     .owner = a->handle,
				     .limit = ROWS_MAX };
	const struct overview_row *last;
	struct vec part = VEC_INIT;
	size_t seen = 0;
	int rc;

	overviews_today(today);
	a->n = 0;
	do {
		rc = add_part(a, which, &f, &part);
		last = part.len ? part.items[part.len - 1] : NULL;
		if (last) {
			f.after_key = last->key;
			f.after_address = last->address;
			f.after_i = last->i;
		}
		seen += part.len;
	} while (!rc && part.len == ROWS_MAX && a->n < ASKED_MAX &&
		 seen < LOOK_MAX);
	vec_release(&part, overview_row_free);
	return rc;
}

int
asked_rows(struct desk *d, struct call *c, const struct unread *u, json_t *rows)
{
	const struct owner_person who = { c->caller->handle, c->caller->name,
					  c->caller->organisation,
					  caller_here(c->caller) };
	struct asking a = { .desk = d,
			    .call = c,
			    .unread = u,
			    .handle = who.handle,
			    .owner = owner_new(&who),
			    .rows = rows };
	int rc = add_rounds(&a);

	if (!rc)
		rc = add_listed(&a, OVERVIEW_REVIEWS_DUE);
	if (!rc)
		rc = add_listed(&a, OVERVIEW_ACTIONS_DUE);
	owner_free(a.owner);
	return rc;
}
