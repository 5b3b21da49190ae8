/* Links from and to pages, missing pages, pages nothing leads to. */
#include "talk.h"

static void
put_page(struct town *t, const char *path, const char *text)
{
	struct repo_id id;

	town_commit(t->desk.repo, path, text, "Stap\n", &id);
}

static int
setup(void **state)
{
	struct town *t;

	(void)town_setup(state);
	t = *state;
	put_page(t, "begrippen/a.md",
		 "Zie [CG](../themas/common-ground.md) en [[oude naam]] en "
		 "[[themas/oude-naam]], ook [[Common Ground]].\n");
	put_page(t, "begrippen/b.md", "[[common-ground]] [[themas/weg]]\n");
	put_page(t, "begrippen/c.md",
		 "[plaat](../bijlagen/begrippen/c/x.png) "
		 "[[themas/weg]] [zelf](c.md)\n");
	return desk_catch_up(&t->desk, &t->err);
}

/* "address(target)" or "address(field)" of each row. */
static void
assert_rows(struct town *t, const char *method, const char *params,
	    const char *key, const char *want)
{
	json_t *answer = town_get(t, ROLE_LEZER, method, params), *row;
	struct buf got = BUF_INIT;
	size_t i;

	json_array_foreach(json_object_get(answer, "rows"), i, row)
	{
		const char *value =
			json_string_value(json_object_get(row, key));

		buf_printf(&got, "%s%s(%s)", i ? " " : "",
			   json_is_null(json_object_get(row, "address"))
				   ? "-"
				   : town_text(row, "address"),
			   value ? value : "");
	}
	assert_string_equal(got.ptr, want);
	buf_release(&got);
	json_decref(answer);
}

static void
test_links__to_a_page_by_any_of_its_names(void **state)
{
	assert_rows(*state, "page.backlinks", "{'address':'" TOWN_HERE "'}",
		    "target",
		    "begrippen/a(themas/common-ground) "
		    "begrippen/a(themas/oude-naam) begrippen/a(Common Ground) "
		    "begrippen/b(common-ground) "
		    "vraagstukken/hoe(themas/common-ground)");
	assert_rows(*state, "page.backlinks", "{'address':'" TOWN_HERE "'}",
		    "field",
		    "begrippen/a() begrippen/a() begrippen/a() begrippen/b() "
		    "vraagstukken/hoe(hoort_bij)");
	assert_rows(*state, "page.backlinks", "{'address':'begrippen/c'}",
		    "target", "");
}

/* Of its own second; `gone` vanishes with it, or NULL. */
static void
put_at(struct town *t, long when, const char *gone, const char *path,
       const char *text)
{
	struct edit e = { .author_name = "Git Zelf",
			  .author_mail = "git.zelf@stad.example",
			  .service_mail = "plein@stad.example",
			  .when = when,
			  .message = "Stap\n" };
	struct repo_id id;
	struct txn *txn;

	if (txn_begin(&txn, t->desk.repo, &t->err) ||
	    (gone && txn_stage(txn, gone, NULL, 0, &t->err)) ||
	    txn_stage(txn, path, text, strlen(text), &t->err) ||
	    txn_edit(txn, &e, &id, &t->err) || txn_commit(txn, &t->err))
		fail_msg("%s: %s", path, t->err.msg);
}

static void
test_links__as_of_a_moment(void **state)
{
	static const char x[] = "---\ntitel: Ix\naliassen: [themas/ix]\n---\n";
	static const char y[] =
		"---\ntitel: Ypsilon\naliassen: [themas/x]\n---\n";
	struct town *t = *state;
	long now = 1700000000;

	put_at(t, now, NULL, "themas/x.md", x);
	put_at(t, now + 1, NULL, "begrippen/gaat.md", "[[themas/x]]\n");
	put_at(t, now + 2, NULL, "begrippen/blijft.md", "[[themas/ix]]\n");
	put_at(t, now + 3, NULL, "begrippen/titel.md", "Zie [[Ix]].\n");
	put_at(t, now + 4, NULL, "begrippen/later.md", "niets\n");
	put_at(t, now + 5, NULL, "begrippen/weg.md",
	       "---\ntitel: Toen\nhoort_bij: [themas/x]\n---\n");
	put_at(t, now + 10, "themas/x.md", "themas/y.md", y);
	put_at(t, now + 11, NULL, "begrippen/gaat.md", "weg\n");
	put_at(t, now + 12, NULL, "begrippen/later.md", "[[themas/y]]\n");
	put_at(t, now + 13, "begrippen/weg.md", "begrippen/elders.md", "\n");
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
	assert_rows(t, "page.backlinks", "{'address':'themas/y'}", "target",
		    "begrippen/later(themas/y)");
	assert_rows(t, "page.backlinks",
		    "{'address':'themas/y','at':1700000009}", "target",
		    "begrippen/blijft(themas/ix) begrippen/gaat(themas/x) "
		    "begrippen/titel(Ix) begrippen/weg(themas/x)");
	assert_rows(t, "page.backlinks",
		    "{'address':'themas/x','at':1700000009}", "target",
		    "begrippen/blijft(themas/ix) begrippen/gaat(themas/x) "
		    "begrippen/titel(Ix) begrippen/weg(themas/x)");
	assert_rows(t, "page.backlinks",
		    "{'address':'themas/x','at':1700000009,'limit':1,"
		    "'after':1}",
		    "target", "begrippen/gaat(themas/x)");
	assert_rows(t, "page.backlinks",
		    "{'address':'themas/y','at':1700000001}", "target",
		    "begrippen/gaat(themas/x)");
	assert_rows(t, "page.backlinks", "{'address':'themas/y','at':1}",
		    "target", "");
}

