/* What happened to a page and in its discussions, and how it was then. */
#include "town.h"

#define START 1700000000L
#define FILES 6

#define A "20231114T221340Z-ada-aaaaaaaaaaaa"
#define B "20231114T221350Z-bob-bbbbbbbbbbbb"
#define K "20231114T221430Z-ada-eeeeeeeeeeee"
#define Q "20231114T221345Z-bob-cccccccccccc"
#define AT(page, remark) "bespreking/" page "/aaaaaaaaaaaa/" remark ".md"

#define ASKS "---\ntitel: Wie?\n---\nWie doet het?\n"
#define ANSWERS "---\nop: " A "\n---\nWij samen.\n"
#define RESOLVES "---\nsoort: afgehandeld\n---\nKlaar.\n"

/* A page gets a discussion, is renamed with it, and loses it to another. */
static const struct step {
	int second;
	const char *who;
	struct {
		const char *path, *text; /* NULL: it vanishes */
	} files[FILES];
} steps[] = {
	{ 5, "ada", { { "begrippen/b.md", "b\n" } } },
	{ 10, "ada", { { "themas/a.md", "een\n" } } },
	{ 20, "ada", { { AT("themas/a", A), ASKS } } },
	{ 25,
	  "bob",
	  { { "bespreking/vraagstukken/hoe/cccccccccccc/" Q ".md", ASKS } } },
	{ 30, "bob", { { AT("themas/a", B), "---\nop: " A "\n---\nWij.\n" } } },
	{ 40, "bob", { { "themas/a.md", "twee\n" } } },
	{ 50, "bob", { { AT("themas/a", B), ANSWERS } } },
	{ 60,
	  "bob",
	  { { "themas/a.md", NULL },
	    { "themas/c.md", "---\naliassen: [themas/a]\n---\ntwee\n" },
	    { AT("themas/a", A), NULL },
	    { AT("themas/a", B), NULL },
	    { AT("themas/c", A), ASKS },
	    { AT("themas/c", B), ANSWERS } } },
	{ 70, "ada", { { AT("themas/c", K), RESOLVES } } },
	{ 80,
	  "bob",
	  { { AT("themas/c", B), "---\ningetrokken: \"\"\n---\n" } } },
	{ 90,
	  "ada",
	  { { AT("themas/c", A), NULL },
	    { AT("themas/c", K), NULL },
	    { AT("begrippen/b", A), ASKS },
	    { AT("begrippen/b", K), RESOLVES } } },
	/* a page moves away, and another takes its address */
	{ 100, "ada", { { "themas/d.md", "van ada\n" } } },
	{ 101, "ada", { { "themas/d.md", "van ada, vaker\n" } } },
	{ 110,
	  "ada",
	  { { "themas/d.md", NULL },
	    { "themas/e.md",
	      "---\naliassen: [themas/d]\n---\nvan ada, vaker\n" } } },
	{ 115, "bob", { { "themas/f.md", "van bob\n" } } },
	{ 120,
	  "bob",
	  { { "themas/f.md", NULL },
	    { "themas/d.md", "---\naliassen: [themas/f]\n---\nvan bob\n" } } },
};

#define N_STEPS (sizeof(steps) / sizeof(steps[0]))

static void
make_step(struct town *t, const struct step *s)
{
	struct edit e = { .author_name = "Iemand",
			  .service_mail = "plein@stad.example",
			  .when = START + s->second,
			  .message = "Stap\n" };
	char mail[40];
	struct repo_id id;
	struct txn *txn;
	const char *text;

	(void)snprintf(mail, sizeof(mail), "%s@stad.example", s->who);
	e.author_mail = mail;
	assert_int_equal(txn_begin(&txn, t->desk.repo, &t->err), 0);
	for (size_t i = 0; i < FILES && s->files[i].path; i++) {
		text = s->files[i].text;
		if (txn_stage(txn, s->files[i].path, text,
			      text ? strlen(text) : 0, &t->err))
			fail_msg("%s: %s", s->files[i].path, t->err.msg);
	}
	if (txn_edit(txn, &e, &id, &t->err) || txn_commit(txn, &t->err))
		fail_msg("%s", t->err.msg);
}

static int
setup(void **state)
{
	struct town *t;

	(void)town_setup(state);
	t = *state;
	for (size_t i = 0; i < N_STEPS; i++)
		make_step(t, &steps[i]);
	return desk_catch_up(&t->desk, &t->err);
}

/* "3 said:a moved:a:themas/c>begrippen/b|": a version by its number, anything
 * else by the first letter of its digest. */
