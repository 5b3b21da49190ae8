/*
 * packs.c - a backend (git2/sys/odb_backend.h) that can only read: a list of
 * packs, each an index of ours to look into and a backend of libgit2's that
 * reads the one pack. The list follows the folder when libgit2 asks for what
 * is not in it.
 */
#include "store/packs.h"

#include <git2/sys/odb_backend.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plein/buf.h"
#include "plein/fs.h"
#include "plein/mem.h"
#include "plein/vec.h"
#include "store/packidx.h"
#include "store/packread.h"

struct shelf {
	struct packidx *idx;
	git_odb_backend *reader; /* opens nothing until it reads */
	struct packread *pack; /* NULL: not opened yet */
};

struct packs {
	git_odb_backend base; /* first: libgit2 knows only this */
	char *folder;
	struct vec shelves; /* struct shelf *, by name */
	size_t last; /* where something was found last */
	struct packcache *cache;
};

static void
free_shelf(void *item)
{
	struct shelf *s = item;

	packread_close(s->pack);
	packidx_close(s->idx);
	if (s->reader)
		s->reader->free(s->reader);
	free(s);
}

/* --- the list ----------------------------------------------------------- */

/* NULL when it is damaged, or gone again. */
static struct shelf *
open_shelf(const struct packs *p, int folder, const char *stem)
{
	struct shelf *s = mem_alloc(sizeof(*s));
	struct buf path = BUF_INIT;
	int rc = packidx_open(&s->idx, folder, stem, NULL);

	buf_printf(&path, "%s/%s.idx", p->folder, stem);
	if (rc == 0)
		rc = git_odb_backend_one_pack(&s->reader, path.ptr);
	buf_release(&path);
	if (rc != 0) {
		free_shelf(s);
		s = NULL;
	}
	return s;
}

/* Cut "pack-….idx" to its stem; false for other names. */
static bool
cut_stem(char *name)
{
	size_t len = strlen(name);

	if (strncmp(name, "pack-", 5) != 0 || len < 9 ||
	    strcmp(name + len - 4, ".idx") != 0)
		return false;
	name[len - 4] = '\0';
	return true;
}

/* Both lists are in order: keep what is in both, close, open. */
static void
follow_names(struct packs *p, int folder, const struct vec *names)
{
	struct vec old = p->shelves;
	struct shelf *s;
	size_t i, k = 0;
	int order;

	memset(&p->shelves, 0, sizeof(p->shelves));
	for (i = 0; i < names->len; i++) {
		if (!cut_stem(names->items[i]))
			continue;
		for (order = -1; k < old.len && order < 0; k += order < 0) {
			s = old.items[k];
			order = strcmp(packidx_stem(s->idx), names->items[i]);
			if (order < 0)
				free_shelf(s);
		}
		if (order == 0)
			s = old.items[k++];
		else
			s = open_shelf(p, folder, names->items[i]);
		if (s)
			vec_push(&p->shelves, s);
	}
	for (; k < old.len; k++)
		free_shelf(old.items[k]);
	vec_release(&old, NULL);
}

static int
read_folder(git_odb_backend *base)
{
	struct packs *p = (struct packs *)base;
	struct vec names = VEC_INIT;
	int folder = fs_open_dir(p->folder, NULL);

	p->last = 0;
	packcache_forget(p->cache);
	/* a folder that cannot be read holds nothing that can */
	if (folder >= 0 && fs_list_at(folder, ".", &names, NULL) == 0)
		follow_names(p, folder, &names);
	vec_release(&names, free);
	if (folder >= 0)
		(void)close(folder); /* only read */
	return 0;
}

/* --- reading ------------------------------------------------------------ */

/* Did maintenance replace it between our look and libgit2's? */
static bool
is_gone(const struct packs *p, const struct shelf *s)
{
	struct buf path = BUF_INIT;
	bool gone;

	buf_printf(&path, "%s/%s.pack", p->folder, packidx_stem(s->idx));
	gone = access(path.ptr, F_OK) != 0;
	buf_release(&path);
	return gone;
}

/* A question about one object, to the pack that has it. */
struct question {
	const git_oid *id;
	void **data; /* NULL: just how long it is, and of which type */
	size_t *len;
	git_object_t *type;
};

