/* test_losing.c - which version took a passage away. */
#include "talk.h"

#define QUOTE "Een visie voor later."
#define FIELDS "---\ntitel: C\n---\n"

static void
save(struct town *t, const char *text)
{
	struct repo_id id;

	town_commit(t->desk.repo, TOWN_HERE ".md", text, "Stap\n", &id);
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
}

/* A thread about the words; its code. */
static char *
begin(struct town *t)
{
	save(t, FIELDS "Voor. " QUOTE " Na.\n");
	return take(get(t, ROLE_BIJDRAGER, "thread.start",
			"{'address':'" TOWN_HERE "','title':'T','text':'x',"
			"'quote':'" QUOTE "'}"),
		    "thread");
}

/* 0: it is there; -1: it is lost, nobody knows since when. */
static long
ask_lost(struct town *t, const char *thread, const char *more)
{
	json_t *j = get(t, ROLE_LEZER, "thread.read", "{'thread':'%s'%s}",
			thread, more);
	const json_t *passage =
		json_object_get(json_object_get(j, "head"), "passage");
	const json_t *lost = json_object_get(passage, "lost");
	long n = -1;

	if (json_is_true(json_object_get(passage, "found"))) {
		assert_null(lost);
		n = 0;
	} else if (json_is_object(lost)) {
		n = town_number(lost, "version");
		assert_true(town_number(lost, "time") > 0);
		(void)town_text(lost, "handle");
	} else {
		assert_true(json_is_null(lost));
	}
	json_decref(j);
	return n;
}

static void
test_losing__tells_the_version(void **state)
{
	struct town *t = *state;
	char *thread = begin(t); /* version 2 */

	assert_int_equal(ask_lost(t, thread, ""), 0);
	save(t, FIELDS "Erbij. Voor. " QUOTE " Na.\n");
	save(t, FIELDS "Erbij. Voor. Iets anders. Na.\n"); /* 4 */
	assert_int_equal(ask_lost(t, thread, ""), 4);
	save(t, FIELDS "Nog iets. Voor. Iets anders. Na.\n");
	assert_int_equal(ask_lost(t, thread, ""), 4);
	/* it comes back and goes again */
	save(t, FIELDS QUOTE "\n");
	assert_int_equal(ask_lost(t, thread, ""), 0);
	save(t, FIELDS "Weg.\n"); /* 7 */
	assert_int_equal(ask_lost(t, thread, ""), 7);
	free(thread);
}

static void
test_losing__a_page_that_went_took_all(void **state)
{
	struct town *t = *state;
	char *thread = begin(t);
	json_t *j;

	json_decref(town_get(t, ROLE_REDACTEUR, "page.delete",
			     "{'address':'" TOWN_HERE "','base':2}"));
	assert_int_equal(ask_lost(t, thread, ""), 3);
	j = get(t, ROLE_LEZER, "thread.read", "{'thread':'%s'}", thread);
	assert_true(json_is_true(json_object_get(
		json_object_get(
			json_object_get(json_object_get(j, "head"), "passage"),
			"lost"),
		"gone")));
	json_decref(j);
	free(thread);
}

/* A thread that moved is about words that never stood there. */
static void
test_losing__says_nothing_where_it_never_stood(void **state)
{
	struct town *t = *state;
	char *thread = begin(t);

	json_decref(get(t, ROLE_REDACTEUR, "thread.move",
			"{'thread':'%s','address':'index'}", thread));
	assert_int_equal(ask_lost(t, thread, ""), -1);
	free(thread);
}

static void
test_losing__looks_no_further_than_it_may(void **state)
{
	struct town *t = *state;
	char *thread = begin(t), text[64];
	int i;

	for (i = 0; i < 202; i++) {
		(void)snprintf(text, sizeof(text), FIELDS "Weg %d.\n", i);
		save(t, text);
		if (i == 199)
			assert_int_equal(ask_lost(t, thread, ""), 3);
	}
	assert_int_equal(ask_lost(t, thread, ""), -1);
	free(thread);
}

/* Of a long page it reads as much as of many short ones, and says so. */
static void
test_losing__reads_no_more_than_it_may(void **state)
{
	const size_t size = 900000;
	struct town *t = *state;
	char *thread = begin(t), *text = mem_alloc(size + 1);
	int i;

	for (i = 0; i < 20; i++) {
		memset(text, ' ', size);
		(void)snprintf(text, size, FIELDS "Weg %d.", i);
		text[strlen(text)] = '\n';
		save(t, text);
		if (i == 9)
			assert_int_equal(ask_lost(t, thread, ""), 3);
	}
	assert_int_equal(ask_lost(t, thread, ""), -1);
	free(text);
	free(thread);
}

/* Whatever happens: the version behind the last one in which it was found. */
static void
test_losing__is_never_another_version(void **state)
{
	static const char *const texts[] = {
		FIELDS "Voor. " QUOTE " Na.\n",
		FIELDS QUOTE " En " QUOTE "\n",
		FIELDS "Voor. " QUOTE " Na. " QUOTE "\n",
		FIELDS "Voor. Een visie\nvoor later. Na. Meer.\n",
		FIELDS "Voor. Een visie voor nu. Na.\n",
		FIELDS "Iets heel anders.\n",
		FIELDS "\n",
	};
	struct town *t = *state;
	char *thread = begin(t), text[200];
	uint32_t seed = 7;
	long version = 2, found = 2, lost;
	int i;

	for (i = 0; i < 60; i++) {
		seed = seed * 1664525u + 1013904223u;
		(void)snprintf(text, sizeof(text), "%s\nSlot %d.\n",
			       texts[(seed >> 8) % 7], i);
		save(t, text);
		version++;
		lost = ask_lost(t, thread, "");
		if (lost == 0)
			found = version;
		else
			assert_int_equal(lost, found + 1);
	}
	assert_true(found > 10);
	free(thread);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, town_setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_losing__tells_the_version),
		TEST(test_losing__a_page_that_went_took_all),
		TEST(test_losing__says_nothing_where_it_never_stood),
		TEST(test_losing__looks_no_further_than_it_may),
		TEST(test_losing__reads_no_more_than_it_may),
		TEST(test_losing__is_never_another_version),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
