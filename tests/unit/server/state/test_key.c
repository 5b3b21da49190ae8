/* test_key.c - which keys may sign in; the keys are from ssh-keygen. */
#include "state/key.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "plein/buf.h"

#define ED25519 \
	"AAAAC3NzaC1lZDI1NTE5AAAAIGtj1Q3zccsZB+v9Ymn07tLHQwuY2On69YWG1NKrTIs1"
#define P256 \
	"AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBD4JDYitDTqo" \
	"2DH3jrMD8A9ODGEL8o4y9PU33n0xQok4cJOGcIMMniQmsMqEVOwy9slLWQKPDmBM" \
	"3MC5IiPvWLM="
#define P384 \
	"AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQAAABhBKRksnAJRYtd" \
	"EMRiJfcJH2bMp0ysrYYIMJtTfF6Y6LmAqDpFc1nwlaLabCt2PUIQZrcZVZ+o166i" \
	"AJF4AcEpt4frPbQmB5XQHnLZaaJFgicyacRWR8ly/W0sES7oK7iHZg=="
#define P521 \
	"AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlzdHA1MjEAAACFBAGlmwECbFGc" \
	"3QUJ9ORSxmb/z+kO3drItyFoQFzWOuBt1fL5mzlMlM+puVne6CzQwtfmE2uB4u+M" \
	"LGjpBiAPbL3dLQEZt0/Mc+ITObjLvbIC1jrhqCwEmqu5+zWUEhORPg8RrSRrOj/h" \
	"VPEZ7uA/iWOWs4VFfQGzPGl+lkDX/3duVW3aaw=="
#define RSA_2048 \
	"AAAAB3NzaC1yc2EAAAADAQABAAABAQC7HanW6jP51o3Jn7fFf9OWYSjKtvJuHeka" \
	"U0DRXcBtDeh7SI8wO6v0AwJQ/dyPUixBHFJGYjRgFgwf+hiXO8bEU1J9YpMDs9AQ" \
	"kEmAmxFxGmjZG2ClhJpZn3X03uAQGwArBqZIm31rDRI0V/gJEiVyD5Siu9M5Cffs" \
	"34Knkl1hiqJVnU+GdfhJN1EyQh/NXdjLiSgLnLJe3Nc/TfYPfB4A2ks9K5fwKapa" \
	"Wycz/onJpkGZRZhU67Sa0U41hxF8kxMe/trr0+WiKiv+zlw73CXuuoSqA6yThb+e" \
	"1MU+rX3vE/pvXEPShb0Tgd/z+4hRL458ONRmPtHBimhLhH6ZOd8J"
#define RSA_3072 \
	"AAAAB3NzaC1yc2EAAAADAQABAAABgQCZ4zZ6mxFRwE9N0jTknYlEDiDPqNyDBx/z" \
	"XgbbhXSvgF+Ryb/LMRY47oH6T6X6hBtIGtHC8MZpHv2LhwOKWwCjbU58qUxLyaYo" \
	"QP708INtotup6lI4xhGs66/3bd6c6oUIZQlfXDmyKQOdBPOqL9tZM/MFec2RixM7" \
	"V2csseBD43gKo9Q+MYOII1Bsnr7WI2VVH0KOH1Uwc+Wwfs5vT5hDZcaXBXPt9nZs" \
	"cf2IEUPjCSxMIZMHmI5TYs3SiQN8lViQPrdhq/ngV2tVVr4yDUKAG4H2j7PpTNa8" \
	"KqusmvKTD83mxrzI90kzodmk0f/04nFLDsHzfAkw1sNXmOuU1JIgSsnMJGjTTJXi" \
	"o4HPxwa0tGhXBpUdBPa/jGogNeI/mY8SyKXpKDecHrkTdfsMZq+jF8xrW9yCqQra" \
	"8nuLhPJ4y+hGME/LKCxR7KyKjVq5oHkA/4GS7HVHj12h7R424akyGuHwmU/j1mht" \
	"ROws6yk05qlFRcqajOTbxmTOA49J4gk="

