/* test_erasures.c - what is known of what was erased. */
#include "state/erasures.h"

#include <fcntl.h>

#include "plein/buf.h"
#include "plein/fs.h"
#include "state/drafts.h"
#include "state/folds.h"
#include "statefile.h"

#define A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define C "cccccccccccccccccccccccccccccccccccccccc"

static int
setup(void **state)
{
	static const char *const people[] = { "ada", "bo", NULL };

	return statefile_open(state, people);
}

static int64_t
add(struct fixture *f, const char *key)
{
	const struct erasure_row row = { key, "AVG", "root", 1700000000 };
	int64_t n = 0;

	assert_int_equal(erasures_add(f->s, &row, &n, &f->err), 0);
	return n;
}

static void
put_draft(struct fixture *f, const char *address, const char *commit,
	  const char *text, const char *note)
{
	const struct draft d = { .space = "agenda",
				 .handle = (char *)"ada",
				 .address = (char *)address,
				 .base = 3,
				 .commit = (char *)commit,
				 .text = (char *)text,
				 .note = (char *)note };

	assert_int_equal(draft_put(f->s, &d, &f->err), 0);
}

static void
expect_draft(struct fixture *f, const char *address, const char *commit)
{
	struct draft d = { 0 };

	assert_int_equal(draft_get(f->s, "agenda", "ada", address, &d, &f->err),
			 0);
	assert_string_equal(d.commit, commit);
	draft_release(&d);
}

static void
expect_now(struct fixture *f, const char *commit, const char *now)
{
	struct erased e;

	assert_int_equal(
		erasures_find(f->s, ERASED_COMMIT, commit, &e, &f->err), 0);
	assert_int_equal(e.found, now != NULL);
	if (now)
		assert_string_equal(e.now, now);
	free(e.reason);
}

static void
test_erasures__commits_lead_to_what_they_are_now(void **state)
{
	struct fixture *f = *state;
	int64_t n, dropped;
	bool any = true, known = true;

	assert_int_equal(erasures_any(f->s, &any, &f->err), 0);
	assert_false(any);
	n = add(f, "k1");
	assert_int_equal(erasures_any(f->s, &any, &f->err), 0);
	assert_true(any);
	assert_int_equal(erasures_know(f->s, "k2", &known, &f->err), 0);
	assert_false(known);
	assert_int_equal(erasures_put(f->s, n, ERASED_COMMIT, A, B, &f->err),
			 0);
	assert_int_equal(erasures_follow(f->s, n, NULL, &dropped, &f->err), 0);
	expect_now(f, A, B);
	n = add(f, "k2");
	assert_int_equal(erasures_put(f->s, n, ERASED_COMMIT, B, C, &f->err),
			 0);
	assert_int_equal(erasures_follow(f->s, n, NULL, &dropped, &f->err), 0);
	expect_now(f, A, C);
	expect_now(f, B, C);
	expect_now(f, C, NULL);
}

static void
test_erasures__drafts_follow_or_go(void **state)
{
	struct fixture *f = *state;
	int64_t n = add(f, "k"), dropped = 0;
	struct draft d = { 0 };

	put_draft(f, "themas/weg", A, "tekst", NULL);
	put_draft(f, "themas/woord", A, "met geheim erin", NULL);
	put_draft(f, "themas/noot", A, "tekst", "een geheim");
	put_draft(f, "themas/blijft", A, "tekst", "noot");
	put_draft(f, "themas/nieuw", C, "tekst", NULL);
	assert_int_equal(erasures_put(f->s, n, ERASED_COMMIT, A, B, &f->err),
			 0);
	assert_int_equal(
		erasures_put(f->s, n, ERASED_PAGE, "themas/weg", NULL, &f->err),
		0);
	assert_int_equal(erasures_follow(f->s, n, "geheim", &dropped, &f->err),
			 0);
	assert_int_equal(dropped, 3);
	expect_draft(f, "themas/blijft", B);
	expect_draft(f, "themas/nieuw", C);
	assert_int_equal(
		draft_get(f->s, "agenda", "ada", "themas/noot", &d, &f->err),
		PLEIN_ENOTFOUND);
}

