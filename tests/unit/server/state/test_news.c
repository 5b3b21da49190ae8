/* Pages that others changed behind a place on main, in parts. */
#include "state/news.h"

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

static void
put(struct fixture *f, const struct index_entry *e, const char *address)
{
	char path[64];
	struct page_info info;
	struct index_content now = {
		.info = &info, .blob = e->commit, .text = "# T\n", .len = 4
	};
	struct index_change change = { .path = path, .blob = e->commit };

	(void)snprintf(path, sizeof(path), "%s.md", address);
	page_info_init(&info);
	page_info_read(&info, address, now.text, now.len);
	assert_int_equal(index_add_change(f->x, e, &change, &f->err), 0);
	assert_int_equal(index_add(f->x, e, address, &now, NULL, &f->err), 0);
	page_info_release(&info);
}

/* Pages `from` up to `to` in one commit. */
static void
save(struct fixture *f, const char *handle, int from, int to)
{
	char id[41], address[32];
	struct index_entry e = { .commit = id,
				 .when = 1700000000 + f->n,
				 .author = (char *)"Ada",
				 .handle = (char *)handle,
				 .note = (char *)"x" };

	(void)snprintf(id, sizeof(id), "%040x", ++f->n);
	assert_int_equal(index_begin(f->x, &f->err), 0);
	assert_int_equal(index_add_entry(f->x, &e, &f->err), 0);
	for (int i = from; i < to; i++) {
		(void)snprintf(address, sizeof(address), "themas/p%03d", i);
		put(f, &e, address);
	}
	assert_int_equal(index_commit(f->x, id, &f->err), 0);
}

/* `limit` at a time: "p2:1 ", a page and the version of it. */
static void
read_parts(struct fixture *f, int64_t after, int64_t limit, struct buf *said)
{
	struct news_part part = { after, "bo", NULL, limit };
	struct vec all = VEC_INIT;
	size_t had;

	do {
		had = all.len;
		part.behind = had ? all.items[had - 1] : NULL;
		assert_int_equal(news_pages(f->x, &part, &all, &f->err), 0);
	} while (all.len > had);
	for (size_t i = 0; i < all.len; i++) {
		const struct news_page *p = all.items[i];

		buf_printf(said, "%s:%ld ", strrchr(p->address, '0'), p->n);
	}
	vec_release(&all, news_page_free);
}

/* Newest first, by the last version that somebody else made; of one commit by
 * address. */
static void
test_news__pages_come_in_parts(void **state)
{
	struct fixture *f = *state;
	struct buf said = BUF_INIT;

	save(f, "an", 1, 6);
	save(f, "an", 2, 4);
	save(f, "bo", 2, 5);
	save(f, "cas", 4, 5);
	save(f, "bo", 6, 8);
	for (int64_t limit = 1; limit < 8; limit++) {
		read_parts(f, 0, limit, &said);
		assert_string_equal(said.ptr, "04:3 02:2 03:2 01:1 05:1 ");
		buf_reset(&said);
		read_parts(f, 1, limit, &said);
		assert_string_equal(said.ptr, "04:3 02:2 03:2 ");
		buf_reset(&said);
	}
	read_parts(f, 0, NEWS_ALL, &said);
	assert_string_equal(said.ptr, "04:3 02:2 03:2 01:1 05:1 ");
	buf_reset(&said);
	read_parts(f, 4, NEWS_ALL, &said);
	assert_string_equal(said.ptr, "");
	buf_release(&said);
}

/* Whatever else was changed before. */
static void
test_news__a_part_costs_what_it_tells(void **state)
{
	struct fixture *f = *state;
	struct news_part part = { 0, "bo", NULL, 10 };
	struct vec found = VEC_INIT;
	long few;

	save(f, "an", 0, 12);
	(void)take_steps(f);
	assert_int_equal(news_pages(f->x, &part, &found, &f->err), 0);
	few = take_steps(f);
	save(f, "an", 12, 300);
	for (int i = 0; i < 20; i++)
		save(f, "an", i, i + 1);
	(void)take_steps(f);
	assert_int_equal(news_pages(f->x, &part, &found, &f->err), 0);
	assert_true(take_steps(f) <= few + 100);
	assert_int_equal(found.len, 20);
	vec_release(&found, news_page_free);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		T(test_news__pages_come_in_parts),
		T(test_news__a_part_costs_what_it_tells),
#undef T
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
