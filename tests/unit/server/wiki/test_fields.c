/* The fields of a new page: options win, other bytes stay. */
#include "town.h"

#include "wiki/fields.h"

static void
expect(const char *text, const char *want)
{
	struct buf b = BUF_INIT;

	buf_str(&b, text);
	fields_set(&b, "Nieuw", "thema");
	assert_string_equal(b.ptr, want);
	buf_release(&b);
}

#define BLOCK "---\ntitel: \"Nieuw\"\ntype: thema\nstatus: concept\n---\n"

static void
test_fields__a_text_without_block_gets_one(void **state)
{
	(void)state;
	expect("", BLOCK);
	expect("Tekst.\n", BLOCK "Tekst.\n");
	expect("a\n---\nb\n", BLOCK "a\n---\nb\n");
}

static void
test_fields__a_title_has_no_blanks_around_it(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	fields_set(&b, "  Een nieuw \t begin  ", "thema");
	assert_non_null(strstr(b.ptr, "titel: \"Een nieuw "));
	assert_non_null(strstr(b.ptr, " begin\"\n"));
	buf_release(&b);
}

static void
test_fields__other_bytes_stay(void **state)
{
	(void)state;
	expect("---\n# uitleg\ntitel: Oud\n\nx:  [1,2]\ntype: "
	       "besluit\n---\nT\n",
	       "---\n# uitleg\ntitel: \"Nieuw\"\n\nx:  [1,2]\ntype: thema\n"
	       "---\nT\n");
	expect("---\ntitel: Nieuw\ntype: 'thema'\n---\nT\n",
	       "---\ntitel: Nieuw\ntype: 'thema'\n---\nT\n");
}

static void
test_fields__a_value_over_lines_is_replaced_whole(void **state)
{
	(void)state;
	expect("---\ntitel: >\n  Een\n  lange\ntype: thema\n---\nT\n",
	       "---\ntitel: \"Nieuw\"\ntype: thema\n---\nT\n");
}

static void
test_fields__absent_ones_are_added(void **state)
{
	(void)state;
	expect("---\nx: 1\n---\nT\n",
	       "---\ntype: thema\ntitel: \"Nieuw\"\nx: 1\n---\nT\n");
	/* a longer key is another one */
	expect("---\ntitels: 1\ntype: thema\n---\n",
	       "---\ntitel: \"Nieuw\"\ntitels: 1\ntype: thema\n---\n");
}

static void
test_fields__a_broken_block_is_left_for_the_check(void **state)
{
	(void)state;
	expect("---\n- a\n---\nT\n", "---\n- a\n---\nT\n");
	expect("---\ntitel: [\n---\nT\n", "---\ntitel: [\n---\nT\n");
}

static void
expect_taken(const char *text, const char *from, const char *want)
{
	struct buf b = BUF_INIT, f = BUF_INIT;

	buf_str(&b, text);
	buf_str(&f, from);
	fields_take(&b, "a", &f);
	assert_string_equal(b.ptr, want);
	buf_release(&b);
	buf_release(&f);
}

static void
test_fields__one_is_taken_from_another_text(void **state)
{
	(void)state;
	expect_taken("---\nx: 1\na: 1\ny: 1\n---\nT\n",
		     "---\na:\n  - 2\n  - 3\n---\n",
		     "---\nx: 1\na:\n  - 2\n  - 3\ny: 1\n---\nT\n");
	expect_taken("---\nx: 1\n---\nT\n", "---\na: 2\nx: 3\n---\nU\n",
		     "---\nx: 1\na: 2\n---\nT\n");
	expect_taken("---\na: 1\nx: 1\n---\nT\n", "---\nx: 3\n---\nU\n",
		     "---\nx: 1\n---\nT\n");
	expect_taken("---\na: 1\n---\nT\n", "U\n", "---\n---\nT\n");
	expect_taken("T\n", "---\na: 2\n---\n", "---\na: 2\n---\nT\n");
	expect_taken("T\n", "U\n", "T\n");
	/* not where fields are no plain list */
	expect_taken("---\n{a: 1}\n---\n", "---\na: 2\n---\n",
		     "---\n{a: 1}\n---\n");
	expect_taken("---\na: 1\n---\n", "---\n{a: 2}\n---\n",
		     "---\na: 1\n---\n");
	expect_taken("T\n", "---\n- a\n---\n", "T\n");
}

