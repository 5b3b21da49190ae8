/*
 * Each call that one save makes fails once, with each error that fits it:
 * "saved" is only said of what outlasts a kill, and whatever was said the
 * next save works. And: in which order a save reaches the disk.
 */
#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
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
#include "plein/fs.h"
#include "plein/mem.h"
#include "plein/rpc.h"
#include "script.h"
#include "trace.h"

#define PAGE "themas/data-voor-opgaven"
#define BIG (512UL * 1024) /* bytes of text: more than is at hand */
#define SAMPLE 4 /* in make check, of calls that are not decisive: one in … */
#define PATIENCE_MS 20000

#ifdef __SANITIZE_ADDRESS__
#define IS_SANITIZED true
#else
#define IS_SANITIZED false
#endif

static struct fixture wiki;
static struct dialog api;
static struct buf page; /* as it was saved last */
static long version;
static int n_saves;

enum weight {
	SAMPLED, /* in make check, some of them */
	DECISIVE, /* in make check with one error each */
	OF_WRITER /* the loop reads people's words, no files */
};

/* What may be refused, and with what. */
static const struct refusal {
	const char *call;
	const char *errors[4];
	enum weight weight;
} refusals[] = {
	{ "fsync", { "EIO", "ENOSPC", "EDQUOT" }, DECISIVE },
	{ "fdatasync", { "EIO", "ENOSPC", "EDQUOT" }, DECISIVE },
	{ "rename", { "EIO", "ENOSPC", "EDQUOT" }, DECISIVE },
	{ "renameat", { "EIO", "ENOSPC", "EDQUOT" }, DECISIVE },
	{ "link", { "EIO", "ENOSPC", "EDQUOT" }, DECISIVE },
	{ "openat", { "EMFILE", "EIO", "ENOSPC" }, SAMPLED },
	{ "write", { "EIO", "ENOSPC", "EDQUOT" }, SAMPLED },
	{ "pwrite64", { "EIO", "ENOSPC", "EDQUOT" }, SAMPLED },
	{ "pread64", { "EIO" }, SAMPLED },
	{ "read", { "EIO" }, OF_WRITER },
	{ "close", { "EIO" }, SAMPLED },
	{ "unlink", { "EIO" }, SAMPLED },
	{ "unlinkat", { "EIO" }, SAMPLED },
	{ "ftruncate", { "EIO", "ENOSPC" }, SAMPLED },
	{ "fchmod", { "EIO" }, SAMPLED },
	{ "mkdir", { "EIO", "ENOSPC", "EDQUOT" }, SAMPLED },
	{ "fcntl", { "EIO", "ENOLCK" }, SAMPLED },
	{ "newfstatat", { "EIO" }, SAMPLED },
};

#define N_REFUSALS (sizeof(refusals) / sizeof(refusals[0]))

/* --- a wiki and somebody who saves -------------------------------------- */

static int
start_wiki(void **state)
{
	struct proc_result r;

	(void)state;
	/* a process with a leak checker in it cannot be traced */
	(void)setenv("ASAN_OPTIONS", "detect_leaks=0", 1);
	fixture_start(&wiki);
	fixture_ssh(&wiki, "read " PAGE " --source", NULL, &r);
	assert_int_equal(r.status, 0);
	buf_init(&page);
	buf_str(&page, r.out.ptr);
	version = 1;
	proc_result_release(&r);
	dialog_api(&api, &wiki, wiki.key);
	return 0;
}

static int
stop_wiki(void **state)
{
	(void)state;
	assert_int_equal(dialog_end(&api), 0);
	assert_int_equal(fixture_stop(&wiki), 0);
	fixture_remove(&wiki);
	buf_release(&page);
	return 0;
}

static pid_t
find_wiki(void)
{
	int64_t deadline = clock_mono_ms() + PATIENCE_MS;
	pid_t pid;

	while (!(pid = fixture_find(&wiki, "pleind: wiki")))
		if (clock_mono_ms() > deadline)
			fail_msg("there is no wiki process");
	return pid;
}

/* The thread of this name, or 0. */
static pid_t
find_thread(pid_t pid, const char *name)
{
	char path[64], line[32];
	pid_t thread, found = 0;
	struct dirent *e;
	FILE *in;
	DIR *d;

	(void)snprintf(path, sizeof(path), "/proc/%d/task", (int)pid);
	d = opendir(path);
	while (d && (e = readdir(d))) {
		thread = (pid_t)strtol(e->d_name, NULL, 10);
		(void)snprintf(path, sizeof(path), "/proc/%d/task/%d/comm",
			       (int)pid, (int)thread);
		in = thread > 0 ? fopen(path, "re") : NULL;
		if (in && fgets(line, sizeof(line), in) &&
		    strncmp(line, name, strlen(name)) == 0)
			found = thread;
		if (in)
			(void)fclose(in);
	}
	if (d)
		(void)closedir(d);
	return found;
}

