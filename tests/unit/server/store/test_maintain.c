/* test_maintain.c - what goes away is packed, what is not packed stays. */
#include "space.h"

#include <sys/stat.h>
#include <time.h>

#include "loosen.h"
#include "plein/fs.h"
#include "store/maintain.h"
#include "store/snap.h"

static struct maintain_count
count(struct space *s)
{
	struct maintain_count c;

	if (maintain_count(s->path, &c, &s->err))
		fail_msg("%s", s->err.msg);
	return c;
}

static struct maintain_pruned
prune(struct space *s)
{
	struct maintain_pruned p;

	if (maintain_prune(s->path, &p, &s->err))
		fail_msg("%s", s->err.msg);
	return p;
}

static void
pack(struct space *s)
{
	struct buf out = BUF_INIT;

	SPACE_GIT(s, "", &out, "repack", "-q", "-n", "--geometric=2");
	buf_release(&out);
}

static void
save_some(struct space *s, int first, int n)
{
	char text[32];
	int i;

	for (i = first; i < first + n; i++) {
		(void)snprintf(text, sizeof(text), "Tekst %d.\n", i);
		assert_int_equal(space_save(s, "themas/a.md", text, NULL), 0);
	}
}

/* The same, as loose objects. */
static void
save_loose(struct space *s, int first, int n)
{
	save_some(s, first, n);
	assert_true(loosen(s->path));
}

static void
judge(struct space *s)
{
	struct buf out = BUF_INIT;

	if (space_git(
		    s,
		    (const char *const[]){ "fsck", "--strict", "--full", NULL },
		    "", &out) != 0 ||
	    strstr(out.ptr, "missing") || strstr(out.ptr, "error"))
		fail_msg("%s", out.ptr);
	buf_release(&out);
}

static void
test_maintain__counts(void **state)
{
	struct space *s = *state;

	assert_int_equal(count(s).loose, 0);
	assert_int_equal(count(s).packs, 0);
	save_some(s, 0, 3);
	assert_int_equal(count(s).packs, 3);
	assert_int_equal(count(s).loose, 0);
	assert_true(loosen(s->path));
	assert_int_equal(count(s).packs, 0);
	/* a text, a folder, the root, a commit each */
	assert_int_equal(count(s).loose, 12);
	assert_int_equal(count(s).pack_bytes, 0);
	pack(s);
	assert_int_equal(count(s).loose, 12);
	assert_int_equal(count(s).packs, 1);
	assert_true(count(s).pack_bytes > 0);
}

static void
test_maintain__only_what_is_packed_goes(void **state)
{
	struct space *s = *state;

	struct buf out = BUF_INIT;

	save_loose(s, 0, 5);
	pack(s);
	SPACE_GIT(s, "los", &out, "hash-object", "-w", "--stdin");
	assert_int_equal(prune(s).loose, 20);
	assert_int_equal(count(s).loose, 1);
	assert_int_equal(prune(s).loose, 0);
	buf_release(&out);
	judge(s);
}

/* What is written before main moves, and what nobody refers to. */
static void
test_maintain__objects_without_a_ref_stay(void **state)
{
	struct space *s = *state;
	struct edit e = space_edit("themas/b.md", "Nog niet opgeslagen.\n");
	struct repo_id id, tip;
	struct buf out = BUF_INIT, text = BUF_INIT;
	struct txn *t;

	save_loose(s, 0, 2);
	SPACE_GIT(s, "van niemand", &out, "hash-object", "-w", "--stdin");
	assert_int_equal(txn_begin(&t, s->repo, &s->err), 0);
	assert_int_equal(txn_edit(t, &e, &id, &s->err), 0);
	pack(s);
	assert_true(prune(s).loose > 8);
	assert_int_equal(count(s).loose, 0);
	SPACE_GIT(s, "", &text, "cat-file", "-p", out.ptr);
	assert_string_equal(text.ptr, "van niemand");
	buf_reset(&out);
	assert_int_equal(txn_commit(t, &s->err), 0);
	assert_int_equal(repo_ref_read(s->repo, &tip, &s->err), 0);
	assert_string_equal(tip.hex, id.hex);
	assert_int_equal(
		snap_read(s->repo, &tip, "themas/b.md", &out, NULL, &s->err),
		0);
	assert_string_equal(out.ptr, "Nog niet opgeslagen.\n");
	buf_release(&out);
	buf_release(&text);
	judge(s);
}

static void
test_maintain__packs_that_another_holds_go(void **state)
{
	struct space *s = *state;
	int i;

	for (i = 0; i < 6; i++) {
		save_some(s, i * 3, 3);
		pack(s);
		(void)prune(s);
	}
	/* each pack at least twice the next */
	assert_true(count(s).packs <= 3);
	assert_int_equal(count(s).loose, 0);
	judge(s);
}

static void
put_file(const struct space *s, const char *name, time_t age)
{
	char path[SCRATCH_MAX + 80];
	struct timespec when[2] = { { time(NULL) - age, 0 },
				    { time(NULL) - age, 0 } };

	(void)snprintf(path, sizeof(path), "%s/%s", s->path, name);
	assert_int_equal(fs_replace_at(AT_FDCWD, path, "x", 1, 0600, NULL), 0);
	assert_int_equal(utimensat(AT_FDCWD, path, when, 0), 0);
}

static bool
has_file(const struct space *s, const char *name)
{
	char path[SCRATCH_MAX + 80];

	(void)snprintf(path, sizeof(path), "%s/%s", s->path, name);
	return access(path, F_OK) == 0;
}

