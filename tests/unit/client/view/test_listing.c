#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "view/listing.h"

static const struct listing_column columns[LISTING_COLUMNS] = {
	{ .at = 48, .width = 16, .from = 60 },
	{ .at = 66, .width = 12, .right = true, .from = 80 },
};

static void
add(struct listing *l, size_t value, const char *text, const char *who,
    const char *when)
{
	const char *const cells[LISTING_COLUMNS] = { who, when };

	listing_add(l, value, text, cells);
}

static void
fill(struct listing *l)
{
	add(l, 7, "first", "griffie.waterdam", "9 mrt 13:30");
	listing_prefix(l, "[x] 7 ", "marked, 7");
	listing_detail(l,
		       "one two three four five six seven eight nine ten "
		       "eleven twelve thirteen fourteen fifteen sixteen",
		       1);
	listing_heading(l, "Below");
	add(l, 8, "second, which is longer than what there is room for here",
	    "ciso", NULL);
}

static void
expect_screen(struct listing *l, int rows, int cols, const char *screen)
{
	struct canvas *c = canvas_new(rows, cols);
	struct buf out = BUF_INIT;

	listing_recalc(l, rows, cols);
	listing_paint(l, c, 0, rows);
	canvas_dump(c, &out);
	assert_string_equal(out.ptr, screen);
	buf_release(&out);
	canvas_free(c);
}

static void
test_listing__columns_keep_their_place_and_fall_away(void **state)
{
	struct listing l;

	(void)state;
	listing_init(&l, columns);
	fill(&l);
	expect_screen(
		&l, 6, 80,
		"▮ [x] 7 first                                   "
		"griffie.waterdam   9 mrt 13:30\n"
		"    one two three four five six seven eight nine ten "
		"eleven twelve thirteen...\n"
		"\nBelow\n"
		"  second, which is longer than what there is r… ciso\n\n");
	expect_screen(&l, 6, 62,
		      "▮ [x] 7 first                               "
		      "griffie.waterdam\n"
		      "    one two three four five six seven eight nine "
		      "ten eleven...\n"
		      "\nBelow\n"
		      "  second, which is longer than what there … ciso\n\n");
	expect_screen(&l, 6, 40,
		      "▮ [x] 7 first\n"
		      "    one two three four five six seven...\n"
		      "\nBelow\n"
		      "  second, which is longer than what the…\n\n");
	listing_release(&l);
}

static void
expect_focus(const struct listing *l, bool is_item, size_t value)
{
	size_t at = 0;

	assert_int_equal(listing_focus(l, &at), is_item);
	if (is_item)
		assert_int_equal(at, value);
}

static void
test_listing__arrows_take_lines_and_tab_takes_items(void **state)
{
	struct listing l;

	(void)state;
	listing_init(&l, columns);
	fill(&l);
	listing_recalc(&l, 10, 80);
	expect_focus(&l, true, 7);
	assert_true(listing_move(&l, CMD_DOWN));
	expect_focus(&l, true, 7); /* what explains it */
	assert_true(listing_move(&l, CMD_DOWN));
	expect_focus(&l, false, 0); /* the heading, over the blank line */
	assert_true(listing_move(&l, CMD_NEXT_ITEM));
	expect_focus(&l, true, 8);
	assert_true(listing_move(&l, CMD_NEXT_ITEM));
	expect_focus(&l, true, 8); /* there is no other */
	assert_true(listing_move(&l, CMD_PREVIOUS_ITEM));
	expect_focus(&l, true, 7);
	assert_false(listing_move(&l, CMD_OPEN));
	listing_release(&l);
}

static void
test_listing__focus_stays_on_its_item(void **state)
{
	struct listing l;

	(void)state;
	listing_init(&l, columns);
	fill(&l);
	listing_recalc(&l, 10, 80);
	assert_true(listing_pick(&l, 8));
	assert_false(listing_pick(&l, 9));
	listing_clear(&l);
	listing_recalc(&l, 10, 80);
	add(&l, 6, "new", NULL, NULL);
	fill(&l);
	listing_recalc(&l, 10, 80);
	expect_focus(&l, true, 8);
	listing_recalc(&l, 20, 40);
	expect_focus(&l, true, 8);
	listing_release(&l);
}

