/*
 * test_presenttalk.c - discussions are read while there is no index, and are
 * what an index tells.
 */
#include "pair.h"

#include "wiki/presenttalk.h"
#include "wiki/standin.h"

#define STEPS 120
#define N_PAGES 3

static const char *const pages[N_PAGES] = { "index", "themas/common-ground",
					    "vraagstukken/hoe" };

/* What nobody can know without an index. */
static void
drop_unknown(json_t *j)
{
	static const char *const unknown[] = { "edited", "editor", "new",
					       "follow", "lost",   "place" };
	const char *key;
	json_t *value;
	size_t i;

	for (i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++)
		(void)json_object_del(j, unknown[i]);
	json_object_foreach(j, key, value) drop_unknown(value);
	json_array_foreach(j, i, value) drop_unknown(value);
}

/* The number of rows that both give. */
static size_t
compare(struct pair *p, const char *method, const char *params)
{
	json_t *bare, *whole;
	size_t n;

	pair_enter(p->bare);
	bare = town_get(p->bare, ROLE_LEZER, method, params);
	pair_enter(p->whole);
	assert_int_equal(desk_catch_up(&p->whole->desk, &p->whole->err), 0);
	whole = town_get(p->whole, ROLE_LEZER, method, params);
	drop_unknown(bare);
	drop_unknown(whole);
	pair_assert_alike(whole, bare, params);
	n = json_array_size(json_object_get(bare, "rows"));
	json_decref(bare);
	json_decref(whole);
	return n;
}

/* --- a long talk -------------------------------------------------------- */

struct spoken {
	char name[80];
	const char *page;
	char thread[8];
	bool said;
};

struct talk {
	struct pair *pair;
	struct spoken all[STEPS];
	unsigned n, edits;
	char base[41]; /* a commit */
};

static void
write_remark(struct talk *t, const struct spoken *at, const char *fields,
	     const char *body)
{
	struct buf path = BUF_INIT, text = BUF_INIT;

	buf_printf(&path, "bespreking/%s/%s/%s.md", at->page, at->thread,
		   at->name);
	if (*fields)
		buf_printf(&text, "---\n%s---\n", fields);
	buf_printf(&text, "%s\n", body);
	pair_commit(t->pair, path.ptr, text.ptr);
	buf_release(&path);
	buf_release(&text);
}

/* The next, at its own second or a minute before that. */
static struct spoken *
name_next(struct talk *t, bool early)
{
	struct spoken *at = &t->all[t->n++];
	unsigned second = t->n + (early ? 0 : 60);

	(void)snprintf(at->name, sizeof(at->name),
		       "20260301T10%02u%02uZ-toos-%06x", second / 60,
		       second % 60, t->n);
	at->said = true;
	return at;
}

static void
begin_one(struct talk *t)
{
	struct spoken *at = name_next(t, false);
	struct buf fields = BUF_INIT;

	at->page = pages[pair_draw(t->pair, N_PAGES)];
	(void)snprintf(at->thread, sizeof(at->thread), "%06x", t->n);
	buf_printf(&fields, "titel: Over %u\n", t->n);
	if (pair_draw(t->pair, 2))
		buf_printf(&fields, "bij: \"%s\"\nbij_commit: %s\n",
			   pair_draw(t->pair, 2) ? "visie" : "Welkom", t->base);
	write_remark(t, at, fields.ptr, "Wat nu?");
	buf_release(&fields);
}

static void
go_on(struct talk *t, const struct spoken *to)
{
	bool answers = to->said && pair_draw(t->pair, 2);
	struct spoken *at = name_next(t, answers && to == &t->all[t->n - 1]);
	struct buf fields = BUF_INIT, body = BUF_INIT;

	at->page = to->page;
	memcpy(at->thread, to->thread, sizeof(at->thread));
	at->said = pair_draw(t->pair, 5) > 0;
	if (!at->said)
		buf_printf(&fields, "soort: %s\n",
			   pair_draw(t->pair, 2) ? "afgehandeld" : "heropend");
	else if (answers)
		buf_printf(&fields, "op: %s\n", to->name);
	buf_printf(&body, "Dit is %u.%0400d", t->n, 0);
	write_remark(t, at, fields.ptr, body.ptr);
	buf_release(&fields);
	buf_release(&body);
}

static void
change_one(struct talk *t, const struct spoken *at)
{
	bool first = strcmp(strrchr(at->name, '-') + 1, at->thread) == 0;
	struct buf fields = BUF_INIT, body = BUF_INIT;

	if (!at->said || strncmp(at->name, "20260301T100", 12) != 0)
		return;
	if (first)
		buf_str(&fields, "titel: Anders\n");
	if (pair_draw(t->pair, 2))
		buf_str(&fields, "ingetrokken: dubbel\n");
	buf_printf(&body, "Anders %u.", t->edits++);
	write_remark(t, at, fields.ptr, body.ptr);
	buf_release(&body);
	buf_release(&fields);
}

