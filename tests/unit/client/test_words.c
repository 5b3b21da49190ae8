/* The grammar of commands over ssh. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "words.h"

static struct words w;

static enum words_problem
parse(const char *line)
{
	words_release(&w);
	return words_parse(&w, line);
}

static int
release(void **state)
{
	(void)state;
	words_release(&w);
	memset(&w, 0, sizeof(w));
	return 0;
}

static void
expect_args(const char *line, enum word_id word, const char *joined)
{
	struct buf all = BUF_INIT;

	assert_int_equal(parse(line), WORDS_FINE);
	assert_int_equal(w.word, word);
	words_join(&w, &all);
	assert_string_equal(all.ptr, joined);
	buf_release(&all);
}

static void
test_words__take_both_names(void **state)
{
	(void)state;
	expect_args("read themas/x", WORD_READ, "themas/x");
	assert_false(w.dutch);
	expect_args("lees themas/x", WORD_READ, "themas/x");
	assert_true(w.dutch);
	expect_args("  wie-ben-ik  ", WORD_WHOAMI, "");
	expect_args("", WORD_N, "");
	expect_args("   ", WORD_N, "");
}

static void
test_words__of_administrators_stand_behind_admin_too(void **state)
{
	(void)state;
	expect_args("admin approve jan --role lezer", WORD_APPROVE, "jan");
	assert_string_equal(words_value(&w, OPTION_ROLE), "lezer");
	assert_false(w.dutch);
	expect_args("beheer stop jan --reden weg", WORD_BLOCK, "jan");
	assert_true(w.dutch);
	expect_args("beheer uitnodigen lijst", WORD_INVITE, "lijst");
	expect_args("admin log", WORD_ADMIN, "log");
	expect_args("admin sessions", WORD_ADMIN, "sessions");
	expect_args("admin read", WORD_ADMIN, "read");
	expect_args("admin", WORD_ADMIN, "");
}

static void
test_words__join_and_group(void **state)
{
	(void)state;
	expect_args("read common   ground", WORD_READ, "common ground");
	expect_args("read 'common  ground'", WORD_READ, "common  ground");
	expect_args("read \"--bron\"", WORD_READ, "--bron");
	expect_args("read it's'", WORD_READ, "its");
	expect_args("read a; rm -rf $HOME", WORD_READ, "a; rm -rf $HOME");
}

static void
test_words__free_text_runs_to_the_next_option(void **state)
{
	(void)state;
	assert_int_equal(parse("save p --note één zin erbij --base 3 --json"),
			 WORDS_FINE);
	assert_string_equal(words_value(&w, OPTION_NOTE), "één zin erbij");
	assert_int_equal(words_number(&w, OPTION_BASE, 0), 3);
	assert_true(w.set & OPTION_JSON);
	assert_int_equal(parse("opslaan p --toelichting '--' --op 3"),
			 WORDS_FINE);
	assert_string_equal(words_value(&w, OPTION_NOTE), "--");
}

static void
test_words__a_value_is_one_word(void **state)
{
	(void)state;
	expect_args("list --soort besluit themas", WORD_LIST, "themas");
	assert_string_equal(words_value(&w, OPTION_KIND), "besluit");
	expect_args("log -n 3 a b", WORD_LOG, "a b");
	assert_int_equal(words_number(&w, OPTION_COUNT, 0), 3);
	expect_args("log a -n12 b", WORD_LOG, "a b");
	assert_int_equal(words_number(&w, OPTION_COUNT, 0), 12);
	expect_args("log a '-n12'", WORD_LOG, "a -n12");
	expect_args("read a -n 3", WORD_READ, "a -n 3");
	assert_int_equal(parse("save p --note stap -n 3 en -n4 --base 1"),
			 WORDS_FINE);
	assert_string_equal(words_value(&w, OPTION_NOTE), "stap -n 3 en -n4");
	expect_args("log -n 3 a b", WORD_LOG, "a b");
	assert_int_equal(words_number(&w, OPTION_COUNT, 0), 3);
	assert_int_equal(words_number(&w, OPTION_DEPTH, 7), 7);
}

static void
test_words__an_address_alone_is_read(void **state)
{
	(void)state;
	expect_args("themas/common-ground", WORD_READ, "themas/common-ground");
	expect_args("index", WORD_READ, "index");
	expect_args("themas/x@14 --source", WORD_READ, "themas/x@14");
	assert_true(w.set & OPTION_SOURCE);
}

static void
test_words__a_base_may_be_a_commit(void **state)
{
	static const char id[] = "0123456789abcdef0123456789abcdef01234567";
	char line[100];

	(void)state;
	(void)snprintf(line, sizeof(line), "save p --base %s", id);
	assert_int_equal(parse(line), WORDS_FINE);
	assert_string_equal(words_value(&w, OPTION_BASE), id);
	(void)release(NULL);
	(void)snprintf(line, sizeof(line), "log p -n %s", id);
	assert_int_equal(parse(line), WORDS_NUMBER);
	(void)release(NULL);
}

static void
test_words__refuse_what_is_wrong(void **state)
{
	static const struct {
		const char *line;
		enum words_problem problem;
		const char *detail;
	} rows[] = {
		{ "onzin", WORDS_UNKNOWN, "onzin" },
		{ "$(id)", WORDS_UNKNOWN, "$(id)" },
		{ "/bin/sh -c id", WORDS_UNKNOWN, "/bin/sh" },
		{ "../../etc/passwd", WORDS_UNKNOWN, "../../etc/passwd" },
		{ "read --onzin x", WORDS_OPTION, "--onzin" },
		{ "read x --base 3", WORDS_OPTION, "--base" },
		{ "save x --base", WORDS_VALUE, "--base" },
		{ "save x --note --base 3", WORDS_VALUE, "--note" },
		{ "save x --base drie", WORDS_NUMBER, "--base" },
		{ "save x --base -1", WORDS_NUMBER, "--base" },
		{ "save x --base 0", WORDS_NUMBER, "--base" },
		{ "log x -n0", WORDS_NUMBER, "-n" },
		{ "log x -n", WORDS_VALUE, "-n" },
		{ "save x --base 99999999999999999999", WORDS_NUMBER,
		  "--base" },
		{ "read 'x", WORDS_QUOTE, "read 'x" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (parse(rows[i].line) != rows[i].problem)
			fail_msg("%s", rows[i].line);
		assert_int_equal(w.word, WORD_N);
		assert_string_equal(w.detail, rows[i].detail);
	}
}

static void
expect_query(const char *line, const char *query)
{
	struct buf out = BUF_INIT;

	assert_int_equal(parse(line), WORDS_FINE);
	words_query(&w, &out);
	assert_string_equal(out.ptr, query);
	buf_release(&out);
}

static void
test_words__search_keeps_phrases(void **state)
{
	(void)state;
	expect_query("search common ground", "common ground");
	expect_query("zoek \"common ground\" data --sinds 2026-01-01",
		     "\"common ground\" data");
	expect_query("search 'open' door:\"Gert Griffie\" type:thema",
		     "\"open\" door:\"Gert Griffie\" type:thema");
	expect_query("search", "");
}

static void
test_words__options_have_two_names(void **state)
{
	static const struct {
		const char *nl, *en;
		enum word_option option;
	} rows[] = {
		{ "changes --sinds a", "changes --since a", OPTION_SINCE },
		{ "changes --tot a", "changes --until a", OPTION_UNTIL },
		{ "changes --door a", "changes --by a", OPTION_BY },
		{ "changes --map a", "changes --folder a", OPTION_FOLDER },
		{ "diff x 1 --per-regel", "diff x 1 --lines", OPTION_LINES },
		{ "save x --klein", "save x --minor", OPTION_MINOR },
		{ "lijst --nieuw", "list --new", OPTION_NEW },
		{ "zoek x --in a", "search x --in a", OPTION_IN },
		{ "undo x 1 --toelichting a", "undo x 1 --note a",
		  OPTION_NOTE },
		{ "delete x --stil", "delete x --quiet", OPTION_QUIET },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(parse(rows[i].nl), WORDS_FINE);
		assert_int_equal(w.set, rows[i].option);
		assert_int_equal(parse(rows[i].en), WORDS_FINE);
		assert_int_equal(w.set, rows[i].option);
	}
}

/* So that the error itself can be told as was asked. */
static void
test_words__know_the_common_flags_after_a_problem(void **state)
{
	(void)state;
	assert_int_equal(parse("onzin --json"), WORDS_UNKNOWN);
	assert_true(w.set & OPTION_JSON);
	assert_int_equal(parse("read --onzin x --stil"), WORDS_OPTION);
	assert_true(w.set & OPTION_QUIET);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words__take_both_names),
		cmocka_unit_test(
			test_words__of_administrators_stand_behind_admin_too),
		cmocka_unit_test(test_words__join_and_group),
		cmocka_unit_test(test_words__free_text_runs_to_the_next_option),
		cmocka_unit_test(test_words__a_value_is_one_word),
		cmocka_unit_test(test_words__an_address_alone_is_read),
		cmocka_unit_test(test_words__a_base_may_be_a_commit),
		cmocka_unit_test(test_words__refuse_what_is_wrong),
		cmocka_unit_test(test_words__search_keeps_phrases),
		cmocka_unit_test(test_words__options_have_two_names),
		cmocka_unit_test(
			test_words__know_the_common_flags_after_a_problem),
	};

	return cmocka_run_group_tests(tests, NULL, release);
}
