/* What a person has not read of what was said, and what they follow. */
#include "talk.h"

#include "plein/remark.h"
#include "state/marks.h"

static void
visit(struct town *t, enum role role)
{
	json_decref(town_get(t, role, "mark.visit", "{}"));
}

static void
add(struct town *t, enum role role, const char *thread, const char *text)
{
	json_decref(get(t, role, "remark.add", "{'thread':'%s','text':'%s'}",
			thread, text));
}

static void
see(struct town *t, enum role role, const char *thread, const char *number)
{
	char *name = number ? name_of(t, thread, number) : NULL;

	if (name)
		json_decref(get(t, role, "thread.seen",
				"{'thread':'%s','remark':'%s'}", thread, name));
	else
		json_decref(
			get(t, role, "thread.seen", "{'thread':'%s'}", thread));
	free(name);
}

static void
follow(struct town *t, enum role role, const char *key, const char *what,
       const char *how)
{
	json_decref(get(t, role, "follow.set", "{'%s':'%s','follow':'%s'}", key,
			what, how));
}

/* The numbers of the remarks that are new, and what the head says: "2 3: 2
 * yes". */
static void
expect(struct town *t, enum role role, const char *thread, const char *want)
{
	json_t *answer = get(t, role, "thread.read", "{'thread':'%s'}", thread);
	const json_t *head = json_object_get(answer, "head"), *row;
	struct buf told = BUF_INIT;
	size_t i;

	json_array_foreach(json_object_get(answer, "rows"), i, row)
	{
		if (json_is_true(json_object_get(row, "new")))
			buf_printf(&told, "%s ", town_text(row, "number"));
	}
	buf_printf(&told, ": %ld %s", town_number(head, "new"),
		   town_text(head, "follow"));
	assert_string_equal(told.ptr, want);
	buf_release(&told);
	json_decref(answer);
}

/* In the row of a method that is about this page; -1 without such a row. */
static long
count_in(struct town *t, enum role role, const char *method, const char *params,
	 const char *address)
{
	json_t *answer = town_get(t, role, method, params);
	const json_t *row;
	long n = -1;
	size_t i;

	json_array_foreach(json_object_get(answer, "rows"), i, row)
	{
		const json_t *pages = json_object_get(row, "pages");
		const char *at;

		if (pages)
			row = json_array_get(pages, 0);
		at = json_string_value(json_object_get(row, "address"));
		if (at && strcmp(at, address) == 0)
			n = json_object_get(row, "new")
				    ? town_number(row, "new")
				    : 0;
	}
	json_decref(answer);
	return n;
}

static long
count(struct town *t, enum role role)
{
	return count_in(t, role, "page.list", "{}", TOWN_HERE);
}

static void
test_unread__is_what_others_said_since_the_first_visit(void **state)
{
	struct town *t = *state;
	char *thread = fill(t), *one;

	expect(t, ROLE_LEZER, thread, ": 0 no");
	visit(t, ROLE_LEZER);
	visit(t, ROLE_BIJDRAGER);
	expect(t, ROLE_LEZER, thread, ": 0 no");
	add(t, ROLE_BIJDRAGER, thread, "Vijf.");
	add(t, ROLE_REDACTEUR, thread, "Zes.");
	expect(t, ROLE_LEZER, thread, "4 5 : 2 no");
	expect(t, ROLE_BIJDRAGER, thread, "5 : 1 yes");
	assert_int_equal(count(t, ROLE_LEZER), 2);
	assert_int_equal(count(t, ROLE_BIJDRAGER), 1);
	/* that a thread is resolved is nothing to read */
	json_decref(get(t, ROLE_BIJDRAGER, "thread.resolve", "{'thread':'%s'}",
			thread));
	expect(t, ROLE_LEZER, thread, "4 5 : 2 no");
	/* nor is what was taken back */
	one = name_of(t, thread, "4");
	json_decref(get(t, ROLE_BIJDRAGER, "remark.withdraw", "{'remark':'%s'}",
			one));
	expect(t, ROLE_LEZER, thread, "5 : 1 no");
	assert_int_equal(count(t, ROLE_LEZER), 1);
	free(one);
	free(thread);
}

