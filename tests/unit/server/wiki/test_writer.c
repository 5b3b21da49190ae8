/* The writer thread: order, bounds, and the end. */
#include "town.h"

#include <signal.h>
#include <sys/resource.h>

#include "plein/clock.h"
#include "state/drafts.h"
#include "wiki/batch.h"
#include "wiki/group.h"
#include "wiki/pushes.h"
#include "wiki/writer.h"

#define ROOM 512 /* as it is served */

struct desk_and_writer {
	struct town *town;
	struct writer *writer;
	atomic_int edition;
	struct pulse pulse;
	int wakes[2]; /* a pipe: a byte each time jobs are done */
};

static void
wake(void *ctx)
{
	struct desk_and_writer *w = ctx;

	assert_int_equal(write(w->wakes[1], "", 1), 1);
}

static void
start(struct desk_and_writer *w, void **state, size_t max)
{
	struct writer_args args;

	memset(w, 0, sizeof(*w));
	w->town = *state;
	assert_int_equal(pipe(w->wakes), 0);
	args = (struct writer_args){ &w->town->desk, &w->edition, max,
				     &w->pulse,	     wake,	  w };
	assert_int_equal(writer_start(&w->writer, &args, &w->town->err), 0);
}

static struct job *
make_save(struct desk_and_writer *w, const char *address, int base, int i)
{
	char text[32];
	json_t *id = json_integer(i), *params;
	struct job *j;

	(void)snprintf(text, sizeof(text), "tekst %d\n", i);
	params = json_pack("{s:s, s:i, s:s}", "address", address, "base", base,
			   "text", text);
	j = job_new(method_find("page.save"), w->town->roles[ROLE_BIJDRAGER],
		    id, params);
	json_decref(id);
	json_decref(params);
	return j;
}

static struct job *
make_put(struct desk_and_writer *w, const char *text)
{
	json_t *id = json_integer(1);
	json_t *params = json_pack("{s:s, s:i, s:s}", "address", "index",
				   "base", 1, "text", text);
	struct job *j = job_new(method_find("draft.put"),
				w->town->roles[ROLE_BIJDRAGER], id, params);

	json_decref(id);
	json_decref(params);
	return j;
}

/* Wait until `n` jobs are done. */
static void
await(struct desk_and_writer *w, size_t n, struct vec *done)
{
	char byte;

	for (writer_take(w->writer, done); done->len < n;
	     writer_take(w->writer, done))
		assert_int_equal(read(w->wakes[0], &byte, 1), 1);
}

/* The text of the draft when the writer has ended, or NULL. */
static char *
read_draft(struct desk_and_writer *w)
{
	struct draft d = { 0 };
	char *text = NULL;

	if (!draft_get(w->town->desk.state, "agenda", "bijdrager", "index", &d,
		       NULL))
		text = mem_strdup(d.text);
	draft_release(&d);
	return text;
}

static void
finish(struct desk_and_writer *w)
{
	writer_free(w->writer);
	(void)close(w->wakes[0]);
	(void)close(w->wakes[1]);
}

static void
test_writer__gives_back_every_job_in_order(void **state)
{
	struct desk_and_writer w;
	struct vec done = VEC_INIT;
	char byte;
	int i;

	start(&w, state, ROOM);
	for (i = 0; i < 20; i++)
		assert_int_equal(writer_push(w.writer,
					     make_save(&w, "index", i + 1, i),
					     &w.town->err),
				 0);
	while (done.len < 20) {
		assert_int_equal(read(w.wakes[0], &byte, 1), 1);
		writer_take(w.writer, &done);
	}
	for (i = 0; i < 20; i++) {
		struct job *j = done.items[i];
		char want[64];

		assert_int_equal(json_integer_value(j->id), i);
		assert_int_equal(j->task.result, 0);
		(void)snprintf(want, sizeof(want), "\"version\":%d", i + 2);
		assert_non_null(strstr(j->answer.ptr, want));
		assert_int_equal(j->answer.ptr[j->answer.len - 1], '\n');
	}
	writer_stop(w.writer);
	vec_release(&done, job_free);
	assert_false(writer_is_in_doubt(w.writer));
	finish(&w);
}

