/*
 * Things that break while people work: the wiki process dies, the disk or a
 * page is full, a client stops reading.
 */
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
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "dialog.h"
#include "plein/clock.h"
#include "plein/mem.h"
#include "plein/rpc.h"
#include "screen.h"
#include "served.h"
#include "trace.h"

static void
see(struct screen *s, const char *text)
{
	struct buf all = BUF_INIT;

	if (screen_wait(s, text))
		return;
	screen_text(s, &all);
	fail_msg("\"%s\" never came:\n%s", text, all.ptr);
}

static void
kill_wiki_process(void)
{
	pid_t pid = fixture_find(&wiki, "pleind: wiki");

	assert_true(pid > 0);
	assert_int_equal(kill(pid, SIGKILL), 0);
}

static char *
source_of(const char *page)
{
	char line[128];
	struct proc_result r;

	(void)snprintf(line, sizeof(line), "read %s --source", page);
	fixture_ssh(&wiki, line, NULL, &r);
	if (r.status != 0)
		fail_msg("%s: %d %s", line, r.status, r.err.ptr);
	buf_release(&r.err);
	return buf_take(&r.out);
}

static void
test_faults__a_session_survives_the_wiki_process(void **state)
{
	const char *const extra[] = { "themas/common-ground", NULL };
	struct screen *s = screen_open(&wiki, 24, 80, NULL, extra);
	char *text;

	(void)state;
	see(s, "b Bewerken");
	screen_type(s, "b");
	see(s, "Ctrl-S Opslaan");
	screen_type(s, "Voor de val. ");
	see(s, "Voor de val.");
	kill_wiki_process();
	screen_type(s, "Na de val. ");
	see(s, "Voor de val. Na de val.");
	screen_type(s, "\x13");
	see(s, "Wat heb je gewijzigd en waarom?");
	screen_type(s, "\r");
	see(s, "Opgeslagen als versie 2.");
	screen_type(s, "\x11");
	(void)screen_close(s);
	text = source_of("themas/common-ground");
	assert_non_null(strstr(text, "Voor de val. Na de val. "));
	free(text);
}

/*
 * strace that meddles with these calls of the wiki process, only those on
 * `path` unless that is NULL; for trace_detach().
 */
static pid_t
inject_on(const char *path, const char *calls, const char *how)
{
	char trace[64], rule[96];
	const char *const options[] = {
		"-f", "-o", "/dev/null",	"-e", trace,
		"-e", rule, path ? "-P" : NULL, path, NULL
	};

	(void)snprintf(trace, sizeof(trace), "trace=%s", calls);
	(void)snprintf(rule, sizeof(rule), "inject=%s:%s", calls, how);
	return trace_attach(fixture_find(&wiki, "pleind: wiki"), options);
}

static pid_t
inject(const char *calls, const char *how)
{
	return inject_on(NULL, calls, how);
}

/* page.save number `n` of this text, with its line added. */
static void
ask_to_save(struct dialog *d, struct buf *page, int n)
{
	char request[32];

	buf_printf(page, "\nKeer %d.\n", n);
	(void)snprintf(request, sizeof(request), "a91e%04x", n);
	dialog_ask(d, n, "page.save",
		   json_pack("{s:s, s:i, s:s, s:s}", "address",
			     "themas/data-voor-opgaven", "base", n, "text",
			     page->ptr, "request", request));
}

/* The answer to it: saved, as the next version. */
static void
hear_it_is_saved(struct dialog *d, int n)
{
	char *line = dialog_line(d);
	struct rpc_msg m;
	int code;

	if (rpc_parse(&m, line, strlen(line), &code, NULL) < 0 ||
	    m.kind != RPC_RESULT || json_integer_value(m.id) != n ||
	    json_integer_value(json_object_get(m.result, "version")) != n + 1)
		fail_msg("save %d: %s", n, line);
	rpc_msg_release(&m);
	free(line);
}

/* Before it read the request, at any moment, after it has saved. */
static void
ask_and_kill(struct dialog *d, struct buf *page, int n)
{
	pid_t pid = fixture_find(&wiki, "pleind: wiki"), strace = 0;

	assert_true(pid > 0);
	if (n % 3 == 0)
		assert_int_equal(kill(pid, SIGSTOP), 0);
	if (n % 3 == 2)
		strace = inject("sendto", "signal=KILL");
	ask_to_save(d, page, n);
	if (!strace)
		assert_int_equal(kill(pid, SIGKILL), 0);
	hear_it_is_saved(d, n);
	if (strace)
		trace_detach(strace);
}

/* Its line too, although the words of a save are written behind its answer. */
static void
expect_it_is_found(struct dialog *d, int n)
{
	char words[32], *answer;
	struct rpc_msg m;
	int code;

	(void)snprintf(words, sizeof(words), "\"Keer %d.\"", n);
	dialog_ask(d, 100 + n, "search.pages",
		   json_pack("{s:s}", "query", words));
	answer = dialog_line(d);
	if (rpc_parse(&m, answer, strlen(answer), &code, NULL) < 0 ||
	    m.kind != RPC_RESULT ||
	    json_array_size(json_object_get(m.result, "rows")) != 1)
		fail_msg("search %d: %s", n, answer);
	rpc_msg_release(&m);
	free(answer);
}

