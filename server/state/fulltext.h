/*
 * fulltext.h - what we add to FTS5 (sqlite.org/fts5.html, "Extending FTS5"):
 * how much a page weighs among those that match, and a passage of it. Both do
 * what bm25() and snippet() do, in a fraction of the time.
 */
#ifndef PLEIN_STATE_FULLTEXT_H
#define PLEIN_STATE_FULLTEXT_H

#include "plein/err.h"
#include "state/db.h"

/*
 * Makes known to SQL, for tables of a title and a body:
 *
 * weight(T, sz)  orders as bm25(T, 10.0, 1.0), lowest first; sz is that of the
 *                row of T_docsize. FTS5 itself would look it up in a statement
 *                apart for each page: most of the time of a common word.
 * passage(T)     see passage.h
 */
int
fulltext_add(struct db *d, struct err *err);

#endif
