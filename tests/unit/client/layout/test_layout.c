/* Markdown in, the plain text of the layout out; then its structure. */
#include "layout/layout.h"

#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "plein/clock.h"
#include "plein/mem.h"
#include "plein/utf8.h"

static void
assert_plain(const char *markdown, int width, const char *want)
{
	struct layout l;
	struct buf got = BUF_INIT;

	layout_make(&l, markdown, strlen(markdown), width, NULL);
	layout_plain(&l, &got);
	assert_string_equal(got.ptr, want);
	buf_release(&got);
	layout_release(&l);
}

/* Columns of the longest line, and that spans do not overlap. */
static int
measure(const struct layout *l)
{
	int widest = 0;

	for (size_t i = 0; i < l->n_lines; i++) {
		int col = 0;

		for (size_t j = 0; j < l->lines[i].n_spans; j++) {
			const struct layout_span *s = &l->lines[i].spans[j];

			assert_true(s->col >= col);
			assert_int_equal(utf8_width(l->text + s->text, s->len),
					 s->width);
			col = s->col + s->width;
		}
		if (col > widest)
			widest = col;
	}
	return widest;
}

static void
test_layout__is_empty_for_an_empty_page(void **state)
{
	struct layout l;

	(void)state;
	layout_make(&l, "", 0, 40, NULL);
	assert_int_equal(l.n_lines, 0);
	assert_int_equal(l.n_links, 0);
	layout_release(&l);
	layout_release(&l);
}

static void
test_layout__wraps_prose_at_the_width(void **state)
{
	(void)state;
	assert_plain("De kern: gegevens worden\nlosgemaakt van processen.\n\n"
		     "Tweede alinea.\n",
		     20,
		     "  De kern: gegevens\n"
		     "  worden losgemaakt\n"
		     "  van processen.\n"
		     "\n"
		     "  Tweede alinea.\n");
}

static void
test_layout__keeps_hard_breaks(void **state)
{
	(void)state;
	assert_plain("een  \ntwee\\\ndrie\nvier", 40,
		     "  een\n  twee\n  drie vier\n");
}

static void
test_layout__puts_headings_at_the_margin(void **state)
{
	static const char text[] = "Tekst\n\n## Wat *spreken* we af?\nMeer\n"
				   "# Hoofd\n### Kop\n";
	struct layout l;

	(void)state;
	assert_plain(text, 40,
		     "  Tekst\n\nWat spreken we af?\n  Meer\n\nHoofd\n\nKop\n");
	layout_make(&l, text, strlen(text), 40, NULL);
	assert_int_equal(l.lines[2].heading, 2);
	assert_int_equal(l.lines[2].spans[0].style, STYLE_HEADING);
	assert_int_equal(l.lines[3].heading, 0);
	assert_int_equal(l.lines[5].heading, 1);
	assert_int_equal(l.lines[7].heading, 3);
	assert_true(l.lines[1].blank);
	layout_release(&l);
}

static void
test_layout__hangs_list_items(void **state)
{
	(void)state;
	assert_plain("Tekst\n\n- een twee drie vier\n- vijf\n"
		     "  - zes zeven acht negen\n    - tien\n\nEinde\n",
		     16,
		     "  Tekst\n\n"
		     "  - een twee drie\n"
		     "    vier\n"
		     "  - vijf\n"
		     "    - zes zeven\n"
		     "      acht negen\n"
		     "      - tien\n"
		     "\n"
		     "  Einde\n");
}

static void
test_layout__numbers_ordered_lists(void **state)
{
	(void)state;
	assert_plain("9. negen\n10. tien elf twaalf\n3. drie\n", 14,
		     "  9. negen\n"
		     "  10. tien elf\n"
		     "      twaalf\n"
		     "  11. drie\n");
	assert_plain("1) een\n2) twee\n", 14, "  1) een\n  2) twee\n");
}

static void
test_layout__shows_tasks(void **state)
{
	(void)state;
	assert_plain("- [x] begrippen gelijk trekken\n- [ ] noemen\n", 24,
		     "  - [x] begrippen gelijk\n"
		     "    trekken\n"
		     "  - [ ] noemen\n");
}

static void
test_layout__separates_the_items_of_a_loose_list(void **state)
{
	(void)state;
	assert_plain("- een\n\n  twee\n\n- drie\n", 40,
		     "  - een\n\n    twee\n\n  - drie\n");
}

