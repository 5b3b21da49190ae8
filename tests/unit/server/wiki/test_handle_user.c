/* Signing in, and accounts. */
#include "town.h"

#define KEY "{'user':'jan','kind':'" TOWN_KIND "','blob':'" TOWN_BLOB "'}"
#define OTHER_KEY "{'kind':'" TOWN_KIND "','blob':'" TOWN_OTHER_BLOB "'}"

static void
test_handle_user__a_key_decides_who_it_is(void **state)
{
	struct town *t = *state;
	json_t *r = town_get(t, ROLE_NONE, "auth.key", KEY);

	assert_string_equal(town_text(r, "handle"), "redacteur");
	assert_ptr_equal(strstr(town_text(r, "key"), "SHA256:"),
			 town_text(r, "key"));
	json_decref(r);
	r = town_get(t, ROLE_NONE, "session.open",
		     "{'kind':'" TOWN_KIND "','blob':'" TOWN_BLOB "'}");
	assert_string_equal(town_text(r, "handle"), "redacteur");
	assert_string_equal(town_text(r, "role"), "redacteur");
	assert_string_equal(town_text(r, "language"), "nl");
	json_decref(r);
}

static void
test_handle_user__open_says_whom_the_stream_becomes(void **state)
{
	struct town *t = *state;
	struct call c;

	call_init(
		&c, t->roles[ROLE_NONE],
		json_pack("{s:s, s:s}", "kind", TOWN_KIND, "blob", TOWN_BLOB));
	assert_int_equal(desk_call(&t->desk, "auth.key", &c), 0);
	assert_null(c.becomes);
	json_decref(c.result);
	assert_int_equal(desk_call(&t->desk, "session.open", &c), 0);
	assert_non_null(c.becomes);
	assert_string_equal(c.becomes->handle, "redacteur");
	assert_int_equal(c.becomes->role, ROLE_REDACTEUR);
	assert_int_equal(c.becomes->conn, 7);
	assert_string_equal(c.becomes->peer, "192.0.2.1");
	call_release(&c);
}

static void
test_handle_user__unknown_keys_are_not_found(void **state)
{
	struct town *t = *state;

	assert_int_equal(town_ask(t, ROLE_NONE, "auth.key", OTHER_KEY, NULL),
			 PLEIN_ENOTFOUND);
	assert_int_equal(
		town_ask(t, ROLE_NONE, "session.open", OTHER_KEY, NULL),
		PLEIN_ENOTFOUND);
	assert_int_not_equal(town_ask(t, ROLE_NONE, "auth.key",
				      "{'kind':'x','blob':'%%%'}", NULL),
			     0);
	assert_int_not_equal(
		town_ask(t, ROLE_NONE, "auth.key",
			 "{'kind':'ssh-rsa','blob':'" TOWN_BLOB "'}", NULL),
		0);
}

static void
test_handle_user__info_tells_who_and_where(void **state)
{
	struct town *t = *state;
	json_t *r = town_get(t, ROLE_REDACTEUR, "session.info", "{}");

	assert_string_equal(town_text(r, "handle"), "redacteur");
	assert_string_equal(town_text(r, "name"), "Iemand Anders");
	assert_string_equal(town_text(r, "role"), "redacteur");
	assert_string_equal(town_text(r, "key"), "SHA256:x");
	assert_string_equal(town_text(r, "wiki"), "Stad");
	assert_string_equal(town_text(r, "domain"), "stad.example");
	assert_non_null(strstr(town_text(r, "fingerprint"), "SHA256:"));
	assert_string_equal(town_text(r, "program"), PLEIN_VERSION);
	assert_int_equal(town_number(r, "protocol"), 1);
	assert_true(json_is_null(json_object_get(r, "visit")));
	json_decref(r);
	r = town_get(t, ROLE_HOST, "session.info", "{}");
	assert_true(json_is_null(json_object_get(r, "handle")));
	json_decref(r);
}