/* A colleague who has an account and was never here finds what asks for them. */
static void
test_unread__begins_where_somebody_was_named(void **state)
{
	struct town *t = *state;
	char *thread = fill(t);

	expect(t, ROLE_LEZER, thread, ": 0 no");
	add(t, ROLE_BIJDRAGER, thread, "Wat vind jij, @lezer?");
	add(t, ROLE_BIJDRAGER, thread, "Er is geen haast bij.");
	expect(t, ROLE_LEZER, thread, "4 5 : 2 no");
	visit(t, ROLE_LEZER);
	expect(t, ROLE_LEZER, thread, "4 5 : 2 no");
	add(t, ROLE_REDACTEUR, thread, "Welkom.");
	expect(t, ROLE_LEZER, thread, "4 5 6 : 3 no");
	see(t, ROLE_LEZER, thread, NULL);
	visit(t, ROLE_LEZER);
	expect(t, ROLE_LEZER, thread, ": 0 no");
	/* of who was not named it begins with the first visit */
	visit(t, ROLE_BIJDRAGER);
	expect(t, ROLE_BIJDRAGER, thread, ": 0 yes");
	free(thread);
}

static void
test_unread__ends_with_reading_and_never_goes_back(void **state)
{
	struct town *t = *state;
	char *thread, *other;

	visit(t, ROLE_LEZER);
	thread = fill(t);
	expect(t, ROLE_LEZER, thread, "1 2 2.1 3 : 4 no");
	see(t, ROLE_LEZER, thread, "2");
	expect(t, ROLE_LEZER, thread, "2.1 3 : 2 no");
	assert_int_equal(count(t, ROLE_LEZER), 2);
	see(t, ROLE_LEZER, thread, "1");
	expect(t, ROLE_LEZER, thread, "2.1 3 : 2 no");
	see(t, ROLE_LEZER, thread, NULL);
	expect(t, ROLE_LEZER, thread, ": 0 no");
	assert_int_equal(count(t, ROLE_LEZER), 0);
	add(t, ROLE_REDACTEUR, thread, "Vier.");
	expect(t, ROLE_LEZER, thread, "4 : 1 no");
	other = take(get(t, ROLE_BIJDRAGER, "thread.start",
			 "{'address':'" TOWN_HERE "','title':'T','text':'x'}"),
		     "thread");
	assert_int_equal(count(t, ROLE_LEZER), 2);
	json_decref(town_get(t, ROLE_LEZER, "thread.seen",
			     "{'address':'" TOWN_HERE "'}"));
	assert_int_equal(count(t, ROLE_LEZER), 0);
	refuse(t, ROLE_LEZER, PLEIN_ENOTFOUND, "thread.seen",
	       "{'thread':'%s','remark':'x'}", thread);
	refuse(t, ROLE_LEZER, PLEIN_EUSAGE, "thread.seen", "{}");
	refuse(t, ROLE_LEZER, PLEIN_ENOTFOUND, "thread.seen",
	       "{'thread':'0123456789ab'}");
	free(other);
	free(thread);
}

/* A mark is a name: what the index calls a place may change. */
static void
test_unread__is_the_same_after_the_index_is_made_anew(void **state)
{
	struct town *t = *state;
	char *thread;

	visit(t, ROLE_LEZER);
	thread = fill(t);
	see(t, ROLE_LEZER, thread, "2");
	json_decref(town_get(t, ROLE_BEHEERDER, "wiki.reindex", "{}"));
	expect(t, ROLE_LEZER, thread, "2.1 3 : 2 no");
	free(thread);
}

