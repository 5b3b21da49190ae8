/*
 * fs.h - files, relative to an open directory. Every failure names the file.
 * "sync" means on stable storage when the call returns.
 */
#ifndef PLEIN_FS_H
#define PLEIN_FS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/uio.h>

#include "plein/buf.h"
#include "plein/err.h"
#include "plein/vec.h"

/* Open a directory; the descriptor (≥ 0) or a negative PLEIN_E…. */
int
fs_open_dir(const char *path, struct err *err);

/* Append the file to `out`; PLEIN_ETOOBIG above `max` bytes. */
int
fs_read_at(int dir, const char *name, struct buf *out, size_t max,
	   struct err *err);

/* Append all of a descriptor until EOF; PLEIN_ETOOBIG above `max` bytes. */
int
fs_read_fd(int fd, struct buf *out, size_t max, struct err *err);

/* Write all, retrying short writes and EINTR. */
int
fs_write_fd(int fd, const void *data, size_t len, struct err *err);

/* Replace a file atomically (temporary, fsync, rename, fsync folder). */
int
fs_replace_at(int dir, const char *name, const void *data, size_t len,
	      unsigned mode, struct err *err);

/*
 * Make a file, or overwrite what a try before left of it, and sync it, but not
 * the folder: its name is not durable yet.
 */
int
fs_create_at(int dir, const char *name, const void *data, size_t len,
	     unsigned mode, struct err *err);

/* The same of several parts, one behind the other. */
int
fs_create_parts_at(int dir, const char *name, const struct iovec *parts, int n,
		   unsigned mode, struct err *err);

/*
 * Create or open `name` and take an exclusive flock. Returns the descriptor,
 * to be kept open; PLEIN_EBUSY when another process holds it.
 */
int
fs_lock_at(int dir, const char *name, struct err *err);

/* Sorted names in a folder, without . and .., as strings for free(). */
int
fs_list_at(int dir, const char *name, struct vec *out, struct err *err);

/* Bytes that are left for us on the file system of `name`. */
int
fs_room_at(int dir, const char *name, int64_t *bytes, struct err *err);

/* sync the file system that holds `fd`. */
int
fs_sync_fs(int fd, struct err *err);

/* close() whose result matters: after writing. */
int
fs_close(int fd, struct err *err);

int
fs_set_nonblock(int fd, bool on, struct err *err);

#endif
