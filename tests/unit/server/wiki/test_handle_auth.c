/* Signing in, step by step, and one's own password and code. */
#include "town.h"

#include "plein/clock.h"
#include "proof/totp.h"
#include "state/key.h"
#include "state/keywait.h"
#include "state/proofs.h"
#include "wiki/attempts.h"

#define KEY "{'kind':'" TOWN_KIND "','blob':'" TOWN_BLOB "'}"
#define STRANGE "{'kind':'" TOWN_KIND "','blob':'" TOWN_OTHER_BLOB "'}"
#define SECRET "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

/* A stream: what it asks is asked as whoever it has become. */
static struct caller *who;
static int64_t step; /* of the test's beginning: it may go on meanwhile */

static int
setup(void **state)
{
	int rc = town_setup(state);

	who = caller_new(7, "login", "192.0.2.1");
	step = clock_wall() / TOTP_SECONDS;
	return rc;
}

static int
teardown(void **state)
{
	struct town *t = *state;

	attempts_free(t->desk.attempts);
	caller_free(who);
	return town_teardown(state);
}

static void
begin_again(void)
{
	caller_free(who);
	who = caller_new(7, "login", "192.0.2.1");
}

/* Signed in, however that was. */
static void
be_redacteur(struct town *t)
{
	struct account a = { 0 };

	assert_int_equal(account_get(t->desk.state, "redacteur", &a, &t->err),
			 0);
	caller_free(who);
	who = caller_sign_in(t->roles[ROLE_NONE], &a, NULL);
	account_release(&a);
}

/* As session.c does it; *result as in town_ask(). */
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
	if (!rc && c.becomes) {
		assert_int_equal(who->role, ROLE_NONE);
		caller_free(who);
		who = c.becomes;
		c.becomes = NULL;
	}
	if (result)
		*result = rc ? NULL : json_incref(c.result);
	call_release(&c);
	return rc;
}

static void
expect_needs(struct town *t, const char *method, const char *params,
	     const char *needs)
{
	json_t *result;

	if (ask(t, method, params, &result))
		fail_msg("%s: %s", method, t->err.msg);
	assert_string_equal(town_text(result, "needs"), needs);
	json_decref(result);
}

static void
set_code(struct town *t, const char *handle)
{
	static const char *const none[1];

	if (proofs_offer_code(t->desk.state, handle, SECRET, &t->err) ||
	    proofs_confirm_code(t->desk.state, handle, 1, none, 0, &t->err))
		fail_msg("%s", t->err.msg);
}

/* The code of `steps` after that, as parameters. */
static const char *
code_in(int steps)
{
	static char text[64];
	char code[TOTP_DIGITS + 1];

	assert_int_equal(totp_code(SECRET, step + steps, code, NULL), 0);
	(void)snprintf(text, sizeof(text), "{'code':'%s'}", code);
	return text;
}

static void
set_password(struct town *t, const char *handle, const char *password)
{
	char params[128];

	(void)snprintf(params, sizeof(params),
		       "{'handle':'%s','password':'%s'}", handle, password);
	json_decref(town_get(t, ROLE_HOST, "user.password", params));
}

static void
test_auth__a_key_is_enough_where_no_code_is_asked(void **state)
{
	struct town *t = *state;

	expect_needs(t, "session.open", KEY, "");
	assert_int_equal(who->role, ROLE_REDACTEUR);
	assert_string_equal(who->handle, "redacteur");
	begin_again();
	assert_int_equal(ask(t, "session.open", STRANGE, NULL),
			 PLEIN_ENOTFOUND);
	assert_int_equal(ask(t, "session.open", "{}", NULL), PLEIN_EDENIED);
	assert_int_equal(who->role, ROLE_NONE);
}

