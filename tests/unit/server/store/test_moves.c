/* What moved in a commit, told from ids and texts. */
#include "space.h"

#include "store/moves.h"
#include "store/snap.h"

#define LONG \
	"Een regel die lang genoeg is.\nEen tweede regel.\nDe derde.\n" \
	"Een vierde om mee te tellen.\nEn de vijfde.\n"

static void
add(struct space *s, struct moves_file *f, enum moves_kind kind,
    const char *path, const char *text)
{
	struct repo_id commit;

	memset(f, 0, sizeof(*f));
	f->path = path;
	f->kind = kind;
	assert_int_equal(snap_name(text, strlen(text), &f->blob, &s->err), 0);
	assert_int_equal(space_save(s, path, text, &commit), 0);
}

#define GONE(s, f, path, text) add((s), (f), MOVES_GONE, (path), (text))
#define HERE(s, f, path, text) add((s), (f), MOVES_APPEARED, (path), (text))

static void
test_moves__equal_bytes_are_one_file(void **state)
{
	struct space *s = *state;
	struct moves_file f[5];

	GONE(s, &f[0], "themas/a.md", "kort\n");
	GONE(s, &f[1], "themas/b.md", "kort\n");
	HERE(s, &f[2], "hulp/b.md", "kort\n");
	HERE(s, &f[3], "hulp/c.md", "kort\n");
	HERE(s, &f[4], "hulp/d.md", "kort\n");
	assert_int_equal(moves_find(s->repo, f, 5, &s->err), 0);
	assert_ptr_equal(f[2].from, &f[1]); /* the same name */
	assert_ptr_equal(f[3].from, &f[0]);
	assert_null(f[4].from); /* there were two */
	assert_true(f[0].taken && f[1].taken);
}

static void
test_moves__most_lines_the_same_is_one_file(void **state)
{
	struct space *s = *state;
	struct moves_file f[4];

	GONE(s, &f[0], "themas/a.md", LONG "Een slot.\n");
	HERE(s, &f[1], "hulp/x.md",
	     "Heel iets anders.\nDat nergens\nop\nlijkt"
	     "\nen ook lang is.\n");
	HERE(s, &f[2], "hulp/y.md",
	     LONG "Een ander slot, en meer.\nEn nog "
		  "wat erbij.\n");
	HERE(s, &f[3], "hulp/z.md", LONG "Een slot.\nEn een regel.\n");
	assert_int_equal(moves_find(s->repo, f, 4, &s->err), 0);
	assert_null(f[1].from);
	assert_null(f[2].from);
	assert_ptr_equal(f[3].from, &f[0]); /* the most alike */
}

static void
test_moves__takes_nothing_for_what_it_is_not(void **state)
{
	struct space *s = *state;
	struct moves_file f[6];

	GONE(s, &f[0], "themas/a.md", "");
	HERE(s, &f[1], "hulp/a.md", ""); /* nothing is like nothing */
	GONE(s, &f[2], "themas/b.md", LONG "b\n");
	HERE(s, &f[3], "bijlagen/themas/b/b.txt", LONG "c\n");
	add(s, &f[4], MOVES_OTHER, "hulp/b.md", LONG "b\n");
	HERE(s, &f[5], "hulp/k.md", "a\nb\n"); /* too little to say */
	assert_int_equal(moves_find(s->repo, f, 6, &s->err), 0);
	assert_null(f[1].from);
	assert_null(f[3].from);
	assert_null(f[4].from);
	assert_null(f[5].from);
	assert_false(f[0].taken || f[2].taken);
	assert_int_equal(moves_find(s->repo, f, 0, &s->err), 0);
}

static void
test_moves__equal_bytes_are_found_among_very_many(void **state)
{
	enum { N = 300 };
	struct space *s = *state;
	struct moves_file *f = calloc(2 * (size_t)N, sizeof(*f));
	char(*paths)[32] = calloc(2 * (size_t)N, sizeof(*paths));
	char text[64];
	size_t i;

	assert_true(f && paths);
	for (i = 0; i < N; i++) {
		(void)snprintf(paths[i], 32, "themas/p-%zu.md", i);
		(void)snprintf(paths[N + i], 32, "hulp/q-%zu.md", N - i);
		f[i].path = paths[i];
		f[N + i].path = paths[N + i];
		f[N + i].kind = MOVES_APPEARED;
		(void)snprintf(text, sizeof(text), "%zu\n", i);
		assert_int_equal(
			snap_name(text, strlen(text), &f[i].blob, &s->err), 0);
		f[N + i].blob = f[i].blob;
	}
	assert_int_equal(moves_find(s->repo, f, 2 * (size_t)N, &s->err), 0);
	for (i = 0; i < N; i++)
		assert_ptr_equal(f[N + i].from, &f[i]);
	free(paths);
	free(f);
}

int
main(void)
{
#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, space_setup, space_teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_moves__equal_bytes_are_one_file),
		TEST(test_moves__most_lines_the_same_is_one_file),
		TEST(test_moves__takes_nothing_for_what_it_is_not),
		TEST(test_moves__equal_bytes_are_found_among_very_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
