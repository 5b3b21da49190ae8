/*
 * battery.h - all that can be asked of a wiki, for tests that look for what
 * must not be told: every method of docs/protocol.md (which a unit test holds to
 * the table of methods) with what its parameters may be, so that a method
 * that is added is asked too.
 */
#ifndef PLEIN_RIGHTS_BATTERY_H
#define PLEIN_RIGHTS_BATTERY_H

#include <jansson.h>

#include "visit.h"

struct battery {
	json_t *methods; /* [{method, right, gathered, params: [{name, type,
			    required}]}] */
	json_t *words; /* name of a parameter → [values], before all others */
	const char *const *spared; /* methods that are not asked; NULL ends */
};

/* The test fails when the document cannot be read. `words_take` as above. */
void
battery_read(struct battery *b, json_t *words_take, const char *const *spared);

void
battery_release(struct battery *b);

/* How many methods it asks. */
size_t
battery_size(const struct battery *b);

/*
 * Ask all of it of each of these, and hear the answers (visit.h, heard): always
 * in the same order. A visit that is gone is left out.
 */
void
battery_ask(const struct battery *b, struct visit *const *visits, size_t n);

#endif