static void
test_auth__a_key_is_half_where_a_code_is_asked(void **state)
{
	struct town *t = *state;

	set_code(t, "redacteur");
	expect_needs(t, "session.open", KEY, "code");
	assert_int_equal(who->role, ROLE_NONE);
	assert_int_equal(ask(t, "session.info", "{}", NULL), PLEIN_EDENIED);
	assert_int_equal(ask(t, "session.open", "{}", NULL), PLEIN_EDENIED);
	assert_int_equal(ask(t, "session.open", KEY, NULL), PLEIN_EDENIED);
	assert_int_equal(ask(t, "auth.code", "{'code':'000000'}", NULL),
			 PLEIN_EDENIED);
	assert_string_equal(t->err.rule, "code");
	assert_int_equal(ask(t, "auth.code", code_in(-3), NULL), PLEIN_EDENIED);
	expect_needs(t, "auth.code", code_in(0), "");
	assert_int_equal(who->role, ROLE_NONE);
	expect_needs(t, "session.open", "{}", "");
	assert_int_equal(who->role, ROLE_REDACTEUR);
	assert_non_null(who->key);
	/* used up */
	begin_again();
	expect_needs(t, "session.open", KEY, "code");
	assert_int_equal(ask(t, "auth.code", code_in(0), NULL), PLEIN_EDENIED);
	assert_int_equal(ask(t, "auth.code", code_in(-1), NULL), PLEIN_EDENIED);
	expect_needs(t, "auth.code", code_in(1), "");
}

/* What was proved of one account is not added to by the proof of another. */
static void
test_auth__half_stays_of_one_account(void **state)
{
	struct town *t = *state;

	set_code(t, "redacteur");
	set_password(t, "lezer", "een lang wachtwoord");
	expect_needs(t, "session.open", KEY, "code");
	assert_int_equal(ask(t, "auth.password",
			     "{'user':'lezer',"
			     "'password':'een lang wachtwoord'}",
			     NULL),
			 PLEIN_EDENIED);
	assert_string_equal(who->handle, "redacteur");
	assert_int_equal(ask(t, "session.open", "{}", NULL), PLEIN_EDENIED);
	begin_again();
	expect_needs(t, "auth.password",
		     "{'user':'lezer','password':'een lang wachtwoord'}", "");
	assert_int_equal(ask(t, "session.open", KEY, NULL), PLEIN_EDENIED);
	assert_string_equal(who->handle, "lezer");
}

static void
test_auth__a_code_alone_is_nothing(void **state)
{
	struct town *t = *state;

	set_code(t, "redacteur");
	assert_int_equal(ask(t, "auth.code", code_in(0), NULL), PLEIN_EDENIED);
	assert_string_equal(t->err.msg, "nothing was proved");
	assert_int_equal(ask(t, "session.open", "{}", NULL), PLEIN_EDENIED);
	assert_int_equal(who->role, ROLE_NONE);
}

static void
test_auth__a_password_counts_like_a_key(void **state)
{
	struct town *t = *state;

	set_password(t, "lezer", "een lang wachtwoord");
	expect_needs(t, "auth.password",
		     "{'user':'Lezer ','password':'een lang wachtwoord'}", "");
	assert_int_equal(who->role, ROLE_NONE);
	assert_int_equal(ask(t, "session.open", KEY, NULL), PLEIN_EDENIED);
	expect_needs(t, "session.open", "{}", "");
	assert_int_equal(who->role, ROLE_LEZER);
	begin_again();
	set_code(t, "lezer");
	expect_needs(t, "auth.password",
		     "{'user':'lezer','password':'een lang wachtwoord'}",
		     "code");
	assert_int_equal(ask(t, "session.open", "{}", NULL), PLEIN_EDENIED);
	expect_needs(t, "auth.code", code_in(0), "");
	expect_needs(t, "session.open", "{}", "");
	assert_int_equal(who->role, ROLE_LEZER);
}

#define BY_PASSWORD "{'user':'lezer','password':'een lang wachtwoord'}"

static void
refused(struct town *t, const char *method, const char *params, const char *why)
{
	assert_int_equal(ask(t, method, params, NULL), PLEIN_EDENIED);
	assert_string_equal(t->err.msg, why);
}

static void
test_auth__no_code_is_taken_where_none_is_asked(void **state)
{
	struct town *t = *state;

	set_password(t, "lezer", "een lang wachtwoord");
	expect_needs(t, "auth.password", BY_PASSWORD, "");
	refused(t, "auth.code", code_in(0), "no code is asked");
	expect_needs(t, "session.open", "{}", "");
}

/* Half of it is no way to come in as somebody else, and nobody in particular
 * either. */
