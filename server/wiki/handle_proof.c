/*
 * handle_proof.c - one's own password and code of an app, and what the host
 * may do about those of others.
 *
 * What a code guards is guarded by it: who has one must show it to replace it
 * or to do without. Who has lost it asks an administrator.
 */
#include "wiki/handlers.h"

#include <string.h>

#include "plein/clock.h"
#include "proof/password.h"
#include "proof/qr.h"
#include "proof/recovery.h"
#include "proof/totp.h"
#include "state/accounts.h"
#include "state/keyring.h"
#include "state/proofs.h"
#include "wiki/accounts.h"
#include "wiki/call.h"
#include "wiki/rows.h"
#include "wiki/tries.h"

#define CODE_TYPED 40

static int
handle_info(struct desk *d, struct call *c)
{
	const struct caller *who = c->caller;
	struct proofs p = { 0 };
	int rc = desk_need_state(d, &c->err);

	if (!rc)
		rc = proofs_get(d->state, who->handle, &p, &c->err);
	if (!rc)
		c->result = json_pack("{s:b, s:b, s:b, s:I, s:i}", "password",
				      p.password != NULL, "code",
				      p.secret != NULL, "needed",
				      who->role == ROLE_SETUP ||
					      caller_needs_code(who, d->conf),
				      "since", (json_int_t)p.since, "recovery",
				      (int)p.n_recovery);
	proofs_release(&p);
	return rc;
}

/* --- the password ------------------------------------------------------ */

/* The second half, by the writer. */
static int
store_password(struct desk *d, struct call *c)
{
	const char *handle = call_text(c, "handle");
	int rc = desk_need_state(d, &c->err);

	if (!rc)
		rc = proofs_set_password(d->state,
					 handle ? handle : c->caller->handle,
					 call_text(c, "hash"), &c->err);
	password_wipe((char *)call_text(c, "hash"));
	return rc;
}

static const struct param no_params[] = { PARAMS_END };

static const struct method password_set_store = {
	"password.set", RIGHT_OWN, PLACE_WRITER, no_params, "", "", "",
	store_password,
};

static const struct method user_password_store = {
	"user.password", RIGHT_HOST, PLACE_WRITER, no_params, "", "", "",
	store_password,
};

/* The first half: the hash takes long, and no disk. */
static int
hash_password(struct call *c, const struct method *next)
{
	char *password = (char *)call_text(c, "password");
	char hash[PASSWORD_HASH];
	int rc = password_check(password, &c->err);

	if (!rc)
		rc = password_hash(hash, password, &c->err);
	password_wipe(password);
	if (rc)
		return rc;
	(void)json_object_del(c->params, "password");
	(void)json_object_set_new(c->params, "hash", json_string(hash));
	password_wipe(hash);
	c->next = next;
	return 0;
}

static int
handle_password_set(struct desk *d, struct call *c)
{
	(void)d;
	return hash_password(c, &password_set_store);
}

static int
handle_user_password(struct desk *d, struct call *c)
{
	struct account a = { 0 };
	int rc = desk_need_state(d, &c->err);

	if (!rc)
		rc = account_get(d->state, call_text(c, "handle"), &a, &c->err);
	if (!rc && a.standing == STANDING_CLOSED)
		rc = err_rule(&c->err, PLEIN_ERULE, "closed", 0,
			      "this account is closed");
	account_release(&a);
	return rc ? rc : hash_password(c, &user_password_store);
}

/* Not where it is the only way in. */
static int
handle_password_clear(struct desk *d, struct call *c)
{
	const char *handle = c->caller->handle;
	int rc = desk_need_state(d, &c->err);

	if (!rc)
		rc = state_begin(d->state, &c->err);
	if (rc)
		return rc;
	rc = proofs_set_password(d->state, handle, NULL, &c->err);
	if (!rc)
		rc = keyring_check_way(d->state, handle, &c->err);
	if (!rc)
		return state_commit(d->state, &c->err);
	state_abort(d->state);
	return rc;
}

/* --- the code ---------------------------------------------------------- */

static int
refuse_code(struct call *c)
{
	return err_rule(&c->err, PLEIN_EDENIED, "code", 0,
			"this code is wrong or was used");
}

