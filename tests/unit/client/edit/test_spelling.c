#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "edit/spelling.h"
#include "plein/buf.h"

static bool
list_word(void *ctx, const char *word, struct span at)
{
	buf_printf(ctx, "%s %zu-%zu, ", word, at.from, at.to);
	return strcmp(word, "stop") != 0;
}

static void
expect(const char *s, size_t from, const char *words)
{
	struct text *t = text_new(s, strlen(s));
	struct buf b = BUF_INIT;

	spelling_walk(t, from, list_word, &b);
	assert_string_equal(b.ptr, words);
	buf_release(&b);
	text_free(t);
}

static void
test_spelling__finds_words(void **state)
{
	(void)state;
	expect("Een twee.", 0, "Een 0-3, twee 4-8, ");
	expect("(en/of)", 0, "en 1-3, of 4-6, ");
	expect("één ruïne", 0, "één 0-5, ruïne 6-12, ");
	expect("", 0, "");
	expect("een\ntwee\n", 0, "een 0-3, twee 4-8, ");
}

static void
test_spelling__keeps_words_together(void **state)
{
	(void)state;
	expect("foto's", 0, "foto's 0-6, ");
	expect("foto\xe2\x80\x99s", 0, "foto's 0-8, ");
	expect("e-mail, auto- en", 0, "e-mail 0-6, auto 8-12, en 14-16, ");
	expect("in 's-Hertogenbosch", 0, "in 0-2, 's-Hertogenbosch 3-19, ");
	expect("'s avonds 'hier'", 0, "avonds 3-9, hier 11-15, ");
}

static void
test_spelling__leaves_out_what_is_no_word(void **state)
{
	(void)state;
	expect("a b2b 5G jan@b.nl VNG snake_case C:\\a", 0, "");
	expect("x `code` [a b](c) [[d]] http://aa.nl is", 0, "is 37-39, ");
	expect("zie vng.nl. Dan", 0, "zie 0-3, Dan 12-15, ");
	expect("```\nfoo\n```\nbar", 0, "bar 12-15, ");
	expect("\xe6\x97\xa5\xe6\x9c\xac", 0, "");
}

static void
test_spelling__begins_where_it_is_told(void **state)
{
	(void)state;
	expect("een twee\ndrie", 4, "twee 4-8, drie 9-13, ");
	expect("een twee\ndrie", 5, "drie 9-13, ");
	expect("```\naa\nbb\n```\ncc", 7, "cc 14-16, ");
	expect("een stop twee", 0, "een 0-3, stop 4-8, ");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_spelling__finds_words),
		cmocka_unit_test(test_spelling__keeps_words_together),
		cmocka_unit_test(test_spelling__leaves_out_what_is_no_word),
		cmocka_unit_test(test_spelling__begins_where_it_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
