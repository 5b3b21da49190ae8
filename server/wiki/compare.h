/* compare.h - what differs between two texts, as an answer. */
#ifndef PLEIN_WIKI_COMPARE_H
#define PLEIN_WIKI_COMPARE_H

#include <jansson.h>
#include <stdbool.h>

#include "plein/buf.h"

#define COMPARE_CONTEXT 3 /* equal lines around each place */
#define COMPARE_BYTES (3UL * 1024 * 1024) /* of an answer's rows */

/*
 * The places as [{from: [first, count], to, lines: [{kind, text, words,
 * newline}]}]; new. With `words` lines that replace others say which of
 * their words. *complete becomes false when not all fitted.
 */
json_t *
compare_texts(const struct buf *from, const struct buf *to, bool words,
	      bool *complete);

/* May this row be added to an answer that has *bytes already? Counts it. */
bool
compare_fits(const json_t *row, size_t *bytes);

#endif
