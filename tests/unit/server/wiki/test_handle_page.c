/* Reading: pages, versions, lists, the tree. */
#include "plein/opening.h"
#include "town.h"

static json_t *
row_of(const json_t *answer, size_t i)
{
	return json_array_get(json_object_get(answer, "rows"), i);
}

static size_t
count_rows(const json_t *answer)
{
	return json_array_size(json_object_get(answer, "rows"));
}

static void
test_handle_page__read_gives_text_and_fields(void **state)
{
	struct town *t = *state;
	json_t *p = town_get(t, ROLE_LEZER, "page.read",
			     "{'address':'themas/common-ground'}");
	json_t *parents = json_object_get(p, "parents");

	assert_string_equal(town_text(p, "address"), TOWN_HERE);
	assert_string_equal(town_text(p, "title"), "Common Ground");
	assert_string_equal(town_text(p, "kind"), "thema");
	assert_string_equal(town_text(p, "status"), "concept");
	assert_true(json_is_null(json_object_get(p, "state")));
	assert_int_equal(town_number(p, "version"), 1);
	assert_int_equal(town_number(p, "latest"), 1);
	assert_string_equal(town_text(p, "author"), "Git Zelf");
	assert_string_equal(town_text(p, "handle"), "git.zelf");
	assert_int_equal(town_number(p, "time"), 1700000000);
	assert_string_equal(town_text(p, "note"), "Begin");
	assert_string_equal(town_text(p, "text"), town_files[4].text);
	assert_true(json_is_false(json_object_get(p, "gone")));
	assert_int_equal(json_array_size(parents), 2);
	assert_string_equal(town_text(json_array_get(parents, 0), "title"),
			    "Data");
	assert_true(json_is_null(
		json_object_get(json_array_get(parents, 1), "title")));
	json_decref(p);
}

/* "address address …" of the place of a page. */
static void
assert_place(struct town *t, const char *params, const char *expected)
{
	json_t *p = town_get(t, ROLE_LEZER, "page.read", params);
	json_t *steps = json_object_get(p, "place"), *step;
	struct buf found = BUF_INIT;
	size_t i;

	json_array_foreach(steps, i, step) buf_printf(
		&found, "%s%s", i ? " " : "", town_text(step, "address"));
	assert_string_equal(found.ptr ? found.ptr : "", expected);
	buf_release(&found);
	json_decref(p);
}

static void
test_handle_page__read_tells_the_place_in_the_agenda(void **state)
{
	struct town *t = *state;

	assert_place(t, "{'address':'doelstellingen/kansen'}", "");
	assert_place(t, "{'address':'themas/common-ground'}",
		     "doelstellingen/kansen hoofdonderwerpen/data");
	assert_place(t, "{'address':'vraagstukken/hoe'}",
		     "doelstellingen/kansen hoofdonderwerpen/data "
		     "themas/common-ground");
	/* not up, not round, not both at once */
	json_decref(town_get(t, ROLE_BIJDRAGER, "page.save",
			     "{'address':'hoofdonderwerpen/data','base':1,"
			     "'text':'---\\ntitel: Data\\nhoort_bij: "
			     "[themas/common-ground, hoofdonderwerpen/data, "
			     "doelstellingen/weg]\\n---\\nX.\\n'}"));
	assert_place(t, "{'address':'themas/common-ground'}",
		     "hoofdonderwerpen/data");
	json_decref(town_get(t, ROLE_BIJDRAGER, "page.save",
			     "{'address':'index','base':1,'text':'---\\n"
			     "hoort_bij: [doelstellingen/kansen, "
			     "hoofdonderwerpen/data]\\n---\\nX.\\n'}"));
	assert_place(t, "{'address':'index'}", "doelstellingen/kansen");
}