static void
test_maintain__a_kept_pack_stays(void **state)
{
	struct space *s = *state;
	struct buf out = BUF_INIT;
	char keep[80];

	save_some(s, 0, 3);
	pack(s);
	SPACE_GIT(s, "", &out, "for-each-ref"); /* any name will do */
	SPACE_GIT(s, "", &out, "rev-parse", "main");
	buf_reset(&out);
	SPACE_GIT(s, "main\n", &out, "pack-objects", "-q", "--revs",
		  "objects/pack/pack");
	(void)snprintf(keep, sizeof(keep), "objects/pack/pack-%s.keep",
		       out.ptr);
	put_file(s, keep, 0);
	save_some(s, 3, 1);
	/* all of it in one more */
	SPACE_GIT(s, "main\n", &out, "pack-objects", "-q", "--revs",
		  "objects/pack/pack");
	(void)prune(s);
	*strrchr(keep, '.') = '\0';
	(void)snprintf(keep + strlen(keep), 6, ".pack");
	assert_true(has_file(s, keep));
	buf_release(&out);
	judge(s);
}

static void
test_maintain__a_damaged_pack_stops_it(void **state)
{
	struct space *s = *state;
	struct maintain_pruned p;

	save_loose(s, 0, 3);
	pack(s);
	put_file(s, "objects/pack/pack-0000.idx", 0);
	assert_true(maintain_prune(s->path, &p, &s->err) < 0);
	assert_int_equal(p.loose, 0);
	assert_int_equal(count(s).loose, 12);
}

static void
test_maintain__nothing_goes_while_somebody_holds_it(void **state)
{
	struct space *s = *state;
	struct maintain_pruned p;
	int one, other;

	save_loose(s, 0, 3);
	pack(s);
	one = maintain_hold(s->path, &s->err);
	other = maintain_hold(s->path, &s->err);
	assert_true(one >= 0 && other >= 0);
	assert_int_equal(close(one), 0);
	assert_int_equal(maintain_prune(s->path, &p, &s->err), PLEIN_EBUSY);
	assert_int_equal(p.loose, 0);
	assert_int_equal(close(other), 0);
	assert_int_equal(prune(s).loose, 12);
	assert_true(maintain_hold(s->dir, &s->err) < 0);
}

static void
test_maintain__only_old_temporaries_go(void **state)
{
	struct space *s = *state;

	put_file(s, "objects/pack/tmp_pack_oud", MAINTAIN_STALE_S + 60);
	put_file(s, "objects/pack/.tmp-1-pack-oud.idx", MAINTAIN_STALE_S + 60);
	put_file(s, "objects/pack/tmp_pack_nieuw", 60);
	put_file(s, "objects/pack/iets.anders", MAINTAIN_STALE_S + 60);
	assert_int_equal(prune(s).temporary, 2);
	assert_false(has_file(s, "objects/pack/tmp_pack_oud"));
	assert_true(has_file(s, "objects/pack/tmp_pack_nieuw"));
	assert_true(has_file(s, "objects/pack/iets.anders"));
}

static void
read_all(struct space *s, struct repo *r, const struct repo_id *ids, int n)
{
	struct buf text = BUF_INIT;
	char expect[32];
	int i;

	for (i = 0; i < n; i++) {
		buf_reset(&text);
		if (snap_read(r, &ids[i], "themas/a.md", &text, NULL, &s->err))
			fail_msg("round %d: %s", i, s->err.msg);
		(void)snprintf(expect, sizeof(expect), "Tekst %d.\n", i);
		assert_string_equal(text.ptr, expect);
	}
	buf_release(&text);
}

/* Handles that were opened before know nothing of what replaces what. */
static void
test_maintain__open_handles_read_on(void **state)
{
	enum { ROUNDS = 24, EACH = 3 };
	struct space *s = *state;
	struct repo_id ids[ROUNDS * EACH];
	struct repo *old[ROUNDS];
	char text[32];
	int i, j;

	for (i = 0; i < ROUNDS; i++) {
		for (j = i * EACH; j < (i + 1) * EACH; j++) {
			(void)snprintf(text, sizeof(text), "Tekst %d.\n", j);
			assert_int_equal(
				space_save(s, "themas/a.md", text, &ids[j]), 0);
		}
		assert_int_equal(repo_open(&old[i], s->path, &s->err), 0);
		read_all(s, old[i], ids, (i + 1) * EACH);
		pack(s);
		if (i % 2)
			read_all(s, old[i / 2], ids, (i + 1) * EACH);
		(void)prune(s);
		read_all(s, s->repo, ids, (i + 1) * EACH);
		read_all(s, old[i / 3], ids, (i + 1) * EACH);
	}
	for (i = 0; i < ROUNDS; i++) {
		read_all(s, old[i], ids, ROUNDS * EACH);
		repo_close(old[i]);
	}
	judge(s);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, space_setup, space_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_maintain__counts),
		TEST(test_maintain__only_what_is_packed_goes),
		TEST(test_maintain__objects_without_a_ref_stay),
		TEST(test_maintain__packs_that_another_holds_go),
		TEST(test_maintain__a_kept_pack_stays),
		TEST(test_maintain__a_damaged_pack_stops_it),
		TEST(test_maintain__nothing_goes_while_somebody_holds_it),
		TEST(test_maintain__only_old_temporaries_go),
		TEST(test_maintain__open_handles_read_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
