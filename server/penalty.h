/*
 * penalty.h - who came often without signing in stays outside for a while.
 * Each such connection adds seconds to what its network (address.h) owes, and
 * time takes them off again; above a bound nobody from there is let in. Pure:
 * the time is told.
 */
#ifndef PLEIN_SERVER_PENALTY_H
#define PLEIN_SERVER_PENALTY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "address.h"

#define PENALTY_KEPT 1024 /* networks; then who owes least is forgotten */
#define PENALTY_DEAREST 6 /* times as much for a process that was killed */

struct penalty_rules {
	int each_ms; /* for one connection; 0: there are no penalties */
	int bound_ms; /* owing more than this keeps out */
	int most_ms; /* nobody owes more */
};

struct penalty_entry {
	unsigned char network[ADDRESS_NETWORK];
	int64_t until; /* when nothing is owed any more */
};

struct penalty {
	struct penalty_rules rules;
	struct penalty_entry entries[PENALTY_KEPT];
	size_t n;
};

void
penalty_init(struct penalty *p);

/* Other rules from now on. */
void
penalty_rule(struct penalty *p, const struct penalty_rules *rules);

/* One from there has come to nothing, which costs `times` the usual. */
void
penalty_add(struct penalty *p, const struct address *from, int times,
	    int64_t now);

/* One from there has signed in: two failures less. */
void
penalty_forgive(struct penalty *p, const struct address *from, int64_t now);

/* Must who comes from there stay outside? */
bool
penalty_holds(const struct penalty *p, const struct address *from, int64_t now);

#endif
