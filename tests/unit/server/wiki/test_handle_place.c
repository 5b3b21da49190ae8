/* Moving, deleting and restoring pages. */
#include "town.h"

#include "plein/path.h"

#define MOVED "themas/gemeenschappelijk"

static void
put_file(struct town *t, const char *path, const char *text)
{
	struct repo_id id;

	town_commit(t->desk.repo, path, text, "Stap\n", &id);
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
}

/* The file as it is on main; NULL: there is none. */
static void
assert_file(struct town *t, const char *path, const char *want)
{
	struct buf text = BUF_INIT;
	struct repo_id tip;
	int rc;

	assert_int_equal(repo_ref_read(t->desk.repo, &tip, &t->err), 0);
	rc = snap_read(t->desk.repo, &tip, path, &text, NULL, &t->err);
	if (want) {
		assert_int_equal(rc, 0);
		assert_string_equal(text.ptr, want);
	} else {
		assert_int_equal(rc, PLEIN_ENOTFOUND);
	}
	buf_release(&text);
}

static void
ask(struct town *t, const char *method, const char *params)
{
	json_decref(town_get(t, ROLE_REDACTEUR, method, params));
}

static void
refuse(struct town *t, const char *method, const char *params, int code)
{
	assert_int_equal(town_ask(t, ROLE_REDACTEUR, method, params, NULL),
			 code);
}

static void
test_handle_place__a_moved_page_keeps_all_it_has(void **state)
{
	struct town *t = *state;
	json_t *answer;

	put_file(t, "bijlagen/" TOWN_HERE "/plaat.png", "PNG");
	put_file(t,
		 "bespreking/" TOWN_HERE
		 "/abc123/20260301T120000Z-ada-0a1b2c.md",
		 "Goed.\n");
	put_file(t, TOWN_HERE ".md",
		 "---\ntitel: Common Ground # naam\neigen: x\n"
		 "aliassen: [themas/oude-naam]\n---\n"
		 "![p](../bijlagen/" TOWN_HERE "/plaat.png)\n");
	answer = town_get(t, ROLE_BIJDRAGER, "page.rename",
			  "{'address':'" TOWN_HERE "','to':'" MOVED
			  "','note':'korter'}");
	assert_string_equal(town_text(answer, "address"), MOVED);
	assert_string_equal(town_text(answer, "from"), TOWN_HERE);
	assert_int_equal(town_number(answer, "version"), 3);
	json_decref(answer);
	assert_file(t, TOWN_HERE ".md", NULL);
	assert_file(t, MOVED ".md",
		    "---\ntitel: Common Ground # naam\neigen: x\n"
		    "aliassen: [themas/oude-naam, " TOWN_HERE "]\n---\n"
		    "![p](../bijlagen/" MOVED "/plaat.png)\n");
	assert_file(t, "bijlagen/" TOWN_HERE "/plaat.png", NULL);
	assert_file(t, "bijlagen/" MOVED "/plaat.png", "PNG");
	assert_file(
		t, "bespreking/" MOVED "/abc123/20260301T120000Z-ada-0a1b2c.md",
		"Goed.\n");
}

/* The address of one begins as that of another. */
static void
test_handle_place__a_moved_page_takes_nothing_of_another(void **state)
{
	static const char said[] = "bespreking/themas/2026/zaak/abc123/"
				   "20260301T120000Z-ada-0a1b2c.md";
	struct town *t = *state;

	put_file(t, "themas/2026.md",
		 "---\ntitel: "
		 "Jaar\n---\n![p](../bijlagen/themas/2026/plaat.png) "
		 "![z](../bijlagen/themas/2026/zaak/plaat.png)\n");
	put_file(t, "themas/2026/zaak/index.md", "Zaak.\n");
	put_file(t, said, "Goed.\n");
	put_file(t, "bijlagen/themas/2026/zaak/plaat.png", "PNG");
	put_file(t, "bijlagen/themas/2026/plaat.png", "PNG");
	ask(t, "page.rename", "{'address':'themas/2026','to':'themas/2027'}");
	assert_file(t, "themas/2027.md",
		    "---\ntitel: Jaar\naliassen: [themas/2026]\n---\n"
		    "![p](../bijlagen/themas/2027/plaat.png) "
		    "![z](../bijlagen/themas/2026/zaak/plaat.png)\n");
	assert_file(t, said, "Goed.\n");
	assert_file(t, "bijlagen/themas/2026/zaak/plaat.png", "PNG");
	assert_file(t, "bijlagen/themas/2027/plaat.png", "PNG");
	assert_file(t, "bijlagen/themas/2027/zaak/plaat.png", NULL);
}

