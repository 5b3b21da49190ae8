/* test_txn.c - batches of edits. */
#include "space.h"

#include <signal.h>
#include <sys/resource.h>

#include "store/snap.h"

static void
begin(struct space *s, struct txn **t)
{
	assert_int_equal(txn_begin(t, s->repo, &s->err), 0);
}

static int
edit(struct space *s, struct txn *t, const char *path, const char *text,
     struct repo_id *id)
{
	struct edit e = space_edit(path, text);

	return txn_edit(t, &e, id, &s->err);
}

static void
assert_text(struct space *s, const struct repo_id *at, const char *path,
	    const char *want)
{
	struct buf text = BUF_INIT;
	int rc = snap_read(s->repo, at, path, &text, NULL, &s->err);

	if (want == NULL) {
		assert_int_equal(rc, PLEIN_ENOTFOUND);
	} else {
		assert_int_equal(rc, 0);
		assert_string_equal(text.ptr, want);
	}
	buf_release(&text);
}

static void
assert_sound(struct space *s)
{
	struct buf out = BUF_INIT;

	SPACE_GIT(s, "", &out, "fsck", "--strict", "--no-dangling");
	buf_release(&out);
}

static void
test_txn__makes_a_commit_that_git_reads(void **state)
{
	struct space *s = *state;
	struct buf out = BUF_INIT;
	struct repo_id id;

	assert_int_equal(setenv("TZ", "Europe/Amsterdam", 1), 0);
	assert_int_equal(space_save(s, "themas/wifi.md", "hé\n", &id), 0);
	SPACE_GIT(s, "", &out, "log", "-1", "--date=iso",
		  "--format=%H|%an|%ae|%cn|%ce|%ct|%P|%B", "main");
	assert_memory_equal(out.ptr, id.hex, REPO_ID_LEN);
	assert_string_equal(out.ptr + REPO_ID_LEN,
			    "|Ada de Vries|ada@agenda.example.nl|Plein"
			    "|plein@agenda.example.nl|1700000000||opmerking\n"
			    "\nPlein-Action: save\n");
	SPACE_GIT(s, "", &out, "show", "main:themas/wifi.md");
	assert_string_equal(out.ptr, "hé");
	SPACE_GIT(s, "", &out, "ls-tree", "-r", "main");
	assert_memory_equal(out.ptr, "100644 blob", 11);
	assert_sound(s);
	buf_release(&out);
}

static void
test_txn__shows_nothing_before_it_commits(void **state)
{
	struct space *s = *state;
	struct repo_id id, tip;
	struct txn *t = NULL;

	begin(s, &t);
	assert_int_equal(edit(s, t, "index.md", "1\n", &id), 0);
	assert_string_equal(txn_base(t)->hex, "");
	assert_string_equal(txn_tip(t)->hex, id.hex);
	assert_int_equal(repo_ref_read(s->repo, &tip, &s->err), 0);
	assert_string_equal(tip.hex, "");
	assert_int_equal(txn_commit(t, &s->err), 0);
	assert_int_equal(repo_ref_read(s->repo, &tip, &s->err), 0);
	assert_string_equal(tip.hex, id.hex);
}

static void
test_txn__forgets_a_batch(void **state)
{
	struct space *s = *state;
	struct repo_id first, id, tip;
	struct txn *t = NULL;

	assert_int_equal(space_save(s, "index.md", "1\n", &first), 0);
	begin(s, &t);
	assert_int_equal(edit(s, t, "index.md", "2\n", &id), 0);
	assert_int_equal(txn_stage(t, "themas/a.md", "a\n", 2, &s->err), 0);
	txn_abort(t);
	txn_abort(NULL);
	assert_int_equal(repo_ref_read(s->repo, &tip, &s->err), 0);
	assert_string_equal(tip.hex, first.hex);
	assert_int_equal(space_save(s, "index.md", "3\n", &id), 0);
	assert_text(s, &id, "index.md", "3\n");
	assert_text(s, &id, "themas/a.md", NULL);
}