static void
test_layout__keeps_markers_of_items_without_text(void **state)
{
	(void)state;
	assert_plain("- - dubbel\n-\n- ```\n  code\n  ```\n", 40,
		     "  - - dubbel\n  -\n  -\n      code\n");
}

static void
test_layout__marks_and_indents_quotes(void **state)
{
	(void)state;
	assert_plain("> Een citaat\n> loopt door\n>> dieper\n\nNa\n", 40,
		     "    \"Een citaat loopt door\n\n"
		     "      \"dieper\"\"\n\n"
		     "  Na\n");
	assert_plain("> a\n>\n> b\n", 40, "    \"a\n\n    b\"\n");
	assert_plain("> abcd efgh\n", 12, "    \"abcd efgh\n    \"\n");
	assert_plain("> - een\n> - *twee*\n", 40,
		     "    - \"een\n    - twee\"\n");
	assert_plain("> [a](b)\n", 40, "    \"[a]\"\n");
	assert_plain("> ```\n> code\n> ```\n", 40, "      code\n");
	assert_plain("> # kop\n> tekst\n", 40, "kop\n    \"tekst\"\n");
	assert_plain("> ***\n\nNa\n", 40, "    ---\n\n  Na\n");
	assert_plain(">\n\nNa \"dit\"\n", 40, "  Na \"dit\"\n");
}

static void
test_layout__indents_code(void **state)
{
	(void)state;
	assert_plain("Voor\n\n"
		     "```c\nint  x;\n\n\treturn;\n```\nNa\n",
		     40,
		     "  Voor\n\n"
		     "    int  x;\n\n"
		     "        return;\n\n"
		     "  Na\n");
}

static void
test_layout__breaks_code_lines_that_are_too_long(void **state)
{
	(void)state;
	assert_plain("    abcdefghijklmnop\n", 10,
		     "    abcdefgh\n    ijklmnop\n");
}

static void
test_layout__shows_raw_html_as_text(void **state)
{
	(void)state;
	assert_plain("<script>x</script>\n\na <b>vet</b> &lt;i&gt; &eacute;\n",
		     40,
		     "  <script>x</script>\n\n  a <b>vet</b> <i> \xC3\xA9\n");
}

/* What stands behind code would be code. */
static void
test_layout__closes_a_quote_below_code(void **state)
{
	(void)state;
	assert_plain("> a\n>\n>     b\n\nNa\n", 40,
		     "    \"a\n\n      b\n    \"\n\n  Na\n");
}

static void
test_layout__keeps_the_marks_of_what_is_struck_out(void **state)
{
	(void)state;
	assert_plain("niet ~~a *b*~~ maar c\n", 40, "  niet ~~a b~~ maar c\n");
	assert_plain("`~~a~~` en ~5 of ~6\n", 40, "  ~~a~~ en ~5 of ~6\n");
}

static void
test_layout__leaves_footnotes_readable(void **state)
{
	(void)state;
	assert_plain("Zo[^1] is het[^b].\n\n[^1]: Bron\n"
		     "[^b]: een twee drie vier vijf\n",
		     20,
		     "  Zo[^1] is het[^b].\n\n"
		     "  [^1]: Bron\n\n"
		     "  [^b]: een twee drie\n"
		     "    vier vijf\n");
}

static void
test_layout__leaves_other_text_as_it_is(void **state)
{
	static const char text[] = "a;*b*\r\n\n  # c\x1b[m d e f g h\n";
	struct layout l;
	struct buf got = BUF_INIT;

	(void)state;
	layout_make_plain(&l, text, strlen(text), 16);
	layout_plain(&l, &got);
	assert_string_equal(got.ptr, "  a;*b*\n\n    # c<1B>[m d e\n"
				     "  f g h\n");
	assert_true(l.lines[1].blank);
	assert_int_equal(l.text_to, 4);
	buf_release(&got);
	layout_release(&l);
	layout_make_plain(&l, "", 0, 16);
	assert_int_equal(l.n_lines, 0);
	layout_release(&l);
}

static void
test_layout__draws_a_rule(void **state)
{
	(void)state;
	assert_plain("a\n\n***\nb\n", 40, "  a\n\n  ---\n\n  b\n");
}

