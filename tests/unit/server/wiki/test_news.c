/* What a person has read, and what is new for them. */
#include "talk.h"

#include "state/marks.h"

static void
visit(struct town *t, enum role role)
{
	json_decref(town_get(t, role, "mark.visit", "{}"));
}

static void
save(struct town *t, enum role role, const char *address, int base)
{
	char params[120];

	(void)snprintf(params, sizeof(params),
		       "{'address':'%s','base':%d,'text':'t %d','note':'n%d'}",
		       address, base, base, base);
	json_decref(town_get(t, role, "page.save", params));
}

static void
read_page(struct town *t, enum role role, const char *address, int version)
{
	char params[120];

	(void)snprintf(params, sizeof(params), "{'address':'%s','version':%d}",
		       address, version);
	json_decref(town_get(t, role, "mark.read", params));
}

/* "index changed 3 seen 2; …" */
static void
expect_since(struct town *t, enum role role, const char *params,
	     const char *want)
{
	json_t *answer = town_get(t, role, "news.list", params), *row;
	struct buf said = BUF_INIT;
	size_t i;

	json_array_foreach(json_object_get(answer, "rows"), i, row)
	{
		buf_printf(&said, "%s%s %s %ld", i ? "; " : "",
			   town_text(row, "address"), town_text(row, "state"),
			   town_number(row, "version"));
		if (town_number(row, "seen"))
			buf_printf(&said, " seen %ld",
				   town_number(row, "seen"));
	}
	assert_string_equal(said.ptr, want);
	buf_release(&said);
	json_decref(answer);
}

static void
expect(struct town *t, enum role role, const char *want)
{
	expect_since(t, role, "{}", want);
}

static void
test_news__begins_with_the_first_visit(void **state)
{
	struct town *t = *state;
	json_t *j = town_get(t, ROLE_LEZER, "news.list", "{}");

	assert_true(json_is_null(json_object_get(j, "since")));
	assert_true(json_is_false(json_object_get(j, "more")));
	json_decref(j);
	save(t, ROLE_BIJDRAGER, "index", 1);
	expect(t, ROLE_LEZER, "");
	visit(t, ROLE_LEZER);
	expect(t, ROLE_LEZER, "");
	j = town_get(t, ROLE_LEZER, "news.list", "{}");
	assert_true(town_number(j, "since") > 1600000000);
	json_decref(j);
	save(t, ROLE_BIJDRAGER, "index", 2);
	expect(t, ROLE_LEZER, "index changed 3");
	/* a later visit does not hide what is not read */
	visit(t, ROLE_LEZER);
	expect(t, ROLE_LEZER, "index changed 3");
}

static void
test_news__ends_with_reading(void **state)
{
	struct town *t = *state;

	visit(t, ROLE_LEZER);
	save(t, ROLE_BIJDRAGER, "index", 1);
	save(t, ROLE_BIJDRAGER, TOWN_HERE, 1);
	save(t, ROLE_REDACTEUR, "index", 2);
	expect(t, ROLE_LEZER,
	       "index changed 3; themas/common-ground changed 2");
	read_page(t, ROLE_LEZER, "index", 2);
	expect(t, ROLE_LEZER,
	       "index changed 3 seen 2; themas/common-ground changed 2");
	read_page(t, ROLE_LEZER, "index", 3);
	expect(t, ROLE_LEZER, "themas/common-ground changed 2");
	read_page(t, ROLE_LEZER, TOWN_HERE, 1000);
	expect(t, ROLE_LEZER, "");
	/* a version from the future was no promise for it */
	save(t, ROLE_BIJDRAGER, TOWN_HERE, 2);
	expect(t, ROLE_LEZER, "themas/common-ground changed 3 seen 2");
}

static void
test_news__is_never_ones_own_work(void **state)
{
	struct town *t = *state;

	visit(t, ROLE_BIJDRAGER);
	save(t, ROLE_BIJDRAGER, "index", 1);
	expect(t, ROLE_BIJDRAGER, "");
	save(t, ROLE_REDACTEUR, "index", 2);
	save(t, ROLE_BIJDRAGER, "index", 3);
	expect(t, ROLE_BIJDRAGER, "index changed 3");
}

