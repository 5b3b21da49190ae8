/* Discussions: begun, answered, changed, resolved, moved, split, as of then. */
#include "talk.h"

#include "plein/path.h"
#include "plein/remark.h"
#include "wiki/discussion.h"

#define TEXT "---\ntitel: C\n---\nEen lange adem.\n\nEen visie. Een visie.\n"

/* "number kind handle text edited withdrawn|" of each row. */
static char *
tell(struct town *t, const char *thread, long at)
{
	struct buf out = BUF_INIT, params = BUF_INIT;
	json_t *answer, *row;
	size_t i;

	buf_printf(&params, "{'thread':'%s'", thread);
	if (at)
		buf_printf(&params, ",'at':%ld", at);
	buf_str(&params, "}");
	answer = town_get(t, ROLE_LEZER, "thread.read", params.ptr);
	json_array_foreach(json_object_get(answer, "rows"), i, row)
	{
		const char *number =
			json_string_value(json_object_get(row, "number"));

		buf_printf(&out, "%s %s %s %s", number ? number : "-",
			   town_text(row, "kind"), town_text(row, "handle"),
			   town_text(row, "text"));
		if (!json_is_null(json_object_get(row, "edited")))
			buf_str(&out, "edited ");
		if (json_is_true(json_object_get(row, "withdrawn")))
			buf_printf(&out, "withdrawn: %s",
				   town_text(row, "reason"));
		buf_char(&out, '|');
	}
	json_decref(answer);
	buf_release(&params);
	return buf_take(&out);
}

static void
expect(struct town *t, const char *thread, const char *want)
{
	char *told = tell(t, thread, 0);

	assert_string_equal(told, want);
	free(told);
}

/* The index that grew is the one that is made of all of it. */
static void
assert_index_true(struct town *t)
{
	json_t *answer = town_get(t, ROLE_BEHEERDER, "wiki.check", "{}");

	if (json_array_size(json_object_get(answer, "problems")))
		fail_msg("%s",
			 json_string_value(json_array_get(
				 json_object_get(answer, "problems"), 0)));
	json_decref(answer);
}

static void
test_discussion__numbers_and_answers(void **state)
{
	struct town *t = *state;
	char *thread = fill(t), *reply;
	json_t *head, *answer;

	expect(t, thread,
	       "1 said bijdrager Moeten we niet @redacteur vragen?\n|"
	       "2 said redacteur Let ook op bewaren.\n|"
	       "2.1 said bijdrager Eens.\n|"
	       "3 said beheerder Ook eens.\n|");
	/* an answer to an answer stands beside it */
	reply = name_of(t, thread, "2.1");
	answer =
		get(t, ROLE_LEZER + 1, "remark.add",
		    "{'thread':'%s','text':'Ja.','reply':'%s'}", thread, reply);
	assert_string_equal(town_text(answer, "number"), "2.2");
	json_decref(answer);
	answer = get(t, ROLE_LEZER, "thread.read", "{'thread':'%s'}", thread);
	head = json_object_get(answer, "head");
	assert_string_equal(town_text(head, "title"), "Wat nu?");
	assert_string_equal(town_text(head, "page"), "Common Ground");
	assert_string_equal(town_text(head, "state"), "open");
	assert_int_equal(town_number(head, "remarks"), 5);
	json_decref(answer);
	free(reply);
	free(thread);
	assert_index_true(t);
}

static void
test_discussion__what_lies_in_the_clone(void **state)
{
	struct town *t = *state;
	struct path_remark at;
	struct buf path = BUF_INIT, text = BUF_INIT;
	struct repo_id tip;
	char *thread = fill(t), *first = name_of(t, thread, "1");

	buf_printf(&path, "bespreking/" TOWN_HERE "/%s/%s.md", thread, first);
	path_remark_read(&at, path.ptr);
	assert_string_equal(at.digest, thread);
	assert_string_equal(at.handle, "bijdrager");
	assert_int_equal(repo_ref_read(t->desk.repo, &tip, &t->err), 0);
	assert_int_equal(
		snap_read(t->desk.repo, &tip, path.ptr, &text, NULL, &t->err),
		0);
	assert_string_equal(text.ptr, "---\ntitel: \"Wat nu?\"\n---\n"
				      "Moeten we niet @redacteur vragen?\n");
	assert_true(discussion_is_named(path.ptr, text.ptr, text.len));
	assert_false(discussion_is_named(path.ptr, text.ptr, text.len - 1));
	buf_release(&path);
	buf_release(&text);
	free(first);
	free(thread);
}

