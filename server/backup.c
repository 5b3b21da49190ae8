/*
 * backup.c - see backup.h.
 *
 * The moment: first the database is copied, by SQLite in one transaction;
 * then git reads main, and packs what that reaches. So the database never
 * knows of a version that the content does not have, a draft is there or the
 * page it became, and everything that was acknowledged before the backup
 * began is in it. While git reads, maintenance takes nothing away.
 *
 * Two processes: the parent, who we are, has the file; the child, who becomes
 * the owner of DATA, fills it through the descriptor. Only when the child is
 * content the file gets its name.
 */
#include "backup.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "args.h"
#include "ask.h"
#include "crate.h"
#include "plein/clock.h"
#include "plein/fs.h"
#include "plein/mem.h"
#include "program.h"
#include "spawn.h"
#include "state/state.h"
#include "store/bundle.h"
#include "store/maintain.h"
#include "store/spaces.h"
#include "tell.h"
#include "wiki/desk.h"
#include "wiki/space.h"

#define GIT_PROGRAM "/usr/bin/git"

/* --- the child: filling the crate --------------------------------------- */

struct source {
	int git; /* to be executed */
	struct users users;
};

static int
await(pid_t pid)
{
	int status = -1;

	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int
put_file(struct crate_out *c, const char *name, const char *from,
	 struct err *err)
{
	int fd = open(from, O_RDONLY | O_CLOEXEC | O_NOFOLLOW), rc;

	if (fd < 0)
		return err_set_errno(err, errno, "%s", from);
	rc = crate_copy(c, name, fd, err);
	(void)close(fd); /* only read */
	return rc;
}

/* In a process of its own, that sees nothing but DATA. */
static int
copy_state(const struct users *users, const char *to, struct err *err)
{
	struct err own = ERR_INIT;
	pid_t pid = fork();

	if (pid < 0)
		return err_set_errno(err, errno, "fork");
	if (pid == 0) {
		if (ask_become(users, &own) || state_copy(DATA_STATE, to, &own))
			_exit(tell_error(&own));
		_exit(0);
	}
	if (await(pid) == 0)
		return 0;
	return err_set(err, PLEIN_EIO, "the database could not be copied");
}

static int
put_state(struct crate_out *c, const struct users *users, struct err *err)
{
	char temp[64];
	int rc;

	(void)snprintf(temp, sizeof(temp), DATA_STATE ".%ld.tmp",
		       (long)getpid());
	rc = copy_state(users, temp, err);
	if (rc == 0)
		rc = put_file(c, DATA_STATE, temp, err);
	(void)unlink(temp); /* or it was never made */
	return rc;
}

/* The piece grows to its full size, or to what git has left to say. */
static int
fill_piece(int from, struct buf *piece, struct err *err)
{
	ssize_t n = 1;
	size_t left;

	while (n > 0 && piece->len < BACKUP_PIECE_BYTES) {
		left = BACKUP_PIECE_BYTES - piece->len;
		n = read(from, buf_room(piece, left + 1), left);
		if (n < 0 && errno == EINTR)
			n = 1;
		else if (n < 0)
			return err_set_errno(err, errno, "read from git");
		else
			piece->len += (size_t)n;
	}
	*buf_room(piece, 1) = '\0';
	return 0;
}

/* What is in one space, on its way. */
struct content {
	struct crate_out *crate;
	const struct source *source;
	const char *space;
	struct repo_id tip;
};

/* git, running; what it says comes from *out. */
static int
start_git(const struct content *k, const char *what, int in, int *out,
	  pid_t *pid, struct err *err)
{
	struct program p;
	const struct source *s = k->source;
	struct spawn spawn = { .program = s->git,
			       .argv = p.argv,
			       .env = p.env,
			       .user = s->users.switches ? &s->users.owner
							 : NULL,
			       .fds = { -1, -1, -1 },
			       .stay = true,
			       .gives_way = true };
	int rc;

	(void)program_host(&p, what, k->space); /* it is in the table */
	rc = spawn_output(&spawn, in, out, pid, err);
	program_release(&p);
	return rc;
}

static int
read_tip(struct content *k, struct err *err)
{
	struct buf said = BUF_INIT;
	pid_t pid;
	int out, rc = start_git(k, "tip", -1, &out, &pid, err);

	if (rc)
		return rc;
	rc = fs_read_fd(out, &said, 100, err);
	(void)close(out); /* a pipe */
	if (await(pid) != 0 || said.len != REPO_ID_LEN + 1)
		rc = err_set(err, PLEIN_EIO, "git does not know main");
	if (rc == 0)
		(void)snprintf(k->tip.hex, sizeof(k->tip.hex), "%.40s",
			       said.ptr);
	buf_release(&said);
	return rc;
}

/* A file with just the commit, at its beginning; or a negative PLEIN_E…. */
static int
make_question(const struct repo_id *tip, struct err *err)
{
	int fd = memfd_create("tip", MFD_CLOEXEC), rc;

	if (fd < 0)
		return err_set_errno(err, errno, "memfd");
	rc = fs_write_fd(fd, tip->hex, REPO_ID_LEN, err);
	if (rc == 0)
		rc = fs_write_fd(fd, "\n", 1, err);
	if (rc == 0 && lseek(fd, 0, SEEK_SET) < 0)
		rc = err_set_errno(err, errno, "memfd");
	if (rc == 0)
		return fd;
	(void)close(fd); /* a memfd */
	return rc;
}

/* What comes from `from`, behind the header, as members of one size. */
static int
put_pieces(struct content *k, int from, struct err *err)
{
	struct buf piece = BUF_INIT;
	char name[64];
	int i, rc = 0;

	bundle_header(&piece, &k->tip);
	for (i = 1; rc == 0; i++) {
		rc = fill_piece(from, &piece, err);
		if (piece.len == 0)
			break;
		(void)snprintf(name, sizeof(name), BACKUP_PIECE, k->space, i);
		if (rc == 0)
			rc = crate_put(k->crate, name, piece.ptr, piece.len,
				       err);
		buf_reset(&piece);
	}
	buf_release(&piece);
	return rc;
}

static int
put_pack(struct content *k, struct err *err)
{
	int question = make_question(&k->tip, err), out = -1, rc;
	pid_t pid = -1;

	if (question < 0)
		return question;
	rc = start_git(k, "content", question, &out, &pid, err);
	(void)close(question); /* a memfd */
	if (rc)
		return rc;
	rc = put_pieces(k, out, err);
	(void)close(out); /* a pipe; git ends when nobody reads it */
	if (await(pid) != 0 && rc == 0)
		rc = err_set(err, PLEIN_EIO,
			     "git could not read all of the content");
	return rc;
}

static int
put_read(struct content *k, struct err *err)
{
	char fact[80];
	int rc = read_tip(k, err);

	if (rc)
		return rc;
	(void)snprintf(fact, sizeof(fact), "%s %s", k->space, k->tip.hex);
	crate_fact(k->crate, "space", fact);
	return put_pack(k, err);
}

/* Maintenance takes nothing away meanwhile. */
static int
put_space(void *ctx, const char *name, struct err *err)
{
	struct content *k = ctx;
	char repo[SPACE_PATH];
	int hold, rc;

	k->space = name;
	(void)snprintf(repo, sizeof(repo), DATA_SPACES "/%s.git", name);
	hold = maintain_hold(repo, err);
	if (hold < 0)
		return hold;
	rc = put_read(k, err);
	(void)close(hold); /* a folder */
	return rc;
}

static int
put_content(struct crate_out *c, const struct source *s, struct err *err)
{
	struct content k = { .crate = c, .source = s };
	int rc = spaces_each(put_space, &k, err);

	if (rc == 0 && !k.space)
		rc = err_set(err, PLEIN_ENOTFOUND, "there is no content");
	return rc;
}

static void
note_facts(struct crate_out *c)
{
	struct buf time = BUF_INIT;

	clock_iso(&time, clock_wall());
	crate_fact(c, "program", PLEIN_VERSION);
	crate_fact(c, "time", time.ptr);
	buf_release(&time);
}

/* In DATA, still who we were. */
static int
fill_crate(struct crate_out *c, const struct source *s, struct err *err)
{
	int rc = put_state(c, &s->users, err);

	if (rc == 0)
		rc = put_content(c, s, err);
	if (rc == 0 && s->users.switches)
		rc = users_become(&s->users.owner, err);
	if (rc == 0)
		rc = put_file(c, DATA_CONF, DATA_CONF, err);
	if (rc == 0)
		rc = put_file(c, DATA_HOSTKEY, DATA_HOSTKEY, err);
	if (rc == 0)
		rc = put_file(c, DATA_HOSTKEY ".pub", DATA_HOSTKEY ".pub", err);
	return rc == 0 ? crate_close(c, err) : rc;
}

static int
fill_from(const struct source *s, int to, struct err *err)
{
	struct crate_out *c = crate_new(to);
	int rc;

	note_facts(c);
	rc = fill_crate(c, s, err);
	crate_free(c);
	return rc;
}

static int
fill(const char *dir, int to, struct err *err)
{
	struct source s;
	int data, rc;

	s.git = open(GIT_PROGRAM, O_PATH | O_CLOEXEC);
	if (s.git < 0)
		return err_set_errno(err, errno, GIT_PROGRAM);
	data = ask_open(dir, &s.users, err);
	rc = data < 0 ? data : fill_from(&s, to, err);
	if (data >= 0)
		(void)close(data); /* a folder */
	(void)close(s.git); /* only a name for it */
	return rc;
}

/* 0, or an exit code after it was told. */
static int
fill_in_child(const char *dir, int to)
{
	struct err err = ERR_INIT;
	pid_t pid = fork();

	if (pid < 0) {
		(void)err_set_errno(&err, errno, "fork");
		return tell_error(&err);
	}
	if (pid == 0)
		_exit(fill(dir, to, &err) ? tell_error(&err) : EXIT_DONE);
	return await(pid);
}

/* --- the parent: the file ------------------------------------------------ */

struct target {
	int dir; /* folder */
	char *name; /* in it */
	struct buf temp; /* name it has until it is whole */
	int fd;
};

static int
open_target(struct target *t, const char *file, struct err *err)
{
	char *folder = mem_strdup(file), *base = mem_strdup(file);
	int rc = 0;

	t->name = mem_strdup(basename(base));
	t->dir = fs_open_dir(dirname(folder), err);
	buf_printf(&t->temp, "%s.%ld.tmp", t->name, (long)getpid());
	if (t->dir < 0)
		rc = t->dir;
	else
		t->fd = openat(t->dir, t->temp.ptr,
			       O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (rc == 0 && t->fd < 0)
		rc = err_set_errno(err, errno, "%s", file);
	free(folder);
	free(base);
	return rc;
}

static int
name_target(struct target *t, struct err *err)
{
	int rc = fsync(t->fd) < 0 ? err_set_errno(err, errno, "sync") : 0;
	int close_rc = fs_close(t->fd, rc ? NULL : err);

	t->fd = -1;
	if (rc == 0)
		rc = close_rc;
	if (rc == 0 && renameat(t->dir, t->temp.ptr, t->dir, t->name) < 0)
		rc = err_set_errno(err, errno, "rename to %s", t->name);
	if (rc == 0 && fsync(t->dir) < 0)
		rc = err_set_errno(err, errno, "sync the folder of %s",
				   t->name);
	return rc;
}

static void
close_target(struct target *t)
{
	if (t->fd >= 0)
		(void)close(t->fd); /* it is thrown away */
	if (t->dir >= 0) {
		(void)unlinkat(t->dir, t->temp.ptr, 0); /* unless it has its
							   name */
		(void)close(t->dir); /* a folder */
	}
	free(t->name);
	buf_release(&t->temp);
}

static int
back_up_to_file(const char *dir, const char *file)
{
	struct target t = { -1, NULL, BUF_INIT, -1 };
	struct err err = ERR_INIT;
	int code = EXIT_DONE;

	err.code = open_target(&t, file, &err);
	if (!err.code)
		code = fill_in_child(dir, t.fd);
	if (!err.code && code == EXIT_DONE)
		err.code = name_target(&t, &err);
	close_target(&t);
	return err.code ? tell_error(&err) : code;
}

int
backup_main(int argc, char **argv)
{
	static const struct args_option none[] = { { NULL, NULL } };
	const char *words[2]; /* DIR FILE */
	struct err err = ERR_INIT;
	int n = args_sort(argc - 2, argv + 2, none, words, 2, &err);

	if (n < 0)
		return tell_error(&err);
	if (n != 2)
		return tell_usage("backup DIR FILE|-");
	if (strcmp(words[1], "-") != 0)
		return back_up_to_file(words[0], words[1]);
	if (!isatty(STDOUT_FILENO))
		return fill_in_child(words[0], STDOUT_FILENO);
	(void)err_set(&err, PLEIN_EUSAGE,
		      "a backup is nothing to look at: give a file or a pipe");
	return tell_error(&err);
}
