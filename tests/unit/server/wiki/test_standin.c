/*
 * test_standin.c - writing while there is no index.
 */
#include "pair.h"

#include "state/index_partial.h"
#include "wiki/indexer.h"
#include "wiki/standin.h"

#define ROUNDS 400

static const char *const places[] = { "index",	     "themas/common-ground",
				      "themas/a",    "themas/b",
				      "begrippen/c", "vraagstukken/hoe" };
#define N_PLACES 6

static void
save_some(struct pair *p, const char *address)
{
	char params[600];

	(void)snprintf(params, sizeof(params),
		       "{'address':'%s','base':%u,'request':'%u','text':"
		       "'---\\ntitel: Zo\\n---\\nalfa %u\\n\\nbeta\\n\\ngamma "
		       "%u\\n'}",
		       address, pair_draw(p, 6), pair_draw(p, 30),
		       pair_draw(p, 3), pair_draw(p, 3));
	(void)pair_ask(p, pair_draw(p, 2) ? ROLE_BIJDRAGER : ROLE_REDACTEUR,
		       "page.save", params);
}

static void
place_some(struct pair *p, const char *address)
{
	static const char *const forms[] = { "page.create", "page.rename",
					     "page.delete", "page.restore",
					     "page.undo",   "page.revert" };
	static const char *const params[] = {
		"{'address':'%s','kind':'thema','title':'Zo %s'}",
		"{'address':'%s','to':'%s'}",
		"{'address':'%s','note':'%s'}",
		"{'address':'%s','note':'%s'}",
		"{'address':'%s','note':'%s','version':2}",
		"{'address':'%s','note':'%s','version':1}",
	};
	unsigned i = pair_draw(p, 6);
	char text[300];

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	(void)snprintf(text, sizeof(text), params[i], address,
		       places[pair_draw(p, N_PLACES)]);
#pragma GCC diagnostic pop
	(void)pair_ask(p, ROLE_REDACTEUR, forms[i], text);
}

/* Somebody pushes: an attachment, a remark, or a page. */
static void
push_some(struct pair *p)
{
	static const char *const paths[] = {
		"bijlagen/themas/a/foto.png",
		"themas/b.md",
		"index.md",
		"bespreking/themas/common-ground/abc123/"
		"20260301T101112Z-toos-0a1b2c3d.md",
	};
	const char *path = paths[pair_draw(p, 4)];
	char text[64];
	struct repo_id id;

	(void)snprintf(text, sizeof(text), "alfa %u\n\nbeta\n",
		       pair_draw(p, 100000));
	pair_enter(p->whole);
	town_commit(p->whole->desk.repo, path, text, "Zo\n", &id);
	pair_enter(p->bare);
	town_commit(p->bare->desk.repo, path, text, "Zo\n", &id);
}

/* What was made without an index is what an index says afterwards. */
static void
compare_histories(struct pair *p)
{
	struct vec problems = VEC_INIT;
	struct index *truth = NULL;
	struct repo_id tip;

	pair_enter(p->bare);
	if (desk_catch_up(&p->bare->desk, &p->bare->err))
		fail_msg("%s", p->bare->err.msg);
	assert_false(desk_is_standing_in(&p->bare->desk));
	assert_int_equal(index_create(&truth, "truth", &p->bare->err), 0);
	assert_int_equal(repo_ref_read(p->bare->desk.repo, &tip, &p->bare->err),
			 0);
	assert_int_equal(
		indexer_run_to(truth, p->bare->desk.repo, &tip, &p->bare->err),
		0);
	assert_int_equal(index_compare(p->bare->desk.index, truth, &problems,
				       &p->bare->err),
			 0);
	if (problems.len > 0)
		fail_msg("%s", (char *)problems.items[0]);
	index_close(truth);
	index_remove("truth");
	(void)pair_ask(p, ROLE_LEZER, "changes.list", "{}");
	(void)pair_ask(p, ROLE_LEZER, "page.list", "{}");
}

static void
test_standin__answers_as_an_index_would(void **state)
{
	struct pair *p = *state;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		const char *address = places[pair_draw(p, N_PLACES)];

		if (pair_draw(p, 8) == 0)
			push_some(p);
		else if (pair_draw(p, 3) == 0)
			place_some(p, address);
		else
			save_some(p, address);
	}
	compare_histories(p);
}

