/*
 * handle_auth.c - signing in, step by step. What somebody has proved is kept
 * with their stream (struct caller), never taken from a message; the stream
 * is bound when all that the account asks for was proved, and then never
 * again. Of a key the connection process says that it was proved; a password
 * and a code are judged here.
 *
 * Nobody learns from an answer, or from how long it takes, whether an account
 * exists.
 */
#include "wiki/handlers.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "plein/clock.h"
#include "plein/mem.h"
#include "proof/password.h"
#include "proof/recovery.h"
#include "proof/totp.h"
#include "state/accounts.h"
#include "state/decisions.h"
#include "state/keywait.h"
#include "state/proofs.h"
#include "wiki/call.h"
#include "wiki/rows.h"
#include "wiki/tries.h"

#define NAME_TYPED 64 /* bytes of a name, as it is typed */
#define CODE_TYPED 40 /* the same, of a code */
#define OFFERED_MAX 400 /* of a list of fingerprints */

/* Whose key? `a` is empty on failure. */
static int
find_account(struct desk *d, struct call *c, struct account *a, char *print)
{
	int rc = desk_need_state(d, &c->err);

	if (!rc)
		rc = account_by_key(d->state, call_text(c, "kind"),
				    call_text(c, "blob"), a, print, &c->err);
	return rc;
}

static int
answer(struct call *c, json_t *result)
{
	if (!result)
		return err_set(&c->err, PLEIN_EIO,
			       "the answer cannot be written as JSON");
	c->result = result;
	return 0;
}

/* Nobody's key, but somebody wants it to be theirs? `a` is empty otherwise. */
static bool
find_pending(struct desk *d, struct call *c, struct account *a, char *print)
{
	char *handle = NULL;
	bool found =
		!key_fingerprint(call_text(c, "blob"), print, NULL) &&
		!keywait_find(d->state, print, clock_wall(), &handle, NULL) &&
		!account_get(d->state, handle, a, NULL);

	free(handle);
	if (found)
		c->err = (struct err)ERR_INIT;
	return found;
}

static int
handle_auth_key(struct desk *d, struct call *c)
{
	struct account a = { 0 };
	char print[64];
	int rc = find_account(d, c, &a, print);
	bool pending = rc == PLEIN_ENOTFOUND && find_pending(d, c, &a, print);

	if (!rc || pending)
		rc = answer(c, json_pack("{s:s, s:s, s:b}", "handle", a.handle,
					 "key", print, "pending", pending));
	account_release(&a);
	return rc;
}

/* What those who sign in without a key can choose from. */
static int
handle_auth_menu(struct desk *d, struct call *c)
{
	return answer(c,
		      json_pack("{s:s, s:b, s:b, s:b}", "wiki", d->conf->name,
				"guest", conf_lets_guests_read(d->conf),
				"register", conf_lets_register(d->conf),
				"invite", conf_lets_invite(d->conf)));
}

/* --- proving ----------------------------------------------------------- */

static bool
needs_code(const struct proofs *p)
{
	return p->secret != NULL;
}

/*
 * The stream is this account's as far as `proved` goes; says what is missing.
 */
static int
prove(struct call *c, const struct account *a, const char *print,
      unsigned proved, const struct proofs *p)
{
	bool missing = needs_code(p) && !(proved & PROVED_CODE);

	c->becomes = caller_prove(c->caller, a, print, proved);
	return answer(c, json_pack("{s:s, s:s, s:s}", "handle", a->handle,
				   "language", a->language, "needs",
				   missing ? "code" : ""));
}

static void
read_name(struct call *c, char out[NAME_TYPED + 1])
{
	const char *typed = call_text(c, "user");
	size_t n = strlen(typed), i;

	while (n > 0 && typed[n - 1] == ' ')
		n--;
	for (i = 0; i < n; i++)
		out[i] = (char)tolower((unsigned char)typed[i]);
	out[n] = '\0';
}

