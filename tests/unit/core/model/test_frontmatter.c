#include "plein/frontmatter.h"

#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct parsed {
	struct frontmatter *fm;
	int code;
	struct err err;
};

static struct parsed
parse_bytes(const char *text, size_t len)
{
	struct parsed p = { 0 };

	p.code = frontmatter_parse(&p.fm, text, len, &p.err);
	assert_non_null(p.fm);
	assert_in_range(frontmatter_body(p.fm), 0, len);
	return p;
}

static struct parsed
parse(const char *text)
{
	return parse_bytes(text, strlen(text));
}

/* No block, or none that counts: all of it is body. */
static void
assert_all_body(const char *text, int code)
{
	struct parsed p = parse(text);

	assert_int_equal(p.code, code);
	assert_int_equal(frontmatter_body(p.fm), 0);
	assert_null(frontmatter_text(p.fm, "a"));
	assert_null(frontmatter_item(p.fm, "a", 0));
	frontmatter_free(p.fm);
}

static void
assert_value(const char *text, const char *value)
{
	struct parsed p = parse(text);

	assert_int_equal(p.code, 0);
	if (value)
		assert_string_equal(frontmatter_text(p.fm, "a"), value);
	else
		assert_null(frontmatter_text(p.fm, "a"));
	frontmatter_free(p.fm);
}

static void
test_frontmatter__scalars_are_read(void **state)
{
	(void)state;
	assert_value("---\na: b\n---\n", "b");
	assert_value("---\na: \"b: \\\"c\\\"\"\n---\n", "b: \"c\"");
	assert_value("---\na: 'it''s'\n---\n", "it's");
	assert_value("---\na:\n---\n", "");
	assert_value("---\na: |\n  x\n  y\n---\n", "x\ny\n");
	assert_value("---\na: >\n  x\n  y\n---\n", "x y\n");
	assert_value("---\n{a: 3, b: 4}\n---\n", "3");
	assert_value("---\nb: x\n---\n", NULL);
	assert_value("---\na: caf\xc3\xa9\n---\n", "caf\xc3\xa9");
}

static void
test_frontmatter__a_list_has_items_and_no_text(void **state)
{
	struct parsed p = parse("---\na: [x, \"y, z\", 3]\nb:\n  - q\n"
				"  - r\nc: []\nd: s\n---\n");

	(void)state;
	assert_int_equal(p.code, 0);
	assert_string_equal(frontmatter_item(p.fm, "a", 0), "x");
	assert_string_equal(frontmatter_item(p.fm, "a", 1), "y, z");
	assert_string_equal(frontmatter_item(p.fm, "a", 2), "3");
	assert_null(frontmatter_item(p.fm, "a", 3));
	assert_null(frontmatter_text(p.fm, "a"));
	assert_string_equal(frontmatter_item(p.fm, "b", 1), "r");
	assert_null(frontmatter_item(p.fm, "c", 0));
	assert_string_equal(frontmatter_item(p.fm, "d", 0), "s");
	assert_null(frontmatter_item(p.fm, "d", 1));
	frontmatter_free(p.fm);
}

static void
test_frontmatter__what_is_nested_is_skipped(void **state)
{
	struct parsed p = parse("---\na: [x, [b, c], y, {d: e}, z]\n"
				"m: {x: {y: [q]}, a: no}\nn: v\n---\n");

	(void)state;
	assert_int_equal(p.code, 0);
	assert_string_equal(frontmatter_item(p.fm, "a", 0), "x");
	assert_string_equal(frontmatter_item(p.fm, "a", 1), "y");
	assert_string_equal(frontmatter_item(p.fm, "a", 2), "z");
	assert_null(frontmatter_item(p.fm, "a", 3));
	assert_null(frontmatter_item(p.fm, "m", 0));
	assert_null(frontmatter_item(p.fm, "x", 0));
	assert_string_equal(frontmatter_text(p.fm, "n"), "v");
	frontmatter_free(p.fm);
}

static void
test_frontmatter__the_body_is_counted_in_bytes(void **state)
{
	static const char text[] =
		"---\na: \xc3\xa9\xe6\xbc\xa2\xf0\x9f\x98\x80"
		"\n---\nBody \xc3\xa9\n";
	struct parsed p = parse(text);

	(void)state;
	assert_string_equal(text + frontmatter_body(p.fm), "Body \xc3\xa9\n");
	frontmatter_free(p.fm);
}

static void
test_frontmatter__carriage_returns_make_no_difference(void **state)
{
	static const char text[] = "---\r\na: b\r\nc: [d]\r\n---\r\nx\r\n";
	struct parsed p = parse(text);

	(void)state;
	assert_int_equal(p.code, 0);
	assert_string_equal(frontmatter_text(p.fm, "a"), "b");
	assert_string_equal(frontmatter_item(p.fm, "c", 0), "d");
	assert_string_equal(text + frontmatter_body(p.fm), "x\r\n");
	frontmatter_free(p.fm);
}

