/* The lines around the body. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "frame.h"

static struct canvas *canvas;
static struct context context;

static const enum command bar[] = { CMD_EDIT,	  CMD_NEXT, CMD_FOLLOW,
				    CMD_CONTENTS, CMD_BACK, CMD_MENU,
				    CMD_HELP,	  CMD_N };

static bool
allows(const struct view *v, enum command cmd)
{
	(void)v;
	return cmd != CMD_EDIT;
}

static const struct view_ops free_ops = { .place = PLACE_PAGE, .bar = bar };
static const struct view_ops bound_ops = { .place = PLACE_PAGE,
					   .bar = bar,
					   .allows = allows };

static void
open_canvas(struct frame *f, int rows, int cols)
{
	canvas_free(canvas);
	canvas = canvas_new(rows, cols);
	assert_true(frame_fit(f, rows, cols));
}

static int
drop_canvas(void **state)
{
	(void)state;
	canvas_free(canvas);
	return 0;
}

static void
expect_line(int row, const char *text)
{
	struct buf all = BUF_INIT;
	char *line;

	canvas_cursor(canvas, canvas_rows(canvas) - 2, 0);
	canvas_dump(canvas, &all);
	line = all.ptr;
	for (int i = 0; i < row; i++)
		line = strchr(line, '\n') + 1;
	*strchr(line, '\n') = '\0';
	assert_string_equal(line, text);
	buf_release(&all);
}

static void
test_frame__lines_add_up_at_every_size(void **state)
{
	struct frame f;

	(void)state;
	for (int rows = 5; rows < 80; rows++) {
		bool fits = frame_fit(&f, rows, 80);

		assert_int_equal(fits, rows >= FRAME_ROWS_MIN);
		if (!fits)
			continue;
		assert_true(f.body >= 8);
		assert_int_equal(f.top + f.body, f.message);
		assert_int_equal(f.message + 1, f.bar);
		assert_int_equal(f.bar + f.bar_rows, rows);
		assert_int_equal(f.place, rows >= 16);
	}
	assert_false(frame_fit(&f, 24, FRAME_COLS_MIN - 1));
}

static void
paint_head(const struct frame *f, const char *title, const char *state,
	   const char *place, const char *fact)
{
	struct head h;

	head_init(&h);
	buf_str(&h.title, title);
	buf_str(&h.state, state);
	buf_str(&h.place, place);
	buf_str(&h.fact, fact);
	buf_str(&h.only, "Only: theme");
	frame_paint_head(f, canvas, &h);
	head_release(&h);
}

static void
test_frame__the_state_stays_when_the_title_is_long(void **state)
{
	struct frame f;

	(void)state;
	open_canvas(&f, 24, 40);
	paint_head(&f, "Een titel van meer dan veertig tekens lang", "unsaved",
		   "A > B > Een heel lange naam van een hoofdonderwerp",
		   "gert, 17 March");
	expect_line(0, "Een titel van meer dan veertig … unsaved");
	expect_line(1, "Een heel lange naam van een hoofdonderw…");
}

static void
test_frame__the_last_part_of_the_place_counts(void **state)
{
	struct frame f;

	(void)state;
	open_canvas(&f, 24, 40);
	paint_head(&f, "T", "", "Mogelijk maken > Digitale infrastructuur > X",
		   "");
	expect_line(1, "Digitale infrastructuur > X");
}

static void
test_frame__a_low_window_says_what_is_left_out(void **state)
{
	struct frame f;

	(void)state;
	open_canvas(&f, 15, 60);
	paint_head(&f, "A title that is long", "3 found", "place", "");
	expect_line(0, "A title that is long                    Only: theme  "
		       "3 found");
	open_canvas(&f, 12, 40);
	paint_head(&f, "A title that is long", "3 found", "place", "");
	expect_line(0, "A title that is lo… Only: theme  3 found");
	paint_head(&f, "A title that is long", "ninety-nine found", "place",
		   "");
	expect_line(0, "A title that is long         Only: theme");
	open_canvas(&f, 16, 40);
	paint_head(&f, "A title that is long", "3 found", "place", "");
	expect_line(0, "A title that is long             3 found");
}

static void
test_frame__bar_keeps_menu_and_help(void **state)
{
	struct view v = { .ops = &free_ops, .ctx = &context };
	struct frame f;

	(void)state;
	open_canvas(&f, 24, 80);
	frame_paint_bar(&f, canvas, &v);
	expect_line(23, "b Edit  Tab Link  Enter Follow link  i Contents  "
			"Esc Back  m Menu  ? Help");
	open_canvas(&f, 24, 40);
	frame_paint_bar(&f, canvas, &v);
	expect_line(23, "b Edit  Tab Link  m Menu  ? Help");
}

static void
test_frame__bar_leaves_out_what_is_not_allowed(void **state)
{
	struct view v = { .ops = &bound_ops, .ctx = &context };
	struct frame f;

	(void)state;
	open_canvas(&f, 24, 40);
	frame_paint_bar(&f, canvas, &v);
	expect_line(23, "Tab Link  i Contents  m Menu  ? Help");
}

static void
test_frame__message_and_more(void **state)
{
	struct frame f;

	(void)state;
	open_canvas(&f, 24, 40);
	frame_paint_message(&f, canvas, "Error: it is \x1b[2J not good", true);
	expect_line(22, "▮rror: it is <1B>[2J not good       more");
	assert_int_equal(canvas_cell(canvas, 22, 0)->style, STYLE_ERROR);
}

static const enum command editor_bar[] = { CMD_SAVE,	    CMD_UNDO, CMD_LEAVE,
					   CMD_EDITOR_MENU, CMD_HELP, CMD_N };

static void
name_long(const struct view *v, enum command cmd, struct buf *key,
	  struct buf *word)
{
	(void)v;
	if (cmd == CMD_EDITOR_MENU)
		buf_str(key, "Esc again");
	if (cmd == CMD_HELP)
		buf_str(word, "Help me out here");
}

static void
test_frame__the_first_key_is_named_in_the_smallest_window(void **state)
{
	static const struct view_ops ops = { .place = PLACE_EDITOR,
					     .bar = editor_bar,
					     .name = name_long };
	struct view v = { .ops = &ops, .ctx = &context };
	struct frame f;

	(void)state;
	open_canvas(&f, 12, 40);
	frame_paint_bar(&f, canvas, &v);
	expect_line(11, "Ctrl-S Save  Esc again Menu  F1 Help");
	open_canvas(&f, 24, 80);
	frame_paint_bar(&f, canvas, &v);
	expect_line(23, "Ctrl-S Save  Ctrl-Z Undo  "
			"Esc again Menu, leave  F1 Help me out here");
}

static void
name_menu(const struct view *v, enum command cmd, struct buf *key,
	  struct buf *word)
{
	(void)v;
	if (cmd == CMD_MENU)
		buf_str(key, "1-3");
	if (cmd == CMD_BACK)
		buf_str(word, "Go on");
}

static void
test_frame__a_view_may_name_its_keys(void **state)
{
	static const struct view_ops ops = { .place = PLACE_PAGE,
					     .bar = bar,
					     .allows = allows,
					     .name = name_menu };
	struct view v = { .ops = &ops, .ctx = &context };
	struct frame f;

	(void)state;
	open_canvas(&f, 24, 80);
	frame_paint_bar(&f, canvas, &v);
	expect_line(23, "Tab Link  Enter Follow link  i Contents  Esc Go on  "
			"1-3 Menu  ? Help");
}

/* A mark on the canvas shows whether a row was painted again. */
static void
mark(int row)
{
	(void)canvas_text(canvas, row, 30, 1, STYLE_PLAIN, "~");
}

