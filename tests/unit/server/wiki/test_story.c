/* The story of a decision: its question, what was said, what was decided. */
#include "town.h"

#include <unistd.h>

#include "wiki/story.h"

#define QUESTION "vraagstukken/hoe"
#define DECISION "besluiten/zo"

static void
ask_well(struct town *t, enum role role, const char *method, const char *params)
{
	json_decref(town_get(t, role, method, params));
}

/* A question is discussed and answered by a decision, which is put in force.
 * Dates play no part: all of it happens within a second or two. */
static void
live(struct town *t)
{
	json_t *answer;
	char params[512];

	answer = town_get(t, ROLE_BIJDRAGER, "thread.start",
			  "{'address':'" QUESTION "','title':'Wie?',"
			  "'text':'Wie doet het?'}");
	(void)snprintf(params, sizeof(params),
		       "{'thread':'%s','reason':'Wij.'}",
		       town_text(answer, "thread"));
	ask_well(t, ROLE_BIJDRAGER, "thread.resolve", params);
	json_decref(answer);
	ask_well(t, ROLE_REDACTEUR, "page.create",
		 "{'address':'reflecties/even','kind':'reflectie','title':"
		 "'Even','text':'---\\ntitel: Even\\ntype: reflectie\\n"
		 "hoort_bij: [" QUESTION "]\\n---\\nEven denken.\\n'}");
	ask_well(t, ROLE_REDACTEUR, "page.create",
		 "{'address':'" DECISION "','kind':'besluit','title':'Zo',"
		 "'text':'---\\ntitel: Zo\\ntype: besluit\\nstatus: concept\\n"
		 "hoort_bij: [" QUESTION "]\\n---\\nZo doen we het.\\n'}");
	ask_well(t, ROLE_REDACTEUR, "page.save",
		 "{'address':'" DECISION "','base':1,"
		 "'text':'---\\ntitel: Zo\\ntype: besluit\\n"
		 "status: vastgesteld\\nuitkomst: aangenomen\\n"
		 "hoort_bij: [" QUESTION "]\\n---\\nZo doen we het.\\n'}");
	ask_well(t, ROLE_REDACTEUR, "page.save",
		 "{'address':'" QUESTION "','base':1,"
		 "'text':'---\\ntitel: \\\"Hoe dan?\\\"\\ntype: vraagstuk\\n"
		 "stand: beantwoord\\nhoort_bij: [themas/common-ground]\\n---"
		 "\\nHoe?\\n'}");
}

static void
tell_turns(struct buf *out, const json_t *row)
{
	const json_t *turn;
	const char *from;
	size_t i;

	json_array_foreach(json_object_get(row, "turns"), i, turn)
	{
		from = json_string_value(json_object_get(turn, "from"));
		buf_printf(out, " %s %s>%s", town_text(turn, "field"),
			   from ? from : "-", town_text(turn, "to"));
	}
}

/* "address what version or text turns|" */
static char *
tell(const json_t *answer)
{
	struct buf out = BUF_INIT;
	const json_t *row;
	const char *text;
	size_t i;

	json_array_foreach(json_object_get(answer, "rows"), i, row)
	{
		buf_printf(&out, "%s %s ", town_text(row, "address"),
			   town_text(row, "what"));
		text = json_string_value(json_object_get(row, "text"));
		if (text)
			buf_printf(&out, "%.*s", (int)strcspn(text, "\n"),
				   text);
		else
			buf_printf(&out, "%ld", town_number(row, "version"));
		tell_turns(&out, row);
		buf_str(&out, "|");
	}
	return buf_take(&out);
}

static void
expect(struct town *t, const char *params, const char *want)
{
	json_t *answer = town_get(t, ROLE_LEZER, "story.read", params);
	char *told = tell(answer);

	assert_string_equal(told, want);
	json_decref(answer);
	free(told);
}

#define ALL \
	QUESTION " new 1 stand ->open|" QUESTION \
		 " said Wie doet het?|" QUESTION " resolved Wij.|" \
		 "reflecties/even new 1|" DECISION \
		 " new 1 status ->concept|" DECISION \
		 " changed 2 status concept>vastgesteld " \
		 "uitkomst ->aangenomen|" QUESTION \
		 " changed 2 stand open>beantwoord|"

static void
test_story__of_a_decision_begins_with_its_question(void **state)
{
	struct town *t = *state;

	live(t);
	expect(t, "{'address':'" DECISION "'}", ALL);
}

/* A reflection tells of its question, not of what was decided of it. */
static void
test_story__goes_on_to_what_came_of_it(void **state)
{
	struct town *t = *state;

	live(t);
	expect(t, "{'address':'" QUESTION "'}", ALL);
	expect(t, "{'address':'reflecties/even'}",
	       QUESTION " new 1 stand ->open|" QUESTION
			" said Wie doet het?|" QUESTION
			" resolved Wij.|reflecties/even new 1|" QUESTION
			" changed 2 stand open>beantwoord|");
}

static void
test_story__comes_in_parts(void **state)
{
	struct town *t = *state;
	json_t *answer;

	live(t);
	answer = town_get(t, ROLE_LEZER, "story.read",
			  "{'address':'" DECISION "','limit':3}");
	assert_int_equal(town_number(answer, "next"), 3);
	assert_int_equal(town_number(answer, "events"), 7);
	json_decref(answer);
	expect(t, "{'address':'" DECISION "','after':5}",
	       DECISION " changed 2 status concept>vastgesteld "
			"uitkomst ->aangenomen|" QUESTION
			" changed 2 stand open>beantwoord|");
}

/* Its end is told, and before the beginning there is nothing. */
static void
test_story__of_a_page_that_is_gone(void **state)
{
	struct town *t = *state;

	live(t);
	ask_well(t, ROLE_REDACTEUR, "page.delete",
		 "{'address':'" DECISION "','base':2}");
	expect(t, "{'address':'" DECISION "'}",
	       DECISION " new 1 status ->concept|" DECISION
			" changed 2 status concept>vastgesteld "
			"uitkomst ->aangenomen|" DECISION " gone 3|");
	expect(t, "{'address':'" QUESTION "','at':1}", "");
	assert_int_equal(town_ask(t, ROLE_LEZER, "story.read",
				  "{'address':'themas/nooit'}", NULL),
			 PLEIN_ENOTFOUND);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, town_setup, town_teardown)
		T(test_story__of_a_decision_begins_with_its_question),
		T(test_story__goes_on_to_what_came_of_it),
		T(test_story__comes_in_parts),
		T(test_story__of_a_page_that_is_gone),
#undef T
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