static void
test_standin__begins_anew_and_is_left_behind(void **state)
{
	struct pair *p = *state;
	int i, j;

	for (i = 0; i < 5; i++) {
		for (j = 0; j < 12; j++) {
			save_some(p, places[pair_draw(p, N_PLACES)]);
			place_some(p, places[pair_draw(p, N_PLACES)]);
		}
		compare_histories(p);
		pair_lose_index(p->bare);
	}
}

/* --- when main is too long --- */

static struct town *
hurry(void **state)
{
	struct pair *p = *state;

	pair_enter(p->bare);
	p->bare->desk.look_ms = -10;
	return p->bare;
}

static void
commit_of(struct town *t, const char *address, char *commit)
{
	char params[100];
	json_t *page;

	(void)snprintf(params, sizeof(params), "{'address':'%s'}", address);
	page = town_get(t, ROLE_LEZER, "page.read", params);
	(void)snprintf(commit, 41, "%s", town_text(page, "commit"));
	json_decref(page);
}

static int
save_on(struct town *t, enum role role, const char *commit, const char *text,
	json_t **result)
{
	char params[400];

	(void)snprintf(params, sizeof(params),
		       "{'address':'index','base_commit':'%s','text':'%s'}",
		       commit, text);
	return town_ask(t, role, "page.save", params, result);
}

static void
test_standin__saves_on_a_commit_without_numbers(void **state)
{
	struct town *t = hurry(state);
	char commit[41];
	json_t *r;

	commit_of(t, "index", commit);
	assert_int_equal(
		save_on(t, ROLE_BIJDRAGER, commit, "een\\n\\ntwee\\n", &r), 0);
	assert_int_equal(town_number(r, "version"), 0);
	assert_false(json_is_true(json_object_get(r, "joined")));
	(void)snprintf(commit, 41, "%s", town_text(r, "commit"));
	json_decref(r);
	assert_int_equal(
		save_on(t, ROLE_REDACTEUR, commit, "een\\n\\nTWEE\\n", &r), 0);
	json_decref(r);
	assert_int_equal(
		save_on(t, ROLE_BIJDRAGER, commit, "EEN\\n\\ntwee\\n", &r), 0);
	assert_true(json_is_true(json_object_get(r, "joined")));
	json_decref(r);
	assert_int_equal(
		save_on(t, ROLE_BIJDRAGER, commit, "ander\\n\\nwoord\\n", &r),
		PLEIN_ECONFLICT);
	assert_int_equal(town_number(t->args, "version"), 0);
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
	r = town_get(t, ROLE_LEZER, "page.read", "{'address':'index'}");
	assert_string_equal(town_text(r, "text"), "EEN\n\nTWEE\n");
	assert_int_equal(town_number(r, "version"), 4);
	json_decref(r);
}

static void
test_standin__joins_a_push_in_between_without_numbers(void **state)
{
	struct town *t = hurry(state);
	struct repo_id id;
	char commit[41];
	json_t *r;

	town_commit(t->desk.repo, "index.md", "een\n\ntwee\n", "Zo\n", &id);
	commit_of(t, "index", commit);
	town_commit(t->desk.repo, "themas/x.md", "x\n", "Zo\n", &id);
	town_commit(t->desk.repo, "index.md", "een\n\nTWEE\n", "Zo\n", &id);
	assert_int_equal(
		save_on(t, ROLE_BIJDRAGER, commit, "EEN\\n\\ntwee\\n", &r),
		PLEIN_EBUSY);
	t->desk.look_ms = STANDIN_MS;
	desk_stand_down(&t->desk, false);
	assert_int_equal(
		save_on(t, ROLE_BIJDRAGER, commit, "EEN\\n\\ntwee\\n", &r), 0);
	assert_true(json_is_true(json_object_get(r, "joined")));
	json_decref(r);
}

