/*
 * test_space.c - two spaces side by side in one process: what is done in one
 * is never seen in the other, and who may not see one is told of none.
 */
#include "town.h"

#include "state/members.h"
#include "wiki/desks.h"
#include "wiki/handlers.h"
#include "wiki/space.h"
#include "wiki/tidings.h"

struct two {
	struct town *town;
	struct spacelist list;
	struct desks desks;
	struct caller *who; /* in the space that was entered last */
};

static int
setup(void **state)
{
	struct two *t = mem_alloc(sizeof(*t));
	struct err trouble;
	struct desk_setup how = { .writer = true };
	void *town;

	if (town_setup(&town))
		return -1;
	t->town = town;
	/* the desks take its place */
	desk_close(&t->town->desk);
	spacelist_init(&t->list);
	assert_int_equal(spacelist_load(&t->list, &t->town->err), 0);
	how.space = spacelist_at(&t->list, 0);
	how.list = &t->list;
	assert_int_equal(desks_open(&t->desks, &how, &trouble, &t->town->err),
			 0);
	*state = t;
	return 0;
}

static int
teardown(void **state)
{
	struct two *t = *state;
	void *town = t->town;

	caller_free(t->who);
	desks_close(&t->desks);
	spacelist_release(&t->list);
	free(t);
	memset(&((struct town *)town)->desk, 0, sizeof(struct desk));
	return town_teardown(&town);
}

static json_t *
parse(const char *params)
{
	char *text = mem_strdup(params), *p;
	json_t *j;

	for (p = text; *p; p++)
		if (*p == '\'')
			*p = '"';
	j = json_loads(text, 0, NULL);
	if (!j)
		fail_msg("no JSON: %s", text);
	free(text);
	return j;
}

/* As the loop would: on the desk of the caller's space. What it makes of the
 * caller, and of the space, holds from then on. */
static int
ask_as(struct two *t, const struct caller *who, const char *method,
       const char *params, json_t **result)
{
	struct call c;
	int rc;

	call_init(&c, who, parse(params));
	rc = desk_call(desks_at(&t->desks, who->space), method, &c);
	t->town->err = c.err;
	if (result)
		*result = rc ? NULL : json_incref(c.result);
	if (!rc && c.respaced)
		atomic_store(&c.respaced->closed, c.closes);
	if (!rc && c.moves) {
		caller_free(t->who);
		t->who = c.moves;
		c.moves = NULL;
	}
	call_release(&c);
	return rc;
}

static int
ask(struct two *t, enum role role, const char *method, const char *params)
{
	return ask_as(t, t->town->roles[role], method, params, NULL);
}

static void
make(struct two *t, const char *params)
{
	assert_int_equal(ask(t, ROLE_BEHEERDER, "space.add", params), 0);
}

static void
enter(struct two *t, enum role role, const char *space)
{
	char params[64];

	(void)snprintf(params, sizeof(params), "{'space':'%s'}", space);
	assert_int_equal(ask(t, role, "session.space", params), 0);
}

static void
give(struct two *t, const char *space, const char *handle, const char *role)
{
	char params[96];

	enter(t, ROLE_BEHEERDER, space);
	(void)snprintf(params, sizeof(params), "{'handle':'%s','role':'%s'}",
		       handle, role);
	assert_int_equal(ask_as(t, t->who, "member.set", params, NULL), 0);
}

static json_t *
get(struct two *t, const char *method, const char *params)
{
	json_t *result = NULL;

	if (ask_as(t, t->who, method, params, &result))
		fail_msg("%s: %s", method, t->town->err.msg);
	return result;
}

static size_t
count_rows(json_t *answer_take)
{
	size_t n = json_array_size(json_object_get(answer_take, "rows"));

	json_decref(answer_take);
	return n;
}

static void
test_space__begins_with_a_page_and_the_templates(void **state)
{
	struct two *t = *state;
	json_t *j;

	make(t, "{'space':'zorg','title':'Zorg: \\\"samen\\\"'}");
	enter(t, ROLE_LEZER, "zorg");
	j = get(t, "page.read", "{'address':'index'}");
	assert_string_equal(town_text(j, "title"), "Zorg: \"samen\"");
	json_decref(j);
	j = get(t, "page.read", "{'address':'sjablonen/thema'}");
	assert_string_equal(town_text(j, "title"), "Thema");
	json_decref(j);
	assert_int_equal(ask_as(t, t->who, "page.read",
				"{'address':'" TOWN_HERE "'}", NULL),
			 PLEIN_ENOTFOUND);
}

