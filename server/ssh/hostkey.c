/*
 * The key and the ssh_bind that carries it: libssh copies key, algorithms
 * and limits from there to each session. The bind never binds; sockets are
 * accepted by the supervisor.
 */
#include "ssh/hostkey.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <unistd.h>

#include <libssh/libssh.h>
#include <libssh/server.h>

#include "plein/buf.h"
#include "plein/fs.h"
#include "plein/mem.h"
#include "ssh/serving.h"

#define KEY_FILE "hostkey_ed25519"
#define KEY_FILE_MAX (16 * 1024)
#define RSA_BITS 3072
#define CIPHERS \
	"chacha20-poly1305@openssh.com,aes256-gcm@openssh.com,aes256-ctr"
#define MACS "hmac-sha2-512-etm@openssh.com,hmac-sha2-256-etm@openssh.com"

struct hostkey {
	ssh_bind bind; /* owns the key */
	char fingerprint[64];
};

struct option {
	enum ssh_bind_options_e name;
	const char *value;
};

/* docs/SECURITY.md, Algorithms. */
static const struct option algorithms[] = {
	{ SSH_BIND_OPTIONS_KEY_EXCHANGE,
	  "curve25519-sha256,curve25519-sha256@libssh.org" },
	{ SSH_BIND_OPTIONS_HOSTKEY_ALGORITHMS, "ssh-ed25519" },
	{ SSH_BIND_OPTIONS_CIPHERS_C_S, CIPHERS },
	{ SSH_BIND_OPTIONS_CIPHERS_S_C, CIPHERS },
	{ SSH_BIND_OPTIONS_HMAC_C_S, MACS },
	{ SSH_BIND_OPTIONS_HMAC_S_C, MACS },
	{ SSH_BIND_OPTIONS_PUBKEY_ACCEPTED_KEY_TYPES,
	  "ssh-ed25519,sk-ssh-ed25519@openssh.com,ecdsa-sha2-nistp256,"
	  "ecdsa-sha2-nistp384,rsa-sha2-512,rsa-sha2-256" },
	{ SSH_BIND_OPTIONS_BANNER, "Plein" },
};

#define N_ALGORITHMS (sizeof(algorithms) / sizeof(algorithms[0]))

static int
write_private_key(ssh_key key, int dir, struct err *err)
{
	char *text = NULL;
	int rc;

	if (ssh_pki_export_privkey_base64(key, NULL, NULL, NULL, &text) !=
	    SSH_OK)
		return err_set(err, PLEIN_EIO, "cannot write out a host key");
	rc = fs_replace_at(dir, KEY_FILE, text, strlen(text), 0600, err);
	explicit_bzero(text, strlen(text));
	ssh_string_free_char(text);
	return rc;
}

static int
write_public_key(ssh_key key, int dir, struct err *err)
{
	struct buf line = BUF_INIT;
	char *text = NULL;
	int rc;

	if (ssh_pki_export_pubkey_base64(key, &text) != SSH_OK)
		return err_set(err, PLEIN_EIO, "cannot write out a host key");
	buf_printf(&line, "ssh-ed25519 %s plein\n", text);
	rc = fs_replace_at(dir, KEY_FILE ".pub", line.ptr, line.len, 0644, err);
	ssh_string_free_char(text);
	buf_release(&line);
	return rc;
}

int
hostkey_create(int dir, struct err *err)
{
	ssh_key key = NULL;
	int rc;

	if (ssh_pki_generate(SSH_KEYTYPE_ED25519, 0, &key) != SSH_OK)
		return err_set(err, PLEIN_EIO, "cannot make a host key");
	rc = write_private_key(key, dir, err);
	if (rc == 0)
		rc = write_public_key(key, dir, err);
	ssh_key_free(key);
	return rc;
}

