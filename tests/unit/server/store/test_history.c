/* test_history.c - walking main, and finding what is wrong with it. */
#include "space.h"

#include <sys/stat.h>

#include "loosen.h"
#include "store/history.h"

static const struct repo_id none = { "" };

/* "subject: +appeared ~changed -vanished" for each commit. */
static int
gather(void *ctx, const struct history_commit *c)
{
	struct buf *b = ctx;
	size_t i;

	assert_int_equal(strlen(c->id.hex), REPO_ID_LEN);
	assert_string_equal(c->author_name, "Ada de Vries");
	assert_string_equal(c->author_mail, "ada@agenda.example.nl");
	assert_int_equal(c->when, SPACE_WHEN);
	assert_int_equal(strncmp(c->message, "opmerking\n", 10), 0);
	for (i = 0; i < c->n_changes; i++) {
		if (c->changes[i].blob.hex[0] == '\0')
			assert_false(c->changes[i].appeared);
		buf_printf(b, "%s%c%s", i ? " " : "",
			   c->changes[i].appeared	       ? '+'
			   : c->changes[i].blob.hex[0] == '\0' ? '-'
							       : '~',
			   c->changes[i].path);
	}
	buf_char(b, '\n');
	return strstr(b->ptr, "stop") ? 5 : 0;
}

static void
save(struct space *s, const char *path, const char *text, struct repo_id *id)
{
	assert_int_equal(space_save(s, path, text, id), 0);
}

static void
test_history__walks_from_old_to_new(void **state)
{
	struct space *s = *state;
	struct buf seen = BUF_INIT;
	struct repo_id id[5];
	struct edit e = space_edit("begrippen/b.md", "b\n");
	struct txn *t = NULL;

	save(s, "index.md", "1\n", &id[0]);
	save(s, "themas/a.md", "a\n", &id[1]);
	save(s, "index.md", "2\n", &id[2]);
	assert_int_equal(txn_begin(&t, s->repo, &s->err), 0);
	assert_int_equal(txn_stage(t, "themas/a.md", NULL, 0, &s->err), 0);
	assert_int_equal(txn_edit(t, &e, &id[3], &s->err), 0);
	assert_int_equal(txn_commit(t, &s->err), 0);
	assert_int_equal(
		history_walk(s->repo, &none, &id[3], gather, &seen, &s->err),
		0);
	assert_string_equal(seen.ptr, "+index.md\n+themas/a.md\n~index.md\n"
				      "+begrippen/b.md -themas/a.md\n");
	buf_reset(&seen);
	assert_int_equal(
		history_walk(s->repo, &id[1], &id[3], gather, &seen, &s->err),
		0);
	assert_string_equal(seen.ptr,
			    "~index.md\n+begrippen/b.md -themas/a.md\n");
	buf_reset(&seen);
	assert_int_equal(
		history_walk(s->repo, &id[3], &id[3], gather, &seen, &s->err),
		0);
	assert_string_equal(seen.ptr, "");
	buf_release(&seen);
}

/* A hurry must not show: for what is packed, nor for what is not. */
static void
assert_hurried(struct space *s, const struct repo_id *to, const char *want)
{
	struct buf seen = BUF_INIT;
	struct repo *r = NULL;

	assert_int_equal(repo_open(&r, s->path, &s->err), 0);
	repo_hurry(r, true);
	assert_int_equal(history_walk(r, &none, to, gather, &seen, &s->err), 0);
	assert_string_equal(seen.ptr, want);
	repo_hurry(r, false);
	repo_close(r);
	buf_release(&seen);
}

static void
test_history__walks_the_same_in_a_hurry(void **state)
{
	static const char want[] = "+index.md\n+themas/a.md\n~index.md\n";
	struct space *s = *state;
	struct repo_id id;

	save(s, "index.md", "1\n", NULL);
	save(s, "themas/a.md", "a\n", NULL);
	save(s, "index.md", "2\n", &id);
	assert_hurried(s, &id, want);
	assert_true(loosen(s->path));
	assert_hurried(s, &id, want);
}

static void
test_history__walks_an_empty_space(void **state)
{
	struct space *s = *state;
	struct buf seen = BUF_INIT;

	assert_int_equal(
		history_walk(s->repo, &none, &none, gather, &seen, &s->err), 0);
	assert_int_equal(seen.len, 0);
}

