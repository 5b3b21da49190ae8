/* The agenda that folds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "view/tree.h"

static struct tree tree;

static int
release(void **state)
{
	(void)state;
	tree_release(&tree);
	return 0;
}

static void
load(const char *rows)
{
	json_t *list = json_loads(rows, 0, NULL);

	tree_load(&tree, list);
	json_decref(list);
}

static const char rows[] =
	"[{\"address\":\"a\",\"title\":\"A\",\"status\":\"concept\","
	"\"depth\":0,\"below\":3},"
	"{\"address\":\"b\",\"title\":\"B\",\"status\":\"concept\","
	"\"depth\":1,\"below\":2},"
	"{\"address\":\"c\",\"title\":\"C\",\"status\":\"concept\","
	"\"state\":\"open\",\"depth\":2,\"below\":0},"
	"{\"address\":\"d\",\"title\":\"D\",\"depth\":2,\"below\":0},"
	"{\"address\":null,\"title\":null,\"depth\":0,\"below\":1},"
	"{\"address\":\"e\",\"title\":\"E\",\"depth\":1,\"below\":0}]";

static void
expect_seen(const char *addresses)
{
	char seen[32] = "";

	for (size_t i = 0; i < tree.n_seen; i++) {
		const char *a = tree_seen(&tree, i)->address;

		(void)strlcat(seen, a ? a : "-", sizeof(seen));
	}
	assert_string_equal(seen, addresses);
}

static void
test_tree__opens_objectives_only(void **state)
{
	(void)state;
	load(rows);
	expect_seen("ab-");
	assert_string_equal(tree_seen(&tree, 0)->status, "concept");
}

static void
test_tree__folds_and_unfolds(void **state)
{
	(void)state;
	load(rows);
	tree_fold(&tree, 1, true);
	expect_seen("abcd-");
	assert_string_equal(tree_seen(&tree, 2)->status, "open");
	assert_int_equal(tree_children(&tree, 1), 2);
	assert_int_equal(tree_children(&tree, 0), 1);
	assert_int_equal(tree_parent(&tree, 3), 1);
	assert_int_equal(tree_parent(&tree, 0), 0);
	tree_fold(&tree, 2, true);
	expect_seen("abcd-");
	tree_fold(&tree, 0, false);
	expect_seen("a-");
	tree_fold(&tree, 1, true);
	expect_seen("a-e");
}

static void
test_tree__keeps_what_was_open(void **state)
{
	(void)state;
	load(rows);
	tree_fold(&tree, 1, true);
	tree_fold(&tree, 4, true);
	load(rows);
	expect_seen("abcd-e");
}

static void
expect_open(const char *want)
{
	struct buf open = BUF_INIT;

	tree_tell_open(&tree, &open);
	assert_string_equal(open.ptr, want);
	buf_release(&open);
}

static void
test_tree__is_as_it_was_left(void **state)
{
	(void)state;
	load(rows);
	expect_open("a");
	tree_fold(&tree, 1, true);
	tree_fold(&tree, 4, true);
	expect_open("a b -");
	tree_fold(&tree, 0, false); /* what is open in it stays so */
	expect_open("b -");
	tree_restore(&tree, "");
	expect_seen("a-");
	expect_open("");
	tree_restore(&tree, "b weg - c a");
	expect_seen("abcd-e");
	expect_open("a b -"); /* a page without others, a page that is gone */
}

/* The words come first, the rows later, in parts. */
static void
test_tree__is_as_it_was_left_when_rows_come_later(void **state)
{
	(void)state;
	tree_restore(&tree, "b");
	load("[{\"address\":\"a\",\"depth\":0,\"below\":3}]");
	expect_seen("a");
	load(rows);
	expect_seen("a-");
	tree_fold(&tree, 0, true);
	expect_seen("abcd-");
}

static void
test_tree__narrowed_tells_how_it_was_before(void **state)
{
	(void)state;
	load(rows);
	tree_narrow(&tree, "", "open");
	expect_open("a");
	tree_restore(&tree, "-");
	expect_open("-");
	expect_seen("abc");
	tree_narrow(&tree, "", "");
	expect_seen("a-e");
}

static void
test_tree__tells_no_more_than_is_kept(void **state)
{
	json_t *list = json_array();
	struct buf open = BUF_INIT;
	char address[64];

	(void)state;
	for (int i = 0; i < 2000; i++) {
		(void)snprintf(address, sizeof(address), "themas/thema-%d", i);
		(void)json_array_append_new(
			list, json_pack("{s:s, s:i, s:i}", "address", address,
					"depth", 0, "below", 1));
		(void)json_array_append_new(
			list, json_pack("{s:s, s:i, s:i}", "address", "x",
					"depth", 1, "below", 0));
	}
	tree_load(&tree, list);
	tree_tell_open(&tree, &open);
	assert_in_range(open.len, TREE_LEFT_MAX - 64, TREE_LEFT_MAX);
	assert_true(open.ptr[open.len - 1] != ' ');
	json_decref(list);
	buf_release(&open);
}

static void
test_tree__bears_numbers_that_are_wrong(void **state)
{
	(void)state;
	load("[{\"address\":\"a\",\"depth\":-5,\"below\":99},7,"
	     "{\"address\":\"b\",\"depth\":1,\"below\":99}]");
	expect_seen("ab");
	tree_fold(&tree, 0, false);
	expect_seen("a");
	load("[]");
	expect_seen("");
	load("{}");
	expect_seen("");
}

