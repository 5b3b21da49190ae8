/* Saving on a base that is not the newest: joined, or told where not. */
#include "town.h"

#include "plein/page.h"
#include "store/history.h"
#include "wiki/batch.h"

#define HEAD "---\ntitel: Begin\ntype: start\n---\n"
#define BODY "een\ntwee\ndrie\nvier\n"

static void
expect_text(struct town *t, const char *path, const char *want)
{
	struct buf text = BUF_INIT;
	struct repo_id tip;

	if (repo_ref_read(t->desk.repo, &tip, &t->err) ||
	    snap_read(t->desk.repo, &tip, path, &text, NULL, &t->err))
		fail_msg("%s: %s", path, t->err.msg);
	assert_string_equal(text.ptr, want);
	buf_release(&text);
}

/* Save as a person of that role; the code, *result the answer. */
static int
save(struct town *t, enum role role, int base, const char *text,
     json_t **result)
{
	struct call c;
	int rc;

	call_init(&c, t->roles[role],
		  json_pack("{s:s, s:i, s:s}", "address", "index", "base", base,
			    "text", text));
	rc = desk_call(&t->desk, "page.save", &c);
	t->err = c.err;
	json_decref(t->args);
	t->args = json_incref(c.args);
	if (result)
		*result = json_incref(c.result);
	call_release(&c);
	return rc;
}

static void
must_save(struct town *t, enum role role, int base, const char *text)
{
	if (save(t, role, base, text, NULL))
		fail_msg("%s", t->err.msg);
}

static void
assert_json(const json_t *j, const char *want)
{
	char *got =
		json_dumps(j, JSON_COMPACT | JSON_ENCODE_ANY | JSON_SORT_KEYS);

	for (char *p = got; *p; p++)
		if (*p == '"')
			*p = '\'';
	assert_string_equal(got, want);
	free(got);
}

static void
expect_versions(struct town *t, const char *address, size_t n)
{
	struct vec log = VEC_INIT;

	assert_int_equal(index_log(t->desk.index, address, 0, 0, &log, &t->err),
			 0);
	assert_int_equal(log.len, n);
	vec_release(&log, index_version_free);
}

static void
test_joining__what_does_not_touch_is_joined(void **state)
{
	struct town *t = *state;
	json_t *r;

	must_save(t, ROLE_BIJDRAGER, 1, HEAD BODY);
	must_save(t, ROLE_REDACTEUR, 2,
		  "---\ntitel: Anders\ntype: start\n---\neen\ntwee\nDRIE\n"
		  "vier\n");
	assert_int_equal(save(t, ROLE_BIJDRAGER, 2,
			      "---\ntitel: Begin\ntype: start\nk: v\n---\n"
			      "EEN\ntwee\ndrie\nvier\n",
			      &r),
			 0);
	assert_int_equal(town_number(r, "version"), 4);
	assert_json(json_object_get(r, "joined"), "true");
	assert_json(json_object_get(r, "moved"), "false");
	assert_json(json_object_get(r, "with"),
		    "[{'handle':'redacteur','name':'Iemand Anders',"
		    "'version':3}]");
	expect_text(t, "index.md",
		    "---\ntitel: Anders\ntype: start\nk: v\n---\n"
		    "EEN\ntwee\nDRIE\nvier\n");
	json_decref(r);
}

static void
test_joining__the_newest_base_joins_nothing(void **state)
{
	struct town *t = *state;
	json_t *r;

	assert_int_equal(save(t, ROLE_BIJDRAGER, 1, HEAD BODY, &r), 0);
	assert_json(json_object_get(r, "joined"), "false");
	assert_json(json_object_get(r, "with"), "[]");
	json_decref(r);
}

