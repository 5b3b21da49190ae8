/* Decide (pure), then ask; the log says what was not right. */
#include "ssh/auth.h"

#include <jansson.h>
#include <string.h>
#include <strings.h>

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

/* --- the wiki process --------------------------------------------------- */

static int
call(struct auth *a, const char *method, json_t *params_take, json_t **result,
     struct err *err)
{
	int longest = a->limits->auth_ms < ASK_MS ? a->limits->auth_ms : ASK_MS;

	if (params_take == NULL) /* no UTF-8: nothing that could be right */
		return err_set(err, PLEIN_EDENIED, "no text");
	return ask_call(a->ask, method, params_take, longest, result, err);
}

/* Not that there is no such account: nothing can be said of any. */
static bool
is_damage(int rc)
{
	return rc == PLEIN_ECORRUPT || rc == PLEIN_EIO || rc == PLEIN_ENOSPACE;
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

	/* Whose it is does not matter yet: nothing is proven. */
	known = call(a, "auth.key", params, &result, err) == 0 &&
		!json_is_false(json_object_get(result, "known"));
	a->pending = json_is_true(json_object_get(result, "pending"));
	json_decref(result);
	a->interact.broken = a->interact.broken || is_damage(err->code);
	if (!known && (err->code == 0 || err->code == PLEIN_ENOTFOUND)) {
		offers_add(&a->offers, t->kind, t->fingerprint,
			   err->rule != NULL, err->at);
		(void)err_set(err, PLEIN_EDENIED, "unknown key");
	}
	return known;
}

void
auth_ask_menu(struct auth *a)
{
	json_t *result = NULL;
	const char *wiki;
	struct err err = ERR_INIT;

	if (a->talking)
		return;
	a->talking = true;
	/* In vain it is a shorter menu. */
	(void)call(a, "auth.menu", json_object(), &result, &err);
	wiki = json_string_value(json_object_get(result, "wiki"));
	(void)strlcpy(a->wiki, wiki != NULL ? wiki : "", sizeof(a->wiki));
	a->interact.guests = json_is_true(json_object_get(result, "guest"));
	a->interact.applies = json_is_true(json_object_get(result, "register"));
	a->interact.invites = json_is_true(json_object_get(result, "invite"));
	json_decref(result);
}

/* Texts that were proof of something are overwritten: jansson frees them. */
static void
wipe_text(json_t *params, const char *name)
{
	char *text = (char *)json_string_value(json_object_get(params, name));

	if (text)
		explicit_bzero(text, strlen(text));
}

static json_t *
pack_params(enum interact_step step, const struct auth_said *said)
{
	switch (step) {
	case INTERACT_OPEN_KEY:
		return json_pack("{s:s,s:s}", "kind", said->kind, "blob",
				 said->blob);
	case INTERACT_OPEN_NEW:
		return json_pack("{s:b, s:s*, s:s*, s:s*}", "new", 1, "kind",
				 said->kind, "blob", said->blob, "offered",
				 said->offered);
	case INTERACT_PEND:
		return json_pack("{s:s}", "offered",
				 said->offered ? said->offered : "");
	case INTERACT_UNLINK:
		return json_pack("{s:b}", "no", 1);
	case INTERACT_OPEN_GUEST:
		return json_pack("{s:b}", "guest", 1);
	case INTERACT_PASSWORD:
		return json_pack("{s:s,s:s}", "user", said->name, "password",
				 said->password);
	case INTERACT_CODE:
		return json_pack("{s:s}", "code", said->code);
	case INTERACT_LINK:
	case INTERACT_OPEN:
	case INTERACT_REFUSE:
	case INTERACT_END:
	case INTERACT_ASK:
	case INTERACT_PARTIAL:
	case INTERACT_SUCCESS:
	default:
		return json_object();
	}
}

