/* How often is told that lists are other ones. */
#include "wiki/pacer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "wiki/space.h"

#define MS 20
#define ONES 10

struct bench {
	uv_loop_t loop;
	struct spacelist spaces;
	struct space *here, *there;
	struct pacer *pacer;
	int told[2]; /* of here, of there */
};

static void
count(void *ctx, struct space *s)
{
	struct bench *b = ctx;

	b->told[s == b->there]++;
}

static void
open_bench(struct bench *b)
{
	struct pacer_args args = { &b->loop, &b->spaces, MS, count, b };

	memset(b, 0, sizeof(*b));
	assert_int_equal(uv_loop_init(&b->loop), 0);
	spacelist_init(&b->spaces);
	b->here = spacelist_at(&b->spaces, 0);
	b->there = spacelist_add(&b->spaces, "zorg");
	b->pacer = pacer_new(&args);
}

static void
close_one(uv_handle_t *handle, void *ctx)
{
	(void)ctx;
	uv_close(handle, NULL);
}

static void
close_bench(struct bench *b)
{
	uv_walk(&b->loop, close_one, NULL);
	assert_int_equal(uv_run(&b->loop, UV_RUN_DEFAULT), 0);
	assert_int_equal(uv_loop_close(&b->loop), 0);
	pacer_free(b->pacer);
	pacer_free(NULL);
	spacelist_release(&b->spaces);
}

static void
assert_told(const struct bench *b, int here, int there)
{
	assert_int_equal(b->told[0], here);
	assert_int_equal(b->told[1], there);
}

/* And when all is told nothing is left to wake up for. */
static void
test_pacer__tells_at_once_and_then_at_the_end(void **state)
{
	struct bench b;
	uint64_t begun;
	int i;

	(void)state;
	open_bench(&b);
	begun = uv_hrtime();
	for (i = 0; i < ONES; i++)
		pacer_note(b.pacer, b.here);
	assert_told(&b, 1, 0);
	assert_int_equal(uv_run(&b.loop, UV_RUN_DEFAULT), 0);
	assert_told(&b, 2, 0);
	assert_true(uv_hrtime() - begun >= 2 * (MS - 1) * 1000000ULL);
	pacer_note(b.pacer, b.here);
	assert_told(&b, 3, 0);
	close_bench(&b);
}

static void
test_pacer__tells_of_each_space_by_itself(void **state)
{
	struct bench b;

	(void)state;
	open_bench(&b);
	pacer_note(b.pacer, b.here);
	pacer_note(b.pacer, b.there);
	pacer_note(b.pacer, b.there);
	assert_told(&b, 1, 0);
	assert_int_equal(uv_run(&b.loop, UV_RUN_DEFAULT), 0);
	assert_told(&b, 1, 1);
	close_bench(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pacer__tells_at_once_and_then_at_the_end),
		cmocka_unit_test(test_pacer__tells_of_each_space_by_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