static int
check(const char *kind, const char *blob)
{
	struct err err = ERR_INIT;
	int rc = key_check(kind, blob, &err);

	if (rc != 0)
		assert_int_equal(rc, PLEIN_ERULE);
	assert_int_equal(rc != 0, err.msg[0] != '\0');
	return rc;
}

/* Base64 with padding, written here anew to build blobs with. */
static void
encode(struct buf *out, const struct buf *raw)
{
	static const char set[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnop"
				  "qrstuvwxyz0123456789+/";
	size_t i;

	for (i = 0; i < raw->len; i += 3) {
		unsigned a = (unsigned char)raw->ptr[i];
		unsigned b =
			i + 1 < raw->len ? (unsigned char)raw->ptr[i + 1] : 0;
		unsigned c =
			i + 2 < raw->len ? (unsigned char)raw->ptr[i + 2] : 0;

		buf_char(out, set[a >> 2]);
		buf_char(out, set[(a << 4 | b >> 4) & 63]);
		buf_char(out,
			 i + 1 < raw->len ? set[(b << 2 | c >> 6) & 63] : '=');
		buf_char(out, i + 2 < raw->len ? set[c & 63] : '=');
	}
}

static void
add_field(struct buf *raw, const void *data, size_t len)
{
	char head[4] = { (char)(len >> 24), (char)(len >> 16), (char)(len >> 8),
			 (char)len };

	buf_add(raw, head, sizeof head);
	buf_add(raw, data, len);
}

static int
check_raw(const char *kind, const struct buf *raw)
{
	struct buf blob = BUF_INIT;
	int rc;

	encode(&blob, raw);
	rc = check(kind, blob.ptr);
	buf_release(&blob);
	return rc;
}

static void
test_key__accepts_the_strong_kinds(void **state)
{
	(void)state;
	assert_int_equal(check("ssh-ed25519", ED25519), 0);
	assert_int_equal(check("ecdsa-sha2-nistp256", P256), 0);
	assert_int_equal(check("ecdsa-sha2-nistp384", P384), 0);
	assert_int_equal(check("ssh-rsa", RSA_3072), 0);
}

static void
test_key__refuses_weak_and_unknown_kinds(void **state)
{
	(void)state;
	assert_int_equal(check("ssh-rsa", RSA_2048), PLEIN_ERULE);
	assert_int_equal(check("ecdsa-sha2-nistp521", P521), PLEIN_ERULE);
	assert_int_equal(check("ssh-dss", ED25519), PLEIN_ERULE);
	assert_int_equal(check("", ED25519), PLEIN_ERULE);
	assert_int_equal(check("ssh-ed25519-cert-v01@openssh.com", ED25519),
			 PLEIN_ERULE);
}

static void
test_key__refuses_a_kind_the_blob_does_not_name(void **state)
{
	(void)state;
	assert_int_equal(check("ssh-rsa", ED25519), PLEIN_ERULE);
	assert_int_equal(check("ssh-ed25519", RSA_3072), PLEIN_ERULE);
	assert_int_equal(check("ecdsa-sha2-nistp384", P256), PLEIN_ERULE);
	assert_int_equal(check("sk-ssh-ed25519@openssh.com", ED25519),
			 PLEIN_ERULE);
}

static void
test_key__accepts_a_security_key(void **state)
{
	struct buf raw = BUF_INIT;
	char key[32] = { 1, 2, 3 };

	(void)state;
	add_field(&raw, "sk-ssh-ed25519@openssh.com", 26);
	add_field(&raw, key, sizeof key);
	assert_int_equal(check_raw("sk-ssh-ed25519@openssh.com", &raw),
			 PLEIN_ERULE);
	add_field(&raw, "ssh:", 4);
	assert_int_equal(check_raw("sk-ssh-ed25519@openssh.com", &raw), 0);
	buf_char(&raw, 'x');
	assert_int_equal(check_raw("sk-ssh-ed25519@openssh.com", &raw),
			 PLEIN_ERULE);
	buf_release(&raw);
}

static int
check_rsa(const void *e, size_t e_len, const void *n, size_t n_len)
{
	struct buf raw = BUF_INIT;
	int rc;

	add_field(&raw, "ssh-rsa", 7);
	add_field(&raw, e, e_len);
	add_field(&raw, n, n_len);
	rc = check_raw("ssh-rsa", &raw);
	buf_release(&raw);
	return rc;
}

/* The length counts from the first bit that is set, not in bytes. */
static void
test_key__counts_the_bits_of_a_modulus(void **state)
{
	unsigned char n[2400] = { 0, 0x80 };

	(void)state;
	n[384] = 1;
	assert_int_equal(check_rsa("\1\0\1", 3, n, 385), 0);
	n[1] = 0x7f;
	assert_int_equal(check_rsa("\1\0\1", 3, n + 1, 384), PLEIN_ERULE);
	assert_int_equal(check_rsa("\1\0\1", 3, n, 385), PLEIN_ERULE);
	n[1] = 0;
	assert_int_equal(check_rsa("\1\0\1", 3, n, 385), PLEIN_ERULE);
	n[1] = 0x80;
	assert_int_equal(check_rsa("\1\0\1", 3, n + 1, 384), PLEIN_ERULE);
	assert_int_equal(check_rsa("\1\0\1", 3, n, sizeof n), PLEIN_ERULE);
	assert_int_equal(check_rsa("\1\0\1", 3, n, 0), PLEIN_ERULE);
}

static void
test_key__refuses_silly_exponents(void **state)
{
	unsigned char n[385] = { 0, 0x80 };

	(void)state;
	assert_int_equal(check_rsa("\3", 1, n, sizeof n), 0);
	assert_int_equal(check_rsa("\1", 1, n, sizeof n), PLEIN_ERULE);
	assert_int_equal(check_rsa("\2", 1, n, sizeof n), PLEIN_ERULE);
	assert_int_equal(check_rsa("", 0, n, sizeof n), PLEIN_ERULE);
	assert_int_equal(check_rsa("\1\2\3\4\5\6\7\10\11", 9, n, sizeof n),
			 PLEIN_ERULE);
}

/* Cut off anywhere, with anything behind it, with lengths that lie. */
static void
test_key__refuses_malformed_blobs(void **state)
{
	struct buf raw = BUF_INIT, part = BUF_INIT;
	char key[32] = { 9 };
	size_t len;

	(void)state;
	add_field(&raw, "ssh-ed25519", 11);
	add_field(&raw, key, sizeof key);
	assert_int_equal(check_raw("ssh-ed25519", &raw), 0);
	for (len = 0; len < raw.len; len++) {
		buf_release(&part);
		buf_add(&part, raw.ptr, len);
		assert_int_equal(check_raw("ssh-ed25519", &part), PLEIN_ERULE);
	}
	buf_char(&raw, 'x');
	assert_int_equal(check_raw("ssh-ed25519", &raw), PLEIN_ERULE);
	buf_erase(&raw, raw.len - 1, 1);
	raw.ptr[0] = (char)0xff;
	assert_int_equal(check_raw("ssh-ed25519", &raw), PLEIN_ERULE);
	buf_release(&part);
	buf_release(&raw);
}

static void
test_key__refuses_what_is_no_base64(void **state)
{
	static const char *const bad[] = {
		"",	 "AAAA=", "AA=A", "====", "A===", "AAAA AAAA",
		"AA\n=", "AAB=",  "AB==", "AAA",  "+/-_", "\xc3\xa9\xc3\xa9",
	};
	char out[KEY_FINGERPRINT];
	struct err err = ERR_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		assert_int_equal(key_fingerprint(bad[i], out, &err),
				 PLEIN_ERULE);
		assert_int_equal(check("ssh-ed25519", bad[i]), PLEIN_ERULE);
	}
}

