/*
 * rebuild.h - making index.db anew in a thread of its own, in a file beside
 * the old one, while reading and writing go on. The writer starts it when an
 * index is missing, older or damaged, and puts the file in place when it is
 * finished; all desks of the process share it and can say how far it is.
 */
#ifndef PLEIN_WIKI_REBUILD_H
#define PLEIN_WIKI_REBUILD_H

#include <stdbool.h>

#include "plein/err.h"

struct rebuild;

/*
 * `wake` is called by the thread when it is finished, and by rebuild_end()
 * when there is an index again: who had none may go on.
 */
struct rebuild *
rebuild_new(void (*wake)(void *ctx), void *ctx);

/* Gives up what is under way and waits for the thread. NULL is allowed. */
void
rebuild_free(struct rebuild *r);

/*
 * Begin, in the current directory, unless one is under way; after failures
 * not before rebuild_rest_ms() is over. Writes `file`
 * (with the help of its -wal and -shm), replacing what is there. PLEIN_EBUSY
 * when there is no thread to be had. Of an index at `old` (or NULL) that is
 * right but far behind a copy catches up, and until then it serves for what
 * does not change any more.
 */
int
rebuild_start(struct rebuild *r, const char *repo, const char *file,
	      const char *old, struct err *err);

/*
 * The same while the index that is there goes on serving: nobody lacks one.
 * PLEIN_EBUSY too when one is under way already.
 */
int
rebuild_start_spare(struct rebuild *r, const char *repo, const char *file,
		    struct err *err);

/* Is there none to be used until it is finished? */
bool
rebuild_is_needed(struct rebuild *r);

/* Is the one that was there right as far as it goes? */
bool
rebuild_is_behind(struct rebuild *r);

/* Is it finished within that time? */
bool
rebuild_wait(struct rebuild *r, int ms);

/* Is one under way, or finished and not yet taken? */
bool
rebuild_is_active(struct rebuild *r);

/* Commits done and in all, as far as known. */
void
rebuild_progress(struct rebuild *r, long *done, long *all);

/*
 * For the writer: 1 when the file is finished, and it stays active until
 * rebuild_end(); 0 when it is under way or nothing was asked; a PLEIN_E… when
 * it failed, and it is then not active any more.
 */
int
rebuild_result(struct rebuild *r, struct err *err);

/* How long nothing is tried after so many failures in a row. */
int
rebuild_rest_ms(int failures);

/* The finished file is in place, or given up. */
void
rebuild_end(struct rebuild *r, bool in_place);

/* The finished file has fallen behind: let it catch up. PLEIN_EBUSY as
 * rebuild_start(), and then it is not active any more. */
int
rebuild_go_on(struct rebuild *r, struct err *err);

#endif
