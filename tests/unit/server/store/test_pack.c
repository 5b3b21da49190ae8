/* test_pack.c - what is packed here, git and packidx read. */
#include "space.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "plein/fs.h"
#include "plein/vec.h"
#include "store/anchor.h"
#include "store/pack.h"
#include "store/packform.h"
#include "store/packidx.h"
#include "store/spare.h"

struct object {
	git_object_t type;
	git_oid id;
	struct buf data;
};

static void
fill(struct object *o, git_object_t type, const void *data, size_t len)
{
	o->type = type;
	buf_init(&o->data);
	buf_add(&o->data, data, len);
	assert_int_equal(git_odb_hash(&o->id, data, len, type), 0);
}

/* Bytes that do not compress, always the same. */
static void
fill_noise(struct object *o, size_t len)
{
	char *noise = malloc(len + 1);
	uint32_t x = 1;
	size_t i;

	assert_non_null(noise);
	for (i = 0; i < len; i++) {
		x = x * 1664525U + 1013904223U;
		noise[i] = (char)(x >> 24);
	}
	fill(o, GIT_OBJECT_BLOB, noise, len);
	free(noise);
}

/* A folder of that many bytes, of entries that fsck looks for nowhere. */
static void
fill_folder(struct object *o, size_t len)
{
	struct buf data = BUF_INIT;
	size_t i, n = len / 40; /* 7 + 12 + 1 + 20; the last is longer */
	uint32_t x = 1;
	int k;

	for (i = 0; i < n; i++) {
		buf_printf(&data, "160000 n%011zu", i);
		while (i + 1 == n && data.len + 21 < len)
			buf_char(&data, 'x');
		buf_char(&data, '\0');
		for (k = 0; k < 20; k++) /* that does not compress */
			buf_char(
				&data,
				(char)((x = x * 1664525U + 1013904223U) >> 24));
	}
	assert_int_equal(data.len, len);
	fill(o, GIT_OBJECT_TREE, data.ptr, data.len);
	buf_release(&data);
}

static int
open_folder(const struct space *s)
{
	char path[SCRATCH_MAX + 48];
	int fd;

	(void)snprintf(path, sizeof(path), "%s/objects/pack", s->path);
	fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_true(fd >= 0);
	return fd;
}

static void
store(struct space *s, struct pack *p)
{
	int fd = open_folder(s);

	if (pack_store(p, fd, &s->err))
		fail_msg("%s", s->err.msg);
	assert_int_equal(close(fd), 0);
	pack_free(p);
}

/* git has the object, and its bytes hash to that id. */
static void
assert_git_has(struct space *s, const struct object *o)
{
	struct buf out = BUF_INIT, want = BUF_INIT, line = BUF_INIT;

	buf_printf(&line, "%s\n", git_oid_tostr_s(&o->id));
	SPACE_GIT(s, line.ptr, &out, "cat-file", "--batch-check");
	buf_printf(&want, "%s %s %zu", git_oid_tostr_s(&o->id),
		   git_object_type2string(o->type), o->data.len);
	assert_string_equal(out.ptr, want.ptr);
	buf_release(&out);
	buf_release(&want);
	buf_release(&line);
}

/* Reads every object of every pack, and the checksums. */
static void
assert_git_finds_no_fault(struct space *s)
{
	struct buf out = BUF_INIT;

	if (space_git(s, (const char *const[]){ "fsck", "--full", NULL }, "",
		      &out) != 0)
		fail_msg("%s", out.ptr);
	buf_release(&out);
}

static void
test_pack__git_reads_objects_of_all_lengths(void **state)
{
	/* around the ends of a size's first, second and third byte */
	static const size_t lens[] = { 0,    1,	   15,	  16,	 2047,	2048,
				       2049, 4096, 65535, 65536, 300000 };
	enum { N = sizeof(lens) / sizeof(lens[0]) };
	struct space *s = *state;
	struct object o[N];
	struct pack *p = pack_new(N);
	size_t i;

	for (i = 0; i < N; i++) {
		fill_noise(&o[i], lens[i]);
		(void)pack_add(p, o[i].type, &o[i].id, &o[i].data);
	}
	store(s, p);
	for (i = 0; i < N; i++) {
		assert_git_has(s, &o[i]);
		buf_release(&o[i].data);
	}
	assert_git_finds_no_fault(s);
}

/* The index git would make of it is the one we made. */
static void
assert_git_indexes_alike(struct space *s)
{
	static const char command[] =
		"alias.compare=!for p in objects/pack/*.pack; do "
		"git index-pack -o own.idx $p && cmp ${p%.pack}.idx own.idx "
		"|| exit 1; done";
	struct buf out = BUF_INIT;

	SPACE_GIT(s, "", &out, "-c", command, "compare");
	buf_release(&out);
}