static void
test_key__refuses_a_blob_without_end(void **state)
{
	static char large[1 << 20];
	char out[KEY_FINGERPRINT];
	struct err err = ERR_INIT;

	(void)state;
	memset(large, 'A', sizeof large - 1);
	assert_int_equal(key_fingerprint(large, out, &err), PLEIN_ERULE);
	assert_int_equal(check("ssh-rsa", large), PLEIN_ERULE);
}

/* As `ssh-keygen -l` prints them. */
static void
test_key__has_the_fingerprint_of_openssh(void **state)
{
	char out[KEY_FINGERPRINT];
	struct err err = ERR_INIT;

	(void)state;
	assert_int_equal(key_fingerprint(ED25519, out, &err), 0);
	assert_string_equal(
		out, "SHA256:GApEBkn/JfsyoljRyaqtrI5wY8Sq7AjAHB839OB3fAg");
	assert_int_equal(key_fingerprint(P384, out, &err), 0);
	assert_string_equal(
		out, "SHA256:GKLjc8sFffyJR2FT6diXtcYXbouXPyRjyzRQQD+ohVA");
	assert_int_equal(key_fingerprint(RSA_3072, out, &err), 0);
	assert_string_equal(
		out, "SHA256:kczHOIoQztqdqExRExOmjb505g/7bubgB2jDy/oJaaI");
}

