/* handle_member.c - one account, as administrators see it and mend it. */
#include "state/accounts.h"
#include "state/index.h"
#include "state/keyring.h"
#include "state/marks.h"
#include "state/members.h"
#include "state/proofs.h"
#include "state/standing.h"
#include "wiki/accounts.h"
#include "wiki/call.h"
#include "wiki/handlers.h"
#include "wiki/rows.h"
#include "wiki/seconding.h"
#include "wiki/space.h"

/* --- telling -------------------------------------------------------------- */

static json_t *
describe_seen(struct desk *d, const char *handle)
{
	struct visit v;

	return visit_get(d->state, d->space->name, handle, &v, NULL)
		       ? json_null()
		       : json_integer(v.seen);
}

/* While the index is being made nobody's are known. */
static void
add_contributions(struct desk *d, const char *handle, json_t *out)
{
	struct index_contributions n = { 0, 0 };

	if (!desk_need_index(d, NULL))
		(void)index_contributions(d->index, handle, &n, NULL);
	(void)json_object_set_new(out, "contributions", json_integer(n.n));
	(void)json_object_set_new(out, "contributed",
				  n.n ? json_integer(n.last) : json_null());
}

/* In the default space that is the role of the account. */
static void
add_role_here(struct desk *d, const char *handle, json_t *out)
{
	enum role role = ROLE_NONE;

	if (space_is_default(d->space))
		return;
	(void)member_role(d->state, d->space->name, handle, &role, NULL);
	(void)json_object_set_new(
		out, "here",
		role == ROLE_NONE ? json_null() : json_string(role_name(role)));
}

static int
describe(struct desk *d, struct call *c, const struct account *a)
{
	struct proofs p = { 0 };
	json_t *keys = json_array();
	int rc = proofs_get(d->state, a->handle, &p, &c->err);

	if (!rc)
		rc = accounts_list_keys(d, a->handle, keys, &c->err);
	if (!rc) {
		c->result = json_pack(
			"{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:I, s:b, s:b, "
			"s:o, s:o, s:O}",
			"handle", a->handle, "name", a->name, "organisation",
			a->organisation, "role", role_name(a->role), "standing",
			standing_name(a->standing), "reason", a->reason,
			"language", a->language, "created",
			(json_int_t)a->created, "code", p.secret != NULL,
			"password", p.password != NULL, "seen",
			describe_seen(d, a->handle), "proposed",
			seconding_describe(d, a->handle), "keys", keys);
		add_contributions(d, a->handle, c->result);
		add_role_here(d, a->handle, c->result);
	}
	json_decref(keys);
	proofs_release(&p);
	return rc;
}

static int
handle_get(struct desk *d, struct call *c)
{
	struct account a = { 0 };
	int rc = desk_need_state(d, &c->err);

	if (!rc)
		rc = accounts_named(d, c, &a);
	if (!rc)
		rc = describe(d, c, &a);
	account_release(&a);
	return rc;
}

/* --- keys ------------------------------------------------------------------ */

static int
handle_drop_key(struct desk *d, struct call *c)
{
	int rc = desk_need_state(d, &c->err);

	if (!rc)
		rc = keyring_drop(d->state, call_text(c, "handle"),
				  call_text(c, "fingerprint"), &c->err);
	if (!rc)
		c->result =
			json_pack("{s:s}", "handle", call_text(c, "handle"));
	return rc;
}

/* --- the rows ---------------------------------------------------------------- */

#define PARAM_HANDLE \
	{ \
		"handle", PARAM_TEXT, true, 64, "whose" \
	}

static const struct param get_params[] = { PARAM_HANDLE, PARAMS_END };

static const struct param drop_params[] = {
	PARAM_HANDLE,
	{ "fingerprint", PARAM_TEXT, true, 128, "of the key: SHA256:..." },
	PARAMS_END,
};

const struct method member_rows[] = {
	{ "accounts.get", RIGHT_ADMIN, PLACE_READER, get_params,
	  "Tells what administrators may know of one account.",
	  "{handle, name, organisation, role, standing, reason, language, "
	  "created, code, password, seen, proposed, keys, contributions, "
	  "contributed, here}: as user.list, keys as in profile.get; "
	  "contributions "
	  "counts the versions they made, contributed is when the last was "
	  "made, or null; here, in another space than the default one, is "
	  "their role there, or null",
	  "not-found busy io corrupt", handle_get },
	{ "accounts.drop_key", RIGHT_ADMIN, PLACE_WRITER, drop_params,
	  "Takes a key of somebody away, also the last way in they have.",
	  "{handle}", "not-found busy no-space io corrupt", handle_drop_key },
	ROWS_END,
};