static int
read_private_key(ssh_key *out, int dir, struct err *err)
{
	struct buf text = BUF_INIT;
	int rc = fs_read_at(dir, KEY_FILE, &text, KEY_FILE_MAX, err);

	if (rc == 0 && ssh_pki_import_privkey_base64(text.ptr, NULL, NULL, NULL,
						     out) != SSH_OK)
		rc = err_set(err, PLEIN_ECORRUPT, KEY_FILE ": not a key");
	if (rc == 0 && ssh_key_type(*out) != SSH_KEYTYPE_ED25519)
		rc = err_set(err, PLEIN_ERULE, KEY_FILE ": not an ed25519 key");
	explicit_bzero(text.ptr, text.len);
	buf_release(&text);
	return rc;
}

static int
take_fingerprint(struct hostkey *k, ssh_key key, struct err *err)
{
	unsigned char *hash = NULL;
	char *text = NULL;
	size_t len = 0;
	int rc = 0;

	if (ssh_get_publickey_hash(key, SSH_PUBLICKEY_HASH_SHA256, &hash,
				   &len) == 0)
		text = ssh_get_fingerprint_hash(SSH_PUBLICKEY_HASH_SHA256, hash,
						len);
	if (text == NULL ||
	    strlcpy(k->fingerprint, text, sizeof(k->fingerprint)) >=
		    sizeof(k->fingerprint))
		rc = err_set(err, PLEIN_EIO, "no fingerprint of the host key");
	ssh_clean_pubkey_hash(&hash);
	ssh_string_free_char(text);
	return rc;
}

static int
set_options(ssh_bind b, struct err *err)
{
	const bool no = false;
	const int bits = RSA_BITS;
	int rc;

	/* It would read a system file for every session. */
	rc = ssh_bind_options_set(b, SSH_BIND_OPTIONS_PROCESS_CONFIG, &no);
	if (rc == 0)
		rc = ssh_bind_options_set(b, SSH_BIND_OPTIONS_RSA_MIN_SIZE,
					  &bits);
	for (size_t i = 0; rc == 0 && i < N_ALGORITHMS; i++)
		rc = ssh_bind_options_set(b, algorithms[i].name,
					  algorithms[i].value);
	if (rc != 0)
		return err_set(err, PLEIN_ERULE, "libssh lacks an option: %s",
			       ssh_get_error(b));
	return 0;
}

int
hostkey_load(struct hostkey **out, int dir, struct err *err)
{
	struct hostkey *k = mem_alloc(sizeof(*k));
	ssh_key key = NULL;
	int rc;

	k->bind = ssh_bind_new();
	if (k->bind == NULL)
		die("out of memory");
	rc = read_private_key(&key, dir, err);
	if (rc == 0)
		rc = take_fingerprint(k, key, err);
	if (rc == 0)
		rc = set_options(k->bind, err);
	if (rc == 0 && ssh_bind_options_set(
			       k->bind, SSH_BIND_OPTIONS_IMPORT_KEY, key) != 0)
		rc = err_set(err, PLEIN_ERULE, "libssh refuses the host key");
	if (rc == 0)
		key = NULL; /* the bind's from now on */
	ssh_key_free(key);
	if (rc == 0)
		*out = k;
	else
		hostkey_free(k);
	return rc;
}

void
hostkey_free(struct hostkey *k)
{
	if (k == NULL)
		return;
	ssh_bind_free(k->bind);
	free(k);
}

const char *
hostkey_fingerprint(const struct hostkey *k)
{
	return k->fingerprint;
}

int
serving_new(ssh_session *out, const struct hostkey *k, int fd, struct err *err)
{
	ssh_session s = ssh_new();

	if (s == NULL)
		die("out of memory");
	if (ssh_bind_accept_fd(k->bind, s, fd) != SSH_OK) {
		(void)err_set(err, PLEIN_EIO, "cannot serve: %s",
			      ssh_get_error(k->bind));
		ssh_free(s);
		return PLEIN_EIO;
	}
	ssh_set_blocking(s, 0);
	*out = s;
	return 0;
}
