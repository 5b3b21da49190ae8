/*
 * restore.c - see restore.h. All of the file is verified before anything is
 * made; plein.conf comes last, so a folder with it holds a whole wiki; what
 * fails takes away what it made.
 */
#include "restore.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "args.h"
#include "backup.h"
#include "crate.h"
#include "install.h"
#include "plein/conf.h"
#include "plein/fs.h"
#include "plein/mem.h"
#include "plein/path.h"
#include "state/state.h"
#include "store/bundle.h"
#include "tell.h"
#include "wiki/desk.h"
#include "wiki/space.h"

#define PIECE_BYTES 65536
#define SMALL_MAX (1024L * 1024) /* bytes of plein.conf or a key */

/* --- unpacking, in the new folder ---------------------------------------- */

static int
find_member(const struct crate_in *c, const char *name,
	    const struct crate_member **m, struct err *err)
{
	*m = crate_find(c, name);
	return *m ? 0
		  : err_set(err, PLEIN_ECORRUPT, "the backup has no %s", name);
}

static int
load_small(const struct crate_in *c, const char *name, struct buf *out,
	   struct err *err)
{
	const struct crate_member *m;
	int rc = find_member(c, name, &m, err);

	if (rc == 0 && m->size > SMALL_MAX)
		rc = err_set(err, PLEIN_ECORRUPT, "its %s is too long", name);
	if (rc)
		return rc;
	rc = crate_read(c, m, 0, buf_room(out, (size_t)m->size + 1),
			(size_t)m->size, err);
	out->len = (size_t)m->size;
	out->ptr[out->len] = '\0';
	return rc;
}

static int
unpack_small(const struct crate_in *c, const char *name, unsigned mode,
	     struct err *err)
{
	struct buf data = BUF_INIT;
	int rc = load_small(c, name, &data, err);

	if (rc == 0)
		rc = fs_replace_at(AT_FDCWD, name, data.ptr, data.len, mode,
				   err);
	buf_release(&data);
	return rc;
}

/* Pass all bytes of a member on, in pieces. */
static int
pour(const struct crate_in *c, const struct crate_member *m,
     int (*take)(void *ctx, const void *data, size_t len, struct err *err),
     void *ctx, struct err *err)
{
	char data[PIECE_BYTES];
	int64_t pos;
	size_t n;
	int rc = 0;

	for (pos = 0; pos < m->size && rc == 0; pos += (int64_t)n) {
		n = m->size - pos < PIECE_BYTES ? (size_t)(m->size - pos)
						: PIECE_BYTES;
		rc = crate_read(c, m, pos, data, n, err);
		if (rc == 0)
			rc = take(ctx, data, n, err);
	}
	return rc;
}

static int
write_to_file(void *ctx, const void *data, size_t len, struct err *err)
{
	return fs_write_fd(*(int *)ctx, data, len, err);
}

static int
unpack_state(const struct crate_in *c, struct err *err)
{
	const struct crate_member *m;
	int fd, rc = find_member(c, DATA_STATE, &m, err), close_rc;

	if (rc)
		return rc;
	fd = open(DATA_STATE, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return err_set_errno(err, errno, DATA_STATE);
	rc = pour(c, m, write_to_file, &fd, err);
	close_rc = fs_close(fd, rc ? NULL : err);
	if (rc == 0)
		rc = close_rc;
	return rc ? rc : state_adopt(DATA_STATE, err);
}

static int
feed_bundle(void *ctx, const void *data, size_t len, struct err *err)
{
	return bundle_feed(ctx, data, len, err);
}

static int
unpack_pieces(const struct crate_in *c, const char *space, struct bundle *b,
	      struct err *err)
{
	const struct crate_member *m;
	char name[64];
	int i, rc = 0;

	for (i = 1; rc == 0; i++) {
		(void)snprintf(name, sizeof(name), BACKUP_PIECE, space, i);
		m = crate_find(c, name);
		if (!m)
			break;
		rc = pour(c, m, feed_bundle, b, err);
	}
	return rc;
}

static int
unpack_space(const struct crate_in *c, const char *space, struct err *err)
{
	char repo[SPACE_PATH];
	struct bundle *b;
	int rc;

	(void)snprintf(repo, sizeof(repo), DATA_SPACES "/%s.git", space);
	rc = repo_create(repo, err);
	if (rc == 0)
		rc = bundle_begin(&b, repo, err);
	if (rc)
		return rc;
	rc = unpack_pieces(c, space, b, err);
	if (rc == 0)
		return bundle_commit(b, err);
	bundle_abort(b);
	return rc;
}

/* Those of which it says that they are there: NAME COMMIT. */
static int
unpack_content(const struct crate_in *c, struct err *err)
{
	struct buf line = BUF_INIT;
	size_t n;
	int rc = 0;

	if (mkdir(DATA_SPACES, 0700) < 0)
		return err_set_errno(err, errno, DATA_SPACES);
	for (n = 0; rc == 0 && crate_said_nth(c, "space", n, &line); n++) {
		line.ptr[strcspn(line.ptr, " ")] = '\0';
		rc = space_is_valid(line.ptr)
			     ? unpack_space(c, line.ptr, err)
			     : err_set(err, PLEIN_ECORRUPT,
				       "it has a space with no name");
		buf_reset(&line);
	}
	buf_release(&line);
	return rc;
}

/* A wiki that would not start is not made. */
static int
check_conf(const struct crate_in *c, struct err *err)
{
	struct buf text = BUF_INIT;
	struct conf conf;
	int rc = load_small(c, DATA_CONF, &text, err);

	conf_init(&conf);
	if (rc == 0)
		rc = conf_parse(&conf, text.ptr, err);
	conf_release(&conf);
	buf_release(&text);
	return rc;
}

static int
unpack_all(const struct crate_in *c, struct err *err)
{
	int rc = check_conf(c, err);

	if (rc == 0)
		rc = unpack_content(c, err);
	if (rc == 0)
		rc = unpack_state(c, err);
	if (rc == 0)
		rc = unpack_small(c, DATA_HOSTKEY, 0600, err);
	if (rc == 0)
		rc = unpack_small(c, DATA_HOSTKEY ".pub", 0644, err);
	if (rc == 0)
		rc = unpack_small(c, DATA_CONF, 0600, err);
	return rc ? rc : install_prove(err);
}

/* --- the folder ----------------------------------------------------------- */

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)type;
	/* the folder itself may have been there, or have other owners */
	return at->level == 0 ? 0 : remove(path);
}

