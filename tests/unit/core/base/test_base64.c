/* RFC 4648: what goes in comes out, and nothing else goes in. */
#include "plein/base64.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
test_base64__knows_the_examples_of_the_rfc(void **state)
{
	static const char *const rows[][2] = { { "", "" },
					       { "f", "Zg==" },
					       { "fo", "Zm8=" },
					       { "foo", "Zm9v" },
					       { "foob", "Zm9vYg==" },
					       { "fooba", "Zm9vYmE=" },
					       { "foobar", "Zm9vYmFy" } };
	struct buf out = BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		buf_reset(&out);
		base64_encode(&out, rows[i][0], strlen(rows[i][0]));
		assert_string_equal(out.ptr, rows[i][1]);
		assert_int_equal(out.len, BASE64_LEN(strlen(rows[i][0])));
		buf_reset(&out);
		assert_int_equal(base64_decode(&out, rows[i][1],
					       strlen(rows[i][1]), NULL),
				 0);
		assert_string_equal(out.ptr, rows[i][0]);
	}
	buf_release(&out);
}

static void
test_base64__keeps_every_byte(void **state)
{
	unsigned char bytes[256];
	struct buf text = BUF_INIT, back = BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bytes); i++)
		bytes[i] = (unsigned char)(255 - i);
	base64_encode(&text, bytes, sizeof(bytes));
	assert_int_equal(base64_decode(&back, text.ptr, text.len, NULL), 0);
	assert_int_equal(back.len, sizeof(bytes));
	assert_memory_equal(back.ptr, bytes, sizeof(bytes));
	buf_release(&text);
	buf_release(&back);
}

static void
test_base64__refuses_what_it_would_not_write(void **state)
{
	static const char *const rows[] = { "Z",    "Zg",    "Zg=",  "Zh==",
					    "Zm9=", "Z===",  "====", "Zg==Zg==",
					    "Zm 9", "Zm9\n", "Zm9-", "=Zm9" };
	struct buf out = BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (base64_decode(&out, rows[i], strlen(rows[i]), NULL) !=
		    PLEIN_ERULE)
			fail_msg("%s was taken", rows[i]);
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_base64__knows_the_examples_of_the_rfc),
		cmocka_unit_test(test_base64__keeps_every_byte),
		cmocka_unit_test(test_base64__refuses_what_it_would_not_write),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
