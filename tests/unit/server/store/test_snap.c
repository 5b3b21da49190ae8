/* test_snap.c - reading as of a commit. */
#include "space.h"

#include "loosen.h"
#include "plein/fs.h"
#include "plein/vec.h"
#include "store/libgit.h"
#include "store/pending.h"
#include "store/sha.h"
#include "store/snap.h"

#define MUTATIONS 1000

static int
read_text(struct space *s, const struct repo_id *at, const char *path,
	  struct buf *text)
{
	buf_reset(text);
	return snap_read(s->repo, at, path, text, NULL, &s->err);
}

static void
path_of_object(const struct space *s, const char *hex, char *path, size_t max)
{
	(void)snprintf(path, max, "%s/objects/%.2s/%s", s->path, hex, hex + 2);
}

/* Put one object's file in the place of another's. */
static void
replace_object(struct space *s, const char *hex, const char *by)
{
	char from[SCRATCH_MAX + 100], to[SCRATCH_MAX + 100];

	assert_true(loosen(s->path));
	path_of_object(s, hex, to, sizeof to);
	assert_int_equal(unlink(to), 0);
	if (by != NULL) {
		path_of_object(s, by, from, sizeof from);
		assert_int_equal(link(from, to), 0);
	}
	repo_close(s->repo);
	s->repo = NULL;
	assert_int_equal(repo_open(&s->repo, s->path, &s->err), 0);
}

static void
test_snap__reads_each_version(void **state)
{
	struct space *s = *state;
	struct repo_id a, b, blob;
	struct buf text = BUF_INIT;

	assert_int_equal(space_save(s, "themas/x.md", "een\n", &a), 0);
	assert_int_equal(space_save(s, "themas/x.md", "twee\n", &b), 0);
	assert_int_equal(read_text(s, &a, "themas/x.md", &text), 0);
	assert_string_equal(text.ptr, "een\n");
	assert_int_equal(
		snap_read(s->repo, &b, "themas/x.md", &text, &blob, &s->err),
		0);
	assert_string_equal(text.ptr, "een\ntwee\n");
	buf_reset(&text);
	assert_int_equal(snap_blob(s->repo, &blob, &text, &s->err), 0);
	assert_string_equal(text.ptr, "twee\n");
	buf_release(&text);
}

static void
test_snap__finds_no_file_where_there_is_none(void **state)
{
	static const char *const paths[] = {
		"themas", "themas/",	  "themas/y.md",   "x.md",
		"",	  "/themas/x.md", "themas/x.md/y", "themas//x.md",
	};
	struct space *s = *state;
	struct buf text = BUF_INIT;
	struct repo_id a;
	size_t i;

	assert_int_equal(space_save(s, "themas/x.md", "een\n", &a), 0);
	for (i = 0; i < sizeof paths / sizeof paths[0]; i++)
		assert_int_equal(read_text(s, &a, paths[i], &text),
				 PLEIN_ENOTFOUND);
	assert_int_equal(text.len, 0);
}

static void
test_snap__knows_no_commit_by_a_wrong_id(void **state)
{
	static const struct repo_id ids[] = {
		{ "" },
		{ "main" },
		{ "0123456789012345678901234567890123456789" },
		{ "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz" },
	};
	struct space *s = *state;
	struct buf text = BUF_INIT;
	size_t i;

	assert_int_equal(space_save(s, "index.md", "een\n", NULL), 0);
	for (i = 0; i < sizeof ids / sizeof ids[0]; i++) {
		assert_int_equal(read_text(s, &ids[i], "index.md", &text),
				 PLEIN_ENOTFOUND);
		assert_int_equal(snap_blob(s->repo, &ids[i], &text, &s->err),
				 PLEIN_ENOTFOUND);
	}
}

static void
test_snap__takes_no_blob_for_a_commit(void **state)
{
	struct space *s = *state;
	struct buf text = BUF_INIT;
	struct repo_id a, blob;

	assert_int_equal(space_save(s, "index.md", "een\n", &a), 0);
	assert_int_equal(
		snap_read(s->repo, &a, "index.md", &text, &blob, &s->err), 0);
	assert_int_not_equal(read_text(s, &blob, "index.md", &text), 0);
	assert_int_equal(snap_blob(s->repo, &a, &text, &s->err),
			 PLEIN_ECORRUPT);
	buf_release(&text);
}

static void
test_snap__reads_nothing_too_large(void **state)
{
	size_t len = 16UL * 1024 * 1024 + 1;
	struct space *s = *state;
	struct buf text = BUF_INIT;
	struct repo_id a;
	char *large = malloc(len + 1);

	assert_non_null(large);
	memset(large, 'x', len);
	large[len] = '\0';
	assert_int_equal(space_save(s, "themas/x.md", large, &a), 0);
	assert_int_equal(read_text(s, &a, "themas/x.md", &text), PLEIN_ETOOBIG);
	assert_int_equal(text.len, 0);
	free(large);
}

