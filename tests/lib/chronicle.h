/*
 * chronicle.h - the whole history of main as git has it, read at once (`git
 * fast-export`): the commits in order, and the versions of a page counted the
 * way anybody can, one for each commit that changed, made or removed it.
 */
#ifndef PLEIN_TEST_CHRONICLE_H
#define PLEIN_TEST_CHRONICLE_H

#include <stddef.h>

#include "plein/buf.h"
#include "plein/vec.h"

struct chronicle_commit {
	char id[41];
	char *request; /* its trailer, or NULL */
};

struct chronicle_version {
	size_t commit; /* index in commits */
	const char *text; /* NULL: the page went */
	size_t len;
};

struct chronicle {
	struct buf stream;
	struct vec commits; /* struct chronicle_commit *, oldest first */
	struct vec pages; /* struct chronicle_page * */
	struct vec blobs; /* by mark: where its data begins, or NULL */
};

/* `repo` is the bare repository; what cannot be read fails the test. */
void
chronicle_read(struct chronicle *c, const char *repo);

void
chronicle_release(struct chronicle *c);

/* struct chronicle_version *, oldest first: number n is item n - 1. */
const struct vec *
chronicle_page(const struct chronicle *c, const char *path);

const struct chronicle_commit *
chronicle_commit_of(const struct chronicle *c,
		    const struct chronicle_version *v);

#endif