static void
test_txn__chains_the_commits_of_a_batch(void **state)
{
	struct space *s = *state;
	struct buf out = BUF_INIT;
	struct repo_id id[3];
	struct txn *t = NULL;

	begin(s, &t);
	assert_int_equal(edit(s, t, "themas/a.md", "a\n", &id[0]), 0);
	assert_int_equal(edit(s, t, "themas/b.md", "b\n", &id[1]), 0);
	assert_int_equal(edit(s, t, "themas/a.md", "aa\n", &id[2]), 0);
	assert_int_equal(txn_commit(t, &s->err), 0);
	assert_text(s, &id[0], "themas/b.md", NULL);
	assert_text(s, &id[1], "themas/a.md", "a\n");
	assert_text(s, &id[2], "themas/a.md", "aa\n");
	assert_text(s, &id[2], "themas/b.md", "b\n");
	SPACE_GIT(s, "", &out, "rev-list", "--count", "main");
	assert_string_equal(out.ptr, "3");
	assert_sound(s);
	buf_release(&out);
}

static void
test_txn__tells_what_a_commit_changed(void **state)
{
	struct space *s = *state;
	struct edit e = space_edit(NULL, NULL);
	const struct history_change *changes;
	struct repo_id id;
	struct txn *t = NULL;
	size_t n;

	assert_int_equal(space_save(s, "themas/a.md", "a\n", &id), 0);
	begin(s, &t);
	assert_int_equal(txn_stage(t, "themas/a.md", NULL, 0, &s->err), 0);
	assert_int_equal(txn_stage(t, "themas/b.md", "a\n", 2, &s->err), 0);
	assert_int_equal(txn_edit(t, &e, &id, &s->err), 0);
	changes = txn_changes(t, &n);
	assert_int_equal(n, 2);
	assert_string_equal(changes[0].path, "themas/a.md");
	assert_string_equal(changes[0].blob.hex, "");
	assert_false(changes[0].appeared);
	assert_string_equal(changes[1].path, "themas/b.md");
	assert_string_equal(changes[1].blob.hex,
			    "78981922613b2afb6025042ff6bd878ac1994e85");
	assert_true(changes[1].appeared);
	assert_int_equal(edit(s, t, "themas/b.md", "b\n", &id), 0);
	changes = txn_changes(t, &n);
	assert_int_equal(n, 1);
	assert_false(changes[0].appeared);
	assert_int_equal(txn_stage(t, "themas/c.md", "c\n", 2, &s->err), 0);
	txn_unstage(t);
	assert_int_equal(txn_edit(t, &e, &id, &s->err), PLEIN_ESAME);
	assert_int_equal(txn_commit(t, &s->err), 0);
}

static void
test_txn__refuses_an_edit_that_changes_nothing(void **state)
{
	struct space *s = *state;
	struct repo_id id, tip;
	struct txn *t = NULL;

	assert_int_equal(space_save(s, "index.md", "1\n", &id), 0);
	assert_int_equal(space_save(s, "index.md", "1\n", NULL), PLEIN_ESAME);
	begin(s, &t);
	assert_int_equal(edit(s, t, "themas/a.md", "a\n", &tip), 0);
	assert_int_equal(edit(s, t, "themas/a.md", "a\n", &tip), PLEIN_ESAME);
	txn_abort(t);
	assert_int_equal(repo_ref_read(s->repo, &tip, &s->err), 0);
	assert_string_equal(tip.hex, id.hex);
}

static void
test_txn__staging_there_and_back_is_no_change(void **state)
{
	struct space *s = *state;
	struct repo_id id;
	struct txn *t = NULL;

	assert_int_equal(space_save(s, "index.md", "1\n", &id), 0);
	begin(s, &t);
	assert_int_equal(txn_stage(t, "index.md", "2\n", 2, &s->err), 0);
	assert_int_equal(edit(s, t, "index.md", "1\n", &id), PLEIN_ESAME);
	txn_abort(t);
}

static void
test_txn__takes_a_file_away(void **state)
{
	struct space *s = *state;
	struct buf out = BUF_INIT;
	struct repo_id id;

	assert_int_equal(space_save(s, "index.md", "1\n", NULL), 0);
	assert_int_equal(space_save(s, "themas/a.md", "a\n", NULL), 0);
	assert_int_equal(space_save(s, "themas/a.md", NULL, &id), 0);
	assert_text(s, &id, "themas/a.md", NULL);
	SPACE_GIT(s, "", &out, "ls-tree", "--name-only", "main");
	assert_string_equal(out.ptr, "index.md");
	assert_int_equal(space_save(s, "themas/a.md", NULL, NULL),
			 PLEIN_ENOTFOUND);
	assert_int_equal(space_save(s, "themas/a.md", "b\n", &id), 0);
	assert_text(s, &id, "themas/a.md", "b\n");
	assert_sound(s);
	buf_release(&out);
}

