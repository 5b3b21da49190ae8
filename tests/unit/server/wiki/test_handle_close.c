/* An account is closed: what goes, what stays, and what is not let through. */
#include "town.h"

#include "plein/clock.h"
#include "proof/totp.h"
#include "state/follows.h"
#include "state/marks.h"
#include "state/folds.h"
#include "state/proofs.h"
#include "state/standing.h"
#include "wiki/ending.h"

#define OTHER_LINE TOWN_KIND " " TOWN_OTHER_BLOB " anna@huis"

static void
expect_rule(struct town *t, enum role role, const char *method,
	    const char *params, const char *rule)
{
	json_t *args = NULL;

	assert_int_not_equal(town_ask(t, role, method, params, &args), 0);
	assert_string_equal(t->err.rule ? t->err.rule : "", rule);
}

/* Something of everything the wiki keeps of a person. */
static void
fill(struct town *t)
{
	json_decref(town_get(t, ROLE_BIJDRAGER, "key.add",
			     "{'keys':'" OTHER_LINE "'}"));
	json_decref(town_get(t, ROLE_BIJDRAGER, "profile.set",
			     "{'organisation':'Duinstad','mouse':'on'}"));
	json_decref(town_get(t, ROLE_BIJDRAGER, "draft.put",
			     "{'address':'index','base':1,'text':'Geheim.',"
			     "'note':'Nog even.'}"));
	json_decref(town_get(t, ROLE_BIJDRAGER, "mark.read",
			     "{'address':'index','version':1}"));
	json_decref(town_get(t, ROLE_BIJDRAGER, "mark.visit", "{}"));
	json_decref(town_get(t, ROLE_BIJDRAGER, "follow.set",
			     "{'address':'index','follow':'yes'}"));
	assert_int_equal(
		thread_mark_put(t->desk.state, "agenda", "bijdrager",
				&(struct thread_mark){ "0123456789ab", "x", 1 },
				&t->err),
		0);
	assert_int_equal(mention_mark_put(t->desk.state, "agenda", "bijdrager",
					  "x", &t->err),
			 0);
	json_decref(town_get(t, ROLE_BIJDRAGER, "agenda.keep", "{'open':'-'}"));
	assert_int_equal(proofs_set_password(t->desk.state, "bijdrager",
					     "$argon2id$niet", &t->err),
			 0);
}

/* Of discussions too. */
static void
expect_no_reading(struct town *t)
{
	struct vec rows = VEC_INIT;
	struct thread_mark *m;
	bool read = true;

	assert_int_equal(thread_mark_get(t->desk.state, "agenda", "bijdrager",
					 "0123456789ab", &m, &t->err),
			 PLEIN_ENOTFOUND);
	assert_int_equal(mention_mark_get(t->desk.state, "agenda", "bijdrager",
					  "x", &read, &t->err),
			 0);
	assert_false(read);
	assert_int_equal(follow_list(t->desk.state, "agenda", "bijdrager",
				     &rows, &t->err),
			 0);
	assert_int_equal(rows.len, 0);
	vec_release(&rows, NULL);
}

static void
close_own(struct town *t)
{
	json_decref(town_get(t, ROLE_BIJDRAGER, "profile.close",
			     "{'handle':'bijdrager'}"));
}

/* Does this stand in the file, as bytes. */
static bool
stands_in_state(const char *text)
{
	struct buf bytes = BUF_INIT;
	bool found;

	assert_int_equal(fs_read_at(AT_FDCWD, DATA_STATE, &bytes,
				    16 * 1024 * 1024, NULL),
			 0);
	found = memmem(bytes.ptr, bytes.len, text, strlen(text)) != NULL;
	buf_release(&bytes);
	return found;
}

