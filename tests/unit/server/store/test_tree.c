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

static void
put(struct buf *raw, const char *name, unsigned mode, unsigned char c)
{
	git_oid id = id_of(c);

	assert_int_equal(tree_set(raw, name, strlen(name), mode, &id), 0);
}

/* The names in their order, separated by blanks. */
static void
assert_names(const struct buf *raw, const char *want)
{
	struct buf names = BUF_INIT;
	struct tree_entry e;
	size_t pos = 0;
	int rc;

	while ((rc = tree_next(raw, &pos, &e)) > 0)
		buf_printf(&names, "%s%s", names.len ? " " : "", e.name);
	assert_int_equal(rc, 0);
	assert_string_equal(names.ptr, want);
	buf_release(&names);
}

static void
test_tree__keeps_gits_order(void **state)
{
	struct buf raw = BUF_INIT;

	(void)state;
	put(&raw, "a-b", TREE_MODE_FILE, 1);
	put(&raw, "a0", TREE_MODE_FILE, 2);
	put(&raw, "a", TREE_MODE_DIR, 3);
	put(&raw, "a.b", TREE_MODE_FILE, 4);
	put(&raw, "Z", TREE_MODE_FILE, 5);
	put(&raw, "aa", TREE_MODE_FILE, 6);
	assert_names(&raw, "Z a-b a.b a a0 aa");
	buf_release(&raw);
}

static void
test_tree__replaces_only_the_id(void **state)
{
	struct buf raw = BUF_INIT;
	struct tree_entry e;
	size_t len;

	(void)state;
	put(&raw, "x.md", TREE_MODE_FILE, 1);
	put(&raw, "y.md", TREE_MODE_FILE, 2);
	len = raw.len;
	put(&raw, "x.md", TREE_MODE_FILE, 9);
	assert_int_equal(raw.len, len);
	assert_int_equal(tree_find(&raw, "x.md", 4, &e), 1);
	assert_int_equal(e.id.id[0], 9);
	assert_int_equal(e.mode, TREE_MODE_FILE);
	assert_int_equal(tree_find(&raw, "y.md", 4, &e), 1);
	assert_int_equal(e.id.id[0], 2);
	buf_release(&raw);
}

static void
test_tree__moves_an_entry_whose_kind_changes(void **state)
{
	struct buf raw = BUF_INIT;

	(void)state;
	put(&raw, "a", TREE_MODE_FILE, 1);
	put(&raw, "a.b", TREE_MODE_FILE, 1);
	assert_names(&raw, "a a.b");
	put(&raw, "a", TREE_MODE_DIR, 1);
	assert_names(&raw, "a.b a");
	buf_release(&raw);
}

static void
test_tree__drops_what_is_there(void **state)
{
	struct buf raw = BUF_INIT;
	struct tree_entry e;

	(void)state;
	put(&raw, "x", TREE_MODE_FILE, 1);
	put(&raw, "y", TREE_MODE_FILE, 2);
	assert_int_equal(tree_drop(&raw, "x", 1), 0);
	assert_int_equal(tree_drop(&raw, "nothing", 7), 0);
	assert_names(&raw, "y");
	assert_int_equal(tree_find(&raw, "x", 1, &e), 0);
	assert_int_equal(tree_drop(&raw, "y", 1), 0);
	assert_int_equal(raw.len, 0);
	buf_release(&raw);
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
		assert_int_equal(tree_set(&raw, "x", 1, TREE_MODE_FILE, &id),
				 PLEIN_ECORRUPT);
	}
	buf_release(&raw);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tree__keeps_gits_order),
		cmocka_unit_test(test_tree__replaces_only_the_id),
		cmocka_unit_test(test_tree__moves_an_entry_whose_kind_changes),
		cmocka_unit_test(test_tree__drops_what_is_there),
		cmocka_unit_test(test_tree__refuses_cut_off_bytes),
		cmocka_unit_test(test_tree__refuses_bad_modes_and_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
