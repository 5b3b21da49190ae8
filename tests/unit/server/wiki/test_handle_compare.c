/* What differs between versions, and who wrote each line. */
#include "town.h"

#include "plein/page.h"

static void
put(struct town *t, const char *path, const char *text)
{
	struct repo_id id;

	town_commit(t->desk.repo, path, text, "Versie\n", &id);
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
}

static void
assert_json(const json_t *j, const char *want)
{
	char *got =
		json_dumps(j, JSON_COMPACT | JSON_ENCODE_ANY | JSON_SORT_KEYS |
				      JSON_REAL_PRECISION(3));

	for (char *p = got; *p; p++)
		if (*p == '"')
			*p = '\'';
	assert_string_equal(got, want);
	free(got);
}

/* "@from to|-line|+line|" of each hunk. */
static void
assert_diff(struct town *t, const char *params, const char *want)
{
	json_t *r = town_get(t, ROLE_LEZER, "page.diff", params), *h, *line;
	struct buf got = BUF_INIT;
	size_t i, k;

	json_array_foreach(json_object_get(r, "hunks"), i, h)
	{
		char *from =
			json_dumps(json_object_get(h, "from"), JSON_COMPACT);
		char *to = json_dumps(json_object_get(h, "to"), JSON_COMPACT);

		buf_printf(&got, "@%s%s|", from, to);
		json_array_foreach(json_object_get(h, "lines"), k, line)
			buf_printf(&got, "%s%s%s|", town_text(line, "kind"),
				   town_text(line, "text"),
				   json_object_get(line, "newline") ? "." : "");
		free(from);
		free(to);
	}
	assert_string_equal(got.ptr, want);
	assert_true(json_is_true(json_object_get(r, "complete")));
	buf_release(&got);
	json_decref(r);
}

static void
test_handle_compare__lines_with_what_stands_around(void **state)
{
	struct town *t = *state;

	put(t, "index.md", "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n");
	put(t, "index.md", "1\nX\n3\n4\n5\n6\n7\n8\n9\n10\n11\n13\nY\n14\n");
	assert_diff(t, "{'address':'index'}",
		    "@[1,5][1,5]| 1|-2|+X| 3| 4| 5|"
		    "@[9,6][9,6]| 9| 10| 11|-12| 13|+Y| 14|");
	assert_diff(t, "{'address':'index','from':3,'to':2}",
		    "@[1,5][1,5]| 1|-X|+2| 3| 4| 5|"
		    "@[9,6][9,6]| 9| 10| 11|+12| 13|-Y| 14|");
	assert_diff(t, "{'address':'index','from':3,'to':3}", "");
}

static void
test_handle_compare__nothing_and_what_is_gone_are_empty(void **state)
{
	struct town *t = *state;

	put(t, "themas/x.md", "a\n");
	put(t, "themas/x.md", NULL);
	put(t, "themas/x.md", "b");
	assert_diff(t, "{'address':'themas/x','to':1}", "@[1,0][1,1]|+a|");
	assert_diff(t, "{'address':'themas/x','to':2}", "@[1,1][1,0]|-a|");
	assert_diff(t, "{'address':'themas/x'}", "@[1,0][1,1]|+b.|");
	assert_diff(t, "{'address':'themas/x','from':1}",
		    "@[1,1][1,1]|-a|+b.|");
}

/* Bytes of all lines with their words marked: {+…+}, [-…-]. */
static void
assert_words(struct town *t, const char *from, const char *to, const char *want)
{
	struct buf got = BUF_INIT;
	json_t *r, *line, *word;
	size_t i, k;

	put(t, "themas/w.md", from);
	put(t, "themas/w.md", to);
	r = town_get(t, ROLE_LEZER, "page.diff",
		     "{'address':'themas/w','words':true}");
	json_array_foreach(
		json_object_get(json_array_get(json_object_get(r, "hunks"), 0),
				"lines"),
		i, line)
	{
		json_array_foreach(json_object_get(line, "words"), k, word)
		{
			const char *kind = town_text(word, "kind");

			buf_printf(&got,
				   *kind == ' '	  ? "%s"
				   : *kind == '+' ? "{+%s+}"
						  : "[-%s-]",
				   town_text(word, "text"));
		}
		buf_char(&got, '|');
	}
	assert_string_equal(got.ptr, want);
	buf_release(&got);
	json_decref(r);
	put(t, "themas/w.md", NULL);
}

