/* How much of a text is read before it is shown. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "plein/buf.h"
#include "plein/opening.h"

static struct buf text;

/* Paragraphs of `each` bytes, with the line between them. */
static void
fill(size_t len, int each)
{
	while (text.len < len)
		buf_printf(&text, "%.*s\n\n", each,
			   "een alinea van een verhaal dat maar doorgaat");
}

static int
make(void **state)
{
	(void)state;
	buf_init(&text);
	return 0;
}

static int
drop(void **state)
{
	(void)state;
	buf_release(&text);
	return 0;
}

static void
test_opening__is_all_of_a_usual_text(void **state)
{
	(void)state;
	assert_int_equal(opening_len("", 0), 0);
	fill(OPENING_BIG / 2, 40);
	assert_int_equal(opening_len(text.ptr, text.len), text.len);
}

static void
test_opening__ends_with_a_block(void **state)
{
	size_t n;

	(void)state;
	fill(2 * OPENING_BIG, 40);
	n = opening_len(text.ptr, text.len);
	assert_in_range(n, OPENING_MOST - 42, OPENING_MOST);
	assert_memory_equal(text.ptr + n - 1, "\n\neen", 5);
}

static void
test_opening__is_all_where_no_block_ends(void **state)
{
	(void)state;
	while (text.len < OPENING_BIG)
		buf_str(&text, "zonder einde\n");
	assert_int_equal(opening_len(text.ptr, text.len), text.len);
}

static void
test_opening__is_all_where_the_end_explains_the_beginning(void **state)
{
	(void)state;
	buf_str(&text, "Zie [de wet][1] en [meer].\n\n");
	fill(2 * OPENING_BIG, 40);
	buf_str(&text, "[1]");
	assert_true(opening_len(text.ptr, text.len) < text.len);
	buf_str(&text, ": https://wet.example/\n");
	assert_int_equal(opening_len(text.ptr, text.len), text.len);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			test_opening__is_all_of_a_usual_text, make, drop),
		cmocka_unit_test_setup_teardown(test_opening__ends_with_a_block,
						make, drop),
		cmocka_unit_test_setup_teardown(
			test_opening__is_all_where_no_block_ends, make, drop),
		cmocka_unit_test_setup_teardown(
			test_opening__is_all_where_the_end_explains_the_beginning,
			make, drop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
