/* What it costs to ask what changed behind a place on main. */
#include "state/timeline.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "stepped.h"

#define MANY 100000
#define PAGES 500

/* In one commit. */
static void
save(struct fixture *f, const char *address)
{
	char id[41], path[48];
	struct page_info info;
	struct index_entry e = { .commit = id,
				 .when = 1700000000 + f->n,
				 .author = (char *)"Ada",
				 .handle = (char *)"an",
				 .note = (char *)"x" };
	struct index_content now = {
		.info = &info, .blob = id, .text = "# T\n", .len = 4
	};
	struct index_change change = { .path = path, .blob = id };

	(void)snprintf(id, sizeof(id), "%040x", ++f->n);
	(void)snprintf(path, sizeof(path), "%s.md", address);
	page_info_init(&info);
	page_info_read(&info, address, now.text, now.len);
	assert_int_equal(index_begin(f->x, &f->err), 0);
	assert_int_equal(index_add_entry(f->x, &e, &f->err), 0);
	assert_int_equal(index_add_change(f->x, &e, &change, &f->err), 0);
	assert_int_equal(index_add(f->x, &e, address, &now, NULL, &f->err), 0);
	assert_int_equal(index_commit(f->x, id, &f->err), 0);
	page_info_release(&info);
}

static int
compare_text(const void *a, const void *b)
{
	return strcmp(a, b);
}

static void
expect_changed(struct fixture *f, int64_t seq, const char *first, size_t n)
{
	struct vec pages = VEC_INIT;

	assert_int_equal(
		timeline_changed(f->x, seq, INT64_MAX, MANY, &pages, &f->err),
		0);
	assert_int_equal(pages.len, n);
	vec_sort(&pages, compare_text);
	if (n > 0)
		assert_string_equal(pages.items[0], first);
	vec_release(&pages, free);
}

/* What a part of a story of then costs does not depend on all there is. */
static void
test_timeline__what_changed_behind_a_place_is_found_by_itself(void **state)
{
	struct fixture *f = *state;
	char address[40];
	int64_t seq;

	for (int i = 0; i < PAGES; i++) {
		(void)snprintf(address, sizeof(address), "themas/p%d", i);
		save(f, address);
	}
	assert_int_equal(index_last(f->x, &seq, &f->err), 0);
	save(f, "themas/p8");
	save(f, "themas/p7");
	save(f, "themas/p8");
	(void)take_steps(f);
	expect_changed(f, seq, "themas/p7.md", 2);
	assert_true(take_steps(f) < 100);
	expect_changed(f, seq + 3, "", 0);
	expect_changed(f, 0, "themas/p0.md", PAGES);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			test_timeline__what_changed_behind_a_place_is_found_by_itself,
			setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
