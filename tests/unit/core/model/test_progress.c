/* How far a municipality is with each theme. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "plein/progress.h"

static void
test_progress__is_read_as_it_was_put(void **state)
{
	struct progress p = { .theme = (char *)"themas/x",
			      .stage = PROGRESS_UNDER_WAY,
			      .offers = (char *)"een koppeling",
			      .since = "2026-03-01" };
	struct vec rows = VEC_INIT;
	struct buf text = BUF_INIT;
	const struct progress *got;

	(void)state;
	buf_str(&text, "---\ntitel: D\n---\nWij.");
	progress_put(&text, &p);
	p.theme = (char *)"themas/y";
	p.stage = PROGRESS_NOT_BEGUN;
	progress_put(&text, &p);
	buf_str(&text, "\nDit blijft.\n");
	p.needs = (char *)"hulp";
	p.offers = NULL;
	progress_put(&text, &p);
	assert_string_equal(text.ptr,
			    "---\ntitel: D\n---\nWij.\n\n## [[themas/x]]\n\n"
			    "- Stand: in uitvoering\n- Biedt: een koppeling\n"
			    "- Sinds: 2026-03-01\n\n## [[themas/y]]\n\n"
			    "- Stand: nog niet begonnen\n- Vraagt: hulp\n"
			    "- Sinds: 2026-03-01\n\nDit blijft.\n");
	progress_read(&rows, text.ptr, text.len);
	assert_int_equal(rows.len, 2);
	got = rows.items[0];
	assert_string_equal(got->theme, "themas/x");
	assert_int_equal(got->stage, PROGRESS_UNDER_WAY);
	assert_string_equal(got->offers, "een koppeling");
	assert_null(got->needs);
	got = rows.items[1];
	assert_int_equal(got->stage, PROGRESS_NOT_BEGUN);
	assert_string_equal(got->needs, "hulp");
	assert_null(got->offers);
	vec_release(&rows, progress_free);
	buf_release(&text);
}

static void
test_progress__words(void **state)
{
	enum progress_stage s;

	(void)state;
	assert_true(progress_of_word("In-uitvoering", &s));
	assert_int_equal(s, PROGRESS_UNDER_WAY);
	assert_true(progress_of_word("nog niet begonnen", &s));
	assert_int_equal(s, PROGRESS_NOT_BEGUN);
	assert_false(progress_of_word("klaar", &s));
	for (int i = 0; i < PROGRESS_STAGES; i++) {
		assert_true(progress_of_word(
			progress_word((enum progress_stage)i), &s));
		assert_int_equal(s, i);
	}
}

static void
test_progress__names_of_pages(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	progress_slug(&out, "Gemeente Duinstad");
	assert_string_equal(out.ptr, "duinstad");
	buf_reset(&out);
	progress_slug(&out, "'s-Gravenzande");
	assert_string_equal(out.ptr, "s-gravenzande");
	buf_reset(&out);
	progress_slug(&out, "  ");
	assert_string_equal(out.ptr, "");
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_progress__is_read_as_it_was_put),
		cmocka_unit_test(test_progress__words),
		cmocka_unit_test(test_progress__names_of_pages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