static void
test_discussion__a_request_is_done_once(void **state)
{
	struct town *t = *state;
	char *thread = fill(t), *one, *two;

	one = take(get(t, ROLE_BIJDRAGER, "remark.add",
		       "{'thread':'%s','text':'Nog iets.','request':'ab12'}",
		       thread),
		   "remark");
	two = take(get(t, ROLE_BIJDRAGER, "remark.add",
		       "{'thread':'%s','text':'Nog iets.','request':'ab12'}",
		       thread),
		   "remark");
	assert_string_equal(one, two);
	free(one);
	free(two);
	free(thread);
}

/* What ends in a commit holds no controls, whichever method brings it. */
static void
test_discussion__commits_hold_plain_words(void **state)
{
	struct town *t = *state;
	char *thread = fill(t), *two = name_of(t, thread, "2");

	refuse(t, ROLE_BIJDRAGER, PLEIN_ERULE, "remark.add",
	       "{'thread':'%s','text':'x','request':'a\\u001b[2J'}", thread);
	refuse(t, ROLE_BIJDRAGER, PLEIN_ERULE, "thread.resolve",
	       "{'thread':'%s','request':'x'}", thread);
	refuse(t, ROLE_REDACTEUR, PLEIN_ERULE, "thread.split",
	       "{'remark':'%s','title':'T','note':'a\\u001b[2J'}", two);
	refuse(t, ROLE_REDACTEUR, PLEIN_ERULE, "thread.move",
	       "{'thread':'%s','address':'index','note':'a\\tb'}", thread);
	free(two);
	free(thread);
}

static void
test_discussion__own_words_are_changed_and_taken_back(void **state)
{
	struct town *t = *state;
	char *thread = fill(t), *one = name_of(t, thread, "1"),
	     *two = name_of(t, thread, "2");
	json_t *answer;

	refuse(t, ROLE_REDACTEUR, PLEIN_EDENIED, "remark.edit",
	       "{'remark':'%s','text':'x'}", one);
	json_decref(get(t, ROLE_BIJDRAGER, "remark.edit",
			"{'remark':'%s','text':'Wie vragen we?'}", one));
	refuse(t, ROLE_BIJDRAGER, PLEIN_ECONFLICT, "remark.edit",
	       "{'remark':'%s','text':'x','blob':'0123'}", one);
	refuse(t, ROLE_BIJDRAGER, PLEIN_EDENIED, "remark.withdraw",
	       "{'remark':'%s'}", two);
	json_decref(get(t, ROLE_BEHEERDER, "remark.withdraw",
			"{'remark':'%s','reason':'persoonsgegevens'}", two));
	expect(t, thread,
	       "1 said bijdrager Wie vragen we?\nedited |"
	       "2 said redacteur edited withdrawn: persoonsgegevens|"
	       "2.1 said bijdrager Eens.\n|"
	       "3 said beheerder Ook eens.\n|");
	/* who did not take it back does not bring it back */
	refuse(t, ROLE_REDACTEUR, PLEIN_EDENIED, "remark.edit",
	       "{'remark':'%s','text':'toch'}", two);
	refuse(t, ROLE_BEHEERDER, PLEIN_ESAME, "remark.withdraw",
	       "{'remark':'%s'}", two);
	json_decref(get(t, ROLE_BIJDRAGER, "remark.withdraw", "{'remark':'%s'}",
			one));
	json_decref(get(t, ROLE_BIJDRAGER, "remark.edit",
			"{'remark':'%s','text':'Terug.','title':'Wie?'}", one));
	answer = get(t, ROLE_LEZER, "remark.log", "{'remark':'%s'}", one);
	assert_int_equal(json_array_size(json_object_get(answer, "rows")), 4);
	assert_string_equal(
		town_text(json_array_get(json_object_get(answer, "rows"), 0),
			  "text"),
		"Moeten we niet @redacteur vragen?\n");
	json_decref(answer);
	answer = get(t, ROLE_LEZER, "thread.list", "{}");
	assert_string_equal(
		town_text(json_array_get(json_object_get(answer, "rows"), 0),
			  "title"),
		"Wie?");
	json_decref(answer);
	assert_index_true(t);
	free(one);
	free(two);
	free(thread);
}