/* Whose name it is; of nobody's no more is logged: people type passwords in
 * the wrong place. */
static int
find_named(struct desk *d, struct call *c, const char *name, struct account *a)
{
	int rc = account_get(d->state, name, a, &c->err);

	if (rc == PLEIN_ENOTFOUND)
		(void)json_object_set_new(c->params, "user",
					  json_string("(nobody)"));
	return rc == PLEIN_ENOTFOUND ? 0 : rc;
}

/* The hash is looked up and tried for any name. */
static int
try_password(struct desk *d, struct call *c, const char *name)
{
	char *password = (char *)call_text(c, "password");
	struct account a = { 0 };
	struct proofs p = { 0 };
	int rc = find_named(d, c, name, &a);

	if (!rc)
		rc = proofs_get(d->state, name, &p, &c->err);
	if (!rc && (!password_matches(p.password, password) || !a.handle))
		rc = err_rule(&c->err, PLEIN_EDENIED, "wrong", 0,
			      "name or password is not correct");
	if (!rc)
		rc = prove(c, &a, NULL, PROVED_PASSWORD, &p);
	password_wipe(password);
	proofs_release(&p);
	account_release(&a);
	return rc;
}

static int
handle_auth_password(struct desk *d, struct call *c)
{
	char name[NAME_TYPED + 1];
	int rc;

	if (c->caller->proved)
		return err_set(&c->err, PLEIN_EDENIED, "something was proved");
	read_name(c, name);
	rc = tries_begin(d, c, "password", name);
	if (!rc)
		rc = desk_need_state(d, &c->err);
	if (!rc)
		rc = try_password(d, c, name);
	if (!rc)
		tries_right(d, c, "password", name);
	return rc;
}

/* A code of the app, or a recovery code: used up when it is right. */
static int
burn(struct desk *d, struct call *c, const struct proofs *p)
{
	const char *handle = c->caller->handle, *code = call_text(c, "code");
	char hash[RECOVERY_HASH];
	int64_t step = totp_step(p->secret, code, clock_wall());
	int rc = PLEIN_EDENIED;

	if (step >= 0)
		rc = proofs_burn_step(d->state, handle, step, &c->err);
	else if (recovery_hash(handle, code, hash))
		rc = proofs_burn_recovery(d->state, handle, hash, &c->err);
	if (rc == PLEIN_EDENIED)
		rc = err_rule(&c->err, rc, "code", 0,
			      "this code is wrong or was used");
	return rc;
}

static int
try_code(struct desk *d, struct call *c)
{
	const struct caller *who = c->caller;
	struct account a = { 0 };
	struct proofs p = { 0 };
	int rc = proofs_get(d->state, who->handle, &p, &c->err);

	if (!rc && !needs_code(&p))
		rc = err_set(&c->err, PLEIN_EDENIED, "no code is asked");
	if (!rc)
		rc = account_get(d->state, who->handle, &a, &c->err);
	if (!rc)
		rc = burn(d, c, &p);
	if (!rc)
		rc = prove(c, &a, who->key, who->proved | PROVED_CODE, &p);
	proofs_release(&p);
	account_release(&a);
	return rc;
}

/* By the writer: a code is used up once, whoever tries it at the same time. */
static int
handle_auth_code(struct desk *d, struct call *c)
{
	int rc;

	if (!(c->caller->proved & (PROVED_KEY | PROVED_PASSWORD)))
		return err_set(&c->err, PLEIN_EDENIED, "nothing was proved");
	rc = tries_begin(d, c, "code", c->caller->handle);
	if (!rc)
		rc = desk_need_state(d, &c->err);
	if (!rc)
		rc = try_code(d, c);
	if (!rc)
		tries_right(d, c, "code", c->caller->handle);
	password_wipe((char *)call_text(c, "code"));
	return rc;
}

/* --- keys that are to be linked ------------------------------------------- */

