/* What a person may know and change of themselves. */
#include "town.h"

#define SECOND \
	"AAAAC3NzaC1lZDI1NTE5AAAAIGtj1Q3zccsZB+v9Ymn07tLHQwuY2On69YWG1NKrTIs1"
#define OTHER_LINE "'" TOWN_KIND " " SECOND " laptop'"

static const char *
nth_print(const json_t *profile, size_t i)
{
	return town_text(json_array_get(json_object_get(profile, "keys"), i),
			 "fingerprint");
}

static void
test_handle_profile__tells_what_nobody_chose(void **state)
{
	struct town *t = *state;
	json_t *r = town_get(t, ROLE_REDACTEUR, "profile.get", "{}");

	assert_string_equal(town_text(r, "handle"), "redacteur");
	assert_string_equal(town_text(r, "name"), "Iemand Anders");
	assert_string_equal(town_text(r, "organisation"), "");
	assert_string_equal(town_text(r, "role"), "redacteur");
	assert_string_equal(town_text(r, "language"), "nl");
	assert_string_equal(town_text(r, "view"), "screen");
	assert_string_equal(town_text(r, "colour"), "automatic");
	assert_string_equal(town_text(r, "signs"), "normal");
	assert_string_equal(town_text(r, "mouse"), "off");
	assert_string_equal(town_text(r, "clipboard"), "off");
	assert_int_equal(town_number(r, "esc"), 25);
	assert_int_equal(json_array_size(json_object_get(r, "keys")), 1);
	json_decref(r);
}

static void
test_handle_profile__keeps_what_is_chosen(void **state)
{
	struct town *t = *state;
	json_t *r = town_get(t, ROLE_LEZER, "profile.set",
			     "{'name':'Een Lezer','organisation':'Duinstad',"
			     "'language':'automatic','view':'column',"
			     "'esc':'120'}");

	assert_string_equal(town_text(r, "name"), "Een Lezer");
	json_decref(r);
	json_decref(town_get(t, ROLE_LEZER, "profile.set",
			     "{'colour':'contrast'}"));
	r = town_get(t, ROLE_LEZER, "profile.get", "{}");
	assert_string_equal(town_text(r, "organisation"), "Duinstad");
	assert_string_equal(town_text(r, "language"), "automatic");
	assert_string_equal(town_text(r, "view"), "column");
	assert_string_equal(town_text(r, "colour"), "contrast");
	assert_int_equal(town_number(r, "esc"), 120);
	json_decref(r);
	/* nobody else's */
	r = town_get(t, ROLE_BEHEERDER, "profile.get", "{}");
	assert_string_equal(town_text(r, "organisation"), "");
	assert_string_equal(town_text(r, "view"), "screen");
	json_decref(r);
}

static void
test_handle_profile__refuses_what_cannot_be(void **state)
{
	static const char *const bad[] = {
		"{'name':''}",
		"{'name':'A <b>'}",
		"{'organisation':'a\\nb'}",
		"{'language':'fr'}",
		"{'language':''}",
		"{'view':'plain'}",
		"{'colour':''}",
		"{'signs':'utf-8'}",
		"{'mouse':'ja'}",
		"{'clipboard':'aan'}",
		"{'esc':'5'}",
		"{'esc':'1000'}",
		"{'mouse':'on','esc':'x'}",
	};
	struct town *t = *state;
	json_t *r;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (town_ask(t, ROLE_LEZER, "profile.set", bad[i], NULL) !=
		    PLEIN_ERULE)
			fail_msg("%s", bad[i]);
	assert_true(town_ask(t, ROLE_LEZER, "profile.set", "{'esc':50}", NULL) <
		    0);
	assert_true(town_ask(t, ROLE_LEZER, "profile.set",
			     "{'handle':'beheerder'}", NULL) < 0);
	assert_true(town_ask(t, ROLE_LEZER, "profile.set",
			     "{'role':'beheerder'}", NULL) < 0);
	r = town_get(t, ROLE_LEZER, "profile.get", "{}");
	assert_string_equal(town_text(r, "mouse"), "off");
	json_decref(r);
}

static void
test_handle_profile__a_key_comes_and_goes(void **state)
{
	struct town *t = *state;
	json_t *r = town_get(t, ROLE_REDACTEUR, "key.add",
			     "{'keys':" OTHER_LINE "}");
	char params[256];

	assert_int_equal(json_array_size(json_object_get(r, "keys")), 2);
	assert_int_equal(town_ask(t, ROLE_BEHEERDER, "key.add",
				  "{'keys':" OTHER_LINE "}", NULL),
			 PLEIN_EEXISTS);
	(void)snprintf(params, sizeof(params),
		       "{'fingerprint':'%s','label':'thuis'}", nth_print(r, 0));
	assert_int_equal(
		town_ask(t, ROLE_BEHEERDER, "key.rename", params, NULL),
		PLEIN_ENOTFOUND);
	json_decref(town_get(t, ROLE_REDACTEUR, "key.rename", params));
	(void)snprintf(params, sizeof(params), "{'fingerprint':'%s'}",
		       nth_print(r, 0));
	json_decref(r);
	assert_int_equal(
		town_ask(t, ROLE_BEHEERDER, "key.remove", params, NULL),
		PLEIN_ENOTFOUND);
	r = town_get(t, ROLE_REDACTEUR, "key.remove", params);
	(void)snprintf(params, sizeof(params), "{'fingerprint':'%s'}",
		       nth_print(r, 0));
	json_decref(r);
	assert_int_equal(
		town_ask(t, ROLE_REDACTEUR, "key.remove", params, NULL),
		PLEIN_ERULE);
	assert_string_equal(t->err.rule, "last-way");
}

/* From the next sign-in on, and not before. */
static void
test_handle_profile__a_key_that_went_opens_nothing(void **state)
{
	struct town *t = *state;
	json_t *r = town_get(t, ROLE_REDACTEUR, "key.add",
			     "{'keys':" OTHER_LINE "}");
	char params[256];

	json_decref(r);
	json_decref(town_get(t, ROLE_NONE, "auth.key",
			     "{'kind':'" TOWN_KIND "','blob':'" SECOND "'}"));
	r = town_get(t, ROLE_REDACTEUR, "profile.get", "{}");
	for (size_t i = 0; i < 2; i++)
		if (strcmp(town_text(json_array_get(json_object_get(r, "keys"),
						    i),
				     "label"),
			   "laptop") == 0)
			(void)snprintf(params, sizeof(params),
				       "{'fingerprint':'%s'}", nth_print(r, i));
	json_decref(r);
	json_decref(town_get(t, ROLE_REDACTEUR, "key.remove", params));
	assert_int_equal(
		town_ask(t, ROLE_NONE, "auth.key",
			 "{'kind':'" TOWN_KIND "','blob':'" SECOND "'}", NULL),
		PLEIN_ENOTFOUND);
	assert_int_equal(
		town_ask(t, ROLE_NONE, "session.open",
			 "{'kind':'" TOWN_KIND "','blob':'" SECOND "'}", NULL),
		PLEIN_ENOTFOUND);
	json_decref(town_get(t, ROLE_REDACTEUR, "session.info", "{}"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, town_setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_handle_profile__tells_what_nobody_chose),
		TEST(test_handle_profile__keeps_what_is_chosen),
		TEST(test_handle_profile__refuses_what_cannot_be),
		TEST(test_handle_profile__a_key_comes_and_goes),
		TEST(test_handle_profile__a_key_that_went_opens_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
