/* What was said behind a place: what counting it costs, and how far it goes. */
#include "state/fresh.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "plein/buf.h"
#include "state/remarks.h"
#include "stepped.h"

#define EACH 5 /* remarks about each page */

/* In one commit the n-th remark, in the thread about page number `page`, says
 * these words. */
static void
say_words(struct fixture *f, int page, const char *handle, int n,
	  const char *words)
{
	char id[41], path[160], blob[41];
	struct index_entry e = { .commit = id,
				 .when = 1700000000 + f->n,
				 .author = (char *)"Ada",
				 .handle = (char *)handle,
				 .note = (char *)"x" };
	struct index_change c = { .path = path, .blob = blob };

	(void)snprintf(id, sizeof(id), "%040x", ++f->n);
	(void)snprintf(blob, sizeof(blob), "%040x", f->n);
	(void)snprintf(path, sizeof(path),
		       "bespreking/themas/p%d/%012x/20240101T%06dZ-%s-"
		       "%012x.md",
		       page, page + 1, n, handle, n);
	assert_int_equal(index_begin(f->x, &f->err), 0);
	assert_int_equal(index_add_entry(f->x, &e, &f->err), 0);
	assert_int_equal(
		remarks_change(f->x, &e, &c, words, strlen(words), &f->err), 0);
	assert_int_equal(remarks_settle(f->x, &f->err), 0);
	assert_int_equal(index_commit_ahead(f->x, id, &f->err), 0);
}

/* One more. */
static void
say(struct fixture *f, int page, const char *handle)
{
	say_words(f, page, handle, f->n + 1, "Zo.\n");
}

static void
say_about(struct fixture *f, int from, int to)
{
	for (int i = 0; i < EACH; i++)
		for (int page = from; page < to; page++)
			say(f, page, "an");
}

/* What counting a page says: "threads remarks". */
static void
expect_page(struct fixture *f, const char *page, long threads, long remarks)
{
	struct fresh_filter filter = { .handle = "bo" };
	struct vec found = VEC_INIT;
	struct fresh_count count;
	long n = 0;

	assert_int_equal(fresh_of_page(f->x, page, 0, &found, &f->err), 0);
	assert_int_equal(found.len, threads);
	for (size_t i = 0; i < found.len; i++) {
		const struct fresh_thread *t = found.items[i];

		assert_int_equal(
			fresh_count(f->x, t->code, &filter, &count, &f->err),
			0);
		n += count.n;
	}
	assert_int_equal(n, remarks);
	vec_release(&found, fresh_thread_free);
}

/* What a row of a list costs does not depend on what is unread elsewhere. */
static void
test_fresh__a_page_is_counted_for_itself(void **state)
{
	struct fixture *f = *state;
	long few, many;

	say_about(f, 0, 3);
	(void)take_steps(f);
	expect_page(f, "themas/p1", 1, EACH);
	few = take_steps(f);
	say_about(f, 3, 200);
	(void)take_steps(f);
	expect_page(f, "themas/p1", 1, EACH);
	many = take_steps(f);
	assert_true(many <= few + few / 10);
	expect_page(f, "themas/p500", 0, 0);
	assert_true(take_steps(f) < 100);
}

/* Of pages that are named, twice or not, with how much: "CODE n ...". */
static void
expect_pages(struct fixture *f, const char *pages, int64_t after,
	     const char *want)
{
	struct vec found = VEC_INIT;
	struct buf said = BUF_INIT;

	assert_int_equal(
		fresh_of_pages(f->x, pages, after, "bo", &found, &f->err), 0);
	for (size_t i = 0; i < found.len; i++) {
		const struct fresh_thread *t = found.items[i];

		assert_string_equal(t->was, t->code);
		buf_printf(&said, "%s %ld ", t->code, t->count.n);
	}
	assert_string_equal(said.len ? said.ptr : "", want);
	buf_release(&said);
	vec_release(&found, fresh_thread_free);
}

