/*
 * sha.h - SHA-1 with the instructions that processors have for it (libcrypto
 * knows them): a quarter of libgit2's time. Without its look-out for forged
 * collisions, so only for what we put together ourselves, and for what was
 * looked at when it came in.
 */
#ifndef PLEIN_STORE_SHA_H
#define PLEIN_STORE_SHA_H

#include <stddef.h>

#define SHA_LEN 20

/* Of `head` and `data`, one behind the other. */
void
sha_sum(const void *head, size_t n, const void *data, size_t len,
	unsigned char sum[SHA_LEN]);

/* The id of git's object of this type ("blob", "tree") with that content. */
void
sha_object(const char *type, const void *data, size_t len,
	   unsigned char id[SHA_LEN]);

#endif
