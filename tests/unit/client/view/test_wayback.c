/* The acts of a session, and which of them is taken back next. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "plein/err.h"
#include "plein/mem.h"
#include "view/wayback.h"

static void
save(struct context *c, const char *address, int version)
{
	json_t *result = json_pack("{s:i}", "version", version);

	wayback_add_version(c, address, result);
	json_decref(result);
}

static const char *
last(const struct context *c, const char *key)
{
	const json_t *act = wayback_last(c);
	const json_t *params = json_object_get(act, "params");

	return *args_text(act, key) ? args_text(act, key)
				    : args_text(params, key);
}

static json_int_t
last_number(const struct context *c, const char *key)
{
	return json_integer_value(json_object_get(
		json_object_get(wayback_last(c), "params"), key));
}

static void
test_wayback__gives_the_last_act_first(void **state)
{
	struct context c = { 0 };

	(void)state;
	assert_null(wayback_last(&c));
	save(&c, "themas/x", 2);
	save(&c, "themas/y", 7);
	assert_string_equal(last(&c, "address"), "themas/y");
	assert_string_equal(last(&c, "method"), "page.undo");
	assert_non_null(strstr(last(&c, "ask"), "7"));
	wayback_drop(&c, wayback_last(&c), NULL);
	assert_string_equal(last(&c, "address"), "themas/x");
	wayback_drop(&c, wayback_last(&c), NULL);
	assert_null(wayback_last(&c));
	wayback_drop(&c, NULL, NULL);
	json_decref(c.undo);
}

/* Of a version without a number nothing can be asked. */
static void
test_wayback__leaves_out_what_has_no_number(void **state)
{
	struct context c = { 0 };

	(void)state;
	save(&c, "themas/x", 0);
	assert_null(wayback_last(&c));
	json_decref(c.undo);
}

static json_t *
undone(struct context *c, int version)
{
	json_t *result = json_pack("{s:i}", "version", version);

	wayback_drop(c, wayback_last(c), result);
	return result;
}

/* A new page was version 1, was saved as 2, and that was undone by 3. */
static void
test_wayback__knows_the_text_of_before_again(void **state)
{
	struct context c = { 0 };

	(void)state;
	wayback_add(&c, "page.delete",
		    json_pack("{s:s, s:i}", "address", "themas/x", "base", 1),
		    NULL, "?", "!");
	save(&c, "themas/x", 2);
	json_decref(undone(&c, 3));
	assert_int_equal(last_number(&c, "base"), 3);
	/* Not when somebody wrote between. */
	save(&c, "themas/x", 4);
	json_decref(undone(&c, 6));
	assert_int_equal(last_number(&c, "base"), 3);
	json_decref(c.undo);
}

static void
test_wayback__keeps_no_more_than_it_says(void **state)
{
	struct context c = { 0 };
	const size_t len = WAYBACK_BYTES / 2 + 1;
	char *text = mem_alloc(len + 1);

	(void)state;
	for (int i = 1; i <= WAYBACK_MAX + 3; i++)
		save(&c, "themas/x", i);
	assert_int_equal(json_array_size(c.undo), WAYBACK_MAX);
	memset(text, 'x', len);
	for (int i = 0; i < 3; i++)
		wayback_add(&c, "draft.put",
			    json_pack("{s:s, s:s}", "address", "themas/x",
				      "text", text),
			    NULL, "?", "!");
	assert_int_equal(json_array_size(c.undo), 1);
	assert_string_equal(last(&c, "method"), "draft.put");
	free(text);
	json_decref(c.undo);
}

static void
test_wayback__asks_again_when_the_wiki_was_away(void **state)
{
	(void)state;
	assert_false(wayback_is_final(PLEIN_ECLOSED));
	assert_false(wayback_is_final(PLEIN_EBUSY));
	assert_true(wayback_is_final(PLEIN_ENOTFOUND));
	assert_true(wayback_is_final(PLEIN_ECONFLICT));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_wayback__gives_the_last_act_first),
		cmocka_unit_test(test_wayback__leaves_out_what_has_no_number),
		cmocka_unit_test(test_wayback__knows_the_text_of_before_again),
		cmocka_unit_test(test_wayback__keeps_no_more_than_it_says),
		cmocka_unit_test(
			test_wayback__asks_again_when_the_wiki_was_away),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