static void
test_fresh__pages_are_counted_without_the_others(void **state)
{
	struct fixture *f = *state;
	const char *two = "[\"themas/p1\",\"themas/p2\",\"themas/p1\"]";
	const char *both = "000000000002 5 000000000003 5 ";
	long few;

	say_about(f, 0, 10);
	(void)take_steps(f);
	expect_pages(f, two, 0, both);
	few = take_steps(f);
	say_about(f, 10, 100);
	(void)take_steps(f);
	expect_pages(f, two, 0, both);
	assert_true(take_steps(f) <= few + few / 10);
	expect_pages(f, two, 12, "000000000002 3 000000000003 4 ");
	expect_pages(f, two, 50, "");
	expect_pages(f, "[]", 0, "");
	say(f, 1, "bo");
	expect_pages(f, two, 0, both);
}

static void
test_fresh__of_one_thread_no_more_are_counted_than_are_shown(void **state)
{
	struct fixture *f = *state;
	long most;

	for (int i = 0; i < FRESH_MOST; i++)
		say(f, 0, "an");
	(void)take_steps(f);
	expect_page(f, "themas/p0", 1, FRESH_MOST);
	most = take_steps(f);
	for (int i = 0; i < 200; i++)
		say(f, 0, "an");
	(void)take_steps(f);
	expect_page(f, "themas/p0", 1, FRESH_MOST);
	assert_true(take_steps(f) <= most + most / 10);
}

static void
test_fresh__own_remarks_and_those_read_are_not_counted(void **state)
{
	struct fixture *f = *state;
	struct fresh_filter filter = { .handle = "bo", .read = { 2, "" } };
	struct fresh_count count;
	char *words = NULL, *title = NULL;

	say(f, 0, "an");
	say(f, 0, "an");
	say(f, 0, "bo");
	say(f, 0, "an");
	expect_page(f, "themas/p0", 1, 3);
	assert_int_equal(
		fresh_count(f->x, "000000000001", &filter, &count, &f->err), 0);
	assert_int_equal(count.n, 1);
	filter.after = 4;
	assert_int_equal(
		fresh_count(f->x, "000000000001", &filter, &count, &f->err), 0);
	assert_int_equal(count.n, 0);
	assert_int_equal(fresh_words(f->x, "20240101T000004Z-an-000000000004",
				     &title, &words, &f->err),
			 0);
	assert_string_equal(words, "Zo.\n");
	free(title);
	free(words);
	assert_int_equal(fresh_words(f->x, "x", &title, &words, &f->err),
			 PLEIN_ENOTFOUND);
}

/* What bo has not said, `limit` at a time, the newest first: "3 2 1 ". */
static void
read_parts(struct fixture *f, int64_t after, long limit, struct buf *said)
{
	struct fresh_part part = { after, "bo", NULL, limit };
	struct vec all = VEC_INIT;
	size_t had;

	do {
		had = all.len;
		part.behind = had ? all.items[had - 1] : NULL;
		assert_int_equal(fresh_remarks(f->x, &part, &all, &f->err), 0);
	} while (all.len > had);
	for (size_t i = 0; i < all.len; i++) {
		const struct fresh_remark *r = all.items[i];

		buf_printf(said, "%s ", strrchr(r->name, '-') + 10);
	}
	vec_release(&all, fresh_remark_free);
}

static void
test_fresh__remarks_come_in_parts(void **state)
{
	struct fixture *f = *state;
	struct buf said = BUF_INIT;

	say_about(f, 0, 2);
	say(f, 0, "bo");
	say(f, 1, "an");
	for (long limit = 1; limit < 20; limit++) {
		read_parts(f, 2, limit, &said);
		assert_string_equal(said.ptr, "00c 00a 009 008 007 006 005 "
					      "004 003 ");
		buf_reset(&said);
	}
	buf_release(&said);
}