static void
test_joining__an_overlap_is_told_and_nothing_written(void **state)
{
	struct town *t = *state;

	must_save(t, ROLE_BIJDRAGER, 1, HEAD BODY);
	must_save(t, ROLE_REDACTEUR, 2, HEAD "een\nTWEE\nen\ndrie\nvier\n");
	assert_int_equal(
		save(t, ROLE_BIJDRAGER, 2, HEAD "een\n2\ndrie\nvier\n", NULL),
		PLEIN_ECONFLICT);
	assert_json(json_object_get(t->args, "regions"),
		    "[{'base':[6,1],'saved':[6,2],'yours':[6,1]}]");
	assert_int_equal(town_number(t->args, "base"), 2);
	assert_int_equal(town_number(t->args, "version"), 3);
	assert_string_equal(town_text(t->args, "handle"), "redacteur");
	assert_string_equal(town_text(t->args, "name"), "Iemand Anders");
	assert_string_equal(town_text(t->args, "address"), "index");
	assert_int_equal(strlen(town_text(t->args, "commit")), 40);
	assert_int_equal(strlen(town_text(t->args, "base_commit")), 40);
	assert_json(json_object_get(t->args, "gone"), "false");
	expect_versions(t, "index", 3);
	/* the text a person then chose is saved on the newest */
	must_save(t, ROLE_BIJDRAGER, 3, HEAD "een\nTWEE\n2\ndrie\nvier\n");
	expect_versions(t, "index", 4);
}

static void
test_joining__fields_clash_as_lines_of_the_page(void **state)
{
	struct town *t = *state;

	must_save(t, ROLE_REDACTEUR, 1,
		  "---\ntitel: A\ntype: start\n---\nWelkom.\n");
	assert_int_equal(save(t, ROLE_BIJDRAGER, 1,
			      "---\ntitel: B\ntype: start\n---\nWelkom.\n",
			      NULL),
			 PLEIN_ECONFLICT);
	assert_json(json_object_get(t->args, "regions"),
		    "[{'base':[2,1],'saved':[2,1],'yours':[2,1]}]");
}

static void
test_joining__what_both_changed_alike_is_the_same(void **state)
{
	struct town *t = *state;

	must_save(t, ROLE_REDACTEUR, 1, HEAD BODY);
	assert_int_equal(save(t, ROLE_BIJDRAGER, 1, HEAD BODY, NULL),
			 PLEIN_ESAME);
	expect_versions(t, "index", 2);
}

static void
test_joining__without_note_the_subject_names_the_other(void **state)
{
	struct town *t = *state;
	struct index_version *v = NULL;

	must_save(t, ROLE_BIJDRAGER, 1, HEAD BODY);
	must_save(t, ROLE_REDACTEUR, 2, HEAD "een\ntwee\ndrie\nVIER\n");
	must_save(t, ROLE_BIJDRAGER, 2, HEAD "EEN\ntwee\ndrie\nvier\n");
	assert_int_equal(index_latest(t->desk.index, "index", &v, &t->err), 0);
	assert_string_equal(v->note, "samengevoegd met wijziging van "
				     "Iemand Anders");
	index_version_free(v);
}

static const char repeated[] =
	"{'address':'index','base':2,'text':'EEN\\ntwee\\ndrie\\n',"
	"'request':'abc1'}";

static void
test_joining__a_repetition_is_answered_alike_after_a_restart(void **state)
{
	struct town *t = *state;
	json_t *first, *again;

	must_save(t, ROLE_BIJDRAGER, 1, "een\ntwee\ndrie\n");
	must_save(t, ROLE_REDACTEUR, 2, "een\ntwee\nDRIE\n");
	first = town_get(t, ROLE_BIJDRAGER, "page.save", repeated);
	assert_json(json_object_get(first, "joined"), "true");
	must_save(t, ROLE_REDACTEUR, 4, "iets heel anders\n");
	desk_close(&t->desk);
	assert_int_equal(unlink(DATA_INDEX), 0);
	town_open(t);
	again = town_get(t, ROLE_BIJDRAGER, "page.save", repeated);
	assert_true(json_equal(first, again));
	expect_versions(t, "index", 5);
	json_decref(first);
	json_decref(again);
}

