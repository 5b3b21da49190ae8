/* Lines to choose from. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/command.h"
#include "view/choices.h"

static struct choices list;

static int
make(void **state)
{
	(void)state;
	choices_init(&list);
	choices_add_heading(&list, "Reading");
	choices_add(&list, "Enter", false, "Open", 1);
	choices_add(&list, "g", false, "Go to", 2);
	choices_add_heading(&list, "Plein");
	choices_add(&list, "3", true, "Help", 3);
	choices_fit(&list, 10);
	return 0;
}

static int
drop(void **state)
{
	(void)state;
	choices_release(&list);
	return 0;
}

static int
focus(void)
{
	const struct choice *one = choices_focus(&list);

	return one ? one->value : 0;
}

static int
value_of_key(const char *name)
{
	const struct choice *one;
	struct key k;

	assert_true(key_parse(name, &k));
	one = choices_of_key(&list, &k);
	return one ? one->value : 0;
}

static void
assert_told(int cmd, const char *expected)
{
	struct buf out = BUF_INIT;

	assert_true(choices_move(&list, cmd));
	assert_int_equal(choices_tell(&list, cmd, &out), *expected != '\0');
	assert_string_equal(out.ptr, expected);
	buf_release(&out);
}

static void
test_choices__tell_jumps_and_no_steps(void **state)
{
	(void)state;
	assert_told(CMD_NEXT_ITEM, "Go to, g");
	assert_told(CMD_NEXT_ITEM, "3 Help");
	assert_told(CMD_UP, "");
	assert_told(CMD_PREVIOUS_ITEM, "Open, Enter");
}

static void
test_choices__walk_over_headings(void **state)
{
	(void)state;
	assert_int_equal(focus(), 1);
	assert_true(choices_move(&list, CMD_DOWN));
	assert_true(choices_move(&list, CMD_NEXT_ITEM));
	assert_int_equal(focus(), 3);
	assert_true(choices_move(&list, CMD_UP));
	assert_int_equal(focus(), 2);
	assert_true(choices_move(&list, CMD_LAST));
	assert_int_equal(focus(), 3);
	assert_false(choices_move(&list, CMD_CHOOSE));
}

static void
test_choices__choose_by_sign(void **state)
{
	(void)state;
	assert_int_equal(value_of_key("g"), 2);
	assert_int_equal(value_of_key("3"), 3);
	assert_int_equal(value_of_key("x"), 0);
	assert_int_equal(value_of_key("Enter"), 0);
	assert_int_equal(value_of_key("Alt-G"), 0);
}

static void
test_choices__paint_focus_and_signs(void **state)
{
	struct canvas *c = canvas_new(6, 20);
	struct buf all = BUF_INIT;

	(void)state;
	choices_paint(&list, c, 0, 6);
	canvas_dump(c, &all);
	assert_string_equal(all.ptr, "Reading\n"
				     "▮ Open   Enter\n"
				     "  Go to  g\n"
				     "\n"
				     "Plein\n"
				     "  3 Help\n");
	assert_int_equal(canvas_cell(c, 1, 5)->style, STYLE_FOCUS);
	buf_release(&all);
	canvas_free(c);
}

static void
test_choices__may_be_empty(void **state)
{
	struct choices none;

	(void)state;
	choices_init(&none);
	choices_fit(&none, 5);
	assert_true(choices_move(&none, CMD_DOWN));
	assert_null(choices_focus(&none));
	choices_release(&none);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			test_choices__tell_jumps_and_no_steps, make, drop),
		cmocka_unit_test_setup_teardown(
			test_choices__walk_over_headings, make, drop),
		cmocka_unit_test_setup_teardown(test_choices__choose_by_sign,
						make, drop),
		cmocka_unit_test_setup_teardown(
			test_choices__paint_focus_and_signs, make, drop),
		cmocka_unit_test(test_choices__may_be_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
