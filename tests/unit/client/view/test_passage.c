#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "plein/buf.h"
#include "view/passage.h"

/* The passages on a line, with bars between them and * before a paragraph. */
static void
assert_passages(const char *markdown, const char *line, const char *want)
{
	struct vec list = VEC_INIT;
	struct buf got = BUF_INIT;

	passages_on(&list, markdown, strlen(markdown), line, NULL);
	for (size_t i = 0; i < list.len; i++) {
		const struct passage *p = list.items[i];

		if (i)
			buf_char(&got, '|');
		buf_str(&got, p->whole ? "*" : "");
		buf_add(&got, markdown + p->at, p->len);
	}
	assert_string_equal(got.ptr, want);
	vec_release(&list, free);
	buf_release(&got);
}

static const char text[] =
	"Een zin. Nog een zin met [een link](a.md) erin. Slot?\n"
	"\n"
	"## Een kop\n"
	"\n"
	"- [ ] eerst dit\n"
	"- dan\n"
	"  dat\n";

static void
test_passages__are_the_sentences_on_the_line(void **state)
{
	(void)state;
	assert_passages(text, "Een zin. Nog een",
			"Een zin.|Nog een zin met [een link](a.md) erin.|"
			"*Een zin. Nog een zin met [een link](a.md) erin. "
			"Slot?");
	assert_passages(text, "met [een link] erin. Slot?",
			"Nog een zin met [een link](a.md) erin.|Slot?|"
			"*Een zin. Nog een zin met [een link](a.md) erin. "
			"Slot?");
}

static void
test_passages__have_no_signs_before_them(void **state)
{
	(void)state;
	assert_passages(text, "Een kop", "Een kop");
	assert_passages(text, "- [ ] eerst dit", "eerst dit");
	assert_passages(text, "- dan dat", "dan\n  dat");
}

static void
test_passages__are_none_elsewhere(void **state)
{
	(void)state;
	assert_passages(text, "staat er niet", "");
	assert_passages(text, "", "");
	assert_passages("", "iets", "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_passages__are_the_sentences_on_the_line),
		cmocka_unit_test(test_passages__have_no_signs_before_them),
		cmocka_unit_test(test_passages__are_none_elsewhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