static void
test_tree__narrows_to_what_is_wanted_and_its_parents(void **state)
{
	(void)state;
	load(rows);
	tree_fold(&tree, 2, true);
	expect_seen("ab-e");
	tree_narrow(&tree, "", "open");
	expect_seen("abc");
	assert_int_equal(tree_children(&tree, 1), 1);
	assert_false(tree_has_below(&tree, 2));
	tree_fold(&tree, 1, false);
	expect_seen("ab");
	tree_narrow(&tree, "", "concept");
	expect_seen("ab");
	assert_false(tree_has_below(&tree, 1));
	tree_narrow(&tree, "thema", "concept");
	expect_seen("");
	load(rows); /* what was open before stays open */
	expect_seen("ab-e");
	tree_narrow(&tree, "", "open");
	tree_narrow(&tree, "", "");
	expect_seen("ab-e");
}

static void
expect_found(struct tree_place *place, const char *words, int by,
	     const char *address, size_t n, size_t all)
{
	assert_true(tree_find(&tree, words, by, place));
	assert_string_equal(tree_seen(&tree, place->at)->address, address);
	assert_int_equal(place->n, n);
	assert_int_equal(place->all, all);
}

static void
test_tree__finds_a_title_and_opens_what_it_hangs_under(void **state)
{
	struct tree_place place;

	(void)state;
	load("[{\"address\":\"a\",\"title\":\"Open\",\"depth\":0,"
	     "\"below\":2},{\"address\":\"b\",\"title\":\"B\","
	     "\"depth\":1,\"below\":1},{\"address\":\"c\",\"title\":"
	     "\"Inopenbaar\",\"depth\":2,\"below\":0}]");
	expect_seen("ab");
	place.at = tree.n_seen;
	expect_found(&place, "\xc3\x93PEN", 1, "a", 1, 2);
	expect_found(&place, "open", 1, "c", 2, 2);
	expect_seen("abc");
	expect_found(&place, "open", 1, "a", 1, 2);
	expect_found(&place, "open", -1, "c", 2, 2);
	expect_found(&place, "open", -1, "a", 1, 2);
	assert_false(tree_find(&tree, "dicht", 1, &place));
	assert_false(tree_find(&tree, "", 1, &place));
	load("[]");
	place.at = 0;
	assert_false(tree_find(&tree, "a", 1, &place));
}

/* "2 1 0 1 …": what is counted in each row. */
static void
expect_counts(const char *news, const char *want)
{
	json_t *list = news ? json_loads(news, 0, NULL) : NULL;
	char said[64] = "";

	tree_count(&tree, list);
	for (size_t i = 0; i < tree.n_rows; i++)
		(void)snprintf(said + strlen(said), sizeof(said) - strlen(said),
			       "%s%zu", i ? " " : "", tree.rows[i].n_new);
	assert_string_equal(said, want);
	json_decref(list);
}

static void
test_tree__counts_what_is_new_in_each_branch(void **state)
{
	(void)state;
	expect_counts("[{\"address\":\"a\"}]", "");
	load(rows);
	expect_counts("[{\"address\":\"c\"}]", "1 1 1 0 0 0");
	expect_counts("[{\"address\":\"c\"},{\"address\":\"d\"}]",
		      "2 2 1 1 0 0");
	expect_counts("[{\"address\":\"a\"},{\"address\":\"e\"}]",
		      "1 0 0 0 1 1");
	expect_counts("[{\"address\":\"x\"},{},1]", "0 0 0 0 0 0");
	expect_counts(NULL, "0 0 0 0 0 0");
}

/* A page that hangs under two topics is one page in what is above both. */
static void
test_tree__counts_a_page_once(void **state)
{
	(void)state;
	load("[{\"address\":\"a\",\"depth\":0,\"below\":4},"
	     "{\"address\":\"b\",\"depth\":1,\"below\":1},"
	     "{\"address\":\"p\",\"depth\":2,\"below\":0},"
	     "{\"address\":\"c\",\"depth\":1,\"below\":1},"
	     "{\"address\":\"p\",\"depth\":2,\"below\":0},"
	     "{\"address\":\"z\",\"depth\":0,\"below\":0}]");
	expect_counts("[{\"address\":\"p\"}]", "1 1 1 1 1 0");
	expect_counts("[{\"address\":\"p\"},{\"address\":\"z\"}]",
		      "1 1 1 1 1 1");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_tree__opens_objectives_only,
					  release),
		cmocka_unit_test_teardown(test_tree__folds_and_unfolds,
					  release),
		cmocka_unit_test_teardown(test_tree__keeps_what_was_open,
					  release),
		cmocka_unit_test_teardown(test_tree__is_as_it_was_left,
					  release),
		cmocka_unit_test_teardown(
			test_tree__is_as_it_was_left_when_rows_come_later,
			release),
		cmocka_unit_test_teardown(
			test_tree__narrowed_tells_how_it_was_before, release),
		cmocka_unit_test_teardown(test_tree__tells_no_more_than_is_kept,
					  release),
		cmocka_unit_test_teardown(
			test_tree__bears_numbers_that_are_wrong, release),
		cmocka_unit_test_teardown(
			test_tree__counts_what_is_new_in_each_branch, release),
		cmocka_unit_test_teardown(
			test_tree__narrows_to_what_is_wanted_and_its_parents,
			release),
		cmocka_unit_test_teardown(
			test_tree__finds_a_title_and_opens_what_it_hangs_under,
			release),
		cmocka_unit_test_teardown(test_tree__counts_a_page_once,
					  release),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
