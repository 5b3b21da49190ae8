/* test_standing.c - applying for an account, and being invited. */
#include "state/standing.h"

#include "statefile.h"
#include "plein/clock.h"
#include "state/invites.h"
#include "state/proofs.h"

#define BLOB \
	"AAAAC3NzaC1lZDI1NTE5AAAAIGtj1Q3zccsZB+v9Ymn07tLHQwuY2On69YWG1NKrTIs1"
#define LINE "ssh-ed25519 " BLOB

static int
setup(void **state)
{
	return statefile_open(state, NULL);
}

static const struct application_form form = { .handle = "ict.duinstad",
					      .name = "Ineke de Vriès",
					      .organisation = "Duinstad",
					      .reason = "Ik beheer dit.",
					      .language = "nl",
					      .display = "",
					      .key = LINE,
					      .peer = "192.0.2.1" };

static int
submit(struct fixture *f, const struct application_form *what, long *number)
{
	f->err = (struct err)ERR_INIT;
	return application_submit(f->s, what, number, &f->err);
}

static long
must_submit(struct fixture *f, const struct application_form *what)
{
	long number = 0;

	if (submit(f, what, &number))
		fail_msg("%s", f->err.msg);
	return number;
}

static enum role
role_now(struct fixture *f, const char *handle)
{
	struct account a = { 0 };
	enum role role;

	assert_int_equal(account_get(f->s, handle, &a, &f->err), 0);
	role = account_role(&a);
	account_release(&a);
	return role;
}

static void
test_standing__who_applied_has_an_account_that_waits(void **state)
{
	struct fixture *f = *state;
	struct account a = { 0 };
	struct vec list = VEC_INIT;
	const struct application *first;
	char print[64];

	assert_int_equal(must_submit(f, &form), 1);
	assert_int_equal(
		account_by_key(f->s, "ssh-ed25519", BLOB, &a, print, &f->err),
		0);
	assert_string_equal(a.handle, "ict.duinstad");
	assert_string_equal(a.organisation, "Duinstad");
	assert_int_equal(account_role(&a), ROLE_WAITING);
	account_release(&a);
	assert_int_equal(application_list(f->s, &list, &f->err), 0);
	assert_int_equal(list.len, 1);
	first = list.items[0];
	assert_int_equal(first->number, 1);
	assert_string_equal(first->reason, "Ik beheer dit.");
	assert_string_equal(first->fingerprint, print);
	assert_null(first->like);
	vec_release(&list, application_free);
}

static void
test_standing__goes_on_to_be_active_refused_or_blocked(void **state)
{
	struct fixture *f = *state;
	const char *who = form.handle;

	(void)must_submit(f, &form);
	assert_int_equal(
		standing_set(f->s, who, STANDING_REFUSED, "Dubbel.", &f->err),
		0);
	assert_int_equal(role_now(f, who), ROLE_APPLICANT);
	assert_int_equal(
		application_change(f->s,
				   &(struct application_form){
					   .handle = who, .reason = "Toch." },
				   &f->err),
		0);
	assert_int_equal(role_now(f, who), ROLE_WAITING);
	assert_int_equal(
		standing_set(f->s, who, STANDING_ACTIVE, NULL, &f->err), 0);
	assert_int_equal(standing_set_role(f->s, who, ROLE_BIJDRAGER, &f->err),
			 0);
	assert_int_equal(role_now(f, who), ROLE_BIJDRAGER);
	assert_int_equal(
		standing_set(f->s, who, STANDING_BLOCKED, "Weg.", &f->err), 0);
	assert_int_equal(role_now(f, who), ROLE_BLOCKED);
	assert_int_equal(
		standing_set(f->s, "niemand", STANDING_BLOCKED, NULL, &f->err),
		PLEIN_ENOTFOUND);
}

static void
refuse(struct fixture *f, const char *rule, struct application_form what)
{
	long number;

	if (!submit(f, &what, &number))
		fail_msg("%s was taken", what.handle);
	if (!f->err.rule || strcmp(f->err.rule, rule) != 0)
		fail_msg("%s, not %s", f->err.msg, rule);
}

static struct application_form
named(const char *handle)
{
	struct application_form what = form;

	what.handle = handle;
	what.key = NULL;
	what.hash = "$hash";
	return what;
}

