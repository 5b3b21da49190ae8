/* test_bundle.c - from git's bundle to a repository with the same main. */
#include "space.h"

#include "store/bundle.h"

/* A bundle of what `s` holds; raw bytes. */
static void
make_bundle(struct space *s, struct buf *out)
{
	assert_int_equal(
		space_git(s,
			  (const char *const[]){ "bundle", "create", "-q",
						 "--version=2", "-",
						 "refs/heads/main", NULL },
			  "", out),
		0);
}

static void
fresh_repo(struct space *s, char path[SCRATCH_MAX + 16])
{
	(void)snprintf(path, SCRATCH_MAX + 16, "%s/nieuw.git", s->dir);
	assert_int_equal(repo_create(path, &s->err), 0);
}

/* Feed it in pieces; the result of the first call that fails. */
static int
take_in(struct space *s, const char *path, const char *data, size_t len,
	size_t piece)
{
	struct bundle *b;
	size_t pos, n;
	int rc = bundle_begin(&b, path, &s->err);

	if (rc)
		return rc;
	for (pos = 0; pos < len && rc == 0; pos += n) {
		n = len - pos < piece ? len - pos : piece;
		rc = bundle_feed(b, data + pos, n, &s->err);
	}
	if (rc == 0)
		return bundle_commit(b, &s->err);
	bundle_abort(b);
	return rc;
}

static void
save_three(struct space *s, struct repo_id *tip)
{
	assert_int_equal(space_save(s, "index.md", "Een.\n", NULL), 0);
	assert_int_equal(space_save(s, "themas/a.md", "Twee.\n", NULL), 0);
	assert_int_equal(space_save(s, "themas/a.md", "Drie.\n", tip), 0);
}

static void
test_bundle__brings_main_over(void **state)
{
	static const size_t pieces[] = { 1, 7, 512, 65536 };
	struct space *s = *state, other;
	char path[SCRATCH_MAX + 16];
	struct buf bundle = BUF_INIT, out = BUF_INIT;
	struct repo_id tip, now;
	size_t i;

	save_three(s, &tip);
	make_bundle(s, &bundle);
	for (i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		fresh_repo(s, path);
		if (take_in(s, path, bundle.ptr, bundle.len, pieces[i]))
			fail_msg("%s", s->err.msg);
		other = *s;
		memcpy(other.path, path, sizeof(other.path));
		assert_int_equal(repo_open(&other.repo, path, &s->err), 0);
		assert_int_equal(repo_ref_read(other.repo, &now, &s->err), 0);
		repo_close(other.repo);
		assert_string_equal(now.hex, tip.hex);
		SPACE_GIT(&other, "", &out, "fsck", "--strict", "--full");
		SPACE_GIT(&other, "", &out, "show", "main:themas/a.md");
		assert_string_equal(out.ptr, "Drie.");
		assert_int_equal(scratch_remove(path), 0);
	}
	buf_release(&bundle);
	buf_release(&out);
}

static void
test_bundle__says_its_tip_when_it_can(void **state)
{
	struct space *s = *state;
	struct buf bundle = BUF_INIT;
	struct repo_id tip, said;
	size_t i;
	int n = 0;

	save_three(s, &tip);
	make_bundle(s, &bundle);
	for (i = 0; i < bundle.len && n == 0; i++)
		n = bundle_tip(bundle.ptr, i, &said, &s->err);
	assert_int_equal(n, i - 1);
	assert_string_equal(said.hex, tip.hex);
	assert_memory_equal(bundle.ptr + n, "PACK", 4);
	bundle.ptr[3]++;
	assert_int_equal(bundle_tip(bundle.ptr, bundle.len, &said, &s->err),
			 PLEIN_ECORRUPT);
	bundle.ptr[3]--;
	bundle.ptr[20] = 'x';
	assert_int_equal(bundle_tip(bundle.ptr, bundle.len, &said, &s->err),
			 PLEIN_ECORRUPT);
	buf_release(&bundle);
}

static void
test_bundle__damage_leaves_main_alone(void **state)
{
	struct space *s = *state;
	char path[SCRATCH_MAX + 16];
	struct buf bundle = BUF_INIT;
	struct repo_id tip, now;
	struct repo *r;
	size_t at;

	save_three(s, &tip);
	make_bundle(s, &bundle);
	fresh_repo(s, path);
	for (at = 0; at < bundle.len; at += 29) {
		bundle.ptr[at] ^= 4;
		assert_true(take_in(s, path, bundle.ptr, bundle.len, 4096) < 0);
		bundle.ptr[at] ^= 4;
		assert_true(take_in(s, path, bundle.ptr, at, 4096) < 0);
	}
	assert_int_equal(repo_open(&r, path, &s->err), 0);
	assert_int_equal(repo_ref_read(r, &now, &s->err), 0);
	repo_close(r);
	assert_string_equal(now.hex, "");
	buf_release(&bundle);
}

static void
test_bundle__only_into_an_empty_repository(void **state)
{
	struct space *s = *state;
	struct bundle *b;
	struct repo_id tip;

	save_three(s, &tip);
	assert_int_equal(bundle_begin(&b, s->path, &s->err), PLEIN_EEXISTS);
	assert_null(b);
	bundle_abort(NULL);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, space_setup, space_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_bundle__brings_main_over),
		TEST(test_bundle__says_its_tip_when_it_can),
		TEST(test_bundle__damage_leaves_main_alone),
		TEST(test_bundle__only_into_an_empty_repository),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
