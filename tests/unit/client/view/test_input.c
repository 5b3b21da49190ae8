/* One line to type in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/command.h"
#include "view/input.h"

static struct input in;

static void
open_input(const char *text, size_t max)
{
	input_release(&in);
	input_init(&in, text, max);
}

static int
release(void **state)
{
	(void)state;
	input_release(&in);
	return 0;
}

static bool
press(const char *name)
{
	struct key k;

	assert_true(key_parse(name, &k));
	return input_key(&in, &k);
}

static void
paste(const char *text)
{
	struct key k = { .code = KEY_PASTE, .text = text };

	k.len = strlen(text);
	assert_true(input_key(&in, &k));
}

static void
test_input__types_where_the_cursor_is(void **state)
{
	(void)state;
	open_input("één", 100);
	assert_true(press("!"));
	assert_true(input_move(&in, CMD_LINE_START));
	assert_true(input_move(&in, CMD_RIGHT));
	assert_true(press("x"));
	assert_string_equal(in.text.ptr, "éxén!");
	assert_true(press("Backspace"));
	assert_true(press("Delete"));
	assert_string_equal(in.text.ptr, "én!");
}

static void
test_input__erases_nothing_at_the_ends(void **state)
{
	(void)state;
	open_input("a", 100);
	assert_true(press("Delete"));
	assert_true(input_move(&in, CMD_RIGHT));
	assert_true(input_move(&in, CMD_LINE_START));
	assert_true(press("Backspace"));
	assert_true(input_move(&in, CMD_LEFT));
	assert_string_equal(in.text.ptr, "a");
}

static void
test_input__pastes_one_line(void **state)
{
	(void)state;
	open_input("", 100);
	paste("een\ntwee\tdrie");
	assert_string_equal(in.text.ptr, "een twee drie");
}

/* Never half a character. */
static void
test_input__stops_when_full(void **state)
{
	(void)state;
	open_input("", 4);
	paste("aéé");
	assert_string_equal(in.text.ptr, "aé");
	assert_true(press("b"));
	assert_true(press("c"));
	assert_string_equal(in.text.ptr, "aéb");
}

static void
test_input__leaves_other_keys_alone(void **state)
{
	(void)state;
	open_input("a", 100);
	assert_false(press("Enter"));
	assert_false(press("Ctrl-S"));
	assert_false(press("Alt-B"));
	assert_false(press("Up"));
	assert_false(input_move(&in, CMD_SAVE));
	assert_string_equal(in.text.ptr, "a");
}

static void
test_input__scrolls_so_that_the_cursor_is_inside(void **state)
{
	struct canvas *c = canvas_new(5, 20);
	struct buf all = BUF_INIT;

	(void)state;
	open_input("een lange regel", 100);
	input_paint(&in, c, 0, 2, 10);
	canvas_dump(c, &all);
	*strchr(all.ptr, '\n') = '\0';
	assert_string_equal(all.ptr, "  [e regel▮]");
	buf_release(&all);
	canvas_free(c);
}

static void
test_input__pastes_what_fits_as_one_line(void **state)
{
	struct buf clip = BUF_INIT;
	struct input field;

	(void)state;
	buf_str(&clip, "een\ntwee drie");
	input_init(&field, "x", 9);
	input_paste(&field, &clip);
	assert_string_equal(field.text.ptr, "xeen twee");
	assert_int_equal(field.pos, 9);
	input_release(&field);
	buf_release(&clip);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_input__types_where_the_cursor_is),
		cmocka_unit_test(test_input__erases_nothing_at_the_ends),
		cmocka_unit_test(test_input__pastes_one_line),
		cmocka_unit_test(test_input__stops_when_full),
		cmocka_unit_test(test_input__leaves_other_keys_alone),
		cmocka_unit_test(
			test_input__scrolls_so_that_the_cursor_is_inside),
		cmocka_unit_test(test_input__pastes_what_fits_as_one_line),
	};

	input_init(&in, "", 0);
	return cmocka_run_group_tests(tests, NULL, release);
}
