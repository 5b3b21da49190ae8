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
	int anchors; /* how often it was told as a whole */
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

/* Is it what a pack holds of a folder with just these bytes? */
static void
assert_deflated(const struct tree_anchor *a)
{
	uLongf len = a->raw.len + 1;
	unsigned char *out = malloc(len);
	size_t head = 1;

	assert_non_null(out);
	assert_int_equal(a->entry.ptr[0] >> 4 & 7, GIT_OBJECT_TREE);
	while (a->entry.ptr[head - 1] & 0x80)
		head++;
	assert_int_equal(uncompress(out, &len,
				    (const Bytef *)a->entry.ptr + head,
				    a->entry.len - head),
			 Z_OK);
	assert_int_equal(len, a->raw.len);
	assert_memory_equal(out, a->raw.ptr, len);
	assert_int_equal(a->crc, crc32(0, (const Bytef *)a->entry.ptr,
				       (uInt)a->entry.len));
	free(out);
}

static size_t
read_size(const unsigned char **at)
{
	size_t n = 0;
	int shift = 0;

	do {
		n |= (size_t)(**at & 0x7f) << shift;
		shift += 7;
	} while (*(*at)++ & 0x80);
	return n;
}

/* What the instructions make of the bytes: gitformat-pack(5). */
static void
apply(const struct buf *was, const struct buf *delta, struct buf *out)
{
	const unsigned char *at = (const unsigned char *)delta->ptr;
	const unsigned char *end = at + delta->len;
	size_t len;

	assert_int_equal(read_size(&at), was->len);
	len = read_size(&at);
	while (at < end) {
		size_t part[2] = { 0, 0 }; /* offset, length */
		unsigned char what = *at++;

		for (int i = 0; what & 0x80 && i < 7; i++)
			if (what >> i & 1)
				part[i / 4] |= (size_t)*at++ << 8 * (i % 4);
		if (what & 0x80) {
			part[1] += part[1] ? 0 : 0x10000;
			assert_true(part[0] + part[1] <= was->len);
			buf_add(out, was->ptr + part[0], part[1]);
		} else {
			assert_true(what > 0 && what <= end - at);
			buf_add(out, at, what);
			at += what;
		}
	}
	assert_int_equal(out->len, len);
}

/* An anchor and the difference to it are the folder. */
static bool
assert_anchored(struct folder *f, const git_oid *id)
{
	struct buf delta = BUF_INIT, now = BUF_INIT;
	struct tree_anchor *a = folder_anchor(f, id, &delta);
	bool whole = delta.len == 0;

	if (whole) {
		assert_true(git_oid_equal(&a->id, id));
		assert_deflated(a);
		buf_add(&now, a->raw.ptr, a->raw.len);
	} else {
		assert_true(delta.len <= f->raw.len / 32);
		apply(&a->raw, &delta, &now);
	}
	assert_int_equal(now.len, f->raw.len);
	assert_memory_equal(now.ptr, f->raw.ptr, now.len);
	anchor_drop(a);
	buf_release(&delta);
	buf_release(&now);
	return whole;
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
	m->anchors += assert_anchored(&m->folder, &id);
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

/* The bytes of what it is told from are kept while somebody needs them. */
static void
test_folder__an_anchor_outlives_its_folder(void **state)
{
	struct buf delta = BUF_INIT, name = BUF_INIT;
	struct tree_anchor *a;
	struct folder f;
	git_oid id;

	(void)state;
	folder_init(&f);
	for (size_t i = 0; i < NAMES; i += 4) {
		name_of(i, &name);
		put(&f, name.ptr, TREE_MODE_FILE, 1);
	}
	folder_id(&f, &id);
	a = folder_anchor(&f, &id, &delta);
	assert_int_equal(delta.len, 0);
	put(&f, "p0000", TREE_MODE_FILE, 2);
	folder_id(&f, &id);
	anchor_drop(a);
	a = folder_anchor(&f, &id, &delta);
	assert_true(delta.len > 0 && delta.len < 64);
	folder_release(&f);
	assert_deflated(a);
	anchor_drop(a);
	anchor_drop(NULL);
	buf_release(&delta);
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
	/* most of the time a difference was enough, but not always */
	assert_true(m->anchors > 2 && m->anchors < MOVES / 4);
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
		cmocka_unit_test(test_folder__an_anchor_outlives_its_folder),
		cmocka_unit_test(
			test_folder__knows_what_it_hashes_to_after_any_change),
	};

	(void)git_libgit2_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
