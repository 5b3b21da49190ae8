/* Meetings: items and what was noted at each. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "plein/meeting.h"
#include "plein/merge.h"

static const char page[] =
	"---\ntitel: V\ntype: vergadering\nstatus: concept\ndatum: "
	"\"2026-03-19\"\nbegin: \"09:30\"\ngremium: organisaties/c\n"
	"aanwezig: [voorzitter, secretaris]\n---\nInleiding.\n\n"
	"## 1. Opening\n\n## 2. Open standaarden (ter bespreking)\n\n"
	"Stuk: [[themas/common-ground]]\n\n## 3. Plan (ter besluitvorming)\n\n"
	"## Acties\n\n| nr | actie |\n|--|--|\n| a1 | x |\n\n## Rondvraag\n";

static void
test_meeting__is_read(void **state)
{
	const struct meeting_item *i;
	struct meeting m;

	(void)state;
	meeting_read(&m, page, strlen(page));
	assert_string_equal(m.date, "2026-03-19");
	assert_string_equal(m.begins, "09:30");
	assert_string_equal(m.body, "organisaties/c");
	assert_string_equal(m.present, "voorzitter, secretaris");
	assert_null(m.absent);
	assert_string_equal(m.adopted, "");
	assert_int_equal(m.items.len, 4);
	i = meeting_find(&m, "2");
	assert_string_equal(i->title, "Open standaarden");
	assert_string_equal(i->purpose, "ter bespreking");
	assert_string_equal(i->notes, "Stuk: [[themas/common-ground]]");
	i = meeting_find(&m, "rondvraag");
	assert_null(i->number);
	assert_string_equal(i->notes, "");
	assert_null(meeting_find(&m, "Acties"));
	meeting_release(&m);
}

/* What a template asks for is no place. */
static void
test_meeting__a_place_that_is_asked_for_is_none(void **state)
{
	static const char text[] = "---\ntype: vergadering\n"
				   "plaats: \"[plaats]\"\n---\n";
	struct meeting m;

	(void)state;
	meeting_read(&m, text, strlen(text));
	assert_null(m.place);
	meeting_release(&m);
}

static void
test_meeting__minutes_are_adopted_by_whom_and_when(void **state)
{
	static const struct {
		const char *text;
		bool adopted;
	} texts[] = {
		{ "---\ntype: vergadering\nstatus: vastgesteld\n"
		  "vastgesteld_op: 1-4-2026\nvastgesteld_door: de commissie\n"
		  "---\n",
		  true },
		{ "---\ntype: vergadering\nstatus: vastgesteld\n"
		  "vastgesteld_op: 1-4-2026\n---\n",
		  false },
		{ "---\ntype: vergadering\nstatus: concept\nvastgesteld_op: "
		  "1-4-2026\nvastgesteld_door: x\n---\n",
		  false },
		{ "---\ntype: thema\nstatus: vastgesteld\nvastgesteld_op: "
		  "1-4-2026\nvastgesteld_door: x\n---\n",
		  false },
		{ "Niets.\n", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_int_equal(meeting_is_adopted(texts[i].text,
						    strlen(texts[i].text)),
				 texts[i].adopted);
}

static void
test_meeting__notes_stand_at_their_item(void **state)
{
	struct buf text = BUF_INIT;
	struct err err = ERR_INIT;

	(void)state;
	buf_str(&text, page);
	assert_int_equal(meeting_note(&text, "2", "Eerst.", &err), 0);
	assert_int_equal(meeting_note(&text, "2", "Dan.\n", &err), 0);
	assert_int_equal(meeting_note(&text, "Rondvraag", "Geen.", &err), 0);
	assert_int_equal(meeting_note(&text, "9", "x", &err), PLEIN_ENOTFOUND);
	assert_int_equal(meeting_note(&text, "2", "## Nee", &err), PLEIN_ERULE);
	assert_int_equal(meeting_note(&text, "2", " ", &err), PLEIN_ERULE);
	assert_non_null(strstr(text.ptr, "common-ground]]\n\nEerst.\n\nDan.\n"
					 "\n## 3."));
	assert_non_null(strstr(text.ptr, "## Rondvraag\n\nGeen.\n"));
	buf_release(&text);
}

/* Notes of two people, who began with the same text, at different items. */
static void
test_meeting__notes_at_different_items_join(void **state)
{
	static const char *const items[] = { "1", "2", "3", "Rondvraag" };
	struct buf mine = BUF_INIT, theirs = BUF_INIT;
	struct err err = ERR_INIT;

	(void)state;
	for (int i = 0; i < 16; i++) {
		struct diff3 out = DIFF3_INIT;

		if (i / 4 == i % 4)
			continue;
		buf_reset(&mine);
		buf_reset(&theirs);
		buf_str(&mine, page);
		buf_str(&theirs, page);
		assert_int_equal(
			meeting_note(&mine, items[i / 4], "Van mij.", &err), 0);
		assert_int_equal(
			meeting_note(&theirs, items[i % 4], "Van haar.", &err),
			0);
		const struct merge_text texts[DIFF3_N] = {
			{ page, strlen(page) },
			{ mine.ptr, mine.len },
			{ theirs.ptr, theirs.len },
		};

		merge_page(&out, texts);
		assert_int_equal(out.n, 0);
		assert_non_null(strstr(out.text.ptr, "Van mij."));
		assert_non_null(strstr(out.text.ptr, "Van haar."));
		diff3_release(&out);
	}
	buf_release(&mine);
	buf_release(&theirs);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_meeting__is_read),
		cmocka_unit_test(
			test_meeting__a_place_that_is_asked_for_is_none),
		cmocka_unit_test(
			test_meeting__minutes_are_adopted_by_whom_and_when),
		cmocka_unit_test(test_meeting__notes_stand_at_their_item),
		cmocka_unit_test(test_meeting__notes_at_different_items_join),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
