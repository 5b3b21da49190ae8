/* What a person reads when the wiki does not take what git sent. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "plein/err.h"
#include "refusal.h"
#include "wiki/verdict.h"

/* In the language "C": sentences as they are in the source. */
static void
expect(const struct fault *faults, size_t n, bool more, const char *want)
{
	struct buf text = BUF_INIT;
	struct verdict v;
	json_t *j;
	size_t i;

	verdict_init(&v);
	for (i = 0; i < n; i++)
		assert_true(verdict_add(&v, &faults[i]));
	v.more = more;
	j = verdict_json(&v);
	assert_int_equal(
		json_object_set_new(j, "name", json_string("Jan d'Arc")), 0);
	assert_int_equal(
		json_object_set_new(j, "mail", json_string("jan@stad.example")),
		0);
	assert_int_equal(
		json_object_set_new(j, "base", json_string("0123456789abcdef")),
		0);
	refusal_format(&text, j);
	assert_string_equal(text.ptr, want);
	json_decref(j);
	verdict_release(&v);
	buf_release(&text);
}

static void
test_refusal__names_file_and_reason(void **state)
{
	const struct fault faults[] = {
		{ .rule = FAULT_LINK,
		  .commit = { "abcdef0123456789" },
		  .path = (char *)"themas/x.md" },
		{ .rule = FAULT_SIZE,
		  .path = (char *)"a\x1b[31m.md",
		  .number = 1048577,
		  .most = 1048576 },
		{ .rule = FAULT_TEXT, .path = (char *)"b.md", .number = 7 },
		{ .rule = FAULT_FOLDER, .path = (char *)"" },
		{ .rule = FAULT_LONG },
	};

	(void)state;
	expect(faults, 5, true,
	       "The wiki does not take your changes:\n"
	       "  themas/x.md (abcdef0123): this is a link. Only plain files "
	       "are allowed.\n"
	       "  a<1B>[31m.md: this file is too big: 1025 kB, at most 1024 "
	       "kB.\n"
	       "  b.md: line 7 holds a character that cannot be stored.\n"
	       "  /: this folder is damaged.\n"
	       "  looking at it takes too long. Send it in smaller parts.\n"
	       "  and there is more.\n");
}

static void
test_refusal__says_once_how_to_mend_it(void **state)
{
	const struct fault faults[] = {
		{ .rule = FAULT_AUTHOR,
		  .commit = { "1111" },
		  .detail = (char *)"x@y\x1b" },
		{ .rule = FAULT_AUTHOR,
		  .commit = { "2222" },
		  .detail = (char *)"z" },
		{ .rule = FAULT_ORDER, .commit = { "3333" } },
	};

	(void)state;
	expect(faults, 3, false,
	       "The wiki does not take your changes:\n"
	       "  1111: the author is x@y<1B>. It must be your own address in "
	       "this wiki.\n"
	       "  2222: the author is z. It must be your own address in this "
	       "wiki.\n"
	       "  3333: the date lies before that of the change below it. Is "
	       "the clock of your computer right?\n"
	       "Say who you are, and sign your changes again:\n"
	       "  git config user.name 'Jan d'\\''Arc'\n"
	       "  git config user.email 'jan@stad.example'\n"
	       "  git rebase --exec 'git commit --amend --no-edit "
	       "--reset-author' 0123456789\n"
	       "Give your changes the date of now:\n"
	       "  git rebase --exec 'git commit --amend --no-edit --date=now' "
	       "0123456789\n");
}

static void
test_refusal__every_rule_has_a_sentence(void **state)
{
	struct buf text = BUF_INIT;
	struct verdict v;
	json_t *j;
	int i;

	(void)state;
	for (i = 0; i < FAULT_N; i++) {
		struct fault f = { .rule = (enum fault_rule)i };

		verdict_init(&v);
		assert_true(verdict_add(&v, &f));
		j = verdict_json(&v);
		buf_reset(&text);
		refusal_format(&text, j);
		assert_true(text.len >
			    strlen("The wiki does not take your changes:\n"
				   "  x\n"));
		json_decref(j);
		verdict_release(&v);
	}
	buf_release(&text);
}

static void
test_refusal__an_error_is_a_sentence_too(void **state)
{
	struct buf text = BUF_INIT;

	(void)state;
	refusal_error(&text, PLEIN_EDENIED);
	assert_non_null(strstr(text.ptr, "You may not"));
	buf_reset(&text);
	refusal_error(&text, PLEIN_ECORRUPT);
	assert_non_null(strstr(text.ptr, "tell the administrator"));
	buf_release(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refusal__names_file_and_reason),
		cmocka_unit_test(test_refusal__says_once_how_to_mend_it),
		cmocka_unit_test(test_refusal__every_rule_has_a_sentence),
		cmocka_unit_test(test_refusal__an_error_is_a_sentence_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