/* Into DIR, which may be there if it is empty; *made tells that it was not. */
static int
enter_folder(const char *dir, bool *made, struct err *err)
{
	struct vec names = VEC_INIT;
	int data, rc;

	*made = mkdir(dir, 0700) == 0;
	if (!*made && errno != EEXIST)
		return err_set_errno(err, errno, "%s", dir);
	data = fs_open_dir(dir, err);
	if (data < 0)
		return data;
	rc = fs_list_at(data, ".", &names, err);
	if (rc == 0 && names.len > 0)
		rc = err_set(err, PLEIN_EEXISTS,
			     "%s is not empty; a wiki is restored into an "
			     "empty or a new folder only",
			     dir);
	if (rc == 0 && fchdir(data) < 0)
		rc = err_set_errno(err, errno, "%s", dir);
	vec_release(&names, free);
	if (rc == 0)
		return data;
	(void)close(data); /* only read */
	return rc;
}

static int
restore_into(int data, const struct crate_in *c, bool *as_root, struct err *err)
{
	int lock = fs_lock_at(data, DATA_LOCK, err), rc;

	if (lock < 0)
		return lock;
	rc = unpack_all(c, err);
	if (rc == 0)
		rc = install_give_away(data, as_root, err);
	(void)close(lock); /* nothing was written to it */
	if (rc)
		(void)nftw(".", remove_one, 16, FTW_DEPTH | FTW_PHYS);
	return rc;
}

static void
tell_moment(const struct crate_in *c)
{
	struct buf line = BUF_INIT;

	buf_str(&line, "restored as of ");
	if (crate_said(c, "time", &line))
		(void)printf("%s\n", line.ptr); /* main() looks whether */
	buf_release(&line);
}

static int
restore(const char *file, const char *dir, bool *as_root, struct err *err)
{
	int fd = open(file, O_RDONLY | O_CLOEXEC), home, data, rc;
	struct crate_in *c = NULL;
	bool made = false;

	if (fd < 0)
		return err_set_errno(err, errno, "%s", file);
	home = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	rc = crate_open(&c, fd, err);
	if (rc == 0) {
		data = enter_folder(dir, &made, err);
		rc = data < 0 ? data : restore_into(data, c, as_root, err);
		if (data >= 0)
			(void)close(data); /* synced before */
	}
	if (rc == 0)
		tell_moment(c);
	/* it was ours and is empty again */
	if (rc && made && home >= 0 && fchdir(home) == 0)
		(void)rmdir(dir);
	if (home >= 0)
		(void)close(home); /* a folder */
	crate_release(c);
	(void)close(fd); /* only read */
	return rc;
}

static const char root_warning[] =
	"pleind: warning: this wiki belongs to root and will run as root; "
	"better make a user\npleind: warning: named plein, and give it the "
	"folder\n";

int
restore_main(int argc, char **argv)
{
	static const struct args_option none[] = { { NULL, NULL } };
	const char *words[2]; /* FILE DIR */
	struct err err = ERR_INIT;
	bool as_root = false;
	int n = args_sort(argc - 2, argv + 2, none, words, 2, &err);

	if (n < 0)
		return tell_error(&err);
	if (n != 2)
		return tell_usage("restore FILE DIR");
	err.code = restore(words[0], words[1], &as_root, &err);
	if (err.code)
		return tell_error(&err);
	if (as_root)
		(void)fputs(root_warning, stderr);
	return EXIT_DONE;
}
