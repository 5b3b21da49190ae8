/* test_handle_round.c - rounds of reflection over the protocol. */
#include "rounds.h"

#include "plein/message.h"
#include "state/rounds.h"
#include "state/state_impl.h"
#include "wiki/batch.h"
#include "wiki/rounding.h"

/* --- opening --------------------------------------------------------------- */

static void
test_round__is_opened_from_a_script(void **state)
{
	struct town *t = *state;
	json_t *j, *rows;

	json_decref(town_get(t, ROLE_REDACTEUR, "page.create",
			     "{'address':'sjablonen/reflectie-kort',"
			     "'kind':'sjabloon','title':'Kort','text':"
			     "'## Een\\ndagen: 2\\n\\nWat?\\n'}"));
	j = town_get(t, ROLE_GAST, "round.scripts", "{}");
	rows = json_object_get(j, "rows");
	assert_int_equal(json_array_size(rows), 4);
	assert_string_equal(town_text(json_array_get(rows, 0), "title"),
			    "Kort");
	json_decref(j);
	j = town_get(t, ROLE_REDACTEUR, "round.open",
		     "{'address':'" TOWN_HERE "','title':'T','script':"
		     "'sjablonen/reflectie-kort'}");
	assert_int_equal(town_number(j, "round"), 1);
	json_decref(j);
	assert_true(sees(t, ROLE_BIJDRAGER, 1, "\"question\":\"Wat?\""));
	j = town_get(t, ROLE_BIJDRAGER, "round.list", "{}");
	rows = json_object_get(j, "rows");
	assert_int_equal(json_array_size(rows), 1);
	assert_int_equal(town_number(json_array_get(rows, 0), "to_answer"), 1);
	assert_string_equal(town_text(json_array_get(rows, 0), "theme_title"),
			    "Common Ground");
	json_decref(j);
}

/* A wiki of before the scripts has those that the program brings. */
static void
test_round__is_opened_from_a_script_that_is_supplied(void **state)
{
	struct town *t = *state;
	json_t *j, *row;

	j = town_get(t, ROLE_GAST, "round.scripts", "{}");
	assert_int_equal(json_array_size(json_object_get(j, "rows")), 3);
	row = json_array_get(json_object_get(j, "rows"), 2);
	assert_string_equal(town_text(row, "address"),
			    "sjablonen/reflectie-waarden");
	assert_string_equal(town_text(row, "title"), "Gevolgen en waarden");
	assert_true(json_is_true(json_object_get(row, "supplied")));
	assert_int_equal(json_array_size(json_object_get(row, "steps")), 5);
	json_decref(j);
	json_decref(town_get(t, ROLE_REDACTEUR, "round.open",
			     "{'address':'" TOWN_HERE "','title':'T',"
			     "'script':'sjablonen/reflectie-waarden'}"));
	assert_true(sees(t, ROLE_BIJDRAGER, 4, "anoniem"));
}

/* Who changed one, or threw it away, is not given it again. */
static void
test_round__a_script_of_the_wiki_comes_before_a_supplied_one(void **state)
{
	struct town *t = *state;
	json_t *j;

	json_decref(town_get(t, ROLE_REDACTEUR, "page.create",
			     "{'address':'sjablonen/reflectie-waarden',"
			     "'kind':'sjabloon','title':'Eigen','text':"
			     "'## Een\\n\\nWat?\\n'}"));
	json_decref(town_get(t, ROLE_REDACTEUR, "round.open",
			     "{'address':'" TOWN_HERE "','title':'T',"
			     "'script':'sjablonen/reflectie-waarden'}"));
	assert_true(sees(t, ROLE_BIJDRAGER, 1, "\"question\":\"Wat?\""));
	json_decref(town_get(t, ROLE_REDACTEUR, "page.delete",
			     "{'address':'sjablonen/reflectie-waarden',"
			     "'base':1}"));
	j = town_get(t, ROLE_GAST, "round.scripts", "{}");
	assert_int_equal(json_array_size(json_object_get(j, "rows")), 2);
	json_decref(j);
}

static void
expect_refused(struct town *t, const char *params, int code)
{
	int rc = town_ask(t, ROLE_REDACTEUR, "round.open", params, NULL);

	if (rc != code)
		fail_msg("%s: %s", params, err_name(rc));
}

