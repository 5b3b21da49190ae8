/* Drafts over the protocol: whose they are, and what ends them. */
#include "town.h"

#include "state/drafts.h"

#define PUT_HERE "{'address':'" TOWN_HERE "','base':1,'text':'Een begin.\\n'}"
#define HERE "{'address':'" TOWN_HERE "'}"

static void
put(struct town *t, enum role role, const char *params)
{
	json_decref(town_get(t, role, "draft.put", params));
}

static size_t
count_drafts(struct town *t, enum role role)
{
	json_t *j = town_get(t, role, "draft.list", "{}");
	size_t n = json_array_size(json_object_get(j, "rows"));

	json_decref(j);
	return n;
}

static void
test_draft__is_given_back_to_who_put_it(void **state)
{
	struct town *t = *state;
	json_t *j, *row;

	put(t, ROLE_BIJDRAGER, PUT_HERE);
	j = town_get(t, ROLE_BIJDRAGER, "draft.read", HERE);
	assert_string_equal(town_text(j, "text"), "Een begin.\n");
	assert_string_equal(town_text(j, "address"), TOWN_HERE);
	assert_string_equal(town_text(j, "title"), "Common Ground");
	assert_int_equal(town_number(j, "base"), 1);
	assert_int_equal(town_number(j, "latest"), 1);
	assert_int_equal(town_number(j, "size"), 11);
	assert_int_equal(strlen(town_text(j, "commit")), 40);
	assert_true(json_is_null(json_object_get(j, "note")));
	json_decref(j);
	put(t, ROLE_BIJDRAGER,
	    "{'address':'" TOWN_HERE "','base':1,'text':'Een begin.\\n',"
	    "'note':'nog niet af'}");
	j = town_get(t, ROLE_BIJDRAGER, "draft.read", HERE);
	assert_string_equal(town_text(j, "note"), "nog niet af");
	json_decref(j);
	j = town_get(t, ROLE_BIJDRAGER, "draft.list", "{}");
	assert_int_equal(json_array_size(json_object_get(j, "rows")), 1);
	row = json_array_get(json_object_get(j, "rows"), 0);
	assert_string_equal(town_text(row, "title"), "Common Ground");
	assert_null(json_object_get(row, "text"));
	json_decref(j);
	assert_int_equal(count_drafts(t, ROLE_REDACTEUR), 0);
	assert_int_equal(town_ask(t, ROLE_REDACTEUR, "draft.read", HERE, NULL),
			 PLEIN_ENOTFOUND);
}

/* One for each discussion, and one for a new one of a page. */
static void
test_draft__may_be_of_a_remark(void **state)
{
	struct town *t = *state;
	json_t *j;

	put(t, ROLE_BIJDRAGER,
	    "{'address':'bespreking/3f2a9c01b7de','base':0,'text':'Eens.\\n'}");
	put(t, ROLE_BIJDRAGER,
	    "{'address':'bespreking/" TOWN_HERE "','base':0,"
	    "'text':'---\\ntitel: Hoe dan?\\n---\\nEen begin.\\n'}");
	assert_int_equal(count_drafts(t, ROLE_BIJDRAGER), 2);
	j = town_get(t, ROLE_BIJDRAGER, "draft.read",
		     "{'address':'bespreking/3f2a9c01b7de'}");
	assert_string_equal(town_text(j, "text"), "Eens.\n");
	assert_true(json_is_null(json_object_get(j, "title")));
	json_decref(j);
	j = town_get(t, ROLE_BIJDRAGER, "draft.read",
		     "{'address':'bespreking/" TOWN_HERE "'}");
	assert_string_equal(town_text(j, "title"), "Common Ground");
	json_decref(j);
	town_get(t, ROLE_BIJDRAGER, "draft.drop",
		 "{'address':'bespreking/3f2a9c01b7de'}");
	assert_int_equal(count_drafts(t, ROLE_BIJDRAGER), 1);
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "draft.put",
				  "{'address':'bespreking/Geen pagina',"
				  "'base':0,'text':'x'}",
				  NULL),
			 PLEIN_ERULE);
}