/* The object is a whole one, but another than its name says. */
static void
test_snap__never_shows_another_object(void **state)
{
	struct space *s = *state;
	struct buf text = BUF_INIT;
	struct repo_id a, one, two;

	assert_int_equal(space_save(s, "themas/x.md", "een\n", NULL), 0);
	assert_int_equal(space_save(s, "themas/y.md", "twee\n", &a), 0);
	assert_int_equal(
		snap_read(s->repo, &a, "themas/x.md", &text, &one, &s->err), 0);
	assert_int_equal(
		snap_read(s->repo, &a, "themas/y.md", &text, &two, &s->err), 0);
	replace_object(s, one.hex, two.hex);
	assert_int_equal(read_text(s, &a, "themas/x.md", &text),
			 PLEIN_ECORRUPT);
	assert_int_equal(text.len, 0);
	assert_int_equal(read_text(s, &a, "themas/y.md", &text), 0);
	replace_object(s, one.hex, NULL);
	assert_int_equal(read_text(s, &a, "themas/x.md", &text),
			 PLEIN_ECORRUPT);
	buf_release(&text);
}

/* The k-th file in objects/pack, read whole. */
static void
read_pack_file(const struct space *s, size_t k, char *path, size_t max,
	       struct buf *bytes)
{
	struct vec names = VEC_INIT;
	char folder[SCRATCH_MAX + 40];
	int fd;

	(void)snprintf(folder, sizeof folder, "%s/objects/pack", s->path);
	fd = fs_open_dir(folder, NULL);
	assert_true(fd >= 0);
	assert_int_equal(fs_list_at(fd, ".", &names, NULL), 0);
	(void)snprintf(path, max, "%s/%s", folder,
		       (const char *)names.items[k % names.len]);
	assert_int_equal(fs_read_at(fd, names.items[k % names.len], bytes,
				    1 << 20, NULL),
			 0);
	assert_int_equal(close(fd), 0);
	vec_release(&names, free);
}

static void
rewrite(const char *path, const struct buf *bytes)
{
	assert_int_equal(fs_replace_at(AT_FDCWD, path, bytes->ptr, bytes->len,
				       0444, NULL),
			 0);
}

/* What is read is what was saved, or an error. */
static void
read_damaged(struct space *s, const struct repo_id ids[3])
{
	static const char *const texts[] = { "een\n", "twee\n", "drie\n" };
	struct buf text = BUF_INIT;
	size_t i;
	int rc;

	repo_close(s->repo);
	s->repo = NULL;
	rc = repo_open(&s->repo, s->path, &s->err);
	for (i = 0; i < 3 && rc == 0; i++)
		if (read_text(s, &ids[i], "themas/x.md", &text) == 0)
			assert_string_equal(text.ptr, texts[i]);
	buf_release(&text);
}

static void
test_snap__a_damaged_pack_shows_nothing_wrong(void **state)
{
	struct space *s = *state;
	struct buf bytes = BUF_INIT;
	struct repo_id ids[3];
	char path[SCRATCH_MAX + 120];
	uint32_t seed = 7;
	size_t k, at;

	assert_int_equal(space_save(s, "themas/x.md", "een\n", &ids[0]), 0);
	assert_int_equal(space_save(s, "themas/x.md", "twee\n", &ids[1]), 0);
	assert_int_equal(space_save(s, "themas/x.md", "drie\n", &ids[2]), 0);
	for (k = 0; k < MUTATIONS; k++) {
		buf_reset(&bytes);
		read_pack_file(s, k, path, sizeof path, &bytes);
		seed = seed * 1664525U + 1013904223U;
		at = (seed >> 8) % bytes.len;
		bytes.ptr[at] ^= (char)(1U << (seed & 7));
		rewrite(path, &bytes);
		read_damaged(s, ids);
		bytes.ptr[at] ^= (char)(1U << (seed & 7));
		rewrite(path, &bytes);
	}
	read_damaged(s, ids);
	assert_int_equal(read_text(s, &ids[2], "themas/x.md", &bytes), 0);
	buf_release(&bytes);
}

/* Keep a text among the others of the next pack. */
static void
keep_text(struct space *s, const char *text, struct repo_id *id)
{
	struct buf data = BUF_INIT;
	git_oid oid;

	buf_str(&data, text);
	assert_int_equal(pending_add(s->repo->pending, GIT_OBJECT_BLOB, &data,
				     NULL, &oid, &s->err),
			 0);
	libgit_id(id, &oid);
	buf_release(&data);
}

/* In the index of a pack of two: behind 256 counts, two ids and two sums of
 * 4 bytes come the offsets, then the sums of the pack and of all this. */
