/*
 * template.h - the files a new wiki begins with: a folder read into memory
 * and checked by the rules every page obeys, before anything is made.
 */
#ifndef PLEIN_SERVER_TEMPLATE_H
#define PLEIN_SERVER_TEMPLATE_H

#include <stdint.h>

#include "plein/buf.h"
#include "plein/err.h"
#include "plein/vec.h"

#define TEMPLATE_FILE_MAX (16UL * 1024 * 1024) /* bytes */

struct template_file {
	char *path;
	struct buf text;
	int64_t when; /* date of the commit it is the last of; 0 = now */
};

/* For vec_release(). */
void
template_file_free(void *f);

/*
 * Append the files (struct template_file *) of folder `dir`, in order of
 * path; a `.git` in it is passed over. PLEIN_ERULE names the first file that
 * may not be in a wiki.
 */
int
template_read(struct vec *files, const char *dir, struct err *err);

/* The one start page of a wiki without template. */
void
template_default(struct vec *files, const char *title);

/*
 * For a wiki that an import is to fill: no page, just the list of sources,
 * which is empty; at the beginning of time.
 */
void
template_nothing(struct vec *files);

#endif