static void
test_news__tells_who_what_and_why(void **state)
{
	struct town *t = *state;
	json_t *j, *row;

	visit(t, ROLE_LEZER);
	json_decref(town_get(t, ROLE_REDACTEUR, "page.create",
			     "{'address':'themas/nieuw','kind':'thema',"
			     "'title':'Nieuw','note':'eerste'}"));
	j = town_get(t, ROLE_LEZER, "news.list", "{}");
	row = json_array_get(json_object_get(j, "rows"), 0);
	assert_string_equal(town_text(row, "address"), "themas/nieuw");
	assert_string_equal(town_text(row, "title"), "Nieuw");
	assert_string_equal(town_text(row, "kind"), "thema");
	assert_string_equal(town_text(row, "state"), "new");
	assert_string_equal(town_text(row, "handle"), "redacteur");
	assert_string_equal(town_text(row, "note"), "eerste");
	assert_true(town_number(row, "time") > 1600000000);
	json_decref(j);
	/* changed again before it was read: still new */
	save(t, ROLE_BIJDRAGER, "themas/nieuw", 1);
	expect(t, ROLE_LEZER, "themas/nieuw new 2");
}

static void
test_news__all_read_begins_anew(void **state)
{
	struct town *t = *state;

	visit(t, ROLE_LEZER);
	save(t, ROLE_BIJDRAGER, "index", 1);
	json_decref(town_get(t, ROLE_LEZER, "mark.all", "{}"));
	expect(t, ROLE_LEZER, "");
	save(t, ROLE_BIJDRAGER, "index", 2);
	expect(t, ROLE_LEZER, "index changed 3");
}

static void
test_news__all_read_can_be_taken_back(void **state)
{
	struct town *t = *state;
	json_t *before, *back;
	char *params;

	before = town_get(t, ROLE_REDACTEUR, "mark.all", "{}");
	assert_int_equal(json_object_size(before), 0); /* never been here */
	json_decref(before);
	visit(t, ROLE_LEZER);
	save(t, ROLE_BIJDRAGER, "index", 1);
	save(t, ROLE_BIJDRAGER, TOWN_HERE, 1);
	read_page(t, ROLE_LEZER, TOWN_HERE, 2);
	before = town_get(t, ROLE_LEZER, "mark.all", "{}");
	save(t, ROLE_BIJDRAGER, TOWN_HERE, 2);
	expect(t, ROLE_LEZER, "themas/common-ground changed 3 seen 2");
	params = json_dumps(before, 0);
	back = town_get(t, ROLE_LEZER, "mark.all", params);
	assert_true(town_number(back, "since") >= town_number(before, "since"));
	expect(t, ROLE_LEZER,
	       "themas/common-ground changed 3 seen 2; index changed 2");
	free(params);
	json_decref(before);
	json_decref(back);
}

static void
expect_from(struct town *t, long from)
{
	json_t *j = town_get(t, ROLE_LEZER, "news.list", "{}");

	assert_int_equal(
		town_number(json_array_get(json_object_get(j, "rows"), 0),
			    "from"),
		from);
	json_decref(j);
}

static void
test_news__tells_from_which_version_on(void **state)
{
	struct town *t = *state;

	save(t, ROLE_BIJDRAGER, "index", 1);
	visit(t, ROLE_LEZER);
	save(t, ROLE_BIJDRAGER, "index", 2);
	save(t, ROLE_BIJDRAGER, "index", 3);
	expect_from(t, 2);
	read_page(t, ROLE_LEZER, "index", 3);
	expect_from(t, 3);
	json_decref(town_get(t, ROLE_BIJDRAGER, "page.create",
			     "{'address':'themas/nieuw','kind':'thema',"
			     "'title':'Nieuw'}"));
	expect_from(t, 0);
}

static void
test_news__can_be_counted_from_a_date(void **state)
{
	struct town *t = *state;

	save(t, ROLE_BIJDRAGER, "index", 1);
	/* the pages of the town were made in 2023, by Git Zelf */
	expect_since(t, ROLE_LEZER, "{'since':1700000001}", "index changed 2");
	expect_since(t, ROLE_LEZER, "{'since':4000000000}", "");
	read_page(t, ROLE_LEZER, "index", 2);
	expect_since(t, ROLE_LEZER, "{'since':1700000001}", "");
}

