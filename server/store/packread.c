/*
 * packread.c - an object is whole, or a difference to one that stands before
 * it in the pack, and so on down to one that is whole: each has its base as
 * it was made kept in the cache, because who reads the versions of a page
 * wants that next.
 */
#include "store/packread.h"

#include <errno.h>
#include <fcntl.h>
#include <libdeflate.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plein/mem.h"

#define HEAD 12U /* bytes before the first object */
#define SUM 20U /* bytes behind the last */
#define CHAIN_MAX 128 /* differences on top of each other; git makes 50 */
#define SLOTS 256U
#define CACHED_MAX (64UL * 1024) /* bytes of one, and … */
#define CACHE_BYTES (2UL * 1024 * 1024) /* … of all */
#define COPY_ALL 0x10000U /* bytes, where the size is 0 */

struct slot {
	const struct packread *pack; /* NULL: empty */
	size_t offset;
	git_object_t type;
	struct buf raw;
};

struct packcache {
	struct libdeflate_decompressor *inflater;
	struct slot slots[SLOTS];
	size_t bytes;
};

struct packread {
	unsigned char *map;
	size_t len; /* of the objects, with the head */
	size_t mapped;
};

/* Where an object's bytes begin, and what it says of itself. */
struct entry {
	int type;
	size_t size; /* inflated */
	size_t base; /* offset of what it is the difference to */
	size_t data;
};

/* --- the cache ---------------------------------------------------------- */

struct packcache *
packcache_new(void)
{
	struct packcache *c = mem_alloc(sizeof(*c));

	c->inflater = libdeflate_alloc_decompressor();
	if (!c->inflater)
		die("out of memory");
	return c;
}

void
packcache_forget(struct packcache *c)
{
	for (size_t i = 0; i < SLOTS; i++) {
		buf_release(&c->slots[i].raw);
		c->slots[i].pack = NULL;
	}
	c->bytes = 0;
}

void
packcache_free(struct packcache *c)
{
	if (!c)
		return;
	packcache_forget(c);
	libdeflate_free_decompressor(c->inflater);
	free(c);
}

static struct slot *
slot_of(struct packcache *c, size_t offset)
{
	return &c->slots[(uint32_t)(offset * 2654435761U) >> 24];
}

static const struct slot *
find_kept(struct packcache *c, const struct packread *p, size_t offset)
{
	const struct slot *s = slot_of(c, offset);

	return s->pack == p && s->offset == offset ? s : NULL;
}

static void
keep(struct packcache *c, const struct packread *p, size_t offset,
     git_object_t type, const struct buf *raw)
{
	struct slot *s = slot_of(c, offset);

	if (raw->len > CACHED_MAX || (s->pack == p && s->offset == offset))
		return;
	if (c->bytes + raw->len > CACHE_BYTES)
		packcache_forget(c);
	c->bytes += raw->len - (s->pack ? s->raw.len : 0);
	buf_release(&s->raw);
	buf_add(&s->raw, raw->ptr, raw->len);
	s->pack = p;
	s->offset = offset;
	s->type = type;
}

/* --- the pack ----------------------------------------------------------- */

static int
map_pack(struct packread *p, int fd, const struct packidx *idx, struct err *err)
{
	struct stat st = { 0 };
	void *map;

	if (fstat(fd, &st) < 0)
		return err_set_errno(err, errno, "%s", packidx_stem(idx));
	if ((size_t)st.st_size != packidx_bytes(idx) ||
	    (size_t)st.st_size < HEAD + SUM)
		return err_set(err, PLEIN_ECORRUPT, "%s has another length",
			       packidx_stem(idx));
	map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (map == MAP_FAILED)
		return err_set_errno(err, errno, "%s", packidx_stem(idx));
	p->map = map;
	p->mapped = (size_t)st.st_size;
	p->len = p->mapped - SUM;
	return 0;
}

