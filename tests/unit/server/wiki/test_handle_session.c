/* Who is signed in, and how they left the agenda. */
#include "town.h"

static void
expect_open(struct town *t, enum role role, const char *want)
{
	json_t *j = town_get(t, role, "session.info", "{}");
	const json_t *open = json_object_get(j, "open");

	if (want)
		assert_string_equal(json_string_value(open), want);
	else
		assert_true(json_is_null(open));
	json_decref(j);
}

static int
keep(struct town *t, enum role role, const char *open)
{
	struct buf params = BUF_INIT;
	int rc;

	buf_printf(&params, "{'open':'%s'}", open);
	rc = town_ask(t, role, "agenda.keep", params.ptr, NULL);
	buf_release(&params);
	return rc;
}

static void
test_handle_session__tells_how_the_agenda_was_left(void **state)
{
	struct town *t = *state;

	expect_open(t, ROLE_LEZER, NULL);
	assert_int_equal(keep(t, ROLE_LEZER, "themas/x - index"), 0);
	expect_open(t, ROLE_LEZER, "themas/x - index");
	expect_open(t, ROLE_BIJDRAGER, NULL);
	assert_int_equal(keep(t, ROLE_LEZER, ""), 0);
	expect_open(t, ROLE_LEZER, "");
	expect_open(t, ROLE_GAST, NULL);
}

static void
test_handle_session__keeps_addresses_only(void **state)
{
	static const char *const bad[] = { "../x", "themas/X",	   "a  b",
					   " ",	   "themas/x\\n-", "--" };
	struct town *t = *state;
	struct buf big = BUF_INIT;

	assert_int_equal(keep(t, ROLE_LEZER, "-"), 0);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(keep(t, ROLE_LEZER, bad[i]), PLEIN_ERULE);
	while (big.len <= (size_t)16 * 1024)
		buf_str(&big, "themas/x ");
	assert_true(keep(t, ROLE_LEZER, big.ptr) < 0);
	assert_int_equal(keep(t, ROLE_GAST, "-"), PLEIN_EDENIED);
	expect_open(t, ROLE_LEZER, "-");
	buf_release(&big);
}

/* How many apply is for who decides about them. */
static void
test_handle_session__tells_administrators_what_waits(void **state)
{
	static const enum role others[] = { ROLE_SETUP, ROLE_GAST, ROLE_WAITING,
					    ROLE_LEZER, ROLE_REDACTEUR };
	struct town *t = *state;
	json_t *j;

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		j = town_get(t, others[i], "session.info", "{}");
		assert_null(json_object_get(j, "requests"));
		json_decref(j);
	}
	j = town_get(t, ROLE_BEHEERDER, "session.info", "{}");
	assert_int_equal(town_number(j, "requests"), 0);
	json_decref(j);
}

static void
expect_session(struct town *t, enum role role, const char *word, bool applies)
{
	json_t *j = town_get(t, role, "session.info", "{}");

	assert_string_equal(town_text(j, "role"), word);
	assert_int_equal(json_is_true(json_object_get(j, "register")), applies);
	json_decref(j);
}

/* Only who has no account yet is told that one can be had, if it can. */
static void
test_handle_session__tells_who_can_apply(void **state)
{
	struct town *t = *state;

	expect_session(t, ROLE_GAST, "gast", true);
	expect_session(t, ROLE_LEZER, "lezer", false);
	expect_session(t, ROLE_BEHEERDER, "beheerder", false);
	town_write(DATA_CONF, "domein = stad.example\nregistreren = nee\n");
	desk_refresh(&t->desk, 101);
	expect_session(t, ROLE_GAST, "gast", false);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, town_setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_handle_session__tells_how_the_agenda_was_left),
		TEST(test_handle_session__keeps_addresses_only),
		TEST(test_handle_session__tells_administrators_what_waits),
		TEST(test_handle_session__tells_who_can_apply),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
