/*
 * roundwords.h - what people are told of a round of reflection, on screen and
 * by commands: who sees an answer, and why one does not see those of others.
 * docs/reflection.md says what is true of it.
 */
#ifndef PLEIN_BASE_ROUNDWORDS_H
#define PLEIN_BASE_ROUNDWORDS_H

#include "plein/buf.h"

/* "with your name", … : how others see an answer in a step with these names
 * (a word of the protocol). One or two sentences. */
const char *
roundwords_names(const char *names);

/* Why the answers to a step are not told: `sight` of the protocol; "" when they
 * are. `answers`: how many there are. Appended. */
void
roundwords_sight(struct buf *out, const char *sight, long answers);

/* "4 of 9 people answered so far", or without `asked` (0). Appended. */
void
roundwords_count(struct buf *out, long answers, long asked);

#endif
