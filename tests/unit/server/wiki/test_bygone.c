/*
 * What is reached of a moment, against an index of all there was then: pages
 * that come, change, move and vanish, and name each other in fields.
 */
#include "town.h"

#include "state/links.h"
#include "state/overview.h"
#include "state/timeline.h"
#include "wiki/bygone.h"
#include "wiki/moment.h"

#define START 1700000000L
#define STEPS 90
#define PAGES 9
#define SPOTS 14 /* addresses there are for them: they are used again */
#define MANY 10000

/* Where a page is, and where it was before it moved; "" : nowhere. */
struct place {
	char address[40], before[40];
};

/* Where each page was after each step. */
static struct place memory[STEPS + 1][PAGES];

static const char *const folders[] = { "besluiten", "vraagstukken",
				       "vergaderingen" };

static void
commit_at(struct town *t, long when, const char *const paths[2],
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
	    (paths[0][0] && txn_stage(txn, paths[0], NULL, 0, &t->err)) ||
	    (text && txn_stage(txn, paths[1], text, strlen(text), &t->err)) ||
	    txn_edit(txn, &e, &id, &t->err) || txn_commit(txn, &t->err))
		fail_msg("%s", t->err.msg);
}

/* Names two others, by where they are or were, and has an action of one. */
static void
write_page(struct buf *text, const struct place *all, int i, unsigned *seed)
{
	const struct place *a = &all[rand_r(seed) % PAGES];
	const struct place *b = &all[rand_r(seed) % PAGES];

	buf_printf(text, "---\ntitel: P%d\nhoort_bij: [%s, %s]\n", i,
		   a->address[0] ? a->address : "themas/niets",
		   b->before[0] ? b->before : "themas/niets");
	if (all[i].before[0])
		buf_printf(text, "aliassen: [%s]\n", all[i].before);
	buf_printf(text,
		   "---\n%u\n\n| nr | actie | besluit |\n|--|--|--|\n"
		   "| a1 | Doen | [[%s]] |\n",
		   (unsigned)rand_r(seed), b->address);
}

static void
name_path(char *path, size_t size, const char *address)
{
	(void)snprintf(path, size, address[0] ? "%s.md" : "", address);
}

/* Of all those at which nothing is; maybe something was. */
static void
take_spot(char address[40], const struct place *all, unsigned *seed)
{
	int spot, i;

	do {
		spot = rand_r(seed) % SPOTS;
		(void)snprintf(address, 40, "%s/p%d", folders[spot % 3], spot);
		for (i = 0; i < PAGES; i++)
			if (strcmp(all[i].address, address) == 0)
				break;
	} while (i < PAGES);
}

/* One of the pages comes, changes, moves or vanishes. */
static void
make_step(struct town *t, struct place *all, unsigned *seed, int step)
{
	int i = rand_r(seed) % PAGES, what = rand_r(seed) % 6;
	char gone[48] = "", here[48] = "";
	const char *const paths[2] = { gone, here };
	struct buf text = BUF_INIT;
	struct place *p = &all[i], next = { "", "" };
	bool there = p->address[0] != '\0';

	if (!there || what == 1)
		take_spot(next.address, all, seed);
	if (there && what < 2) {
		name_path(gone, sizeof(gone), p->address);
		memcpy(next.before, p->address, sizeof(p->before));
	}
	if (!there || what < 2)
		*p = next;
	name_path(here, sizeof(here), p->address);
	if (here[0])
		write_page(&text, all, i, seed);
	commit_at(t, START + step, paths, here[0] ? text.ptr : NULL);
	memcpy(memory[step], all, sizeof(memory[step]));
	buf_release(&text);
}

