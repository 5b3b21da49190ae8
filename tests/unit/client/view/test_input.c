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
#include "view/view.h"

static struct input in;
static struct context ctx; /* whose clipboard it is */

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
	buf_release(&ctx.clip);
	free(ctx.message);
	return 0;
}

static bool
press(const char *name)
{
	struct key k;

	assert_true(key_parse(name, &k));
	return input_key(&in, &k, &ctx);
}

static void
paste(const char *text)
{
	struct key k = { .code = KEY_PASTE, .text = text };

	k.len = strlen(text);
	assert_true(input_key(&in, &k, &ctx));
}

static void
test_input__types_where_the_cursor_is(void **state)
{
	(void)state;
	open_input("één", 100);
	assert_true(press("!"));
	assert_true(press("Home"));
	assert_true(press("Right"));
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
	assert_true(press("Right"));
	assert_true(press("Home"));
	assert_true(press("Backspace"));
	assert_true(press("Left"));
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
	assert_false(press("Up"));
	assert_false(press("Ctrl-C"));
	assert_false(press("Tab"));
	assert_false(press("PgDn"));
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
	(void)state;
	buf_reset(&ctx.clip);
	buf_str(&ctx.clip, "een\ntwee drie");
	open_input("x", 9);
	assert_true(press("Ctrl-V"));
	assert_string_equal(in.text.ptr, "xeen twee");
	assert_true(press("Ctrl-U"));
	assert_string_equal(in.text.ptr, "xeen twee");
}

static void
test_input__walks_by_words(void **state)
{
	(void)state;
	open_input("een twee drie", 100);
	assert_true(press("Ctrl-Left"));
	assert_true(press("Alt-B"));
	assert_true(press("x"));
	assert_string_equal(in.text.ptr, "een xtwee drie");
	assert_true(press("Alt-F"));
	assert_true(press("y"));
	assert_string_equal(in.text.ptr, "een xtwee ydrie");
	assert_true(press("Ctrl-B"));
	assert_true(press("<"));
	assert_true(press("Ctrl-E"));
	assert_true(press(">"));
	assert_string_equal(in.text.ptr, "<een xtwee ydrie>");
}

static void
test_input__cuts_and_copies_what_is_selected(void **state)
{
	(void)state;
	open_input("een twee", 100);
	assert_true(press("Shift-Left"));
	assert_true(press("Shift-Left"));
	assert_true(press("Ctrl-C"));
	assert_string_equal(ctx.clip.ptr, "ee");
	assert_true(ctx.copied);
	assert_string_equal(in.text.ptr, "een twee");
	assert_true(press("Ctrl-X"));
	assert_string_equal(in.text.ptr, "een tw");
	assert_true(press("Ctrl-A"));
	assert_true(press("x")); /* in its place */
	assert_string_equal(in.text.ptr, "x");
	assert_true(press("Ctrl-V"));
	assert_string_equal(in.text.ptr, "xee");
	assert_true(press("Ctrl-K"));
	assert_string_equal(in.text.ptr, "");
	assert_string_equal(ctx.clip.ptr, "xee");
	assert_true(press("Ctrl-X")); /* nothing is selected */
	assert_string_equal(ctx.clip.ptr, "xee");
}

static void
test_input__takes_back(void **state)
{
	unsigned changes;

	(void)state;
	open_input("een", 100);
	changes = in.changes;
	assert_true(press("Left"));
	assert_int_equal(in.changes, changes);
	assert_true(press("x"));
	assert_true(in.changes != changes);
	assert_true(press("Ctrl-Z"));
	assert_string_equal(in.text.ptr, "een");
	assert_true(press("Ctrl-Z")); /* nothing more */
	assert_true(press("Ctrl-Y"));
	assert_string_equal(in.text.ptr, "eexn");
}

/* A full line takes what comes in the place of what goes. */
static void
test_input__has_room_for_what_is_selected(void **state)
{
	(void)state;
	open_input("vier", 4);
	input_select_all(&in);
	paste("tweede");
	assert_string_equal(in.text.ptr, "twee");
}

/* A line that came as a whole has the rules of what is typed. */
static void
test_input__takes_a_line_as_if_it_was_typed(void **state)
{
	(void)state;
	open_input("was", 8);
	input_type(&in, "een\ttwee");
	assert_string_equal(in.text.ptr, "een twee");
	input_type(&in, "een twee drie");
	assert_string_equal(in.text.ptr, "een twee");
	input_type(&in, "1234567\u00e9");
	assert_string_equal(in.text.ptr, "1234567");
	input_type(&in, "");
	assert_string_equal(in.text.ptr, "");
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
		cmocka_unit_test(test_input__walks_by_words),
		cmocka_unit_test(test_input__cuts_and_copies_what_is_selected),
		cmocka_unit_test(test_input__takes_back),
		cmocka_unit_test(test_input__has_room_for_what_is_selected),
		cmocka_unit_test(test_input__takes_a_line_as_if_it_was_typed),
	};

	buf_init(&ctx.clip);
	input_init(&in, "", 0);
	return cmocka_run_group_tests(tests, NULL, release);
}
