/* Records and objects. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "output.h"

static void
expect(struct buf *out, const char *text)
{
	assert_string_equal(out->ptr, text);
	buf_release(out);
}

static void
test_output__separates_fields_by_one_tab(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	output_field(&out, "themas/x");
	output_number(&out, 14);
	output_field(&out, NULL);
	output_field(&out, "een titel");
	output_end(&out);
	output_number(&out, 2);
	output_end(&out);
	expect(&out, "themas/x\t14\t\teen titel\n2\n");
}

static void
test_output__keeps_the_level_of_a_tree(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	output_end(&out);
	buf_str(&out, "    ");
	output_field(&out, "themas/x");
	output_field(&out, "X");
	expect(&out, "\n    themas/x\tX");
}

static void
test_output__escapes_what_separates(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	output_field(&out, "a\tb\nc\\d");
	expect(&out, "a\\tb\\nc\\\\d");
}

static void
test_output__lets_no_control_through(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	output_field(&out, "\x1b[2Jë\xff");
	expect(&out, "<1B>[2Jë<FF>");
}

static void
test_output__writes_one_object_a_line(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	output_json(&out, json_pack("{s:s}", "note", "a\nb"));
	expect(&out, "{\"note\":\"a\\nb\"}\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_output__separates_fields_by_one_tab),
		cmocka_unit_test(test_output__keeps_the_level_of_a_tree),
		cmocka_unit_test(test_output__escapes_what_separates),
		cmocka_unit_test(test_output__lets_no_control_through),
		cmocka_unit_test(test_output__writes_one_object_a_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
