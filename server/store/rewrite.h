/*
 * rewrite.h - main made anew, commit by commit, in another repository: some
 * files get another text or name, everything else keeps its bytes: dates,
 * folders, messages, the number of commits.
 */
#ifndef PLEIN_STORE_REWRITE_H
#define PLEIN_STORE_REWRITE_H

#include <stdbool.h>
#include <stddef.h>

#include "plein/buf.h"
#include "plein/err.h"
#include "store/repo.h"

struct rewrite;

struct rewrite_rules {
	void *ctx;
	/* May there be a file below this folder ("" or ending in '/') that
	 * gets another text, or something with another name? */
	bool (*enters)(void *ctx, const char *folder);
	/* 1: the file gets the text put into the empty `text`; 0: it stays as
	 * it is; or a negative PLEIN_E…. */
	int (*file)(void *ctx, const char *path, const struct repo_id *blob,
		    struct buf *text, struct err *err);
	/* The same for the message of a commit. */
	int (*message)(void *ctx, const char *message, size_t len,
		       struct buf *text, struct err *err);
	/* Does an entry of this folder get another name, put into the empty
	 * `text`? NULL: none does. */
	bool (*name)(void *ctx, const char *folder, const char *name,
		     bool is_folder, struct buf *text);
	/* A commit that became another one; a result below 0 ends it all. */
	int (*became)(void *ctx, const struct repo_id *old,
		      const struct repo_id *now, struct err *err);
};

/*
 * From `from` into the repository at `to`. `alone`: what is written there
 * must not need `from` (else it borrows, see rewrite_borrow()). `from` and
 * the rules are borrowed until rewrite_close().
 */
int
rewrite_open(struct rewrite **out, struct repo *from, const char *to,
	     bool alone, const struct rewrite_rules *rules, struct err *err);

/* NULL is allowed. */
void
rewrite_close(struct rewrite *w);

/*
 * The commits after `after` (which became `now`; both "" = from the first)
 * up to `tip`; *made is what `tip` became. All of it is stored durably; no
 * ref is touched. PLEIN_ECORRUPT when main is not one line of commits,
 * PLEIN_ENOTFOUND when `after` is not on it, PLEIN_EEXISTS when two entries
 * of a folder would have one name.
 */
int
rewrite_run(struct rewrite *w, const struct repo_id *after,
	    const struct repo_id *now, const struct repo_id *tip,
	    struct repo_id *made, struct err *err);

/* The repository at `to` finds what it lacks in the one beside it named
 * `name`, until rewrite_return(). */
int
rewrite_borrow(const char *to, const char *name, struct err *err);

int
rewrite_return(const char *to, struct err *err);

#endif
