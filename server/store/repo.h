/*
 * repo.h - one space: a bare git repository whose only ref that matters is
 * refs/heads/main. libgit2 is known in server/store only; ids leave it as
 * 40 hexadecimal digits.
 *
 * The ref is reached through repo_ref_read() and repo_ref_swap() alone, so
 * that something else than the local file may arbitrate it later.
 */
#ifndef PLEIN_STORE_REPO_H
#define PLEIN_STORE_REPO_H

#include <stdbool.h>

#include "plein/err.h"
#include "plein/vec.h"

#define REPO_BRANCH "refs/heads/main"
#define REPO_ID_LEN 40

struct repo;

struct repo_id {
	char hex[REPO_ID_LEN + 1]; /* "" = none */
};

/*
 * Make an empty bare repository at `path` (must not exist), with the
 * settings the wiki relies on (gc.auto=0, gc.packRefs=false,
 * core.fsync=all, …), and sync the whole file system it is on.
 */
int
repo_create(const char *path, struct err *err);

/*
 * Open. PLEIN_ENOTFOUND when missing, PLEIN_ECORRUPT when it is no
 * repository or main cannot be read. Objects and refs written through it
 * are synced (GIT_OPT_ENABLE_FSYNC_GITDIR).
 */
int
repo_open(struct repo **out, const char *path, struct err *err);

void
repo_close(struct repo *r);

/*
 * For the writer, between two batches: `r` goes on with what `old`, another
 * handle of the same repository, worked out about the folders it changed.
 * `old` is to be closed.
 */
void
repo_inherit(struct repo *r, struct repo *old);

/*
 * For walking all of main: until it is off again, folders and the chain of
 * commits are read out of packs without hashing them anew, as `git log` does.
 * What a damaged disk does to them zlib still sees. Texts are always hashed.
 */
void
repo_hurry(struct repo *r, bool on);

/*
 * For the writer, when nobody waits: begin what the next save of the large
 * folders that were saved lately will write (server/store/spare.h).
 */
void
repo_prepare(struct repo *r);

/*
 * Remove *.lock files that a killed writer left behind (refs/, HEAD.lock,
 * config.lock, packed-refs.lock, objects/…tmp, those of objects/info). Only for
 * who holds the lock of the data folder. *n_cleared counts them.
 */
int
repo_clear_locks(const char *path, int *n_cleared, struct err *err);

/*
 * Names of such files, older than `age` seconds, appended (char *, free()).
 */
int
repo_find_locks(const char *path, int age, struct vec *found, struct err *err);

/*
 * Remove the folders in which pushes kept their objects apart. Only when no
 * git is left that could be using one.
 */
int
repo_clear_incoming(const char *path, struct err *err);

/* Everything written to the file system the repository is on, by whomever,
 * is on stable storage afterwards. */
int
repo_sync(const char *path, struct err *err);

/* Tip of main; tip->hex is "" while there is no commit. */
int
repo_ref_read(struct repo *r, struct repo_id *tip, struct err *err);

/*
 * Move main from `from` to `to`, durably. A lock that somebody else holds on
 * it is waited for, at most 200 ms. PLEIN_EBUSY when main is not at `from`
 * any more or stays locked (nothing changed); PLEIN_EUNKNOWN when it may have
 * moved but was not synced.
 */
int
repo_ref_swap(struct repo *r, const struct repo_id *from,
	      const struct repo_id *to, struct err *err);

#endif
