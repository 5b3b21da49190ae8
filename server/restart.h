/*
 * restart.h - when to start the wiki process again: at once, unless ten
 * starts within ten seconds brought not one answered request. Pure.
 */
#ifndef PLEIN_SERVER_RESTART_H
#define PLEIN_SERVER_RESTART_H

#include <stdint.h>

#define RESTART_STARTS 10
#define RESTART_SPAN_MS 10000
#define RESTART_WAIT_MS 5000

struct restart {
	int64_t starts[RESTART_STARTS]; /* a ring of times */
	int n; /* starts since the last answer, ≤ RESTART_STARTS */
	int next;
};

void
restart_init(struct restart *r);

/* It is being started, now (monotonic milliseconds). */
void
restart_started(struct restart *r, int64_t now);

/* It answered a request: earlier starts no longer count. */
void
restart_answered(struct restart *r);

/* It died: when to start the next one, ≥ now. */
int64_t
restart_time(const struct restart *r, int64_t now);

#endif
