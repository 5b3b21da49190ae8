/* test_asked.c - what waits for somebody: rounds, reviews, actions. */
#include "talk.h"

#include "wiki/tidings.h"

/* "round T 1 of 2; review index 2020-01-01; action x a1 2020-01-01" */
static void
expect(struct town *t, enum role role, const char *want)
{
	json_t *answer = town_get(t, role, "news.list", "{'said':true}"), *row;
	struct buf said = BUF_INIT;
	const char *what;
	size_t i;

	json_array_foreach(json_object_get(answer, "asked"), i, row)
	{
		what = town_text(row, "what");
		buf_printf(&said, "%s%s ", i ? "; " : "", what);
		assert_string_equal(town_text(row, "concern"), "me");
		if (strcmp(what, "round") == 0)
			buf_printf(&said, "%s %ld of %ld",
				   town_text(row, "title"),
				   town_number(row, "step"),
				   town_number(row, "steps"));
		else
			buf_printf(&said, "%s %s", town_text(row, "address"),
				   town_text(row, "due"));
		if (strcmp(what, "action") == 0)
			buf_printf(&said, " %s", town_text(row, "number"));
	}
	assert_string_equal(said.ptr, want);
	buf_release(&said);
	json_decref(answer);
}

/* --- rounds ------------------------------------------------------------------ */

static void
open_round(struct town *t, const char *more)
{
	json_decref(get(t, ROLE_REDACTEUR, "round.open",
			"{'address':'" TOWN_HERE "','title':'Meten'%s,"
			"'steps':'## Naam\\n## Stil\\nzichtbaar: anoniem\\n'}",
			more));
}

static void
answer(struct town *t, enum role role, int step)
{
	json_decref(get(t, role, "round.answer",
			"{'round':1,'step':%d,'text':'x'}", step));
}

static void
test_asked__is_a_round_until_it_is_answered(void **state)
{
	struct town *t = *state;

	expect(t, ROLE_BIJDRAGER, "");
	open_round(t, "");
	expect(t, ROLE_BIJDRAGER, "round Meten 1 of 2");
	expect(t, ROLE_REDACTEUR, "round Meten 1 of 2");
	expect(t, ROLE_LEZER, "");
	answer(t, ROLE_BIJDRAGER, 2);
	expect(t, ROLE_BIJDRAGER, "round Meten 1 of 1");
	answer(t, ROLE_BIJDRAGER, 1);
	expect(t, ROLE_BIJDRAGER, "");
	/* what others did tells nobody anything */
	expect(t, ROLE_BEHEERDER, "round Meten 1 of 2");
	json_decref(town_get(t, ROLE_REDACTEUR, "round.step",
			     "{'round':1,'step':1}"));
	expect(t, ROLE_BEHEERDER, "round Meten 2 of 1");
	json_decref(town_get(t, ROLE_REDACTEUR, "round.step",
			     "{'round':1,'step':2}"));
	expect(t, ROLE_BEHEERDER, "");
}

static void
test_asked__is_a_round_of_those_who_take_part(void **state)
{
	struct town *t = *state;

	open_round(t, ",'with':'beheerder'");
	expect(t, ROLE_BIJDRAGER, "");
	expect(t, ROLE_BEHEERDER, "round Meten 1 of 2");
	expect(t, ROLE_REDACTEUR, "round Meten 1 of 2");
}

/* The rows as they are: nothing of anybody else's answer is in them. */
static void
test_asked__tells_the_same_whatever_others_did(void **state)
{
	struct town *t = *state;
	json_t *before, *after;

	open_round(t, "");
	before = town_get(t, ROLE_BEHEERDER, "news.list", "{'said':true}");
	answer(t, ROLE_BIJDRAGER, 2);
	answer(t, ROLE_REDACTEUR, 1);
	after = town_get(t, ROLE_BEHEERDER, "news.list", "{'said':true}");
	assert_int_equal(json_array_size(json_object_get(before, "asked")), 1);
	assert_true(json_equal(before, after));
	json_decref(before);
	json_decref(after);
}

static void
expect_told(struct town *t, const char *want)
{
	struct told told = { .seq = TOLD_NEW };
	struct vec out = VEC_INIT;
	struct buf said = BUF_INIT;
	const struct tiding *one;
	bool lost = false;
	size_t i, k;

	tidings_gather(&t->desk, &told, &out, &lost);
	for (i = 0; i < out.len; i++) {
		one = out.items[i];
		if (!one->asks)
			continue;
		assert_non_null(strstr(one->line.ptr, "\"event.asked\""));
		buf_str(&said, one->address);
		for (k = 0; k < one->names.len; k++)
			buf_printf(&said, " @%s",
				   (const char *)one->names.items[k]);
	}
	assert_string_equal(said.ptr, want);
	buf_release(&said);
	vec_release(&out, tiding_free);
}

static void
test_asked__is_told_at_once(void **state)
{
	struct town *t = *state;

	open_round(t, "");
	expect_told(t, TOWN_HERE);
	expect_told(t, "");
	open_round(t, ",'with':'beheerder, bijdrager'");
	expect_told(t, TOWN_HERE " @beheerder @bijdrager");
	assert_int_equal(town_ask(t, ROLE_REDACTEUR, "round.open",
				  "{'address':'" TOWN_HERE "','title':'T',"
				  "'steps':'## S\\n','with':'niemand'}",
				  NULL),
			 PLEIN_ENOTFOUND);
	expect_told(t, "");
}

/* --- reviews ----------------------------------------------------------------- */

#define HERE "besluiten/2019-01-01-zo"

