/*
 * folds.h - which branches of the agenda a person left open. A line of
 * addresses with a blank between; what the words mean is for others to know.
 */
#ifndef PLEIN_STATE_FOLDS_H
#define PLEIN_STATE_FOLDS_H

#include "plein/buf.h"
#include "plein/err.h"
#include "state/state.h"

int
folds_put(struct state *s, const char *space, const char *handle,
	  const char *open, struct err *err);

/* Appended; PLEIN_ENOTFOUND when this person never left any. */
int
folds_get(struct state *s, const char *space, const char *handle,
	  struct buf *open, struct err *err);

#endif
