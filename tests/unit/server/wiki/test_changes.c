/* What happened in the whole wiki, and between two moments. */
#include "town.h"

#define START 1700000000L

struct step {
	int second;
	const char *who; /* handle */
	const char *path, *text; /* NULL: it vanishes */
	const char *path2, *text2; /* in the same commit, or NULL */
};

static const struct step steps[] = {
	{ 10, "ada", "themas/a.md", "een\n", NULL, NULL },
	{ 20, "bob", "themas/a.md", "twee\n", NULL, NULL },
	{ 30, "ada", "begrippen/b.md", "b\n", NULL, NULL },
	{ 40, "bob", "themas/a.md", NULL, "themas/c.md",
	  "---\naliassen: [themas/a]\n---\ntwee\n" },
	{ 50, "ada", "begrippen/b.md", NULL, NULL, NULL },
	{ 60, "ada", "bijlagen/themas/c/plaat.png", "x", NULL, NULL },
};

#define N_STEPS (sizeof(steps) / sizeof(steps[0]))

static void
stage(struct town *t, struct txn *txn, const char *path, const char *text)
{
	if (path &&
	    txn_stage(txn, path, text, text ? strlen(text) : 0, &t->err))
		fail_msg("%s: %s", path, t->err.msg);
}

static void
make_step(struct town *t, const struct step *s)
{
	struct edit e = { .author_name = "Iemand",
			  .service_mail = "plein@stad.example",
			  .when = START + s->second,
			  .message = "Stap\n\nPlein-Action: save\n" };
	char mail[40];
	struct repo_id id;
	struct txn *txn;

	(void)snprintf(mail, sizeof(mail), "%s@stad.example", s->who);
	e.author_mail = mail;
	assert_int_equal(txn_begin(&txn, t->desk.repo, &t->err), 0);
	stage(t, txn, s->path, s->text);
	stage(t, txn, s->path2, s->text2);
	if (txn_edit(txn, &e, &id, &t->err) || txn_commit(txn, &t->err))
		fail_msg("%s", t->err.msg);
}

static int
setup(void **state)
{
	struct town *t;
	size_t i;

	(void)town_setup(state);
	t = *state;
	for (i = 0; i < N_STEPS; i++)
		make_step(t, &steps[i]);
	return desk_catch_up(&t->desk, &t->err);
}

/* "60- 50-begrippen/b:gone …": second, then each page with its action. */
static void
assert_list(struct town *t, const char *params, const char *want)
{
	json_t *answer = town_get(t, ROLE_LEZER, "changes.list", params);
	json_t *row, *page;
	struct buf got = BUF_INIT;
	size_t i, j;

	json_array_foreach(json_object_get(answer, "rows"), i, row)
	{
		buf_printf(&got, "%s%ld", i ? " " : "",
			   town_number(row, "time") - START);
		json_array_foreach(json_object_get(row, "pages"), j, page)
			buf_printf(&got, "-%s:%s", town_text(page, "address"),
				   town_text(page, "action"));
	}
	assert_string_equal(got.ptr, want);
	buf_release(&got);
	json_decref(answer);
}

static void
test_changes__lists_the_newest_first(void **state)
{
	assert_list(*state, "{'since':1700000001}",
		    "60 50-begrippen/b:gone 40-themas/a:gone-themas/c:moved "
		    "30-begrippen/b:new 20-themas/a:changed 10-themas/a:new");
	assert_list(*state, "{'limit':1}", "60");
}

static void
test_changes__filters_by_person_time_and_place(void **state)
{
	assert_list(*state, "{'handle':'bob'}",
		    "40-themas/a:gone-themas/c:moved 20-themas/a:changed");
	assert_list(*state, "{'handle':'niemand'}", "");
	assert_list(*state, "{'since':1700000020,'until':1700000030}",
		    "30-begrippen/b:new 20-themas/a:changed");
	assert_list(*state, "{'folder':'begrippen'}",
		    "50-begrippen/b:gone 30-begrippen/b:new");
	assert_list(*state, "{'kind':'begrip'}",
		    "50-begrippen/b:gone 30-begrippen/b:new");
	assert_list(*state, "{'folder':'bijlagen'}", "60");
	assert_int_equal(town_ask(*state, ROLE_LEZER, "changes.list",
				  "{'kind':'onzin'}", NULL),
			 PLEIN_EUSAGE);
}

