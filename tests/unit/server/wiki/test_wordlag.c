/* Words behind the answers: when they are written, and that searching sees
 * them. */
#include "town.h"

#include <pthread.h>
#include <sqlite3.h>

#include "plein/clock.h"
#include "plein/query.h"
#include "state/search.h"
#include "wiki/call.h"
#include "wiki/inspect.h"
#include "wiki/wordlag.h"
#include "wiki/writer.h"

#define PATIENCE_MS 20000

static void
test_wordlag__nothing_is_never_due(void **state)
{
	struct wordlag *l = wordlag_new(NULL, NULL);

	(void)state;
	assert_int_equal(wordlag_delay(l), -1);
	wordlag_note(l, 0);
	assert_int_equal(wordlag_delay(l), -1);
	wordlag_free(l);
	wordlag_free(NULL);
}

static void
test_wordlag__waits_for_calm(void **state)
{
	struct wordlag *l = wordlag_new(NULL, NULL);
	int64_t began = clock_mono_ms();

	(void)state;
	wordlag_note(l, 1);
	assert_in_range(wordlag_delay(l), 0, WORDLAG_CALM_MS);
	while (wordlag_delay(l) > 0)
		assert_true(clock_mono_ms() < began + PATIENCE_MS);
	assert_true(clock_mono_ms() >= began + WORDLAG_CALM_MS);
	wordlag_done(l, 0);
	assert_int_equal(wordlag_delay(l), -1);
	wordlag_free(l);
}

/* It is never calm. */
static void
test_wordlag__waits_no_longer_than_its_bound(void **state)
{
	struct wordlag *l = wordlag_new(NULL, NULL);
	int64_t began;

	(void)state;
	wordlag_note(l, 1);
	for (began = clock_mono_ms(); clock_mono_ms() < began + WORDLAG_MS;)
		wordlag_note(l, 2);
	wordlag_note(l, 3);
	assert_int_equal(wordlag_delay(l), 0);
	wordlag_free(l);
}

static void
test_wordlag__many_pages_do_not_wait(void **state)
{
	struct wordlag *l = wordlag_new(NULL, NULL);

	(void)state;
	wordlag_note(l, WORDLAG_MAX);
	assert_int_equal(wordlag_delay(l), 0);
	wordlag_free(l);
}

static void
test_wordlag__a_failure_is_not_repeated_at_once(void **state)
{
	struct wordlag *l = wordlag_new(NULL, NULL);

	(void)state;
	wordlag_note(l, WORDLAG_MAX);
	wordlag_done(l, WORDLAG_MAX);
	wordlag_note(l, WORDLAG_MAX + 1);
	assert_in_range(wordlag_delay(l), WORDLAG_CALM_MS + 1, WORDLAG_MS);
	wordlag_done(l, 0);
	wordlag_note(l, WORDLAG_MAX);
	assert_int_equal(wordlag_delay(l), 0);
	wordlag_free(l);
}

/* The writer, as who asks wakes it. */
static void
answer_at_once(void *ctx)
{
	atomic_int *asked = ctx;

	atomic_fetch_add(asked, 1);
}

static void *
write_when_asked(void *ctx)
{
	struct wordlag *l = ctx;

	while (wordlag_delay(l) != 0)
		;
	wordlag_done(l, 0);
	return NULL;
}

static void
test_wordlag__who_asks_waits_until_it_is_done(void **state)
{
	atomic_int asked = 0;
	struct wordlag *l = wordlag_new(answer_at_once, &asked);
	pthread_t thread;

	(void)state;
	assert_int_equal(pthread_create(&thread, NULL, write_when_asked, l), 0);
	assert_true(wordlag_ask(l, PATIENCE_MS));
	assert_int_equal(pthread_join(thread, NULL), 0);
	assert_int_equal(asked, 1);
	assert_false(wordlag_ask(l, 1));
	assert_int_equal(asked, 2);
	wordlag_free(l);
}

/* --- with a writer ------------------------------------------------------ */

struct office {
	struct town *town;
	struct wordlag *lag;
	struct writer *writer;
	struct desk reader;
	atomic_int edition;
	struct pulse pulse;
	int wakes[2]; /* a pipe: a byte each time jobs are done */
	int version; /* of index, when all are answered */
	size_t open; /* saves that are not answered */
};

static void
wake(void *ctx)
{
	struct office *o = ctx;

	assert_int_equal(write(o->wakes[1], "", 1), 1);
}