static void
test_unread__a_part_that_is_split_off_was_read_too(void **state)
{
	struct town *t = *state;
	char *thread, *two, *part;
	json_t *answer;

	visit(t, ROLE_LEZER);
	thread = fill(t);
	see(t, ROLE_LEZER, thread, "2");
	two = name_of(t, thread, "2");
	part = take(get(t, ROLE_REDACTEUR, "thread.split",
			"{'remark':'%s','title':'Bewaren'}", two),
		    "thread");
	/* what was 2 and 2.1 */
	expect(t, ROLE_LEZER, part, "1.1 : 1 no");
	assert_int_equal(count(t, ROLE_LEZER), 2);
	answer = get(t, ROLE_REDACTEUR, "thread.move",
		     "{'thread':'%s','address':'index'}", part);
	json_decref(answer);
	assert_int_equal(count(t, ROLE_LEZER), 1);
	assert_int_equal(count_in(t, ROLE_LEZER, "page.list", "{}", "index"),
			 1);
	t->desk.much = 0;
	assert_int_equal(count(t, ROLE_LEZER), 1);
	assert_int_equal(count_in(t, ROLE_LEZER, "page.list", "{}", "index"),
			 1);
	free(part);
	free(two);
	free(thread);
}

/* Four remarks and a version; of the question two remarks. */
static void
expect_in_lists(struct town *t)
{
	static const struct {
		const char *method, *params, *address;
		long count;
	} lists[] = {
		{ "agenda.tree", "{}", TOWN_HERE, 5 },
		{ "page.list", "{}", TOWN_HERE, 5 },
		{ "changes.list", "{'folder':'themas'}", TOWN_HERE, 5 },
		{ "changes.between", "{'from':0}", TOWN_HERE, 5 },
		{ "page.links", "{'address':'vraagstukken/hoe'}", TOWN_HERE,
		  5 },
		{ "page.backlinks", "{'address':'hoofdonderwerpen/data'}",
		  TOWN_HERE, 5 },
		{ "search.pages", "{'query':'visie'}", TOWN_HERE, 5 },
		{ "news.list", "{}", TOWN_HERE, 5 },
		{ "question.list", "{}", "vraagstukken/hoe", 2 },
	};
	size_t i;

	for (i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		if (count_in(t, ROLE_LEZER, lists[i].method, lists[i].params,
			     lists[i].address) != lists[i].count)
			fail_msg("%s", lists[i].method);
	}
}

static void
test_unread__is_told_in_every_list_of_pages(void **state)
{
	struct town *t = *state;
	json_t *answer;
	char *thread, *other;

	visit(t, ROLE_LEZER);
	json_decref(town_get(t, ROLE_REDACTEUR, "page.set",
			     "{'address':'" TOWN_HERE
			     "','fields':'status=concept'}"));
	thread = fill(t);
	other = take(get(t, ROLE_BIJDRAGER, "thread.start",
			 "{'address':'vraagstukken/hoe','title':'Hoe',"
			 "'text':'Zo?'}"),
		     "thread");
	add(t, ROLE_REDACTEUR, other, "Anders.");
	expect_in_lists(t);
	t->desk.much = 0; /* all of them */
	expect_in_lists(t);
	t->desk.much = DESK_MUCH;
	/* of who has no marks nothing is counted, nor of what was then */
	assert_int_equal(count(t, ROLE_GAST), 0);
	assert_int_equal(count_in(t, ROLE_LEZER, "page.list",
				  "{'at':1900000000}", TOWN_HERE),
			 0);
	answer = town_get(t, ROLE_LEZER, "page.read",
			  "{'address':'" TOWN_HERE "'}");
	assert_int_equal(town_number(answer, "threads"), 1);
	assert_int_equal(town_number(answer, "open"), 1);
	assert_int_equal(town_number(answer, "new"), 4);
	assert_string_equal(town_text(answer, "follow"), "no");
	json_decref(answer);
	/* a version that was seen is none, nor is one of what is muted */
	json_decref(town_get(t, ROLE_LEZER, "mark.read",
			     "{'address':'" TOWN_HERE "','version':2}"));
	assert_int_equal(count(t, ROLE_LEZER), 4);
	t->desk.much = 0;
	assert_int_equal(count(t, ROLE_LEZER), 4);
	answer = town_get(t, ROLE_GAST, "page.read",
			  "{'address':'" TOWN_HERE "'}");
	assert_int_equal(town_number(answer, "threads"), 1);
	assert_null(json_object_get(answer, "new"));
	json_decref(answer);
	free(other);
	free(thread);
}