/* What is not told is not looked at, but in the index. */
static void
test_fresh__a_part_costs_what_it_tells(void **state)
{
	struct fixture *f = *state;
	struct fresh_part part = { 0, "bo", NULL, 5 };
	struct vec found = VEC_INIT;
	long few;

	say_about(f, 0, 2);
	(void)take_steps(f);
	assert_int_equal(fresh_remarks(f->x, &part, &found, &f->err), 0);
	few = take_steps(f);
	say_about(f, 2, 100);
	(void)take_steps(f);
	assert_int_equal(fresh_remarks(f->x, &part, &found, &f->err), 0);
	assert_true(take_steps(f) <= few + few / 10);
	assert_int_equal(found.len, 10);
	vec_release(&found, fresh_remark_free);
}

/* The remarks that were changed to name bo behind a place: how many. */
static long
count_late(struct fixture *f, int64_t after)
{
	const struct fresh_later later = { after, "bo", "[]", 1000 };
	struct vec found = VEC_INIT;
	long n;

	assert_int_equal(fresh_late(f->x, &later, &found, &f->err), 0);
	n = (long)found.len;
	vec_release(&found, fresh_remark_free);
	return n;
}

/* What it costs depends on them, not on whatever names somebody. */
static void
test_fresh__late_mentions_are_found_by_themselves(void **state)
{
	struct fixture *f = *state;
	int first;

	for (int i = 0; i < 300; i++)
		say_words(f, 0, "an", f->n + 1, "Dag @bo.\n");
	(void)take_steps(f);
	assert_int_equal(count_late(f, 0), 0);
	assert_true(take_steps(f) < 100);
	say(f, 0, "an");
	first = f->n;
	say_words(f, 0, "an", first, "Dag @bo.\n");
	assert_int_equal(count_late(f, 0), 1);
	assert_int_equal(count_late(f, f->n), 0);
	/* not what is one's own, nor what it does not say any more */
	say_words(f, 0, "an", first, "Dag.\n");
	assert_int_equal(count_late(f, 0), 0);
	say(f, 0, "bo");
	say_words(f, 0, "bo", f->n, "Ik, @bo.\n");
	assert_int_equal(count_late(f, 0), 0);
}

/* The place of the first that names bo behind another; 0: there is none. */
static int64_t
find_first(struct fixture *f, int64_t after)
{
	int64_t seq = 0, when = 0;
	int rc = fresh_first(f->x, "bo", after, &seq, &when, &f->err);

	if (rc == PLEIN_ENOTFOUND)
		return 0;
	assert_int_equal(rc, 0);
	assert_int_equal(when, 1700000000 + seq - 1);
	return seq;
}

static void
test_fresh__the_first_mention_is_found_at_once(void **state)
{
	struct fixture *f = *state;
	int first;

	say(f, 0, "an");
	assert_int_equal(find_first(f, 0), 0);
	say_words(f, 0, "bo", f->n + 1, "Ik, @bo.\n");
	assert_int_equal(find_first(f, 0), 0);
	first = f->n + 1;
	for (int i = 0; i < 300; i++)
		say_words(f, 0, "an", f->n + 1, "Dag @bo.\n");
	(void)take_steps(f);
	assert_int_equal(find_first(f, 0), first);
	assert_true(take_steps(f) < 150);
	assert_int_equal(find_first(f, first + 5), first + 6);
	/* by a change of one from before */
	say_words(f, 0, "an", 1, "Dag @bo.\n");
	assert_int_equal(find_first(f, f->n - 1), f->n);
	assert_int_equal(find_first(f, 0), first);
	assert_int_equal(find_first(f, f->n), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		T(test_fresh__a_page_is_counted_for_itself),
		T(test_fresh__pages_are_counted_without_the_others),
		T(test_fresh__of_one_thread_no_more_are_counted_than_are_shown),
		T(test_fresh__own_remarks_and_those_read_are_not_counted),
		T(test_fresh__remarks_come_in_parts),
		T(test_fresh__a_part_costs_what_it_tells),
		T(test_fresh__late_mentions_are_found_by_themselves),
		T(test_fresh__the_first_mention_is_found_at_once),
#undef T
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