static void
test_discussion__resolved_and_reopened(void **state)
{
	struct town *t = *state;
	char *thread = fill(t);

	refuse(t, ROLE_BIJDRAGER, PLEIN_ESAME, "thread.reopen",
	       "{'thread':'%s'}", thread);
	json_decref(get(t, ROLE_BIJDRAGER, "thread.resolve",
			"{'thread':'%s','reason':'Besproken.'}", thread));
	refuse(t, ROLE_BIJDRAGER, PLEIN_ESAME, "thread.resolve",
	       "{'thread':'%s'}", thread);
	refuse(t, ROLE_BIJDRAGER, PLEIN_ERULE, "remark.add",
	       "{'thread':'%s','text':'Toch.'}", thread);
	assert_string_equal(t->err.rule, "resolved");
	json_decref(get(t, ROLE_REDACTEUR, "remark.add",
			"{'thread':'%s','text':'Toch.','reopen':true}",
			thread));
	expect(t, thread,
	       "1 said bijdrager Moeten we niet @redacteur vragen?\n|"
	       "2 said redacteur Let ook op bewaren.\n|"
	       "2.1 said bijdrager Eens.\n|"
	       "3 said beheerder Ook eens.\n|"
	       "- resolved bijdrager Besproken.\n|"
	       "- open redacteur |"
	       "4 said redacteur Toch.\n|");
	free(thread);
	assert_index_true(t);
}

static void
test_discussion__begun_by_another_is_not_ones_own(void **state)
{
	struct town *t = *state;
	char *thread = take(get(t, ROLE_REDACTEUR, "thread.start",
				"{'address':'index','title':'T','text':'x'}"),
			    "thread");

	refuse(t, ROLE_BIJDRAGER, PLEIN_EDENIED, "thread.resolve",
	       "{'thread':'%s'}", thread);
	refuse(t, ROLE_BIJDRAGER, PLEIN_EDENIED, "thread.move",
	       "{'thread':'%s','address':'" TOWN_HERE "'}", thread);
	refuse(t, ROLE_LEZER, PLEIN_EDENIED, "remark.add",
	       "{'thread':'%s','text':'x'}", thread);
	json_decref(get(t, ROLE_BEHEERDER, "thread.resolve", "{'thread':'%s'}",
			thread));
	free(thread);
}

static void
test_discussion__moved_and_split(void **state)
{
	struct town *t = *state;
	char *thread = fill(t), *two = name_of(t, thread, "2"),
	     *answer = name_of(t, thread, "2.1"), *other;

	json_decref(get(t, ROLE_REDACTEUR, "thread.move",
			"{'thread':'%s','address':'index'}", thread));
	refuse(t, ROLE_REDACTEUR, PLEIN_ESAME, "thread.move",
	       "{'thread':'%s','address':'index'}", thread);
	refuse(t, ROLE_REDACTEUR, PLEIN_ENOTFOUND, "thread.move",
	       "{'thread':'%s','address':'themas/nergens'}", thread);
	refuse(t, ROLE_REDACTEUR, PLEIN_ERULE, "thread.split",
	       "{'remark':'%s','title':'Bewaren'}", answer);
	other = take(get(t, ROLE_REDACTEUR, "thread.split",
			 "{'remark':'%s','title':'Bewaren'}", two),
		     "thread");
	expect(t, thread,
	       "1 said bijdrager Moeten we niet @redacteur vragen?\n|"
	       "2 said beheerder Ook eens.\n|");
	expect(t, other,
	       "1 said redacteur Let ook op bewaren.\nedited |"
	       "1.1 said bijdrager Eens.\n|");
	assert_index_true(t);
	free(thread);
	free(two);
	free(answer);
	free(other);
}

static void
check_passage(struct town *t, bool found, const char *words)
{
	json_t *answer = get(t, ROLE_LEZER, "thread.list",
			     "{'address':'" TOWN_HERE "'}"),
	       *passage, *page;

	passage = json_object_get(
		json_array_get(json_object_get(answer, "rows"), 0), "passage");
	assert_int_equal(json_is_true(json_object_get(passage, "found")),
			 found);
	if (found) {
		page = get(t, ROLE_LEZER, "page.read",
			   "{'address':'" TOWN_HERE "'}");
		assert_memory_equal(town_text(page, "text") +
					    town_number(passage, "at"),
				    words, strlen(words));
		assert_int_equal(town_number(passage, "length"), strlen(words));
		json_decref(page);
	}
	json_decref(answer);
}

