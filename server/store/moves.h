/*
 * moves.h - which files that appeared in a commit are files that vanished in
 * it, as `git diff -M` has it: the same bytes, or else most of their lines.
 */
#ifndef PLEIN_STORE_MOVES_H
#define PLEIN_STORE_MOVES_H

#include <stdbool.h>
#include <stddef.h>

#include "plein/err.h"
#include "store/repo.h"

#define MOVES_ALIKE 50 /* of a hundred: so much of it must be the same */
#define MOVES_PAIRS 40000 /* more are not compared, but for equal bytes */

enum moves_kind {
	MOVES_GONE,
	MOVES_APPEARED,
	MOVES_OTHER /* neither; left alone */
};

struct moves_file {
	const char *path;
	enum moves_kind kind;
	struct repo_id blob; /* what it was, or what it is */
	const struct moves_file *from; /* found: where it came from, or NULL */
	bool taken; /* the same of one that is gone */
};

/*
 * Fill in `from` and `taken`; a file comes from one other at most and goes to
 * one at most. Empty files are nobody's. PLEIN_ECORRUPT, PLEIN_EIO.
 */
int
moves_find(struct repo *r, struct moves_file *files, size_t n, struct err *err);

#endif
