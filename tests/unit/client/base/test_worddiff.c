/* What differs, word by word, in one text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/worddiff.h"

/* Lines of page.diff, in JSON with ' for ". */
static void
expect(const char *lines, const char *text)
{
	struct buf json = BUF_INIT, out = BUF_INIT;
	json_t *j;

	for (; *lines; lines++)
		buf_char(&json, *lines == '\'' ? '"' : *lines);
	j = json_loads(json.ptr, 0, NULL);
	assert_non_null(j);
	worddiff_write(&out, j);
	assert_string_equal(out.ptr, text);
	json_decref(j);
	buf_release(&json);
	buf_release(&out);
}

static void
test_worddiff__puts_both_versions_in_one_line(void **state)
{
	(void)state;
	expect("[{'kind':' ','text':'boven'},"
	       "{'kind':'-','text':'een oud woord','words':["
	       "{'kind':' ','text':'een '},{'kind':'-','text':'oud'},"
	       "{'kind':' ','text':' woord'}]},"
	       "{'kind':'+','text':'een nieuw woord erbij','words':["
	       "{'kind':' ','text':'een '},{'kind':'+','text':'nieuw'},"
	       "{'kind':' ','text':' woord'},{'kind':'+','text':' erbij'}]},"
	       "{'kind':' ','text':''}]",
	       "boven\neen [-oud-]{+nieuw+} woord{+ erbij+}\n\n");
}

static void
test_worddiff__lines_without_words_go_or_come_whole(void **state)
{
	(void)state;
	expect("[{'kind':'-','text':'weg'},{'kind':'-','text':''},"
	       "{'kind':' ','text':'blijft'},{'kind':'+','text':'erbij'}]",
	       "[-weg-]\n[--]\nblijft\n{+erbij+}\n");
	expect("[{'kind':'-','text':'a'},{'kind':'+','text':'b'}]",
	       "[-a-]{+b+}\n");
	expect("[{'kind':'+','text':''},{'kind':'+','text':'x'}]",
	       "{++}\n{+x+}\n");
	expect("[]", "");
}

/* A line that went keeps its place; one that is joined to the next does not
 * break the text. */
static void
test_worddiff__breaks_lines_as_the_later_version_does(void **state)
{
	(void)state;
	expect("[{'kind':'-','text':'een','words':[{'kind':' ','text':'een'}]},"
	       "{'kind':'-','text':'weg','words':[{'kind':'-','text':'weg'}]},"
	       "{'kind':'-','text':'twee','words':[{'kind':' "
	       "','text':'twee'}]},"
	       "{'kind':'+','text':'een','words':[{'kind':' ','text':'een'}]},"
	       "{'kind':'+','text':'twee','words':[{'kind':' "
	       "','text':'twee'}]}]",
	       "een\n[-weg-]\ntwee\n");
	expect("[{'kind':'-','text':'een','words':[{'kind':' ','text':'een'}]},"
	       "{'kind':'-','text':'twee','words':[{'kind':' "
	       "','text':'twee'}]},"
	       "{'kind':'+','text':'een twee','words':["
	       "{'kind':' ','text':'een'},{'kind':'+','text':' '},"
	       "{'kind':' ','text':'twee'}]}]",
	       "een{+ +}twee\n");
	expect("[{'kind':'-','text':'een twee','words':["
	       "{'kind':' ','text':'een'},{'kind':'-','text':' '},"
	       "{'kind':' ','text':'twee'}]},"
	       "{'kind':'+','text':'een','words':[{'kind':' ','text':'een'}]},"
	       "{'kind':'+','text':'twee','words':["
	       "{'kind':' ','text':'twee'}]}]",
	       "een[- -]\ntwee\n");
}

/* A side that holds more than the other says is written, not dropped. */
static void
test_worddiff__loses_nothing_of_what_does_not_match(void **state)
{
	(void)state;
	expect("[{'kind':'-','text':'abc','words':[{'kind':' ','text':'abc'}]},"
	       "{'kind':'+','text':'a','words':[{'kind':' ','text':'a'}]}]",
	       "a\nbc\n");
	expect("[{'kind':'+','words':[{'kind':' '}]},{}]", "\n\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_worddiff__puts_both_versions_in_one_line),
		cmocka_unit_test(
			test_worddiff__lines_without_words_go_or_come_whole),
		cmocka_unit_test(
			test_worddiff__breaks_lines_as_the_later_version_does),
		cmocka_unit_test(
			test_worddiff__loses_nothing_of_what_does_not_match),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