/* Each of a list of fingerprints. */
int
handle_auth_wait(struct desk *d, const char *offered, const char *handle,
		 struct err *err)
{
	char *list = mem_strdup(offered ? offered : ""), *rest = NULL, *print;
	int rc = 0;

	for (print = strtok_r(list, " ", &rest); print && !rc;
	     print = strtok_r(NULL, " ", &rest))
		if (strncmp(print, "SHA256:", 7) == 0)
			rc = keywait_add(d->state, print, handle, clock_wall(),
					 err);
	free(list);
	return rc;
}

/* Is all proved that this account asks for, by a password? */
static int
need_password(struct desk *d, struct call *c)
{
	const struct caller *who = c->caller;
	struct proofs p = { 0 };
	int rc;

	if (!(who->proved & PROVED_PASSWORD))
		return err_set(&c->err, PLEIN_EDENIED, "nothing was proved");
	rc = desk_need_state(d, &c->err);
	if (!rc)
		rc = proofs_get(d->state, who->handle, &p, &c->err);
	if (!rc && needs_code(&p) && !(who->proved & PROVED_CODE))
		rc = err_set(&c->err, PLEIN_EDENIED, "a code is missing");
	proofs_release(&p);
	return rc;
}

static int
handle_auth_pend(struct desk *d, struct call *c)
{
	int rc = need_password(d, c);

	if (!rc)
		rc = handle_auth_wait(d, call_text(c, "offered"),
				      c->caller->handle, &c->err);
	return rc ? rc : answer(c, json_object());
}

/* Its owner says so: from now on it is a key like others. */
static int
link_key(struct desk *d, struct call *c)
{
	const struct caller *who = c->caller;
	struct account a = { 0 };
	struct proofs p = { 0 };
	int rc = account_add_key(d->state, who->handle, who->key_line, &c->err);

	if (!rc)
		rc = account_get(d->state, who->handle, &a, &c->err);
	if (!rc)
		rc = proofs_get(d->state, who->handle, &p, &c->err);
	if (!rc)
		rc = prove(c, &a, who->key, PROVED_KEY, &p);
	proofs_release(&p);
	account_release(&a);
	return rc;
}

static int
handle_auth_link(struct desk *d, struct call *c)
{
	char *handle = NULL;
	int rc;

	if (c->caller->proved != PROVED_PENDING)
		return err_set(&c->err, PLEIN_EDENIED,
			       "no key is to be linked");
	rc = desk_need_state(d, &c->err);
	if (!rc) /* it may be somebody else's, or too late by now */
		rc = keywait_find(d->state, c->caller->key, clock_wall(),
				  &handle, &c->err);
	if (!rc && strcmp(handle, c->caller->handle) != 0)
		rc = err_set(&c->err, PLEIN_EDENIED, "another waits for it");
	if (!rc)
		rc = keywait_drop(d->state, c->caller->key, &c->err);
	if (!rc)
		rc = call_flag(c, "no") ? answer(c, json_object())
					: link_key(d, c);
	free(handle);
	return rc;
}

/* A key was shown that waits for its owner's word. */
static int
ask_to_link(struct call *c, const struct account *a, const char *print)
{
	struct buf line = BUF_INIT;

	buf_printf(&line, "%s %s", call_text(c, "kind"), call_text(c, "blob"));
	c->becomes = caller_prove(c->caller, a, print, PROVED_PENDING);
	c->becomes->key_line = buf_take(&line);
	return answer(c, json_pack("{s:s, s:s, s:s}", "handle", a->handle,
				   "language", a->language, "needs", "link"));
}

/* --- opening ----------------------------------------------------------- */

static int
become(struct desk *d, struct call *c, const struct account *a,
       const char *print, const struct proofs *p)
{
	struct caller *who = caller_sign_in(c->caller, a, print);

	who->role = caller_role(a, d->conf, needs_code(p));
	c->becomes = who;
	return answer(c, json_pack("{s:s, s:s, s:s, s:s, s:s*, s:s}", "handle",
				   a->handle, "name", a->name, "role",
				   role_name(who->role), "language",
				   a->language, "key", print, "needs", ""));
}

