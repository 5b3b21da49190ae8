/* Discussions as they are read from the index: in which order, at what cost. */
#include "state/remarks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "plein/buf.h"
#include "stepped.h"

#define THREAD "00000000000a"
#define RESOLVED "---\nsoort: afgehandeld\n---\nKlaar.\n"

/* In the commit `e` this remark comes, named after its number. */
static void
put(struct fixture *f, const struct index_entry *e, int number,
    const char *text)
{
	char path[160], blob[41];
	struct index_change c = { .path = path, .blob = blob };

	(void)snprintf(blob, sizeof(blob), "%040x", number);
	(void)snprintf(path, sizeof(path),
		       "bespreking/themas/p/" THREAD "/20240101T000000Z-an-"
		       "%012x.md",
		       number);
	assert_int_equal(
		remarks_change(f->x, e, &c, text, strlen(text), &f->err), 0);
}

/* One commit of remarks with these numbers; of them the last is an event. */
static void
commit(struct fixture *f, const int *numbers, size_t n)
{
	char id[41];
	struct index_entry e = { .commit = id,
				 .when = 1700000000 + f->n,
				 .author = (char *)"Ada",
				 .handle = (char *)"ada",
				 .note = (char *)"x" };
	size_t i;

	(void)snprintf(id, sizeof(id), "%040x", ++f->n);
	assert_int_equal(index_begin(f->x, &f->err), 0);
	assert_int_equal(index_add_entry(f->x, &e, &f->err), 0);
	for (i = 0; i < n; i++)
		put(f, &e, numbers[i], i + 1 < n ? "Zo.\n" : RESOLVED);
	assert_int_equal(remarks_settle(f->x, &f->err), 0);
	assert_int_equal(index_commit_ahead(f->x, id, &f->err), 0);
}

static void
read_thread(struct fixture *f, struct buf *said)
{
	struct vec all = VEC_INIT;

	assert_int_equal(remarks_of_thread(f->x, THREAD, &all, &f->err), 0);
	for (size_t i = 0; i < all.len; i++) {
		const struct index_remark *r = all.items[i];
		const char *digest = strrchr(r->name, '-') + 1;

		buf_printf(said, "%ld ", strtol(digest, NULL, 16));
	}
	vec_release(&all, index_remark_free);
}

/* By commit, of one commit events first, and then by name. */
static void
test_remarks__come_in_the_order_they_came(void **state)
{
	struct fixture *f = *state;
	struct buf said = BUF_INIT;
	struct vec outline = VEC_INIT;

	commit(f, (const int[]){ 8, 5, 9 }, 3);
	commit(f, (const int[]){ 2, 1, 3 }, 3);
	read_thread(f, &said);
	assert_string_equal(said.ptr, "9 5 8 3 1 2 ");
	buf_reset(&said);
	assert_int_equal(remarks_outline(f->x, THREAD, &outline, &f->err), 0);
	for (size_t i = 0; i < outline.len; i++) {
		const struct index_remark *r = outline.items[i];

		buf_printf(&said, "%ld ",
			   strtol(strrchr(r->name, '-') + 1, NULL, 16));
	}
	assert_string_equal(said.ptr, "9 5 8 3 1 2 ");
	vec_release(&outline, index_remark_free);
	buf_release(&said);
}

/* A remark is looked at once: what it says is not copied to sort it. */
static void
test_remarks__cost_little_each(void **state)
{
	struct fixture *f = *state;
	struct buf said = BUF_INIT;
	int numbers[200];

	for (int i = 0; i < 200; i++)
		numbers[i] = i;
	commit(f, numbers, 200);
	(void)take_steps(f);
	read_thread(f, &said);
	assert_true(take_steps(f) < 200 * 28);
	buf_release(&said);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		T(test_remarks__come_in_the_order_they_came),
		T(test_remarks__cost_little_each),
#undef T
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