static void
test_round__what_cannot_be_opened(void **state)
{
	struct town *t = *state;
	json_t *j;

	expect_refused(t,
		       "{'address':'themas/weg','title':'T','steps':"
		       "'## A\\n'}",
		       PLEIN_ENOTFOUND);
	expect_refused(t, "{'address':'" TOWN_HERE "','title':'T'}",
		       PLEIN_EUSAGE);
	expect_refused(t,
		       "{'address':'" TOWN_HERE "','title':'T','steps':"
		       "'geen'}",
		       PLEIN_ERULE);
	expect_refused(t,
		       "{'address':'" TOWN_HERE "','title':' ','steps':"
		       "'## A\\n'}",
		       PLEIN_ERULE);
	expect_refused(t,
		       "{'address':'" TOWN_HERE "','title':'T','steps':"
		       "'## A\\n','with':'niemand'}",
		       PLEIN_ENOTFOUND);
	expect_refused(t,
		       "{'address':'" TOWN_HERE "','title':'T','script':"
		       "'sjablonen/reflectie-niets'}",
		       PLEIN_ENOTFOUND);
	j = town_get(t, ROLE_REDACTEUR, "round.list", "{}");
	assert_int_equal(json_array_size(json_object_get(j, "rows")), 0);
	json_decref(j);
}

/* --- before one may see ------------------------------------------------------ */

static void
test_round__one_writes_first(void **state)
{
	struct town *t = *state;

	open_round(t, "");
	assert_int_equal(answer(t, HOST_ROLE, 1, "Rust: geheim."), 0);
	assert_false(sees(t, ROLE_BIJDRAGER, 1, "geheim"));
	assert_false(sees(t, ROLE_BIJDRAGER, 1, "groups"));
	assert_true(sees(t, ROLE_BIJDRAGER, 1, "\"answers\":1"));
	assert_true(sees(t, ROLE_BIJDRAGER, 1, "\"sight\":\"first\""));
	assert_int_equal(answer(t, ROLE_BIJDRAGER, 1, "Vrij."), 0);
	assert_true(sees(t, ROLE_BIJDRAGER, 1, "geheim"));
	assert_true(sees(t, ROLE_BIJDRAGER, 1, "\"value\":\"Rust\""));
	/* another step is another matter */
	assert_int_equal(answer(t, HOST_ROLE, 2, "verborgen"), 0);
	assert_false(sees(t, ROLE_BIJDRAGER, 2, "verborgen"));
	end_step(t, 2);
	assert_true(sees(t, ROLE_BIJDRAGER, 2, "verborgen"));
	assert_true(sees(t, ROLE_BIJDRAGER, 2, "redacteur"));
}

/* Of the only round, so many they are told to answer. */
static long
asked_steps(struct town *t, enum role role)
{
	json_t *j = town_get(t, role, "round.list", "{}");
	long n = town_number(json_array_get(json_object_get(j, "rows"), 0),
			     "to_answer");

	json_decref(j);
	return n;
}

static void
test_round__readers_and_guests_see_no_answers(void **state)
{
	static const enum role outside[] = { ROLE_GAST, ROLE_WAITING,
					     ROLE_LEZER, ROLE_HOST };
	struct town *t = *state;
	size_t i;

	open_round(t, "");
	assert_int_equal(asked_steps(t, ROLE_BIJDRAGER), 3);
	assert_int_equal(asked_steps(t, ROLE_LEZER), 0);
	assert_int_equal(answer(t, HOST_ROLE, 1, "geheim"), 0);
	end_step(t, 1);
	for (i = 0; i < sizeof(outside) / sizeof(outside[0]); i++) {
		assert_false(sees(t, outside[i], 1, "geheim"));
		assert_true(sees(t, outside[i], 1, "\"answers\":null"));
		assert_true(sees(t, outside[i], 1, "\"sight\":\"outside\""));
	}
}

static void
test_round__who_is_not_asked_is_outside(void **state)
{
	struct town *t = *state;

	open_round(t, ",'with':'beheerder'");
	assert_int_equal(answer(t, ROLE_BEHEERDER, 1, "geheim"), 0);
	assert_int_equal(answer(t, ROLE_BIJDRAGER, 1, "x"), PLEIN_EDENIED);
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "round.keep",
				  "{'round':1,'step':1,'text':'x'}", NULL),
			 PLEIN_EDENIED);
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "round.point",
				  "{'round':1,'step':1,'text':'x'}", NULL),
			 PLEIN_EDENIED);
	end_step(t, 1);
	assert_false(sees(t, ROLE_BIJDRAGER, 1, "geheim"));
	assert_true(sees(t, HOST_ROLE, 1, "geheim"));
	assert_true(sees(t, HOST_ROLE, 1, "\"asked\":1"));
}