static void
test_writer__finishes_what_waits_when_stopped(void **state)
{
	struct desk_and_writer w;
	struct vec done = VEC_INIT;
	struct job *late;

	start(&w, state, ROOM);
	assert_int_equal(writer_push(w.writer, make_save(&w, "index", 1, 1),
				     &w.town->err),
			 0);
	writer_stop(w.writer);
	writer_take(w.writer, &done);
	assert_int_equal(done.len, 1);
	assert_int_equal(((struct job *)done.items[0])->task.result, 0);
	late = make_save(&w, "index", 2, 2);
	assert_int_equal(writer_push(w.writer, late, &w.town->err),
			 PLEIN_EBUSY);
	job_free(late);
	vec_release(&done, job_free);
	finish(&w);
}

static void
test_writer__a_full_queue_pushes_back(void **state)
{
	struct desk_and_writer w;
	struct job *j;

	start(&w, state, 0);
	j = make_save(&w, "index", 1, 1);
	assert_int_equal(writer_push(w.writer, j, &w.town->err), PLEIN_EBUSY);
	job_free(j);
	writer_stop(w.writer);
	finish(&w);
}

/* Run page.save; from then on one limit of the process is nothing at all. */
static int
save_without(int resource, struct desk *d, struct call *c)
{
	const struct batch_file file = { "index.md", "anders\n", 7 };
	const struct batch_edit edit = { .files = &file,
					 .n_files = 1,
					 .address = "index",
					 .who = c->caller,
					 .fallback = "bewerkt",
					 .action = "save" };
	struct repo_id commit;
	struct rlimit none;
	int rc;

	rc = batch_join(d->batch, &c->err);
	assert_int_equal(rc, 0);
	rc = batch_write(d->batch, &edit, &commit, &c->err);
	assert_int_equal(getrlimit(resource, &none), 0);
	none.rlim_cur = 0;
	assert_int_equal(setrlimit(resource, &none), 0);
	return rc;
}

static int
save_without_disk(struct desk *d, struct call *c)
{
	return save_without(RLIMIT_FSIZE, d, c);
}

static int
save_without_files(struct desk *d, struct call *c)
{
	return save_without(RLIMIT_NOFILE, d, c);
}

/* A save that works, then one through `run`, after which `resource` is given
 * back; its result. */
static int
save_badly(struct desk_and_writer *w, int resource,
	   int (*run)(struct desk *d, struct call *c))
{
	struct rlimit before;
	struct method broken = *method_find("page.save");
	struct vec done = VEC_INIT;
	struct job *j = make_save(w, "index", 1, 1);
	int rc;

	assert_int_equal(writer_push(w->writer, j, &w->town->err), 0);
	await(w, 1, &done);
	assert_int_equal(getrlimit(resource, &before), 0);
	broken.run = run;
	j = make_save(w, "index", 2, 2);
	j->task.method = &broken;
	assert_int_equal(writer_push(w->writer, j, &w->town->err), 0);
	await(w, 2, &done);
	assert_int_equal(setrlimit(resource, &before), 0);
	assert_int_equal(done.len, 2);
	rc = j->task.result;
	vec_release(&done, job_free);
	return rc;
}

static void
test_writer__a_full_disk_is_told_and_passes(void **state)
{
	struct desk_and_writer w;
	struct vec done = VEC_INIT;
	struct job *j;

	(void)signal(SIGXFSZ, SIG_IGN);
	start(&w, state, ROOM);
	assert_int_equal(save_badly(&w, RLIMIT_FSIZE, save_without_disk),
			 PLEIN_ENOSPACE);
	assert_false(writer_is_in_doubt(w.writer));
	j = make_save(&w, "index", 2, 3);
	assert_int_equal(writer_push(w.writer, j, &w.town->err), 0);
	writer_stop(w.writer);
	writer_take(w.writer, &done);
	assert_int_equal(j->task.result, 0);
	vec_release(&done, job_free);
	finish(&w);
}

