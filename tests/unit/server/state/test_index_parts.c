/* What hangs on a page follows its text, and is not written for nothing. */
#include "state/index.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "plein/mem.h"
#include "plein/vec.h"
#include "scratch.h"
#include "state/index_impl.h"

#define PAGE "themas/a"
#define DECISION "besluiten/a"

struct fixture {
	char dir[SCRATCH_MAX];
	struct index *x;
	struct err err;
};

static void
create(struct fixture *f, const char *name, struct index **x)
{
	char path[SCRATCH_MAX + 16];

	(void)snprintf(path, sizeof(path), "%s/%s", f->dir, name);
	assert_int_equal(index_create(x, path, &f->err), 0);
}

static int
setup(void **state)
{
	struct fixture *f = mem_alloc(sizeof(*f));

	*state = f;
	if (scratch_make(f->dir) != 0)
		return -1;
	create(f, "een", &f->x);
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	index_close(f->x);
	(void)scratch_remove(f->dir);
	free(f);
	return 0;
}

/* Commit `n`, in which the page became this. */
static void
save_at(struct fixture *f, struct index *x, int n, const char *page,
	const char *text)
{
	char id[41];
	struct index_entry e = { .commit = id,
				 .when = 1700000000 + n,
				 .author = (char *)"Ada",
				 .handle = (char *)"ada",
				 .note = (char *)"x" };
	struct index_content now = {
		.blob = "0123456789012345678901234567890123456789",
		.text = text,
		.len = strlen(text),
	};
	struct page_info info;

	(void)snprintf(id, sizeof(id), "%040x", n);
	page_info_init(&info);
	page_info_read(&info, page, text, now.len);
	now.info = &info;
	assert_int_equal(index_begin(x, &f->err), 0);
	assert_int_equal(index_add_entry(x, &e, &f->err), 0);
	assert_int_equal(index_add(x, &e, page, &now, NULL, &f->err), 0);
	assert_int_equal(index_commit_ahead(x, id, &f->err), 0);
	page_info_release(&info);
}

static void
save(struct fixture *f, struct index *x, int n, const char *text)
{
	save_at(f, x, n, PAGE, text);
}

static const char *const texts[] = {
	"---\ntitel: T\ntrefwoorden: [een, twee]\n---\n",
	"---\ntitel: T\ntrefwoorden: [een, twee, drie]\n---\n",
	"---\ntitel: T\ntrefwoorden: [twee, drie]\neigenaar: Één\n---\n",
	"---\ntitel: T\neigenaar: een\n---\n",
	"---\ntitel: T\nhoort_bij: [themas/b]\naliassen: [themas/x]\n---\n",
	"---\ntitel: T\nhoort_bij: [themas/b, themas/c]\n---\n",
	"---\ntitel: T\nzie: [themas/b]\n---\nZie [b](b.md) en [[Iets]].\n",
	"---\ntitel: T\nzie: [themas/b]\n---\nOf [b](b.md) en [[Iets]].\n",
	"---\ntitel: T\nzie: [themas/b]\n---\nOf [b](b.md).\n",
	"---\ntitel: T\naliassen: [themas/y, themas/z]\n---\n[c](c.md)\n",
	"---\ntitel: T\naliassen: [themas/z]\nzekerheid: hoog\n---\n",
	"Niets.\n",
};

#define N (sizeof(texts) / sizeof(texts[0]))

/* As if the page had never been another. */
static void
test_index_parts__follow_the_text(void **state)
{
	struct fixture *f = *state;
	struct vec found = VEC_INIT;
	struct index *truth;
	size_t i, k;

	for (i = 0; i < N; i++) {
		save(f, f->x, (int)i, texts[i]);
		create(f, "twee", &truth);
		for (k = 0; k < i; k++)
			save(f, truth, (int)k, "Leeg.\n");
		save(f, truth, (int)i, texts[i]);
		assert_int_equal(index_compare(f->x, truth, &found, &f->err),
				 0);
		if (found.len > 0)
			fail_msg("%zu: %s", i, (char *)found.items[0]);
		index_close(truth);
	}
}

/* Rows that a save of this text writes. */
static int
count_written(struct fixture *f, int n, const char *text)
{
	int before = sqlite3_total_changes(f->x->db.h);

	save(f, f->x, n, text);
	return sqlite3_total_changes(f->x->db.h) - before;
}

static void
test_index_parts__that_stay_are_not_written(void **state)
{
	struct fixture *f = *state;
	int least;
	size_t i;

	save(f, f->x, 1, "Niets.\n");
	least = count_written(f, 2, "Niets meer.\n");
	for (i = 0; i < N; i++) {
		save(f, f->x, 3 + 2 * (int)i, texts[i]);
		assert_int_equal(count_written(f, 4 + 2 * (int)i, texts[i]),
				 least);
	}
	assert_true(count_written(f, 99, texts[0]) > least);
}

/* Of a page that overviews list too. */
static void
test_index_parts__of_decisions_follow_the_text(void **state)
{
	static const char *const said[] = {
		"---\ndatum: \"2026-01-01\"\nuitkomst: ingestemd\n---\n",
		"---\ndatum: \"2026-01-01\"\nuitkomst: afgewezen\n---\n"
		"| nr | actie |\n|-|-|\n| a1 | een |\n| a2 | twee |\n",
		"| nr | actie | stand |\n|-|-|-|\n| a2 | twee | gereed |\n",
		"Niets.\n",
	};
	struct fixture *f = *state;
	struct vec found = VEC_INIT;
	struct index *truth;

	for (int i = 0; i < 4; i++) {
		save_at(f, f->x, i, DECISION, said[i]);
		create(f, "twee", &truth);
		for (int k = 0; k < i; k++)
			save_at(f, truth, k, DECISION, "Leeg.\n");
		save_at(f, truth, i, DECISION, said[i]);
		assert_int_equal(index_compare(f->x, truth, &found, &f->err),
				 0);
		if (found.len > 0)
			fail_msg("%d: %s", i, (char *)found.items[0]);
		index_close(truth);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_index_parts__follow_the_text),
		TEST(test_index_parts__that_stay_are_not_written),
		TEST(test_index_parts__of_decisions_follow_the_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
