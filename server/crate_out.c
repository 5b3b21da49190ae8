/* crate_out.c - packing a crate.h, and the form of its manifest. */
#include "crate.h"

#include <errno.h>
#include <sys/types.h>

#include <sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plein/clock.h"
#include "plein/fs.h"
#include "plein/mem.h"
#include "plein/tar.h"
#include "plein/vec.h"

#define COPY_BYTES 65536
#define MODE 0600U

struct crate_out {
	int fd;
	int64_t time;
	int64_t at; /* bytes written */
	struct buf facts;
	struct vec members;
};

void
crate_member_free(void *item)
{
	struct crate_member *m = item;

	free(m->name);
	free(m);
}

static void
end_sum(SHA2_CTX *sum, char out[CRATE_SUM])
{
	uint8_t digest[SHA256_DIGEST_LENGTH];
	size_t i;

	SHA256Final(digest, sum);
	for (i = 0; i < sizeof(digest); i++)
		(void)snprintf(out + 2 * i, 3, "%02x", digest[i]);
}

void
crate_manifest(struct buf *out, const char *facts, const struct vec *members)
{
	char hex[CRATE_SUM];
	size_t from = out->len, i;
	SHA2_CTX sum;

	buf_printf(out, "plein-backup 1\n%s", facts);
	for (i = 0; i < members->len; i++) {
		const struct crate_member *m = members->items[i];

		buf_printf(out, "file %s %lld %s\n", m->sum, (long long)m->size,
			   m->name);
	}
	SHA256Init(&sum);
	SHA256Update(&sum, (const uint8_t *)out->ptr + from, out->len - from);
	end_sum(&sum, hex);
	buf_printf(out, "sum %s\n", hex);
}

struct crate_out *
crate_new(int fd)
{
	struct crate_out *c = mem_alloc(sizeof(*c));

	c->fd = fd;
	c->time = clock_wall();
	buf_init(&c->facts);
	return c;
}

void
crate_free(struct crate_out *c)
{
	if (!c)
		return;
	buf_release(&c->facts);
	vec_release(&c->members, crate_member_free);
	free(c);
}

void
crate_fact(struct crate_out *c, const char *key, const char *value)
{
	buf_printf(&c->facts, "%s %s\n", key, value);
}

static int
write_all(struct crate_out *c, const void *data, size_t len, struct err *err)
{
	int rc = fs_write_fd(c->fd, data, len, err);

	if (rc == 0)
		c->at += (int64_t)len;
	return rc;
}

/* The header; *m is remembered by the crate when the member is whole. */
static int
begin_member(struct crate_out *c, const char *name, int64_t size,
	     struct crate_member **m, struct err *err)
{
	struct tar_entry e = { .size = size, .time = c->time, .mode = MODE };
	struct buf block = BUF_INIT;
	int rc;

	*m = mem_alloc(sizeof(**m));
	(*m)->name = mem_strdup(name);
	(*m)->size = size;
	(void)snprintf(e.name, sizeof(e.name), CRATE_ROOT "%s", name);
	rc = tar_header(&block, &e, err);
	if (rc == 0)
		rc = write_all(c, block.ptr, block.len, err);
	(*m)->at = c->at;
	buf_release(&block);
	return rc;
}

static int
end_member(struct crate_out *c, struct crate_member *m_take, int rc,
	   struct err *err)
{
	struct buf fill = BUF_INIT;

	tar_pad(&fill, m_take->size);
	if (rc == 0)
		rc = write_all(c, fill.ptr, fill.len, err);
	buf_release(&fill);
	vec_push(&c->members, m_take);
	return rc;
}

int
crate_put(struct crate_out *c, const char *name, const void *data, size_t len,
	  struct err *err)
{
	struct crate_member *m;
	SHA2_CTX sum;
	int rc = begin_member(c, name, (int64_t)len, &m, err);

	SHA256Init(&sum);
	SHA256Update(&sum, data, len);
	end_sum(&sum, m->sum);
	if (rc == 0)
		rc = write_all(c, data, len, err);
	return end_member(c, m, rc, err);
}

/* `left` bytes of a file; all of them are there, and no more. */
static int
copy_bytes(struct crate_out *c, int from, int64_t left, SHA2_CTX *sum,
	   struct err *err)
{
	char data[COPY_BYTES];
	ssize_t n;
	int rc = 0;

	while (rc == 0) {
		n = read(from, data, sizeof(data));
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_set_errno(err, errno, "read");
		if (n == 0 || n > left)
			break;
		SHA256Update(sum, (const uint8_t *)data, (size_t)n);
		rc = write_all(c, data, (size_t)n, err);
		left -= n;
	}
	if (rc == 0 && (n != 0 || left != 0))
		rc = err_set(err, PLEIN_EIO, "the file changed its size");
	return rc;
}

int
crate_copy(struct crate_out *c, const char *name, int from, struct err *err)
{
	struct crate_member *m;
	struct stat st;
	SHA2_CTX sum;
	int rc;

	if (fstat(from, &st) < 0)
		return err_set_errno(err, errno, "%s", name);
	SHA256Init(&sum);
	rc = begin_member(c, name, st.st_size, &m, err);
	if (rc == 0)
		rc = copy_bytes(c, from, st.st_size, &sum, err);
	end_sum(&sum, m->sum);
	return end_member(c, m, rc, err);
}

int
crate_close(struct crate_out *c, struct err *err)
{
	struct buf text = BUF_INIT, end = BUF_INIT;
	int rc;

	crate_manifest(&text, c->facts.ptr, &c->members);
	rc = crate_put(c, CRATE_MANIFEST, text.ptr, text.len, err);
	tar_end(&end);
	if (rc == 0)
		rc = write_all(c, end.ptr, end.len, err);
	buf_release(&text);
	buf_release(&end);
	return rc;
}
