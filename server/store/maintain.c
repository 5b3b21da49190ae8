/*
 * maintain.c - see maintain.h.
 *
 * Why not `git repack -d`: git never syncs the folder of a pack, so on some
 * file systems a power cut could undo the pack's appearance and keep the
 * disappearance of what it replaced. Here the packs are read first, then all
 * is synced, and only what those packs hold is removed.
 *
 * Why no multi-pack-index: libgit2 1.5 goes on trusting one it has loaded
 * after the packs it names were replaced, and then reports objects as
 * damaged. Geometric packing leaves few packs anyway.
 */
#include "store/maintain.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "plein/buf.h"
#include "plein/fs.h"
#include "plein/mem.h"
#include "plein/vec.h"
#include "store/packidx.h"

#define FAN_OUT 256
#define REST 38 /* hexadecimal digits of a loose object's file name */

struct depot {
	int objects, pack; /* folders */
	struct vec packs; /* struct packidx *, largest first */
};

/* --- opening ------------------------------------------------------------ */

static bool
ends_in(const char *name, const char *tail)
{
	size_t len = strlen(name), n = strlen(tail);

	return len > n && strcmp(name + len - n, tail) == 0;
}

static bool
is_pack(const char *name)
{
	return strncmp(name, "pack-", 5) == 0 && ends_in(name, ".idx");
}

static int
open_folders(struct depot *d, const char *path, struct err *err)
{
	struct buf name = BUF_INIT;

	d->pack = -1;
	buf_printf(&name, "%s/objects", path);
	d->objects = fs_open_dir(name.ptr, err);
	buf_str(&name, "/pack");
	if (d->objects >= 0)
		d->pack = fs_open_dir(name.ptr, err);
	buf_release(&name);
	if (d->objects < 0)
		return d->objects;
	return d->pack < 0 ? d->pack : 0;
}

static int
larger_first(const void *a, const void *b)
{
	size_t x = packidx_len(a), y = packidx_len(b);

	return (x < y) - (x > y);
}

static int
read_packs(struct depot *d, struct err *err)
{
	struct vec names = VEC_INIT;
	struct packidx *p;
	size_t i;
	int rc = fs_list_at(d->pack, ".", &names, err);

	for (i = 0; i < names.len && !rc; i++) {
		char *name = names.items[i];

		if (!is_pack(name))
			continue;
		name[strlen(name) - strlen(".idx")] = '\0';
		rc = packidx_open(&p, d->pack, name, err);
		if (!rc)
			vec_push(&d->packs, p);
	}
	vec_release(&names, free);
	vec_sort(&d->packs, larger_first);
	return rc;
}

static void
close_depot(struct depot *d)
{
	vec_release(&d->packs, packidx_close);
	if (d->objects >= 0)
		(void)close(d->objects); /* a folder */
	if (d->pack >= 0)
		(void)close(d->pack); /* the same */
}

/* --- loose objects ------------------------------------------------------ */

/* Two hexadecimal digits, or -1. */
static int
read_byte(const char *s)
{
	static const char digits[] = "0123456789abcdef";
	const char *high = s[0] ? strchr(digits, s[0]) : NULL;
	const char *low = high && s[1] ? strchr(digits, s[1]) : NULL;

	return low ? (int)(high - digits) * 16 + (int)(low - digits) : -1;
}

static bool
read_id(const char *rest, unsigned first, unsigned char *id)
{
	size_t i;
	int byte;

	if (strlen(rest) != REST)
		return false;
	id[0] = (unsigned char)first;
	for (i = 1; i < PACKIDX_ID; i++) {
		byte = read_byte(rest + (i - 1) * 2);
		if (byte < 0)
			return false;
		id[i] = (unsigned char)byte;
	}
	return true;
}

/*
 * Call `each` for every loose object; its non-zero result ends the walk.
 * `folder` is open, `name` the file in it.
 */
struct loose_walk {
	int (*each)(struct loose_walk *w, int folder, const char *name,
		    const unsigned char *id, struct err *err);
	struct depot *depot;
	size_t n;
};