static void
test_standin__refuses_what_needs_numbers(void **state)
{
	static const char *const asked[][2] = {
		{ "page.save", "{'address':'index','base':1,'text':'x\\n'}" },
		{ "page.save", "{'address':'themas/q','base':1,'text':'x'}" },
		{ "page.undo", "{'address':'index','version':1}" },
		{ "page.revert", "{'address':'index','version':1}" },
		{ "page.delete",
		  "{'address':'themas/common-ground','base':1}" },
		{ "page.restore", "{'address':'themas/q'}" },
	};
	struct town *t = hurry(state);
	size_t i;

	for (i = 0; i < sizeof(asked) / sizeof(asked[0]); i++)
		if (town_ask(t, ROLE_REDACTEUR, asked[i][0], asked[i][1],
			     NULL) != PLEIN_EBUSY)
			fail_msg("%s %s: %s", asked[i][0], asked[i][1],
				 t->err.msg);
}

static void
test_standin__makes_moves_and_deletes_without_numbers(void **state)
{
	struct town *t = hurry(state);
	struct repo_id id;
	json_t *r;

	town_commit(t->desk.repo, "bijlagen/themas/common-ground/foto.png", "x",
		    "Zo\n", &id);
	r = town_get(t, ROLE_REDACTEUR, "page.create",
		     "{'address':'themas/q','kind':'thema','title':'Q'}");
	assert_int_equal(town_number(r, "version"), 0);
	json_decref(r);
	assert_int_equal(
		town_ask(t, ROLE_REDACTEUR, "page.create",
			 "{'address':'themas/oude-naam','kind':'thema',"
			 "'title':'Q'}",
			 NULL),
		PLEIN_EEXISTS);
	json_decref(
		town_get(t, ROLE_REDACTEUR, "page.rename",
			 "{'address':'themas/common-ground','to':'themas/r'}"));
	json_decref(town_get(t, ROLE_REDACTEUR, "page.delete",
			     "{'address':'themas/q'}"));
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
	r = town_get(t, ROLE_LEZER, "page.read", "{'address':'themas/r'}");
	assert_int_equal(town_number(r, "version"), 2);
	json_decref(r);
	r = town_get(t, ROLE_LEZER, "page.log", "{'address':'themas/q'}");
	assert_int_equal(json_array_size(json_object_get(r, "rows")), 2);
	json_decref(r);
	assert_int_equal(repo_ref_read(t->desk.repo, &id, &t->err), 0);
	struct buf text = BUF_INIT;
	assert_int_equal(snap_read(t->desk.repo, &id,
				   "bijlagen/themas/r/foto.png", &text, NULL,
				   &t->err),
			 0);
	buf_release(&text);
}

/* --- discussions ------------------------------------------------------------ */

#define START \
	"{'address':'themas/common-ground','title':'Wat','text':'Een.'," \
	"'request':'aa11'}"

/* Begin with nothing known but git. */
static void
stand_in_anew(struct town *t)
{
	desk_stand_down(&t->desk, false);
}

/* With time to look. */
static struct town *
look_well(void **state)
{
	struct pair *p = *state;

	pair_enter(p->bare);
	return p->bare;
}

static int
ask_about_as(struct town *t, enum role role, const char *method,
	     const char *code, const char *more)
{
	struct buf params = BUF_INIT;
	int rc;

	buf_printf(&params, "{%s%s}", code, more);
	rc = town_ask(t, role, method, params.ptr, NULL);
	buf_release(&params);
	return rc;
}

static int
ask_about(struct town *t, const char *method, const char *code,
	  const char *more)
{
	return ask_about_as(t, ROLE_BIJDRAGER, method, code, more);
}

static size_t
count_remarks(struct town *t, const char *code)
{
	struct buf params = BUF_INIT;
	json_t *r;
	size_t n;

	buf_printf(&params, "{%s}", code);
	r = town_get(t, ROLE_LEZER, "thread.read", params.ptr);
	n = json_array_size(json_object_get(r, "rows"));
	json_decref(r);
	buf_release(&params);
	return n;
}

