/*
 * line_near.h - the known word that somebody may have meant. Pure.
 */
#ifndef PLEIN_LINE_NEAR_H
#define PLEIN_LINE_NEAR_H

#include "base/command.h"

/* A nearest word found so far. */
struct line_near {
	const char *word; /* sought */
	const char *found; /* or NULL */
	int distance;
};

/* Nothing farther than two letters, or half of the word, is near. */
void
line_near_init(struct line_near *n, const char *word);

void
line_near_try(struct line_near *n, const char *known);

#endif
