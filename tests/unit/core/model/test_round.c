/* test_round.c - scripts of rounds, and who may see answers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "plein/buf.h"
#include "plein/round.h"

static struct err err;

static int
read_script(struct vec *steps, const char *text)
{
	return round_script_read(steps, text, strlen(text), &err);
}

static void
test_round__a_script_is_a_page_with_a_heading_for_each_step(void **state)
{
	struct vec steps = VEC_INIT;
	const struct round_step *s;

	(void)state;
	assert_int_equal(
		read_script(&steps,
			    "---\ntitel: Waarden\n---\nWaar dit voor is.\n\n"
			    "## Wat zien we?\n\nzichtbaar: rol\ndagen: 3\n\n"
			    "Noem voorbeelden.\n\nzichtbaar: gewoon tekst\n"
			    "## Welke waarden?\ngroepeer: waarden\n"
			    "zichtbaar: anoniem\n## Verder\n"),
		0);
	assert_int_equal(steps.len, 3);
	s = steps.items[0];
	assert_int_equal(s->n, 1);
	assert_string_equal(s->title, "Wat zien we?");
	assert_string_equal(s->question, "Noem voorbeelden.\n\n"
					 "zichtbaar: gewoon tekst");
	assert_int_equal(s->names, ROUND_ROLE);
	assert_int_equal(s->days, 3);
	assert_false(s->grouped);
	s = steps.items[1];
	assert_int_equal(s->names, ROUND_NOBODY);
	assert_true(s->grouped);
	assert_string_equal(s->question, "");
	s = steps.items[2];
	assert_int_equal(s->names, ROUND_NAME);
	assert_int_equal(s->days, 0);
	vec_release(&steps, round_step_free);
}

static void
expect_bad(const char *text, long line)
{
	struct vec steps = VEC_INIT;

	assert_int_equal(read_script(&steps, text), PLEIN_ERULE);
	assert_string_equal(err.rule, "script");
	assert_int_equal(err.at, line);
	vec_release(&steps, round_step_free);
}

static void
test_round__a_script_that_is_none_is_refused_by_line(void **state)
{
	struct vec steps = VEC_INIT;
	struct buf many = BUF_INIT;
	int i;

	(void)state;
	expect_bad("Geen stap.\n", 1);
	expect_bad("## \n", 1);
	expect_bad("---\ntitel: x\n---\n## A\nzichtbaar: iedereen\n", 5);
	expect_bad("## A\ndagen: 0\n", 2);
	expect_bad("## A\ndagen: 3 weken\n", 2);
	expect_bad("## A\ngroepeer: kleur\n", 2);
	expect_bad("## A\nx\033[31m\n", 2);
	for (i = 0; i < ROUND_STEPS_MAX + 1; i++)
		buf_str(&many, "## A\n");
	expect_bad(many.ptr, ROUND_STEPS_MAX + 1);
	buf_erase(&many, 0, strlen("## A\n"));
	assert_int_equal(read_script(&steps, many.ptr), 0);
	vec_release(&steps, round_step_free);
	buf_release(&many);
}

static enum round_sight
look(enum round_names names, bool open, bool takes_part, bool answered,
     long answers)
{
	const struct round_step s = { .names = names,
				      .until = open ? 101 : 100,
				      .answers = answers };

	return round_sight(&s, 100, takes_part, answered);
}

static void
test_round__one_writes_before_one_reads(void **state)
{
	enum round_names named[] = { ROUND_NAME, ROUND_ROLE };
	size_t i;

	(void)state;
	for (i = 0; i < 2; i++) {
		assert_int_equal(look(named[i], true, true, false, 9),
				 ROUND_FIRST);
		assert_int_equal(look(named[i], true, true, true, 9),
				 ROUND_SEEN);
		assert_int_equal(look(named[i], false, true, false, 1),
				 ROUND_SEEN);
		assert_int_equal(look(named[i], false, false, false, 9),
				 ROUND_OUTSIDE);
	}
}

static void
test_round__what_is_nameless_is_seen_at_once_and_by_five(void **state)
{
	(void)state;
	assert_int_equal(look(ROUND_NOBODY, true, true, true, 9), ROUND_LATER);
	assert_int_equal(look(ROUND_NOBODY, true, true, false, 9), ROUND_LATER);
	assert_int_equal(look(ROUND_NOBODY, false, true, true, 4),
			 ROUND_TOO_FEW);
	assert_int_equal(look(ROUND_NOBODY, false, true, false, 5), ROUND_SEEN);
	assert_int_equal(look(ROUND_NOBODY, false, false, true, 5),
			 ROUND_OUTSIDE);
}

static void
test_round__a_step_ends_at_its_moment_or_before(void **state)
{
	struct round_step s = { .until = 100 };

	(void)state;
	assert_true(round_is_open(&s, 99));
	assert_false(round_is_open(&s, 100));
	s.closed = true;
	assert_false(round_is_open(&s, 99));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_round__a_script_is_a_page_with_a_heading_for_each_step),
		cmocka_unit_test(
			test_round__a_script_that_is_none_is_refused_by_line),
		cmocka_unit_test(test_round__one_writes_before_one_reads),
		cmocka_unit_test(
			test_round__what_is_nameless_is_seen_at_once_and_by_five),
		cmocka_unit_test(
			test_round__a_step_ends_at_its_moment_or_before),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
