/* What of the settings is told, and who may change which. */
#include "town.h"

#define SECOND "tweede_beheerder"

static const char *
change_of(const json_t *settings, const char *name)
{
	const json_t *row;
	size_t i;

	json_array_foreach(json_object_get(settings, "rows"), i, row)
	{
		if (strcmp(town_text(row, "setting"), name) == 0)
			return town_text(row, "change");
	}
	fail_msg("no setting %s", name);
	return NULL;
}

/* What two administrators must agree about no single one turns off. */
static void
test_handle_setting__one_is_changed_on_the_host_alone(void **state)
{
	struct town *t = *state;
	json_t *r = town_get(t, ROLE_BEHEERDER, "setting.list", "{}");

	assert_string_equal(change_of(r, SECOND), "host");
	assert_string_equal(change_of(r, "gast"), "now");
	json_decref(r);
	assert_int_equal(town_ask(t, ROLE_BEHEERDER, "setting.set",
				  "{'setting':'" SECOND "','value':'ja'}",
				  NULL),
			 PLEIN_ERULE);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, town_setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_handle_setting__one_is_changed_on_the_host_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