/* Its lines are others in another window; the one in focus is its first. */
static void
test_listing__focus_stays_on_a_sentence(void **state)
{
	struct listing l;

	(void)state;
	listing_init(&l, columns);
	listing_say(&l, "No page links here, and nobody knows why that is.");
	listing_recalc(&l, 20, 80);
	assert_int_equal(l.scroll.at, 1); /* below the blank line */
	listing_recalc(&l, 8, 40);
	assert_int_equal(l.scroll.at, 0);
	assert_true(l.scroll.n > 1);
	listing_recalc(&l, 20, 80);
	assert_int_equal(l.scroll.at, 1);
	listing_release(&l);
}

static void
test_listing__says_what_it_holds(void **state)
{
	struct buf out = BUF_INIT;
	struct telling t;
	struct listing l;

	(void)state;
	listing_init(&l, columns);
	fill(&l);
	listing_recalc(&l, 10, 80);
	listing_tell_focus(&l, &out);
	assert_string_equal(out.ptr,
			    "marked, 7, first, griffie.waterdam, 9 mrt 13:30");
	buf_release(&out);
	telling_init(&t);
	listing_tell(&l, &t);
	assert_int_equal(t.parts.len, 4);
	assert_int_equal(((const struct telling_part *)t.parts.items[0])->value,
			 7);
	assert_int_equal(((const struct telling_part *)t.parts.items[1])->kind,
			 TELLING_TEXT);
	assert_int_equal(((const struct telling_part *)t.parts.items[2])->kind,
			 TELLING_HEADING);
	telling_release(&t);
	listing_release(&l);
}

/* A key that comes before the window is shown again. */
static void
test_listing__moves_over_items_that_are_new(void **state)
{
	struct listing l;

	(void)state;
	listing_init(&l, columns);
	fill(&l);
	listing_recalc(&l, 10, 80);
	listing_clear(&l);
	expect_focus(&l, false, 0);
	assert_true(listing_move(&l, CMD_DOWN));
	fill(&l);
	assert_true(listing_move(&l, CMD_NEXT_ITEM));
	expect_focus(&l, true, 8);
	listing_clear(&l);
	fill(&l);
	assert_true(listing_pick(&l, 7));
	expect_focus(&l, true, 7);
	listing_release(&l);
}

/* "one[- two-]{+ three+}\n[-four-]\n{+five+}" */
static void
fill_marked(struct marked *m)
{
	marked_init(m);
	marked_add(m, "one", 3, MARK_BOTH);
	marked_add_piece(m, " two", 4, MARK_GONE);
	marked_add_piece(m, " three", 6, MARK_NEW);
	marked_add(m, "\n", 1, MARK_BOTH);
	marked_add_piece(m, "four", 4, MARK_GONE);
	marked_add(m, "\n", 1, MARK_BOTH);
	marked_add_piece(m, "five", 4, MARK_NEW);
}

static void
expect_style(struct listing *l, int row, int col, enum style style)
{
	struct canvas *c = canvas_new(10, 80);

	listing_recalc(l, 10, 80);
	listing_paint(l, c, 0, 10);
	assert_int_equal(canvas_cell(c, row, col)->style, style);
	canvas_free(c);
}

static void
test_listing__shows_two_versions_in_one_text_or_two(void **state)
{
	static const char *const cells[LISTING_COLUMNS];
	struct listing l;
	struct marked m, line;

	(void)state;
	listing_init(&l, columns);
	fill_marked(&m);
	listing_add(&l, 0, "first", cells);
	listing_gap(&l); /* not above the first */
	listing_marked(&l, &m);
	marked_init(&line);
	marked_copy(&line, &m, 0, marked_sentence(&m, 0) - 1);
	listing_add(&l, 1, line.text.ptr, cells);
	listing_gap(&l);
	listing_marks(&l, &line);
	expect_screen(&l, 6, 80,
		      "▮ first\n    one[- two-]{+ three+}\n    [-four-]\n"
		      "    {+five+}\n\n"
		      "  one[- two-]{+ three+}\n");
	expect_style(&l, 1, 5, STYLE_PLAIN);
	expect_style(&l, 1, 7, STYLE_REMOVED);
	expect_style(&l, 1, 17, STYLE_ADDED);
	expect_style(&l, 5, 6, STYLE_REMOVED);
	expect_screen(&l, 4, 120,
		      "▮ first\n"
		      "    one[- two-]                                         "
		      "     │ one{+ three+}\n"
		      "    [-four-]                                            "
		      "     │ {+five+}\n\n");
	marked_release(&line);
	marked_release(&m);
	listing_release(&l);
}

