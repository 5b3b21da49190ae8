/*
 * tar.c - see tar.h. A block is read by writing it again: what we did not
 * write like this is no header of ours.
 */
#include "plein/tar.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define NAME_LEN 100
#define PREFIX_LEN 155
#define END_BLOCKS 2

/* The fields of a block, at their places. */
struct ustar {
	char name[NAME_LEN];
	char mode[8], uid[8], gid[8];
	char size[12], mtime[12];
	char sum[8];
	char type;
	char linkname[100];
	char magic[6], version[2];
	char uname[32], gname[32];
	char devmajor[8], devminor[8];
	char prefix[PREFIX_LEN];
	char rest[12];
};

_Static_assert(sizeof(struct ustar) == TAR_BLOCK, "a block is a block");

/* `len` bytes with a NUL at the end: octal digits before it. */
static bool
put_number(char *field, size_t len, int64_t n)
{
	size_t i;

	if (n < 0)
		return false;
	field[len - 1] = '\0';
	for (i = len - 1; i-- > 0; n >>= 3)
		field[i] = (char)('0' + (n & 7));
	return n == 0;
}

static int64_t
read_number(const char *field, size_t len)
{
	int64_t n = 0;
	size_t i;

	for (i = 0; i + 1 < len && field[i] >= '0' && field[i] <= '7'; i++)
		n = n << 3 | (field[i] - '0');
	return n;
}

static bool
put_name(struct ustar *u, const char *name)
{
	size_t len = strlen(name), cut;

	if (len <= NAME_LEN) {
		memcpy(u->name, name, len);
		return len > 0;
	}
	/* the last '/' that leaves no more than fits before it */
	cut = len - 1 < PREFIX_LEN ? len - 1 : PREFIX_LEN;
	while (cut > 0 && name[cut] != '/')
		cut--;
	if (cut == 0 || len - cut - 1 > NAME_LEN || len - cut - 1 == 0)
		return false;
	memcpy(u->prefix, name, cut);
	memcpy(u->name, name + cut + 1, len - cut - 1);
	return true;
}

/* The sum of all bytes, with blanks for the sum itself. */
static void
put_sum(struct ustar *u)
{
	const unsigned char *p = (const unsigned char *)u;
	int64_t sum = 0;
	size_t i;

	memset(u->sum, ' ', sizeof(u->sum));
	for (i = 0; i < TAR_BLOCK; i++)
		sum += p[i];
	(void)put_number(u->sum, sizeof(u->sum) - 1, sum); /* fits */
}

static bool
make_block(struct ustar *u, const struct tar_entry *e)
{
	memset(u, 0, sizeof(*u));
	if (!put_name(u, e->name) || e->size > TAR_SIZE_MAX ||
	    !put_number(u->size, sizeof(u->size), e->size) ||
	    !put_number(u->mtime, sizeof(u->mtime), e->time) ||
	    !put_number(u->mode, sizeof(u->mode), e->mode))
		return false;
	(void)put_number(u->uid, sizeof(u->uid), 0);
	(void)put_number(u->gid, sizeof(u->gid), 0);
	(void)put_number(u->devmajor, sizeof(u->devmajor), 0);
	(void)put_number(u->devminor, sizeof(u->devminor), 0);
	u->type = '0';
	memcpy(u->magic, "ustar", 6);
	memcpy(u->version, "00", 2);
	memcpy(u->uname, "plein", 6);
	memcpy(u->gname, "plein", 6);
	put_sum(u);
	return true;
}

int
tar_header(struct buf *out, const struct tar_entry *e, struct err *err)
{
	struct ustar u;

	if (!make_block(&u, e))
		return err_set(err, PLEIN_ETOOBIG,
			       "%.80s does not fit into an archive", e->name);
	buf_add(out, &u, sizeof(u));
	return 0;
}

static void
add_zeros(struct buf *out, size_t n)
{
	memset(buf_room(out, n + 1), 0, n + 1);
	out->len += n;
}

void
tar_pad(struct buf *out, int64_t size)
{
	size_t over = (size_t)(size % TAR_BLOCK);

	if (over > 0)
		add_zeros(out, TAR_BLOCK - over);
}

void
tar_end(struct buf *out)
{
	add_zeros(out, END_BLOCKS * (size_t)TAR_BLOCK);
}

static bool
is_zero(const char *p, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (p[i] != '\0')
			return false;
	return true;
}

int
tar_parse(const char block[TAR_BLOCK], struct tar_entry *e, struct err *err)
{
	struct ustar u, again;
	size_t len;

	if (is_zero(block, TAR_BLOCK))
		return 0;
	memcpy(&u, block, sizeof(u));
	memset(e, 0, sizeof(*e));
	len = strnlen(u.prefix, PREFIX_LEN);
	memcpy(e->name, u.prefix, len);
	if (len > 0)
		e->name[len++] = '/';
	/* at most 155 + 1 + 100 = 256; what fills all of it is none of ours */
	if (len + strnlen(u.name, NAME_LEN) < TAR_NAME_MAX)
		memcpy(e->name + len, u.name, strnlen(u.name, NAME_LEN));
	e->size = read_number(u.size, sizeof(u.size));
	e->time = read_number(u.mtime, sizeof(u.mtime));
	e->mode = (unsigned)read_number(u.mode, sizeof(u.mode));
	if (make_block(&again, e) && memcmp(&again, &u, sizeof(u)) == 0)
		return 1;
	return err_set(err, PLEIN_ECORRUPT, "this is no header of ours");
}
