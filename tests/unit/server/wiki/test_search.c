/* Finding pages, by words and by fields. */
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
	put_page(t, "themas/inclusie.md",
		 "---\ntitel: Digitale inclusie\ntype: thema\n"
		 "status: ter-bespreking\ntrefwoorden: [Meedoen, taal]\n"
		 "eigenaar: griffie\n---\nIedereen doet mee. Café-overleg.\n");
	put_page(t, "vraagstukken/mee.md",
		 "---\ntitel: Blijven meedoen\ntype: vraagstuk\nstand: open\n"
		 "---\nWat vraagt inclusie van ons, en van de open bron?\n");
	put_page(t, "begrippen/cafe.md",
		 "---\ntitel: Koffie\ntype: begrip\n---\nGeen café.\n");
	return desk_catch_up(&t->desk, &t->err);
}

/* Addresses in order, separated by blanks. */
static void
assert_found(struct town *t, const char *query, const char *want)
{
	json_t *params = json_pack("{s:s}", "query", query), *rows, *row;
	struct buf got = BUF_INIT;
	struct call c;
	size_t i;

	call_init(&c, t->roles[ROLE_LEZER], params);
	if (desk_call(&t->desk, "search.pages", &c))
		fail_msg("%s: %s", query, c.err.msg);
	rows = json_object_get(c.result, "rows");
	json_array_foreach(rows, i, row) buf_printf(&got, "%s%s", i ? " " : "",
						    town_text(row, "address"));
	assert_string_equal(got.ptr, want);
	buf_release(&got);
	call_release(&c);
}

static void
test_search__titles_count_most(void **state)
{
	assert_found(*state, "inclusie", "themas/inclusie vraagstukken/mee");
	assert_found(*state, "meedoen", "vraagstukken/mee");
}

static void
test_search__templates_come_last(void **state)
{
	struct town *t = *state;

	put_page(t, "sjablonen/thema.md",
		 "---\ntitel: Inclusie\ntype: thema\n---\nInclusie.\n");
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
	assert_found(t, "inclusie",
		     "themas/inclusie vraagstukken/mee sjablonen/thema");
}

static void
test_search__words_may_begin_and_lack_accents(void **state)
{
	assert_found(*state, "inclu", "themas/inclusie vraagstukken/mee");
	assert_found(*state, "CAFE", "begrippen/cafe themas/inclusie");
	assert_found(*state, "café geen", "begrippen/cafe");
	assert_found(*state, "bestaatniet", "");
}

/* "inclusie 2; …" */
static void
assert_near(struct town *t, const char *query, const char *want)
{
	json_t *params = json_pack("{s:s}", "query", query), *row;
	struct buf got = BUF_INIT;
	struct call c;
	size_t i;

	call_init(&c, t->roles[ROLE_LEZER], params);
	if (desk_call(&t->desk, "search.pages", &c))
		fail_msg("%s: %s", query, c.err.msg);
	buf_str(&got, json_object_get(c.result, "near") ? "" : "-");
	json_array_foreach(json_object_get(c.result, "near"), i, row)
		buf_printf(&got, "%s%s %ld", i ? "; " : "",
			   town_text(row, "word"), town_number(row, "pages"));
	assert_string_equal(got.ptr, want);
	buf_release(&got);
	call_release(&c);
}

static void
test_search__names_words_that_look_like_it(void **state)
{
	struct town *t = *state;

	assert_near(t, "inclusief", "inclusie 2");
	assert_near(t, "INCLÚZIE", "inclusie 2");
	assert_near(t, "inclusie", "-"); /* it is there */
	assert_near(t, "iedereem", "iedereen 1");
	assert_near(t, "xclusie", ""); /* begins otherwise */
	assert_near(t, "inc", "-");
	assert_near(t, "caf\xc3\xa9s", "cafe 2");
	assert_near(t, "cafx", "cafe 2");
	assert_near(t, "bestaat niet", "");
	assert_near(t, "type:thema inclusief", "inclusie 2");
	assert_near(t, "\"inclusief\"", "inclusie 2");
	assert_near(t, "averylongwordthatisinnopageofthewiki", "");
}

static void
test_search__phrases_stay_together(void **state)
{
	assert_found(*state, "\"open bron\"", "vraagstukken/mee");
	assert_found(*state, "\"bron open\"", "");
	assert_found(*state, "bron open", "vraagstukken/mee");
}