static void
test_unread__of_what_is_muted_only_what_is_for_you(void **state)
{
	struct town *t = *state;
	char *thread, *two;
	json_t *answer;

	thread = fill(t);
	two = name_of(t, thread, "2");
	visit(t, ROLE_LEZER);
	visit(t, ROLE_REDACTEUR);
	see(t, ROLE_REDACTEUR, thread, NULL);
	add(t, ROLE_BIJDRAGER, thread, "Vier.");
	add(t, ROLE_BIJDRAGER, thread, "Vijf, @lezer.");
	json_decref(get(t, ROLE_BIJDRAGER, "remark.add",
			"{'thread':'%s','text':'Zes.','reply':'%s'}", thread,
			two));
	follow(t, ROLE_LEZER, "thread", thread, "muted");
	assert_int_equal(count(t, ROLE_LEZER), 1);
	answer = get(t, ROLE_LEZER, "thread.list",
		     "{'address':'" TOWN_HERE "'}");
	assert_int_equal(
		town_number(json_array_get(json_object_get(answer, "rows"), 0),
			    "new"),
		1);
	json_decref(answer);
	/* the page, and a thread of it after all */
	follow(t, ROLE_LEZER, "thread", thread, "auto");
	assert_int_equal(count(t, ROLE_LEZER), 3);
	follow(t, ROLE_LEZER, "address", TOWN_HERE, "muted");
	assert_int_equal(count(t, ROLE_LEZER), 1);
	follow(t, ROLE_LEZER, "thread", thread, "yes");
	assert_int_equal(count(t, ROLE_LEZER), 3);
	/* who is answered */
	follow(t, ROLE_REDACTEUR, "thread", thread, "muted");
	assert_int_equal(count(t, ROLE_REDACTEUR), 1);
	t->desk.much = 0;
	assert_int_equal(count(t, ROLE_REDACTEUR), 1);
	assert_int_equal(count(t, ROLE_LEZER), 3);
	free(two);
	free(thread);
}

static void
edit(struct town *t, const char *remark, const char *text)
{
	json_decref(get(t, ROLE_BIJDRAGER, "remark.edit",
			"{'remark':'%s','text':'%s'}", remark, text));
}

/* The index that grew says the same as one that is made anew. */
static void
make_anew(struct town *t)
{
	json_t *answer = town_get(t, ROLE_HOST, "wiki.check", "{}");

	assert_int_equal(json_array_size(json_object_get(answer, "problems")),
			 0);
	json_decref(answer);
	json_decref(town_get(t, ROLE_BEHEERDER, "wiki.reindex", "{}"));
}

static void
test_unread__a_change_that_names_somebody_is_read_once_more(void **state)
{
	struct town *t = *state;
	char *thread = fill(t), *one, *other;

	one = name_of(t, thread, "1");
	other = name_of(t, thread, "2.1");
	edit(t, one, "Vraag het @beheerder."); /* who was never here */
	visit(t, ROLE_BEHEERDER);
	visit(t, ROLE_LEZER);
	edit(t, one, "Vraag het @beheerder en @lezer.");
	expect(t, ROLE_LEZER, thread, "1 : 1 no");
	expect(t, ROLE_BEHEERDER, thread, "1 : 1 yes");
	assert_int_equal(count(t, ROLE_LEZER), 1);
	/* what comes behind it was read, and it was not */
	add(t, ROLE_REDACTEUR, thread, "Vier.");
	expect(t, ROLE_LEZER, thread, "1 4 : 2 no");
	edit(t, other, "Wie is @lezer?");
	expect(t, ROLE_LEZER, thread, "1 2.1 4 : 3 no");
	make_anew(t);
	expect(t, ROLE_LEZER, thread, "1 2.1 4 : 3 no");
	see(t, ROLE_LEZER, thread, "1");
	expect(t, ROLE_LEZER, thread, "2.1 4 : 2 no");
	see(t, ROLE_LEZER, thread, NULL);
	expect(t, ROLE_LEZER, thread, ": 0 no");
	assert_int_equal(count(t, ROLE_LEZER), 0);
	free(other);
	free(one);
	free(thread);
}

