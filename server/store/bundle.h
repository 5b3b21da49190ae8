/*
 * bundle.h - the content in one stream: a git bundle (gitformat-bundle(5),
 * version 2) of main: a few lines, then a pack. Any git can clone from one.
 */
#ifndef PLEIN_STORE_BUNDLE_H
#define PLEIN_STORE_BUNDLE_H

#include <stddef.h>

#include "plein/buf.h"
#include "plein/err.h"
#include "store/repo.h"

/* The lines before the pack of all that `tip` reaches, appended. */
void
bundle_header(struct buf *out, const struct repo_id *tip);

/*
 * Read the beginning of a bundle: the length of its header and *tip, 0 when
 * `len` bytes are too few to tell, PLEIN_ECORRUPT when it is no bundle of
 * main and nothing else.
 */
int
bundle_tip(const char *data, size_t len, struct repo_id *tip, struct err *err);

struct bundle;

/* Take one in, into a repository without a commit. */
int
bundle_begin(struct bundle **out, const char *path, struct err *err);

/* The next bytes. PLEIN_ECORRUPT. */
int
bundle_feed(struct bundle *b, const void *data, size_t len, struct err *err);

/* All came: main becomes its tip, durably. Frees `b` in any case. */
int
bundle_commit(struct bundle *b, struct err *err);

/* NULL is allowed. What came stays in the repository, unused. */
void
bundle_abort(struct bundle *b);

#endif
