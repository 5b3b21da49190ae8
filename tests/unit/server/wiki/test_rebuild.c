/* An index made in the background, and the wiki meanwhile. */
#include "town.h"

#include "wiki/present.h"
#include "wiki/rebuild.h"

#define PATIENCE_MS 10000

/* The town's desk as the wiki process has it: with a rebuild to share. */
static int
setup(void **state)
{
	struct town *t;

	(void)town_setup(state);
	t = *state;
	t->desk.rebuild = rebuild_new(NULL, NULL);
	return 0;
}

static int
teardown(void **state)
{
	struct town *t = *state;

	rebuild_free(t->desk.rebuild);
	t->desk.rebuild = NULL;
	return town_teardown(state);
}

/* The index is gone; a new one is finished but not yet in place. */
static void
lose_index(struct town *t)
{
	index_close(t->desk.index);
	t->desk.index = NULL;
	assert_int_equal(unlink(DATA_INDEX), 0);
	assert_int_equal(desk_catch_up(&t->desk, &t->err), PLEIN_EBUSY);
	assert_true(rebuild_wait(t->desk.rebuild, PATIENCE_MS));
	assert_true(desk_lacks_index(&t->desk));
}

static void
test_rebuild__gives_the_same_index(void **state)
{
	struct town *t = *state;
	json_t *before, *after;
	long done, all;

	json_decref(town_get(t, ROLE_BIJDRAGER, "page.save",
			     "{'address':'index','base':1,'text':'x\\n'}"));
	before = town_get(t, ROLE_LEZER, "changes.list", "{}");
	lose_index(t);
	rebuild_progress(t->desk.rebuild, &done, &all);
	assert_int_equal(done, TOWN_FILES + 1);
	assert_int_equal(all, done);
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
	assert_false(desk_lacks_index(&t->desk));
	after = town_get(t, ROLE_LEZER, "changes.list", "{}");
	assert_true(json_equal(before, after));
	json_decref(before);
	json_decref(after);
}

static void
test_rebuild__catches_up_with_what_was_saved_meanwhile(void **state)
{
	struct town *t = *state;
	struct repo_id id;
	json_t *page;

	lose_index(t);
	town_commit(t->desk.repo, "themas/later.md", "x\n", "Later\n", &id);
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
	page = town_get(t, ROLE_LEZER, "page.read",
			"{'address':'themas/later'}");
	assert_int_equal(town_number(page, "version"), 1);
	json_decref(page);
}

/* What was an error on the way and none in the end is none. */
static void
test_rebuild__knows_pages_that_are_gone(void **state)
{
	struct town *t = *state;

	json_decref(town_get(t, ROLE_BIJDRAGER, "page.delete",
			     "{'address':'vraagstukken/hoe'}"));
	lose_index(t);
	if (desk_catch_up(&t->desk, &t->err))
		fail_msg("%s", t->err.msg);
}

/* Main went on, with nobody looking. */
static void
fall_behind(struct town *t)
{
	struct repo_id id;
	char text[20];
	int i;

	for (i = 0; i < 3; i++) {
		(void)snprintf(text, sizeof(text), "%d\n", i);
		town_commit(t->desk.repo, "themas/later.md", text, "Later\n",
			    &id);
	}
	t->desk.gap_max = 2;
	assert_int_equal(desk_catch_up(&t->desk, &t->err), PLEIN_EBUSY);
	assert_true(rebuild_wait(t->desk.rebuild, PATIENCE_MS));
}

static void
test_rebuild__an_index_far_behind_is_left_to_it(void **state)
{
	struct town *t = *state;
	json_t *page;

	fall_behind(t);
	assert_true(desk_lacks_index(&t->desk));
	page = town_get(t, ROLE_LEZER, "page.read",
			"{'address':'themas/later'}");
	assert_string_equal(town_text(page, "text"), "2\n");
	json_decref(page);
	json_decref(town_get(t, ROLE_BIJDRAGER, "page.save",
			     "{'address':'index','base':1,'text':'x\\n'}"));
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
	page = town_get(t, ROLE_LEZER, "page.read",
			"{'address':'themas/later'}");
	assert_int_equal(town_number(page, "version"), 3);
	json_decref(page);
	page = town_get(t, ROLE_LEZER, "page.read", "{'address':'index'}");
	assert_int_equal(town_number(page, "version"), 2);
	json_decref(page);
}

