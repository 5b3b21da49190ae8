/*
 * The drill: back up while people save and maintenance runs; restore; look
 * whether all of it is there.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "crowd.h"
#include "served.h"

#define PEOPLE 4
#define SAVES 25
#define BACKUPS 3 /* most that are looked into */

/* Backups, each under a name of its own, and how much was saved before. */
struct drill {
	struct crowd crowd;
	char now[96]; /* the file that is being made */
	int n;
	size_t before[BACKUPS]; /* acknowledged when it began */
	size_t began;
};

static void
name_backup(char out[128], int i)
{
	(void)snprintf(out, 128, "%s/b%d.tar", wiki.dir, i);
}

/* Keep what the last one made, then note what the next one must hold. */
static void
begin_backup(void *ctx)
{
	struct drill *d = ctx;
	char name[128];

	if (d->n < BACKUPS && access(d->now, F_OK) == 0) {
		d->before[d->n] = d->began;
		name_backup(name, d->n++);
		assert_int_equal(rename(d->now, name), 0);
	}
	d->began = d->crowd.commits.len;
}

static void
run(struct proc_result *r, const char *const argv[])
{
	proc_run(r, argv, NULL, NULL, 60000);
	if (r->status != 0)
		fail_msg("%s %s: %s%s", argv[0], argv[1], r->out.ptr,
			 r->err.ptr);
}

static void
look_into(const struct drill *d, int i)
{
	char file[128], dir[128], repo[160];
	const char *const restore[] = { fixture_program("pleind"), "restore",
					file, dir, NULL };
	const char *const check[] = { fixture_program("pleind"), "check", dir,
				      NULL };
	const char *const fsck[] = { "git",	 "-C",	   repo, "fsck",
				     "--strict", "--full", NULL };
	const char *const list[] = {
		"git", "-C", repo, "rev-list", "main", NULL
	};
	struct proc_result r;
	size_t k;

	name_backup(file, i);
	(void)snprintf(dir, sizeof(dir), "%s/r%d", wiki.dir, i);
	(void)snprintf(repo, sizeof(repo), "%s/spaces/agenda.git", dir);
	run(&r, restore);
	proc_result_release(&r);
	run(&r, check);
	assert_string_equal(r.out.ptr, "");
	proc_result_release(&r);
	run(&r, fsck);
	proc_result_release(&r);
	run(&r, list);
	for (k = 0; k < d->before[i]; k++)
		if (!strstr(r.out.ptr, d->crowd.commits.items[k]))
			fail_msg("backup %d lacks %s", i,
				 (char *)d->crowd.commits.items[k]);
	proc_result_release(&r);
}

static void
test_drill__a_backup_holds_what_was_saved_before_it(void **state)
{
	static struct drill d;
	const char *const backup[] = { fixture_program("pleind"), "backup",
				       wiki.data, d.now, NULL };
	const char *const maintain[] = { fixture_program("pleind"), "maintain",
					 wiki.data, NULL };
	struct errand errands[] = {
		{ .argv = backup, .prepare = begin_backup, .ctx = &d },
		{ .argv = maintain },
	};
	int i;

	(void)state;
	(void)snprintf(d.now, sizeof(d.now), "%s/nu.tar", wiki.dir);
	crowd_open(&d.crowd, &wiki, PEOPLE);
	crowd_save(&d.crowd, SAVES, errands, 2);
	begin_backup(&d); /* names the last one */
	assert_int_equal(errands[0].failures, 0);
	assert_int_equal(errands[1].failures, 0);
	assert_true(d.n > 0);
	for (i = 0; i < d.n; i++)
		look_into(&d, i);
	print_message("%d backups, %d runs of maintenance, %d saves\n",
		      errands[0].runs, errands[1].runs, d.crowd.saves);
	crowd_close(&d.crowd);
}

static void
start_restored(struct fixture *f)
{
	*f = wiki;
	(void)snprintf(f->data, sizeof(f->data), "%s/r0", wiki.dir);
	memset(&f->seen, 0, sizeof(f->seen));
	buf_init(&f->seen);
	fixture_serve(f);
}

/* With the same accounts and the same host key: nobody is asked anything. */
static void
test_drill__the_restored_wiki_serves(void **state)
{
	struct fixture restored;
	struct proc_result r;

	(void)state;
	start_restored(&restored);
	fixture_ssh(&restored, "read themas/persoon-0 --source", NULL, &r);
	assert_int_equal(r.status, 0);
	assert_non_null(strstr(r.out.ptr, "Versie "));
	proc_result_release(&r);
	fixture_ssh(&restored, "whoami", NULL, &r);
	assert_int_equal(r.status, 0);
	proc_result_release(&r);
	assert_int_equal(fixture_stop(&restored), 0);
	buf_release(&restored.seen);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_drill__a_backup_holds_what_was_saved_before_it),
		cmocka_unit_test(test_drill__the_restored_wiki_serves),
	};

	return cmocka_run_group_tests(tests, start_wiki, stop_wiki);
}
