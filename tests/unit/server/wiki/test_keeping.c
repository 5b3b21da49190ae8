/* What who keeps the wiki going is told. */
#include "town.h"

#include "wiki/pulse.h"
#include "wiki/space.h"

static struct pulse *
begin(struct town *t, struct pulse *p)
{
	pulse_init(p);
	t->desk.pulse = p;
	return p;
}

static void
expect_problem(struct town *t, const char *part)
{
	json_t *j = town_get(t, ROLE_HOST, "wiki.health", "{}");
	const json_t *problems = json_object_get(j, "problems");

	if (!part) {
		assert_int_equal(json_array_size(problems), 0);
		assert_true(json_is_true(json_object_get(j, "healthy")));
	} else {
		assert_false(json_is_true(json_object_get(j, "healthy")));
		assert_int_equal(json_array_size(problems), 1);
		assert_non_null(strstr(
			json_string_value(json_array_get(problems, 0)), part));
	}
	json_decref(j);
}

static void
test_keeping__health_tells_what_there_is(void **state)
{
	struct town *t = *state;
	struct pulse p;
	const json_t *part;
	json_t *j;

	begin(t, &p);
	pulse_batch(&p, 3, 7, false);
	pulse_batch(&p, 2, 9, false);
	pulse_maintained(&p, 120, false);
	atomic_store(&p.sessions, 4);
	j = town_get(t, ROLE_HOST, "wiki.health", "{}");
	assert_true(json_is_true(json_object_get(j, "healthy")));
	assert_int_equal(strlen(town_text(j, "tip")), 40);
	assert_string_equal(town_text(j, "tip"), town_text(j, "index"));
	assert_int_equal(town_number(j, "loose"), 0);
	assert_true(town_number(j, "packs") > 0);
	assert_true(town_number(j, "disk_free") > 0);
	assert_int_equal(town_number(j, "sessions"), 4);
	part = json_object_get(j, "writer");
	assert_int_equal(town_number(part, "batches"), 2);
	assert_int_equal(town_number(part, "requests"), 5);
	assert_int_equal(town_number(part, "last_ms"), 9);
	assert_int_equal(town_number(part, "last_requests"), 2);
	part = json_object_get(j, "maintenance");
	assert_int_equal(town_number(part, "runs"), 1);
	assert_int_equal(town_number(part, "last_ms"), 120);
	json_decref(j);
}

static void
test_keeping__health_names_what_is_wrong(void **state)
{
	struct town *t = *state;
	struct repo_id id;
	struct pulse p;

	begin(t, &p);
	expect_problem(t, NULL);
	pulse_maintained(&p, 1, true);
	expect_problem(t, "maintenance failed");
	pulse_maintained(&p, 1, false);
	atomic_store(&p.waiting, 300);
	expect_problem(t, "wait");
	atomic_store(&p.waiting, 0);
	pulse_batch(&p, 1, 1, true);
	expect_problem(t, "disk failed");
	pulse_batch(&p, 1, 1, false);
	town_commit(t->desk.repo, "index.md", "Buitenom.\n", "x\n", &id);
	expect_problem(t, "index is behind");
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
	expect_problem(t, NULL);
}

static void
test_keeping__a_broken_wiki_still_tells(void **state)
{
	struct town *t = *state;
	struct pulse p;
	json_t *j;

	begin(t, &p);
	repo_close(t->desk.repo);
	t->desk.repo = NULL;
	assert_int_equal(rename(DATA_REPO, "weg"), 0);
	j = town_get(t, ROLE_HOST, "wiki.health", "{}");
	assert_true(json_array_size(json_object_get(j, "problems")) >= 2);
	json_decref(j);
	assert_int_equal(rename("weg", DATA_REPO), 0);
}

static void
test_keeping__maintain_says_which_run_to_wait_for(void **state)
{
	struct town *t = *state;
	struct pulse p;
	json_t *j;

	begin(t, &p);
	j = town_get(t, ROLE_HOST, "wiki.maintain", "{}");
	assert_int_equal(town_number(j, "run"), 1);
	assert_true(atomic_load(&t->desk.space->wanted));
	json_decref(j);
	/* one that runs began before it was asked for */
	atomic_store(&p.running, true);
	j = town_get(t, ROLE_HOST, "wiki.maintain", "{}");
	assert_int_equal(town_number(j, "run"), 2);
	json_decref(j);
}

static void
test_keeping__without_a_process_nobody_can_tell(void **state)
{
	struct town *t = *state;

	assert_int_equal(town_ask(t, ROLE_HOST, "wiki.health", "{}", NULL),
			 PLEIN_ECLOSED);
	assert_int_equal(town_ask(t, ROLE_HOST, "wiki.maintain", "{}", NULL),
			 PLEIN_ECLOSED);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, town_setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_keeping__health_tells_what_there_is),
		TEST(test_keeping__health_names_what_is_wrong),
		TEST(test_keeping__a_broken_wiki_still_tells),
		TEST(test_keeping__maintain_says_which_run_to_wait_for),
		TEST(test_keeping__without_a_process_nobody_can_tell),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