static void
test_standin__discussions_of_before_go_on(void **state)
{
	struct town *t = look_well(state);
	char thread[100], remark[100], again[100];
	json_t *r = town_get(t, ROLE_BIJDRAGER, "thread.start", START);

	assert_true(json_is_null(json_object_get(r, "number")));
	(void)snprintf(thread, sizeof(thread), "'thread':'%s'",
		       town_text(r, "thread"));
	(void)snprintf(remark, sizeof(remark), "'remark':'%s'",
		       town_text(r, "remark"));
	json_decref(r);
	stand_in_anew(t);
	r = town_get(t, ROLE_BIJDRAGER, "thread.start", START);
	(void)snprintf(again, sizeof(again), "'remark':'%s'",
		       town_text(r, "remark"));
	assert_string_equal(again, remark);
	json_decref(r);
	stand_in_anew(t);
	assert_int_equal(ask_about(t, "remark.add", thread, ",'text':'Twee.'"),
			 0);
	assert_int_equal(ask_about(t, "remark.edit", remark, ",'text':'1.'"),
			 0);
	assert_int_equal(ask_about(t, "thread.resolve", thread, ""), 0);
	stand_in_anew(t);
	assert_int_equal(ask_about(t, "remark.add", thread, ",'text':'Drie.'"),
			 PLEIN_ERULE);
	assert_string_equal(t->err.rule, "resolved");
	assert_int_equal(ask_about(t, "thread.resolve", thread, ""),
			 PLEIN_ESAME);
	assert_int_equal(ask_about(t, "thread.reopen", thread, ""), 0);
	assert_int_equal(ask_about(t, "remark.add", thread, ",'text':'Drie.'"),
			 0);
	assert_int_equal(ask_about(t, "remark.add", "'thread':'0000'",
				   ",'text':'Niet.'"),
			 PLEIN_ENOTFOUND);
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
	assert_int_equal(count_remarks(t, thread), 5);
}

/* Who withdrew it is not known: then nobody brings it back. */
static void
test_standin__what_was_withdrawn_waits(void **state)
{
	struct town *t = look_well(state);
	char remark[100];
	json_t *r = town_get(t, ROLE_BIJDRAGER, "thread.start", START);

	(void)snprintf(remark, sizeof(remark), "'remark':'%s'",
		       town_text(r, "remark"));
	json_decref(r);
	stand_in_anew(t);
	assert_int_equal(ask_about(t, "remark.withdraw", remark, ""), 0);
	stand_in_anew(t);
	assert_int_equal(ask_about(t, "remark.withdraw", remark, ""),
			 PLEIN_ESAME);
	assert_int_equal(ask_about(t, "remark.edit", remark, ",'text':'1.'"),
			 PLEIN_EBUSY);
	assert_int_equal(ask_about(t, "remark.restore", remark, ""),
			 PLEIN_EBUSY);
	assert_int_equal(
		ask_about_as(t, ROLE_BEHEERDER, "remark.restore", remark, ""),
		PLEIN_EBUSY);
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
	assert_int_equal(
		ask_about_as(t, ROLE_BEHEERDER, "remark.restore", remark, ""),
		PLEIN_EDENIED);
	assert_int_equal(ask_about(t, "remark.edit", remark, ",'text':'1.'"),
			 0);
}

/* Asked again it is not said again, whoever looked at the thread before. */
static void
test_standin__a_request_is_done_once(void **state)
{
	struct town *t = look_well(state);
	char thread[100], remark[100];
	json_t *r = town_get(t, ROLE_BIJDRAGER, "thread.start", START);

	(void)snprintf(remark, sizeof(remark), "%s", town_text(r, "remark"));
	(void)snprintf(thread, sizeof(thread), "'thread':'%s'",
		       town_text(r, "thread"));
	json_decref(r);
	stand_in_anew(t);
	assert_int_equal(ask_about_as(t, ROLE_REDACTEUR, "remark.add", thread,
				      ",'text':'Twee.'"),
			 0);
	r = town_get(t, ROLE_BIJDRAGER, "thread.start", START);
	assert_string_equal(town_text(r, "remark"), remark);
	json_decref(r);
	assert_int_equal(count_remarks(t, thread), 2);
}

