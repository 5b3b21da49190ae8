/* test_folder.c - folders that are changed, next to what they must hold. */
#include "store/folder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include <cmocka.h>

static git_oid
id_of(unsigned char c)
{
	git_oid id;

	memset(id.id, c, sizeof id.id);
	return id;
}

static void
put(struct folder *f, const char *name, unsigned mode, unsigned char c)
{
	git_oid id = id_of(c);

	assert_int_equal(folder_set(f, name, strlen(name), mode, &id), 0);
}

static int
find(struct folder *f, const char *name, struct tree_entry *e)
{
	return folder_find(f, name, strlen(name), e);
}

/* The names in their order, separated by blanks. */
static void
assert_names(const struct folder *f, const char *want)
{
	struct buf names = BUF_INIT;
	struct tree_entry e;
	size_t pos = 0;
	int rc;

	while ((rc = tree_next(&f->raw, &pos, &e)) > 0)
		buf_printf(&names, "%s%s", names.len ? " " : "", e.name);
	assert_int_equal(rc, 0);
	assert_string_equal(names.ptr, want);
	buf_release(&names);
}

static void
test_folder__keeps_gits_order(void **state)
{
	struct folder f;

	(void)state;
	folder_init(&f);
	put(&f, "a-b", TREE_MODE_FILE, 1);
	put(&f, "a0", TREE_MODE_FILE, 2);
	put(&f, "a", TREE_MODE_DIR, 3);
	put(&f, "a.b", TREE_MODE_FILE, 4);
	put(&f, "Z", TREE_MODE_FILE, 5);
	put(&f, "aa", TREE_MODE_FILE, 6);
	assert_names(&f, "Z a-b a.b a a0 aa");
	folder_release(&f);
}

static void
test_folder__replaces_only_the_id(void **state)
{
	struct tree_entry e;
	struct folder f;
	size_t len;

	(void)state;
	folder_init(&f);
	put(&f, "x.md", TREE_MODE_FILE, 1);
	put(&f, "y.md", TREE_MODE_FILE, 2);
	len = f.raw.len;
	put(&f, "x.md", TREE_MODE_FILE, 9);
	assert_int_equal(f.raw.len, len);
	assert_int_equal(find(&f, "x.md", &e), 1);
	assert_int_equal(e.id.id[0], 9);
	assert_int_equal(e.mode, TREE_MODE_FILE);
	assert_int_equal(find(&f, "y.md", &e), 1);
	assert_int_equal(e.id.id[0], 2);
	folder_release(&f);
}

static void
test_folder__moves_an_entry_whose_kind_changes(void **state)
{
	struct folder f;

	(void)state;
	folder_init(&f);
	put(&f, "a", TREE_MODE_FILE, 1);
	put(&f, "a.b", TREE_MODE_FILE, 1);
	assert_names(&f, "a a.b");
	put(&f, "a", TREE_MODE_DIR, 1);
	assert_names(&f, "a.b a");
	folder_release(&f);
}

static void
test_folder__drops_what_is_there(void **state)
{
	struct tree_entry e;
	struct folder f;

	(void)state;
	folder_init(&f);
	put(&f, "x", TREE_MODE_FILE, 1);
	put(&f, "y", TREE_MODE_FILE, 2);
	assert_int_equal(folder_drop(&f, "x", 1), 0);
	assert_int_equal(folder_drop(&f, "nothing", 7), 0);
	assert_names(&f, "y");
	assert_int_equal(find(&f, "x", &e), 0);
	assert_int_equal(folder_drop(&f, "y", 1), 0);
	assert_int_equal(f.raw.len, 0);
	folder_release(&f);
}

static void
test_folder__refuses_what_is_no_tree(void **state)
{
	static const char *const heads[] = {
		"100648 a", " a", "100644a", "1006440000 a", "100644 ",
	};
	struct buf raw = BUF_INIT;
	git_oid id = id_of('i');
	struct folder f;
	size_t i;

	(void)state;
	folder_init(&f);
	for (i = 0; i < sizeof heads / sizeof heads[0]; i++) {
		buf_reset(&raw);
		buf_str(&raw, heads[i]);
		buf_char(&raw, '\0');
		buf_add(&raw, id.id, sizeof id.id);
		folder_load(&f, &raw);
		assert_int_equal(folder_set(&f, "x", 1, TREE_MODE_FILE, &id),
				 PLEIN_ECORRUPT);
		assert_int_equal(folder_drop(&f, "x", 1), PLEIN_ECORRUPT);
	}
	folder_release(&f);
	buf_release(&raw);
}

/* --- against a plain array ---------------------------------------------- */

enum { NAMES = 3000, MOVES = 500 };

/* What should be in the folder, by number of the name. */
struct model {
	struct folder folder;
	unsigned mode[NAMES]; /* 0: not there */
	unsigned char id[NAMES];
	unsigned seed;
};

static unsigned
pick(struct model *m, unsigned n)
{
	m->seed = m->seed * 1103515245U + 12345U;
	return (m->seed >> 8) % n;
}

/* Some are longer than a block, some begin as others do. */
static void
name_of(size_t i, struct buf *name)
{
	size_t tail = i % 1000 == 7 ? 3 * BLOCK_LEN : i % 13;

	buf_reset(name);
	buf_printf(name, "p%04zu", i / 2);
	if (i % 2)
		buf_str(name, i % 3 ? ".md" : "-md");
	while (i % 2 && tail-- > 0)
		buf_char(name, 'x');
}

