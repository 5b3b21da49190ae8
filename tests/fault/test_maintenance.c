/*
 * Maintenance over and over while eight people save and somebody clones:
 * nothing is lost, nobody waits.
 *
 * How long a save takes says more of the machine than of us, so rounds with
 * and without maintenance follow each other. A pause of ours is in every round
 * with it, what the machine does is not: the middle one of the slowest saves
 * is judged, next to what a save takes without. A machine that holds saves up
 * by itself is allowed twice that.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "crowd.h"
#include "fixture.h"
#include "plein/clock.h"
#include "script.h"

#define PEOPLE 8
#define PAIRS 5 /* of rounds, without and with; odd */
#define SAVES 15 /* each, in a round */
#define PAGES 1500
#define LONG_TIMES 20 /* so many more pages in `make check-long` */
#define STALL_MS 250 /* what a save may wait longer because of it */

static struct fixture wiki;
static int n_pages;

static void
run_git(struct proc_result *r, const char *const words[], const char *input)
{
	const char *argv[24] = { "git", "-C" };
	struct buf text = BUF_INIT, path = BUF_INIT;
	int i;

	buf_printf(&path, "%s/spaces/agenda.git", wiki.data);
	argv[2] = path.ptr;
	for (i = 0; words[i]; i++)
		argv[i + 3] = words[i];
	if (input)
		buf_str(&text, input);
	proc_run(r, argv, NULL, &text, 120000);
	if (r->status != 0)
		fail_msg("git %s: %s%s", words[0], r->out.ptr, r->err.ptr);
	buf_release(&path);
	buf_release(&text);
}

/* A wiki of some size, made before it serves. */
static void
add_pages(void)
{
	struct buf in = BUF_INIT, text = BUF_INIT;
	struct proc_result r;
	int i;

	buf_printf(&in,
		   "commit refs/heads/main\n"
		   "committer Plein <plein@agenda.example.nl> %lld +0000\n"
		   "data 2\nx\nfrom refs/heads/main^0\n",
		   (long long)clock_wall());
	for (i = 0; i < n_pages; i++) {
		buf_reset(&text);
		buf_printf(&text, "---\ntitel: Pagina %d\n---\nTekst %d.\n", i,
			   i * i);
		buf_printf(&in, "M 100644 inline themas/p%d.md\ndata %zu\n%s\n",
			   i, text.len, text.ptr);
	}
	run_git(&r, (const char *const[]){ "fast-import", "--quiet", NULL },
		in.ptr);
	proc_result_release(&r);
	buf_release(&in);
	buf_release(&text);
}

static int
start_wiki(void **state)
{
	(void)state;
	n_pages = PAGES * (getenv("PLEIN_LONG") ? LONG_TIMES : 1);
	fixture_init(&wiki);
	add_pages();
	fixture_serve(&wiki);
	return 0;
}

static int
stop_wiki(void **state)
{
	(void)state;
	assert_int_equal(fixture_stop(&wiki), 0);
	fixture_remove(&wiki);
	return 0;
}

static void
remove_clone(void *ctx)
{
	const char *argv[] = { "rm", "-rf", ctx, NULL };
	struct proc_result r;

	proc_run(&r, argv, NULL, NULL, 20000);
	assert_int_equal(r.status, 0);
	proc_result_release(&r);
}

static void
expect_all_on_main(const struct crowd *c)
{
	struct proc_result r;
	size_t i;

	run_git(&r, (const char *const[]){ "rev-list", "main", NULL }, NULL);
	for (i = 0; i < c->commits.len; i++)
		if (!strstr(r.out.ptr, c->commits.items[i]))
			fail_msg("%s was acknowledged and is not there",
				 (char *)c->commits.items[i]);
	proc_result_release(&r);
}

static void
expect_last_texts(const struct crowd *c)
{
	struct buf text = BUF_INIT;
	struct proc_result r;
	char name[64];
	int i;

	for (i = 0; i < c->n; i++) {
		(void)snprintf(name, sizeof(name), "main:%s.md",
			       c->people[i].page);
		run_git(&r, (const char *const[]){ "show", name, NULL }, NULL);
		buf_reset(&text);
		crowd_text(c, i, &text);
		assert_string_equal(r.out.ptr, text.ptr);
		proc_result_release(&r);
	}
	buf_release(&text);
}

static void
expect_no_damage(void)
{
	struct proc_result r;

	run_git(&r,
		(const char *const[]){ "fsck", "--strict", "--full",
				       "--no-progress", NULL },
		NULL);
	if (strstr(r.out.ptr, "missing") || strstr(r.err.ptr, "error"))
		fail_msg("%s%s", r.out.ptr, r.err.ptr);
	proc_result_release(&r);
}

