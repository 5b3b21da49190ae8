/* dialog.c - see dialog.h. */
#include "dialog.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "plein/clock.h"
#include "plein/fs.h"
#include "plein/mem.h"
#include "plein/rpc.h"

#define PATIENCE_MS 20000

void
dialog_start(struct dialog *d, const char *const argv[])
{
	int in[2], out[2];

	if (pipe2(in, O_CLOEXEC) < 0 || pipe2(out, O_CLOEXEC) < 0)
		die("pipe: no descriptors");
	(void)signal(SIGPIPE, SIG_IGN);
	d->pid = fork();
	if (d->pid < 0)
		die("fork");
	if (d->pid == 0) {
		(void)dup2(in[0], 0);
		(void)dup2(out[1], 1);
		(void)signal(SIGPIPE, SIG_DFL);
		execvp(argv[0], (char *const *)argv);
		_exit(127);
	}
	(void)close(in[0]);
	(void)close(out[1]);
	d->in = in[1];
	d->out = out[0];
	buf_init(&d->seen);
}

void
dialog_api(struct dialog *d, const struct fixture *f, const char *key)
{
	const char *const extra[] = { "-T", "127.0.0.1", "api", NULL };
	const char *argv[FIXTURE_ARGS];

	(void)fixture_ssh_argv(f, key, extra, argv);
	dialog_start(d, argv);
}

static void
put(struct dialog *d, const char *text, size_t len)
{
	struct err err = ERR_INIT;

	if (fs_write_fd(d->in, text, len, &err) < 0)
		die("%s", err.msg);
}

void
dialog_put(struct dialog *d, const char *text)
{
	put(d, text, strlen(text));
}

void
dialog_ask(struct dialog *d, json_int_t id, const char *method,
	   json_t *params_take)
{
	struct buf line = BUF_INIT;

	rpc_request(&line, id, method, params_take);
	put(d, line.ptr, line.len);
	buf_release(&line);
}

bool
dialog_read(struct dialog *d)
{
	ssize_t n = read(d->out, buf_room(&d->seen, 65536), 65536);

	if (n <= 0)
		return false;
	d->seen.len += (size_t)n;
	d->seen.ptr[d->seen.len] = '\0';
	return true;
}

char *
dialog_take(struct dialog *d)
{
	const char *end = strchr(d->seen.ptr, '\n');
	size_t len;
	char *line;

	if (!end)
		return NULL;
	len = (size_t)(end - d->seen.ptr);
	line = mem_strndup(d->seen.ptr, len);
	buf_erase(&d->seen, 0, len + 1);
	return line;
}

/* False at the end, or when the deadline passed. */
static bool
read_more(struct dialog *d, int64_t deadline)
{
	struct pollfd p = { d->out, POLLIN, 0 };
	int64_t left = deadline - clock_mono_ms();

	return left > 0 && poll(&p, 1, (int)left) > 0 && dialog_read(d);
}

char *
dialog_line(struct dialog *d)
{
	int64_t deadline = clock_mono_ms() + PATIENCE_MS;
	char *line, *end;
	size_t len = 0;

	while (!(end = strchr(d->seen.ptr + len, '\n'))) {
		len = d->seen.len;
		if (!read_more(d, deadline))
			return mem_strdup("");
	}
	len = (size_t)(end + 1 - d->seen.ptr);
	line = mem_strndup(d->seen.ptr, len);
	buf_erase(&d->seen, 0, len);
	return line;
}

int
dialog_end(struct dialog *d)
{
	int64_t deadline = clock_mono_ms() + PATIENCE_MS;
	int status;

	(void)close(d->in);
	while (read_more(d, deadline))
		;
	if (clock_mono_ms() >= deadline)
		(void)kill(d->pid, SIGKILL);
	while (waitpid(d->pid, &status, 0) < 0 && errno == EINTR)
		;
	(void)close(d->out);
	buf_release(&d->seen);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
