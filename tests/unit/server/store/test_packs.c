/* test_packs.c - the list of packs follows the folder. */
#include "space.h"

#include "plein/fs.h"
#include "plein/mem.h"
#include "plein/vec.h"
#include "store/snap.h"

static int
read_text(struct space *s, struct repo *r, const struct repo_id *at)
{
	struct buf text = BUF_INIT;
	int rc = snap_read(r, at, "themas/x.md", &text, NULL, &s->err);

	buf_release(&text);
	return rc;
}

/* Packs that this process has mapped, however often. */
static int
count_open(void)
{
	FILE *maps = fopen("/proc/self/maps", "re");
	struct vec names = VEC_INIT;
	char line[512];
	int n;

	assert_non_null(maps);
	while (fgets(line, sizeof(line), maps)) {
		const char *name = strchr(line, '/');
		size_t i = 0;

		if (!name || !strstr(name, ".pack"))
			continue;
		while (i < names.len && strcmp(names.items[i], name) != 0)
			i++;
		if (i == names.len)
			vec_push(&names, mem_strdup(name));
	}
	assert_int_equal(fclose(maps), 0);
	n = (int)names.len;
	vec_release(&names, free);
	return n;
}

static void
test_packs__finds_what_came_later(void **state)
{
	struct space *s = *state;
	struct repo *other = NULL;
	struct repo_id ids[5];
	char text[16];
	int i;

	assert_int_equal(space_save(s, "themas/x.md", "0\n", &ids[0]), 0);
	assert_int_equal(repo_open(&other, s->path, &s->err), 0);
	for (i = 1; i < 5; i++) {
		(void)snprintf(text, sizeof(text), "%d\n", i);
		assert_int_equal(space_save(s, "themas/x.md", text, &ids[i]),
				 0);
		assert_int_equal(read_text(s, other, &ids[i]), 0);
		assert_int_equal(read_text(s, other, &ids[i - 1]), 0);
	}
	repo_close(other);
}

static void
test_packs__lets_go_of_what_was_replaced(void **state)
{
	struct space *s = *state;
	struct buf out = BUF_INIT;
	struct repo *other = NULL;
	struct repo_id ids[5], none = { "" };
	char text[16];
	int i;

	for (i = 0; i < 5; i++) {
		(void)snprintf(text, sizeof(text), "%d\n", i);
		assert_int_equal(space_save(s, "themas/x.md", text, &ids[i]),
				 0);
	}
	assert_int_equal(repo_open(&other, s->path, &s->err), 0);
	for (i = 0; i < 5; i++)
		assert_int_equal(read_text(s, other, &ids[i]), 0);
	assert_int_equal(count_open(), 5);
	SPACE_GIT(s, "", &out, "repack", "-adq");
	/* the open ones still serve, until something is not found */
	assert_int_equal(read_text(s, other, &ids[3]), 0);
	memset(none.hex, '1', REPO_ID_LEN);
	assert_int_equal(read_text(s, other, &none), PLEIN_ENOTFOUND);
	assert_int_equal(count_open(), 0);
	for (i = 0; i < 5; i++)
		assert_int_equal(read_text(s, other, &ids[i]), 0);
	assert_int_equal(count_open(), 1);
	repo_close(other);
	buf_release(&out);
}

static void
test_packs__a_damaged_index_hides_its_pack_only(void **state)
{
	struct space *s = *state;
	struct repo *other = NULL;
	struct repo_id old, new;
	struct vec names = VEC_INIT;
	char folder[SCRATCH_MAX + 40];
	int fd;

	(void)snprintf(folder, sizeof(folder), "%s/objects/pack", s->path);
	fd = fs_open_dir(folder, NULL);
	assert_true(fd >= 0);
	assert_int_equal(space_save(s, "themas/x.md", "1\n", &old), 0);
	assert_int_equal(fs_list_at(fd, ".", &names, NULL), 0);
	assert_int_equal(space_save(s, "themas/x.md", "2\n", &new), 0);
	assert_int_equal(names.len, 2);
	assert_int_equal(
		fs_replace_at(fd, names.items[0], "niets", 5, 0444, NULL), 0);
	assert_int_equal(repo_open(&other, s->path, &s->err), 0);
	assert_int_equal(read_text(s, other, &new), 0);
	assert_int_equal(read_text(s, other, &old), PLEIN_ENOTFOUND);
	repo_close(other);
	vec_release(&names, free);
	assert_int_equal(close(fd), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, space_setup, space_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_packs__finds_what_came_later),
		TEST(test_packs__lets_go_of_what_was_replaced),
		TEST(test_packs__a_damaged_index_hides_its_pack_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