static void
expect_found(struct listing *l, const char *words, int by, size_t n, size_t all,
	     size_t value)
{
	size_t found_n, found_all, focus;

	assert_int_equal(listing_find(l, words, by, &found_n, &found_all),
			 all > 0);
	assert_int_equal(found_all, all);
	assert_int_equal(found_n, n);
	assert_true(listing_focus(l, &focus));
	assert_int_equal(focus, value);
}

static void
test_listing__finds_items_by_all_that_is_told_of_them(void **state)
{
	struct listing l;

	(void)state;
	listing_init(&l, columns);
	add(&l, 1, "Café", "ciso", NULL);
	listing_detail(&l, "explained", 1);
	listing_detail(&l, "twice", 1);
	listing_heading(&l, "ciso");
	add(&l, 2, "other", "CISO", NULL);
	add(&l, 3, "third", "griffie", "ciso day");
	listing_recalc(&l, 3, 80);
	expect_found(&l, "ciso", 0, 1, 3, 1);
	expect_found(&l, "ciso", 1, 2, 3, 2);
	expect_found(&l, "ciso", 0, 2, 3, 2);
	expect_found(&l, "ciso", 1, 3, 3, 3);
	expect_found(&l, "ciso", 1, 1, 3, 1);
	expect_found(&l, "ciso", -1, 3, 3, 3);
	expect_found(&l, "cafe", 1, 1, 1, 1);
	(void)listing_move(&l, CMD_DOWN);
	(void)listing_move(&l, CMD_DOWN);
	expect_found(&l, "TWICE", 1, 1, 1, 1);
	expect_found(&l, "nowhere", 1, 0, 0, 1);
	expect_found(&l, "", 1, 0, 0, 1);
	listing_release(&l);
}

/* None, one, a screenful, one more, very many. */
static void
test_listing__holds_any_number_of_items(void **state)
{
	static const size_t numbers[] = { 0, 1, 20, 21, 10000 };
	struct listing l;
	size_t n, all, focus;

	(void)state;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		listing_init(&l, columns);
		for (size_t k = 0; k < numbers[i]; k++)
			add(&l, k, k + 1 == numbers[i] ? "last" : "item", "",
			    NULL);
		if (!numbers[i])
			listing_say(&l, "none");
		listing_recalc(&l, 21, 80);
		assert_int_equal(scroll_has_more(&l.scroll), numbers[i] > 20);
		(void)listing_move(&l, CMD_LAST);
		(void)listing_move(&l, CMD_DOWN);
		(void)listing_move(&l, CMD_NEXT_ITEM);
		assert_int_equal(listing_focus(&l, &focus), numbers[i] > 0);
		if (!numbers[i]) {
			listing_release(&l);
			continue;
		}
		expect_focus(&l, true, numbers[i] - 1);
		assert_false(scroll_has_more(&l.scroll));
		(void)listing_move(&l, CMD_FIRST);
		expect_focus(&l, true, 0);
		assert_true(listing_find(&l, "last", 1, &n, &all));
		expect_focus(&l, true, numbers[i] - 1);
		listing_recalc(&l, 9, 40);
		expect_focus(&l, true, numbers[i] - 1);
		listing_release(&l);
	}
}

static void
test_listing__finds_nothing_in_an_empty_one(void **state)
{
	struct listing l;
	size_t n, all;

	(void)state;
	listing_init(&l, columns);
	assert_false(listing_find(&l, "a", 1, &n, &all));
	listing_say(&l, "a sentence");
	listing_recalc(&l, 3, 80);
	assert_false(listing_find(&l, "a", -1, &n, &all));
	listing_release(&l);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_listing__columns_keep_their_place_and_fall_away),
		cmocka_unit_test(
			test_listing__arrows_take_lines_and_tab_takes_items),
		cmocka_unit_test(test_listing__focus_stays_on_its_item),
		cmocka_unit_test(test_listing__moves_over_items_that_are_new),
		cmocka_unit_test(test_listing__focus_stays_on_a_sentence),
		cmocka_unit_test(test_listing__says_what_it_holds),
		cmocka_unit_test(
			test_listing__shows_two_versions_in_one_text_or_two),
		cmocka_unit_test(
			test_listing__finds_items_by_all_that_is_told_of_them),
		cmocka_unit_test(test_listing__holds_any_number_of_items),
		cmocka_unit_test(test_listing__finds_nothing_in_an_empty_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
