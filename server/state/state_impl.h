/* state_impl.h - what struct state is, for the files of server/state. */
#ifndef PLEIN_STATE_STATE_IMPL_H
#define PLEIN_STATE_STATE_IMPL_H

#include "state/db.h"

struct state {
	struct db db;
	int depth; /* transactions, one in the other */
};

/* Row k - 1 makes form k into form k + 1; for tests too. */
extern const char *const state_upgrades[];

#endif
