/* What administrators decide: taking it back, and a second one who confirms. */
#include "town.h"

#include "state/state_impl.h"
#include "state/standing.h"
#include "wiki/attempts.h"

#define NIEK "{'handle':'niek'}"

static struct caller *who;
static json_t *args; /* of the last refusal */

static int
setup(void **state)
{
	int rc = town_setup(state);

	who = NULL;
	args = NULL;
	return rc;
}

static int
teardown(void **state)
{
	struct town *t = *state;

	attempts_free(t->desk.attempts);
	caller_free(who);
	json_decref(args);
	return town_teardown(state);
}

static void
be(struct town *t, const char *handle, enum role role)
{
	caller_free(who);
	who = caller_with_role(t->roles[role], role);
	if (handle) {
		free(who->handle);
		who->handle = mem_strdup(handle);
	}
}

static int
ask(struct town *t, const char *method, const char *params, json_t **result)
{
	char *text = mem_strdup(params), *p;
	struct call c;
	int rc;

	for (p = text; *p; p++)
		if (*p == '\'')
			*p = '"';
	call_init(&c, who, json_loads(text, 0, NULL));
	free(text);
	rc = desk_call(&t->desk, method, &c);
	t->err = c.err;
	json_decref(args);
	args = json_incref(c.args);
	if (result)
		*result = rc ? NULL : json_incref(c.result);
	call_release(&c);
	return rc;
}

static json_t *
must(struct town *t, const char *method, const char *params)
{
	json_t *result;

	if (ask(t, method, params, &result))
		fail_msg("%s: %s", method, t->err.msg);
	return result;
}

static void
do_it(struct town *t, const char *method, const char *params)
{
	json_decref(must(t, method, params));
}

static void
refused(struct town *t, const char *method, const char *params,
	const char *rule)
{
	if (!ask(t, method, params, NULL))
		fail_msg("%s was taken", method);
	if (!t->err.rule || strcmp(t->err.rule, rule) != 0)
		fail_msg("%s: %s, not %s", method, t->err.msg, rule);
}

/* Somebody who applied and waits. */
static void
apply(struct town *t)
{
	struct application_form form = { .handle = "niek",
					 .name = "Niek",
					 .organisation = "Duinstad",
					 .reason = "Ik doe mee.",
					 .language = "",
					 .display = "",
					 .key = TOWN_KIND " " TOWN_OTHER_BLOB,
					 .peer = "192.0.2.1" };
	long number;

	if (application_submit(t->desk.state, &form, &number, &t->err))
		fail_msg("%s", t->err.msg);
}

static void
age(struct town *t, int seconds)
{
	assert_int_equal(db_run(&t->desk.state->db, &t->err,
				"UPDATE decision SET time = time - ?", "i",
				(int64_t)seconds),
			 0);
}

static void
assert_standing(struct town *t, enum standing is, enum role role)
{
	struct account a = { 0 };

	assert_int_equal(account_get(t->desk.state, "niek", &a, &t->err), 0);
	assert_int_equal(a.standing, is);
	assert_int_equal(account_role(&a), role);
	account_release(&a);
}

static void
want_second(struct town *t, const char *value)
{
	struct buf text = BUF_INIT;
	static int edition = 100;

	buf_printf(&text, "domein = stad.example\ntweede_beheerder = %s\n",
		   value);
	town_write(DATA_CONF, text.ptr);
	desk_refresh(&t->desk, ++edition);
	buf_release(&text);
}