static int
compare_lines(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* What a story asks of an index, in the order of the alphabet. */
static char *
tell(struct town *t, struct index *x, const char *address)
{
	const struct links_part part = { 0, MANY, true };
	const struct overview_filter f = { .on = "1970-01-01",
					   .about = address,
					   .limit = MANY };
	struct vec rows[3] = { VEC_INIT, VEC_INIT, VEC_INIT }, lines = VEC_INIT;
	struct buf all = BUF_INIT, line = BUF_INIT;
	size_t i, k;

	assert_int_equal(links_from(x, address, &part, &rows[0], &t->err), 0);
	assert_int_equal(links_to(x, address, &part, &rows[1], &t->err), 0);
	assert_int_equal(
		overview_list(x, OVERVIEW_ACTIONS, &f, &rows[2], &t->err), 0);
	for (k = 0; k < 2; k++)
		for (i = 0; i < rows[k].len; i++) {
			const struct links_row *r = rows[k].items[i];

			buf_printf(&line, "%s %s", k ? "from" : "to",
				   r->address ? r->address : "-");
			vec_push(&lines, buf_take(&line));
		}
	for (i = 0; i < rows[2].len; i++) {
		buf_printf(&line, "action %s",
			   ((struct overview_row *)rows[2].items[i])->address);
		vec_push(&lines, buf_take(&line));
	}
	vec_sort(&lines, compare_lines);
	for (i = 0; i < lines.len; i++)
		buf_printf(&all, "%s\n", (char *)lines.items[i]);
	vec_release(&lines, free);
	vec_release(&rows[0], links_row_free);
	vec_release(&rows[1], links_row_free);
	vec_release(&rows[2], overview_row_free);
	return buf_take(&all);
}

static void
compare_page(struct town *t, struct index *all, int64_t seq,
	     const char *address)
{
	struct bygone b;
	char *want = tell(t, all, address), *told;

	assert_int_equal(bygone_open(&b, &t->desk, seq, &t->err), 0);
	assert_int_equal(bygone_reach(&b, address, &t->err), 0);
	told = tell(t, b.index, address);
	if (strcmp(told, want) != 0)
		fail_msg("%s at %ld: %s instead of %s", address, (long)seq,
			 told, want);
	bygone_close(&b);
	free(want);
	free(told);
}

static bool
was_there(const struct place *then, const struct page_info *p)
{
	char title[16];
	int i;

	for (i = 0; i < PAGES; i++)
		if (strcmp(then[i].address, p->address) == 0)
			break;
	(void)snprintf(title, sizeof(title), "P%d", i);
	return i < PAGES && strcmp(p->title, title) == 0;
}

static bool
is_ours(const char *address)
{
	const char *name = strrchr(address, '/');

	return name && name[1] == 'p' && name[2] >= '0' && name[2] <= '9';
}

/* The town has pages of its own, too. */
static void
expect_places(const struct vec *pages, int step)
{
	const struct place *then = memory[step];
	size_t i, n = 0, others = 0;

	for (i = 0; i < PAGES; i++)
		n += then[i].address[0] != '\0';
	for (i = 0; i < pages->len; i++) {
		const struct index_page *p = pages->items[i];

		if (!is_ours(p->info.address))
			others++;
		else if (!was_there(then, &p->info))
			fail_msg("%s after step %d", p->info.address, step);
	}
	assert_int_equal(pages->len, n + others);
}

static void
compare_moment(struct town *t, int step)
{
	const char *const places[] = {
		"besluiten",	 "reflecties",	 "standpunten", "themas",
		"vergaderingen", "vraagstukken", NULL
	};
	struct vec pages = VEC_INIT, listed = VEC_INIT;
	struct index *all = NULL;
	long when = START + step;
	int64_t seq;
	size_t i;

	assert_int_equal(timeline_seq_at(t->desk.index, when, &seq, &t->err),
			 0);
	assert_int_equal(moment_index(&t->desk, when, places, &all, &t->err),
			 0);
	assert_int_equal(index_pages(all, &pages, &t->err), 0);
	expect_places(&pages, step);
	assert_int_equal(moment_pages(&t->desk, when, &listed, &t->err), 0);
	expect_places(&listed, step);
	for (i = 0; i < pages.len; i++)
		compare_page(
			t, all, seq,
			((struct index_page *)pages.items[i])->info.address);
	vec_release(&pages, index_page_free);
	vec_release(&listed, index_page_free);
	index_close(all);
}

static void
compare_some(struct town *t, int most)
{
	int step;

	for (step = 1; step <= most; step += 4)
		compare_moment(t, step);
	compare_moment(t, most);
}

/* Before old texts were taken in, where half of them were, and all. */
static void
test_bygone__reaches_what_an_index_of_all_tells(void **state)
{
	struct town *t = *state;
	struct place all[PAGES] = { { "", "" } };
	unsigned seed = 11;
	int step;

	for (step = 1; step <= STEPS / 2; step++)
		make_step(t, all, &seed, step);
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
	compare_some(t, STEPS / 2);
	town_fill_past(t);
	compare_some(t, STEPS / 2);
	for (; step <= STEPS; step++)
		make_step(t, all, &seed, step);
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
	compare_some(t, STEPS);
	town_fill_past(t);
	compare_some(t, STEPS);
}

/* No more texts than a bound are read, and it is told. */
static void
test_bygone__tells_that_there_was_too_much_to_read(void **state)
{
	struct town *t = *state;
	struct bygone b;
	int64_t seq;

	assert_int_equal(index_last(t->desk.index, &seq, &t->err), 0);
	assert_int_equal(bygone_open(&b, &t->desk, seq, &t->err), 0);
	assert_true(b.complete);
	b.left = 0;
	assert_int_equal(bygone_fill(&b, TOWN_HERE, &t->err), 0);
	assert_true(b.complete); /* it was */
	assert_int_equal(bygone_fill(&b, "besluiten/x", &t->err), 0);
	assert_false(b.complete);
	bygone_close(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			test_bygone__reaches_what_an_index_of_all_tells,
			town_setup, town_teardown),
		cmocka_unit_test_setup_teardown(
			test_bygone__tells_that_there_was_too_much_to_read,
			town_setup, town_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