static void
test_standing__names_must_be_ones_own(void **state)
{
	struct fixture *f = *state;
	struct application_form what;

	(void)must_submit(f, &form);
	refuse(f, "handle-taken", named("ict.duinstad"));
	refuse(f, "handle-like", named("ict-duinstad"));
	refuse(f, "handle-like", named("1ct.du1nstad"));
	refuse(f, "handle-like", named("r00t"));
	refuse(f, "handle-like", named("beheerder"));
	refuse(f, "handle-like", named("be-heer"));
	refuse(f, "handle", named("gast"));
	refuse(f, "handle", named("Ineke"));
	refuse(f, "handle", named("in eke"));
	what = named("ander");
	what.key = LINE;
	what.hash = NULL;
	refuse(f, "key-taken", what);
	what.key = NULL;
	refuse(f, "key", what);
	what = named("ander");
	what.reason = "";
	refuse(f, "reason", what);
	what.reason = "een\nregel";
	refuse(f, "reason", what);
	what = named("ander");
	what.name = "Piet <x>";
	refuse(f, "name", what);
	what = named("ander");
	what.organisation = "\033[2J";
	refuse(f, "organisation", what);
	/* Nothing of all that was kept. */
	what = named("ander");
	assert_true(must_submit(f, &what) > 1);
}

static void
test_standing__what_is_taken_back_leaves_nothing(void **state)
{
	struct fixture *f = *state;
	struct account a = { 0 };
	struct vec gone = VEC_INIT;
	struct application_count n;

	(void)must_submit(f, &form);
	assert_int_equal(application_count(f->s, "192.0.2.1", &n, &f->err), 0);
	assert_int_equal(n.all, 1);
	assert_int_equal(n.peer, 1);
	assert_int_equal(application_count(f->s, "192.0.2.2", &n, &f->err), 0);
	assert_int_equal(n.peer, 0);
	assert_int_equal(application_withdraw(f->s, form.handle, &f->err), 0);
	assert_int_equal(account_get(f->s, form.handle, &a, &f->err),
			 PLEIN_ENOTFOUND);
	assert_int_equal(application_withdraw(f->s, form.handle, &f->err),
			 PLEIN_ENOTFOUND);
	/* The number goes on, the name and the key are free. */
	assert_int_equal(must_submit(f, &form), 2);
	assert_int_equal(
		application_expire(f->s, clock_wall() - 60, &gone, &f->err), 0);
	assert_int_equal(role_now(f, form.handle), ROLE_WAITING);
	assert_int_equal(
		application_expire(f->s, clock_wall() + 60, &gone, &f->err), 0);
	assert_int_equal(gone.len, 1);
	assert_string_equal(gone.items[0], form.handle);
	vec_release(&gone, free);
	assert_int_equal(account_get(f->s, form.handle, &a, &f->err),
			 PLEIN_ENOTFOUND);
}

static void
test_standing__a_question_waits_until_they_say_something_else(void **state)
{
	struct fixture *f = *state;
	struct application a = { 0 };
	char *handle = NULL;
	long number = must_submit(f, &form);

	assert_int_equal(application_ask(f->s, number, "Van welke afdeling?",
					 &handle, &f->err),
			 0);
	assert_string_equal(handle, form.handle);
	free(handle);
	assert_int_equal(
		application_ask(f->s, number, "een\nregel", &handle, &f->err),
		PLEIN_ERULE);
	assert_string_equal(f->err.rule, "question");
	assert_int_equal(
		application_ask(f->s, number + 1, "Wie?", &handle, &f->err),
		PLEIN_ENOTFOUND);
	assert_null(handle);
	assert_int_equal(application_get(f->s, form.handle, &a, &f->err), 0);
	assert_string_equal(a.question, "Van welke afdeling?");
	application_release(&a);
	assert_int_equal(application_change(f->s,
					    &(struct application_form){
						    .handle = form.handle,
						    .reason = "Afdeling ICT." },
					    &f->err),
			 0);
	assert_int_equal(application_get(f->s, form.handle, &a, &f->err), 0);
	assert_null(a.question);
	application_release(&a);
	assert_int_equal(
		application_ask(f->s, number, "Welke wiki?", &handle, &f->err),
		0);
	free(handle);
	assert_int_equal(application_withdraw(f->s, form.handle, &f->err), 0);
}

static void
test_standing__a_free_name_is_suggested(void **state)
{
	struct fixture *f = *state;
	struct application_form second = named("ict.duinstad2");
	struct buf other = BUF_INIT;

	(void)must_submit(f, &form);
	application_suggest(f->s, form.handle, &other);
	assert_string_equal(other.ptr, "ict.duinstad2");
	(void)must_submit(f, &second);
	buf_reset(&other);
	application_suggest(f->s, form.handle, &other);
	assert_string_equal(other.ptr, "ict.duinstad3");
	buf_reset(&other);
	application_suggest(f->s, "in eke", &other);
	assert_int_equal(other.len, 0);
	buf_release(&other);
}

