/* test_tree.c - tree objects as bytes. */
#include "store/tree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static git_oid
id_of(unsigned char c)
{
	git_oid id;

	memset(id.id, c, sizeof id.id);
	return id;
}

/* Behind what is there. */
static void
put(struct buf *raw, const char *name, unsigned mode, unsigned char c)
{
	git_oid id = id_of(c);

	buf_printf(raw, "%o %s", mode, name);
	buf_char(raw, '\0');
	buf_add(raw, id.id, sizeof id.id);
}

/* Every prefix of a tree but the whole entries is refused, none crashes. */
static void
test_tree__refuses_cut_off_bytes(void **state)
{
	struct buf raw = BUF_INIT, part = BUF_INIT;
	struct tree_entry e;
	size_t first, len, pos;
	int rc;

	(void)state;
	put(&raw, "a.md", TREE_MODE_FILE, 'i');
	first = raw.len;
	put(&raw, "b", TREE_MODE_DIR, 'j');
	for (len = 0; len <= raw.len; len++) {
		buf_release(&part);
		buf_add(&part, raw.ptr, len);
		pos = 0;
		while ((rc = tree_next(&part, &pos, &e)) > 0)
			;
		if (len == 0 || len == first || len == raw.len)
			assert_int_equal(rc, 0);
		else
			assert_int_equal(rc, PLEIN_ECORRUPT);
	}
	buf_release(&part);
	buf_release(&raw);
}

static void
test_tree__finds_by_the_whole_name(void **state)
{
	struct buf raw = BUF_INIT;
	struct tree_entry e;

	(void)state;
	put(&raw, "x.md", TREE_MODE_FILE, 1);
	put(&raw, "y", TREE_MODE_DIR, 2);
	assert_int_equal(tree_find(&raw, "y", 1, &e), 1);
	assert_true(tree_entry_is_dir(&e));
	assert_int_equal(e.id.id[0], 2);
	assert_int_equal(tree_find(&raw, "x.md", 4, &e), 1);
	assert_int_equal(e.mode, TREE_MODE_FILE);
	assert_int_equal(tree_find(&raw, "x.m", 3, &e), 0);
	buf_release(&raw);
}

static void
test_tree__refuses_bad_modes_and_names(void **state)
{
	static const char *const heads[] = {
		"100648 a", " a", "100644a", "1006440000 a", "100644 ",
	};
	struct buf raw = BUF_INIT;
	git_oid id = id_of('i');
	struct tree_entry e;
	size_t i, pos;

	(void)state;
	for (i = 0; i < sizeof heads / sizeof heads[0]; i++) {
		buf_reset(&raw);
		buf_str(&raw, heads[i]);
		buf_char(&raw, '\0');
		buf_add(&raw, id.id, sizeof id.id);
		pos = 0;
		assert_int_equal(tree_next(&raw, &pos, &e), PLEIN_ECORRUPT);
		assert_int_equal(tree_find(&raw, "x", 1, &e), PLEIN_ECORRUPT);
	}
	buf_release(&raw);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tree__refuses_cut_off_bytes),
		cmocka_unit_test(test_tree__finds_by_the_whole_name),
		cmocka_unit_test(test_tree__refuses_bad_modes_and_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
