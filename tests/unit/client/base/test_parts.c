/* Lists that come in parts. */
#include "base/parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* An answer as JSON with ' for ". */
static enum parts_step
take(struct parts *p, const char *text)
{
	struct rpc_msg m;
	enum parts_step step;
	char line[256];
	int code;

	(void)snprintf(line, sizeof(line), "{'jsonrpc':'2.0','id':1,%s}", text);
	for (char *c = line; *c; c++)
		if (*c == '\'')
			*c = '"';
	assert_int_equal(rpc_parse(&m, line, strlen(line), &code, NULL), 0);
	step = parts_take(p, &m);
	rpc_msg_release(&m);
	return step;
}

static void
expect_params(const struct parts *p, const char *text)
{
	json_t *params = parts_params(p);
	char *got = json_dumps(params, JSON_COMPACT | JSON_SORT_KEYS);

	assert_string_equal(got, text);
	free(got);
	json_decref(params);
}

#define CONFLICT "'error':{'code':5,'message':'changed'}"

static void
test_parts__follow_next_to_the_end(void **state)
{
	struct parts p;

	(void)state;
	parts_init(&p, json_pack("{s:s}", "folder", "themas"));
	expect_params(&p, "{\"folder\":\"themas\"}");
	assert_int_equal(take(&p, "'result':{'rows':[1,2],'next':'b'}"),
			 PARTS_MORE);
	expect_params(&p, "{\"after\":\"b\",\"folder\":\"themas\"}");
	assert_int_equal(take(&p, "'result':{'rows':[3]}"), PARTS_DONE);
	assert_int_equal(json_array_size(p.rows), 3);
	parts_release(&p);
}

static void
test_parts__of_a_short_list_are_one(void **state)
{
	struct parts p;

	(void)state;
	parts_init(&p, NULL);
	expect_params(&p, "{}");
	assert_int_equal(take(&p, "'result':{'rows':[]}"), PARTS_DONE);
	assert_int_equal(json_array_size(p.rows), 0);
	parts_release(&p);
	parts_release(&p);
}

static void
test_parts__begin_anew_when_the_list_changed(void **state)
{
	struct parts p;

	(void)state;
	parts_init(&p, NULL);
	assert_int_equal(take(&p, "'result':{'rows':[1],'next':'b'}"),
			 PARTS_MORE);
	assert_int_equal(take(&p, CONFLICT), PARTS_MORE);
	expect_params(&p, "{}");
	assert_int_equal(take(&p, "'result':{'rows':[4],'next':'c'}"),
			 PARTS_MORE);
	assert_int_equal(take(&p, "'result':{'rows':[5]}"), PARTS_DONE);
	assert_int_equal(json_array_size(p.rows), 2);
	parts_release(&p);
}

static void
test_parts__do_not_begin_anew_for_ever(void **state)
{
	enum parts_step step = PARTS_MORE;
	struct parts p;
	int n = 0;

	(void)state;
	parts_init(&p, NULL);
	while (step == PARTS_MORE && n++ < 100) {
		(void)take(&p, "'result':{'rows':[1],'next':'b'}");
		step = take(&p, CONFLICT);
	}
	assert_int_equal(step, PARTS_FAILED);
	assert_true(n < 10);
	parts_release(&p);
}

static void
test_parts__fail_as_the_answer_does(void **state)
{
	struct parts p;

	(void)state;
	parts_init(&p, NULL);
	assert_int_equal(take(&p, "'error':{'code':3,'message':'none'}"),
			 PARTS_FAILED);
	assert_int_equal(take(&p, CONFLICT), PARTS_FAILED);
	parts_release(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parts__follow_next_to_the_end),
		cmocka_unit_test(test_parts__of_a_short_list_are_one),
		cmocka_unit_test(test_parts__begin_anew_when_the_list_changed),
		cmocka_unit_test(test_parts__do_not_begin_anew_for_ever),
		cmocka_unit_test(test_parts__fail_as_the_answer_does),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