static void
test_faults__api_survives_the_wiki_process(void **state)
{
	char *text = source_of("themas/data-voor-opgaven");
	struct buf page = BUF_INIT;
	struct proc_result r;
	struct dialog d;

	(void)state;
	buf_str(&page, text);
	free(text);
	dialog_api(&d, &wiki, wiki.key);
	for (int n = 1; n <= 9; n++) {
		ask_and_kill(&d, &page, n);
		expect_it_is_found(&d, n);
	}
	assert_int_equal(dialog_end(&d), 0);
	text = source_of("themas/data-voor-opgaven");
	assert_string_equal(text, page.ptr);
	free(text);
	fixture_ssh(&wiki, "log themas/data-voor-opgaven", NULL, &r);
	assert_int_equal(strncmp(r.out.ptr, "10\t", 3), 0);
	proc_result_release(&r);
	buf_release(&page);
}

/*
 * main moved, but the sync of its folder failed: nobody knows whether that
 * lasts. The next wiki process does, and is asked.
 */
static void
test_faults__a_doubt_is_settled_by_asking_again(void **state)
{
	char *text = source_of("themas/digitale-inclusie");
	pid_t before = fixture_find(&wiki, "pleind: wiki"), strace;
	struct buf page = BUF_INIT, heads = BUF_INIT;
	struct proc_result r;

	(void)state;
	buf_printf(&page, "%s\nNog een zin.\n", text);
	buf_printf(&heads, "%s/spaces/agenda.git/refs/heads", wiki.data);
	strace = inject_on(heads.ptr, "fsync", "error=EIO");
	fixture_ssh(&wiki, "save themas/digitale-inclusie --base 1", page.ptr,
		    &r);
	trace_detach(strace);
	if (r.status != 0)
		fail_msg("%d: %s", r.status, r.err.ptr);
	assert_string_equal(r.out.ptr, "2\n");
	proc_result_release(&r);
	assert_int_not_equal(fixture_find(&wiki, "pleind: wiki"), before);
	fixture_ssh(&wiki, "log themas/digitale-inclusie", NULL, &r);
	assert_int_equal(strncmp(r.out.ptr, "2\t", 2), 0);
	proc_result_release(&r);
	buf_release(&heads);
	buf_release(&page);
	free(text);
}

static void
test_faults__a_full_disk_is_told_and_nothing_is_lost(void **state)
{
	char *text = source_of("themas/platformeconomie");
	char *now;
	struct buf page = BUF_INIT;
	struct proc_result r;
	pid_t strace;

	(void)state;
	buf_printf(&page, "%s\nDit past niet.\n", text);
	/* Of all that a full disk refuses, these put an object in its place. */
	strace = inject("mkdir,link,rename", "error=ENOSPC");
	fixture_ssh(&wiki, "save themas/platformeconomie --base 1", page.ptr,
		    &r);
	assert_int_equal(r.status, 7);
	if (!strstr(r.err.ptr, "schijf van de wiki is vol"))
		fail_msg("%s", r.err.ptr);
	proc_result_release(&r);
	trace_detach(strace);
	now = source_of("themas/platformeconomie");
	assert_string_equal(now, text);
	free(now);
	fixture_ssh(&wiki, "save themas/platformeconomie --base 1", page.ptr,
		    &r);
	assert_int_equal(r.status, 0);
	proc_result_release(&r);
	buf_release(&page);
	free(text);
}

static struct screen *
open_editor(const char *page)
{
	const char *const extra[] = { page, NULL };
	struct screen *s = screen_open(&wiki, 24, 80, NULL, extra);

	see(s, "b Bewerken");
	screen_type(s, "b");
	see(s, "Ctrl-S Opslaan");
	return s;
}

static void
test_faults__a_full_disk_keeps_the_text_on_the_screen(void **state)
{
	struct screen *s = open_editor("themas/bewustzijn-en-oefenen");
	pid_t strace;

	(void)state;
	screen_type(s, "Dit past nog niet. ");
	strace = inject("mkdir,link,rename", "error=ENOSPC");
	screen_type(s, "\x13");
	see(s, "Wat heb je gewijzigd en waarom?");
	screen_type(s, "\r");
	see(s, "Fout: niet opgeslagen.");
	see(s,
	    "De schijf van de wiki is vol. Je tekst staat nog hier in beeld.");
	see(s, "Dit past nog niet. ");
	free(source_of("themas/digitale-democratie")); /* others go on */
	trace_detach(strace);
	screen_type(s, "2");
	see(s, "Opgeslagen als versie 2.");
	screen_type(s, "\x11");
	assert_int_equal(screen_close(s), 0);
}

