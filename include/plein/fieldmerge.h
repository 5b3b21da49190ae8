/* fieldmerge.h - joining the fields of a page one by one; see merge.h. */
#ifndef PLEIN_FIELDMERGE_H
#define PLEIN_FIELDMERGE_H

#include <stdbool.h>

#include "plein/diff3.h"
#include "plein/fieldspan.h"

struct fieldmerge_side {
	const char *text;
	const struct fieldspans *spans; /* of that text */
};

/*
 * Append the whole block, its `---` lines included, to out->text, and to
 * out->clashes the fields that both sides changed. False when it must be
 * done by line; then `out` is as it was.
 */
bool
fieldmerge_join(struct diff3 *out, const struct fieldmerge_side sides[DIFF3_N]);

#endif