/* Somebody more answers the first step, and disagrees with a statement. */
static void
somebody_disagrees(struct town *t, int n)
{
	struct caller *was = t->roles[ROLE_BIJDRAGER];

	add_person(t, n, &t->roles[ROLE_BIJDRAGER]);
	assert_int_equal(answer(t, ROLE_BIJDRAGER, 1, "x"), 0);
	json_decref(town_get(t, ROLE_BIJDRAGER, "round.point",
			     "{'round':1,'step':1,'text':'Zo.'}"));
	json_decref(town_get(t, ROLE_BIJDRAGER, "round.stand",
			     "{'round':1,'step':1,'point':1,'agrees':false}"));
	caller_free(t->roles[ROLE_BIJDRAGER]);
	t->roles[ROLE_BIJDRAGER] = was;
}

static void
test_round__a_role_is_all_that_is_told(void **state)
{
	struct town *t = *state;
	char *text;

	open_round(t, "");
	crowd_answers(t, 1, 3);
	somebody_disagrees(t, 9);
	assert_int_equal(answer(t, HOST_ROLE, 1, "ik"), 0);
	text = look(t, HOST_ROLE, 1);
	assert_non_null(strstr(text, "stem 2"));
	assert_null(strstr(text, "mens"));
	assert_non_null(strstr(text, "\"who\":\"bijdrager\""));
	assert_non_null(strstr(text, "\"agrees\":false"));
	assert_non_null(strstr(text, "\"own\":true"));
	free(text);
}

static void
test_round__nameless_answers_come_together_and_from_five(void **state)
{
	struct town *t = *state;

	open_round(t, "");
	crowd_answers(t, 3, 4);
	assert_int_equal(answer(t, HOST_ROLE, 3, "ik"), 0);
	assert_false(sees(t, HOST_ROLE, 3, "stem"));
	assert_true(sees(t, HOST_ROLE, 3, "\"sight\":\"later\""));
	assert_int_equal(answer(t, HOST_ROLE, 3, "weer"), PLEIN_ESAME);
	end_step(t, 3);
	assert_true(sees(t, HOST_ROLE, 3, "stem 1"));
	assert_true(sees(t, ROLE_BIJDRAGER, 3, "stem 1"));
	assert_false(sees(t, HOST_ROLE, 3, "\"own\":true"));
	assert_false(sees(t, HOST_ROLE, 3, "mens"));
	/* who comes late would stand out */
	assert_int_equal(answer(t, ROLE_BIJDRAGER, 3, "laat"), PLEIN_ERULE);
	assert_string_equal(t->err.rule, "step-closed");
}

static void
test_round__too_few_nameless_answers_are_never_told(void **state)
{
	struct town *t = *state;

	open_round(t, "");
	crowd_answers(t, 3, 4);
	end_step(t, 3);
	assert_false(sees(t, HOST_ROLE, 3, "stem"));
	assert_true(sees(t, HOST_ROLE, 3, "\"sight\":\"few\""));
	assert_int_equal(town_ask(t, HOST_ROLE, "round.step",
				  "{'round':1,'step':3,'until':4000000000}",
				  NULL),
			 PLEIN_ERULE);
}

/* --- drafts, additions, agreement -------------------------------------------- */

static void
test_round__keeps_what_is_being_written_for_its_writer(void **state)
{
	struct town *t = *state;

	open_round(t, "");
	json_decref(town_get(t, ROLE_BIJDRAGER, "round.keep",
			     "{'round':1,'step':1,'text':'half'}"));
	assert_true(sees(t, ROLE_BIJDRAGER, 1, "\"draft\":\"half\""));
	assert_false(sees(t, HOST_ROLE, 1, "half"));
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "round.keep",
				  "{'round':1,'step':0,'text':'x'}", NULL),
			 PLEIN_EDENIED);
	json_decref(town_get(t, HOST_ROLE, "round.keep",
			     "{'round':1,'step':0,'text':'slot'}"));
	assert_int_equal(answer(t, ROLE_BIJDRAGER, 1, "heel"), 0);
	assert_true(sees(t, ROLE_BIJDRAGER, 1, "\"draft\":null"));
}

