/*
 * Maintenance over and over while eight people save and somebody clones:
 * nothing is lost, nobody waits.
 */
#include <setjmp.h>
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

#define PEOPLE 8
#define SAVES 30 /* each, without and with */
#define PAGES 500
/* What a save may wait longer because of it, and what this machine adds. */
#define STALL_MS 250
#define NOISE_TIMES 3
#define NOISE_MS 250

static struct fixture wiki;

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
	for (i = 0; i < PAGES; i++) {
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
	int64_t without, with;
	struct crowd c;

	(void)state;
	(void)snprintf(clone, sizeof(clone), "%s/kloon", wiki.dir);
	(void)snprintf(url, sizeof(url), "%s/spaces/agenda.git", wiki.data);
	crowd_open(&c, &wiki, PEOPLE);
	crowd_save(&c, SAVES, &errands[1], 1);
	without = c.longest;
	crowd_save(&c, SAVES, errands, 2);
	with = c.longest;
	print_message("longest save: %d ms without, %d ms with maintenance "
		      "(%d runs, %d clones); %d ms on average\n",
		      (int)without, (int)with, errands[0].runs, errands[1].runs,
		      (int)(c.total / c.saves));
	assert_true(errands[0].runs >= 1);
	assert_int_equal(errands[0].failures, 0);
	assert_int_equal(errands[1].failures, 0);
	assert_true(with <= without * NOISE_TIMES + STALL_MS + NOISE_MS);
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_maintenance__beside_savers_loses_and_delays_nothing),
		cmocka_unit_test(test_maintenance__leaves_little),
	};

	return cmocka_run_group_tests(tests, start_wiki, stop_wiki);
}
