/* Repositories of others, and what of them a wiki has taken over. */
#include "space.h"

#include "store/source.h"

static void
save_with(struct space *s, const char *text, const char *service,
	  const char *message, struct repo_id *id)
{
	struct edit e = space_edit("index.md", text);
	struct txn *t = NULL;

	e.service_mail = service;
	e.message = message;
	assert_int_equal(txn_begin(&t, s->repo, &s->err), 0);
	assert_int_equal(txn_edit(t, &e, id, &s->err), 0);
	assert_int_equal(txn_commit(t, &s->err), 0);
}

static void
test_source__opens_with_and_without_a_work_tree(void **state)
{
	struct space *s = *state;
	struct repo_id tip, head;
	struct repo *r = NULL;
	struct buf out = BUF_INIT;
	char clone[SCRATCH_MAX + 16];

	assert_int_equal(source_open(&r, s->path, &head, &s->err),
			 PLEIN_ENOTFOUND); /* no commit yet */
	assert_int_equal(source_open(&r, s->dir, &head, &s->err),
			 PLEIN_ENOTFOUND);
	assert_int_equal(source_open(&r, "/geen/map", &head, &s->err),
			 PLEIN_ENOTFOUND);
	assert_int_equal(space_save(s, "index.md", "1\n", &tip), 0);
	assert_int_equal(source_open(&r, s->path, &head, &s->err), 0);
	assert_string_equal(head.hex, tip.hex);
	repo_close(r);
	(void)snprintf(clone, sizeof clone, "%s/kloon", s->dir);
	SPACE_GIT(s, "", &out, "clone", "-q", s->path, clone);
	assert_int_equal(source_open(&r, clone, &head, &s->err), 0);
	assert_string_equal(head.hex, tip.hex);
	repo_close(r);
	buf_release(&out);
}

static void
test_source__knows_its_own_line(void **state)
{
	struct space *s = *state;
	struct repo_id first, tip,
		strange = { "0123456789012345678901234567890123456789" };
	bool holds = false;

	assert_int_equal(space_save(s, "index.md", "1\n", &first), 0);
	assert_int_equal(space_save(s, "index.md", "2\n", &tip), 0);
	assert_int_equal(source_holds(s->repo, &tip, &first, &holds, &s->err),
			 0);
	assert_true(holds);
	assert_int_equal(source_holds(s->repo, &first, &tip, &holds, &s->err),
			 0);
	assert_false(holds);
	assert_int_equal(source_holds(s->repo, &tip, &strange, &holds, &s->err),
			 0);
	assert_false(holds);
}

#define ONE "1111111111111111111111111111111111111111"
#define TWO "2222222222222222222222222222222222222222"
#define SERVICE "plein@agenda.example.nl"

static void
test_source__what_was_taken_over_is_found_by_its_trailer(void **state)
{
	struct space *s = *state;
	struct repo_id begin, other, newest, before;

	assert_int_equal(source_find_taken(s->repo, &newest, &before, &s->err),
			 0);
	assert_string_equal(newest.hex, "");
	save_with(s, "1", SERVICE, "begin\n", &begin);
	save_with(s, "2", SERVICE, "a\n\nPlein-Source: " ONE "\n", &other);
	save_with(s, "3", SERVICE, "bewerkt\n", &other);
	save_with(s, "4", SERVICE, "b\n\nPlein-Source: " TWO "\n", &other);
	save_with(s, "4b", SERVICE, "b\n\nPlein-Source: " ONE " (deel)\n",
		  &other);
	/* not the wiki's word */
	save_with(s, "5", "jan@elders.nl", "c\n\nPlein-Source: " ONE "\n",
		  &other);
	save_with(s, "6", SERVICE, "d\n\n Plein-Source: " ONE "\n", &other);
	save_with(s, "7", SERVICE, "e\n\nPlein-Source: 1234\n", &other);
	assert_int_equal(source_find_taken(s->repo, &newest, &before, &s->err),
			 0);
	assert_string_equal(newest.hex, TWO);
	assert_string_equal(before.hex, begin.hex);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, space_setup, space_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_source__opens_with_and_without_a_work_tree),
		TEST(test_source__knows_its_own_line),
		TEST(test_source__what_was_taken_over_is_found_by_its_trailer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
