/*
 * idle.h - a session in which nothing is typed ends by itself, after a
 * warning. Pure: the clock is given.
 */
#ifndef PLEIN_IDLE_H
#define PLEIN_IDLE_H

#include <stdbool.h>
#include <stdint.h>

#include "plein/control.h"

#define IDLE_WARN_MS ((int64_t)5 * 60 * 1000) /* before the end */

struct idle {
	int64_t after; /* milliseconds; 0: never */
	int64_t since; /* when something was typed last */
	bool warned; /* since then */
};

enum idle_step { IDLE_NOTHING, IDLE_WARN, IDLE_END };

/* What the supervisor said (CLIENT_IDLE_ENV); milliseconds, 0: never. */
int64_t
idle_setting(void);

void
idle_init(struct idle *i, int64_t after, int64_t now);

/* Something was typed. */
void
idle_touch(struct idle *i, int64_t now);

/* When to look again, or 0. */
int64_t
idle_due(const struct idle *i);

/* IDLE_WARN once, and IDLE_END from then on. */
enum idle_step
idle_look(struct idle *i, int64_t now);

/* Minutes from the warning to the end, at least 1. */
int
idle_minutes(const struct idle *i);

#endif
