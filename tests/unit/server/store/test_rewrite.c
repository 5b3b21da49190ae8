/* test_rewrite.c - main made anew: what changes, and what must not. */
#include "space.h"

#include "plein/fs.h"
#include "store/exchange.h"
#include "store/maintain.h"
#include "store/rewrite.h"
#include "store/scan.h"
#include "store/snap.h"

#define SECRET "geheim"

struct made {
	struct space *s;
	char path[SCRATCH_MAX + 16];
	const char *only; /* folder, or NULL */
	const char *rename; /* a.md, to this; or NULL */
	int n_became, n_files;
	struct rewrite_rules rules;
};

static bool
enters(void *ctx, const char *folder)
{
	const struct made *m = ctx;

	return !m->only || strncmp(m->only, folder, strlen(folder)) == 0 ||
	       strncmp(folder, m->only, strlen(m->only)) == 0;
}

static int
change_file(void *ctx, const char *path, const struct repo_id *blob,
	    struct buf *text, struct err *err)
{
	struct made *m = ctx;
	struct buf was = BUF_INIT;
	int rc = snap_blob(m->s->repo, blob, &was, err);

	if (rc == 0 && strstr(was.ptr, SECRET) &&
	    (!m->only || strncmp(path, m->only, strlen(m->only)) == 0)) {
		m->n_files++;
		buf_printf(text, "weg, %zu\n", was.len);
		rc = 1;
	}
	buf_release(&was);
	return rc;
}

static int
change_message(void *ctx, const char *message, size_t len, struct buf *text,
	       struct err *err)
{
	(void)ctx;
	(void)err;
	if (!memmem(message, len, SECRET, strlen(SECRET)))
		return 0;
	buf_str(text, "een ander bericht\n");
	return 1;
}

static bool
change_name(void *ctx, const char *folder, const char *name, bool is_folder,
	    struct buf *text)
{
	const struct made *m = ctx;

	if (!m->rename || strcmp(folder, "themas/") != 0 ||
	    strcmp(name, "a.md") != 0)
		return false;
	assert_false(is_folder);
	buf_str(text, m->rename);
	return true;
}

static int
count_became(void *ctx, const struct repo_id *old, const struct repo_id *now,
	     struct err *err)
{
	struct made *m = ctx;

	(void)err;
	assert_string_not_equal(old->hex, now->hex);
	m->n_became++;
	return 0;
}

static void
begin(struct made *m, struct space *s, const char *only)
{
	memset(m, 0, sizeof(*m));
	m->s = s;
	m->only = only;
	(void)snprintf(m->path, sizeof(m->path), "%s/nieuw.git", s->dir);
	assert_int_equal(repo_create(m->path, &s->err), 0);
}

static int
open_rewrite(struct made *m, struct rewrite **w, bool alone)
{
	m->rules = (struct rewrite_rules){ m,		enters,
					   change_file, change_message,
					   change_name, count_became };
	return rewrite_open(w, m->s->repo, m->path, alone, &m->rules,
			    &m->s->err);
}

static struct repo_id
rewrite(struct made *m, bool alone, const struct repo_id *after,
	const struct repo_id *now)
{
	struct repo_id tip, made = { "" };
	struct rewrite *w = NULL;
	struct err *err = &m->s->err;

	assert_int_equal(repo_ref_read(m->s->repo, &tip, err), 0);
	assert_int_equal(open_rewrite(m, &w, alone), 0);
	if (rewrite_run(w, after, now, &tip, &made, err))
		fail_msg("%s", err->msg);
	rewrite_close(w);
	return made;
}

static void
set_main(struct made *m, const struct repo_id *from, const struct repo_id *to)
{
	struct repo *r = NULL;

	assert_int_equal(repo_open(&r, m->path, &m->s->err), 0);
	assert_int_equal(repo_ref_swap(r, from, to, &m->s->err), 0);
	repo_close(r);
}

/* `more`: words separated by blanks, but for a form of `log`. */
static void
expect_git(const char *path, const char *arg, const char *more,
	   const char *expected)
{
	const char *args[8] = { arg };
	char *words = strdup(more), *save = NULL;
	struct buf out = BUF_INIT;
	struct space other;
	size_t n = 1;

	(void)snprintf(other.path, sizeof(other.path), "%s", path);
	if (strcmp(arg, "log") == 0)
		args[n++] = words;
	else
		for (args[n] = strtok_r(words, " ", &save); args[n];)
			args[++n] = strtok_r(NULL, " ", &save);
	assert_int_equal(space_git(&other, args, "", &out), 0);
	if (strcmp(out.ptr, expected) != 0)
		fail_msg("git %s %s: %s\ninstead of: %s", arg, more, out.ptr,
			 expected);
	buf_release(&out);
	free(words);
}