static void
test_handle_place__old_names_lead_on_and_history_follows(void **state)
{
	struct town *t = *state;
	json_t *answer;

	ask(t, "page.rename", "{'address':'" TOWN_HERE "','to':'" MOVED "'}");
	answer = town_get(t, ROLE_LEZER, "page.resolve",
			  "{'name':'" TOWN_HERE "'}");
	assert_string_equal(town_text(answer, "address"), MOVED);
	json_decref(answer);
	answer = town_get(t, ROLE_LEZER, "page.log", "{'address':'" MOVED "'}");
	assert_int_equal(json_array_size(json_object_get(answer, "rows")), 2);
	json_decref(answer);
	/* a name that leads on is taken; and the page may come back */
	refuse(t, "page.create",
	       "{'address':'" TOWN_HERE "','kind':'thema','title':'T'}",
	       PLEIN_EEXISTS);
	assert_string_equal(town_text(t->args, "address"), MOVED);
	ask(t, "page.rename", "{'address':'" MOVED "','to':'" TOWN_HERE "'}");
	answer = town_get(t, ROLE_LEZER, "page.read",
			  "{'address':'" TOWN_HERE "'}");
	assert_int_equal(town_number(answer, "version"), 3);
	json_decref(answer);
}

static void
test_handle_place__in_another_folder_it_is_of_that_kind(void **state)
{
	struct town *t = *state;
	json_t *page;

	ask(t, "page.rename",
	    "{'address':'" TOWN_HERE "','to':'begrippen/cg'}");
	page = town_get(t, ROLE_LEZER, "page.read",
			"{'address':'begrippen/cg'}");
	assert_string_equal(town_text(page, "kind"), "begrip");
	assert_string_equal(town_text(page, "title"), "Common Ground");
	json_decref(page);
}

static void
test_handle_place__what_cannot_move_is_refused(void **state)
{
	struct town *t = *state;

	refuse(t, "page.rename", "{'address':'index','to':'themas/i'}",
	       PLEIN_ERULE);
	assert_string_equal(t->err.rule, "start");
	refuse(t, "page.rename",
	       "{'address':'" TOWN_HERE "','to':'vraagstukken/hoe'}",
	       PLEIN_EEXISTS);
	refuse(t, "page.rename",
	       "{'address':'" TOWN_HERE "','to':'" TOWN_HERE "'}", PLEIN_ESAME);
	refuse(t, "page.rename", "{'address':'themas/x','to':'themas/y'}",
	       PLEIN_ENOTFOUND);
	refuse(t, "page.rename",
	       "{'address':'" TOWN_HERE "','to':'themas/../x'}", PLEIN_ERULE);
	put_file(t, TOWN_HERE ".md", "---\n{titel: x}\n---\ntekst\n");
	refuse(t, "page.rename", "{'address':'" TOWN_HERE "','to':'" MOVED "'}",
	       PLEIN_ERULE);
}

static void
test_handle_place__an_edit_of_a_moved_page_follows_it(void **state)
{
	struct town *t = *state;
	json_t *answer;

	ask(t, "page.rename", "{'address':'" TOWN_HERE "','to':'" MOVED "'}");
	answer = town_get(t, ROLE_BIJDRAGER, "page.save",
			  "{'address':'" TOWN_HERE "','base':1,'text':"
			  "'---\\ntitel: Common Ground\\ntype: thema\\n"
			  "hoort_bij: [hoofdonderwerpen/data, themas/weg]\\n"
			  "aliassen: [themas/oude-naam]\\n---\\nAnders.\\n'}");
	assert_string_equal(town_text(answer, "address"), MOVED);
	assert_int_equal(town_number(answer, "version"), 3);
	json_decref(answer);
}

