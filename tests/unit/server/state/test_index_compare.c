/* test_index_compare.c - two indexes that should say the same. */
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
#include "scratch.h"

struct pair {
	char dir[SCRATCH_MAX];
	struct index *one, *other;
	struct err err;
};

/* What one of them says otherwise; all NULL or 0: the same. */
struct lie {
	const char *note, *path, *address, *title, *text;
	bool extra; /* a commit too many */
};

static const char * or (const char *lie, const char *truth)
{
	return lie ? lie : truth;
}

static void
add_page(struct index *x, const struct index_entry *e, const char *address,
	 const struct lie *l)
{
	char id[] = "00000000000000000000000000000000000000aa";
	const char *text = or (l->text, "---\ntitel: T\n---\nTekst.\n");
	struct page_info info;
	struct index_content now = {
		.info = &info, .blob = id, .text = text, .len = strlen(text)
	};

	page_info_init(&info);
	page_info_read(&info, address, text, strlen(text));
	if (l->title) {
		free(info.title);
		info.title = mem_strdup(l->title);
	}
	assert_int_equal(index_add(x, e, address, &now, NULL, NULL), 0);
	page_info_release(&info);
}

static void
add_commit(struct index *x, int n, const struct lie *l)
{
	char id[41];
	struct index_entry e = { .commit = id,
				 .when = 1700000000 + n,
				 .author = (char *)"Ada",
				 .handle = (char *)"ada",
				 .note = (char *) or (l->note, "x") };
	struct index_change c = { .path = or (l->path, "themas/a.md"),
				  .blob = id,
				  .appeared = n == 1 };

	(void)snprintf(id, sizeof(id), "%040x", n);
	assert_int_equal(index_add_entry(x, &e, NULL), 0);
	assert_int_equal(index_add_change(x, &e, &c, NULL), 0);
	add_page(x, &e, or (l->address, "themas/a"), l);
}

static void
fill(struct index *x, const struct lie *l)
{
	assert_int_equal(index_begin(x, NULL), 0);
	add_commit(x, 1, &(struct lie){ 0 });
	add_commit(x, 2, l);
	if (l->extra)
		add_commit(x, 3, l);
	assert_int_equal(
		index_commit(x, "0000000000000000000000000000000000000002",
			     NULL),
		0);
}

static int
setup(void **state)
{
	struct pair *p = mem_alloc(sizeof(*p));
	char path[SCRATCH_MAX + 16];

	*state = p;
	if (scratch_make(p->dir))
		return -1;
	(void)snprintf(path, sizeof(path), "%s/een", p->dir);
	if (index_create(&p->one, path, &p->err))
		return -1;
	(void)snprintf(path, sizeof(path), "%s/twee", p->dir);
	return index_create(&p->other, path, &p->err);
}

static int
teardown(void **state)
{
	struct pair *p = *state;

	index_close(p->one);
	index_close(p->other);
	(void)scratch_remove(p->dir);
	free(p);
	return 0;
}

static void
expect(struct pair *p, const char *part)
{
	struct vec found = VEC_INIT;
	bool seen = part == NULL;
	size_t i;

	if (index_compare(p->one, p->other, &found, &p->err))
		fail_msg("%s", p->err.msg);
	for (i = 0; i < found.len; i++)
		seen = seen || strstr(found.items[i], part);
	if (!seen || (!part && found.len > 0))
		fail_msg("%s: %s", part ? part : "nothing",
			 found.len ? (char *)found.items[0] : "no problem");
	vec_release(&found, free);
}

static void
test_index_compare__the_same_is_the_same(void **state)
{
	struct pair *p = *state;

	expect(p, NULL);
	fill(p->one, &(struct lie){ 0 });
	fill(p->other, &(struct lie){ 0 });
	expect(p, NULL);
	expect(p, NULL);
}

static void
test_index_compare__each_kind_of_row_counts(void **state)
{
	static const struct {
		struct lie lie;
		const char *problem;
	} rows[] = {
		{ { .note = "y" }, "commit 2: note is \"y\", should be \"x\"" },
		{ { .extra = true }, "commit 3: should not be there" },
		{ { .path = "themas/b.md" }, "change themas/a.md: missing" },
		{ { .address = "themas/b" }, "version themas/a: missing" },
		{ { .title = "U" }, "page themas/a: title is \"U\"" },
		{ { .text = "---\ntitel: T\n---\nAnders.\n" },
		  "text themas/a: body is" },
		{ { .text = "---\ntitel: T\nhoort_bij: "
			    "[themas/y]\n---\nTekst.\n" },
		  "parent themas/a" },
		{ { .text = "---\ntitel: T\naliassen: "
			    "[themas/y]\n---\nTekst.\n" },
		  "alias themas/a" },
	};
	struct pair *p = *state;
	size_t i;

	fill(p->other, &(struct lie){ 0 });
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(index_clear(p->one, &p->err), 0);
		fill(p->one, &rows[i].lie);
		expect(p, rows[i].problem);
	}
	assert_int_equal(index_clear(p->one, &p->err), 0);
	expect(p, "commit 1: missing");
}

static void
test_index_compare__a_frozen_index_stands_still(void **state)
{
	struct pair *p = *state;
	char path[SCRATCH_MAX + 16], head[41];
	struct index *reader;

	fill(p->one, &(struct lie){ 0 });
	fill(p->other, &(struct lie){ 0 });
	(void)snprintf(path, sizeof(path), "%s/een", p->dir);
	assert_int_equal(index_open(&reader, path, false, &p->err), 0);
	assert_int_equal(index_freeze(reader, head, &p->err), 0);
	assert_string_equal(head, "0000000000000000000000000000000000000002");
	assert_int_equal(index_begin(p->one, NULL), 0);
	add_commit(p->one, 9, &(struct lie){ 0 });
	assert_int_equal(index_commit(p->one, head, NULL), 0);
	expect(p, "commit 3: should not be there");
	index_close(p->one);
	p->one = reader;
	expect(p, NULL);
	index_abort(reader);
	expect(p, "commit 3: should not be there");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_index_compare__the_same_is_the_same),
		TEST(test_index_compare__each_kind_of_row_counts),
		TEST(test_index_compare__a_frozen_index_stands_still),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
