/* Tests of server/wiki/auditing.c and handle_audit.c: what is in the audit
 * log after somebody did something. */
#include "stream.h"

#include "state/audit.h"
#include "state/state_impl.h"
#include "wiki/auditing.h"

#define PASSWORD "een heel goed wachtwoord"

/* The newest record as "who act about from door result detail". */
static char *
newest(struct state *s)
{
	struct vec rows = VEC_INIT;
	struct buf out = BUF_INIT;
	const struct audit_record *r;

	assert_int_equal(
		audit_list(s, &(struct audit_part){ .most = 1 }, &rows, NULL),
		0);
	if (rows.len > 0) {
		r = rows.items[0];
		buf_printf(&out, "%s %s %s %s %s %s %s", r->field[AUDIT_WHO],
			   r->field[AUDIT_ACT], r->field[AUDIT_ABOUT],
			   r->field[AUDIT_FROM], r->field[AUDIT_DOOR],
			   r->field[AUDIT_RESULT], r->field[AUDIT_DETAIL]);
	}
	vec_release(&rows, audit_record_free);
	return buf_take(&out);
}

static void
expect_newest(struct town *t, const char *text)
{
	char *line = newest(t->desk.state);

	assert_string_equal(line, text);
	free(line);
}

static long
count(struct town *t)
{
	json_t *r = town_get(t, ROLE_BEHEERDER, "audit.verify", "{}");
	long n = town_number(r, "records");

	assert_string_equal(town_text(r, "problem"), "");
	json_decref(r);
	return n;
}

static void
test_auditing__an_act_and_its_record_are_one(void **state)
{
	struct town *t = *state;
	long n = count(t);

	json_decref(town_get(t, ROLE_BEHEERDER, "user.add",
			     "{'handle':'nel','name':'Nel','role':'lezer',"
			     "'key':'" TOWN_KIND " " TOWN_OTHER_BLOB " x'}"));
	assert_int_equal(count(t), n + 1);
	expect_newest(t, "beheerder user.add nel 192.0.2.1 login ok "
			 "role=lezer "
			 "key=SHA256:"
			 "cK0xW3N26+Qj0JEnz3bwLDJN38jB7z1Y9i9z/Elz/kA");
	json_decref(town_get(t, ROLE_HOST, "user.reset",
			     "{'handle':'nel','what':'code'}"));
	expect_newest(t, " user.reset nel  host ok what=code");
}

/* No act without a record, and no half act. */
static void
test_auditing__what_cannot_be_recorded_is_not_done(void **state)
{
	struct town *t = *state;
	struct account a = { 0 };

	assert_int_equal(
		db_exec(&t->desk.state->db, "DROP TABLE audit", &t->err), 0);
	assert_int_not_equal(town_ask(t, ROLE_BEHEERDER, "user.add",
				      "{'handle':'nel','name':'Nel',"
				      "'role':'lezer'}",
				      NULL),
			     0);
	assert_int_equal(account_get(t->desk.state, "nel", &a, NULL),
			 PLEIN_ENOTFOUND);
}

static void
test_auditing__a_key_that_is_refused_leaves_no_account(void **state)
{
	struct town *t = *state;
	struct account a = { 0 };
	long n = count(t);

	assert_int_not_equal(
		town_ask(t, ROLE_BEHEERDER, "user.add",
			 "{'handle':'nel','name':'Nel','role':'lezer',"
			 "'key':'" TOWN_KIND " " TOWN_BLOB "'}",
			 NULL),
		0);
	assert_int_equal(account_get(t->desk.state, "nel", &a, NULL),
			 PLEIN_ENOTFOUND);
	assert_int_equal(count(t), n);
}

static void
test_auditing__keys_and_proofs_are_acts_secrets_are_not_told(void **state)
{
	struct town *t = *state;
	struct vec rows = VEC_INIT;
	const struct audit_record *r;

	json_decref(town_get(t, ROLE_REDACTEUR, "password.set",
			     "{'password':'" PASSWORD "'}"));
	expect_newest(t, "redacteur password.set  192.0.2.1 login ok ");
	json_decref(town_get(t, ROLE_HOST, "user.password",
			     "{'handle':'lezer','password':'" PASSWORD "'}"));
	expect_newest(t, " user.password lezer  host ok ");
	json_decref(town_get(t, ROLE_REDACTEUR, "code.begin", "{}"));
	json_decref(town_get(t, ROLE_REDACTEUR, "profile.set",
			     "{'name':'Iemand Nieuws'}"));
	assert_int_equal(audit_list(t->desk.state,
				    &(struct audit_part){ .most = 100 }, &rows,
				    &t->err),
			 0);
	for (size_t i = 0; i < rows.len; i++) {
		r = rows.items[i];
		for (int f = 0; f < AUDIT_FIELDS; f++) {
			assert_null(strstr(r->field[f], PASSWORD));
			assert_null(strstr(r->field[f], "$argon"));
			assert_null(strstr(r->field[f], "secret"));
			assert_null(strstr(r->field[f], "Nieuws"));
		}
	}
	vec_release(&rows, audit_record_free);
}

