/*
 * tally.h - how many words a change adds and takes away, or there are: what
 * stands between blanks and is not all signs.
 */
#ifndef PLEIN_TALLY_H
#define PLEIN_TALLY_H

#include <stddef.h>

struct tally {
	size_t added, removed; /* words */
};

/* A word that only moved counts as neither. */
struct tally
tally_words(const char *before, size_t before_len, const char *after,
	    size_t after_len);

/* How many words there are. */
size_t
tally_count(const char *s, size_t len);

#endif