static void
test_txn__puts_staged_files_into_one_commit(void **state)
{
	struct space *s = *state;
	struct buf out = BUF_INIT;
	struct repo_id id;
	struct txn *t = NULL;

	assert_int_equal(space_save(s, "themas/oud.md", "t\n", NULL), 0);
	begin(s, &t);
	assert_int_equal(txn_stage(t, "themas/oud.md", NULL, 0, &s->err), 0);
	assert_int_equal(txn_stage(t, "bronnen.yml", "- x\n", 4, &s->err), 0);
	assert_int_equal(edit(s, t, "begrippen/nieuw.md", "t2\n", &id), 0);
	assert_int_equal(txn_commit(t, &s->err), 0);
	SPACE_GIT(s, "", &out, "ls-tree", "-r", "--name-only", "main");
	assert_string_equal(out.ptr, "begrippen/nieuw.md\nbronnen.yml");
	SPACE_GIT(s, "", &out, "rev-list", "--count", "main");
	assert_string_equal(out.ptr, "2");
	assert_sound(s);
	buf_release(&out);
}

/* As git names the two texts. */
static void
test_txn__finds_what_the_batch_has(void **state)
{
	struct space *s = *state;
	struct repo_id id;
	struct txn *t = NULL;

	assert_int_equal(space_save(s, "index.md", "1\n", NULL), 0);
	begin(s, &t);
	assert_int_equal(txn_find(t, "index.md", &id, &s->err), 0);
	assert_string_equal(id.hex, "d00491fd7e5bb6fa28c517a0bb32b8b506539d4d");
	assert_int_equal(txn_stage(t, "index.md", "2\n", 2, &s->err), 0);
	assert_int_equal(txn_find(t, "index.md", &id, &s->err), 0);
	assert_string_equal(id.hex, "0cfbf08886fca9a91cb753ec8734c84fcbe52c9f");
	assert_int_equal(txn_find(t, "themas/x.md", &id, &s->err),
			 PLEIN_ENOTFOUND);
	assert_int_equal(txn_find(t, "index.md/x.md", &id, &s->err),
			 PLEIN_ENOTFOUND);
	txn_abort(t);
}