static void
swap_offsets(struct buf *idx)
{
	char *offsets = idx->ptr + 8 + 256 * 4 + 2 * SHA_LEN + 2 * 4, one[4];
	unsigned char sum[SHA_LEN];

	assert_int_equal(idx->len, offsets + 8 + 2 * SHA_LEN - idx->ptr);
	memcpy(one, offsets, 4);
	memcpy(offsets, offsets + 4, 4);
	memcpy(offsets + 4, one, 4);
	sha_sum(idx->ptr, idx->len - SHA_LEN, sum);
	memcpy(idx->ptr + idx->len - SHA_LEN, sum, SHA_LEN);
}

/* Nothing is damaged but where the index says that each text is. */
static void
test_snap__a_wrong_index_shows_no_other_text(void **state)
{
	struct space *s = *state;
	struct buf idx = BUF_INIT, text = BUF_INIT;
	struct repo_id one, other;
	char path[SCRATCH_MAX + 120];

	keep_text(s, "kat\n", &one);
	keep_text(s, "hond", &other);
	assert_int_equal(pending_store(s->repo->pending, s->path, &s->err), 0);
	repo_close(s->repo);
	assert_int_equal(repo_open(&s->repo, s->path, &s->err), 0);
	buf_str(&text, "Een ");
	assert_int_equal(snap_blob(s->repo, &one, &text, &s->err), 0);
	assert_string_equal(text.ptr, "Een kat\n");
	read_pack_file(s, 0, path, sizeof path, &idx);
	swap_offsets(&idx);
	rewrite(path, &idx);
	repo_close(s->repo);
	assert_int_equal(repo_open(&s->repo, s->path, &s->err), 0);
	assert_int_equal(snap_blob(s->repo, &one, &text, &s->err),
			 PLEIN_ECORRUPT);
	assert_int_equal(snap_blob(s->repo, &other, &text, &s->err),
			 PLEIN_ECORRUPT);
	assert_string_equal(text.ptr, "Een kat\n");
	buf_release(&text);
	buf_release(&idx);
}

static void
test_snap__tells_of_a_missing_folder(void **state)
{
	struct space *s = *state;
	struct buf text = BUF_INIT, out = BUF_INIT;
	struct repo_id a;

	assert_int_equal(space_save(s, "themas/x.md", "een\n", &a), 0);
	SPACE_GIT(s, "", &out, "rev-parse", "main:themas");
	replace_object(s, out.ptr, NULL);
	assert_int_equal(read_text(s, &a, "themas/x.md", &text),
			 PLEIN_ECORRUPT);
	buf_release(&out);
}

static int
gather(void *ctx, const char *path, const struct repo_id *blob)
{
	struct buf *b = ctx;

	assert_int_equal(strlen(blob->hex), REPO_ID_LEN);
	buf_printf(b, "%s\n", path);
	return strcmp(path, "themas/b.md") == 0 ? 7 : 0;
}

static void
test_snap__walks_in_path_order_until_told(void **state)
{
	static const char *const paths[] = {
		"themas/a.md",	"index.md",	      "begrippen/x.md",
		"themas/aa.md", "sjablonen/thema.md",
	};
	struct space *s = *state;
	struct buf seen = BUF_INIT;
	struct repo_id a;
	size_t i;

	for (i = 0; i < sizeof paths / sizeof paths[0]; i++)
		assert_int_equal(space_save(s, paths[i], "x\n", &a), 0);
	assert_int_equal(snap_walk(s->repo, &a, gather, &seen, &s->err), 0);
	assert_string_equal(seen.ptr,
			    "begrippen/x.md\nindex.md\nsjablonen/thema.md\n"
			    "themas/a.md\nthemas/aa.md\n");
	assert_int_equal(space_save(s, "themas/b.md", "x\n", &a), 0);
	assert_int_equal(space_save(s, "themas/c.md", "x\n", &a), 0);
	buf_reset(&seen);
	assert_int_equal(snap_walk(s->repo, &a, gather, &seen, &s->err), 7);
	assert_null(strstr(seen.ptr, "themas/c.md"));
	buf_release(&seen);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, space_setup, space_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_snap__reads_each_version),
		TEST(test_snap__finds_no_file_where_there_is_none),
		TEST(test_snap__knows_no_commit_by_a_wrong_id),
		TEST(test_snap__takes_no_blob_for_a_commit),
		TEST(test_snap__reads_nothing_too_large),
		TEST(test_snap__never_shows_another_object),
		TEST(test_snap__a_damaged_pack_shows_nothing_wrong),
		TEST(test_snap__a_wrong_index_shows_no_other_text),
		TEST(test_snap__tells_of_a_missing_folder),
		TEST(test_snap__walks_in_path_order_until_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