/* Of what they may have a copy of, and of nobody else's. */
static void
test_round__is_in_what_is_known_of_a_person(void **state)
{
	struct town *t = *state;
	json_t *j;
	char *text;

	open_round(t, "");
	assert_int_equal(answer(t, ROLE_BIJDRAGER, 1, "met rol"), 0);
	assert_int_equal(answer(t, ROLE_BIJDRAGER, 3, "zonder naam"), 0);
	j = town_get(t, ROLE_BIJDRAGER, "profile.data", "{}");
	text = json_dumps(j, JSON_COMPACT);
	assert_non_null(strstr(text, "met rol"));
	assert_null(strstr(text, "zonder naam"));
	assert_non_null(strstr(text, "\"round\":1,\"step\":3"));
	free(text);
	json_decref(j);
	j = town_get(t, HOST_ROLE, "profile.data", "{}");
	text = json_dumps(j, JSON_COMPACT);
	assert_non_null(strstr(text, "round_opened"));
	assert_null(strstr(text, "met rol"));
	free(text);
	json_decref(j);
}

static void
test_round__an_answer_is_added_to(void **state)
{
	struct town *t = *state;

	open_round(t, "");
	assert_int_equal(answer(t, ROLE_BIJDRAGER, 2, "eerst"), 0);
	assert_int_equal(answer(t, ROLE_BIJDRAGER, 2, "erbij"), 0);
	assert_true(sees(t, ROLE_BIJDRAGER, 2, "\"text\":\"eerst\""));
	assert_true(sees(t, ROLE_BIJDRAGER, 2, "\"more\":\"erbij\""));
	end_step(t, 2);
	assert_int_equal(answer(t, HOST_ROLE, 2, "te laat"), 0);
	assert_true(sees(t, ROLE_BIJDRAGER, 2, "\"late\":true"));
	assert_int_equal(answer(t, HOST_ROLE, 1, "  \\n"), PLEIN_ERULE);
	assert_int_equal(answer(t, HOST_ROLE, 1, "\\u001b[31m"), PLEIN_ERULE);
}

static void
test_round__people_agree_with_what_they_may_see(void **state)
{
	struct town *t = *state;

	open_round(t, "");
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "round.point",
				  "{'round':1,'step':1,'text':'Zo.'}", NULL),
			 PLEIN_ERULE);
	assert_string_equal(t->err.rule, "answer-first");
	assert_int_equal(answer(t, ROLE_BIJDRAGER, 1, "x"), 0);
	json_decref(town_get(t, ROLE_BIJDRAGER, "round.point",
			     "{'round':1,'step':1,'text':'Zo.'}"));
	json_decref(town_get(t, ROLE_BIJDRAGER, "round.stand",
			     "{'round':1,'step':1,'point':1,'agrees':false,"
			     "'reason':'nee'}"));
	assert_true(sees(t, ROLE_BIJDRAGER, 1, "\"disagree\":1"));
	assert_true(sees(t, ROLE_BIJDRAGER, 1, "\"own\":false"));
	assert_false(sees(t, HOST_ROLE, 1, "Zo."));
	assert_int_equal(answer(t, HOST_ROLE, 1, "y"), 0);
	assert_true(sees(t, HOST_ROLE, 1, "\"own\":null")); /* the point */
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "round.stand",
				  "{'round':1,'step':1,'point':9,"
				  "'agrees':true}",
				  NULL),
			 PLEIN_ENOTFOUND);
	end_step(t, 3);
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "round.point",
				  "{'round':1,'step':3,'text':'Zo.'}", NULL),
			 PLEIN_ERULE);
	assert_string_equal(t->err.rule, "nameless");
}

/* --- closing --------------------------------------------------------------- */

static char *
read_page(struct town *t, const char *address)
{
	struct buf params = BUF_INIT;
	json_t *j;
	char *text;

	buf_printf(&params, "{'address':'%s'}", address);
	j = town_get(t, ROLE_GAST, "page.read", params.ptr);
	text = mem_strdup(town_text(j, "text"));
	json_decref(j);
	buf_release(&params);
	return text;
}

/* Close it; its page, for free(). */
static char *
close_round(struct town *t, const char *more, char **address)
{
	struct buf params = BUF_INIT;
	json_t *j;
	char *text;

	buf_printf(&params, "{'round':1,'now':true%s}", more);
	j = town_get(t, HOST_ROLE, "round.close", params.ptr);
	text = read_page(t, town_text(j, "address"));
	if (address)
		*address = mem_strdup(town_text(j, "address"));
	json_decref(j);
	buf_release(&params);
	return text;
}