static void
test_txn__stands_as_before_after_a_refused_edit(void **state)
{
	static const char *const bad[] = {
		"../x.md", ".git/config", "themas/A.md", "/etc/x", "",
	};
	struct space *s = *state;
	struct repo_id id;
	struct edit e;
	struct txn *t = NULL;
	size_t i;

	begin(s, &t);
	assert_int_equal(txn_stage(t, "index.md", "i\n", 2, &s->err), 0);
	for (i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_int_equal(edit(s, t, bad[i], "x\n", &id), PLEIN_ERULE);
	e = space_edit("themas/a.md", "x\n");
	e.author_name = "<>";
	assert_int_equal(txn_edit(t, &e, &id, &s->err), PLEIN_ERULE);
	assert_int_equal(edit(s, t, "themas/b.md", "b\n", &id), 0);
	assert_int_equal(txn_commit(t, &s->err), 0);
	assert_text(s, &id, "index.md", "i\n");
	assert_text(s, &id, "themas/a.md", NULL);
	assert_text(s, &id, "themas/b.md", "b\n");
	assert_sound(s);
}

static void
test_txn__never_goes_back_in_time(void **state)
{
	struct space *s = *state;
	struct buf out = BUF_INIT;
	struct repo_id id;
	struct edit e = space_edit("index.md", "2\n");
	struct txn *t = NULL;

	assert_int_equal(space_save(s, "index.md", "1\n", NULL), 0);
	begin(s, &t);
	e.when = SPACE_WHEN - 3600;
	assert_int_equal(txn_edit(t, &e, &id, &s->err), 0);
	assert_int_equal(txn_commit(t, &s->err), 0);
	SPACE_GIT(s, "", &out, "log", "-1", "--format=%at %ct", "main");
	assert_string_equal(out.ptr, "1699996400 1700000000");
	buf_release(&out);
}

static void
test_txn__loses_a_race_without_harm(void **state)
{
	struct space *s = *state;
	struct space other = *s;
	struct repo_id mine, theirs, tip;
	struct txn *t = NULL;

	assert_int_equal(space_save(s, "index.md", "1\n", NULL), 0);
	assert_int_equal(repo_open(&other.repo, s->path, &s->err), 0);
	begin(s, &t);
	assert_int_equal(edit(s, t, "themas/a.md", "a\n", &mine), 0);
	assert_int_equal(space_save(&other, "themas/b.md", "b\n", &theirs), 0);
	assert_int_equal(txn_commit(t, &s->err), PLEIN_EBUSY);
	assert_int_equal(repo_ref_read(s->repo, &tip, &s->err), 0);
	assert_string_equal(tip.hex, theirs.hex);
	assert_int_equal(space_save(s, "themas/a.md", "a\n", &mine), 0);
	assert_text(s, &mine, "themas/b.md", "b\n");
	assert_text(s, &mine, "themas/a.md", "a\n");
	repo_close(other.repo);
}

static void
test_txn__an_empty_batch_changes_nothing(void **state)
{
	struct space *s = *state;
	struct txn *t = NULL;
	struct repo_id a, b;

	assert_int_equal(space_save(s, "index.md", "1\n", &a), 0);
	begin(s, &t);
	assert_int_equal(txn_commit(t, &s->err), 0);
	assert_int_equal(repo_ref_read(s->repo, &b, &s->err), 0);
	assert_string_equal(a.hex, b.hex);
}

/* 900 names of 60 bytes: more than the 64 KiB that are not deflated. */
static void
test_txn__writes_large_folders_that_git_reads(void **state)
{
	struct space *s = *state;
	struct buf out = BUF_INIT;
	char path[80];
	struct repo_id id;
	struct txn *t = NULL;
	int i;

	begin(s, &t);
	for (i = 0; i < 900; i++) {
		(void)snprintf(path, sizeof path, "themas/%053d-%03d.md", i, i);
		assert_int_equal(txn_stage(t, path, "x\n", 2, &s->err), 0);
	}
	assert_int_equal(edit(s, t, "themas/a.md", "a\n", &id), 0);
	assert_int_equal(txn_commit(t, &s->err), 0);
	assert_int_equal(space_save(s, "themas/a.md", "b\n", &id), 0);
	assert_text(s, &id, "themas/a.md", "b\n");
	SPACE_GIT(s, "", &out, "cat-file", "-s", "main:themas");
	assert_true(strtol(out.ptr, NULL, 10) > 65536);
	SPACE_GIT(s, "", &out, "ls-tree", "-r", "--name-only", "main");
	assert_true(out.len > 901 * 14);
	assert_sound(s);
	buf_release(&out);
}

/* Page `i` of a folder of 1,500: five of the blocks that folder.h keeps. */
static void
name_page(int i, char path[40])
{
	(void)snprintf(path, 40, "themas/een-pagina-%04d.md", i);
}

/* One edit of that folder, or several; three of four pages are there. */
static void
edit_pages(struct space *s, struct txn *t, int n, unsigned *seed)
{
	struct repo_id id;
	char path[40], text[40];

	while (n-- > 0) {
		*seed = *seed * 1103515245U + 12345U;
		name_page((int)(*seed >> 16) % 750 * 2 + (*seed % 4 == 0),
			  path);
		(void)snprintf(text, sizeof text, "Tekst %u.\n", *seed);
		assert_int_equal(edit(s, t, path, text, &id), 0);
		if (*seed % 10 == 0)
			assert_int_equal(edit(s, t, path, NULL, &id), 0);
	}
}

/* The large folder is again as it was in the middle of the batch. */
static void
go_there_and_back(struct space *s, struct txn *t, int i)
{
	struct repo_id id;
	char text[40], path[40];

	(void)snprintf(text, sizeof text, "Heen %d.\n", i);
	name_page(i * 2, path);
	assert_int_equal(edit(s, t, "begrippen/a.md", text, &id), 0);
	assert_int_equal(edit(s, t, path, text, &id), 0);
	assert_int_equal(edit(s, t, path, "weg\n", &id), 0);
	assert_int_equal(edit(s, t, path, text, &id), 0);
}

/* git reads each pack and hashes each folder anew. */
static void
test_txn__saves_all_over_a_large_folder_are_sound(void **state)
{
	struct space *s = *state;
	struct txn *t = NULL;
	struct repo_id id;
	unsigned seed = 1;
	char path[40];
	int i;

	begin(s, &t);
	for (i = 0; i < 1500; i += 2) {
		name_page(i, path);
		assert_int_equal(txn_stage(t, path, "x\n", 2, &s->err), 0);
	}
	assert_int_equal(edit(s, t, "index.md", "x\n", &id), 0);
	assert_int_equal(txn_commit(t, &s->err), 0);
	for (i = 0; i < 60; i++) { /* mostly one that is alone */
		begin(s, &t);
		if (i % 7 == 0)
			go_there_and_back(s, t, i);
		else
			edit_pages(s, t, i % 5 == 0 ? 4 : 1, &seed);
		assert_int_equal(txn_commit(t, &s->err), 0);
	}
	assert_sound(s);
}

#define N_PATHS 10

/* What should be in the space, by path; 0 = no file. */
struct model {
	unsigned text[N_PATHS];
	unsigned seed;
};

static const char *const model_paths[N_PATHS] = {
	"index.md",
	"begrippen/a.md",
	"begrippen/a-b.md",
	"themas/a.md",
	"themas/a-b.md",
	"themas/a0.md",
	"vergaderingen/2025/a/index.md",
	"vergaderingen/2026/a/index.md",
	"vergaderingen/2026/b/index.md",
	"README.md",
};

static unsigned
pick(struct model *m, unsigned n)
{
	m->seed = m->seed * 1103515245U + 12345U;
	return (m->seed >> 16) % n;
}

/* One edit, or one staged change, of a random file; both sides must agree. */
static void
change_something(struct space *s, struct txn *t, struct model *m)
{
	unsigned at = pick(m, N_PATHS), text = pick(m, 4);
	const char *path = model_paths[at];
	struct repo_id id;
	char bytes[16];
	int rc;

	(void)snprintf(bytes, sizeof bytes, "%u\n", text);
	if (pick(m, 4) == 0)
		rc = txn_stage(t, path, text ? bytes : NULL,
			       text ? strlen(bytes) : 0, &s->err);
	else
		rc = edit(s, t, path, text ? bytes : NULL, &id);
	if (text == 0 && m->text[at] == 0)
		assert_int_equal(rc, PLEIN_ENOTFOUND);
	else if (rc != 0)
		assert_int_equal(rc, PLEIN_ESAME);
	if (rc == 0 || rc == PLEIN_ESAME)
		m->text[at] = text;
}

static int
compare_file(void *ctx, const char *path, const struct repo_id *blob)
{
	struct model *m = ctx;
	int i;

	(void)blob;
	for (i = 0; i < N_PATHS && strcmp(path, model_paths[i]) != 0; i++)
		;
	assert_true(i < N_PATHS);
	assert_true(m->text[i] != 0);
	m->seed++;
	return 0;
}

static void
assert_model(struct space *s, const struct model *m)
{
	struct model seen = *m;
	unsigned n = 0, i;
	struct repo_id tip;
	char bytes[16];

	assert_int_equal(repo_ref_read(s->repo, &tip, &s->err), 0);
	for (i = 0; i < N_PATHS; i++) {
		(void)snprintf(bytes, sizeof bytes, "%u\n", m->text[i]);
		n += m->text[i] != 0;
		if (tip.hex[0] != '\0')
			assert_text(s, &tip, model_paths[i],
				    m->text[i] ? bytes : NULL);
	}
	seen.seed = 0;
	if (tip.hex[0] != '\0')
		assert_int_equal(
			snap_walk(s->repo, &tip, compare_file, &seen, &s->err),
			0);
	assert_int_equal(seen.seed, n);
}

/* 120 batches, a third of them forgotten, against a plain array. */
static void
test_txn__does_what_a_plain_array_does(void **state)
{
	struct space *s = *state;
	struct model m = { { 0 }, 42 }, before;
	struct repo_id id;
	struct txn *t = NULL;
	unsigned i, n;
	char bytes[16];

	for (i = 0; i < 120; i++) {
		before = m;
		begin(s, &t);
		for (n = pick(&m, 4); n > 0; n--)
			change_something(s, t, &m);
		if (pick(&m, 3) == 0) {
			txn_abort(t);
			before.seed = m.seed;
			m = before;
		} else {
			(void)snprintf(bytes, sizeof bytes, "%u\n", i + 10);
			assert_int_equal(edit(s, t, "index.md", bytes, &id), 0);
			m.text[0] = i + 10;
			assert_int_equal(txn_commit(t, &s->err), 0);
		}
		assert_model(s, &m);
	}
	assert_sound(s);
}

static void
set_file_limit(rlim_t bytes)
{
	struct rlimit lim;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &lim), 0);
	lim.rlim_cur = bytes;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &lim), 0);
}