static void
test_key__is_called_as_people_do(void **state)
{
	static const char *const rows[][3] = {
		{ "ssh-ed25519", ED25519, "ed25519" },
		{ "sk-ssh-ed25519@openssh.com", ED25519, "sk-ed25519" },
		{ "ecdsa-sha2-nistp256", P256, "ecdsa 256" },
		{ "ecdsa-sha2-nistp384", P384, "ecdsa 384" },
		{ "ssh-rsa", RSA_3072, "rsa 3072" },
	};
	struct buf out = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		buf_reset(&out);
		key_describe(rows[i][0], rows[i][1], &out);
		assert_string_equal(out.ptr, rows[i][2]);
	}
	buf_release(&out);
}

static void
test_key__says_which_rule_it_broke(void **state)
{
	struct err err;

	(void)state;
	assert_int_equal(key_check("ssh-rsa", RSA_2048, &err), PLEIN_ERULE);
	assert_string_equal(err.rule, "key-weak");
	assert_string_equal(err.msg, "an rsa key needs 3072 bits or more, "
				     "this one has 2048");
	assert_int_equal(key_bits("ssh-rsa", RSA_2048), 2048);
	assert_int_equal(key_bits("ssh-ed25519", ED25519), 0);
	assert_int_equal(key_check("ssh-dss", RSA_2048, &err), PLEIN_ERULE);
	assert_string_equal(err.rule, "key-kind");
	assert_int_equal(key_check("ssh-rsa", ED25519, &err), PLEIN_ERULE);
	assert_string_equal(err.rule, "key");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_key__accepts_the_strong_kinds),
		cmocka_unit_test(test_key__refuses_weak_and_unknown_kinds),
		cmocka_unit_test(
			test_key__refuses_a_kind_the_blob_does_not_name),
		cmocka_unit_test(test_key__accepts_a_security_key),
		cmocka_unit_test(test_key__counts_the_bits_of_a_modulus),
		cmocka_unit_test(test_key__refuses_silly_exponents),
		cmocka_unit_test(test_key__refuses_malformed_blobs),
		cmocka_unit_test(test_key__refuses_what_is_no_base64),
		cmocka_unit_test(test_key__refuses_a_blob_without_end),
		cmocka_unit_test(test_key__has_the_fingerprint_of_openssh),
		cmocka_unit_test(test_key__is_called_as_people_do),
		cmocka_unit_test(test_key__says_which_rule_it_broke),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
