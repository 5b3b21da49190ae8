/*
 * trace.c - see trace.h. With more than one thread strace writes a call that
 * others interrupt in two lines, "… <unfinished ...>" and "<... x resumed>…".
 */
#include "trace.h"

#include <ctype.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "fixture.h"
#include "plein/err.h"
#include "plein/fs.h"
#include "plein/mem.h"
#include "proc.h"

#define UNFINISHED " <unfinished ...>"
#define DETACHED " <detached ...>"
#define PATIENCE_MS 20000
#define FILE_MAX (64UL << 20)

bool
trace_possible(void)
{
	const char *argv[] = { "strace",    "-o",
			       "/dev/null", fixture_program("pleind"),
			       "--version", NULL };
	struct proc_result r;
	int status;

	proc_run(&r, argv, NULL, NULL, 20000);
	status = r.status;
	proc_result_release(&r);
	return status == 0;
}

/*
 * What strace says, for all of them: one whose words nobody can hear any more
 * does not end.
 */
static void
open_words(int fds[2])
{
	static int words[2] = { -1, -1 };
	char old[4096];

	if (words[0] < 0)
		assert_int_equal(pipe2(words, O_CLOEXEC | O_NONBLOCK), 0);
	while (read(words[0], old, sizeof(old)) > 0)
		;
	fds[0] = words[0];
	fds[1] = words[1];
}

pid_t
trace_attach(pid_t pid, const char *const options[])
{
	const char *argv[TRACE_OPTIONS + 4] = { "strace" };
	char number[16];
	struct pollfd said = { .events = POLLIN };
	int fds[2], n = 1, i;
	pid_t child;

	(void)snprintf(number, sizeof(number), "%d", (int)pid);
	for (i = 0; options[i]; i++)
		argv[n++] = options[i];
	argv[n++] = "-p";
	argv[n] = number;
	open_words(fds);
	child = fork();
	if (child == 0) {
		/* it ends with the test, also with one that fails */
		(void)prctl(PR_SET_PDEATHSIG, SIGTERM);
		(void)dup2(fds[1], 1);
		(void)dup2(fds[1], 2);
		execvp(argv[0], (char *const *)argv);
		_exit(127);
	}
	said.fd = fds[0];
	/* "strace: Process N attached" */
	if (poll(&said, 1, PATIENCE_MS) != 1)
		fail_msg("strace is missing");
	return child;
}

void
trace_detach(pid_t strace)
{
	int status;

	(void)kill(strace, SIGTERM);
	(void)waitpid(strace, &status, 0);
}

/* --- reading ------------------------------------------------------------ */

/* The call of this thread that has not ended yet. */
static struct trace_call *
find_open(const struct trace *t, pid_t thread)
{
	struct trace_call *c;
	size_t i = t->calls.len;

	while (i-- > 0) {
		c = t->calls.items[i];
		if (c->thread == thread)
			return c->end ? NULL : c;
	}
	return NULL;
}

/* What stands behind the last " = ". */
static const char *
find_result(const char *text)
{
	const char *found = NULL, *at = text;

	while ((at = strstr(at, " = "))) {
		at += 3;
		found = at;
	}
	return found;
}

static void
end_call(struct trace_call *c, const char *rest, size_t n)
{
	const char *result = find_result(rest);
	size_t len = strlen(c->text);

	c->text = mem_realloc(c->text, len + strlen(rest) + 1);
	memcpy(c->text + len, rest, strlen(rest) + 1);
	c->end = n;
	c->failed = !result || *result == '-' || *result == '?';
}

static void
begin_call(struct trace *t, pid_t thread, const char *line, size_t n)
{
	const char *cut = strstr(line, UNFINISHED);
	size_t len = strcspn(line, "(");
	struct trace_call *c = mem_alloc(sizeof(*c));
	c->thread = thread;
	c->name = mem_strndup(line, len);
	c->begin = n;
	if (!cut)
		cut = strstr(line, DETACHED);
	if (cut) {
		c->text = mem_strndup(line + len, (size_t)(cut - line) - len);
	} else {
		c->text = mem_strdup("");
		end_call(c, line + len, n);
	}
	vec_push(&t->calls, c);
}

/* "THREAD CALL(…) = …", "THREAD <... CALL resumed>…", or about a signal. */
static void
read_line(struct trace *t, const char *line, size_t n)
{
	char *at;
	pid_t thread = (pid_t)strtol(line, &at, 10);
	struct trace_call *open;

	while (*at == ' ')
		at++;
	if (strncmp(at, "<... ", 5) == 0) {
		open = find_open(t, thread);
		at = strchr(at, '>');
		if (open && at)
			end_call(open, at + 1, n);
	} else if (islower((unsigned char)*at) && strchr(at, '(')) {
		begin_call(t, thread, at, n);
	}
}

static void
free_call(void *item)
{
	struct trace_call *c = item;

	free(c->name);
	free(c->text);
	free(c);
}

/* What strace left before it had ended may have succeeded. */
static void
end_all(struct trace *t)
{
	struct trace_call *c;
	size_t i;

	for (i = 0; i < t->calls.len; i++) {
		c = t->calls.items[i];
		if (!c->end)
			c->end = SIZE_MAX;
	}
}

void
trace_read(struct trace *t, const char *file)
{
	struct buf all = BUF_INIT;
	struct err err = ERR_INIT;
	char *line, *end;
	size_t n = 0;

	memset(t, 0, sizeof(*t));
	if (fs_read_at(AT_FDCWD, file, &all, FILE_MAX, &err))
		fail_msg("%s", err.msg);
	for (line = all.ptr; (end = strchr(line, '\n')); line = end + 1) {
		*end = '\0';
		read_line(t, line, ++n);
	}
	end_all(t);
	buf_release(&all);
}

void
trace_release(struct trace *t)
{
	vec_release(&t->calls, free_call);
}

const struct trace_call *
trace_find(const struct trace *t, const struct trace_call *before,
	   const char *name, const char *part)
{
	const struct trace_call *c;
	size_t i;

	for (i = 0; i < t->calls.len; i++) {
		c = t->calls.items[i];
		if (!c->failed && (!before || c->begin > before->end) &&
		    (!name || strcmp(c->name, name) == 0) &&
		    strstr(c->text, part))
			return c;
	}
	fail_msg("no %s with %s after %s%s", name ? name : "call", part,
		 before ? before->name : "the beginning",
		 before ? before->text : "");
	return NULL;
}
