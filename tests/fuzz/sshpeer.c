/*
 * sshpeer.c - see sshpeer.h. One cipher, aes256-gcm@openssh.com (RFC 5647 as
 * OpenSSH's PROTOCOL has it): the length is not encrypted, the nonce counts.
 * Our part of the exchange is the same each time; the server's is not.
 */
#include "sshpeer.h"

#include <string.h>

#include <openssl/evp.h>

#include "plein/mem.h"

#define BANNER "SSH-2.0-fuzz"
#define MSG_KEXINIT 20
#define MSG_NEWKEYS 21
#define MSG_ECDH_INIT 30
#define MSG_ECDH_REPLY 31
#define COOKIE 16
#define HASH 32
#define TAG 16

enum { STAGE_BANNER, STAGE_KEXINIT, STAGE_REPLY, STAGE_READY };

static void
put_u32(struct buf *out, size_t v)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		buf_char(out, (char)(v >> shift & 0xff));
}

static void
put_string(struct buf *out, const void *data, size_t len)
{
	put_u32(out, len);
	if (len > 0)
		buf_add(out, data, len);
}

/* A positive mpint (RFC 4251 §5) of big-endian bytes. */
static void
put_mpint(struct buf *out, const uint8_t *data, size_t len)
{
	while (len > 0 && *data == 0) {
		data++;
		len--;
	}
	if (len > 0 && (*data & 0x80) != 0) {
		put_u32(out, len + 1);
		buf_char(out, 0);
		buf_add(out, (const char *)data, len);
	} else {
		put_string(out, data, len);
	}
}

/* A packet without encryption (RFC 4253 §6). */
static void
put_plain(struct buf *out, const struct buf *payload)
{
	size_t pad = 8 - (payload->len + 5) % 8;

	if (pad < 4)
		pad += 8;
	put_u32(out, payload->len + pad + 1);
	buf_char(out, (char)pad);
	buf_add(out, payload->ptr, payload->len);
	for (size_t i = 0; i < pad; i++)
		buf_char(out, 0);
}

static void
put_kexinit(struct buf *out)
{
	static const char *const lists[] = {
		"curve25519-sha256",
		"ssh-ed25519",
		"aes256-gcm@openssh.com",
		"aes256-gcm@openssh.com",
		"hmac-sha2-256-etm@openssh.com",
		"hmac-sha2-256-etm@openssh.com",
		"none",
		"none",
		"",
		"",
	};

	buf_char(out, MSG_KEXINIT);
	for (int i = 0; i < COOKIE; i++)
		buf_char(out, (char)i);
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		put_string(out, lists[i], strlen(lists[i]));
	buf_char(out, 0); /* no guessed packet follows */
	put_u32(out, 0);
}

/* --- the arithmetic ------------------------------------------------------- */

static void
must(bool good)
{
	if (!good)
		die("the fuzz target's own cryptography failed");
}

static void
hash(const struct buf *of, uint8_t out[HASH])
{
	must(EVP_Digest(of->ptr, of->len, out, NULL, EVP_sha256(), NULL) == 1);
}

static void
tell_public(const struct sshpeer *p, uint8_t out[32])
{
	size_t len = 32;
	EVP_PKEY *own = EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, NULL,
						     p->secret, 32);

	must(own && EVP_PKEY_get_raw_public_key(own, out, &len) == 1);
	EVP_PKEY_free(own);
}

/* False for a key of the server with which there is no secret. */
static bool
share(const struct sshpeer *p, const uint8_t theirs[32], uint8_t out[32])
{
	EVP_PKEY *own = EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, NULL,
						     p->secret, 32);
	EVP_PKEY *other =
		EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, NULL, theirs, 32);
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new(own, NULL);
	size_t len = 32;
	bool good;

	must(ctx != NULL);
	good = other && EVP_PKEY_derive_init(ctx) == 1 &&
	       EVP_PKEY_derive_set_peer(ctx, other) == 1 &&
	       EVP_PKEY_derive(ctx, out, &len) == 1;
	EVP_PKEY_CTX_free(ctx);
	EVP_PKEY_free(other);
	EVP_PKEY_free(own);
	return good;
}