/* Passages are elsewhere then, or lost. */
static void
change_page(struct talk *t)
{
	struct buf text = BUF_INIT;

	buf_printf(&text,
		   "---\ntitel: Common Ground %u\n---\nVan alles.\n\nEen %s.\n",
		   t->edits++, pair_draw(t->pair, 3) ? "visie" : "plan");
	pair_commit(t->pair, "themas/common-ground.md", text.ptr);
	buf_release(&text);
}

static void
do_something(struct talk *t)
{
	unsigned what = pair_draw(t->pair, 8);
	unsigned i = t->n ? pair_draw(t->pair, t->n) : 0;

	if (t->n == 0 || what == 0)
		begin_one(t);
	else if (what == 1)
		change_page(t);
	else if (what == 2)
		change_one(t, &t->all[i]);
	else
		go_on(t, &t->all[i]);
}

/* Where there are few. */
static void
compare_counts(struct pair *p, const char *params)
{
	json_t *bare, *whole;

	pair_enter(p->bare);
	bare = town_get(p->bare, ROLE_LEZER, "page.read", params);
	pair_enter(p->whole);
	whole = town_get(p->whole, ROLE_LEZER, "page.read", params);
	if (json_object_get(bare, "threads")) {
		assert_int_equal(town_number(bare, "threads"),
				 town_number(whole, "threads"));
		assert_int_equal(town_number(bare, "open"),
				 town_number(whole, "open"));
	}
	json_decref(bare);
	json_decref(whole);
}

static void
compare_all(struct talk *t)
{
	char params[200];
	size_t i, n = 0, n_open = 0;

	for (i = 0; i < N_PAGES; i++) {
		(void)snprintf(params, sizeof(params), "{'address':'%s'}",
			       pages[i]);
		n += compare(t->pair, "thread.list", params);
		compare_counts(t->pair, params);
		(void)snprintf(params, sizeof(params),
			       "{'address':'%s','state':'open'}", pages[i]);
		n_open += compare(t->pair, "thread.list", params);
	}
	assert_true(n_open > 0 && n > n_open);
	for (i = 0; i < t->n; i++) {
		(void)snprintf(params, sizeof(params), "{'thread':'%s'}",
			       t->all[i].thread);
		assert_true(compare(t->pair, "thread.read", params) > 0);
	}
	(void)snprintf(params, sizeof(params),
		       "{'thread':'%s','after':1,'limit':2}", t->all[0].thread);
	assert_int_equal(compare(t->pair, "thread.read", params), 2);
}

static void
test_presenttalk__tells_what_an_index_would(void **state)
{
	struct talk t = { .pair = *state };
	json_t *page;

	pair_enter(t.pair->bare);
	page = town_get(t.pair->bare, ROLE_LEZER, "page.read",
			"{'address':'index'}");
	(void)snprintf(t.base, sizeof(t.base), "%s", town_text(page, "commit"));
	json_decref(page);
	while (t.n < STEPS) {
		do_something(&t);
		if (t.n % 40 == 0)
			compare_all(&t);
	}
}

/* --- what is not known -------------------------------------------------- */

#define ONE "20260301T101112Z-toos-0a1b2c3d"
#define FIRST "bespreking/themas/common-ground/0a1b2c3d/" ONE ".md"

/* Without an index. */
static struct town *
enter_bare(void **state)
{
	struct pair *p = *state;

	pair_enter(p->bare);
	return p->bare;
}

static void
say(struct town *t, const char *path, const char *text)
{
	struct repo_id id;

	town_commit(t->desk.repo, path, text, "Zo\n", &id);
}

static void
test_presenttalk__some_of_it_waits(void **state)
{
	static const char *const asked[][2] = {
		{ "thread.list", "{}" },
		{ "thread.list", "{'folder':'themas'}" },
		{ "thread.list",
		  "{'address':'themas/common-ground','at':1900000000}" },
		{ "thread.read", "{'thread':'0a1b2c3d','at':1900000000}" },
		{ "remark.log", "{'remark':'" ONE "'}" },
	};
	struct town *t = enter_bare(state);
	size_t i;

	say(t, FIRST, "---\ntitel: Zo\n---\nWat?\n");
	for (i = 0; i < sizeof(asked) / sizeof(asked[0]); i++)
		if (town_ask(t, ROLE_LEZER, asked[i][0], asked[i][1], NULL) !=
		    PLEIN_EBUSY)
			fail_msg("%s %s: %s", asked[i][0], asked[i][1],
				 t->err.msg);
	assert_int_equal(town_ask(t, ROLE_LEZER, "thread.read",
				  "{'thread':'0a1b'}", NULL),
			 PLEIN_ENOTFOUND);
}

