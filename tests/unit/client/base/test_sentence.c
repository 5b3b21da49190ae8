/* Errors as sentences and exit codes; words of the fields. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <stdio.h>
#include <time.h>

#include "plein/err.h"
#include "base/sentence.h"

static void
expect_error(int code, const char *detail, json_t *args, const char *text)
{
	struct buf out = BUF_INIT;

	sentence_error(&out, code, detail, args);
	assert_string_equal(out.ptr, text);
	buf_release(&out);
	json_decref(args);
}

static void
test_sentence__tells_who_is_no_member_how_to_become_one(void **state)
{
	(void)state;
	assert_string_equal(sentence_denied("gast", true),
			    "For this you need a profile. To apply: "
			    "ssh -t nieuw@<host>");
	assert_string_equal(sentence_denied("new", true),
			    sentence_denied("gast", true));
	assert_string_equal(sentence_denied("gast", false),
			    "For this you need a profile.");
	assert_non_null(strstr(sentence_denied("waiting", false), "awaits"));
	assert_null(sentence_denied("lezer", false));
	assert_null(sentence_denied("", false));
}

static void
test_sentence__every_error_has_one(void **state)
{
	(void)state;
	for (int code = PLEIN_ELAST; code < 0; code++) {
		struct buf out = BUF_INIT;

		sentence_error(&out, code, NULL, NULL);
		assert_true(out.len > 10);
		assert_int_equal(out.ptr[out.len - 1], '.');
		assert_in_range(sentence_exit(code), 1, 8);
		buf_release(&out);
	}
	assert_int_equal(sentence_exit(0), 0);
}

static void
test_sentence__says_what_is_too_long(void **state)
{
	(void)state;
	expect_error(PLEIN_ETOOBIG, "x",
		     json_pack("{s:s, s:i}", "rule", "title", "line", 200),
		     "The title is too long: at most 200 letters. An accent "
		     "counts as a letter too.");
	expect_error(PLEIN_ETOOBIG, "x",
		     json_pack("{s:s, s:i}", "rule", "label", "line", 40),
		     "This is too long: at most 40 letters. An accent counts "
		     "as a letter too.");
	expect_error(PLEIN_ETOOBIG, "x",
		     json_pack("{s:s, s:i}", "rule", "text", "line", 1048576),
		     "This page is too big: at most 1024 kB.");
	expect_error(PLEIN_ETOOBIG, "x", NULL,
		     "This page is too big: at most 1024 kB.");
}

static void
test_sentence__says_a_rule_in_peoples_words(void **state)
{
	(void)state;
	expect_error(PLEIN_ERULE, "a character in line 3 cannot be stored",
		     json_pack("{s:s, s:i}", "rule", "character", "line", 3),
		     "Line 3 holds a character that the wiki does not keep.");
	expect_error(PLEIN_ERULE, "x",
		     json_pack("{s:s, s:i}", "rule", "fields", "line", 2),
		     "The fields between --- cannot be read (line 2).");
	expect_error(PLEIN_EUSAGE, "several pages have this title",
		     json_pack("{s:s}", "rule", "titles"),
		     "Several pages have this title. Use the address.");
	expect_error(PLEIN_ERULE, "something new",
		     json_pack("{s:s}", "rule", "new"),
		     "The wiki does not take this. (something new)");
}

static void
test_sentence__says_which_of_several_keys_it_is(void **state)
{
	(void)state;
	expect_error(PLEIN_ERULE, "x",
		     json_pack("{s:s, s:i}", "rule", "key-weak", "line", 3),
		     "No key was added, because of line 3. An rsa key needs "
		     "3072 bits or more. Make a new one: ssh-keygen -t "
		     "ed25519");
	expect_error(PLEIN_EEXISTS, "x",
		     json_pack("{s:s, s:i}", "rule", "key-taken", "line", 2),
		     "No key was added, because of line 2. This key belongs to "
		     "another profile already.");
	expect_error(PLEIN_EEXISTS, "x",
		     json_pack("{s:s, s:i}", "rule", "key-taken", "line", 0),
		     "This key belongs to another profile already.");
}

static void
expect_key(const char *fingerprint, const char *text)
{
	struct buf out = BUF_INIT;

	sentence_key(&out, fingerprint, 7);
	assert_string_equal(out.ptr, text);
	buf_release(&out);
}

static void
test_sentence__shows_both_ends_of_a_key(void **state)
{
	(void)state;
	expect_key("SHA256:rvQYiyUFgFUQ47bxjSKv8KgeUOUGO92yeUPvWa1KKdg",
		   "SHA256:rvQYiyU...Kdg");
	expect_key("SHA256:Zk3vQ8x9fQ", "SHA256:Zk3vQ8x9fQ");
	expect_key("SHA256:", "SHA256:");
	expect_key("zonder dubbele punt", "zonder ...unt");
}

static void
test_sentence__exits_as_the_manual_says(void **state)
{
	static const struct {
		int code, exit;
	} rows[] = {
		{ PLEIN_EUSAGE, 2 },	{ PLEIN_EDENIED, 3 },
		{ PLEIN_ENOTFOUND, 4 }, { PLEIN_EEXISTS, 6 },
		{ PLEIN_ECONFLICT, 5 }, { PLEIN_ESAME, 1 },
		{ PLEIN_ERULE, 6 },	{ PLEIN_ETOOBIG, 6 },
		{ PLEIN_EBUSY, 7 },	{ PLEIN_EUNKNOWN, 8 },
		{ PLEIN_ECLOSED, 7 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(sentence_exit(rows[i].code), rows[i].exit);
}

static void
test_sentence__names_who_was_first(void **state)
{
	(void)state;
	expect_error(PLEIN_ECONFLICT, "x",
		     json_pack("{s:i,s:s,s:s}", "version", 4, "handle", "g",
			       "name", "Gert"),
		     "Gert has changed this page meanwhile (version 4).");
	expect_error(PLEIN_ECONFLICT, "x",
		     json_pack("{s:i,s:s}", "version", 4, "handle", "g"),
		     "g has changed this page meanwhile (version 4).");
	expect_error(PLEIN_ECONFLICT, "x", NULL,
		     "Somebody has changed this page meanwhile (version 0).");
}

static void
test_sentence__tells_that_a_page_was_deleted(void **state)
{
	(void)state;
	expect_error(PLEIN_ENOTFOUND, "x", json_pack("{s:i}", "gone", 8),
		     "This page was deleted (version 8).");
	expect_error(PLEIN_ENOTFOUND, "x", NULL,
		     "This page or version does not exist.");
}

static void
expect_conflict(json_t *args, const char *text)
{
	struct buf out = BUF_INIT;

	sentence_conflict(&out, args);
	assert_string_equal(out.ptr, text);
	buf_release(&out);
	json_decref(args);
}

static void
test_sentence__says_in_how_many_places_to_choose(void **state)
{
	(void)state;
	expect_conflict(json_pack("{s:s,s:[{}]}", "name", "Gert", "regions"),
			"Gert has changed this page meanwhile. "
			"Choose in 1 place.");
	expect_conflict(json_pack("{s:s,s:[{},{}]}", "name", "Gert", "regions"),
			"Gert has changed this page meanwhile. "
			"Choose in 2 places.");
	expect_conflict(json_pack("{s:s,s:b,s:[]}", "name", "Gert", "gone", 1,
				  "regions"),
			"Gert has deleted this page meanwhile. "
			"Your text is still here.");
	expect_conflict(NULL, "Somebody has changed this page meanwhile. "
			      "Your text is still here.");
	expect_error(PLEIN_ECONFLICT, "x",
		     json_pack("{s:i,s:s,s:b}", "version", 4, "name", "Gert",
			       "gone", 1),
		     "Gert has deleted this page meanwhile (version 4).");
}

static void
expect_saved(json_t *result, const char *text)
{
	struct buf out = BUF_INIT;

	sentence_saved(&out, result);
	assert_string_equal(out.ptr, text);
	buf_release(&out);
	json_decref(result);
}

static void
test_sentence__names_whose_changes_are_included(void **state)
{
	(void)state;
	expect_saved(json_pack("{s:i}", "version", 4), "Saved as version 4.");
	expect_saved(json_pack("{s:i}", "version", 0),
		     "Saved. The number of the version follows.");
	expect_saved(json_pack("{s:i,s:[]}", "version", 4, "with"),
		     "Saved as version 4.");
	expect_saved(json_pack("{s:i,s:[{s:s},{s:s}]}", "version", 4, "with",
			       "name", "Gert", "name", "Gert"),
		     "Saved as version 4. The change by Gert is included.");
	expect_saved(json_pack("{s:i,s:[{s:s},{s:s}]}", "version", 4, "with",
			       "name", "Gert", "handle", "an"),
		     "Saved as version 4. The changes by Gert, an are "
		     "included.");
	expect_saved(json_pack("{s:i,s:[{s:s},{s:s},{s:s},{s:s},{s:s}]}",
			       "version", 4, "with", "name", "a", "name", "b",
			       "name", "c", "name", "d", "name", "e"),
		     "Saved as version 4. The changes by a, b, c, … are "
		     "included.");
}

static void
test_sentence__says_which_rule(void **state)
{
	(void)state;
	expect_error(PLEIN_ERULE, "line 3", NULL,
		     "The wiki does not take this. (line 3)");
	expect_error(PLEIN_EIO, "/secret/path", NULL,
		     "The wiki could not do this. Tell the administrator.");
}

static void
test_sentence__days_have_a_year_unless_it_is_this_one(void **state)
{
	struct buf out = BUF_INIT;
	time_t now = time(NULL);
	struct tm tm;
	char year[16];

	(void)state;
	(void)setenv("TZ", "UTC", 1);
	tzset();
	sentence_day(&out, 1742205600);
	assert_string_equal(out.ptr, "17 March 2025");
	buf_reset(&out);
	sentence_day(&out, now);
	assert_non_null(gmtime_r(&now, &tm));
	(void)snprintf(year, sizeof(year), "%d", tm.tm_year + 1900);
	assert_null(strstr(out.ptr, year));
	buf_release(&out);
}

static void
test_sentence__days_have_a_short_and_a_long_form(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	sentence_short(&out, 1742205600);
	assert_string_equal(out.ptr, "17 Mar 2025");
	buf_reset(&out);
	sentence_short(&out, time(NULL));
	assert_true(out.len <= 12);
	assert_non_null(strchr(out.ptr, ':'));
	buf_reset(&out);
	sentence_then(&out, 1742205600);
	assert_string_equal(out.ptr, "Monday 17 March 2025 at 10:00");
	buf_reset(&out);
	sentence_then(&out, time(NULL));
	assert_non_null(strstr(out.ptr, " 20")); /* its year, always */
	buf_reset(&out);
	sentence_date(&out, 1742205600);
	assert_string_equal(out.ptr, "17 Mar 2025");
	buf_reset(&out);
	sentence_date(&out, time(NULL));
	assert_true(out.len <= 6);
	buf_release(&out);
}