static void
tell(struct buf *out, const json_t *answer)
{
	const json_t *row;
	size_t i;

	json_array_foreach(json_object_get(answer, "rows"), i, row)
	{
		if (strcmp(town_text(row, "what"), "version") == 0) {
			buf_printf(out, "%ld ", town_number(row, "version"));
			continue;
		}
		buf_printf(out, "%s:%c", town_text(row, "what"),
			   *(strrchr(town_text(row, "remark"), '-') + 1));
		if (json_is_string(json_object_get(row, "from")))
			buf_printf(out, ":%s>%s", town_text(row, "from"),
				   town_text(row, "address"));
		buf_char(out, ' ');
	}
}

static void
expect(struct town *t, const char *params, const char *want)
{
	json_t *answer = town_get(t, ROLE_LEZER, "page.history", params);
	struct buf told = BUF_INIT;

	tell(&told, answer);
	assert_string_equal(told.ptr, want);
	buf_release(&told);
	json_decref(answer);
}

#define ALL \
	"moved:a:themas/c>begrippen/b withdrawn:b resolved:e 3 edited:b 2 " \
	"said:b said:a 1 "

static void
test_history__has_what_was_said(void **state)
{
	struct town *t = *state;

	expect(t, "{'address':'themas/c'}", ALL);
	expect(t, "{'address':'themas/c','only':'text'}", "3 2 1 ");
	expect(t, "{'address':'themas/c','only':'talk'}",
	       "moved:a:themas/c>begrippen/b withdrawn:b resolved:e edited:b "
	       "said:b said:a ");
	expect(t, "{'address':'begrippen/b'}",
	       "moved:a:themas/c>begrippen/b 1 ");
	expect(t, "{'address':'themas/a'}", "3 edited:b 2 said:b said:a 1 ");
	assert_int_equal(town_ask(t, ROLE_LEZER, "page.history",
				  "{'address':'themas/nooit'}", NULL),
			 PLEIN_ENOTFOUND);
	assert_int_equal(town_ask(t, ROLE_LEZER, "page.history",
				  "{'address':'themas/c','only':'x'}", NULL),
			 PLEIN_EUSAGE);
	assert_int_equal(town_ask(t, ROLE_LEZER, "page.history",
				  "{'address':'themas/c','before':'x'}", NULL),
			 PLEIN_EUSAGE);
}

static void
test_history__comes_in_parts(void **state)
{
	struct town *t = *state;
	struct buf told = BUF_INIT, params = BUF_INIT;
	json_t *answer;
	const char *next;

	for (int limit = 1; limit < 4; limit++) {
		buf_reset(&told);
		buf_reset(&params);
		buf_printf(&params, "{'address':'themas/c','limit':%d}", limit);
		for (bool more = true; more;) {
			answer = town_get(t, ROLE_LEZER, "page.history",
					  params.ptr);
			tell(&told, answer);
			assert_int_equal(town_number(answer, "versions"), 3);
			next = json_string_value(
				json_object_get(answer, "next"));
			buf_reset(&params);
			buf_printf(&params,
				   "{'address':'themas/c','limit':%d,"
				   "'before':'%s'}",
				   limit, next ? next : "");
			more = next != NULL;
			json_decref(answer);
		}
		assert_string_equal(told.ptr, ALL);
	}
	buf_release(&told);
	buf_release(&params);
}

/* The page had another address then. */
static void
test_history__as_of_a_moment(void **state)
{
	struct town *t = *state;
	json_t *answer;

	expect(t, "{'address':'themas/c','at':1700000045}",
	       "2 said:b said:a 1 ");
	expect(t, "{'address':'themas/c','at':1700000010}", "1 ");
	expect(t, "{'address':'themas/c','at':1700000009}", "");
	answer = town_get(t, ROLE_LEZER, "page.history",
			  "{'address':'themas/c','at':1700000045}");
	assert_int_equal(town_number(answer, "versions"), 2);
	json_decref(answer);
}

static void
expect_text(struct town *t, const char *params, const char *text, long version,
	    long latest)
{
	json_t *page = town_get(t, ROLE_LEZER, "page.read", params);

	assert_string_equal(town_text(page, "text"), text);
	assert_int_equal(town_number(page, "version"), version);
	assert_int_equal(town_number(page, "latest"), latest);
	json_decref(page);
}