/* A code of this secret, typed now: its step. */
static int
judge_code(struct desk *d, struct call *c, const char *secret, int64_t *step)
{
	const char *code = call_text(c, "code");
	int rc;

	if (!code)
		return err_rule(&c->err, PLEIN_EDENIED, "code-missing", 0,
				"the code that is in use is asked");
	rc = tries_begin(d, c, "code", c->caller->handle);
	if (rc)
		return rc;
	*step = totp_step(secret, code, clock_wall());
	if (*step < 0)
		return refuse_code(c);
	tries_right(d, c, "code", c->caller->handle);
	return 0;
}

/* Who has a code shows it, and uses it up. */
static int
ask_present_code(struct desk *d, struct call *c, const struct proofs *p)
{
	int64_t step;
	int rc = p->secret ? judge_code(d, c, p->secret, &step) : 0;

	if (!rc && p->secret)
		rc = proofs_burn_step(d->state, c->caller->handle, step,
				      &c->err);
	return rc == PLEIN_EDENIED && !c->err.rule ? refuse_code(c) : rc;
}

int
accounts_ask_code(struct desk *d, struct call *c)
{
	struct proofs p = { 0 };
	int rc = proofs_get(d->state, c->caller->handle, &p, &c->err);

	if (!rc)
		rc = ask_present_code(d, c, &p);
	proofs_release(&p);
	return rc;
}

static int
answer_secret(struct desk *d, struct call *c, const char *secret)
{
	struct buf uri = BUF_INIT, qr = BUF_INIT;
	int rc;

	totp_uri(&uri, d->conf->domain, c->caller->handle, secret);
	rc = qr_rows(&qr, uri.ptr, &c->err);
	if (!rc)
		c->result = json_pack("{s:s, s:s, s:s}", "secret", secret,
				      "uri", uri.ptr, "qr", qr.ptr);
	password_wipe(uri.ptr);
	password_wipe(qr.ptr);
	buf_release(&uri);
	buf_release(&qr);
	return rc;
}

static int
handle_code_begin(struct desk *d, struct call *c)
{
	char secret[TOTP_SECRET];
	struct proofs p = { 0 };
	int rc = desk_need_state(d, &c->err);

	if (!rc)
		rc = proofs_get(d->state, c->caller->handle, &p, &c->err);
	if (!rc)
		rc = ask_present_code(d, c, &p);
	totp_secret(secret);
	if (!rc)
		rc = proofs_offer_code(d->state, c->caller->handle, secret,
				       &c->err);
	if (!rc)
		rc = answer_secret(d, c, secret);
	password_wipe(secret);
	proofs_release(&p);
	return rc;
}

/* New recovery codes: the hashes to keep, the codes to show this once. */
static void
make_recovery(const char *handle, char hashes[][RECOVERY_HASH], json_t *codes)
{
	char code[RECOVERY_CODE];

	for (int i = 0; i < RECOVERY_CODES; i++) {
		recovery_make(code);
		(void)recovery_hash(handle, code, hashes[i]);
		(void)json_array_append_new(codes, json_string(code));
	}
	password_wipe(code);
}

static int
confirm(struct desk *d, struct call *c, int64_t step)
{
	char hashes[RECOVERY_CODES][RECOVERY_HASH];
	const char *rows[RECOVERY_CODES];
	json_t *codes = json_array();
	int rc;

	make_recovery(c->caller->handle, hashes, codes);
	for (int i = 0; i < RECOVERY_CODES; i++)
		rows[i] = hashes[i];
	rc = proofs_confirm_code(d->state, c->caller->handle, step, rows,
				 RECOVERY_CODES, &c->err);
	if (rc)
		json_decref(codes);
	else
		c->result = json_pack("{s:o}", "recovery", codes);
	return rc;
}

static int
handle_code_confirm(struct desk *d, struct call *c)
{
	struct proofs p = { 0 };
	int64_t step = 0;
	int rc = desk_need_state(d, &c->err);

	if (!rc)
		rc = proofs_get(d->state, c->caller->handle, &p, &c->err);
	if (!rc && !p.pending)
		rc = err_rule(&c->err, PLEIN_ENOTFOUND, "code-none", 0,
			      "no code waits");
	if (!rc)
		rc = judge_code(d, c, p.pending, &step);
	if (!rc)
		rc = confirm(d, c, step);
	proofs_release(&p);
	return rc;
}

