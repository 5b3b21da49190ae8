/* Edits that arrive together: one move of main, one fate. */
#include "town.h"

#include "store/history.h"
#include "wiki/batch.h"

#define MOST 4

struct bunch {
	struct task tasks[MOST];
	struct call calls[MOST];
	size_t n;
	struct batch_end end;
};

static void
add_task(struct town *t, struct bunch *b, enum role role, const char *method,
	 json_t *params_take)
{
	size_t i = b->n++;

	call_init(&b->calls[i], t->roles[role], params_take);
	b->tasks[i] =
		(struct task){ method_find(method), &b->calls[i], 0, false };
}

static void
add_save(struct town *t, struct bunch *b, const char *address, int base,
	 const char *text)
{
	add_task(t, b, ROLE_BIJDRAGER, "page.save",
		 json_pack("{s:s, s:i, s:s}", "address", address, "base", base,
			   "text", text));
}

static void
run_bunch(struct town *t, struct bunch *b, const struct batch_source *source)
{
	struct vec tasks = VEC_INIT;
	size_t i, n = b->n;

	for (i = 0; i < n; i++)
		vec_push(&tasks, &b->tasks[i]);
	batch_run(&t->desk, &tasks, source, &b->end);
	vec_release(&tasks, NULL);
}

static void
release_bunch(struct bunch *b)
{
	size_t i;

	for (i = 0; i < b->n; i++)
		call_release(&b->calls[i]);
}

static int
count_one(void *ctx, const struct history_commit *c)
{
	(void)c;
	++*(int *)ctx;
	return 0;
}

static int
count_commits(struct town *t)
{
	struct repo_id none = { "" }, tip;
	int n = 0;

	assert_int_equal(repo_ref_read(t->desk.repo, &tip, &t->err), 0);
	assert_int_equal(
		history_walk(t->desk.repo, &none, &tip, count_one, &n, &t->err),
		0);
	return n;
}

static void
test_batch__each_edit_is_one_commit(void **state)
{
	struct town *t = *state;
	struct bunch b = { .n = 0 };
	char head[41];
	struct repo_id tip;
	int before = count_commits(t);

	add_save(t, &b, "index", 1, "een\n");
	add_save(t, &b, TOWN_HERE, 1, "twee\n");
	add_save(t, &b, "index", 2, "drie\n");
	run_bunch(t, &b, NULL);
	assert_int_equal(b.end.err.code, 0);
	assert_int_equal(b.tasks[0].result, 0);
	assert_int_equal(b.tasks[1].result, 0);
	assert_int_equal(b.tasks[2].result, 0);
	assert_int_equal(town_number(b.calls[2].result, "version"), 3);
	assert_int_equal(count_commits(t), before + 3);
	assert_int_equal(index_head(t->desk.index, head, &t->err), 0);
	assert_int_equal(repo_ref_read(t->desk.repo, &tip, &t->err), 0);
	assert_string_equal(head, tip.hex);
	release_bunch(&b);
}

/* Somebody saves while the batch runs, twice. */
struct late {
	struct town *town;
	struct bunch *bunch;
};

static void
add_late(void *ctx, struct vec *tasks)
{
	struct late *l = ctx;
	struct bunch *b = l->bunch;

	if (b->n == 3)
		return;
	add_save(l->town, b, "index", (int)b->n + 1,
		 b->n == 1 ? "later\n" : "nog later\n");
	vec_push(tasks, &b->tasks[b->n - 1]);
}

static void
test_batch__takes_in_what_comes_meanwhile(void **state)
{
	struct town *t = *state;
	struct bunch b = { .n = 0 };
	struct late late = { t, &b };
	const struct batch_source source = { add_late, &late };
	int before = count_commits(t);

	add_save(t, &b, "index", 1, "een\n");
	run_bunch(t, &b, &source);
	assert_int_equal(b.n, 3);
	assert_int_equal(b.tasks[0].result, 0);
	assert_int_equal(b.tasks[1].result, 0);
	assert_int_equal(b.tasks[2].result, 0);
	assert_int_equal(town_number(b.calls[2].result, "version"), 4);
	assert_int_equal(count_commits(t), before + 3);
	release_bunch(&b);
}

static void
test_batch__the_second_on_one_base_conflicts(void **state)
{
	struct town *t = *state;
	struct bunch b = { .n = 0 };
	int before = count_commits(t);

	add_save(t, &b, "index", 1, "een\n");
	add_save(t, &b, "index", 1, "twee\n");
	add_save(t, &b, "../x", 1, "drie\n");
	add_save(t, &b, TOWN_HERE, 1, "vier\n");
	run_bunch(t, &b, NULL);
	assert_int_equal(b.tasks[0].result, 0);
	assert_int_equal(b.tasks[1].result, PLEIN_ECONFLICT);
	assert_int_equal(town_number(b.calls[1].args, "version"), 2);
	assert_int_equal(b.tasks[2].result, PLEIN_ERULE);
	assert_false(b.tasks[2].joined);
	assert_int_equal(b.tasks[3].result, 0);
	assert_int_equal(count_commits(t), before + 2);
	release_bunch(&b);
}

