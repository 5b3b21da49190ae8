/*
 * What linked to a page at a moment, against all links of the tree in git then:
 * pages that come, change, move and vanish, and link to each other by address,
 * former address, title, slug and in fields.
 */
#include "town.h"

#include "plein/path.h"
#include "state/links.h"
#include "state/timeline.h"
#include "wiki/indexer.h"
#include "wiki/moment.h"
#include "wiki/pastlinks.h"

#define START 1700000000L
#define STEPS 120
#define PAGES 8
#define SPOTS 12 /* addresses there are for them: they are used again */
#define MANY 10000

/* Where a page is, and where it was before it moved; "" : nowhere. */
struct place {
	char address[40], before[40];
};

static void
commit_at(struct town *t, long when, const char *gone, const char *here,
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
	    (gone[0] && txn_stage(txn, gone, NULL, 0, &t->err)) ||
	    (text && txn_stage(txn, here, text, strlen(text), &t->err)) ||
	    txn_edit(txn, &e, &id, &t->err) || txn_commit(txn, &t->err))
		fail_msg("%s", t->err.msg);
}

/* To another page, by one of the ways there are. */
static void
write_link(struct buf *text, const struct place *all, unsigned *seed)
{
	int k = rand_r(seed) % PAGES;
	const struct place *to = &all[k];
	const char *slash = strrchr(to->address, '/');

	switch (rand_r(seed) % 5) {
	case 0:
		buf_printf(text, "Zie [[%s]].\n\n", to->address);
		break;
	case 1:
		buf_printf(text, "Was [zo](/%s.md) en ook [[%s]].\n\n",
			   to->before, to->address);
		break;
	case 2:
		buf_printf(text, "Zie [[Titel %d]] erbij.\n\n", k);
		break;
	case 3:
		buf_printf(text, "Zie [[%s]].\n\n", slash ? slash + 1 : "x");
		break;
	default:
		buf_str(text, "Niets.\n\n");
	}
}

static void
write_page(struct buf *text, const struct place *all, int i, unsigned *seed)
{
	const char *a = all[rand_r(seed) % PAGES].address;
	const char *b = all[rand_r(seed) % PAGES].before;
	int n;

	buf_printf(text, "---\ntitel: Titel %d\nstatus: s%d\n", i,
		   rand_r(seed) % 3);
	if (rand_r(seed) % 2)
		buf_printf(text, "hoort_bij: [%s, %s]\n", a[0] ? a : "weg",
			   b[0] ? b : "weg");
	if (rand_r(seed) % 3 == 0)
		buf_printf(text, "vervangt: %s\n", a[0] ? a : "weg");
	if (all[i].before[0])
		buf_printf(text, "aliassen: [%s]\n", all[i].before);
	buf_printf(text, "---\n%u\n\n", (unsigned)rand_r(seed));
	for (n = rand_r(seed) % 6; n > 0; n--)
		write_link(text, all, seed);
}

static void
take_spot(char address[40], const struct place *all, unsigned *seed)
{
	int spot, i;

	do {
		spot = rand_r(seed) % SPOTS;
		(void)snprintf(address, 40, "%s/p%d",
			       spot % 2 ? "begrippen" : "themas", spot);
		for (i = 0; i < PAGES; i++)
			if (strcmp(all[i].address, address) == 0)
				break;
	} while (i < PAGES);
}

static void
name_path(char path[48], const char *address)
{
	(void)snprintf(path, 48, address[0] ? "%s.md" : "", address);
}

/* One of the pages comes, changes, moves or vanishes. */
static void
make_step(struct town *t, struct place *all, unsigned *seed, int step)
{
	int i = rand_r(seed) % PAGES, what = rand_r(seed) % 6;
	char gone[48] = "", here[48] = "";
	struct buf text = BUF_INIT;
	struct place *p = &all[i], next = { "", "" };
	bool there = p->address[0] != '\0';

	if (!there || what == 1)
		take_spot(next.address, all, seed);
	if (there && what < 2) {
		name_path(gone, p->address);
		memcpy(next.before, p->address, sizeof(p->before));
	}
	if (!there || what < 2)
		*p = next;
	name_path(here, p->address);
	if (here[0])
		write_page(&text, all, i, seed);
	commit_at(t, START + step, gone, here, here[0] ? text.ptr : NULL);
	buf_release(&text);
}