static void
test_space__names_are_checked_and_taken_once(void **state)
{
	struct two *t = *state;

	make(t, "{'space':'zorg'}");
	assert_int_equal(
		ask(t, ROLE_BEHEERDER, "space.add", "{'space':'zorg'}"),
		PLEIN_EEXISTS);
	assert_int_equal(
		ask(t, ROLE_BEHEERDER, "space.add", "{'space':'agenda'}"),
		PLEIN_EEXISTS);
	assert_int_equal(
		ask(t, ROLE_BEHEERDER, "space.add", "{'space':'../zorg'}"),
		PLEIN_ERULE);
	assert_int_equal(ask(t, ROLE_REDACTEUR, "space.add", "{'space':'x'}"),
			 PLEIN_EDENIED);
	assert_int_equal(ask(t, ROLE_BEHEERDER, "space.set",
			     "{'space':'agenda','private':true}"),
			 PLEIN_ERULE);
}

/* Nothing tells it from one that does not exist. */
static void
test_space__that_is_private_is_none_for_others(void **state)
{
	static const enum role others[] = { ROLE_GAST, ROLE_WAITING, ROLE_LEZER,
					    ROLE_REDACTEUR, ROLE_BLOCKED };
	struct two *t = *state;
	char none[sizeof(t->town->err.msg)];

	make(t, "{'space':'zorg','private':true}");
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		assert_int_equal(ask(t, others[i], "session.space",
				     "{'space':'nergens'}"),
				 PLEIN_ENOTFOUND);
		(void)snprintf(none, sizeof(none), "%s", t->town->err.msg);
		assert_int_equal(
			ask(t, others[i], "session.space", "{'space':'zorg'}"),
			PLEIN_ENOTFOUND);
		assert_string_equal(t->town->err.msg, none);
		enter(t, ROLE_LEZER, "agenda");
		assert_int_equal(count_rows(get(t, "space.list", "{}")), 1);
	}
	give(t, "zorg", "bijdrager", "lezer");
	enter(t, ROLE_BIJDRAGER, "zorg");
	assert_int_equal(count_rows(get(t, "space.list", "{}")), 2);
	assert_int_equal(ask_as(t, t->who, "page.create",
				"{'address':'themas/x','kind':'thema',"
				"'title':'X'}",
				NULL),
			 PLEIN_EDENIED);
}

/* Who keeps the wiki knows of it, and may give roles; but not read. */
static void
test_space__is_not_read_by_who_keeps_the_wiki(void **state)
{
	struct two *t = *state;

	make(t, "{'space':'zorg','private':true}");
	enter(t, ROLE_BEHEERDER, "zorg");
	assert_int_equal(
		ask_as(t, t->who, "page.read", "{'address':'index'}", NULL),
		PLEIN_EDENIED);
	assert_int_equal(
		ask_as(t, t->who, "search.pages", "{'query':'zorg'}", NULL),
		PLEIN_EDENIED);
	give(t, "zorg", "beheerder", "lezer");
	enter(t, ROLE_BEHEERDER, "zorg");
	json_decref(get(t, "page.read", "{'address':'index'}"));
}

static void
expect_role(json_t *answer_take, const char *role)
{
	assert_string_equal(town_text(answer_take, "role"), role);
	json_decref(answer_take);
}

static void
test_space__its_keeper_gives_roles_there_and_nowhere_else(void **state)
{
	struct two *t = *state;

	make(t, "{'space':'zorg','private':true}");
	make(t, "{'space':'jeugd'}");
	give(t, "zorg", "lezer", "beheerder");
	enter(t, ROLE_LEZER, "zorg");
	expect_role(get(t, "session.space", "{'space':'zorg'}"), "beheerder");
	expect_role(get(t, "session.info", "{}"), "beheerder");
	assert_int_equal(ask_as(t, t->who, "member.set",
				"{'handle':'bijdrager','role':'redacteur'}",
				NULL),
			 0);
	assert_int_equal(count_rows(get(t, "member.list", "{}")), 2);
	assert_int_equal(ask_as(t, t->who, "user.list", "{}", NULL),
			 PLEIN_EDENIED);
	assert_int_equal(ask_as(t, t->who, "space.add", "{'space':'x'}", NULL),
			 PLEIN_EDENIED);
	enter(t, ROLE_LEZER, "jeugd");
	assert_int_equal(ask_as(t, t->who, "member.set",
				"{'handle':'bijdrager','role':'redacteur'}",
				NULL),
			 PLEIN_EDENIED);
	enter(t, ROLE_LEZER, "agenda");
	assert_int_equal(ask_as(t, t->who, "member.list", "{}", NULL),
			 PLEIN_EDENIED);
}

