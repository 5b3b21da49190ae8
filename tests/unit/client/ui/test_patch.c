/*
 * Bytes for a small change, read by libvterm: its screen must be the canvas.
 */
#include "ui/patch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <vterm.h>

#define ROWS 6
#define COLS 40
#define E_ACUTE "\xC3\xA9"

static const char *const styles[STYLE_N] = {
	[STYLE_PLAIN] = "\x1b[m",
	[STYLE_BAR] = "\x1b[m\x1b[7m",
	[STYLE_STRONG] = "\x1b[m\x1b[1m",
	[STYLE_LINK] = "\x1b[m\x1b[4m",
};

static int
find_spans(const struct canvas *old, const struct canvas *now,
	   struct patch_span spans[ROWS])
{
	int n = 0;

	for (int row = 0; row < ROWS; row++) {
		spans[n].row = row;
		n += canvas_differs(now, old, row, &spans[n].from,
				    &spans[n].to);
	}
	return n;
}

static bool
make_patch(const struct canvas *old, const struct canvas *now, struct buf *out)
{
	struct patch_span spans[ROWS];
	int n = find_spans(old, now, spans);

	return patch_bytes(old, now, spans, n, styles, out);
}

/* From two canvases that `old` and `now` are painted on. */
static void
expect_patch(const char *old, const char *now, int col, const char *bytes)
{
	struct canvas *a = canvas_new(ROWS, COLS), *b = canvas_new(ROWS, COLS);
	struct buf out = BUF_INIT;

	(void)canvas_text(a, 1, 0, COLS, STYLE_PLAIN, old);
	(void)canvas_text(b, 1, 0, COLS, STYLE_PLAIN, now);
	canvas_cursor(a, 1, (int)strlen(old));
	canvas_cursor(b, 1, col);
	assert_true(make_patch(a, b, &out));
	assert_string_equal(out.ptr, bytes);
	buf_release(&out);
	canvas_free(a);
	canvas_free(b);
}

static void
test_patch__takes_no_more_bytes_than_needed(void **state)
{
	(void)state;
	expect_patch("abc", "abc", 3, "");
	expect_patch("abc", "abcd", 4, "d");
	expect_patch("abc", "abc", 2, "\b");
	expect_patch("abc", "abc", 0, "\x1b[2;1H");
	expect_patch("abc", "ab", 2, "\b \b");
	expect_patch("abcdefgh", "abcd", 4, "\x1b[2;5H\x1b[K");
	/* Equal cells are written when that is as short as going past them. */
	expect_patch("a12345678b", "A12345678B", 10, "\x1b[2;1HA12345678B");
	expect_patch("a123456789b", "A123456789B", 11, "\x1b[2;1HA\x1b[2;11HB");
	expect_patch("", E_ACUTE "\xE2\x80\x94", 2, E_ACUTE "\xE2\x80\x94");
}

static void
test_patch__begins_and_ends_styles(void **state)
{
	static const struct theme_entry link = { .underline = true,
						 .colour = 63 };
	struct canvas *a = canvas_new(ROWS, COLS), *b = canvas_new(ROWS, COLS);
	struct buf out = BUF_INIT;

	(void)state;
	(void)canvas_text(b, 0, 0, COLS, STYLE_STRONG, "ab");
	(void)canvas_text(b, 0, 2, COLS, STYLE_PLAIN, "c");
	(void)canvas_text(b, 1, 0, COLS, STYLE_LINK, "d");
	canvas_cursor(b, 1, 1);
	assert_true(make_patch(a, b, &out));
	assert_string_equal(out.ptr, "\x1b[m\x1b[1mab\x1b[mc\x1b[2;1H"
				     "\x1b[m\x1b[4md\x1b[m");
	buf_reset(&out);
	patch_style(&link, &out);
	assert_string_equal(out.ptr, "\x1b[m\x1b[4m\x1b[38;5;63m");
	buf_reset(&out);
	patch_style(theme_entry(STYLE_PICTURE, 256), &out);
	assert_string_equal(out.ptr, "\x1b[m\x1b[38;5;16m\x1b[48;5;231m");
	buf_reset(&out);
	patch_style(theme_entry(STYLE_PICTURE, 8), &out);
	assert_string_equal(out.ptr, "\x1b[m\x1b[30m\x1b[47m");
	buf_release(&out);
	canvas_free(a);
	canvas_free(b);
}

/* Nobody knows where the cursor is then: it is told where to go. */
static void
test_patch__writes_in_the_last_column(void **state)
{
	struct canvas *a = canvas_new(ROWS, COLS), *b = canvas_new(ROWS, COLS);
	struct buf out = BUF_INIT, wanted = BUF_INIT;

	(void)state;
	(void)canvas_text(b, 0, COLS - 1, COLS, STYLE_PLAIN, "x");
	(void)canvas_text(b, 1, 0, COLS, STYLE_PLAIN, "y");
	canvas_cursor(b, 1, 1);
	buf_printf(&wanted, "\x1b[1;%dHx\x1b[2;1Hy", COLS);
	assert_true(make_patch(a, b, &out));
	assert_string_equal(out.ptr, wanted.ptr);
	buf_release(&out);
	buf_release(&wanted);
	canvas_free(a);
	canvas_free(b);
}

