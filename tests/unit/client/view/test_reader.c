/* A page laid out, with a cursor in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "plein/buf.h"
#include "view/reader.h"

static struct reader reader;

static void
set(const char *markdown, int cols)
{
	reader_set(&reader, markdown, strlen(markdown), cols, NULL);
	reader.scroll.rows = 10;
	scroll_fit(&reader.scroll);
}

static int
make(void **state)
{
	(void)state;
	memset(&reader, 0, sizeof(reader));
	reader.link = -1;
	return 0;
}

static int
drop(void **state)
{
	(void)state;
	reader_release(&reader);
	return 0;
}

static void
test_reader__begins_on_text(void **state)
{
	(void)state;
	set("een\n\ntwee\n", 80);
	assert_int_equal(reader.scroll.at, READER_LEAD);
	assert_int_equal(reader.scroll.top, 0);
	scroll_step(&reader.scroll, 1);
	assert_int_equal(reader.scroll.at, READER_LEAD + 2);
}

static void
test_reader__walks_by_character(void **state)
{
	(void)state;
	set("漢é x\n", 80);
	reader_walk(&reader, -1);
	assert_int_equal(reader.col, 0);
	reader_walk(&reader, 1);
	reader_walk(&reader, 1);
	assert_int_equal(reader.col, 2);
	reader_walk(&reader, 1);
	assert_int_equal(reader.col, 4);
	reader_walk(&reader, -1);
	assert_int_equal(reader.col, 2);
	for (int i = 0; i < 50; i++)
		reader_walk(&reader, 1);
	assert_int_equal(reader.col, 7);
}

static void
test_reader__goes_round_the_links(void **state)
{
	(void)state;
	set("[a](x) en [b](y)\n\n[c](z)\n", 80);
	assert_non_null(reader_link_here(&reader));
	assert_true(reader_next_link(&reader, 1));
	assert_int_equal(reader.link, 0);
	assert_true(reader_next_link(&reader, 1));
	assert_int_equal(reader.link, 1);
	assert_string_equal(reader_link_here(&reader)->target, "y");
	assert_true(reader_next_link(&reader, 1));
	assert_int_equal(reader.scroll.at, READER_LEAD + 2);
	assert_true(reader_next_link(&reader, 1));
	assert_int_equal(reader.link, 0);
	assert_true(reader_next_link(&reader, -1));
	assert_int_equal(reader.link, 2);
	assert_true(reader_next_link(&reader, -1));
	assert_int_equal(reader.link, 1);
}

static void
test_reader__follows_the_first_link_after_the_cursor(void **state)
{
	(void)state;
	set("[a](x) en [b](y)\n\nniets\n", 80);
	assert_string_equal(reader_link_here(&reader)->target, "x");
	for (int i = 0; i < 6; i++)
		reader_walk(&reader, 1);
	assert_string_equal(reader_link_here(&reader)->target, "y");
	scroll_step(&reader.scroll, 1);
	assert_null(reader_link_here(&reader));
}

static void
test_reader__stays_in_the_text_at_another_width(void **state)
{
	struct buf text = BUF_INIT;
	size_t n;

	(void)state;
	for (int i = 0; i < 300; i++)
		buf_printf(&text, "woord%d ", i);
	set(text.ptr, 80);
	scroll_to(&reader.scroll, reader.layout.n_lines / 2);
	set(text.ptr, 40);
	n = reader.layout.n_lines;
	assert_in_range(reader.scroll.at, n / 2 - n / 10, n / 2 + n / 10);
	buf_release(&text);
}

static void
test_reader__lists_headings(void **state)
{
	struct buf text = BUF_INIT;
	size_t line;

	(void)state;
	set("inleiding\n\n## Een *twee* die niet past\n\ntekst\n\n### Drie\n",
	    24);
	line = reader_next_heading(&reader, 0);
	assert_int_equal(reader.layout.lines[line - READER_LEAD].heading, 2);
	assert_int_equal(reader_heading_level(&reader, line), 2);
	reader_heading_text(&reader, line, &text);
	assert_string_equal(text.ptr, "Een twee die niet past");
	line = reader_next_heading(&reader, line + 1);
	assert_int_equal(reader_heading_level(&reader, line), 3);
	assert_int_equal(reader_next_heading(&reader, line + 1), 0);
	buf_release(&text);
}

static void
test_reader__knows_the_heading_it_is_under(void **state)
{
	struct buf text = BUF_INIT;

	(void)state;
	set("inleiding\n\n## Een\n\ntekst\n\n## Drie\n", 80);
	assert_false(reader_heading_above(&reader, &text));
	scroll_step(&reader.scroll, 1);
	scroll_step(&reader.scroll, 1);
	assert_true(reader_heading_above(&reader, &text));
	assert_string_equal(text.ptr, "Een");
	buf_release(&text);
}

/* Lines of table cells: links stand in another order than they come. */
static void
test_reader__goes_through_the_links_as_they_stand(void **state)
{
	(void)state;
	set("| a | b |\n|---|---|\n| een twee drie vier vijf [x](x.md) | "
	    "een twee [y](y.md) |\n",
	    34);
	assert_true(reader_next_link(&reader, 1));
	assert_string_equal(reader.layout.links[reader.link].label, "y");
	assert_true(reader_next_link(&reader, 1));
	assert_string_equal(reader.layout.links[reader.link].label, "x");
	assert_true(reader_next_link(&reader, 1));
	assert_string_equal(reader.layout.links[reader.link].label, "y");
	assert_true(reader_next_link(&reader, -1));
	assert_string_equal(reader.layout.links[reader.link].label, "x");
}

