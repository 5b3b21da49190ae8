/* sha.c - see sha.h. */
#include "store/sha.h"

#include <openssl/evp.h>
#include <stdio.h>

#include "plein/mem.h"

void
sha_sum(const void *head, size_t n, const void *data, size_t len,
	unsigned char sum[SHA_LEN])
{
	EVP_MD_CTX *c = EVP_MD_CTX_new();

	if (!c || EVP_DigestInit_ex(c, EVP_sha1(), NULL) != 1 ||
	    EVP_DigestUpdate(c, head, n) != 1 ||
	    EVP_DigestUpdate(c, data, len) != 1 ||
	    EVP_DigestFinal_ex(c, sum, NULL) != 1)
		die("SHA-1 does not work");
	EVP_MD_CTX_free(c);
}

void
sha_object(const char *type, const void *data, size_t len,
	   unsigned char id[SHA_LEN])
{
	char head[32];
	int n = snprintf(head, sizeof(head), "%s %zu", type, len);

	sha_sum(head, (size_t)n + 1, data, len, id);
}
