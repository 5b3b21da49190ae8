/* sitting.c - see sitting.h. */
#include "wiki/sitting.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "plein/clock.h"
#include "plein/filter.h"
#include "plein/lineend.h"
#include "plein/mem.h"
#include "state/accounts.h"
#include "state/links.h"
#include "wiki/call.h"
#include "wiki/space.h"

/* Nobody without an account takes part, nor who may only read. */
static int
find_part(struct sitting *s, struct desk *d, const struct call *c,
	  struct err *err)
{
	const char *handle = c->caller->handle;
	bool asked = false;
	int rc = round_is_asked(d->state, s->round, handle ? handle : "",
				&asked, &s->asked, err);

	s->takes_part = asked && handle && caller_may(c->caller, RIGHT_WRITE);
	s->is_host = handle && strcmp(handle, s->round->host) == 0;
	return rc;
}

static int
find_step(struct sitting *s, const struct call *c, struct err *err)
{
	if (!json_object_get(c->params, "step"))
		return 0;
	s->step = round_step(s->round, call_number(c, "step", 0));
	return s->step ? 0 : err_set(err, PLEIN_ENOTFOUND, "no such step");
}

int
sitting_open(struct sitting *s, struct desk *d, struct call *c)
{
	int rc = desk_need_state(d, &c->err);

	s->now = clock_wall();
	if (!rc)
		rc = round_get(d->state, d->space->name,
			       call_number(c, "round", 0), &s->round, &c->err);
	if (!rc)
		rc = find_step(s, c, &c->err);
	if (!rc)
		rc = find_part(s, d, c, &c->err);
	return rc;
}

void
sitting_release(struct sitting *s)
{
	round_free(s->round);
	memset(s, 0, sizeof(*s));
}

int
sitting_check_part(const struct sitting *s, struct err *err)
{
	if (s->takes_part)
		return 0;
	return err_set(err, PLEIN_EDENIED,
		       "you do not take part in this round");
}

int
sitting_check_host(const struct sitting *s, const struct call *c,
		   struct err *err)
{
	if (s->is_host || caller_may(c->caller, RIGHT_STEWARD))
		return 0;
	return err_set(err, PLEIN_EDENIED, "%s leads this round",
		       s->round->host);
}

int
sitting_check_running(const struct sitting *s, struct err *err)
{
	if (!s->round->closing)
		return 0;
	return err_rule(err, PLEIN_ERULE, "round-closing", 0,
			"this round is being closed");
}

int
sitting_look(const struct sitting *s, struct desk *d, struct call *c,
	     const struct round_step *step, bool *answered,
	     enum round_sight *sight)
{
	const struct answering a = { s->round, step, c->caller->handle };
	int rc = 0;

	*answered = false;
	if (s->takes_part)
		rc = answer_is_given(d->state, &a, answered, &c->err);
	*sight = round_sight(step, s->now, s->takes_part, *answered);
	return rc;
}

/* --- who ------------------------------------------------------------------- */

/* As others may know them, for free(); NULL: not at all. */
static char *
name_person(struct desk *d, const struct round_step *step, const char *handle)
{
	struct account a = { 0 };
	struct buf who = BUF_INIT;

	if (!handle || step->names == ROUND_NOBODY)
		return NULL;
	if (step->names == ROUND_NAME)
		return mem_strdup(handle);
	if (account_get(d->state, handle, &a, NULL))
		return NULL;
	round_role(&who, handle, a.organisation, a.role);
	account_release(&a);
	return buf_take(&who);
}

int
sitting_said(const struct sitting *s, struct desk *d,
	     const struct round_step *step, bool anew, struct vec *said,
	     struct err *err)
{
	struct round_said *one;
	int rc = answer_list(d->state, s->round, step, anew, said, err);
	size_t i;

	for (i = 0; i < said->len && !rc; i++) {
		one = said->items[i];
		one->who = name_person(d, step, one->handle);
	}
	return rc;
}

int
sitting_points(const struct sitting *s, struct desk *d,
	       const struct round_step *step, struct vec *points,
	       struct err *err)
{
	struct round_stand *stand;
	struct round_point *p;
	size_t i, k;
	int rc = answer_points(d->state, s->round, step, points, err);

	for (i = 0; i < points->len && !rc; i++) {
		p = points->items[i];
		for (k = 0; k < p->stands.len; k++) {
			stand = p->stands.items[k];
			stand->who = name_person(d, step, stand->handle);
		}
	}
	return rc;
}

/* --- the round before ------------------------------------------------------- */

static bool
is_round_on(const struct links_row *row)
{
	return row->address && row->kind && row->field &&
	       strcmp(row->kind, "reflectie") == 0 &&
	       strcmp(row->field, "hoort_bij") == 0;
}

char *
sitting_previous(struct desk *d, const char *theme)
{
	const struct links_part part = { 0, 500, true };
	struct vec rows = VEC_INIT;
	const struct links_row *row;
	const char *newest = NULL; /* their addresses begin with the day */
	char *found;
	size_t i;

	if (desk_need_index(d, NULL) ||
	    links_to(d->index, theme, &part, &rows, NULL))
		rows.len = 0; /* then none is told */
	for (i = 0; i < rows.len; i++) {
		row = rows.items[i];
		if (is_round_on(row) &&
		    (!newest || strcmp(row->address, newest) > 0))
			newest = row->address;
	}
	found = newest ? mem_strdup(newest) : NULL;
	vec_release(&rows, links_row_free);
	return found;
}

/* --- texts ------------------------------------------------------------------ */

static void
trim(struct buf *b)
{
	size_t n = 0;

	while (b->len > 0 && isspace((unsigned char)b->ptr[b->len - 1]))
		buf_erase(b, b->len - 1, 1);
	while (n < b->len && (b->ptr[n] == '\n' || b->ptr[n] == ' '))
		n++;
	buf_erase(b, 0, n);
}

int
sitting_text(struct buf *out, const char *text, const char *rule, bool may_be,
	     struct err *err)
{
	size_t bad;

	lineend_plain(out, text ? text : "", text ? strlen(text) : 0);
	trim(out);
	if (!filter_accepts(out->ptr, out->len, &bad))
		return err_rule(err, PLEIN_ERULE, rule, 0,
				"it holds a character that may not be stored");
	if (out->len == 0 && !may_be)
		return err_rule(err, PLEIN_ERULE, "answer-empty", 0,
				"there is nothing in it");
	return 0;
}
