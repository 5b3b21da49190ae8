/*
 * spaces.h - the spaces this wiki has: DATA/spaces/<name>.git. What a person
 * names is looked up in this list and never used as a path.
 */
#ifndef PLEIN_STORE_SPACES_H
#define PLEIN_STORE_SPACES_H

#include "plein/err.h"
#include "plein/vec.h"

/* Replace the list (char *, free()) by what is there; unchanged on failure. */
int
spaces_read(struct vec *spaces, int data, struct err *err);

/* Do something for each of those in the current folder, in order, until one
 * fails. */
int
spaces_each(int (*each)(void *ctx, const char *name, struct err *err),
	    void *ctx, struct err *err);

/* The name as the list has it, or NULL. */
const char *
spaces_find(const struct vec *spaces, const char *name);

#endif
