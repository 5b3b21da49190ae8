/* Questions: positions with support and arguments, read and changed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "plein/merge.h"
#include "plein/question.h"

static const char whole[] =
	"---\ntitel: Delen\ntype: vraagstuk\n---\nWaar gaat het over?\n\n"
	"## Kernvraag\n\nWanneer delen we?\n\n## Opvattingen\n\n"
	"### Alleen met toestemming\n\nVooraf gevraagd.\n\nSteun:\n\n"
	"- archief.duinstad\n- griffie.waterdam\n\nVoor:\n\n"
	"- Inwoners houden de regie. (griffie.waterdam)\n"
	"- Het is uit te leggen\n  (aan de raad)\n\nTegen:\n\n"
	"- Toestemming is zelden vrij. (ciso.veenhoek)\n\n"
	"### Als de wet het vraagt\n\n## Bronnen\n\n### Geen opvatting\n";

static void
test_question__is_read(void **state)
{
	const struct position *p;
	const struct argument *a;
	struct question q;

	(void)state;
	question_read(&q, whole, strlen(whole));
	assert_string_equal(q.core, "Wanneer delen we?");
	assert_int_equal(q.positions.len, 2);
	p = question_find(&q, "alleen met Toestemming");
	assert_non_null(p);
	assert_string_equal(p->text, "Vooraf gevraagd.");
	assert_int_equal(p->lists[QUESTION_SUPPORT].len, 2);
	assert_true(position_is_supported(p, "archief.duinstad"));
	assert_false(position_is_supported(p, "archief"));
	assert_int_equal(p->lists[QUESTION_FOR].len, 2);
	a = p->lists[QUESTION_FOR].items[0];
	assert_string_equal(a->text, "Inwoners houden de regie.");
	assert_string_equal(a->handle, "griffie.waterdam");
	a = p->lists[QUESTION_FOR].items[1];
	assert_string_equal(a->text, "Het is uit te leggen (aan de raad)");
	assert_null(a->handle);
	assert_int_equal(p->lists[QUESTION_AGAINST].len, 1);
	p = q.positions.items[1];
	assert_string_equal(p->title, "Als de wet het vraagt");
	assert_string_equal(p->text, "");
	question_release(&q);
}

static void
test_question__core_from_wherever_it_stands(void **state)
{
	static const struct {
		const char *text, *core;
	} texts[] = {
		{ "---\nkernvraag: \"Wat nu?\"\n---\n## Kernvraag\n\nNee\n",
		  "Wat nu?" },
		{ "Een inleiding. Kernvraag: wat nu?\n", "wat nu?" },
		{ "```\nKernvraag: nee\n```\n", NULL },
		{ "Niets.\n", NULL },
	};
	struct question q;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		question_read(&q, texts[i].text, strlen(texts[i].text));
		if (texts[i].core)
			assert_string_equal(q.core, texts[i].core);
		else
			assert_null(q.core);
		question_release(&q);
	}
}

static void
test_question__grows_from_nothing(void **state)
{
	struct argument a = { (char *)"Het kan", (char *)"jan" };
	struct buf text = BUF_INIT;
	struct err err = ERR_INIT;

	(void)state;
	buf_str(&text, "Kernvraag: wat?");
	assert_int_equal(question_add(&text, "Ja", "Omdat.", &err), 0);
	assert_int_equal(question_add(&text, "ja", NULL, &err), PLEIN_EEXISTS);
	assert_int_equal(question_add(&text, "Nee", "## nee", &err),
			 PLEIN_ERULE);
	assert_int_equal(question_add(&text, "Nee", NULL, &err), 0);
	assert_int_equal(question_argue(&text, "Ja", true, &a, &err), 0);
	a.handle = NULL;
	assert_int_equal(question_argue(&text, "Ja", false, &a, &err), 0);
	assert_int_equal(question_argue(&text, "Misschien", true, &a, &err),
			 PLEIN_ENOTFOUND);
	assert_int_equal(question_support(&text, "Ja", "piet", true, &err), 0);
	assert_int_equal(question_support(&text, "Ja", "jan", true, &err), 0);
	assert_int_equal(question_support(&text, "Ja", "zoe", true, &err), 0);
	assert_int_equal(question_support(&text, "Ja", "jan", true, &err),
			 PLEIN_ESAME);
	assert_int_equal(question_support(&text, "Nee", "jan", false, &err),
			 PLEIN_ESAME);
	assert_int_equal(question_support(&text, "Nee", "jan", true, &err), 0);
	assert_string_equal(
		text.ptr,
		"Kernvraag: wat?\n\n## Opvattingen\n\n### Ja\n\nOmdat.\n\n"
		"Tegen:\n\n- Het kan (jan)\n\nVoor:\n\n- Het kan\n\nSteun:\n\n"
		"- jan\n- piet\n- zoe\n\n### Nee\n\nSteun:\n\n- jan\n");
	assert_int_equal(question_support(&text, "Ja", "piet", false, &err), 0);
	assert_int_equal(question_support(&text, "Ja", "jan", false, &err), 0);
	assert_int_equal(question_support(&text, "Ja", "zoe", false, &err), 0);
	assert_int_equal(question_support(&text, "Ja", "zoe", true, &err), 0);
	assert_non_null(strstr(text.ptr, "Steun:\n\n- zoe\n\n### Nee"));
	buf_release(&text);
}

/* What is added leaves every other byte, in any order of adding. */
static void
test_question__changes_keep_the_rest(void **state)
{
	struct argument a = { (char *)"Nieuw", (char *)"jan" };
	struct buf text = BUF_INIT;
	struct err err = ERR_INIT;
	struct question q;

	(void)state;
	buf_str(&text, whole);
	assert_int_equal(question_argue(&text, "Alleen met toestemming", false,
					&a, &err),
			 0);
	assert_int_equal(
		question_argue(&text, "Als de wet het vraagt", true, &a, &err),
		0);
	assert_int_equal(question_support(&text, "Alleen met toestemming",
					  "ciso.veenhoek", true, &err),
			 0);
	assert_int_equal(question_add(&text, "Nooit", NULL, &err), 0);
	assert_non_null(strstr(text.ptr, "- Het is uit te leggen\n  (aan de "
					 "raad)\n- Nieuw (jan)\n\nTegen:"));
	assert_non_null(strstr(text.ptr, "- archief.duinstad\n"
					 "- ciso.veenhoek\n"
					 "- griffie.waterdam\n"));
	assert_non_null(strstr(text.ptr, "vraagt\n\nTegen:\n\n- Nieuw (jan)\n"
					 "\n### Nooit\n\n## Bronnen"));
	question_read(&q, text.ptr, text.len);
	assert_int_equal(q.positions.len, 3);
	question_release(&q);
	buf_release(&text);
}

