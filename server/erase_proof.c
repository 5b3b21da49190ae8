/* erase_proof.c - see erase_proof.h. */
#include "erase_proof.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "needles.h"
#include "plein/fs.h"
#include "plein/mem.h"
#include "store/scan.h"
#include "store/snap.h"
#include "store/spaces.h"
#include "wiki/desk.h"
#include "wiki/erasing.h"

#define TOLD_MAX 20 /* places */
#define PIECE ((size_t)8 * 1024 * 1024)
#define OVERLAP ((size_t)1024 * 1024) /* no line is longer */

struct proof {
	const struct erasure *e;
	const struct erasing *at;
	struct needles *needles;
	struct buf *report;
	struct scan *scan;
	struct vec others; /* char *: ids of files that hold one too */
	struct vec beside; /* char *: "./spaces/NAME." of spaces that do */
	const char *data; /* what is at hand */
	size_t len;
	bool found, here; /* any; in what is at hand */
	size_t n_objects, n_files, n_told;
	long long n_bytes;
};

/* --- by id --------------------------------------------------------------- */

static void
prove_ids(struct proof *p)
{
	const struct erasure *e = p->e;
	size_t gone = 0, left = 0, i;

	for (i = 0; i < e->commits.len; i++) {
		const struct erasure_pair *pair = e->commits.items[i];

		left += scan_has(p->scan, &pair->old);
	}
	for (i = 0; i < e->texts.len; i++) {
		const struct erasure_pair *pair = e->texts.items[i];

		gone += !scan_has(p->scan, &pair->old);
	}
	buf_printf(p->report, "texts: %zu of %zu are gone by their ids\n", gone,
		   e->texts.len);
	if (gone < e->texts.len)
		buf_printf(p->report,
			   "       %zu are also in other pages, which were not "
			   "asked for\n",
			   e->texts.len - gone);
	buf_printf(p->report, "commits: %zu of %zu are gone by their ids\n",
		   e->commits.len - left, e->commits.len);
	p->found = p->found || left > 0;
}

/* --- by words ------------------------------------------------------------ */

/* Words that were asked for everywhere may be nowhere. */
static bool
is_everywhere(const struct erasure *e)
{
	return (e->words || e->address) && e->scope.len == 0;
}

/* The needle is found in longer addresses too. */
static bool
is_it(const struct proof *p)
{
	return !p->e->address || erasure_names(p->e, p->data, p->len);
}

static void
look(struct proof *p, const char *data, size_t len,
     void (*found)(void *ctx, size_t which))
{
	p->data = data;
	p->len = len;
	needles_look(p->needles, data, len, found, p);
}

static void
note_in_object(void *ctx, size_t which)
{
	struct proof *p = ctx;

	if (!is_it(p))
		return;
	p->here = true;
	if (!is_everywhere(p->e))
		needles_drop(p->needles, which); /* it may be elsewhere too */
}

static int
look_at_object(void *ctx, const struct scan_object *o)
{
	struct proof *p = ctx;

	p->here = false;
	p->n_objects++;
	look(p, o->data, o->len, note_in_object);
	if (p->here)
		vec_push(&p->others, mem_strdup(o->id.hex));
	return 0;
}

static void
note_in_file(void *ctx, size_t which)
{
	struct proof *p = ctx;

	(void)which;
	p->here |= is_it(p);
}

static void
tell_place(struct proof *p, const char *words, const char *place)
{
	if (p->n_told++ < TOLD_MAX)
		buf_printf(p->report, "%s %s\n", words, place);
}

/* Is it a file of another space, which holds it by right? */
static bool
is_beside(const struct proof *p, const char *path)
{
	for (size_t i = 0; i < p->beside.len; i++) {
		const char *begin = p->beside.items[i];

		if (strncmp(path, begin, strlen(begin)) == 0)
			return true;
	}
	return false;
}

/* In pieces that overlap, for a file may shrink while it is read. */
static int
look_in(struct proof *p, int fd, const char *path, struct err *err)
{
	char *data = mem_alloc(PIECE);
	size_t kept = 0, len;
	ssize_t n;

	p->here = false;
	p->n_files++;
	while ((n = read(fd, data + kept, PIECE - kept)) > 0) {
		p->n_bytes += n;
		len = kept + (size_t)n;
		look(p, data, len, note_in_file);
		kept = len < OVERLAP ? len : OVERLAP;
		memmove(data, data + len - kept, kept);
	}
	free(data);
	if (n < 0)
		return err_set_errno(err, errno, "%s", path);
	if (!p->here || is_beside(p, path))
		return 0;
	tell_place(p, "found in", path);
	p->found = true;
	return 0;
}