static void
expect_in(struct two *t, const char *handle, const char *space, enum role role)
{
	enum role is;

	assert_int_equal(space_role(desks_first(&t->desks), handle, space, &is,
				    &t->town->err),
			 0);
	assert_int_equal(is, role);
}

/* As git is told who comes. */
static void
test_space__says_what_somebody_is_there(void **state)
{
	struct two *t = *state;

	make(t, "{'space':'zorg','private':true}");
	make(t, "{'space':'jeugd'}");
	give(t, "zorg", "lezer", "redacteur");
	give(t, "zorg", "redacteur", "lezer");
	expect_in(t, "lezer", "zorg", ROLE_REDACTEUR);
	expect_in(t, "redacteur", "zorg", ROLE_LEZER);
	expect_in(t, "bijdrager", "zorg", ROLE_NONE);
	expect_in(t, "redacteur", "jeugd", ROLE_LEZER);
	expect_in(t, CALLER_GUEST, "jeugd", ROLE_GAST);
	expect_in(t, CALLER_GUEST, "zorg", ROLE_NONE);
}

/* Its audit records, and no others. */
static void
test_space__its_keeper_reads_what_was_done_there(void **state)
{
	struct two *t = *state;
	json_t *j, *row;
	size_t i;

	make(t, "{'space':'zorg','private':true}");
	make(t, "{'space':'zorg-2','private':true}");
	give(t, "zorg", "lezer", "beheerder");
	give(t, "zorg-2", "redacteur", "beheerder");
	enter(t, ROLE_LEZER, "zorg");
	j = get(t, "audit.list", "{}");
	assert_int_equal(json_array_size(json_object_get(j, "rows")), 2);
	json_array_foreach(json_object_get(j, "rows"), i, row)
		assert_null(strstr(town_text(row, "detail"), "zorg-2"));
	json_decref(j);
	enter(t, ROLE_LEZER, "agenda");
	assert_int_equal(ask_as(t, t->who, "audit.list", "{}", NULL),
			 PLEIN_EDENIED);
}

static void
make_code(struct two *t, const char *role, char code[40])
{
	char params[80];
	json_t *j;

	(void)snprintf(params, sizeof(params), "{'role':'%s','uses':1}", role);
	j = get(t, "invite.create", params);
	(void)snprintf(code, 40, "%s", town_text(j, "code"));
	json_decref(j);
}

static void
expect_use(struct two *t, const char *code, int rc, const char *rule)
{
	char params[80];

	(void)snprintf(params, sizeof(params), "{'code':'%s'}", code);
	assert_int_equal(ask_as(t, t->who, "invite.use", params, NULL), rc);
	if (rule)
		assert_string_equal(t->town->err.rule, rule);
}

/* Who has an account gets a role by a code; what gives nothing stays. */
static void
test_space__a_code_gives_a_role_to_who_has_an_account(void **state)
{
	struct two *t = *state;
	char reader[40], writer[40], first[40];
	json_t *j;

	make(t, "{'space':'zorg','private':true}");
	enter(t, ROLE_BEHEERDER, "agenda");
	make_code(t, "redacteur", first);
	enter(t, ROLE_BEHEERDER, "zorg");
	make_code(t, "lezer", reader);
	make_code(t, "bijdrager", writer);
	enter(t, ROLE_LEZER, "agenda");
	expect_use(t, "aaaa-bbbb-cccc-dddd", PLEIN_EDENIED, "invite");
	expect_use(t, first, PLEIN_ERULE, "invite-first");
	expect_use(t, writer, 0, NULL);
	expect_use(t, reader, PLEIN_ERULE, "invite-less");
	expect_use(t, writer, PLEIN_EDENIED, "invite");
	enter(t, ROLE_LEZER, "zorg");
	j = get(t, "session.info", "{}");
	assert_string_equal(town_text(j, "role"), "bijdrager");
	json_decref(j);
	enter(t, ROLE_BIJDRAGER, "agenda"); /* it was not used up */
	expect_use(t, reader, 0, NULL);
}