/* Also when it is looked for where what one said came from. */
static void
test_standin__what_was_moved_stays_there(void **state)
{
	struct town *t = look_well(state);
	char thread[100], params[200];
	json_t *r = town_get(t, ROLE_BIJDRAGER, "thread.start", START);

	(void)snprintf(thread, sizeof(thread), "'thread':'%s'",
		       town_text(r, "thread"));
	json_decref(r);
	stand_in_anew(t);
	assert_int_equal(ask_about_as(t, ROLE_REDACTEUR, "thread.move", thread,
				      ",'address':'index'"),
			 0);
	(void)snprintf(params, sizeof(params),
		       "{%s,'text':'Twee.','request':'bb22'}", thread);
	r = town_get(t, ROLE_BIJDRAGER, "remark.add", params);
	assert_string_equal(town_text(r, "address"), "index");
	json_decref(r);
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
	assert_int_equal(count_remarks(t, thread), 2);
}

/* To rename a page is not to say what is said about it. */
static void
test_standin__who_renames_withdrew_nothing(void **state)
{
	struct town *t = look_well(state);
	char remark[100];
	json_t *r = town_get(t, ROLE_BIJDRAGER, "thread.start", START);

	(void)snprintf(remark, sizeof(remark), "'remark':'%s'",
		       town_text(r, "remark"));
	json_decref(r);
	assert_int_equal(
		ask_about_as(t, ROLE_REDACTEUR, "remark.withdraw", remark, ""),
		0);
	stand_in_anew(t);
	json_decref(
		town_get(t, ROLE_BIJDRAGER, "page.rename",
			 "{'address':'themas/common-ground','to':'themas/r'}"));
	assert_int_equal(ask_about(t, "remark.edit", remark, ",'text':'1.'"),
			 PLEIN_EBUSY);
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
	assert_int_equal(ask_about(t, "remark.edit", remark, ",'text':'1.'"),
			 PLEIN_EDENIED);
}

/* --- discussions are moved and split ---------------------------------------- */

#define IN(thread, name) \
	"bespreking/themas/common-ground/" thread "/" name ".md"
#define FIRST "20260301T100010Z-bijdrager-0a0a"
#define EARLY "20260301T100005Z-redacteur-0b0b"
#define SECOND "20260301T100100Z-bijdrager-0c0c"
#define ANSWER "20260301T100030Z-redacteur-0d0d"
#define LAST "20260301T100200Z-redacteur-0e0e"

/* In the order in which they came: two have clocks that were behind. */
static void
talk(struct pair *p)
{
	pair_commit(p, IN("0a0a", FIRST), "---\ntitel: Zo\n---\nWat?\n");
	pair_commit(p, IN("0a0a", EARLY), "Vroeg.\n");
	pair_commit(p, IN("0a0a", SECOND), "Dit.\n");
	pair_commit(p, IN("0a0a", ANSWER), "---\nop: " SECOND "\n---\nJa.\n");
	pair_commit(p, IN("0a0a", LAST), "Dat.\n");
}

static void
test_standin__moves_and_splits_as_an_index_would(void **state)
{
	static const struct {
		enum role role;
		int code;
		const char *method, *params;
	} asked[] = {
		{ ROLE_BIJDRAGER, PLEIN_EDENIED, "thread.split",
		  "{'remark':'" SECOND "','title':'Nieuw'}" },
		{ ROLE_REDACTEUR, PLEIN_ERULE, "thread.split",
		  "{'remark':'" FIRST "','title':'Nieuw'}" },
		{ ROLE_REDACTEUR, PLEIN_ERULE, "thread.split",
		  "{'remark':'" ANSWER "','title':'Nieuw'}" },
		{ ROLE_REDACTEUR, 0, "thread.split",
		  "{'remark':'" SECOND "','title':'Nieuw'}" },
		{ ROLE_REDACTEUR, 0, "thread.split",
		  "{'remark':'" EARLY "','title':'Ook nieuw'}" },
		{ ROLE_REDACTEUR, PLEIN_ERULE, "thread.split",
		  "{'remark':'" EARLY "','title':'Nog eens'}" },
		{ ROLE_BIJDRAGER, PLEIN_EDENIED, "thread.move",
		  "{'thread':'0a0a','address':'index'}" },
		{ ROLE_REDACTEUR, PLEIN_ENOTFOUND, "thread.move",
		  "{'thread':'0a0a','address':'themas/q'}" },
		{ ROLE_REDACTEUR, PLEIN_ENOTFOUND, "thread.move",
		  "{'thread':'9a9a','address':'index'}" },
		{ ROLE_REDACTEUR, 0, "thread.move",
		  "{'thread':'0a0a','address':'index'}" },
		{ ROLE_REDACTEUR, PLEIN_ESAME, "thread.move",
		  "{'thread':'0a0a','address':'index'}" },
		{ ROLE_REDACTEUR, 0, "page.rename",
		  "{'address':'themas/common-ground','to':'themas/r'}" },
		{ ROLE_REDACTEUR, 0, "thread.move",
		  "{'thread':'0c0c','address':'index'}" },
	};
	static const char *const threads[] = { "0a0a", "0b0b", "0c0c" };
	struct pair *p = *state;
	char params[60];
	size_t i;

	talk(p);
	for (i = 0; i < sizeof(asked) / sizeof(asked[0]); i++)
		assert_int_equal(pair_ask(p, asked[i].role, asked[i].method,
					  asked[i].params),
				 asked[i].code);
	compare_histories(p);
	for (i = 0; i < 3; i++) {
		(void)snprintf(params, sizeof(params), "{'thread':'%s'}",
			       threads[i]);
		assert_int_equal(pair_ask(p, ROLE_LEZER, "thread.read", params),
				 0);
	}
}

