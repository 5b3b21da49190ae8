/*
 * prose.h - pages of about 3 kB for big repositories, always the same ones:
 * fields, links, and lines of made-up words of which few are frequent and
 * most are not, as in any language (Zipf). Page `i` is in one of ten folders
 * by turns; a revision writes one of its lines anew. A tenth are decisions in
 * force, to be reviewed, each with an action overdue.
 */
#ifndef PLEIN_BENCH_PROSE_H
#define PLEIN_BENCH_PROSE_H

#include "plein/buf.h"

#define PROSE_RARE "zeldzaamheid" /* in one page */
#define PROSE_COMMON "gemeente" /* in most of them */
#define PROSE_ADDRESS 48

/* "themas/onderwerp-7": where page `i` is. */
void
prose_address(int i, char address[PROSE_ADDRESS]);

#define PROSE_LINES 45 /* of a page of 3 kB */

/*
 * The whole page as of that revision, 0 the first; appended. With fewer lines
 * it is a page of that many.
 */
void
prose_page(struct buf *out, int i, int revision, int lines);

/* A paragraph of five such lines with blanks between them; appended. */
void
prose_paragraph(struct buf *out, int i);

#endif