static const char *
method_of(enum interact_step step)
{
	if (step == INTERACT_PASSWORD)
		return "auth.password";
	if (step == INTERACT_PEND)
		return "auth.pend";
	if (step == INTERACT_LINK || step == INTERACT_UNLINK)
		return "auth.link";
	return step == INTERACT_CODE ? "auth.code" : "session.open";
}

static void
copy_text(char *out, size_t size, const json_t *result, const char *name)
{
	const char *text = json_string_value(json_object_get(result, name));

	(void)strlcpy(out, text != NULL ? text : "", size);
}

static enum verdict
read_verdict(struct auth *a, enum interact_step step, int rc,
	     const json_t *result, const struct err *err)
{
	const char *needs;

	if (rc == PLEIN_EBUSY && err->rule != NULL) {
		a->minutes = err->at;
		return VERDICT_WAIT;
	}
	if (rc == PLEIN_EBUSY || rc == PLEIN_ECLOSED || rc == PLEIN_EPROTO)
		return VERDICT_AWAY;
	if (is_damage(rc))
		return VERDICT_BROKEN;
	if (rc != 0)
		return VERDICT_DENIED;
	if (step != INTERACT_PEND && step != INTERACT_UNLINK) {
		copy_text(a->who, sizeof(a->who), result, "handle");
		copy_text(a->language, sizeof(a->language), result, "language");
	}
	needs = json_string_value(json_object_get(result, "needs"));
	if (needs != NULL && strcmp(needs, "link") == 0)
		return VERDICT_NEEDS_LINK;
	return needs != NULL && *needs ? VERDICT_NEEDS_CODE : VERDICT_GRANTED;
}

/* For the log. */
static const char *
name_of(enum interact_step step)
{
	if (step == INTERACT_OPEN_KEY)
		return "proof";
	if (step == INTERACT_OPEN_GUEST)
		return "guest";
	if (step == INTERACT_OPEN_NEW)
		return "new";
	if (step == INTERACT_PASSWORD)
		return "password";
	if (step == INTERACT_PEND || step == INTERACT_LINK ||
	    step == INTERACT_UNLINK)
		return "link";
	return step == INTERACT_CODE ? "code" : "open";
}

static void
log_verdict(const struct auth *a, enum interact_step step,
	    const struct auth_said *said, enum verdict v, const struct err *err)
{
	const char *fingerprint = said->fingerprint ? said->fingerprint : "";

	if (v < VERDICT_NEEDS_CODE)
		log_event("auth.refused", LOG_TEXT("peer", a->peer),
			  LOG_TEXT("user", a->interact.user),
			  LOG_TEXT("key", fingerprint),
			  LOG_TEXT("step", name_of(step)),
			  LOG_TEXT("reason", err->msg));
	else if (v == VERDICT_GRANTED && step < INTERACT_PASSWORD)
		log_event("session.open", LOG_TEXT("peer", a->peer),
			  LOG_TEXT("who", a->who),
			  LOG_TEXT("user", a->interact.user),
			  LOG_TEXT("key", fingerprint));
}

static enum verdict
ask_verdict(struct auth *a, enum interact_step step,
	    const struct auth_said *said)
{
	json_t *result = NULL, *params = pack_params(step, said);
	struct err err = ERR_INIT;
	enum verdict v;
	int rc = call(a, method_of(step), json_incref(params), &result, &err);

	v = read_verdict(a, step, rc, result, &err);
	log_verdict(a, step, said, v, &err);
	wipe_text(params, "password");
	wipe_text(params, "code");
	json_decref(params);
	json_decref(result);
	return v;
}

enum interact_step
auth_carry(struct auth *a, enum interact_step step,
	   const struct auth_said *said)
{
	enum verdict v;

	while (interact_is_for_wiki(step)) {
		v = ask_verdict(a, step, said);
		if (v == VERDICT_DENIED)
			a->meter->failures++;
		step = interact_told(&a->interact, v);
	}
	if (step == INTERACT_SUCCESS)
		a->signed_in = true;
	if (step == INTERACT_END)
		a->meter->unruly = true;
	return step;
}

