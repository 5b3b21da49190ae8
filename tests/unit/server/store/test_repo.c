/* test_repo.c - making, opening, locking a repository and moving its ref. */
#include "space.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/time.h>

#include "plein/fs.h"
#include "plein/vec.h"
#include "store/spare.h"

static void
write_file(const struct space *s, const char *name, const char *text)
{
	char path[SCRATCH_MAX + 80];
	FILE *f;

	(void)snprintf(path, sizeof path, "%s/%s", s->path, name);
	(void)unlink(path);
	f = fopen(path, "w");
	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

static bool
has_file(const struct space *s, const char *name)
{
	char path[SCRATCH_MAX + 80];

	(void)snprintf(path, sizeof path, "%s/%s", s->path, name);
	return access(path, F_OK) == 0;
}

static int
reopen(struct space *s)
{
	repo_close(s->repo);
	s->repo = NULL;
	return repo_open(&s->repo, s->path, &s->err);
}

static void
test_repo__is_made_with_the_settings_it_needs(void **state)
{
	struct space *s = *state;
	struct buf out = BUF_INIT;

	SPACE_GIT(s, "", &out, "config", "core.fsync");
	assert_string_equal(out.ptr, "all");
	SPACE_GIT(s, "", &out, "config", "gc.auto");
	assert_string_equal(out.ptr, "0");
	SPACE_GIT(s, "", &out, "config", "gc.packRefs");
	assert_string_equal(out.ptr, "false");
	SPACE_GIT(s, "", &out, "config", "receive.autogc");
	assert_string_equal(out.ptr, "false");
	SPACE_GIT(s, "", &out, "config", "uploadpack.allowFilter");
	assert_string_equal(out.ptr, "true");
	SPACE_GIT(s, "", &out, "config", "uploadpack.allowReachableSHA1InWant");
	assert_string_equal(out.ptr, "true");
	SPACE_GIT(s, "", &out, "rev-parse", "--is-bare-repository");
	assert_string_equal(out.ptr, "true");
	SPACE_GIT(s, "", &out, "symbolic-ref", "HEAD");
	assert_string_equal(out.ptr, REPO_BRANCH);
	assert_false(has_file(s, "hooks/README.sample"));
	buf_release(&out);
}

static void
test_repo__is_not_made_over_something(void **state)
{
	struct space *s = *state;
	char path[SCRATCH_MAX + 40];

	assert_int_equal(repo_create(s->path, &s->err), PLEIN_EEXISTS);
	assert_int_equal(space_save(s, "index.md", "x\n", NULL), 0);
	(void)snprintf(path, sizeof path, "%s/no/where.git", s->dir);
	assert_int_equal(repo_create(path, &s->err), PLEIN_ENOTFOUND);
}

static void
test_repo__says_why_it_does_not_open(void **state)
{
	struct space *s = *state;
	struct repo *r = NULL;
	char path[SCRATCH_MAX + 40];

	(void)snprintf(path, sizeof path, "%s/missing.git", s->dir);
	assert_int_equal(repo_open(&r, path, &s->err), PLEIN_ENOTFOUND);
	assert_null(r);
	assert_int_equal(repo_open(&r, s->dir, &s->err), PLEIN_ECORRUPT);
	assert_null(r);
}

static void
test_repo__with_a_broken_main_does_not_open(void **state)
{
	static const char *const broken[] = {
		"rubbish\n",
		"",
		"0123456789012345678901234567890123456789\n",
	};
	struct space *s = *state;
	size_t i;

	assert_int_equal(space_save(s, "index.md", "x\n", NULL), 0);
	for (i = 0; i < sizeof broken / sizeof broken[0]; i++) {
		write_file(s, REPO_BRANCH, broken[i]);
		assert_int_equal(reopen(s), PLEIN_ECORRUPT);
		assert_true(s->err.msg[0] != '\0');
	}
}

static void
test_repo__starts_without_a_tip(void **state)
{
	struct space *s = *state;
	struct repo_id tip = { "x" };

	assert_int_equal(repo_ref_read(s->repo, &tip, &s->err), 0);
	assert_string_equal(tip.hex, "");
}

static void
test_repo__moves_main_only_from_where_it_is(void **state)
{
	struct space *s = *state;
	struct repo_id none = { "" }, a, b, tip;

	assert_int_equal(space_save(s, "index.md", "1\n", &a), 0);
	assert_int_equal(space_save(s, "index.md", "2\n", &b), 0);
	assert_int_equal(repo_ref_swap(s->repo, &a, &a, &s->err), PLEIN_EBUSY);
	assert_int_equal(repo_ref_swap(s->repo, &none, &a, &s->err),
			 PLEIN_EBUSY);
	assert_int_equal(repo_ref_read(s->repo, &tip, &s->err), 0);
	assert_string_equal(tip.hex, b.hex);
	assert_int_equal(repo_ref_swap(s->repo, &b, &a, &s->err), 0);
	assert_int_equal(repo_ref_read(s->repo, &tip, &s->err), 0);
	assert_string_equal(tip.hex, a.hex);
}

static void
test_repo__does_not_move_to_what_is_no_commit(void **state)
{
	struct space *s = *state;
	struct repo_id a, tip, bad = { "not an id" };
	struct repo_id absent = { "0123456789012345678901234567890123456789" };

	assert_int_equal(space_save(s, "index.md", "1\n", &a), 0);
	assert_true(repo_ref_swap(s->repo, &a, &bad, &s->err) < 0);
	assert_true(repo_ref_swap(s->repo, &a, &absent, &s->err) < 0);
	assert_int_equal(repo_ref_read(s->repo, &tip, &s->err), 0);
	assert_string_equal(tip.hex, a.hex);
}

static void
test_repo__clears_what_a_killed_writer_left(void **state)
{
	static const char *const stale[] = {
		"HEAD.lock",
		"config.lock",
		"packed-refs.lock",
		"refs/heads/main.lock",
		"objects/tmp_object_git2_1a2b",
		"objects/7f/tmp_obj_x1",
		"objects/7f/cafe.0123456789abcdef.tmp",
		"objects/info/commit-graphs/commit-graph-chain.lock",
		"objects/info/commit-graphs/tmp_graph_x1",
	};
	struct space *s = *state;
	char path[SCRATCH_MAX + 80];
	struct vec found = VEC_INIT;
	int n = 0;
	size_t i;

	assert_int_equal(space_save(s, "index.md", "1\n", NULL), 0);
	(void)snprintf(path, sizeof path, "%s/objects/7f", s->path);
	(void)mkdir(path, 0700);
	(void)snprintf(path, sizeof path, "%s/objects/info/commit-graphs",
		       s->path);
	(void)mkdir(path, 0700);
	for (i = 0; i < sizeof stale / sizeof stale[0]; i++)
		write_file(s, stale[i], "");
	write_file(s, "objects/pack/tmp_pack_x", "");
	write_file(s, "objects/pack/" SPARE_NAME "x",
		   ""); /* of one that runs */
	assert_int_equal(space_save(s, "index.md", "2\n", NULL), PLEIN_EBUSY);
	assert_int_equal(repo_find_locks(s->path, 60, &found, &s->err), 0);
	assert_int_equal(found.len, 0); /* young: somebody may hold them */
	assert_int_equal(repo_find_locks(s->path, -60, &found, &s->err), 0);
	assert_int_equal(found.len, sizeof stale / sizeof stale[0]);
	vec_release(&found, free);
	assert_int_equal(repo_clear_locks(s->path, &n, &s->err), 0);
	assert_int_equal(n, sizeof stale / sizeof stale[0] + 1);
	assert_false(has_file(s, "objects/pack/" SPARE_NAME "x"));
	for (i = 0; i < sizeof stale / sizeof stale[0]; i++)
		assert_false(has_file(s, stale[i]));
	assert_true(has_file(s, "objects/pack/tmp_pack_x"));
	assert_int_equal(space_save(s, "index.md", "2\n", NULL), 0);
	assert_int_equal(repo_clear_locks(s->path, &n, &s->err), 0);
	assert_int_equal(n, 0);
}

enum { PAGES = 4000 }; /* enough for spare.h */

static void
fill_large_folder(struct space *s)
{
	struct edit e = space_edit(NULL, NULL);
	struct repo_id id;
	struct txn *t;
	char path[32], text[32];
	int i;

	assert_int_equal(txn_begin(&t, s->repo, &s->err), 0);
	for (i = 0; i < PAGES; i++) {
		(void)snprintf(path, sizeof(path), "themas/p-%d.md", i);
		(void)snprintf(text, sizeof(text), "%d\n", i);
		assert_int_equal(
			txn_stage(t, path, text, strlen(text), &s->err), 0);
	}
	assert_int_equal(txn_edit(t, &e, &id, &s->err), 0);
	assert_int_equal(txn_commit(t, &s->err), 0);
}

static int
count_spares(const struct space *s)
{
	char path[SCRATCH_MAX + 80];
	struct vec names = VEC_INIT;
	size_t i;
	int n = 0;

	(void)snprintf(path, sizeof(path), "%s/objects/pack", s->path);
	assert_int_equal(fs_list_at(AT_FDCWD, path, &names, NULL), 0);
	for (i = 0; i < names.len; i++)
		n += strncmp(names.items[i], SPARE_NAME, 6) == 0;
	vec_release(&names, free);
	return n;
}

/* Each save takes what the one before left, and nothing stays in the end. */
static void
test_repo__is_prepared_for_the_next_save(void **state)
{
	struct space *s = *state;
	struct buf out = BUF_INIT;
	char path[32];
	int i;

	fill_large_folder(s);
	repo_prepare(s->repo);
	for (i = 0; i < 5; i++) {
		(void)snprintf(path, sizeof(path), "themas/p-%d.md", 700 * i);
		assert_int_equal(space_save(s, path, "anders\n", NULL), 0);
		assert_int_equal(count_spares(s), 0);
		if (i != 3)
			repo_prepare(s->repo);
		assert_int_equal(count_spares(s), i != 3);
	}
	SPACE_GIT(s, "", &out, "fsck", "--full", "--strict");
	assert_string_equal(out.ptr, "");
	repo_close(s->repo);
	assert_int_equal(count_spares(s), 0);
	assert_int_equal(repo_open(&s->repo, s->path, &s->err), 0);
	buf_release(&out);
}

/* What waits for the next save is part of that. */
static void
test_repo__another_handle_goes_on_with_the_folders(void **state)
{
	struct space *s = *state;
	struct repo *old = s->repo;
	struct buf out = BUF_INIT;

	fill_large_folder(s);
	repo_prepare(old);
	assert_int_equal(count_spares(s), 1);
	assert_int_equal(repo_open(&s->repo, s->path, &s->err), 0);
	repo_inherit(s->repo, old);
	repo_close(old);
	assert_int_equal(count_spares(s), 1);
	assert_int_equal(space_save(s, "themas/p-7.md", "anders\n", NULL), 0);
	assert_int_equal(count_spares(s), 0);
	/* one that has nothing to leave */
	old = s->repo;
	assert_int_equal(repo_open(&s->repo, s->path, &s->err), 0);
	repo_close(old);
	assert_int_equal(repo_open(&old, s->path, &s->err), 0);
	repo_inherit(s->repo, old);
	repo_close(old);
	assert_int_equal(space_save(s, "themas/p-8.md", "anders\n", NULL), 0);
	SPACE_GIT(s, "", &out, "fsck", "--full", "--strict");
	assert_string_equal(out.ptr, "");
	buf_release(&out);
}

static void
test_repo__what_pushes_kept_apart_is_cleared(void **state)
{
	struct space *s = *state;
	char path[SCRATCH_MAX + 80];
	const char *const folders[] = { "incoming-abcdef",
					"tmp_objdir-incoming-abcdef",
					"tmp_objdir-bulk-abcdef" };
	size_t i;

	assert_int_equal(space_save(s, "index.md", "1\n", NULL), 0);
	for (i = 0; i < 3; i++) {
		(void)snprintf(path, sizeof path, "%s/objects/%s", s->path,
			       folders[i]);
		assert_int_equal(mkdir(path, 0700), 0);
		(void)snprintf(path, sizeof path, "%s/objects/%s/pack", s->path,
			       folders[i]);
		assert_int_equal(mkdir(path, 0700), 0);
		(void)snprintf(path, sizeof path, "objects/%s/pack/x.pack",
			       folders[i]);
		write_file(s, path, "x");
	}
	assert_int_equal(repo_clear_incoming(s->path, &s->err), 0);
	assert_false(has_file(s, "objects/incoming-abcdef"));
	assert_false(has_file(s, "objects/tmp_objdir-incoming-abcdef"));
	assert_true(has_file(s, "objects/tmp_objdir-bulk-abcdef/pack/x.pack"));
	assert_int_equal(space_save(s, "index.md", "2\n", NULL), 0);
	assert_true(repo_clear_incoming(s->dir, &s->err) < 0);
}

static void
test_repo__cannot_clear_where_there_is_none(void **state)
{
	struct space *s = *state;
	int n = -1;

	assert_true(repo_clear_locks(s->dir, &n, &s->err) < 0);
	assert_int_equal(n, 0);
}

static void
test_repo__ignores_settings_of_user_and_machine(void **state)
{
	struct space *s = *state;
	char path[SCRATCH_MAX + 40];
	FILE *f;

	(void)snprintf(path, sizeof path, "%s/.gitconfig", s->dir);
	f = fopen(path, "w");
	assert_non_null(f);
	assert_true(fputs("[core\nbroken", f) >= 0);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(setenv("HOME", s->dir, 1), 0);
	assert_int_equal(reopen(s), 0);
	assert_int_equal(space_save(s, "index.md", "1\n", NULL), 0);
}

static char held_lock[SCRATCH_MAX + 80];

static void
give_lock_back(int sig)
{
	(void)sig;
	(void)unlink(held_lock);
}

/* As a push does while it moves main itself. */
static void
test_repo__waits_for_a_lock_that_is_held_for_a_moment(void **state)
{
	struct space *s = *state;
	struct itimerval soon = { { 0, 0 }, { 0, 40000 } };
	struct repo_id tip;

	assert_int_equal(space_save(s, "index.md", "1\n", NULL), 0);
	write_file(s, "refs/heads/main.lock", "");
	(void)snprintf(held_lock, sizeof held_lock, "%s/refs/heads/main.lock",
		       s->path);
	assert_true(signal(SIGALRM, give_lock_back) != SIG_ERR);
	assert_int_equal(setitimer(ITIMER_REAL, &soon, NULL), 0);
	assert_int_equal(space_save(s, "index.md", "2\n", &tip), 0);
	assert_false(has_file(s, "refs/heads/main.lock"));
	(void)signal(SIGALRM, SIG_DFL);
}

static void
test_repo__does_not_wait_for_ever_for_a_lock(void **state)
{
	struct space *s = *state;

	assert_int_equal(space_save(s, "index.md", "1\n", NULL), 0);
	write_file(s, "refs/heads/main.lock", "");
	assert_int_equal(space_save(s, "index.md", "2\n", NULL), PLEIN_EBUSY);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, space_setup, space_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_repo__is_made_with_the_settings_it_needs),
		TEST(test_repo__is_not_made_over_something),
		TEST(test_repo__says_why_it_does_not_open),
		TEST(test_repo__with_a_broken_main_does_not_open),
		TEST(test_repo__starts_without_a_tip),
		TEST(test_repo__moves_main_only_from_where_it_is),
		TEST(test_repo__does_not_move_to_what_is_no_commit),
		TEST(test_repo__clears_what_a_killed_writer_left),
		TEST(test_repo__is_prepared_for_the_next_save),
		TEST(test_repo__another_handle_goes_on_with_the_folders),
		TEST(test_repo__what_pushes_kept_apart_is_cleared),
		TEST(test_repo__cannot_clear_where_there_is_none),
		TEST(test_repo__waits_for_a_lock_that_is_held_for_a_moment),
		TEST(test_repo__does_not_wait_for_ever_for_a_lock),
		TEST(test_repo__ignores_settings_of_user_and_machine),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