static void
save(struct town *t, const char *text)
{
	struct repo_id id;

	town_commit(t->desk.repo, TOWN_HERE ".md", text, "Stap\n", &id);
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
}

static void
test_discussion__a_passage_is_followed(void **state)
{
	struct town *t = *state;

	save(t, TEXT);
	refuse(t, ROLE_BIJDRAGER, PLEIN_ERULE, "thread.start",
	       "{'address':'" TOWN_HERE "','title':'T','text':'x',"
	       "'quote':'staat er niet'}");
	json_decref(get(t, ROLE_BIJDRAGER, "thread.start",
			"{'address':'" TOWN_HERE "','title':'T','text':'x',"
			"'quote':'Een visie.','nth':2}"));
	check_passage(t, true, "Een visie.");
	save(t, "---\ntitel: C\n---\nErvoor.\n" TEXT);
	check_passage(t, true, "Een visie.");
	save(t, "---\ntitel: C\n---\nEen visie. Iets anders.\n");
	check_passage(t, false, NULL);
	save(t, TEXT);
	check_passage(t, true, "Een visie.");
}

static void
expect_then(struct town *t, const char *format, long then, size_t want)
{
	struct buf params = BUF_INIT;
	const char *mark = strstr(format, "%ld");
	json_t *answer;

	buf_add(&params, format, (size_t)(mark - format));
	buf_printf(&params, "%ld%s", then, mark + 3);
	answer = town_get(t, ROLE_LEZER, "thread.list", params.ptr);
	assert_int_equal(json_array_size(json_object_get(answer, "rows")),
			 want);
	buf_release(&params);
	json_decref(answer);
}

/* What came later is cut off in parts as well. */
static void
test_discussion__parts_of_then(void **state)
{
	struct town *t = *state;
	char *thread = fill(t), *next;
	json_t *answer;
	long then;

	json_decref(get(t, ROLE_REDACTEUR, "thread.start",
			"{'address':'index','title':'Tweede','text':'x'}"));
	then = now_and_later();
	json_decref(get(t, ROLE_REDACTEUR, "thread.start",
			"{'address':'index','title':'Derde','text':'x'}"));
	t->desk.part_max = 10;
	next = take(get(t, ROLE_LEZER, "thread.list", "{'at':%ld}", then),
		    "next");
	answer = get(t, ROLE_LEZER, "thread.list", "{'at':%ld,'after':'%s'}",
		     then, next);
	assert_int_equal(json_array_size(json_object_get(answer, "rows")), 1);
	assert_string_equal(
		town_text(json_array_get(json_object_get(answer, "rows"), 0),
			  "thread"),
		thread);
	assert_null(json_object_get(answer, "next"));
	json_decref(answer);
	free(next);
	free(thread);
}

static void
test_discussion__as_it_was_then(void **state)
{
	struct town *t = *state;
	char *thread = fill(t), *one = name_of(t, thread, "1"), *told;
	json_t *answer;
	long then = (long)time(NULL) - 1;

	/* nothing was there before */
	answer = get(t, ROLE_LEZER, "thread.list",
		     "{'address':'" TOWN_HERE "','at':%ld}", then - 60);
	assert_int_equal(json_array_size(json_object_get(answer, "rows")), 0);
	json_decref(answer);
	then = now_and_later();
	json_decref(get(t, ROLE_BIJDRAGER, "remark.edit",
			"{'remark':'%s','text':'Anders.'}", one));
	json_decref(get(t, ROLE_REDACTEUR, "thread.resolve", "{'thread':'%s'}",
			thread));
	json_decref(get(t, ROLE_REDACTEUR, "thread.move",
			"{'thread':'%s','address':'index'}", thread));
	told = tell(t, thread, then);
	assert_string_equal(
		told, "1 said bijdrager Moeten we niet @redacteur vragen?\n|"
		      "2 said redacteur Let ook op bewaren.\n|"
		      "2.1 said bijdrager Eens.\n|"
		      "3 said beheerder Ook eens.\n|");
	answer = get(t, ROLE_LEZER, "thread.list",
		     "{'address':'" TOWN_HERE "','at':%ld}", then);
	assert_int_equal(json_array_size(json_object_get(answer, "rows")), 1);
	assert_string_equal(
		town_text(json_array_get(json_object_get(answer, "rows"), 0),
			  "state"),
		"open");
	json_decref(answer);
	/* of all pages, of a folder, and where it is now */
	expect_then(t, "{'at':%ld}", then, 1);
	expect_then(t, "{'at':%ld,'folder':'themas'}", then, 1);
	expect_then(t, "{'at':%ld,'folder':'thema'}", then, 0);
	expect_then(t, "{'at':%ld,'state':'resolved'}", then, 0);
	expect_then(t, "{'at':%ld,'address':'index'}", then, 0);
	answer = get(t, ROLE_LEZER, "thread.list", "{'address':'index'}");
	assert_string_equal(
		town_text(json_array_get(json_object_get(answer, "rows"), 0),
			  "state"),
		"resolved");
	json_decref(answer);
	free(told);
	free(one);
	free(thread);
}

