/* docs/protocol.md says what the method table says. */
#include "town.h"

#define DOCUMENT "docs/protocol.md"
#define RIGHTS "tests/rights/methods.txt"

static void
test_protocol__document_is_what_the_table_says(void **state)
{
	struct buf want = BUF_INIT, have = BUF_INIT;
	struct err err = ERR_INIT;

	(void)state;
	method_document(&want);
	if (fs_read_at(AT_FDCWD, DOCUMENT, &have, 1024UL * 1024, &err))
		fail_msg("%s", err.msg);
	if (strcmp(want.ptr, have.ptr) != 0)
		fail_msg("make it anew: pleind protocol > " DOCUMENT);
	buf_release(&want);
	buf_release(&have);
}

static void
test_protocol__names_every_method_and_parameter(void **state)
{
	struct buf text = BUF_INIT, line = BUF_INIT;
	const struct method *m;
	const struct param *p;
	size_t i;

	(void)state;
	method_document(&text);
	for (i = 0; (m = method_row(i)); i++) {
		buf_reset(&line);
		buf_printf(&line, "### %s\n", m->name);
		assert_non_null(strstr(text.ptr, line.ptr));
		for (p = m->params; p->name; p++) {
			buf_reset(&line);
			buf_printf(&line, "| `%s` |", p->name);
			assert_non_null(strstr(text.ptr, line.ptr));
		}
	}
	assert_non_null(strstr(text.ptr, "| 5 | `conflict` |"));
	assert_int_equal(text.ptr[text.len - 1], '\n');
	assert_int_not_equal(text.ptr[text.len - 2], '\n');
	buf_release(&text);
	buf_release(&line);
}

/* Whoever adds a method says there for whom it is. */
static void
test_protocol__every_method_is_in_the_table_of_rights(void **state)
{
	struct buf rows = BUF_INIT, begin = BUF_INIT;
	const struct method *m;
	struct err err = ERR_INIT;
	int missing = 0;

	(void)state;
	if (fs_read_at(AT_FDCWD, RIGHTS, &rows, 1024UL * 1024, &err))
		fail_msg("%s", err.msg);
	for (size_t i = 0; (m = method_row(i)); i++) {
		buf_reset(&begin);
		buf_printf(&begin, "\n%s ", m->name);
		if (strstr(rows.ptr, begin.ptr))
			continue;
		print_error("%s has no row in " RIGHTS ": add one that says "
			    "what each column hears, as its head explains\n",
			    m->name);
		missing++;
	}
	assert_int_equal(missing, 0);
	buf_release(&rows);
	buf_release(&begin);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_protocol__document_is_what_the_table_says),
		cmocka_unit_test(
			test_protocol__names_every_method_and_parameter),
		cmocka_unit_test(
			test_protocol__every_method_is_in_the_table_of_rights),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
