/*
 * Pushes while things break: the wiki process dies in the middle, people
 * save and push at the same time, the bytes that come in are made to harm;
 * and in which order a push reaches the disk.
 */
#include <fcntl.h>
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
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "plein/clock.h"
#include "plein/mem.h"
#include "script.h"
#include "served.h"
#include "trace.h"

#define PATIENCE_MS 240000

static char *
run_well(const char *script)
{
	return script_run_well(&wiki, script);
}

#define WELL(script) free(run_well(script))

/* --- the wiki process dies -------------------------------------------- */

static void
kill_wiki_process(void)
{
	pid_t pid = fixture_find(&wiki, "pleind: wiki");

	if (pid > 0)
		(void)kill(pid, SIGKILL);
}

/* Until the log holds so many more of these, or the push has ended. */
static void
wait_for_event(const char *event, pid_t pid)
{
	int64_t deadline = clock_mono_ms() + PATIENCE_MS;
	siginfo_t info = { .si_pid = 0 };

	while (!fixture_log_holds(&wiki, event) && clock_mono_ms() < deadline) {
		(void)waitid(P_PID, (id_t)pid, &info,
			     WEXITED | WNOHANG | WNOWAIT);
		if (info.si_pid == pid)
			return;
	}
}

static void
test_push_faults__a_dead_wiki_process_leaves_all_or_nothing(void **state)
{
	static const char *const moments[] = {
		"\"kind\":\"receive\"",
		"\"push.judge\"",
		"\"push.follow\"",
		"\"exit\"",
	};
	char script[600], *out;
	pid_t pid;
	int i, ended;

	(void)state;
	WELL("git clone -q $URL val");
	for (i = 0; i < 8; i++) {
		buf_reset(&wiki.seen);
		(void)snprintf(script, sizeof(script),
			       "cd val && echo %d > themas/val.md &&"
			       "git add . && git commit -qm %d &&"
			       "git push origin main",
			       i, i);
		pid = script_start(&wiki, script, "val.log");
		wait_for_event(moments[i % 4], pid);
		kill_wiki_process();
		ended = script_wait(pid);
		/* The next one answers; git and the wiki agree on main. */
		out = run_well("$SSH -T 127.0.0.1 whoami && cd val &&"
			       "git fetch -q && git log -1 --format=%s "
			       "origin/main");
		(void)snprintf(script, sizeof(script), "\n%d\n", i);
		if (ended == 0 && !strstr(out, script))
			fail_msg("round %d: git said ok, main is at %s", i,
				 out);
		free(out);
		WELL("cd val && git push -q origin main;"
		     "git status -sb | grep -q ahead && exit 1;"
		     "! ls $DATA/spaces/agenda.git/objects | grep incoming;"
		     "! find $DATA/spaces/agenda.git/refs -name '*.lock' |"
		     "grep lock");
	}
	out = run_well("$SSH -T 127.0.0.1 log themas/val | wc -l;"
		       "git -C $DATA/spaces/agenda.git fsck --strict");
	assert_int_equal(strncmp(out, "8\n", 2), 0);
	free(out);
}

/* --- everybody at once ------------------------------------------------ */

static const char pushing[] =
	"git clone -q $URL $ME && cd $ME || exit 1\n"
	"for i in 1 2 3 4; do\n"
	"  echo $ME $i > themas/$ME-$i.md; git add .; git commit -qm $ME-$i\n"
	"  n=0; until git push -q origin main 2>> ../$ME.said; do\n"
	"    n=$((n+1)); [ $n -gt 60 ] && exit 2\n"
	"    git pull -q --rebase origin main || exit 3\n"
	"  done\n"
	"done\n";

static const char saving[] =
	"v=1; for i in 1 2 3 4 5 6 7 8 9 10 11 12; do\n"
	"  echo \"regel $i\" | $SSH -T 127.0.0.1 save begrippen/race "
	"--base $v --note s-$i || exit 1\n"
	"  v=$((v+1))\n"
	"done\n";

