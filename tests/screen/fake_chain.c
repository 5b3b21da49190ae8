/*
 * fake_chain.c - questions, decisions, actions, meetings and progress:
 * tests/screen/chain.json, by method. Lists are what they are, but for a
 * `state`: only rows that have it. What is written is version 2 of the page.
 * Of a page that is only in a list, nothing else is told.
 */
#include "fake_impl.h"

#include <string.h>

#define CHAIN "tests/screen/chain.json"

static const char *const written[] = { "question.position", "question.argument",
				       "question.support",  "action.add",
				       "action.set",	    "meeting.note",
				       "meeting.decide",    "meeting.attend",
				       "progress.set",	    NULL };

static bool
is_written(const char *method)
{
	for (size_t i = 0; written[i]; i++)
		if (strcmp(written[i], method) == 0)
			return true;
	return false;
}

static bool
is_wanted(const json_t *row, const char *state)
{
	if (!*state || strcmp(state, "review") == 0)
		return true;
	if (strcmp(state, "in-force") == 0)
		return json_is_true(json_object_get(row, "in_force"));
	if (strcmp(state, "overdue") == 0)
		return json_is_true(json_object_get(row, "overdue"));
	return strcmp(param(row, "state"), state) == 0;
}

static void
narrow(json_t *rows, const char *state)
{
	for (size_t i = json_array_size(rows); i-- > 0;)
		if (!is_wanted(json_array_get(rows, i), state))
			(void)json_array_remove(rows, i);
}

/* The row of the list that tells of this page. */
static const json_t *
find_row(const json_t *all, const char *list, const char *address)
{
	const json_t *row;
	size_t i;

	json_array_foreach(json_object_get(json_object_get(all, list), "rows"),
			   i, row)
	{
		if (strcmp(param(row, "address"), address) == 0)
			return row;
	}
	return NULL;
}

static void
tell_other(const json_t *all, const char *address, json_t *found)
{
	const json_t *row = find_row(all, "question.list", address);

	if (!row)
		row = find_row(all, "decision.list", address);
	if (!row || strcmp(param(found, "address"), address) == 0)
		return;
	(void)json_object_update(found, (json_t *)row);
	(void)json_object_set_new(found, "positions", json_array());
	(void)json_object_set_new(found, "actions", json_array());
	(void)json_object_set_new(found, "chain", json_array());
}

bool
fake_chain(struct fake *f, const char *method, const json_t *params,
	   struct reply *r)
{
	json_t *all, *found;

	if (strcmp(method, "meeting.attend") == 0)
		f->attended = true;
	if (is_written(method)) {
		*r = answer(json_pack("{s:s, s:i, s:s, s:b, s:[], s:b}",
				      "address", param(params, "address"),
				      "version", 2, "commit", "0", "joined", 0,
				      "with", "moved", 0));
		return true;
	}
	all = json_load_file(CHAIN, 0, NULL);
	found = json_deep_copy(json_object_get(all, method));
	tell_other(all, param(params, "address"), found);
	json_decref(all);
	if (!found)
		return false;
	narrow(json_object_get(found, "rows"), param(params, "state"));
	*r = answer(found);
	return true;
}
