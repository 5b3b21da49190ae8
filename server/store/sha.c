/* sha.c - see sha.h. */
#include "store/sha.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>

#include "plein/mem.h"

/* libcrypto fails only for want of memory, or of SHA-1 altogether. */
static void
require(int result)
{
	if (result != 1)
		die("SHA-1 does not work");
}

void
sha_init(struct sha *s)
{
	s->ctx = EVP_MD_CTX_new();
	require(s->ctx && EVP_DigestInit_ex(s->ctx, EVP_sha1(), NULL) == 1);
}

void
sha_init_object(struct sha *s, const char *type, size_t len)
{
	char head[32];
	int n = snprintf(head, sizeof(head), "%s %zu", type, len);

	sha_init(s);
	sha_add(s, head, (size_t)n + 1);
}

void
sha_release(struct sha *s)
{
	EVP_MD_CTX_free(s->ctx);
	s->ctx = NULL;
}

void
sha_add(struct sha *s, const void *data, size_t len)
{
	require(EVP_DigestUpdate(s->ctx, data, len));
}

void
sha_init_copy(struct sha *s, const struct sha *from)
{
	s->ctx = EVP_MD_CTX_new();
	require(s->ctx && EVP_MD_CTX_copy_ex(s->ctx, from->ctx) == 1);
}

void
sha_end(struct sha *s, unsigned char sum[SHA_LEN])
{
	require(EVP_DigestFinal_ex(s->ctx, sum, NULL));
	sha_release(s);
}

void
sha_way_push(struct sha_way *w, const struct sha *now)
{
	w->at = mem_realloc(w->at, (w->n + 1) * sizeof(*w->at));
	sha_init_copy(&w->at[w->n++], now);
}

void
sha_way_cut(struct sha_way *w, size_t n)
{
	while (w->n > n)
		sha_release(&w->at[--w->n]);
}

void
sha_way_release(struct sha_way *w)
{
	sha_way_cut(w, 0);
	free(w->at);
	w->at = NULL;
}

void
sha_sum(const void *data, size_t len, unsigned char sum[SHA_LEN])
{
	struct sha s;

	sha_init(&s);
	sha_add(&s, data, len);
	sha_end(&s, sum);
}

void
sha_object(const char *type, const void *data, size_t len,
	   unsigned char id[SHA_LEN])
{
	struct sha s;

	sha_init_object(&s, type, len);
	sha_add(&s, data, len);
	sha_end(&s, id);
}