static void
test_handle_user__add_then_list(void **state)
{
	struct town *t = *state;
	json_t *r, *row;

	json_decref(
		town_get(t, ROLE_HOST, "user.add",
			 "{'handle':'anna','name':'Anna Bos',"
			 "'role':'bijdrager','language':'en','key':'" TOWN_KIND
			 " " TOWN_OTHER_BLOB " anna@huis'}"));
	r = town_get(t, ROLE_BEHEERDER, "user.list", "{}");
	assert_int_equal(json_array_size(json_object_get(r, "rows")), 5);
	row = json_array_get(json_object_get(r, "rows"), 0);
	assert_string_equal(town_text(row, "handle"), "anna");
	assert_string_equal(town_text(row, "name"), "Anna Bos");
	assert_string_equal(town_text(row, "language"), "en");
	assert_int_equal(town_number(row, "keys"), 1);
	json_decref(r);
	r = town_get(t, ROLE_NONE, "auth.key", OTHER_KEY);
	assert_string_equal(town_text(r, "handle"), "anna");
	json_decref(r);
}

static void
test_handle_user__add_refuses(void **state)
{
	static const struct {
		const char *params;
		int code;
	} rows[] = {
		{ "{'handle':'lezer','name':'N','role':'lezer'}",
		  PLEIN_EEXISTS },
		{ "{'handle':'Jan','name':'N','role':'lezer'}", PLEIN_ERULE },
		{ "{'handle':'git','name':'N','role':'lezer'}", PLEIN_ERULE },
		{ "{'handle':'jan','name':'','role':'lezer'}", PLEIN_ERULE },
		{ "{'handle':'jan','name':'J <x>','role':'lezer'}",
		  PLEIN_ERULE },
		{ "{'handle':'jan','name':'N','role':'baas'}", PLEIN_ERULE },
		{ "{'handle':'jan','name':'N','role':'host'}", PLEIN_ERULE },
		{ "{'handle':'jan','name':'N','role':'none'}", PLEIN_ERULE },
		{ "{'handle':'jan','name':'N','role':'lezer',"
		  "'language':'fr'}",
		  PLEIN_ERULE },
		{ "{'handle':'jan','name':'N','role':'lezer','key':'hoi'}",
		  PLEIN_ERULE },
		{ "{'handle':'jan','name':'N','role':'lezer','key':''}",
		  PLEIN_ERULE },
		{ "{'handle':'jan','name':'N','role':'lezer','key':'" TOWN_KIND
		  " " TOWN_BLOB "'}",
		  PLEIN_EEXISTS },
	};
	struct town *t = *state;
	json_t *r;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (town_ask(t, ROLE_HOST, "user.add", rows[i].params, NULL) !=
		    rows[i].code)
			fail_msg("%s: %s", rows[i].params, t->err.msg);
	/* no account without its key was left behind */
	r = town_get(t, ROLE_HOST, "user.list", "{}");
	assert_int_equal(json_array_size(json_object_get(r, "rows")), 4);
	json_decref(r);
}

/* A part at a time; the first says how many there are. */
static void
test_handle_user__lists_in_parts(void **state)
{
	static const char *const parts[] = { "beheerder", "bijdrager", "lezer",
					     "redacteur" };
	struct town *t = *state;
	char params[80];
	json_t *r;

	for (size_t i = 0; i < 4; i++) {
		(void)snprintf(params, sizeof(params), "{'limit':1%s%s%s}",
			       i ? ",'after':'" : "", i ? parts[i - 1] : "",
			       i ? "'" : "");
		r = town_get(t, ROLE_BEHEERDER, "user.list", params);
		assert_string_equal(
			town_text(json_array_get(json_object_get(r, "rows"), 0),
				  "handle"),
			parts[i]);
		assert_int_equal(json_object_get(r, "count") != NULL, i == 0);
		if (i < 3)
			assert_string_equal(town_text(r, "next"), parts[i]);
		else
			assert_null(json_object_get(r, "next"));
		json_decref(r);
	}
	r = town_get(t, ROLE_BEHEERDER, "user.list", "{'words':'RED'}");
	assert_int_equal(town_number(r, "count"), 1);
	json_decref(r);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, town_setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_handle_user__a_key_decides_who_it_is),
		TEST(test_handle_user__open_says_whom_the_stream_becomes),
		TEST(test_handle_user__unknown_keys_are_not_found),
		TEST(test_handle_user__info_tells_who_and_where),
		TEST(test_handle_user__add_then_list),
		TEST(test_handle_user__add_refuses),
		TEST(test_handle_user__lists_in_parts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