static void
test_push_faults__pushes_and_saves_at_once_lose_nothing(void **state)
{
	struct buf a = BUF_INIT, b = BUF_INIT;
	struct proc_result r;
	pid_t first, second, third;
	char *out, want[32];
	int i;

	(void)state;
	fixture_ssh(&wiki, "create begrippen/race --kind begrip --title Race",
		    "regel 0\n", &r);
	if (r.status != 0)
		fail_msg("%s", r.err.ptr);
	proc_result_release(&r);
	buf_printf(&a, "ME=an\n%s", pushing);
	buf_printf(&b, "ME=bo\n%s", pushing);
	first = script_start(&wiki, a.ptr, "an.log");
	second = script_start(&wiki, b.ptr, "bo.log");
	third = script_start(&wiki, saving, "race.log");
	assert_int_equal(script_wait(first), 0);
	assert_int_equal(script_wait(second), 0);
	if (script_wait(third) != 0)
		fail_msg("a save was refused: %s", run_well("cat race.log"));
	out = run_well("git -C $DATA/spaces/agenda.git log --format=%s.");
	for (i = 1; i <= 12; i++) {
		(void)snprintf(want, sizeof(want), "s-%d.\n", i);
		assert_non_null(strstr(out, want));
		(void)snprintf(want, sizeof(want), "%s-%d.\n",
			       i % 2 ? "an" : "bo", (i + 1) / 2);
		if (i <= 8 && !strstr(out, want))
			fail_msg("%s is not in main:\n%s", want, out);
	}
	free(out);
	out = run_well("$SSH -T 127.0.0.1 log begrippen/race | wc -l");
	assert_string_equal(out, "13\n");
	free(out);
	WELL("git -C $DATA/spaces/agenda.git fsck --strict &&"
	     "[ -z \"$(git -C $DATA/spaces/agenda.git log --merges)\" ]");
	buf_release(&a);
	buf_release(&b);
}

/* --- bytes that are made to harm -------------------------------------- */

/* Objects by git's own tools, with what those do not check. */
static const char *const hostile[] = {
	/* trees */
	"t=$(printf '100644 a.md\\0%b' \"$B\" | tree)",
	"t=$(printf '0100644 index.md\\0%b' \"$B\" | tree)",
	"t=$(printf '100644 index.md\\0%b100644 index.md\\0%b' \"$B\" \"$B\" |"
	" tree)",
	"t=$(printf '100644 themas/a.md\\0%b' \"$B\" | tree)",
	"t=$(printf '40000 themas\\0%b' \"$EMPTY\" | tree)",
	"t=$(printf '40000 .git\\0%b' \"$T\" | tree)",
	"t=$(printf '40000 .GIT\\0%b' \"$T\" | tree)",
	"t=$(printf '40000 ..\\0%b' \"$T\" | tree)",
	"t=$(printf '40000 git~1\\0%b' \"$T\" | tree)",
	"t=$(printf '120000 index.md\\0%b' \"$B\" | tree)",
	"t=$(printf '100755 index.md\\0%b' \"$B\" | tree)",
	"t=$(printf '100664 index.md\\0%b' \"$B\" | tree)",
	"t=$(printf '120000 .gitmodules\\0%b' \"$B\" | tree)",
	"t=$(printf '100644 index.md\\0%b' \"$T\" | tree)",
	"t=$(printf '40000 themas\\0%b' \"$B\" | tree)",
	"t=$(printf '100644 \\033]0;x\\007\\0%b' \"$B\" | tree)",
	"t=$(printf 'rommel' | tree)",
	/* commits */
	"c=$(head_of | sed 's/^author .*/author T <t@x> 1 +0000/' | commit)",
	"c=$(head_of | sed '/^author /d' | commit)",
	"c=$(head_of | sed 's/^committer .*/committer T <t@x> 99999999999 "
	"+0000/' | commit)",
	"c=$(head_of | sed 's/^committer .*/committer T <t@x> "
	"99999999999999999999 +0000/' | commit)",
	"c=$(head_of | sed 's/^committer .*/committer T <t@x> -1 +0000/' |"
	" commit)",
	"c=$( (head_of; printf 'a\\0b') | commit)",
	"c=$( (head_of; printf 'a\\033[2J') | commit)",
	"c=$(head_of | sed 's/^parent.*/&\\n&/' | commit)",
	"c=$(head_of | sed '/^parent/d' | commit)",
	"c=$(head_of | sed 's/^tree.*/tree "
	"0123456789012345678901234567890123456789/' | commit)",
	"c=$(printf 'rommel' | commit)",
};