/* All that changes accounts or rights, also what will be added later. */
static void
test_auditing__what_changes_accounts_is_an_act(void **state)
{
	static const char *const acts[] = {
		"user.add",	"user.reset",	 "user.password",
		"key.add",	"key.remove",	 "key.rename",
		"profile.set",	"password.set",	 "password.clear",
		"code.begin",	"code.confirm",	 "code.clear",
		"wiki.reindex", "wiki.maintain",
	};
	static const char *const others[] = {
		"page.save", "draft.put",    "push.follow", "user.list",
		"page.read", "session.open", "auth.code",   "audit.list",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++)
		if (!auditing_is_act(method_find(acts[i])))
			fail_msg("%s is no act", acts[i]);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (auditing_is_act(method_find(others[i])))
			fail_msg("%s is an act", others[i]);
}

/* A name and a municipality are known of somebody; colours are not. */
static void
test_auditing__taste_is_not_recorded(void **state)
{
	struct town *t = *state;
	long n = count(t);

	json_decref(town_get(t, ROLE_REDACTEUR, "profile.set",
			     "{'mouse':'on','language':'en','esc':'40'}"));
	assert_int_equal(count(t), n);
	json_decref(town_get(t, ROLE_REDACTEUR, "profile.set",
			     "{'mouse':'off','organisation':'Duinstad'}"));
	assert_int_equal(count(t), n + 1);
}

static void
test_auditing__the_list_comes_in_parts(void **state)
{
	struct town *t = *state;
	json_t *r, *row;

	for (int i = 0; i < 3; i++)
		json_decref(town_get(t, ROLE_HOST, "user.reset",
				     "{'handle':'lezer','what':'code'}"));
	r = town_get(t, ROLE_BEHEERDER, "audit.list", "{'limit':2}");
	assert_int_equal(json_array_size(json_object_get(r, "rows")), 2);
	assert_int_equal(town_number(r, "next"), 2);
	row = json_array_get(json_object_get(r, "rows"), 0);
	assert_int_equal(town_number(row, "n"), 3);
	assert_string_equal(town_text(row, "about"), "lezer");
	json_decref(r);
	r = town_get(t, ROLE_BEHEERDER, "audit.list", "{'before':2}");
	assert_int_equal(json_array_size(json_object_get(r, "rows")), 1);
	assert_null(json_object_get(r, "next"));
	json_decref(r);
	r = town_get(t, ROLE_BEHEERDER, "audit.list", "{'since':9999999999}");
	assert_int_equal(json_array_size(json_object_get(r, "rows")), 0);
	json_decref(r);
}

static void
test_auditing__only_administrators_read_it(void **state)
{
	struct town *t = *state;

	for (int role = ROLE_NONE; role < ROLE_BEHEERDER; role++) {
		assert_int_equal(
			town_ask(t, (enum role)role, "audit.list", "{}", NULL),
			PLEIN_EDENIED);
		assert_int_equal(town_ask(t, (enum role)role, "audit.verify",
					  "{}", NULL),
				 PLEIN_EDENIED);
	}
}

/* --- a wiki process that runs ------------------------------------------- */

static void
wait_for(struct town *t, const char *text)
{
	int64_t end = clock_mono_ms() + PATIENCE_MS;
	char *line = NULL;

	do {
		free(line);
		line = newest(t->desk.state);
	} while (strcmp(line, text) != 0 && clock_mono_ms() < end);
	assert_string_equal(line, text);
	free(line);
}

static void
test_auditing__who_comes_in_and_who_does_not(void **state)
{
	struct town *t = *state;
	struct wire wire, writer;
	struct wiki w;

	start(&w, state, &wiki_limits_default);
	assert_int_equal(state_open(&t->desk.state, DATA_STATE, 0, &t->err), 0);
	attach(&w, &wire, LOGIN);
	(void)ask(&wire, "auth.password",
		  "{\"user\":\"Niemand\",\"password\":\"" PASSWORD "\"}",
		  "denied");
	wait_for(t, " auth.password (nobody) ::1 login denied ");
	(void)ask(&wire, "auth.password",
		  "{\"user\":\"lezer\",\"password\":\"" PASSWORD "\"}",
		  "denied");
	wait_for(t, " auth.password lezer ::1 login denied ");
	json_decref(ask(&wire, "session.open",
			"{\"kind\":\"" TOWN_KIND "\",\"blob\":\"" TOWN_BLOB
			"\"}",
			NULL));
	wait_for(t, "redacteur session.open  ::1 login ok role=redacteur "
		    "key=SHA256:"
		    "6qAMEy3YwMB1vxC0Ff3vHFXZZxMKE0GNaLe+tht9S60");
	attach(&w, &writer, WRITER);
	(void)ask(&writer, "user.list", "{}", "denied");
	wait_for(t, "bijdrager denied  ::1 screen denied method=user.list");
	wire_release(&wire);
	wire_release(&writer);
	json_decref(hear(&w, "bound"));
	json_decref(hear(&w, "answered"));
	stop(&w);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, town_setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_auditing__an_act_and_its_record_are_one),
		TEST(test_auditing__what_cannot_be_recorded_is_not_done),
		TEST(test_auditing__a_key_that_is_refused_leaves_no_account),
		TEST(test_auditing__keys_and_proofs_are_acts_secrets_are_not_told),
		TEST(test_auditing__what_changes_accounts_is_an_act),
		TEST(test_auditing__taste_is_not_recorded),
		TEST(test_auditing__the_list_comes_in_parts),
		TEST(test_auditing__only_administrators_read_it),
		TEST(test_auditing__who_comes_in_and_who_does_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
