/*
 * incoming.h - commits that want to be put on top of main, as they are: for
 * whoever judges them. Nothing is trusted and nothing is skipped; modes and
 * raw texts are told.
 */
#ifndef PLEIN_STORE_INCOMING_H
#define PLEIN_STORE_INCOMING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plein/err.h"
#include "store/repo.h"

struct incoming_commit {
	struct repo_id id;
	const char *author, *author_mail;
	const char *committer, *committer_mail;
	const char *message;
	const char *raw; /* all of it, header and message */
	size_t len; /* of `raw`; a NUL in it ends `message` early */
	int64_t author_when, when;
	int64_t parent_when; /* INT64_MIN when there is no parent */
};

enum incoming_kind {
	INCOMING_GONE, /* the file vanished */
	INCOMING_FILE, /* a plain file: mode 100644 */
	INCOMING_PROGRAM, /* 100755 */
	INCOMING_LINK, /* 120000 */
	INCOMING_MODULE, /* 160000 */
	INCOMING_ODD /* another mode, or nothing of the kind behind it */
};

struct incoming_file {
	const char *path; /* any bytes but NUL */
	enum incoming_kind kind;
	struct repo_id old, blob; /* before and after; "" = none */
	size_t size; /* of the blob */
	bool appeared;
	enum incoming_kind was; /* before; INCOMING_GONE when it appeared */
};

/*
 * A non-zero result of any of these ends the walk and is returned. `folder`
 * tells of one that git would not make: twins, a wrong order, an empty
 * folder, an odd mode; or that cannot be read. Its path ends in '/', but for
 * the root, which is "".
 */
struct incoming {
	void *ctx;
	int (*commit)(void *ctx, const struct incoming_commit *c);
	int (*file)(void *ctx, const struct incoming_file *f);
	int (*folder)(void *ctx, const char *path);
};

enum incoming_shape {
	INCOMING_LINE, /* one parent each, down to `from` */
	INCOMING_MERGE, /* a commit with more parents */
	INCOMING_ASIDE, /* not on top of `from`, or too far from it */
};

struct incoming_form {
	enum incoming_shape shape;
	struct repo_id at; /* the merge, when it is one */
};

/*
 * Look how the commits from `to` down to `from` ("" = from nothing) hang
 * together, going back at most `most`. PLEIN_ENOTFOUND when `to` is no commit.
 */
int
incoming_look(struct repo *r, const struct repo_id *from,
	      const struct repo_id *to, size_t most, struct incoming_form *out,
	      struct err *err);

/* Tell of a line of commits, oldest first. */
int
incoming_walk(struct repo *r, const struct repo_id *from,
	      const struct repo_id *to, const struct incoming *in,
	      struct err *err);

#endif