static int
compare_numbers(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* How much longer than usual the slowest saves took, round by round. */
struct delays {
	int64_t without[PAIRS], with[PAIRS];
};

static void
measure_pair(struct crowd *c, struct errand errands[2], int64_t *without,
	     int64_t *with)
{
	int64_t usual;
	int runs = errands[0].runs;

	crowd_save(c, 1, NULL, 0); /* what maintenance left to do is done */
	crowd_save(c, SAVES, &errands[1], 1);
	usual = c->total / c->saves;
	*without = c->longest - usual;
	crowd_save(c, SAVES, errands, 2);
	*with = c->longest - usual;
	print_message("a save takes %d ms, at most %d more, with maintenance "
		      "%d (%d runs)\n",
		      (int)usual, (int)*without, (int)*with,
		      errands[0].runs - runs);
}

static void
judge_delays(struct delays *d)
{
	int64_t most = STALL_MS;

	qsort(d->without, PAIRS, sizeof(int64_t), compare_numbers);
	qsort(d->with, PAIRS, sizeof(int64_t), compare_numbers);
	if (d->without[PAIRS / 2] * 2 > most)
		most = d->without[PAIRS / 2] * 2;
	if (d->with[PAIRS / 2] > most)
		fail_msg("maintenance holds saves up for %d ms",
			 (int)d->with[PAIRS / 2]);
}

static void
test_maintenance__beside_savers_loses_and_delays_nothing(void **state)
{
	char clone[96], url[128];
	const char *const maintain[] = { fixture_program("pleind"), "maintain",
					 wiki.data, NULL };
	const char *const copy[] = { "git",	   "clone", "-q",  "--bare",
				     "--no-local", url,	    clone, NULL };
	struct errand errands[] = {
		{ .argv = maintain },
		{ .argv = copy, .prepare = remove_clone, .ctx = clone },
	};
	struct delays delays;
	struct crowd c;
	int i;

	(void)state;
	(void)snprintf(clone, sizeof(clone), "%s/kloon", wiki.dir);
	(void)snprintf(url, sizeof(url), "%s/spaces/agenda.git", wiki.data);
	crowd_open(&c, &wiki, PEOPLE);
	for (i = 0; i < PAIRS; i++)
		measure_pair(&c, errands, &delays.without[i], &delays.with[i]);
	assert_true(errands[0].runs >= PAIRS);
	assert_int_equal(errands[0].failures, 0);
	assert_int_equal(errands[1].failures, 0);
	judge_delays(&delays);
	expect_all_on_main(&c);
	expect_last_texts(&c);
	crowd_close(&c);
	expect_no_damage();
}

static size_t
count_loose(void)
{
	struct proc_result r;
	const char *p;
	size_t n;

	run_git(&r, (const char *const[]){ "count-objects", "-v", NULL }, NULL);
	p = strstr(r.out.ptr, "count: ");
	n = p ? (size_t)strtol(p + 7, NULL, 10) : 0;
	proc_result_release(&r);
	return n;
}

static void
test_maintenance__leaves_little(void **state)
{
	const char *const maintain[] = { fixture_program("pleind"), "maintain",
					 wiki.data, NULL };
	const char *const check[] = { fixture_program("pleind"), "check",
				      wiki.data, NULL };
	struct proc_result r;

	(void)state;
	proc_run(&r, maintain, NULL, NULL, 60000);
	assert_int_equal(r.status, 0);
	proc_result_release(&r);
	assert_int_equal(count_loose(), 0);
	proc_run(&r, check, NULL, NULL, 60000);
	if (r.status != 0)
		fail_msg("%s%s", r.out.ptr, r.err.ptr);
	proc_result_release(&r);
}

/* The process it asked is gone, and the next one counts its runs anew. */
static void
test_maintenance__is_asked_for_again_when_the_wiki_dies(void **state)
{
	char line[128];
	pid_t pid;
	int i;

	(void)state;
	(void)snprintf(line, sizeof(line), "%s maintain data",
		       fixture_program("pleind"));
	for (i = 0; i < 3; i++)
		free(script_run_well(&wiki, line));
	(void)fixture_log_holds(&wiki, "");
	buf_reset(&wiki.seen);
	pid = script_start(&wiki, line, "maintain.log");
	assert_true(fixture_log_wait(&wiki, "\"maintained\""));
	assert_int_equal(kill(fixture_find(&wiki, "pleind: wiki"), SIGKILL), 0);
	if (script_wait(pid) != 0)
		fail_msg("%s", script_run_well(&wiki, "cat maintain.log"));
	assert_int_equal(count_loose(), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_maintenance__beside_savers_loses_and_delays_nothing),
		cmocka_unit_test(test_maintenance__leaves_little),
		cmocka_unit_test(
			test_maintenance__is_asked_for_again_when_the_wiki_dies),
	};

	return cmocka_run_group_tests(tests, start_wiki, stop_wiki);
}
