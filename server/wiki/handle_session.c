/* handle_session.c - signing in, and who is signed in. */
#include "wiki/handlers.h"

#include <string.h>

#include "state/accounts.h"
#include "state/marks.h"
#include "wiki/call.h"
#include "wiki/version.h"

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

int
handle_auth_key(struct desk *d, struct call *c)
{
	struct account a = { 0 };
	char print[64];
	int rc = find_account(d, c, &a, print);

	if (!rc)
		rc = answer(c, json_pack("{s:s, s:s}", "handle", a.handle,
					 "key", print));
	account_release(&a);
	return rc;
}

int
handle_session_open(struct desk *d, struct call *c)
{
	struct account a = { 0 };
	char print[64];
	int rc = find_account(d, c, &a, print);

	if (!rc)
		rc = answer(c, json_pack("{s:s, s:s, s:s, s:s, s:s}", "handle",
					 a.handle, "name", a.name, "role",
					 role_name(a.role), "language",
					 a.language, "key", print));
	if (!rc)
		c->becomes = caller_sign_in(c->caller, &a, print);
	account_release(&a);
	return rc;
}

int
handle_admit(struct desk *d, struct call *c)
{
	struct account a = { 0 };
	int rc = desk_need_state(d, &c->err);

	if (!rc)
		rc = account_get(d->state, call_text(c, "account"), &a,
				 &c->err);
	if (!rc)
		c->becomes = caller_sign_in(c->caller, &a, call_text(c, "key"));
	account_release(&a);
	return rc;
}

/* When this person was here last; a state that cannot be read knows not. */
static json_t *
find_visit(struct desk *d, const struct caller *who)
{
	struct visit v;

	if (!who->handle || desk_need_state(d, NULL) ||
	    visit_get(d->state, who->handle, &v, NULL))
		return json_null();
	return json_integer(v.seen);
}

int
handle_session_info(struct desk *d, struct call *c)
{
	const struct caller *who = c->caller;
	const char *language = who->language;

	if (!language || !*language)
		language = d->conf->language;
	return answer(c,
		      json_pack("{s:s?, s:s?, s:s, s:s, s:s?, s:s, s:s, "
				"s:s, s:s, s:i, s:o}",
				"handle", who->handle, "name", who->name,
				"role", role_name(who->role), "language",
				language, "key", who->key, "wiki",
				d->conf->name, "domain", d->conf->domain,
				"fingerprint", d->host_fingerprint, "program",
				PLEIN_VERSION, "protocol", PROTOCOL_VERSION,
				"visit", find_visit(d, who)));
}
