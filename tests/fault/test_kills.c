/*
 * The wiki process is killed at any moment while several people save on the
 * same pages: what was acknowledged is there, once, and nobody mends anything
 * by hand. Maintenance is begun again and again and goes on while the process
 * that asked for it dies; now and then it may end. After so many kills
 * everything is looked at, and a new wiki begins.
 */
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "fixture.h"
#include "plein/clock.h"
#include "script.h"
#include "throng.h"

#define WRITERS 8
#define PAGES 5
#define CONNECTIONS 4
#define ACCOUNTS 2
#define ROUND 8 /* saves, in the middle of which it is killed */
#define PATIENCE_MS 20000
#define KILLS 200
#define KILLS_LONG 10000
#define KILLS_ONE 1000 /* of one wiki, most */
#define MAINTAIN 20 /* kills from one beginning of maintenance to the next */
#define MAINTAIN_WHOLE 100 /* from one that is waited for to the next */

static struct fixture wiki;
static bool is_open;
static struct throng throng;

/* The next kill. */
static struct blow {
	pid_t victim, last;
	int64_t began, moment; /* µs of a round */
	int64_t usual; /* what a round takes without */
	int n; /* of this wiki */
} blow;

static pid_t maintaining; /* 0: nobody asked for it */

static void
open_wiki(unsigned seed)
{
	memset(&blow, 0, sizeof(blow));
	memset(&wiki, 0, sizeof(wiki));
	fixture_init(&wiki);
	is_open = true;
	throng_accounts(&throng, &wiki, ACCOUNTS);
	throng.seed = seed;
	fixture_serve(&wiki);
	throng_open(&throng, CONNECTIONS, WRITERS, PAGES);
}

static void
close_wiki(void)
{
	is_open = false;
	throng_close(&throng);
	assert_int_equal(fixture_stop(&wiki), 0);
	fixture_remove(&wiki);
}

/* A test that failed leaves it open. */
static int
drop_wiki(void **state)
{
	(void)state;
	if (is_open)
		close_wiki();
	return 0;
}

static int64_t
now_us(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t); /* cannot fail */
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void
strike(void)
{
	assert_int_equal(kill(blow.victim, SIGKILL), 0);
	blow.last = blow.victim;
	blow.victim = 0;
	blow.n++;
}

/* For throng.h: between answers, the time may have come. */
static int
strike_in_time(void *ctx)
{
	int64_t left = blow.began + blow.moment - now_us();

	(void)ctx;
	if (!blow.victim)
		return 1000;
	if (left <= 0) {
		strike();
		return 1000;
	}
	return (int)(left / 1000);
}

static void
find_victim(void)
{
	int64_t deadline = clock_mono_ms() + PATIENCE_MS;

	do {
		if (clock_mono_ms() > deadline)
			fail_msg("no wiki process after kill %d", blow.n);
		blow.victim = fixture_find(&wiki, "pleind: wiki");
	} while (!blow.victim || blow.victim == blow.last);
}

/* Files that would be in the way; maintenance has some for a moment. */
static void
expect_no_locks(void)
{
	const char *const argv[] = { "find",   wiki.data, "(",	      "-name",
				     "*.lock", "-o",	  "-name",    "*.tmp",
				     "-o",     "-name",	  "tmp_obj*", ")",
				     NULL };
	int64_t deadline = clock_mono_ms() + PATIENCE_MS;
	struct proc_result r;

	for (;;) {
		proc_run(&r, argv, NULL, NULL, PATIENCE_MS);
		if (r.out.len == 0)
			break;
		if (clock_mono_ms() > deadline)
			fail_msg("after kill %d: %s", blow.n, r.out.ptr);
		proc_result_release(&r);
	}
	proc_result_release(&r);
}

/* So that the log never fills its pipe. */
static void
read_log(void)
{
	if (fixture_log_holds(&wiki, "Sanitizer"))
		fail_msg("%s", wiki.seen.ptr);
	buf_reset(&wiki.seen);
}

/* It may end with the process it asks, or later; that is not judged. */
static void
begin_maintenance(void)
{
	char line[128];

	(void)snprintf(line, sizeof(line), "%s maintain data",
		       fixture_program("pleind"));
	if (maintaining)
		(void)script_wait(maintaining);
	maintaining = script_start(&wiki, line, "maintain.log");
}

/* Without it packs would only grow in number. */
static void
maintain_whole(void)
{
	begin_maintenance();
	if (script_wait(maintaining) != 0)
		fail_msg("after kill %d: %s", blow.n,
			 script_run_well(&wiki, "cat maintain.log"));
	maintaining = 0;
}

static void
save_and_kill(void)
{
	find_victim();
	blow.moment = (int64_t)throng_choose(
		&throng, (unsigned)(blow.usual + blow.usual / 4));
	if (blow.n % MAINTAIN == 0)
		begin_maintenance();
	blow.began = now_us();
	throng_save(&throng, ROUND);
	if (blow.victim)
		strike();
	expect_no_locks();
	if (blow.n % 50 == 0)
		read_log();
	if (blow.n % MAINTAIN_WHOLE == 0)
		maintain_whole();
}

static void
measure_round(void)
{
	int64_t began = now_us();

	throng_save(&throng, ROUND);
	blow.usual = now_us() - began;
}

/* While git reads, nothing may be taken away from under it. */
static void
expect_no_damage(void)
{
	free(script_run_well(&wiki, "cd $DATA/spaces/agenda.git && "
				    "flock -s objects git fsck --strict --full "
				    "--no-dangling --no-progress"));
	fixture_expect_whole(&wiki);
}

static void
rage(int kills)
{
	int64_t began = clock_mono_ms();

	measure_round();
	measure_round();
	throng.tick = strike_in_time;
	while (blow.n < kills)
		save_and_kill();
	throng.tick = NULL;
	if (maintaining)
		(void)script_wait(maintaining);
	maintaining = 0;
	measure_round();
	print_message("%d kills in %zu saves, %d s; %d in doubt, %d joined, "
		      "%d in conflict\n",
		      blow.n, throng.ledger.edits.len,
		      (int)((clock_mono_ms() - began) / 1000), throng.doubts,
		      throng.joined, throng.conflicts);
	assert_int_equal(throng.ledger.edits.len, (kills + 3) * ROUND);
	throng_check(&throng);
	expect_no_damage();
}

/* PLEIN_KILLS is for who has an hour, or ten. */
static int
count_kills(void)
{
	const char *said = getenv("PLEIN_KILLS");

	if (said)
		return (int)strtol(said, NULL, 10);
	return getenv("PLEIN_LONG") ? KILLS_LONG : KILLS;
}

static void
test_kills__lose_nothing_and_leave_no_locks(void **state)
{
	int left = count_kills(), part;

	(void)state;
	for (; left > 0; left -= part) {
		part = left < KILLS_ONE ? left : KILLS_ONE;
		open_wiki((unsigned)left);
		rage(part);
		close_wiki();
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kills__lose_nothing_and_leave_no_locks),
	};

	return cmocka_run_group_tests(tests, NULL, drop_wiki);
}