static void
test_handle_place__delete_and_restore_count_on(void **state)
{
	struct town *t = *state;
	json_t *answer;

	ask(t, "page.delete", "{'address':'" TOWN_HERE "','base':1}");
	assert_file(t, TOWN_HERE ".md", NULL);
	refuse(t, "page.delete", "{'address':'" TOWN_HERE "'}",
	       PLEIN_ENOTFOUND);
	assert_int_equal(town_number(t->args, "gone"), 2);
	answer = town_get(t, ROLE_BIJDRAGER, "page.restore",
			  "{'address':'" TOWN_HERE "'}");
	assert_int_equal(town_number(answer, "version"), 3);
	json_decref(answer);
	assert_file(t, TOWN_HERE ".md", town_files[4].text);
	refuse(t, "page.restore", "{'address':'" TOWN_HERE "'}", PLEIN_EEXISTS);
	refuse(t, "page.restore", "{'address':'themas/x'}", PLEIN_ENOTFOUND);
	refuse(t, "page.delete", "{'address':'index'}", PLEIN_ERULE);
	assert_string_equal(t->err.rule, "start");
}

static void
test_handle_place__a_delete_does_not_run_over_an_unseen_edit(void **state)
{
	struct town *t = *state;

	ask(t, "page.save", "{'address':'index','base':1,'text':'x\\n'}");
	ask(t, "page.save",
	    "{'address':'" TOWN_HERE "','base':1,'text':'x\\n'}");
	refuse(t, "page.delete", "{'address':'" TOWN_HERE "','base':1}",
	       PLEIN_ECONFLICT);
	assert_int_equal(town_number(t->args, "version"), 2);
	ask(t, "page.delete", "{'address':'" TOWN_HERE "','base':2}");
}

static void
test_handle_place__a_moved_page_is_not_restored_twice(void **state)
{
	struct town *t = *state;

	ask(t, "page.rename", "{'address':'" TOWN_HERE "','to':'" MOVED "'}");
	refuse(t, "page.restore", "{'address':'" TOWN_HERE "'}", PLEIN_EEXISTS);
}

static void
test_handle_place__a_repeated_request_is_done_once(void **state)
{
	static const char *const asked[][2] = {
		{ "page.rename", "{'address':'" TOWN_HERE "','to':'" MOVED
				 "','request':'a1'}" },
		{ "page.delete", "{'address':'" MOVED "','request':'a2'}" },
		{ "page.restore", "{'address':'" MOVED "','request':'a3'}" },
	};
	struct town *t = *state;
	json_t *first, *second;
	size_t i;

	for (i = 0; i < sizeof(asked) / sizeof(asked[0]); i++) {
		first = town_get(t, ROLE_REDACTEUR, asked[i][0], asked[i][1]);
		second = town_get(t, ROLE_REDACTEUR, asked[i][0], asked[i][1]);
		assert_true(json_equal(first, second));
		json_decref(first);
		json_decref(second);
	}
}

static void
test_handle_place__a_new_page_begins_as_its_template(void **state)
{
	struct town *t = *state;

	ask(t, "page.create",
	    "{'address':'themas/nieuw','kind':'thema','title':'Nieuw'}");
	assert_file(t, "themas/nieuw.md",
		    "---\ntype: thema\ntitel: \"Nieuw\"\n---\nVul in.\n");
	ask(t, "page.create",
	    "{'address':'begrippen/x','kind':'begrip','title':'X'}");
	assert_file(t, "begrippen/x.md",
		    "---\ntitel: \"X\"\ntype: begrip\nstatus: concept\n"
		    "---\n");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, town_setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_handle_place__a_moved_page_keeps_all_it_has),
		TEST(test_handle_place__a_moved_page_takes_nothing_of_another),
		TEST(test_handle_place__old_names_lead_on_and_history_follows),
		TEST(test_handle_place__in_another_folder_it_is_of_that_kind),
		TEST(test_handle_place__what_cannot_move_is_refused),
		TEST(test_handle_place__an_edit_of_a_moved_page_follows_it),
		TEST(test_handle_place__delete_and_restore_count_on),
		TEST(test_handle_place__a_delete_does_not_run_over_an_unseen_edit),
		TEST(test_handle_place__a_moved_page_is_not_restored_twice),
		TEST(test_handle_place__a_repeated_request_is_done_once),
		TEST(test_handle_place__a_new_page_begins_as_its_template),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