/* Nobody waits long for it; a page is there all the same. */
static void
test_presenttalk__looks_for_a_while(void **state)
{
	struct town *t = enter_bare(state);
	json_t *page;

	say(t, FIRST, "---\ntitel: Zo\n---\nWat?\n");
	t->desk.look_ms = -10;
	assert_int_equal(town_ask(t, ROLE_LEZER, "thread.list",
				  "{'address':'themas/common-ground'}", NULL),
			 PLEIN_EBUSY);
	assert_int_equal(town_ask(t, ROLE_LEZER, "thread.read",
				  "{'thread':'0a1b2c3d'}", NULL),
			 PLEIN_EBUSY);
	page = town_get(t, ROLE_LEZER, "page.read",
			"{'address':'themas/common-ground'}");
	assert_null(json_object_get(page, "threads"));
	json_decref(page);
}

/* Some git on the host wrote far more than anybody may say. */
static void
test_presenttalk__holds_so_much(void **state)
{
	struct town *t = enter_bare(state);
	size_t len = PRESENTTALK_BYTES / 2 + 1;
	char *text = mem_alloc(len + 1);

	memset(text, 'x', len);
	say(t, FIRST, text);
	json_decref(town_get(t, ROLE_LEZER, "thread.read",
			     "{'thread':'0a1b2c3d'}"));
	say(t,
	    "bespreking/themas/common-ground/0a1b2c3d/"
	    "20260301T111112Z-toos-0a1b2c3e.md",
	    text);
	free(text);
	assert_int_equal(town_ask(t, ROLE_LEZER, "thread.read",
				  "{'thread':'0a1b2c3d'}", NULL),
			 PLEIN_EBUSY);
	assert_int_equal(town_ask(t, ROLE_LEZER, "thread.list",
				  "{'address':'themas/common-ground'}", NULL),
			 PLEIN_EBUSY);
}

/* The address of one begins as that of another. */
static void
test_presenttalk__a_page_has_its_own(void **state)
{
	struct town *t = enter_bare(state);
	json_t *list;

	say(t, "bespreking/themas/2026/0a1b2c3d/" ONE ".md", "Wat?\n");
	say(t,
	    "bespreking/themas/2026/zaak/0a1b2c3e/"
	    "20260301T111112Z-toos-0a1b2c3e.md",
	    "Wat?\n");
	list = town_get(t, ROLE_LEZER, "thread.list",
			"{'address':'themas/2026'}");
	assert_int_equal(json_array_size(json_object_get(list, "rows")), 1);
	json_decref(list);
}

static long
count_threads(struct town *t)
{
	json_t *page = town_get(t, ROLE_LEZER, "page.read",
				"{'address':'themas/common-ground'}");
	long n = json_object_get(page, "threads") ? town_number(page, "threads")
						  : -1;

	json_decref(page);
	return n;
}

static void
test_presenttalk__counts_what_is_quickly_counted(void **state)
{
	struct town *t = enter_bare(state);
	char path[120];
	int i;

	say(t, FIRST, "---\ntitel: Zo\n---\nWat?\n");
	for (i = 1; i < PRESENTTALK_COUNTED; i++) {
		(void)snprintf(path, sizeof(path),
			       "bespreking/themas/common-ground/0a1b2c3d/"
			       "20260301T10%02d%02dZ-toos-%04x.md",
			       20 + i / 60, i % 60, i);
		say(t, path, "Dit.\n");
	}
	assert_int_equal(count_threads(t), 1);
	say(t,
	    "bespreking/themas/common-ground/0a1b2c3e/"
	    "20260301T111112Z-toos-0a1b2c3e.md",
	    "---\ntitel: Nog een\n---\nWat?\n");
	assert_int_equal(count_threads(t), -1);
}

/* Its passage was chosen where nobody can find it without an index. */
static void
test_presenttalk__passages_of_a_page_that_moved(void **state)
{
	struct town *t = enter_bare(state);
	json_t *list, *row, *page;
	char text[200];

	page = town_get(t, ROLE_LEZER, "page.read", "{'address':'index'}");
	(void)snprintf(
		text, sizeof(text),
		"---\ntitel: Zo\nbij: visie\nbij_commit: %s\n---\nWat?\n",
		town_text(page, "commit"));
	json_decref(page);
	say(t, "themas/elders.md", "---\ntitel: Elders\n---\nEen visie.\n");
	say(t, "bespreking/themas/elders/0a1b2c3d/" ONE ".md", text);
	list = town_get(t, ROLE_LEZER, "thread.list",
			"{'address':'themas/elders'}");
	row = json_array_get(json_object_get(list, "rows"), 0);
	assert_string_equal(town_text(row, "quote"), "visie");
	assert_string_equal(town_text(row, "page"), "Elders");
	assert_true(json_is_null(json_object_get(row, "passage")));
	json_decref(list);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_setup, pair_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_presenttalk__tells_what_an_index_would),
		TEST(test_presenttalk__some_of_it_waits),
		TEST(test_presenttalk__looks_for_a_while),
		TEST(test_presenttalk__holds_so_much),
		TEST(test_presenttalk__a_page_has_its_own),
		TEST(test_presenttalk__counts_what_is_quickly_counted),
		TEST(test_presenttalk__passages_of_a_page_that_moved),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