/* What git on the host does, while a batch is on its way. */
static void
commit_aside(const char *path, const char *text)
{
	struct repo *other;
	struct repo_id id;

	assert_int_equal(repo_open(&other, DATA_REPO, NULL), 0);
	town_commit(other, path, text, "terzijde\n", &id);
	repo_close(other);
}

static int
move_main(struct desk *d, struct call *c)
{
	(void)d;
	(void)c;
	commit_aside("themas/ander.md", "x\n");
	return 0;
}

/* Part of the batch, so it is run again, and moves main again. */
static int
move_main_each_time(struct desk *d, struct call *c)
{
	static int times; /* a text that differs */
	char text[32];
	int rc = batch_join(d->batch, &c->err);

	(void)snprintf(text, sizeof(text), "keer %d\n", ++times);
	commit_aside("themas/ander.md", text);
	return rc;
}

static int
move_index(struct desk *d, struct call *c)
{
	(void)d;
	(void)c;
	commit_aside("index.md", "van terzijde\n");
	return 0;
}

static const struct param nothing[] = { { NULL, PARAM_FLAG, false, 0, NULL } };

static const struct method mover = {
	"test.move", RIGHT_READ, PLACE_WRITER, nothing, "", "", "", move_main,
};

static const struct method pest = {
	"test.pest", RIGHT_READ, PLACE_WRITER, nothing,
	"",	     "",	 "",	       move_main_each_time,
};

static const struct method rival = {
	"test.rival", RIGHT_READ, PLACE_WRITER, nothing, "", "", "", move_index,
};

static void
assert_latest(struct town *t, const char *address, long n)
{
	struct index_version *v;

	assert_int_equal(index_latest(t->desk.index, address, &v, &t->err), 0);
	assert_int_equal(v->n, n);
	index_version_free(v);
}

static void
test_batch__one_that_is_overtaken_is_judged_anew(void **state)
{
	struct town *t = *state;
	struct bunch b = { .n = 0 };
	int before = count_commits(t);

	add_save(t, &b, "index", 1, "een\n");
	add_save(t, &b, "index", 1, "twee\n");
	add_task(t, &b, ROLE_HOST, "user.add",
		 json_pack("{s:s, s:s, s:s}", "handle", "piet", "name", "P",
			   "role", "lezer"));
	add_task(t, &b, ROLE_HOST, "user.list", NULL);
	b.tasks[3].method = &mover;
	run_bunch(t, &b, NULL);
	assert_int_equal(b.end.err.code, 0);
	assert_int_equal(b.tasks[0].result, 0);
	assert_int_equal(town_number(b.calls[0].result, "version"), 2);
	assert_int_equal(b.tasks[1].result, PLEIN_ECONFLICT);
	/* not part of it, so not run twice */
	assert_int_equal(b.tasks[2].result, 0);
	assert_int_equal(count_commits(t), before + 2);
	assert_latest(t, "index", 2);
	assert_latest(t, "themas/ander", 1);
	release_bunch(&b);
}

static void
test_batch__what_overtook_is_not_overwritten(void **state)
{
	struct town *t = *state;
	struct bunch b = { .n = 0 };

	add_save(t, &b, "index", 1, "een\n");
	add_save(t, &b, TOWN_HERE, 1, "twee\n");
	add_task(t, &b, ROLE_HOST, "user.list", NULL);
	b.tasks[2].method = &rival;
	run_bunch(t, &b, NULL);
	assert_int_equal(b.tasks[0].result, PLEIN_ECONFLICT);
	assert_int_equal(town_number(b.calls[0].args, "version"), 2);
	assert_null(b.calls[0].result);
	assert_int_equal(b.tasks[1].result, 0);
	release_bunch(&b);
}

static void
test_batch__a_failed_move_acknowledges_nothing(void **state)
{
	struct town *t = *state;
	struct bunch b = { .n = 0 };

	add_save(t, &b, "index", 1, "een\n");
	add_save(t, &b, "index", 1, "twee\n");
	add_task(t, &b, ROLE_HOST, "user.add",
		 json_pack("{s:s, s:s, s:s}", "handle", "piet", "name", "P",
			   "role", "lezer"));
	add_task(t, &b, ROLE_HOST, "user.list", NULL);
	b.tasks[3].method = &pest;
	run_bunch(t, &b, NULL);
	assert_int_equal(b.end.err.code, PLEIN_EBUSY);
	assert_false(b.end.fatal);
	assert_int_equal(b.tasks[0].result, PLEIN_EBUSY);
	assert_null(b.calls[0].result);
	/* told of a version 2 that never was: told anew */
	assert_int_equal(b.tasks[1].result, PLEIN_EBUSY);
	assert_null(b.calls[1].args);
	/* what does not depend on the batch keeps its outcome */
	assert_int_equal(b.tasks[2].result, 0);
	assert_latest(t, "index", 1);
	release_bunch(&b);
	/* and the next batch works, on the main that was moved */
	json_decref(town_get(t, ROLE_BIJDRAGER, "page.save",
			     "{'address':'index','base':1,'text':'x'}"));
	json_decref(town_get(t, ROLE_LEZER, "page.read",
			     "{'address':'themas/ander'}"));
}

