/* packidx.c - see packidx.h. Every length is checked before it is used. */
#include "store/packidx.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plein/buf.h"
#include "plein/mem.h"

#define FANOUT_AT 8U
#define IDS_AT (FANOUT_AT + 256U * 4U)
#define SUM PACKIDX_ID
#define PACK_MIN (12 + SUM) /* header and sum */
#define FAR ((size_t)1 << 31)
#define ENTRY_MIN (PACKIDX_ID + 4 + 4) /* id, crc, offset */

struct packidx {
	char *stem;
	unsigned char *map;
	size_t size;
	size_t n;
	size_t pack_bytes;
};

static size_t
read_number(const unsigned char *p)
{
	return (size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 |
	       (size_t)p[3];
}

/* Objects whose first byte is at most `byte`. */
static size_t
fanout(const struct packidx *p, unsigned byte)
{
	return read_number(p->map + FANOUT_AT + byte * 4U);
}

static const unsigned char *
id_at(const struct packidx *p, size_t i)
{
	return p->map + IDS_AT + i * PACKIDX_ID;
}

static int
open_part(int dir, const char *stem, const char *tail, size_t *size,
	  struct err *err)
{
	struct buf name = BUF_INIT;
	struct stat st = { 0 };
	int fd, rc = 0;

	buf_printf(&name, "%s%s", stem, tail);
	fd = openat(dir, name.ptr, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0 || fstat(fd, &st) < 0)
		rc = err_set_errno(err, errno, "%s", name.ptr);
	*size = (size_t)st.st_size;
	buf_release(&name);
	if (rc && fd >= 0)
		(void)close(fd); /* only read */
	return rc ? rc : fd;
}

static int
map_index(struct packidx *p, int dir, struct err *err)
{
	void *map = MAP_FAILED;
	int fd = open_part(dir, p->stem, ".idx", &p->size, err);
	int rc = 0;

	if (fd < 0)
		return fd;
	if (p->size < IDS_AT + 2 * SUM)
		rc = err_set(err, PLEIN_ECORRUPT, "%s.idx is too short",
			     p->stem);
	else
		map = mmap(NULL, p->size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (!rc && map == MAP_FAILED)
		rc = err_set_errno(err, errno, "%s.idx", p->stem);
	if (!rc)
		p->map = map;
	(void)close(fd); /* only read */
	return rc;
}

static int
check_index(struct packidx *p, struct err *err)
{
	static const unsigned char magic[] = {
		0xff, 't', 'O', 'c', 0, 0, 0, 2
	};
	bool good = memcmp(p->map, magic, sizeof(magic)) == 0;
	unsigned i;

	for (i = 1; i < 256 && good; i++)
		good = fanout(p, i - 1) <= fanout(p, i);
	p->n = good ? fanout(p, 255) : 0;
	if (good && p->n <= (p->size - IDS_AT - 2 * SUM) / ENTRY_MIN)
		return 0;
	return err_set(err, PLEIN_ECORRUPT, "%s.idx is no index of a pack",
		       p->stem);
}

/* Where the i-th object begins; SIZE_MAX: nowhere. Large packs keep the offsets
 * that do not fit in a table behind the others. */
static size_t
offset_at(const struct packidx *p, size_t i)
{
	const unsigned char *at = p->map + IDS_AT + p->n * (PACKIDX_ID + 4);
	const unsigned char *far = at + p->n * 4;
	size_t n_far = (size_t)(p->map + p->size - 2 * SUM - far) / 8;
	size_t offset = read_number(at + i * 4);

	if (!(offset & FAR))
		return offset;
	offset &= ~FAR;
	if (offset >= n_far)
		return SIZE_MAX;
	return read_number(far + offset * 8) << 32 |
	       read_number(far + offset * 8 + 4);
}

/* Does each object begin within the pack? */
static bool
points_inside(const struct packidx *p)
{
	size_t last = p->pack_bytes - SUM, i;

	for (i = 0; i < p->n; i++)
		if (offset_at(p, i) >= last)
			return false;
	return true;
}

/* The last bytes of both say which pack it is. */
static int
check_pack(struct packidx *p, int dir, struct err *err)
{
	unsigned char sum[SUM];
	int fd = open_part(dir, p->stem, ".pack", &p->pack_bytes, err);
	int rc = 0;

	if (fd < 0)
		return fd;
	if (p->pack_bytes < PACK_MIN ||
	    pread(fd, sum, SUM, (off_t)(p->pack_bytes - SUM)) != SUM ||
	    memcmp(sum, p->map + p->size - 2 * SUM, SUM) != 0)
		rc = err_set(err, PLEIN_ECORRUPT,
			     "%s.pack and its index do not fit", p->stem);
	else if (!points_inside(p))
		rc = err_set(err, PLEIN_ECORRUPT, "%s.idx points nowhere",
			     p->stem);
	(void)close(fd); /* only read */
	return rc;
}

int
packidx_open(struct packidx **out, int dir, const char *stem, struct err *err)
{
	struct packidx *p = mem_alloc(sizeof(*p));
	int rc;

	p->stem = mem_strdup(stem);
	rc = map_index(p, dir, err);
	if (!rc)
		rc = check_index(p, err);
	if (!rc)
		rc = check_pack(p, dir, err);
	if (rc) {
		packidx_close(p);
		p = NULL;
	}
	*out = p;
	return rc;
}

void
packidx_close(void *item)
{
	struct packidx *p = item;

	if (!p)
		return;
	if (p->map)
		(void)munmap(p->map, p->size); /* it was mapped by us */
	free(p->stem);
	free(p);
}

const char *
packidx_stem(const struct packidx *p)
{
	return p->stem;
}

size_t
packidx_len(const struct packidx *p)
{
	return p->n;
}

size_t
packidx_bytes(const struct packidx *p)
{
	return p->pack_bytes;
}

bool
packidx_find(const struct packidx *p, const unsigned char *id, size_t *offset)
{
	size_t low = id[0] ? fanout(p, id[0] - 1U) : 0;
	size_t high = fanout(p, id[0]), mid;
	int order;

	while (low < high) {
		mid = low + (high - low) / 2;
		order = memcmp(id, id_at(p, mid), PACKIDX_ID);
		if (order == 0) {
			*offset = offset_at(p, mid);
			return true;
		}
		if (order < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return false;
}

bool
packidx_has(const struct packidx *p, const unsigned char *id)
{
	size_t offset;

	return packidx_find(p, id, &offset);
}

bool
packidx_covers(const struct packidx *big, const struct packidx *small)
{
	size_t i, j = 0;
	int order = 0;

	for (i = 0; i < small->n; i++) {
		for (order = 1; order > 0 && j < big->n; j++)
			order = memcmp(id_at(small, i), id_at(big, j),
				       PACKIDX_ID);
		if (order != 0)
			return false;
	}
	return true;
}