/* The loop is the process's first thread. */
static pid_t
find_role(bool writer)
{
	int64_t deadline = clock_mono_ms() + PATIENCE_MS;
	pid_t pid, thread;

	for (;;) {
		pid = find_wiki();
		thread = writer ? find_thread(pid, "writer") : pid;
		if (thread)
			return thread;
		if (clock_mono_ms() > deadline)
			fail_msg("the wiki process has no writer");
	}
}

/* Save number n_saves, of this text. */
static void
ask_to_save(const struct buf *text)
{
	char request[32];

	(void)snprintf(request, sizeof(request), "1ec7%06x", n_saves);
	dialog_ask(&api, n_saves, "page.save",
		   json_pack("{s:s, s:I, s:s, s:s}", "address", PAGE, "base",
			     (json_int_t)version, "text", text->ptr, "request",
			     request));
}

/* The answer: 0, or the code of an error with its reason. */
static int
hear_answer(const char *when, char why[160])
{
	char *line = dialog_line(&api);
	struct rpc_msg m;
	int code;

	why[0] = '\0';
	if (rpc_parse(&m, line, strlen(line), &code, NULL) < 0 || !m.id ||
	    json_integer_value(m.id) != n_saves)
		fail_msg("%s: save %d: \"%s\"", when, n_saves, line);
	code = m.kind == RPC_ERROR ? m.code : 0;
	if (code)
		(void)snprintf(why, 160, "%s", m.message);
	else
		assert_int_equal(json_integer_value(
					 json_object_get(m.result, "version")),
				 version + 1);
	rpc_msg_release(&m);
	free(line);
	return code;
}

static void
expect_saved(const char *when)
{
	char why[160];
	int code = hear_answer(when, why);

	if (code)
		fail_msg("%s: %s: %s", when, err_name(code), why);
}

static void
add_words(struct buf *text)
{
	buf_reset(text);
	buf_add(text, page.ptr, page.len);
	buf_printf(text, "\nKeer %d.\n", ++n_saves);
}

/* It is the newest version. */
static void
take_over(const struct buf *text)
{
	buf_reset(&page);
	buf_add(&page, text->ptr, text->len);
	version++;
}

static void
save_well(const char *when)
{
	struct buf text = BUF_INIT;

	add_words(&text);
	ask_to_save(&text);
	expect_saved(when);
	take_over(&text);
	buf_release(&text);
}

/* --- what is true ------------------------------------------------------- */

static bool
main_holds(const struct buf *text)
{
	char repo[96];
	const char *const argv[] = {
		"git", "-C", repo, "show", "main:" PAGE ".md", NULL
	};
	struct proc_result r;
	bool same;

	(void)snprintf(repo, sizeof(repo), "%.70s/spaces/agenda.git",
		       wiki.data);
	proc_run(&r, argv, NULL, NULL, PATIENCE_MS);
	same = r.status == 0 && r.out.len == text->len &&
	       memcmp(r.out.ptr, text->ptr, text->len) == 0;
	proc_result_release(&r);
	return same;
}

static void
expect_sound(const char *when)
{
	static const char script[] =
		"cd $DATA/spaces && git -C agenda.git fsck --strict --full "
		"--no-progress && n=0 && while find . -name '*.lock' -o "
		"-name '*.tmp' -o -name 'tmp_obj*' | grep .; do "
		"n=$((n+1)); [ $n -lt 500 ] || exit 9; done";
	char *out;

	if (script_run(&wiki, script, &out) != 0)
		fail_msg("%s: %s", when, out);
	free(out);
}

static void
kill_wiki(void)
{
	(void)kill(find_wiki(), SIGKILL);
}

/* It was saved, they said: whatever happens now. */
static void
expect_lasting(const char *when, const struct buf *text)
{
	kill_wiki();
	if (!main_holds(text))
		fail_msg("%s: said to be saved, and is not", when);
	take_over(text);
}

/* It was not saved, or nobody knew; it is asked once more. */
static void
expect_honest(const char *when, const struct buf *text, int code,
	      const char *why)
{
	bool moved = main_holds(text);

	if (code == PLEIN_EUNKNOWN ? !moved : moved)
		fail_msg("%s: told %s (%s), main has %smoved", when,
			 err_name(code), why, moved ? "" : "not ");
	if (code != PLEIN_EUNKNOWN && code != PLEIN_EIO &&
	    code != PLEIN_ENOSPACE && code != PLEIN_EBUSY)
		fail_msg("%s: told %s (%s)", when, err_name(code), why);
	assert_true(strlen(why) > 10);
	ask_to_save(text);
	expect_saved(when);
	take_over(text);
}

