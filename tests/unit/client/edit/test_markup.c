#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "edit/markup.h"
#include "plein/clock.h"
#include "plein/mem.h"

/* A letter a byte: # heading, e emphasis, s strong, l link, c code. */
static void
expect_after(const struct fence *fence, const char *line, const char *marks)
{
	static const char letters[] = ".#eslc";
	size_t len = strlen(line);
	char got[100] = { 0 };
	uint8_t raw[100];

	markup_line(fence, line, len, raw);
	for (size_t i = 0; i < len; i++)
		got[i] = letters[raw[i]];
	assert_string_equal(got, marks);
}

static void
expect(const char *line, const char *marks)
{
	expect_after(&(struct fence){ 0 }, line, marks);
}

static void
test_markup__marks_headings(void **state)
{
	(void)state;
	expect("# Een", "#####");
	expect("   ### Een", "##########");
	expect("#", "#");
	expect("#Een", "....");
	expect("####### Een", "...........");
	expect("    # Een", ".........");
}

static void
test_markup__marks_links(void **state)
{
	(void)state;
	expect("a [b](c) d", "..llllll..");
	expect("zie [[x]].", "....lllll.");
	expect("[a [b](c)", "...llllll");
	expect("http://a.nl b", "lllllllllll..");
	expect("<https://a>", ".lllllllll.");
	expect("[a] (b) [[c]", "............");
	expect("het huis", "........");
}

static void
test_markup__marks_emphasis_that_is_closed(void **state)
{
	(void)state;
	expect("a *b* c", "..eee..");
	expect("a **b** c", "..sssss..");
	expect("_a_ b_c_d", "eee......");
	expect("2 * 3 * 4", ".........");
	expect("*a", "..");
	expect("\\*a*", "....");
	expect("**a [b](c)**", "ssssllllllss");
}

static void
test_markup__marks_code(void **state)
{
	(void)state;
	expect("a `b` c", "..ccc..");
	expect("``a`b`` c", "ccccccc..");
	expect("`a *b*", "...eee");
	expect("`*a*`", "ccccc");
	expect("```", "ccc");
	expect_after(&(struct fence){ '`', 3 }, "# a", "ccc");
}

static bool
passes(struct fence *f, const char *line)
{
	return markup_pass(f, line, strlen(line));
}

static void
test_markup__fences_open_and_close(void **state)
{
	struct fence f = { 0 };

	(void)state;
	assert_false(passes(&f, "a"));
	assert_false(passes(&f, "``"));
	assert_false(passes(&f, "``` a`b"));
	assert_true(passes(&f, " ```` c"));
	assert_int_equal(f.sign, '`');
	assert_false(passes(&f, "```"));
	assert_false(passes(&f, "~~~~"));
	assert_false(passes(&f, "```` c"));
	assert_true(passes(&f, "````` "));
	assert_int_equal(f.sign, 0);
	assert_true(passes(&f, "~~~ `c`"));
}

static void
test_markup__tells_the_text_of_a_heading(void **state)
{
	size_t from, to;

	(void)state;
	assert_true(markup_heading("##  Een twee ## ", 16, &from, &to));
	assert_int_equal(from, 4);
	assert_int_equal(to, 12);
	assert_true(markup_heading("#", 1, &from, &to));
	assert_int_equal(from, to);
	assert_false(markup_heading("a", 1, &from, &to));
	assert_false(markup_heading("", 0, &from, &to));
}

/* A line of signs that never close: looking on for each would be slow. */
static void
test_markup__is_quick_in_a_line_of_signs(void **state)
{
	static const char *const signs[] = { "*a ",  "_a ",   "[",    "[[",
					     "[a](", "`a``b", "http", "\\" };
	size_t len = 100000;
	char *line = mem_alloc(len + 10);
	uint8_t *marks = mem_alloc(len);
	int64_t begun = clock_mono_ms();

	(void)state;
	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		for (size_t at = 0; at < len; at += strlen(signs[i]))
			memcpy(line + at, signs[i], strlen(signs[i]));
		markup_line(&(struct fence){ 0 }, line, len, marks);
	}
	assert_true(clock_mono_ms() - begun < 2000);
	free(line);
	free(marks);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_markup__marks_headings),
		cmocka_unit_test(test_markup__marks_links),
		cmocka_unit_test(test_markup__marks_emphasis_that_is_closed),
		cmocka_unit_test(test_markup__marks_code),
		cmocka_unit_test(test_markup__fences_open_and_close),
		cmocka_unit_test(test_markup__tells_the_text_of_a_heading),
		cmocka_unit_test(test_markup__is_quick_in_a_line_of_signs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
