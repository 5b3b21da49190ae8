/*
 * packidx.h - the index file of one pack (gitformat-pack(5), version 2),
 * mapped: which objects are in it. Ids here are 20 raw bytes.
 */
#ifndef PLEIN_STORE_PACKIDX_H
#define PLEIN_STORE_PACKIDX_H

#include <stdbool.h>
#include <stddef.h>

#include "plein/err.h"

#define PACKIDX_ID 20

struct packidx;

/*
 * Open `stem`.idx in the folder `dir` and make sure that `stem`.pack is there
 * and ends as the index says. PLEIN_ENOTFOUND when one of them is missing,
 * PLEIN_ECORRUPT when they are no pack or do not belong together.
 */
int
packidx_open(struct packidx **out, int dir, const char *stem, struct err *err);

/* NULL is allowed. */
void
packidx_close(void *p);

const char *
packidx_stem(const struct packidx *p);

/* How many objects. */
size_t
packidx_len(const struct packidx *p);

/* Bytes of the pack. */
size_t
packidx_bytes(const struct packidx *p);

bool
packidx_has(const struct packidx *p, const unsigned char *id);

/* The same, and where in the pack it begins. */
bool
packidx_find(const struct packidx *p, const unsigned char *id, size_t *offset);

/* Is every object of `small` in `big` too? */
bool
packidx_covers(const struct packidx *big, const struct packidx *small);

#endif