static void
test_discussion__lists(void **state)
{
	struct town *t = *state;
	char *thread = fill(t), *next;
	json_t *answer;

	json_decref(get(t, ROLE_REDACTEUR, "thread.start",
			"{'address':'index','title':'Tweede','text':'x'}"));
	json_decref(get(t, ROLE_BIJDRAGER, "thread.resolve", "{'thread':'%s'}",
			thread));
	answer = get(t, ROLE_LEZER, "thread.list", "{'state':'resolved'}");
	assert_int_equal(json_array_size(json_object_get(answer, "rows")), 1);
	json_decref(answer);
	answer = get(t, ROLE_LEZER, "thread.list", "{'folder':'themas'}");
	assert_int_equal(json_array_size(json_object_get(answer, "rows")), 1);
	json_decref(answer);
	t->desk.part_max = 10;
	next = take(get(t, ROLE_LEZER, "thread.list", "{}"), "next");
	answer = get(t, ROLE_LEZER, "thread.list", "{'after':'%s'}", next);
	assert_string_equal(
		town_text(json_array_get(json_object_get(answer, "rows"), 0),
			  "thread"),
		thread);
	json_decref(answer);
	refuse(t, ROLE_LEZER, PLEIN_EUSAGE, "thread.list", "{'after':'x'}");
	free(next);
	free(thread);
}

/* A few at a time they are told as all at once. */
static void
test_discussion__in_parts(void **state)
{
	struct town *t = *state;
	char *thread = fill(t);
	json_t *all, *rows, *parts = json_array(), *p;
	long after = 0;

	json_decref(get(t, ROLE_BIJDRAGER, "thread.resolve",
			"{'thread':'%s','reason':'Klaar.'}", thread));
	all = get(t, ROLE_LEZER, "thread.read", "{'thread':'%s'}", thread);
	rows = json_object_get(all, "rows");
	do {
		p = get(t, ROLE_LEZER, "thread.read",
			"{'thread':'%s','limit':2,'after':%ld}", thread, after);
		(void)json_array_extend(parts, json_object_get(p, "rows"));
		after = (long)json_integer_value(json_object_get(p, "next"));
		assert_true(json_equal(json_object_get(p, "head"),
				       json_object_get(all, "head")));
		json_decref(p);
	} while (after);
	assert_int_equal(json_array_size(parts), 5);
	assert_true(json_equal(parts, rows));
	json_decref(parts);
	json_decref(all);
	free(thread);
}

int
main(void)
{
#define TOWN_TEST(f) \
	cmocka_unit_test_setup_teardown(f, town_setup, town_teardown)
	const struct CMUnitTest tests[] = {
		TOWN_TEST(test_discussion__numbers_and_answers),
		TOWN_TEST(test_discussion__what_lies_in_the_clone),
		TOWN_TEST(test_discussion__a_request_is_done_once),
		TOWN_TEST(test_discussion__commits_hold_plain_words),
		TOWN_TEST(
			test_discussion__own_words_are_changed_and_taken_back),
		TOWN_TEST(test_discussion__resolved_and_reopened),
		TOWN_TEST(test_discussion__begun_by_another_is_not_ones_own),
		TOWN_TEST(test_discussion__moved_and_split),
		TOWN_TEST(test_discussion__a_passage_is_followed),
		TOWN_TEST(test_discussion__as_it_was_then),
		TOWN_TEST(test_discussion__parts_of_then),
		TOWN_TEST(test_discussion__lists),
		TOWN_TEST(test_discussion__in_parts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