static void
test_handle_page__read_finds_versions(void **state)
{
	struct town *t = *state;
	json_t *p, *log;
	char params[200];

	json_decref(town_get(t, ROLE_BIJDRAGER, "page.save",
			     "{'address':'index','base':1,'text':'Nieuw\\n'}"));
	p = town_get(t, ROLE_LEZER, "page.read",
		     "{'address':'index','version':1}");
	assert_string_equal(town_text(p, "text"), town_files[2].text);
	assert_int_equal(town_number(p, "latest"), 2);
	json_decref(p);
	p = town_get(t, ROLE_LEZER, "page.read", "{'address':'index.md'}");
	assert_string_equal(town_text(p, "text"), "Nieuw\n");
	json_decref(p);
	log = town_get(t, ROLE_LEZER, "page.log", "{'address':'index'}");
	assert_int_equal(count_rows(log), 2);
	(void)snprintf(params, sizeof(params),
		       "{'address':'index','commit':'%s'}",
		       town_text(row_of(log, 1), "commit"));
	p = town_get(t, ROLE_LEZER, "page.read", params);
	assert_int_equal(town_number(p, "version"), 1);
	json_decref(p);
	json_decref(log);
}

static void
test_handle_page__what_is_not_there_is_not_found(void **state)
{
	static const struct {
		const char *method, *params;
		int code;
	} rows[] = {
		{ "page.read", "{'address':'themas/x'}", PLEIN_ENOTFOUND },
		{ "page.read", "{'address':'index','version':2}",
		  PLEIN_ENOTFOUND },
		{ "page.read", "{'address':'index','version':0}",
		  PLEIN_ENOTFOUND },
		{ "page.read", "{'address':'index','commit':'abc'}",
		  PLEIN_ENOTFOUND },
		{ "page.read", "{'address':'../state.db'}", PLEIN_ERULE },
		{ "page.read", "{'address':''}", PLEIN_ERULE },
		{ "page.read", "{'address':'bijlagen/index/a.png'}",
		  PLEIN_ERULE },
		{ "page.log", "{'address':'themas/x'}", PLEIN_ENOTFOUND },
		{ "page.log", "{'address':'/etc/passwd'}", PLEIN_ERULE },
		{ "page.resolve", "{'name':'Bestaat niet'}", PLEIN_ENOTFOUND },
		{ "agenda.tree", "{'address':'themas/x'}", PLEIN_ENOTFOUND },
	};
	struct town *t = *state;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (town_ask(t, ROLE_LEZER, rows[i].method, rows[i].params,
			     NULL) != rows[i].code)
			fail_msg("%s %s: %s", rows[i].method, rows[i].params,
				 t->err.msg);
}

static void
test_handle_page__a_page_that_is_gone_keeps_its_history(void **state)
{
	struct town *t = *state;
	struct repo_id id;
	json_t *p;

	town_commit(t->desk.repo, "vraagstukken/hoe.md", NULL, "Weg\n", &id);
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
	assert_int_equal(town_ask(t, ROLE_LEZER, "page.read",
				  "{'address':'vraagstukken/hoe'}", NULL),
			 PLEIN_ENOTFOUND);
	assert_int_equal(town_number(t->args, "gone"), 2);
	p = town_get(t, ROLE_LEZER, "page.read",
		     "{'address':'vraagstukken/hoe','version':2}");
	assert_true(json_is_true(json_object_get(p, "gone")));
	assert_string_equal(town_text(p, "text"), "");
	json_decref(p);
	p = town_get(t, ROLE_LEZER, "page.read",
		     "{'address':'vraagstukken/hoe','version':1}");
	assert_string_equal(town_text(p, "text"), town_files[5].text);
	json_decref(p);
	p = town_get(t, ROLE_LEZER, "page.titles", "{}");
	assert_int_equal(count_rows(p), TOWN_FILES - 1);
	json_decref(p);
}

