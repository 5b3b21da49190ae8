/* pagetext.h - the text of one version of a page. */
#ifndef PLEIN_WIKI_PAGETEXT_H
#define PLEIN_WIKI_PAGETEXT_H

#include <jansson.h>
#include <stddef.h>

#include "plein/buf.h"
#include "plein/err.h"
#include "state/index.h"
#include "wiki/desk.h"

/* Append it; nothing for NULL and for a version in which the page was gone.
 * PLEIN_ECORRUPT when it is missing. */
int
pagetext_load(struct desk *d, const struct index_version *v, struct buf *text,
	      struct err *err);

/* As it is stored, and as it goes into an answer. */
struct pagetext {
	const char *ptr; /* borrowed from one of the two below */
	size_t len;
	json_t *json; /* perhaps others have it, too; NULL: not made yet */
	struct buf read;
	struct bigtexts *bigtexts; /* where it may go; NULL: nowhere */
	const char *blob; /* its id, of the version */
};

/* The same text; a big one may come from those read last (wiki/bigtexts.h).
 * Release *t on 0; `v` outlives it. */
int
pagetext_open(struct desk *d, const struct index_version *v, struct pagetext *t,
	      struct err *err);

/* All of it for an answer; borrowed, and not to be changed. */
json_t *
pagetext_json(struct pagetext *t);

void
pagetext_release(struct pagetext *t);

#endif
