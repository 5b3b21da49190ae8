/* actlog.c - see actlog.h. */
#include "wiki/actlog.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"

/* --- what turned ------------------------------------------------------------ */

static char *
copy(const char *s)
{
	return s ? mem_strdup(s) : NULL;
}

void
turn_free(void *item)
{
	struct turn *t = item;

	free(t->from);
	free(t->to);
	free(t);
}

void
turn_add(struct vec *turns, const char *field, const char *from, const char *to)
{
	struct turn *t;

	if ((!from && !to) || (from && to && strcmp(from, to) == 0))
		return;
	t = mem_alloc(sizeof(*t));
	t->field = field;
	t->from = copy(from);
	t->to = copy(to);
	vec_push(turns, t);
}

/* --- one action --------------------------------------------------------------- */

void
actlog_free(void *item)
{
	struct actlog *a = item;

	free(a->text);
	free(a->owner);
	free(a->to);
	free(a->decision);
	free(a->state);
	vec_release(&a->turns, turn_free);
	free(a);
}

/* As its cell has it; for free(). */
static char *
tell_state(const struct action *a)
{
	struct buf out = BUF_INIT;

	buf_str(&out, action_state_word(a->state));
	if (a->done[0])
		buf_printf(&out, " %s", a->done);
	if (a->result)
		buf_printf(&out, ": %s", a->result);
	return buf_take(&out);
}

static struct actlog *
add(struct vec *out, const char *what, const struct action *a)
{
	struct actlog *log = mem_alloc(sizeof(*log));

	log->what = what;
	(void)snprintf(log->number, sizeof(log->number), "%s", a->number);
	(void)snprintf(log->due, sizeof(log->due), "%s", a->due);
	log->undertaking = a->undertaking;
	log->text = copy(a->text);
	log->owner = copy(a->owner);
	log->to = copy(a->to);
	log->decision = copy(a->decision);
	log->state = tell_state(a);
	vec_push(out, log);
	return log;
}

/* By number; of those that have the same the first of the page stays first. */
static int
compare_numbers(const void *a, const void *b)
{
	const struct action *x = a, *y = b;

	return strcmp(x->number, y->number);
}

/* For find(); vec_release(…, NULL) it. */
static struct vec
sort(const struct vec *actions)
{
	struct vec sorted = VEC_INIT;
	size_t i;

	for (i = 0; i < actions->len; i++)
		vec_push(&sorted, actions->items[i]);
	vec_sort(&sorted, compare_numbers);
	return sorted;
}

static const struct action *
find(const struct vec *sorted, const char *number)
{
	size_t from = 0, to = sorted->len, at;
	const struct action *a;

	while (from < to) {
		at = from + (to - from) / 2;
		a = sorted->items[at];
		if (strcmp(a->number, number) < 0)
			from = at + 1;
		else
			to = at;
	}
	a = from < sorted->len ? sorted->items[from] : NULL;
	return a && strcmp(a->number, number) == 0 ? a : NULL;
}

static const char *
day(const char *text)
{
	return text[0] ? text : NULL;
}

/* Fields are called as the columns are. */
static void
compare(struct vec *turns, const struct action *was, const struct action *is)
{
	bool given = is->undertaking;
	char *from = tell_state(was), *to = tell_state(is);

	turn_add(turns, given ? "toezegging" : "actie", was->text, is->text);
	turn_add(turns, given ? "door" : "eigenaar", was->owner, is->owner);
	turn_add(turns, given ? "termijn" : "gereed op", day(was->due),
		 day(is->due));
	turn_add(turns, "stand", from, to);
	free(from);
	free(to);
}

/* --- all of a page -------------------------------------------------------------- */

static void
add_changed(struct vec *out, const struct action *was, const struct action *is)
{
	struct vec turns = VEC_INIT;

	compare(&turns, was, is);
	if (turns.len)
		add(out, "action-changed", is)->turns = turns;
}

void
actlog_compare(struct vec *out, const struct vec *was, const struct vec *is)
{
	struct vec old = sort(was), new = sort(is);
	const struct action *a, *before;
	size_t i;

	for (i = 0; i < is->len; i++) {
		a = is->items[i];
		before = find(&old, a->number);
		if (before)
			add_changed(out, before, a);
		else
			(void)add(out, "action", a);
	}
	for (i = 0; i < was->len; i++) {
		a = was->items[i];
		if (!find(&new, a->number))
			(void)add(out, "action-gone", a);
	}
	vec_release(&old, NULL);
	vec_release(&new, NULL);
}
