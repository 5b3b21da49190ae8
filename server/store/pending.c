/*
 * pending.c - a backend (git2/sys/odb_backend.h) that can only read, over a
 * list that is searched from its newest end: batches are small, and who asks
 * usually wants what was just made.
 */
#include "store/pending.h"

#include <git2/sys/odb_backend.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plein/fs.h"
#include "plein/mem.h"
#include "plein/vec.h"
#include "store/libgit.h"
#include "store/pack.h"

#define CHAIN_MAX 40 /* differences on top of each other; git's own is 50 */
#define NOWHERE SIZE_MAX

struct object {
	git_oid id;
	git_object_t type;
	struct buf data;
	size_t base; /* its number, or NOWHERE */
	int chain; /* differences down to one that is whole */
};

struct pending {
	git_odb_backend base; /* first: libgit2 knows only this */
	struct vec objects; /* struct object * */
	size_t bytes;
};

static void
free_object(void *item)
{
	struct object *o = item;

	buf_release(&o->data);
	free(o);
}

/* The number of an object, or NOWHERE. */
static size_t
find_object(const struct pending *p, const git_oid *id)
{
	size_t i;

	for (i = p->objects.len; i-- > 0;)
		if (git_oid_equal(&((struct object *)p->objects.items[i])->id,
				  id))
			return i;
	return NOWHERE;
}

/* --- for libgit2 -------------------------------------------------------- */

static int
read_object(void **data, size_t *len, git_object_t *type, git_odb_backend *base,
	    const git_oid *id)
{
	const struct pending *p = (struct pending *)base;
	size_t i = find_object(p, id);
	const struct object *o;

	if (i == NOWHERE)
		return GIT_ENOTFOUND;
	o = p->objects.items[i];
	*data = git_odb_backend_data_alloc(base, o->data.len + 1);
	if (!*data)
		die("out of memory in libgit2");
	/* libgit2's parsers rely on the NUL */
	memcpy(*data, o->data.ptr, o->data.len);
	((char *)*data)[o->data.len] = '\0';
	*len = o->data.len;
	*type = o->type;
	return 0;
}

static int
read_header(size_t *len, git_object_t *type, git_odb_backend *base,
	    const git_oid *id)
{
	const struct pending *p = (struct pending *)base;
	size_t i = find_object(p, id);

	if (i == NOWHERE)
		return GIT_ENOTFOUND;
	*len = ((struct object *)p->objects.items[i])->data.len;
	*type = ((struct object *)p->objects.items[i])->type;
	return 0;
}

static int
has_object(git_odb_backend *base, const git_oid *id)
{
	return find_object((struct pending *)base, id) != NOWHERE;
}

static void
free_backend(git_odb_backend *base)
{
	struct pending *p = (struct pending *)base;

	vec_release(&p->objects, free_object);
	free(p);
}

int
pending_attach(struct pending **out, git_odb *odb)
{
	struct pending *p = mem_alloc(sizeof(*p));
	int rc;

	p->base.version = GIT_ODB_BACKEND_VERSION;
	p->base.read = read_object;
	p->base.read_header = read_header;
	p->base.exists = has_object;
	p->base.free = free_backend;
	rc = git_odb_add_backend(odb, &p->base, 200);
	if (rc != 0) {
		free_backend(&p->base);
		p = NULL;
	}
	*out = p;
	return rc;
}

/* --- for us ------------------------------------------------------------- */

static void
choose_base(const struct pending *p, struct object *o, const git_oid *was)
{
	const struct object *base;

	o->base = was && o->data.len > 0 ? find_object(p, was) : NOWHERE;
	if (o->base == NOWHERE)
		return;
	base = p->objects.items[o->base];
	if (base->type == o->type && base->chain < CHAIN_MAX)
		o->chain = base->chain + 1;
	else
		o->base = NOWHERE;
}

int
pending_add(struct pending *p, git_object_t type, const struct buf *data,
	    const git_oid *was, git_oid *id, struct err *err)
{
	int rc = git_odb_hash(id, data->ptr, data->len, type);
	struct object *o;

	if (rc != 0)
		return libgit_fail(err, rc, "hashing an object");
	if (find_object(p, id) != NOWHERE)
		return 0;
	o = mem_alloc(sizeof(*o));
	o->id = *id;
	o->type = type;
	buf_add(&o->data, data->ptr, data->len);
	choose_base(p, o, was);
	vec_push(&p->objects, o);
	p->bytes += data->len;
	return 0;
}

size_t
pending_len(const struct pending *p)
{
	return p->objects.len;
}

size_t
pending_bytes(const struct pending *p)
{
	return p->bytes;
}

void
pending_cut(struct pending *p, size_t n)
{
	struct object *o;

	while (p->objects.len > n) {
		o = vec_remove(&p->objects, p->objects.len - 1);
		p->bytes -= o->data.len;
		free_object(o);
	}
}

static struct pack *
pack_up(const struct pending *p)
{
	struct pack *pack = pack_new(p->objects.len);
	const struct object *o, *base;
	size_t i;

	for (i = 0; i < p->objects.len; i++) {
		o = p->objects.items[i];
		if (o->base == NOWHERE) {
			pack_add(pack, o->type, &o->id, &o->data);
			continue;
		}
		base = p->objects.items[o->base];
		pack_add_delta(pack, &o->id, &o->data, o->base, &base->data);
	}
	return pack;
}

int
pending_store(struct pending *p, const char *path, struct err *err)
{
	struct buf name = BUF_INIT;
	struct pack *pack;
	int folder, rc;

	if (p->objects.len == 0)
		return 0;
	buf_printf(&name, "%s/objects/pack", path);
	folder = fs_open_dir(name.ptr, err);
	buf_release(&name);
	if (folder < 0)
		return folder;
	pack = pack_up(p);
	rc = pack_store(pack, folder, err);
	pack_free(pack);
	(void)close(folder); /* what was written is synced */
	if (!rc)
		pending_cut(p, 0);
	return rc;
}
