/*
 * Saves in a folder of 20,000 pages, of which the pack of a save is begun
 * before anybody waits for it (server/store/spare.h): the disk is full when it
 * is to be ended, and the wiki process is killed at one call to the system
 * after the other.
 */
#include <glob.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "dialog.h"
#include "fixture.h"
#include "plein/clock.h"
#include "plein/mem.h"
#include "plein/rpc.h"
#include "script.h"
#include "trace.h"

#define ADDRESS "themas/blad-10000"
#define PATIENCE_MS 20000
#define KILLS 12
#define STRIDE 3 /* calls from one kill to the next */

/* What a save asks of the disk, and the index of it. */
#define CALLS \
	"write,pwrite64,pwritev,pwritev2,writev,fsync,fdatasync,rename," \
	"renameat,renameat2,unlink,unlinkat,fchmod,openat"

static struct fixture wiki;
static struct dialog line;
static struct buf page;
static int version; /* of the page */

/* A commit is not dated before the one it follows. */
static const char import[] =
	"cd $DATA/spaces/agenda.git && { "
	"printf 'commit refs/heads/main\\ncommitter An <an@agenda.example.nl> "
	"%s +0000\\ndata 1\\n.\\nfrom refs/heads/main^0\\n' "
	"$(git log -1 --format=%ct); "
	"seq -f %05.0f 1 20000 | while read n; do "
	"text=\"---\ntitel: Blad $n\ntype: thema\nstatus: concept\n---\n\nNog "
	"niets.\n\"; printf 'M 100644 inline themas/blad-%s.md\\ndata "
	"%d\\n%s\\n' $n ${#text} \"$text\"; done; } | "
	"MALLOC_TOP_PAD_=16777216 git fast-import --quiet && rm -f "
	"../agenda.index.db*";

static int
start_wiki(void **state)
{
	char reindex[600];

	(void)state;
	fixture_init(&wiki);
	free(script_run_well(&wiki, import));
	(void)snprintf(reindex, sizeof(reindex), "%s reindex data",
		       fixture_program("pleind"));
	free(script_run_well(&wiki, reindex));
	fixture_serve(&wiki);
	dialog_api(&line, &wiki, wiki.key);
	buf_str(&page, "---\ntitel: Blad 10000\ntype: thema\nstatus: concept\n"
		       "---\n\nNog niets.\n");
	version = 1;
	return 0;
}

static int
stop_wiki(void **state)
{
	(void)state;
	(void)dialog_end(&line);
	buf_release(&page);
	assert_int_equal(fixture_stop(&wiki), 0);
	fixture_remove(&wiki);
	return 0;
}

/* --- saving ----------------------------------------------------------------- */

static void
ask_to_save(void)
{
	char request[32];

	(void)snprintf(request, sizeof(request), "f01d%04x", version);
	dialog_ask(&line, version, "page.save",
		   json_pack("{s:s, s:i, s:s, s:s}", "address", ADDRESS, "base",
			     version, "text", page.ptr, "request", request));
}

/* 0: it is the next version now; else why not. */
static int
hear(void)
{
	char *text = dialog_line(&line);
	struct rpc_msg m;
	int code;

	if (rpc_parse(&m, text, strlen(text), &code, NULL) < 0 ||
	    json_integer_value(m.id) != version)
		fail_msg("save %d: %s", version, text);
	code = m.kind == RPC_ERROR ? m.code : 0;
	if (code == 0)
		assert_int_equal(json_integer_value(
					 json_object_get(m.result, "version")),
				 ++version);
	rpc_msg_release(&m);
	free(text);
	return code;
}

static void
save_well(void)
{
	int code;

	buf_printf(&page, "\nKeer %d.\n", version);
	ask_to_save();
	code = hear();
	if (code != 0)
		fail_msg("save %d: error %d", version, code);
}

/* --- the beginning of the next pack ----------------------------------------- */

