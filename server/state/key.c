/*
 * key.c - judging a public key blob: RFC 4253 §6.6 (rsa), RFC 8709 §4
 * (ed25519), RFC 5656 §3.1 (ecdsa), OpenSSH's PROTOCOL.u2f (sk-). Sizes are
 * bounded before anything is read.
 */
#include "state/key.h"

#include <sys/types.h>

#include <sha2.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "plein/buf.h"

#define BLOB_MAX 4096 /* characters of base64; rsa with 16384 bits fits */
#define RSA_BITS_MIN 3072
#define RSA_BITS_MAX 16384

enum fault { FINE, MALFORMED, NO_BASE64, UNKNOWN_KIND, OTHER_KIND, SHORT_RSA };

static const struct {
	const char *text, *rule;
} faults[] = {
	[MALFORMED] = { "the key is malformed", "key" },
	[NO_BASE64] = { "the key is no base64", "key" },
	[UNKNOWN_KIND] = { "this kind of key is not accepted", "key-kind" },
	[OTHER_KIND] = { "the key is of another kind than it says", "key" },
	[SHORT_RSA] = { "an rsa key needs 3072 bits or more, this one has",
			"key-weak" },
};

static const char alphabet[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* The value of one base64 character (RFC 4648 §4), or -1. */
static int
sextet_of(char c)
{
	const char *p = c == '\0' ? NULL : strchr(alphabet, c);

	return p ? (int)(p - alphabet) : -1;
}

/* Four characters → up to three bytes; false when they are no base64. */
static bool
decode_quad(const char *s, bool last, struct buf *out)
{
	unsigned bits = 0;
	int n_pad = last ? (s[3] == '=') + (s[2] == '=' && s[3] == '=') : 0;
	int i, v;

	for (i = 0; i < 4; i++) {
		v = i >= 4 - n_pad ? 0 : sextet_of(s[i]);
		if (v < 0)
			return false;
		bits = bits << 6 | (unsigned)v;
	}
	if (n_pad > 0 && (bits & ((1U << (8 * n_pad)) - 1)) != 0)
		return false;
	for (i = 0; i < 3 - n_pad; i++)
		buf_char(out, (char)(bits >> (16 - 8 * i)));
	return true;
}

static bool
decode_base64(const char *s, struct buf *out)
{
	size_t len = strnlen(s, BLOB_MAX + 1);
	size_t i;

	if (len == 0 || len > BLOB_MAX || len % 4 != 0)
		return false;
	for (i = 0; i < len; i += 4)
		if (!decode_quad(s + i, i + 4 == len, out))
			return false;
	return true;
}

/* Append base64 without padding, as fingerprints have it. */
static void
encode_base64(struct buf *out, const unsigned char *data, size_t len)
{
	unsigned bits = 0;
	int n_bits = 0;
	size_t i;

	for (i = 0; i < len; i++) {
		bits = (bits << 8 | data[i]) & 0xffff;
		for (n_bits += 8; n_bits >= 6; n_bits -= 6)
			buf_char(out, alphabet[bits >> (n_bits - 6) & 63]);
	}
	if (n_bits > 0)
		buf_char(out, alphabet[bits << (6 - n_bits) & 63]);
}

int
key_fingerprint(const char *blob, char *out, struct err *err)
{
	struct buf raw = BUF_INIT, text = BUF_INIT;
	uint8_t digest[SHA256_DIGEST_LENGTH];
	SHA2_CTX ctx;
	int rc = 0;

	if (decode_base64(blob, &raw)) {
		SHA256Init(&ctx);
		SHA256Update(&ctx, (const uint8_t *)raw.ptr, raw.len);
		SHA256Final(digest, &ctx);
		buf_str(&text, "SHA256:");
		encode_base64(&text, digest, sizeof digest);
		memcpy(out, text.ptr, text.len + 1);
	} else {
		rc = err_set(err, PLEIN_ERULE, "the key is no base64");
	}
	buf_release(&raw);
	buf_release(&text);
	return rc;
}

/* What is left of a blob to read. */
struct reader {
	const unsigned char *p;
	size_t left;
};

struct field {
	const unsigned char *p;
	size_t len;
};

/* One `string` or `mpint` of RFC 4251 §5. */
static bool
read_field(struct reader *r, struct field *f)
{
	uint32_t len;

	if (r->left < 4)
		return false;
	len = (uint32_t)r->p[0] << 24 | (uint32_t)r->p[1] << 16 |
	      (uint32_t)r->p[2] << 8 | r->p[3];
	if (len > r->left - 4)
		return false;
	f->p = r->p + 4;
	f->len = len;
	r->p += 4 + len;
	r->left -= 4 + len;
	return true;
}

static bool
field_is(const struct field *f, const char *text)
{
	return f->len == strlen(text) && memcmp(f->p, text, f->len) == 0;
}

/* Bits of a positive mpint in its shortest form; 0 for any other. */
static size_t
count_bits(const struct field *f)
{
	const unsigned char *p = f->p;
	size_t len = f->len, bits;
	unsigned top;

	if (len == 0 || (p[0] & 0x80) != 0)
		return 0;
	if (p[0] == 0) {
		if (len == 1 || (p[1] & 0x80) == 0)
			return 0;
		p++;
		len--;
	}
	bits = (len - 1) * 8;
	for (top = p[0]; top != 0; top >>= 1)
		bits++;
	return bits;
}

static enum fault
judge_ed25519(struct reader *r, const char *arg)
{
	struct field key;

	(void)arg;
	return read_field(r, &key) && key.len == 32 ? FINE : MALFORMED;
}

static enum fault
judge_sk_ed25519(struct reader *r, const char *arg)
{
	struct field key, application;

	(void)arg;
	if (!read_field(r, &key) || key.len != 32 ||
	    !read_field(r, &application) || application.len == 0)
		return MALFORMED;
	return FINE;
}

/* The point must be uncompressed: 4, x, y. */
static enum fault
judge_ecdsa(struct reader *r, const char *curve)
{
	size_t want = strcmp(curve, "nistp256") == 0 ? 65 : 97;
	struct field name, point;

	if (!read_field(r, &name) || !field_is(&name, curve) ||
	    !read_field(r, &point) || point.len != want || point.p[0] != 4)
		return MALFORMED;
	return FINE;
}

static enum fault
judge_rsa(struct reader *r, const char *arg)
{
	struct field e, n;
	size_t bits;

	(void)arg;
	if (!read_field(r, &e) || !read_field(r, &n) || count_bits(&e) < 2 ||
	    count_bits(&e) > 64 || (e.p[e.len - 1] & 1) == 0)
		return MALFORMED;
	bits = count_bits(&n);
	if (bits == 0 || bits > RSA_BITS_MAX)
		return MALFORMED;
	return bits < RSA_BITS_MIN ? SHORT_RSA : FINE;
}

static const struct kind {
	const char *name;
	enum fault (*judge)(struct reader *r, const char *arg);
	const char *arg;
} kinds[] = {
	{ "ssh-ed25519", judge_ed25519, NULL },
	{ "sk-ssh-ed25519@openssh.com", judge_sk_ed25519, NULL },
	{ "ecdsa-sha2-nistp256", judge_ecdsa, "nistp256" },
	{ "ecdsa-sha2-nistp384", judge_ecdsa, "nistp384" },
	{ "ssh-rsa", judge_rsa, NULL },
};

static const struct kind *
find_kind(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	return NULL;
}

static enum fault
judge_blob(const struct kind *k, const struct buf *raw)
{
	struct reader r = { (const unsigned char *)raw->ptr, raw->len };
	enum fault fault;
	struct field name;

	if (!read_field(&r, &name))
		return MALFORMED;
	if (!field_is(&name, k->name))
		return OTHER_KIND;
	fault = k->judge(&r, k->arg);
	if (fault == FINE && r.left > 0)
		fault = MALFORMED;
	return fault;
}

int
key_check(const char *kind, const char *blob, struct err *err)
{
	const struct kind *k = find_kind(kind);
	struct buf raw = BUF_INIT;
	enum fault fault;

	if (k == NULL)
		fault = UNKNOWN_KIND;
	else if (!decode_base64(blob, &raw))
		fault = NO_BASE64;
	else
		fault = judge_blob(k, &raw);
	buf_release(&raw);
	if (fault == FINE)
		return 0;
	if (fault == SHORT_RSA)
		return err_rule(err, PLEIN_ERULE, faults[fault].rule, 0,
				"%s %zu", faults[fault].text,
				key_bits(kind, blob));
	return err_rule(err, PLEIN_ERULE, faults[fault].rule, 0, "%s",
			faults[fault].text);
}

size_t
key_bits(const char *kind, const char *blob)
{
	struct buf raw = BUF_INIT;
	struct field name, e, n;
	struct reader r;
	size_t bits = 0;

	if (strcmp(kind, "ssh-rsa") == 0 && decode_base64(blob, &raw)) {
		r.p = (const unsigned char *)raw.ptr;
		r.left = raw.len;
		if (read_field(&r, &name) && read_field(&r, &e) &&
		    read_field(&r, &n))
			bits = count_bits(&n);
	}
	buf_release(&raw);
	return bits;
}

void
key_describe(const char *kind, const char *blob, struct buf *out)
{
	if (strcmp(kind, "ssh-rsa") == 0)
		buf_printf(out, "rsa %zu", key_bits(kind, blob));
	else if (strncmp(kind, "sk-", 3) == 0)
		buf_str(out, "sk-ed25519");
	else if (strncmp(kind, "ecdsa", 5) == 0)
		buf_printf(out, "ecdsa %s", kind + strlen(kind) - 3);
	else
		buf_str(out, "ed25519");
}
