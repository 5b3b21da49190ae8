/*
 * arrival.h - in which order the remarks of a thread came, as far as they tell:
 * for as long as there is no index, which knows it. The one that begins the
 * thread came first, what answers another came behind it, and for the rest it
 * is the order of their names, which begin with when they were said.
 */
#ifndef PLEIN_WIKI_ARRIVAL_H
#define PLEIN_WIKI_ARRIVAL_H

#include "plein/vec.h"

/*
 * Put the remarks of one thread (struct index_remark *) in order: `seq` and
 * `changed` become places in it. These are seconds since 1970, or a bit more, so
 * that they tell of two threads which had the last word. Pure.
 */
void
arrival_order(struct vec *remarks);

/* By `seq`, in one place events first: as the index orders them. */
int
arrival_compare(const void *a, const void *b);

#endif