static void
assert_found(const char *words, int by, size_t n, size_t all, size_t line,
	     int col)
{
	size_t got_n, got_all;

	assert_true(reader_find(&reader, words, by, by > 0, &got_n, &got_all));
	assert_int_equal(got_all, all);
	assert_int_equal(got_n, n);
	assert_int_equal(reader.scroll.at, READER_LEAD + line);
	assert_int_equal(reader.col, col);
}

static void
test_reader__finds_words_and_stands_on_them(void **state)
{
	struct canvas *c = canvas_new(10, 40);

	(void)state;
	set("Een twee een\n\ndrie *een*\n", 40);
	assert_found("een", 1, 1, 3, 0, 2);
	assert_int_equal(reader.hit, 3);
	assert_found("een", 1, 2, 3, 0, 11);
	assert_found("een", 1, 3, 3, 2, 7);
	assert_found("een", 1, 1, 3, 0, 2);
	assert_found("een", -1, 3, 3, 2, 7);
	assert_found("een", -1, 2, 3, 0, 11);
	reader_paint(&reader, c, 0, 10);
	assert_int_equal(canvas_cell(c, 1, 11)->style, STYLE_FOCUS);
	assert_int_equal(canvas_cell(c, 1, 13)->style, STYLE_FOCUS);
	assert_int_equal(canvas_cell(c, 1, 2)->style, STYLE_PLAIN);
	reader_walk(&reader, 1);
	assert_int_equal(reader.hit, 0);
	canvas_free(c);
}

static void
test_reader__has_no_links_in_an_empty_page(void **state)
{
	struct canvas *c = canvas_new(10, 40);

	(void)state;
	set("", 40);
	assert_false(reader_next_link(&reader, 1));
	assert_null(reader_link_here(&reader));
	reader_walk(&reader, 1);
	reader_paint(&reader, c, 0, 10);
	canvas_free(c);
}

/* Everything is where it was when the layout is made again. */
static void
test_reader__rests_and_goes_on(void **state)
{
	static const char text[] = "een\n\n[a](a.md) en [b](b.md)\n\ndrie\n";

	(void)state;
	set(text, 80);
	assert_true(reader_next_link(&reader, 1));
	assert_true(reader_next_link(&reader, 1));
	assert_int_equal(reader.link, 1);
	for (int i = 0; i < 2; i++) {
		size_t at = reader.scroll.at;
		int col = reader.col;

		reader_rest(&reader);
		reader_rest(&reader);
		assert_int_equal(reader.layout.n_lines, 0);
		set(text, 80);
		assert_int_equal(reader.link, 1);
		assert_int_equal(reader.scroll.at, at);
		assert_int_equal(reader.col, col);
	}
	reader_rest(&reader);
	set("een\n", 80); /* another text */
	assert_int_equal(reader.link, -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_reader__begins_on_text,
						make, drop),
		cmocka_unit_test_setup_teardown(test_reader__walks_by_character,
						make, drop),
		cmocka_unit_test_setup_teardown(
			test_reader__goes_round_the_links, make, drop),
		cmocka_unit_test_setup_teardown(
			test_reader__follows_the_first_link_after_the_cursor,
			make, drop),
		cmocka_unit_test_setup_teardown(
			test_reader__stays_in_the_text_at_another_width, make,
			drop),
		cmocka_unit_test_setup_teardown(test_reader__lists_headings,
						make, drop),
		cmocka_unit_test_setup_teardown(
			test_reader__knows_the_heading_it_is_under, make, drop),
		cmocka_unit_test_setup_teardown(
			test_reader__goes_through_the_links_as_they_stand, make,
			drop),
		cmocka_unit_test_setup_teardown(
			test_reader__finds_words_and_stands_on_them, make,
			drop),
		cmocka_unit_test_setup_teardown(
			test_reader__has_no_links_in_an_empty_page, make, drop),
		cmocka_unit_test_setup_teardown(test_reader__rests_and_goes_on,
						make, drop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