static void
test_search__fields_narrow(void **state)
{
	assert_found(*state, "inclusie type:thema", "themas/inclusie");
	assert_found(*state, "type:thema status:ter-bespreking",
		     "themas/inclusie");
	assert_found(*state, "stand:open soort:vraagstuk map:vraagstukken",
		     "vraagstukken/hoe vraagstukken/mee");
	assert_found(*state, "trefwoord:meedoen", "themas/inclusie");
	assert_found(*state, "eigenaar:Griffie inclusie", "themas/inclusie");
	assert_found(*state, "door:git.zelf type:begrip", "begrippen/cafe");
	assert_found(*state, "door:niemand", "");
}

static void
test_search__follows_what_is_saved(void **state)
{
	struct town *t = *state;

	json_decref(town_get(t, ROLE_BIJDRAGER, "page.save",
			     "{'address':'begrippen/cafe','base':1,'text':"
			     "'Thee.\\n'}"));
	assert_found(t, "thee", "begrippen/cafe");
	assert_found(t, "koffie", "");
	put_page(t, "begrippen/cafe.md", NULL);
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
	assert_found(t, "thee", "");
}

static void
test_search__gives_passages_in_parts(void **state)
{
	struct town *t = *state;
	json_t *answer = town_get(t, ROLE_LEZER, "search.pages",
				  "{'query':'inclusie','limit':1,'after':1}");
	json_t *row = json_array_get(json_object_get(answer, "rows"), 0);

	assert_string_equal(town_text(row, "address"), "vraagstukken/mee");
	assert_string_equal(town_text(row, "passage"),
			    "Wat vraagt *inclusie* van ons, en van de open "
			    "bron?\n");
	assert_null(json_object_get(answer, "next"));
	json_decref(answer);
	answer = town_get(t, ROLE_LEZER, "search.pages",
			  "{'query':'inclusie','limit':1}");
	assert_int_equal(town_number(answer, "next"), 1);
	assert_true(json_is_true(json_object_get(answer, "ranked")));
	json_decref(answer);
}

static void
test_search__gives_each_hit_its_own_passage(void **state)
{
	json_t *answer =
		town_get(*state, ROLE_LEZER, "search.pages", "{'query':'caf'}");
	json_t *rows = json_object_get(answer, "rows");

	assert_string_equal(town_text(json_array_get(rows, 0), "passage"),
			    "Geen *café*.\n");
	assert_string_equal(town_text(json_array_get(rows, 1), "passage"),
			    "Iedereen doet mee. *Café*-overleg.\n");
	json_decref(answer);
}

static void
test_search__survives_whatever_is_typed(void **state)
{
	static const char *const typed[] = {
		"\"",	     "* *",
		"a\"b\"c",   "NOT",
		"a NOT",     "(",
		")) OR ((",  "a^b",
		"x:y:z",     "'; --",
		"{title}:x", "NEAR/3",
		"+ - *",     "\\",
		"%_%",	     "type:\"a b\" \"",
		"é\xcc\x81", "\xf0\x9f\x98\x80",
	};
	struct town *t = *state;
	size_t i;

	for (i = 0; i < sizeof(typed) / sizeof(typed[0]); i++) {
		struct call c;
		int rc;

		call_init(&c, t->roles[ROLE_LEZER],
			  json_pack("{s:s}", "query", typed[i]));
		rc = desk_call(&t->desk, "search.pages", &c);
		if (rc && rc != PLEIN_EUSAGE)
			fail_msg("%s: %s", typed[i], c.err.msg);
		call_release(&c);
	}
}

/* "address:version:passage" of the first row, or "". */
static void
assert_old(struct town *t, const char *params, const char *want)
{
	json_t *answer = town_get(t, ROLE_LEZER, "search.pages", params);
	json_t *row = json_array_get(json_object_get(answer, "rows"), 0);
	struct buf got = BUF_INIT;

	if (row)
		buf_printf(&got, "%s:%ld:%s", town_text(row, "address"),
			   town_number(row, "version"),
			   town_text(row, "passage"));
	assert_string_equal(got.ptr, want);
	assert_true(json_is_true(json_object_get(answer, "complete")));
	buf_release(&got);
	json_decref(answer);
}