static void
test_unread__nobody_is_named_by_a_remark_twice(void **state)
{
	struct town *t = *state;
	char *thread, *one;

	visit(t, ROLE_REDACTEUR);
	visit(t, ROLE_LEZER);
	thread = fill(t);
	one = name_of(t, thread, "1");
	see(t, ROLE_LEZER, thread, NULL);
	see(t, ROLE_REDACTEUR, thread, NULL);
	edit(t, one, "Wat nu?");
	edit(t, one, "Vraag het @redacteur of @lezer.");
	expect(t, ROLE_REDACTEUR, thread, ": 0 yes");
	expect(t, ROLE_LEZER, thread, "1 : 1 no");
	see(t, ROLE_LEZER, thread, "1");
	edit(t, one, "Of toch niet.");
	edit(t, one, "Of toch @lezer.");
	expect(t, ROLE_LEZER, thread, ": 0 no");
	make_anew(t);
	expect(t, ROLE_LEZER, thread, ": 0 no");
	expect(t, ROLE_REDACTEUR, thread, ": 0 yes");
	/* nor by what they took back, or by one's own words */
	edit(t, one, "En @bijdrager en @beheerder.");
	expect(t, ROLE_BIJDRAGER, thread, ": 0 yes");
	json_decref(get(t, ROLE_BIJDRAGER, "remark.withdraw", "{'remark':'%s'}",
			one));
	visit(t, ROLE_BEHEERDER);
	expect(t, ROLE_BEHEERDER, thread, ": 0 yes");
	free(one);
	free(thread);
}

static void
test_unread__being_named_later_is_counted_wherever_it_is(void **state)
{
	struct town *t = *state;
	char *thread = fill(t), *one = name_of(t, thread, "1");
	json_t *answer;

	visit(t, ROLE_LEZER);
	follow(t, ROLE_LEZER, "address", TOWN_HERE, "muted");
	edit(t, one, "Vraag het @lezer.");
	assert_int_equal(count(t, ROLE_LEZER), 1);
	t->desk.much = 0; /* all of them */
	assert_int_equal(count(t, ROLE_LEZER), 1);
	answer = town_get(t, ROLE_LEZER, "unread.next", "{}");
	assert_string_equal(town_text(answer, "number"), "1");
	json_decref(answer);
	json_decref(town_get(t, ROLE_LEZER, "thread.seen",
			     "{'address':'" TOWN_HERE "'}"));
	assert_int_equal(count(t, ROLE_LEZER), 0);
	edit(t, one, "Vraag het @lezer en @redacteur en @beheerder.");
	json_decref(get(t, ROLE_BEHEERDER, "thread.seen", "{'thread':'%s'}",
			thread));
	expect(t, ROLE_BEHEERDER, thread, ": 0 yes");
	free(one);
	free(thread);
}

static json_int_t
place_of(struct town *t, enum role role, const char *thread)
{
	json_t *answer = get(t, role, "thread.read", "{'thread':'%s'}", thread);
	json_int_t place =
		town_number(json_object_get(answer, "head"), "place");

	json_decref(answer);
	return place;
}

