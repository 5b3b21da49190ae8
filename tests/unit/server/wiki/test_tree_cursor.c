/* Tests of server/wiki/tree_cursor.c. */
#include "wiki/tree_cursor.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "plein/page.h"

#define N 3

static struct page_info infos[N];

static void
make_agenda(struct agenda *a, struct agenda_row rows[N])
{
	static const char *const names[N] = { "doelstellingen/a",
					      "hoofdonderwerpen/b",
					      "themas/c" };

	for (int i = 0; i < N; i++) {
		infos[i].address = (char *)names[i];
		rows[i] = (struct agenda_row){ &infos[i], i, 0 };
	}
	*a = (struct agenda){ rows, N };
}

static void
test_tree_cursor__comes_back_as_it_was(void **state)
{
	struct agenda_row rows[N];
	char text[TREE_CURSOR_MAX];
	struct agenda a;
	size_t at;

	(void)state;
	make_agenda(&a, rows);
	for (size_t i = 0; i <= N; i++) {
		tree_cursor_write(&a, i, text);
		assert_int_equal(tree_cursor_read(&a, text, &at, NULL), 0);
		assert_int_equal(at, i);
	}
}

static void
test_tree_cursor__is_refused_when_rows_have_changed(void **state)
{
	struct agenda_row rows[N];
	char text[TREE_CURSOR_MAX];
	struct agenda a;
	size_t at;

	(void)state;
	make_agenda(&a, rows);
	tree_cursor_write(&a, 2, text);
	rows[2].depth = 0; /* hangs elsewhere */
	assert_int_equal(tree_cursor_read(&a, text, &at, NULL),
			 PLEIN_ECONFLICT);
	make_agenda(&a, rows);
	rows[0].page = NULL;
	assert_int_equal(tree_cursor_read(&a, text, &at, NULL),
			 PLEIN_ECONFLICT);
	make_agenda(&a, rows);
	a.n_rows = 2;
	assert_int_equal(tree_cursor_read(&a, text, &at, NULL),
			 PLEIN_ECONFLICT);
}

/* A title or a status says nothing about where rows are. */
static void
test_tree_cursor__survives_other_titles(void **state)
{
	struct agenda_row rows[N];
	char text[TREE_CURSOR_MAX];
	struct agenda a;
	size_t at;

	(void)state;
	make_agenda(&a, rows);
	tree_cursor_write(&a, 1, text);
	infos[0].title = (char *)"Anders";
	assert_int_equal(tree_cursor_read(&a, text, &at, NULL), 0);
	infos[0].title = NULL;
}

static void
test_tree_cursor__refuses_what_is_none(void **state)
{
	static const char *const bad[] = {
		"", "1", "-", "x-y", "1-", "1-0", "1-00000000000000zz"
	};
	struct agenda_row rows[N];
	struct agenda a;
	size_t at;

	(void)state;
	make_agenda(&a, rows);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(tree_cursor_read(&a, bad[i], &at, NULL),
				 PLEIN_EUSAGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tree_cursor__comes_back_as_it_was),
		cmocka_unit_test(
			test_tree_cursor__is_refused_when_rows_have_changed),
		cmocka_unit_test(test_tree_cursor__survives_other_titles),
		cmocka_unit_test(test_tree_cursor__refuses_what_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