/* One that answers what vanished goes with what that answered: who knows? */
static void
test_standin__what_only_an_index_knows_waits(void **state)
{
	struct town *t = look_well(state);
	struct repo_id id;

	town_commit(t->desk.repo, IN("0a0a", FIRST),
		    "---\ntitel: Zo\n---\nWat?\n", "Zo\n", &id);
	town_commit(t->desk.repo, IN("0a0a", SECOND), "Dit.\n", "Zo\n", &id);
	town_commit(t->desk.repo, IN("0a0a", LAST),
		    "---\nop: " EARLY "\n---\nJa.\n", "Zo\n", &id);
	assert_int_equal(ask_about_as(t, ROLE_REDACTEUR, "thread.split",
				      "'remark':'" SECOND "'",
				      ",'title':'Nieuw'"),
			 PLEIN_EBUSY);
	assert_int_equal(ask_about_as(t, ROLE_REDACTEUR, "thread.join",
				      "'thread':'0a0a'", ""),
			 PLEIN_EBUSY);
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
	assert_int_equal(ask_about_as(t, ROLE_REDACTEUR, "thread.split",
				      "'remark':'" SECOND "'",
				      ",'title':'Nieuw'"),
			 0);
}

/* What is of one lies below what is of the other. */
static void
test_standin__moves_pages_of_a_year(void **state)
{
	struct pair *p = *state;

	pair_commit(p, "themas/2026.md", "Jaar.\n");
	pair_commit(p, "themas/2026/zaak/index.md", "Zaak.\n");
	pair_commit(p, "bijlagen/themas/2026/zaak/plaat.png", "PNG");
	assert_int_equal(pair_ask(p, ROLE_REDACTEUR, "page.rename",
				  "{'address':'themas/2026',"
				  "'to':'themas/jaar'}"),
			 0);
	assert_int_equal(pair_ask(p, ROLE_REDACTEUR, "page.rename",
				  "{'address':'themas/2026/zaak',"
				  "'to':'themas/zaak'}"),
			 0);
	compare_histories(p);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_setup, pair_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_standin__answers_as_an_index_would),
		TEST(test_standin__begins_anew_and_is_left_behind),
		TEST(test_standin__saves_on_a_commit_without_numbers),
		TEST(test_standin__joins_a_push_in_between_without_numbers),
		TEST(test_standin__refuses_what_needs_numbers),
		TEST(test_standin__makes_moves_and_deletes_without_numbers),
		TEST(test_standin__discussions_of_before_go_on),
		TEST(test_standin__what_was_withdrawn_waits),
		TEST(test_standin__a_request_is_done_once),
		TEST(test_standin__what_was_moved_stays_there),
		TEST(test_standin__who_renames_withdrew_nothing),
		TEST(test_standin__moves_and_splits_as_an_index_would),
		TEST(test_standin__what_only_an_index_knows_waits),
		TEST(test_standin__moves_pages_of_a_year),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