static void
test_round__becomes_a_page_that_nobody_wrote(void **state)
{
	struct town *t = *state;
	struct buf params = BUF_INIT;
	char *text, *address;
	json_t *j, *row;

	open_round(t, "");
	crowd_answers(t, 3, 5);
	assert_int_equal(answer(t, ROLE_BIJDRAGER, 1, "Rust: nodig."), 0);
	assert_int_equal(
		town_ask(t, HOST_ROLE, "round.close", "{'round':1}", NULL),
		PLEIN_ERULE);
	assert_string_equal(t->err.rule, "step-open");
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "round.close",
				  "{'round':1,'now':true}", NULL),
			 PLEIN_EDENIED);
	text = close_round(t, ",'agreed':'Aantallen.'", &address);
	assert_non_null(strstr(text, "Aantallen."));
	assert_non_null(strstr(text, "### Rust (1)\n\n**bijdrager**\n\n"
				     "> nodig.\n"));
	assert_non_null(strstr(text, "> stem 4\n"));
	assert_null(strstr(text, "mens"));
	buf_printf(&params, "{'address':'%s'}", address);
	j = town_get(t, ROLE_GAST, "page.log", params.ptr);
	row = json_array_get(json_object_get(j, "rows"), 0);
	assert_string_equal(town_text(row, "handle"), ROUND_HANDLE);
	assert_string_equal(town_text(row, "author"), "Reflectieronde");
	json_decref(j);
	assert_int_equal(
		town_ask(t, HOST_ROLE, "round.read", "{'round':1}", NULL),
		PLEIN_ENOTFOUND);
	free(text);
	free(address);
	buf_release(&params);
}

static void
test_round__the_next_one_knows_the_one_before(void **state)
{
	struct town *t = *state;
	char *text, *address;
	json_t *j;

	open_round(t, "");
	text = close_round(t, "", &address);
	assert_null(strstr(text, "vorige"));
	free(text);
	j = town_get(t, HOST_ROLE, "round.open",
		     "{'address':'" TOWN_HERE "','title':'Meten','steps':"
		     "'## A\\n'}");
	assert_int_equal(town_number(j, "round"), 2);
	json_decref(j);
	j = town_get(t, HOST_ROLE, "round.read", "{'round':2}");
	assert_string_equal(town_text(j, "previous"), address);
	json_decref(j);
	/* of the same title on the same day: at another address */
	j = town_get(t, HOST_ROLE, "round.close", "{'round':2,'now':true}");
	assert_string_not_equal(town_text(j, "address"), address);
	text = read_page(t, town_text(j, "address"));
	assert_non_null(strstr(text, "vorige_ronde"));
	free(text);
	free(address);
	json_decref(j);
}

/* The same round, as if it had not been forgotten. */
static void
put_back(struct town *t, const struct round *r)
{
	assert_int_equal(
		db_run(&t->desk.state->db, &t->err,
		       "INSERT INTO round VALUES (?, ?, ?, ?, ?, ?, 0, 1)",
		       "ittttt", r->number, r->space, r->theme, r->title,
		       r->host, r->code),
		0);
}

/* Cut off between the page and the forgetting. */
static void
test_round__closing_once_more_finds_its_page(void **state)
{
	struct town *t = *state;
	struct round *r = NULL;
	char *address;
	json_t *j;

	open_round(t, "");
	assert_int_equal(round_get(t->desk.state, "agenda", 1, &r, &t->err), 0);
	free(close_round(t, "", &address));
	put_back(t, r);
	j = town_get(t, HOST_ROLE, "round.close", "{'round':1,'now':true}");
	assert_string_equal(town_text(j, "address"), address);
	json_decref(j);
	assert_int_equal(
		town_ask(t, HOST_ROLE, "round.read", "{'round':1}", NULL),
		PLEIN_ENOTFOUND);
	round_free(r);
	free(address);
}

static void
test_round__nothing_is_added_while_it_closes(void **state)
{
	struct town *t = *state;
	struct round *r = NULL;

	open_round(t, "");
	assert_int_equal(answer(t, ROLE_BIJDRAGER, 1, "x"), 0);
	assert_int_equal(round_get(t->desk.state, "agenda", 1, &r, &t->err), 0);
	assert_int_equal(round_set_closing(t->desk.state, r, &t->err), 0);
	assert_int_equal(answer(t, ROLE_BIJDRAGER, 2, "x"), PLEIN_ERULE);
	assert_string_equal(t->err.rule, "round-closing");
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "round.point",
				  "{'round':1,'step':1,'text':'Zo.'}", NULL),
			 PLEIN_ERULE);
	assert_string_equal(t->err.rule, "round-closing");
	round_free(r);
}