static void
test_draft__is_for_who_may_write(void **state)
{
	struct town *t = *state;

	assert_int_equal(town_ask(t, ROLE_LEZER, "draft.put", PUT_HERE, NULL),
			 PLEIN_EDENIED);
	assert_int_equal(count_drafts(t, ROLE_LEZER), 0);
	assert_int_equal(town_ask(t, ROLE_HOST, "draft.put", PUT_HERE, NULL),
			 PLEIN_EDENIED);
	assert_int_equal(town_ask(t, ROLE_HOST, "draft.list", "{}", NULL),
			 PLEIN_EDENIED);
	assert_int_equal(town_ask(t, ROLE_NONE, "draft.list", "{}", NULL),
			 PLEIN_EDENIED);
}

static void
test_draft__needs_an_address_not_a_page(void **state)
{
	struct town *t = *state;
	json_t *j;

	put(t, ROLE_BIJDRAGER,
	    "{'address':'themas/nieuw','base':0,'text':'Nog niets.'}");
	j = town_get(t, ROLE_BIJDRAGER, "draft.read",
		     "{'address':'themas/nieuw'}");
	assert_true(json_is_null(json_object_get(j, "title")));
	assert_true(json_is_null(json_object_get(j, "latest")));
	assert_true(json_is_null(json_object_get(j, "commit")));
	json_decref(j);
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "draft.put",
				  "{'address':'../x','base':0,'text':'x'}",
				  NULL),
			 PLEIN_ERULE);
	/* a version nobody knows: the text is kept all the same */
	put(t, ROLE_BIJDRAGER,
	    "{'address':'" TOWN_HERE "','base':77,'text':'Ver.'}");
	assert_int_equal(count_drafts(t, ROLE_BIJDRAGER), 2);
}

static void
test_draft__goes_when_its_page_is_saved(void **state)
{
	struct town *t = *state;

	put(t, ROLE_BIJDRAGER, PUT_HERE);
	put(t, ROLE_BIJDRAGER, "{'address':'index','base':1,'text':'x'}");
	put(t, ROLE_REDACTEUR, PUT_HERE);
	json_decref(town_get(t, ROLE_BIJDRAGER, "page.save", PUT_HERE));
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "draft.read", HERE, NULL),
			 PLEIN_ENOTFOUND);
	assert_int_equal(count_drafts(t, ROLE_BIJDRAGER), 1);
	assert_int_equal(count_drafts(t, ROLE_REDACTEUR), 1);
}

static void
test_draft__stays_when_saving_is_refused(void **state)
{
	struct town *t = *state;

	put(t, ROLE_BIJDRAGER, PUT_HERE);
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "page.save",
				  "{'address':'" TOWN_HERE
				  "','base':9,'text':'y'}",
				  NULL),
			 PLEIN_ENOTFOUND);
	assert_int_equal(count_drafts(t, ROLE_BIJDRAGER), 1);
}

/* The answer to a save was lost: asked again, it still ends the draft. */
static void
test_draft__goes_when_a_save_is_repeated(void **state)
{
	static const char save[] =
		"{'address':'index','base':1,'text':'x','request':'abc1'}";
	struct town *t = *state;

	json_decref(town_get(t, ROLE_BIJDRAGER, "page.save", save));
	put(t, ROLE_BIJDRAGER, "{'address':'index','base':1,'text':'x'}");
	json_decref(town_get(t, ROLE_BIJDRAGER, "page.save", save));
	assert_int_equal(count_drafts(t, ROLE_BIJDRAGER), 0);
}

