/* The words of pages that wait in the index: safe there, and found later. */
#include "state/index.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "plein/buf.h"
#include "plein/mem.h"
#include "plein/query.h"
#include "scratch.h"
#include "state/search.h"

struct fixture {
	char dir[SCRATCH_MAX];
	char path[SCRATCH_MAX + 16];
	struct index *x;
	struct err err;
	int clock; /* commits so far */
	char commit[41]; /* the last one */
	struct index_entry entry; /* the same */
};

static int
setup(void **state)
{
	struct fixture *f = mem_alloc(sizeof(*f));

	*state = f;
	if (scratch_make(f->dir) != 0)
		return -1;
	(void)snprintf(f->path, sizeof(f->path), "%s/index.db", f->dir);
	return index_open(&f->x, f->path, true, &f->err);
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

static void
add_entry(struct fixture *f)
{
	(void)snprintf(f->commit, sizeof(f->commit), "%040x", ++f->clock);
	f->entry = (struct index_entry){ .commit = f->commit,
					 .when = 1700000000 + f->clock,
					 .author = (char *)"Ada",
					 .handle = (char *)"ada",
					 .note = (char *)"x" };
	assert_int_equal(index_add_entry(f->x, &f->entry, &f->err), 0);
}

static void
begin(struct fixture *f)
{
	assert_int_equal(index_begin(f->x, &f->err), 0);
	add_entry(f);
}

/* A version with this text; NULL: the page vanishes. */
static void
put(struct fixture *f, struct index *x, const char *address, const char *text)
{
	struct index_content now = {
		.blob = "0123456789012345678901234567890123456789",
		.text = text,
		.len = text ? strlen(text) : 0,
	};
	struct page_info info;

	page_info_init(&info);
	if (text)
		page_info_read(&info, address, text, now.len);
	now.info = &info;
	assert_int_equal(index_add(x, &f->entry, address, text ? &now : NULL,
				   NULL, &f->err),
			 0);
	page_info_release(&info);
}

static void
save(struct fixture *f, const char *address, const char *text)
{
	begin(f);
	put(f, f->x, address, text);
	assert_int_equal(index_commit_ahead(f->x, f->commit, &f->err), 0);
}

static void
settle(struct fixture *f)
{
	assert_int_equal(index_settle(f->x, &f->err), 0);
}

static void
assert_unsettled(struct index *x, long want)
{
	long n;

	assert_int_equal(index_unsettled(x, &n, NULL), 0);
	assert_int_equal(n, want);
}

/* Addresses in order, separated by blanks. */
static void
assert_found(struct fixture *f, const char *words, const char *want)
{
	struct search_part part = { .limit = 10 };
	struct buf got = BUF_INIT;
	struct vec hits = VEC_INIT;
	struct query q;
	bool ranked;
	size_t i;

	assert_int_equal(query_parse(&q, words, &f->err), 0);
	assert_int_equal(search_pages(f->x, &q, &part, &hits, &ranked, &f->err),
			 0);
	for (i = 0; i < hits.len; i++) {
		const struct search_hit *h = hits.items[i];

		buf_printf(&got, "%s%s", i ? " " : "", h->page.info.address);
	}
	assert_string_equal(got.ptr, want);
	buf_release(&got);
	vec_release(&hits, search_hit_free);
	query_release(&q);
}

/* As the wiki finds it after it was killed: nothing is closed. */
static void
open_copy(struct fixture *f, struct index **out)
{
	char path[SCRATCH_MAX + 16];

	(void)snprintf(path, sizeof(path), "%s/copy.db", f->dir);
	assert_int_equal(index_copy(f->path, path, &f->err), 0);
	assert_int_equal(index_open(out, path, true, &f->err), 0);
}

static void
test_index_words__wait_until_they_are_settled(void **state)
{
	struct fixture *f = *state;
	struct index_page *p = NULL;

	save(f, "themas/a", "appel\n");
	assert_unsettled(f->x, 1);
	assert_found(f, "appel", "");
	assert_int_equal(index_page(f->x, "themas/a", &p, &f->err), 0);
	assert_int_equal(p->n, 1);
	index_page_free(p);
	settle(f);
	assert_unsettled(f->x, 0);
	assert_found(f, "appel", "themas/a");
	settle(f);
	assert_found(f, "appel", "themas/a");
}

static void
test_index_words__of_one_page_wait_once(void **state)
{
	struct fixture *f = *state;

	save(f, "themas/a", "appel\n");
	save(f, "themas/a", "peer\n");
	save(f, "themas/b", "peer\n");
	save(f, "themas/a", "kers\n");
	assert_unsettled(f->x, 2);
	settle(f);
	assert_found(f, "appel", "");
	assert_found(f, "peer", "themas/b");
	assert_found(f, "kers", "themas/a");
	save(f, "themas/a", "druif\n");
	assert_found(f, "kers", "themas/a");
	settle(f);
	assert_found(f, "kers", "");
	assert_found(f, "druif", "themas/a");
}

/* Its number may be another page's soon. */
static void
test_index_words__of_a_page_that_vanished_go(void **state)
{
	struct fixture *f = *state;

	save(f, "themas/a", "appel\n");
	settle(f);
	save(f, "themas/a", NULL);
	assert_found(f, "appel", "");
	save(f, "themas/b", "peer\n");
	save(f, "themas/c", "kers\n");
	save(f, "themas/c", NULL);
	settle(f);
	assert_found(f, "appel", "");
	assert_found(f, "peer", "themas/b");
	assert_found(f, "kers", "");
}

static void
test_index_words__of_a_commit_come_after_those_that_wait(void **state)
{
	struct fixture *f = *state;

	save(f, "themas/a", "appel\n");
	save(f, "themas/b", "peer\n");
	begin(f);
	put(f, f->x, "themas/a", "kers\n");
	add_entry(f);
	put(f, f->x, "themas/a", "druif\n");
	assert_int_equal(index_commit(f->x, f->commit, &f->err), 0);
	assert_unsettled(f->x, 0);
	assert_found(f, "appel", "");
	assert_found(f, "kers", "");
	assert_found(f, "druif", "themas/a");
	assert_found(f, "peer", "themas/b");
}

static void
test_index_words__are_as_safe_as_the_rest(void **state)
{
	struct fixture *f = *state;
	struct index *old = f->x;

	save(f, "themas/a", "appel\n");
	settle(f);
	save(f, "themas/a", "peer\n");
	save(f, "themas/b", "kers\n");
	open_copy(f, &f->x);
	index_close(old);
	assert_unsettled(f->x, 2);
	settle(f);
	assert_found(f, "appel", "");
	assert_found(f, "peer", "themas/a");
	assert_found(f, "kers", "themas/b");
}

static void
test_index_words__are_forgotten_with_their_commit(void **state)
{
	struct fixture *f = *state;

	save(f, "themas/a", "appel\n");
	begin(f);
	put(f, f->x, "themas/a", "peer\n");
	put(f, f->x, "themas/b", "peer\n");
	index_abort(f->x);
	assert_unsettled(f->x, 1);
	settle(f);
	assert_found(f, "appel", "themas/a");
	assert_found(f, "peer", "");
	save(f, "themas/b", "kers\n");
	assert_int_equal(index_clear(f->x, &f->err), 0);
	assert_unsettled(f->x, 0);
}

static void
test_index_words__a_reader_sees_that_they_wait(void **state)
{
	struct fixture *f = *state;
	struct index *reader = NULL;

	assert_int_equal(index_open(&reader, f->path, false, &f->err), 0);
	assert_unsettled(reader, 0);
	save(f, "themas/a", "appel\n");
	assert_unsettled(reader, 1);
	assert_int_not_equal(index_settle(reader, &f->err), 0);
	settle(f);
	assert_unsettled(reader, 0);
	index_close(reader);
}

/* More pages than wait in memory, against the order of their numbers. */
static void
test_index_words__many_come_in_any_order(void **state)
{
	struct fixture *f = *state;
	char address[32], text[32];
	int i;

	for (i = 0; i < 600; i += 60) {
		begin(f);
		for (int k = i; k < i + 60; k++) {
			(void)snprintf(address, sizeof(address), "themas/p%d",
				       k);
			put(f, f->x, address, "appel\n");
		}
		assert_int_equal(index_commit_ahead(f->x, f->commit, &f->err),
				 0);
	}
	assert_unsettled(f->x, 600);
	begin(f);
	for (i = 600; i-- > 0;) {
		(void)snprintf(address, sizeof(address), "themas/p%d", i);
		(void)snprintf(text, sizeof(text), "peer nummer%d\n", i);
		put(f, f->x, address, text);
	}
	assert_int_equal(index_commit(f->x, f->commit, &f->err), 0);
	assert_unsettled(f->x, 0);
	assert_found(f, "appel", "");
	assert_found(f, "nummer599", "themas/p599");
	assert_found(f, "nummer300", "themas/p300");
	assert_found(f, "nummer1 peer folder:themas",
		     "themas/p1 themas/p10 themas/p100 themas/p101 "
		     "themas/p102 themas/p103 themas/p104 themas/p105 "
		     "themas/p106 themas/p107");
}

/* What waits is what the index says; `truth` has it where it is searched. */
static void
test_index_words__that_wait_are_compared_too(void **state)
{
	struct fixture *f = *state;
	struct vec found = VEC_INIT;
	struct index *truth = NULL;
	char path[SCRATCH_MAX + 16];

	(void)snprintf(path, sizeof(path), "%s/truth.db", f->dir);
	assert_int_equal(index_create(&truth, path, &f->err), 0);
	save(f, "themas/a", "appel\n");
	assert_int_equal(index_begin(truth, &f->err), 0);
	assert_int_equal(index_add_entry(truth, &f->entry, &f->err), 0);
	put(f, truth, "themas/a", "appel\n");
	assert_int_equal(index_commit(truth, f->commit, &f->err), 0);
	assert_int_equal(index_compare(f->x, truth, &found, &f->err), 0);
	assert_int_equal(found.len, 0);
	settle(f);
	assert_int_equal(index_compare(f->x, truth, &found, &f->err), 0);
	assert_int_equal(found.len, 0);
	assert_int_equal(index_clear(f->x, &f->err), 0);
	f->clock--;
	save(f, "themas/a", "peer\n");
	assert_int_equal(index_compare(f->x, truth, &found, &f->err), 0);
	assert_int_equal(found.len, 1);
	assert_string_equal(found.items[0],
			    "text themas/a: body is \"peer<0A>\", should be "
			    "\"appel<0A>\"");
	vec_release(&found, free);
	index_close(truth);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_index_words__wait_until_they_are_settled),
		TEST(test_index_words__of_one_page_wait_once),
		TEST(test_index_words__of_a_page_that_vanished_go),
		TEST(test_index_words__of_a_commit_come_after_those_that_wait),
		TEST(test_index_words__are_as_safe_as_the_rest),
		TEST(test_index_words__are_forgotten_with_their_commit),
		TEST(test_index_words__a_reader_sees_that_they_wait),
		TEST(test_index_words__many_come_in_any_order),
		TEST(test_index_words__that_wait_are_compared_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
