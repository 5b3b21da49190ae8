/* Jobs that wait for each other: one transaction, in a person's own order. */
#include "town.h"

#include "state/drafts.h"
#include "wiki/group.h"
#include "wiki/job.h"

static struct job *
make_job(struct town *t, enum role role, const char *method,
	 json_t *params_take)
{
	json_t *id = json_integer(1);
	struct job *j =
		job_new(method_find(method), t->roles[role], id, params_take);

	json_decref(id);
	json_decref(params_take);
	return j;
}

static struct job *
make_put(struct town *t, enum role role, const char *address, const char *text)
{
	return make_job(t, role, "draft.put",
			json_pack("{s:s, s:i, s:s}", "address", address, "base",
				  1, "text", text));
}

static struct job *
make_save(struct town *t, enum role role)
{
	return make_job(t, role, "page.save",
			json_pack("{s:s, s:i, s:s}", "address", "index", "base",
				  1, "text", "x"));
}

static void
expect_draft(struct town *t, enum role role, const char *address,
	     const char *text)
{
	struct draft d = { 0 };
	int rc = draft_get(t->desk.state, "agenda", t->roles[role]->handle,
			   address, &d, &t->err);

	assert_int_equal(rc, text ? 0 : PLEIN_ENOTFOUND);
	if (text)
		assert_string_equal(d.text, text);
	draft_release(&d);
}

static void
test_group__takes_what_may_wait(void **state)
{
	struct town *t = *state;
	struct group g = { 0 };
	struct vec jobs = VEC_INIT;
	struct job *save = make_save(t, ROLE_REDACTEUR);

	assert_int_equal(group_delay(&g), -1);
	vec_push(&jobs, make_put(t, ROLE_BIJDRAGER, "index", "een"));
	vec_push(&jobs, save);
	vec_push(&jobs, make_put(t, ROLE_BIJDRAGER, TOWN_HERE, "twee"));
	group_take(&g, &jobs);
	assert_int_equal(jobs.len, 1);
	assert_ptr_equal(jobs.items[0], save);
	assert_int_equal(g.jobs.len, 2);
	assert_in_range(group_delay(&g), 1, GROUP_MS);
	/* somebody else's save waits for nothing */
	assert_false(group_comes_before(&g, &jobs));
	vec_release(&g.jobs, job_free);
	vec_release(&g.later, NULL);
	vec_release(&jobs, job_free);
}

static void
test_group__many_do_not_wait(void **state)
{
	struct town *t = *state;
	struct group g = { 0 };
	struct vec jobs = VEC_INIT;
	int i;

	for (i = 0; i < GROUP_JOBS; i++)
		vec_push(&jobs, make_put(t, ROLE_BIJDRAGER, "index", "x"));
	group_take(&g, &jobs);
	assert_int_equal(group_delay(&g), 0);
	vec_release(&g.jobs, job_free);
	vec_release(&jobs, job_free);
}

static void
test_group__keeps_a_persons_order(void **state)
{
	struct town *t = *state;
	struct group g = { 0 };
	struct vec jobs = VEC_INIT;
	struct job *before = make_put(t, ROLE_BIJDRAGER, "index", "voor");
	struct job *after = make_put(t, ROLE_BIJDRAGER, "index", "na");

	vec_push(&jobs, before);
	vec_push(&jobs, make_save(t, ROLE_BIJDRAGER));
	vec_push(&jobs, after);
	group_take(&g, &jobs);
	assert_true(group_comes_before(&g, &jobs));
	assert_int_equal(g.jobs.len, 1);
	assert_ptr_equal(g.jobs.items[0], before);
	group_release_later(&g);
	assert_int_equal(g.jobs.len, 2);
	assert_ptr_equal(g.jobs.items[1], after);
	vec_release(&g.jobs, job_free);
	vec_release(&g.later, NULL);
	vec_release(&jobs, job_free);
}

static void
test_group__the_newest_of_a_draft_counts(void **state)
{
	struct town *t = *state;
	struct group g = { 0 };
	struct vec jobs = VEC_INIT, done = VEC_INIT;
	size_t i;

	vec_push(&jobs, make_put(t, ROLE_BIJDRAGER, "index", "een"));
	vec_push(&jobs, make_put(t, ROLE_BIJDRAGER, TOWN_HERE, "anders"));
	vec_push(&jobs, make_put(t, ROLE_REDACTEUR, "index", "van mij"));
	vec_push(&jobs, make_put(t, ROLE_BIJDRAGER, "index", "twee"));
	group_take(&g, &jobs);
	group_write(&g, &t->desk, &done);
	assert_int_equal(done.len, 4);
	assert_int_equal(group_delay(&g), -1);
	for (i = 0; i < done.len; i++)
		assert_int_equal(((struct job *)done.items[i])->task.result, 0);
	expect_draft(t, ROLE_BIJDRAGER, "index", "twee");
	expect_draft(t, ROLE_BIJDRAGER, TOWN_HERE, "anders");
	expect_draft(t, ROLE_REDACTEUR, "index", "van mij");
	vec_release(&done, job_free);
	vec_release(&g.jobs, NULL);
	vec_release(&jobs, NULL);
}

static void
test_group__one_that_is_refused_harms_no_other(void **state)
{
	struct town *t = *state;
	struct job *bad = make_put(t, ROLE_BIJDRAGER, "../x", "slecht");
	struct job *good = make_put(t, ROLE_BIJDRAGER, "index", "goed");
	struct task *tasks[] = { &bad->task, &good->task };

	group_run(&t->desk, tasks, 2);
	assert_int_equal(bad->task.result, PLEIN_ERULE);
	assert_int_equal(good->task.result, 0);
	expect_draft(t, ROLE_BIJDRAGER, "index", "goed");
	job_free(bad);
	job_free(good);
}

static int
fail_gravely(struct desk *d, struct call *c)
{
	(void)d;
	return err_set(&c->err, PLEIN_ENOSPACE, "full");
}

static void
test_group__all_share_a_transaction_that_fails(void **state)
{
	struct town *t = *state;
	struct job *first = make_put(t, ROLE_BIJDRAGER, "index", "een");
	struct job *second = make_put(t, ROLE_BIJDRAGER, TOWN_HERE, "twee");
	struct task *tasks[] = { &first->task, &second->task };
	struct method broken = *method_find("draft.put");

	broken.run = fail_gravely;
	second->task.method = &broken;
	group_run(&t->desk, tasks, 2);
	assert_int_equal(first->task.result, PLEIN_ENOSPACE);
	assert_int_equal(second->task.result, PLEIN_ENOSPACE);
	expect_draft(t, ROLE_BIJDRAGER, "index", NULL);
	second->task.method = method_find("draft.put");
	group_run(&t->desk, tasks, 2);
	expect_draft(t, ROLE_BIJDRAGER, "index", "een");
	job_free(first);
	job_free(second);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, town_setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_group__takes_what_may_wait),
		TEST(test_group__many_do_not_wait),
		TEST(test_group__keeps_a_persons_order),
		TEST(test_group__the_newest_of_a_draft_counts),
		TEST(test_group__one_that_is_refused_harms_no_other),
		TEST(test_group__all_share_a_transaction_that_fails),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
