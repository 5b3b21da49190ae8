/* The wiki as of a moment, against a plain array that remembers it all. */
#include "town.h"

#include "wiki/moment.h"

#define START 1700000000L
#define STEPS 120
#define PAGES 8

/* When each page got the text it had after each step; 0: not there. */
static long memory[STEPS + 1][PAGES];

/* A commit of its own second; text NULL: the file vanishes. */
static void
commit_at(struct town *t, long when, const char *path, const char *text)
{
	struct edit e = { .path = path,
			  .text = text,
			  .len = text ? strlen(text) : 0,
			  .author_name = "Git Zelf",
			  .author_mail = "git.zelf@stad.example",
			  .service_mail = "plein@stad.example",
			  .when = when,
			  .message = "Stap\n" };
	struct repo_id id;
	struct txn *txn;

	if (txn_begin(&txn, t->desk.repo, &t->err) ||
	    txn_edit(txn, &e, &id, &t->err) || txn_commit(txn, &t->err))
		fail_msg("%s: %s", path, t->err.msg);
}

static void
word_title(char title[40], int page, long when)
{
	(void)snprintf(title, 40, "P%d om %ld", page, when);
}

/* One of the pages appears, changes or vanishes. */
static void
make_step(struct town *t, unsigned *seed, int step)
{
	char path[40], title[40], text[100];
	int i = rand_r(seed) % PAGES;
	bool away = memory[step - 1][i] && rand_r(seed) % 3 == 0;

	memcpy(memory[step], memory[step - 1], sizeof(memory[step]));
	memory[step][i] = away ? 0 : START + step;
	word_title(title, i, START + step);
	(void)snprintf(path, sizeof(path), "begrippen/p%d.md", i);
	(void)snprintf(text, sizeof(text), "---\ntitel: %s\n---\nx\n", title);
	commit_at(t, START + step, path, away ? NULL : text);
}

static void
make_history(struct town *t)
{
	unsigned seed = 7;
	int step;

	for (step = 1; step <= STEPS; step++)
		make_step(t, &seed, step);
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
}

static const struct index_page *
find_page(const struct vec *pages, int i)
{
	const struct index_page *p;
	char address[40];
	size_t j;

	(void)snprintf(address, sizeof(address), "begrippen/p%d", i);
	for (j = 0; j < pages->len; j++) {
		p = pages->items[j];
		if (strcmp(p->info.address, address) == 0)
			return p;
	}
	return NULL;
}

static void
assert_as_remembered(struct town *t, int step)
{
	struct vec pages = VEC_INIT;
	const struct index_page *p;
	char title[40];
	size_t n = TOWN_FILES;
	int i;

	assert_int_equal(moment_pages(&t->desk, START + step, &pages, &t->err),
			 0);
	for (i = 0; i < PAGES; i++) {
		p = find_page(&pages, i);
		if (!memory[step][i]) {
			assert_null(p);
			continue;
		}
		assert_non_null(p);
		word_title(title, i, memory[step][i]);
		assert_string_equal(p->info.title, title);
		assert_int_equal(p->when, memory[step][i]);
		n++;
	}
	assert_int_equal(pages.len, n);
	vec_release(&pages, index_page_free);
}

static void
test_moment__lists_the_pages_as_they_were(void **state)
{
	struct town *t = *state;
	int step;

	make_history(t);
	for (step = 0; step <= STEPS; step++)
		assert_as_remembered(t, step);
}

static void
test_moment__nothing_was_there_before_the_first_commit(void **state)
{
	struct town *t = *state;
	struct index_version *v;
	struct vec pages = VEC_INIT;

	assert_int_equal(moment_pages(&t->desk, START - 1, &pages, &t->err), 0);
	assert_int_equal(pages.len, 0);
	assert_int_equal(
		moment_version(&t->desk, START - 1, "index", &v, &t->err),
		PLEIN_ENOTFOUND);
	assert_null(v);
}

static void
test_moment__a_page_is_read_as_it_was(void **state)
{
	struct town *t = *state;
	json_t *p;

	commit_at(t, START + 10, "index.md", "nieuw\n");
	commit_at(t, START + 20, "index.md", NULL);
	commit_at(t, START + 30, "index.md", "weer\n");
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
	p = town_get(t, ROLE_LEZER, "page.read",
		     "{'address':'index','at':1700000009}");
	assert_int_equal(town_number(p, "version"), 1);
	assert_int_equal(town_number(p, "latest"), 4);
	json_decref(p);
	p = town_get(t, ROLE_LEZER, "page.read",
		     "{'address':'index','at':1700000010}");
	assert_string_equal(town_text(p, "text"), "nieuw\n");
	json_decref(p);
	assert_int_equal(town_ask(t, ROLE_LEZER, "page.read",
				  "{'address':'index','at':1700000025}", NULL),
			 PLEIN_ENOTFOUND);
	p = town_get(t, ROLE_LEZER, "page.read",
		     "{'address':'index','at':1800000000}");
	assert_string_equal(town_text(p, "text"), "weer\n");
	json_decref(p);
}

static void
test_moment__lists_and_tree_go_back_too(void **state)
{
	struct town *t = *state;
	json_t *list, *tree;

	commit_at(t, START + 10, "doelstellingen/kansen.md", NULL);
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
	list = town_get(t, ROLE_LEZER, "page.list",
			"{'folder':'doelstellingen','at':1700000000}");
	assert_int_equal(json_array_size(json_object_get(list, "rows")), 1);
	json_decref(list);
	tree = town_get(t, ROLE_LEZER, "agenda.tree",
			"{'address':'doelstellingen/kansen','at':1700000009}");
	assert_int_equal(json_array_size(json_object_get(tree, "rows")), 4);
	json_decref(tree);
	list = town_get(t, ROLE_LEZER, "page.list",
			"{'folder':'doelstellingen'}");
	assert_int_equal(json_array_size(json_object_get(list, "rows")), 0);
	json_decref(list);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, town_setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_moment__lists_the_pages_as_they_were),
		TEST(test_moment__nothing_was_there_before_the_first_commit),
		TEST(test_moment__a_page_is_read_as_it_was),
		TEST(test_moment__lists_and_tree_go_back_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
