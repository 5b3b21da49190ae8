/* Questions, decisions, actions, progress and meetings, from page to list. */
#include "town.h"

#include "plein/buf.h"

#define MEETING "vergaderingen/2026/2026-03-19-commissie"

static void
make(struct town *t, const char *address, const char *kind, const char *text)
{
	json_t *params =
		json_pack("{s:s, s:s, s:s, s:s}", "address", address, "kind",
			  kind, "title", "Titel", "text", text);
	char *words = json_dumps(params, JSON_COMPACT);
	struct call c;

	call_init(&c, t->roles[ROLE_BIJDRAGER], params);
	if (desk_call(&t->desk, "page.create", &c))
		fail_msg("%s: %s", words, c.err.msg);
	call_release(&c);
	free(words);
}

static void
expect_text(struct town *t, const char *address, const char *part)
{
	char params[300];
	json_t *r;

	(void)snprintf(params, sizeof(params), "{'address':'%s'}", address);
	r = town_get(t, ROLE_LEZER, "page.read", params);
	if (!strstr(town_text(r, "text"), part))
		fail_msg("no \"%s\" in: %s", part, town_text(r, "text"));
	json_decref(r);
}

static void
expect_note(struct town *t, const char *address, const char *note)
{
	char params[300];
	json_t *r;

	(void)snprintf(params, sizeof(params), "{'address':'%s'}", address);
	r = town_get(t, ROLE_LEZER, "page.read", params);
	assert_string_equal(town_text(r, "note"), note);
	json_decref(r);
}

static json_t *
rows_of(struct town *t, const char *method, const char *params)
{
	json_t *r = town_get(t, ROLE_LEZER, method, params);
	json_t *rows = json_incref(json_object_get(r, "rows"));

	json_decref(r);
	return rows;
}

static void
expect_count(struct town *t, const char *method, const char *params, size_t n)
{
	json_t *rows = rows_of(t, method, params);

	if (json_array_size(rows) != n)
		fail_msg("%s %s: %zu rows", method, params,
			 json_array_size(rows));
	json_decref(rows);
}

/* --- questions -------------------------------------------------------------- */

static void
test_chain__a_question_gathers_positions(void **state)
{
	struct town *t = *state;
	json_t *r, *p;

	json_decref(town_get(t, ROLE_BIJDRAGER, "question.position",
			     "{'address':'vraagstukken/hoe','title':'Zo'}"));
	expect_note(t, "vraagstukken/hoe", "opvatting: Zo");
	assert_int_equal(town_ask(t, ROLE_REDACTEUR, "question.position",
				  "{'address':'vraagstukken/hoe',"
				  "'title':'zo'}",
				  NULL),
			 PLEIN_EEXISTS);
	json_decref(town_get(t, ROLE_REDACTEUR, "question.support",
			     "{'address':'vraagstukken/hoe','position':'Zo'}"));
	assert_int_equal(town_ask(t, ROLE_REDACTEUR, "question.support",
				  "{'address':'vraagstukken/hoe',"
				  "'position':'Zo'}",
				  NULL),
			 PLEIN_ESAME);
	json_decref(town_get(t, ROLE_BIJDRAGER, "question.argument",
			     "{'address':'vraagstukken/hoe','position':'Zo',"
			     "'text':'Het kan','against':true}"));
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "question.argument",
				  "{'address':'vraagstukken/hoe',"
				  "'position':'Zo','text':'a\\nb'}",
				  NULL),
			 PLEIN_ERULE);
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "question.argument",
				  "{'address':'themas/common-ground',"
				  "'position':'Zo','text':'a'}",
				  NULL),
			 PLEIN_ENOTFOUND);
	r = town_get(t, ROLE_REDACTEUR, "question.read",
		     "{'address':'vraagstukken/hoe'}");
	p = json_array_get(json_object_get(r, "positions"), 0);
	assert_string_equal(town_text(p, "title"), "Zo");
	assert_true(json_is_true(json_object_get(p, "mine")));
	assert_string_equal(json_string_value(json_array_get(
				    json_object_get(p, "support"), 0)),
			    "redacteur");
	assert_string_equal(
		town_text(json_array_get(json_object_get(p, "against"), 0),
			  "handle"),
		"bijdrager");
	json_decref(r);
	json_decref(town_get(t, ROLE_REDACTEUR, "question.support",
			     "{'address':'vraagstukken/hoe','position':'Zo',"
			     "'withdraw':true}"));
	r = rows_of(t, "question.list", "{'state':'open'}");
	p = json_array_get(r, 0);
	assert_int_equal(json_array_size(r), 1);
	assert_int_equal(town_number(p, "positions"), 1);
	assert_int_equal(town_number(p, "supporters"), 0);
	assert_string_equal(town_text(p, "theme_title"), "Common Ground");
	json_decref(r);
	/* before anything was added */
	r = town_get(t, ROLE_LEZER, "question.read",
		     "{'address':'vraagstukken/hoe','at':1700000000}");
	assert_int_equal(json_array_size(json_object_get(r, "positions")), 0);
	json_decref(r);
}

