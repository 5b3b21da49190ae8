/* test_trail.c - backwards after one file. */
#include "space.h"

#include "plein/clock.h"
#include "store/trail.h"

#define PAGE "themas/a.md"

static int64_t
soon(void)
{
	return clock_mono_ms() + 10000;
}

static void
save(struct space *s, const char *path, const char *text, struct repo_id *id)
{
	assert_int_equal(space_save(s, path, text, id), 0);
}

static struct trail *
start(struct space *s, const struct repo_id *from)
{
	struct trail *t = NULL;

	assert_int_equal(trail_open(&t, s->repo, from, &s->err), 0);
	return t;
}

static void
test_trail__finds_what_changed_the_file_newest_first(void **state)
{
	struct space *s = *state;
	struct repo_id id[6];
	struct trail_step step;
	struct trail *t;

	save(s, "index.md", "x\n", &id[0]);
	save(s, PAGE, "een\n", &id[1]);
	save(s, "themas/b.md", "y\n", &id[2]);
	save(s, PAGE, "twee\n", &id[3]);
	save(s, PAGE, NULL, &id[4]);
	save(s, "index.md", "z\n", &id[5]);
	t = start(s, &id[5]);
	assert_int_equal(trail_next(t, PAGE, soon(), &step, &s->err), 1);
	assert_string_equal(step.commit.hex, id[4].hex);
	assert_string_equal(step.parent.hex, id[3].hex);
	assert_string_equal(step.now.hex, "");
	assert_int_equal(strlen(step.before.hex), REPO_ID_LEN);
	assert_int_equal(step.back, 1);
	assert_int_equal(trail_next(t, PAGE, soon(), &step, &s->err), 1);
	assert_string_equal(step.commit.hex, id[3].hex);
	assert_int_equal(trail_next(t, PAGE, soon(), &step, &s->err), 1);
	assert_string_equal(step.commit.hex, id[1].hex);
	assert_string_equal(step.before.hex, "");
	assert_int_equal(step.back, 4);
	assert_int_equal(trail_next(t, PAGE, soon(), &step, &s->err), 0);
	assert_int_equal(trail_next(t, PAGE, soon(), &step, &s->err), 0);
	trail_close(t);
}

static void
test_trail__sees_the_first_commit(void **state)
{
	struct space *s = *state;
	struct trail_step step;
	struct repo_id id;
	struct trail *t;

	save(s, PAGE, "een\n", &id);
	t = start(s, &id);
	assert_int_equal(trail_next(t, PAGE, soon(), &step, &s->err), 1);
	assert_string_equal(step.parent.hex, "");
	trail_close(t);
	t = start(s, &id);
	assert_int_equal(trail_next(t, "themas/a", soon(), &step, &s->err), 0);
	trail_close(t);
	t = start(s, &id);
	assert_int_equal(trail_next(t, "themas", soon(), &step, &s->err), 0);
	trail_close(t);
}

static void
test_trail__goes_on_where_time_was_up(void **state)
{
	struct space *s = *state;
	struct repo_id id[2];
	struct trail_step step;
	struct trail *t;

	save(s, PAGE, "een\n", &id[0]);
	save(s, PAGE, "twee\n", &id[1]);
	t = start(s, &id[1]);
	assert_int_equal(trail_next(t, PAGE, 0, &step, &s->err), PLEIN_EBUSY);
	trail_place(t, &step);
	assert_string_equal(step.commit.hex, id[1].hex);
	assert_int_equal(trail_next(t, PAGE, soon(), &step, &s->err), 1);
	assert_string_equal(step.commit.hex, id[1].hex);
	trail_place(t, &step);
	assert_string_equal(step.commit.hex, id[0].hex);
	assert_int_equal(step.back, 1);
	trail_close(t);
	trail_close(NULL);
}

static void
test_trail__finds_a_commit(void **state)
{
	struct space *s = *state;
	const struct repo_id other = {
		"0123456789012345678901234567890123456789"
	};
	struct repo_id id[3];
	struct trail_step step;
	struct trail *t;

	save(s, PAGE, "een\n", &id[0]);
	save(s, PAGE, "twee\n", &id[1]);
	save(s, PAGE, "drie\n", &id[2]);
	t = start(s, &id[2]);
	assert_int_equal(trail_find(t, &id[0], 0, &step, &s->err), PLEIN_EBUSY);
	assert_int_equal(trail_find(t, &id[0], soon(), &step, &s->err), 1);
	assert_int_equal(step.back, 2);
	assert_int_equal(trail_find(t, &other, soon(), &step, &s->err), 0);
	trail_close(t);
	assert_int_equal(trail_open(&t, s->repo, &other, &s->err),
			 PLEIN_ENOTFOUND);
	assert_null(t);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, space_setup, space_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_trail__finds_what_changed_the_file_newest_first),
		TEST(test_trail__sees_the_first_commit),
		TEST(test_trail__goes_on_where_time_was_up),
		TEST(test_trail__finds_a_commit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