static void
test_sentence__moments_of_these_days_have_a_word(void **state)
{
	struct buf out = BUF_INIT;
	time_t now = time(NULL);
	char want[32];
	struct tm tm;

	(void)state;
	(void)setenv("TZ", "UTC", 1);
	tzset();
	sentence_moment(&out, 1742205600);
	assert_string_equal(out.ptr, "17 March 2025 10:00");
	assert_non_null(gmtime_r(&now, &tm));
	(void)snprintf(want, sizeof(want), "today %02d:%02d", tm.tm_hour,
		       tm.tm_min);
	buf_reset(&out);
	sentence_moment(&out, now);
	assert_string_equal(out.ptr, want);
	buf_reset(&out);
	sentence_clock(&out, now);
	assert_string_equal(out.ptr, want + strlen("today "));
	(void)snprintf(want, sizeof(want), "yesterday %02d:%02d", tm.tm_hour,
		       tm.tm_min);
	buf_reset(&out);
	sentence_moment(&out, now - 86400);
	assert_string_equal(out.ptr, want);
	buf_reset(&out);
	sentence_clock(&out, now - 86400);
	assert_string_equal(out.ptr, want);
	buf_reset(&out);
	sentence_moment(&out, now - 2 * 86400);
	assert_null(strstr(out.ptr, "day "));
	buf_release(&out);
}