static void
test_joining__a_base_may_be_a_commit(void **state)
{
	struct town *t = *state;
	struct repo_id other;
	json_t *page, *r;
	char params[300];

	must_save(t, ROLE_BIJDRAGER, 1, "een\ntwee\ndrie\n");
	/* one that did not touch the page */
	town_commit(t->desk.repo, "themas/ander.md", "x\n", "Erbij\n", &other);
	page = town_get(t, ROLE_LEZER, "page.read", "{'address':'index'}");
	must_save(t, ROLE_REDACTEUR, 2, "een\ntwee\nDRIE\n");
	(void)snprintf(params, sizeof(params),
		       "{'address':'index','base_commit':'%s',"
		       "'text':'EEN\\ntwee\\ndrie\\n'}",
		       other.hex);
	r = town_get(t, ROLE_BIJDRAGER, "page.save", params);
	assert_json(json_object_get(r, "joined"), "true");
	expect_text(t, "index.md", "EEN\ntwee\nDRIE\n");
	json_decref(r);
	(void)snprintf(params, sizeof(params),
		       "{'address':'index','base':2,'base_commit':'%s',"
		       "'text':'een\\nTWEE\\ndrie\\n'}",
		       town_text(page, "commit"));
	r = town_get(t, ROLE_BIJDRAGER, "page.save", params);
	assert_int_equal(json_array_size(json_object_get(r, "with")), 2);
	expect_text(t, "index.md", "EEN\nTWEE\nDRIE\n");
	json_decref(page);
	json_decref(r);
}

/* As after a backup was put back: version 2 is not what it was. */
static void
test_joining__a_base_that_is_another_is_all_conflict(void **state)
{
	struct town *t = *state;
	json_t *page;
	char params[300];

	must_save(t, ROLE_BIJDRAGER, 1, "een\ntwee\ndrie\n");
	page = town_get(t, ROLE_LEZER, "page.read", "{'address':'index'}");
	must_save(t, ROLE_REDACTEUR, 2, "een\ntwee\nDRIE\n");
	(void)snprintf(params, sizeof(params),
		       "{'address':'index','base':3,'base_commit':'%s',"
		       "'text':'een\\ntwee\\n'}",
		       town_text(page, "commit"));
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "page.save", params, NULL),
			 PLEIN_ECONFLICT);
	assert_json(json_object_get(t->args, "base"), "null");
	assert_json(json_object_get(t->args, "regions"),
		    "[{'base':[1,0],'saved':[1,3],'yours':[1,2]}]");
	/* one that never was is no conflict with anybody */
	assert_int_equal(save(t, ROLE_BIJDRAGER, 99, "", NULL),
			 PLEIN_ENOTFOUND);
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "page.save",
				  "{'address':'index','text':'x'}", NULL),
			 PLEIN_EUSAGE);
	json_decref(page);
}

static void
test_joining__an_edit_of_a_deleted_page_is_a_conflict(void **state)
{
	struct town *t = *state;
	struct repo_id id;
	json_t *r;

	town_commit(t->desk.repo, "index.md", NULL, "Weg\n", &id);
	assert_int_equal(save(t, ROLE_BIJDRAGER, 1, HEAD BODY, NULL),
			 PLEIN_ECONFLICT);
	assert_json(json_object_get(t->args, "gone"), "true");
	assert_json(json_object_get(t->args, "regions"), "[]");
	assert_int_equal(town_number(t->args, "version"), 2);
	assert_string_equal(town_text(t->args, "handle"), "git.zelf");
	/* who knows that it is gone asks for something that is not there */
	assert_int_equal(save(t, ROLE_BIJDRAGER, 2, HEAD BODY, NULL),
			 PLEIN_ENOTFOUND);
	assert_int_equal(town_number(t->args, "gone"), 2);
	/* put back by somebody else meanwhile: joined as ever */
	town_commit(t->desk.repo, "index.md", HEAD "een\n", "Terug\n", &id);
	assert_int_equal(save(t, ROLE_BIJDRAGER, 1,
			      "---\ntitel: Begin\ntype: start\nx: 1\n---\n"
			      "Welkom.\n",
			      &r),
			 0);
	expect_text(t, "index.md",
		    "---\ntitel: Begin\ntype: start\nx: 1\n---\neen\n");
	json_decref(r);
}