static int
ask_shelf(const struct shelf *s, const struct question *q)
{
	if (q->data)
		return s->reader->read(q->data, q->len, q->type, s->reader,
				       q->id);
	return s->reader->read_header(q->len, q->type, s->reader, q->id);
}

/* Damage in one that has it is an error, even if another has it too. */
static int
ask_shelves(struct packs *p, const struct question *q)
{
	size_t n, i, first = p->last;
	struct shelf *s;
	int rc;

	for (n = 0; n < p->shelves.len; n++) {
		i = (first + n) % p->shelves.len;
		s = p->shelves.items[i];
		if (!packidx_has(s->idx, q->id->id))
			continue;
		p->last = i;
		rc = ask_shelf(s, q);
		if (rc == 0 || !is_gone(p, s))
			return rc;
	}
	return GIT_ENOTFOUND;
}

static int
read_object(void **data, size_t *len, git_object_t *type, git_odb_backend *base,
	    const git_oid *id)
{
	const struct question q = { id, data, len, type };

	return ask_shelves((struct packs *)base, &q);
}

static int
read_header(size_t *len, git_object_t *type, git_odb_backend *base,
	    const git_oid *id)
{
	const struct question q = { id, NULL, len, type };

	return ask_shelves((struct packs *)base, &q);
}

static int
has_object(git_odb_backend *base, const git_oid *id)
{
	const struct packs *p = (struct packs *)base;
	size_t i;

	for (i = 0; i < p->shelves.len; i++)
		if (packidx_has(((struct shelf *)p->shelves.items[i])->idx,
				id->id))
			return 1;
	return 0;
}

static void
free_backend(git_odb_backend *base)
{
	struct packs *p = (struct packs *)base;

	vec_release(&p->shelves, free_shelf);
	packcache_free(p->cache);
	free(p->folder);
	free(p);
}

static int
open_pack(const struct packs *p, struct shelf *s)
{
	int folder, rc;

	if (s->pack)
		return 0;
	folder = fs_open_dir(p->folder, NULL);
	if (folder < 0)
		return folder;
	rc = packread_open(&s->pack, folder, s->idx, NULL);
	(void)close(folder); /* only read */
	return rc;
}

static bool
read_from(struct packs *p, struct shelf *s, size_t offset, git_object_t type,
	  size_t max, struct buf *raw)
{
	git_object_t is = GIT_OBJECT_INVALID;
	size_t before = raw->len;

	if (open_pack(p, s) ||
	    packread_object(s->pack, p->cache, offset, max, &is, raw))
		return false;
	if (is != type)
		buf_erase(raw, before, raw->len - before);
	return is == type;
}

int
packs_read(struct packs *p, const git_oid *id, git_object_t type, size_t max,
	   struct buf *raw)
{
	size_t n, i, offset, first = p->last;
	struct shelf *s;

	for (n = 0; n < p->shelves.len; n++) {
		i = (first + n) % p->shelves.len;
		s = p->shelves.items[i];
		if (!packidx_find(s->idx, id->id, &offset))
			continue;
		p->last = i;
		return read_from(p, s, offset, type, max, raw) ? 0
							       : GIT_ENOTFOUND;
	}
	return GIT_ENOTFOUND;
}

int
packs_attach(git_odb *odb, const char *objects, struct packs **out)
{
	struct packs *p = mem_alloc(sizeof(*p));
	struct buf folder = BUF_INIT;
	int rc;

	buf_printf(&folder, "%s/pack", objects);
	p->folder = mem_strdup(folder.ptr);
	buf_release(&folder);
	p->base.version = GIT_ODB_BACKEND_VERSION;
	p->base.read = read_object;
	p->base.read_header = read_header;
	p->base.exists = has_object;
	p->base.refresh = read_folder;
	p->base.free = free_backend;
	p->cache = packcache_new();
	(void)read_folder(&p->base); /* always 0 */
	rc = git_odb_add_backend(odb, &p->base, 50);
	if (rc != 0) {
		free_backend(&p->base);
		p = NULL;
	}
	if (out != NULL)
		*out = p;
	return rc;
}
