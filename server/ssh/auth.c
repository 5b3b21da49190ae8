/* Decide (pure), then ask; the log says which key was not known. */
#include "ssh/auth.h"

#include <jansson.h>
#include <string.h>

#include "plein/log.h"
#include "plein/mem.h"

#define ASK_MS 10000 /* includes a restart of the wiki process */

struct key_text {
	const char *kind; /* borrowed from libssh */
	char *blob; /* base64 of RFC 4253 §6.6 */
	char *fingerprint; /* "SHA256:…" */
};

enum auth_step
auth_next(const struct auth_offer *offer)
{
	if (!offer->within || offer->user->refused)
		return AUTH_DENY;
	return offer->proven ? AUTH_OPEN : AUTH_LOOK_UP;
}

static int
describe_key(struct key_text *t, ssh_key key)
{
	unsigned char *hash = NULL;
	size_t len = 0;

	memset(t, 0, sizeof(*t));
	t->kind = ssh_key_type_to_char(ssh_key_type(key));
	if (t->kind == NULL ||
	    ssh_pki_export_pubkey_base64(key, &t->blob) != SSH_OK ||
	    ssh_get_publickey_hash(key, SSH_PUBLICKEY_HASH_SHA256, &hash,
				   &len) != 0)
		return -1;
	t->fingerprint =
		ssh_get_fingerprint_hash(SSH_PUBLICKEY_HASH_SHA256, hash, len);
	ssh_clean_pubkey_hash(&hash);
	return t->fingerprint == NULL ? -1 : 0;
}

static void
release_text(struct key_text *t)
{
	ssh_string_free_char(t->blob);
	ssh_string_free_char(t->fingerprint);
}

static int
patience(const struct auth *a)
{
	return a->limits->auth_ms < ASK_MS ? a->limits->auth_ms : ASK_MS;
}

static bool
is_known(struct auth *a, const char *user, const struct key_text *t,
	 struct err *err)
{
	json_t *result = NULL;
	json_t *params =
		json_pack("{s:s*,s:s,s:s}", "user", *user ? user : NULL, "kind",
			  t->kind, "blob", t->blob);
	bool known;

	if (params == NULL)
		die("out of memory");
	/* Whose it is does not matter yet: nothing is proven. */
	known = ask_call(a->ask, "auth.key", params, patience(a), &result,
			 err) == 0 &&
		!json_is_false(json_object_get(result, "known"));
	json_decref(result);
	if (!known && (err->code == 0 || err->code == PLEIN_ENOTFOUND))
		(void)err_set(err, PLEIN_EDENIED, "unknown key");
	return known;
}

static bool
open_session(struct auth *a, const struct key_text *t, struct err *err)
{
	json_t *result = NULL;
	json_t *params =
		json_pack("{s:s,s:s}", "kind", t->kind, "blob", t->blob);
	const char *who;
	int rc;

	if (params == NULL)
		die("out of memory");
	rc = ask_call(a->ask, "session.open", params, patience(a), &result,
		      err);
	if (rc == 0) {
		who = json_string_value(json_object_get(result, "handle"));
		(void)strlcpy(a->who, who != NULL ? who : "", sizeof(a->who));
	}
	json_decref(result);
	return rc == 0;
}

static void
log_outcome(const struct auth *a, const struct username *user,
	    const struct key_text *t, bool proven, const struct err *err)
{
	const char *fingerprint = t->fingerprint != NULL ? t->fingerprint : "";

	if (err->code != 0)
		log_event("auth.refused", LOG_TEXT("peer", a->peer),
			  LOG_TEXT("user",
				   user->refused ? "(refused)" : user->used),
			  LOG_TEXT("key", fingerprint),
			  LOG_TEXT("step", proven ? "proof" : "offer"),
			  LOG_TEXT("reason", err->msg));
	else if (proven)
		log_event("session.open", LOG_TEXT("peer", a->peer),
			  LOG_TEXT("who", a->who), LOG_TEXT("user", user->used),
			  LOG_TEXT("key", fingerprint));
}

static bool
take_step(struct auth *a, const struct auth_offer *offer,
	  const struct key_text *t, struct err *err)
{
	switch (auth_next(offer)) {
	case AUTH_LOOK_UP:
		return is_known(a, offer->user->used, t, err);
	case AUTH_OPEN:
		return open_session(a, t, err);
	case AUTH_DENY:
	default:
		(void)err_set(err, PLEIN_EDENIED,
			      offer->within ? "user name" : "limit");
		return false;
	}
}

int
auth_key(struct auth *a, const char *user, ssh_key key, bool proven)
{
	struct username name;
	struct auth_offer offer = { &name, proven, false };
	struct err err = ERR_INIT;
	struct key_text t;
	bool good;

	username_read(&name, user);
	if (!proven)
		a->meter->probes++;
	offer.within =
		!a->signed_in && limits_broken(a->limits, a->meter, 0) == NULL;
	if (describe_key(&t, key) != 0)
		(void)err_set(&err, PLEIN_EPROTO, "not a key");
	good = err.code == 0 && take_step(a, &offer, &t, &err);
	log_outcome(a, &name, &t, proven, &err);
	if (proven && good)
		a->signed_in = true;
	else if (proven)
		a->meter->failures++;
	release_text(&t);
	return good ? SSH_AUTH_SUCCESS : SSH_AUTH_DENIED;
}