static void
test_writer__after_doubt_nothing_is_acknowledged(void **state)
{
	struct desk_and_writer w;
	struct job *j;

	start(&w, state, ROOM);
	assert_int_equal(save_badly(&w, RLIMIT_NOFILE, save_without_files),
			 PLEIN_EIO);
	assert_true(writer_is_in_doubt(w.writer));
	j = make_save(&w, "index", 2, 3);
	assert_int_equal(writer_push(w.writer, j, &w.town->err), PLEIN_EBUSY);
	job_free(j);
	writer_stop(w.writer);
	finish(&w);
}

static void
test_writer__a_handler_that_fails_is_no_doubt(void **state)
{
	struct desk_and_writer w;
	struct vec done = VEC_INIT;
	struct job *j;

	start(&w, state, ROOM);
	assert_int_equal(writer_push(w.writer, make_save(&w, "index", 9, 1),
				     &w.town->err),
			 0);
	j = make_save(&w, "index", 1, 2);
	assert_int_equal(writer_push(w.writer, j, &w.town->err), 0);
	writer_stop(w.writer);
	writer_take(w.writer, &done);
	assert_int_equal(done.len, 2);
	assert_false(writer_is_in_doubt(w.writer));
	assert_int_equal(j->task.result, 0);
	vec_release(&done, job_free);
	finish(&w);
}

/* Nobody else comes: the wait for others has an end. */
static void
test_writer__writes_a_draft_that_is_alone(void **state)
{
	struct desk_and_writer w;
	struct vec done = VEC_INIT;
	int64_t before = clock_mono_ms();
	char *text;

	start(&w, state, ROOM);
	assert_int_equal(
		writer_push(w.writer, make_put(&w, "een"), &w.town->err), 0);
	await(&w, 1, &done);
	assert_true(clock_mono_ms() - before >= GROUP_MS - 1);
	assert_int_equal(((struct job *)done.items[0])->task.result, 0);
	writer_stop(w.writer);
	text = read_draft(&w);
	assert_string_equal(text, "een");
	free(text);
	vec_release(&done, job_free);
	finish(&w);
}

/* A stop does not wait for the group, and loses nothing of it. */
static void
test_writer__writes_drafts_before_it_stops(void **state)
{
	struct desk_and_writer w;
	struct vec done = VEC_INIT;
	char *text;

	start(&w, state, ROOM);
	assert_int_equal(
		writer_push(w.writer, make_put(&w, "een"), &w.town->err), 0);
	assert_int_equal(
		writer_push(w.writer, make_put(&w, "twee"), &w.town->err), 0);
	writer_stop(w.writer);
	writer_take(w.writer, &done);
	assert_int_equal(done.len, 2);
	text = read_draft(&w);
	assert_string_equal(text, "twee");
	free(text);
	vec_release(&done, job_free);
	finish(&w);
}

/* Typing, saving, typing on: only what came after the save is left. */
static void
test_writer__a_save_ends_only_what_came_before_it(void **state)
{
	struct desk_and_writer w;
	struct vec done = VEC_INIT;
	char *text;
	int i;

	start(&w, state, ROOM);
	for (i = 1; i <= 5; i++) {
		assert_int_equal(writer_push(w.writer, make_put(&w, "voor"),
					     &w.town->err),
				 0);
		assert_int_equal(writer_push(w.writer,
					     make_save(&w, "index", i, i),
					     &w.town->err),
				 0);
	}
	assert_int_equal(
		writer_push(w.writer, make_put(&w, "na"), &w.town->err), 0);
	writer_stop(w.writer);
	writer_take(w.writer, &done);
	assert_int_equal(done.len, 11);
	for (i = 0; i < 11; i++)
		assert_int_equal(((struct job *)done.items[i])->task.result, 0);
	text = read_draft(&w);
	assert_string_equal(text, "na");
	free(text);
	vec_release(&done, job_free);
	finish(&w);
}

