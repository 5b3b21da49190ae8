/*
 * sha.h - SHA-1 with the instructions that processors have for it (libcrypto
 * knows them): half the time of a portable one. Without libgit2's look-out for
 * forged collisions, so only for what we put together ourselves.
 */
#ifndef PLEIN_STORE_SHA_H
#define PLEIN_STORE_SHA_H

#include <stddef.h>

#include "plein/buf.h"

#define SHA_LEN 20

/* Of `head` and `data`, one behind the other. */
void
sha_sum(const void *head, size_t n, const struct buf *data,
	unsigned char sum[SHA_LEN]);

#endif
