/* The order in which remarks came, as far as they tell. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "plein/buf.h"
#include "plein/mem.h"
#include "state/remarks.h"
#include "wiki/arrival.h"

/* Of a thread "cc": said at that second, by the digest; an event where `kind`
 * says so. */
static void
add(struct vec *remarks, int64_t when, const char *digest, const char *reply,
    enum remark_kind kind)
{
	struct index_remark *r = mem_alloc(sizeof(*r));
	struct buf name = BUF_INIT;

	buf_printf(&name, "%03lld-toos-%s", (long long)when, digest);
	r->name = buf_take(&name);
	r->thread = mem_strdup("cc");
	r->when = when;
	r->is.kind = kind;
	r->is.reply = reply ? mem_strdup(reply) : NULL;
	vec_push(remarks, r);
}

/* The digests, as they are in order then. */
static void
expect(struct vec *remarks, const char *want)
{
	struct buf told = BUF_INIT;
	const struct index_remark *r;
	size_t i;

	arrival_order(remarks);
	for (i = 0; i < remarks->len; i++) {
		r = remarks->items[i];
		buf_printf(&told, "%s%s", i ? " " : "",
			   strrchr(r->name, '-') + 1);
		assert_int_equal(r->changed, r->seq);
		assert_true(r->seq >= 1);
	}
	assert_string_equal(told.ptr, want);
	buf_release(&told);
	vec_release(remarks, index_remark_free);
}

static void
test_arrival__is_as_names_tell(void **state)
{
	struct vec v = VEC_INIT;

	(void)state;
	expect(&v, "");
	add(&v, 30, "c3", NULL, REMARK_SAID);
	add(&v, 10, "cc", NULL, REMARK_SAID);
	add(&v, 20, "b2", "010-toos-cc", REMARK_SAID);
	expect(&v, "cc b2 c3");
}

/* A clock that is behind, or a remark that waited in a clone. */
static void
test_arrival__who_begins_is_first(void **state)
{
	struct vec v = VEC_INIT;

	(void)state;
	add(&v, 5, "a1", NULL, REMARK_SAID);
	add(&v, 40, "d4", NULL, REMARK_SAID);
	add(&v, 10, "cc", NULL, REMARK_SAID);
	add(&v, 10, "aa", NULL, REMARK_RESOLVED);
	expect(&v, "cc aa a1 d4");
}

static void
test_arrival__answers_come_behind(void **state)
{
	struct vec v = VEC_INIT;

	(void)state;
	add(&v, 10, "cc", NULL, REMARK_SAID);
	add(&v, 11, "a3", "012-toos-a2", REMARK_SAID);
	add(&v, 12, "a2", "050-toos-b1", REMARK_SAID);
	add(&v, 50, "b1", NULL, REMARK_SAID);
	add(&v, 60, "d1", NULL, REMARK_SAID);
	expect(&v, "cc b1 a2 a3 d1");
}

/* Reopened for what was said in the same commit. */
static void
test_arrival__events_come_before_words(void **state)
{
	struct vec v = VEC_INIT;

	(void)state;
	add(&v, 10, "cc", NULL, REMARK_SAID);
	add(&v, 20, "a1", NULL, REMARK_SAID);
	add(&v, 20, "b1", NULL, REMARK_REOPENED);
	expect(&v, "cc b1 a1");
}

/* Somebody made it so, or what began it is gone. */
static void
test_arrival__of_what_fits_nowhere(void **state)
{
	struct vec v = VEC_INIT;

	(void)state;
	add(&v, -7, "a0", "003-toos-99", REMARK_SAID);
	add(&v, 10, "a1", "020-toos-a2", REMARK_SAID);
	add(&v, 20, "a2", "010-toos-a1", REMARK_SAID);
	add(&v, 30, "a3", "030-toos-a3", REMARK_SAID);
	arrival_order(&v);
	assert_int_equal(v.len, 4);
	assert_int_equal(((struct index_remark *)v.items[0])->seq, 1);
	vec_release(&v, index_remark_free);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_arrival__is_as_names_tell),
		cmocka_unit_test(test_arrival__who_begins_is_first),
		cmocka_unit_test(test_arrival__answers_come_behind),
		cmocka_unit_test(test_arrival__events_come_before_words),
		cmocka_unit_test(test_arrival__of_what_fits_nowhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
