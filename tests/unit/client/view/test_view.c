/* What all views share. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "view/view.h"

static json_t *
make_page(const char *commit, const char *text)
{
	return json_pack("{s:s, s:i, s:s, s:s}", "address", "themas/x",
			 "version", 3, "commit", commit, "text", text);
}

static void
test_view__keeps_a_page_once(void **state)
{
	struct context c = { 0 };
	json_t *first = make_page("a1", "tekst"), *again, *other, *got;

	(void)state;
	got = context_page(&c, first);
	assert_ptr_equal(got, first);
	json_decref(got);
	again = make_page("a1", "tekst");
	got = context_page(&c, again);
	assert_ptr_equal(got, first);
	json_decref(got);
	other = make_page("b2", "andere tekst");
	got = context_page(&c, other);
	assert_ptr_equal(got, other);
	json_decref(got);
	assert_ptr_equal(c.page, other);
	json_decref(c.page);
	json_decref(first);
	json_decref(again);
	json_decref(other);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_view__keeps_a_page_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