/* One commit in which a page moves, as page.rename or a push makes it. */
static void
move_page(struct town *t, const char *from, const char *to, const char *text)
{
	struct edit e = { NULL,
			  NULL,
			  0,
			  "Git Zelf",
			  "git.zelf@stad.example",
			  "plein@stad.example",
			  1700000000,
			  "Verplaatst\n",
			  0 };
	struct repo_id id;
	struct txn *txn;

	if (txn_begin(&txn, t->desk.repo, &t->err) ||
	    txn_stage(txn, from, NULL, 0, &t->err) ||
	    txn_stage(txn, to, text, strlen(text), &t->err) ||
	    txn_edit(txn, &e, &id, &t->err) || txn_commit(txn, &t->err))
		fail_msg("%s", t->err.msg);
}

static void
test_joining__an_edit_follows_a_page_that_moved(void **state)
{
	static const char edit[] =
		"{'address':'vraagstukken/hoe','base':1,'request':'d1',"
		"'text':'---\\ntitel: \\\"Hoe dan?\\\"\\ntype: vraagstuk\\n"
		"stand: open\\nhoort_bij: [themas/common-ground]\\n---\\n"
		"Hoe nu?\\n'}";
	struct town *t = *state;
	json_t *r, *again;

	move_page(t, "vraagstukken/hoe.md", "begrippen/hoe.md",
		  "---\ntitel: \"Hoe dan?\"\ntype: begrip\nstand: open\n"
		  "hoort_bij: [themas/common-ground]\n"
		  "aliassen: [vraagstukken/hoe]\n---\nHoe?\n");
	r = town_get(t, ROLE_BIJDRAGER, "page.save", edit);
	assert_string_equal(town_text(r, "address"), "begrippen/hoe");
	assert_int_equal(town_number(r, "version"), 3);
	assert_json(json_object_get(r, "moved"), "true");
	assert_json(json_object_get(r, "joined"), "true");
	expect_text(t, "begrippen/hoe.md",
		    "---\ntitel: \"Hoe dan?\"\ntype: begrip\nstand: open\n"
		    "hoort_bij: [themas/common-ground]\n"
		    "aliassen: [vraagstukken/hoe]\n---\nHoe nu?\n");
	again = town_get(t, ROLE_BIJDRAGER, "page.save", edit);
	assert_true(json_equal(r, again));
	json_decref(r);
	json_decref(again);
}

static void
test_joining__a_move_and_an_edit_of_the_same_clash(void **state)
{
	struct town *t = *state;

	move_page(t, "vraagstukken/hoe.md", "begrippen/hoe.md",
		  "---\ntitel: Nieuw\ntype: begrip\n"
		  "aliassen: [vraagstukken/hoe]\n---\nHoe?\n");
	assert_int_equal(
		town_ask(t, ROLE_BIJDRAGER, "page.save",
			 "{'address':'vraagstukken/hoe','base':1,"
			 "'text':'---\\ntitel: Ander\\n---\\nHoe?\\n'}",
			 NULL),
		PLEIN_ECONFLICT);
	assert_string_equal(town_text(t->args, "address"), "begrippen/hoe");
	expect_versions(t, "begrippen/hoe", 2);
}

static void
test_joining__an_alias_by_hand_is_no_move(void **state)
{
	struct town *t = *state;
	struct repo_id id;

	town_commit(t->desk.repo, "begrippen/x.md", "een\n", "Nieuw\n", &id);
	town_commit(t->desk.repo, "begrippen/x.md", "twee\n", "Nieuw\n", &id);
	town_commit(t->desk.repo, "vraagstukken/hoe.md", NULL, "Weg\n", &id);
	town_commit(t->desk.repo, "begrippen/x.md",
		    "---\naliassen: [vraagstukken/hoe]\n---\ntwee\n", "Alias\n",
		    &id);
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "page.save",
				  "{'address':'vraagstukken/hoe','base':1,"
				  "'text':'Hoe nu?\\n'}",
				  NULL),
			 PLEIN_ECONFLICT);
	assert_json(json_object_get(t->args, "gone"), "true");
	expect_text(t, "begrippen/x.md",
		    "---\naliassen: [vraagstukken/hoe]\n---\ntwee\n");
}

