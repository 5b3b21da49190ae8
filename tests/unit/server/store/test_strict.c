/* test_strict.c - loose objects that are not what they say. */
#include "space.h"

#include <sys/stat.h>
#include <zlib.h>

#include "loosen.h"
#include "store/snap.h"

/* The id of the blob "een\n", whose file the tests replace. */
#define TEXT "een\n"

/* Write `len` bytes, deflated, then `tail`, as the file of an object. */
static void
plant(struct space *s, const struct repo_id *id, const char *data, size_t len,
      const char *tail)
{
	char path[SCRATCH_MAX + 100];
	Bytef packed[8192];
	uLongf n = sizeof packed;
	FILE *f;

	assert_int_equal(compress(packed, &n, (const Bytef *)data, len), Z_OK);
	(void)snprintf(path, sizeof path, "%s/objects/%.2s/%s", s->path,
		       id->hex, id->hex + 2);
	(void)unlink(path);
	f = fopen(path, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(packed, 1, n, f), n);
	assert_true(fputs(tail, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

static int
read_id(struct space *s, const struct repo_id *id)
{
	struct buf text = BUF_INIT;
	int rc;

	repo_close(s->repo);
	s->repo = NULL;
	assert_int_equal(repo_open(&s->repo, s->path, &s->err), 0);
	rc = snap_blob(s->repo, id, &text, &s->err);
	if (rc == 0)
		assert_string_equal(text.ptr, TEXT);
	else
		assert_int_equal(text.len, 0);
	buf_release(&text);
	return rc;
}

static void
find_blob(struct space *s, struct repo_id *id)
{
	struct buf text = BUF_INIT;
	struct repo_id at;

	assert_int_equal(space_save(s, "index.md", TEXT, &at), 0);
	assert_int_equal(
		snap_read(s->repo, &at, "index.md", &text, id, &s->err), 0);
	assert_true(loosen(s->path));
	buf_release(&text);
}

static void
test_strict__reads_an_object_that_is_right(void **state)
{
	struct space *s = *state;
	struct repo_id id;

	find_blob(s, &id);
	plant(s, &id, "blob 4\0een\n", 11, "");
	assert_int_equal(read_id(s, &id), 0);
}

static void
test_strict__refuses_objects_of_another_length(void **state)
{
	static const struct {
		const char *data;
		size_t len;
	} rows[] = {
		{ "blob 3\0een\n", 11 },
		{ "blob 5\0een\n", 11 },
		{ "blob 0\0een\n", 11 },
		{ "blob \0een\n", 10 },
		{ "blob -4\0een\n", 12 },
		{ "blob 4 \0een\n", 12 },
		{ "blob 99999999999999999999\0een\n", 30 },
		{ "blob 4een\n", 10 },
		{ "klad 4\0een\n", 11 },
		{ "blobblob 4\0een\n", 15 },
		{ "", 0 },
	};
	struct space *s = *state;
	struct repo_id id;
	size_t i;

	find_blob(s, &id);
	for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		plant(s, &id, rows[i].data, rows[i].len, "");
		assert_int_equal(read_id(s, &id), PLEIN_ECORRUPT);
	}
	plant(s, &id, "blob 1000000000\0een\n", 20, "");
	assert_int_equal(read_id(s, &id), PLEIN_ETOOBIG);
}

/* The head says 1 byte, 4 kB follow: more than the first bytes inflated. */
static void
test_strict__writes_nothing_past_the_end(void **state)
{
	struct space *s = *state;
	char data[4096] = "blob 1";
	struct repo_id id;

	find_blob(s, &id);
	memset(data + 7, 'x', sizeof data - 7);
	plant(s, &id, data, sizeof data, "");
	assert_int_equal(read_id(s, &id), PLEIN_ECORRUPT);
	plant(s, &id, data, 40, "");
	assert_int_equal(read_id(s, &id), PLEIN_ECORRUPT);
}

static void
test_strict__refuses_what_follows_the_object(void **state)
{
	struct space *s = *state;
	struct repo_id id;

	find_blob(s, &id);
	plant(s, &id, "blob 4\0een\n", 11, "more");
	assert_int_equal(read_id(s, &id), PLEIN_ECORRUPT);
}

static void
test_strict__reads_packed_objects_too(void **state)
{
	struct space *s = *state;
	struct buf out = BUF_INIT;
	struct repo_id id;

	find_blob(s, &id);
	SPACE_GIT(s, "", &out, "repack", "-adq");
	SPACE_GIT(s, "", &out, "count-objects");
	assert_int_equal(strncmp(out.ptr, "0 objects", 9), 0);
	assert_int_equal(read_id(s, &id), 0);
	buf_release(&out);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, space_setup, space_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_strict__reads_an_object_that_is_right),
		TEST(test_strict__refuses_objects_of_another_length),
		TEST(test_strict__writes_nothing_past_the_end),
		TEST(test_strict__refuses_what_follows_the_object),
		TEST(test_strict__reads_packed_objects_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