static void
save(struct two *t, const char *address, const char *text)
{
	char params[256];

	(void)snprintf(params, sizeof(params),
		       "{'address':'%s','base':1,'text':'%s'}", address, text);
	assert_int_equal(ask_as(t, t->who, "page.save", params, NULL), 0);
}

/* The same addresses, in both: each has its own. */
static void
test_space__what_is_done_in_one_is_not_seen_in_the_other(void **state)
{
	struct two *t = *state;
	json_t *j;

	make(t, "{'space':'zorg'}");
	give(t, "zorg", "bijdrager", "bijdrager");
	enter(t, ROLE_BIJDRAGER, "zorg");
	save(t, "index", "Kwikzilver en [een](themas/common-ground.md).\\n");
	assert_int_equal(ask_as(t, t->who, "draft.put",
				"{'address':'index','base':2,'text':'klad'}",
				NULL),
			 0);
	assert_int_equal(ask_as(t, t->who, "mark.visit", "{}", NULL), 0);
	assert_int_equal(
		count_rows(get(t, "search.pages", "{'query':'kwikzilver'}")),
		1);
	enter(t, ROLE_BIJDRAGER, "agenda");
	assert_int_equal(
		count_rows(get(t, "search.pages", "{'query':'kwikzilver'}")),
		0);
	assert_int_equal(count_rows(get(t, "draft.list", "{}")), 0);
	assert_int_equal(count_rows(get(t, "page.log", "{'address':'index'}")),
			 1);
	assert_int_equal(count_rows(get(t, "page.backlinks",
					"{'address':'" TOWN_HERE "'}")),
			 1); /* as it was */
	j = get(t, "session.info", "{}");
	assert_true(json_is_null(json_object_get(j, "visit")));
	assert_string_equal(town_text(j, "space"), "agenda");
	assert_int_equal(town_number(j, "spaces"), 2);
	json_decref(j);
	j = get(t, "page.read", "{'address':'index'}");
	assert_int_equal(town_number(j, "version"), 1);
	assert_null(strstr(town_text(j, "text"), "Kwikzilver"));
	json_decref(j);
	enter(t, ROLE_BIJDRAGER, "zorg");
	assert_int_equal(count_rows(get(t, "draft.list", "{}")), 1);
	assert_int_equal(count_rows(get(t, "page.log", "{'address':'index'}")),
			 2);
}

/* Told are those of that space. */
static void
test_space__tells_of_itself_only(void **state)
{
	struct two *t = *state;
	struct vec tidings = VEC_INIT;
	struct desk *first = desks_first(&t->desks), *zorg;
	const struct tiding *one;
	bool lost = false;

	make(t, "{'space':'zorg'}");
	give(t, "zorg", "bijdrager", "bijdrager");
	enter(t, ROLE_BIJDRAGER, "zorg");
	zorg = desks_at(&t->desks, t->who->space);
	assert_ptr_not_equal(zorg, first);
	tidings_gather(first, &first->told, &tidings, &lost);
	tidings_gather(zorg, &zorg->told, &tidings, &lost);
	assert_int_equal(tidings.len, 0);
	save(t, "index", "Nieuw.\\n");
	tidings_gather(first, &first->told, &tidings, &lost);
	assert_int_equal(tidings.len, 0);
	tidings_gather(zorg, &zorg->told, &tidings, &lost);
	assert_int_equal(tidings.len, 2); /* the page, and the tree */
	one = tidings.items[0];
	assert_true(caller_is_in(t->who, one->space));
	assert_false(caller_is_in(t->town->roles[ROLE_LEZER], one->space));
	vec_release(&tidings, tiding_free);
}

