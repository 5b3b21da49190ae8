/*
 * fake_register.c - applying for an account. Who is nobody applies; the names
 * "bezet" and "bezet2" are taken. The code "good" lets in, and "zwaar" who must set up
 * a code of an app first; other codes do not.
 * An administrator follows the reason that is given: "laat mij toe", "wijs mij
 * af", "vraag mij iets". Who looks for "rol ROLE WIKI" has those roles then.
 */
#include "fake_impl.h"

#include <stdio.h>
#include <string.h>

#include "plein/clock.h"
#include "plein/policy.h"

#define NUMBER 37

static bool
is_nobody(const struct fake *f)
{
	enum role role = role_of(f->role);

	return role == ROLE_GAST || role == ROLE_NEW;
}

static struct reply
refuse_rule(int code, const char *rule)
{
	struct reply r = refuse(code);

	r.args = json_pack("{s:s, s:i}", "rule", rule, "line", 0);
	return r;
}

static void
describe(const struct fake *f, json_t *status)
{
	static const char *const texts[] = { "name", "organisation", "why",
					     "question" };

	(void)json_object_set_new(status, "number", json_integer(NUMBER));
	(void)json_object_set_new(status, "time", json_integer(clock_wall()));
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		json_t *text = json_object_get(f->application, texts[i]);

		(void)json_object_set_new(status, texts[i],
					  text ? json_incref(text)
					       : json_null());
	}
}

struct reply
fake_register_status(struct fake *f, const json_t *params)
{
	bool nobody = is_nobody(f);
	const char *standing = nobody ? "" : "active";
	json_t *status;

	(void)params;
	if (f->application)
		standing = param(f->application, "standing");
	status = json_pack(
		"{s:s?, s:s?, s:s?, s:s, s:s, s:b, s:s, s:b}", "handle",
		nobody ? NULL : "beleid.duinstad", "key",
		nobody && strcmp(f->role, "new") == 0
			? NULL
			: "SHA256:Zk3vQ8xuU1sD0c1bL2mW6yqkP4tR7aNe5hJgVfC9fQ",
		"kind", nobody ? "ed25519" : NULL, "standing", standing,
		"reason", param(f->application, "reason"), "invites", true,
		"contact", "functioneel beheer Duinstad, toestel 4310", "reads",
		policy_allows(role_of(f->role), RIGHT_READ));
	if (f->application)
		describe(f, status);
	return answer(status);
}

static void
apply(struct fake *f, const char *standing, const json_t *said)
{
	json_decref(f->application);
	f->application = json_pack("{s:s, s:s, s:s, s:s}", "standing", standing,
				   "name", param(said, "name"), "organisation",
				   param(said, "organisation"), "why",
				   param(said, "reason"));
}

struct reply
fake_register_submit(struct fake *f, const json_t *params)
{
	const char *handle = param(params, "handle");
	bool heavy = strcmp(param(params, "code"), "zwaar") == 0;
	bool invited = heavy || strcmp(param(params, "code"), "good") == 0;
	struct reply r;

	if (strncmp(handle, "bezet", 5) == 0 && strcmp(handle, "bezet3") < 0) {
		r = refuse_rule(PLEIN_EEXISTS, "handle-taken");
		(void)json_object_set_new(r.args, "free",
					  json_string("bezet3"));
		return r;
	}
	if (*param(params, "code") && !invited)
		return refuse_rule(PLEIN_EDENIED, "invite");
	apply(f, invited ? "active" : "waiting", params);
	f->role = heavy ? "setup" : invited ? "bijdrager" : "waiting";
	return answer(json_pack(
		"{s:i, s:s, s:s, s:s}", "number", NUMBER, "handle", handle,
		"standing", invited ? "active" : "waiting", "role", f->role));
}

/* What was asked is answered by it. */
struct reply
fake_register_change(struct fake *f, const json_t *params)
{
	if (strcmp(param(params, "reason"), "<b>") == 0)
		return refuse_rule(PLEIN_ERULE, "reason");
	apply(f, "waiting", params);
	return fake_register_status(f, NULL);
}

struct reply
fake_register_invite(struct fake *f, const json_t *params)
{
	if (strcmp(param(params, "code"), "good") != 0)
		return refuse_rule(PLEIN_EDENIED, "invite");
	(void)json_object_set_new(f->application, "standing",
				  json_string("active"));
	f->role = "bijdrager";
	return fake_register_status(f, NULL);
}

struct reply
fake_register_withdraw(struct fake *f, const json_t *params)
{
	(void)params;
	json_decref(f->application);
	f->application = NULL;
	return answer(json_object());
}

void
fake_apply_before(struct fake *f)
{
	json_t *said = json_pack("{s:s, s:s, s:s}", "name", "Bea Beleid",
				 "organisation", "Duinstad", "reason",
				 "Ik schrijf mee aan het digitale beleid.");

	if (strcmp(f->role, "waiting") == 0)
		apply(f, "waiting", said);
	else if (strcmp(f->role, "applicant") == 0)
		apply(f, "refused", said);
	if (strcmp(f->role, "applicant") == 0)
		(void)json_object_set_new(f->application, "reason",
					  json_string("Je werkt hier niet."));
	json_decref(said);
}

/* It is something else now, and they hear so. */
static void
decide(struct fake *f, const char *role, const char *key, const char *value)
{
	struct buf out = BUF_INIT;

	f->role = role;
	(void)json_object_set_new(f->application, key, json_string(value));
	rpc_notify(&out, "event.role", json_pack("{s:s}", "role", role));
	(void)wire_send(&f->wire, out.ptr, out.len, NULL);
	buf_release(&out);
}

/* Another role, here and in the wiki. */
static void
tell_role(struct fake *f, const char *words)
{
	char role[16] = "", wiki[16] = "";
	struct buf out = BUF_INIT;

	if (sscanf(words, "rol %15s %15s", role, wiki) != 2)
		return;
	f->role = role_name(role_of(role));
	if (!f->application)
		fake_apply_before(f);
	rpc_notify(&out, "event.role",
		   json_pack("{s:s, s:s}", "role", f->role, "wiki", wiki));
	(void)wire_send(&f->wire, out.ptr, out.len, NULL);
	buf_release(&out);
}

void
fake_decide(struct fake *f, const struct rpc_msg *m)
{
	const char *reason = param(m->params, "reason");

	if (strcmp(m->method, "search.pages") == 0 &&
	    strncmp(param(m->params, "query"), "rol ", 4) == 0)
		tell_role(f, param(m->params, "query"));
	if (strcmp(m->method, "register.change") != 0)
		return;
	if (strcmp(reason, "laat mij toe") == 0)
		decide(f, "bijdrager", "standing", "active");
	else if (strcmp(reason, "wijs mij af") == 0)
		decide(f, "applicant", "standing", "refused");
	else if (strcmp(reason, "vraag mij iets") == 0)
		decide(f, "waiting", "question", "Van welk team ben je?");
}
