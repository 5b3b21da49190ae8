/*
 * erase_proof.h - that what was erased is nowhere in the data folder: neither
 * by the ids of its objects nor, byte by byte, by its words.
 */
#ifndef PLEIN_SERVER_ERASE_PROOF_H
#define PLEIN_SERVER_ERASE_PROOF_H

#include <stdbool.h>

#include "plein/buf.h"
#include "plein/err.h"
#include "wiki/erasing.h"

/*
 * Look, from the data folder, and append what was seen to `report`, in lines.
 * *clean: nothing was found but where it was not asked for.
 */
int
erase_proof(const struct erasure *e, const struct erasing *at,
	    struct buf *report, bool *clean, struct err *err);

#endif
