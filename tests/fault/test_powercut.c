/*
 * The power goes during a save. From a trace of one save follows what a disk
 * may hold at each moment: what was synced, and of the rest any part. Each
 * such state is made, and served.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "fixture.h"
#include "plein/buf.h"
#include "script.h"
#include "trace.h"

#define STATES 729 /* ways three files may be: 9 each */

/* A file of the save, from its first byte until its name is durable. */
static struct file {
	const char *call; /* that gives it its name */
	char path[96]; /* below the repository */
	const char *temporary; /* what stands behind the name until then */
	const char *folder; /* as strace writes it */
	const struct trace_call *written, *synced, *named, *durable;
} files[] = {
	{ .call = "renameat", .temporary = ".tmp", .folder = "/objects/pack>" },
	{ .call = "renameat", .temporary = ".tmp", .folder = "/objects/pack>" },
	{ .call = "rename", .temporary = ".lock", .folder = "/refs/heads>" },
};

#define FILES 3
#define REF 2

enum name { ABSENT, TEMPORARY, FINAL, NAMES };
enum content { EMPTY, HALF, FULL, CONTENTS };

static const char *const contents[CONTENTS] = { "empty", "half", "full" };

struct state {
	enum name names[FILES];
	enum content contents[FILES];
};

static struct fixture wiki;
static struct trace trace;
static size_t answered; /* place in the trace */
static bool known[2][STATES]; /* states tried, before the answer and after */
static int tried;
static pid_t serving; /* 0: nobody */

static int
start_wiki(void **state)
{
	(void)state;
	/* a process with a leak checker in it cannot be traced */
	(void)setenv("ASAN_OPTIONS", "detect_leaks=0", 1);
	fixture_start(&wiki);
	serving = wiki.pid;
	return 0;
}

static int
remove_wiki(void **state)
{
	(void)state;
	trace_release(&trace);
	if (serving) /* a test failed */
		(void)kill(serving, SIGTERM);
	fixture_remove(&wiki);
	return 0;
}

static void
run(const struct fixture *f, const char *script)
{
	free(script_run_well(f, script));
}

/* --- the save ----------------------------------------------------------- */

static void
save_and_trace(void)
{
	char file[96];
	const char *const options[] = {
		"-f", "-y", "-s", "200",
		"-o", file, "-e", "trace=write,fsync,rename,renameat,sendto",
		NULL
	};
	pid_t strace;

	(void)snprintf(file, sizeof(file), "%.70s/trace", wiki.dir);
	run(&wiki, "P=themas/common-ground; A='-T 127.0.0.1'\n"
		   "$SSH $A read $P --source >t1 &&"
		   "(cat t1; echo; echo Twee.) >t2 &&"
		   "(cat t2; echo; echo Drie.) >t3 &&"
		   "$SSH $A save $P --base 1 <t2 && cp -a $DATA before");
	strace = trace_attach(fixture_find(&wiki, "pleind: wiki"), options);
	run(&wiki, "$SSH -T 127.0.0.1 save themas/common-ground --base 2 <t3 "
		   "&& $SSH -T 127.0.0.1 whoami");
	trace_detach(strace);
	run(&wiki, "cp -a $DATA after");
	trace_read(&trace, file);
}

/* The name a pack gets, from "…/objects/pack>, "pack-….pack.tmp", …". */
static void
name_pack(struct file *f, const char *ending)
{
	const char *at = strstr(f->named->text, "\"pack-");

	assert_non_null(at);
	(void)snprintf(f->path, sizeof(f->path), "objects/pack/%.45s%s", at + 1,
		       ending);
}

static void
follow_file(struct file *f, const char *part)
{
	f->written = trace_find(&trace, NULL, "write", part);
	f->synced = trace_find(&trace, f->written, "fsync", part);
	f->named = trace_find(&trace, f->written, f->call, part);
	f->durable = trace_find(&trace, f->named, "fsync", f->folder);
}

static void
follow_files(void)
{
	const struct trace_call *said;

	follow_file(&files[0], ".pack.tmp");
	name_pack(&files[0], ".pack");
	follow_file(&files[1], ".idx.tmp");
	name_pack(&files[1], ".idx");
	follow_file(&files[REF], "refs/heads/main.lock");
	(void)snprintf(files[REF].path, sizeof(files[REF].path),
		       "refs/heads/main");
	said = trace_find(&trace, NULL, "sendto", "\\\"version\\\"");
	answered = said->begin;
}

/* --- what a disk may hold ----------------------------------------------- */