/* A day says all there is to say where a stretch begins or ends with it. */
static void
test_sentence__a_stretch_has_a_time_unless_it_has_whole_days(void **state)
{
	const json_int_t begin = 1742169600, end = begin + 86399;
	struct buf out = BUF_INIT;

	(void)state;
	(void)setenv("TZ", "UTC", 1);
	tzset();
	sentence_since(&out, begin);
	assert_string_equal(out.ptr, "17 March 2025");
	buf_reset(&out);
	sentence_since(&out, begin + 43200);
	assert_string_equal(out.ptr, "17 March 2025 12:00");
	buf_reset(&out);
	sentence_since(&out, end);
	assert_string_equal(out.ptr, "17 March 2025 23:59");
	buf_reset(&out);
	sentence_until(&out, end);
	assert_string_equal(out.ptr, "17 March 2025");
	buf_reset(&out);
	sentence_until(&out, begin);
	assert_string_equal(out.ptr, "17 March 2025 00:00");
	buf_release(&out);
}

static void
test_sentence__words_we_do_not_know_stay(void **state)
{
	(void)state;
	assert_string_equal(sentence_kind("thema"), "theme");
	assert_string_equal(sentence_kind("gedicht"), "gedicht");
	assert_string_equal(sentence_status("ter-bespreking"),
			    "for discussion");
	assert_string_equal(sentence_status(""), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sentence__every_error_has_one),
		cmocka_unit_test(
			test_sentence__tells_who_is_no_member_how_to_become_one),
		cmocka_unit_test(test_sentence__says_what_is_too_long),
		cmocka_unit_test(
			test_sentence__says_which_of_several_keys_it_is),
		cmocka_unit_test(test_sentence__says_a_rule_in_peoples_words),
		cmocka_unit_test(test_sentence__shows_both_ends_of_a_key),
		cmocka_unit_test(test_sentence__exits_as_the_manual_says),
		cmocka_unit_test(test_sentence__names_who_was_first),
		cmocka_unit_test(test_sentence__tells_that_a_page_was_deleted),
		cmocka_unit_test(
			test_sentence__says_in_how_many_places_to_choose),
		cmocka_unit_test(
			test_sentence__names_whose_changes_are_included),
		cmocka_unit_test(test_sentence__says_which_rule),
		cmocka_unit_test(
			test_sentence__days_have_a_year_unless_it_is_this_one),
		cmocka_unit_test(
			test_sentence__days_have_a_short_and_a_long_form),
		cmocka_unit_test(
			test_sentence__moments_of_these_days_have_a_word),
		cmocka_unit_test(
			test_sentence__a_stretch_has_a_time_unless_it_has_whole_days),
		cmocka_unit_test(test_sentence__words_we_do_not_know_stay),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
