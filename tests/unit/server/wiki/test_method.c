/* The method table, and what is checked before a handler runs. */
#include "town.h"

#include "plein/rpc.h"

static int
check(const char *method, enum role role, const char *params, struct err *err)
{
	struct caller who = { .role = role };
	json_t *j = json_loads(params, JSON_DECODE_ANY, NULL);
	int rc;

	assert_non_null(j);
	rc = method_check(method_find(method), &who, j, err);
	assert_int_equal(rc, rc ? err->code : 0);
	json_decref(j);
	return rc;
}

static void
test_method__rows_are_complete_and_unique(void **state)
{
	const struct method *m;
	const struct param *p;
	size_t i;

	(void)state;
	for (i = 0; (m = method_row(i)); i++) {
		assert_ptr_equal(method_find(m->name), m);
		assert_non_null(m->run);
		assert_true(m->means[0] && m->answers[0]);
		for (p = m->params; p->name; p++)
			assert_true(p->means && p->max > 0);
	}
	assert_true(i >= 15);
	assert_null(method_find("page.unknown"));
	assert_null(method_find(""));
}

static void
test_method__errors_have_names(void **state)
{
	const struct method *m;
	char *words, *word, *save;
	size_t i;

	(void)state;
	for (i = 0; (m = method_row(i)); i++) {
		words = mem_strdup(m->errors);
		for (word = strtok_r(words, " ", &save); word;
		     word = strtok_r(NULL, " ", &save))
			if (strcmp(err_name(err_code_of(word)), word) != 0)
				fail_msg("%s: %s", m->name, word);
		free(words);
	}
}

static void
test_method__the_right_comes_before_the_parameters(void **state)
{
	struct err err = ERR_INIT;

	(void)state;
	assert_int_equal(check("page.save", ROLE_LEZER, "{\"x\":1}", &err),
			 PLEIN_EDENIED);
	assert_int_equal(check("auth.key", ROLE_BEHEERDER, "{}", &err),
			 PLEIN_EDENIED);
	assert_int_equal(check("page.read", ROLE_NONE, "{}", &err),
			 PLEIN_EDENIED);
}

static void
test_method__parameters_are_checked(void **state)
{
	static const struct {
		const char *method, *params;
		int code;
	} rows[] = {
		{ "page.read", "{\"address\":\"index\"}", 0 },
		{ "page.read", "{\"address\":\"index\",\"version\":3}", 0 },
		{ "page.read", "{}", RPC_PARAMS },
		{ "page.read", "[\"index\"]", RPC_PARAMS },
		{ "page.read", "\"index\"", RPC_PARAMS },
		{ "page.read", "{\"address\":1}", RPC_PARAMS },
		{ "page.read", "{\"address\":null}", RPC_PARAMS },
		{ "page.read", "{\"address\":\"a\",\"version\":\"3\"}",
		  RPC_PARAMS },
		{ "page.read", "{\"address\":\"a\",\"version\":-1}",
		  RPC_PARAMS },
		{ "page.read", "{\"address\":\"a\",\"version\":1.5}",
		  RPC_PARAMS },
		{ "page.read", "{\"address\":\"a\",\"version\":99999999999}",
		  RPC_PARAMS },
		{ "page.read", "{\"address\":\"a\",\"adres\":\"b\"}",
		  RPC_PARAMS },
		{ "page.titles", "{}", 0 },
		{ "page.titles", "{\"address\":\"a\"}", RPC_PARAMS },
	};
	struct err err = ERR_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (check(rows[i].method, ROLE_LEZER, rows[i].params, &err) !=
		    rows[i].code)
			fail_msg("%s %s", rows[i].method, rows[i].params);
	assert_int_equal(method_check(method_find("page.titles"),
				      &(struct caller){ .role = ROLE_LEZER },
				      NULL, &err),
			 0);
	assert_int_equal(method_check(method_find("page.read"),
				      &(struct caller){ .role = ROLE_LEZER },
				      NULL, &err),
			 RPC_PARAMS);
}

static void
test_method__a_text_ends_at_its_limit(void **state)
{
	const struct method *m = method_find("page.create");
	struct caller who = { .role = ROLE_BEHEERDER };
	json_t *j =
		json_pack("{s:s, s:s}", "address", "themas/x", "kind", "thema");
	char title[202];
	struct err err = ERR_INIT;

	(void)state;
	memset(title, 'a', sizeof(title));
	(void)json_object_set_new(j, "title", json_stringn(title, 200));
	assert_int_equal(method_check(m, &who, j, &err), 0);
	(void)json_object_set_new(j, "title", json_stringn(title, 201));
	assert_int_equal(method_check(m, &who, j, &err), PLEIN_ETOOBIG);
	assert_non_null(strstr(err.msg, "title"));
	assert_string_equal(err.rule, "title");
	assert_int_equal(err.at, 200);
	(void)json_object_set_new(j, "title", json_stringn("a\0b", 3));
	assert_int_equal(method_check(m, &who, j, &err), RPC_PARAMS);
	json_decref(j);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_method__rows_are_complete_and_unique),
		cmocka_unit_test(test_method__errors_have_names),
		cmocka_unit_test(
			test_method__the_right_comes_before_the_parameters),
		cmocka_unit_test(test_method__parameters_are_checked),
		cmocka_unit_test(test_method__a_text_ends_at_its_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