/* In one commit, as a push would do it. */
static void
move_page(struct town *t)
{
	struct edit e = { .author_name = "Git Zelf",
			  .author_mail = "git.zelf@stad.example",
			  .service_mail = "plein@stad.example",
			  .when = 1700000000,
			  .message = "Verplaatst\n" };
	static const char text[] =
		"---\ntitel: N\naliassen: [themas/common-ground]\n---\nx\n";
	struct repo_id id;
	struct txn *txn;

	if (txn_begin(&txn, t->desk.repo, &t->err) ||
	    txn_stage(txn, "themas/common-ground.md", NULL, 0, &t->err) ||
	    txn_stage(txn, "themas/n.md", text, strlen(text), &t->err) ||
	    txn_edit(txn, &e, &id, &t->err) || txn_commit(txn, &t->err) ||
	    desk_catch_up(&t->desk, &t->err))
		fail_msg("%s", t->err.msg);
}

static void
test_news__marks_follow_a_page_that_moves(void **state)
{
	struct town *t = *state;

	visit(t, ROLE_LEZER);
	read_page(t, ROLE_LEZER, TOWN_HERE, 1);
	move_page(t);
	expect(t, ROLE_LEZER, "themas/n changed 2 seen 1");
	/* the old name is what an open screen still knows */
	read_page(t, ROLE_LEZER, TOWN_HERE, 2);
	expect(t, ROLE_LEZER, "");
}

static void
test_news__a_page_that_vanished_is_none(void **state)
{
	struct town *t = *state;
	struct repo_id id;

	visit(t, ROLE_LEZER);
	save(t, ROLE_BIJDRAGER, "vraagstukken/hoe", 1);
	town_commit(t->desk.repo, "vraagstukken/hoe.md", NULL, "Weg\n", &id);
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
	expect(t, ROLE_LEZER, "");
	assert_int_equal(town_ask(t, ROLE_LEZER, "mark.read",
				  "{'address':'vraagstukken/hoe','version':1}",
				  NULL),
			 PLEIN_ENOTFOUND);
}

/* The place where counting began is a commit; without it the time counts. */
static void
test_news__survives_another_history(void **state)
{
	struct town *t = *state;

	assert_int_equal(visit_reset(t->desk.state, "agenda", "lezer",
				     4000000000,
				     "0123456789012345678901234567890123456789",
				     &t->err),
			 0);
	expect(t, ROLE_LEZER, "");
}

static void
test_news__the_last_visit_is_told_at_sign_in(void **state)
{
	struct town *t = *state;
	json_t *j = town_get(t, ROLE_LEZER, "session.info", "{}");

	assert_true(json_is_null(json_object_get(j, "visit")));
	json_decref(j);
	visit(t, ROLE_LEZER);
	j = town_get(t, ROLE_LEZER, "session.info", "{}");
	assert_true(town_number(j, "visit") > 1600000000);
	json_decref(j);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, town_setup, town_teardown)

/* The same when it is read in parts of one page, or remark, and so on. */
static json_t *
ask_news(struct town *t, enum role role, const char *params)
{
	json_t *whole = town_get(t, role, "news.list", params), *parts;
	size_t usual = t->desk.news_part;

	t->desk.news_part = 1;
	parts = town_get(t, role, "news.list", params);
	t->desk.news_part = usual;
	assert_true(json_equal(whole, parts));
	json_decref(parts);
	return whole;
}

/* "page other index changed; mention me themas/x beheerder 1 read; …" and the
 * numbers. */
static void
expect_said(struct town *t, enum role role, const char *params,
	    const char *want)
{
	json_t *answer = ask_news(t, role, params), *row;
	struct buf said = BUF_INIT;
	size_t i;

	json_array_foreach(json_object_get(answer, "rows"), i, row)
	{
		buf_printf(&said, "%s%s %s %s", i ? "; " : "",
			   town_text(row, "what"), town_text(row, "concern"),
			   town_text(row, "address"));
		if (json_object_get(row, "thread"))
			buf_printf(&said, " %s %ld", town_text(row, "handle"),
				   town_number(row, "remarks"));
		if (json_is_false(json_object_get(row, "unread")))
			buf_str(&said, " read");
	}
	buf_printf(&said, ": %ld %ld %ld", town_number(answer, "pages"),
		   town_number(answer, "remarks"),
		   town_number(answer, "mentions"));
	assert_string_equal(said.ptr, want);
	buf_release(&said);
	json_decref(answer);
}

static void
say(struct town *t, enum role role, const char *thread, const char *text)
{
	json_decref(get(t, role, "remark.add", "{'thread':'%s','text':'%s'}",
			thread, text));
}