static void
test_chain__a_request_is_done_once(void **state)
{
	static const char ask[] =
		"{'address':'vraagstukken/hoe','title':'Zo','request':'ab12'}";
	struct town *t = *state;
	json_t *a = town_get(t, ROLE_BIJDRAGER, "question.position", ask);
	json_t *b = town_get(t, ROLE_BIJDRAGER, "question.position", ask);

	assert_string_equal(town_text(a, "commit"), town_text(b, "commit"));
	json_decref(a);
	json_decref(b);
}

/* --- meetings, decisions, actions ------------------------------------------- */

static const char meeting[] =
	"---\ndatum: \"2026-03-19\"\ngremium: de commissie\n---\n"
	"## 1. Opening\n\n## 2. Plan (ter besluitvorming)\n\n## Rondvraag\n";

static void
attend(struct town *t, enum role role, const char *who, const char *state)
{
	char params[200];

	(void)snprintf(params, sizeof(params),
		       "{'address':'" MEETING "','who':'%s','state':'%s'}", who,
		       state);
	json_decref(town_get(t, role, "meeting.attend", params));
}

/* Each says one, of the page as it is then: both stay. */
static void
test_chain__who_is_at_a_meeting_is_taken_down(void **state)
{
	struct town *t = *state;
	json_t *r;

	make(t, MEETING, "vergadering", meeting);
	attend(t, ROLE_BIJDRAGER, "griffie.waterdam", "present");
	attend(t, ROLE_REDACTEUR, " @ciso.veenhoek , Mevrouw De Wit,",
	       "present");
	attend(t, ROLE_REDACTEUR, "oov", "absent");
	expect_text(t, MEETING,
		    "aanwezig: [\"griffie.waterdam\", \"ciso.veenhoek\", "
		    "\"Mevrouw De Wit\"]\nverhinderd: [oov]\n---");
	r = town_get(t, ROLE_LEZER, "meeting.read",
		     "{'address':'" MEETING "'}");
	assert_string_equal(town_text(r, "present"),
			    "griffie.waterdam, ciso.veenhoek, Mevrouw De Wit");
	json_decref(r);
	attend(t, ROLE_BIJDRAGER, "griffie.waterdam", "absent");
	attend(t, ROLE_BIJDRAGER, "oov", "none");
	expect_text(t, MEETING,
		    "aanwezig: [\"ciso.veenhoek\", \"Mevrouw De Wit\"]\n"
		    "verhinderd: [\"griffie.waterdam\"]\n---");
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "meeting.attend",
				  "{'address':'" MEETING
				  "','who':'griffie.waterdam',"
				  "'state':'absent'}",
				  NULL),
			 PLEIN_ESAME);
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "meeting.attend",
				  "{'address':'" MEETING
				  "','who':'x','state':'soms'}",
				  NULL),
			 PLEIN_EUSAGE);
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "meeting.attend",
				  "{'address':'" MEETING
				  "','who':' , @','state':'present'}",
				  NULL),
			 PLEIN_EUSAGE);
}