/* EFBIG stands in for ENOSPC: the same call fails, no disk is filled. */
static void
test_txn__tells_of_a_full_disk_and_goes_on(void **state)
{
	struct space *s = *state;
	struct repo_id first, id, tip;
	struct txn *t = NULL;
	struct rlimit lim;
	char *text = malloc(100001);
	int i;

	assert_non_null(text);
	for (i = 0; i < 100000; i++)
		text[i] = (char)('a' + rand() % 26);
	text[100000] = '\0';
	assert_true(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &lim), 0);
	assert_int_equal(space_save(s, "index.md", "1\n", &first), 0);
	begin(s, &t);
	assert_int_equal(edit(s, t, "index.md", text, &id), 0);
	set_file_limit(20000);
	assert_int_equal(txn_commit(t, &s->err), PLEIN_ENOSPACE);
	set_file_limit(lim.rlim_cur);
	assert_int_equal(repo_ref_read(s->repo, &tip, &s->err), 0);
	assert_string_equal(tip.hex, first.hex);
	begin(s, &t);
	assert_int_equal(edit(s, t, "themas/a.md", "a\n", &id), 0);
	assert_int_equal(edit(s, t, "index.md", text, &id), 0);
	assert_int_equal(txn_commit(t, &s->err), 0);
	assert_text(s, &id, "index.md", text);
	assert_text(s, &id, "themas/a.md", "a\n");
	assert_sound(s);
	free(text);
}