static void
assert_alias(const char *text, const char *want)
{
	struct buf b = BUF_INIT;

	buf_str(&b, text);
	assert_int_equal(fields_alias(&b, "themas/a", "themas/b", NULL), 0);
	assert_string_equal(b.ptr, want);
	buf_release(&b);
}

static void
test_fields__alias_adds_one_and_drops_one(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	assert_alias("tekst\n", "---\naliassen: [themas/a]\n---\ntekst\n");
	assert_alias("---\nx: 1\n---\n",
		     "---\nx: 1\naliassen: [themas/a]\n---\n");
	assert_alias("---\naliassen:\n- themas/b\n- \"q: \\\"r\"\n- themas/c\n"
		     "x: 1\n---\n",
		     "---\naliassen: [\"q: \\\"r\", themas/c, themas/a]\nx: 1\n"
		     "---\n");
	assert_alias("---\naliassen: themas/a\n---\n",
		     "---\naliassen: [themas/a]\n---\n");
	buf_str(&b, "---\n{x: 1}\n---\n");
	assert_int_equal(fields_alias(&b, "themas/a", "themas/b", NULL),
			 PLEIN_ERULE);
	buf_release(&b);
}

static void
assert_item(const char *text, const char *item, bool is, const char *want)
{
	struct buf b = BUF_INIT;

	buf_str(&b, text);
	assert_int_equal(fields_name(&b, "a", item, is, NULL), 0);
	assert_string_equal(b.ptr, want);
	buf_release(&b);
}

static void
test_fields__an_item_comes_and_goes(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	assert_item("T\n", "x", true, "---\na: [x]\n---\nT\n");
	assert_item("---\na: []\nb: 1\n---\n", "Mw. Ü", true,
		    "---\na: [\"Mw. Ü\"]\nb: 1\n---\n");
	assert_item("---\na: [x]\n---\n", "y.z", true,
		    "---\na: [x, \"y.z\"]\n---\n");
	assert_item("---\na:\n- x\n- y\n---\n", "x", false,
		    "---\na: [y]\n---\n");
	/* the names one can write, also by hand */
	assert_item("---\na: [\"@x\", \"y, @z\"]\n---\n", "x", false,
		    "---\na: [\"y, @z\"]\n---\n");
	assert_item("---\na: x, @y ,\n---\n", "y", false, "---\na: [x]\n---\n");
	assert_item("---\na: x, Mw. Z\n---\n", "y", true,
		    "---\na: [x, \"Mw. Z\", y]\n---\n");
	assert_item("---\na: \"@x\"\n---\n", "x", false, "---\n---\n");
	/* as it is already */
	assert_item("---\na: [\"@x\"]\n---\n", "x", true,
		    "---\na: [\"@x\"]\n---\n");
	assert_item("---\na:\n- x\n---\n", "x", true, "---\na:\n- x\n---\n");
	assert_item("---\na: x\n---\n", "y", false, "---\na: x\n---\n");
	assert_item("T\n", "x", false, "T\n");
	buf_str(&b, "---\n{a: 1}\n---\n");
	assert_int_equal(fields_name(&b, "a", "x", true, NULL), PLEIN_ERULE);
	buf_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fields__a_text_without_block_gets_one),
		cmocka_unit_test(test_fields__a_title_has_no_blanks_around_it),
		cmocka_unit_test(test_fields__other_bytes_stay),
		cmocka_unit_test(
			test_fields__a_value_over_lines_is_replaced_whole),
		cmocka_unit_test(test_fields__absent_ones_are_added),
		cmocka_unit_test(
			test_fields__a_broken_block_is_left_for_the_check),
		cmocka_unit_test(test_fields__one_is_taken_from_another_text),
		cmocka_unit_test(test_fields__an_item_comes_and_goes),
		cmocka_unit_test(test_fields__alias_adds_one_and_drops_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
