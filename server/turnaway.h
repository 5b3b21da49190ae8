/*
 * turnaway.h - who was turned away before they could sign in, for the audit
 * log: added up by address and reason, told once a minute, so that a flood
 * is a few records.
 */
#ifndef PLEIN_SERVER_TURNAWAY_H
#define PLEIN_SERVER_TURNAWAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "address.h"

#define TURNAWAY_MS 60000
#define TURNAWAY_MOST 64 /* rows; addresses after them count as "*" */

struct turnaway_row {
	char peer[ADDRESS_TEXT];
	const char *reason; /* a literal */
	long n;
};

struct turnaway {
	struct turnaway_row rows[TURNAWAY_MOST];
	size_t n;
	int64_t due; /* when they are to be told; 0: there are none */
};

/* One more; `now` is ms of a clock that only goes on. */
void
turnaway_note(struct turnaway *t, const char *peer, const char *reason,
	      int64_t now);

/* A row that is to be told now, or NULL; and that it was. */
const struct turnaway_row *
turnaway_first(const struct turnaway *t, int64_t now);

void
turnaway_told(struct turnaway *t);

#endif
