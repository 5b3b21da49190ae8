/* seconding.c - see seconding.h. */
#include "wiki/seconding.h"

#include <string.h>

#include "state/accounts.h"
#include "state/decisions.h"
#include "wiki/call.h"

static bool
asks_for_second(const struct desk *d, const struct call *c)
{
	return conf_needs_second_admin(d->conf) && c->caller->role != ROLE_HOST;
}

/* Does it make one, or end one? */
static bool
concerns_admins(const struct account *a, const char *act, enum role role)
{
	bool is_one = a->role == ROLE_BEHEERDER;

	if (strcmp(act, "block") == 0)
		return is_one;
	return is_one != (role == ROLE_BEHEERDER);
}

static bool
is_seconded(const struct proposal *p, const struct proposal *now)
{
	return strcmp(p->act, now->act) == 0 && p->role == now->role &&
	       strcmp(p->maker, now->maker) != 0;
}

/* The same again by somebody else: done. Else this is what waits now. */
static int
settle(struct desk *d, const char *handle, const struct proposal *now,
       bool *waits, struct err *err)
{
	struct proposal p = { 0 };
	int rc = proposal_get(d->state, handle, &p, err);

	*waits = true;
	if (!rc && is_seconded(&p, now)) {
		*waits = false;
		rc = proposal_drop(d->state, handle, err);
	} else if (!rc || rc == PLEIN_ENOTFOUND) {
		rc = proposal_put(d->state, handle, now, err);
	}
	proposal_release(&p);
	return rc;
}

int
seconding_ask(struct desk *d, struct call *c, const char *act, enum role role,
	      bool *waits)
{
	const char *handle = call_text(c, "handle"), *who = c->caller->handle;
	struct proposal now = { (char *)act, role, (char *)(who ? who : ""),
				0 };
	struct account a = { 0 };
	int rc = account_get(d->state, handle, &a, &c->err);

	*waits = false;
	if (!rc && asks_for_second(d, c) && concerns_admins(&a, act, role))
		rc = settle(d, handle, &now, waits, &c->err);
	else if (!rc) /* what waited is not what happens now */
		(void)proposal_drop(d->state, handle, NULL);
	account_release(&a);
	return rc;
}

int
seconding_refuse(struct desk *d, struct call *c, enum role role)
{
	if (role != ROLE_BEHEERDER || !asks_for_second(d, c))
		return 0;
	return err_rule(&c->err, PLEIN_ERULE, "second", 0,
			"a second administrator must confirm this: give "
			"another role first, and then this one");
}

json_t *
seconding_describe(struct desk *d, const char *handle)
{
	struct proposal p = { 0 };
	json_t *told;

	if (proposal_get(d->state, handle, &p, NULL))
		return json_null();
	told = json_pack("{s:s, s:s, s:s, s:I}", "act", p.act, "role",
			 role_name(p.role), "by", p.maker, "time",
			 (json_int_t)p.time);
	proposal_release(&p);
	return told;
}
