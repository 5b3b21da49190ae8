/*
 * loose.c - one loose object: "type SP size NUL data" as a zlib stream, in
 * objects/xx/yyyy…. libgit2 has no way to choose the compression of a single
 * object (and at level 0 writes files that it cannot read itself).
 */
#include "store/loose.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "plein/fs.h"
#include "plein/mem.h"
#include "store/libgit.h"

static int
wrap_data(git_object_t type, const struct buf *data, struct buf *out)
{
	struct buf plain = BUF_INIT;
	uLongf len;
	int rc;

	buf_printf(&plain, "%s %zu", git_object_type2string(type), data->len);
	buf_char(&plain, '\0');
	buf_add(&plain, data->ptr, data->len);
	len = compressBound(plain.len);
	rc = compress2((Bytef *)buf_room(out, len), &len,
		       (const Bytef *)plain.ptr, plain.len, Z_NO_COMPRESSION);
	buf_release(&plain);
	if (rc != Z_OK)
		return -1;
	out->len += len;
	return 0;
}

/*
 * The folder of an object, made when missing; a new name in objects/ must
 * be on stable storage too.
 */
static int
open_fan_out(struct repo *r, const char *hex, struct err *err)
{
	struct buf path = BUF_INIT;
	bool made;
	int fd, top;

	buf_printf(&path, "%sobjects", git_repository_path(r->git));
	top = fs_open_dir(path.ptr, err);
	buf_printf(&path, "/%.2s", hex);
	made = top >= 0 && mkdir(path.ptr, 0777) == 0;
	fd = top < 0 ? top : fs_open_dir(path.ptr, err);
	if (fd >= 0 && made && fsync(top) != 0) {
		(void)close(fd); /* nothing was written through it */
		fd = err_set_errno(err, errno, "%s", path.ptr);
	}
	if (top >= 0)
		(void)close(top); /* nothing was written through it */
	buf_release(&path);
	return fd;
}

int
loose_write(struct repo *r, git_object_t type, const struct buf *data,
	    git_oid *id, struct err *err)
{
	struct buf file = BUF_INIT;
	struct repo_id name;
	int fd, rc;

	rc = git_odb_hash(id, data->ptr, data->len, type);
	if (rc != 0)
		return libgit_fail(err, rc, "hashing an object");
	if (wrap_data(type, data, &file) != 0)
		rc = err_set(err, PLEIN_EIO, "zlib does not work");
	libgit_id(&name, id);
	fd = rc == 0 ? open_fan_out(r, name.hex, err) : -1;
	if (rc == 0 && fd < 0)
		rc = fd;
	if (rc == 0)
		rc = fs_replace_at(fd, name.hex + 2, file.ptr, file.len, 0444,
				   err);
	if (fd >= 0)
		(void)close(fd); /* nothing was written through it */
	buf_release(&file);
	return rc;
}