static void
test_member__an_approval_is_taken_back_for_ten_minutes(void **state)
{
	struct town *t = *state;

	apply(t);
	be(t, "ben", ROLE_BEHEERDER);
	do_it(t, "accounts.approve", "{'handle':'niek','role':'redacteur'}");
	assert_standing(t, STANDING_ACTIVE, ROLE_REDACTEUR);
	do_it(t, "accounts.undo", NIEK);
	assert_standing(t, STANDING_WAITING, ROLE_WAITING);
	/* it waits with the number and reason it had, and can be decided */
	do_it(t, "register.ask", "{'number':1,'question':'Wie?'}");
	do_it(t, "accounts.approve", NIEK);
	assert_standing(t, STANDING_ACTIVE, ROLE_BIJDRAGER);
	age(t, 601);
	refused(t, "accounts.undo", NIEK, "decided-late");
	assert_standing(t, STANDING_ACTIVE, ROLE_BIJDRAGER);
}

static void
test_member__a_refusal_is_told_when_it_cannot_be_taken_back(void **state)
{
	struct town *t = *state;

	apply(t);
	be(t, "ben", ROLE_BEHEERDER);
	do_it(t, "accounts.refuse", "{'handle':'niek','reason':'Nee.'}");
	assert_standing(t, STANDING_REFUSED, ROLE_WAITING);
	do_it(t, "accounts.undo", NIEK);
	assert_standing(t, STANDING_WAITING, ROLE_WAITING);
	do_it(t, "accounts.refuse", "{'handle':'niek','reason':'Nee.'}");
	age(t, 601);
	assert_standing(t, STANDING_REFUSED, ROLE_APPLICANT);
	refused(t, "accounts.undo", NIEK, "decided-late");
	assert_int_equal(ask(t, "accounts.undo", "{'handle':'lezer'}", NULL),
			 PLEIN_ENOTFOUND);
}

static void
test_member__who_is_slower_hears_who_decided_what(void **state)
{
	struct town *t = *state;

	apply(t);
	be(t, "ben", ROLE_BEHEERDER);
	do_it(t, "accounts.approve", NIEK);
	be(t, "tess", ROLE_BEHEERDER);
	refused(t, "accounts.refuse", "{'handle':'niek','reason':'Nee.'}",
		"standing");
	assert_string_equal(town_text(args, "rule"), "decided");
	assert_string_equal(town_text(args, "by"), "ben");
	assert_string_equal(town_text(args, "role"), "bijdrager");
	assert_string_equal(town_text(args, "standing"), "active");
}

static void
test_member__a_second_administrator_confirms(void **state)
{
	struct town *t = *state;
	json_t *told;

	want_second(t, "ja");
	be(t, "ben", ROLE_BEHEERDER);
	told = must(t, "accounts.role",
		    "{'handle':'lezer','role':'beheerder'}");
	assert_true(json_is_true(json_object_get(told, "waits")));
	json_decref(told);
	/* asking twice is not two people */
	told = must(t, "accounts.role",
		    "{'handle':'lezer','role':'beheerder'}");
	assert_true(json_is_true(json_object_get(told, "waits")));
	json_decref(told);
	told = must(t, "accounts.get", "{'handle':'lezer'}");
	assert_string_equal(town_text(told, "role"), "lezer");
	assert_string_equal(town_text(json_object_get(told, "proposed"), "by"),
			    "ben");
	json_decref(told);
	be(t, "tess", ROLE_BEHEERDER);
	told = must(t, "accounts.role",
		    "{'handle':'lezer','role':'beheerder'}");
	assert_null(json_object_get(told, "waits"));
	assert_string_equal(town_text(told, "role"), "beheerder");
	json_decref(told);
	/* stopping one, and giving one less, wait as well */
	told = must(t, "accounts.block", "{'handle':'lezer'}");
	assert_true(json_is_true(json_object_get(told, "waits")));
	json_decref(told);
	told = must(t, "accounts.role", "{'handle':'lezer','role':'lezer'}");
	assert_true(json_is_true(json_object_get(told, "waits")));
	json_decref(told);
	do_it(t, "accounts.undo", "{'handle':'lezer'}");
	told = must(t, "accounts.get", "{'handle':'lezer'}");
	assert_true(json_is_null(json_object_get(told, "proposed")));
	json_decref(told);
	/* the host needs nobody */
	be(t, NULL, ROLE_HOST);
	told = must(t, "accounts.role", "{'handle':'lezer','role':'lezer'}");
	assert_string_equal(town_text(told, "role"), "lezer");
	json_decref(told);
}

