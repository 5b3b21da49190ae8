/* Taking back: a version's change, or all that came after it. */
#include "town.h"

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

/* The next version of a page, as a push would make it. */
static void
put(struct town *t, const char *path, const char *text)
{
	struct repo_id id;

	town_commit(t->desk.repo, path, text, "Versie\n", &id);
}

static int
ask(struct town *t, const char *method, const char *address, int version,
    json_t **r)
{
	char params[200];

	(void)snprintf(params, sizeof(params), "{'address':'%s','version':%d}",
		       address, version);
	return town_ask(t, ROLE_BIJDRAGER, method, params, r);
}

static void
expect_note(struct town *t, const char *address, const char *want)
{
	struct index_version *v = NULL;

	assert_int_equal(index_latest(t->desk.index, address, &v, &t->err), 0);
	assert_string_equal(v->note, want);
	index_version_free(v);
}

static void
test_handle_undo__revert_is_a_new_version_with_the_old_text(void **state)
{
	struct town *t = *state;
	json_t *r;

	put(t, "index.md", "een\n");
	put(t, "index.md", "twee\n");
	assert_int_equal(ask(t, "page.revert", "index", 2, &r), 0);
	assert_int_equal(town_number(r, "version"), 4);
	assert_true(json_is_false(json_object_get(r, "joined")));
	expect_text(t, "index.md", "een\n");
	expect_note(t, "index", "terug naar versie 2");
	json_decref(r);
	assert_int_equal(ask(t, "page.revert", "index", 2, NULL), PLEIN_ESAME);
	json_decref(town_get(t, ROLE_BIJDRAGER, "page.revert",
			     "{'address':'index','version':3,"
			     "'note':'te snel ingekort'}"));
	expect_note(t, "index", "terug naar versie 3: te snel ingekort");
}

static void
test_handle_undo__revert_keeps_former_addresses(void **state)
{
	struct town *t = *state;

	put(t, "index.md", "---\ntitel: A\naliassen: [themas/fout]\n---\nx\n");
	put(t, "index.md",
	    "---\ntitel: B\naliassen:\n  - themas/a\n  - themas/b\n---\ny\n");
	assert_int_equal(ask(t, "page.revert", "index", 2, NULL), 0);
	expect_text(t, "index.md",
		    "---\ntitel: A\naliassen:\n  - themas/a\n  - themas/b\n"
		    "---\nx\n");
	put(t, "index.md", "zonder\n");
	assert_int_equal(ask(t, "page.revert", "index", 3, NULL), 0);
	expect_text(t, "index.md", "---\ntitel: B\n---\ny\n");
	put(t, "index.md", "---\ntitel: C\naliassen: [themas/c]\n---\nz\n");
	assert_int_equal(ask(t, "page.revert", "index", 5, NULL), 0);
	expect_text(t, "index.md", "---\naliassen: [themas/c]\n---\nzonder\n");
}

static void
test_handle_undo__revert_refuses(void **state)
{
	struct town *t = *state;

	put(t, "index.md", NULL);
	assert_int_equal(ask(t, "page.revert", "index", 1, NULL),
			 PLEIN_ENOTFOUND);
	assert_int_equal(town_number(t->args, "gone"), 2);
	put(t, "index.md", "terug\n");
	assert_int_equal(ask(t, "page.revert", "index", 2, NULL), PLEIN_ERULE);
	assert_string_equal(t->err.rule, "was-gone");
	assert_int_equal(ask(t, "page.revert", "index", 9, NULL),
			 PLEIN_ENOTFOUND);
	assert_int_equal(ask(t, "page.revert", "themas/nee", 1, NULL),
			 PLEIN_ENOTFOUND);
	/* a text of before the rules */
	put(t, "themas/x.md", "a\x1b[2J\n");
	put(t, "themas/x.md", "b\n");
	assert_int_equal(ask(t, "page.revert", "themas/x", 1, NULL),
			 PLEIN_ERULE);
	expect_text(t, "themas/x.md", "b\n");
}

static void
test_handle_undo__undo_leaves_what_came_later(void **state)
{
	struct town *t = *state;
	json_t *r;

	put(t, "index.md", "een\ntwee\ndrie\n");
	put(t, "index.md", "een\nTWEE\ndrie\n");
	put(t, "index.md", "een\nTWEE\ndrie\nvier\n");
	assert_int_equal(ask(t, "page.undo", "index", 3, &r), 0);
	assert_int_equal(town_number(r, "version"), 5);
	assert_true(json_is_true(json_object_get(r, "joined")));
	assert_int_equal(json_array_size(json_object_get(r, "with")), 1);
	expect_text(t, "index.md", "een\ntwee\ndrie\nvier\n");
	expect_note(t, "index", "versie 3 ongedaan gemaakt");
	json_decref(r);
	/* once is enough */
	assert_int_equal(ask(t, "page.undo", "index", 3, NULL), PLEIN_ESAME);
}

static void
test_handle_undo__undo_of_the_newest_is_the_one_before(void **state)
{
	struct town *t = *state;
	json_t *r;

	put(t, "index.md", "een\n");
	put(t, "index.md", "twee\n");
	assert_int_equal(ask(t, "page.undo", "index", 3, &r), 0);
	assert_true(json_is_false(json_object_get(r, "joined")));
	expect_text(t, "index.md", "een\n");
	json_decref(r);
}