static void
test_layout__gives_spans_their_style(void **state)
{
	static const char text[] = "a *b* **c** `d` [e](f.md)";
	static const enum style styles[] = { STYLE_PLAIN, STYLE_EMPHASIS,
					     STYLE_PLAIN, STYLE_STRONG,
					     STYLE_PLAIN, STYLE_CODE,
					     STYLE_PLAIN, STYLE_LINK };
	struct layout l;

	(void)state;
	layout_make(&l, text, strlen(text), 40, NULL);
	assert_int_equal(l.n_lines, 1);
	assert_int_equal(l.lines[0].n_spans, 8);
	for (size_t i = 0; i < 8; i++)
		assert_int_equal(l.lines[0].spans[i].style, styles[i]);
	assert_int_equal(l.lines[0].spans[0].link, -1);
	assert_int_equal(l.lines[0].spans[7].link, 0);
	assert_int_equal(measure(&l), 13);
	layout_release(&l);
}

static void
test_layout__writes_one_line_a_paragraph_when_unwrapped(void **state)
{
	struct buf text = BUF_INIT;
	struct layout l;

	(void)state;
	for (int i = 0; i < 500; i++)
		buf_str(&text, "woord ");
	layout_make(&l, text.ptr, text.len, LAYOUT_UNWRAPPED, NULL);
	assert_int_equal(l.n_lines, 1);
	layout_release(&l);
	buf_release(&text);
}

static void
test_layout__cuts_a_long_word_and_never_a_wide_character(void **state)
{
	struct buf text = BUF_INIT;
	struct layout l;

	(void)state;
	for (int i = 0; i < 300; i++)
		buf_str(&text, i % 7 ? "\xE6\xBC\xA2" : "x");
	layout_make(&l, text.ptr, text.len, 21, NULL);
	assert_true(l.n_lines > 20);
	assert_in_range(measure(&l), 22, 23);
	layout_release(&l);
	buf_release(&text);
}

static void
test_layout__filters_what_it_shows(void **state)
{
	(void)state;
	assert_plain("a\x1b[31mb \xff \xE2\x80\xAEx `\x07` &#27; &#x202E;\n",
		     60, "  a<1B>[31mb <FF> <202E>x <07> <1B> <202E>\n");
}

static void
test_layout__replaces_nul(void **state)
{
	struct layout l;
	struct buf got = BUF_INIT;

	(void)state;
	layout_make(&l, "a\0b", 3, 40, NULL);
	layout_plain(&l, &got);
	assert_string_equal(got.ptr, "  a\xEF\xBF\xBD"
				     "b\n");
	buf_release(&got);
	layout_release(&l);
}

/* --- what is meant to hurt --- */

static void
repeat(struct buf *b, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_str(b, s);
}

/* Lays out at several widths; nothing may stick out or take seconds. */
static void
survive(const struct buf *text)
{
	static const int widths[] = { 10, 76, 300 };

	for (size_t i = 0; i < 3; i++) {
		int64_t start = clock_mono_ms();
		struct layout l;

		layout_make(&l, text->ptr, text->len, widths[i], NULL);
		assert_true(clock_mono_ms() - start < 10000);
		assert_in_range(measure(&l), 0, widths[i] + 2 + 40);
		for (size_t j = 0; j < l.n_links; j++)
			assert_in_range(l.links[j].line, 0, l.n_lines - 1);
		layout_release(&l);
	}
}

static void
test_layout__survives_deep_nesting(void **state)
{
	static const char *const units[] = {
		">",  "> ", "- ",  "1. ", "*", "[",
		"[[", "![", "**_", "`",	  "(", "|"
	};

	(void)state;
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		struct buf text = BUF_INIT;

		repeat(&text, units[i], 10000);
		buf_str(&text, "tekst\n");
		repeat(&text, units[i], 10000);
		survive(&text);
		buf_release(&text);
	}
}

static void
test_layout__indents_half_of_the_width_at_most(void **state)
{
	struct buf text = BUF_INIT;
	struct layout l;
	const struct layout_line *last;

	(void)state;
	for (size_t i = 0; i < 60; i++) {
		repeat(&text, "  ", i);
		buf_str(&text, "- punt\n");
	}
	layout_make(&l, text.ptr, text.len, 40, NULL);
	last = &l.lines[l.n_lines - 1];
	assert_true(last->spans[0].col <= LAYOUT_INDENT + 20 + 2);
	assert_in_range(measure(&l), 20, 42);
	layout_release(&l);
	buf_release(&text);
}

