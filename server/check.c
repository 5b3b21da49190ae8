/*
 * check.c - see check.h. Two judges at the same time: git fsck, of every
 * object and file of its own, and the wiki, of what only it knows. While they
 * read, maintenance takes nothing away.
 */
#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "args.h"
#include "ask.h"
#include "plein/fs.h"
#include "plein/mem.h"
#include "program.h"
#include "spawn.h"
#include "store/maintain.h"
#include "store/spaces.h"
#include "tell.h"
#include "wiki/desk.h"
#include "wiki/space.h"

#define GIT_PROGRAM "/usr/bin/git"
#define GIT_BROKEN 128 /* it could not even begin */
#define SAID_MAX (256UL * 1024) /* bytes of what git complains */

/* One of a space. */
struct fsck {
	char *space;
	int hold; /* its objects stay meanwhile; or -1 */
	pid_t pid; /* -1: it does not run */
	int said; /* a memfd with all it says */
};

static void
start_fsck(struct fsck *f, const struct users *users)
{
	struct program p;
	struct spawn s = { .program = open(GIT_PROGRAM, O_PATH | O_CLOEXEC),
			   .argv = p.argv,
			   .env = p.env,
			   .user = users->switches ? &users->owner : NULL,
			   .fds = { -1, -1, -1 },
			   .stay = true,
			   .gives_way = true };
	struct err err = ERR_INIT;

	f->pid = -1;
	f->said = memfd_create("fsck", MFD_CLOEXEC);
	if (s.program < 0 || f->said < 0) {
		(void)fputs("pleind: git is not installed: its own check is "
			    "left out\n",
			    stderr);
		return;
	}
	(void)program_host(&p, "fsck", f->space); /* it is in the table */
	if (spawn_told(&s, f->said, &f->pid, &err)) {
		f->pid = -1;
		(void)tell_error(&err);
	}
	program_release(&p);
	(void)close(s.program); /* only a name for it */
}

static void
add_lines(json_t *problems, const char *space, char *said)
{
	struct buf line = BUF_INIT;
	char *save = NULL, *part;

	for (part = strtok_r(said, "\n", &save); part;
	     part = strtok_r(NULL, "\n", &save)) {
		buf_reset(&line);
		buf_printf(&line, "git: %s%s", space, *space ? ": " : "");
		tell_text(&line, part);
		(void)json_array_append_new(problems, json_string(line.ptr));
	}
	buf_release(&line);
}

/* Git wants full paths; the owner may not be able to walk them. */
static bool
is_shut_out(int code, const char *said)
{
	return code == GIT_BROKEN && strstr(said, "Permission denied");
}

static void
end_fsck(struct fsck *f, json_t *problems)
{
	struct buf said = BUF_INIT;
	int status = 0, code;

	while (f->pid > 0 && waitpid(f->pid, &status, 0) < 0 && errno == EINTR)
		;
	code = WIFEXITED(status) ? WEXITSTATUS(status) : 1;
	if (f->pid > 0 && code != 0 && lseek(f->said, 0, SEEK_SET) == 0)
		(void)fs_read_fd(f->said, &said, SAID_MAX,
				 NULL); /* or a part */
	if (code != 0 && is_shut_out(code, said.ptr))
		(void)fputs("pleind: the owner of the folder may not pass the "
			    "folders above it: git's own check is left out\n",
			    stderr);
	else if (code != 0 && said.len > 0)
		add_lines(problems,
			  strcmp(f->space, SPACE_DEFAULT) == 0 ? "" : f->space,
			  said.ptr);
	else if (code != 0)
		(void)json_array_append_new(problems,
					    json_string("git: fsck failed"));
	buf_release(&said);
	if (f->said >= 0)
		(void)close(f->said); /* a memfd */
}

/* The wiki's own problems, as the owner, who sees nothing else. */
static int
ask_problems(int data, const struct users *users, json_t **result,
	     struct err *err)
{
	int rc = ask_become(users, err);

	return rc ? rc : ask_wiki(data, "wiki.check", NULL, result, err);
}

struct checking {
	struct vec all; /* struct fsck * */
	const struct users *users;
};

static int
begin_space(void *ctx, const char *name, struct err *err)
{
	struct checking *k = ctx;
	struct fsck *f = mem_alloc(sizeof(*f));
	char repo[SPACE_PATH];

	(void)err;
	(void)snprintf(repo, sizeof(repo), DATA_SPACES "/%s.git", name);
	f->space = mem_strdup(name);
	f->hold = maintain_hold(repo, NULL); /* or the wiki tells why not */
	start_fsck(f, k->users);
	vec_push(&k->all, f);
	return 0;
}

static void
end_space(struct fsck *f, int rc, json_t *result)
{
	if (rc == 0)
		end_fsck(f, json_object_get(result, "problems"));
	else if (f->pid > 0)
		(void)kill(f->pid, SIGTERM);
	if (f->hold >= 0)
		(void)close(f->hold); /* a folder */
}

static void
free_fsck(void *item)
{
	struct fsck *f = item;

	free(f->space);
	free(f);
}

static int
check(const char *dir, json_t **result, struct err *err)
{
	struct users users;
	struct checking k = { VEC_INIT, &users };
	int data = ask_open(dir, &users, err), rc;

	if (data < 0)
		return data;
	/* what cannot be listed is told by the wiki */
	(void)spaces_each(begin_space, &k, NULL);
	rc = ask_problems(data, &users, result, err);
	for (size_t i = 0; i < k.all.len; i++)
		end_space(k.all.items[i], rc, *result);
	vec_release(&k.all, free_fsck);
	(void)close(data); /* a folder */
	return rc;
}

int
check_main(int argc, char **argv)
{
	static const struct args_option none[] = { { NULL, NULL } };
	struct err err = ERR_INIT;
	json_t *result = NULL;
	const char *dir;
	int n = args_sort(argc - 2, argv + 2, none, &dir, 1, &err), code;

	if (n < 0)
		return tell_error(&err);
	if (n != 1)
		return tell_usage("check DIR");
	err.code = check(dir, &result, &err);
	code = err.code ? tell_error(&err) : tell_problems(result);
	json_decref(result);
	return code;
}
