/*
 * Fifty people write on twenty pages while somebody pushes to the same
 * pages; afterwards the history is compared with what each was told.
 */
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "fixture.h"
#include "plein/clock.h"
#include "script.h"
#include "throng.h"

#define WRITERS 50
#define PAGES 20
#define CONNECTIONS 12
#define ACCOUNTS 5
#define ROUND 100 /* saves between two pushes that got through */
#define PATIENCE_MS 60000

static struct fixture wiki;
static struct throng throng;

static long
count_saves(void)
{
	return getenv("PLEIN_LONG") ? 10000 : 1000;
}

static int
start_wiki(void **state)
{
	(void)state;
	fixture_init(&wiki);
	throng_accounts(&throng, &wiki, ACCOUNTS);
	fixture_serve(&wiki);
	throng_open(&throng, CONNECTIONS, WRITERS, PAGES);
	return 0;
}

static int
stop_wiki(void **state)
{
	(void)state;
	throng_close(&throng);
	assert_int_equal(fixture_stop(&wiki), 0);
	fixture_remove(&wiki);
	return 0;
}

/*
 * Words in a line of a page, over and over: rebased when others were first,
 * made anew when they were in the same line. Who saves all the time wins from
 * whoever must fetch, so a push gets through when a round has ended.
 */
static const char pushing[] =
	"git clone -q $URL kloon && cd kloon || exit 1\n"
	"edit() { sed -i \"s/^Regel $2:.*/& @$3./\""
	" themas/bladzijde-$1.md && git commit -qam \"$3\"; }\n"
	"n=0; while [ ! -e ../stop ]; do\n"
	"  n=$((n+1)); page=$((n * 7 % 20)); token=$((900000 + n))\n"
	"  line=$(printf %02d $((n * 5 % 12)))\n"
	"  git pull -q --rebase && edit $page $line $token || exit 2\n"
	"  until git push -q origin main; do\n"
	"    git pull -q --rebase && continue\n"
	"    echo CONFLICT; git rebase --abort; git reset -q --hard @{u}\n"
	"    edit $page $line $token || exit 3\n"
	"  done\n"
	"  echo $token >> ../pushed\n"
	"done\n";

static long
count_pushed(void)
{
	char *out = script_run_well(&wiki, "touch pushed; wc -l < pushed");
	long n = strtol(out, NULL, 10);

	free(out);
	return n;
}

static void
wait_for_push(long before)
{
	int64_t deadline = clock_mono_ms() + PATIENCE_MS;

	while (count_pushed() <= before) {
		if (clock_mono_ms() > deadline)
			fail_msg("nothing is pushed: %s",
				 script_run_well(&wiki, "tail push.log"));
		(void)poll(NULL, 0, 20);
	}
}

/* What git said was pushed is in main. */
static void
expect_pushed(void)
{
	free(script_run_well(
		&wiki,
		"git -C $DATA/spaces/agenda.git log --format=%s main >subjects "
		"&& for t in $(cat pushed); do grep -qx $t subjects ||"
		" { echo $t is lost; exit 1; }; done"));
}

static void
expect_no_damage(void)
{
	char *out = script_run_well(
		&wiki, "git -C $DATA/spaces/agenda.git fsck --strict --full "
		       "--no-progress 2>&1 | grep -v dangling; true");

	assert_string_equal(out, "");
	free(out);
}

/* The wiki's own list of versions is git's. */
static void
expect_versions(void)
{
	struct chronicle c;
	struct buf repo = BUF_INIT;
	struct proc_result r;
	char address[48], line[64], path[64], want[24];
	int i;

	buf_printf(&repo, "%s/spaces/agenda.git", wiki.data);
	chronicle_read(&c, repo.ptr);
	for (i = 0; i < PAGES; i++) {
		ledger_address(&throng.ledger, i, address);
		(void)snprintf(line, sizeof(line), "log %s", address);
		(void)snprintf(path, sizeof(path), "%s.md", address);
		(void)snprintf(want, sizeof(want), "%zu\t",
			       chronicle_page(&c, path)->len);
		fixture_ssh(&wiki, line, NULL, &r);
		if (strncmp(r.out.ptr, want, strlen(want)) != 0)
			fail_msg("%s: %.80s, git has %s", line, r.out.ptr,
				 want);
		proc_result_release(&r);
	}
	chronicle_release(&c);
	buf_release(&repo);
}

static void
test_crowd__loses_doubles_and_hides_nothing(void **state)
{
	pid_t pusher = script_start(&wiki, pushing, "push.log");
	int64_t began = clock_mono_ms();
	long left, pushed = 0;

	(void)state;
	for (left = count_saves(); left > 0; left -= ROUND) {
		pushed = count_pushed();
		throng_save(&throng, ROUND);
		wait_for_push(pushed);
	}
	free(script_run_well(&wiki, "touch stop"));
	assert_int_equal(script_wait(pusher), 0);
	print_message("%zu saves and %ld pushes in %d s; %d joined, %d in "
		      "conflict, %d sent twice\n",
		      throng.ledger.edits.len, count_pushed(),
		      (int)((clock_mono_ms() - began) / 1000), throng.joined,
		      throng.conflicts, throng.repeats);
	assert_int_equal(throng.ledger.edits.len, count_saves());
	assert_true(throng.joined > 0 && throng.conflicts > 0);
	assert_true(throng.repeats > 0);
	throng_check(&throng);
	expect_pushed();
	expect_no_damage();
	expect_versions();
	fixture_expect_whole(&wiki);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_crowd__loses_doubles_and_hides_nothing),
	};

	return cmocka_run_group_tests(tests, start_wiki, stop_wiki);
}