static void
poke(void *ctx)
{
	struct office *o = ctx;

	writer_poke(o->writer);
}

static void
start_writer(struct office *o)
{
	struct writer_args args = { &o->town->desk, &o->edition, 512,
				    &o->pulse,	    wake,	 o };

	assert_int_equal(writer_start(&o->writer, &args, &o->town->err), 0);
}

static void
stop_writer(struct office *o)
{
	struct vec done = VEC_INIT;

	writer_stop(o->writer);
	writer_take(o->writer, &done);
	vec_release(&done, job_free);
	writer_free(o->writer);
}

/* Without a writer: words wait until there is one. */
static void
open_office(struct office *o, void **state)
{
	struct desk_setup setup = desk_reader;
	struct err trouble;

	memset(o, 0, sizeof(*o));
	o->town = *state;
	o->version = 1;
	assert_int_equal(pipe(o->wakes), 0);
	o->lag = wordlag_new(poke, o);
	o->town->desk.lag = o->lag;
	setup.lag = o->lag;
	assert_int_equal(desk_open(&o->reader, &setup, &trouble, &o->town->err),
			 0);
}

static void
close_office(struct office *o)
{
	desk_close(&o->reader);
	o->town->desk.lag = NULL;
	wordlag_free(o->lag);
	(void)close(o->wakes[0]);
	(void)close(o->wakes[1]);
}

static struct job *
make_save(struct office *o, const char *text)
{
	json_t *id = json_integer(1);
	json_t *params = json_pack("{s:s, s:i, s:s}", "address", "index",
				   "base", o->version++, "text", text);
	struct job *j = job_new(method_find("page.save"),
				o->town->roles[ROLE_BIJDRAGER], id, params);

	json_decref(id);
	json_decref(params);
	return j;
}

static void
push_save(struct office *o, const char *text)
{
	assert_int_equal(
		writer_push(o->writer, make_save(o, text), &o->town->err), 0);
	o->open++;
}

/* Until all but `n` are answered. */
static void
await(struct office *o, size_t n)
{
	struct vec done = VEC_INIT;
	char byte;
	size_t i;

	for (writer_take(o->writer, &done); o->open > done.len + n;
	     writer_take(o->writer, &done))
		assert_int_equal(read(o->wakes[0], &byte, 1), 1);
	o->open -= done.len;
	for (i = 0; i < done.len; i++)
		assert_int_equal(((struct job *)done.items[i])->task.result, 0);
	vec_release(&done, job_free);
}

static bool
is_found(struct office *o, const char *word)
{
	json_t *params = json_pack("{s:s}", "query", word);
	struct call c;
	bool found;

	call_init(&c, o->town->roles[ROLE_LEZER], params);
	if (desk_call(&o->reader, "search.pages", &c))
		fail_msg("%s: %s", word, c.err.msg);
	found = json_array_size(json_object_get(c.result, "rows")) == 1;
	call_release(&c);
	return found;
}

static long
count_unsettled(struct office *o)
{
	long n;

	assert_int_equal(desk_need_index(&o->reader, &o->town->err), 0);
	assert_int_equal(index_unsettled(o->reader.index, &n, NULL), 0);
	return n;
}

static void
test_wordlag__a_search_behind_a_save_finds_it(void **state)
{
	struct office o;
	char word[32];
	int i;

	open_office(&o, state);
	start_writer(&o);
	for (i = 0; i < 50; i++) {
		(void)snprintf(word, sizeof(word), "woord%d", i);
		push_save(&o, word);
		await(&o, 0);
		assert_true(is_found(&o, word));
	}
	stop_writer(&o);
	assert_false(is_found(&o, "woord0"));
	close_office(&o);
}

static void
test_wordlag__words_are_written_without_a_search(void **state)
{
	int64_t deadline = clock_mono_ms() + PATIENCE_MS;
	struct office o;

	open_office(&o, state);
	start_writer(&o);
	push_save(&o, "appel");
	await(&o, 0);
	while (count_unsettled(&o) > 0)
		assert_true(clock_mono_ms() < deadline);
	stop_writer(&o);
	close_office(&o);
}

