/*
 * txn.h - writing: a batch of edits, each one commit on top of the other,
 * one move of main at the end.
 *
 * begin → edit* → commit or abort. Nothing is visible before txn_commit()
 * returned 0, and then all of it is on stable storage (objects first, then
 * the ref). A crash anywhere leaves either the whole batch or nothing.
 */
#ifndef PLEIN_STORE_TXN_H
#define PLEIN_STORE_TXN_H

#include <stdint.h>

#include "plein/buf.h"
#include "plein/err.h"
#include "store/history.h"
#include "store/repo.h"

struct txn;

struct edit {
	const char *path; /* already checked; NULL: just what is staged */
	const char *text; /* NULL: the file vanishes */
	size_t len;
	const char *author_name;
	const char *author_mail; /* handle@domain */
	const char *service_mail; /* plein@domain */
	int64_t when; /* seconds since 1970 */
	const char *message; /* see plein/message.h */
	int64_t author_when; /* when the author wrote it; 0 = at `when` */
};

int
txn_begin(struct txn **out, struct repo *r, struct err *err);

/*
 * Add one commit with this one change; *commit becomes its id. On failure
 * the batch stands as before this edit. PLEIN_ESAME when the text equals
 * what is there, PLEIN_ENOTFOUND when a file that is not there should
 * vanish, PLEIN_ERULE for a path or an author that cannot be. Several edits
 * may share one commit by txn_stage() first.
 */
int
txn_edit(struct txn *t, const struct edit *e, struct repo_id *commit,
	 struct err *err);

/* Put a file into the next commit without making it yet (init, rename). */
int
txn_stage(struct txn *t, const char *path, const char *text, size_t len,
	  struct err *err);

/* Forget what is staged and not yet in a commit. */
void
txn_unstage(struct txn *t);

/* What the last commit of the batch changed; valid until the next. */
const struct history_change *
txn_changes(const struct txn *t, size_t *n);

/* The id of a text as the batch has it now; PLEIN_ENOTFOUND when there is no
 * such file. */
int
txn_find(struct txn *t, const char *path, struct repo_id *blob,
	 struct err *err);

/* The tip the batch started from, and its tip now. */
const struct repo_id *
txn_base(const struct txn *t);

const struct repo_id *
txn_tip(const struct txn *t);

/* Committer date of the tip: never before its parent's, whatever the clock
 * says. */
int64_t
txn_when(const struct txn *t);

/* Move main; frees `t` in any case. Errors as repo_ref_swap(). */
int
txn_commit(struct txn *t, struct err *err);

/* Forget the batch; NULL is allowed. */
void
txn_abort(struct txn *t);

#endif