static void
test_joining__two_makers_of_one_page(void **state)
{
	struct town *t = *state;

	json_decref(town_get(t, ROLE_REDACTEUR, "page.create",
			     "{'address':'themas/nieuw','kind':'thema',"
			     "'title':'De eerste'}"));
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "page.create",
				  "{'address':'themas/nieuw','kind':'thema',"
				  "'title':'De tweede'}",
				  NULL),
			 PLEIN_EEXISTS);
	assert_json(t->args, "{'address':'themas/nieuw','title':'De eerste',"
			     "'version':1}");
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "page.create",
				  "{'address':'themas/oude-naam',"
				  "'kind':'thema','title':'T'}",
				  NULL),
			 PLEIN_EEXISTS);
	assert_json(t->args, "{'address':'themas/common-ground',"
			     "'title':'Common Ground','version':1}");
}

static void
test_joining__untouched_line_ends_stay(void **state)
{
	struct town *t = *state;
	struct repo_id id;

	town_commit(t->desk.repo, "index.md", "een\r\ntwee\ndrie\r\nvier",
		    "Van elders\n", &id);
	must_save(t, ROLE_BIJDRAGER, 2, "een\ntwee\nerbij\ndrie\nvier");
	expect_text(t, "index.md", "een\r\ntwee\nerbij\ndrie\r\nvier");
	must_save(t, ROLE_REDACTEUR, 2, "EEN\ntwee\ndrie\nvier");
	expect_text(t, "index.md", "EEN\ntwee\nerbij\ndrie\r\nvier");
}

/* Both in one batch: the second joins what is not even stored yet. */
static void
test_joining__edits_of_one_batch_are_joined(void **state)
{
	static const char *const texts[] = { HEAD "EEN\ntwee\ndrie\nvier\n",
					     HEAD "een\ntwee\ndrie\nVIER\n",
					     HEAD "een\ntwee\ndrie\nvijf\n" };
	static const int results[] = { 0, 0, PLEIN_ECONFLICT };
	struct town *t = *state;
	struct task tasks[3];
	struct vec list = VEC_INIT;
	struct call calls[3];
	struct batch_end end;

	must_save(t, ROLE_BIJDRAGER, 1, HEAD BODY);
	for (size_t i = 0; i < 3; i++) {
		call_init(&calls[i], t->roles[ROLE_BIJDRAGER],
			  json_pack("{s:s, s:i, s:s}", "address", "index",
				    "base", 2, "text", texts[i]));
		tasks[i] = (struct task){ method_find("page.save"), &calls[i],
					  0, false };
		vec_push(&list, &tasks[i]);
	}
	batch_run(&t->desk, &list, NULL, &end);
	vec_release(&list, NULL);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(tasks[i].result, results[i]);
		call_release(&calls[i]);
	}
	expect_text(t, "index.md", HEAD "EEN\ntwee\ndrie\nVIER\n");
	expect_versions(t, "index", 4);
}

static void
test_joining__an_answer_names_so_many_versions(void **state)
{
	struct town *t = *state;
	struct repo_id id;
	char text[64];
	json_t *r;

	town_commit(t->desk.repo, "index.md", "begin\nx\neind\n", "n\n", &id);
	for (int i = 0; i < 60; i++) {
		(void)snprintf(text, sizeof(text), "begin\nx\neind %d\n", i);
		town_commit(t->desk.repo, "index.md", text, "n\n", &id);
	}
	assert_int_equal(save(t, ROLE_BIJDRAGER, 2, "BEGIN\nx\neind\n", &r), 0);
	assert_int_equal(json_array_size(json_object_get(r, "with")), 50);
	assert_int_equal(
		town_number(json_array_get(json_object_get(r, "with"), 49),
			    "version"),
		62);
	json_decref(r);
}

