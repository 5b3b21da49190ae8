#include "layout/prose.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
add(struct prose *p, const char *s, enum style style, int link)
{
	prose_add(p, s, strlen(s), style, link);
}

static void
assert_run(const struct prose *p, size_t i, size_t start, size_t end,
	   enum style style)
{
	size_t got_end;
	const struct run *run = prose_run(p, i, &got_end);

	assert_int_equal(run->start, start);
	assert_int_equal(got_end, end);
	assert_int_equal(run->style, style);
}

static void
test_prose__begins_a_run_when_the_look_changes(void **state)
{
	struct prose p;

	(void)state;
	prose_init(&p);
	add(&p, "ab", STYLE_PLAIN, -1);
	add(&p, "cd", STYLE_PLAIN, -1);
	add(&p, "", STYLE_STRONG, -1);
	add(&p, "ef", STYLE_LINK, 0);
	add(&p, "gh", STYLE_LINK, 1);
	assert_int_equal(prose_n_runs(&p), 3);
	assert_run(&p, 0, 0, 4, STYLE_PLAIN);
	assert_run(&p, 1, 4, 6, STYLE_LINK);
	assert_run(&p, 2, 6, 8, STYLE_LINK);
	prose_release(&p);
}

static void
test_prose__filters_what_is_added(void **state)
{
	struct prose p;

	(void)state;
	prose_init(&p);
	prose_add(&p, "a\x1b\nb\xff", 5, STYLE_PLAIN, -1);
	assert_string_equal(p.text.ptr, "a<1B>\nb<FF>");
	prose_release(&p);
}

static void
test_prose__finds_the_run_of_a_byte(void **state)
{
	struct prose p;

	(void)state;
	prose_init(&p);
	for (int i = 0; i < 50; i++)
		add(&p, "xyz", i % 2 ? STYLE_STRONG : STYLE_PLAIN, -1);
	for (size_t pos = 0; pos < 150; pos++)
		assert_int_equal(prose_find_run(&p, pos), pos / 3);
	prose_release(&p);
}

static void
test_prose__copies_a_stretch_with_its_look(void **state)
{
	struct prose p, q;

	(void)state;
	prose_init(&p);
	prose_init(&q);
	add(&p, "abc", STYLE_PLAIN, -1);
	add(&p, "def", STYLE_STRONG, -1);
	add(&p, "ghi", STYLE_LINK, 4);
	add(&q, ">", STYLE_PLAIN, -1);
	prose_copy(&q, &p, 1, 7);
	assert_string_equal(q.text.ptr, ">bcdefg");
	assert_int_equal(prose_n_runs(&q), 3);
	assert_run(&q, 0, 0, 3, STYLE_PLAIN);
	assert_run(&q, 1, 3, 6, STYLE_STRONG);
	assert_run(&q, 2, 6, 7, STYLE_LINK);
	prose_copy(&q, &p, 3, 3);
	assert_int_equal(q.text.len, 7);
	prose_release(&p);
	prose_release(&q);
}

static void
test_prose__forgets_from_a_byte_on(void **state)
{
	struct prose p;

	(void)state;
	prose_init(&p);
	add(&p, "abc", STYLE_PLAIN, -1);
	add(&p, "def", STYLE_STRONG, -1);
	prose_cut(&p, 3);
	assert_string_equal(p.text.ptr, "abc");
	assert_int_equal(prose_n_runs(&p), 1);
	add(&p, "x", STYLE_CODE, -1);
	assert_run(&p, 1, 3, 4, STYLE_CODE);
	prose_cut(&p, 0);
	assert_int_equal(prose_n_runs(&p), 0);
	prose_reset(&p);
	prose_release(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_prose__begins_a_run_when_the_look_changes),
		cmocka_unit_test(test_prose__filters_what_is_added),
		cmocka_unit_test(test_prose__finds_the_run_of_a_byte),
		cmocka_unit_test(test_prose__copies_a_stretch_with_its_look),
		cmocka_unit_test(test_prose__forgets_from_a_byte_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
