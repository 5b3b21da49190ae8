/* test_packread.c - objects out of packs that git made, and damaged ones. */
#include "space.h"

#include <sys/stat.h>

#include "plein/fs.h"
#include "plein/mem.h"
#include "plein/vec.h"
#include "store/packread.h"

#define VERSIONS 120
#define LINES 60
#define ID_HEX 40

/* Versions of one page, each with another line: git stores differences. */
static void
make_versions(const struct space *s, struct buf *ids)
{
	struct buf text = BUF_INIT, input = BUF_INIT, out = BUF_INIT;
	int since[LINES] = { 0 };

	for (int v = 0; v < VERSIONS; v++) {
		buf_reset(&text);
		since[v * 7 % LINES] = v;
		for (int i = 0; i < LINES; i++)
			buf_printf(&text, "Regel %d sinds versie %d.\n", i,
				   since[i]);
		buf_printf(&input, "blob\nmark :%d\ndata %zu\n%s\n", v + 1,
			   text.len, text.ptr);
	}
	SPACE_GIT(s, input.ptr, &out, "fast-import", "--quiet", "--force");
	SPACE_GIT(s, "", ids, "cat-file", "--batch-all-objects",
		  "--batch-check=%(objectname)");
	buf_release(&text);
	buf_release(&input);
	buf_release(&out);
}

static int
open_folder(const struct space *s)
{
	char path[SCRATCH_MAX + 40];
	int fd;

	(void)snprintf(path, sizeof(path), "%s/objects/pack", s->path);
	fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_true(fd >= 0);
	return fd;
}

struct reading {
	int folder;
	char *stem;
	struct packidx *idx;
	struct packread *pack;
	struct packcache *cache;
	struct buf ids; /* lines */
};

static void
begin(struct reading *r, struct space *s)
{
	struct vec names = VEC_INIT;

	memset(r, 0, sizeof(*r));
	buf_init(&r->ids);
	make_versions(s, &r->ids);
	r->folder = open_folder(s);
	assert_int_equal(fs_list_at(r->folder, ".", &names, NULL), 0);
	for (size_t i = 0; i < names.len; i++) {
		const char *name = names.items[i];

		if (strstr(name, ".idx"))
			r->stem = mem_strndup(name, strlen(name) - 4);
	}
	vec_release(&names, free);
	assert_non_null(r->stem);
	assert_int_equal(packidx_open(&r->idx, r->folder, r->stem, NULL), 0);
	assert_int_equal(packread_open(&r->pack, r->folder, r->idx, NULL), 0);
	r->cache = packcache_new();
}

static void
end(struct reading *r)
{
	packcache_free(r->cache);
	packread_close(r->pack);
	packidx_close(r->idx);
	free(r->stem);
	buf_release(&r->ids);
	assert_int_equal(close(r->folder), 0);
}

static const char *
id_of(const struct reading *r, size_t i, git_oid *id)
{
	const char *line = r->ids.ptr + i * (ID_HEX + 1);

	assert_int_equal(git_oid_fromstrn(id, line, ID_HEX), 0);
	return line;
}

static size_t
count_ids(const struct reading *r)
{
	return (r->ids.len + 1) / (ID_HEX + 1);
}

/* What was read hashes to its name. */
static int
read_one(struct reading *r, size_t i, size_t max)
{
	git_object_t type = GIT_OBJECT_INVALID;
	struct buf raw = BUF_INIT;
	git_oid id, is;
	size_t offset;
	int rc;

	(void)id_of(r, i, &id);
	if (!packidx_find(r->idx, id.id, &offset))
		return PLEIN_ENOTFOUND;
	rc = packread_object(r->pack, r->cache, offset, max, &type, &raw);
	if (!rc) {
		assert_int_equal(git_odb_hash(&is, raw.ptr, raw.len, type), 0);
		if (!git_oid_equal(&is, &id))
			rc = PLEIN_ECORRUPT;
	}
	buf_release(&raw);
	return rc;
}