/* A big page of so many bytes or more, which ends in `end`. */
static void
write_big(struct town *t, const char *begin, size_t len, const char *end)
{
	struct buf text = BUF_INIT;
	struct repo_id id;

	buf_str(&text, begin);
	while (text.len < len)
		buf_str(&text, "Nog een alinea.\n\n");
	buf_str(&text, end);
	town_commit(t->desk.repo, "themas/groot.md", text.ptr, "Groot\n", &id);
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
	buf_release(&text);
}

static json_t *
read_opening(struct town *t)
{
	return town_get(t, ROLE_LEZER, "page.read",
			"{'address':'themas/groot','opening':true}");
}

static void
test_handle_page__read_gives_the_opening_of_a_big_text(void **state)
{
	static const char head[] = "---\ntitel: Groot\n---\n# Een\n\n";
	struct town *t = *state;
	json_t *p, *whole;
	const char *text;

	write_big(t, head, OPENING_BIG + sizeof(head), "# Twee\n");
	p = read_opening(t);
	whole = town_get(t, ROLE_LEZER, "page.read",
			 "{'address':'themas/groot'}");
	text = town_text(p, "text");
	assert_string_equal(town_text(p, "title"), "Groot");
	assert_in_range(strlen(text), OPENING_MOST - 100, OPENING_MOST + 100);
	assert_memory_equal(text, town_text(whole, "text"), strlen(text));
	assert_int_equal(town_number(p, "size"),
			 strlen(town_text(whole, "text")));
	assert_int_equal(town_number(p, "headings"), 2);
	assert_null(json_object_get(whole, "size"));
	assert_null(json_object_get(whole, "headings"));
	json_decref(p);
	json_decref(whole);
}

static void
assert_not_cut(struct town *t)
{
	json_t *p = read_opening(t);

	assert_null(json_object_get(p, "size"));
	assert_true(strlen(town_text(p, "text")) >= OPENING_BIG - 20);
	json_decref(p);
}

static void
test_handle_page__read_gives_all_where_a_part_will_not_do(void **state)
{
	struct town *t = *state;

	write_big(t, "", OPENING_BIG - 20, "");
	assert_not_cut(t);
	write_big(t, "Zie [1].\n\n", OPENING_BIG, "[1]: themas/x\n");
	assert_not_cut(t);
}

static void
test_handle_page__list_filters(void **state)
{
	static const struct {
		const char *params;
		size_t n;
	} rows[] = {
		{ "{}", TOWN_FILES },
		{ "{'folder':'themas'}", 1 },
		{ "{'folder':'themas/'}", 1 },
		{ "{'folder':'them'}", 0 },
		{ "{'kind':'vraagstuk'}", 1 },
		{ "{'kind':'vraag'}", 0 },
		{ "{'status':'open'}", 1 },
		{ "{'status':'concept'}", TOWN_FILES },
		{ "{'folder':'themas','kind':'vraagstuk'}", 0 },
	};
	struct town *t = *state;
	json_t *list;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		list = town_get(t, ROLE_LEZER, "page.list", rows[i].params);
		if (count_rows(list) != rows[i].n)
			fail_msg("%s: %zu", rows[i].params, count_rows(list));
		json_decref(list);
	}
	list = town_get(t, ROLE_LEZER, "page.list", "{'folder':'themas'}");
	assert_string_equal(town_text(row_of(list, 0), "address"), TOWN_HERE);
	assert_int_equal(town_number(row_of(list, 0), "version"), 1);
	assert_string_equal(town_text(row_of(list, 0), "handle"), "git.zelf");
	json_decref(list);
}

static void
test_handle_page__titles_name_every_page(void **state)
{
	struct town *t = *state;
	json_t *all = town_get(t, ROLE_LEZER, "page.titles", "{}");

	assert_int_equal(count_rows(all), TOWN_FILES);
	assert_string_equal(town_text(row_of(all, 2), "address"), "index");
	assert_string_equal(town_text(row_of(all, 2), "title"), "Begin");
	assert_string_equal(town_text(row_of(all, 5), "title"), "Hoe dan?");
	json_decref(all);
}