static void
test_handle_compare__words_of_lines_that_replace_others(void **state)
{
	struct town *t = *state;

	assert_words(t, "kosten noemen bij de inkoop\n",
		     "kosten opnemen in de inkoop\n",
		     "kosten [-noemen bij-] de inkoop|"
		     "kosten {+opnemen in+} de inkoop|");
	assert_words(t, "caf\xc3\xa9 cafe\xcc\x81.\n", "caf\xc3\xa9s cafe.\n",
		     "[-caf\xc3\xa9 cafe\xcc\x81-].|{+caf\xc3\xa9s cafe+}.|");
	/* words go on over the end of a line */
	assert_words(t, "  a b\n  c d\n", "  a b c\n\n  e d\n",
		     "  a b|[-  -]c d|  a b{+ +}c||{+  e+} d|");
}

static void
test_handle_compare__a_lonely_line_has_no_words(void **state)
{
	struct town *t = *state;
	json_t *r;

	put(t, "themas/x.md", "a\n");
	put(t, "themas/x.md", "a\nb\n");
	r = town_get(t, ROLE_LEZER, "page.diff",
		     "{'address':'themas/x','words':true}");
	assert_json(json_object_get(r, "hunks"),
		    "[{'from':[1,1],'lines':[{'kind':' ','text':'a'},"
		    "{'kind':'+','text':'b'}],'to':[1,2]}]");
	json_decref(r);
}

static void
test_handle_compare__versions_that_are_not_there(void **state)
{
	static const char *const params[] = { "{'address':'index','from':7}",
					      "{'address':'index','to':7}",
					      "{'address':'themas/nee'}",
					      "{'address':'index','to':0}" };
	struct town *t = *state;

	for (size_t i = 0; i < sizeof(params) / sizeof(params[0]); i++)
		assert_int_equal(
			town_ask(t, ROLE_LEZER, "page.diff", params[i], NULL),
			PLEIN_ENOTFOUND);
}

/* A page of the largest size, all of it changed, must fit a message. */
static void
test_handle_compare__an_answer_has_an_end(void **state)
{
	struct town *t = *state;
	struct buf one = BUF_INIT, other = BUF_INIT;
	json_t *r;
	size_t size;

	while (one.len + 2 < PAGE_MAX) {
		buf_str(&one, "\"\n");
		buf_str(&other, "\\\n");
	}
	put(t, "index.md", one.ptr);
	put(t, "index.md", other.ptr);
	r = town_get(t, ROLE_LEZER, "page.diff", "{'address':'index'}");
	assert_true(json_is_false(json_object_get(r, "complete")));
	size = json_dumpb(r, NULL, 0, JSON_COMPACT);
	assert_in_range(size, 2 << 20, 4 << 20);
	json_decref(r);
	buf_release(&one);
	buf_release(&other);
}

static void
test_handle_compare__who_wrote_each_line(void **state)
{
	struct town *t = *state;
	json_t *r, *row;

	put(t, "themas/x.md", "een\ntwee\ndrie\n");
	json_decref(town_get(t, ROLE_BIJDRAGER, "page.save",
			     "{'address':'themas/x','base':1,'note':'beter',"
			     "'text':'een\\nTWEE\\nen\\ndrie\\n'}"));
	r = town_get(t, ROLE_LEZER, "page.blame", "{'address':'themas/x'}");
	assert_int_equal(town_number(r, "version"), 2);
	assert_true(json_is_true(json_object_get(r, "complete")));
	assert_null(json_object_get(r, "next"));
	assert_int_equal(json_array_size(json_object_get(r, "rows")), 3);
	row = json_array_get(json_object_get(r, "rows"), 1);
	assert_int_equal(town_number(row, "first"), 2);
	assert_int_equal(town_number(row, "count"), 2);
	assert_int_equal(town_number(row, "version"), 2);
	assert_string_equal(town_text(row, "handle"), "bijdrager");
	assert_string_equal(town_text(row, "author"), "Iemand Anders");
	assert_string_equal(town_text(row, "note"), "beter");
	assert_json(json_object_get(row, "lines"), "['TWEE','en']");
	row = json_array_get(json_object_get(r, "rows"), 2);
	assert_int_equal(town_number(row, "first"), 4);
	assert_int_equal(town_number(row, "version"), 1);
	assert_string_equal(town_text(row, "handle"), "git.zelf");
	json_decref(r);
}

static void
test_handle_compare__stepping_back_from_a_line(void **state)
{
	struct town *t = *state;
	json_t *r;

	put(t, "themas/x.md", "een\n");
	put(t, "themas/x.md", "EEN\n");
	r = town_get(t, ROLE_LEZER, "page.blame",
		     "{'address':'themas/x','version':1}");
	assert_json(
		json_object_get(json_array_get(json_object_get(r, "rows"), 0),
				"lines"),
		"['een']");
	json_decref(r);
	put(t, "themas/x.md", NULL);
	assert_int_equal(town_ask(t, ROLE_LEZER, "page.blame",
				  "{'address':'themas/x'}", NULL),
			 PLEIN_ENOTFOUND);
	assert_int_equal(town_number(t->args, "gone"), 3);
	r = town_get(t, ROLE_LEZER, "page.blame",
		     "{'address':'themas/x','version':2}");
	json_decref(r);
}