/* The address of one begins as that of another. */
static void
test_changes__of_a_page_are_not_of_another(void **state)
{
	static const char *const paths[] = {
		"bespreking/themas/2026/abc1/20260301T120000Z-ada-0a1b2c.md",
		"bespreking/themas/2026/zaak/abc2/"
		"20260301T120001Z-ada-0a1b2d.md",
	};
	struct town *t = *state;
	json_t *answer;
	struct repo_id id;
	size_t i;

	for (i = 0; i < 2; i++)
		town_commit(t->desk.repo, paths[i], "Zo.\n", "Zo\n", &id);
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
	for (i = 0; i < 2; i++) {
		answer = town_get(t, ROLE_LEZER, "changes.list",
				  i ? "{'address':'themas/2026/zaak'}"
				    : "{'address':'themas/2026'}");
		assert_int_equal(
			json_array_size(json_object_get(answer, "rows")), 1);
		json_decref(answer);
	}
	answer = town_get(t, ROLE_LEZER, "changes.list",
			  "{'folder':'themas/2026'}");
	assert_int_equal(json_array_size(json_object_get(answer, "rows")), 2);
	json_decref(answer);
}

static void
test_changes__goes_on_where_it_stopped(void **state)
{
	struct town *t = *state;
	json_t *answer = town_get(t, ROLE_LEZER, "changes.list",
				  "{'since':1700000001,'limit':2}");
	char params[80];

	(void)snprintf(params, sizeof(params),
		       "{'since':1700000001,'limit':2,'before':%ld}",
		       town_number(answer, "next"));
	json_decref(answer);
	assert_list(t, params,
		    "40-themas/a:gone-themas/c:moved 30-begrippen/b:new");
	answer = town_get(t, ROLE_LEZER, "changes.list",
			  "{'since':1700000060,'limit':1}");
	assert_null(json_object_get(answer, "next"));
	json_decref(answer);
}

static void
test_changes__tells_versions_titles_and_other_files(void **state)
{
	struct town *t = *state;
	json_t *answer =
		town_get(t, ROLE_LEZER, "changes.list", "{'since':1700000040}");
	json_t *rows = json_object_get(answer, "rows");
	json_t *moved = json_array_get(
		json_object_get(json_array_get(rows, 2), "pages"), 1);

	assert_int_equal(town_number(json_array_get(rows, 0), "others"), 1);
	assert_string_equal(town_text(json_array_get(rows, 0), "action"),
			    "save");
	assert_int_equal(town_number(moved, "version"), 3);
	assert_string_equal(town_text(moved, "title"), "c");
	json_decref(answer);
}

/* What somebody said is among what they did. */
static void
test_changes__what_was_said(void **state)
{
	struct town *t = *state;
	json_t *begun = town_get(t, ROLE_BIJDRAGER, "thread.start",
				 "{'address':'themas/c','title':'Wie?',"
				 "'text':'Wie doet het?'}");
	json_t *answer = town_get(t, ROLE_LEZER, "changes.list",
				  "{'handle':'bijdrager'}");
	json_t *rows = json_object_get(answer, "rows"), *page;

	assert_int_equal(json_array_size(rows), 1);
	page = json_array_get(json_object_get(json_array_get(rows, 0), "pages"),
			      0);
	assert_string_equal(town_text(page, "address"), "themas/c");
	assert_string_equal(town_text(page, "title"), "c");
	assert_string_equal(town_text(page, "action"), "discussed");
	assert_string_equal(town_text(page, "thread"),
			    town_text(begun, "thread"));
	assert_string_equal(town_text(page, "remark"),
			    town_text(begun, "remark"));
	json_decref(answer);
	json_decref(begun);
}

/* "themas/a:changed:1:2 …", - for null */
static void
assert_between(struct town *t, const char *params, const char *want)
{
	json_t *answer = town_get(t, ROLE_LEZER, "changes.between", params);
	json_t *row;
	struct buf got = BUF_INIT;
	size_t i;

	json_array_foreach(json_object_get(answer, "rows"), i, row) buf_printf(
		&got, "%s%s:%s:%d:%d", i ? " " : "", town_text(row, "address"),
		town_text(row, "state"),
		(int)json_integer_value(json_object_get(row, "from")),
		(int)json_integer_value(json_object_get(row, "to")));
	assert_string_equal(got.ptr, want);
	buf_release(&got);
	json_decref(answer);
}

static void
test_changes__between_compares_two_moments(void **state)
{
	assert_between(*state, "{'from':1700000010,'to':1700000020}",
		       "themas/a:changed:1:2");
	assert_between(*state, "{'from':1700000020,'to':1700000040}",
		       "begrippen/b:new:0:1 themas/a:gone:2:3 "
		       "themas/c:moved:2:3");
	/* it came and went */
	assert_between(*state, "{'from':1700000020}",
		       "themas/a:gone:2:3 themas/c:moved:2:3");
	assert_between(*state, "{'from':1700000050}", "");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_changes__lists_the_newest_first),
		TEST(test_changes__filters_by_person_time_and_place),
		TEST(test_changes__of_a_page_are_not_of_another),
		TEST(test_changes__goes_on_where_it_stopped),
		TEST(test_changes__tells_versions_titles_and_other_files),
		TEST(test_changes__what_was_said),
		TEST(test_changes__between_compares_two_moments),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
