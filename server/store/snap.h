/* snap.h - reading the content as of one commit. */
#ifndef PLEIN_STORE_SNAP_H
#define PLEIN_STORE_SNAP_H

#include <stddef.h>

#include "plein/buf.h"
#include "plein/err.h"
#include "store/repo.h"

/*
 * Append the file at `path` as of `commit` to `text`; *blob (may be NULL) is
 * its id. PLEIN_ENOTFOUND when there is none, PLEIN_ECORRUPT when an object
 * is damaged, PLEIN_ETOOBIG above 16 MiB.
 */
int
snap_read(struct repo *r, const struct repo_id *commit, const char *path,
	  struct buf *text, struct repo_id *blob, struct err *err);

/*
 * Call `each` for every file as of `commit`, in path order; its non-zero
 * result ends the walk and is returned.
 */
int
snap_walk(struct repo *r, const struct repo_id *commit,
	  int (*each)(void *ctx, const char *path, const struct repo_id *blob),
	  void *ctx, struct err *err);

/* The same for the files in one folder, and in its folders; none when there
 * is no such folder. */
int
snap_walk_folder(struct repo *r, const struct repo_id *commit,
		 const char *folder,
		 int (*each)(void *ctx, const char *path,
			     const struct repo_id *blob),
		 void *ctx, struct err *err);

/* Bytes of a blob; errors as snap_read(). */
int
snap_size(struct repo *r, const struct repo_id *blob, size_t *size,
	  struct err *err);

/* The id that a file with this text has. PLEIN_EIO. */
int
snap_name(const char *text, size_t len, struct repo_id *blob, struct err *err);

/* Append the contents of a blob. Errors as snap_read(). */
int
snap_blob(struct repo *r, const struct repo_id *blob, struct buf *text,
	  struct err *err);

#endif
