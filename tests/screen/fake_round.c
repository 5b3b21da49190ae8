/*
 * fake_round.c - a round of reflection: tests/screen/round.json, by method.
 * "groups" and "points" are told of a step that was answered, or closed. Who is
 * a bijdrager leads it.
 */
#include "fake_impl.h"

#include <string.h>

#define ROUND "tests/screen/round.json"

static json_t *
round_of(struct fake *f)
{
	if (!f->round)
		f->round = json_load_file(ROUND, 0, NULL);
	return f->round;
}

static json_t *
step_of(struct fake *f, const json_t *params)
{
	json_t *read = json_object_get(round_of(f), "round.read");
	json_int_t n = json_integer_value(json_object_get(params, "step"));

	return n ? json_array_get(json_object_get(read, "steps"), (size_t)n - 1)
		 : NULL;
}

static bool
is_seen(const json_t *step)
{
	return strcmp(param(step, "sight"), "seen") == 0;
}

static struct reply
read_round(struct fake *f, const json_t *params)
{
	json_t *all = round_of(f);
	json_t *result = json_deep_copy(json_object_get(all, "round.read"));

	if (strcmp(f->role, "bijdrager") != 0)
		(void)json_object_set_new(result, "is_host", json_false());
	if (is_seen(step_of(f, params))) {
		(void)json_object_set(result, "groups",
				      json_object_get(all, "groups"));
		(void)json_object_set(result, "points",
				      json_object_get(all, "points"));
	}
	return answer(result);
}

/* Answered, or closed. */
static struct reply
open_eyes(struct fake *f, const json_t *params, const char *key, bool value)
{
	json_t *step = step_of(f, params);

	(void)json_object_set_new(step, key, json_boolean(value));
	if (strcmp(param(step, "names"), "anoniem") != 0)
		(void)json_object_set_new(step, "sight", json_string("seen"));
	return answer(json_object());
}

static struct reply
add_point(struct fake *f, const json_t *params)
{
	json_t *points = json_object_get(round_of(f), "points");
	json_int_t n = (json_int_t)json_array_size(points) + 1;

	(void)json_array_append_new(
		points, json_pack("{s:I, s:s, s:i, s:i, s:n, s:[]}", "point", n,
				  "text", param(params, "text"), "agree", 0,
				  "disagree", 0, "own", "stands"));
	return answer(json_pack("{s:I}", "point", n));
}

static struct reply
take_stand(struct fake *f, const json_t *params)
{
	json_t *points = json_object_get(round_of(f), "points");
	json_int_t n = json_integer_value(json_object_get(params, "point"));
	json_t *point = json_array_get(points, (size_t)n - 1);
	bool agrees = json_is_true(json_object_get(params, "agrees"));
	const char *key = agrees ? "agree" : "disagree";

	if (*param(params, "reason"))
		(void)json_object_set_new(point, "stands",
					  json_pack("[{s:s, s:b, s:s}]", "who",
						    "beleid, Duinstad",
						    "agrees", agrees, "reason",
						    param(params, "reason")));
	(void)json_object_set_new(
		point, key,
		json_integer(json_integer_value(json_object_get(point, key)) +
			     1));
	return answer(json_object());
}

/* What was cancelled is not told any more. */
static struct reply
put_away(struct fake *f)
{
	json_t *list = json_object_get(round_of(f), "round.list");

	(void)json_array_clear(json_object_get(list, "cancelled"));
	return answer(json_object());
}

bool
fake_round(struct fake *f, const char *method, const json_t *params,
	   struct reply *r)
{
	if (strncmp(method, "round.", strlen("round.")) != 0)
		return false;
	if (strcmp(method, "round.read") == 0)
		*r = read_round(f, params);
	else if (strcmp(method, "round.answer") == 0)
		*r = open_eyes(f, params, "answered", true);
	else if (strcmp(method, "round.step") == 0)
		*r = open_eyes(f, params, "open", false);
	else if (strcmp(method, "round.point") == 0)
		*r = add_point(f, params);
	else if (strcmp(method, "round.stand") == 0)
		*r = take_stand(f, params);
	else if (strcmp(method, "round.cancel") == 0)
		*r = answer(
			json_pack("{s:s, s:i}", "title", "Meten", "told", 4));
	else if (strcmp(method, "round.noted") == 0)
		*r = put_away(f);
	else if (strcmp(method, "round.close") == 0)
		*r = answer(json_pack("{s:s, s:i}", "address",
				      "themas/common-ground", "version", 1));
	else if (json_object_get(round_of(f), method))
		*r = answer(
			json_deep_copy(json_object_get(round_of(f), method)));
	else
		*r = answer(json_object());
	return true;
}
