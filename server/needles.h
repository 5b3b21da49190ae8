/* needles.h - looking for many texts in many bytes at once. */
#ifndef PLEIN_SERVER_NEEDLES_H
#define PLEIN_SERVER_NEEDLES_H

#include <stdbool.h>
#include <stddef.h>

#include "plein/vec.h"

#define NEEDLES_MIN 4 /* bytes of one */

struct needles;

/* `texts`: char *, borrowed, of at least NEEDLES_MIN bytes each. */
struct needles *
needles_new(const struct vec *texts);

/* NULL is allowed. */
void
needles_free(struct needles *n);

/* Call `found` with the number of each that is in there, once; those that were
 * dropped are not looked for. */
void
needles_look(struct needles *n, const char *data, size_t len,
	     void (*found)(void *ctx, size_t which), void *ctx);

/* Do not look for this one any more. */
void
needles_drop(struct needles *n, size_t which);

size_t
needles_left(const struct needles *n);

#endif
