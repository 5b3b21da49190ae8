/* What stands in place of what was erased. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "plein/page.h"
#include "wiki/tombstone.h"

static const struct tombstone dutch = { "AVG artikel 17", 1700000000, true };
static const struct tombstone english = { "GDPR, 17", 1700000000, false };

static void
expect_file(const struct tombstone *t, const char *address, const char *text,
	    const char *want)
{
	struct buf out = BUF_INIT;

	tombstone_file(t, 3, address, text, strlen(text), &out);
	assert_string_equal(out.ptr, want);
	if (address)
		assert_int_equal(page_check(out.ptr, out.len, NULL), 0);
	buf_release(&out);
}

static void
test_tombstone__says_when_and_why(void **state)
{
	(void)state;
	expect_file(&dutch, NULL, "iets\n",
		    "Verwijderd bij wet op 2023-11-14, 3 - AVG artikel 17\n");
	expect_file(&english, "themas/x", "iets\n",
		    "---\ntitel: Erased by law\n---\n\n"
		    "Erased by law on 2023-11-14, 3 - GDPR, 17\n");
}

static void
test_tombstone__of_a_page_keeps_where_it_was_before(void **state)
{
	(void)state;
	expect_file(&dutch, "themas/x",
		    "---\ntitel: Jan\naliassen: [themas/a, themas/b]\n---\nx\n",
		    "---\ntitel: Verwijderd bij wet\naliassen:\n  - themas/a\n"
		    "  - themas/b\n---\n\n"
		    "Verwijderd bij wet op 2023-11-14, 3 - AVG artikel 17\n");
}

static void
test_tombstone__takes_just_the_words(void **state)
{
	static const char text[] = "---\ntitel: Jan\n---\nJan en Jan, Ja";
	struct buf out = BUF_INIT;

	(void)state;
	tombstone_words(&dutch, 2, "Jan", text, strlen(text), &out);
	assert_string_equal(
		out.ptr,
		"---\ntitel: (Verwijderd bij wet op 2023-11-14, 2 - AVG "
		"artikel 17)\n---\n"
		"(Verwijderd bij wet op 2023-11-14, 2 - AVG artikel 17) en "
		"(Verwijderd bij wet op 2023-11-14, 2 - AVG artikel 17), Ja");
	assert_int_equal(page_check(out.ptr, out.len, NULL), 0);
	buf_release(&out);
}

static void
test_tombstone__leaves_trailers_alone(void **state)
{
	static const char text[] = "over jan\n\nPlein-Page: themas/jan\n";
	struct buf out = BUF_INIT;

	(void)state;
	tombstone_message(&dutch, "jan", text, strlen(text), &out);
	assert_string_equal(out.ptr,
			    "over (Verwijderd bij wet op 2023-11-14 - AVG "
			    "artikel 17)\n\nPlein-Page: themas/jan\n");
	buf_release(&out);
}

static void
test_tombstone__a_reason_means_nothing_in_a_page(void **state)
{
	static const char *const bad[] = { "",	   "a: b", "a #b", "[a]", "\"a",
					   "a\nb", "\xff", "<a>",  "a\\b" };
	char lang[TOMBSTONE_REASON_MAX + 2];

	(void)state;
	assert_int_equal(tombstone_check("AVG artikel 17, zaak 2026/81", NULL),
			 0);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(tombstone_check(bad[i], NULL), PLEIN_ERULE);
	memset(lang, 'x', sizeof(lang));
	lang[sizeof(lang) - 1] = '\0';
	assert_int_equal(tombstone_check(lang, NULL), PLEIN_ERULE);
	assert_int_equal(tombstone_check(lang + 1, NULL), 0);
}

static int
set_zone(void **state)
{
	(void)state;
	if (setenv("TZ", "UTC", 1) != 0)
		return -1;
	tzset();
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tombstone__says_when_and_why),
		cmocka_unit_test(
			test_tombstone__of_a_page_keeps_where_it_was_before),
		cmocka_unit_test(test_tombstone__takes_just_the_words),
		cmocka_unit_test(test_tombstone__leaves_trailers_alone),
		cmocka_unit_test(
			test_tombstone__a_reason_means_nothing_in_a_page),
	};

	return cmocka_run_group_tests(tests, set_zone, NULL);
}
