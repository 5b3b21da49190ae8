/*
 * space.h - what the tests of server/store have in common: a repository in
 * a scratch folder, edits in one line, and git itself as the judge.
 */
#ifndef PLEIN_TEST_SPACE_H
#define PLEIN_TEST_SPACE_H

#include <fcntl.h>
#include <setjmp.h>
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

#include "plein/buf.h"
#include "plein/err.h"
#include "scratch.h"
#include "store/repo.h"
#include "store/txn.h"

#define SPACE_WHEN 1700000000

struct space {
	char dir[SCRATCH_MAX];
	char path[SCRATCH_MAX + 16];
	struct repo *repo;
	struct err err;
};

/* For cmocka's setup and teardown. */
static inline int
space_setup(void **state)
{
	struct space *s = calloc(1, sizeof *s);

	if (s == NULL || scratch_make(s->dir) != 0)
		return -1;
	(void)snprintf(s->path, sizeof s->path, "%s/agenda.git", s->dir);
	*state = s;
	return repo_create(s->path, &s->err) ||
	       repo_open(&s->repo, s->path, &s->err);
}

static inline int
space_teardown(void **state)
{
	struct space *s = *state;

	repo_close(s->repo);
	(void)scratch_remove(s->dir);
	free(s);
	return 0;
}

static inline struct edit
space_edit(const char *path, const char *text)
{
	return (struct edit){
		.path = path,
		.text = text,
		.len = text ? strlen(text) : 0,
		.author_name = "Ada de Vries",
		.author_mail = "ada@agenda.example.nl",
		.service_mail = "plein@agenda.example.nl",
		.when = SPACE_WHEN,
		.message = "opmerking\n\nPlein-Action: save\n",
	};
}

/* One edit, one batch; the result of the first call that fails. */
static inline int
space_save(struct space *s, const char *path, const char *text,
	   struct repo_id *id)
{
	struct edit e = space_edit(path, text);
	struct txn *t = NULL;
	struct repo_id own;
	int rc = txn_begin(&t, s->repo, &s->err);

	if (rc == 0)
		rc = txn_edit(t, &e, id ? id : &own, &s->err);
	if (rc == 0)
		return txn_commit(t, &s->err);
	txn_abort(t);
	return rc;
}

/* Replace this process by git, with its pipes as stdin and stdout. */
static inline void
space_become_git(const struct space *s, const char *const args[], int in,
		 int out)
{
	const char *argv[24] = { "git", "-C", s->path };
	size_t i;

	for (i = 0; args[i] != NULL && i < 20; i++)
		argv[i + 3] = args[i];
	(void)setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
	(void)setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	(void)setenv("GIT_AUTHOR_NAME", "x", 1);
	(void)setenv("GIT_AUTHOR_EMAIL", "x@example.nl", 1);
	(void)setenv("GIT_COMMITTER_NAME", "x", 1);
	(void)setenv("GIT_COMMITTER_EMAIL", "x@example.nl", 1);
	if (dup2(in, 0) == 0 && dup2(out, 1) == 1 && dup2(out, 2) == 2)
		(void)execvp("git", (char *const *)argv);
	_exit(127);
}

/* Run git in the repository; its output, and its exit status. */
static inline int
space_git(const struct space *s, const char *const args[], const char *input,
	  struct buf *output)
{
	int in[2], out[2], status = 0;
	char chunk[512];
	ssize_t n;
	pid_t pid;

	assert_int_equal(pipe(in), 0);
	assert_int_equal(pipe(out), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		(void)close(in[1]);
		(void)close(out[0]);
		space_become_git(s, args, in[0], out[1]);
	}
	(void)close(in[0]);
	(void)close(out[1]);
	assert_int_equal(write(in[1], input, strlen(input)), strlen(input));
	(void)close(in[1]);
	while ((n = read(out[0], chunk, sizeof chunk)) > 0)
		buf_add(output, chunk, (size_t)n);
	(void)close(out[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* As above; git must succeed; its last newline is taken off. */
static inline void
space_ask(const struct space *s, const char *const args[], const char *input,
	  struct buf *output)
{
	buf_reset(output);
	assert_int_equal(space_git(s, args, input, output), 0);
	if (output->len > 0 && output->ptr[output->len - 1] == '\n')
		buf_erase(output, output->len - 1, 1);
}

#define SPACE_GIT(s, input, output, ...) \
	space_ask((s), (const char *const[]){ __VA_ARGS__, NULL }, (input), \
		  (output))

#endif