static void
decide(struct town *t, const char *fields, const char *text)
{
	json_decref(get(t, ROLE_BIJDRAGER, "page.create",
			"{'address':'" HERE "','kind':'besluit','title':'Zo',"
			"'text':'---\\ntitel: Zo\\ntype: besluit\\n"
			"datum: \\\"2019-01-01\\\"\\nuitkomst: ingestemd\\n"
			"%s---\\n%s\\n'}",
			fields, text));
}

static void
follow(struct town *t, enum role role, const char *how)
{
	json_decref(get(t, role, "follow.set",
			"{'address':'" HERE "','follow':'%s'}", how));
}

static void
test_asked__is_a_review_of_who_follows_it(void **state)
{
	struct town *t = *state;

	decide(t, "herzien_voor: \\\"2020-01-01\\\"\\n", "x");
	expect(t, ROLE_BIJDRAGER, "review " HERE " 2020-01-01");
	expect(t, ROLE_LEZER, "");
	follow(t, ROLE_LEZER, "yes");
	expect(t, ROLE_LEZER, "review " HERE " 2020-01-01");
	follow(t, ROLE_BIJDRAGER, "muted");
	expect(t, ROLE_BIJDRAGER, "");
	follow(t, ROLE_BIJDRAGER, "no");
	expect(t, ROLE_BIJDRAGER, "");
}

static void
test_asked__is_a_review_of_who_decided(void **state)
{
	struct town *t = *state;

	decide(t,
	       "herzien_voor: \\\"2020-01-01\\\"\\n"
	       "gremium: \\\"De beheerder\\\"\\n",
	       "x");
	expect(t, ROLE_BEHEERDER, "review " HERE " 2020-01-01");
	expect(t, ROLE_REDACTEUR, "");
	follow(t, ROLE_BEHEERDER, "muted");
	expect(t, ROLE_BEHEERDER, "");
}

static void
test_asked__is_no_review_before_its_day(void **state)
{
	struct town *t = *state;

	decide(t, "herzien_voor: \\\"2999-01-01\\\"\\n", "x");
	expect(t, ROLE_BIJDRAGER, "");
}

/* --- actions ----------------------------------------------------------------- */

#define TABLE \
	"| nr | actie | eigenaar | gereed op | stand |\\n" \
	"| --- | --- | --- | --- | --- |\\n"

static void
test_asked__is_an_action_of_its_owner(void **state)
{
	struct town *t = *state;

	decide(t, "",
	       TABLE "| a1 | Een | redacteur | 2020-02-01 | open |\\n"
		     "| a2 | Twee | lezer en redacteur | 2020-01-01 | open |\\n"
		     "| a3 | Drie | redacteur | 2020-01-01 | gereed |\\n"
		     "| a4 | Vier | redacteur | 2999-01-01 | open |\\n"
		     "| a5 | Vijf |  | 2020-01-01 | open |\\n"
		     "| a6 | Zes | redacteur |  | open |\\n");
	expect(t, ROLE_REDACTEUR,
	       "action " HERE " 2020-01-01 a2; action " HERE " 2020-02-01 a1");
	expect(t, ROLE_LEZER, "action " HERE " 2020-01-01 a2");
	expect(t, ROLE_BIJDRAGER, "");
	json_decref(get(t, ROLE_REDACTEUR, "action.set",
			"{'address':'" HERE "','number':'a2',"
			"'state':'gereed'}"));
	expect(t, ROLE_LEZER, "");
}

/* What they are in this space, whatever they are elsewhere. */
static void
test_asked__goes_by_the_role_in_the_space(void **state)
{
	struct town *t = *state;
	struct caller *who = t->roles[ROLE_BIJDRAGER];

	decide(t, "", TABLE "| a1 | Een | redacteur | 2020-02-01 | open |\\n");
	expect(t, ROLE_BIJDRAGER, "");
	who->space = t->desk.space;
	who->given = ROLE_REDACTEUR;
	expect(t, ROLE_BIJDRAGER, "action " HERE " 2020-02-01 a1");
	who->space = NULL;
}

/* More than one part of a list is looked at. */
static void
test_asked__is_found_behind_many_others(void **state)
{
	struct buf text = BUF_INIT;
	int i;

	buf_str(&text, TABLE);
	for (i = 1; i <= 700; i++)
		buf_printf(&text, "| a%d | X | %s | 2020-01-01 | open |\\n", i,
			   i == 690 ? "lezer" : "een ander");
	decide(*state, "", text.ptr);
	expect(*state, ROLE_LEZER, "action " HERE " 2020-01-01 a690");
	buf_release(&text);
}

static void
test_asked__is_in_the_first_part_only(void **state)
{
	struct town *t = *state;
	json_t *j;

	open_round(t, "");
	j = town_get(t, ROLE_BIJDRAGER, "news.list", "{'said':true,'after':1}");
	assert_null(json_object_get(j, "asked"));
	json_decref(j);
	j = town_get(t, ROLE_BIJDRAGER, "news.list", "{}");
	assert_null(json_object_get(j, "asked"));
	json_decref(j);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, town_setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_asked__goes_by_the_role_in_the_space),
		TEST(test_asked__is_a_round_until_it_is_answered),
		TEST(test_asked__is_a_round_of_those_who_take_part),
		TEST(test_asked__tells_the_same_whatever_others_did),
		TEST(test_asked__is_told_at_once),
		TEST(test_asked__is_a_review_of_who_follows_it),
		TEST(test_asked__is_a_review_of_who_decided),
		TEST(test_asked__is_no_review_before_its_day),
		TEST(test_asked__is_an_action_of_its_owner),
		TEST(test_asked__is_found_behind_many_others),
		TEST(test_asked__is_in_the_first_part_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