static void
test_auth__who_proved_something_does_not_apply(void **state)
{
	struct town *t = *state;

	set_code(t, "redacteur");
	expect_needs(t, "session.open", KEY, "code");
	refused(t, "session.open",
		"{'new':true,'kind':'" TOWN_KIND "','blob':'" TOWN_OTHER_BLOB
		"'}",
		"something was proved");
	refused(t, "session.open", "{'new':true}", "something was proved");
	assert_int_equal(who->role, ROLE_NONE);
	assert_string_equal(who->handle, "redacteur");
}

/* Key and password of one account, and a code where it is asked. */
static void
test_auth__a_key_is_linked_by_who_proved_all(void **state)
{
	struct town *t = *state;
	char offered[128], print[64];

	assert_int_equal(key_fingerprint(TOWN_OTHER_BLOB, print, NULL), 0);
	(void)snprintf(offered, sizeof(offered), "{'offered':'%s'}", print);
	refused(t, "auth.pend", offered, "nothing was proved");
	refused(t, "auth.link", "{}", "no key is to be linked");
	set_password(t, "lezer", "een lang wachtwoord");
	set_code(t, "lezer");
	expect_needs(t, "auth.password", BY_PASSWORD, "code");
	refused(t, "auth.pend", offered, "a code is missing");
	expect_needs(t, "auth.code", code_in(0), "");
	assert_int_equal(ask(t, "auth.pend", offered, NULL), 0);
	begin_again();
	expect_needs(t, "session.open", STRANGE, "link");
	assert_int_equal(who->role, ROLE_NONE);
	refused(t, "session.open", "{}", "nothing was proved");
	expect_needs(t, "auth.link", "{}", "code");
	begin_again();
	expect_needs(t, "session.open", STRANGE, "code");
	assert_string_equal(who->handle, "lezer");
}

static void
test_auth__a_key_that_another_waits_for_is_not_linked(void **state)
{
	struct town *t = *state;
	char print[64];

	assert_int_equal(key_fingerprint(TOWN_OTHER_BLOB, print, NULL), 0);
	assert_int_equal(keywait_add(t->desk.state, print, "lezer",
				     clock_wall(), &t->err),
			 0);
	expect_needs(t, "session.open", STRANGE, "link");
	assert_int_equal(keywait_add(t->desk.state, print, "bijdrager",
				     clock_wall(), &t->err),
			 0);
	refused(t, "auth.link", "{}", "another waits for it");
	begin_again();
	expect_needs(t, "session.open", STRANGE, "link");
	assert_string_equal(who->handle, "bijdrager");
}

/* Word for word the same for a wrong password and for nobody. */
static void
test_auth__a_refusal_does_not_tell_who_exists(void **state)
{
	static const char *const tries[] = {
		"{'user':'lezer','password':'fout fout fout'}",
		"{'user':'redacteur','password':'fout fout fout'}",
		"{'user':'niemand','password':'fout fout fout'}",
		"{'user':'\\\\ % ; \\u00e9','password':'fout fout fout'}",
		"{'user':'','password':''}",
	};
	struct town *t = *state;
	char first[240];

	set_password(t, "lezer", "een lang wachtwoord");
	for (size_t i = 0; i < sizeof(tries) / sizeof(tries[0]); i++) {
		assert_int_equal(ask(t, "auth.password", tries[i], NULL),
				 PLEIN_EDENIED);
		assert_string_equal(t->err.rule, "wrong");
		if (i == 0)
			memcpy(first, t->err.msg, sizeof(first));
		assert_string_equal(t->err.msg, first);
		assert_null(who->handle);
	}
}

static void
test_auth__too_many_wrong_ones_must_wait(void **state)
{
	static const char *const names[] = { "lezer", "niemand" };
	struct town *t = *state;
	char wrong[64], right[64];

	t->desk.attempts = attempts_new();
	set_password(t, "lezer", "een lang wachtwoord");
	for (int n = 0; n < 2; n++) {
		(void)snprintf(wrong, sizeof(wrong),
			       "{'user':'%s','password':'fout'}", names[n]);
		(void)snprintf(right, sizeof(right),
			       "{'user':'%s','password':'een lang wachtwoord'}",
			       names[n]);
		for (int i = 0; i < 5; i++)
			assert_int_equal(ask(t, "auth.password", wrong, NULL),
					 PLEIN_EDENIED);
		assert_int_equal(ask(t, "auth.password", right, NULL),
				 PLEIN_EBUSY);
		assert_string_equal(t->err.rule, "wait");
		assert_int_equal(t->err.at, 15);
	}
	/* a key is no password */
	set_code(t, "redacteur");
	expect_needs(t, "session.open", KEY, "code");
	for (int i = 0; i < 5; i++)
		assert_int_equal(ask(t, "auth.code", "{'code':'1'}", NULL),
				 PLEIN_EDENIED);
	assert_int_equal(ask(t, "auth.code", code_in(0), NULL), PLEIN_EBUSY);
}

