/*
 * exchange.h - one repository in the place of another, at one moment.
 */
#ifndef PLEIN_STORE_EXCHANGE_H
#define PLEIN_STORE_EXCHANGE_H

#include "plein/err.h"

/*
 * The folders `a` and `b`, on one file system, take each other's names,
 * durably. Everything in them is on stable storage before. PLEIN_EBUSY while
 * somebody holds the objects of one (maintain_hold()); PLEIN_EUNKNOWN when
 * that they did could not be synced.
 */
int
exchange_folders(const char *a, const char *b, struct err *err);

/* Remove a folder with all that is in it, durably; none is fine. */
int
exchange_remove(const char *path, struct err *err);

#endif
