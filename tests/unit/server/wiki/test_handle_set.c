/* Fields of a page, and nothing else of it. */
#include "town.h"

#define HEAD "---\ntitel: Common Ground\ntype: thema\n"

static int
set(struct town *t, const char *fields)
{
	char params[400];

	(void)snprintf(params, sizeof(params),
		       "{'address':'" TOWN_HERE "','fields':'%s'}", fields);
	return town_ask(t, ROLE_BIJDRAGER, "page.set", params, NULL);
}

static void
expect_text(struct town *t, const char *want)
{
	json_t *r = town_get(t, ROLE_LEZER, "page.read",
			     "{'address':'" TOWN_HERE "'}");

	assert_string_equal(town_text(r, "text"), want);
	json_decref(r);
}

static void
test_handle_set__changes_what_is_named(void **state)
{
	struct town *t = *state;

	assert_int_equal(set(t, "status=concept\\ntrefwoorden=[a, b c ,]"), 0);
	expect_text(t, HEAD "hoort_bij: [hoofdonderwerpen/data, themas/weg]\n"
			    "aliassen: [themas/oude-naam]\n"
			    "status: concept\ntrefwoorden: [a, \"b c\"]\n"
			    "---\nEen visie.\n");
	assert_int_equal(set(t, "hoort_bij=\\nstatus=\\ntrefwoorden=[]"), 0);
	expect_text(t, HEAD "aliassen: [themas/oude-naam]\n---\nEen visie.\n");
	assert_int_equal(set(t, "status="), PLEIN_ESAME);
	assert_int_equal(set(t, "titel=Zo: \\\"dus\\\" = goed"), 0);
	expect_text(t, "---\ntitel: \"Zo: \\\"dus\\\" = goed\"\ntype: thema\n"
		       "aliassen: [themas/oude-naam]\n---\nEen visie.\n");
}

static void
expect_note(struct town *t, const char *want)
{
	json_t *r = town_get(t, ROLE_LEZER, "page.read",
			     "{'address':'" TOWN_HERE "'}");

	assert_string_equal(town_text(r, "note"), want);
	json_decref(r);
}

static void
test_handle_set__without_note_it_says_what_was_set(void **state)
{
	struct town *t = *state;

	assert_int_equal(set(t, "status=concept\\ntrefwoorden=[a]"), 0);
	expect_note(t, "eigenschappen: status, trefwoorden");
	assert_int_equal(set(t, "titel=Anders"), 0);
	expect_note(t, "naam gewijzigd, was: Common Ground");
}

static void
test_handle_set__makes_a_block_where_there_is_none(void **state)
{
	struct town *t = *state;

	json_decref(town_get(t, ROLE_BIJDRAGER, "page.save",
			     "{'address':'" TOWN_HERE
			     "','base':1,'text':'Kaal.\\n'}"));
	assert_int_equal(set(t, "status=concept"), 0);
	expect_text(t, "---\nstatus: concept\n---\nKaal.\n");
}

static void
test_handle_set__refuses_by_rule(void **state)
{
	static const struct {
		const char *fields, *rule;
	} rows[] = {
		{ "aliassen=[a]", "field-kept" },
		{ "Titel=x", "field" },
		{ "=x", "field" },
		{ "titel= ", "title-empty" },
		{ "type=besluit", "folder" },
		{ "status=a\\u0007", "field-value" },
	};
	struct town *t = *state;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(set(t, rows[i].fields), PLEIN_ERULE);
		assert_string_equal(t->err.rule, rows[i].rule);
	}
	assert_int_equal(set(t, "status"), PLEIN_EUSAGE);
	assert_int_equal(set(t, ""), PLEIN_EUSAGE);
}

static void
test_handle_set__a_repetition_writes_once(void **state)
{
	static const char ask[] =
		"{'address':'index','fields':'status=concept',"
		"'request':'ab12'}";
	struct town *t = *state;
	json_t *first = town_get(t, ROLE_BIJDRAGER, "page.set", ask), *again;

	again = town_get(t, ROLE_BIJDRAGER, "page.set", ask);
	assert_int_equal(town_number(first, "version"), 2);
	assert_true(json_equal(first, again));
	json_decref(first);
	json_decref(again);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, town_setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_handle_set__changes_what_is_named),
		TEST(test_handle_set__without_note_it_says_what_was_set),
		TEST(test_handle_set__makes_a_block_where_there_is_none),
		TEST(test_handle_set__refuses_by_rule),
		TEST(test_handle_set__a_repetition_writes_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