/* Behind an edit too: the index can be read, but not written any more. */
static int
lose_index(struct desk *d, struct call *c)
{
	index_close(d->index);
	d->index = NULL;
	return index_open(&d->index, DATA_INDEX, false, &c->err);
}

static const struct method loser = {
	"test.lose", RIGHT_READ, PLACE_WRITER, nothing, "", "", "", lose_index,
};

static void
test_batch__an_index_that_lags_catches_up(void **state)
{
	struct town *t = *state;
	struct bunch b = { .n = 0 };
	struct index_version *v;

	add_save(t, &b, "index", 1, "een\n");
	add_task(t, &b, ROLE_HOST, "user.list", NULL);
	b.tasks[1].method = &loser;
	run_bunch(t, &b, NULL);
	/* main moved: that is what counts */
	assert_int_equal(b.tasks[0].result, 0);
	release_bunch(&b);
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "page.save",
				  "{'address':'index','base':1,'text':'x'}",
				  NULL),
			 PLEIN_ECONFLICT);
	assert_int_equal(index_latest(t->desk.index, "index", &v, &t->err), 0);
	assert_int_equal(v->n, 2);
	index_version_free(v);
}

static void
test_batch__nothing_to_write_moves_nothing(void **state)
{
	struct town *t = *state;
	struct bunch b = { .n = 0 };
	int before = count_commits(t);

	add_save(t, &b, "index", 9, "een\n");
	add_save(t, &b, "index", 1, town_files[2].text);
	run_bunch(t, &b, NULL);
	assert_int_equal(b.end.err.code, 0);
	assert_int_equal(b.tasks[0].result, PLEIN_ENOTFOUND);
	assert_int_equal(b.tasks[1].result, PLEIN_ESAME);
	assert_int_equal(count_commits(t), before);
	release_bunch(&b);
}

#define MOVED "themas/gemeenschappelijk"

/* Runs inside the batch: a page moves, two files in one commit. */
static int
move_page(struct desk *d, struct call *c)
{
	static const char text[] = "---\ntitel: Common Ground\n"
				   "aliassen: [themas/common-ground]\n---\n";
	const struct batch_file files[] = {
		{ TOWN_HERE ".md", NULL, 0 },
		{ MOVED ".md", text, sizeof(text) - 1 },
	};
	const struct batch_edit e = { .files = files,
				      .n_files = 2,
				      .address = MOVED,
				      .who = c->caller,
				      .fallback = "verplaatst",
				      .action = "rename" };
	struct repo_id commit;
	int rc = batch_join(d->batch, &c->err);

	return rc ? rc : batch_write(d->batch, &e, &commit, &c->err);
}

static const struct method renamer = {
	"test.rename", RIGHT_READ, PLACE_WRITER, nothing, "", "", "", move_page,
};

static void
assert_moved(struct town *t)
{
	struct index_version *v;

	assert_int_equal(index_latest(t->desk.index, MOVED, &v, &t->err), 0);
	assert_int_equal(v->n, 2);
	assert_string_equal(v->note, "verplaatst");
	index_version_free(v);
	assert_int_equal(index_version(t->desk.index, MOVED, 1, &v, &t->err),
			 0);
	assert_string_equal(v->address, TOWN_HERE);
	index_version_free(v);
	assert_int_equal(index_latest(t->desk.index, TOWN_HERE, &v, &t->err),
			 0);
	assert_true(v->gone);
	index_version_free(v);
}

static void
test_batch__files_that_change_together_are_one_commit(void **state)
{
	struct town *t = *state;
	struct bunch b = { .n = 0 };
	int before = count_commits(t);

	add_task(t, &b, ROLE_BIJDRAGER, "user.list", NULL);
	b.tasks[0].method = &renamer;
	run_bunch(t, &b, NULL);
	assert_int_equal(b.tasks[0].result, 0);
	release_bunch(&b);
	assert_int_equal(count_commits(t), before + 1);
	assert_moved(t);
	/* what git alone tells is the same */
	assert_int_equal(index_clear(t->desk.index, &t->err), 0);
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
	assert_moved(t);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, town_setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_batch__each_edit_is_one_commit),
		TEST(test_batch__takes_in_what_comes_meanwhile),
		TEST(test_batch__the_second_on_one_base_conflicts),
		TEST(test_batch__one_that_is_overtaken_is_judged_anew),
		TEST(test_batch__what_overtook_is_not_overwritten),
		TEST(test_batch__a_failed_move_acknowledges_nothing),
		TEST(test_batch__an_index_that_lags_catches_up),
		TEST(test_batch__nothing_to_write_moves_nothing),
		TEST(test_batch__files_that_change_together_are_one_commit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
