/* test_marks.c - what a person has read. */
#include "state/marks.h"

#include <jansson.h>
#include <stdlib.h>

#include "statefile.h"

#define HEAD "0123456789012345678901234567890123456789"
#define OTHER "9876543210987654321098765432109876543210"

static int
setup(void **state)
{
	static const char *const people[] = { "ada", "bo", NULL };

	return statefile_open(state, people);
}

static long
read_version(struct fixture *f, const char *handle, const char *address)
{
	json_t *names = json_pack("[s]", address);
	char *text = json_dumps(names, JSON_COMPACT);
	struct vec marks = VEC_INIT;
	long version = 0;

	assert_int_equal(
		marks_among(f->s, "agenda", handle, text, &marks, &f->err), 0);
	if (marks.len > 0)
		version = ((struct mark *)marks.items[0])->version;
	vec_release(&marks, mark_free);
	json_decref(names);
	free(text);
	return version;
}

static void
test_marks__only_go_up(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(read_version(f, "ada", "themas/x"), 0);
	assert_int_equal(
		mark_put(f->s, "agenda", "ada", "themas/x", 3, &f->err), 0);
	assert_int_equal(read_version(f, "ada", "themas/x"), 3);
	assert_int_equal(
		mark_put(f->s, "agenda", "ada", "themas/x", 2, &f->err), 0);
	assert_int_equal(read_version(f, "ada", "themas/x"), 3);
	assert_int_equal(
		mark_put(f->s, "agenda", "ada", "themas/x", 4, &f->err), 0);
	assert_int_equal(read_version(f, "ada", "themas/x"), 4);
}

static void
test_marks__are_each_persons_own(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(
		mark_put(f->s, "agenda", "ada", "themas/x", 3, &f->err), 0);
	assert_int_equal(read_version(f, "bo", "themas/x"), 0);
	assert_int_equal(read_version(f, "ada", "themas/y"), 0);
	assert_true(mark_put(f->s, "agenda", "niemand", "themas/x", 1,
			     &f->err) < 0);
}

static void
test_marks__remember_the_first_visit_and_the_last(void **state)
{
	struct fixture *f = *state;
	struct visit v;

	assert_int_equal(visit_get(f->s, "agenda", "ada", &v, &f->err),
			 PLEIN_ENOTFOUND);
	assert_int_equal(visit_touch(f->s, "agenda", "ada", HEAD, &f->err), 0);
	assert_int_equal(visit_get(f->s, "agenda", "ada", &v, &f->err), 0);
	assert_true(v.seen > 1600000000);
	assert_int_equal(v.since, v.seen);
	assert_string_equal(v.head, HEAD);
	assert_int_equal(visit_touch(f->s, "agenda", "ada", OTHER, &f->err), 0);
	assert_int_equal(visit_get(f->s, "agenda", "ada", &v, &f->err), 0);
	assert_string_equal(v.head, HEAD);
	assert_int_equal(visit_get(f->s, "agenda", "bo", &v, &f->err),
			 PLEIN_ENOTFOUND);
}

static void
test_marks__count_anew_when_all_is_read(void **state)
{
	struct fixture *f = *state;
	struct visit v;

	assert_int_equal(visit_reset(f->s, "agenda", "ada", 17, HEAD, &f->err),
			 0);
	assert_int_equal(visit_reset(f->s, "agenda", "ada", 18, OTHER, &f->err),
			 0);
	assert_int_equal(visit_get(f->s, "agenda", "ada", &v, &f->err), 0);
	assert_string_equal(v.head, OTHER);
	assert_int_equal(v.since, 18);
	assert_true(v.seen > 1600000000);
	assert_int_equal(visit_reset(f->s, "agenda", "ada", 19, "", &f->err),
			 0);
	assert_int_equal(visit_get(f->s, "agenda", "ada", &v, &f->err), 0);
	assert_string_equal(v.head, "");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, statefile_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_marks__only_go_up),
		TEST(test_marks__are_each_persons_own),
		TEST(test_marks__remember_the_first_visit_and_the_last),
		TEST(test_marks__count_anew_when_all_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
