#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "view/clash.h"

#define BASE \
	"---\nstatus: concept\n---\neen\ntwee\ndrie\n\n## Kop\n\nvier\nvijf\n"
#define YOURS \
	"---\nstatus: concept\n---\neen\nmijn twee\ndrie\n\n## Kop\n\nmijn " \
	"vier\nvijf\n"
#define SAVED \
	"---\nstatus: concept\n---\nander een\nhun twee\ndrie\n\n## " \
	"Kop\n\nhun " \
	"vier\nander vijf\n"

static void
make(struct clash *c, const char *base, const char *yours, const char *saved)
{
	const struct merge_text texts[DIFF3_N] = {
		[DIFF3_BASE] = { base, strlen(base) },
		[DIFF3_YOURS] = { yours, strlen(yours) },
		[DIFF3_SAVED] = { saved, strlen(saved) },
	};

	clash_init(c, texts);
}

static void
assert_finished(struct clash *c, const char *expected)
{
	struct buf out = BUF_INIT;

	assert_true(clash_finish(c, &out));
	assert_string_equal(out.ptr, expected);
	buf_release(&out);
}

static void
assert_mine(const struct clash *c, const char *expected)
{
	struct buf out = BUF_INIT;

	clash_mine(c, &out);
	assert_string_equal(out.ptr, expected);
	buf_release(&out);
}

static bool
is_sentence(const char *base, const char *yours, const char *saved)
{
	struct clash c;
	bool is;

	make(&c, base, yours, saved);
	assert_int_equal(c.places.len, 1);
	is = clash_is_sentence(clash_at(&c, 0));
	clash_release(&c);
	return is;
}

static void
test_clash__knows_one_sentence(void **state)
{
	(void)state;
	assert_true(is_sentence("Een. Twee. Drie.\n", "Een. Mijn. Drie.\n",
				"Een. Hun. Drie.\n"));
	assert_true(is_sentence("een\n\nTwee.\n\ndrie\n",
				"een\n\nMijn.\n\ndrie\n", "een\n\ndrie\n"));
	assert_false(is_sentence("Een. Twee. Drie.\n", "Een. Mijn. Mij.\n",
				 "Een. Hun. Drie.\n"));
	assert_false(is_sentence("- een\n", "- mijn\n", "- hun\n"));
	assert_false(is_sentence("Drie.\n", "Mijn. Drie.\n", "Hun. Drie.\n"));
	assert_false(is_sentence("---\na: Een.\n---\n", "---\na: Mijn.\n---\n",
				 "---\na: Hun.\n---\n"));
}

static void
test_clash__finds_places_and_where_they_are(void **state)
{
	struct clash c;

	(void)state;
	make(&c, "een\ntwee\ndrie\n\n## Kop\n\nvier\n\nacht\n",
	     "een\nmijn twee\ndrie\n\n## Kop\n\nmijn vier\n\nacht\n",
	     "een\nhun twee\ndrie\n\n## Kop\n\nhun vier\n\nander acht\n");
	assert_int_equal(c.places.len, 2);
	assert_string_equal(clash_at(&c, 0)->where, "in the first paragraph");
	assert_string_equal(clash_at(&c, 0)->lines[DIFF3_BASE].ptr, "twee");
	assert_string_equal(clash_at(&c, 0)->lines[DIFF3_YOURS].ptr,
			    "mijn twee");
	assert_string_equal(clash_at(&c, 1)->where, "under Kop");
	assert_string_equal(clash_at(&c, 1)->lines[DIFF3_SAVED].ptr,
			    "hun vier");
	assert_int_equal(c.joined, 1);
	assert_int_equal(clash_count_open(&c), 2);
	clash_release(&c);
}

static void
test_clash__knows_what_is_still_open(void **state)
{
	struct clash c;
	size_t i = 0;

	(void)state;
	make(&c, BASE, YOURS, SAVED);
	assert_int_equal(c.places.len, 2);
	assert_true(clash_find_open(&c, &i));
	assert_int_equal(i, 1);
	clash_choose(&c, 1, CLASH_SAVED);
	assert_true(clash_find_open(&c, &i));
	assert_int_equal(i, 0);
	clash_choose(&c, 0, CLASH_YOURS);
	assert_false(clash_find_open(&c, &i));
	assert_int_equal(clash_count_open(&c), 0);
	clash_release(&c);
}

static void
test_clash__makes_the_text_that_was_chosen(void **state)
{
	struct clash c;

	(void)state;
	make(&c, BASE, YOURS, SAVED);
	clash_choose(&c, 0, CLASH_YOURS);
	clash_choose(&c, 1, CLASH_SAVED);
	assert_finished(&c,
			"---\nstatus: concept\n---\neen\nmijn twee\ndrie\n\n"
			"## Kop\n\nhun vier\nander vijf\n");
	clash_release(&c);
	make(&c, BASE, YOURS, SAVED);
	clash_choose(&c, 0, CLASH_BOTH);
	clash_word(&c, 1, "ons vier", 8);
	clash_choose(&c, 1, CLASH_HAND);
	assert_finished(&c,
			"---\nstatus: concept\n---\neen\nmijn twee\n\nander "
			"een\nhun twee\ndrie\n\n## Kop\n\nons vier\n");
	clash_release(&c);
}