static bool
may_hold(const struct file *f, size_t cut, enum name name, enum content content)
{
	if (name == ABSENT)
		return content == EMPTY && cut < f->durable->end;
	if (cut < f->written->begin)
		return false;
	if (content != FULL && cut >= f->synced->end)
		return false;
	if (name == FINAL)
		return cut >= f->named->begin;
	return cut < f->durable->end;
}

static void
decode(int number, struct state *s)
{
	int i;

	for (i = 0; i < FILES; i++) {
		s->names[i] = (enum name)(number % NAMES);
		number /= NAMES;
		s->contents[i] = (enum content)(number % CONTENTS);
		number /= CONTENTS;
	}
}

static bool
is_possible(const struct state *s, size_t cut)
{
	int i;

	for (i = 0; i < FILES; i++)
		if (!may_hold(&files[i], cut, s->names[i], s->contents[i]))
			return false;
	return true;
}

static void
word_state(struct buf *out, const struct state *s)
{
	const struct file *f;
	int i;

	for (i = 0; i < FILES; i++) {
		f = &files[i];
		if (s->names[i] != ABSENT)
			buf_printf(out, "put %s %s%s %s\n", f->path, f->path,
				   s->names[i] == FINAL ? "" : f->temporary,
				   contents[s->contents[i]]);
	}
}

static void
make_state(const struct fixture *f, const char *words, bool old_index)
{
	struct buf script = BUF_INIT;

	buf_printf(&script,
		   "rm -rf $DATA; cp -a before $DATA\n"
		   "put() { from=after/spaces/agenda.git/$1\n"
		   "to=$DATA/spaces/agenda.git/$2; rm -f $to; case $3 in\n"
		   "full) cp $from $to;; empty) : >$to;;\n"
		   "half) head -c $(($(wc -c <$from) / 2)) $from >$to;; "
		   "esac; }\n%s\n%s",
		   words,
		   old_index ? "true" : "cp after/spaces/*.db* $DATA/spaces");
	run(f, script.ptr);
	buf_release(&script);
}

/* It serves what it should, takes the next save, and is whole. */
static void
serve_state(struct fixture *f, bool moved)
{
	char script[700];

	fixture_serve(f);
	serving = f->pid;
	(void)snprintf(
		script, sizeof(script),
		"P=themas/common-ground; A='-T 127.0.0.1'; R=$DATA/spaces\n"
		"$SSH $A read $P --source >now && cmp now t%d &&"
		"echo Later. >>now && [ $($SSH $A save $P --base %d <now) = %d "
		"] && git -C $R/agenda.git fsck --strict --full --no-progress "
		"&& git -C $R/agenda.git show main:$P.md | cmp - now &&"
		"! find $R -name '*.lock' -o -name '*.tmp' | grep .",
		moved ? 3 : 2, moved ? 3 : 2, moved ? 4 : 3);
	run(f, script);
	serving = 0;
	assert_int_equal(fixture_stop(f), 0);
}

static void
try_state(int number, bool acknowledged)
{
	struct fixture cut = wiki;
	struct buf words = BUF_INIT;
	struct state s;
	bool moved;

	decode(number, &s);
	moved = s.names[REF] == FINAL;
	word_state(&words, &s);
	if (acknowledged && !moved)
		fail_msg("acknowledged and lost:\n%s", words.ptr);
	(void)snprintf(cut.data, sizeof(cut.data), "%.60s/cut", wiki.dir);
	buf_init(&cut.seen);
	make_state(&cut, words.ptr, tried++ % 2);
	serve_state(&cut, moved);
	buf_release(&cut.seen);
	buf_release(&words);
}

static void
try_cut(size_t cut)
{
	bool acknowledged = cut >= answered;
	struct state s;
	int number;

	for (number = 0; number < STATES; number++) {
		decode(number, &s);
		if (known[acknowledged][number] || !is_possible(&s, cut))
			continue;
		known[acknowledged][number] = true;
		try_state(number, acknowledged);
	}
}

static void
test_powercut__leaves_a_save_or_none(void **state)
{
	const struct trace_call *c;
	size_t i;

	(void)state;
	if (!trace_possible())
		skip();
	save_and_trace();
	follow_files();
	serving = 0;
	assert_int_equal(fixture_stop(&wiki), 0);
	for (i = 0; i < trace.calls.len; i++) {
		c = trace.calls.items[i];
		try_cut(c->begin);
		try_cut(c->end);
	}
	print_message("%d states a disk may be left in\n", tried);
	assert_true(tried > 10);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_powercut__leaves_a_save_or_none),
	};

	return cmocka_run_group_tests(tests, start_wiki, remove_wiki);
}
