/*
 * quarantine.c - an alternate (git's word) of one handle. Sizes are read from
 * the objects' headers: a small pack may hold what unpacks to gigabytes.
 */
#include "store/quarantine.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "plein/mem.h"
#include "store/libgit.h"
#include "store/packs.h"
#include "store/strict.h"

#define RANDOM_LEN 6 /* as mkdtemp(3) fills it */

struct quarantine {
	struct repo *repo;
	git_odb *own; /* only what came */
};

/* git before 2.35, and since. */
static const char *const prefixes[] = { "incoming-", "tmp_objdir-incoming-" };

static bool
is_random(const char *s)
{
	size_t n = 0;

	while (isalnum((unsigned char)s[n]))
		n++;
	return n == RANDOM_LEN && s[n] == '\0';
}

static bool
is_name(const char *name)
{
	size_t i, len;

	for (i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
		len = strlen(prefixes[i]);
		if (strncmp(name, prefixes[i], len) == 0 &&
		    is_random(name + len))
			return true;
	}
	return false;
}

static int
find_folder(struct buf *out, const char *path, const char *name,
	    struct err *err)
{
	struct stat st;

	if (!is_name(name))
		return err_set(err, PLEIN_ERULE, "no folder of a push");
	buf_printf(out, "%s/objects/%s", path, name);
	if (lstat(out->ptr, &st) != 0)
		return err_set_errno(err, errno, "%s", name);
	if (!S_ISDIR(st.st_mode))
		return err_set(err, PLEIN_ERULE, "%s is no folder", name);
	return 0;
}

static int
add_folder(struct quarantine *q, const char *folder, struct err *err)
{
	int rc = strict_attach(q->repo->odb, folder);

	if (rc == 0)
		rc = packs_attach(q->repo->odb, folder, NULL);
	if (rc == 0)
		rc = git_odb_open(&q->own, folder);
	return rc == 0 ? 0 : libgit_fail(err, rc, "what was sent");
}

int
quarantine_open(struct quarantine **out, const char *path, const char *name,
		struct err *err)
{
	struct quarantine *q = mem_alloc(sizeof *q);
	struct buf folder = BUF_INIT;
	int rc = find_folder(&folder, path, name, err);

	if (rc == 0)
		rc = repo_open(&q->repo, path, err);
	if (rc == 0)
		rc = add_folder(q, folder.ptr, err);
	if (rc != 0) {
		quarantine_close(q);
		q = NULL;
	}
	*out = q;
	buf_release(&folder);
	return rc;
}

void
quarantine_close(struct quarantine *q)
{
	if (q == NULL)
		return;
	git_odb_free(q->own);
	repo_close(q->repo);
	free(q);
}

struct repo *
quarantine_repo(struct quarantine *q)
{
	return q->repo;
}

struct measure {
	struct quarantine *q;
	size_t most;
	struct quarantine_size *out;
	int rc; /* libgit2's for one object */
};

static int
measure_one(const git_oid *id, void *ctx)
{
	struct measure *m = ctx;
	git_object_t type;
	size_t size, *largest;

	m->rc = git_odb_read_header(&size, &type, m->q->repo->odb, id);
	if (m->rc != 0)
		return 1; /* stops */
	largest = type == GIT_OBJECT_BLOB ? &m->out->file : &m->out->other;
	if (size > *largest)
		*largest = size;
	return ++m->out->objects > m->most;
}

int
quarantine_measure(struct quarantine *q, size_t most,
		   struct quarantine_size *out, struct err *err)
{
	struct measure m = { q, most, out, 0 };
	int rc;

	memset(out, 0, sizeof *out);
	rc = git_odb_foreach(q->own, measure_one, &m);
	if (m.rc == 0 && (rc == 0 || out->objects > most))
		return 0;
	return libgit_fail(err, m.rc ? m.rc : rc, "what was sent");
}

struct listing {
	int (*each)(void *ctx, const struct repo_id *id);
	void *ctx;
	int rc;
};

static int
list_one(const git_oid *oid, void *ctx)
{
	struct listing *l = ctx;
	struct repo_id id;

	libgit_id(&id, oid);
	l->rc = l->each(l->ctx, &id);
	return l->rc != 0; /* stops */
}

int
quarantine_each(struct quarantine *q,
		int (*each)(void *ctx, const struct repo_id *id), void *ctx,
		struct err *err)
{
	struct listing l = { each, ctx, 0 };
	int rc = git_odb_foreach(q->own, list_one, &l);

	if (l.rc)
		return l.rc;
	return rc == 0 ? 0 : libgit_fail(err, rc, "what was sent");
}