/* As people write them, and not twice. */
static void
test_chain__names_written_by_hand_are_names(void **state)
{
	struct town *t = *state;

	make(t, MEETING, "vergadering",
	     "---\ndatum: \"2026-03-19\"\naanwezig: [\"@oov\", piet]\n"
	     "verhinderd: an, @bo\n---\n## 1. Opening\n");
	attend(t, ROLE_BIJDRAGER, "oov", "absent");
	expect_text(t, MEETING,
		    "aanwezig: [piet]\nverhinderd: [an, bo, oov]\n---");
}

static void
test_chain__a_meeting_is_taken_down(void **state)
{
	struct town *t = *state;
	const char *decision = "besluiten/2026-03-19-wij-doen-het";
	json_t *r, *row;

	make(t, MEETING, "vergadering", meeting);
	json_decref(town_get(t, ROLE_BIJDRAGER, "meeting.note",
			     "{'address':'" MEETING
			     "','item':'1','text':'Welkom.'}"));
	r = town_get(t, ROLE_BIJDRAGER, "meeting.decide",
		     "{'address':'" MEETING "','item':'2','title':'Wij doen "
		     "het','outcome':'ingestemd'}");
	assert_string_equal(town_text(r, "decision"), decision);
	json_decref(r);
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "meeting.decide",
				  "{'address':'" MEETING
				  "','item':'2','title':'Wij doen het'}",
				  NULL),
			 PLEIN_EEXISTS);
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "meeting.decide",
				  "{'address':'" MEETING
				  "','item':'9','title':'Anders'}",
				  NULL),
			 PLEIN_ENOTFOUND);
	expect_text(t, MEETING,
		    "besluitvorming)\n\nBesluit: "
		    "[[besluiten/2026-03-19-wij-doen-het]]\n\n## Rond");
	expect_text(t, decision, "gremium: \"de commissie\"");
	expect_count(t, "decision.list", "{'state':'in-force'}", 1);
	expect_count(t, "decision.list", "{'on':'2026-03-18'}", 0);
	r = town_get(t, ROLE_BIJDRAGER, "action.add",
		     "{'address':'" MEETING "','text':'Plan bijwerken',"
		     "'owner':'ciso','due':'1-4-2026','decision':"
		     "'besluiten/2026-03-19-wij-doen-het'}");
	assert_string_equal(town_text(r, "number"), "a1");
	json_decref(r);
	json_decref(town_get(t, ROLE_BIJDRAGER, "action.add",
			     "{'address':'" MEETING "','text':'Terugkomen',"
			     "'undertaking':true}"));
	expect_count(t, "action.list", "{'state':'overdue','on':'2026-04-02'}",
		     1);
	expect_count(t, "action.list", "{'state':'overdue','on':'2026-04-01'}",
		     0);
	r = town_get(t, ROLE_LEZER, "decision.read",
		     "{'address':'besluiten/2026-03-19-wij-doen-het'}");
	assert_true(json_is_true(json_object_get(r, "in_force")));
	assert_string_equal(town_text(r, "meeting"), MEETING);
	row = json_array_get(json_object_get(r, "actions"), 0);
	assert_string_equal(town_text(row, "number"), "a1");
	assert_string_equal(town_text(row, "owner"), "ciso");
	json_decref(r);
	r = town_get(t, ROLE_LEZER, "meeting.read",
		     "{'address':'" MEETING "'}");
	assert_int_equal(json_array_size(json_object_get(r, "items")), 3);
	assert_int_equal(json_array_size(json_object_get(r, "actions")), 2);
	assert_int_equal(json_array_size(json_object_get(r, "decisions")), 1);
	assert_true(json_is_null(json_object_get(r, "adopted_version")));
	json_decref(r);
	expect_count(t, "meeting.list", "{'on':'2026-03-19'}", 1);
	expect_count(t, "meeting.list", "{'on':'2026-03-18'}", 0);
}