/* A thread of old, answers in it, a new one, and two pages. */
static char *
fill_news(struct town *t)
{
	char *thread = fill(t), *two = name_of(t, thread, "2");

	visit(t, ROLE_REDACTEUR); /* named before: all of that was seen */
	json_decref(town_get(t, ROLE_REDACTEUR, "mark.all", "{}"));
	visit(t, ROLE_LEZER);
	json_decref(get(t, ROLE_BIJDRAGER, "remark.add",
			"{'thread':'%s','text':'Ja.','reply':'%s'}", thread,
			two));
	say(t, ROLE_BIJDRAGER, thread, "Dat weet @lezer.");
	say(t, ROLE_BIJDRAGER, thread, "En dit.");
	say(t, ROLE_BEHEERDER, thread, "En dat.");
	json_decref(town_get(t, ROLE_BIJDRAGER, "thread.start",
			     "{'address':'index','title':'T','text':'x'}"));
	save(t, ROLE_BIJDRAGER, "index", 1);
	save(t, ROLE_BIJDRAGER, TOWN_HERE, 1);
	free(two);
	return thread;
}

static void
test_news__said_to_everybody_something_else(void **state)
{
	struct town *t = *state;
	char *thread = fill_news(t);

	expect_said(t, ROLE_REDACTEUR, "{'said':true}",
		    "reply me " TOWN_HERE " bijdrager 1; "
		    "remark followed " TOWN_HERE " beheerder 3; "
		    "page other " TOWN_HERE "; page other index; "
		    "thread other index bijdrager 1: 2 5 0");
	expect_said(t, ROLE_LEZER, "{'said':true}",
		    "mention me " TOWN_HERE " bijdrager 1; "
		    "page other " TOWN_HERE "; page other index; "
		    "thread other index bijdrager 1; "
		    "remark other " TOWN_HERE " beheerder 3: 2 4 1");
	free(thread);
}

static void
test_news__what_was_read_comes_last_or_not(void **state)
{
	struct town *t = *state;
	char *thread = fill_news(t);

	json_decref(
		get(t, ROLE_LEZER, "thread.seen", "{'thread':'%s'}", thread));
	read_page(t, ROLE_LEZER, "index", 2);
	say(t, ROLE_BIJDRAGER, thread, "Nog iets.");
	expect_said(t, ROLE_LEZER, "{'said':true}",
		    "remark other " TOWN_HERE " bijdrager 1; "
		    "page other " TOWN_HERE "; "
		    "thread other index bijdrager 1: 1 2 0");
	expect_said(t, ROLE_LEZER, "{'said':true,'read':true}",
		    "remark other " TOWN_HERE " bijdrager 1; "
		    "page other " TOWN_HERE "; "
		    "thread other index bijdrager 1; "
		    "mention me " TOWN_HERE " bijdrager 1 read; "
		    "page other index read; "
		    "remark other " TOWN_HERE " beheerder 3 read: 1 2 0");
	/* since another moment: what was there before the visit was read */
	expect_said(t, ROLE_LEZER, "{'said':true,'read':true,'since':1}",
		    "remark other " TOWN_HERE " bijdrager 1; "
		    "page other " TOWN_HERE "; "
		    "thread other index bijdrager 1; "
		    "mention me " TOWN_HERE " bijdrager 1 read; "
		    "page other index read; "
		    "thread other " TOWN_HERE " beheerder 7 read; "
		    "page other vraagstukken/hoe read; "
		    "page other sjablonen/thema read; "
		    "page other hoofdonderwerpen/data read; "
		    "page other doelstellingen/kansen read: 1 2 0");
	free(thread);
}

/* Who is named by a change is told, though the remark is of before. */
static void
test_news__a_change_that_names_somebody_is_news(void **state)
{
	struct town *t = *state;
	char *thread = fill(t), *one = name_of(t, thread, "1");
	json_t *answer, *row;

	visit(t, ROLE_LEZER);
	expect_said(t, ROLE_LEZER, "{'said':true}", ": 0 0 0");
	json_decref(get(t, ROLE_BIJDRAGER, "remark.edit",
			"{'remark':'%s','text':'Vraag het @lezer.'}", one));
	say(t, ROLE_BIJDRAGER, thread, "Dat weet @lezer.");
	expect_said(t, ROLE_LEZER, "{'said':true}",
		    "mention me " TOWN_HERE
		    " bijdrager 1; mention me " TOWN_HERE
		    " bijdrager 1: 0 0 2");
	answer = town_get(t, ROLE_LEZER, "news.list", "{'said':true}");
	row = json_array_get(json_object_get(answer, "rows"), 1);
	assert_string_equal(town_text(row, "remark"), one);
	assert_true(json_is_true(json_object_get(row, "late")));
	assert_string_equal(town_text(row, "text"), "Vraag het @lezer.\n");
	json_decref(answer);
	json_decref(get(t, ROLE_LEZER, "thread.seen",
			"{'thread':'%s','remark':'%s'}", thread, one));
	expect_said(t, ROLE_LEZER, "{'said':true}",
		    "mention me " TOWN_HERE " bijdrager 1: 0 0 1");
	expect_said(t, ROLE_LEZER, "{'said':true,'read':true}",
		    "mention me " TOWN_HERE
		    " bijdrager 1; mention me " TOWN_HERE
		    " bijdrager 1 read: 0 0 1");
	json_decref(town_get(t, ROLE_LEZER, "mark.all", "{}"));
	expect_said(t, ROLE_LEZER, "{'said':true}", ": 0 0 0");
	free(one);
	free(thread);
}

