/* handle_session.c - who is signed in. */
#include "wiki/handlers.h"

#include <string.h>

#include "state/marks.h"
#include "wiki/call.h"
#include "wiki/version.h"

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
	c->result = json_pack(
		"{s:s?, s:s?, s:s, s:s, s:s?, s:s, s:s, "
		"s:s, s:s, s:i, s:o}",
		"handle", who->handle, "name", who->name, "role",
		role_name(who->role), "language", language, "key", who->key,
		"wiki", d->conf->name, "domain", d->conf->domain, "fingerprint",
		d->host_fingerprint, "program", PLEIN_VERSION, "protocol",
		PROTOCOL_VERSION, "visit", find_visit(d, who));
	return c->result ? 0
			 : err_set(&c->err, PLEIN_EIO,
				   "the answer cannot be written as JSON");
}