static void
test_round__a_beheerder_closes_for_who_is_gone(void **state)
{
	struct town *t = *state;

	open_round(t, "");
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "round.step",
				  "{'round':1,'step':1}", NULL),
			 PLEIN_EDENIED);
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "round.close",
				  "{'round':1,'now':true}", NULL),
			 PLEIN_EDENIED);
	json_decref(town_get(t, ROLE_BEHEERDER, "round.close",
			     "{'round':1,'now':true}"));
}

/* --- cancelling -------------------------------------------------------------- */

static json_t *
list_cancelled(struct town *t, enum role role)
{
	json_t *j = town_get(t, role, "round.list", "{}");
	json_t *rows = json_incref(json_object_get(j, "cancelled"));

	json_decref(j);
	return rows;
}

static void
test_round__cancelled_is_thrown_away_and_told(void **state)
{
	struct town *t = *state;
	json_t *j, *row;

	open_round(t, "");
	assert_int_equal(answer(t, ROLE_BIJDRAGER, 3, "geheim"), 0);
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "round.cancel",
				  "{'round':1}", NULL),
			 PLEIN_EDENIED);
	j = town_get(t, HOST_ROLE, "round.cancel",
		     "{'round':1,'reason':'Verkeerde pagina'}");
	assert_string_equal(town_text(j, "title"), "Meten");
	assert_int_equal(town_number(j, "told"), 1);
	json_decref(j);
	assert_int_equal(
		town_ask(t, HOST_ROLE, "round.read", "{'round':1}", NULL),
		PLEIN_ENOTFOUND);
	j = list_cancelled(t, ROLE_GAST);
	assert_int_equal(json_array_size(j), 0);
	json_decref(j);
	j = list_cancelled(t, HOST_ROLE);
	assert_int_equal(json_array_size(j), 0);
	json_decref(j);
	j = list_cancelled(t, ROLE_BIJDRAGER);
	assert_int_equal(json_array_size(j), 1);
	row = json_array_get(j, 0);
	assert_string_equal(town_text(row, "reason"), "Verkeerde pagina");
	assert_string_equal(town_text(row, "theme_title"), "Common Ground");
	json_decref(j);
	json_decref(town_get(t, ROLE_BIJDRAGER, "round.noted", "{'round':1}"));
	j = list_cancelled(t, ROLE_BIJDRAGER);
	assert_int_equal(json_array_size(j), 0);
	json_decref(j);
	assert_int_equal(
		town_ask(t, ROLE_GAST, "round.noted", "{'round':1}", NULL),
		PLEIN_EDENIED);
}

static void
test_round__is_not_cancelled_while_it_closes(void **state)
{
	struct town *t = *state;
	struct round *r = NULL;

	open_round(t, "");
	assert_int_equal(round_get(t->desk.state, "agenda", 1, &r, &t->err), 0);
	assert_int_equal(round_set_closing(t->desk.state, r, &t->err), 0);
	assert_int_equal(
		town_ask(t, HOST_ROLE, "round.cancel", "{'round':1}", NULL),
		PLEIN_ERULE);
	assert_string_equal(t->err.rule, "round-closing");
	round_free(r);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, town_setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_round__is_opened_from_a_script),
		TEST(test_round__is_opened_from_a_script_that_is_supplied),
		TEST(test_round__a_script_of_the_wiki_comes_before_a_supplied_one),
		TEST(test_round__what_cannot_be_opened),
		TEST(test_round__one_writes_first),
		TEST(test_round__readers_and_guests_see_no_answers),
		TEST(test_round__who_is_not_asked_is_outside),
		TEST(test_round__a_role_is_all_that_is_told),
		TEST(test_round__nameless_answers_come_together_and_from_five),
		TEST(test_round__too_few_nameless_answers_are_never_told),
		TEST(test_round__keeps_what_is_being_written_for_its_writer),
		TEST(test_round__is_in_what_is_known_of_a_person),
		TEST(test_round__an_answer_is_added_to),
		TEST(test_round__people_agree_with_what_they_may_see),
		TEST(test_round__becomes_a_page_that_nobody_wrote),
		TEST(test_round__the_next_one_knows_the_one_before),
		TEST(test_round__closing_once_more_finds_its_page),
		TEST(test_round__nothing_is_added_while_it_closes),
		TEST(test_round__a_beheerder_closes_for_who_is_gone),
		TEST(test_round__cancelled_is_thrown_away_and_told),
		TEST(test_round__is_not_cancelled_while_it_closes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