/* Rows of words: where each begins, and all of its bytes. */
static void
test_handle_compare__who_wrote_each_word(void **state)
{
	struct town *t = *state;
	struct buf got = BUF_INIT;
	json_t *r, *row;
	size_t i;

	put(t, "themas/x.md", "een twee\n\ndrie\n");
	json_decref(town_get(t, ROLE_BIJDRAGER, "page.save",
			     "{'address':'themas/x','base':1,'note':'beter',"
			     "'text':'een en twee\\n\\ndrie\\nvier vijf\\n'}"));
	r = town_get(t, ROLE_LEZER, "page.blame",
		     "{'address':'themas/x','words':true}");
	json_array_foreach(json_object_get(r, "rows"), i, row)
		buf_printf(&got, "%ld,%ld,%ld:%s|", town_number(row, "first"),
			   town_number(row, "byte"),
			   town_number(row, "version"), town_text(row, "text"));
	assert_string_equal(got.ptr,
			    "1,0,1:een|1,3,2: en|1,6,1: twee\n\ndrie\n|"
			    "4,18,2:vier vijf\n|");
	row = json_array_get(json_object_get(r, "rows"), 1);
	assert_string_equal(town_text(row, "handle"), "bijdrager");
	assert_string_equal(town_text(row, "note"), "beter");
	assert_null(json_object_get(row, "lines"));
	assert_null(json_object_get(row, "count"));
	json_decref(r);
	buf_release(&got);
}

/* Row `n` of the page below; its text is added. */
static void
read_long_row(const json_t *row, bool words, long n, struct buf *text)
{
	const json_t *line;
	size_t i;

	/* an old line's end is as old as the word behind it */
	assert_int_equal(town_number(row, "first"), n - (words && n % 2 == 0));
	assert_int_equal(town_number(row, "version"), n % 2 ? 2 : 1);
	json_array_foreach(json_object_get(row, "lines"), i, line)
		buf_printf(text, "%s\n", json_string_value(line));
	if (!words)
		return;
	assert_int_equal(town_number(row, "byte"), text->len);
	buf_str(text, town_text(row, "text"));
}

/*
 * A page on which every second line, or word, is newer: all parts together
 * are all of it.
 */
static void
read_long_blame(struct town *t, bool words, struct buf *text)
{
	const char *next = words ? "byte" : "line";
	struct buf params = BUF_INIT;
	long at = words ? 0 : 1, seen = 0;
	json_t *r, *row;
	size_t i;

	while (at >= 0) {
		buf_reset(&params);
		buf_printf(&params,
			   "{'address':'themas/x','%s':%ld,'words':%s}", next,
			   at, words ? "true" : "false");
		r = town_get(t, ROLE_LEZER, "page.blame", params.ptr);
		assert_true(json_dumpb(r, NULL, 0, JSON_COMPACT) < 4 << 20);
		json_array_foreach(json_object_get(r, "rows"), i, row)
			read_long_row(row, words, ++seen, text);
		row = json_object_get(r, "next");
		at = row ? (long)json_integer_value(row) : -1;
		json_decref(r);
	}
	assert_int_equal(seen, 20000);
	buf_release(&params);
}

static void
test_handle_compare__a_long_blame_comes_in_parts(void **state)
{
	struct town *t = *state;
	struct buf text = BUF_INIT, lines = BUF_INIT, words = BUF_INIT;

	for (int i = 0; i < 20000; i++)
		buf_printf(&text, "regel%d\n", i);
	put(t, "themas/x.md", text.ptr);
	buf_reset(&text);
	for (int i = 0; i < 20000; i++)
		buf_printf(&text, i % 2 ? "regel%d\n" : "anders%d\n", i);
	put(t, "themas/x.md", text.ptr);
	read_long_blame(t, false, &lines);
	assert_string_equal(lines.ptr, text.ptr);
	read_long_blame(t, true, &words);
	assert_string_equal(words.ptr, text.ptr);
	buf_release(&text);
	buf_release(&lines);
	buf_release(&words);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, town_setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_handle_compare__lines_with_what_stands_around),
		TEST(test_handle_compare__nothing_and_what_is_gone_are_empty),
		TEST(test_handle_compare__words_of_lines_that_replace_others),
		TEST(test_handle_compare__a_lonely_line_has_no_words),
		TEST(test_handle_compare__versions_that_are_not_there),
		TEST(test_handle_compare__an_answer_has_an_end),
		TEST(test_handle_compare__who_wrote_each_line),
		TEST(test_handle_compare__who_wrote_each_word),
		TEST(test_handle_compare__stepping_back_from_a_line),
		TEST(test_handle_compare__a_long_blame_comes_in_parts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