/* A key was proved: enough, or the first half. */
static int
open_by_key(struct desk *d, struct call *c)
{
	struct account a = { 0 };
	struct proofs p = { 0 };
	char print[64];
	int rc = 0;

	if (c->caller->proved)
		rc = err_set(&c->err, PLEIN_EDENIED, "something was proved");
	if (!rc)
		rc = find_account(d, c, &a, print);
	if (rc == PLEIN_ENOTFOUND && find_pending(d, c, &a, print)) {
		rc = ask_to_link(c, &a, print);
		account_release(&a);
		return rc;
	}
	if (!rc)
		rc = proofs_get(d->state, a.handle, &p, &c->err);
	if (!rc)
		rc = needs_code(&p) ? prove(c, &a, print, PROVED_KEY, &p)
				    : become(d, c, &a, print, &p);
	proofs_release(&p);
	account_release(&a);
	return rc;
}

/* All was proved before? The account is looked at anew. */
static int
open_proved(struct desk *d, struct call *c)
{
	const struct caller *who = c->caller;
	struct account a = { 0 };
	struct proofs p = { 0 };
	int rc = 0;

	if (!(who->proved & (PROVED_KEY | PROVED_PASSWORD)))
		return err_set(&c->err, PLEIN_EDENIED, "nothing was proved");
	rc = desk_need_state(d, &c->err);
	if (!rc)
		rc = proofs_get(d->state, who->handle, &p, &c->err);
	if (!rc && needs_code(&p) && !(who->proved & PROVED_CODE))
		rc = err_set(&c->err, PLEIN_EDENIED, "a code is missing");
	if (!rc)
		rc = account_get(d->state, who->handle, &a, &c->err);
	if (!rc)
		rc = become(d, c, &a, who->key, &p);
	proofs_release(&p);
	account_release(&a);
	return rc;
}

static int
open_guest(struct desk *d, struct call *c)
{
	if (!conf_lets_guests_read(d->conf))
		return err_rule(&c->err, PLEIN_EDENIED, "guest", 0,
				"there are no guests here");
	c->becomes = caller_guest(c->caller);
	return answer(c, json_pack("{s:s, s:s}", "role", role_name(ROLE_GAST),
				   "needs", ""));
}

/* A key that is nobody's, as a line: what an application holds. */
static int
check_new_key(struct desk *d, struct call *c, struct buf *line, char *print)
{
	const char *kind = call_text(c, "kind"), *blob = call_text(c, "blob");
	struct account a = { 0 };
	int rc = key_check(kind, blob, &c->err);

	if (rc)
		return rc;
	rc = find_account(d, c, &a, print);
	account_release(&a);
	if (rc == PLEIN_ENOTFOUND) {
		c->err = (struct err)ERR_INIT;
		buf_printf(line, "%s %s", kind, blob);
		return 0;
	}
	return rc ? rc
		  : err_rule(&c->err, PLEIN_EDENIED, "key-taken", 0,
			     "this key belongs to somebody already");
}

static int
open_new(struct desk *d, struct call *c)
{
	bool key = call_text(c, "kind") && call_text(c, "blob");
	struct buf line = BUF_INIT;
	struct account a = { 0 };
	char print[64] = "";
	int rc;

	if (c->caller->proved)
		return err_set(&c->err, PLEIN_EDENIED, "something was proved");
	if (!conf_lets_register(d->conf))
		return err_rule(&c->err, PLEIN_EDENIED, "register", 0,
				"one cannot apply for an account here");
	rc = desk_need_state(d, &c->err);
	if (!rc && key)
		rc = check_new_key(d, c, &line, print);
	if (!rc && key && find_pending(d, c, &a, print)) {
		rc = ask_to_link(c, &a, print);
	} else if (!rc) {
		c->becomes = caller_newcomer(c->caller, d->conf,
					     key ? line.ptr : NULL,
					     key ? print : NULL);
		if (!key && call_text(c, "offered"))
			c->becomes->offered =
				mem_strdup(call_text(c, "offered"));
		rc = answer(c, json_pack("{s:s, s:s}", "role",
					 role_name(c->becomes->role), "needs",
					 ""));
	}
	account_release(&a);
	buf_release(&line);
	return rc;
}

