/* A story of more pages than it tells of says so. */
#include "town.h"

#include "wiki/story.h"

#define QUESTION "vraagstukken/hoe"

/* Decisions of the question, in one commit. */
static void
decide(struct town *t, int from, int to)
{
	static const char text[] = "---\ntitel: B\ntype: besluit\n"
				   "hoort_bij: [" QUESTION "]\n---\nB.\n";
	struct edit e = { .author_name = "Git Zelf",
			  .author_mail = "git.zelf@stad.example",
			  .service_mail = "plein@stad.example",
			  .when = 1900000000,
			  .message = "Veel\n" };
	struct repo_id id;
	struct txn *txn;
	char path[60];

	assert_int_equal(txn_begin(&txn, t->desk.repo, &t->err), 0);
	for (int i = from; i < to; i++) {
		(void)snprintf(path, sizeof(path), "besluiten/b%d.md", i);
		assert_int_equal(
			txn_stage(txn, path, text, strlen(text), &t->err), 0);
	}
	if (txn_edit(txn, &e, &id, &t->err) || txn_commit(txn, &t->err))
		fail_msg("%s", t->err.msg);
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
}

static bool
is_cut(struct town *t)
{
	json_t *answer = town_get(t, ROLE_LEZER, "story.read",
				  "{'address':'" QUESTION "'}");
	bool cut = json_is_true(json_object_get(answer, "cut"));

	json_decref(answer);
	return cut;
}

static void
test_story_cut__is_told(void **state)
{
	struct town *t = *state;

	decide(t, 1, STORY_PAGES_MAX);
	assert_false(is_cut(t)); /* it and 99 */
	decide(t, STORY_PAGES_MAX, STORY_PAGES_MAX + 1);
	assert_true(is_cut(t));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_story_cut__is_told,
						town_setup, town_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