/* --- keys, and nothing ------------------------------------------------- */

static void
log_denied(const struct auth *a, const struct auth_offer *offer,
	   const struct key_text *t, const struct err *err)
{
	log_event("auth.refused", LOG_TEXT("peer", a->peer),
		  LOG_TEXT("user", offer->user->refused ? "(refused)"
							: offer->user->used),
		  LOG_TEXT("key", t->fingerprint != NULL ? t->fingerprint : ""),
		  LOG_TEXT("step", offer->proven ? "proof" : "offer"),
		  LOG_TEXT("reason", err->msg));
}

static int
open_with(struct auth *a, const struct username *user, const struct key_text *t)
{
	const struct auth_said said = { .kind = t->kind,
					.blob = t->blob,
					.fingerprint = t->fingerprint };
	enum interact_step step =
		auth_carry(a, interact_key(&a->interact, user->used), &said);

	if (step == INTERACT_SUCCESS)
		return SSH_AUTH_SUCCESS;
	return step == INTERACT_PARTIAL ? SSH_AUTH_PARTIAL : SSH_AUTH_DENIED;
}

/* To apply with: any key that is strong and nobody's. */
static bool
may_apply(struct auth *a, const char *user, const struct key_text *t,
	  struct err *err)
{
	bool known = is_known(a, user, t, err) && !a->pending;

	a->interact.taken = a->interact.taken || known;
	auth_ask_menu(a);
	if (known)
		(void)err_set(err, PLEIN_EDENIED, "the key of an account");
	return !a->interact.taken && !a->interact.broken && a->interact.applies;
}

static int
judge_offer(struct auth *a, const struct auth_offer *offer,
	    const struct key_text *t)
{
	struct err err = ERR_INIT;

	switch (auth_next(offer)) {
	case AUTH_OPEN:
		return open_with(a, offer->user, t);
	case AUTH_LOOK_UP:
		if (interact_is_new(offer->user->used)
			    ? may_apply(a, offer->user->used, t, &err)
			    : is_known(a, offer->user->used, t, &err))
			return SSH_AUTH_SUCCESS;
		break;
	case AUTH_DENY:
	default:
		(void)err_set(&err, PLEIN_EDENIED,
			      offer->within ? "user name" : "limit");
		break;
	}
	log_denied(a, offer, t, &err);
	return SSH_AUTH_DENIED;
}

int
auth_key(struct auth *a, const char *user, ssh_key key, bool proven)
{
	struct username name;
	struct auth_offer offer = { &name, proven, false };
	struct err err = ERR_INIT;
	struct key_text t;
	int answer = SSH_AUTH_DENIED, before = a->meter->failures;

	username_read(&name, user);
	if (!proven)
		a->meter->probes++;
	offer.within =
		!a->signed_in && limits_broken(a->limits, a->meter, 0) == NULL;
	if (describe_key(&t, key) == 0) {
		answer = judge_offer(a, &offer, &t);
	} else {
		(void)err_set(&err, PLEIN_EPROTO, "not a key");
		log_denied(a, &offer, &t, &err);
	}
	if (proven && answer == SSH_AUTH_DENIED && a->meter->failures == before)
		a->meter->failures++;
	release_text(&t);
	return answer;
}

int
auth_none(struct auth *a, const char *user)
{
	static const struct auth_said nothing;
	struct username name;
	enum interact_step step;

	username_read(&name, user);
	if (name.refused || limits_broken(a->limits, a->meter, 0) != NULL)
		return SSH_AUTH_DENIED;
	step = auth_carry(a, interact_none(&a->interact, name.used), &nothing);
	return step == INTERACT_SUCCESS ? SSH_AUTH_SUCCESS : SSH_AUTH_DENIED;
}
