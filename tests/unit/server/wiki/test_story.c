/* The story of a decision: its question, what was said, what was decided. */
#include "town.h"

#include <unistd.h>

#include "wiki/part.h"
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

/* "address what version, text or action turns|" */
static char *
tell(const json_t *answer)
{
	struct buf out = BUF_INIT;
	const json_t *row, *action;
	const char *text;
	size_t i;

	json_array_foreach(json_object_get(answer, "rows"), i, row)
	{
		buf_printf(&out, "%s %s ", town_text(row, "address"),
			   town_text(row, "what"));
		text = json_string_value(json_object_get(row, "text"));
		action = json_object_get(row, "action");
		if (action)
			buf_printf(&out, "%s %s", town_text(action, "number"),
				   town_text(action, "text"));
		else if (text)
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

#define MEETING "vergaderingen/2026/2026-03-19-commissie"
#define COLUMNS \
	"| nr | actie | eigenaar | gereed op | stand | besluit |\\n" \
	"| --- | --- | --- | --- | --- | --- |\\n"
#define HEAD \
	"---\\ntitel: Zo\\ntype: besluit\\n" \
	"hoort_bij: [" QUESTION "]\\n---\\n"
#define MEETS "---\\ntitel: Commissie\\ntype: vergadering\\n---\\n"
#define OURS(state) \
	"| a1 | Plan | ciso | 2026-04-01 | " state " | [[" DECISION "]] |\\n"
#define OTHERS "| a2 | Zaal | bode | | open | |\\n"

/* What was taken down of it elsewhere belongs to it, the rest does not. */
static void
take_down(struct town *t)
{
	ask_well(t, ROLE_REDACTEUR, "page.create",
		 "{'address':'" DECISION "','kind':'besluit','title':'Zo',"
		 "'text':'" HEAD "Zo.\\n'}");
	ask_well(t, ROLE_REDACTEUR, "page.create",
		 "{'address':'" MEETING "','kind':'vergadering','title':"
		 "'Commissie','text':'" MEETS "Niets.\\n'}");
	ask_well(t, ROLE_REDACTEUR, "page.save",
		 "{'address':'" MEETING
		 "','base':1,'text':'" MEETS COLUMNS OURS("open") OTHERS "'}");
	ask_well(t, ROLE_REDACTEUR, "page.save",
		 "{'address':'" DECISION "','base':1,'text':'" HEAD COLUMNS
		 "| a1 | Zelf | oov | | open | |\\n'}");
	ask_well(t, ROLE_REDACTEUR, "page.save",
		 "{'address':'" MEETING
		 "','base':2,'text':'" MEETS COLUMNS OURS(
			 "gereed 2026-03-30: geoefend") OTHERS "'}");
	ask_well(t, ROLE_REDACTEUR, "page.save",
		 "{'address':'" DECISION "','base':2,'text':'" HEAD
		 "Weg.\\n'}");
}

#define TAKEN \
	QUESTION " new 1 stand ->open|" DECISION " new 1|" MEETING \
		 " action a1 Plan|" DECISION " changed 2|" DECISION \
		 " action a1 Zelf|" MEETING \
		 " action-changed a1 Plan stand open>gereed 2026-03-30: " \
		 "geoefend|" DECISION " changed 3|" DECISION \
		 " action-gone a1 Zelf|"

static void
test_story__has_the_actions_of_a_decision(void **state)
{
	struct town *t = *state;
	json_t *answer;
	long next = 0;
	char params[90];
	struct buf told = BUF_INIT;
	char *part;

	take_down(t);
	expect(t, "{'address':'" DECISION "'}", TAKEN);
	expect(t, "{'address':'" QUESTION "'}", TAKEN);
	for (bool more = true; more;) {
		(void)snprintf(params, sizeof(params),
			       "{'address':'" DECISION
			       "','limit':1,'after':%ld}",
			       next);
		answer = town_get(t, ROLE_LEZER, "story.read", params);
		assert_int_equal(town_number(answer, "events"), 4);
		part = tell(answer);
		buf_str(&told, part);
		free(part);
		more = json_object_get(answer, "next") != NULL;
		next = more ? town_number(answer, "next") : 0;
		json_decref(answer);
	}
	assert_string_equal(told.ptr, TAKEN);
	buf_release(&told);
}

#define TAKEN_ELSEWHERE \
	QUESTION " new 1 stand ->open|" DECISION " new 1|" ELSEWHERE \
		 " action a1 Plan|" DECISION " changed 2|" DECISION \
		 " action a1 Zelf|" ELSEWHERE \
		 " action-changed a1 Plan stand open>gereed 2026-03-30: " \
		 "geoefend|" DECISION " changed 3|" DECISION \
		 " action-gone a1 Zelf|" ELSEWHERE " action-gone a1 Plan|"

/* Nothing of today says any more that they were of this decision. */
static void
test_story__has_actions_that_are_gone_from_a_meeting(void **state)
{
	struct town *t = *state;

	take_down(t);
	ask_well(t, ROLE_REDACTEUR, "page.save",
		 "{'address':'" MEETING
		 "','base':3,'text':'" MEETS COLUMNS OTHERS "'}");
	town_fill_past(t);
	expect(t, "{'address':'" DECISION "'}",
	       TAKEN MEETING " action-gone a1 Plan|");
}

static void
expect_complete(struct town *t, const char *params, bool complete)
{
	json_t *answer = town_get(t, ROLE_LEZER, "story.read", params);

	assert_int_equal(json_is_true(json_object_get(answer, "complete")),
			 complete);
	json_decref(answer);
}

#define LATER ",'at':2000000000}" /* than all that happens here */
#define ELSEWHERE "vergaderingen/2026/2026-03-20-commissie"

/* The same of a moment, also where the meeting is called otherwise since. */
static void
test_story__as_of_a_moment_has_actions_that_were_gone(void **state)
{
	struct town *t = *state;

	take_down(t);
	expect_complete(t, "{'address':'" DECISION "'}", false);
	expect_complete(t, "{'address':'" DECISION "'" LATER, false);
	ask_well(t, ROLE_REDACTEUR, "page.save",
		 "{'address':'" MEETING
		 "','base':3,'text':'" MEETS COLUMNS OTHERS "'}");
	town_fill_past(t);
	expect(t, "{'address':'" DECISION "'" LATER,
	       TAKEN MEETING " action-gone a1 Plan|");
	expect_complete(t, "{'address':'" DECISION "'}", true);
	expect_complete(t, "{'address':'" DECISION "'" LATER, true);
	ask_well(t, ROLE_REDACTEUR, "page.rename",
		 "{'address':'" MEETING "','to':'" ELSEWHERE "'}");
	expect(t, "{'address':'" DECISION "'" LATER, TAKEN_ELSEWHERE);
	expect(t, "{'address':'" DECISION "'}", TAKEN_ELSEWHERE);
	town_fill_past(t);
	expect(t, "{'address':'" DECISION "'" LATER, TAKEN_ELSEWHERE);
	expect(t, "{'address':'" DECISION "'}", TAKEN_ELSEWHERE);
}

/* Meetings, more than a story has pages, whose minutes say so. */
static void
hold_many(struct town *t, const char *text)
{
	struct edit e = { .author_name = "Git Zelf",
			  .author_mail = "git.zelf@stad.example",
			  .service_mail = "plein@stad.example",
			  .when = 1900000000,
			  .message = "Veel\n" };
	struct repo_id id;
	struct txn *txn;
	char path[60];
	int i;

	assert_int_equal(txn_begin(&txn, t->desk.repo, &t->err), 0);
	for (i = 0; i < STORY_PAGES_MAX; i++) {
		(void)snprintf(path, sizeof(path),
			       "vergaderingen/2026/v%d/index.md", i);
		assert_int_equal(
			txn_stage(txn, path, text, strlen(text), &t->err), 0);
	}
	if (txn_edit(txn, &e, &id, &t->err) || txn_commit(txn, &t->err))
		fail_msg("%s", t->err.msg);
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
}

/* They named a decision once, none of whose actions they held. */
static void
test_story__is_not_hidden_by_what_meetings_said_before(void **state)
{
	struct town *t = *state;
	json_t *answer;
	char *told;

	take_down(t);
	hold_many(t, "Zie [[" DECISION "]].\n");
	hold_many(t, "Niets.\n");
	ask_well(t, ROLE_REDACTEUR, "page.create",
		 "{'address':'besluiten/zulk','kind':'besluit','title':'Zulk',"
		 "'text':'---\\ntitel: Zulk\\ntype: besluit\\n"
		 "hoort_bij: [" QUESTION "]\\n---\\nZulk.\\n'}");
	ask_well(
		t, ROLE_REDACTEUR, "page.create",
		"{'address':'vergaderingen/2026/2026-05-01-raad',"
		"'kind':'vergadering','title':'Raad',"
		"'text':'---\\ntitel: Raad\\ntype: vergadering\\n---\\n" COLUMNS
		"| a1 | Doen | bode | | open | [[besluiten/zulk]] |"
		"\\n'}");
	town_fill_past(t);
	answer = town_get(t, ROLE_LEZER, "story.read",
			  "{'address':'" QUESTION "'}");
	told = tell(answer);
	assert_non_null(strstr(told, " action a1 Doen|"));
	free(told);
	json_decref(answer);
}

static void
test_story__of_a_meeting_has_all_its_actions(void **state)
{
	struct town *t = *state;

	take_down(t);
	expect(t, "{'address':'" MEETING "'}",
	       MEETING " new 1|" MEETING " changed 2|" MEETING
		       " action a1 Plan|" MEETING " action a2 Zaal|" MEETING
		       " changed 3|" MEETING
		       " action-changed a1 Plan stand open>gereed 2026-03-30: "
		       "geoefend|");
}

#define PUSHED "vergaderingen/2026/2026-04-16-raad"
#define ADOPTED \
	"---\ntitel: Raad\ntype: vergadering\nstatus: vastgesteld\n" \
	"vastgesteld_door: de raad\nvastgesteld_op: 2026-05-01\n---\n"

static void
push(struct town *t, const char *text, const char *note)
{
	struct repo_id id;

	town_commit(t->desk.repo, PUSHED "/index.md", text, note, &id);
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
}

static void
expect_notes(struct town *t, const char *method, const char *want)
{
	json_t *answer =
		town_get(t, ROLE_LEZER, method, "{'address':'" PUSHED "'}");
	struct buf notes = BUF_INIT;
	const json_t *row;
	size_t i;

	json_array_foreach(json_object_get(answer, "rows"), i, row)
		buf_printf(&notes, "%s|", town_text(row, "note"));
	assert_string_equal(notes.ptr, want);
	buf_release(&notes);
	json_decref(answer);
}

/* Its maker did not say so; whoever reads the version is told. */
static void
test_story__of_minutes_that_git_changed_after_adoption(void **state)
{
	static const char late[] = "Zin weg (gewijzigd na vaststelling)";
	struct town *t = *state;
	json_t *page;

	push(t, "---\ntitel: Raad\ntype: vergadering\n---\nEen.\n", "Begin\n");
	push(t, ADOPTED "Een.\n", "Vastgesteld\n");
	push(t, ADOPTED "Twee.\n", "Zin weg\n");
	push(t, "---\ntitel: Raad\ntype: vergadering\n---\nTwee.\n",
	     "Toch niet (gewijzigd na vaststelling)\n");
	push(t, "---\ntitel: Raad\ntype: vergadering\n---\nDrie.\n",
	     "Verder\n");
	expect_notes(t, "story.read",
		     "Begin|Vastgesteld|Zin weg (gewijzigd na vaststelling)|"
		     "Toch niet (gewijzigd na vaststelling)|Verder|");
	expect_notes(t, "page.history",
		     "Verder|Toch niet (gewijzigd na vaststelling)|"
		     "Zin weg (gewijzigd na vaststelling)|Vastgesteld|Begin|");
	expect_notes(t, "page.log",
		     "Verder|Toch niet (gewijzigd na vaststelling)|"
		     "Zin weg (gewijzigd na vaststelling)|Vastgesteld|Begin|");
	page = town_get(t, ROLE_LEZER, "page.read",
			"{'address':'" PUSHED "','version':3}");
	assert_string_equal(town_text(page, "note"), late);
	json_decref(page);
}

/* Deleting them and putting them back makes them no draft. */
static void
test_story__of_minutes_that_were_put_back_otherwise(void **state)
{
	struct town *t = *state;
	json_t *meeting;

	push(t, ADOPTED "Een.\n", "Vastgesteld\n");
	push(t, NULL, "Weg\n");
	push(t, ADOPTED "Twee.\n", "Terug\n");
	expect_notes(t, "page.log",
		     "Terug (gewijzigd na vaststelling)|"
		     "Weg (gewijzigd na vaststelling)|Vastgesteld|");
	meeting = town_get(t, ROLE_LEZER, "meeting.read",
			   "{'address':'" PUSHED "'}");
	assert_int_equal(town_number(meeting, "adopted_version"), 1);
	assert_int_equal(town_number(meeting, "version"), 3);
	json_decref(meeting);
}

/* How many parts a list of a page has; all of its rows. */
static long
count_parts(struct town *t, const char *method, size_t rows)
{
	char params[300], next[80] = "";
	json_t *answer, *more;
	size_t found = 0;
	long parts = 0;

	do {
		(void)snprintf(params, sizeof(params),
			       "{'address':'" PUSHED "'%s}", next);
		answer = town_get(t, ROLE_LEZER, method, params);
		found += json_array_size(json_object_get(answer, "rows"));
		more = json_object_get(answer, "next");
		if (json_is_string(more))
			(void)snprintf(next, sizeof(next), ",'before':'%s'",
				       json_string_value(more));
		else if (more)
			(void)snprintf(next, sizeof(next), ",'before':%ld",
				       town_number(answer, "next"));
		parts++;
		json_decref(answer);
	} while (more);
	assert_int_equal(found, rows);
	return parts;
}

/* Each version is told by what stood in the one before: no answer reads more
 * of those than it may. */
static void
test_story__of_long_minutes_comes_in_parts(void **state)
{
	const size_t size = 900000;
	char *text = mem_alloc(size + 1);
	struct town *t = *state;
	int i;

	for (i = 0; i < 40; i++) {
		memset(text, ' ', size);
		(void)snprintf(text, size, ADOPTED "Versie %d.", i);
		text[strlen(text)] = '\n';
		push(t, text, "Stap\n");
	}
	assert_int_equal(count_parts(t, "page.history", 40), 3);
	assert_int_equal(count_parts(t, "page.log", 40), 3);
	free(text);
}

/* What is told is how it differs from what it was before it went. */
static void
test_story__of_a_page_that_was_put_back_otherwise(void **state)
{
	static const char before[] = "---\ntitel: Raad\ntype: vergadering\n"
				     "status: concept\n---\n"
				     "| nr | actie | stand |\n|--|--|--|\n"
				     "| a1 | Plan | open |\n";
	static const char after[] = "---\ntitel: Raad\ntype: vergadering\n"
				    "status: concept\n---\n"
				    "| nr | actie | stand |\n|--|--|--|\n"
				    "| a1 | Plan | vervallen |\n";
	struct town *t = *state;

	push(t, before, "Begin\n");
	push(t, NULL, "Weg\n");
	push(t, after, "Terug\n");
	push(t, NULL, "Weg\n");
	push(t, after, "Terug\n");
	expect(t, "{'address':'" PUSHED "'}",
	       PUSHED " new 1 status ->concept|" PUSHED
		      " action a1 Plan|" PUSHED " gone 2|" PUSHED
		      " restored 3|" PUSHED
		      " action-changed a1 Plan stand open>vervallen|" PUSHED
		      " gone 4|" PUSHED " restored 5|");
}

/* A second later each time. */
static void
move_at(struct town *t, long when, const char *from, const char *to,
	const char *text)
{
	struct edit e = { .author_name = "Git Zelf",
			  .author_mail = "git.zelf@stad.example",
			  .service_mail = "plein@stad.example",
			  .when = when,
			  .message = "Stap\n" };
	struct repo_id id;
	struct txn *txn;

	if (txn_begin(&txn, t->desk.repo, &t->err) ||
	    (from && txn_stage(txn, from, NULL, 0, &t->err)) ||
	    txn_stage(txn, to, text, strlen(text), &t->err) ||
	    txn_edit(txn, &e, &id, &t->err) || txn_commit(txn, &t->err))
		fail_msg("%s", t->err.msg);
}

/* What lies there now is another page, with another history. */
static void
test_story__of_then_where_the_address_was_used_again(void **state)
{
	static const char a[] =
		"---\naliassen: [besluiten/a]\ntitel: Eerst\nstatus: concept\n"
		"type: besluit\n---\nDat doen wij.\n";
	static const char b[] =
		"---\naliassen: [besluiten/b]\ntitel: Later\ntype: besluit\n"
		"uitkomst: verworpen\n---\nIets anders.\n";
	struct town *t = *state;
	long now = 1700000000;

	move_at(t, now, NULL, "besluiten/a.md", a);
	move_at(t, now + 1, NULL, "besluiten/b.md", b);
	move_at(t, now + 2, "besluiten/a.md", "besluiten/archief-a.md", a);
	move_at(t, now + 3, "besluiten/b.md", "besluiten/a.md", b);
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
	expect(t, "{'address':'besluiten/archief-a','at':1700000001}",
	       "besluiten/a new 1 status ->concept|");
	expect(t, "{'address':'besluiten/a','at':1700000001}",
	       "besluiten/b new 1 uitkomst ->verworpen|");
}

/* So many that they take more than one answer, in one version. */
static void
test_story__with_more_actions_than_fit(void **state)
{
	struct town *t = *state;
	struct buf text = BUF_INIT;
	char params[90], *part;
	long next = 0, parts = 0, acts = 0;
	json_t *answer;
	int i;

	buf_str(&text, "---\ntitel: Raad\ntype: vergadering\n---\n"
		       "| nr | actie |\n|--|--|\n");
	for (i = 0; i < 30000; i++)
		buf_printf(&text, "| a%d | Doen |\n", i);
	push(t, text.ptr, "Veel\n");
	for (bool more = true; more; parts++) {
		(void)snprintf(params, sizeof(params),
			       "{'address':'" PUSHED "','after':%ld}", next);
		answer = town_get(t, ROLE_LEZER, "story.read", params);
		part = json_dumps(answer, JSON_COMPACT);
		assert_true(strlen(part) < PART_MAX * 2);
		free(part);
		acts += (long)json_array_size(json_object_get(answer, "rows"));
		more = json_object_get(answer, "next") != NULL;
		next = more ? town_number(answer, "next") : 0;
		json_decref(answer);
	}
	assert_int_equal(acts, 30001);
	assert_true(parts > 2);
	buf_release(&text);
}

/* Pages whose texts name the question, more than are looked at. */
static void
name_it_often(struct town *t)
{
	static const char text[] = "[[" QUESTION "]]\n";
	struct edit e = { .author_name = "Git Zelf",
			  .author_mail = "git.zelf@stad.example",
			  .service_mail = "plein@stad.example",
			  .when = 1700000000,
			  .message = "Veel\n" };
	struct repo_id id;
	struct txn *txn;
	char path[40];
	int i;

	assert_int_equal(txn_begin(&txn, t->desk.repo, &t->err), 0);
	for (i = 0; i < 510; i++) {
		(void)snprintf(path, sizeof(path), "begrippen/b%d.md", i);
		assert_int_equal(
			txn_stage(txn, path, text, strlen(text), &t->err), 0);
	}
	if (txn_edit(txn, &e, &id, &t->err) || txn_commit(txn, &t->err))
		fail_msg("%s", t->err.msg);
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
}

static void
test_story__is_not_hidden_by_many_who_write_about_it(void **state)
{
	struct town *t = *state;

	name_it_often(t);
	live(t);
	expect(t, "{'address':'" QUESTION "'}", ALL);
	expect(t, "{'address':'" QUESTION "','at':4000000000}", ALL);
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
		T(test_story__has_the_actions_of_a_decision),
		T(test_story__has_actions_that_are_gone_from_a_meeting),
		T(test_story__as_of_a_moment_has_actions_that_were_gone),
		T(test_story__is_not_hidden_by_what_meetings_said_before),
		T(test_story__of_a_meeting_has_all_its_actions),
		T(test_story__of_minutes_that_git_changed_after_adoption),
		T(test_story__is_not_hidden_by_many_who_write_about_it),
		T(test_story__of_minutes_that_were_put_back_otherwise),
		T(test_story__of_long_minutes_comes_in_parts),
		T(test_story__of_a_page_that_was_put_back_otherwise),
		T(test_story__of_then_where_the_address_was_used_again),
		T(test_story__with_more_actions_than_fit),
#undef T
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
