/* Applying for an account, and what administrators decide about it. */
#include "town.h"

#include "state/invites.h"
#include "wiki/attempts.h"
#include "wiki/call.h"
#include "wiki/handlers.h"

#define FORM \
	"'handle':'niek','name':'Niek','organisation':'Duinstad'," \
	"'reason':'Ik doe mee.'"
#define STRANGE \
	"{'new':true,'kind':'" TOWN_KIND "','blob':'" TOWN_OTHER_BLOB "'}"

/* A stream: what it asks is asked as whoever it has become. */
static struct caller *who;
static enum role told; /* what an account's streams heard last */

static int
setup(void **state)
{
	int rc = town_setup(state);

	who = caller_new(7, "login", "192.0.2.1");
	told = ROLE_NONE;
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

/* As session.c does it, and as the pool passes it on to the writer. */
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
		caller_free(who);
		who = c.becomes;
		c.becomes = NULL;
	}
	if (!rc && c.changed)
		told = c.changed_to;
	if (result)
		*result = rc ? NULL : json_incref(c.result);
	call_release(&c);
	return rc;
}

static void
must(struct town *t, const char *method, const char *params)
{
	if (ask(t, method, params, NULL))
		fail_msg("%s: %s", method, t->err.msg);
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

static bool
says(struct town *t, const char *method, const char *key)
{
	json_t *result = NULL;
	bool is;

	if (ask(t, method, "{}", &result))
		fail_msg("%s: %s", method, t->err.msg);
	is = json_is_true(json_object_get(result, key));
	json_decref(result);
	return is;
}

static void
be(struct town *t, enum role role)
{
	caller_free(who);
	who = caller_with_role(t->roles[role], role);
}

static void
sign_in(const char *handle, struct town *t)
{
	struct account a = { 0 };

	if (account_get(t->desk.state, handle, &a, &t->err))
		fail_msg("%s", t->err.msg);
	caller_free(who);
	who = caller_sign_in(t->roles[ROLE_NONE], &a, NULL);
	account_release(&a);
}

static void
test_register__makes_an_account_that_is_granted(void **state)
{
	struct town *t = *state;
	json_t *result;

	must(t, "session.open", STRANGE);
	assert_int_equal(who->role, ROLE_NEW);
	assert_int_equal(ask(t, "page.read", "{'address':'index'}", NULL),
			 PLEIN_EDENIED);
	assert_int_equal(ask(t, "register.submit", "{" FORM "}", &result), 0);
	assert_string_equal(town_text(result, "standing"), "waiting");
	json_decref(result);
	assert_int_equal(who->role, ROLE_WAITING);
	assert_string_equal(who->handle, "niek");
	assert_int_equal(ask(t, "page.read", "{'address':'index'}", NULL), 0);
	assert_true(says(t, "register.status", "reads"));
	assert_int_equal(ask(t, "register.submit", "{" FORM "}", NULL),
			 PLEIN_EDENIED);
	be(t, ROLE_GAST);
	refused(t, "register.submit", "{" FORM ",'password':'een lang woord'}",
		"handle-taken");
	be(t, ROLE_BEHEERDER);
	must(t, "accounts.approve", "{'handle':'niek','role':'redacteur'}");
	assert_int_equal(told, ROLE_REDACTEUR);
	refused(t, "accounts.approve", "{'handle':'niek'}", "standing");
	sign_in("niek", t);
	assert_int_equal(who->role, ROLE_REDACTEUR);
	assert_int_equal(ask(t, "register.withdraw", "{}", NULL),
			 PLEIN_EDENIED);
}

static void
test_register__who_applied_reads_where_they_may(void **state)
{
	struct town *t = *state;

	free(t->desk.conf->waiting_read);
	t->desk.conf->waiting_read = mem_strdup("nee");
	must(t, "session.open", STRANGE);
	must(t, "register.submit", "{" FORM "}");
	assert_int_equal(who->role, ROLE_APPLICANT);
	assert_int_equal(ask(t, "page.read", "{'address':'index'}", NULL),
			 PLEIN_EDENIED);
}

static void
test_register__an_application_can_be_refused_and_made_anew(void **state)
{
	struct town *t = *state;
	json_t *result;

	must(t, "session.open", STRANGE);
	must(t, "register.submit", "{" FORM "}");
	be(t, ROLE_HOST);
	must(t, "accounts.refuse", "{'handle':'niek','reason':'Dubbel.'}");
	assert_int_equal(told, ROLE_APPLICANT);
	sign_in("niek", t);
	assert_int_equal(who->role, ROLE_APPLICANT);
	assert_int_equal(ask(t, "register.status", "{}", &result), 0);
	assert_string_equal(town_text(result, "standing"), "refused");
	assert_string_equal(town_text(result, "reason"), "Dubbel.");
	assert_true(json_is_false(json_object_get(result, "reads")));
	json_decref(result);
	must(t, "register.change", "{'reason':'Niet waar.'}");
	assert_int_equal(told, ROLE_WAITING);
	must(t, "register.withdraw", "{}");
	assert_int_equal(told, ROLE_BLOCKED);
	assert_int_equal(ask(t, "register.status", "{}", NULL),
			 PLEIN_ENOTFOUND);
}

static void
test_register__an_administrator_may_ask(void **state)
{
	struct town *t = *state;
	json_t *result;

	must(t, "session.open", STRANGE);
	must(t, "register.submit", "{" FORM "}");
	be(t, ROLE_BEHEERDER);
	must(t, "register.ask", "{'number':1,'question':'Van welk team?'}");
	assert_int_equal(told, ROLE_WAITING);
	assert_int_equal(ask(t, "accounts.requests", "{}", &result), 0);
	assert_string_equal(
		town_text(json_array_get(json_object_get(result, "rows"), 0),
			  "question"),
		"Van welk team?");
	json_decref(result);
	refused(t, "register.ask", "{'number':1,'question':''}", "question");
	assert_int_equal(
		ask(t, "register.ask", "{'number':2,'question':'Wie?'}", NULL),
		PLEIN_ENOTFOUND);
	sign_in("niek", t);
	assert_int_equal(ask(t, "register.status", "{}", &result), 0);
	assert_string_equal(town_text(result, "question"), "Van welk team?");
	assert_string_equal(town_text(result, "name"), "Niek");
	assert_string_equal(town_text(result, "organisation"), "Duinstad");
	json_decref(result);
	assert_int_equal(
		ask(t, "register.change", "{'reason':'Team ICT.'}", &result),
		0);
	assert_true(json_is_null(json_object_get(result, "question")));
	json_decref(result);
	assert_int_equal(
		ask(t, "register.ask", "{'number':1,'question':'Wie?'}", NULL),
		PLEIN_EDENIED);
}

/* Whoever signs in: nobody else need apply for it. */
static void
test_register__an_old_application_is_gone_when_somebody_signs_in(void **state)
{
	struct town *t = *state;
	struct conf *conf = (struct conf *)t->desk.conf;
	struct account a = { 0 };
	struct call c;

	must(t, "session.open", STRANGE);
	must(t, "register.submit", "{" FORM "}");
	call_init(&c, who, NULL);
	assert_int_equal(handle_note_key(&t->desk, &c), 0);
	assert_int_equal(account_get(t->desk.state, "niek", &a, &t->err), 0);
	account_release(&a);
	free(conf->application_days);
	conf->application_days = mem_strdup("-1"); /* a day from now */
	assert_int_equal(handle_note_key(&t->desk, &c), 0);
	/* whose streams are told, and may do no more */
	assert_int_equal(c.gone.len, 1);
	assert_string_equal(c.gone.items[0], "niek");
	assert_int_equal(account_get(t->desk.state, "niek", &a, &t->err),
			 PLEIN_ENOTFOUND);
	call_release(&c);
}

static void
test_register__an_invitation_lets_in(void **state)
{
	struct town *t = *state;
	char params[256];
	json_t *made;

	be(t, ROLE_BEHEERDER);
	assert_int_equal(ask(t, "invite.create", "{'uses':0}", NULL),
			 PLEIN_EUSAGE);
	assert_int_equal(ask(t, "invite.create", "{'days':0}", NULL),
			 PLEIN_EUSAGE);
	assert_int_equal(ask(t, "invite.create", "{'role':'bijdrager'}", &made),
			 0);
	(void)snprintf(params, sizeof(params), "{" FORM ",'code':'%s'}",
		       town_text(made, "code"));
	json_decref(made);
	caller_free(who);
	who = caller_new(7, "login", "192.0.2.1");
	must(t, "session.open", STRANGE);
	refused(t, "register.submit", "{" FORM ",'code':'aaaa-bbbb-cccc-dddd'}",
		"invite");
	refused(t, "register.submit", "{" FORM ",'code':'x'}", "invite");
	must(t, "register.submit", params);
	assert_int_equal(told, ROLE_BIJDRAGER);
	sign_in("niek", t);
	assert_int_equal(who->role, ROLE_BIJDRAGER);
}

/* From now on, also for who came in before. */
static void
shut(struct town *t, const char *setting)
{
	struct buf conf = BUF_INIT;

	buf_printf(&conf, "domein = stad.example\n%s = nee\n", setting);
	town_write(DATA_CONF, conf.ptr);
	desk_refresh(&t->desk, 1);
	buf_release(&conf);
}

static void
test_register__ends_when_the_wiki_says_so(void **state)
{
	struct town *t = *state;

	assert_true(says(t, "auth.menu", "register"));
	must(t, "session.open", STRANGE);
	assert_true(says(t, "session.info", "register"));
	shut(t, "registreren");
	assert_false(says(t, "session.info", "register"));
	refused(t, "register.submit", "{" FORM "}", "register");
	assert_null(who->handle);
	be(t, ROLE_NONE);
	assert_false(says(t, "auth.menu", "register"));
	refused(t, "session.open", STRANGE, "register");
	assert_int_equal(who->role, ROLE_NONE);
}

/* Codes that were given before let nobody in, and there are no new ones. */
static void
test_register__invitations_end_when_the_wiki_says_so(void **state)
{
	struct town *t = *state;
	char params[256], code[64];
	json_t *made;

	assert_true(says(t, "auth.menu", "invite"));
	be(t, ROLE_BEHEERDER);
	assert_int_equal(ask(t, "invite.create", "{'uses':9}", &made), 0);
	(void)snprintf(code, sizeof(code), "{'code':'%s'}",
		       town_text(made, "code"));
	(void)snprintf(params, sizeof(params), "{" FORM ",'code':'%s'}",
		       town_text(made, "code"));
	json_decref(made);
	shut(t, "uitnodigen");
	refused(t, "invite.create", "{}", "invites");
	be(t, ROLE_NONE);
	assert_false(says(t, "auth.menu", "invite"));
	must(t, "session.open", STRANGE);
	assert_false(says(t, "register.status", "invites"));
	refused(t, "register.submit", params, "invite");
	assert_null(who->handle);
	must(t, "register.submit", "{" FORM "}");
	refused(t, "register.invite", code, "invite");
	refused(t, "register.invite", "{'code':''}", "invite");
	sign_in("niek", t);
	assert_int_equal(who->role, ROLE_WAITING);
}

static void
test_register__needs_a_key_or_a_password(void **state)
{
	struct town *t = *state;
	json_t *result;

	refused(t, "session.open",
		"{'new':true,'kind':'" TOWN_KIND "','blob':'" TOWN_BLOB "'}",
		"key-taken");
	must(t, "session.open", "{'new':true}");
	refused(t, "register.submit", "{" FORM "}", "key");
	refused(t, "register.submit", "{" FORM ",'password':'kort'}",
		"password-short");
	must(t, "register.submit", "{" FORM ",'password':'een lang woord'}");
	caller_free(who);
	who = caller_new(7, "login", "192.0.2.1");
	assert_int_equal(ask(t, "auth.password",
			     "{'user':'niek','password':'een lang woord'}",
			     &result),
			 0);
	json_decref(result);
}

static void
test_register__is_bounded_by_address(void **state)
{
	struct town *t = *state;
	char params[192];
	int i;

	for (i = 0; i < 5; i++) {
		be(t, ROLE_NEW);
		(void)snprintf(params, sizeof(params),
			       "{'handle':'naam%c','name':'N','reason':'R',"
			       "'password':'een lang woord'}",
			       'a' + i);
		must(t, "register.submit", params);
	}
	be(t, ROLE_NEW);
	refused(t, "register.submit", "{" FORM ",'password':'een lang woord'}",
		"applications");
}

static void
test_register__the_last_administrator_is_spared(void **state)
{
	struct town *t = *state;

	be(t, ROLE_BEHEERDER);
	refused(t, "accounts.role", "{'handle':'beheerder','role':'lezer'}",
		"last-admin");
	refused(t, "accounts.block", "{'handle':'beheerder'}", "last-admin");
	must(t, "accounts.role", "{'handle':'lezer','role':'beheerder'}");
	assert_int_equal(told, ROLE_BEHEERDER);
	must(t, "accounts.block", "{'handle':'beheerder','reason':'Weg.'}");
	assert_int_equal(told, ROLE_BLOCKED);
	refused(t, "accounts.unblock", "{'handle':'lezer'}", "standing");
	must(t, "accounts.unblock", "{'handle':'beheerder'}");
	assert_int_equal(told, ROLE_BEHEERDER);
}

/* Sessions that are open become what a new one would be. */
static void
test_register__a_role_that_asks_for_a_code_is_told_so(void **state)
{
	struct town *t = *state;

	free(t->desk.conf->code_from);
	t->desk.conf->code_from = mem_strdup("redacteur");
	be(t, ROLE_BEHEERDER);
	must(t, "accounts.role", "{'handle':'lezer','role':'bijdrager'}");
	assert_int_equal(told, ROLE_BIJDRAGER);
	must(t, "accounts.role", "{'handle':'lezer','role':'redacteur'}");
	assert_int_equal(told, ROLE_SETUP);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_register__makes_an_account_that_is_granted),
		TEST(test_register__who_applied_reads_where_they_may),
		TEST(test_register__an_application_can_be_refused_and_made_anew),
		TEST(test_register__an_administrator_may_ask),
		TEST(test_register__an_old_application_is_gone_when_somebody_signs_in),
		TEST(test_register__an_invitation_lets_in),
		TEST(test_register__ends_when_the_wiki_says_so),
		TEST(test_register__invitations_end_when_the_wiki_says_so),
		TEST(test_register__needs_a_key_or_a_password),
		TEST(test_register__is_bounded_by_address),
		TEST(test_register__the_last_administrator_is_spared),
		TEST(test_register__a_role_that_asks_for_a_code_is_told_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