static void
test_chain__an_action_is_done(void **state)
{
	struct town *t = *state;
	json_t *r, *row;

	make(t, MEETING, "vergadering", meeting);
	json_decref(town_get(t, ROLE_BIJDRAGER, "action.add",
			     "{'address':'" MEETING "','text':'Een'}"));
	json_decref(town_get(t, ROLE_BIJDRAGER, "action.set",
			     "{'address':'" MEETING "','number':'a1','state':"
			     "'gereed','result':'Klaar','owner':'oov'}"));
	r = rows_of(t, "action.list", "{'state':'gereed'}");
	row = json_array_get(r, 0);
	assert_string_equal(town_text(row, "result"), "Klaar");
	assert_string_equal(town_text(row, "owner"), "oov");
	assert_int_equal(strlen(town_text(row, "done")), 10);
	json_decref(r);
	expect_note(t, MEETING, "a1: gereed, Een");
	json_decref(town_get(t, ROLE_BIJDRAGER, "action.set",
			     "{'address':'" MEETING "','number':'a1','state':"
			     "'open','result':''}"));
	expect_text(t, MEETING, "| a1 | Een | oov | | open | |\n");
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "action.set",
				  "{'address':'" MEETING
				  "','number':'a2','state':'gereed'}",
				  NULL),
			 PLEIN_ENOTFOUND);
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "action.set",
				  "{'address':'" MEETING
				  "','number':'a1','state':'klaar'}",
				  NULL),
			 PLEIN_EUSAGE);
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "action.add",
				  "{'address':'" TOWN_HERE "','text':'Een'}",
				  NULL),
			 PLEIN_ENOTFOUND);
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "action.add",
				  "{'address':'" MEETING
				  "','text':'Een','due':'morgen'}",
				  NULL),
			 PLEIN_ERULE);
	assert_string_equal(t->err.rule, "day");
}

/* Who goes on writing after the minutes were adopted makes a version that
 * says so, by whatever method. */
static void
test_chain__adopted_minutes_say_what_came_after(void **state)
{
	struct town *t = *state;
	json_t *r;

	make(t, MEETING, "vergadering", meeting);
	json_decref(town_get(t, ROLE_BIJDRAGER, "page.set",
			     "{'address':'" MEETING "','fields':'status="
			     "vastgesteld\\nvastgesteld_op=2026-04-16\\n"
			     "vastgesteld_door=de commissie'}"));
	r = town_get(t, ROLE_LEZER, "meeting.read",
		     "{'address':'" MEETING "'}");
	assert_string_equal(town_text(r, "adopted"), "2026-04-16");
	assert_string_equal(town_text(r, "adopted_by"), "de commissie");
	assert_int_equal(town_number(r, "adopted_version"), 2);
	json_decref(r);
	json_decref(town_get(t, ROLE_BIJDRAGER, "meeting.note",
			     "{'address':'" MEETING
			     "','item':'1','text':'Later.'}"));
	expect_note(t, MEETING,
		    "aantekening bij 1 (gewijzigd na vaststelling)");
	json_decref(town_get(t, ROLE_BIJDRAGER, "page.set",
			     "{'address':'" MEETING "','note':'zaal',"
			     "'fields':'plaats=Den Haag'}"));
	expect_note(t, MEETING, "zaal (gewijzigd na vaststelling)");
	json_decref(town_get(t, ROLE_BIJDRAGER, "page.revert",
			     "{'address':'" MEETING "','version':2}"));
	expect_note(t, MEETING,
		    "terug naar versie 2 (gewijzigd na vaststelling)");
	r = town_get(t, ROLE_LEZER, "meeting.read",
		     "{'address':'" MEETING "'}");
	assert_int_equal(town_number(r, "adopted_version"), 2);
	assert_int_equal(town_number(r, "version"), 5);
	json_decref(r);
}

/* In the commit itself, for who has a clone. */
static void
test_chain__minutes_that_are_put_back_were_adopted(void **state)
{
	struct index_version *v = NULL;
	struct town *t = *state;

	make(t, MEETING, "vergadering", meeting);
	json_decref(town_get(t, ROLE_BIJDRAGER, "page.set",
			     "{'address':'" MEETING "','fields':'status="
			     "vastgesteld\\nvastgesteld_op=2026-04-16\\n"
			     "vastgesteld_door=de commissie'}"));
	json_decref(town_get(t, ROLE_REDACTEUR, "page.delete",
			     "{'address':'" MEETING "','base':2}"));
	json_decref(town_get(t, ROLE_REDACTEUR, "page.restore",
			     "{'address':'" MEETING "'}"));
	assert_int_equal(index_latest(t->desk.index, MEETING, &v, &t->err), 0);
	assert_int_equal(v->n, 4);
	assert_non_null(strstr(v->note, "(gewijzigd na vaststelling)"));
	index_version_free(v);
}