int
packread_open(struct packread **out, int dir, const struct packidx *idx,
	      struct err *err)
{
	struct packread *p = mem_alloc(sizeof(*p));
	struct buf name = BUF_INIT;
	int fd, rc;

	buf_printf(&name, "%s.pack", packidx_stem(idx));
	fd = openat(dir, name.ptr, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		rc = err_set_errno(err, errno, "%s", name.ptr);
	else
		rc = map_pack(p, fd, idx, err);
	if (fd >= 0)
		(void)close(fd); /* only read */
	if (rc) {
		free(p);
		p = NULL;
	}
	buf_release(&name);
	*out = p;
	return rc;
}

void
packread_close(struct packread *p)
{
	if (!p)
		return;
	(void)munmap(p->map, p->mapped); /* it was mapped by us */
	free(p);
}

/* --- one entry ---------------------------------------------------------- */

/* Seven bits a byte, the lowest first, the last byte below 128, after `n` of
 * `shift` bits; false when it does not end or is too large. */
static bool
read_size(const unsigned char **at, const unsigned char *end, unsigned shift,
	  size_t *n)
{
	unsigned char byte;

	do {
		if (*at == end || shift > 56)
			return false;
		byte = *(*at)++;
		*n |= (size_t)(byte & 0x7f) << shift;
		shift += 7;
	} while (byte & 0x80);
	return true;
}

/* How far back the base begins, as git writes that. */
static bool
read_distance(const unsigned char **at, const unsigned char *end, size_t *n)
{
	unsigned char byte;

	for (*n = 0;; ++*n) {
		if (*at == end || *n >> 48)
			return false;
		byte = *(*at)++;
		*n = *n << 7 | (byte & 0x7f);
		if (!(byte & 0x80))
			return true;
	}
}

static bool
read_entry(const struct packread *p, size_t offset, struct entry *e)
{
	const unsigned char *at, *end = p->map + p->len;
	size_t distance;

	if (offset < HEAD || offset >= p->len)
		return false;
	at = p->map + offset;
	e->type = *at >> 4 & 7;
	e->size = *at & 15;
	if (*at++ & 0x80 && !read_size(&at, end, 4, &e->size))
		return false;
	if (e->type == GIT_OBJECT_OFS_DELTA) {
		if (!read_distance(&at, end, &distance) || distance == 0 ||
		    distance > offset)
			return false;
		e->base = offset - distance;
	} else if (e->type < GIT_OBJECT_COMMIT || e->type > GIT_OBJECT_TAG) {
		return false; /* a base by its name: only in a pack on its way */
	}
	e->data = (size_t)(at - p->map);
	return true;
}

static bool
inflate_entry(const struct packread *p, struct packcache *c,
	      const struct entry *e, struct buf *out)
{
	size_t used, made;

	if (libdeflate_zlib_decompress_ex(c->inflater, p->map + e->data,
					  p->len - e->data,
					  buf_room(out, e->size), e->size,
					  &used, &made) != LIBDEFLATE_SUCCESS ||
	    made != e->size)
		return false;
	out->len += made;
	out->ptr[out->len] = '\0';
	return true;
}

/* --- differences -------------------------------------------------------- */

/* The bytes of a number that are there, as the bits of `which` say. */
static bool
read_sparse(const unsigned char **at, const unsigned char *end, unsigned which,
	    int most, size_t *n)
{
	*n = 0;
	for (int i = 0; i < most; i++) {
		if (!(which >> i & 1))
			continue;
		if (*at == end)
			return false;
		*n |= (size_t) * (*at)++ << (8 * i);
	}
	return true;
}

/* One instruction: bytes of the base, or bytes that follow. */
static bool
apply_one(const struct buf *base, const unsigned char **at,
	  const unsigned char *end, struct buf *out)
{
	unsigned char what = *(*at)++;
	size_t from, len = what;

	if (!(what & 0x80)) {
		if (len == 0 || len > (size_t)(end - *at))
			return false;
		buf_add(out, *at, len);
		*at += len;
		return true;
	}
	if (!read_sparse(at, end, what, 4, &from) ||
	    !read_sparse(at, end, what >> 4 & 7, 3, &len))
		return false;
	if (len == 0)
		len = COPY_ALL;
	if (from > base->len || len > base->len - from)
		return false;
	buf_add(out, base->ptr + from, len);
	return true;
}

static int
apply(const struct buf *base, const struct buf *delta, size_t max,
      struct buf *out)
{
	const unsigned char *at = (const unsigned char *)delta->ptr;
	const unsigned char *end = at + delta->len;
	size_t was = 0, now = 0;

