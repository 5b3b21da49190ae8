/* Who else is here, in words. */
#include "view/others.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
fill(struct others *o, const char *rows)
{
	*o = (struct others){ .rows = json_loads(rows, 0, NULL) };
	assert_non_null(o->rows);
}

static void
expect(const char *rows, const char *count, const char *writing)
{
	struct buf text = BUF_INIT, quoted = BUF_INIT;
	struct others o;

	for (; *rows; rows++)
		buf_char(&quoted, *rows == '\'' ? '"' : *rows);
	fill(&o, quoted.ptr);
	assert_int_equal(others_say_count(&o, &text), *count != '\0');
	assert_string_equal(text.ptr, count);
	buf_reset(&text);
	others_say_writing(&o, &text);
	assert_string_equal(text.ptr, writing);
	json_decref(o.rows);
	buf_release(&quoted);
	buf_release(&text);
}

static void
test_others__are_counted_once(void **state)
{
	(void)state;
	expect("[]", "", "");
	expect("[{'handle':'ada'}]", "1 other signed in", "");
	expect("[{'handle':'ada'},{'handle':'bob'},{'handle':'ada'}]",
	       "2 others signed in", "");
}

static void
test_others__are_named_when_they_write(void **state)
{
	(void)state;
	expect("[{'handle':'ada','writing':true}]", "1 other signed in",
	       "ada also edits this page.");
	expect("[{'handle':'ada','writing':true,'under':'Bronnen'}]",
	       "1 other signed in", "ada also edits: Bronnen.");
	/* one who reads in another window first */
	expect("[{'handle':'bob'},{'handle':'ada','writing':true},"
	       "{'handle':'bob','writing':true}]",
	       "2 others signed in", "ada and 1 other also edit this page.");
	expect("[{'handle':'ada','writing':true},"
	       "{'handle':'ada','writing':true}]",
	       "1 other signed in", "ada also edits this page.");
}

static void
test_others__stand_behind_what_is_there(void **state)
{
	struct buf text = BUF_INIT;
	struct others o;

	(void)state;
	buf_str(&text, "Versie 3.");
	fill(&o, "[]");
	others_say_writing(&o, &text);
	assert_string_equal(text.ptr, "Versie 3.");
	json_decref(o.rows);
	fill(&o, "[{\"handle\":\"ada\",\"writing\":true}]");
	buf_erase(&text, text.len - 1, 1);
	others_say_writing(&o, &text);
	assert_string_equal(text.ptr, "Versie 3. ada also edits this page.");
	json_decref(o.rows);
	buf_release(&text);
}

/* Names of the wiki itself stand as authors of what it did by itself. */
static void
test_others__are_no_names_of_the_wiki(void **state)
{
	(void)state;
	assert_true(others_is_person("griffie.waterdam"));
	assert_false(others_is_person(""));
	assert_false(others_is_person("plein"));
	assert_false(others_is_person("reflectie"));
	assert_false(others_is_person("beheer"));
	assert_false(others_is_person("gast"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_others__are_counted_once),
		cmocka_unit_test(test_others__are_named_when_they_write),
		cmocka_unit_test(test_others__stand_behind_what_is_there),
		cmocka_unit_test(test_others__are_no_names_of_the_wiki),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