static void
test_draft__can_be_dropped(void **state)
{
	struct town *t = *state;

	put(t, ROLE_BIJDRAGER, PUT_HERE);
	json_decref(town_get(t, ROLE_BIJDRAGER, "draft.drop", HERE));
	assert_int_equal(count_drafts(t, ROLE_BIJDRAGER), 0);
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "draft.drop", HERE, NULL),
			 PLEIN_ENOTFOUND);
}

/* As a push moves a page: the old name becomes one of its `aliassen`. */
static void
move_page(struct town *t)
{
	static const struct {
		const char *path, *text;
	} steps[] = {
		{ "themas/nieuw.md", "---\ntitel: Nieuw\ntype: thema\n"
				     "aliassen: [themas/common-ground]\n"
				     "---\nEen visie.\n" },
		{ "themas/common-ground.md", NULL },
	};
	struct repo_id id;
	size_t i;

	assert_int_equal(desk_need_repo(&t->desk, &t->err), 0);
	for (i = 0; i < 2; i++)
		town_commit(t->desk.repo, steps[i].path, steps[i].text,
			    "Verplaatst\n", &id);
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
}

static void
test_draft__follows_a_page_that_moves(void **state)
{
	struct town *t = *state;
	json_t *j, *row;

	put(t, ROLE_BIJDRAGER, PUT_HERE);
	move_page(t);
	j = town_get(t, ROLE_BIJDRAGER, "draft.list", "{}");
	row = json_array_get(json_object_get(j, "rows"), 0);
	assert_string_equal(town_text(row, "address"), "themas/nieuw");
	assert_string_equal(town_text(row, "title"), "Nieuw");
	json_decref(j);
	j = town_get(t, ROLE_BIJDRAGER, "draft.read", HERE);
	assert_string_equal(town_text(j, "text"), "Een begin.\n");
	json_decref(j);
	put(t, ROLE_BIJDRAGER,
	    "{'address':'themas/nieuw','base':1,'text':'Verder.\\n'}");
	assert_int_equal(count_drafts(t, ROLE_BIJDRAGER), 1);
	j = town_get(t, ROLE_BIJDRAGER, "draft.read", HERE);
	assert_string_equal(town_text(j, "text"), "Verder.\n");
	json_decref(j);
	/* an editor that was open still knows the old name */
	put(t, ROLE_BIJDRAGER, PUT_HERE);
	assert_int_equal(count_drafts(t, ROLE_BIJDRAGER), 1);
	json_decref(town_get(t, ROLE_BIJDRAGER, "page.save",
			     "{'address':'themas/nieuw','base':1,"
			     "'text':'---\\ntitel: Nieuw\\naliassen: "
			     "[themas/common-ground]\\n---\\nx\\n'}"));
	assert_int_equal(count_drafts(t, ROLE_BIJDRAGER), 0);
}

static void
test_draft__needs_no_index(void **state)
{
	struct town *t = *state;
	json_t *j;

	put(t, ROLE_BIJDRAGER, PUT_HERE);
	index_close(t->desk.index);
	t->desk.index = NULL;
	t->desk.writer = false;
	town_write(DATA_INDEX, "rommel");
	(void)unlink(DATA_INDEX "-wal"); /* often it is gone */
	j = town_get(t, ROLE_BIJDRAGER, "draft.read", HERE);
	assert_string_equal(town_text(j, "text"), "Een begin.\n");
	json_decref(j);
	assert_int_equal(count_drafts(t, ROLE_BIJDRAGER), 1);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, town_setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_draft__is_given_back_to_who_put_it),
		TEST(test_draft__is_for_who_may_write),
		TEST(test_draft__may_be_of_a_remark),
		TEST(test_draft__needs_an_address_not_a_page),
		TEST(test_draft__goes_when_its_page_is_saved),
		TEST(test_draft__stays_when_saving_is_refused),
		TEST(test_draft__goes_when_a_save_is_repeated),
		TEST(test_draft__can_be_dropped),
		TEST(test_draft__follows_a_page_that_moves),
		TEST(test_draft__needs_no_index),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