static void
test_rebuild__begins_with_what_was_right(void **state)
{
	struct town *t = *state;
	long done, all;

	fall_behind(t);
	rebuild_progress(t->desk.rebuild, &done, &all);
	assert_int_equal(done, 3);
	assert_int_equal(all, 3);
}

/* Numbers never change. */
static void
test_rebuild__an_index_behind_knows_old_versions(void **state)
{
	struct town *t = *state, reader = *t;
	struct err trouble;
	struct desk_setup setup = desk_reader;
	json_t *page;

	setup.rebuild = t->desk.rebuild;
	fall_behind(t);
	assert_int_equal(desk_open(&reader.desk, &setup, &trouble, &t->err), 0);
	reader.args = NULL;
	page = town_get(&reader, ROLE_LEZER, "page.read",
			"{'address':'index','version':1}");
	assert_int_equal(town_number(page, "version"), 1);
	json_decref(page);
	assert_int_equal(town_ask(&reader, ROLE_LEZER, "page.read",
				  "{'address':'themas/later','version':1}",
				  NULL),
			 PLEIN_EBUSY);
	json_decref(reader.args);
	desk_close(&reader.desk);
}

/* What is saved faster than it is made is made again. */
static void
test_rebuild__catches_up_until_little_is_left(void **state)
{
	struct town *t = *state;

	lose_index(t);
	fall_behind(t);
	assert_true(desk_lacks_index(&t->desk));
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
	assert_false(desk_lacks_index(&t->desk));
}

static long
count_news(struct town *t, enum role role)
{
	json_t *answer = town_get(t, role, "news.list", "{'said':true}");
	long n = town_number(answer, "mentions");

	json_decref(answer);
	return n;
}

/* That somebody was named before it is known only when the index is there. */
static void
test_rebuild__nobody_visits_first_meanwhile(void **state)
{
	struct town *t = *state;

	json_decref(town_get(t, ROLE_BIJDRAGER, "thread.start",
			     "{'address':'index','title':'Welkom',"
			     "'text':'Dag @lezer.'}"));
	lose_index(t);
	json_decref(town_get(t, ROLE_LEZER, "mark.visit", "{}"));
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
	assert_int_equal(count_news(t, ROLE_LEZER), 1);
	json_decref(town_get(t, ROLE_LEZER, "mark.visit", "{}"));
	assert_int_equal(count_news(t, ROLE_LEZER), 1);
}

/* Asked for, not needed: nobody lacks the index. */
static void
test_rebuild__of_a_good_index_changes_nothing_meanwhile(void **state)
{
	struct town *t = *state;
	json_t *before, *after;

	before = town_get(t, ROLE_LEZER, "page.log", "{'address':'index'}");
	json_decref(town_get(t, ROLE_HOST, "wiki.reindex", "{}"));
	assert_true(rebuild_is_active(t->desk.rebuild));
	assert_false(desk_lacks_index(&t->desk));
	assert_int_equal(town_ask(t, ROLE_HOST, "wiki.reindex", "{}", NULL),
			 PLEIN_EBUSY);
	assert_true(rebuild_wait(t->desk.rebuild, PATIENCE_MS));
	after = town_get(t, ROLE_LEZER, "page.log", "{'address':'index'}");
	assert_true(json_equal(before, after));
	json_decref(before);
	json_decref(after);
	json_decref(town_get(t, ROLE_BIJDRAGER, "page.save",
			     "{'address':'index','base':1,'text':'x\\n'}"));
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
	assert_false(rebuild_is_active(t->desk.rebuild));
	after = town_get(t, ROLE_LEZER, "page.read", "{'address':'index'}");
	assert_int_equal(town_number(after, "version"), 2);
	json_decref(after);
}

