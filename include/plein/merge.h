/*
 * merge.h - joining two versions of a page that began as the same one: the
 * text a person sends, made from `base`, and what was saved meanwhile.
 *
 * The fields between the `---` lines are joined one by one where all three
 * texts hold one plain list of them (plein/fieldspan.h), no changed one
 * with a comment; else they are lines like the rest (plein/diff3.h). Every
 * byte that neither side changed stays.
 */
#ifndef PLEIN_MERGE_H
#define PLEIN_MERGE_H

#include <stddef.h>

#include "plein/diff3.h"

struct merge_text {
	const char *ptr;
	size_t len;
};

/*
 * Join; the order is base, yours, saved. Either out->n is 0 and out->text
 * holds both changes, or the clashes say where a person must choose. Fields
 * that can be read on both sides can be read in what is joined. `out` is as
 * after DIFF3_INIT before, and to be released.
 */
void
merge_page(struct diff3 *out, const struct merge_text texts[DIFF3_N]);

#endif
