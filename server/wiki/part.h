/*
 * part.h - a list too long for one message: an answer holds as many rows as
 * fit, and `next` when there are more.
 */
#ifndef PLEIN_WIKI_PART_H
#define PLEIN_WIKI_PART_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "plein/buf.h"
#include "wiki/method.h"

#define PART_MAX ((size_t)1024 * 1024) /* bytes of the rows of one answer */

struct part {
	struct buf rows; /* as they are written */
	size_t max;
	size_t start; /* of the last one */
};

void
part_init(struct part *p, size_t max);

/*
 * Add a row, which is swallowed; false when it does not fit and belongs to
 * the next part. The first always fits.
 */
bool
part_add(struct part *p, json_t *row_take);

/* The two halves of it, for a row that is written there as text (rowtext.h). */
struct buf *
part_row(struct part *p);

bool
part_keep(struct part *p);

/* The answer is {rows: […]}, with `next` unless that is NULL. Ends the part.
 * To c->result the rest may be added; the rows stand in c->rows. */
void
part_answer(struct part *p, struct call *c, const char *next);

#endif