/* In the full text itself, which knows nothing of words that wait. */
static bool
is_written(struct office *o, const char *word)
{
	const struct search_part part = { .limit = 1 };
	struct vec hits = VEC_INIT;
	struct query q;
	bool ranked, found;

	assert_int_equal(desk_need_index(&o->reader, &o->town->err), 0);
	assert_int_equal(query_parse(&q, word, NULL), 0);
	assert_int_equal(
		search_pages(o->reader.index, &q, &part, &hits, &ranked, NULL),
		0);
	found = hits.len == 1;
	vec_release(&hits, search_hit_free);
	query_release(&q);
	return found;
}

/* There is always a save that waits. */
static void
test_wordlag__words_are_written_while_all_save(void **state)
{
	int64_t deadline = clock_mono_ms() + PATIENCE_MS;
	bool settled = false;
	struct office o;

	open_office(&o, state);
	start_writer(&o);
	push_save(&o, "appel");
	while (!settled) {
		push_save(&o, o.version % 2 ? "appel" : "peer");
		await(&o, 1);
		settled = is_written(&o, "appel") || is_written(&o, "peer");
		assert_true(clock_mono_ms() < deadline);
	}
	await(&o, 0);
	stop_writer(&o);
	close_office(&o);
}

static void
test_wordlag__an_end_leaves_no_words(void **state)
{
	struct office o;

	open_office(&o, state);
	start_writer(&o);
	push_save(&o, "appel");
	stop_writer(&o);
	assert_int_equal(count_unsettled(&o), 0);
	assert_true(is_found(&o, "appel"));
	close_office(&o);
}

/* Killed between the answer and the words: the next one writes them. */
static void
test_wordlag__words_that_were_left_are_written(void **state)
{
	int64_t deadline = clock_mono_ms() + PATIENCE_MS;
	struct vec problems = VEC_INIT;
	struct office o;

	open_office(&o, state);
	json_decref(town_get(o.town, ROLE_BIJDRAGER, "page.save",
			     "{'address':'index','base':1,'text':'appel'}"));
	json_decref(town_get(o.town, ROLE_BIJDRAGER, "page.create",
			     "{'address':'themas/peer','kind':'thema',"
			     "'title':'Peer'}"));
	assert_int_equal(count_unsettled(&o), 2);
	inspect_all(&o.reader, &problems);
	assert_int_equal(problems.len, 0);
	desk_close(&o.town->desk);
	town_open(o.town);
	o.town->desk.lag = o.lag;
	assert_int_equal(count_unsettled(&o), 2);
	start_writer(&o);
	while (count_unsettled(&o) > 0)
		assert_true(clock_mono_ms() < deadline);
	assert_true(is_found(&o, "appel"));
	assert_true(is_found(&o, "peer"));
	inspect_all(&o.reader, &problems);
	assert_int_equal(problems.len, 0);
	stop_writer(&o);
	close_office(&o);
}

static void
run_sql(const char *sql)
{
	sqlite3 *db = NULL;

	assert_int_equal(sqlite3_open(DATA_INDEX, &db), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* What cannot be written to is made anew, as when a save finds it. */
static void
test_wordlag__a_damaged_text_is_made_anew(void **state)
{
	struct office o;

	open_office(&o, state);
	json_decref(town_get(o.town, ROLE_BIJDRAGER, "page.save",
			     "{'address':'index','base':1,'text':'appel'}"));
	run_sql("UPDATE text_data SET block = x'00000000ffffffff7f01' WHERE id "
		"= 10");
	desk_close(&o.town->desk);
	town_open(o.town);
	o.town->desk.lag = o.lag;
	start_writer(&o);
	assert_true(is_found(&o, "appel"));
	stop_writer(&o);
	close_office(&o);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, town_setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_wordlag__nothing_is_never_due),
		cmocka_unit_test(test_wordlag__waits_for_calm),
		cmocka_unit_test(test_wordlag__waits_no_longer_than_its_bound),
		cmocka_unit_test(test_wordlag__many_pages_do_not_wait),
		cmocka_unit_test(
			test_wordlag__a_failure_is_not_repeated_at_once),
		cmocka_unit_test(test_wordlag__who_asks_waits_until_it_is_done),
		TEST(test_wordlag__a_search_behind_a_save_finds_it),
		TEST(test_wordlag__words_are_written_without_a_search),
		TEST(test_wordlag__words_are_written_while_all_save),
		TEST(test_wordlag__an_end_leaves_no_words),
		TEST(test_wordlag__words_that_were_left_are_written),
		TEST(test_wordlag__a_damaged_text_is_made_anew),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