/* Around the ends of the blocks of a stream that is not deflated. */
static void
test_pack__git_reads_large_folders(void **state)
{
	static const size_t lens[] = { 2047,  2048,  8191,   65535,
				       65536, 70000, 131070, 458000 };
	enum { N = sizeof(lens) / sizeof(lens[0]) };
	struct space *s = *state;
	struct object o[N];
	struct pack *p = pack_new(N);
	size_t i;

	for (i = 0; i < N; i++) {
		fill_folder(&o[i], lens[i]);
		(void)pack_add(p, o[i].type, &o[i].id, &o[i].data);
	}
	store(s, p);
	for (i = 0; i < N; i++) {
		assert_git_has(s, &o[i]);
		buf_release(&o[i].data);
	}
	assert_git_finds_no_fault(s);
	assert_git_indexes_alike(s);
}

/* The same folder with one id in it changed, and how. */
static void
change_folder(struct object *o, const struct object *was, struct buf *delta)
{
	struct packform_part all = { 0, was->data.ptr, NULL, was->data.len,
				     was->data.len };
	struct buf data = BUF_INIT;

	buf_add(&data, was->data.ptr, was->data.len);
	memset(data.ptr + 20 + 40 * (data.len / 80), 'y', 20);
	fill(o, GIT_OBJECT_TREE, data.ptr, data.len);
	all.now = o->data.ptr;
	packform_sizes(delta, was->data.len, o->data.len);
	packform_change(delta, &all);
	buf_release(&data);
}

/* Several of them in several packs of several lengths: what is known of the
 * sum of one pack must not end up in another. */
static void
test_pack__git_reads_what_hangs_on_an_anchor(void **state)
{
	enum { N = 2, PACKS = 4 };
	static const size_t lens[N] = { 40 * 220, 40 * 10000 };
	struct space *s = *state;
	struct object was[N], now[N], note[PACKS];
	struct buf delta[N] = { BUF_INIT, BUF_INIT };
	struct tree_anchor *a[N];
	struct pack *p;
	size_t i, k;

	for (i = 0; i < N; i++) {
		fill_folder(&was[i], lens[i]);
		a[i] = anchor_new(&was[i].id, &was[i].data);
		change_folder(&now[i], &was[i], &delta[i]);
		assert_true(delta[i].len < 64);
	}
	for (k = 0; k < PACKS; k++) {
		fill_noise(&note[k], 100 + k);
		p = pack_new(2 * N + 1);
		for (i = 0; i < N; i++)
			pack_add_anchor(p, a[(i + k) % N]);
		pack_add_anchor(p, a[k % N]); /* it has it */
		for (i = 0; i < N && k < 3; i++)
			(void)pack_add_difference(p, &now[(i + k) % N].id, i,
						  &delta[(i + k) % N]);
		(void)pack_add(p, note[k].type, &note[k].id, &note[k].data);
		store(s, p);
	}
	for (i = 0; i < N; i++) {
		assert_git_has(s, &was[i]);
		assert_git_has(s, &now[i]);
		anchor_drop(a[i]);
		buf_release(&was[i].data);
		buf_release(&now[i].data);
		buf_release(&delta[i]);
	}
	for (k = 0; k < PACKS; k++) {
		assert_git_has(s, &note[k]);
		buf_release(&note[k].data);
	}
	assert_git_finds_no_fault(s);
	assert_git_indexes_alike(s);
}

static int
count_spares(struct space *s)
{
	struct vec names = VEC_INIT;
	int fd = open_folder(s), n = 0;
	size_t i;

	assert_int_equal(fs_list_at(fd, ".", &names, NULL), 0);
	for (i = 0; i < names.len; i++)
		n += strncmp(names.items[i], SPARE_NAME, 6) == 0;
	vec_release(&names, free);
	assert_int_equal(close(fd), 0);
	return n;
}

/* A pack of the anchor and so many notes; the anchor is prepared before. */
static void
store_prepared(struct space *s, struct tree_anchor *a, size_t notes, bool lose)
{
	char path[SCRATCH_MAX + 48], name[SCRATCH_MAX + 128];
	struct pack *p = pack_new(notes + 1);
	struct object note;
	size_t i;

	(void)snprintf(path, sizeof(path), "%s/objects/pack", s->path);
	assert_true(anchor_prepare(a, path));
	assert_true(anchor_prepare(a, path)); /* it is */
	assert_int_equal(count_spares(s), 1);
	(void)snprintf(name, sizeof(name), "%s/" SPARE_NAME "%s", path,
		       git_oid_tostr_s(&a->id));
	if (lose)
		assert_int_equal(unlink(name), 0);
	pack_add_anchor(p, a);
	for (i = 0; i < notes; i++) {
		fill_noise(&note, 1000 * notes + i);
		(void)pack_add(p, note.type, &note.id, &note.data);
		buf_release(&note.data);
	}
	store(s, p);
	assert_int_equal(count_spares(s), 0);
}

/* Before anybody waits; and for another number of objects than was thought, or
 * where somebody took it away. */
