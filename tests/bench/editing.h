/*
 * editing.h - one text, as a page of our wiki and as a file of the peer, each
 * open in a window of 24 by 80 over ssh: ours in its editor, the peer's in
 * nano. Both windows are of one terminal type.
 */
#ifndef PLEIN_BENCH_EDITING_H
#define PLEIN_BENCH_EDITING_H

#include <stddef.h>

#include "figure.h"

#define EDITING_SMALL 3000 /* bytes of a usual page */
#define EDITING_BIG 1000000 /* of nearly the biggest one */
#define EDITING_FILE "tekst.md" /* of the peer, in the fixture's folder */

/* A passage that both show on their first screen, not on its first lines. */
#define EDITING_PASSAGE "Dit is de tweede alinea."

struct editing {
	struct screen *ours, *peer;
};

/*
 * A page at `address` of about `len` bytes of paragraphs longer than a line,
 * and a file with the same text without the page's fields, which our editor
 * leaves out. Every page is written in once: what was typed in it is offered
 * there as a draft.
 */
void
editing_make(const struct side *ours, const char *address, size_t len);

/* Our page and its file, each in its editor, complete. */
void
editing_open(struct editing *e, const struct side *ours,
	     const struct side *peer, const char *address);

void
editing_close(struct editing *e);

/* Until nothing comes any more. */
void
editing_settle(struct screen *s);

#endif
