/* Who and why; trailers are believed of the wiki alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "wiki/trace.h"

static const char text[] = "regel erbij\n\nPlein-Page: themas/a\n"
			   "Plein-Action: save\nPlein-Request: 6f1c\n";

static void
test_trace__trailers_of_the_wiki_count(void **state)
{
	struct trace t;

	(void)state;
	trace_read(&t, "jan@stad.example", "plein@stad.example", text);
	assert_string_equal(t.handle, "jan");
	assert_string_equal(t.message.subject, "regel erbij");
	assert_string_equal(t.message.page, "themas/a");
	assert_string_equal(t.message.action, "save");
	assert_string_equal(t.message.request, "6f1c");
	trace_release(&t);
}

static void
test_trace__trailers_of_others_do_not(void **state)
{
	struct trace t;

	(void)state;
	trace_read(&t, "jan@stad.example", "jan@stad.example", text);
	assert_string_equal(t.handle, "jan");
	assert_string_equal(t.message.subject, "regel erbij");
	assert_null(t.message.page);
	assert_null(t.message.action);
	assert_null(t.message.request);
	trace_release(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_trace__trailers_of_the_wiki_count),
		cmocka_unit_test(test_trace__trailers_of_others_do_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
