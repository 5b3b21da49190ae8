/* The places where two versions differ. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "view/spots.h"

/* A diff in JSON with ' for ". */
static json_t *
read_json(const char *s)
{
	struct buf json = BUF_INIT;
	json_t *j;

	for (; *s; s++)
		buf_char(&json, *s == '\'' ? '"' : *s);
	j = json_loads(json.ptr, 0, NULL);
	assert_non_null(j);
	buf_release(&json);
	return j;
}

static void
make(struct spots *s, const char *hunks, const char *text)
{
	json_t *diff = json_pack("{s:o}", "hunks", read_json(hunks));

	spots_make(s, diff, text, strlen(text), NULL);
	json_decref(diff);
}

static void
expect(const struct spots *s, size_t i, const char *text, const char *where,
       const char *what)
{
	const struct spot *spot = spots_at(s, i);
	struct buf out = BUF_INIT;

	assert_string_equal(spot->text.text.ptr, text);
	assert_string_equal(spot->where, where);
	spot_what(spot, &out);
	assert_string_equal(out.ptr, what);
	buf_release(&out);
}

static void
test_spots__are_sentences(void **state)
{
	struct spots s;

	(void)state;
	make(&s,
	     "[{'from':[4,1],'to':[4,1],'lines':[{'kind':'-','text':'-',"
	     "'words':[{'kind':' ','text':'One. Two'},"
	     "{'kind':' ','text':'. Three'},{'kind':'-','text':' old'},"
	     "{'kind':' ','text':' four. Five.'}]},{'kind':'+','text':'-',"
	     "'words':[{'kind':' ','text':'One. Two'},"
	     "{'kind':'+','text':', and more'},{'kind':' ','text':'. Three'},"
	     "{'kind':' ','text':' four. Five.'},"
	     "{'kind':'+','text':' Six, seven.'}]}]}]",
	     "---\ntitel: X\n---\nOne. Two, and more. Three four. Five. Six, "
	     "seven.\n");
	assert_int_equal(spots_size(&s), 3);
	assert_int_equal(spots_in_text(&s), 3);
	expect(&s, 0, "Two{+, and more+}.", "in the first paragraph",
	       "2 words added");
	expect(&s, 1, "Three [-old -]four.", "in the first paragraph",
	       "1 word removed");
	expect(&s, 2, "Five.{+ Six, seven.+}", "in the first paragraph",
	       "2 words added");
	spots_release(&s);
}

#define TEXT \
	"---\ntitel: X\ntrefwoorden: [a, b]\n---\nOne.\n\nTwo.\n\n# Three\n\n" \
	"```\n# no heading\n```\n\nFour.\n"

static void
test_spots__know_where_they_are(void **state)
{
	struct spots s;

	(void)state;
	make(&s,
	     "[{'from':[7,1],'to':[7,1],'lines':[{'kind':'+','text':'Two.'}]},"
	     "{'from':[15,1],'to':[15,1],'lines':[{'kind':'-','text':'Old "
	     "text.'},{'kind':'+','text':'Four.'}]}]",
	     TEXT);
	assert_int_equal(spots_size(&s), 2);
	expect(&s, 0, "{+Two.+}", "in the second paragraph", "1 word added");
	expect(&s, 1, "[-Old text.-]\n{+Four.+}", "under Three",
	       "1 line replaced");
	spots_release(&s);
}

static void
test_spots__tell_of_fields_last(void **state)
{
	struct spots s;
	size_t gone, come;

	(void)state;
	make(&s,
	     "[{'from':[2,2],'to':[2,2],'lines':[{'kind':' ','text':'titel: "
	     "X'},{'kind':'-','text':'-','words':[{'kind':' ','text':"
	     "'trefwoorden: [a]'}]},{'kind':'-','text':'status: concept'},"
	     "{'kind':'+','text':'-','words':[{'kind':' ','text':"
	     "'trefwoorden: [a'},{'kind':'+','text':', b'},{'kind':' ',"
	     "'text':']'}]},{'kind':' ','text':'---'},{'kind':'+',"
	     "'text':'One.'}]}]",
	     TEXT);
	assert_int_equal(spots_size(&s), 2);
	assert_int_equal(spots_in_text(&s), 1);
	expect(&s, 0, "{+One.+}", "in the first paragraph", "1 word added");
	assert_true(spots_at(&s, 1)->fields);
	assert_non_null(
		strstr(spots_at(&s, 1)->text.text.ptr, "trefwoorden {+b+}"));
	assert_non_null(
		strstr(spots_at(&s, 1)->text.text.ptr, "status [-concept-]"));
	spots_words(&s, &gone, &come);
	assert_int_equal(gone, 0);
	assert_int_equal(come, 1);
	spots_release(&s);
}

