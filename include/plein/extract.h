/*
 * extract.h - what can be searched and followed in a page: its body as plain
 * text, one block a line, and the links in it. Pure; md4c parses.
 */
#ifndef PLEIN_EXTRACT_H
#define PLEIN_EXTRACT_H

#include <stdbool.h>
#include <stddef.h>

#include "plein/buf.h"
#include "plein/vec.h"

struct extract_link {
	char *target; /* address, or what stood in [[x]] without a slash */
	bool loose; /* the latter: a slug or a title */
	size_t at, len; /* where its label stands in the text */
};

struct extract {
	struct buf text;
	struct vec links; /* struct extract_link *, inside the wiki only */
};

/* `from` is the address of the page whose Markdown body this is. */
void
extract_read(struct extract *x, const char *from, const char *markdown,
	     size_t len);

void
extract_release(struct extract *x);

/*
 * The words around a link within its block, on one line, appended:
 * "...werken samen aan [Common Ground]. Landelijk...".
 */
void
extract_passage(struct buf *out, const struct extract *x,
		const struct extract_link *link);

#endif