static void
test_close__forgets_the_person(void **state)
{
	struct town *t = *state;
	struct account a = { 0 };
	struct proofs p = { 0 };
	struct buf open = BUF_INIT;
	json_t *args = NULL;

	fill(t);
	close_own(t);
	assert_int_equal(account_get(t->desk.state, "bijdrager", &a, &t->err),
			 0);
	assert_int_equal(a.standing, STANDING_CLOSED);
	assert_int_equal(account_role(&a), ROLE_BLOCKED);
	assert_string_equal(a.name, "");
	assert_string_equal(a.organisation, "");
	assert_string_equal(a.display, "");
	assert_int_equal(a.n_keys, 0);
	account_release(&a);
	assert_int_equal(proofs_get(t->desk.state, "bijdrager", &p, &t->err),
			 0);
	assert_null(p.password);
	proofs_release(&p);
	assert_int_equal(
		folds_get(t->desk.state, "bijdrager", "agenda", &open, &t->err),
		PLEIN_ENOTFOUND);
	buf_release(&open);
	expect_no_reading(t);
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "draft.read",
				  "{'address':'index'}", &args),
			 PLEIN_ENOTFOUND);
	/* also from the pages of the file */
	desk_close(&t->desk);
	assert_false(stands_in_state("Geheim."));
	assert_false(stands_in_state("Duinstad"));
}

static void
test_close__nothing_is_kept_afterwards(void **state)
{
	struct town *t = *state;
	json_t *args = NULL;

	close_own(t);
	fill(t); /* what was under way */
	expect_no_reading(t);
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "draft.read",
				  "{'address':'index'}", &args),
			 PLEIN_ENOTFOUND);
	assert_int_equal(town_ask(t, ROLE_NONE, "auth.key",
				  "{'kind':'" TOWN_KIND
				  "','blob':'" TOWN_OTHER_BLOB "'}",
				  &args),
			 PLEIN_ENOTFOUND);
	expect_rule(t, ROLE_HOST, "user.password",
		    "{'handle':'bijdrager','password':'een lang woord'}",
		    "closed");
}

static void
test_close__nobody_can_have_the_handle(void **state)
{
	struct town *t = *state;
	json_t *args = NULL;

	close_own(t);
	assert_int_equal(
		town_ask(t, ROLE_HOST, "user.add",
			 "{'handle':'bijdrager','name':'N','role':'lezer'}",
			 &args),
		PLEIN_EEXISTS);
	expect_rule(t, ROLE_BEHEERDER, "accounts.unblock",
		    "{'handle':'bijdrager'}", "standing");
	expect_rule(t, ROLE_BEHEERDER, "accounts.role",
		    "{'handle':'bijdrager','role':'lezer'}", "standing");
	expect_rule(t, ROLE_BEHEERDER, "accounts.close",
		    "{'handle':'bijdrager'}", "closed");
}

static void
test_close__ends_all_sessions(void **state)
{
	struct town *t = *state;
	struct call c;

	call_init(&c, t->roles[ROLE_BIJDRAGER],
		  json_pack("{s:s}", "handle", "bijdrager"));
	assert_int_equal(desk_call(&t->desk, "profile.close", &c), 0);
	assert_string_equal(c.changed, "bijdrager");
	assert_int_equal(c.changed_to, ROLE_BLOCKED);
	assert_non_null(c.ends);
	assert_string_equal(c.ends->handle, "bijdrager");
	assert_int_equal(c.ends->only, 0);
	assert_int_equal(c.ends->but, 0);
	assert_int_equal(c.ends->why, ENDING_CLOSED);
	call_release(&c);
}

/* An app makes their codes from now on; what they close their account with. */
static void
take_app(struct town *t, const char *handle, char params[80])
{
	char secret[TOTP_SECRET], code[TOTP_DIGITS + 1];

	totp_secret(secret);
	assert_int_equal(
		proofs_offer_code(t->desk.state, handle, secret, &t->err), 0);
	assert_int_equal(
		proofs_confirm_code(t->desk.state, handle, 1, NULL, 0, &t->err),
		0);
	assert_int_equal(
		totp_code(secret, clock_wall() / TOTP_SECONDS, code, &t->err),
		0);
	(void)snprintf(params, 80, "{'handle':'%s','code':'%s'}", handle, code);
}

static void
test_close__asks_for_the_handle_and_the_code(void **state)
{
	struct town *t = *state;
	char params[80];
	struct proofs p = { 0 };

	expect_rule(t, ROLE_BIJDRAGER, "profile.close", "{'handle':'lezer'}",
		    "not-yours");
	take_app(t, "bijdrager", params);
	expect_rule(t, ROLE_BIJDRAGER, "profile.close",
		    "{'handle':'bijdrager'}", "code-missing");
	expect_rule(t, ROLE_BIJDRAGER, "profile.close",
		    "{'handle':'bijdrager','code':'12'}", "code");
	json_decref(town_get(t, ROLE_BIJDRAGER, "profile.close", params));
	assert_int_equal(proofs_get(t->desk.state, "bijdrager", &p, &t->err),
			 0);
	assert_null(p.secret);
	proofs_release(&p);
}

