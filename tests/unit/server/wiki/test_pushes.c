/* Tickets go one way, and while a push holds main nothing is written. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "wiki/pushes.h"

#define LONG_MS 60000
#define SHORT_MS 20

static const struct repo_id old_tip = { "1111" }, new_tip = { "2222" };

static struct pushes *
make_pushes(int lease_ms)
{
	struct push_owner owner = { (char *)"jan", (char *)"agenda", NULL, 7 };
	struct pushes *p = pushes_new(lease_ms);

	pushes_add(p, "aa", &owner);
	owner.conn = 8;
	pushes_add(p, "bb", &owner);
	return p;
}

static int
judge(struct pushes *p, const char *ticket)
{
	struct push_owner owner;
	int rc = pushes_judge(p, ticket, &owner, NULL);

	push_owner_release(&owner);
	return rc;
}

static int
lease(struct pushes *p, const char *ticket)
{
	int rc = judge(p, ticket);

	return rc ? rc : pushes_lease(p, ticket, &old_tip, &new_tip, NULL);
}

static int
prepare(struct pushes *p, const char *ticket)
{
	return pushes_prepare(p, ticket, &old_tip, &new_tip, NULL);
}

static void
test_pushes__a_ticket_says_whose_it_is_once(void **state)
{
	struct pushes *p = make_pushes(LONG_MS);
	struct push_owner owner;

	(void)state;
	assert_int_equal(judge(p, "cc"), PLEIN_ENOTFOUND);
	assert_int_equal(judge(p, ""), PLEIN_ENOTFOUND);
	assert_int_equal(pushes_judge(p, "bb", &owner, NULL), 0);
	assert_string_equal(owner.account, "jan");
	assert_string_equal(owner.space, "agenda");
	assert_string_equal(owner.peer, "");
	assert_int_equal(owner.conn, 8);
	push_owner_release(&owner);
	assert_int_equal(judge(p, "bb"), PLEIN_EDENIED);
	pushes_put_back(p, "bb");
	assert_int_equal(judge(p, "bb"), 0);
	pushes_refuse(p, "bb");
	pushes_put_back(p, "bb");
	assert_int_equal(judge(p, "bb"), PLEIN_EDENIED);
	assert_true(pushes_over(p, 8)); /* it was refused */
	assert_false(pushes_over(p, 8));
	assert_int_equal(judge(p, "bb"), PLEIN_ENOTFOUND);
	assert_int_equal(judge(p, "aa"), 0);
	assert_false(pushes_over(p, 7));
	pushes_free(p);
}

static void
test_pushes__only_so_many_are_judged_at_once(void **state)
{
	struct push_owner owner = { (char *)"jan", (char *)"agenda", NULL, 9 };
	struct pushes *p = make_pushes(LONG_MS);

	(void)state;
	pushes_add(p, "cc", &owner);
	assert_int_equal(judge(p, "aa"), 0);
	assert_int_equal(judge(p, "bb"), 0);
	assert_int_equal(judge(p, "cc"), PLEIN_EBUSY);
	pushes_refuse(p, "aa");
	assert_int_equal(judge(p, "cc"), 0);
	pushes_free(p);
}

static void
test_pushes__main_moves_only_as_it_was_approved(void **state)
{
	struct pushes *p = make_pushes(LONG_MS);

	(void)state;
	assert_int_equal(prepare(p, "aa"), PLEIN_EDENIED);
	assert_int_equal(judge(p, "aa"), 0);
	assert_int_equal(prepare(p, "aa"), PLEIN_EDENIED);
	assert_int_equal(pushes_lease(p, "aa", &old_tip, &new_tip, NULL), 0);
	assert_int_equal(pushes_prepare(p, "aa", &new_tip, &new_tip, NULL),
			 PLEIN_EDENIED);
	assert_int_equal(pushes_prepare(p, "aa", &old_tip, &old_tip, NULL),
			 PLEIN_EDENIED);
	assert_int_equal(prepare(p, "bb"), PLEIN_EDENIED);
	assert_int_equal(prepare(p, "aa"), 0);
	assert_int_equal(prepare(p, "aa"), PLEIN_EDENIED);
	pushes_settle(p, "aa");
	assert_int_equal(prepare(p, "aa"), PLEIN_EDENIED);
	pushes_free(p);
}

static void
test_pushes__one_holds_main_at_a_time(void **state)
{
	struct pushes *p = make_pushes(LONG_MS);

	(void)state;
	assert_int_equal(lease(p, "aa"), 0);
	assert_int_equal(lease(p, "bb"), PLEIN_EBUSY);
	pushes_put_back(p, "bb");
	assert_false(pushes_are_quiet(p));
	pushes_put_back(p, "aa"); /* main had moved: not settled, not held */
	assert_int_equal(lease(p, "bb"), 0);
	pushes_settle(p, "bb");
	assert_true(pushes_are_quiet(p));
	assert_false(pushes_enter(p));
	pushes_leave(p, false);
	pushes_free(p);
}

struct writing {
	struct pushes *p;
	atomic_bool free; /* main is given up */
	bool was_free; /* when the writer came in */
	bool unsettled;
};

