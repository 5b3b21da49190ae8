/*
 * presenttalk.h - the discussions of now straight from git, for as long as there
 * is no index. They are in the order their names tell (arrival.h); who changed a
 * remark last, and what vanished, is not known.
 */
#ifndef PLEIN_WIKI_PRESENTTALK_H
#define PLEIN_WIKI_PRESENTTALK_H

#include "plein/err.h"
#include "plein/vec.h"
#include "state/remarks.h"
#include "store/repo.h"
#include "wiki/desk.h"

#define PRESENTTALK_LOOKS 4 /* for a thread whose page nobody names */
#define PRESENTTALK_BYTES ((size_t)16 * 1024 * 1024) /* of all that is said */
#define PRESENTTALK_COUNTED 100 /* remarks */

/*
 * The remarks of a page, thread by thread, or of one: struct index_remark *
 * appended. PLEIN_EBUSY when that takes longer than the desk looks (look_ms; for a thread
 * PRESENTTALK_LOOKS of it), or is more than PRESENTTALK_BYTES.
 */
int
presenttalk_of_page(struct desk *d, const char *page, struct vec *out,
		    struct err *err);

int
presenttalk_of_thread(struct desk *d, const char *code, struct vec *out,
		      struct err *err);

/* How many threads a page has, and how many are open. PLEIN_EBUSY too when
 * there are more than PRESENTTALK_COUNTED remarks. */
int
presenttalk_count(struct desk *d, const char *page, long *all, long *open,
		  struct err *err);

/* The remark in the file at `path`, with what it says; index_remark_free(). */
int
presenttalk_read(struct repo *r, const char *path, const struct repo_id *blob,
		 struct index_remark **out, struct err *err);

#endif