static void
test_packread__reads_what_git_packed(void **state)
{
	struct reading r;
	size_t n;

	begin(&r, *state);
	n = count_ids(&r);
	assert_in_range(n, VERSIONS, VERSIONS + 10);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(read_one(&r, i, 1 << 20), 0);
	for (size_t i = n; i-- > 0;) /* and out of the cache */
		assert_int_equal(read_one(&r, i, 1 << 20), 0);
	packcache_forget(r.cache);
	for (size_t i = n; i-- > 0;)
		assert_int_equal(read_one(&r, i, 1 << 20), 0);
	end(&r);
}

static void
test_packread__makes_nothing_longer_than_asked_for(void **state)
{
	size_t n_long = 0, n;
	struct reading r;

	begin(&r, *state);
	n = count_ids(&r);
	for (size_t i = 0; i < n; i++)
		n_long += read_one(&r, i, 500) == PLEIN_ETOOBIG;
	assert_in_range(n_long, VERSIONS, n);
	end(&r);
}

static void
test_packread__appends(void **state)
{
	git_object_t type;
	struct buf raw = BUF_INIT;
	struct reading r;
	size_t offset;
	git_oid id;

	begin(&r, *state);
	(void)id_of(&r, 0, &id);
	assert_true(packidx_find(r.idx, id.id, &offset));
	buf_str(&raw, "voor");
	assert_int_equal(
		packread_object(r.pack, r.cache, offset, 1 << 20, &type, &raw),
		0);
	assert_true(raw.len > 4);
	assert_memory_equal(raw.ptr, "voor", 4);
	buf_release(&raw);
	end(&r);
}

static void
read_all(struct reading *r)
{
	packcache_forget(r->cache);
	for (size_t i = 0; i < count_ids(r); i += 7)
		(void)read_one(r, i, 1 << 20); /* any result, but a result */
}

/* Each byte of some objects becomes another; the index stays as it was. */
static void
test_packread__survives_damage(void **state)
{
	struct space *s = *state;
	char path[SCRATCH_MAX + 120];
	struct reading r;
	unsigned char was, now;
	int fd;

	begin(&r, s);
	(void)snprintf(path, sizeof(path), "%s/objects/pack/%s.pack", s->path,
		       r.stem);
	assert_int_equal(chmod(path, 0600), 0);
	fd = open(path, O_RDWR | O_CLOEXEC);
	assert_true(fd >= 0);
	for (off_t at = 12; at + 20 < (off_t)packidx_bytes(r.idx); at += 5) {
		assert_int_equal(pread(fd, &was, 1, at), 1);
		now = (unsigned char)(was ^ (1U << (at / 5 % 8)));
		assert_int_equal(pwrite(fd, &now, 1, at), 1);
		read_all(&r);
		assert_int_equal(pwrite(fd, &was, 1, at), 1);
	}
	packcache_forget(r.cache);
	assert_int_equal(read_one(&r, 0, 1 << 20), 0);
	assert_int_equal(close(fd), 0);
	end(&r);
}

static void
test_packread__refuses_offsets_that_are_none(void **state)
{
	git_object_t type;
	struct buf raw = BUF_INIT;
	struct reading r;
	size_t bytes;

	begin(&r, *state);
	bytes = packidx_bytes(r.idx);
	for (size_t offset = 0; offset < bytes + 3; offset++) {
		(void)packread_object(r.pack, r.cache, offset, 1 << 20, &type,
				      &raw);
		buf_reset(&raw);
	}
	assert_int_equal(
		packread_object(r.pack, r.cache, 0, 1 << 20, &type, &raw),
		PLEIN_ECORRUPT);
	assert_int_equal(packread_object(r.pack, r.cache, SIZE_MAX, 1 << 20,
					 &type, &raw),
			 PLEIN_ECORRUPT);
	buf_release(&raw);
	end(&r);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, space_setup, space_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_packread__reads_what_git_packed),
		TEST(test_packread__makes_nothing_longer_than_asked_for),
		TEST(test_packread__appends),
		TEST(test_packread__survives_damage),
		TEST(test_packread__refuses_offsets_that_are_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