/* Its path, when there is one. */
static bool
find_spare(char path[256])
{
	struct buf pattern = BUF_INIT;
	glob_t found;
	bool there;

	buf_printf(&pattern, "%s/spaces/agenda.git/objects/pack/spare-*",
		   wiki.data);
	there = glob(pattern.ptr, 0, NULL, &found) == 0;
	if (there) {
		assert_int_equal(found.gl_pathc, 1);
		(void)snprintf(path, 256, "%s", found.gl_pathv[0]);
	}
	globfree(&found);
	buf_release(&pattern);
	return there;
}

/* It comes behind the answer. */
static void
await_spare(char path[256])
{
	int64_t deadline = clock_mono_ms() + PATIENCE_MS;

	while (!find_spare(path)) {
		if (clock_mono_ms() > deadline)
			fail_msg("no pack is begun behind a save");
		(void)poll(NULL, 0, 20); /* nothing tells when */
	}
}

static pid_t
inject(const char *path, const char *calls, const char *how)
{
	char trace[256], rule[256];
	const char *const options[] = {
		"-f", "-o", "/dev/null",	"-e", trace,
		"-e", rule, path ? "-P" : NULL, path, NULL
	};

	(void)snprintf(trace, sizeof(trace), "trace=%s", calls);
	(void)snprintf(rule, sizeof(rule), "inject=%s:%s", calls, how);
	return trace_attach(fixture_find(&wiki, "pleind: wiki"), options);
}

/* --- what goes wrong --------------------------------------------------------- */

static void
refuse(const char *calls)
{
	char spare[256];
	pid_t strace;
	int code;

	save_well();
	await_spare(spare);
	strace = inject(spare, calls, "error=ENOSPC");
	buf_printf(&page, "\nKeer %d.\n", version);
	ask_to_save();
	code = hear();
	trace_detach(strace);
	if (code != PLEIN_ENOSPACE)
		fail_msg("%s: %d", calls, code);
	ask_to_save();
	assert_int_equal(hear(), 0);
}

static void
test_folder__a_full_disk_is_told_and_nothing_is_lost(void **state)
{
	(void)state;
	refuse("pwrite64");
	refuse("write");
	refuse("fsync");
}

/* Nothing is written before anybody waits, then: a save does it all. */
static void
test_folder__where_no_pack_can_be_begun_a_save_goes_on(void **state)
{
	char spare[256];
	pid_t strace;

	(void)state;
	save_well();
	await_spare(spare);
	save_well();
	await_spare(spare);
	strace = inject(spare, "openat", "error=ENOSPC");
	save_well();
	save_well();
	trace_detach(strace);
	save_well();
}

/* True when it was killed before its answer. */
static bool
kill_at(int call)
{
	char how[32];
	pid_t before = fixture_find(&wiki, "pleind: wiki"), strace;

	(void)snprintf(how, sizeof(how), "signal=KILL:when=%d", call);
	strace = inject(NULL, CALLS, how);
	save_well();
	trace_detach(strace);
	return fixture_find(&wiki, "pleind: wiki") != before;
}

static void
test_folder__a_kill_at_any_call_loses_nothing(void **state)
{
	int kills = 0;

	(void)state;
	for (int i = 0; i < KILLS; i++)
		kills += kill_at(1 + i * STRIDE);
	print_message("%d kills\n", kills);
	assert_true(kills >= KILLS / 2);
}

/* The last of all. */
static void
test_folder__all_of_it_is_whole(void **state)
{
	struct proc_result r;
	char spare[256];

	(void)state;
	save_well();
	await_spare(spare); /* one, and none that a killed process left */
	fixture_ssh(&wiki, "read " ADDRESS " --source", NULL, &r);
	assert_int_equal(r.status, 0);
	assert_string_equal(r.out.ptr, page.ptr);
	proc_result_release(&r);
	fixture_expect_whole(&wiki);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_folder__a_full_disk_is_told_and_nothing_is_lost),
		cmocka_unit_test(
			test_folder__where_no_pack_can_be_begun_a_save_goes_on),
		cmocka_unit_test(test_folder__a_kill_at_any_call_loses_nothing),
		cmocka_unit_test(test_folder__all_of_it_is_whole),
	};

	return cmocka_run_group_tests(tests, start_wiki, stop_wiki);
}
