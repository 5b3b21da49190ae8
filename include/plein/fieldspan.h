/*
 * fieldspan.h - where each field of a page's front matter stands, in bytes,
 * so that one of them can be taken or replaced and every other byte stays.
 *
 * Only of a block that is one plain mapping in lines: each key once and at
 * the beginning of a line, no anchors, tags, directives or braces around
 * it. Any other block has no spans and is treated as lines.
 */
#ifndef PLEIN_FIELDSPAN_H
#define PLEIN_FIELDSPAN_H

#include <stdbool.h>
#include <stddef.h>

#include "plein/err.h"

struct fieldspan {
	char *key;
	/* From its line up to the next field's, or the closing `---`. */
	size_t from, to;
};

struct fieldspans {
	struct fieldspan *items; /* in order */
	size_t n;
	size_t begin; /* behind the opening `---` line */
	size_t end; /* where the closing `---` line begins */
	size_t body; /* behind that */
};

/*
 * PLEIN_ENOTFOUND when there is no block, PLEIN_ERULE when it is not plain;
 * then there are no items. Release it in any case.
 */
int
fieldspan_read(struct fieldspans *f, const char *text, size_t len,
	       struct err *err);

void
fieldspan_release(struct fieldspans *f);

/* Its place in `items`, or n. */
size_t
fieldspan_find(const struct fieldspans *f, const char *key);

/* May the bytes hold a comment? Some that do not are suspected too. */
bool
fieldspan_has_comment(const char *s, size_t len);

#endif
