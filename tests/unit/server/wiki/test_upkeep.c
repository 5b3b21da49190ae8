/* When maintenance runs, in which order, and what ends it. */
#include "town.h"

#include <uv.h>

#include "loosen.h"
#include "store/maintain.h"
#include "wiki/upkeep.h"

static const struct upkeep_limits eager = { .loose = 1, .packs = 1 };
static const struct upkeep_limits lazy = { .loose = 1000000, .packs = 1000000 };

struct bench {
	struct town *town;
	uv_loop_t loop;
	struct pulse pulse;
	struct spacelist list;
	struct upkeep *upkeep;
	struct buf asked; /* "pack graph " */
	bool deaf; /* the supervisor */
};

static bool
note_task(void *ctx, const char *task, const char *space)
{
	struct bench *b = ctx;

	assert_string_equal(space, SPACE_DEFAULT);
	buf_printf(&b->asked, "%s ", task);
	return !b->deaf;
}

static void
start(struct bench *b, void **state, const struct upkeep_limits *limits)
{
	struct upkeep_args args = { &b->loop, limits,	 &b->pulse,
				    &b->list, note_task, b };

	memset(b, 0, sizeof(*b));
	b->town = *state;
	buf_init(&b->asked);
	pulse_init(&b->pulse);
	spacelist_init(&b->list);
	assert_int_equal(uv_loop_init(&b->loop), 0);
	b->upkeep = upkeep_new(&args);
}

/* Until nothing is left to do but to wait for the supervisor. */
static void
settle(struct bench *b)
{
	(void)uv_run(&b->loop, UV_RUN_DEFAULT);
}

static void
close_one(uv_handle_t *handle, void *ctx)
{
	(void)ctx;
	uv_close(handle, NULL);
}

static void
stop(struct bench *b)
{
	upkeep_stop(b->upkeep);
	uv_walk(&b->loop, close_one, NULL);
	settle(b);
	assert_int_equal(uv_loop_close(&b->loop), 0);
	upkeep_free(b->upkeep);
	spacelist_release(&b->list);
	buf_release(&b->asked);
}

static size_t
count_loose(void)
{
	struct maintain_count c;

	assert_int_equal(maintain_count(DATA_REPO, &c, NULL), 0);
	return c.loose;
}

static void
run_git(const char *const argv[])
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		(void)execvp(argv[0], (char *const *)argv);
		_exit(127);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

static void
pack_it(void)
{
	run_git((const char *const[]){ "git", "-C", DATA_REPO, "repack", "-q",
				       "-n", "--geometric=2", NULL });
}

static void
test_upkeep__packs_prunes_and_makes_the_graph(void **state)
{
	struct bench b;

	start(&b, state, &eager);
	assert_true(loosen(DATA_REPO));
	upkeep_touch(b.upkeep, NULL);
	settle(&b);
	assert_string_equal(b.asked.ptr, "pack ");
	assert_true(b.pulse.running);
	assert_true(count_loose() > 0);
	pack_it();
	upkeep_report(b.upkeep, "pack", 0);
	settle(&b);
	assert_string_equal(b.asked.ptr, "pack graph ");
	assert_int_equal(count_loose(), 0);
	upkeep_report(b.upkeep, "graph", 0);
	settle(&b);
	assert_false(b.pulse.running);
	assert_int_equal(b.pulse.runs, 1);
	assert_false(b.pulse.run_failed);
	stop(&b);
}

static void
test_upkeep__little_is_left_alone(void **state)
{
	struct bench b;

	start(&b, state, &lazy);
	upkeep_touch(b.upkeep, NULL);
	settle(&b);
	assert_string_equal(b.asked.ptr, "");
	assert_int_equal(b.pulse.runs, 0);
	assert_false(uv_loop_alive(&b.loop));
	atomic_store(&spacelist_at(&b.list, 0)->wanted, true);
	upkeep_touch(b.upkeep, NULL);
	settle(&b);
	assert_string_equal(b.asked.ptr, "pack ");
	stop(&b);
}

static void
test_upkeep__a_failure_is_shown_and_tried_again(void **state)
{
	struct bench b;

	start(&b, state, &eager);
	upkeep_touch(b.upkeep, NULL);
	settle(&b);
	upkeep_report(b.upkeep, "pack", 128);
	settle(&b);
	assert_int_equal(b.pulse.runs, 1);
	assert_true(b.pulse.run_failed);
	b.deaf = true;
	upkeep_touch(b.upkeep, NULL);
	settle(&b);
	assert_int_equal(b.pulse.runs, 2);
	b.deaf = false;
	upkeep_touch(b.upkeep, NULL);
	settle(&b);
	upkeep_report(b.upkeep, "pack", 0);
	settle(&b);
	upkeep_report(b.upkeep, "graph", 0);
	assert_int_equal(b.pulse.runs, 3);
	assert_false(b.pulse.run_failed);
	stop(&b);
}

static void
test_upkeep__a_repository_that_is_gone_is_a_failure(void **state)
{
	struct bench b;

	start(&b, state, &eager);
	assert_int_equal(rename(DATA_REPO, "weg"), 0);
	upkeep_touch(b.upkeep, NULL);
	settle(&b);
	assert_string_equal(b.asked.ptr, "");
	assert_true(b.pulse.run_failed);
	stop(&b);
}

/* Of a task that an earlier wiki process asked for. */
static void
test_upkeep__reports_it_does_not_wait_for_change_nothing(void **state)
{
	struct bench b;

	start(&b, state, &eager);
	upkeep_report(b.upkeep, "pack", 0);
	upkeep_report(b.upkeep, "graph", 1);
	upkeep_touch(b.upkeep, NULL);
	settle(&b);
	upkeep_report(b.upkeep, "graph", 0);
	assert_int_equal(b.pulse.runs, 0);
	upkeep_report(b.upkeep, "pack", 0);
	settle(&b);
	upkeep_report(b.upkeep, "pack", 0);
	assert_string_equal(b.asked.ptr, "pack graph ");
	stop(&b);
}

static void
test_upkeep__what_was_written_meanwhile_is_looked_at_again(void **state)
{
	struct bench b;

	start(&b, state, &eager);
	upkeep_touch(b.upkeep, NULL);
	settle(&b);
	upkeep_touch(b.upkeep, NULL);
	upkeep_report(b.upkeep, "pack", 0);
	settle(&b);
	upkeep_report(b.upkeep, "graph", 0);
	settle(&b);
	assert_string_equal(b.asked.ptr, "pack graph pack ");
	stop(&b);
}

static void
test_upkeep__nothing_begins_after_the_end(void **state)
{
	struct bench b;

	start(&b, state, &eager);
	assert_true(loosen(DATA_REPO));
	upkeep_touch(b.upkeep, NULL);
	settle(&b);
	upkeep_stop(b.upkeep);
	upkeep_report(b.upkeep, "pack", 0);
	settle(&b);
	upkeep_touch(b.upkeep, NULL);
	settle(&b);
	assert_string_equal(b.asked.ptr, "pack ");
	assert_true(count_loose() > 0);
	stop(&b);
	upkeep_stop(NULL);
	upkeep_free(NULL);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, town_setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_upkeep__packs_prunes_and_makes_the_graph),
		TEST(test_upkeep__little_is_left_alone),
		TEST(test_upkeep__a_failure_is_shown_and_tried_again),
		TEST(test_upkeep__a_repository_that_is_gone_is_a_failure),
		TEST(test_upkeep__reports_it_does_not_wait_for_change_nothing),
		TEST(test_upkeep__what_was_written_meanwhile_is_looked_at_again),
		TEST(test_upkeep__nothing_begins_after_the_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