/* How often what was said. */
static struct tally {
	int runs, hits, saved, refused;
} tally;

/* Where strace tells of it. */
static const char *
refused_file(void)
{
	static char file[96];

	(void)snprintf(file, sizeof(file), "%.70s/refused", wiki.dir);
	return file;
}

static bool
was_refused(void)
{
	struct buf all = BUF_INIT;
	bool hit = fs_read_at(AT_FDCWD, refused_file(), &all, 1UL << 24,
			      NULL) == 0 &&
		   strstr(all.ptr, "(INJECTED)");

	buf_release(&all);
	return hit;
}

/* What was said is true, and all goes on. */
static void
judge(const char *when, const struct buf *text, int code, const char *why)
{
	tally.runs++;
	tally.hits += was_refused();
	tally.saved += code == 0;
	tally.refused += code != 0;
	if (code)
		expect_honest(when, text, code, why);
	else
		expect_lasting(when, text);
}

/* One save of `more` than before, with strace at that thread. */
static void
save_under(const char *when, pid_t thread, const char *const options[],
	   const char *more)
{
	struct buf text = BUF_INIT;
	size_t before = page.len;
	char why[160];
	pid_t strace;
	int code;

	add_words(&text);
	buf_str(&text, more);
	strace = trace_attach(thread, options);
	ask_to_save(&text);
	code = hear_answer(when, why);
	trace_detach(strace);
	judge(when, &text, code, why);
	page.len = *more ? before : page.len;
	page.ptr[page.len] = '\0';
	buf_release(&text);
	save_well(when);
	expect_sound(when);
}

/* --- every call of a save ----------------------------------------------- */

/* Whose calls they are. */
struct threads {
	pid_t loop, writer;
};

/* Whatever the loop did for an answer before, it has ended. */
static void
settle(void)
{
	dialog_ask(&api, 0, "session.info", NULL);
	free(dialog_line(&api));
}

/* The calls of one save of `more`, as they come. */
static void
learn(struct trace *t, const char *calls, const char *more, struct threads *of)
{
	char file[96];
	const char *const options[] = { "-f", "-y", "-s",  "64", "-o",
					file, "-e", calls, NULL };
	struct buf text = BUF_INIT;
	pid_t strace;

	(void)snprintf(file, sizeof(file), "%.70s/trace", wiki.dir);
	save_well("before all");
	of->writer = find_role(true);
	of->loop = find_wiki();
	strace = trace_attach(of->loop, options);
	add_words(&text);
	buf_str(&text, more);
	ask_to_save(&text);
	expect_saved("while traced");
	settle();
	trace_detach(strace);
	version++;
	buf_release(&text);
	trace_read(t, file);
}

static int
count_calls(const struct trace *t, pid_t thread, const char *name)
{
	const struct trace_call *c;
	size_t i;
	int n = 0;

	for (i = 0; i < t->calls.len; i++) {
		c = t->calls.items[i];
		n += c->thread == thread && strcmp(c->name, name) == 0;
	}
	return n;
}

static void
refuse_nth(const char *call, const char *error, int n, bool writer)
{
	char when[96], calls[32], how[64];
	const char *const options[] = { "-o",  refused_file(), "-e",
					calls, "-e",	       how,
					NULL };
	pid_t before;

	(void)snprintf(when, sizeof(when), "%s %d of the %s: %s", call, n,
		       writer ? "writer" : "loop", error);
	(void)snprintf(calls, sizeof(calls), "trace=%s", call);
	(void)snprintf(how, sizeof(how), "inject=%s:error=%s:when=%d", call,
		       error, n);
	before = find_wiki();
	save_under(when, find_role(writer), options, "");
	if (strcmp(call, "fsync") == 0 && strcmp(error, "EIO") == 0 &&
	    find_wiki() == before)
		fail_msg("%s: the same process went on", when);
}

/* Is it among those that make check has time for? */
static bool
is_chosen(const struct refusal *r, int i)
{
	static int turn;

	if (getenv("PLEIN_LONG"))
		return true;
	if (r->weight == DECISIVE)
		return i == 0;
	return turn++ % SAMPLE == 0;
}

static void
refuse_each(const struct refusal *r, int count, bool writer)
{
	int n, i;

	for (n = 1; n <= count; n++)
		for (i = 0; i < 4 && r->errors[i]; i++)
			if (is_chosen(r, i))
				refuse_nth(r->call, r->errors[i], n, writer);
}