static void
test_unread__what_changed_while_one_read_stays_new(void **state)
{
	struct town *t = *state;
	char *thread = fill(t), *one = name_of(t, thread, "1");
	json_int_t place;

	visit(t, ROLE_LEZER);
	see(t, ROLE_LEZER, thread, NULL);
	place = place_of(t, ROLE_LEZER, thread);
	edit(t, one, "Vraag het @lezer.");
	json_decref(get(t, ROLE_LEZER, "thread.seen",
			"{'thread':'%s','place':%" JSON_INTEGER_FORMAT "}",
			thread, place));
	assert_int_equal(count(t, ROLE_LEZER), 1);
	place = place_of(t, ROLE_LEZER, thread);
	json_decref(get(t, ROLE_LEZER, "thread.seen",
			"{'thread':'%s','place':%" JSON_INTEGER_FORMAT "}",
			thread, place));
	assert_int_equal(count(t, ROLE_LEZER), 0);
	free(one);
	free(thread);
}

static void
expect_follow(struct town *t, enum role role, const char *key, const char *what,
	      const char *how, const char *want)
{
	json_t *answer = get(t, role, "follow.set", "{'%s':'%s','follow':'%s'}",
			     key, what, how);
	struct buf told = BUF_INIT;

	buf_printf(&told, "%s %s, was %s", town_text(answer, "follow"),
		   town_text(answer, "wish"), town_text(answer, "was"));
	assert_string_equal(told.ptr, want);
	buf_release(&told);
	json_decref(answer);
}

static void
test_unread__one_follows_what_one_wrote_in(void **state)
{
	struct town *t = *state;
	char *thread = fill(t);
	json_t *answer;

	visit(t, ROLE_LEZER);
	expect(t, ROLE_BIJDRAGER, thread, ": 0 yes");
	expect(t, ROLE_LEZER, thread, ": 0 no");
	expect_follow(t, ROLE_LEZER, "address", TOWN_HERE, "yes",
		      "yes yes, was auto");
	expect(t, ROLE_LEZER, thread, ": 0 yes");
	expect_follow(t, ROLE_LEZER, "thread", thread, "no", "no no, was auto");
	expect(t, ROLE_LEZER, thread, ": 0 no");
	expect_follow(t, ROLE_LEZER, "thread", thread, "auto",
		      "yes auto, was no");
	expect_follow(t, ROLE_BIJDRAGER, "thread", thread, "no",
		      "no no, was auto");
	/* a page one wrote */
	expect_follow(t, ROLE_REDACTEUR, "address", "index", "auto",
		      "no auto, was auto");
	json_decref(town_get(t, ROLE_REDACTEUR, "page.save",
			     "{'address':'index','base':1,'text':'x'}"));
	expect_follow(t, ROLE_REDACTEUR, "address", "index", "auto",
		      "yes auto, was auto");
	/* a wish goes with the page */
	json_decref(town_get(t, ROLE_REDACTEUR, "page.rename",
			     "{'address':'" TOWN_HERE "','to':'themas/n'}"));
	answer = town_get(t, ROLE_LEZER, "follow.list", "{}");
	assert_int_equal(json_array_size(json_object_get(answer, "rows")), 1);
	assert_string_equal(
		town_text(json_array_get(json_object_get(answer, "rows"), 0),
			  "address"),
		"themas/n");
	json_decref(answer);
	expect(t, ROLE_LEZER, thread, ": 0 yes");
	refuse(t, ROLE_LEZER, PLEIN_EUSAGE, "follow.set",
	       "{'address':'index','follow':'soms'}");
	refuse(t, ROLE_LEZER, PLEIN_ENOTFOUND, "follow.set",
	       "{'address':'themas/nergens','follow':'yes'}");
	free(thread);
}

/* "address number left" */
static void
expect_next(struct town *t, const char *params, const char *want)
{
	json_t *answer = town_get(t, ROLE_LEZER, "unread.next", params);
	struct buf told = BUF_INIT;

	if (json_object_get(answer, "address"))
		buf_printf(&told, "%s ", town_text(answer, "address"));
	if (json_object_get(answer, "number"))
		buf_printf(&told, "%s ", town_text(answer, "number"));
	else if (json_object_get(answer, "state"))
		buf_printf(&told, "%s ", town_text(answer, "state"));
	buf_printf(&told, "%ld", town_number(answer, "left"));
	assert_string_equal(told.ptr, want);
	buf_release(&told);
	json_decref(answer);
}

