/* Rows as text, with the values of jansson as the judge. */
#include "wiki/rowtext.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "plein/jsontext.h"
#include "wiki/describe.h"

static void
assert_as_value(struct buf *row, json_t *value_take)
{
	struct buf want = BUF_INIT;

	jsontext_add(&want, value_take);
	assert_string_equal(row->ptr, want.ptr);
	assert_int_equal(row->len, want.len);
	json_decref(value_take);
	buf_release(&want);
	buf_release(row);
}

static void
test_rowtext__is_what_the_value_would_be(void **state)
{
	static const char *const lines[] = { "", "caf\xc3\xa9", "\"\\\n\x01",
					     "half \xc3", NULL };
	struct buf row = BUF_INIT;
	json_t *value = json_object();

	(void)state;
	rowtext_begin(&row);
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		const char key[] = { (char)('a' + i), '\0' };

		rowtext_line(&row, key, lines[i]);
		describe_line(value, key, lines[i]);
	}
	rowtext_number(&row, "least", INT64_MIN);
	describe_number(value, "least", INT64_MIN);
	rowtext_flag(&row, "yes", true);
	rowtext_flag(&row, "no", false);
	(void)json_object_set_new(value, "yes", json_true());
	(void)json_object_set_new(value, "no", json_false());
	rowtext_end(&row);
	assert_as_value(&row, value);
}

static void
test_rowtext__may_be_empty(void **state)
{
	struct buf row = BUF_INIT;

	(void)state;
	rowtext_begin(&row);
	rowtext_end(&row);
	assert_as_value(&row, json_object());
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rowtext__is_what_the_value_would_be),
		cmocka_unit_test(test_rowtext__may_be_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
