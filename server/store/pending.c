/*
 * pending.c - a backend (git2/sys/odb_backend.h) that can only read, over a
 * table by id. What was stored last stays in it for a while: libgit2, asked
 * for what it does not know, reads the whole folder of packs anew.
 */
#include "store/pending.h"

#include <git2/sys/odb_backend.h>
#include <stdbool.h>
#include <stdint.h>
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
#define BUCKETS 1024U
#define RECENT_MAX 512U /* objects, and … */
#define RECENT_BYTES (4UL * 1024 * 1024)

struct object {
	struct object *next; /* of the bucket, newest first */
	git_oid id;
	git_object_t type;
	struct buf data; /* empty while it is lent: */
	struct folder *lender; /* whose bytes these are still */
	struct tree_anchor *anchor; /* a large folder's, or NULL */
	struct buf delta; /* to that; empty: it is that */
	size_t len;
	size_t n; /* its number among the pending, NOWHERE: stored */
	size_t place; /* its number in the pack */
	size_t base; /* the same of what it differs from, or NOWHERE */
	int chain; /* differences down to one that is whole */
};

struct pending {
	git_odb_backend base; /* first: libgit2 knows only this */
	struct object *buckets[BUCKETS];
	struct vec objects; /* struct object *: not stored yet */
	size_t bytes; /* of those */
	struct vec recent; /* the same: stored, oldest first */
	size_t recent_bytes;
};

/* --- the table ---------------------------------------------------------- */

static struct object **
find_bucket(struct pending *p, const git_oid *id)
{
	return &p->buckets[((unsigned)id->id[0] << 8 | id->id[1]) % BUCKETS];
}

static const struct object *
find_object(struct pending *p, const git_oid *id)
{
	const struct object *o = *find_bucket(p, id);

	while (o && !git_oid_equal(&o->id, id))
		o = o->next;
	return o;
}

static void
put_object(struct pending *p, struct object *o)
{
	struct object **bucket = find_bucket(p, &o->id);

	o->next = *bucket;
	*bucket = o;
}

static bool
is_lent(const struct object *o)
{
	return o->data.len < o->len;
}

static const struct buf *
bytes_of(const struct object *o)
{
	return is_lent(o) ? &o->lender->raw : &o->data;
}

static void
forget_anchor(struct object *o)
{
	anchor_drop(o->anchor);
	o->anchor = NULL;
	buf_release(&o->delta);
}

static void
drop_object(struct pending *p, struct object *o)
{
	struct object **at = find_bucket(p, &o->id);

	if (is_lent(o))
		folder_lend(o->lender, NULL);
	forget_anchor(o);
	while (*at != o)
		at = &(*at)->next;
	*at = o->next;
	buf_release(&o->data);
	free(o);
}

/* --- for libgit2 -------------------------------------------------------- */

static int
read_object(void **data, size_t *len, git_object_t *type, git_odb_backend *base,
	    const git_oid *id)
{
	const struct object *o = find_object((struct pending *)base, id);

	if (!o)
		return GIT_ENOTFOUND;
	*data = git_odb_backend_data_alloc(base, o->len + 1);
	if (!*data)
		die("out of memory in libgit2");
	if (o->len > 0)
		memcpy(*data, bytes_of(o)->ptr, o->len);
	((char *)*data)[o->len] = '\0'; /* its parsers rely on it */
	*len = o->len;
	*type = o->type;
	return 0;
}

static int
read_header(size_t *len, git_object_t *type, git_odb_backend *base,
	    const git_oid *id)
{
	const struct object *o = find_object((struct pending *)base, id);

	if (!o)
		return GIT_ENOTFOUND;
	*len = o->len;
	*type = o->type;
	return 0;
}

static int
has_object(git_odb_backend *base, const git_oid *id)
{
	return find_object((struct pending *)base, id) != NULL;
}

static void
forget_oldest(struct pending *p, size_t n)
{
	struct object *o;
	size_t i;

	for (i = 0; i < n; i++) {
		o = p->recent.items[i];
		p->recent_bytes -= o->len;
		drop_object(p, o);
	}
	for (i = n; i < p->recent.len; i++)
		p->recent.items[i - n] = p->recent.items[i];
	p->recent.len -= n;
}