/* Apart from what only an index can know. */
static void
forget_numbers(json_t *answer)
{
	static const char *const keys[] = { "version", "time",	  "handle",
					    "latest",  "author",  "note",
					    "commit",  "threads", "open",
					    "new",     "follow" };
	json_t *rows = json_object_get(answer, "rows"), *row;
	size_t i, j;

	for (j = 0; j < sizeof(keys) / sizeof(keys[0]); j++) {
		(void)json_object_del(answer, keys[j]);
		json_array_foreach(rows, i, row)(void)
			json_object_del(row, keys[j]);
	}
}

static void
test_rebuild__reading_goes_on_meanwhile(void **state)
{
	static const char *const asked[][2] = {
		{ "page.list", "{}" },
		{ "page.titles", "{}" },
		{ "agenda.tree", "{}" },
		{ "page.read", "{'address':'themas/common-ground'}" },
		{ "page.resolve", "{'name':'themas/oude-naam'}" },
		{ "page.resolve", "{'name':'hoe dan?'}" },
		{ "page.resolve", "{'name':'index'}" },
	};
	enum { N = sizeof(asked) / sizeof(asked[0]) };
	struct town *t = *state;
	json_t *before[N], *now;
	size_t i;

	for (i = 0; i < N; i++)
		before[i] = town_get(t, ROLE_LEZER, asked[i][0], asked[i][1]);
	lose_index(t);
	for (i = 0; i < N; i++) {
		now = town_get(t, ROLE_LEZER, asked[i][0], asked[i][1]);
		forget_numbers(before[i]);
		forget_numbers(now);
		assert_string_equal(json_object_get(now, "text")
					    ? town_text(now, "text")
					    : "",
				    json_object_get(before[i], "text")
					    ? town_text(before[i], "text")
					    : "");
		(void)json_object_del(now, "parents");
		(void)json_object_del(now, "place");
		(void)json_object_del(before[i], "place");
		(void)json_object_del(before[i], "parents");
		if (!json_equal(before[i], now))
			fail_msg("%s %s differs", asked[i][0], asked[i][1]);
		json_decref(before[i]);
		json_decref(now);
	}
	assert_int_equal(town_ask(t, ROLE_LEZER, "page.resolve",
				  "{'name':'niets'}", NULL),
			 PLEIN_ENOTFOUND);
}

static void
test_rebuild__what_needs_numbers_says_how_far_it_is(void **state)
{
	struct town *t = *state;

	lose_index(t);
	assert_int_equal(town_ask(t, ROLE_LEZER, "page.log",
				  "{'address':'index'}", NULL),
			 PLEIN_EBUSY);
	assert_string_equal(t->err.msg,
			    "the index is being made: 6 of 6 versions");
	assert_int_equal(town_ask(t, ROLE_LEZER, "page.read",
				  "{'address':'index','version':1}", NULL),
			 PLEIN_EBUSY);
}

/* Every list needs them all. */
static void
test_rebuild__texts_are_read_once_meanwhile(void **state)
{
	struct town *t = *state;
	struct repo_id id;
	long n;

	lose_index(t);
	json_decref(town_get(t, ROLE_LEZER, "page.list", "{}"));
	n = present_n_read(t->desk.present);
	assert_true(n > 1);
	json_decref(town_get(t, ROLE_LEZER, "agenda.tree", "{}"));
	assert_int_equal(present_n_read(t->desk.present), n);
	town_commit(t->desk.repo, "themas/later.md", "# Later\n", "x\n", &id);
	json_decref(town_get(t, ROLE_LEZER, "page.resolve",
			     "{'name':'themas/later'}"));
	town_commit(t->desk.repo, "themas/later.md", NULL, "x\n", &id);
	assert_int_equal(town_ask(t, ROLE_LEZER, "page.resolve",
				  "{'name':'themas/later'}", NULL),
			 PLEIN_ENOTFOUND);
	assert_int_equal(present_n_read(t->desk.present), n + 1);
}