static void
test_space__that_was_removed_is_put_aside_and_can_be_made_anew(void **state)
{
	struct two *t = *state;
	json_t *j;

	make(t, "{'space':'zorg'}");
	give(t, "zorg", "bijdrager", "bijdrager");
	enter(t, ROLE_BIJDRAGER, "zorg");
	save(t, "index", "Bewaar mij.\\n");
	assert_int_equal(
		ask(t, ROLE_BEHEERDER, "space.remove", "{'space':'agenda'}"),
		PLEIN_ERULE);
	assert_int_equal(ask_as(t, t->town->roles[ROLE_BEHEERDER],
				"space.remove", "{'space':'zorg'}", &j),
			 0);
	assert_int_equal(access(town_text(j, "aside"), F_OK), 0);
	json_decref(j);
	/* who was there, is nowhere */
	assert_int_equal(
		ask_as(t, t->who, "page.read", "{'address':'index'}", NULL),
		PLEIN_EDENIED);
	assert_int_equal(
		ask(t, ROLE_BIJDRAGER, "session.space", "{'space':'zorg'}"),
		PLEIN_ENOTFOUND);
	make(t, "{'space':'zorg','private':true}");
	assert_int_equal(
		ask(t, ROLE_BIJDRAGER, "session.space", "{'space':'zorg'}"),
		PLEIN_ENOTFOUND);
	give(t, "zorg", "lezer", "lezer");
	enter(t, ROLE_LEZER, "zorg");
	assert_int_equal(count_rows(get(t, "page.log", "{'address':'index'}")),
			 1);
}

/* Roles of another space ask for a code as those of the wiki do. */
static void
test_space__roles_there_ask_for_a_code(void **state)
{
	struct two *t = *state;
	struct account a = { 0 };
	struct conf conf;

	conf_init(&conf);
	assert_int_equal(conf_parse(&conf,
				    "naam = S\ndomein = s.example\n"
				    "code_vanaf = redacteur\n",
				    NULL),
			 0);
	make(t, "{'space':'zorg'}");
	give(t, "zorg", "lezer", "redacteur");
	assert_int_equal(
		account_get(desks_first(&t->desks)->state, "lezer", &a, NULL),
		0);
	assert_int_equal(caller_role(&a, &conf, false), ROLE_SETUP);
	assert_int_equal(caller_role(&a, &conf, true), ROLE_LEZER);
	account_release(&a);
	conf_release(&conf);
}

/* Where they were last, a screen begins; but not where they may not be. */
static void
test_space__a_seat_is_kept_while_they_may_be_there(void **state)
{
	struct two *t = *state;
	struct desk *d = desks_first(&t->desks);
	const struct caller *lezer = t->town->roles[ROLE_LEZER];
	struct caller *there = NULL;

	make(t, "{'space':'zorg','private':true}");
	give(t, "zorg", "lezer", "lezer");
	assert_int_equal(seat_put(d->state, "lezer", "zorg", &t->town->err), 0);
	space_take_seat(d, lezer, &there);
	assert_non_null(there);
	assert_ptr_equal(there->space, spacelist_get(&t->list, "zorg"));
	caller_free(there);
	assert_int_equal(
		ask_as(t, t->who, "member.remove", "{'handle':'lezer'}", NULL),
		0);
	space_take_seat(d, lezer, &there);
	assert_null(there);
}

/* A repository without a row: nobody knows of it. */
static void
test_space__that_nobody_made_is_seen_by_nobody(void **state)
{
	struct two *t = *state;

	assert_int_equal(repo_create("spaces/vondst.git", &t->town->err), 0);
	assert_int_equal(spacelist_load(&t->list, &t->town->err), 0);
	assert_non_null(spacelist_get(&t->list, "vondst"));
	assert_int_equal(
		ask(t, ROLE_REDACTEUR, "session.space", "{'space':'vondst'}"),
		PLEIN_ENOTFOUND);
}

int
main(void)
{
#define TEST(t) cmocka_unit_test_setup_teardown(t, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_space__begins_with_a_page_and_the_templates),
		TEST(test_space__names_are_checked_and_taken_once),
		TEST(test_space__that_is_private_is_none_for_others),
		TEST(test_space__is_not_read_by_who_keeps_the_wiki),
		TEST(test_space__its_keeper_gives_roles_there_and_nowhere_else),
		TEST(test_space__says_what_somebody_is_there),
		TEST(test_space__its_keeper_reads_what_was_done_there),
		TEST(test_space__a_code_gives_a_role_to_who_has_an_account),
		TEST(test_space__what_is_done_in_one_is_not_seen_in_the_other),
		TEST(test_space__tells_of_itself_only),
		TEST(test_space__that_was_removed_is_put_aside_and_can_be_made_anew),
		TEST(test_space__roles_there_ask_for_a_code),
		TEST(test_space__a_seat_is_kept_while_they_may_be_there),
		TEST(test_space__that_nobody_made_is_seen_by_nobody),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
