/* test_diff.c - what differs between two trees, against looking at each. */
#include "store/diff.h"

#include "space.h"
#include "store/folder.h"
#include "store/libgit.h"
#include "store/pending.h"

#define NAMES 40
#define ROUNDS 300

/* Which of the names are in a tree, and with what: 0 = not there. */
struct content {
	unsigned char of[NAMES];
};

static git_oid
blob_of(unsigned char c)
{
	git_oid id;

	/* zeros, and bytes that look like entries, must mislead nobody */
	memcpy(id.id,
	       "\0"
	       "100644 x\0\0\0\0\0\0\0\0\0\0\0",
	       sizeof id.id);
	id.id[c % 2 ? 0 : sizeof id.id - 1] = c;
	return id;
}

/* It is read from memory; nothing stores it. */
static void
write_folder(struct space *s, struct folder *f, git_oid *id)
{
	folder_id(f, id);
	pending_add_folder(s->repo->pending, f, NULL, id);
}

static git_oid
write_content(struct space *s, const struct content *c)
{
	struct folder f;
	char name[16];
	git_oid id, blob;

	folder_init(&f);
	for (int i = 0; i < NAMES; i++) {
		if (c->of[i] == 0)
			continue;
		blob = blob_of(c->of[i]);
		(void)snprintf(name, sizeof name, "p%d", i);
		assert_int_equal(folder_set(&f, name, strlen(name),
					    TREE_MODE_FILE, &blob),
				 0);
	}
	write_folder(s, &f, &id);
	folder_release(&f);
	return id;
}

struct found {
	struct content old, now; /* as told */
	bool told[NAMES];
};

static unsigned char
content_of(const struct tree_entry *e)
{
	if (e == NULL)
		return 0;
	return e->id.id[0] ? e->id.id[0] : e->id.id[sizeof e->id.id - 1];
}

static int
note_file(void *ctx, const char *path, const struct tree_entry *old,
	  const struct tree_entry *now)
{
	struct found *f = ctx;
	long i = strtol(path + 1, NULL, 10);

	assert_in_range(i, 0, NAMES - 1);
	assert_false(f->told[i]);
	f->told[i] = true;
	f->old.of[i] = content_of(old);
	f->now.of[i] = content_of(now);
	return 0;
}

static void
assert_diff(struct space *s, const struct content *old,
	    const struct content *now)
{
	struct found f = { 0 };
	const struct diff d = { .ctx = &f, .file = note_file };
	git_oid a = write_content(s, old), b = write_content(s, now);

	assert_int_equal(diff_trees(s->repo, &a, &b, &d, &s->err), 0);
	for (int i = 0; i < NAMES; i++) {
		assert_int_equal(f.told[i], old->of[i] != now->of[i]);
		if (!f.told[i])
			continue;
		assert_int_equal(f.old.of[i], old->of[i]);
		assert_int_equal(f.now.of[i], now->of[i]);
	}
}

static void
test_diff__tells_what_differs_and_nothing_else(void **state)
{
	struct space *s = *state;
	struct content old = { { 0 } }, now;
	unsigned seed = 1;

	for (int round = 0; round < ROUNDS; round++) {
		now = old;
		for (int k = round % 4; k >= 0; k--) {
			seed = seed * 1103515245U + 12345U;
			now.of[(seed >> 16) % NAMES] =
				(unsigned char)((seed >> 8) % 4);
		}
		assert_diff(s, &old, &now);
		old = now;
	}
}

static void
test_diff__sees_the_first_and_the_last(void **state)
{
	struct space *s = *state;
	struct content full, c;

	memset(full.of, 1, sizeof full.of);
	for (int i = 0; i < NAMES; i++) {
		c = full;
		c.of[i] = 0;
		assert_diff(s, &full, &c);
		assert_diff(s, &c, &full);
		c.of[i] = 2;
		assert_diff(s, &full, &c);
	}
}

static int
refuse_broken(void *ctx, const char *path, const struct err *why)
{
	(void)path;
	(void)why;
	(*(int *)ctx)++;
	return PLEIN_ECORRUPT;
}

static int
ignore_file(void *ctx, const char *path, const struct tree_entry *old,
	    const struct tree_entry *now)
{
	(void)ctx;
	(void)path;
	(void)old;
	(void)now;
	return 0;
}

/* Also when it stands right behind, or right before, what is the same. */
static void
test_diff__reports_a_twin_that_is_new(void **state)
{
	struct space *s = *state;
	struct content c = { { 1, 1, 1, 1, 1, 1 } };
	git_oid old = write_content(s, &c), now;
	struct tree *t = NULL;
	struct buf raw = BUF_INIT;
	struct folder f;
	struct tree_entry e;
	size_t pos = 0;
	int n = 0;
	const struct diff d = { &n, ignore_file, refuse_broken, NULL };

	folder_init(&f);
	assert_int_equal(tree_read(&t, s->repo, &old, &s->err), 0);
	while (tree_next(&t->raw, &pos, &e) > 0) {
		buf_reset(&raw);
		buf_add(&raw, t->raw.ptr, t->raw.len);
		buf_insert(&raw, e.at, t->raw.ptr + e.at, e.size);
		folder_load(&f, &raw);
		write_folder(s, &f, &now);
		assert_int_equal(diff_trees(s->repo, &old, &now, &d, &s->err),
				 PLEIN_ECORRUPT);
	}
	assert_int_equal(n, 6);
	folder_release(&f);
	buf_release(&raw);
	tree_free(t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			test_diff__tells_what_differs_and_nothing_else,
			space_setup, space_teardown),
		cmocka_unit_test_setup_teardown(
			test_diff__sees_the_first_and_the_last, space_setup,
			space_teardown),
		cmocka_unit_test_setup_teardown(
			test_diff__reports_a_twin_that_is_new, space_setup,
			space_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