static bool
is_marked(int row)
{
	return canvas_cell(canvas, row, 30)->glyph == '~';
}

static void
test_frame__what_stands_there_is_not_painted_again(void **state)
{
	struct view v = { .ops = &free_ops, .ctx = &context },
		    other = { .ops = &bound_ops, .ctx = &context };
	struct frame_shown shown;
	struct frame f;

	(void)state;
	frame_shown_init(&shown);
	open_canvas(&f, 24, 40);
	f.shown = &shown;
	for (int i = 0; i < 2; i++) {
		paint_head(&f, "Title", "saved", "Place", "");
		frame_paint_message(&f, canvas, "Message", false);
		frame_paint_bar(&f, canvas, &v);
		assert_int_equal(is_marked(0) + is_marked(22) + is_marked(23),
				 3 * i);
		mark(0);
		mark(22);
		mark(23);
	}
	paint_head(&f, "Title", "unsaved", "Place", "");
	expect_line(0, "Title                            unsaved");
	frame_paint_message(&f, canvas, NULL, false);
	expect_line(22, "▮");
	frame_paint_bar(&f, canvas, &other);
	expect_line(23, "Tab Link  i Contents  m Menu  ? Help");
	canvas_clear(canvas);
	frame_forget(&shown);
	paint_head(&f, "Title", "unsaved", "Place", "");
	expect_line(0, "Title                            unsaved");
	frame_shown_release(&shown);
}

static void
test_frame__bar_says_where_back_is_now(void **state)
{
	struct view v = { .ops = &bound_ops, .ctx = &context };
	struct frame_shown shown;
	struct frame f;

	(void)state;
	frame_shown_init(&shown);
	open_canvas(&f, 24, 80);
	f.shown = &shown;
	frame_paint_bar(&f, canvas, &v);
	expect_line(23, "Tab Link  Enter Follow link  i Contents  Esc Back  "
			"m Menu  ? Help");
	context.back_is_now = true;
	frame_paint_bar(&f, canvas, &v);
	context.back_is_now = false;
	expect_line(23, "Tab Link  Enter Follow link  i Contents  Esc To now  "
			"m Menu  ? Help");
	frame_shown_release(&shown);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_frame__lines_add_up_at_every_size),
		cmocka_unit_test(
			test_frame__the_state_stays_when_the_title_is_long),
		cmocka_unit_test(test_frame__the_last_part_of_the_place_counts),
		cmocka_unit_test(
			test_frame__a_low_window_says_what_is_left_out),
		cmocka_unit_test(test_frame__bar_keeps_menu_and_help),
		cmocka_unit_test(
			test_frame__bar_leaves_out_what_is_not_allowed),
		cmocka_unit_test(test_frame__message_and_more),
		cmocka_unit_test(
			test_frame__the_first_key_is_named_in_the_smallest_window),
		cmocka_unit_test(test_frame__a_view_may_name_its_keys),
		cmocka_unit_test(
			test_frame__what_stands_there_is_not_painted_again),
		cmocka_unit_test(test_frame__bar_says_where_back_is_now),
	};

	return cmocka_run_group_tests(tests, NULL, drop_canvas);
}
