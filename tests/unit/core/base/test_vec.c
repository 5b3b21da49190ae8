#include "plein/vec.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
test_vec__push_keeps_order_while_growing(void **state)
{
	static char bytes[100];
	struct vec v = VEC_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(bytes); i++)
		vec_push(&v, &bytes[i]);
	assert_int_equal(v.len, sizeof(bytes));
	for (size_t i = 0; i < sizeof(bytes); i++)
		assert_ptr_equal(v.items[i], &bytes[i]);
	vec_release(&v, NULL);
	assert_null(v.items);
	assert_int_equal(v.len, 0);
}

static void
assert_words(const struct vec *v, const char *expected)
{
	char have[64] = "";
	size_t len = 0;

	for (size_t i = 0; i < v->len; i++) {
		memcpy(have + len, v->items[i], strlen(v->items[i]) + 1);
		len += strlen(v->items[i]);
	}
	assert_string_equal(have, expected);
}

static void
test_vec__insert_and_remove_at_both_ends_and_inside(void **state)
{
	struct vec v = VEC_INIT;

	(void)state;
	vec_insert(&v, 0, (void *)"b");
	vec_insert(&v, 0, (void *)"a");
	vec_insert(&v, 2, (void *)"d");
	vec_insert(&v, 2, (void *)"c");
	assert_words(&v, "abcd");
	assert_string_equal(vec_remove(&v, 1), "b");
	assert_string_equal(vec_remove(&v, 2), "d");
	assert_string_equal(vec_remove(&v, 0), "a");
	assert_words(&v, "c");
	assert_string_equal(vec_remove(&v, 0), "c");
	assert_int_equal(v.len, 0);
	vec_release(&v, NULL);
}

static void
test_vec__release_frees_every_item(void **state)
{
	struct vec v = VEC_INIT;

	(void)state;
	for (int i = 0; i < 20; i++)
		vec_push(&v, mem_strdup("owned"));
	vec_release(&v, free);
	vec_release(&v, free);
	vec_release(NULL, free);
	assert_int_equal(v.cap, 0);
}

struct pair {
	int key, order;
};

static int
compare_keys(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;

	return (x->key > y->key) - (x->key < y->key);
}

static void
test_vec__sort_orders_and_is_stable_at_every_length(void **state)
{
	struct pair pairs[70];

	(void)state;
	for (int n = 0; n <= 70; n++) {
		struct vec v = VEC_INIT;

		for (int i = 0; i < n; i++) {
			pairs[i] = (struct pair){ (i * 37 + n) % 7, i };
			vec_push(&v, &pairs[i]);
		}
		vec_sort(&v, compare_keys);
		for (int i = 1; i < n; i++) {
			const struct pair *a = v.items[i - 1], *b = v.items[i];

			assert_true(a->key < b->key ||
				    (a->key == b->key && a->order < b->order));
		}
		assert_int_equal(v.len, n);
		vec_release(&v, NULL);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_vec__push_keeps_order_while_growing),
		cmocka_unit_test(
			test_vec__insert_and_remove_at_both_ends_and_inside),
		cmocka_unit_test(test_vec__release_frees_every_item),
		cmocka_unit_test(
			test_vec__sort_orders_and_is_stable_at_every_length),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