static void
expect_no_draft(struct fixture *f, const char *address)
{
	struct draft d = { 0 };

	assert_int_equal(draft_get(f->s, "agenda", "ada", address, &d, &f->err),
			 PLEIN_ENOTFOUND);
}

/* What people have of a page goes on under its new address. */
static void
test_erasures__an_address_becomes_another(void **state)
{
	struct fixture *f = *state;
	int64_t n = add(f, "k"), dropped = 0;
	struct erased e = { .found = false };
	struct buf open = BUF_INIT;

	put_draft(f, "themas/jan", A, "tekst", NULL);
	put_draft(f, "themas/naar", A, "zie [[themas/jan]]", NULL);
	put_draft(f, "themas/noot", A, "tekst", "over themas/jan");
	put_draft(f, "themas/jan-2", A, "zie themas/jan-2.md", NULL);
	assert_int_equal(folds_put(f->s, "agenda", "ada",
				   "themas/jan-2 themas/jan -", &f->err),
			 0);
	assert_int_equal(folds_put(f->s, "zorg", "ada", "themas/jan", &f->err),
			 0);
	assert_int_equal(
		erasures_put(f->s, n, ERASED_PAGE, "themas/jan", NULL, &f->err),
		0);
	assert_int_equal(erasures_rename(f->s, "agenda", "themas/jan",
					 "themas/naam", &dropped, &f->err),
			 0);
	assert_int_equal(dropped, 3);
	expect_no_draft(f, "themas/jan");
	expect_no_draft(f, "themas/naar");
	expect_no_draft(f, "themas/noot");
	expect_draft(f, "themas/jan-2", A);
	assert_int_equal(folds_get(f->s, "agenda", "ada", &open, &f->err), 0);
	assert_string_equal(open.ptr, "themas/jan-2 themas/naam -");
	buf_reset(&open);
	assert_int_equal(folds_get(f->s, "zorg", "ada", &open, &f->err), 0);
	assert_string_equal(open.ptr, "themas/jan");
	buf_release(&open);
	assert_int_equal(
		erasures_find(f->s, ERASED_PAGE, "themas/naam", &e, &f->err),
		0);
	assert_true(e.found);
	free(e.reason);
	assert_int_equal(
		erasures_find(f->s, ERASED_PAGE, "themas/jan", &e, &f->err), 0);
	assert_false(e.found);
	free(e.reason);
}

static bool
holds(const char *path, const char *words)
{
	struct buf all = BUF_INIT;
	bool found;

	if (fs_read_at(AT_FDCWD, path, &all, 1UL << 24, NULL))
		return false;
	found = memmem(all.ptr, all.len, words, strlen(words));
	buf_release(&all);
	return found;
}

static bool
is_in_files(const struct fixture *f, const char *words)
{
	char wal[SCRATCH_MAX + 32];

	(void)snprintf(wal, sizeof(wal), "%s-wal", f->path);
	return holds(f->path, words) || holds(wal, words);
}

static void
test_erasures__what_is_scrubbed_is_in_no_file(void **state)
{
	struct fixture *f = *state;
	int64_t n = add(f, "k"), dropped = 0;

	put_draft(f, "themas/x", NULL, "iets Zeer Geheims", NULL);
	assert_true(is_in_files(f, "Zeer Geheims"));
	assert_int_equal(
		erasures_follow(f->s, n, "Zeer Geheims", &dropped, &f->err), 0);
	assert_true(is_in_files(f, "Zeer Geheims"));
	assert_int_equal(erasures_scrub(f->s, &f->err), 0);
	assert_false(is_in_files(f, "Zeer Geheims"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			test_erasures__commits_lead_to_what_they_are_now, setup,
			statefile_close),
		cmocka_unit_test_setup_teardown(
			test_erasures__drafts_follow_or_go, setup,
			statefile_close),
		cmocka_unit_test_setup_teardown(
			test_erasures__an_address_becomes_another, setup,
			statefile_close),
		cmocka_unit_test_setup_teardown(
			test_erasures__what_is_scrubbed_is_in_no_file, setup,
			statefile_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
