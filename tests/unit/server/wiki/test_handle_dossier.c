/* All that is kept of a person, told to them. */
#include "town.h"

#include "state/marks.h"

#include "plein/clock.h"
#include "state/proofs.h"

#define OTHER_LINE TOWN_KIND " " TOWN_OTHER_BLOB " anna@huis"

/* All parts, as one array of rows; *parts counts them. */
static json_t *
read_all(struct town *t, enum role role, int *parts)
{
	json_t *rows = json_array(), *r;
	char params[80] = "{}";

	for (*parts = 0; params[0];) {
		r = town_get(t, role, "profile.data", params);
		(void)json_array_extend(rows, json_object_get(r, "rows"));
		(*parts)++;
		params[0] = '\0';
		if (json_object_get(r, "next"))
			(void)snprintf(params, sizeof(params), "{'after':'%s'}",
				       town_text(r, "next"));
		json_decref(r);
	}
	return rows;
}

static size_t
count(const json_t *rows, const char *kind)
{
	size_t n = 0;

	for (size_t i = 0; i < json_array_size(rows); i++)
		n += strcmp(town_text(json_array_get(rows, i), "kind"), kind) ==
		     0;
	return n;
}

static bool
holds(const json_t *rows, const char *text)
{
	char *all = json_dumps(rows, 0);
	bool found = strstr(all, text) != NULL;

	free(all);
	return found;
}

static void
test_dossier__holds_what_is_kept_and_no_secret(void **state)
{
	struct town *t = *state;
	static const char *const hashes[] = { "geheime-som" };
	static const char *const kinds[] = {
		"account",	 "preferences", "key",	       "password",
		"code",		 "draft",	"read",	       "visit",
		"open_branches", "audit",	"thread_read", "follow",
		"mention_read",
	};
	json_t *rows;
	int parts;

	json_decref(town_get(t, ROLE_BIJDRAGER, "key.add",
			     "{'keys':'" OTHER_LINE "'}"));
	json_decref(town_get(t, ROLE_BIJDRAGER, "profile.set",
			     "{'organisation':'Duinstad'}"));
	json_decref(town_get(t, ROLE_BIJDRAGER, "draft.put",
			     "{'address':'index','base':1,'text':'Half af.',"
			     "'note':'Nog even.'}"));
	json_decref(town_get(t, ROLE_BIJDRAGER, "mark.read",
			     "{'address':'index','version':1}"));
	json_decref(town_get(t, ROLE_BIJDRAGER, "mark.visit", "{}"));
	json_decref(town_get(t, ROLE_BIJDRAGER, "agenda.keep", "{'open':'-'}"));
	json_decref(town_get(t, ROLE_BIJDRAGER, "follow.set",
			     "{'address':'index','follow':'muted'}"));
	assert_int_equal(
		thread_mark_put(t->desk.state, "agenda", "bijdrager",
				&(struct thread_mark){ "0123456789ab", "x", 1 },
				&t->err),
		0);
	assert_int_equal(mention_mark_put(t->desk.state, "agenda", "bijdrager",
					  "x", &t->err),
			 0);
	assert_int_equal(proofs_set_password(t->desk.state, "bijdrager",
					     "$argon2id$niet", &t->err),
			 0);
	assert_int_equal(proofs_offer_code(t->desk.state, "bijdrager",
					   "GEHEIMEZIN", &t->err),
			 0);
	assert_int_equal(proofs_confirm_code(t->desk.state, "bijdrager", 7,
					     hashes, 1, &t->err),
			 0);
	rows = read_all(t, ROLE_BIJDRAGER, &parts);
	assert_int_equal(parts, 1);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (count(rows, kinds[i]) == 0)
			fail_msg("no %s", kinds[i]);
	assert_true(holds(rows, "Half af."));
	assert_true(holds(rows, "Nog even."));
	assert_true(holds(rows, "Duinstad"));
	assert_true(holds(rows, TOWN_OTHER_BLOB));
	assert_false(holds(rows, "argon2id"));
	assert_false(holds(rows, "GEHEIMEZIN"));
	assert_false(holds(rows, "geheime-som"));
	json_decref(rows);
}

static void
test_dossier__is_of_the_caller_only(void **state)
{
	struct town *t = *state;
	json_t *rows;
	int parts;

	json_decref(town_get(t, ROLE_REDACTEUR, "draft.put",
			     "{'address':'index','base':1,'text':'Mijn tekst.'"
			     "}"));
	json_decref(town_get(t, ROLE_BEHEERDER, "user.reset",
			     "{'handle':'bijdrager','what':'password'}"));
	rows = read_all(t, ROLE_BIJDRAGER, &parts);
	assert_false(holds(rows, "Mijn tekst."));
	assert_int_equal(count(rows, "account"), 1);
	/* it was done to them; from where is the administrator's */
	assert_int_equal(count(rows, "audit"), 1);
	assert_true(holds(rows, "user.reset"));
	assert_false(holds(rows, "192.0.2.1"));
	json_decref(rows);
}

static void
test_dossier__comes_in_parts(void **state)
{
	struct town *t = *state;
	char *text = mem_alloc(150001), *params = mem_alloc(160000);
	json_t *rows;
	int parts;

	memset(text, 'x', 150000);
	for (int i = 0; i < 4; i++) {
		(void)snprintf(params, 160000,
			       "{'address':'themas/t%d','base':0,'text':'%s'}",
			       i, text);
		json_decref(town_get(t, ROLE_BIJDRAGER, "draft.put", params));
	}
	rows = read_all(t, ROLE_BIJDRAGER, &parts);
	assert_int_equal(parts, 3);
	assert_int_equal(count(rows, "draft"), 4);
	assert_int_equal(count(rows, "account"), 1);
	json_decref(rows);
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "profile.data",
				  "{'after':'99.0'}", NULL),
			 PLEIN_EUSAGE);
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "profile.data",
				  "{'after':'1.x'}", NULL),
			 PLEIN_EUSAGE);
	free(text);
	free(params);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, town_setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_dossier__holds_what_is_kept_and_no_secret),
		TEST(test_dossier__is_of_the_caller_only),
		TEST(test_dossier__comes_in_parts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