static void
test_auth__guests_come_in_where_they_may(void **state)
{
	struct town *t = *state;
	json_t *menu = NULL;

	assert_int_equal(ask(t, "session.open", "{'guest':true}", NULL),
			 PLEIN_EDENIED);
	assert_int_equal(ask(t, "auth.menu", "{}", &menu), 0);
	assert_true(json_is_false(json_object_get(menu, "guest")));
	assert_string_equal(town_text(menu, "wiki"), "Stad");
	json_decref(menu);
	town_write(DATA_CONF, "domein = stad.example\ngast = ja\n");
	desk_refresh(&t->desk, 1);
	expect_needs(t, "session.open", "{'guest':true}", "");
	assert_int_equal(who->role, ROLE_GAST);
	assert_null(who->handle);
	assert_int_equal(ask(t, "page.read", "{'address':'index'}", NULL), 0);
	assert_int_equal(ask(t, "draft.list", "{}", NULL), PLEIN_EDENIED);
}

/* They may do nothing but that. */
static void
test_auth__who_needs_a_code_sets_it_up_first(void **state)
{
	struct town *t = *state;
	json_t *result = NULL;
	char params[64], code[TOTP_DIGITS + 1];

	town_write(DATA_CONF, "domein = d.example\ncode_vanaf = redacteur\n");
	desk_refresh(&t->desk, 1);
	expect_needs(t, "session.open", KEY, "");
	assert_int_equal(who->role, ROLE_SETUP);
	assert_int_equal(ask(t, "page.read", "{'address':'index'}", NULL),
			 PLEIN_EDENIED);
	assert_int_equal(ask(t, "session.info", "{}", NULL), 0);
	assert_int_equal(ask(t, "proof.info", "{}", &result), 0);
	assert_true(json_is_true(json_object_get(result, "needed")));
	json_decref(result);
	assert_int_equal(ask(t, "code.confirm", code_in(0), NULL),
			 PLEIN_ENOTFOUND);
	assert_int_equal(ask(t, "code.begin", "{}", &result), 0);
	assert_int_equal(totp_code(town_text(result, "secret"),
				   clock_wall() / 30, code, NULL),
			 0);
	assert_non_null(strstr(town_text(result, "uri"), "redacteur"));
	assert_memory_equal(town_text(result, "qr"), "#######", 7);
	json_decref(result);
	assert_int_equal(ask(t, "code.confirm", "{'code':'12345'}", NULL),
			 PLEIN_EDENIED);
	(void)snprintf(params, sizeof(params), "{'code':'%s'}", code);
	assert_int_equal(ask(t, "code.confirm", params, &result), 0);
	assert_int_equal(json_array_size(json_object_get(result, "recovery")),
			 8);
	assert_int_equal(who->role, ROLE_SETUP);
	/* the next time a recovery code will do, once */
	(void)snprintf(params, sizeof(params), "{'code':'%s'}",
		       json_string_value(json_array_get(
			       json_object_get(result, "recovery"), 3)));
	json_decref(result);
	for (int i = 0; i < 2; i++) {
		begin_again();
		expect_needs(t, "session.open", KEY, "code");
		assert_int_equal(ask(t, "auth.code", params, NULL),
				 i ? PLEIN_EDENIED : 0);
		if (i == 0)
			expect_needs(t, "session.open", "{}", "");
		assert_int_equal(who->role, i ? ROLE_NONE : ROLE_REDACTEUR);
	}
	be_redacteur(t);
	assert_int_equal(ask(t, "proof.info", "{}", &result), 0);
	assert_true(json_is_true(json_object_get(result, "needed")));
	json_decref(result);
	assert_int_equal(ask(t, "code.clear", "{}", NULL), PLEIN_ERULE);
	assert_string_equal(t->err.rule, "code-needed");
}