static void
test_history__needs_an_ancestor_to_start_from(void **state)
{
	struct space *s = *state;
	struct repo_id a, b, absent;
	struct buf seen = BUF_INIT;

	save(s, "index.md", "1\n", &a);
	save(s, "index.md", "2\n", &b);
	memset(absent.hex, 'a', REPO_ID_LEN);
	absent.hex[REPO_ID_LEN] = '\0';
	assert_int_equal(history_walk(s->repo, &b, &a, gather, &seen, &s->err),
			 PLEIN_ENOTFOUND);
	assert_int_equal(
		history_walk(s->repo, &absent, &b, gather, &seen, &s->err),
		PLEIN_ENOTFOUND);
	assert_int_equal(
		history_walk(s->repo, &none, &absent, gather, &seen, &s->err),
		PLEIN_ENOTFOUND);
	assert_int_equal(
		history_walk(s->repo, &a, &none, gather, &seen, &s->err),
		PLEIN_ENOTFOUND);
	assert_int_equal(seen.len, 0);
}

static void
test_history__stops_when_told(void **state)
{
	struct space *s = *state;
	struct buf seen = BUF_INIT;
	struct repo_id id;

	save(s, "index.md", "1\n", NULL);
	save(s, "themas/stop.md", "2\n", NULL);
	save(s, "index.md", "3\n", &id);
	assert_int_equal(
		history_walk(s->repo, &none, &id, gather, &seen, &s->err), 5);
	assert_string_equal(seen.ptr, "+index.md\n+themas/stop.md\n");
	buf_release(&seen);
}

/* How many problems; the first is copied to s->err.msg. */
static size_t
count_problems(struct space *s)
{
	struct vec problems = VEC_INIT;
	size_t n;

	assert_int_equal(history_verify(s->repo, &problems, &s->err), 0);
	n = problems.len;
	if (n > 0)
		(void)snprintf(s->err.msg, sizeof s->err.msg, "%s",
			       (const char *)problems.items[0]);
	vec_release(&problems, free);
	return n;
}

static void
test_history__finds_nothing_wrong_with_what_is_right(void **state)
{
	struct space *s = *state;

	assert_int_equal(count_problems(s), 0);
	save(s, "index.md", "1\n", NULL);
	save(s, "themas/a.md", "a\n", NULL);
	save(s, "themas/a.md", NULL, NULL);
	save(s, "themas/a.md", "b\n", NULL);
	assert_int_equal(count_problems(s), 0);
}

/* Flip one bit of a file, or flip it back. */
static void
flip_bit(const char *path, long at)
{
	FILE *f;
	int c;

	assert_int_equal(chmod(path, 0600), 0);
	f = fopen(path, "r+");
	assert_non_null(f);
	assert_int_equal(fseek(f, at, SEEK_SET), 0);
	c = getc(f);
	assert_true(c != EOF);
	assert_int_equal(fseek(f, at, SEEK_SET), 0);
	assert_true(putc(c ^ 0x10, f) != EOF);
	assert_int_equal(fclose(f), 0);
}

/* Refused, or with at least one problem; anything but `0 problems`. */
static bool
is_found(struct space *s)
{
	struct vec problems = VEC_INIT;
	int rc = history_verify(s->repo, &problems, &s->err);
	bool found = rc < 0 || problems.len > 0;

	vec_release(&problems, free);
	return found;
}

/*
 * Damage one object in every byte. Some bits of a zlib stream mean nothing
 * (the padding of its last byte); what we let pass git must read too.
 */
static void
damage_object(struct space *s, const char *path)
{
	struct buf out = BUF_INIT;
	struct stat st;
	long at;

	assert_int_equal(stat(path, &st), 0);
	for (at = 0; at < (long)st.st_size; at++) {
		flip_bit(path, at);
		if (!is_found(s))
			SPACE_GIT(s, "", &out, "fsck", "--strict");
		flip_bit(path, at);
	}
	buf_release(&out);
}

