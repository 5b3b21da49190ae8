/* Attachments in pieces. */
#include "wiki/upload.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct uploads *u;
static size_t have;
static const struct buf *whole;

static int
setup(void **state)
{
	(void)state;
	u = uploads_new(20);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	uploads_free(u);
	uploads_free(NULL);
	return 0;
}

static int
add_at(const char *who, const char *path, size_t offset, size_t total,
       const char *bytes, int64_t now)
{
	const struct upload_piece p = { who,   path,	      offset, total,
					bytes, strlen(bytes), now };

	return uploads_add(u, &p, &whole, &have, NULL);
}

static int
add(const char *who, size_t offset, size_t total, const char *bytes)
{
	return add_at(who, "p", offset, total, bytes, 1000);
}

static void
test_upload__pieces_become_a_file(void **state)
{
	(void)state;
	assert_int_equal(add("ada", 0, 8, "een"), 0);
	assert_null(whole);
	assert_int_equal(have, 3);
	assert_int_equal(add("bob", 0, 3, "bob"), 0);
	assert_string_equal(whole->ptr, "bob");
	assert_int_equal(add("ada", 3, 8, "twee"), 0);
	assert_int_equal(add("ada", 7, 8, "!"), 0);
	assert_string_equal(whole->ptr, "eentwee!");
	/* asked again before the batch has ended */
	assert_int_equal(add("ada", 7, 8, "!"), 0);
	assert_string_equal(whole->ptr, "eentwee!");
	uploads_settle(u);
	assert_int_equal(add("ada", 7, 8, "!"), PLEIN_ECONFLICT);
	assert_int_equal(have, 0);
}

static void
test_upload__tells_from_where_to_go_on(void **state)
{
	(void)state;
	assert_int_equal(add("ada", 0, 9, "een"), 0);
	assert_int_equal(add("ada", 6, 9, "vier"), PLEIN_ERULE);
	assert_int_equal(add("ada", 6, 9, "zes"), PLEIN_ECONFLICT);
	assert_int_equal(have, 3);
	assert_int_equal(add_at("ada", "q", 3, 9, "zes", 1), PLEIN_ECONFLICT);
	assert_int_equal(have, 0);
	assert_int_equal(add("ada", 10, 9, ""), PLEIN_ERULE);
}

static void
test_upload__another_file_of_one_size_is_another(void **state)
{
	(void)state;
	assert_int_equal(add("ada", 0, 3, "een"), 0);
	assert_int_equal(add("ada", 0, 3, "zes"), 0);
	assert_string_equal(whole->ptr, "zes");
}

static void
test_upload__one_file_a_person(void **state)
{
	(void)state;
	assert_int_equal(add_at("ada", "p", 0, 20, "een", 1), 0);
	assert_int_equal(add_at("ada", "q", 0, 20, "een", 1), 0);
	assert_int_equal(add_at("ada", "p", 3, 20, "x", 1), PLEIN_ECONFLICT);
}

static void
test_upload__is_bounded_and_makes_room(void **state)
{
	(void)state;
	assert_int_equal(add("ada", 0, 21, "een"), PLEIN_EBUSY);
	assert_int_equal(add("ada", 0, 15, "een"), 0);
	assert_int_equal(add("bob", 0, 6, "een"), PLEIN_EBUSY);
	assert_int_equal(add("bob", 0, 5, "een"), 0);
	assert_int_equal(add_at("cleo", "p", 0, 10, "x", 1000 + UPLOAD_IDLE_MS),
			 PLEIN_EBUSY);
	assert_int_equal(add_at("cleo", "p", 0, 10, "x", 1001 + UPLOAD_IDLE_MS),
			 0);
	assert_int_equal(add("ada", 3, 15, "x"), PLEIN_ECONFLICT);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_upload__pieces_become_a_file),
		TEST(test_upload__tells_from_where_to_go_on),
		TEST(test_upload__another_file_of_one_size_is_another),
		TEST(test_upload__one_file_a_person),
		TEST(test_upload__is_bounded_and_makes_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