static void
test_history__is_of_the_page_that_was_there_then(void **state)
{
	struct town *t = *state;
	json_t *answer;

	expect(t, "{'address':'themas/d'}", "2 1 ");
	expect(t, "{'address':'themas/d','at':1700000105}", "2 1 ");
	expect(t, "{'address':'themas/d','at':1700000100}", "1 ");
	expect(t, "{'address':'themas/d','at':1700000099}", "");
	expect(t, "{'address':'themas/e','at':1700000105}", "2 1 ");
	expect(t, "{'address':'themas/d','at':1700000115}", "1 ");
	expect_text(t, "{'address':'themas/d','at':1700000105}",
		    "van ada, vaker\n", 2, 3);
	expect_text(t, "{'address':'themas/d','at':1700000115}", "van bob\n", 1,
		    2);
	answer = town_get(t, ROLE_LEZER, "page.history",
			  "{'address':'themas/d','at':1700000105}");
	assert_int_equal(town_number(answer, "versions"), 2);
	json_decref(answer);
}

static void
test_history__since_a_moment(void **state)
{
	struct town *t = *state;

	expect(t, "{'address':'themas/c','since':1700000001}", ALL);
	expect(t, "{'address':'themas/c','since':1700000070}",
	       "moved:a:themas/c>begrippen/b withdrawn:b resolved:e ");
	expect(t, "{'address':'themas/c','since':1700000041,'at':1700000060}",
	       "3 edited:b ");
	expect(t, "{'address':'themas/c','since':1700000040,'only':'text'}",
	       "3 2 ");
	expect(t,
	       "{'address':'themas/c','since':1700000040,'only':'text',"
	       "'limit':1}",
	       "3 ");
	expect(t, "{'address':'themas/c','since':1700000091}", "");
}

static void
expect_threads(struct town *t, const char *address, int second, long all,
	       long open)
{
	char params[120];
	json_t *page;

	(void)snprintf(params, sizeof(params), "{'address':'%s','at':%ld}",
		       address, START + second);
	page = town_get(t, ROLE_LEZER, "page.read", params);
	if (town_number(page, "threads") != all ||
	    town_number(page, "open") != open)
		fail_msg("%s: %ld, %ld open", params,
			 town_number(page, "threads"),
			 town_number(page, "open"));
	json_decref(page);
}

static void
test_history__discussions_are_counted_as_of_then(void **state)
{
	struct town *t = *state;
	json_t *list, *row;

	expect_threads(t, "themas/c", 10, 0, 0);
	expect_threads(t, "themas/c", 45, 1, 1);
	expect_threads(t, "themas/c", 60, 1, 1);
	expect_threads(t, "themas/c", 70, 1, 0);
	expect_threads(t, "themas/c", 90, 1, 1); /* what was withdrawn stayed */
	expect_threads(t, "begrippen/b", 80, 0, 0);
	expect_threads(t, "begrippen/b", 90, 1, 0);
	list = town_get(t, ROLE_LEZER, "thread.list",
			"{'address':'themas/c','at':1700000045}");
	row = json_array_get(json_object_get(list, "rows"), 0);
	assert_string_equal(town_text(row, "title"), "Wie?");
	assert_string_equal(town_text(row, "page"), "a");
	assert_int_equal(town_number(row, "remarks"), 2);
	json_decref(list);
}

#define ABOUT(page) \
	"bespreking/" page "/dddddddddddd/" \
	"20231114T221531Z-ada-dddddddddddd.md"

/* A page with a discussion moves away, and one that was there already takes its
 * address. `text` is that of the remark. */
static void
swap(struct town *t, const char *text)
{
	const struct step later[] = {
		{ 131, "ada", { { ABOUT("themas/p"), text } } },
		{ 132,
		  "bob",
		  { { "themas/q.md", "---\ntitel: Kuu\n---\nvan bob\n" } } },
		{ 140,
		  "ada",
		  { { "themas/p.md", NULL },
		    { "themas/r.md", "---\ntitel: Pee\naliassen: [themas/p]\n"
				     "---\nvan ada\n" },
		    { ABOUT("themas/p"), NULL },
		    { ABOUT("themas/r"), text } } },
		{ 150,
		  "bob",
		  { { "themas/q.md", NULL },
		    { "themas/p.md", "---\ntitel: Kuu\naliassen: [themas/q]\n"
				     "---\nvan bob\n" } } },
	};
	size_t i;

	for (i = 0; i < sizeof(later) / sizeof(later[0]); i++)
		make_step(t, &later[i]);
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
}

static void
make_discussed(struct town *t)
{
	static const struct step first = {
		130,
		"ada",
		{ { "themas/p.md", "---\ntitel: Pee\n---\nvan ada\n" } }
	};
	struct repo_id base;
	char text[200];

	make_step(t, &first);
	assert_int_equal(repo_ref_read(t->desk.repo, &base, &t->err), 0);
	(void)snprintf(text, sizeof(text),
		       "---\ntitel: Van wie?\nbij: van ada\nbij_commit: %s\n"
		       "---\nVan mij.\n",
		       base.hex);
	swap(t, text);
}