static int
look_below(struct proof *p, const char *folder, struct err *err);

/* One that vanished meanwhile holds nothing any more. */
static int
look_at(struct proof *p, const char *path, struct err *err)
{
	struct stat st;
	int fd, rc;

	if (strcmp(path + 2, p->at->in_place) == 0 || lstat(path, &st) < 0)
		return 0;
	if (S_ISDIR(st.st_mode))
		return look_below(p, path, err);
	if (!S_ISREG(st.st_mode))
		return 0;
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return errno == ENOENT ? 0
				       : err_set_errno(err, errno, "%s", path);
	rc = look_in(p, fd, path, err);
	(void)close(fd); /* only read */
	return rc;
}

static int
look_below(struct proof *p, const char *folder, struct err *err)
{
	struct vec names = VEC_INIT;
	struct buf path = BUF_INIT;
	int rc = fs_list_at(AT_FDCWD, folder, &names, err);

	if (rc == PLEIN_ENOTFOUND)
		rc = 0;
	for (size_t i = 0; i < names.len && !rc; i++) {
		buf_reset(&path);
		buf_printf(&path, "%s/%s", folder, (char *)names.items[i]);
		rc = look_at(p, path.ptr, err);
	}
	buf_release(&path);
	vec_release(&names, free);
	return rc;
}

/* --- what else holds it --------------------------------------------------- */

static int
look_beside(void *ctx, const struct scan_object *o)
{
	struct proof *p = ctx;

	look(p, o->data, o->len, note_in_object);
	return 0;
}

/* Nothing was asked of the other spaces. */
static int
look_in_space(void *ctx, const char *name, struct err *err)
{
	struct proof *p = ctx;
	struct space *s = space_new(name);
	struct scan *scan = NULL;
	struct buf begin = BUF_INIT;
	int rc = 0;

	p->here = false;
	if (strcmp(name, p->at->space->name) != 0)
		rc = scan_open(&scan, s->repo, err);
	if (!rc && scan)
		rc = scan_all(scan, look_beside, p, err);
	if (!rc && p->here) {
		tell_place(p, "also in the space", name);
		buf_printf(&begin, "./" DATA_SPACES "/%s.", name);
		vec_push(&p->beside, buf_take(&begin));
	}
	buf_release(&begin);
	scan_close(scan);
	free(s);
	return rc;
}

static int
tell_if_other(void *ctx, const char *path, const struct repo_id *blob)
{
	struct proof *p = ctx;

	for (size_t i = 0; i < p->others.len; i++)
		if (strcmp(p->others.items[i], blob->hex) == 0)
			tell_place(p, "also in", path);
	return 0;
}

/* A line of it may stand in other texts by right; people have to look. */
static int
tell_others(struct proof *p, struct err *err)
{
	struct repo *r = NULL;
	struct repo_id tip;
	int rc;

	if (p->others.len == 0)
		return 0;
	buf_printf(p->report,
		   is_everywhere(p->e)
			   ? "found in %zu objects\n"
			   : "%zu objects that were not asked for hold lines "
			     "of it too (older versions, other pages)\n",
		   p->others.len);
	p->found = p->found || is_everywhere(p->e);
	rc = repo_open(&r, p->at->space->repo, err);
	if (!rc)
		rc = repo_ref_read(r, &tip, err);
	if (!rc)
		rc = snap_walk(r, &tip, tell_if_other, p, err);
	repo_close(r);
	return rc;
}

int
erase_proof(const struct erasure *e, const struct erasing *at,
	    struct buf *report, bool *clean, struct err *err)
{
	struct proof p = { .e = e, .at = at, .report = report };
	int rc = scan_open(&p.scan, at->space->repo, err);

	*clean = false;
	p.needles = needles_new(&e->lines);
	if (!rc) {
		prove_ids(&p);
		rc = scan_all(p.scan, look_at_object, &p, err);
	}
	if (!rc)
		rc = tell_others(&p, err);
	if (!rc)
		rc = spaces_each(look_in_space, &p, err);
	if (!rc)
		rc = look_below(&p, ".", err);
	if (!rc)
		buf_printf(report,
			   "searched: %zu objects, %zu files with %lld bytes, "
			   "for %zu lines: %s\n",
			   p.n_objects, p.n_files, p.n_bytes,
			   needles_left(p.needles),
			   p.found ? "NOT ALL IS GONE" : "nothing found");
	*clean = !rc && !p.found;
	needles_free(p.needles);
	vec_release(&p.others, free);
	vec_release(&p.beside, free);
	scan_close(p.scan);
	return rc;
}
