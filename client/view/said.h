/*
 * said.h - the last messages of line 23, to be read again. Pure: it is told
 * the time.
 */
#ifndef PLEIN_VIEW_SAID_H
#define PLEIN_VIEW_SAID_H

#include <stddef.h>
#include <stdint.h>

#include "plein/vec.h"

#define SAID_KEPT 50

struct said_line {
	char *text;
	int64_t when; /* seconds since 1970; of the last time, when repeated */
};

struct said {
	struct vec lines; /* struct said_line *, the newest last */
};

/* What is said again at once counts once. Copies `text`. */
void
said_add(struct said *s, const char *text, int64_t when);

/* The i-th, the newest first; NULL behind the oldest. */
const struct said_line *
said_at(const struct said *s, size_t i);

void
said_release(struct said *s);

#endif