static const char forging[] =
	"[ -d boos ] || git clone -q $URL boos; cd boos || exit 9\n"
	"oct() { printf '%s' $1 | sed 's/../& /g' | tr ' ' '\\n' |"
	" while read h; do [ -n \"$h\" ] && printf '\\\\0%03o' 0x$h; done; }\n"
	"tree() { git hash-object -t tree --literally -w --stdin; }\n"
	"commit() { git hash-object -t commit --literally -w --stdin; }\n"
	"head_of() { echo tree $GOOD; echo parent $(git rev-parse HEAD);"
	"echo \"author T <$GIT_AUTHOR_EMAIL> $(date +%s) +0000\";"
	"echo \"committer T <t@x> $(date +%s) +0000\"; echo; echo x; }\n"
	"GOOD=$(git rev-parse HEAD^{tree}); T=$(oct $GOOD)\n"
	"B=$(oct $(echo tekst | git hash-object -w --stdin))\n"
	"EMPTY=$(oct 4b825dc642cb6eb9a060e54bf8d69288fbee4904)\n"
	"c=; t=\n";

static void
test_push_faults__objects_no_git_makes_are_refused(void **state)
{
	struct buf script = BUF_INIT;
	char *before, *after, *out;
	size_t i;

	(void)state;
	before = run_well("git -C $DATA/spaces/agenda.git rev-parse main");
	for (i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++) {
		buf_reset(&script);
		buf_printf(&script,
			   "%s%s\n[ -n \"$t\" ] && c=$(git commit-tree -p HEAD "
			   "-m x $t)\n[ -n \"$c\" ] || { echo niet gemaakt; "
			   "exit 8; }\n"
			   "git push -q origin $c:refs/heads/main",
			   forging, hostile[i]);
		if (script_run(&wiki, script.ptr, &out) == 0)
			fail_msg("passes: %s\n%s", hostile[i], out);
		if (strstr(out, "niet gemaakt"))
			fail_msg("was not made: %s\n%s", hostile[i], out);
		free(out);
	}
	after = run_well("git -C $DATA/spaces/agenda.git rev-parse main;"
			 "$SSH -T 127.0.0.1 whoami >/dev/null");
	assert_string_equal(after, before);
	free(after);
	free(before);
	buf_release(&script);
}

/* What git sends for one good commit, from ready files. */
static void
make_pack(struct buf *pack, char old[41], char tip[41])
{
	char *ids = run_well(
		"[ -d heel ] || git clone -q $URL heel; cd heel &&"
		"git fetch -q && git reset -q --hard origin/main &&"
		"echo heel > themas/heel.md && git add . &&"
		"git commit -qm heel && git rev-parse origin/main HEAD &&"
		"printf 'HEAD\\n^origin/main\\n' |"
		"git pack-objects -q --revs --stdout > ../heel.pack");
	char path[128];
	FILE *in;

	assert_int_equal(sscanf(ids, "%40s\n%40s", old, tip), 2);
	(void)snprintf(path, sizeof(path), "%s/heel.pack", wiki.dir);
	in = fopen(path, "re");
	assert_non_null(in);
	pack->len = fread(buf_room(pack, 65536), 1, 65536, in);
	assert_true(pack->len > 50 && pack->len < 65536);
	(void)fclose(in);
	free(ids);
}

/* Speak git's protocol by hand; all that came back. */
static void
send_pack(const struct buf *pack, const char *old, const char *tip,
	  struct proc_result *r)
{
	const char *const extra[] = { "-T", "127.0.0.1",
				      "git-receive-pack '/agenda'", NULL };
	const char *argv[FIXTURE_ARGS];
	struct buf input = BUF_INIT, line = BUF_INIT;

	buf_printf(&line, "%s %s refs/heads/main", old, tip);
	buf_char(&line, '\0');
	buf_str(&line, " report-status");
	buf_printf(&input, "%04zx", line.len + 4);
	buf_add(&input, line.ptr, line.len);
	buf_str(&input, "0000");
	buf_add(&input, pack->ptr, pack->len);
	(void)fixture_ssh_argv(&wiki, wiki.key, extra, argv);
	proc_run(r, argv, NULL, &input, 60000);
	buf_release(&input);
	buf_release(&line);
}