static void
test_handle_undo__what_was_changed_again_is_a_conflict(void **state)
{
	struct town *t = *state;
	char *got;

	put(t, "index.md", "een\ntwee\n");
	put(t, "index.md", "een\nTWEE\n");
	put(t, "index.md", "een\n2\n");
	assert_int_equal(ask(t, "page.undo", "index", 3, NULL),
			 PLEIN_ECONFLICT);
	assert_int_equal(town_number(t->args, "base"), 3);
	assert_int_equal(town_number(t->args, "version"), 4);
	got = json_dumps(json_object_get(t->args, "regions"),
			 JSON_COMPACT | JSON_SORT_KEYS);
	assert_string_equal(
		got, "[{\"base\":[2,1],\"saved\":[2,1],\"yours\":[2,1]}]");
	free(got);
	expect_text(t, "index.md", "een\n2\n");
}

static void
test_handle_undo__undo_keeps_former_addresses(void **state)
{
	struct town *t = *state;

	put(t, "index.md", "---\ntitel: A\n---\nx\n");
	put(t, "index.md", "---\ntitel: B\naliassen: [themas/b]\n---\nx\n");
	assert_int_equal(ask(t, "page.undo", "index", 3, NULL), 0);
	expect_text(t, "index.md",
		    "---\ntitel: A\naliassen: [themas/b]\n---\nx\n");
}

/* One commit in which the page moves. */
static void
move_page(struct town *t)
{
	static const char text[] =
		"---\ntitel: Hoe\naliassen: [vraagstukken/hoe]\n---\nHoe?\n";
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
	    txn_stage(txn, "vraagstukken/hoe.md", NULL, 0, &t->err) ||
	    txn_stage(txn, "begrippen/hoe.md", text, strlen(text), &t->err) ||
	    txn_edit(txn, &e, &id, &t->err) || txn_commit(txn, &t->err))
		fail_msg("%s", t->err.msg);
}

static void
test_handle_undo__what_is_no_change_of_text_is_refused(void **state)
{
	struct town *t = *state;

	assert_int_equal(ask(t, "page.undo", "index", 1, NULL), PLEIN_ERULE);
	assert_string_equal(t->err.rule, "undo-made");
	put(t, "index.md", NULL);
	put(t, "index.md", "terug\n");
	assert_int_equal(ask(t, "page.undo", "index", 2, NULL), PLEIN_ERULE);
	assert_string_equal(t->err.rule, "undo-deleted");
	assert_int_equal(ask(t, "page.undo", "index", 3, NULL), PLEIN_ERULE);
	assert_string_equal(t->err.rule, "undo-made");
	assert_int_equal(ask(t, "page.undo", "index", 9, NULL),
			 PLEIN_ENOTFOUND);
	move_page(t);
	assert_int_equal(ask(t, "page.undo", "begrippen/hoe", 2, NULL),
			 PLEIN_ERULE);
	assert_string_equal(t->err.rule, "undo-moved");
	/* but a version from before the move can be gone back to */
	assert_int_equal(ask(t, "page.revert", "vraagstukken/hoe", 1, NULL), 0);
	expect_text(t, "begrippen/hoe.md",
		    "---\ntitel: \"Hoe dan?\"\ntype: vraagstuk\nstand: open\n"
		    "hoort_bij: [themas/common-ground]\n"
		    "aliassen: [vraagstukken/hoe]\n---\nHoe?\n");
}

static void
test_handle_undo__a_repetition_is_answered_alike(void **state)
{
	static const char *const methods[] = { "page.undo", "page.revert" };
	static const char params[] =
		"{'address':'index','version':3,'request':'%zu'}";
	struct town *t = *state;
	json_t *first, *again;
	char asked[100];

	put(t, "index.md", "een\ntwee\n");
	put(t, "index.md", "een\nTWEE\n");
	put(t, "index.md", "EEN\nTWEE\n");
	for (size_t i = 0; i < 2; i++) {
		(void)snprintf(asked, sizeof(asked), params, i);
		first = town_get(t, ROLE_BIJDRAGER, methods[i], asked);
		put(t, "index.md", i ? "a\n" : "b\n");
		again = town_get(t, ROLE_BIJDRAGER, methods[i], asked);
		assert_true(json_equal(first, again));
		json_decref(first);
		json_decref(again);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, town_setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_handle_undo__revert_is_a_new_version_with_the_old_text),
		TEST(test_handle_undo__revert_keeps_former_addresses),
		TEST(test_handle_undo__revert_refuses),
		TEST(test_handle_undo__undo_leaves_what_came_later),
		TEST(test_handle_undo__undo_of_the_newest_is_the_one_before),
		TEST(test_handle_undo__what_was_changed_again_is_a_conflict),
		TEST(test_handle_undo__undo_keeps_former_addresses),
		TEST(test_handle_undo__what_is_no_change_of_text_is_refused),
		TEST(test_handle_undo__a_repetition_is_answered_alike),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
