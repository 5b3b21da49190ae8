/* Tests of server/proof/password.c. */
#include "proof/password.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "plein/clock.h"

static void
test_password__belongs_to_its_hash_alone(void **state)
{
	char one[PASSWORD_HASH], two[PASSWORD_HASH];
	struct err err = ERR_INIT;

	(void)state;
	assert_int_equal(password_hash(one, "een lang wachtwoord", &err), 0);
	assert_int_equal(password_hash(two, "een lang wachtwoord", &err), 0);
	assert_string_not_equal(one, two);
	assert_true(password_matches(one, "een lang wachtwoord"));
	assert_true(password_matches(two, "een lang wachtwoord"));
	assert_false(password_matches(one, "een lang wachtwoorD"));
	assert_false(password_matches(one, ""));
	assert_false(password_matches("", "een lang wachtwoord"));
	assert_false(password_matches("$argon2id$", "een lang wachtwoord"));
}

static int
compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* Half of the cost of a real one at least: not that it was skipped. */
static void
test_password__of_nobody_costs_as_much(void **state)
{
	char hash[PASSWORD_HASH];
	struct err err = ERR_INIT;
	int64_t known[5], unknown[5], t;

	(void)state;
	assert_int_equal(password_hash(hash, "een lang wachtwoord", &err), 0);
	for (int i = 0; i < 5; i++) {
		t = clock_mono_ms();
		assert_false(password_matches(hash, "een ander wachtwoord"));
		known[i] = clock_mono_ms() - t;
		t = clock_mono_ms();
		assert_false(password_matches(NULL, "een ander wachtwoord"));
		unknown[i] = clock_mono_ms() - t;
	}
	qsort(known, 5, sizeof(known[0]), compare);
	qsort(unknown, 5, sizeof(unknown[0]), compare);
	assert_true(unknown[2] * 2 > known[2]);
	assert_true(known[2] * 2 > unknown[2]);
}

static void
test_password__has_ten_characters_at_least(void **state)
{
	struct err err = ERR_INIT;
	char text[PASSWORD_MAX + 2];

	(void)state;
	assert_int_equal(password_check("negen tek", &err), PLEIN_ERULE);
	assert_string_equal(err.rule, "password-short");
	/* nine characters, ten bytes */
	assert_int_equal(password_check("neg\xc3\xabn tek", &err), PLEIN_ERULE);
	assert_int_equal(password_check("tien teken", &err), 0);
	memset(text, 'x', sizeof(text));
	text[PASSWORD_MAX + 1] = '\0';
	assert_int_equal(password_check(text, &err), PLEIN_ERULE);
	assert_string_equal(err.rule, "password-long");
	text[PASSWORD_MAX] = '\0';
	assert_int_equal(password_check(text, &err), 0);
}

static void
test_password__is_wiped(void **state)
{
	char text[] = "geheim";

	(void)state;
	password_wipe(text);
	for (size_t i = 0; i < sizeof(text); i++)
		assert_int_equal(text[i], 0);
	password_wipe(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_password__belongs_to_its_hash_alone),
		cmocka_unit_test(test_password__of_nobody_costs_as_much),
		cmocka_unit_test(test_password__has_ten_characters_at_least),
		cmocka_unit_test(test_password__is_wiped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