static void
test_unread__is_read_in_the_order_of_the_agenda(void **state)
{
	struct town *t = *state;
	char *question, *theme, params[120];

	visit(t, ROLE_LEZER);
	expect_next(t, "{}", "0");
	question = take(get(t, ROLE_BIJDRAGER, "thread.start",
			    "{'address':'vraagstukken/hoe','title':'T',"
			    "'text':'x'}"),
			"thread");
	theme = fill(t);
	json_decref(town_get(t, ROLE_REDACTEUR, "page.save",
			     "{'address':'hoofdonderwerpen/data','base':1,"
			     "'text':'Anders.'}"));
	expect_next(t, "{}", "hoofdonderwerpen/data changed 2");
	expect_next(t, "{'address':'hoofdonderwerpen/data'}", TOWN_HERE " 1 2");
	see(t, ROLE_LEZER, theme, "2");
	expect_next(t, "{'address':'hoofdonderwerpen/data'}",
		    TOWN_HERE " 2.1 2");
	(void)snprintf(params, sizeof(params),
		       "{'address':'" TOWN_HERE "','thread':'%s'}", theme);
	expect_next(t, params, "vraagstukken/hoe 1 2");
	(void)snprintf(params, sizeof(params),
		       "{'address':'vraagstukken/hoe','thread':'%s'}",
		       question);
	expect_next(t, params, "hoofdonderwerpen/data changed 2");
	see(t, ROLE_LEZER, question, NULL);
	expect_next(t, "{'address':'" TOWN_HERE "'}", TOWN_HERE " 2.1 1");
	free(question);
	free(theme);
}

static void
test_unread__all_read_is_all(void **state)
{
	struct town *t = *state;
	char *thread;
	json_t *was;

	visit(t, ROLE_LEZER);
	thread = fill(t);
	was = town_get(t, ROLE_LEZER, "mark.all", "{}");
	assert_int_equal(count(t, ROLE_LEZER), 0);
	add(t, ROLE_REDACTEUR, thread, "Vier.");
	expect(t, ROLE_LEZER, thread, "4 : 1 no");
	json_decref(get(t, ROLE_LEZER, "mark.all", "{'since':%ld,'head':'%s'}",
			town_number(was, "since"), town_text(was, "head")));
	expect(t, ROLE_LEZER, thread, "1 2 2.1 3 4 : 5 no");
	json_decref(was);
	free(thread);
}

int
main(void)
{
#define TOWN_TEST(f) \
	cmocka_unit_test_setup_teardown(f, town_setup, town_teardown)
	const struct CMUnitTest tests[] = {
		TOWN_TEST(
			test_unread__is_what_others_said_since_the_first_visit),
		TOWN_TEST(test_unread__begins_where_somebody_was_named),
		TOWN_TEST(test_unread__ends_with_reading_and_never_goes_back),
		TOWN_TEST(
			test_unread__is_the_same_after_the_index_is_made_anew),
		TOWN_TEST(test_unread__a_part_that_is_split_off_was_read_too),
		TOWN_TEST(test_unread__is_told_in_every_list_of_pages),
		TOWN_TEST(test_unread__of_what_is_muted_only_what_is_for_you),
		TOWN_TEST(
			test_unread__a_change_that_names_somebody_is_read_once_more),
		TOWN_TEST(test_unread__nobody_is_named_by_a_remark_twice),
		TOWN_TEST(
			test_unread__being_named_later_is_counted_wherever_it_is),
		TOWN_TEST(test_unread__what_changed_while_one_read_stays_new),
		TOWN_TEST(test_unread__one_follows_what_one_wrote_in),
		TOWN_TEST(test_unread__is_read_in_the_order_of_the_agenda),
		TOWN_TEST(test_unread__all_read_is_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