static void
test_injections__a_refused_call_is_never_called_saved(void **state)
{
	struct trace t;
	const struct refusal *r;
	struct threads of;
	size_t i;

	(void)state;
	learn(&t, "trace=all", "", &of);
	for (i = 0; i < N_REFUSALS; i++) {
		r = &refusals[i];
		refuse_each(r, count_calls(&t, of.writer, r->call), true);
		if (r->weight != OF_WRITER)
			refuse_each(r, count_calls(&t, of.loop, r->call),
				    false);
	}
	trace_release(&t);
	print_message("%d of %d calls refused: %d saved all the same, %d not\n",
		      tally.hits, tally.runs, tally.saved, tally.refused);
	assert_true(tally.hits * 5 > tally.runs * 4);
	assert_true(tally.saved > 0 && tally.refused > 0);
}

/* --- memory ------------------------------------------------------------- */

static char *
make_much(void)
{
	struct buf text = BUF_INIT;

	while (text.len < BIG)
		buf_printf(&text, "Regel %zu.\n", text.len * 7919);
	return buf_take(&text);
}

/* From the n-th time a thread asks for more on, there is no more. */
static void
exhaust_from(int n, const char *more)
{
	char when[64], how[64];
	const char *const options[] = {
		"-f", "-o", refused_file(), "-e", "trace=mmap,brk", "-e",
		how,  NULL
	};

	(void)snprintf(when, sizeof(when), "no memory from %d on", n);
	(void)snprintf(how, sizeof(how),
		       "inject=mmap,brk:error=ENOMEM:when=%d+", n);
	save_under(when, find_wiki(), options, more);
}

static void
test_injections__without_memory_nothing_is_called_saved(void **state)
{
	struct trace t;
	struct threads of;
	int most, n;
	char *more;

	(void)state;
	if (IS_SANITIZED)
		skip(); /* its allocator has its own way to fail */
	more = make_much();
	tally = (struct tally){ 0 };
	learn(&t, "trace=mmap,brk", more, &of);
	most = count_calls(&t, of.writer, "mmap") +
	       count_calls(&t, of.loop, "mmap") +
	       count_calls(&t, of.writer, "brk") +
	       count_calls(&t, of.loop, "brk");
	trace_release(&t);
	assert_true(most > 0);
	for (n = 1; n <= most; n++)
		exhaust_from(n, more);
	print_message("memory ended %d times in %d saves, %d refused\n",
		      tally.hits, tally.runs, tally.refused);
	assert_true(tally.hits > 0);
	free(more);
}

/* --- the order of syncs ------------------------------------------------- */

static const struct trace_call *
expect_before(const struct trace_call *a, const struct trace_call *b)
{
	if (b->begin <= a->end)
		fail_msg("%s%s is not before %s%s", a->name, a->text, b->name,
			 b->text);
	return b;
}

/* A file of the pack is written and synced; when that has ended. */
static const struct trace_call *
find_synced(const struct trace *t, const char *file)
{
	return trace_find(t, trace_find(t, NULL, "write", file), "fsync", file);
}

static void
test_injections__a_save_is_on_the_disk_before_it_is_answered(void **state)
{
	const struct trace_call *pack, *idx, *at;
	struct trace t;
	struct threads of;

	(void)state;
	learn(&t, "trace=write,fsync,rename,renameat,sendto", "", &of);
	pack = find_synced(&t, ".pack.tmp>");
	idx = find_synced(&t, ".idx.tmp>");
	at = trace_find(&t, pack, "renameat", ".pack.tmp\"");
	(void)expect_before(idx, at);
	at = trace_find(&t, at, "renameat", ".idx.tmp\"");
	at = trace_find(&t, at, "fsync", "/objects/pack>");
	at = trace_find(&t, at, "write", "/refs/heads/main.lock>");
	at = trace_find(&t, at, "fsync", "/refs/heads/main.lock>");
	at = trace_find(&t, at, "rename", "/refs/heads/main.lock\"");
	at = trace_find(&t, at, "fsync", "/refs/heads>");
	(void)expect_before(at, trace_find(&t, NULL, "sendto", "result"));
	trace_release(&t);
}

static void
test_injections__leave_a_wiki_that_is_whole(void **state)
{
	(void)state;
	fixture_expect_whole(&wiki);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_injections__a_save_is_on_the_disk_before_it_is_answered),
		cmocka_unit_test(
			test_injections__a_refused_call_is_never_called_saved),
		cmocka_unit_test(
			test_injections__without_memory_nothing_is_called_saved),
		cmocka_unit_test(test_injections__leave_a_wiki_that_is_whole),
	};

	return cmocka_run_group_tests(tests, start_wiki, stop_wiki);
}
