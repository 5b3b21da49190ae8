/* fake_story.c - how a page came about, of every page the same:
 * tests/screen/story.json. */
#include "fake_impl.h"

#define STORY "tests/screen/story.json"
#define PART 4 /* events of one answer */
#define ACTIONS 2 /* that are not counted */

struct reply
fake_story(struct fake *f, const json_t *params)
{
	json_t *all = json_load_file(STORY, 0, NULL), *rows = json_array();
	size_t at =
		(size_t)json_integer_value(json_object_get(params, "after"));
	size_t n = json_array_size(all), i;
	json_t *result;

	(void)f;
	for (i = at; i < n && i < at + PART; i++)
		json_array_append(rows, json_array_get(all, i));
	result = json_pack("{s:o, s:i}", "rows", rows, "events",
			   (int)n - ACTIONS);
	if (i < n)
		json_object_set_new(result, "next",
				    json_integer((json_int_t)i));
	json_decref(all);
	fake_tell_complete(result, params);
	if (json_is_false(json_object_get(result, "complete")))
		json_object_set_new(result, "cut", json_true());
	return answer(result);
}