/* --- what there was ------------------------------------------------------------ */

struct tree {
	struct town *town;
	struct index *index;
};

static int
take_file(void *ctx, const char *path, const struct repo_id *blob)
{
	struct tree *tree = ctx;
	struct town *t = tree->town;
	struct buf address = BUF_INIT;
	struct index_due due = { .blob = (char *)blob->hex,
				 .handle = (char *)"x" };

	if (path_kind_of(path) != PATH_PAGE)
		return 0;
	path_to_address(path, &address);
	due.address = address.ptr;
	assert_int_equal(indexer_fill(tree->index, t->desk.repo, &due, &t->err),
			 0);
	buf_release(&address);
	return 0;
}

/* An index of the tree at that place, read from git. */
static struct index *
read_tree(struct town *t, int64_t seq)
{
	struct tree tree = { .town = t };
	struct repo_id id;

	assert_int_equal(timeline_commit(t->desk.index, seq, id.hex, &t->err),
			 0);
	assert_int_equal(index_create_memory(&tree.index, &t->err), 0);
	index_forgo_words(tree.index);
	assert_int_equal(index_begin(tree.index, &t->err), 0);
	assert_int_equal(
		snap_walk(t->desk.repo, &id, take_file, &tree, &t->err), 0);
	return tree.index;
}

static void
write_rows(struct buf *out, const struct vec *rows)
{
	const struct links_row *r;
	size_t i;

	for (i = 0; i < rows->len; i++) {
		r = rows->items[i];
		buf_printf(out, "%s|%s|%s|%s|%s|%s|%s\n", r->address, r->title,
			   r->kind, r->status, r->target,
			   r->field ? r->field : "-", r->passage);
	}
}

/* Part by part, of a few rows. */
static void
ask_all(struct town *t, long when, const char *address, bool fields,
	struct buf *out)
{
	struct links_part part = { 0, 3, fields };
	struct pastlinks links;
	bool more = true;

	while (more) {
		assert_int_equal(pastlinks_to(&t->desk, when, address, &part,
					      &links, &t->err),
				 0);
		assert_true(links.complete);
		write_rows(out, &links.rows);
		part.skip += (long)links.rows.len;
		more = links.more;
		assert_true(!more || links.rows.len > 0);
		pastlinks_release(&links);
	}
}

static void
compare_page(struct town *t, struct index *tree, long when, int64_t seq,
	     const char *address, bool fields)
{
	const struct links_part part = { 0, MANY, fields };
	struct buf want = BUF_INIT, got = BUF_INIT, then = BUF_INIT;
	struct vec rows = VEC_INIT;

	assert_int_equal(moment_address(&t->desk, seq, address, &then, &t->err),
			 0);
	assert_int_equal(links_to(tree, then.ptr, &part, &rows, &t->err), 0);
	write_rows(&want, &rows);
	ask_all(t, when, address, fields, &got);
	if (strcmp(got.ptr, want.ptr) != 0)
		fail_msg("%s (%s) at %ld:\n%s instead of\n%s", address,
			 then.ptr, when - START, got.ptr, want.ptr);
	vec_release(&rows, links_row_free);
	buf_release(&then);
	buf_release(&want);
	buf_release(&got);
}