static void
test_writer__a_save_leaves_no_draft(void **state)
{
	struct desk_and_writer w;
	struct vec done = VEC_INIT;

	start(&w, state, ROOM);
	assert_int_equal(
		writer_push(w.writer, make_put(&w, "voor"), &w.town->err), 0);
	assert_int_equal(writer_push(w.writer, make_save(&w, "index", 1, 1),
				     &w.town->err),
			 0);
	await(&w, 2, &done);
	writer_stop(w.writer);
	assert_null(read_draft(&w));
	vec_release(&done, job_free);
	finish(&w);
}

/* A push that holds main from the start. */
static struct pushes *
start_with_push(struct desk_and_writer *w, void **state)
{
	struct push_owner owner = { (char *)"jan", (char *)"agenda", NULL, 7 };
	struct repo_id from = { "1" }, to = { "2" };
	struct town *t = *state;
	struct pushes *p = pushes_new(60000);

	t->desk.pushes = p;
	start(w, state, 10);
	pushes_add(p, "a", &owner);
	assert_int_equal(pushes_judge(p, "a", &owner, NULL), 0);
	push_owner_release(&owner);
	assert_int_equal(pushes_lease(p, "a", &from, &to, NULL), 0);
	return p;
}

static void
test_writer__waits_while_a_push_holds_main(void **state)
{
	struct desk_and_writer w;
	struct pushes *p = start_with_push(&w, state);
	struct vec done = VEC_INIT;
	struct repo_id id;
	struct job *j = make_save(&w, "index", 2, 1);
	char byte;

	assert_int_equal(writer_push(w.writer, j, &w.town->err), 0);
	/* the push's own commit: the save is on top of it, or fails */
	{
		struct repo *r = NULL;

		assert_int_equal(repo_open(&r, DATA_REPO, &w.town->err), 0);
		town_commit(r, "index.md", "van git\n", "x\n", &id);
		repo_close(r);
	}
	pushes_settle(p, "a");
	assert_int_equal(read(w.wakes[0], &byte, 1), 1);
	writer_take(w.writer, &done);
	assert_int_equal(done.len, 1);
	assert_int_equal(j->task.result, 0);
	assert_non_null(strstr(j->answer.ptr, "\"version\":3"));
	writer_stop(w.writer);
	vec_release(&done, job_free);
	finish(&w);
	pushes_free(p);
}

static void
test_writer__mends_what_a_push_left(void **state)
{
	static const char lock[] = DATA_REPO "/" REPO_BRANCH ".lock";
	struct desk_and_writer w;
	struct pushes *p = start_with_push(&w, state);
	struct vec done = VEC_INIT;
	struct job *j = make_save(&w, "index", 1, 1);

	town_write(lock, "");
	assert_int_equal(writer_push(w.writer, j, &w.town->err), 0);
	pushes_over(p, 7); /* its git was killed while it held the lock */
	writer_stop(w.writer);
	writer_take(w.writer, &done);
	assert_int_equal(j->task.result, 0);
	assert_int_equal(access(lock, F_OK), -1);
	vec_release(&done, job_free);
	finish(&w);
	pushes_free(p);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, town_setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_writer__gives_back_every_job_in_order),
		TEST(test_writer__finishes_what_waits_when_stopped),
		TEST(test_writer__a_full_queue_pushes_back),
		TEST(test_writer__a_full_disk_is_told_and_passes),
		TEST(test_writer__after_doubt_nothing_is_acknowledged),
		TEST(test_writer__a_handler_that_fails_is_no_doubt),
		TEST(test_writer__writes_a_draft_that_is_alone),
		TEST(test_writer__writes_drafts_before_it_stops),
		TEST(test_writer__a_save_ends_only_what_came_before_it),
		TEST(test_writer__a_save_leaves_no_draft),
		TEST(test_writer__waits_while_a_push_holds_main),
		TEST(test_writer__mends_what_a_push_left),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