/* What is kept of the blocks, put together, is a stream of the bytes. */
static void
assert_packed(struct folder *f)
{
	uLong adler = 1;
	struct buf z = BUF_INIT;
	uLongf len = f->raw.len + 1;
	unsigned char *out = malloc(len);
	size_t at = 0, i;

	assert_non_null(out);
	folder_pack(f);
	buf_add(&z, "\x78\x01", 2);
	for (i = 0; i < f->n_blocks; i++) {
		const struct block *b = &f->blocks[i];

		assert_int_equal(b->at, at);
		assert_true(b->len > 0);
		assert_int_equal(b->crc, crc32(0, b->z, (uInt)b->z_len));
		adler = adler32_combine(adler, b->adler, (z_off_t)b->len);
		buf_add(&z, b->z, b->z_len);
		at += b->len;
	}
	assert_int_equal(at, f->raw.len);
	buf_add(&z, "\x03\x00", 2);
	for (i = 4; i-- > 0;)
		buf_char(&z, (char)(adler >> (8 * i)));
	assert_int_equal(uncompress(out, &len, (const Bytef *)z.ptr, z.len),
			 Z_OK);
	assert_int_equal(len, f->raw.len);
	assert_memory_equal(out, f->raw.ptr, len);
	free(out);
	buf_release(&z);
}

static void
assert_hashes(struct model *m)
{
	const struct buf *raw = &m->folder.raw;
	git_oid id, want;

	folder_id(&m->folder, &id);
	assert_int_equal(
		git_odb_hash(&want, raw->ptr, raw->len, GIT_OBJECT_TREE), 0);
	assert_true(git_oid_equal(&id, &want));
	assert_packed(&m->folder);
}

static void
assert_has(struct model *m, size_t i)
{
	struct buf name = BUF_INIT;
	struct tree_entry e;
	int rc;

	name_of(i, &name);
	rc = find(&m->folder, name.ptr, &e);
	assert_int_equal(rc, m->mode[i] != 0);
	if (rc > 0) {
		assert_int_equal(e.mode, m->mode[i]);
		assert_int_equal(e.id.id[0], m->id[i]);
		assert_int_equal(e.len, name.len);
	}
	buf_release(&name);
}

/* All that should be there, in order, and nothing else. */
static void
assert_whole(struct model *m)
{
	struct tree_entry e, before = { 0 };
	size_t pos = 0, n = 0, i;
	int rc;

	while ((rc = tree_next(&m->folder.raw, &pos, &e)) > 0) {
		assert_true(n == 0 || tree_entry_cmp(&before, &e) < 0);
		before = e;
		n++;
	}
	assert_int_equal(rc, 0);
	for (i = 0; i < NAMES; i++) {
		n -= m->mode[i] != 0;
		assert_has(m, i);
	}
	assert_int_equal(n, 0);
}

/* At the beginning, at the end, or anywhere. */
static size_t
choose(struct model *m)
{
	switch (pick(m, 4)) {
	case 0:
		return pick(m, 4);
	case 1:
		return NAMES - 1 - pick(m, 4);
	default:
		return pick(m, NAMES);
	}
}

static void
change_one(struct model *m)
{
	size_t i = choose(m);
	struct buf name = BUF_INIT;

	name_of(i, &name);
	if (pick(m, 4) == 0) {
		m->mode[i] = 0;
		assert_int_equal(folder_drop(&m->folder, name.ptr, name.len),
				 0);
	} else {
		m->mode[i] = pick(m, 6) ? TREE_MODE_FILE : TREE_MODE_DIR;
		m->id[i] = (unsigned char)pick(m, 256);
		put(&m->folder, name.ptr, m->mode[i], m->id[i]);
	}
	assert_has(m, i);
	buf_release(&name);
}

/* Often one change between two hashes, as in a save; sometimes many. */
static void
test_folder__knows_what_it_hashes_to_after_any_change(void **state)
{
	struct model *m = calloc(1, sizeof(*m));
	struct buf name = BUF_INIT;
	size_t i;

	(void)state;
	assert_non_null(m);
	folder_init(&m->folder);
	assert_hashes(m);
	for (i = 0; i < NAMES; i += 2) { /* every second name */
		name_of(i, &name);
		m->mode[i] = TREE_MODE_FILE;
		put(&m->folder, name.ptr, m->mode[i], 0);
	}
	for (i = 0; i < MOVES; i++) {
		change_one(m);
		while (pick(m, 3) == 0)
			change_one(m);
		assert_hashes(m);
		if (i % 100 == 0)
			assert_whole(m);
	}
	assert_whole(m);
	for (i = 0; i < NAMES; i++) {
		name_of(i, &name);
		assert_int_equal(folder_drop(&m->folder, name.ptr, name.len),
				 0);
	}
	assert_int_equal(m->folder.raw.len, 0);
	assert_hashes(m);
	folder_release(&m->folder);
	buf_release(&name);
	free(m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_folder__keeps_gits_order),
		cmocka_unit_test(test_folder__replaces_only_the_id),
		cmocka_unit_test(
			test_folder__moves_an_entry_whose_kind_changes),
		cmocka_unit_test(test_folder__drops_what_is_there),
		cmocka_unit_test(test_folder__refuses_what_is_no_tree),
		cmocka_unit_test(
			test_folder__knows_what_it_hashes_to_after_any_change),
	};

	(void)git_libgit2_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