static int
handle_code_clear(struct desk *d, struct call *c)
{
	const struct caller *who = c->caller;
	struct proofs p = { 0 };
	int rc = desk_need_state(d, &c->err);

	if (!rc && caller_needs_code(who, d->conf))
		rc = err_rule(&c->err, PLEIN_ERULE, "code-needed", 0,
			      "this role needs a code");
	if (!rc)
		rc = proofs_get(d->state, who->handle, &p, &c->err);
	if (!rc && !p.secret)
		rc = err_rule(&c->err, PLEIN_ENOTFOUND, "code-none", 0,
			      "there is no code");
	if (!rc)
		rc = ask_present_code(d, c, &p);
	if (!rc)
		rc = proofs_clear_code(d->state, who->handle, &c->err);
	proofs_release(&p);
	return rc;
}

/* --- of others --------------------------------------------------------- */

static int
handle_user_reset(struct desk *d, struct call *c)
{
	const char *handle = call_text(c, "handle"), *what;
	struct account a = { 0 };
	int rc = desk_need_state(d, &c->err);

	what = call_text(c, "what");
	if (!rc)
		rc = account_get(d->state, handle, &a, &c->err);
	account_release(&a);
	if (rc)
		return rc;
	if (strcmp(what, "code") == 0)
		return proofs_clear_code(d->state, handle, &c->err);
	if (strcmp(what, "password") == 0)
		return proofs_set_password(d->state, handle, NULL, &c->err);
	return err_set(&c->err, PLEIN_EUSAGE, "what is code or password");
}

static const struct param password_params[] = {
	{ "password", PARAM_TEXT, true, PASSWORD_MAX,
	  "at least 10 characters" },
	PARAMS_END,
};

static const struct param present_params[] = {
	{ "code", PARAM_TEXT, false, CODE_TYPED,
	  "of the app in use; required where there is one" },
	PARAMS_END,
};

static const struct param confirm_params[] = {
	{ "code", PARAM_TEXT, true, CODE_TYPED, "of the app that took it in" },
	PARAMS_END,
};

static const struct param user_password_params[] = {
	{ "handle", PARAM_TEXT, true, 64, "whose" },
	{ "password", PARAM_TEXT, true, PASSWORD_MAX,
	  "at least 10 characters" },
	PARAMS_END,
};

static const struct param reset_params[] = {
	{ "handle", PARAM_TEXT, true, 64, "whose" },
	{ "what", PARAM_TEXT, true, 16, "code or password" },
	PARAMS_END,
};

const struct method proof_rows[] = {
	{ "proof.info", RIGHT_PROVE, PLACE_READER, no_params,
	  "Tells which ways to sign in the caller has besides keys.",
	  "{password, code, needed, since, recovery}: needed when the role "
	  "needs a code; since when there is one, in seconds since 1970; the "
	  "number of recovery codes left",
	  "corrupt", handle_info },
	{ "password.set", RIGHT_OWN, PLACE_COSTLY, password_params,
	  "Gives the caller this password; an older one is gone.", "{}",
	  "rule busy no-space io corrupt", handle_password_set },
	{ "password.clear", RIGHT_OWN, PLACE_WRITER, no_params,
	  "Takes the caller's password away, if there is a key.", "{}",
	  "rule busy no-space io corrupt", handle_password_clear },
	{ "code.begin", RIGHT_PROVE, PLACE_WRITER, present_params,
	  "Makes a secret for an app; it counts when it is confirmed.",
	  "{secret, uri, qr}: the secret in base32; what a QR code for apps "
	  "holds; that code, # dark and . light, one line a row",
	  "denied busy no-space io corrupt", handle_code_begin },
	{ "code.confirm", RIGHT_PROVE, PLACE_WRITER, confirm_params,
	  "From now on a code of this app is asked at sign-in.",
	  "{recovery: [text]}: codes that each work once, without the app; "
	  "they cannot be had again",
	  "denied not-found busy no-space io corrupt", handle_code_confirm },
	{ "code.clear", RIGHT_PROVE, PLACE_WRITER, present_params,
	  "Asks no code any more, unless the role needs one.", "{}",
	  "denied rule not-found busy no-space io corrupt", handle_code_clear },
	{ "user.password", RIGHT_HOST, PLACE_COSTLY, user_password_params,
	  "Gives an account this password.", "{}",
	  "not-found rule busy no-space io corrupt", handle_user_password },
	{ "user.reset", RIGHT_ADMIN, PLACE_WRITER, reset_params,
	  "Takes away an account's code or password, for who lost it.", "{}",
	  "not-found usage busy no-space io corrupt", handle_user_reset },
	ROWS_END,
};