static bool
was_taken(const struct proc_result *r)
{
	return memmem(r->out.ptr, r->out.len, "ok refs/heads/main", 18) != NULL;
}

static void
test_push_faults__spoilt_packs_are_refused(void **state)
{
	struct buf pack = BUF_INIT, spoilt = BUF_INIT;
	struct proc_result r;
	char old[41], tip[41];
	size_t at;
	int i;

	(void)state;
	make_pack(&pack, old, tip);
	for (i = 0; i < 40; i++) {
		buf_reset(&spoilt);
		buf_add(&spoilt, pack.ptr, pack.len);
		at = (size_t)(i * 7919) % pack.len;
		if (i % 4 == 0)
			spoilt.len = at; /* cut off */
		else if (i % 4 == 1) /* says there are more, or fewer */
			spoilt.ptr[8 + i % 4] ^= (char)(1 << (i % 8));
		else
			spoilt.ptr[at] ^= (char)(1 << (i % 8));
		send_pack(&spoilt, old, tip, &r);
		if (was_taken(&r))
			fail_msg("pack %d is taken", i);
		proc_result_release(&r);
	}
	send_pack(&pack, old, tip, &r);
	assert_true(was_taken(&r));
	proc_result_release(&r);
	buf_release(&pack);
	buf_release(&spoilt);
}

/* A file of 100 MB in a pack of 100 kB. */
static void
test_push_faults__a_pack_that_swells_is_refused(void **state)
{
	char *out;

	(void)state;
	assert_int_not_equal(
		script_run(&wiki,
			   "rm -rf groot; git clone -q $URL groot; cd groot;"
			   "mkdir -p bijlagen/themas/x;"
			   "truncate -s 100M bijlagen/themas/x/groot.pdf;"
			   "git add . && git commit -qm x &&"
			   "git push origin main",
			   &out),
		0);
	if (!strstr(out, "te groot"))
		fail_msg("%s", out);
	free(out);
}

/* --- the order of syncs ----------------------------------------------- */

static void
test_push_faults__is_on_the_disk_before_git_says_ok(void **state)
{
	char file[128];
	const char *const options[] = {
		"-f", "-o", file, "-y",
		"-s", "80", "-e", "trace=fsync,syncfs,rename,link,write",
		NULL
	};
	const struct trace_call *at;
	struct trace t;
	pid_t strace;

	(void)state;
	if (!trace_possible())
		skip();
	(void)snprintf(file, sizeof(file), "%s/trace", wiki.dir);
	WELL("git clone -q $URL spoor && cd spoor && echo x > themas/spoor.md "
	     "&& git add . && git commit -qm x");
	strace = trace_attach(wiki.pid, options);
	WELL("cd spoor && git push -q origin main");
	trace_detach(strace);
	trace_read(&t, file);
	/* each object; their folders; the ref; its folder; git's word */
	at = trace_find(&t, NULL, "fsync", "objects/tmp_objdir-incoming");
	at = trace_find(&t, at, "link", "\"./objects/tmp_objdir-incoming");
	at = trace_find(&t, at, "fsync", "refs/heads/main.lock>");
	at = trace_find(&t, at, "syncfs", "");
	at = trace_find(&t, at, "rename", "refs/heads/main.lock\"");
	at = trace_find(&t, at, "syncfs", "");
	(void)trace_find(&t, at, "write", "ok refs/heads/main");
	trace_release(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_push_faults__a_dead_wiki_process_leaves_all_or_nothing),
		cmocka_unit_test(
			test_push_faults__pushes_and_saves_at_once_lose_nothing),
		cmocka_unit_test(
			test_push_faults__objects_no_git_makes_are_refused),
		cmocka_unit_test(test_push_faults__spoilt_packs_are_refused),
		cmocka_unit_test(
			test_push_faults__a_pack_that_swells_is_refused),
		cmocka_unit_test(
			test_push_faults__is_on_the_disk_before_git_says_ok),
	};

	return cmocka_run_group_tests(tests, start_wiki, stop_wiki);
}