static int
handle_session_open(struct desk *d, struct call *c)
{
	if (call_flag(c, "new"))
		return open_new(d, c);
	if (call_flag(c, "guest"))
		return open_guest(d, c);
	if (call_text(c, "kind") && call_text(c, "blob"))
		return open_by_key(d, c);
	return open_proved(d, c);
}

/* A screen begins in the space where they were last. */
static void
take_seat(struct desk *d, struct call *c)
{
	struct caller *there;

	space_take_seat(d, c->becomes, &there);
	if (!there)
		return;
	caller_free(c->becomes);
	c->becomes = there;
}

static int
admit_account(struct desk *d, struct call *c)
{
	struct account a = { 0 };
	int rc = desk_need_state(d, &c->err);

	if (!rc)
		rc = account_get(d->state, call_text(c, "account"), &a,
				 &c->err);
	if (!rc) {
		c->becomes = caller_sign_in(c->caller, &a, call_text(c, "key"));
		c->becomes->role = caller_role(&a, d->conf, true);
	}
	if (!rc && strcmp(c->caller->door, "screen") == 0 &&
	    !call_text(c, "space"))
		take_seat(d, c);
	if (!rc && account_told(&a) != a.standing) {
		c->awaits = mem_strdup(a.handle);
		c->awaits_until = a.refused + DECISION_S;
	}
	/* It stays so for this session, also when there is a code by now. */
	if (!rc && call_flag(c, "setup") && a.standing == STANDING_ACTIVE)
		c->becomes->role = ROLE_SETUP;
	account_release(&a);
	return rc;
}

/* Its key comes back as the line that it was. */
static int
admit_newcomer(struct desk *d, struct call *c)
{
	const char *line = call_text(c, "key");
	bool offered = line && strncmp(line, "SHA256:", 7) == 0;
	const char *blank = line && !offered ? strchr(line, ' ') : NULL;
	char print[64] = "";

	if (blank && key_fingerprint(blank + 1, print, &c->err))
		return c->err.code;
	c->becomes = caller_newcomer(c->caller, d->conf, blank ? line : NULL,
				     blank ? print : NULL);
	if (offered)
		c->becomes->offered = mem_strdup(line);
	return 0;
}

static int
admit(struct desk *d, struct call *c)
{
	if (strcmp(call_text(c, "account"), CALLER_GUEST) == 0)
		return open_guest(d, c);
	if (strcmp(call_text(c, "account"), CALLER_NEW) == 0)
		return admit_newcomer(d, c);
	return admit_account(d, c);
}

/* A wiki process before this one had them there; without a right to be there
 * any more nothing of it is theirs. */
static int
put_back(struct desk *d, struct call *c, const char *space)
{
	struct caller *there;
	int rc = space_enter(d, c->becomes, space, &there, &c->err);

	if (rc)
		return rc;
	caller_free(c->becomes);
	c->becomes = there;
	return 0;
}

int
handle_admit(struct desk *d, struct call *c)
{
	const char *space = call_text(c, "space");
	int rc = admit(d, c);

	return rc || !space ? rc : put_back(d, c, space);
}

static const struct param no_params[] = { PARAMS_END };

static const struct param key_params[] = {
	{ "user", PARAM_TEXT, false, 64, "user name the client gave" },
	{ "kind", PARAM_TEXT, true, 64, "as in authorized_keys: ssh-ed25519" },
	{ "blob", PARAM_TEXT, true, PUBLIC_KEY_MAX,
	  "base64, as in authorized_keys" },
	PARAMS_END,
};