static void
test_close__spares_the_last_administrator(void **state)
{
	struct town *t = *state;
	char params[80];

	take_app(t, "beheerder", params);
	/* and says so before a code is asked */
	expect_rule(t, ROLE_BEHEERDER, "profile.close",
		    "{'handle':'beheerder'}", "last-admin");
	expect_rule(t, ROLE_BEHEERDER, "profile.close", params, "last-admin");
	expect_rule(t, ROLE_HOST, "accounts.close", "{'handle':'beheerder'}",
		    "last-admin");
	expect_rule(t, ROLE_BEHEERDER, "accounts.close",
		    "{'handle':'beheerder'}", "own");
	json_decref(town_get(t, ROLE_BEHEERDER, "accounts.close",
			     "{'handle':'lezer'}"));
}

static void
make_admin(struct town *t, enum role who)
{
	char params[80];
	struct account a = { 0 };

	(void)snprintf(params, sizeof(params),
		       "{'handle':'%s','role':'beheerder'}", role_name(who));
	json_decref(town_get(t, ROLE_HOST, "accounts.role", params));
	assert_int_equal(
		account_get(t->desk.state, role_name(who), &a, &t->err), 0);
	caller_free(t->roles[who]);
	t->roles[who] = caller_sign_in(t->roles[ROLE_NONE], &a, "SHA256:x");
	account_release(&a);
}

static void
close_lezer(struct town *t, enum role by, bool waits)
{
	json_t *r = town_get(t, by, "accounts.close", "{'handle':'lezer'}");

	assert_int_equal(json_is_true(json_object_get(r, "waits")), waits);
	json_decref(r);
}

static void
expect_standing(struct town *t, const char *standing, const char *proposed)
{
	json_t *r =
		town_get(t, ROLE_HOST, "accounts.get", "{'handle':'lezer'}");
	const json_t *p = json_object_get(r, "proposed");

	assert_string_equal(town_text(r, "standing"), standing);
	if (proposed)
		assert_string_equal(town_text(p, "act"), proposed);
	else
		assert_true(json_is_null(p));
	json_decref(r);
}

static void
test_close__of_an_administrator_waits_for_a_second(void **state)
{
	struct town *t = *state;

	town_write(DATA_CONF, "naam = Stad\ndomein = stad.example\n"
			      "tweede_beheerder = ja\n");
	desk_close(&t->desk);
	town_open(t);
	make_admin(t, ROLE_REDACTEUR);
	make_admin(t, ROLE_LEZER);
	close_lezer(t, ROLE_REDACTEUR, true);
	close_lezer(t, ROLE_REDACTEUR, true); /* one cannot be two */
	expect_standing(t, "active", "close");
	json_decref(town_get(t, ROLE_BEHEERDER, "accounts.undo",
			     "{'handle':'lezer'}"));
	expect_standing(t, "active", NULL);
	close_lezer(t, ROLE_REDACTEUR, true);
	close_lezer(t, ROLE_BEHEERDER, false);
	expect_standing(t, "closed", NULL);
}

/* Handle, act and time; not what was removed. */
static void
test_close__is_in_the_audit_log(void **state)
{
	struct town *t = *state;
	const json_t *row;
	json_t *r;

	close_own(t);
	r = town_get(t, ROLE_BEHEERDER, "audit.list", "{}");
	row = json_array_get(json_object_get(r, "rows"), 0);
	assert_string_equal(town_text(row, "act"), "profile.close");
	assert_string_equal(town_text(row, "who"), "bijdrager");
	assert_string_equal(town_text(row, "about"), "bijdrager");
	assert_string_equal(town_text(row, "detail"), "");
	json_decref(r);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, town_setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_close__forgets_the_person),
		TEST(test_close__nothing_is_kept_afterwards),
		TEST(test_close__nobody_can_have_the_handle),
		TEST(test_close__ends_all_sessions),
		TEST(test_close__asks_for_the_handle_and_the_code),
		TEST(test_close__spares_the_last_administrator),
		TEST(test_close__of_an_administrator_waits_for_a_second),
		TEST(test_close__is_in_the_audit_log),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
