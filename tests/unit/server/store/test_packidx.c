/* test_packidx.c - reading the index of a pack that git made. */
#include "space.h"

#include <sys/stat.h>

#include "plein/fs.h"
#include "plein/mem.h"
#include "plein/vec.h"
#include "store/packidx.h"

#define N_OBJECTS 600

static int
open_packs(const struct space *s)
{
	char path[SCRATCH_MAX + 40];
	int fd;

	(void)snprintf(path, sizeof(path), "%s/objects/pack", s->path);
	fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_true(fd >= 0);
	return fd;
}

/* The stem of the one pack whose index is there. */
static char *
find_stem(int dir)
{
	struct vec names = VEC_INIT;
	char *stem = NULL, *name;
	size_t i;

	assert_int_equal(fs_list_at(dir, ".", &names, NULL), 0);
	for (i = 0; i < names.len; i++) {
		name = names.items[i];
		if (strstr(name, ".idx"))
			stem = mem_strndup(name, strlen(name) - 4);
	}
	vec_release(&names, free);
	assert_non_null(stem);
	return stem;
}

/* `n` blobs that differ by `word`; their ids, one a line, into `ids`. */
static void
make_blobs(const struct space *s, const char *word, int n, struct buf *ids)
{
	struct buf input = BUF_INIT, out = BUF_INIT;
	int i;

	for (i = 0; i < n; i++)
		buf_printf(&input, "blob\nmark :%d\ndata %zu\n%s%04d\n", i + 1,
			   strlen(word) + 4, word, i);
	SPACE_GIT(s, input.ptr, &out, "fast-import", "--quiet", "--force");
	buf_reset(&out);
	buf_reset(&input);
	SPACE_GIT(s, "", ids, "cat-file", "--batch-all-objects",
		  "--batch-check=%(objectname)");
	buf_release(&input);
	buf_release(&out);
}

static void
parse_id(const char *hex, unsigned char *id)
{
	size_t i;
	unsigned byte;

	for (i = 0; i < PACKIDX_ID; i++) {
		assert_int_equal(sscanf(hex + 2 * i, "%2x", &byte), 1);
		id[i] = (unsigned char)byte;
	}
}

static void
test_packidx__knows_every_object_and_no_other(void **state)
{
	struct space *s = *state;
	struct buf ids = BUF_INIT;
	unsigned char id[PACKIDX_ID];
	struct packidx *p;
	int dir = open_packs(s);
	char *stem, *line;
	size_t n = 0;

	make_blobs(s, "woord", N_OBJECTS, &ids);
	stem = find_stem(dir);
	if (packidx_open(&p, dir, stem, &s->err))
		fail_msg("%s", s->err.msg);
	assert_string_equal(packidx_stem(p), stem);
	assert_int_equal(packidx_len(p), N_OBJECTS);
	assert_true(packidx_bytes(p) > N_OBJECTS);
	for (line = ids.ptr; line && *line; n++) {
		parse_id(line, id);
		assert_true(packidx_has(p, id));
		id[19] ^= 1;
		assert_false(packidx_has(p, id));
		line = strchr(line, '\n');
		line = line ? line + 1 : NULL;
	}
	assert_int_equal(n, N_OBJECTS);
	memset(id, 0, sizeof(id));
	assert_false(packidx_has(p, id));
	memset(id, 0xff, sizeof(id));
	assert_false(packidx_has(p, id));
	packidx_close(p);
	buf_release(&ids);
	free(stem);
	(void)close(dir);
}

/* Put the pack there is out of the way, so that find_stem() sees the next. */
static struct packidx *
take_pack(int dir, int aside)
{
	static const char *const tails[] = { ".idx", ".pack" };
	char *stem = find_stem(dir), name[128];
	struct packidx *p;
	size_t i;

	for (i = 0; i < 2; i++) {
		(void)snprintf(name, sizeof(name), "%s%s", stem, tails[i]);
		assert_int_equal(renameat(dir, name, aside, name), 0);
	}
	assert_int_equal(packidx_open(&p, aside, stem, NULL), 0);
	free(stem);
	return p;
}