static void
test_handle_page__resolve_knows_titles_and_former_names(void **state)
{
	static const struct {
		const char *name;
		bool moved;
	} rows[] = {
		{ "themas/common-ground", false },
		{ "themas/oude-naam", true },
		{ "Common Ground", false },
		{ "common ground", false },
	};
	struct town *t = *state;
	char params[100];
	json_t *r;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		(void)snprintf(params, sizeof(params), "{'name':'%s'}",
			       rows[i].name);
		r = town_get(t, ROLE_LEZER, "page.resolve", params);
		assert_string_equal(town_text(r, "address"), TOWN_HERE);
		assert_int_equal(json_is_true(json_object_get(r, "moved")),
				 rows[i].moved);
		json_decref(r);
	}
}

static void
test_handle_page__tree_is_in_preorder(void **state)
{
	static const char *const want[] = { "doelstellingen/kansen",
					    "hoofdonderwerpen/data", TOWN_HERE,
					    "vraagstukken/hoe" };
	struct town *t = *state;
	json_t *tree = town_get(t, ROLE_LEZER, "agenda.tree", "{}");
	size_t i;

	assert_true(count_rows(tree) >= 4);
	for (i = 0; i < 4; i++) {
		assert_string_equal(town_text(row_of(tree, i), "address"),
				    want[i]);
		assert_int_equal(town_number(row_of(tree, i), "depth"), i);
		assert_int_equal(town_number(row_of(tree, i), "below"), 3 - i);
	}
	assert_string_equal(town_text(row_of(tree, 3), "state"), "open");
	json_decref(tree);
}

static void
test_handle_page__tree_can_be_cut(void **state)
{
	struct town *t = *state;
	json_t *tree = town_get(t, ROLE_LEZER, "agenda.tree",
				"{'address':'hoofdonderwerpen/data',"
				"'depth':2}");

	assert_int_equal(count_rows(tree), 2);
	assert_int_equal(town_number(row_of(tree, 0), "depth"), 0);
	assert_int_equal(town_number(row_of(tree, 0), "below"), 2);
	assert_string_equal(town_text(row_of(tree, 1), "address"), TOWN_HERE);
	assert_int_equal(town_number(row_of(tree, 1), "depth"), 1);
	json_decref(tree);
}

static void
test_handle_page__log_is_newest_first_and_limited(void **state)
{
	struct town *t = *state;
	json_t *log;

	json_decref(town_get(t, ROLE_BIJDRAGER, "page.save",
			     "{'address':'index','base':1,'text':'Twee\\n',"
			     "'note':'De tweede'}"));
	log = town_get(t, ROLE_LEZER, "page.log",
		       "{'address':'index','limit':1}");
	assert_int_equal(count_rows(log), 1);
	assert_int_equal(town_number(row_of(log, 0), "version"), 2);
	assert_string_equal(town_text(row_of(log, 0), "note"), "De tweede");
	assert_string_equal(town_text(row_of(log, 0), "handle"), "bijdrager");
	json_decref(log);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, town_setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_handle_page__read_gives_text_and_fields),
		TEST(test_handle_page__read_tells_the_place_in_the_agenda),
		TEST(test_handle_page__read_finds_versions),
		TEST(test_handle_page__what_is_not_there_is_not_found),
		TEST(test_handle_page__a_page_that_is_gone_keeps_its_history),
		TEST(test_handle_page__read_gives_the_opening_of_a_big_text),
		TEST(test_handle_page__read_gives_all_where_a_part_will_not_do),
		TEST(test_handle_page__list_filters),
		TEST(test_handle_page__titles_name_every_page),
		TEST(test_handle_page__resolve_knows_titles_and_former_names),
		TEST(test_handle_page__tree_is_in_preorder),
		TEST(test_handle_page__tree_can_be_cut),
		TEST(test_handle_page__log_is_newest_first_and_limited),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