static void
test_search__finds_texts_that_stand_no_more(void **state)
{
	struct town *t = *state;

	put_page(t, "begrippen/cafe.md", "Thee.\n");
	put_page(t, "begrippen/cafe.md", "Melk.\n");
	put_page(t, "vraagstukken/mee.md", NULL);
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
	assert_int_equal(town_ask(t, ROLE_LEZER, "search.pages",
				  "{'query':'thee','past':true}", NULL),
			 PLEIN_EBUSY);
	town_fill_past(t);
	assert_old(t, "{'query':'thee','past':true}",
		   "begrippen/cafe:2:*Thee*.\n");
	assert_old(t, "{'query':'koffie','past':true}",
		   "begrippen/cafe:1:Geen café.\n");
	assert_old(t, "{'query':'melk','past':true}", "");
	assert_old(t, "{'query':'inclusie type:vraagstuk','past':true}",
		   "vraagstukken/mee:1:Wat vraagt *inclusie* van ons, en van "
		   "de open bron?\n");
	assert_int_equal(town_ask(t, ROLE_LEZER, "search.pages",
				  "{'query':'x door:ada','past':true}", NULL),
			 PLEIN_EUSAGE);
	/* what is saved later is taken in later, without starting over */
	put_page(t, "begrippen/cafe.md", "Water.\n");
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
	town_fill_past(t);
	assert_old(t, "{'query':'melk','past':true}",
		   "begrippen/cafe:3:*Melk*.\n");
}

static void
test_search__finds_what_stood_at_a_moment(void **state)
{
	struct town *t = *state;

	town_fill_past(t);
	assert_old(t, "{'query':'koffie','at':1700000000}",
		   "begrippen/cafe:1:Geen café.\n");
	assert_old(t, "{'query':'koffie','at':1600000000}", "");
}

static void
test_search__starts_over_for_another_history(void **state)
{
	struct town *t = *state;

	town_fill_past(t);
	desk_close(&t->desk);
	assert_int_equal(rename(DATA_PAST, "kept"), 0);
	assert_int_equal(scratch_remove(DATA_SPACES), 0);
	town_fill_repo();
	assert_int_equal(rename("kept", DATA_PAST), 0);
	town_open(t);
	put_page(t, "begrippen/cafe.md", "Soep.\n");
	put_page(t, "begrippen/cafe.md", "Brood.\n");
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
	town_fill_past(t);
	assert_old(t, "{'query':'soep','past':true}",
		   "begrippen/cafe:1:*Soep*.\n");
	assert_old(t, "{'query':'koffie','at':1700000000}", "");
}

/* "address" of a page, "thread title by whom: passage" of a remark; "; "
 * between. */
static void
assert_said(struct town *t, const char *params, const char *want)
{
	json_t *answer = town_get(t, ROLE_LEZER, "search.pages", params), *row;
	struct buf got = BUF_INIT;
	size_t i;

	json_array_foreach(json_object_get(answer, "rows"), i, row)
	{
		while (got.len && got.ptr[got.len - 1] == '\n')
			buf_erase(&got, got.len - 1, 1);
		buf_str(&got, i ? "; " : "");
		if (!json_object_get(row, "thread"))
			buf_str(&got, town_text(row, "address"));
		else
			buf_printf(&got, "%s %s %s by %s: %s",
				   town_text(row, "page"),
				   town_text(row, "status"),
				   town_text(row, "title"),
				   town_text(row, "handle"),
				   town_text(row, "passage"));
	}
	while (got.len && got.ptr[got.len - 1] == '\n')
		buf_erase(&got, got.len - 1, 1);
	assert_string_equal(got.ptr, want);
	buf_release(&got);
	json_decref(answer);
}

