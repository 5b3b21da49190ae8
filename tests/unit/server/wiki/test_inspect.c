/* What wiki.check finds wrong with the old texts. */
#include "town.h"

#include <sqlite3.h>

#include "state/past.h"
#include "wiki/pastfill.h"

/* A page with a past, and all old texts taken in. */
static int
setup(void **state)
{
	struct past *past = NULL;
	bool complete = false;
	struct town *t;

	(void)town_setup(state);
	t = *state;
	json_decref(town_get(t, ROLE_BIJDRAGER, "page.save",
			     "{'address':'index','base':1,'text':'een\\n'}"));
	json_decref(town_get(t, ROLE_BIJDRAGER, "page.delete",
			     "{'address':'vraagstukken/hoe'}"));
	while (!complete)
		if (pastfill_step(&t->desk, &past, &complete, &t->err))
			fail_msg("%s", t->err.msg);
	past_close(past);
	return 0;
}

/* The lines about old texts, as one text. */
static void
expect(struct town *t, const char *part)
{
	json_t *r = town_get(t, ROLE_BEHEERDER, "wiki.check", "{}"), *line;
	struct buf said = BUF_INIT;
	size_t i;

	json_array_foreach(json_object_get(r, "problems"), i, line)
	{
		if (strstr(json_string_value(line), DATA_PAST))
			buf_printf(&said, "%s\n", json_string_value(line));
	}
	if (part ? !strstr(said.ptr, part) : said.len > 0)
		fail_msg("\"%s\"", said.ptr);
	buf_release(&said);
	json_decref(r);
}

static void
tamper(const char *sql)
{
	sqlite3 *db = NULL;

	assert_int_equal(sqlite3_open(DATA_PAST, &db), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void
test_inspect__good_old_texts_are_no_problem(void **state)
{
	expect(*state, NULL);
	assert_int_equal(unlink(DATA_PAST), 0);
	expect(*state, NULL);
	/* being made just now */
	town_write(DATA_PAST, "");
	expect(*state, NULL);
}

static void
test_inspect__an_old_text_that_is_missing_is_named(void **state)
{
	tamper("DELETE FROM old WHERE path = 'index.md' AND until > 0");
	expect(*state, "an old text of index.md is missing or wrong");
}

/* Links, whether they are too few, too many or others. */
static void
test_inspect__what_pages_name_is_compared(void **state)
{
	static const char said[] = "what pages name differs from the index";

	expect(*state, NULL);
	tamper("UPDATE named SET n = n + 1 WHERE until IS NULL AND way = 1");
	expect(*state, said);
	tamper("UPDATE named SET n = n - 1 WHERE until IS NULL AND way = 1");
	expect(*state, NULL);
	tamper("INSERT INTO named (address, way, target, n, since)"
	       " VALUES ('index', 0, 'themas/x', 1, 1)");
	expect(*state, said);
	tamper("DELETE FROM named WHERE target = 'themas/x'");
	tamper("DELETE FROM named WHERE way = 3 AND until IS NULL");
	expect(*state, said);
}

static void
test_inspect__an_old_text_that_is_wrong_is_named(void **state)
{
	tamper("UPDATE old SET until = NULL WHERE path = "
	       "'vraagstukken/hoe.md'");
	expect(*state,
	       "an old text of vraagstukken/hoe.md is missing or wrong");
}

static void
test_inspect__an_old_text_too_many_is_told(void **state)
{
	tamper("INSERT INTO old (path, since, until, blob)"
	       " VALUES ('zz.md', 1, 2, 'x')");
	expect(*state, "texts that no page had");
}

static void
test_inspect__words_that_are_missing_are_told(void **state)
{
	tamper("INSERT INTO word (word) VALUES ('delete-all')");
	expect(*state, "words of old texts are missing");
}

/* Filling begins anew with the next look. */
static void
test_inspect__those_of_another_history_are_left_alone(void **state)
{
	tamper("UPDATE meta SET oid = "
	       "'0123456789012345678901234567890123456789'");
	expect(*state, NULL);
}

static void
test_inspect__a_damaged_file_is_told(void **state)
{
	town_write(DATA_PAST, "rommel, geen database, en lang genoeg om het te "
			      "zien");
	expect(*state, DATA_PAST);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_inspect__good_old_texts_are_no_problem),
		TEST(test_inspect__an_old_text_that_is_missing_is_named),
		TEST(test_inspect__an_old_text_that_is_wrong_is_named),
		TEST(test_inspect__what_pages_name_is_compared),
		TEST(test_inspect__an_old_text_too_many_is_told),
		TEST(test_inspect__words_that_are_missing_are_told),
		TEST(test_inspect__those_of_another_history_are_left_alone),
		TEST(test_inspect__a_damaged_file_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
