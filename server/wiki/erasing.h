/*
 * erasing.h - carrying an erasure out. Main is made anew in a repository of
 * its own beside the one that serves, and takes its place at one moment;
 * nothing of the old one stays. docs/adr/0015.
 *
 *	prepared  `made` holds the new main and the note
 *	in place  the repository is that, `made` is what was
 *	settled   `made` and the indexes are gone, state.db follows
 *
 * Whoever has the data folder for itself goes on from wherever it stands: a
 * wiki process when it starts, or the command when none runs.
 */
#ifndef PLEIN_WIKI_ERASING_H
#define PLEIN_WIKI_ERASING_H

#include <stdbool.h>

#include "plein/err.h"
#include "wiki/erasure.h"
#include "wiki/space.h"

#define ERASING_NOTE "erasure.json"
#define ERASING_PATH (SPACE_PATH + 24)

/* Where all of it lies for one space. */
struct erasing {
	const struct space *space; /* borrowed */
	char name[SPACE_PATH]; /* of the new repository among the spaces */
	char made[ERASING_PATH]; /* that, from the data folder */
	char prepared[ERASING_PATH], in_place[ERASING_PATH]; /* the note */
};

void
erasing_init(struct erasing *g, const struct space *space);

/*
 * Make the new main, borrowing the rest from the old one: then git has to pack
 * all of it (`repack -a -d`), and it can be parted from that. PLEIN_ESAME when
 * there is nothing to erase.
 */
int
erasing_prepare(const struct erasing *g, struct erasure *e, struct repo *from,
		struct err *err);

int
erasing_part(const struct erasing *g, struct err *err);

/* It is prepared: from now on it will be put in place. */

int
erasing_seal(const struct erasing *g, const struct erasure *e, struct err *err);

/* Is there one that is prepared or in place and not settled? */
bool
erasing_is_due(const struct erasing *g);

/* Is there one that was not yet proved to be done? */
bool
erasing_is_open(const struct erasing *g);

/*
 * Go on until it is settled; without one nothing happens. PLEIN_EBUSY while
 * somebody reads all of the repository: then all is as it was.
 */
int
erasing_settle(const struct erasing *g, struct err *err);

/* Those of all spaces; the first failure counts. */
int
erasing_settle_all(struct err *err);

#endif