static void
test_search__finds_what_was_said(void **state)
{
	struct town *t = *state;
	char *thread = fill(t), *two = name_of(t, thread, "2");

	json_decref(get(t, ROLE_REDACTEUR, "thread.start",
			"{'address':'themas/inclusie','title':'Inclusie nu',"
			"'text':'Wie doet mee?'}"));
	assert_int_equal(desk_settle(&t->desk, &t->err), 0);
	/* pages only, unless it is asked for */
	assert_said(t, "{'query':'bewaren'}", "");
	assert_said(t, "{'query':'bewaren','said':true}",
		    "Common Ground open Wat nu? by redacteur: Let ook op "
		    "*bewaren*.");
	assert_said(t, "{'query':'inclusie','said':true}",
		    "Digitale inclusie open Inclusie nu by redacteur: Wie doet "
		    "mee?; themas/inclusie; vraagstukken/mee");
	/* by fields */
	assert_said(t, "{'query':'type:bespreking inclusie'}",
		    "Digitale inclusie open Inclusie nu by redacteur: Wie doet "
		    "mee?");
	assert_said(t, "{'query':'type:bespreking door:redacteur ook'}",
		    "Common Ground open Wat nu? by redacteur: Let *ook* op "
		    "bewaren.");
	assert_said(t, "{'query':'type:bespreking status:resolved ook'}", "");
	assert_said(t, "{'query':'type:thema inclusie','said':true}",
		    "themas/inclusie");
	assert_said(t, "{'query':'trefwoord:meedoen','said':true}",
		    "themas/inclusie");
	assert_said(t, "{'query':'type:bespreking map:begrippen ook'}", "");
	/* without words the newest first */
	assert_said(t, "{'query':'type:bespreking door:beheerder'}",
		    "Common Ground open Wat nu? by beheerder: ");
	/* not what was taken back */
	json_decref(get(t, ROLE_REDACTEUR, "remark.withdraw", "{'remark':'%s'}",
			two));
	assert_int_equal(desk_settle(&t->desk, &t->err), 0);
	assert_said(t, "{'query':'bewaren','said':true}", "");
	assert_said(t, "{'query':'type:bespreking door:redacteur'}",
		    "Digitale inclusie open Inclusie nu by redacteur: ");
	free(two);
	free(thread);
}

/* Search, lists and threads tell the same of a day. */
static void
test_search__finds_what_was_said_as_of_a_moment(void **state)
{
	struct town *t = *state;
	char *thread = fill(t), *two = name_of(t, thread, "2");
	long then = now_and_later();
	char params[160];

	json_decref(get(t, ROLE_REDACTEUR, "remark.edit",
			"{'remark':'%s','text':'Let op vergeten.'}", two));
	json_decref(get(t, ROLE_BIJDRAGER, "thread.resolve", "{'thread':'%s'}",
			thread));
	json_decref(get(t, ROLE_REDACTEUR, "thread.move",
			"{'thread':'%s','address':'index'}", thread));
	town_fill_past(t);
	(void)snprintf(params, sizeof(params),
		       "{'query':'bewaren','said':true,'at':%ld}", then);
	assert_said(t, params,
		    "Common Ground open Wat nu? by redacteur: Let ook op "
		    "*bewaren*.");
	(void)snprintf(params, sizeof(params), "{'query':'bewaren','at':%ld}",
		       then);
	assert_said(t, params, "");
	(void)snprintf(params, sizeof(params),
		       "{'query':'type:bespreking visie','at':%ld}", then);
	assert_said(t, params, "");
	(void)snprintf(params, sizeof(params),
		       "{'query':'type:bespreking map:themas bewaren',"
		       "'at':%ld}",
		       then);
	assert_said(t, params,
		    "Common Ground open Wat nu? by redacteur: Let ook op "
		    "*bewaren*.");
	/* now it says something else, elsewhere */
	assert_int_equal(desk_settle(&t->desk, &t->err), 0);
	assert_said(t, "{'query':'bewaren','said':true}", "");
	assert_said(t, "{'query':'vergeten','said':true}",
		    "Begin resolved Wat nu? by redacteur: Let op *vergeten*.");
	/* of texts that stand no more there are only pages */
	assert_said(t, "{'query':'bewaren','said':true,'past':true}", "");
	free(two);
	free(thread);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_search__titles_count_most),
		TEST(test_search__templates_come_last),
		TEST(test_search__words_may_begin_and_lack_accents),
		TEST(test_search__names_words_that_look_like_it),
		TEST(test_search__phrases_stay_together),
		TEST(test_search__fields_narrow),
		TEST(test_search__follows_what_is_saved),
		TEST(test_search__gives_passages_in_parts),
		TEST(test_search__gives_each_hit_its_own_passage),
		TEST(test_search__survives_whatever_is_typed),
		TEST(test_search__finds_what_was_said),
		TEST(test_search__finds_texts_that_stand_no_more),
		TEST(test_search__finds_what_stood_at_a_moment),
		TEST(test_search__finds_what_was_said_as_of_a_moment),
		TEST(test_search__starts_over_for_another_history),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