static int
walk_folder(struct loose_walk *w, unsigned first, struct err *err)
{
	struct vec names = VEC_INIT;
	unsigned char id[PACKIDX_ID];
	char name[3];
	size_t i;
	int fd, rc;

	(void)snprintf(name, sizeof(name), "%02x", first & 0xffU);
	fd = openat(w->depot->objects, name,
		    O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT ? 0
				       : err_set_errno(err, errno, "%s", name);
	rc = fs_list_at(fd, ".", &names, err);
	for (i = 0; i < names.len && !rc; i++)
		if (read_id(names.items[i], first, id))
			rc = w->each(w, fd, names.items[i], id, err);
	vec_release(&names, free);
	(void)close(fd); /* a folder */
	return rc;
}

static int
walk_loose(struct loose_walk *w, struct err *err)
{
	unsigned first;
	int rc = 0;

	for (first = 0; first < FAN_OUT && !rc; first++)
		rc = walk_folder(w, first, err);
	return rc;
}

static int
count_one(struct loose_walk *w, int folder, const char *name,
	  const unsigned char *id, struct err *err)
{
	(void)folder;
	(void)name;
	(void)id;
	(void)err;
	w->n++;
	return 0;
}

static int
drop_if_packed(struct loose_walk *w, int folder, const char *name,
	       const unsigned char *id, struct err *err)
{
	const struct vec *packs = &w->depot->packs;
	size_t i;

	for (i = 0; i < packs->len; i++)
		if (packidx_has(packs->items[i], id))
			break;
	if (i == packs->len)
		return 0;
	if (unlinkat(folder, name, 0) < 0 && errno != ENOENT)
		return err_set_errno(err, errno, "%s", name);
	w->n++;
	return 0;
}

/* --- packs -------------------------------------------------------------- */

static bool
is_kept(const struct depot *d, const char *stem)
{
	struct buf name = BUF_INIT;
	bool kept;

	buf_printf(&name, "%s.keep", stem);
	kept = faccessat(d->pack, name.ptr, F_OK, 0) == 0;
	buf_release(&name);
	return kept;
}

/* The index first: without it the rest is no pack any more. */
static int
remove_pack(const struct depot *d, const char *stem, struct err *err)
{
	static const char *const tails[] = { ".idx", ".rev", ".bitmap",
					     ".pack" };
	struct buf name = BUF_INIT;
	size_t i;
	int rc = 0;

	for (i = 0; i < sizeof(tails) / sizeof(tails[0]) && !rc; i++) {
		buf_reset(&name);
		buf_printf(&name, "%s%s", stem, tails[i]);
		if (unlinkat(d->pack, name.ptr, 0) < 0 && errno != ENOENT)
			rc = err_set_errno(err, errno, "%s", name.ptr);
	}
	buf_release(&name);
	return rc;
}

/* Is it in one of those that come before it, which stay? */
static bool
is_covered(const struct depot *d, size_t at)
{
	size_t i;

	for (i = 0; i < at; i++)
		if (packidx_covers(d->packs.items[i], d->packs.items[at]))
			return true;
	return false;
}

static int
drop_covered(struct depot *d, size_t *n, struct err *err)
{
	struct packidx *p;
	size_t i = 0;
	int rc = 0;

	while (i < d->packs.len && !rc) {
		p = d->packs.items[i];
		if (!is_covered(d, i) || is_kept(d, packidx_stem(p))) {
			i++;
			continue;
		}
		rc = remove_pack(d, packidx_stem(p), err);
		*n += rc == 0;
		packidx_close(vec_remove(&d->packs, i));
	}
	return rc;
}

/* --- what was never finished ------------------------------------------- */

static bool
is_temporary(const char *name)
{
	return strncmp(name, "tmp_", 4) == 0 || strncmp(name, ".tmp-", 5) == 0;
}

static int
drop_stale(const struct depot *d, size_t *n, struct err *err)
{
	struct vec names = VEC_INIT;
	time_t now = time(NULL);
	struct stat st;
	size_t i;
	int rc = fs_list_at(d->pack, ".", &names, err);

	for (i = 0; i < names.len && !rc; i++) {
		const char *name = names.items[i];

		if (!is_temporary(name) ||
		    fstatat(d->pack, name, &st, AT_SYMLINK_NOFOLLOW) < 0 ||
		    !S_ISREG(st.st_mode) ||
		    st.st_mtime > now - MAINTAIN_STALE_S)
			continue;
		if (unlinkat(d->pack, name, 0) == 0)
			(*n)++;
		else if (errno != ENOENT)
			rc = err_set_errno(err, errno, "%s", name);
	}
	vec_release(&names, free);
	return rc;
}

/* --- both --------------------------------------------------------------- */

int
maintain_count(const char *path, struct maintain_count *out, struct err *err)
{
	struct depot d = { -1, -1, VEC_INIT };
	struct loose_walk w = { count_one, &d, 0 };
	struct vec names = VEC_INIT;
	struct stat st;
	size_t i;
	int rc = open_folders(&d, path, err);

	memset(out, 0, sizeof(*out));
	if (!rc)
		rc = walk_loose(&w, err);
	if (!rc)
		rc = fs_list_at(d.pack, ".", &names, err);
	for (i = 0; i < names.len && !rc; i++) {
		const char *name = names.items[i];

		out->packs += is_pack(name);
		if (ends_in(name, ".pack") &&
		    fstatat(d.pack, name, &st, AT_SYMLINK_NOFOLLOW) == 0)
			out->pack_bytes += st.st_size;
	}
	out->loose = w.n;
	vec_release(&names, free);
	close_depot(&d);
	return rc;
}

static int
lock_folder(int fd, int how, struct err *err)
{
	int rc;

	do
		rc = flock(fd, how);
	while (rc < 0 && errno == EINTR);
	if (rc < 0 && errno == EWOULDBLOCK)
		return err_set(err, PLEIN_EBUSY, "somebody reads all of it");
	return rc < 0 ? err_set_errno(err, errno, "lock objects") : 0;
}

int
maintain_hold(const char *path, struct err *err)
{
	struct buf name = BUF_INIT;
	int fd, rc;

	buf_printf(&name, "%s/objects", path);
	fd = fs_open_dir(name.ptr, err);
	buf_release(&name);
	if (fd < 0)
		return fd;
	rc = lock_folder(fd, LOCK_SH, err);
	if (rc == 0)
		return fd;
	(void)close(fd); /* a folder */
	return rc;
}

int
maintain_prune(const char *path, struct maintain_pruned *out, struct err *err)
{
	struct depot d = { -1, -1, VEC_INIT };
	struct loose_walk w = { drop_if_packed, &d, 0 };
	int rc = open_folders(&d, path, err);

	memset(out, 0, sizeof(*out));
	if (!rc)
		rc = lock_folder(d.objects, LOCK_EX | LOCK_NB, err);
	if (!rc)
		rc = read_packs(&d, err);
	if (!rc)
		rc = fs_sync_fs(d.objects, err);
	if (!rc)
		rc = drop_covered(&d, &out->packs, err);
	if (!rc)
		rc = walk_loose(&w, err);
	out->loose = w.n;
	if (!rc)
		rc = drop_stale(&d, &out->temporary, err);
	close_depot(&d);
	return rc;
}