/* RFC 4253 §7.2: HASH(K || H || letter || session id). */
static void
derive(const uint8_t secret[32], const uint8_t id[HASH], char letter,
       uint8_t out[HASH])
{
	struct buf b = BUF_INIT;

	put_mpint(&b, secret, 32);
	buf_add(&b, (const char *)id, HASH);
	buf_char(&b, letter);
	buf_add(&b, (const char *)id, HASH);
	hash(&b, out);
	buf_release(&b);
}

/* --- the exchange --------------------------------------------------------- */

static void
send_ecdh(struct sshpeer *p)
{
	struct buf payload = BUF_INIT;
	uint8_t mine[32];

	tell_public(p, mine);
	buf_char(&payload, MSG_ECDH_INIT);
	put_string(&payload, mine, sizeof(mine));
	put_plain(&p->out, &payload);
	buf_release(&payload);
}

/* A string at *at; false when it is cut off. */
static bool
take_string(const struct buf *b, size_t *at, const char **s, size_t *len)
{
	const uint8_t *p = (const uint8_t *)b->ptr + *at;

	if (b->len < *at + 4)
		return false;
	*len = (size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 |
	       p[3];
	if (*len > b->len - *at - 4)
		return false;
	*s = b->ptr + *at + 4;
	*at += 4 + *len;
	return true;
}

static void
make_keys(struct sshpeer *p, const char *host, size_t host_len,
	  const uint8_t theirs[32])
{
	struct buf b = BUF_INIT;
	uint8_t mine[32], secret[32], id[HASH], bytes[HASH];

	if (!share(p, theirs, secret)) {
		p->failed = true;
		return;
	}
	tell_public(p, mine);
	put_string(&b, BANNER, strlen(BANNER));
	put_string(&b, p->server_banner.ptr, p->server_banner.len);
	put_string(&b, p->own_init.ptr, p->own_init.len);
	put_string(&b, p->server_init.ptr, p->server_init.len);
	put_string(&b, host, host_len);
	put_string(&b, mine, sizeof(mine));
	put_string(&b, theirs, 32);
	put_mpint(&b, secret, sizeof(secret));
	hash(&b, id);
	derive(secret, id, 'A', bytes);
	memcpy(p->iv, bytes, sizeof(p->iv));
	derive(secret, id, 'C', p->key);
	buf_release(&b);
}

static void
take_reply(struct sshpeer *p, const struct buf *payload)
{
	struct buf newkeys = BUF_INIT;
	const char *host, *theirs;
	size_t at = 1, host_len, len;

	if (!take_string(payload, &at, &host, &host_len) ||
	    !take_string(payload, &at, &theirs, &len) || len != 32) {
		p->failed = true;
		return;
	}
	make_keys(p, host, host_len, (const uint8_t *)theirs);
	if (p->failed)
		return;
	buf_char(&newkeys, MSG_NEWKEYS);
	put_plain(&p->out, &newkeys);
	buf_release(&newkeys);
	p->stage = STAGE_READY;
	p->ready = true;
}

static void
take_payload(struct sshpeer *p, const struct buf *payload)
{
	if (p->stage == STAGE_KEXINIT && payload->ptr[0] == MSG_KEXINIT) {
		buf_add(&p->server_init, payload->ptr, payload->len);
		send_ecdh(p);
		p->stage = STAGE_REPLY;
	} else if (p->stage == STAGE_REPLY &&
		   payload->ptr[0] == MSG_ECDH_REPLY) {
		take_reply(p, payload);
	}
}

/* One packet that is not encrypted, or false. */
static bool
take_packet(struct sshpeer *p)
{
	struct buf payload = BUF_INIT;
	const char *body;
	size_t at = 0, len, pad;

	if (!take_string(&p->in, &at, &body, &len))
		return false;
	pad = len > 0 ? (uint8_t)body[0] : 0;
	if (len < pad + 2) {
		p->failed = true;
		return false;
	}
	buf_add(&payload, body + 1, len - pad - 1);
	take_payload(p, &payload);
	buf_erase(&p->in, 0, at);
	buf_release(&payload);
	return true;
}

static bool
take_banner(struct sshpeer *p)
{
	const char *end = memchr(p->in.ptr, '\n', p->in.len);
	size_t len;

	if (!end)
		return false;
	len = (size_t)(end - p->in.ptr);
	if (len > 0 && p->in.ptr[len - 1] == '\r')
		len--;
	buf_add(&p->server_banner, p->in.ptr, len);
	buf_erase(&p->in, 0, (size_t)(end - p->in.ptr) + 1);
	p->stage = STAGE_KEXINIT;
	return true;
}

void
sshpeer_begin(struct sshpeer *p)
{
	memset(p, 0, sizeof(*p));
	buf_init(&p->out);
	buf_init(&p->in);
	buf_init(&p->server_banner);
	buf_init(&p->server_init);
	buf_init(&p->own_init);
	memset(p->secret, 7, sizeof(p->secret));
	buf_str(&p->out, BANNER "\r\n");
	put_kexinit(&p->own_init);
	put_plain(&p->out, &p->own_init);
}

void
sshpeer_hear(struct sshpeer *p, const void *data, size_t len)
{
	bool more = true;

	if (p->stage == STAGE_READY || p->failed || len == 0)
		return;
	buf_add(&p->in, data, len);
	while (more && !p->failed && p->stage != STAGE_READY)
		more = p->stage == STAGE_BANNER ? take_banner(p)
						: take_packet(p);
}

static void
count_up(uint8_t iv[12])
{
	for (int i = 11; i >= 4 && ++iv[i] == 0; i--)
		;
}

/* `body` is padding length, payload, padding. */
static void
encrypt(struct sshpeer *p, const uint8_t length[4], const struct buf *body)
{
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
	char *room = buf_room(&p->out, body->len + TAG);
	int n;

	must(ctx &&
	     EVP_EncryptInit_ex(ctx, EVP_aes_256_gcm(), NULL, p->key, p->iv) &&
	     EVP_EncryptUpdate(ctx, NULL, &n, length, 4) &&
	     EVP_EncryptUpdate(ctx, (uint8_t *)room, &n,
			       (const uint8_t *)body->ptr, (int)body->len) &&
	     EVP_EncryptFinal_ex(ctx, (uint8_t *)room + n, &n) &&
	     EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_GET_TAG, TAG,
				 room + body->len));
	p->out.len += body->len + TAG;
	p->out.ptr[p->out.len] = '\0';
	EVP_CIPHER_CTX_free(ctx);
	count_up(p->iv);
}

void
sshpeer_send(struct sshpeer *p, const void *payload, size_t len)
{
	size_t pad = 16 - (len + 1) % 16;
	struct buf body = BUF_INIT, length = BUF_INIT;

	if (pad < 4)
		pad += 16;
	buf_char(&body, (char)pad);
	if (len > 0)
		buf_add(&body, payload, len);
	for (size_t i = 0; i < pad; i++)
		buf_char(&body, 0);
	put_u32(&length, body.len);
	buf_add(&p->out, length.ptr, length.len);
	encrypt(p, (const uint8_t *)length.ptr, &body);
	buf_release(&length);
	buf_release(&body);
}

void
sshpeer_release(struct sshpeer *p)
{
	buf_release(&p->out);
	buf_release(&p->in);
	buf_release(&p->server_banner);
	buf_release(&p->server_init);
	buf_release(&p->own_init);
}