static void
test_joining__a_conflict_names_so_many_places(void **state)
{
	struct town *t = *state;
	struct buf texts[3] = { BUF_INIT, BUF_INIT, BUF_INIT };
	json_t *regions;
	struct repo_id id;

	for (int i = 0; i < 1500; i++)
		for (int k = 0; k < 3; k++)
			buf_printf(&texts[k], "%d %d\nblijft %d\n", k, i, i);
	town_commit(t->desk.repo, "index.md", texts[0].ptr, "n\n", &id);
	must_save(t, ROLE_REDACTEUR, 2, texts[1].ptr);
	assert_int_equal(save(t, ROLE_BIJDRAGER, 2, texts[2].ptr, NULL),
			 PLEIN_ECONFLICT);
	regions = json_object_get(t->args, "regions");
	assert_int_equal(json_array_size(regions), 1000);
	assert_json(json_array_get(regions, 998),
		    "{'base':[1997,1],'saved':[1997,1],'yours':[1997,1]}");
	assert_json(json_array_get(regions, 999),
		    "{'base':[1999,1001],'saved':[1999,1001],"
		    "'yours':[1999,1001]}");
	for (int k = 0; k < 3; k++)
		buf_release(&texts[k]);
}

static void
test_joining__what_grows_too_big_is_refused(void **state)
{
	struct town *t = *state;
	struct buf one = BUF_INIT, other = BUF_INIT;
	struct repo_id id;

	town_commit(t->desk.repo, "index.md", "a\nb\nc\n", "n\n", &id);
	while (one.len < PAGE_MAX / 2)
		buf_str(&one, "x");
	buf_str(&other, "a\nb\nc");
	buf_add(&other, one.ptr, one.len);
	buf_str(&one, "\nb\nc\n");
	must_save(t, ROLE_REDACTEUR, 2, one.ptr);
	assert_int_equal(save(t, ROLE_BIJDRAGER, 2, other.ptr, NULL),
			 PLEIN_ETOOBIG);
	expect_versions(t, "index", 3);
	buf_release(&one);
	buf_release(&other);
}

static int
see_message(void *ctx, const struct history_commit *c)
{
	struct buf *b = ctx;

	buf_reset(b);
	buf_str(b, c->message);
	return 0;
}

static void
test_joining__a_small_change_is_marked(void **state)
{
	struct town *t = *state;
	struct repo_id none = { "" }, tip;
	struct buf message = BUF_INIT;

	json_decref(town_get(t, ROLE_BIJDRAGER, "page.save",
			     "{'address':'index','base':1,'text':'x\\n',"
			     "'minor':true}"));
	assert_int_equal(repo_ref_read(t->desk.repo, &tip, &t->err), 0);
	assert_int_equal(history_walk(t->desk.repo, &none, &tip, see_message,
				      &message, &t->err),
			 0);
	assert_non_null(strstr(message.ptr, "\nPlein-Minor: yes\n"));
	buf_release(&message);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, town_setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_joining__what_does_not_touch_is_joined),
		TEST(test_joining__the_newest_base_joins_nothing),
		TEST(test_joining__an_overlap_is_told_and_nothing_written),
		TEST(test_joining__fields_clash_as_lines_of_the_page),
		TEST(test_joining__what_both_changed_alike_is_the_same),
		TEST(test_joining__without_note_the_subject_names_the_other),
		TEST(test_joining__a_repetition_is_answered_alike_after_a_restart),
		TEST(test_joining__a_base_may_be_a_commit),
		TEST(test_joining__a_base_that_is_another_is_all_conflict),
		TEST(test_joining__an_edit_of_a_deleted_page_is_a_conflict),
		TEST(test_joining__an_edit_follows_a_page_that_moved),
		TEST(test_joining__a_move_and_an_edit_of_the_same_clash),
		TEST(test_joining__an_alias_by_hand_is_no_move),
		TEST(test_joining__two_makers_of_one_page),
		TEST(test_joining__untouched_line_ends_stay),
		TEST(test_joining__edits_of_one_batch_are_joined),
		TEST(test_joining__an_answer_names_so_many_versions),
		TEST(test_joining__a_conflict_names_so_many_places),
		TEST(test_joining__what_grows_too_big_is_refused),
		TEST(test_joining__a_small_change_is_marked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