static void *
write_once(void *arg)
{
	struct writing *w = arg;

	w->unsettled = pushes_enter(w->p);
	w->was_free = atomic_load(&w->free);
	pushes_leave(w->p, false);
	return NULL;
}

static void
test_pushes__the_writer_waits_for_who_holds_main(void **state)
{
	struct writing w = { make_pushes(LONG_MS), false, false, true };
	pthread_t thread;

	(void)state;
	assert_int_equal(lease(w.p, "aa"), 0);
	assert_int_equal(pthread_create(&thread, NULL, write_once, &w), 0);
	assert_int_equal(prepare(w.p, "aa"), 0);
	atomic_store(&w.free, true);
	pushes_settle(w.p, "aa");
	assert_int_equal(pthread_join(thread, NULL), 0);
	assert_true(w.was_free);
	assert_false(w.unsettled);
	pushes_free(w.p);
}

static void
test_pushes__a_git_that_goes_lets_go_and_leaves_doubt(void **state)
{
	struct writing w = { make_pushes(LONG_MS), false, false, false };
	pthread_t thread;

	(void)state;
	assert_int_equal(lease(w.p, "aa"), 0);
	assert_int_equal(pthread_create(&thread, NULL, write_once, &w), 0);
	atomic_store(&w.free, true);
	pushes_over(w.p, 7);
	assert_int_equal(pthread_join(thread, NULL), 0);
	assert_true(w.was_free);
	assert_true(w.unsettled);
	assert_true(pushes_are_quiet(w.p));
	assert_true(pushes_enter(w.p)); /* until somebody mended it */
	pushes_leave(w.p, true);
	assert_false(pushes_enter(w.p));
	pushes_leave(w.p, true);
	pushes_free(w.p);
}

static void
test_pushes__a_lease_that_ran_out_is_no_lease(void **state)
{
	struct pushes *p = make_pushes(SHORT_MS);

	(void)state;
	assert_int_equal(lease(p, "aa"), 0);
	assert_true(pushes_enter(p)); /* waits those few milliseconds */
	assert_int_equal(prepare(p, "aa"), PLEIN_EDENIED);
	assert_false(pushes_are_quiet(p)); /* its git may still hold a lock */
	pushes_leave(p, true);
	pushes_over(p, 7);
	assert_true(pushes_are_quiet(p));
	pushes_free(p);
}

struct pushing {
	struct pushes *p;
	atomic_bool left; /* the batch is over */
	bool was_over;
	int rc;
};

static void *
lease_once(void *arg)
{
	struct pushing *u = arg;

	u->rc = lease(u->p, "aa");
	u->was_over = atomic_load(&u->left);
	return NULL;
}

static void
test_pushes__a_push_waits_for_the_batch_being_written(void **state)
{
	struct pushing u = { make_pushes(LONG_MS), false, false, -1 };
	pthread_t thread;

	(void)state;
	assert_false(pushes_enter(u.p));
	assert_int_equal(pthread_create(&thread, NULL, lease_once, &u), 0);
	atomic_store(&u.left, true);
	pushes_leave(u.p, false);
	assert_int_equal(pthread_join(thread, NULL), 0);
	assert_int_equal(u.rc, 0);
	assert_true(u.was_over);
	pushes_free(u.p);
}

static void
test_pushes__an_import_holds_main_without_a_judge(void **state)
{
	struct push_owner owner = { (char *)"", (char *)"agenda", NULL, -3 };
	struct pushes *p = make_pushes(LONG_MS);
	char ticket[PUSHES_TICKET + 1], other[PUSHES_TICKET + 1];

	(void)state;
	assert_int_equal(pushes_hold(p, &owner, ticket, NULL), 0);
	assert_int_equal(strlen(ticket), PUSHES_TICKET);
	assert_int_equal(pushes_hold(p, &owner, other, NULL), PLEIN_EBUSY);
	assert_int_equal(lease(p, "aa"), PLEIN_EBUSY);
	pushes_put_back(p, "aa");
	pushes_settle(p, ticket);
	assert_int_equal(lease(p, "aa"), 0);
	pushes_settle(p, "aa");
	assert_int_equal(pushes_hold(p, &owner, other, NULL), 0);
	assert_string_not_equal(other, ticket);
	pushes_over(p, -3); /* the import was killed */
	assert_true(pushes_are_quiet(p));
	assert_true(pushes_enter(p));
	pushes_leave(p, true);
	pushes_free(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pushes__a_ticket_says_whose_it_is_once),
		cmocka_unit_test(test_pushes__only_so_many_are_judged_at_once),
		cmocka_unit_test(
			test_pushes__main_moves_only_as_it_was_approved),
		cmocka_unit_test(test_pushes__one_holds_main_at_a_time),
		cmocka_unit_test(
			test_pushes__the_writer_waits_for_who_holds_main),
		cmocka_unit_test(
			test_pushes__a_git_that_goes_lets_go_and_leaves_doubt),
		cmocka_unit_test(test_pushes__a_lease_that_ran_out_is_no_lease),
		cmocka_unit_test(
			test_pushes__a_push_waits_for_the_batch_being_written),
		cmocka_unit_test(
			test_pushes__an_import_holds_main_without_a_judge),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