/* What a code guards is guarded by it. */
static void
test_proof__a_code_is_replaced_by_who_has_it(void **state)
{
	struct town *t = *state;
	json_t *result = NULL;

	set_code(t, "redacteur");
	be_redacteur(t);
	assert_int_equal(ask(t, "code.begin", "{}", NULL), PLEIN_EDENIED);
	assert_string_equal(t->err.rule, "code-missing");
	assert_int_equal(ask(t, "code.begin", "{'code':'000000'}", NULL),
			 PLEIN_EDENIED);
	assert_int_equal(ask(t, "code.begin", code_in(0), &result), 0);
	json_decref(result);
	assert_int_equal(ask(t, "code.clear", code_in(0), NULL), PLEIN_EDENIED);
	assert_string_equal(t->err.rule, "code");
	assert_int_equal(ask(t, "code.clear", code_in(1), NULL), 0);
	assert_int_equal(ask(t, "code.clear", code_in(1), NULL),
			 PLEIN_ENOTFOUND);
}

static void
test_proof__a_password_is_set_and_taken_away(void **state)
{
	struct town *t = *state;

	assert_int_equal(town_ask(t, ROLE_REDACTEUR, "password.set",
				  "{'password':'kort'}", NULL),
			 PLEIN_ERULE);
	json_decref(town_get(t, ROLE_REDACTEUR, "password.set",
			     "{'password':'een lang wachtwoord'}"));
	expect_needs(t, "auth.password",
		     "{'user':'redacteur','password':'een lang wachtwoord'}",
		     "");
	json_decref(town_get(t, ROLE_REDACTEUR, "password.clear", "{}"));
	begin_again();
	assert_int_equal(ask(t, "auth.password",
			     "{'user':'redacteur',"
			     "'password':'een lang wachtwoord'}",
			     NULL),
			 PLEIN_EDENIED);
	/* the last way in stays */
	set_password(t, "lezer", "een lang wachtwoord");
	assert_int_equal(town_ask(t, ROLE_LEZER, "password.clear", "{}", NULL),
			 PLEIN_ERULE);
	assert_string_equal(t->err.rule, "last-way");
}

static void
test_proof__the_host_takes_away_what_was_lost(void **state)
{
	struct town *t = *state;

	set_code(t, "redacteur");
	set_password(t, "redacteur", "een lang wachtwoord");
	json_decref(town_get(t, ROLE_HOST, "user.reset",
			     "{'handle':'redacteur','what':'code'}"));
	expect_needs(t, "session.open", KEY, "");
	json_decref(town_get(t, ROLE_BEHEERDER, "user.reset",
			     "{'handle':'redacteur','what':'password'}"));
	begin_again();
	assert_int_equal(ask(t, "auth.password",
			     "{'user':'redacteur',"
			     "'password':'een lang wachtwoord'}",
			     NULL),
			 PLEIN_EDENIED);
	assert_int_equal(town_ask(t, ROLE_HOST, "user.reset",
				  "{'handle':'redacteur','what':'alles'}",
				  NULL),
			 PLEIN_EUSAGE);
	assert_int_equal(town_ask(t, ROLE_HOST, "user.reset",
				  "{'handle':'niemand','what':'code'}", NULL),
			 PLEIN_ENOTFOUND);
	assert_int_equal(
		town_ask(t, ROLE_HOST, "user.password",
			 "{'handle':'niemand','password':'tien tekens'}", NULL),
		PLEIN_ENOTFOUND);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		T(test_auth__a_key_is_enough_where_no_code_is_asked),
		T(test_auth__a_key_is_half_where_a_code_is_asked),
		T(test_auth__half_stays_of_one_account),
		T(test_auth__a_code_alone_is_nothing),
		T(test_auth__a_password_counts_like_a_key),
		T(test_auth__no_code_is_taken_where_none_is_asked),
		T(test_auth__who_proved_something_does_not_apply),
		T(test_auth__a_key_is_linked_by_who_proved_all),
		T(test_auth__a_key_that_another_waits_for_is_not_linked),
		T(test_auth__a_refusal_does_not_tell_who_exists),
		T(test_auth__too_many_wrong_ones_must_wait),
		T(test_auth__guests_come_in_where_they_may),
		T(test_auth__who_needs_a_code_sets_it_up_first),
		T(test_proof__a_code_is_replaced_by_who_has_it),
		T(test_proof__a_password_is_set_and_taken_away),
		T(test_proof__the_host_takes_away_what_was_lost),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