static void
expect_head(const json_t *head, bool passage)
{
	const json_t *at = json_object_get(head, "passage");

	assert_string_equal(town_text(head, "address"), "themas/p");
	assert_string_equal(town_text(head, "page"), "Pee");
	if (passage)
		assert_true(json_is_true(json_object_get(at, "found")));
}

static void
test_history__discussions_are_of_the_page_of_then(void **state)
{
	struct town *t = *state;
	json_t *answer;
	const json_t *row = NULL;
	size_t i;

	make_discussed(t);
	answer = town_get(t, ROLE_LEZER, "thread.read",
			  "{'thread':'dddddddddddd','at':1700000135}");
	expect_head(json_object_get(answer, "head"), true);
	json_decref(answer);
	answer = town_get(t, ROLE_LEZER, "thread.list",
			  "{'address':'themas/r','at':1700000135}");
	assert_int_equal(json_array_size(json_object_get(answer, "rows")), 1);
	expect_head(json_array_get(json_object_get(answer, "rows"), 0), true);
	json_decref(answer);
	/* before the page was there that has the address now */
	answer = town_get(t, ROLE_LEZER, "thread.list",
			  "{'address':'themas/p','at':1700000131}");
	assert_int_equal(json_array_size(json_object_get(answer, "rows")), 1);
	expect_head(json_array_get(json_object_get(answer, "rows"), 0), true);
	json_decref(answer);
	answer = town_get(t, ROLE_LEZER, "thread.list", "{'at':1700000135}");
	json_array_foreach(json_object_get(answer, "rows"), i,
			   row) if (strcmp(town_text(row, "thread"),
					   "dddddddddddd") == 0) break;
	expect_head(row, false);
	json_decref(answer);
}

static void
expect_question(struct town *t, int second, long open)
{
	char params[60];
	json_t *list, *row;

	(void)snprintf(params, sizeof(params), "{'at':%ld}", START + second);
	list = town_get(t, ROLE_LEZER, "question.list", params);
	row = json_array_get(json_object_get(list, "rows"), 0);
	assert_int_equal(town_number(row, "threads"), open);
	json_decref(list);
}

static void
test_history__questions_had_their_discussions(void **state)
{
	expect_question(*state, 20, 0);
	expect_question(*state, 25, 1);
}

/* "said a themas/a" for a commit with one page or discussion in it. */
static void
expect_changes(struct town *t, const char *params, const char *want)
{
	json_t *answer = town_get(t, ROLE_LEZER, "changes.list", params);
	const json_t *row, *page;
	struct buf told = BUF_INIT;
	size_t i, k;

	json_array_foreach(json_object_get(answer, "rows"), i, row)
	{
		buf_printf(&told, "%ld", town_number(row, "time") - START);
		json_array_foreach(json_object_get(row, "pages"), k, page)
			buf_printf(&told, " %s %s", town_text(page, "address"),
				   town_text(page, "action"));
		buf_char(&told, '|');
	}
	assert_string_equal(told.ptr, want);
	buf_release(&told);
	json_decref(answer);
}

static void
test_history__changes_of_a_folder_or_page_have_what_was_said(void **state)
{
	struct town *t = *state;

	expect_changes(t, "{'folder':'begrippen','since':1700000001}",
		       "90 begrippen/b discussed|5 begrippen/b new|");
	expect_changes(t, "{'kind':'vraagstuk','since':1700000001}",
		       "25 vraagstukken/hoe discussed|");
	expect_changes(t, "{'address':'themas/a','since':1700000001}",
		       "60 themas/a gone|50 themas/a discussed|"
		       "40 themas/a changed|30 themas/a discussed|"
		       "20 themas/a discussed|10 themas/a new|");
	assert_int_equal(town_ask(t, ROLE_LEZER, "changes.list",
				  "{'address':'themas/a','folder':'themas'}",
				  NULL),
			 PLEIN_EUSAGE);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_history__has_what_was_said),
		TEST(test_history__comes_in_parts),
		TEST(test_history__as_of_a_moment),
		TEST(test_history__is_of_the_page_that_was_there_then),
		TEST(test_history__since_a_moment),
		TEST(test_history__discussions_are_counted_as_of_then),
		TEST(test_history__discussions_are_of_the_page_of_then),
		TEST(test_history__questions_had_their_discussions),
		TEST(test_history__changes_of_a_folder_or_page_have_what_was_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
