/* fake_run.c - see fake_run.h. */
#include "fake_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "fake_wiki.h"
#include "oneshot.h"
#include "plein/fs.h"

#define OUTPUT_MAX ((size_t)4 << 20)

void
outcome_release(struct outcome *r)
{
	buf_release(&r->out);
	buf_release(&r->err);
}

static int
temporary(const char *text)
{
	char name[] = "/tmp/plein-test-XXXXXX";
	int fd = mkstemp(name);

	assert_true(fd >= 0);
	assert_int_equal(unlink(name), 0);
	assert_int_equal(fs_write_fd(fd, text, strlen(text), NULL), 0);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	return fd;
}

static void
read_back(int fd, struct buf *out)
{
	buf_init(out);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	assert_int_equal(fs_read_fd(fd, out, OUTPUT_MAX, NULL), 0);
	(void)close(fd);
}

void
fake_run_at(struct outcome *r, const char *line, const char *input, int control)
{
	int in = temporary(input), out = temporary(""), err = temporary("");
	pid_t pid = fork();
	int status;

	assert_true(pid >= 0);
	if (pid == 0) {
		if (dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(err, 2) < 0)
			_exit(99);
		_exit(oneshot_run(line, control));
	}
	(void)close(in);
	(void)close(control);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	r->status = WEXITSTATUS(status);
	read_back(out, &r->out);
	read_back(err, &r->err);
}

void
fake_run_as(struct outcome *r, const char *role, const char *line,
	    const char *input)
{
	struct fake_wiki wiki;

	fake_wiki_start(&wiki, role);
	fake_run_at(r, line, input, wiki.control);
	fake_wiki_stop(&wiki);
}

void
fake_run(struct outcome *r, const char *line, const char *input)
{
	fake_run_as(r, "bijdrager", line, input);
}

void
fake_expect_as(const char *role, const char *line, const char *input,
	       int status, const char *out, const char *err)
{
	struct outcome r;

	fake_run_as(&r, role, line, input);
	if (r.status != status || strcmp(r.out.ptr, out) != 0 ||
	    !strstr(r.err.ptr, err) || (!*err && r.err.len))
		fail_msg("%s: %d\nout: %s\nerr: %s", line, r.status, r.out.ptr,
			 r.err.ptr);
	outcome_release(&r);
}

void
fake_expect(const char *line, const char *input, int status, const char *out,
	    const char *err)
{
	fake_expect_as("bijdrager", line, input, status, out, err);
}
