/*
 * fake_told.c - answers that stand in a file. Each is an object: the
 * "method"; "when", parameters that it must have (without it: any); and
 * "result" or "error" (a number, with "args") instead of an answer, or "also",
 * which is laid over the ordinary one. The first that fits counts. Where an answer has
 * a moment (time, visit, created, ...) it may be written as 2026-03-17T10:26.
 */
#include "fake_impl.h"

#include <string.h>

#include "base/when.h"

static bool
is_moment(const char *key)
{
	static const char *const keys[] = { "time",    "visit",	  "since",
					    "created", "added",	  "used",
					    "seen",    "expires", "made",
					    "edited",  "opened",  "until" };

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (strcmp(keys[i], key) == 0)
			return true;
	return false;
}

/* Moments become numbers, in place. */
static void
settle(json_t *value)
{
	const char *key;
	json_t *inner;
	int64_t when;
	size_t i;

	json_array_foreach(value, i, inner)
	{
		settle(inner);
	}
	json_object_foreach(value, key, inner)
	{
		if (is_moment(key) && json_is_string(inner) &&
		    when_parse(json_string_value(inner), &when))
			(void)json_object_set_new(value, key,
						  json_integer(when));
		else
			settle(inner);
	}
}

static bool
fits(const json_t *row, const char *method, const json_t *params)
{
	json_t *when = json_object_get(row, "when"), *value;
	const char *key;

	if (strcmp(param(row, "method"), method) != 0)
		return false;
	json_object_foreach(when, key, value)
	{
		if (!json_equal(value, json_object_get(params, key)))
			return false;
	}
	return true;
}

/* What the first row that fits and has this key has there, or NULL. */
static json_t *
find(const struct fake *f, const char *method, const json_t *params,
     const char *key)
{
	const json_t *row;
	json_t *found;
	size_t i;

	json_array_foreach(f->told, i, row)
	{
		found = json_object_get(row, key);
		if (!found || !fits(row, method, params))
			continue;
		found = json_deep_copy(found);
		settle(found);
		return found;
	}
	return NULL;
}

bool
fake_tell(const struct fake *f, const char *method, const json_t *params,
	  struct reply *r)
{
	json_t *result = find(f, method, params, "result");
	json_t *error = find(f, method, params, "error");

	*r = result ? answer(result) : refuse((int)json_integer_value(error));
	if (error)
		r->args = find(f, method, params, "args");
	json_decref(error);
	return result || r->code;
}

void
fake_tell_more(const struct fake *f, const char *method, const json_t *params,
	       struct reply *r)
{
	json_t *also = find(f, method, params, "also");

	if (r->result)
		(void)json_object_update(r->result, also);
	json_decref(also);
}