static const struct param password_params[] = {
	{ "user", PARAM_TEXT, true, NAME_TYPED, "short name of an account" },
	{ "password", PARAM_TEXT, true, PASSWORD_MAX, "as it was typed" },
	PARAMS_END,
};

static const struct param code_params[] = {
	{ "code", PARAM_TEXT, true, CODE_TYPED,
	  "six digits of the app, or a recovery code" },
	PARAMS_END,
};

#define PARAM_OFFERED(required) \
	{ \
		"offered", PARAM_TEXT, required, OFFERED_MAX, \
			"fingerprints of keys that were offered, blanks " \
			"between" \
	}

static const struct param link_params[] = {
	{ "no", PARAM_FLAG, false, 1, "it is not to be linked" },
	PARAMS_END,
};

static const struct param pend_params[] = { PARAM_OFFERED(true), PARAMS_END };

static const struct param open_params[] = {
	{ "kind", PARAM_TEXT, false, 64, "of a key that was proved" },
	{ "blob", PARAM_TEXT, false, PUBLIC_KEY_MAX, "of that key" },
	{ "guest", PARAM_FLAG, false, 1, "as a guest, without an account" },
	{ "new", PARAM_FLAG, false, 1,
	  "to apply for an account, with the key" },
	PARAM_OFFERED(false),
	PARAMS_END,
};

const struct method auth_rows[] = {
	{ "auth.key", RIGHT_SIGN_IN, PLACE_READER, key_params,
	  "Says whether a public key belongs to an account.",
	  "{handle, key, pending}: whose it is, and its fingerprint; pending: "
	  "whose it may become (auth.link)",
	  "not-found rule", handle_auth_key },
	{ "auth.menu", RIGHT_SIGN_IN, PLACE_READER, no_params,
	  "Says what somebody without a known key can choose.",
	  "{wiki, guest, register, invite}: the name of the wiki; whether "
	  "guests may read; whether one can apply for an account, also with "
	  "an invitation",
	  "", handle_auth_menu },
	{ "auth.password", RIGHT_SIGN_IN, PLACE_COSTLY, password_params,
	  "Proves an account by its password.",
	  "{handle, language, needs}: needs is code when a code is asked as "
	  "well, else empty; on busy args {rule: wait, line: minutes}: too "
	  "many were wrong",
	  "denied busy corrupt", handle_auth_password },
	{ "auth.code", RIGHT_SIGN_IN, PLACE_WRITER, code_params,
	  "Adds a code to a key or password that was proved; each works once.",
	  "as auth.password", "denied busy no-space io corrupt",
	  handle_auth_code },
	{ "auth.pend", RIGHT_SIGN_IN, PLACE_WRITER, pend_params,
	  "After a password, and a code where one is asked: these keys may "
	  "become the account's. Within a quarter of an hour who shows one is "
	  "asked.",
	  "{}", "denied busy no-space io corrupt", handle_auth_pend },
	{ "auth.link", RIGHT_SIGN_IN, PLACE_WRITER, link_params,
	  "The answer to needs: link of session.open. The key becomes the "
	  "account's, and is proved.",
	  "as auth.password",
	  "not-found denied rule exists busy no-space io corrupt",
	  handle_auth_link },
	{ "session.open", RIGHT_SIGN_IN, PLACE_READER, open_params,
	  "Binds the connection to an account, once: that of a key that was "
	  "proved, or without parameters that of all that was proved before. "
	  "When more is needed it is not bound.",
	  "{handle, name, role, language, key, needs}, where handle, name and "
	  "key may be missing; or {handle, language, needs: code}; or the same "
	  "with link, where the key is nobody's and was to be this account's",
	  "not-found rule denied busy", handle_session_open },
	ROWS_END,
};