static void
test_pack__may_be_begun_before(void **state)
{
	struct space *s = *state;
	struct object was, last;
	struct tree_anchor *a;
	struct pack *p = pack_new(2);
	char path[SCRATCH_MAX + 48];

	(void)snprintf(path, sizeof(path), "%s/objects/pack", s->path);
	fill_folder(&was, 400000);
	a = anchor_new(&was.id, &was.data);
	assert_false(anchor_prepare(a, path)); /* nobody knows how many yet */
	fill_noise(&last, 77);
	pack_add_anchor(p, a);
	(void)pack_add(p, last.type, &last.id, &last.data);
	store(s, p);
	store_prepared(s, a, 1, false);
	store_prepared(s, a, 5, false);
	store_prepared(s, a, 5, true);
	store_prepared(s, a, 6, false);
	assert_false(anchor_prepare(a, "/nowhere"));
	assert_true(anchor_prepare(a, path));
	anchor_drop(a);
	assert_int_equal(count_spares(s), 0);
	assert_git_has(s, &was);
	buf_release(&was.data);
	buf_release(&last.data);
	assert_git_finds_no_fault(s);
	assert_git_indexes_alike(s);
}

/* Change `n` bytes at `at` into `len` others. */
static void
change(struct object *o, const struct object *was, size_t at, size_t n,
       size_t len)
{
	struct buf data = BUF_INIT;
	size_t i;

	buf_add(&data, was->data.ptr, at);
	for (i = 0; i < len; i++)
		buf_char(&data, (char)('a' + i % 26));
	buf_add(&data, was->data.ptr + at + n, was->data.len - at - n);
	fill(o, GIT_OBJECT_BLOB, data.ptr, data.len);
	buf_release(&data);
}

static void
test_pack__git_reads_differences(void **state)
{
	static const struct {
		size_t at, n, len;
	} rows[] = {
		{ 0, 0, 1 }, /* before all of it */
		{ 200000, 0, 300 }, /* behind */
		{ 100000, 20, 20 }, { 65536, 20, 0 },
		{ 0, 199999, 0 }, /* one byte is left */
		{ 131072, 1, 126 }, { 131072, 1, 127 },
		{ 131072, 1, 128 }, { 255, 256, 1000 },
	};
	enum { N = sizeof(rows) / sizeof(rows[0]) };
	struct space *s = *state;
	struct pack *p = pack_new(N + 1);
	struct object base, o[N];
	size_t i;

	fill_noise(&base, 200000);
	(void)pack_add(p, base.type, &base.id, &base.data);
	for (i = 0; i < N; i++) {
		change(&o[i], &base, rows[i].at, rows[i].n, rows[i].len);
		(void)pack_add_delta(p, &o[i].id, &o[i].data, 0, &base.data);
	}
	store(s, p);
	for (i = 0; i < N; i++) {
		assert_git_has(s, &o[i]);
		buf_release(&o[i].data);
	}
	buf_release(&base.data);
	assert_git_finds_no_fault(s);
}

static void
test_pack__a_difference_is_small(void **state)
{
	struct space *s = *state;
	struct pack *p = pack_new(2);
	struct object base, o;
	struct packidx *idx = NULL;
	struct vec names = VEC_INIT;
	int fd;

	fill_noise(&base, 100000);
	change(&o, &base, 50000, 20, 20);
	(void)pack_add(p, base.type, &base.id, &base.data);
	(void)pack_add_delta(p, &o.id, &o.data, 0, &base.data);
	store(s, p);
	fd = open_folder(s);
	assert_int_equal(fs_list_at(fd, ".", &names, NULL), 0);
	assert_int_equal(names.len, 2);
	((char *)names.items[0])[45] = '\0'; /* pack- and 40 digits */
	assert_int_equal(packidx_open(&idx, fd, names.items[0], &s->err), 0);
	assert_int_equal(packidx_len(idx), 2);
	assert_true(packidx_has(idx, base.id.id));
	assert_true(packidx_has(idx, o.id.id));
	assert_true(packidx_bytes(idx) < 100000 + 300);
	packidx_close(idx);
	vec_release(&names, free);
	assert_int_equal(close(fd), 0);
	buf_release(&base.data);
	buf_release(&o.data);
}

static void
test_pack__leaves_nothing_where_it_cannot_write(void **state)
{
	struct space *s = *state;
	struct pack *p = pack_new(1);
	struct vec names = VEC_INIT;
	struct object o;
	int fd;

	fill_noise(&o, 10);
	(void)pack_add(p, o.type, &o.id, &o.data);
	fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	assert_true(pack_store(p, fd, &s->err) < 0);
	assert_true(s->err.msg[0] != '\0');
	assert_int_equal(close(fd), 0);
	pack_free(p);
	pack_free(NULL);
	fd = open_folder(s);
	assert_int_equal(fs_list_at(fd, ".", &names, NULL), 0);
	assert_int_equal(names.len, 0);
	vec_release(&names, free);
	assert_int_equal(close(fd), 0);
	buf_release(&o.data);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, space_setup, space_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_pack__git_reads_objects_of_all_lengths),
		TEST(test_pack__git_reads_large_folders),
		TEST(test_pack__git_reads_what_hangs_on_an_anchor),
		TEST(test_pack__may_be_begun_before),
		TEST(test_pack__git_reads_differences),
		TEST(test_pack__a_difference_is_small),
		TEST(test_pack__leaves_nothing_where_it_cannot_write),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
