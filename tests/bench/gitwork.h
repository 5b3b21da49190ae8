/*
 * gitwork.h - a work tree of a wiki's repository, in which git commits as
 * people do by hand: one page after another, without syncing.
 */
#ifndef PLEIN_BENCH_GITWORK_H
#define PLEIN_BENCH_GITWORK_H

#include "fixture.h"

/* Make it, once. */
void
gitwork_make(const struct fixture *f);

/* Change that page (prose.h) and commit; in ms. */
double
gitwork_commit(const struct fixture *f, int page);

#endif