/* As the wiki was before: no table tells, the texts of then do. */
static void
test_chain__lists_as_of_a_moment(void **state)
{
	struct town *t = *state;

	expect_count(t, "question.list", "{'state':'open'}", 1);
	json_decref(town_get(t, ROLE_BIJDRAGER, "page.set",
			     "{'address':'vraagstukken/hoe','fields':"
			     "'stand=beantwoord'}"));
	make(t, "besluiten/2020-01-01-x", "besluit",
	     "---\ndatum: 2020-01-01\nuitkomst: ingestemd\n---\n");
	expect_count(t, "question.list", "{'state':'open'}", 0);
	expect_count(t, "question.list", "{'state':'open','at':1700000000}", 1);
	expect_count(t, "decision.list", "{'state':'in-force'}", 1);
	expect_count(t, "decision.list", "{'state':'in-force','at':1700000000}",
		     0);
	expect_count(t, "decision.list", "{'state':'in-force','at':1600000000}",
		     0);
}

/* Part by part the list is the same. */
static void
test_chain__lists_come_in_parts(void **state)
{
	struct town *t = *state;
	struct buf params = BUF_INIT;
	char address[60];
	json_t *r, *next;
	int n = 0;

	for (int i = 0; i < 7; i++) {
		(void)snprintf(address, sizeof(address), "besluiten/b%d", i);
		make(t, address, "besluit",
		     i % 2 ? "---\ndatum: 2020-01-01\n---\n" : "Geen dag.\n");
	}
	buf_str(&params, "{'limit':2}");
	for (next = NULL; n < 20;) {
		r = town_get(t, ROLE_LEZER, "decision.list", params.ptr);
		n += (int)json_array_size(json_object_get(r, "rows"));
		next = json_object_get(r, "next");
		buf_reset(&params);
		if (next)
			buf_printf(&params, "{'limit':2,'after':'%s'}",
				   json_string_value(next));
		json_decref(r);
		if (!next)
			break;
	}
	assert_int_equal(n, 7);
	assert_int_equal(
		town_ask(t, ROLE_LEZER, "decision.list", "{'after':'x'}", NULL),
		PLEIN_EUSAGE);
	buf_release(&params);
}

/* --- progress --------------------------------------------------------------- */

#define SAYS(more) "{'theme':'" TOWN_HERE "','stage':'verkennen'" more "}"

static void
test_chain__a_municipality_says_how_far_it_is(void **state)
{
	struct town *t = *state;
	struct caller *c = t->roles[ROLE_BIJDRAGER];
	json_t *r;

	/* of nowhere in particular */
	assert_int_equal(
		town_ask(t, ROLE_BIJDRAGER, "progress.set", SAYS(""), NULL),
		PLEIN_ERULE);
	free(c->organisation);
	c->organisation = mem_strdup("Gemeente Duinstad");
	json_decref(town_get(t, ROLE_BIJDRAGER, "progress.set",
			     SAYS(",'needs':'hulp'")));
	json_decref(town_get(t, ROLE_BIJDRAGER, "progress.set",
			     SAYS(",'needs':'geld','municipality':"
				  "'Duinstad'")));
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "progress.set",
				  SAYS(",'municipality':'Waterdam'"), NULL),
			 PLEIN_EDENIED);
	json_decref(town_get(t, ROLE_REDACTEUR, "progress.set",
			     SAYS(",'municipality':'Waterdam',"
				  "'offers':'kennis'")));
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "progress.set",
				  "{'theme':'" TOWN_HERE "','stage':'klaar'}",
				  NULL),
			 PLEIN_EUSAGE);
	r = rows_of(t, "progress.list", "{'theme':'" TOWN_HERE "'}");
	assert_int_equal(json_array_size(r), 2);
	assert_string_equal(town_text(json_array_get(r, 0), "municipality"),
			    "Duinstad");
	assert_string_equal(town_text(json_array_get(r, 0), "needs"), "geld");
	assert_string_equal(town_text(json_array_get(r, 1), "offers"),
			    "kennis");
	json_decref(r);
}