/* Addresses of then and of now, whatever is there. */
static void
compare_moment(struct town *t, int step)
{
	struct index *tree;
	char address[40];
	int64_t seq;
	int spot;

	assert_int_equal(
		timeline_seq_at(t->desk.index, START + step, &seq, &t->err), 0);
	tree = read_tree(t, seq);
	for (spot = 0; spot < SPOTS; spot++) {
		(void)snprintf(address, sizeof(address), "%s/p%d",
			       spot % 2 ? "begrippen" : "themas", spot);
		compare_page(t, tree, START + step, seq, address,
			     spot % 3 == 0);
	}
	index_close(tree);
}

static void
compare_some(struct town *t, int most)
{
	int step;

	for (step = 1; step <= most; step += 7)
		compare_moment(t, step);
	compare_moment(t, most);
}

/* Before old texts were taken in, where half of them were, and all. */
static void
test_pastlinks__are_those_of_the_tree_in_git(void **state)
{
	struct town *t = *state;
	struct place all[PAGES] = { { "", "" } };
	unsigned seed = 5;
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

/* --- many ------------------------------------------------------------------------ */

static void
put_many(struct town *t, long when, int n, const char *text)
{
	struct edit e = { .author_name = "Git Zelf",
			  .author_mail = "git.zelf@stad.example",
			  .service_mail = "plein@stad.example",
			  .when = when,
			  .message = "Veel\n" };
	struct repo_id id;
	struct txn *txn;
	char path[60];
	int i;

	assert_int_equal(txn_begin(&txn, t->desk.repo, &t->err), 0);
	for (i = 0; i < n; i++) {
		(void)snprintf(path, sizeof(path), "begrippen/v%04d.md", i);
		assert_int_equal(
			txn_stage(txn, path, text, strlen(text), &t->err), 0);
	}
	if (txn_edit(txn, &e, &id, &t->err) || txn_commit(txn, &t->err))
		fail_msg("%s", t->err.msg);
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
}

static void
expect_many(struct town *t, const char *at, size_t least, size_t most,
	    bool complete)
{
	json_t *answer = town_get(t, ROLE_LEZER, "page.backlinks", at);
	size_t n = json_array_size(json_object_get(answer, "rows"));

	assert_in_range(n, least, most);
	assert_int_equal(json_is_true(json_object_get(answer, "complete")),
			 complete);
	json_decref(answer);
}

/* Not all are read that changed; once old texts were taken in none need be. */
static void
test_pastlinks__say_when_not_all_was_read(void **state)
{
	static const char then[] =
		"{'address':'" TOWN_HERE "','at':1700000009}";
	static const char none[] = "{'address':'themas/data','at':1700000009}";
	struct town *t = *state;

	put_many(t, START + 5, PASTLINKS_TEXTS * 2, "[[" TOWN_HERE "]]\n");
	put_many(t, START + 15, PASTLINKS_TEXTS * 2, "Niets.\n");
	expect_many(t, then, 1, PASTLINKS_TEXTS, false);
	town_fill_past(t);
	expect_many(t, then, 1, PASTLINKS_TEXTS * 2 + 1, true);
	expect_many(t, none, 0, 0, true);
}

/* A damaged file of old texts is made anew beside those who read. */
static void
test_pastlinks__are_of_old_texts_that_were_made_anew(void **state)
{
	static const char then[] =
		"{'address':'" TOWN_HERE "','at':1700000019}";
	struct town *t = *state;

	town_fill_past(t);
	expect_many(t, then, 1, 1, true);
	put_many(t, START + 5, PASTLINKS_TEXTS * 2, "[[" TOWN_HERE "]]\n");
	put_many(t, START + 15, PASTLINKS_TEXTS * 2, "Niets.\n");
	assert_int_equal(unlink(DATA_PAST), 0);
	town_fill_past(t);
	expect_many(t, then, 1, 1, true);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			test_pastlinks__are_those_of_the_tree_in_git,
			town_setup, town_teardown),
		cmocka_unit_test_setup_teardown(
			test_pastlinks__say_when_not_all_was_read, town_setup,
			town_teardown),
		cmocka_unit_test_setup_teardown(
			test_pastlinks__are_of_old_texts_that_were_made_anew,
			town_setup, town_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