/* Somebody who was let in is not taken back with an application. */
static void
test_standing__an_active_account_cannot_be_taken_back(void **state)
{
	struct fixture *f = *state;
	struct vec gone = VEC_INIT;

	(void)must_submit(f, &form);
	assert_int_equal(
		standing_set(f->s, form.handle, STANDING_ACTIVE, NULL, &f->err),
		0);
	assert_int_equal(application_close(f->s, form.handle, &f->err), 0);
	assert_int_equal(application_withdraw(f->s, form.handle, &f->err),
			 PLEIN_ENOTFOUND);
	assert_int_equal(
		application_expire(f->s, clock_wall() + 60, &gone, &f->err), 0);
	assert_int_equal(gone.len, 0);
	assert_int_equal(role_now(f, form.handle), ROLE_LEZER);
}

static void
test_standing__the_last_administrator_stays(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(
		account_add(f->s, "een", "Een", ROLE_BEHEERDER, "nl", &f->err),
		0);
	assert_int_equal(
		account_add(f->s, "lid", "Lid", ROLE_LEZER, "nl", &f->err), 0);
	assert_int_equal(standing_spare_last(f->s, "een", &f->err),
			 PLEIN_ERULE);
	assert_string_equal(f->err.rule, "last-admin");
	assert_int_equal(standing_spare_last(f->s, "lid", &f->err), 0);
	assert_int_equal(account_add(f->s, "twee", "Twee", ROLE_BEHEERDER, "nl",
				     &f->err),
			 0);
	assert_int_equal(standing_spare_last(f->s, "een", &f->err), 0);
	assert_int_equal(
		standing_set(f->s, "twee", STANDING_BLOCKED, NULL, &f->err), 0);
	assert_int_equal(standing_spare_last(f->s, "een", &f->err),
			 PLEIN_ERULE);
}

static void
test_standing__an_invitation_works_as_often_as_it_says(void **state)
{
	struct fixture *f = *state;
	struct invite i = { .role = ROLE_BIJDRAGER,
			    .space = (char *)"agenda",
			    .uses = 2,
			    .expires = clock_wall() + 100,
			    .maker = (char *)"een" };
	struct vec list = VEC_INIT;
	int64_t now = clock_wall();
	char space[SPACE_MAX + 1];
	enum role role = ROLE_NONE;
	long number = 0;

	assert_int_equal(invite_add(f->s, &i, "aa", &number, &f->err), 0);
	assert_int_equal(number, 1);
	assert_int_equal(invite_use(f->s, "bb", now, &role, space, &f->err),
			 PLEIN_EDENIED);
	assert_string_equal(f->err.rule, "invite");
	assert_int_equal(
		invite_use(f->s, "aa", now + 101, &role, space, &f->err),
		PLEIN_EDENIED);
	assert_int_equal(invite_use(f->s, "aa", now, &role, space, &f->err), 0);
	assert_string_equal(space, "agenda");
	assert_int_equal(role, ROLE_BIJDRAGER);
	assert_int_equal(invite_list(f->s, NULL, now, &list, &f->err), 0);
	assert_int_equal(list.len, 1);
	assert_int_equal(((struct invite *)list.items[0])->uses, 1);
	vec_release(&list, invite_free);
	assert_int_equal(invite_use(f->s, "aa", now, &role, space, &f->err), 0);
	assert_int_equal(invite_use(f->s, "aa", now, &role, space, &f->err),
			 PLEIN_EDENIED);
	assert_int_equal(invite_add(f->s, &i, "cc", &number, &f->err), 0);
	assert_int_equal(invite_revoke(f->s, "zorg", number, &f->err),
			 PLEIN_ENOTFOUND);
	assert_int_equal(invite_revoke(f->s, "agenda", number, &f->err), 0);
	assert_int_equal(invite_use(f->s, "cc", now, &role, space, &f->err),
			 PLEIN_EDENIED);
	assert_int_equal(invite_revoke(f->s, NULL, number, &f->err),
			 PLEIN_ENOTFOUND);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, statefile_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_standing__who_applied_has_an_account_that_waits),
		TEST(test_standing__goes_on_to_be_active_refused_or_blocked),
		TEST(test_standing__names_must_be_ones_own),
		TEST(test_standing__what_is_taken_back_leaves_nothing),
		TEST(test_standing__a_question_waits_until_they_say_something_else),
		TEST(test_standing__a_free_name_is_suggested),
		TEST(test_standing__an_active_account_cannot_be_taken_back),
		TEST(test_standing__the_last_administrator_stays),
		TEST(test_standing__an_invitation_works_as_often_as_it_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