static void
test_spots__leave_empty_lines_between_out(void **state)
{
	struct spots s;

	(void)state;
	make(&s,
	     "[{'to':[1,3],'lines':[{'kind':'+','text':'# What now?'},"
	     "{'kind':'+','text':''},{'kind':'+','text':'Go.'}]}]",
	     "# What now?\n\nGo.\n");
	assert_int_equal(spots_size(&s), 2);
	expect(&s, 0, "{+What now?+}", "under What now", "2 words added");
	expect(&s, 1, "{+Go.+}", "under What now", "1 word added");
	spots_release(&s);
	make(&s, "[{'to':[2,1],'lines':[{'kind':'+','text':''}]}]", "a\n\n");
	assert_int_equal(spots_size(&s), 1);
	expect(&s, 0, "{++}", "in the first paragraph", "only the markup");
	spots_release(&s);
}

/* A page that is new: its fields and its text come in one run of lines. */
static void
test_spots__part_fields_from_text(void **state)
{
	struct spots s;

	(void)state;
	make(&s,
	     "[{'to':[1,4],'lines':[{'kind':'+','text':'---'},"
	     "{'kind':'+','text':'titel: X'},{'kind':'+','text':'---'},"
	     "{'kind':'+','text':'One.'}]}]",
	     "---\ntitel: X\n---\nOne.\n");
	assert_int_equal(spots_size(&s), 2);
	expect(&s, 0, "{+One.+}", "in the first paragraph", "1 word added");
	assert_string_equal(spots_at(&s, 1)->text.text.ptr, "titel {+X+}");
	spots_release(&s);
}

static void
test_spots__bear_what_does_not_match(void **state)
{
	struct spots s;

	(void)state;
	make(&s, "[]", "");
	assert_int_equal(spots_size(&s), 0);
	spots_release(&s);
	make(&s,
	     "[{},{'to':[99,1],'lines':[{'kind':'-','text':''},"
	     "{'kind':'+'},{}]}]",
	     "---\n");
	spots_release(&s);
	make(&s, "[{'to':[1,0],'lines':[{'kind':'-','text':'a'}]}]", "");
	expect(&s, 0, "[-a-]", "in the first paragraph", "1 word removed");
	spots_release(&s);
}

/* What no page shows, and code, are told as they are written. */
static void
test_spots__tell_markup_as_it_is_written(void **state)
{
	struct spots s;

	(void)state;
	make(&s,
	     "[{'to':[1,1],'lines':[{'kind':'-','text':'One two.',"
	     "'words':[{'kind':' ','text':'One two.'}]},{'kind':'+',"
	     "'text':'One *two*.','words':[{'kind':' ','text':'One '},"
	     "{'kind':'+','text':'*'},{'kind':' ','text':'two'},"
	     "{'kind':'+','text':'*'},{'kind':' ','text':'.'}]}]},"
	     "{'to':[4,1],'lines':[{'kind':'+','text':'# code'}]}]",
	     "One *two*.\n\n```\n# code\n```\n");
	assert_int_equal(spots_size(&s), 2);
	expect(&s, 0, "One {+*+}two{+*+}.", "in the first paragraph",
	       "only the markup");
	expect(&s, 1, "{+# code+}", "in the second paragraph", "1 word added");
	spots_release(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_spots__are_sentences),
		cmocka_unit_test(test_spots__know_where_they_are),
		cmocka_unit_test(test_spots__tell_of_fields_last),
		cmocka_unit_test(test_spots__leave_empty_lines_between_out),
		cmocka_unit_test(test_spots__part_fields_from_text),
		cmocka_unit_test(test_spots__tell_markup_as_it_is_written),
		cmocka_unit_test(test_spots__bear_what_does_not_match),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
