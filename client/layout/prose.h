/*
 * prose.h - text of one block as it is collected: filtered bytes, and runs
 * that say which style and link holds from which byte on.
 */
#ifndef PLEIN_LAYOUT_PROSE_H
#define PLEIN_LAYOUT_PROSE_H

#include <stddef.h>

#include "plein/buf.h"
#include "ui/canvas.h"

struct run {
	size_t start; /* byte of text */
	enum style style;
	int link; /* -1 = none */
};

struct prose {
	struct buf text;
	struct buf runs; /* array of struct run; the first starts at 0 */
};

void
prose_init(struct prose *p);

void
prose_release(struct prose *p);

void
prose_reset(struct prose *p);

/* Append, through the filter; '\n' stays and is a hard break. */
void
prose_add(struct prose *p, const char *s, size_t len, enum style style,
	  int link);

/* Append bytes [from, to) of another one. */
void
prose_copy(struct prose *p, const struct prose *other, size_t from, size_t to);

/* Forget everything from byte `len` on. */
void
prose_cut(struct prose *p, size_t len);

size_t
prose_n_runs(const struct prose *p);

/* Run `i`; *end becomes the byte behind it. */
const struct run *
prose_run(const struct prose *p, size_t i, size_t *end);

/* Index of the run that holds byte `pos`. */
size_t
prose_find_run(const struct prose *p, size_t pos);

#endif