/* Not even the ref's 41 bytes fit. */
static void
test_txn__on_a_full_disk_main_stays(void **state)
{
	struct space *s = *state;
	struct repo_id first, id, tip;
	struct txn *t = NULL;
	struct rlimit lim;

	assert_true(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &lim), 0);
	assert_int_equal(space_save(s, "index.md", "1\n", &first), 0);
	begin(s, &t);
	assert_int_equal(edit(s, t, "index.md", "2\n", &id), 0);
	set_file_limit(10);
	assert_int_equal(txn_commit(t, &s->err), PLEIN_ENOSPACE);
	set_file_limit(lim.rlim_cur);
	assert_int_equal(repo_ref_read(s->repo, &tip, &s->err), 0);
	assert_string_equal(tip.hex, first.hex);
	assert_int_equal(space_save(s, "index.md", "3\n", &id), 0);
	assert_text(s, &id, "index.md", "3\n");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, space_setup, space_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_txn__makes_a_commit_that_git_reads),
		TEST(test_txn__shows_nothing_before_it_commits),
		TEST(test_txn__forgets_a_batch),
		TEST(test_txn__chains_the_commits_of_a_batch),
		TEST(test_txn__tells_what_a_commit_changed),
		TEST(test_txn__refuses_an_edit_that_changes_nothing),
		TEST(test_txn__staging_there_and_back_is_no_change),
		TEST(test_txn__takes_a_file_away),
		TEST(test_txn__puts_staged_files_into_one_commit),
		TEST(test_txn__finds_what_the_batch_has),
		TEST(test_txn__stands_as_before_after_a_refused_edit),
		TEST(test_txn__never_goes_back_in_time),
		TEST(test_txn__loses_a_race_without_harm),
		TEST(test_txn__an_empty_batch_changes_nothing),
		TEST(test_txn__writes_large_folders_that_git_reads),
		TEST(test_txn__saves_all_over_a_large_folder_are_sound),
		TEST(test_txn__does_what_a_plain_array_does),
		TEST(test_txn__tells_of_a_full_disk_and_goes_on),
		TEST(test_txn__on_a_full_disk_main_stays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