	if (!read_size(&at, end, 0, &was) || !read_size(&at, end, 0, &now) ||
	    was != base->len)
		return PLEIN_ECORRUPT;
	if (now > max)
		return PLEIN_ETOOBIG;
	(void)buf_room(out, now);
	while (at < end && out->len <= now)
		if (!apply_one(base, &at, end, out))
			return PLEIN_ECORRUPT;
	return out->len == now ? 0 : PLEIN_ECORRUPT;
}

/* --- one object --------------------------------------------------------- */

struct chain {
	struct entry entries[CHAIN_MAX]; /* differences, the last one first */
	size_t offsets[CHAIN_MAX];
	int n;
	git_object_t type; /* of what is whole at its end */
};

static int
take_whole(struct packread *p, struct packcache *c, const struct entry *e,
	   size_t max, struct buf *out)
{
	if (e->size > max)
		return PLEIN_ETOOBIG;
	return inflate_entry(p, c, e, out) ? 0 : PLEIN_ECORRUPT;
}

/* Down to what is whole or kept, which `out` becomes. */
static int
go_down(struct packread *p, struct packcache *c, size_t offset, size_t max,
	struct chain *chain, struct buf *out)
{
	const struct slot *kept;
	struct entry e;
	int rc;

	for (chain->n = 0; chain->n < CHAIN_MAX; offset = e.base) {
		kept = find_kept(c, p, offset);
		if (kept) {
			chain->type = kept->type;
			buf_add(out, kept->raw.ptr, kept->raw.len);
			return 0;
		}
		if (!read_entry(p, offset, &e))
			return PLEIN_ECORRUPT;
		if (e.type != GIT_OBJECT_OFS_DELTA) {
			chain->type = (git_object_t)e.type;
			rc = take_whole(p, c, &e, max, out);
			if (!rc && chain->n > 0)
				keep(c, p, offset, chain->type, out);
			return rc;
		}
		chain->entries[chain->n] = e;
		chain->offsets[chain->n++] = offset;
	}
	return PLEIN_ECORRUPT;
}

/* `now` becomes what the difference makes of it. */
static int
go_up(struct packread *p, struct packcache *c, const struct entry *e,
      size_t max, struct buf *now)
{
	struct buf delta = BUF_INIT, next = BUF_INIT;
	int rc = take_whole(p, c, e, max, &delta);

	if (!rc)
		rc = apply(now, &delta, max, &next);
	buf_release(&delta);
	buf_release(now);
	*now = next;
	return rc;
}

int
packread_object(struct packread *p, struct packcache *c, size_t offset,
		size_t max, git_object_t *type, struct buf *raw)
{
	struct chain chain;
	struct buf now = BUF_INIT;
	int rc = go_down(p, c, offset, max, &chain, &now);

	*type = rc ? GIT_OBJECT_INVALID : chain.type;
	while (!rc && chain.n-- > 0) {
		rc = go_up(p, c, &chain.entries[chain.n], max, &now);
		if (!rc)
			keep(c, p, chain.offsets[chain.n], *type, &now);
	}
	if (!rc && raw->len == 0) {
		buf_release(raw);
		*raw = now;
		return 0;
	}
	if (!rc)
		buf_add(raw, now.ptr, now.len);
	buf_release(&now);
	return rc;
}