static void
test_clash__brings_in_what_others_changed_elsewhere(void **state)
{
	struct clash c;

	(void)state;
	make(&c, "een\n\ntwee\n\ndrie\n", "mijn een\n\ntwee\n\ndrie\n",
	     "hun een\n\ntwee\n\nhun drie\n");
	assert_int_equal(c.places.len, 1);
	assert_int_equal(c.joined, 1);
	clash_choose(&c, 0, CLASH_YOURS);
	assert_finished(&c, "mijn een\n\ntwee\n\nhun drie\n");
	clash_release(&c);
}

static void
test_clash__keeps_your_text_whatever_is_chosen(void **state)
{
	struct buf out = BUF_INIT, after = BUF_INIT;
	struct clash c;

	(void)state;
	make(&c, BASE, YOURS, SAVED);
	assert_mine(&c, YOURS);
	clash_word(&c, 1, "ons vier\n", 9);
	assert_mine(&c, "---\nstatus: concept\n---\neen\nmijn twee\ndrie\n\n"
			"## Kop\n\nons vier\n");
	assert_int_equal(clash_count_open(&c), 2);
	clash_propose(&c, 1, &out);
	assert_string_equal(out.ptr, "ons vier\n");
	buf_reset(&out);
	clash_choose(&c, 1, CLASH_HAND);
	clash_mine_around(&c, 0, &out, &after);
	assert_string_equal(out.ptr, "---\nstatus: concept\n---\n");
	assert_string_equal(after.ptr, "\ndrie\n\n## Kop\n\nons vier\n");
	buf_reset(&out);
	clash_propose(&c, 0, &out);
	assert_string_equal(out.ptr, "een\nmijn twee\n\nander een\nhun twee");
	buf_release(&out);
	buf_release(&after);
	clash_release(&c);
}

static void
test_clash__is_about_sentences(void **state)
{
	struct clash c;

	(void)state;
	make(&c, "Een zin. De uitvoering vraagt adem. Nog een.\n",
	     "Een zin. De uitvoering vraagt adem en geld. Nog een.\n",
	     "Een zin. De uitvoering vraagt afspraken en adem. Nog een.\n");
	assert_int_equal(c.places.len, 1);
	assert_string_equal(clash_at(&c, 0)->lines[DIFF3_BASE].ptr,
			    "De uitvoering vraagt adem.");
	assert_string_equal(clash_at(&c, 0)->lines[DIFF3_YOURS].ptr,
			    "De uitvoering vraagt adem en geld.");
	clash_choose(&c, 0, CLASH_BOTH);
	assert_finished(&c, "Een zin. De uitvoering vraagt adem en geld. De "
			    "uitvoering vraagt afspraken en adem. Nog een.\n");
	clash_release(&c);
}

static void
test_clash__is_about_fields_too(void **state)
{
	struct clash c;

	(void)state;
	make(&c, BASE,
	     "---\nstatus: vastgesteld\n---\neen\ntwee\ndrie\n\n## Kop\n\n"
	     "vier\nvijf\n",
	     "---\nstatus: vervallen\n---\neen\ntwee\ndrie\n\n## Kop\n\nvier\n"
	     "vijf\n");
	assert_int_equal(c.places.len, 1);
	assert_null(clash_at(&c, 0)->where);
	assert_string_equal(clash_at(&c, 0)->lines[DIFF3_YOURS].ptr,
			    "status: vastgesteld");
	clash_choose(&c, 0, CLASH_SAVED);
	assert_finished(&c, "---\nstatus: vervallen\n---\neen\ntwee\ndrie\n\n"
			    "## Kop\n\nvier\nvijf\n");
	clash_release(&c);
}

static void
test_clash__works_at_the_edges(void **state)
{
	struct clash c;

	(void)state;
	make(&c, "", "mijn", "hun");
	assert_int_equal(c.places.len, 1);
	clash_choose(&c, 0, CLASH_BOTH);
	assert_finished(&c, "mijn\n\nhun");
	clash_release(&c);
	make(&c, "een\n\ntwee", "een\n\nmijn", "een\n\n");
	assert_int_equal(c.places.len, 1);
	assert_int_equal(c.joined, 0);
	clash_choose(&c, 0, CLASH_SAVED);
	assert_finished(&c, "een\n\n");
	clash_release(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_clash__knows_one_sentence),
		cmocka_unit_test(test_clash__finds_places_and_where_they_are),
		cmocka_unit_test(test_clash__knows_what_is_still_open),
		cmocka_unit_test(test_clash__makes_the_text_that_was_chosen),
		cmocka_unit_test(
			test_clash__brings_in_what_others_changed_elsewhere),
		cmocka_unit_test(
			test_clash__keeps_your_text_whatever_is_chosen),
		cmocka_unit_test(test_clash__is_about_sentences),
		cmocka_unit_test(test_clash__is_about_fields_too),
		cmocka_unit_test(test_clash__works_at_the_edges),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