static void
expect_no_patch(int row, int col, const char *text)
{
	struct canvas *a = canvas_new(ROWS, COLS), *b = canvas_new(ROWS, COLS);
	struct buf out = BUF_INIT;

	(void)canvas_text(b, row, col, COLS, STYLE_PLAIN, text);
	assert_false(make_patch(a, b, &out));
	assert_int_equal(out.len, 0);
	buf_release(&out);
	canvas_free(a);
	canvas_free(b);
}

static void
test_patch__leaves_the_rest_to_others(void **state)
{
	(void)state;
	expect_no_patch(1, 0, "wide \xE6\xBC\xA2");
	expect_no_patch(ROWS - 1, COLS - 1, "x"); /* the last corner */
}

static void
test_patch__leaves_another_screen_to_others(void **state)
{
	struct canvas *a = canvas_new(60, COLS), *b = canvas_new(60, COLS);
	struct patch_span spans[60];
	struct buf out = BUF_INIT;

	(void)state;
	for (int row = 0; row < 60; row++)
		spans[row] = (struct patch_span){ row, 0, COLS - 1 };
	assert_true(patch_bytes(a, b, spans, 1, styles, &out));
	buf_reset(&out);
	assert_false(patch_bytes(a, b, spans, 60, styles, &out));
	assert_int_equal(out.len, 0);
	buf_release(&out);
	canvas_free(a);
	canvas_free(b);
}

/* --- any change there may be --- */

/* The terminal's row without the blanks at its end. */
static void
expect_row(VTermScreen *screen, const struct canvas *c, int row)
{
	char glyph[UTF8_MAX + 1];
	VTermScreenCell cell;

	for (int col = 0; col < COLS; col++) {
		const struct cell *wanted = canvas_cell(c, row, col);
		uint32_t got;

		(void)vterm_screen_get_cell(
			screen, (VTermPos){ .row = row, .col = col }, &cell);
		got = cell.chars[0] ? cell.chars[0] : ' ';
		if (got != wanted->glyph ||
		    cell.attrs.reverse != (wanted->style == STYLE_BAR) ||
		    cell.attrs.bold != (wanted->style == STYLE_STRONG) ||
		    !cell.attrs.underline != (wanted->style != STYLE_LINK))
			fail_msg("%d,%d: '%s' not shown", row, col,
				 canvas_grapheme(c, wanted, glyph));
	}
}

static void
change(struct canvas *c, int turn)
{
	static const char *const texts[] = {
		"a",
		"een langere regel tekst",
		"        ",
		E_ACUTE,
		"twee \xE2\x80\x98woorden\xE2\x80\x99",
		"       ",
		"x                      y",
	};
	static const enum style wardrobe[] = { STYLE_PLAIN, STYLE_PLAIN,
					       STYLE_BAR, STYLE_STRONG,
					       STYLE_LINK };
	const size_t n = sizeof(texts) / sizeof(texts[0]);

	for (int i = 0; i <= turn % 3; i++) {
		int col = rand() % (COLS - 1);

		(void)canvas_text(c, rand() % ROWS, col, COLS - 1 - col,
				  wardrobe[rand() % 5],
				  texts[(size_t)rand() % n]);
	}
	if (turn % 7 == 0)
		canvas_blank(c, rand() % ROWS, 1);
	canvas_cursor(c, rand() % ROWS, rand() % COLS);
}

static void
test_patch__makes_the_terminal_what_the_canvas_is(void **state)
{
	struct canvas *a = canvas_new(ROWS, COLS), *b = canvas_new(ROWS, COLS);
	VTerm *vt = vterm_new(ROWS, COLS);
	VTermScreen *screen = vterm_obtain_screen(vt);
	struct buf out = BUF_INIT;
	VTermPos at;

	(void)state;
	vterm_set_utf8(vt, 1);
	vterm_screen_reset(screen, 1);
	srand(1);
	for (int turn = 0; turn < 2000; turn++) {
		int row, col;

		change(b, turn);
		buf_reset(&out);
		assert_true(make_patch(a, b, &out));
		(void)vterm_input_write(vt, out.ptr, out.len);
		for (row = 0; row < ROWS; row++)
			expect_row(screen, b, row);
		vterm_state_get_cursorpos(vterm_obtain_state(vt), &at);
		canvas_get_cursor(b, &row, &col);
		assert_int_equal(at.row, row);
		assert_int_equal(at.col, col);
		canvas_copy(a, b);
	}
	buf_release(&out);
	vterm_free(vt);
	canvas_free(a);
	canvas_free(b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_patch__takes_no_more_bytes_than_needed),
		cmocka_unit_test(test_patch__begins_and_ends_styles),
		cmocka_unit_test(test_patch__writes_in_the_last_column),
		cmocka_unit_test(test_patch__leaves_the_rest_to_others),
		cmocka_unit_test(test_patch__leaves_another_screen_to_others),
		cmocka_unit_test(
			test_patch__makes_the_terminal_what_the_canvas_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