static void
test_packidx__covers_what_it_holds_whole(void **state)
{
	struct space *s = *state;
	struct buf ids = BUF_INIT;
	struct packidx *few, *other, *all;
	int dir = open_packs(s), aside;

	assert_int_equal(mkdirat(dir, "aside", 0700), 0);
	aside = openat(dir, "aside", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	make_blobs(s, "woord", 150, &ids);
	few = take_pack(dir, aside);
	make_blobs(s, "ander", 150, &ids);
	other = take_pack(dir, aside);
	make_blobs(s, "woord", N_OBJECTS, &ids);
	all = take_pack(dir, aside);
	assert_true(packidx_covers(all, few));
	assert_true(packidx_covers(few, few));
	assert_false(packidx_covers(few, all));
	assert_false(packidx_covers(all, other));
	assert_false(packidx_covers(few, other));
	packidx_close(few);
	packidx_close(other);
	packidx_close(all);
	buf_release(&ids);
	(void)close(aside);
	(void)close(dir);
}

static void
test_packidx__what_is_missing_or_foreign_is_refused(void **state)
{
	struct space *s = *state;
	struct buf ids = BUF_INIT, pack = BUF_INIT;
	char name[128];
	struct packidx *p;
	int dir = open_packs(s);
	char *stem;

	assert_int_equal(packidx_open(&p, dir, "pack-nergens", NULL),
			 PLEIN_ENOTFOUND);
	assert_null(p);
	make_blobs(s, "woord", 150, &ids);
	stem = find_stem(dir);
	(void)snprintf(name, sizeof(name), "%s.pack", stem);
	assert_int_equal(fs_read_at(dir, name, &pack, 1 << 20, NULL), 0);
	pack.ptr[pack.len - 1] ^= 1;
	assert_int_equal(
		fs_replace_at(dir, name, pack.ptr, pack.len, 0444, NULL), 0);
	assert_int_equal(packidx_open(&p, dir, stem, NULL), PLEIN_ECORRUPT);
	assert_int_equal(unlinkat(dir, name, 0), 0);
	assert_int_equal(packidx_open(&p, dir, stem, NULL), PLEIN_ENOTFOUND);
	free(stem);
	buf_release(&ids);
	buf_release(&pack);
	(void)close(dir);
}

/* Whatever the bytes: refused, or readable without harm. */
static void
test_packidx__bears_a_damaged_file(void **state)
{
	struct space *s = *state;
	struct buf ids = BUF_INIT, idx = BUF_INIT;
	unsigned char id[PACKIDX_ID] = { 0 };
	char name[128], saved;
	struct packidx *p;
	int dir = open_packs(s);
	char *stem;
	size_t i, at, len;

	make_blobs(s, "woord", 150, &ids);
	stem = find_stem(dir);
	(void)snprintf(name, sizeof(name), "%s.idx", stem);
	assert_int_equal(fs_read_at(dir, name, &idx, 1 << 20, NULL), 0);
	for (i = 0; i < 400; i++) {
		at = i < 300 ? i * 4 % 1100 : i * 97 % idx.len;
		len = i % 3 ? idx.len : at;
		saved = idx.ptr[at];
		idx.ptr[at] ^= (char)(1 + i % 255);
		assert_int_equal(
			fs_replace_at(dir, name, idx.ptr, len, 0444, NULL), 0);
		if (packidx_open(&p, dir, stem, NULL) == 0) {
			for (id[0] = 0; id[0] < 255; id[0]++)
				(void)packidx_has(p, id);
			(void)packidx_covers(p, p);
			packidx_close(p);
		}
		idx.ptr[at] = saved;
	}
	free(stem);
	buf_release(&ids);
	buf_release(&idx);
	(void)close(dir);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, space_setup, space_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_packidx__knows_every_object_and_no_other),
		TEST(test_packidx__covers_what_it_holds_whole),
		TEST(test_packidx__what_is_missing_or_foreign_is_refused),
		TEST(test_packidx__bears_a_damaged_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