/* By no other method either. */
static void
test_chain__nobody_speaks_for_another_municipality(void **state)
{
	static const struct {
		const char *method, *params;
	} ways[] = {
		{ "page.create", "{'address':'voortgang/veenhoek','kind':"
				 "'voortgang','title':'Veenhoek','text':'x'}" },
		{ "page.save",
		  "{'address':'voortgang/waterdam','base':1,'text':'x'}" },
		{ "page.set", "{'address':'voortgang/waterdam','fields':"
			      "'titel=Ons'}" },
		{ "page.undo", "{'address':'voortgang/waterdam','version':2}" },
		{ "page.revert",
		  "{'address':'voortgang/waterdam','version':1}" },
		{ "page.rename", "{'address':'voortgang/waterdam','to':"
				 "'voortgang/duinstad'}" },
		{ "page.rename", "{'address':'" TOWN_HERE "','to':"
				 "'voortgang/veenhoek'}" },
		{ "page.delete", "{'address':'voortgang/waterdam'}" },
		{ "page.restore", "{'address':'voortgang/waterdam'}" },
		{ "file.put", "{'address':'voortgang/waterdam','name':'x.txt',"
			      "'size':2,'offset':0,'data':'YQo='}" },
	};
	struct town *t = *state;
	struct caller *c = t->roles[ROLE_BIJDRAGER];

	free(c->organisation);
	c->organisation = mem_strdup("Duinstad");
	json_decref(town_get(t, ROLE_REDACTEUR, "progress.set",
			     SAYS(",'municipality':'Waterdam'")));
	json_decref(town_get(t, ROLE_REDACTEUR, "progress.set",
			     SAYS(",'municipality':'Waterdam','needs':'x'")));
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
		if (town_ask(t, ROLE_BIJDRAGER, ways[i].method, ways[i].params,
			     NULL) != PLEIN_EDENIED)
			fail_msg("%s", ways[i].method);
	/* but to talk about it is everybody's */
	json_decref(town_get(t, ROLE_BIJDRAGER, "thread.start",
			     "{'address':'voortgang/waterdam','title':'Hulp',"
			     "'text':'Wij kunnen helpen.'}"));
}

/* A page that calls itself by another's name is shown by its own. */
static void
test_chain__a_municipality_has_its_own_name(void **state)
{
	struct town *t = *state;
	struct caller *c = t->roles[ROLE_BIJDRAGER];
	json_t *r;

	free(c->organisation);
	c->organisation = mem_strdup("Duinstad");
	json_decref(town_get(t, ROLE_BIJDRAGER, "progress.set", SAYS("")));
	json_decref(town_get(t, ROLE_BIJDRAGER, "page.set",
			     "{'address':'voortgang/duinstad','fields':"
			     "'titel=Waterdam'}"));
	r = rows_of(t, "progress.list", "{}");
	assert_string_equal(town_text(json_array_get(r, 0), "municipality"),
			    "duinstad");
	json_decref(r);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, town_setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_chain__a_question_gathers_positions),
		TEST(test_chain__a_request_is_done_once),
		TEST(test_chain__who_is_at_a_meeting_is_taken_down),
		TEST(test_chain__names_written_by_hand_are_names),
		TEST(test_chain__a_meeting_is_taken_down),
		TEST(test_chain__an_action_is_done),
		TEST(test_chain__adopted_minutes_say_what_came_after),
		TEST(test_chain__minutes_that_are_put_back_were_adopted),
		TEST(test_chain__lists_as_of_a_moment),
		TEST(test_chain__lists_come_in_parts),
		TEST(test_chain__a_municipality_says_how_far_it_is),
		TEST(test_chain__nobody_speaks_for_another_municipality),
		TEST(test_chain__a_municipality_has_its_own_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