/* Every short row gets all the columns of the first one. */
static void
test_layout__shows_the_source_of_a_table_that_explodes(void **state)
{
	struct buf text = BUF_INIT;
	struct layout l;

	(void)state;
	repeat(&text, "|a", 20000);
	buf_char(&text, '\n');
	repeat(&text, "|---", 20000);
	buf_char(&text, '\n');
	repeat(&text, "|\n", 20000);
	survive(&text);
	layout_make(&l, text.ptr, text.len, 76, NULL);
	assert_memory_equal(l.text, "|a|a|a", 6);
	assert_int_equal(l.lines[l.n_lines - 1].spans[0].style, STYLE_CODE);
	layout_release(&l);
	buf_release(&text);
}

static void
test_layout__bounds_what_one_address_costs(void **state)
{
	struct buf text = BUF_INIT;

	(void)state;
	buf_str(&text, "[a]: <");
	repeat(&text, "u", 100000);
	buf_str(&text, ">\n\n");
	repeat(&text, "[a] ", 50000);
	survive(&text);
	buf_release(&text);
}

static void
test_layout__lays_out_the_largest_page(void **state)
{
	struct buf text = BUF_INIT;
	struct layout l;

	(void)state;
	while (text.len < 1024 * 1024 - 100)
		buf_str(&text,
			"Een *zin* met een [link](b.md) en **vet**.\n\n");
	layout_make(&l, text.ptr, text.len, 76, NULL);
	assert_int_equal(l.n_lines, l.n_links * 2 - 1);
	assert_int_equal(l.links[l.n_links - 1].line, l.n_lines - 1);
	layout_release(&l);
	buf_release(&text);
}

static void
test_layout__takes_any_bytes(void **state)
{
	uint32_t seed = 12345;

	(void)state;
	for (int round = 0; round < 300; round++) {
		static const char alphabet[] = "a \n\t-*_[]()|`>#!<&;1.\\x\r:";
		struct buf text = BUF_INIT;

		for (int i = 0; i < 400; i++) {
			seed = seed * 1103515245 + 12345;
			if (seed >> 28)
				buf_char(&text,
					 alphabet[(seed >> 16) %
						  (sizeof(alphabet) - 1)]);
			else
				buf_char(&text, (char)(seed >> 16));
		}
		survive(&text);
		buf_release(&text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_layout__is_empty_for_an_empty_page),
		cmocka_unit_test(test_layout__wraps_prose_at_the_width),
		cmocka_unit_test(test_layout__keeps_hard_breaks),
		cmocka_unit_test(test_layout__puts_headings_at_the_margin),
		cmocka_unit_test(test_layout__hangs_list_items),
		cmocka_unit_test(test_layout__numbers_ordered_lists),
		cmocka_unit_test(test_layout__shows_tasks),
		cmocka_unit_test(
			test_layout__separates_the_items_of_a_loose_list),
		cmocka_unit_test(
			test_layout__keeps_markers_of_items_without_text),
		cmocka_unit_test(test_layout__marks_and_indents_quotes),
		cmocka_unit_test(test_layout__indents_code),
		cmocka_unit_test(
			test_layout__breaks_code_lines_that_are_too_long),
		cmocka_unit_test(test_layout__shows_raw_html_as_text),
		cmocka_unit_test(test_layout__leaves_other_text_as_it_is),
		cmocka_unit_test(test_layout__draws_a_rule),
		cmocka_unit_test(test_layout__closes_a_quote_below_code),
		cmocka_unit_test(
			test_layout__keeps_the_marks_of_what_is_struck_out),
		cmocka_unit_test(test_layout__leaves_footnotes_readable),
		cmocka_unit_test(test_layout__gives_spans_their_style),
		cmocka_unit_test(
			test_layout__writes_one_line_a_paragraph_when_unwrapped),
		cmocka_unit_test(
			test_layout__cuts_a_long_word_and_never_a_wide_character),
		cmocka_unit_test(test_layout__filters_what_it_shows),
		cmocka_unit_test(test_layout__replaces_nul),
		cmocka_unit_test(test_layout__survives_deep_nesting),
		cmocka_unit_test(
			test_layout__indents_half_of_the_width_at_most),
		cmocka_unit_test(
			test_layout__shows_the_source_of_a_table_that_explodes),
		cmocka_unit_test(test_layout__bounds_what_one_address_costs),
		cmocka_unit_test(test_layout__lays_out_the_largest_page),
		cmocka_unit_test(test_layout__takes_any_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