static void
test_member__there_is_no_way_around_the_second(void **state)
{
	struct town *t = *state;

	apply(t);
	want_second(t, "ja");
	be(t, "ben", ROLE_BEHEERDER);
	refused(t, "accounts.approve", "{'handle':'niek','role':'beheerder'}",
		"second");
	refused(t, "invite.create", "{'role':'beheerder'}", "second");
	refused(t, "user.add",
		"{'handle':'nog','name':'Nog','role':'beheerder'}", "second");
	refused(t, "setting.set",
		"{'setting':'tweede_beheerder','value':'nee'}", "setting-host");
	want_second(t, "nee");
	do_it(t, "accounts.approve", "{'handle':'niek','role':'beheerder'}");
}

static void
test_member__loses_a_key_also_the_last(void **state)
{
	struct town *t = *state;
	json_t *told;
	char params[256];

	apply(t);
	be(t, "ben", ROLE_BEHEERDER);
	told = must(t, "accounts.get", NIEK);
	(void)snprintf(
		params, sizeof(params), "{'handle':'niek','fingerprint':'%s'}",
		town_text(json_array_get(json_object_get(told, "keys"), 0),
			  "fingerprint"));
	json_decref(told);
	do_it(t, "accounts.drop_key", params);
	assert_int_equal(ask(t, "accounts.drop_key", params, NULL),
			 PLEIN_ENOTFOUND);
	told = must(t, "accounts.get", NIEK);
	assert_int_equal(json_array_size(json_object_get(told, "keys")), 0);
	json_decref(told);
}

static void
test_member__a_setting_is_one_line_of_the_file(void **state)
{
	struct town *t = *state;
	struct buf text = BUF_INIT;

	town_write(DATA_CONF, "# van ons\r\nnaam = Een # nog\r\n\n#taal = en\n"
			      "taal=nl\ngast = nee");
	be(t, "ben", ROLE_BEHEERDER);
	do_it(t, "setting.set", "{'setting':'naam','value':'Twee'}");
	do_it(t, "setting.set", "{'setting':'taal','value':'en'}");
	do_it(t, "setting.set", "{'setting':'contact','value':'Balie'}");
	assert_int_equal(fs_read_at(AT_FDCWD, DATA_CONF, &text, 4096, &t->err),
			 0);
	assert_string_equal(
		text.ptr, "# van ons\r\nnaam = Twee\r\n\n#taal = en\ntaal=en\n"
			  "gast = nee\n\n# whom people ask: a name, a "
			  "telephone number\ncontact = Balie\n");
	buf_release(&text);
	assert_int_equal(ask(t, "setting.set",
			     "{'setting':'naam','value':'Twee'}", NULL),
			 PLEIN_ESAME);
	assert_int_equal(
		ask(t, "setting.set", "{'setting':'taal','value':'fr'}", NULL),
		PLEIN_ERULE);
	assert_non_null(strstr(t->err.msg, "line 5, column 6"));
	refused(t, "setting.set", "{'setting':'kleur','value':'rood'}",
		"setting-name");
	refused(t, "setting.set", "{'setting':'luister','value':'[::]:22'}",
		"setting-file");
	refused(t, "setting.set", "{'setting':'naam','value':'a\\ngast = ja'}",
		"setting-line");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_member__an_approval_is_taken_back_for_ten_minutes),
		TEST(test_member__a_refusal_is_told_when_it_cannot_be_taken_back),
		TEST(test_member__who_is_slower_hears_who_decided_what),
		TEST(test_member__a_second_administrator_confirms),
		TEST(test_member__there_is_no_way_around_the_second),
		TEST(test_member__loses_a_key_also_the_last),
		TEST(test_member__a_setting_is_one_line_of_the_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
