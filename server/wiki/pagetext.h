/* pagetext.h - the text of one version of a page. */
#ifndef PLEIN_WIKI_PAGETEXT_H
#define PLEIN_WIKI_PAGETEXT_H

#include "plein/buf.h"
#include "plein/err.h"
#include "state/index.h"
#include "wiki/desk.h"

/* Append it; nothing for NULL and for a version in which the page was gone.
 * PLEIN_ECORRUPT when it is missing. */
int
pagetext_load(struct desk *d, const struct index_version *v, struct buf *text,
	      struct err *err);

#endif