static const struct repo_id none = { "" };

static void
save_four(struct space *s)
{
	assert_int_equal(space_save(s, "themas/a.md", "een\n", NULL), 0);
	assert_int_equal(space_save(s, "themas/a.md", SECRET " 1\n", NULL), 0);
	assert_int_equal(space_save(s, "hulp/b.md", SECRET " b\n", NULL), 0);
	assert_int_equal(space_save(s, "themas/a.md", SECRET " 22\n", NULL), 0);
}

static void
test_rewrite__everything_else_keeps_its_bytes(void **state)
{
	static const char form[] = "--format=%an %ae %at %cn %ce %ct %s";
	struct space *s = *state;
	struct made m;
	struct repo_id made;
	struct buf was = BUF_INIT;

	save_four(s);
	begin(&m, s, NULL);
	made = rewrite(&m, true, &none, &none);
	set_main(&m, &none, &made);
	assert_int_equal(m.n_became, 3); /* the first one held nothing */
	SPACE_GIT(s, "", &was, "log", "--format=%an %ae %at %cn %ce %ct %s",
		  "main");
	buf_char(&was, '\n');
	expect_git(m.path, "log", form, was.ptr);
	expect_git(m.path, "show", "main:themas/a.md", "weg, 10\n");
	expect_git(m.path, "show", "main~1:hulp/b.md", "weg, 9\n");
	expect_git(m.path, "show", "main~3:themas/a.md", "een\n");
	expect_git(m.path, "fsck", "--strict --full --no-dangling", "");
	buf_release(&was);
}

static void
test_rewrite__stays_in_the_folders_it_may_enter(void **state)
{
	struct space *s = *state;
	struct made m;
	struct repo_id made;

	save_four(s);
	begin(&m, s, "themas/");
	made = rewrite(&m, true, &none, &none);
	set_main(&m, &none, &made);
	expect_git(m.path, "show", "main:hulp/b.md", SECRET " b\n");
	expect_git(m.path, "show", "main:themas/a.md", "weg, 10\n");
	expect_git(m.path, "fsck", "--strict --full --no-dangling", "");
}

/* git wants the names of a folder in order. */
static void
test_rewrite__gives_other_names(void **state)
{
	struct space *s = *state;
	struct made m;
	struct repo_id made;

	save_four(s);
	assert_int_equal(space_save(s, "themas/b.md", "twee\n", NULL), 0);
	assert_int_equal(space_save(s, "hulp/a.md", "drie\n", NULL), 0);
	begin(&m, s, NULL);
	m.rename = "z.md";
	made = rewrite(&m, true, &none, &none);
	set_main(&m, &none, &made);
	expect_git(m.path, "ls-tree", "-r --name-only main",
		   "hulp/a.md\nhulp/b.md\nthemas/b.md\nthemas/z.md\n");
	expect_git(m.path, "ls-tree", "-r --name-only main~5", "themas/z.md\n");
	expect_git(m.path, "show", "main~5:themas/z.md", "een\n");
	expect_git(m.path, "fsck", "--strict --full --no-dangling", "");
}

static void
test_rewrite__takes_no_name_from_another(void **state)
{
	struct space *s = *state;
	struct repo_id tip, made;
	struct rewrite *w = NULL;
	struct made m;

	save_four(s);
	assert_int_equal(space_save(s, "themas/b.md", "twee\n", NULL), 0);
	begin(&m, s, NULL);
	m.rename = "b.md";
	assert_int_equal(repo_ref_read(s->repo, &tip, &s->err), 0);
	assert_int_equal(open_rewrite(&m, &w, true), 0);
	assert_int_equal(rewrite_run(w, &none, &none, &tip, &made, &s->err),
			 PLEIN_EEXISTS);
	rewrite_close(w);
}

static void
test_rewrite__goes_on_where_it_was(void **state)
{
	struct space *s = *state;
	struct made m;
	struct repo_id first, tip, made;

	save_four(s);
	assert_int_equal(repo_ref_read(s->repo, &tip, &s->err), 0);
	begin(&m, s, NULL);
	first = rewrite(&m, true, &none, &none);
	set_main(&m, &none, &first);
	assert_int_equal(space_save(s, "hulp/c.md", "drie\n", NULL), 0);
	made = rewrite(&m, true, &tip, &first);
	set_main(&m, &first, &made);
	assert_int_equal(m.n_became, 4);
	expect_git(m.path, "rev-list", "--count main", "5\n");
	expect_git(m.path, "show", "main:hulp/c.md", "drie\n");
	expect_git(m.path, "show", "main:themas/a.md", "weg, 10\n");
	expect_git(m.path, "fsck", "--strict --full --no-dangling", "");
}

