/* handle_user.c - accounts, for administrators. */
#include "wiki/accounts.h"
#include "wiki/handlers.h"
#include "wiki/rows.h"
#include "wiki/seconding.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "state/accounts.h"
#include "state/marks.h"
#include "state/proofs.h"
#include "state/standing.h"
#include "wiki/call.h"
#include "wiki/space.h"

/*
 * Before anything is written: a key that would be refused must not leave an
 * account without one behind.
 */
static int
check_key_is_free(struct desk *d, const char *line, struct err *err)
{
	struct account owner = { 0 };
	char print[64];
	char *copy = mem_strdup(line), *save = NULL;
	const char *kind = strtok_r(copy, " \t\r\n", &save);
	const char *blob = strtok_r(NULL, " \t\r\n", &save);
	int rc;

	if (!kind || !blob)
		rc = err_set(err, PLEIN_ERULE, "this is no public key");
	else
		rc = key_check(kind, blob, err);
	if (!rc) {
		rc = account_by_key(d->state, kind, blob, &owner, print, NULL);
		if (!rc)
			rc = err_set(err, PLEIN_EEXISTS,
				     "the key already belongs to %s",
				     owner.handle);
		else if (rc == PLEIN_ENOTFOUND)
			rc = 0;
		else
			(void)err_set(err, rc, "the keys cannot be read");
	}
	account_release(&owner);
	free(copy);
	return rc;
}

int
handle_read_role(const char *word, enum role *role, struct err *err)
{
	*role = role_of(word);
	if (*role >= ROLE_LEZER && *role <= ROLE_BEHEERDER)
		return 0;
	return err_set(err, PLEIN_ERULE,
		       "the role must be lezer, bijdrager, redacteur or "
		       "beheerder");
}

static int
add_account(struct desk *d, struct call *c, enum role role,
	    const char *language)
{
	const char *handle = call_text(c, "handle");
	const char *key = call_text(c, "key");
	int rc = account_add(d->state, handle, call_text(c, "name"), role,
			     language, &c->err);

	if (!rc && key)
		rc = account_add_key(d->state, handle, key, &c->err);
	return rc;
}

int
handle_user_add(struct desk *d, struct call *c)
{
	const char *language = call_text(c, "language");
	const char *key = call_text(c, "key");
	enum role role;
	int rc = desk_need_state(d, &c->err);

	if (!language)
		language = ""; /* then the person's own locale says */
	if (!rc)
		rc = handle_read_role(call_text(c, "role"), &role, &c->err);
	if (!rc)
		rc = seconding_refuse(d, c, role);
	if (!rc && key)
		rc = check_key_is_free(d, key, &c->err);
	if (!rc)
		rc = add_account(d, c, role, language);
	if (!rc)
		c->result =
			json_pack("{s:s}", "handle", call_text(c, "handle"));
	return rc;
}

static json_t *
describe_account(struct desk *d, const struct account *a)
{
	struct proofs p = { 0 };
	struct visit v;
	bool code = proofs_get(d->state, a->handle, &p, NULL) == 0 && p.secret;

	proofs_release(&p);
	return json_pack(
		"{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:I, s:I, s:b, s:o, s:o}",
		"handle", a->handle, "name", a->name, "organisation",
		a->organisation, "role", role_name(a->role), "standing",
		standing_name(a->standing), "reason", a->reason, "language",
		a->language, "created", (json_int_t)a->created, "keys",
		(json_int_t)a->n_keys, "code", code, "seen",
		visit_get(d->state, d->space->name, a->handle, &v, NULL)
			? json_null()
			: json_integer(v.seen),
		"proposed", seconding_describe(d, a->handle));
}

static void
answer_accounts(struct desk *d, struct call *c, const struct vec *accounts,
		size_t most,
		json_t *(*describe)(struct desk *d, const struct account *a))
{
	size_t n = accounts->len < most ? accounts->len : most;
	json_t *rows = json_array();
	const struct account *last = NULL;

	for (size_t i = 0; i < n; i++) {
		last = accounts->items[i];
		(void)json_array_append_new(rows, describe(d, last));
	}
	c->result = json_pack("{s:o}", "rows", rows);
	if (accounts->len > most)
		(void)json_object_set_new(c->result, "next",
					  json_string(last->handle));
}

/* One more than is told says whether there are others. */
int
accounts_list(struct desk *d, struct call *c, const char *member_of,
	      json_t *(*describe)(struct desk *d, const struct account *a))
{
	struct account_choice which = {
		.after = call_text(c, "after"),
		.words = call_text(c, "words"),
		.member_of = member_of,
		.role = call_text(c, "role"),
		.out = call_flag(c, "out"),
		.codeless = call_flag(c, "codeless"),
		.unseen = call_number(c, "unseen", 0),
	};
	size_t most = (size_t)call_number(c, "limit", ROWS_MAX), count = 0;
	struct vec accounts = VEC_INIT;
	int rc;

	if (which.unseen)
		which.space = d->space->name;
	if (most < 1 || most > ROWS_MAX)
		most = ROWS_MAX;
	rc = account_choose(d->state, &which, most + 1, &accounts,
			    which.after ? NULL : &count, &c->err);
	if (!rc)
		answer_accounts(d, c, &accounts, most, describe);
	if (!rc && !which.after)
		(void)json_object_set_new(c->result, "count",
					  json_integer((json_int_t)count));
	vec_release(&accounts, account_free);
	return rc;
}

int
handle_user_list(struct desk *d, struct call *c)
{
	int rc = desk_need_state(d, &c->err);

	return rc ? rc : accounts_list(d, c, NULL, describe_account);
}