static void
test_news__goes_on_where_it_was_cut(void **state)
{
	struct town *t = *state;
	char *thread = fill_news(t);

	expect_said(t, ROLE_LEZER, "{'said':true,'after':3}",
		    "thread other index bijdrager 1; "
		    "remark other " TOWN_HERE " beheerder 3: 2 4 1");
	expect_said(t, ROLE_LEZER, "{'said':true,'after':50}", ": 2 4 1");
	free(thread);
}

static void
test_news__is_narrowed_to_what_is_asked_for(void **state)
{
	struct town *t = *state;
	char *thread = fill_news(t);

	expect_said(t, ROLE_LEZER, "{'said':true,'only':'pages'}",
		    "page other " TOWN_HERE "; page other index: 2 0 0");
	expect_said(t, ROLE_LEZER, "{'said':true,'only':'said'}",
		    "mention me " TOWN_HERE " bijdrager 1; "
		    "thread other index bijdrager 1; "
		    "remark other " TOWN_HERE " beheerder 3: 0 4 1");
	expect_said(t, ROLE_LEZER, "{'said':true,'folder':'themas/'}",
		    "mention me " TOWN_HERE " bijdrager 1; "
		    "page other " TOWN_HERE "; "
		    "remark other " TOWN_HERE " beheerder 3: 1 3 1");
	expect_said(t, ROLE_LEZER, "{'said':true,'handle':'beheerder'}",
		    "remark other " TOWN_HERE " beheerder 1: 0 1 0");
	expect_said(t, ROLE_LEZER, "{'said':true,'folder':'them'}", ": 0 0 0");
	refuse(t, ROLE_LEZER, PLEIN_EUSAGE, "news.list",
	       "{'said':true,'only':'x'}");
	free(thread);
}

static void
test_news__what_is_muted_is_none(void **state)
{
	struct town *t = *state;
	char *thread = fill_news(t);

	json_decref(get(t, ROLE_LEZER, "follow.set",
			"{'address':'" TOWN_HERE "','follow':'muted'}"));
	expect_said(t, ROLE_LEZER, "{'said':true}",
		    "mention me " TOWN_HERE " bijdrager 1; page other index; "
		    "thread other index bijdrager 1: 1 1 1");
	json_decref(get(t, ROLE_LEZER, "follow.set",
			"{'address':'index','follow':'yes'}"));
	expect_said(t, ROLE_LEZER, "{'said':true}",
		    "mention me " TOWN_HERE " bijdrager 1; "
		    "page followed index; "
		    "thread followed index bijdrager 1: 1 1 1");
	free(thread);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_news__begins_with_the_first_visit),
		TEST(test_news__ends_with_reading),
		TEST(test_news__is_never_ones_own_work),
		TEST(test_news__tells_who_what_and_why),
		TEST(test_news__all_read_begins_anew),
		TEST(test_news__all_read_can_be_taken_back),
		TEST(test_news__tells_from_which_version_on),
		TEST(test_news__can_be_counted_from_a_date),
		TEST(test_news__marks_follow_a_page_that_moves),
		TEST(test_news__a_page_that_vanished_is_none),
		TEST(test_news__survives_another_history),
		TEST(test_news__the_last_visit_is_told_at_sign_in),
		TEST(test_news__said_to_everybody_something_else),
		TEST(test_news__is_narrowed_to_what_is_asked_for),
		TEST(test_news__what_was_read_comes_last_or_not),
		TEST(test_news__a_change_that_names_somebody_is_news),
		TEST(test_news__goes_on_where_it_was_cut),
		TEST(test_news__what_is_muted_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