static void
test_rewrite__borrows_until_git_packed_it(void **state)
{
	struct space *s = *state;
	struct made m;
	struct repo_id made, old;
	struct scan *scan = NULL;

	save_four(s);
	assert_int_equal(repo_ref_read(s->repo, &old, &s->err), 0);
	begin(&m, s, NULL);
	assert_int_equal(rewrite_borrow(m.path, "agenda.git", &s->err), 0);
	made = rewrite(&m, false, &none, &none);
	set_main(&m, &none, &made);
	expect_git(m.path, "repack", "-q -a -d", "");
	assert_int_equal(rewrite_return(m.path, &s->err), 0);
	expect_git(m.path, "fsck", "--strict --full", "");
	expect_git(m.path, "show", "main~3:themas/a.md", "een\n");
	assert_int_equal(scan_open(&scan, m.path, &s->err), 0);
	assert_true(scan_has(scan, &made));
	assert_false(scan_has(scan, &old));
	scan_close(scan);
}

static void
test_rewrite__of_what_does_not_follow_is_refused(void **state)
{
	const struct rewrite_rules rules = { NULL };
	const struct repo_id other = { "1234567890123456789012345678901234567"
				       "890" };
	struct space *s = *state;
	struct repo_id tip, made;
	struct rewrite *w = NULL;
	struct made m;

	save_four(s);
	begin(&m, s, NULL);
	assert_int_equal(
		rewrite_open(&w, s->repo, m.path, true, &rules, &s->err), 0);
	assert_int_equal(repo_ref_read(s->repo, &tip, &s->err), 0);
	assert_int_equal(rewrite_run(w, &other, &other, &tip, &made, &s->err),
			 PLEIN_ENOTFOUND);
	rewrite_close(w);
}

static int
count_object(void *ctx, const struct scan_object *o)
{
	int *n = ctx;

	*n += o->is_file && memmem(o->data, o->len, SECRET, strlen(SECRET));
	return 0;
}

static void
test_scan__reads_what_nothing_refers_to(void **state)
{
	struct space *s = *state;
	struct scan *scan = NULL;
	int n = 0;

	save_four(s);
	expect_git(s->path, "update-ref", "refs/heads/main main~3", "");
	assert_int_equal(scan_open(&scan, s->path, &s->err), 0);
	assert_int_equal(scan_all(scan, count_object, &n, &s->err), 0);
	assert_int_equal(n, 3);
	scan_close(scan);
}

static void
test_exchange__takes_the_name_unless_somebody_reads(void **state)
{
	struct space *s = *state;
	struct made m;
	int hold;

	save_four(s);
	begin(&m, s, NULL);
	hold = maintain_hold(s->path, &s->err);
	assert_true(hold >= 0);
	assert_int_equal(exchange_folders(s->path, m.path, &s->err),
			 PLEIN_EBUSY);
	expect_git(s->path, "rev-list", "--count main", "4\n");
	(void)close(hold);
	assert_int_equal(exchange_folders(s->path, m.path, &s->err), 0);
	expect_git(m.path, "rev-list", "--count main", "4\n");
	assert_int_equal(exchange_remove(s->path, &s->err), 0);
	assert_int_not_equal(access(s->path, F_OK), 0);
	assert_int_equal(exchange_remove(s->path, &s->err), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			test_rewrite__everything_else_keeps_its_bytes,
			space_setup, space_teardown),
		cmocka_unit_test_setup_teardown(
			test_rewrite__stays_in_the_folders_it_may_enter,
			space_setup, space_teardown),
		cmocka_unit_test_setup_teardown(test_rewrite__gives_other_names,
						space_setup, space_teardown),
		cmocka_unit_test_setup_teardown(
			test_rewrite__takes_no_name_from_another, space_setup,
			space_teardown),
		cmocka_unit_test_setup_teardown(
			test_rewrite__goes_on_where_it_was, space_setup,
			space_teardown),
		cmocka_unit_test_setup_teardown(
			test_rewrite__borrows_until_git_packed_it, space_setup,
			space_teardown),
		cmocka_unit_test_setup_teardown(
			test_rewrite__of_what_does_not_follow_is_refused,
			space_setup, space_teardown),
		cmocka_unit_test_setup_teardown(
			test_scan__reads_what_nothing_refers_to, space_setup,
			space_teardown),
		cmocka_unit_test_setup_teardown(
			test_exchange__takes_the_name_unless_somebody_reads,
			space_setup, space_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