static void
test_history__finds_every_damaged_object(void **state)
{
	struct space *s = *state;
	char path[SCRATCH_MAX + 100], away[SCRATCH_MAX + 100];
	struct buf ids = BUF_INIT;
	char *id, *next;
	int n = 0;

	save(s, "index.md", "1\n", NULL);
	save(s, "themas/a.md", "een tekst\n", NULL);
	save(s, "themas/b.md", "een andere\n", NULL);
	assert_true(loosen(s->path));
	SPACE_GIT(s, "", &ids, "cat-file", "--batch-all-objects",
		  "--batch-check=%(objectname)");
	(void)snprintf(away, sizeof away, "%s/away", s->dir);
	for (id = strtok_r(ids.ptr, "\n", &next); id != NULL;
	     id = strtok_r(NULL, "\n", &next), n++) {
		(void)snprintf(path, sizeof path, "%s/objects/%.2s/%s", s->path,
			       id, id + 2);
		damage_object(s, path);
		assert_int_equal(rename(path, away), 0);
		assert_true(is_found(s));
		assert_int_equal(rename(away, path), 0);
		assert_int_equal(count_problems(s), 0);
	}
	assert_int_equal(n, 11);
	buf_release(&ids);
}

/* Put a commit with this tree (as for git mktree) and these parents on main. */
static void
push_tree(struct space *s, const char *entries, const char *parent,
	  const char *second)
{
	struct buf tree = BUF_INIT, commit = BUF_INIT;

	SPACE_GIT(s, entries, &tree, "mktree", "--missing");
	if (second != NULL)
		SPACE_GIT(s, "", &commit, "commit-tree", tree.ptr, "-m", "x",
			  "-p", parent, "-p", second);
	else
		SPACE_GIT(s, "", &commit, "commit-tree", tree.ptr, "-m", "x",
			  "-p", parent);
	SPACE_GIT(s, "", &tree, "update-ref", REPO_BRANCH, commit.ptr);
	buf_release(&tree);
	buf_release(&commit);
}

static void
test_history__finds_paths_and_modes_that_may_not_be(void **state)
{
	static const struct {
		const char *entry; /* %s: a blob's id */
		const char *says;
	} rows[] = {
		{ "120000 blob %s\tindex.md\n", "mode 120000" },
		{ "100755 blob %s\tindex.md\n", "mode 100755" },
		{ "100644 blob %s\tCON.md\n", "path" },
		{ "100644 blob %s\tA\033[2J.md\n", "path" },
	};
	struct space *s = *state;
	struct buf blob = BUF_INIT, entry = BUF_INIT;
	struct repo_id first;
	size_t i;

	save(s, "index.md", "1\n", &first);
	SPACE_GIT(s, "", &blob, "rev-parse", "main:index.md");
	for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const char *at = strstr(rows[i].entry, "%s");

		buf_reset(&entry);
		buf_add(&entry, rows[i].entry, (size_t)(at - rows[i].entry));
		buf_str(&entry, blob.ptr);
		buf_str(&entry, at + 2);
		push_tree(s, entry.ptr, first.hex, NULL);
		assert_int_equal(count_problems(s), 1);
		assert_non_null(strstr(s->err.msg, rows[i].says));
		assert_null(strchr(s->err.msg, '\033'));
	}
	buf_reset(&entry);
	buf_printf(&entry, "160000 commit %s\tx.md\n", first.hex);
	push_tree(s, entry.ptr, first.hex, NULL);
	assert_true(count_problems(s) > 0);
	assert_non_null(strstr(s->err.msg, "mode 160000"));
	buf_release(&blob);
	buf_release(&entry);
}

static void
test_history__finds_a_merge(void **state)
{
	struct space *s = *state;
	struct buf entry = BUF_INIT;
	struct repo_id a, b;

	save(s, "index.md", "1\n", &a);
	save(s, "index.md", "2\n", &b);
	SPACE_GIT(s, "", &entry, "ls-tree", "main");
	buf_char(&entry, '\n');
	push_tree(s, entry.ptr, b.hex, a.hex);
	assert_int_equal(count_problems(s), 1);
	assert_non_null(strstr(s->err.msg, "merge"));
	buf_release(&entry);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, space_setup, space_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_history__walks_from_old_to_new),
		TEST(test_history__walks_the_same_in_a_hurry),
		TEST(test_history__walks_an_empty_space),
		TEST(test_history__needs_an_ancestor_to_start_from),
		TEST(test_history__stops_when_told),
		TEST(test_history__finds_nothing_wrong_with_what_is_right),
		TEST(test_history__finds_every_damaged_object),
		TEST(test_history__finds_paths_and_modes_that_may_not_be),
		TEST(test_history__finds_a_merge),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
