/*
 * narrow.h - which pages somebody wants to see: what a filter holds, the
 * drawers that ask for it, and how it is said. Not a view: views hold one,
 * and give it the command of their filter.
 */
#ifndef PLEIN_VIEW_NARROW_H
#define PLEIN_VIEW_NARROW_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "plein/buf.h"
#include "view/view.h"

enum narrow_part {
	NARROW_KIND,
	NARROW_STATUS,
	NARROW_PERSON,
	NARROW_PERIOD,
	NARROW_FOLDER,
	NARROW_OLD, /* "no": without old versions */
	NARROW_N
};

#define NARROW_SAID (1u << NARROW_N) /* what was said is a kind here */

struct narrow {
	unsigned parts; /* bit set of those that can be asked here */
	char *values[NARROW_N]; /* NULL: all */
	enum narrow_part asking; /* NARROW_N: none of them */
};

void
narrow_init(struct narrow *n, unsigned parts);

void
narrow_release(struct narrow *n);

/* The value of a part, or "" for all. */
const char *
narrow_value(const struct narrow *n, enum narrow_part part);

bool
narrow_is_empty(const struct narrow *n);

/*
 * A command of filtering, with its text or NULL: *out asks what comes next.
 * True when other pages are to be shown now.
 */
bool
narrow_run(struct narrow *n, enum command cmd, const char *text,
	   struct request *out);

/*
 * Parameters of search.pages: these words among the pages that are wanted, as
 * of `now` in seconds since 1970. NULL when nothing is asked for.
 */
json_t *
narrow_query(const struct narrow *n, const char *words, int64_t now);

/* Can old versions be looked through? Of those only words, type and folder
 * are known. */
bool
narrow_knows_old(const struct narrow *n);

/* "thema, concept", appended; nothing for all. */
void
narrow_tell(const struct narrow *n, struct buf *out);

#endif