/* More is not taken, rather than refused when it is saved. */
static void
test_faults__a_full_page_takes_no_more(void **state)
{
	struct screen *s = open_editor("themas/digitale-toegang");
	struct buf paste = BUF_INIT;
	int i;

	(void)state;
	for (i = 0; i < 5; i++) {
		buf_reset(&paste);
		buf_str(&paste, "\x1b[200~");
		while (paste.len < 250UL * 1024)
			buf_str(&paste, "een regel met woorden erin\n");
		buf_str(&paste, "\x1b[201~");
		screen_type(s, paste.ptr);
	}
	see(s, "zo wordt deze pagina te groot: 1252 kB, hoogstens 1024 kB.");
	screen_type(s, "\x11");
	see(s, "1 Verder schrijven");
	screen_type(s, "3");
	see(s, "b Bewerken");
	screen_type(s, "\x11");
	assert_int_equal(screen_close(s), 0);
	buf_release(&paste);
}

static long
resident_kb(pid_t pid)
{
	char name[64], line[256];
	long kb = -1;
	FILE *in;

	(void)snprintf(name, sizeof(name), "/proc/%d/status", (int)pid);
	in = fopen(name, "re");
	assert_non_null(in);
	while (kb < 0 && fgets(line, sizeof(line), in))
		if (strncmp(line, "VmRSS:", 6) == 0)
			kb = strtol(line + 6, NULL, 10);
	(void)fclose(in);
	return kb;
}

/* Somebody's terminal hangs while the keys to redraw keep coming. */
static void
test_faults__a_screen_that_is_not_read_holds_nobody_up(void **state)
{
	struct screen *s = screen_open(&wiki, 24, 80, NULL, NULL);
	int64_t deadline;
	pid_t client;
	long before;

	(void)state;
	see(s, "? Hulp");
	client = fixture_find(&wiki, "plein screen");
	before = resident_kb(client);
	(void)fcntl(screen_fd(s), F_SETFL, O_NONBLOCK);
	deadline = clock_mono_ms() + 3000;
	while (clock_mono_ms() < deadline)
		if (write(screen_fd(s), "\x0c\x0c\x0c\x0c", 4) < 0)
			(void)poll(NULL, 0, 1);
	deadline = clock_mono_ms() + 5000;
	free(source_of("themas/digitale-democratie"));
	assert_true(clock_mono_ms() < deadline);
	assert_true(resident_kb(client) - before < 16L * 1024);
	screen_abandon(s);
}

static void
test_faults__a_reader_that_stops_reading_is_not_waited_for(void **state)
{
	const char *const extra[] = { "-T", "127.0.0.1", "api", NULL };
	const char *argv[FIXTURE_ARGS];
	static const char ask[] =
		"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"page.list\"}\n";
	struct proc_result r;
	int in[2], out[2], status, i;
	int64_t deadline;
	pid_t pid;

	(void)state;
	assert_int_equal(pipe(in), 0);
	assert_int_equal(pipe(out), 0);
	(void)fixture_ssh_argv(&wiki, wiki.key, extra, argv);
	pid = fork();
	if (pid == 0) {
		(void)dup2(in[0], 0);
		(void)dup2(out[1], 1);
		(void)close(in[1]);
		(void)close(out[0]);
		execvp(argv[0], (char *const *)argv);
		_exit(127);
	}
	(void)close(in[0]);
	(void)close(out[1]);
	(void)fcntl(in[1], F_SETFL, O_NONBLOCK);
	/* Far more answers than all buffers hold, none of them read. */
	deadline = clock_mono_ms() + 3000;
	for (i = 0; i < 20000 && clock_mono_ms() < deadline; i++)
		if (write(in[1], ask, sizeof(ask) - 1) < 0)
			(void)poll(NULL, 0, 1);
	fixture_ssh(&wiki, "whoami", NULL, &r);
	assert_int_equal(r.status, 0);
	proc_result_release(&r);
	(void)close(in[1]);
	(void)close(out[0]);
	(void)kill(pid, SIGKILL);
	(void)waitpid(pid, &status, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_faults__a_session_survives_the_wiki_process),
		cmocka_unit_test(test_faults__api_survives_the_wiki_process),
		cmocka_unit_test(
			test_faults__a_doubt_is_settled_by_asking_again),
		cmocka_unit_test(
			test_faults__a_full_disk_is_told_and_nothing_is_lost),
		cmocka_unit_test(
			test_faults__a_full_disk_keeps_the_text_on_the_screen),
		cmocka_unit_test(test_faults__a_full_page_takes_no_more),
		cmocka_unit_test(
			test_faults__a_screen_that_is_not_read_holds_nobody_up),
		cmocka_unit_test(
			test_faults__a_reader_that_stops_reading_is_not_waited_for),
	};

	return cmocka_run_group_tests(tests, start_wiki, stop_wiki);
}