static void
test_links__from_a_page(void **state)
{
	assert_rows(*state, "page.links", "{'address':'begrippen/b'}", "target",
		    TOWN_HERE "(common-ground) -(themas/weg)");
	assert_rows(*state, "page.links", "{'address':'begrippen/a'}", "target",
		    TOWN_HERE "(themas/common-ground) -(oude naam) " TOWN_HERE
			      "(themas/oude-naam) " TOWN_HERE
			      "(Common Ground)");
}

static void
test_links__passages_and_parts(void **state)
{
	struct town *t = *state;
	json_t *answer =
		town_get(t, ROLE_LEZER, "page.backlinks",
			 "{'address':'" TOWN_HERE "','limit':1,'after':3}");
	json_t *row = json_array_get(json_object_get(answer, "rows"), 0);

	assert_string_equal(town_text(row, "passage"),
			    "[common-ground] themas/weg");
	assert_int_equal(town_number(answer, "next"), 4);
	json_decref(answer);
}

static void
test_links__missing_pages_most_wanted_first(void **state)
{
	assert_rows(*state, "wiki.missing", "{}", "target",
		    "begrippen/b(themas/weg) begrippen/a(oude naam)");
}

static void
test_links__orphans(void **state)
{
	assert_rows(*state, "wiki.orphans", "{}", "kind",
		    "begrippen/a(begrip) begrippen/b(begrip) "
		    "begrippen/c(begrip)");
}

/* Also by a former name, and by a title; not what was taken back, nor in the
 * discussions of the page itself. */
static void
test_links__from_what_was_said(void **state)
{
	struct town *t = *state;
	char *thread, *two;
	json_t *answer;
	const json_t *row;

	thread = take(get(t, ROLE_BIJDRAGER, "thread.start",
			  "{'address':'index','title':'Waar?',"
			  "'text':'Zie [[themas/oude-naam]].'}"),
		      "thread");
	two = take(get(t, ROLE_REDACTEUR, "remark.add",
		       "{'thread':'%s','text':'Of [[Common Ground]].'}",
		       thread),
		   "remark");
	json_decref(get(t, ROLE_REDACTEUR, "thread.start",
			"{'address':'" TOWN_HERE "','title':'Zelf',"
			"'text':'Hier: [[themas/common-ground]].'}"));
	answer = town_get(t, ROLE_LEZER, "page.backlinks",
			  "{'address':'" TOWN_HERE "','after':5}");
	row = json_array_get(json_object_get(answer, "rows"), 0);
	assert_int_equal(json_array_size(json_object_get(answer, "rows")), 2);
	assert_string_equal(town_text(row, "address"), "index");
	assert_string_equal(town_text(row, "title"), "Waar?");
	assert_string_equal(town_text(row, "kind"), "bespreking");
	assert_string_equal(town_text(row, "status"), "open");
	assert_string_equal(town_text(row, "thread"), thread);
	assert_string_equal(town_text(row, "handle"), "bijdrager");
	assert_string_equal(town_text(row, "passage"),
			    "Zie [themas/oude-naam].");
	json_decref(answer);
	json_decref(get(t, ROLE_REDACTEUR, "remark.withdraw", "{'remark':'%s'}",
			two));
	answer = town_get(t, ROLE_LEZER, "page.backlinks",
			  "{'address':'" TOWN_HERE "','after':5}");
	assert_int_equal(json_array_size(json_object_get(answer, "rows")), 1);
	json_decref(answer);
	free(two);
	free(thread);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_links__to_a_page_by_any_of_its_names),
		TEST(test_links__as_of_a_moment),
		TEST(test_links__from_a_page),
		TEST(test_links__passages_and_parts),
		TEST(test_links__missing_pages_most_wanted_first),
		TEST(test_links__orphans),
		TEST(test_links__from_what_was_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