static void
test_frontmatter__the_block_may_end_the_file_or_be_empty(void **state)
{
	struct parsed p = parse("---\na: b\n---");

	(void)state;
	assert_int_equal(frontmatter_body(p.fm), 12);
	assert_string_equal(frontmatter_text(p.fm, "a"), "b");
	frontmatter_free(p.fm);
	p = parse("---\n---\nx");
	assert_int_equal(p.code, 0);
	assert_int_equal(frontmatter_body(p.fm), 8);
	frontmatter_free(p.fm);
	p = parse("---\n# remark\n\n---\nx");
	assert_int_equal(p.code, 0);
	assert_int_equal(frontmatter_body(p.fm), 18);
	frontmatter_free(p.fm);
}

static void
test_frontmatter__without_a_block_all_is_body(void **state)
{
	static const char *const texts[] = {
		"",
		"a: b\n",
		"---",
		"---\n",
		"---\na: b\n",
		"\n---\na: b\n---\n",
		" ---\na: b\n---\n",
		"----\na: b\n----\n",
		"---\na: b\n ---\n",
		"--- a: b\n---\n",
		"---\na: b\n----\n",
		"--\na: b\n--\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_all_body(texts[i], 0);
}

static void
test_frontmatter__what_is_no_plain_mapping_is_refused(void **state)
{
	static const char *const texts[] = {
		"---\njust text\n---\n",
		"---\n- a\n- b\n---\n",
		"---\n[a, b]\n---\n",
		"---\na: [b\n---\n",
		"---\na: \"b\n---\n",
		"---\na: b: c\n---\n",
		"---\n\ta: b\n---\n",
		"---\n? [x]\n: y\n---\n",
		"---\n? {x: z}\n: y\n---\n",
		"---\na: b\n...\n{a: c}\n---\n",
		"---\na: b\n--- {a: c}\n---\n",
		"---\n%YAML 1.1\n---\n",
		"---\na: @b\n---\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_all_body(texts[i], PLEIN_ERULE);
}

static void
test_frontmatter__anchors_and_aliases_are_refused(void **state)
{
	static const char *const texts[] = {
		"---\na: &x b\n---\n",	    "---\na: &x [b]\n---\n",
		"---\na: &x {b: c}\n---\n", "---\n&x a: b\n---\n",
		"---\n&x\na: b\n---\n",	    "---\na: [&x b, *x]\n---\n",
		"---\na: *x\n---\n",	    "---\n*x : a\n---\n",
		"---\nm: [[&x b]]\n---\n",  "---\n&x\n---\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_all_body(texts[i], PLEIN_ERULE);
}

static void
test_frontmatter__a_key_comes_once(void **state)
{
	(void)state;
	assert_all_body("---\na: b\na: c\n---\n", PLEIN_ERULE);
	assert_all_body("---\na: b\nc: d\n\"a\": e\n---\n", PLEIN_ERULE);
	assert_all_body("---\na: []\na: [c]\n---\n", PLEIN_ERULE);
	assert_all_body("---\na: {x: y}\na: c\n---\n", PLEIN_ERULE);
	assert_value("---\nm: {a: b, a: c}\na: d\n---\n", "d");
}

static void
test_frontmatter__escapes_make_no_forbidden_character(void **state)
{
	(void)state;
	assert_all_body("---\na: \"x\\0y\"\n---\n", PLEIN_ERULE);
	assert_all_body("---\na: \"\\e[2J\"\n---\n", PLEIN_ERULE);
	assert_all_body("---\na: \"\\u202e\"\n---\n", PLEIN_ERULE);
	assert_all_body("---\na: [\"\\x9b\"]\n---\n", PLEIN_ERULE);
	assert_all_body("---\n\"a\\0\": b\n---\n", PLEIN_ERULE);
	assert_value("---\na: \"\\u00e9\\t\"\n---\n", "\xc3\xa9\t");
}

static void
test_frontmatter__raw_bytes_that_are_no_text_are_refused(void **state)
{
	static const char nul[] = "---\na: b\0c\n---\n";
	struct parsed p = parse_bytes(nul, sizeof(nul) - 1);

	(void)state;
	assert_int_equal(p.code, PLEIN_ERULE);
	assert_int_equal(frontmatter_body(p.fm), 0);
	frontmatter_free(p.fm);
	assert_all_body("---\na: \xff\n---\n", PLEIN_ERULE);
	assert_all_body("---\na: \xc3\n---\n", PLEIN_ERULE);
	assert_all_body("---\na: \xed\xa0\x80\n---\n", PLEIN_ERULE);
	assert_all_body("---\na: \033[2J\n---\n", PLEIN_ERULE);
}

static void
test_frontmatter__a_refusal_names_the_line(void **state)
{
	static const struct {
		const char *text, *line;
	} table[] = {
		{ "---\na: b\nc: *x\n---\n", "line 3)" },
		{ "---\n- a\n---\n", "line 2)" },
		{ "---\na: b\n\na: c\n---\n", "line 4)" },
	};
	struct parsed p;

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		p = parse(table[i].text);
		assert_int_equal(p.err.code, PLEIN_ERULE);
		if (!strstr(p.err.msg, table[i].line))
			fail_msg("\"%s\", not %s", p.err.msg, table[i].line);
		frontmatter_free(p.fm);
	}
}

static void
assert_refused_quickly(const char *before, const char *part, size_t n)
{
	struct buf text = BUF_INIT;
	struct parsed p;

	buf_printf(&text, "---\n%s", before);
	for (size_t i = 0; i < n; i++)
		buf_str(&text, part);
	buf_str(&text, "\n---\n");
	p = parse_bytes(text.ptr, text.len);
	assert_int_equal(p.code, PLEIN_ERULE);
	frontmatter_free(p.fm);
	buf_release(&text);
}

static void
test_frontmatter__deep_nesting_and_many_fields_are_refused(void **state)
{
	(void)state;
	assert_refused_quickly("a: ", "[", 10000);
	assert_refused_quickly("a: ", "{", 10000);
	assert_refused_quickly("a: ", "{x: ", 10000);
	assert_refused_quickly("a: ", "\n- ", 10000);
	assert_refused_quickly("", "? ", 10000);
	assert_refused_quickly("a: ", "- ", 100000);
	assert_refused_quickly("a:", "\n- x", 100000);
}

static void
test_frontmatter__sixteen_levels_are_read(void **state)
{
	struct parsed p;

	(void)state;
	p = parse("---\na: [[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]\nb: c\n---\n");
	assert_int_equal(p.code, 0);
	assert_null(frontmatter_item(p.fm, "a", 0));
	assert_string_equal(frontmatter_text(p.fm, "b"), "c");
	frontmatter_free(p.fm);
	assert_all_body("---\na: [[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]\n---\n",
			PLEIN_ERULE);
}

static void
test_frontmatter__a_made_block_reads_back(void **state)
{
	static const char title[] = "Wat \"nu\"? \\n: {a} # [b] caf\xc3\xa9";
	struct buf out = BUF_INIT;
	struct parsed p;

	(void)state;
	frontmatter_make(&out, title, "thema", "stand: open\n");
	p = parse_bytes(out.ptr, out.len);
	assert_int_equal(p.code, 0);
	assert_int_equal(frontmatter_body(p.fm), out.len);
	assert_string_equal(frontmatter_text(p.fm, "titel"), title);
	assert_string_equal(frontmatter_text(p.fm, "type"), "thema");
	assert_string_equal(frontmatter_text(p.fm, "status"), "concept");
	assert_string_equal(frontmatter_text(p.fm, "stand"), "open");
	frontmatter_free(p.fm);
	buf_release(&out);
}

static void
test_frontmatter__no_title_breaks_out_of_its_block(void **state)
{
	struct buf out = BUF_INIT;
	struct parsed p;

	(void)state;
	frontmatter_make(&out, "x\n---\nstatus: y\r\n\033", "thema", NULL);
	p = parse_bytes(out.ptr, out.len);
	assert_int_equal(p.code, 0);
	assert_int_equal(frontmatter_body(p.fm), out.len);
	assert_string_equal(frontmatter_text(p.fm, "titel"),
			    "x --- status: y   ");
	assert_string_equal(frontmatter_text(p.fm, "status"), "concept");
	frontmatter_free(p.fm);
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_frontmatter__scalars_are_read),
		cmocka_unit_test(
			test_frontmatter__a_list_has_items_and_no_text),
		cmocka_unit_test(test_frontmatter__what_is_nested_is_skipped),
		cmocka_unit_test(
			test_frontmatter__the_body_is_counted_in_bytes),
		cmocka_unit_test(
			test_frontmatter__carriage_returns_make_no_difference),
		cmocka_unit_test(
			test_frontmatter__the_block_may_end_the_file_or_be_empty),
		cmocka_unit_test(test_frontmatter__without_a_block_all_is_body),
		cmocka_unit_test(
			test_frontmatter__what_is_no_plain_mapping_is_refused),
		cmocka_unit_test(
			test_frontmatter__anchors_and_aliases_are_refused),
		cmocka_unit_test(test_frontmatter__a_key_comes_once),
		cmocka_unit_test(
			test_frontmatter__escapes_make_no_forbidden_character),
		cmocka_unit_test(
			test_frontmatter__raw_bytes_that_are_no_text_are_refused),
		cmocka_unit_test(test_frontmatter__a_refusal_names_the_line),
		cmocka_unit_test(
			test_frontmatter__deep_nesting_and_many_fields_are_refused),
		cmocka_unit_test(test_frontmatter__sixteen_levels_are_read),
		cmocka_unit_test(test_frontmatter__a_made_block_reads_back),
		cmocka_unit_test(
			test_frontmatter__no_title_breaks_out_of_its_block),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
