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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fields__a_text_without_block_gets_one),
		cmocka_unit_test(test_fields__other_bytes_stay),
		cmocka_unit_test(
			test_fields__a_value_over_lines_is_replaced_whole),
		cmocka_unit_test(test_fields__absent_ones_are_added),
		cmocka_unit_test(
			test_fields__a_broken_block_is_left_for_the_check),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
