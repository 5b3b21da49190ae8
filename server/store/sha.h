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

struct evp_md_ctx_st;

struct sha {
	struct evp_md_ctx_st *ctx;
};

/* Of no bytes yet. sha_end() or sha_release() it. */
void
sha_init(struct sha *s);

/* Of what stands before the content of git's object of this type ("blob",
 * "tree") and length. */
void
sha_init_object(struct sha *s, const char *type, size_t len);

void
sha_release(struct sha *s);

void
sha_add(struct sha *s, const void *data, size_t len);

/* A second one that goes on from where `from` is. */
void
sha_init_copy(struct sha *s, const struct sha *from);

/* The sum of all that was added; releases it. */
void
sha_end(struct sha *s, unsigned char sum[SHA_LEN]);

/* Where a hash stood at places on its way, to go on from there when only what
 * is behind one of them changed. Zero is empty. */
struct sha_way {
	struct sha *at;
	size_t n;
};

void
sha_way_push(struct sha_way *w, const struct sha *now);

/* Forget all but the first `n`. */
void
sha_way_cut(struct sha_way *w, size_t n);

void
sha_way_release(struct sha_way *w);

void
sha_sum(const void *data, size_t len, unsigned char sum[SHA_LEN]);

/* The id of git's object of this type with that content. */
void
sha_object(const char *type, const void *data, size_t len,
	   unsigned char id[SHA_LEN]);

#endif