static void
test_rebuild__a_failure_is_told_and_tried_again(void **state)
{
	struct town *t = *state;

	assert_int_equal(rebuild_start(t->desk.rebuild, "spaces/none.git",
				       DATA_INDEX_NEW, NULL, &t->err),
			 0);
	assert_true(rebuild_wait(t->desk.rebuild, PATIENCE_MS));
	assert_int_equal(rebuild_result(t->desk.rebuild, &t->err),
			 PLEIN_ENOTFOUND);
	assert_false(rebuild_is_active(t->desk.rebuild));
	assert_int_equal(rebuild_result(t->desk.rebuild, &t->err), 0);
	lose_index(t);
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
}

static void
count_call(void *ctx)
{
	++*(int *)ctx;
}

static void
test_rebuild__wakes_once_and_can_be_given_up(void **state)
{
	struct rebuild *r;
	int calls = 0;

	(void)state;
	r = rebuild_new(count_call, &calls);
	assert_int_equal(
		rebuild_start(r, DATA_REPO, DATA_INDEX_NEW, NULL, NULL), 0);
	assert_int_equal(
		rebuild_start(r, DATA_REPO, DATA_INDEX_NEW, NULL, NULL), 0);
	rebuild_free(r);
	assert_int_equal(calls, 1);
	rebuild_free(NULL);
}

/* Who could do nothing without an index has to hear that there is one. */
static void
test_rebuild__wakes_again_when_it_is_in_place(void **state)
{
	struct town *t = *state;
	int calls = 0;

	rebuild_free(t->desk.rebuild);
	t->desk.rebuild = rebuild_new(count_call, &calls);
	lose_index(t);
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
	assert_int_equal(calls, 2);
}

static void
test_rebuild__rests_longer_after_each_failure(void **state)
{
	(void)state;
	assert_int_equal(rebuild_rest_ms(0), 0);
	assert_int_equal(rebuild_rest_ms(1), 1000);
	assert_int_equal(rebuild_rest_ms(2), 2000);
	assert_int_equal(rebuild_rest_ms(6), 32000);
	assert_int_equal(rebuild_rest_ms(7), 60000);
	assert_int_equal(rebuild_rest_ms(1000000), 60000);
}

/* And ends at once when nobody waits for it any more. */
static void
test_rebuild__a_failure_is_not_repeated_at_once(void **state)
{
	struct rebuild *r = rebuild_new(NULL, NULL);
	int i;

	(void)state;
	for (i = 0; i < 2; i++) {
		assert_int_equal(
			rebuild_start(r, "none", DATA_INDEX_NEW, NULL, NULL),
			0);
		if (i == 0) {
			assert_true(rebuild_wait(r, PATIENCE_MS));
			assert_int_equal(rebuild_result(r, NULL),
					 PLEIN_ENOTFOUND);
		}
	}
	assert_false(rebuild_wait(r, 100));
	rebuild_free(r);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_rebuild__gives_the_same_index),
		TEST(test_rebuild__nobody_visits_first_meanwhile),
		TEST(test_rebuild__of_a_good_index_changes_nothing_meanwhile),
		TEST(test_rebuild__catches_up_with_what_was_saved_meanwhile),
		TEST(test_rebuild__knows_pages_that_are_gone),
		TEST(test_rebuild__an_index_far_behind_is_left_to_it),
		TEST(test_rebuild__begins_with_what_was_right),
		TEST(test_rebuild__an_index_behind_knows_old_versions),
		TEST(test_rebuild__catches_up_until_little_is_left),
		TEST(test_rebuild__reading_goes_on_meanwhile),
		TEST(test_rebuild__what_needs_numbers_says_how_far_it_is),
		TEST(test_rebuild__texts_are_read_once_meanwhile),
		TEST(test_rebuild__a_failure_is_told_and_tried_again),
		TEST(test_rebuild__wakes_once_and_can_be_given_up),
		TEST(test_rebuild__wakes_again_when_it_is_in_place),
		TEST(test_rebuild__rests_longer_after_each_failure),
		TEST(test_rebuild__a_failure_is_not_repeated_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
