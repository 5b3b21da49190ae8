/* test_owner.c - whom a few words mean. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "plein/owner.h"

static const struct owner_person ciso = { "ciso.veenhoek", "Cas Iso",
					  "Gemeente Veenhoek", ROLE_BIJDRAGER };
static const struct owner_person jan = { "jan.jansen", "Jan Jansen", "Duinstad",
					 ROLE_REDACTEUR };
static const struct owner_person bare = { "griffie.waterdam", NULL, NULL,
					  ROLE_LEZER };

static bool
is(const char *words, const struct owner_person *who)
{
	struct owner *o = owner_new(who);
	bool yes = owner_is(o, words);

	owner_free(o);
	return yes;
}

static void
test_owner__is_a_role_of_a_short_name(void **state)
{
	(void)state;
	assert_true(is("ciso", &ciso));
	assert_true(is(" CISO ", &ciso));
	assert_true(is("de ciso", &ciso));
	assert_true(is("ciso Veenhoek", &ciso));
	assert_true(is("ciso (gemeente Veenhoek)", &ciso));
	assert_true(is("Ciso, Veenhoek", &ciso));
	assert_true(is("griffie", &bare));
	assert_true(is("Griffie Waterdam", &bare));
	assert_false(is("ciso Duinstad", &ciso));
	assert_false(is("oov", &ciso));
	assert_false(is("cis", &ciso));
	assert_false(is("jan", &jan));
}

static void
test_owner__is_a_person(void **state)
{
	(void)state;
	assert_true(is("@ciso.veenhoek", &ciso));
	assert_true(is("Jan Jansen", &jan));
	assert_true(is("jan jansen", &jan));
	assert_true(is("jan.jansen", &jan));
	assert_false(is("Jansen", &jan));
	assert_false(is("jan.jansens", &jan));
	assert_false(is("Veenhoek", &ciso));
	assert_false(is("gemeente Veenhoek", &ciso));
}

static void
test_owner__is_one_of_several(void **state)
{
	(void)state;
	assert_true(is("oov, ciso en griffie", &ciso));
	assert_true(is("oov/ciso", &ciso));
	assert_true(is("ciso en oov", &ciso));
	assert_true(is("griffie and ciso", &ciso));
	assert_false(is("oov en griffie", &ciso));
	assert_false(is("bende", &ciso));
}

static void
test_owner__is_a_role_in_the_wiki(void **state)
{
	(void)state;
	assert_true(is("redacteur", &jan));
	assert_true(is("redacteur Duinstad", &jan));
	assert_false(is("redacteur", &ciso));
}

static void
test_owner__is_nobody_without_words(void **state)
{
	static const char *const none[] = { "",	  " ",	  ",", " en ",
					    "de", "[[]]", "@", "gemeente" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
		assert_false(is(none[i], &ciso));
		assert_false(is(none[i], &bare));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_owner__is_a_role_of_a_short_name),
		cmocka_unit_test(test_owner__is_a_person),
		cmocka_unit_test(test_owner__is_one_of_several),
		cmocka_unit_test(test_owner__is_a_role_in_the_wiki),
		cmocka_unit_test(test_owner__is_nobody_without_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
