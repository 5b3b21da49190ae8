#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "edit/find.h"
#include "plein/buf.h"
#include "plein/clock.h"
#include "plein/mem.h"

static void
list_place(void *ctx, struct span place)
{
	buf_printf(ctx, "%zu-%zu ", place.from, place.to);
}

static void
expect(const char *s, const char *sought, const char *places)
{
	struct text *t = text_new(s, strlen(s));
	struct buf b = BUF_INIT;

	(void)find_all(t, sought, list_place, &b);
	assert_string_equal(b.ptr, places);
	buf_release(&b);
	text_free(t);
}

static void
test_find__does_not_mind_case_and_accents(void **state)
{
	(void)state;
	expect("Een EEN één", "een", "0-3 4-7 8-13 ");
	expect("een", "Één", "0-3 ");
	expect("co\xc3\xb6rdinatie", "coordinatie", "0-12 ");
	expect("coo\xcc\x88rdinatie", "coördinatie", "0-13 ");
	expect("stra\xc3\x9f"
	       "e",
	       "strasse", "0-7 ");
	expect("œuvre", "oeuvre", "0-6 ");
}

static void
test_find__keeps_graphemes_whole(void **state)
{
	(void)state;
	expect("o\xcc\x88", "o", "0-3 ");
	expect("a\xc3\x9f"
	       "b",
	       "s", "1-3 ");
	expect("\xc3\x9f\xc3\x9f", "s", "0-2 2-4 ");
	expect("xe\xcc\x81y", "xey", "0-5 ");
}

static void
test_find__places_do_not_overlap(void **state)
{
	(void)state;
	expect("aaaa", "aa", "0-2 2-4 ");
	expect("a\nb", "a\nb", "");
	expect("", "a", "");
	expect("abc", "", "");
	expect("een\r\ntwee\r\n", "twee", "5-9 ");
}

static void
expect_around(const char *sought, size_t pos, size_t next, size_t previous)
{
	struct text *t = text_new("een twee een twee een", 21);
	struct found f;

	find_around(t, sought, pos, &f);
	assert_int_equal(f.n, 3);
	assert_int_equal(f.next_number, next);
	assert_int_equal(f.previous_number, previous);
	assert_int_equal(f.next.from, 9 * (next - 1));
	assert_int_equal(f.previous.from, 9 * (previous - 1));
	assert_int_equal(f.next_wraps, pos > 18);
	assert_int_equal(f.previous_wraps, pos == 0);
	text_free(t);
}

static void
test_find__goes_round_the_end(void **state)
{
	(void)state;
	expect_around("een", 0, 1, 3);
	expect_around("een", 1, 2, 1);
	expect_around("een", 9, 2, 1);
	expect_around("een", 10, 3, 2);
	expect_around("een", 21, 1, 3);
}

static void
test_find__says_when_there_is_none(void **state)
{
	struct text *t = text_new("een", 3);
	struct found f;

	(void)state;
	find_around(t, "twee", 0, &f);
	assert_int_equal(f.n, 0);
	text_free(t);
}

static void
expect_replaced(size_t pos, size_t n, const char *after)
{
	struct text *t = text_new("a b a b a", 9);
	struct buf b = BUF_INIT;

	find_replace(t, "A", "aa", pos, n, &b);
	assert_string_equal(b.ptr, after);
	buf_release(&b);
	text_free(t);
}

static void
test_find__replaces_from_a_place_on_round_the_end(void **state)
{
	(void)state;
	expect_replaced(0, 3, "aa b aa b aa");
	expect_replaced(0, 1, "aa b a b a");
	expect_replaced(1, 2, "a b aa b aa");
	expect_replaced(5, 2, "aa b a b aa");
	expect_replaced(9, 1, "aa b a b a");
	expect_replaced(0, 0, "a b a b a");
}

/* Looking at each byte anew for each place would take minutes. */
static void
test_find__is_quick_in_a_page_of_a_megabyte(void **state)
{
	size_t len = 1000000;
	char *big = mem_alloc(len + 1);
	int64_t begun = clock_mono_ms();
	struct text *t;
	struct found f;

	(void)state;
	memset(big, 'a', len);
	for (size_t i = 70; i < len; i += 70)
		memcpy(big + i, "\xc3\xa9\n", 3);
	t = text_new(big, len);
	find_around(t, "aae", len / 2, &f);
	assert_int_equal(f.n, len / 70);
	assert_true(clock_mono_ms() - begun < 3000);
	text_free(t);
	free(big);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find__does_not_mind_case_and_accents),
		cmocka_unit_test(test_find__keeps_graphemes_whole),
		cmocka_unit_test(test_find__places_do_not_overlap),
		cmocka_unit_test(test_find__goes_round_the_end),
		cmocka_unit_test(test_find__says_when_there_is_none),
		cmocka_unit_test(
			test_find__replaces_from_a_place_on_round_the_end),
		cmocka_unit_test(test_find__is_quick_in_a_page_of_a_megabyte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
