/*
 * strict.c - a backend (git2/sys/odb_backend.h) that can only read. What is
 * not there as a file is left to the other backends; what is there but
 * damaged is an error, even if another backend had it.
 */
#include "store/strict.h"

#include <errno.h>
#include <fcntl.h>
#include <git2/sys/odb_backend.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "plein/buf.h"
#include "plein/fs.h"
#include "plein/mem.h"

#define HEAD_MAX 64 /* bytes that hold any header, and some data */

struct strict {
	git_odb_backend base; /* first: libgit2 knows only this */
	char *objects;
};

/* "type SP size NUL" of a loose object. */
struct head {
	git_object_t type;
	size_t size;
	size_t len; /* of the header itself */
};

static int
fail(const char *why)
{
	git_error_set_str(GIT_ERROR_ODB, why);
	return GIT_ERROR;
}

/* A descriptor, or a libgit2 result. */
static int
open_file(const struct strict *s, const git_oid *id)
{
	const char *hex = git_oid_tostr_s(id);
	struct buf path = BUF_INIT;
	int fd;

	buf_printf(&path, "%s/%.2s/%s", s->objects, hex, hex + 2);
	fd = open(path.ptr, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR)) {
		fd = GIT_ENOTFOUND;
	} else if (fd < 0) {
		git_error_set_str(GIT_ERROR_OS, strerror(errno));
		fd = GIT_ERROR;
	}
	buf_release(&path);
	return fd;
}

static int
read_whole(const struct strict *s, const git_oid *id, struct buf *file)
{
	struct err err = ERR_INIT;
	int fd = open_file(s, id);
	int rc = fd < 0 ? fd : 0;

	if (fd >= 0 && fs_read_fd(fd, file, STRICT_MAX, &err) != 0) {
		git_error_set_str(GIT_ERROR_OS, err.msg);
		rc = GIT_ERROR;
	}
	if (fd >= 0)
		(void)close(fd); /* only read */
	return rc;
}

static bool
parse_head(const char *s, size_t len, struct head *h)
{
	const char *nul = memchr(s, 0, len);
	const char *p = nul ? memchr(s, ' ', (size_t)(nul - s)) : NULL;
	char type[8];

	if (p == NULL || (size_t)(p - s) >= sizeof type || p + 1 == nul)
		return false;
	memcpy(type, s, (size_t)(p - s));
	type[p - s] = '\0';
	h->type = git_object_string2type(type);
	h->len = (size_t)(nul - s) + 1;
	h->size = 0;
	for (p++; p < nul; p++) {
		if (*p < '0' || *p > '9' || h->size > SIZE_MAX / 16)
			return false;
		h->size = h->size * 10 + (size_t)(*p - '0');
	}
	return git_object_typeisloose(h->type);
}

/* Inflate what follows the first bytes; the stream must end just there. */
static int
inflate_rest(z_stream *z, unsigned char *data, size_t have, size_t size)
{
	int rc;

	z->next_out = data + have;
	z->avail_out = (uInt)(size - have);
	rc = inflate(z, Z_FINISH);
	if (rc != Z_STREAM_END || z->avail_out != 0 || z->avail_in != 0)
		return fail("the object is damaged");
	return 0;
}

static int
inflate_object(struct strict *s, z_stream *z, struct head *h, void **data)
{
	char head[HEAD_MAX] = { 0 };
	size_t n, have;
	int rc;

	z->next_out = (Bytef *)head;
	z->avail_out = sizeof head;
	rc = inflate(z, Z_SYNC_FLUSH);
	n = sizeof head - z->avail_out;
	if ((rc != Z_OK && rc != Z_STREAM_END) || !parse_head(head, n, h))
		return fail("the object's header is damaged");
	if (h->size > STRICT_MAX)
		return fail("the object is too large");
	have = n - h->len;
	if (have > h->size || (rc == Z_STREAM_END && z->avail_in != 0))
		return fail("the object's length is wrong");
	*data = git_odb_backend_data_alloc(&s->base, h->size + 1);
	if (*data == NULL)
		die("out of memory in libgit2");
	((char *)*data)[h->size] = '\0'; /* libgit2's parsers rely on it */
	memcpy(*data, head + h->len, have);
	if (rc == Z_STREAM_END)
		return have == h->size ? 0 : fail("the object is cut off");
	return inflate_rest(z, *data, have, h->size);
}

static int
read_object(void **data, size_t *len, git_object_t *type, git_odb_backend *base,
	    const git_oid *id)
{
	struct strict *s = (struct strict *)base;
	struct buf file = BUF_INIT;
	struct head h = { GIT_OBJECT_INVALID, 0, 0 };
	z_stream z = { 0 };
	int rc = read_whole(s, id, &file);

	*data = NULL;
	if (rc == 0 && inflateInit(&z) != Z_OK)
		die("zlib does not start");
	if (rc == 0) {
		z.next_in = (Bytef *)file.ptr;
		z.avail_in = (uInt)file.len;
		rc = inflate_object(s, &z, &h, data);
		(void)inflateEnd(&z); /* frees */
	}
	if (rc != 0 && *data != NULL)
		git_odb_backend_data_free(base, *data);
	buf_release(&file);
	*len = h.size;
	*type = h.type;
	return rc;
}

static int
inflate_head(const char *file, size_t len, struct head *h)
{
	char head[HEAD_MAX] = { 0 };
	z_stream z = { 0 };
	int rc;

	if (inflateInit(&z) != Z_OK)
		die("zlib does not start");
	z.next_in = (Bytef *)file;
	z.avail_in = (uInt)len;
	z.next_out = (Bytef *)head;
	z.avail_out = sizeof head;
	rc = inflate(&z, Z_SYNC_FLUSH);
	(void)inflateEnd(&z); /* frees */
	if ((rc != Z_OK && rc != Z_STREAM_END) ||
	    !parse_head(head, sizeof head - z.avail_out, h))
		return fail("the object's header is damaged");
	return 0;
}

static int
read_header(size_t *len, git_object_t *type, git_odb_backend *base,
	    const git_oid *id)
{
	struct head h = { GIT_OBJECT_INVALID, 0, 0 };
	char start[2 * HEAD_MAX];
	int fd = open_file((struct strict *)base, id);
	ssize_t n;
	int rc;

	if (fd < 0)
		return fd;
	n = read(fd, start, sizeof start);
	rc = n < 0 ? fail("the object cannot be read")
		   : inflate_head(start, (size_t)n, &h);
	(void)close(fd); /* only read */
	*len = h.size;
	*type = h.type;
	return rc;
}

static void
free_backend(git_odb_backend *base)
{
	struct strict *s = (struct strict *)base;

	free(s->objects);
	free(s);
}

int
strict_attach(git_odb *odb, const char *objects)
{
	struct strict *s = mem_alloc(sizeof *s);
	int rc;

	s->base.version = GIT_ODB_BACKEND_VERSION;
	s->base.read = read_object;
	s->base.read_header = read_header;
	s->base.free = free_backend;
	s->objects = mem_strdup(objects);
	rc = git_odb_add_backend(odb, &s->base, 100);
	if (rc != 0)
		free_backend(&s->base);
	return rc;
}
