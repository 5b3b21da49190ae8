/*
 * query.h - what people type to search, as values: words, "phrases" and
 * fields (`type:thema`). Whatever is typed, `match` is safe FTS5: each word
 * is a quoted string. Pure.
 */
#ifndef PLEIN_QUERY_H
#define PLEIN_QUERY_H

#include <stddef.h>

#include "plein/buf.h"
#include "plein/err.h"
#include "plein/vec.h"

#define QUERY_MAX 400 /* bytes */
#define QUERY_TERMS 16

struct query_field {
	const char *key; /* a front matter field, by its Dutch name */
	char *value;
};

struct query {
	struct buf match; /* FTS5, every word a prefix; "" = no words */
	struct buf plain; /* the same words without prefixes: for an echo */
	char *kind; /* type: soort: kind: */
	char *status; /* status: stand: */
	char *person; /* door: by: */
	char *folder; /* map: folder: */
	struct vec fields; /* struct query_field *: trefwoord: eigenaar: … */
};

/*
 * PLEIN_EUSAGE when there is nothing to look for, or too much. Release it in
 * any case.
 */
int
query_parse(struct query *q, const char *text, struct err *err);

void
query_release(struct query *q);

#endif