/* Two who change different things of one text: their changes are joined. */
static void
test_question__changes_of_two_join(void **state)
{
	struct argument a = { (char *)"Nieuw", (char *)"jan" };
	struct buf mine = BUF_INIT, theirs = BUF_INIT;
	struct err err = ERR_INIT;
	struct diff3 out = DIFF3_INIT;

	(void)state;
	buf_str(&mine, whole);
	buf_str(&theirs, whole);
	assert_int_equal(question_support(&mine, "Alleen met toestemming",
					  "beleid.duinstad", true, &err),
			 0);
	assert_int_equal(question_support(&theirs, "Alleen met toestemming",
					  "zorg.waterdam", true, &err),
			 0);
	assert_int_equal(question_argue(&theirs, "Als de wet het vraagt", true,
					&a, &err),
			 0);
	{
		const struct merge_text texts[DIFF3_N] = {
			{ whole, strlen(whole) },
			{ mine.ptr, mine.len },
			{ theirs.ptr, theirs.len },
		};

		merge_page(&out, texts);
	}
	assert_int_equal(out.n, 0);
	assert_non_null(strstr(out.text.ptr, "- beleid.duinstad\n"));
	assert_non_null(strstr(out.text.ptr, "- zorg.waterdam\n"));
	assert_non_null(strstr(out.text.ptr, "- Nieuw (jan)\n"));
	diff3_release(&out);
	buf_release(&mine);
	buf_release(&theirs);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_question__is_read),
		cmocka_unit_test(test_question__core_from_wherever_it_stands),
		cmocka_unit_test(test_question__grows_from_nothing),
		cmocka_unit_test(test_question__changes_keep_the_rest),
		cmocka_unit_test(test_question__changes_of_two_join),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
