/* standin_impl.h - what struct standin is, for standin.c and standin_talk.c. */
#ifndef PLEIN_WIKI_STANDIN_IMPL_H
#define PLEIN_WIKI_STANDIN_IMPL_H

#include <stdbool.h>
#include <stdint.h>

#include "plein/vec.h"
#include "store/trail.h"
#include "wiki/former.h"
#include "wiki/standin.h"

/* Far behind what a remark tells of its own place (arrival.h). */
#define STANDIN_ANCHOR (INT64_C(1) << 40)

struct standin {
	struct repo *repo; /* borrowed */
	struct index *index;
	struct repo_id anchor;
	struct vec shown; /* char *, addresses */
	struct vec filed; /* the same: whose attachments are there too */
	struct vec talks; /* char *, codes of threads whose remarks are */
	struct vec said; /* struct said *: remarks as of the anchor */
	bool heard; /* they were looked for */
	struct former *former; /* NULL until it is needed */
	int ms, patience_ms; /* at first, and now: for one page */
};

/* The file of a remark. */
struct said;

void
standin_said_free(void *said);

/* A commit of main, so many before the anchor, into the index. */
int
standin_place(struct standin *s, const struct repo_id *commit, int64_t back,
	      struct err *err);

bool
standin_is_among(const struct vec *texts, const char *text);

#endif