static void
free_backend(git_odb_backend *base)
{
	struct pending *p = (struct pending *)base;

	pending_cut(p, 0);
	forget_oldest(p, p->recent.len);
	vec_release(&p->objects, NULL);
	vec_release(&p->recent, NULL);
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
choose_base(struct pending *p, struct object *o, const git_oid *was)
{
	const struct object *base =
		was && o->len > 0 ? find_object(p, was) : NULL;

	o->base = NOWHERE;
	if (!base || base->n == NOWHERE || base->type != o->type ||
	    base->chain == CHAIN_MAX)
		return;
	o->base = base->n;
	o->chain = base->chain + 1;
}

static const struct object *
find_pending(struct pending *p, const git_oid *id)
{
	const struct object *known = find_object(p, id);

	return known && known->n != NOWHERE ? known : NULL;
}

static struct object *
make_object(git_object_t type, const git_oid *id, size_t len)
{
	struct object *o = mem_alloc(sizeof(*o));

	o->id = *id;
	o->type = type;
	o->len = len;
	buf_init(&o->data);
	buf_init(&o->delta);
	return o;
}

static void
keep_object(struct pending *p, struct object *o, const git_oid *was)
{
	o->n = p->objects.len;
	choose_base(p, o, was);
	put_object(p, o);
	vec_push(&p->objects, o);
	p->bytes += o->len;
}

int
pending_add(struct pending *p, git_object_t type, const struct buf *data,
	    const git_oid *was, git_oid *id, struct err *err)
{
	int rc = git_odb_hash(id, data->ptr, data->len, type);
	struct object *o;

	if (rc != 0)
		return libgit_fail(err, rc, "hashing an object");
	if (find_pending(p, id))
		return 0;
	o = make_object(type, id, data->len);
	buf_add(&o->data, data->ptr, data->len);
	keep_object(p, o, was);
	return 0;
}

void
pending_add_folder(struct pending *p, struct folder *f, const git_oid *was,
		   const git_oid *id)
{
	struct object *o;

	if (find_pending(p, id))
		return;
	o = make_object(GIT_OBJECT_TREE, id, f->raw.len);
	if (f->raw.len < BLOCK_LEN) {
		buf_add(&o->data, f->raw.ptr, f->raw.len);
	} else {
		o->lender = f;
		folder_lend(f, &o->data);
	}
	keep_object(p, o, was);
	if (o->base == NOWHERE && o->len >= BLOCK_LEN)
		o->anchor = folder_anchor(f, id, &o->delta);
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
		p->bytes -= o->len;
		drop_object(p, o);
	}
}

/* Before all else: what differs from them follows. */
static void
pack_anchors(const struct pending *p, struct pack *pack)
{
	const struct object *o;
	size_t i;

	for (i = 0; i < p->objects.len; i++) {
		o = p->objects.items[i];
		if (o->anchor)
			pack_add_anchor(pack, o->anchor);
	}
}

static void
pack_one(const struct pending *p, struct pack *pack, struct object *o)
{
	const struct object *base;
	size_t n = 0;

	if (pack_has_anchor(pack, &o->id, &n)) {
		o->place = n;
	} else if (o->base != NOWHERE) {
		base = p->objects.items[o->base];
		o->place = pack_add_delta(pack, &o->id, bytes_of(o),
					  base->place, bytes_of(base));
	} else if (o->anchor) {
		(void)pack_has_anchor(pack, &o->anchor->id, &n); /* it has */
		o->place = pack_add_difference(pack, &o->id, n, &o->delta);
	} else {
		o->place = pack_add(pack, o->type, &o->id, bytes_of(o));
	}
}

static struct pack *
pack_up(const struct pending *p)
{
	struct pack *pack = pack_new(2 * p->objects.len);
	size_t i;

	pack_anchors(p, pack);
	for (i = 0; i < p->objects.len; i++)
		pack_one(p, pack, p->objects.items[i]);
	return pack;
}

/* They are stored now; the oldest of what is kept make room. */
static void
keep_recent(struct pending *p)
{
	size_t i, n = 0, bytes;
	struct object *o;

	for (i = 0; i < p->objects.len; i++) {
		o = p->objects.items[i];
		if (is_lent(o)) {
			drop_object(p, o);
			continue;
		}
		o->n = NOWHERE;
		forget_anchor(o);
		vec_push(&p->recent, o);
		p->recent_bytes += o->len;
	}
	p->objects.len = 0;
	p->bytes = 0;
	for (bytes = p->recent_bytes;
	     bytes > RECENT_BYTES || p->recent.len - n > RECENT_MAX; n++)
		bytes -= ((struct object *)p->recent.items[n])->len;
	forget_oldest(p, n);
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
		keep_recent(p);
	return rc;
}
