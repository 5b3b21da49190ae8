/*
 * handle_accounts.c - administrators decide who takes part, and as what. What
 * changes counts for the next request of every open stream of that account.
 */
#include <stdlib.h>
#include <string.h>

#include "plein/clock.h"
#include "plein/mem.h"
#include "proof/recovery.h"
#include "state/decisions.h"
#include "state/invites.h"
#include "state/members.h"
#include "state/proofs.h"
#include "state/standing.h"
#include "wiki/accounts.h"
#include "wiki/call.h"
#include "wiki/handlers.h"
#include "wiki/rows.h"
#include "wiki/seconding.h"
#include "wiki/space.h"
#include "wiki/tries.h"

#define DAY 86400
#define USES_MAX 1000
#define DAYS_MAX 365

int
accounts_named(struct desk *d, struct call *c, struct account *out)
{
	int rc = account_get(d->state, call_text(c, "handle"), out, &c->err);

	if (rc == PLEIN_ENOTFOUND)
		rc = err_rule(&c->err, rc, "no-account", 0, "no such account");
	return rc;
}

int
accounts_tell_role(struct desk *d, struct call *c, const char *handle)
{
	struct account a = { 0 };
	struct proofs p = { 0 };
	int rc = account_get(d->state, handle, &a, &c->err);

	if (!rc)
		rc = proofs_get(d->state, handle, &p, &c->err);
	if (!rc) {
		free(c->changed);
		c->changed = mem_strdup(handle);
		c->changed_to = caller_role(&a, d->conf, p.secret != NULL);
	}
	proofs_release(&p);
	account_release(&a);
	return rc;
}

int
accounts_let_in(struct desk *d, struct call *c, const char *handle,
		enum role role)
{
	int rc = standing_set_role(d->state, handle, role, &c->err);

	if (!rc)
		rc = standing_set(d->state, handle, STANDING_ACTIVE, NULL,
				  &c->err);
	if (!rc)
		rc = application_close(d->state, handle, &c->err);
	return rc ? rc : accounts_tell_role(d, c, handle);
}

/* --- applications --------------------------------------------------------- */

static json_t *
describe_application(struct desk *d, const struct application *a)
{
	struct application_count n = { 0, 0 };

	(void)application_count(d->state, a->peer, &n, NULL); /* then 0 */
	return json_pack("{s:I, s:s, s:s, s:s, s:o, s:I, s:s?, s:s?, s:s, s:I, "
			 "s:s?, s:o}",
			 "number", (json_int_t)a->number, "handle",
			 a->account.handle, "name", a->account.name,
			 "organisation", a->account.organisation, "reason",
			 call_json_line(a->reason), "time", (json_int_t)a->time,
			 "kind", a->kind, "key", a->fingerprint, "peer",
			 a->peer, "from_peer", (json_int_t)n.peer, "like",
			 a->like, "question", call_json_line(a->question));
}

static int
handle_requests(struct desk *d, struct call *c)
{
	struct vec list = VEC_INIT;
	json_t *rows = json_array();
	int rc = desk_need_state(d, &c->err);

	if (!rc)
		rc = application_list(d->state, &list, &c->err);
	for (size_t i = 0; i < list.len && !rc; i++)
		(void)json_array_append_new(
			rows, describe_application(d, list.items[i]));
	vec_release(&list, application_free);
	if (rc)
		json_decref(rows);
	else
		c->result = json_pack("{s:o}", "rows", rows);
	return rc;
}

/* Somebody was faster: who and what. */
static void
tell_decided(struct desk *d, struct call *c, const struct account *a)
{
	struct decision done = { 0 };

	if (decision_get(d->state, a->handle, &done, NULL))
		return;
	c->args = json_pack("{s:s, s:i, s:s, s:s, s:s, s:I}", "rule", "decided",
			    "line", 0, "by", done.maker, "standing",
			    standing_name(a->standing), "role",
			    role_name(a->role), "time", (json_int_t)done.time);
	decision_release(&done);
}

/* One of these it must be; `b` may be the same as `a`. */
static int
need_standing(struct desk *d, struct call *c, enum standing a, enum standing b)
{
	struct account account = { 0 };
	int rc = desk_need_state(d, &c->err);

	if (!rc)
		rc = accounts_named(d, c, &account);
	if (!rc && account.standing != a && account.standing != b) {
		rc = err_rule(&c->err, PLEIN_ERULE, "standing", 0,
			      "this account is %s",
			      standing_name(account.standing));
		if (a == STANDING_WAITING)
			tell_decided(d, c, &account);
	}
	account_release(&account);
	return rc;
}

static int
read_role(struct call *c, enum role *role)
{
	const char *word = call_text(c, "role");

	return handle_read_role(word ? word : role_name(ROLE_BIJDRAGER), role,
				&c->err);
}

static int
answer(struct call *c, int rc)
{
	if (!rc)
		c->result = json_pack("{s:s, s:s}", "handle",
				      call_text(c, "handle"), "role",
				      role_name(c->changed_to));
	return rc;
}

static const char *
name_maker(const struct call *c)
{
	return c->caller->handle ? c->caller->handle : "";
}

static int
note_decision(struct desk *d, struct call *c, bool approved)
{
	return decision_note(d->state, call_text(c, "handle"), approved,
			     name_maker(c), &c->err);
}

static int
handle_approve(struct desk *d, struct call *c)
{
	enum role role = ROLE_NONE;
	int rc = read_role(c, &role);

	if (!rc)
		rc = seconding_refuse(d, c, role);
	if (!rc)
		rc = need_standing(d, c, STANDING_WAITING, STANDING_REFUSED);
	if (!rc)
		rc = note_decision(d, c, true);
	if (!rc)
		rc = accounts_let_in(d, c, call_text(c, "handle"), role);
	return answer(c, rc);
}

/* The standing, and that all streams hear it. */
static int
set_standing(struct desk *d, struct call *c, enum standing standing)
{
	const char *handle = call_text(c, "handle");
	int rc = standing_set(d->state, handle, standing,
			      call_text(c, "reason"), &c->err);

	if (!rc)
		rc = accounts_tell_role(d, c, handle);
	return answer(c, rc);
}

/* Told only when it cannot be taken back any more (state/decisions.h); what
 * the host decides, at once. */
static int
handle_refuse(struct desk *d, struct call *c)
{
	const char *handle = call_text(c, "handle");
	int rc = need_standing(d, c, STANDING_WAITING, STANDING_WAITING);

	if (rc)
		return rc;
	if (c->caller->role == ROLE_HOST)
		return set_standing(d, c, STANDING_REFUSED);
	rc = note_decision(d, c, false);
	if (!rc)
		rc = standing_set(d->state, handle, STANDING_REFUSED,
				  call_text(c, "reason"), &c->err);
	if (rc)
		return rc;
	c->awaits = mem_strdup(handle);
	c->awaits_until = clock_wall() + DECISION_S;
	c->result = json_pack("{s:s, s:s, s:i}", "handle", handle, "role",
			      role_name(ROLE_APPLICANT), "told_in", DECISION_S);
	return 0;
}

/* Was it refused, and is that told by now? */
int
handle_judge(struct desk *d, struct call *c)
{
	int rc = desk_need_state(d, &c->err);

	if (!rc)
		rc = accounts_tell_role(d, c, c->caller->handle);
	if (!rc && (c->changed_to != ROLE_APPLICANT ||
		    c->caller->role == ROLE_APPLICANT)) {
		free(c->changed);
		c->changed = NULL;
	}
	return rc;
}

/* What waits for a second administrator, else what was decided last. */
static int
handle_undo(struct desk *d, struct call *c)
{
	const char *handle = call_text(c, "handle");
	int rc = desk_need_state(d, &c->err);

	if (!rc)
		rc = proposal_drop(d->state, handle, &c->err);
	if (rc == PLEIN_ENOTFOUND)
		rc = decision_undo(d->state, handle, &c->err);
	if (!rc)
		rc = accounts_tell_role(d, c, handle);
	return answer(c, rc);
}

/* --- members -------------------------------------------------------------- */

/* It is noted, and somebody else must ask for it too. */
static int
answer_waiting(struct desk *d, struct call *c)
{
	struct account a = { 0 };
	int rc = account_get(d->state, call_text(c, "handle"), &a, &c->err);

	if (!rc)
		c->result = json_pack("{s:s, s:s, s:b}", "handle", a.handle,
				      "role", role_name(a.role), "waits", 1);
	account_release(&a);
	return rc;
}

static int
handle_block(struct desk *d, struct call *c)
{
	bool waits = false;
	int rc = need_standing(d, c, STANDING_ACTIVE, STANDING_ACTIVE);

	if (!rc)
		rc = standing_spare_last(d->state, call_text(c, "handle"),
					 &c->err);
	if (!rc)
		rc = seconding_ask(d, c, "block", ROLE_NONE, &waits);
	if (rc)
		return rc;
	return waits ? answer_waiting(d, c)
		     : set_standing(d, c, STANDING_BLOCKED);
}

static int
handle_unblock(struct desk *d, struct call *c)
{
	int rc = need_standing(d, c, STANDING_BLOCKED, STANDING_BLOCKED);

	return rc ? rc : set_standing(d, c, STANDING_ACTIVE);
}

static int
handle_role(struct desk *d, struct call *c)
{
	const char *handle = call_text(c, "handle");
	enum role role = ROLE_NONE;
	bool waits = false;
	int rc = read_role(c, &role);

	if (!rc)
		rc = need_standing(d, c, STANDING_ACTIVE, STANDING_BLOCKED);
	if (!rc && role != ROLE_BEHEERDER)
		rc = standing_spare_last(d->state, handle, &c->err);
	if (!rc)
		rc = seconding_ask(d, c, "role", role, &waits);
	if (!rc && waits)
		return answer_waiting(d, c);
	if (!rc)
		rc = standing_set_role(d->state, handle, role, &c->err);
	if (!rc)
		rc = accounts_tell_role(d, c, handle);
	return answer(c, rc);
}

/* --- invitations ---------------------------------------------------------- */

static json_t *
describe_invite(const struct invite *i)
{
	return json_pack("{s:I, s:s, s:s, s:I, s:I, s:s, s:I}", "number",
			 (json_int_t)i->number, "role", role_name(i->role),
			 "space", i->space, "uses", (json_int_t)i->uses,
			 "expires", (json_int_t)i->expires, "maker", i->maker,
			 "made", (json_int_t)i->made);
}

static int
handle_invite_create(struct desk *d, struct call *c)
{
	const char *maker = c->caller->handle;
	char code[RECOVERY_CODE], hash[RECOVERY_HASH];
	struct invite i = { .space = d->space->name,
			    .uses = call_number(c, "uses", 1),
			    .made = clock_wall(),
			    .maker = (char *)(maker ? maker : "") };
	int rc = read_role(c, &i.role);

	i.expires = i.made + call_number(c, "days", 14) * DAY;
	if (!rc && (i.uses < 1 || i.expires <= i.made))
		rc = err_set(&c->err, PLEIN_EUSAGE,
			     "uses and days are 1 at least");
	if (!rc && !c->caller->space)
		rc = seconding_refuse(d, c, i.role);
	if (!rc && !conf_lets_invite(d->conf))
		rc = err_rule(&c->err, PLEIN_ERULE, "invites", 0,
			      "there are no invitations here");
	if (!rc)
		rc = desk_need_state(d, &c->err);
	if (rc)
		return rc;
	recovery_make(code);
	(void)recovery_hash(ACCOUNTS_INVITE, code, hash); /* it is one */
	rc = invite_add(d->state, &i, hash, &i.number, &c->err);
	if (!rc) {
		c->result = describe_invite(&i);
		(void)json_object_set_new(c->result, "code", json_string(code));
	}
	explicit_bzero(code, sizeof(code));
	return rc;
}

/* Of this space only; who keeps the wiki sees all, from the default one. */
static const char *
find_filter(const struct desk *d, const struct call *c)
{
	return c->caller->space ? d->space->name : NULL;
}

static int
handle_invite_list(struct desk *d, struct call *c)
{
	struct vec list = VEC_INIT;
	json_t *rows = json_array();
	int rc = desk_need_state(d, &c->err);

	if (!rc)
		rc = invite_list(d->state, find_filter(d, c), clock_wall(),
				 &list, &c->err);
	for (size_t i = 0; i < list.len && !rc; i++)
		(void)json_array_append_new(rows,
					    describe_invite(list.items[i]));
	vec_release(&list, invite_free);
	if (rc)
		json_decref(rows);
	else
		c->result = json_pack("{s:o}", "rows", rows);
	return rc;
}

static int
handle_invite_revoke(struct desk *d, struct call *c)
{
	int rc = desk_need_state(d, &c->err);

	if (!rc)
		rc = invite_revoke(d->state, find_filter(d, c),
				   call_number(c, "number", 0), &c->err);
	if (!rc)
		c->result = json_object();
	return rc;
}

/* What it gives to somebody who has an account: a role in another space, a
 * higher one than they have there. */
static int
take_role(struct desk *d, struct call *c, enum role *role, char *space)
{
	const char *handle = c->caller->handle;
	enum role had = ROLE_NONE;
	int rc = invite_use(d->state, call_text(c, "invite"), clock_wall(),
			    role, space, &c->err);

	if (!rc && strcmp(space, SPACE_DEFAULT) == 0)
		return err_rule(&c->err, PLEIN_ERULE, "invite-first", 0,
				"this invitation is for who has no account");
	if (!rc)
		rc = member_role(d->state, space, handle, &had, &c->err);
	if (!rc && had >= *role)
		return err_rule(&c->err, PLEIN_ERULE, "invite-less", 0,
				"they have this role there already");
	return rc ? rc : member_set(d->state, space, handle, *role, &c->err);
}

/* Not used up where it gives nothing. */
static int
use_invite(struct desk *d, struct call *c, enum role *role, char *space)
{
	int rc = state_begin(d->state, &c->err);

	if (!rc) {
		rc = take_role(d, c, role, space);
		if (rc)
			state_abort(d->state);
		else
			rc = state_commit(d->state, &c->err);
	}
	return rc;
}

static int
handle_invite_use(struct desk *d, struct call *c)
{
	char space[SPACE_MAX + 1];
	enum role role = ROLE_NONE;
	int rc = desk_need_state(d, &c->err);

	if (!rc)
		rc = accounts_hash_invite(d, c);
	if (!rc)
		rc = use_invite(d, c, &role, space);
	if (!rc)
		rc = accounts_tell_role(d, c, c->caller->handle);
	if (rc)
		return rc;
	tries_right(d, c, "invite", c->caller->peer);
	c->given_in = desk_list(d) ? spacelist_get(desk_list(d), space) : NULL;
	c->given = role;
	c->result = json_pack("{s:s, s:s}", "space", space, "role",
			      role_name(role));
	return 0;
}

/* --- the rows ------------------------------------------------------------- */

#define PARAM_HANDLE \
	{ \
		"handle", PARAM_TEXT, true, 64, "whose" \
	}

#define PARAM_ROLE(required) \
	{ \
		"role", PARAM_TEXT, required, 32, \
			"lezer, bijdrager, redacteur or beheerder" \
	}

#define PARAM_REASON(required) \
	{ \
		"reason", PARAM_TEXT, required, 4 * STANDING_REASON_MAX, \
			"why, one line; they read it" \
	}

static const struct param no_params[] = { PARAMS_END };

static const struct param handle_params[] = { PARAM_HANDLE, PARAMS_END };

static const struct param approve_params[] = { PARAM_HANDLE, PARAM_ROLE(false),
					       PARAMS_END };

static const struct param role_params[] = { PARAM_HANDLE, PARAM_ROLE(true),
					    PARAMS_END };

static const struct param refuse_params[] = { PARAM_HANDLE, PARAM_REASON(true),
					      PARAMS_END };

static const struct param block_params[] = { PARAM_HANDLE, PARAM_REASON(false),
					     PARAMS_END };

static const struct param create_params[] = {
	PARAM_ROLE(false),
	{ "uses", PARAM_NUMBER, false, USES_MAX, "people; 1 when absent" },
	{ "days", PARAM_NUMBER, false, DAYS_MAX, "14 when absent" },
	PARAMS_END,
};

static const struct param use_params[] = {
	{ "code", PARAM_TEXT, true, 40, "of an invitation" },
	PARAMS_END,
};

static const struct param revoke_params[] = {
	{ "number", PARAM_NUMBER, true, COUNT_MAX, "of the invitation" },
	PARAMS_END,
};

#define DECISION \
	"{handle, role}: the role they have now; rule decided when another " \
	"administrator was faster: args {by, standing, role, time}"
#define SECONDED \
	"{handle, role, waits}: the role they have now; waits when it makes " \
	"or ends an administrator and is done only when another " \
	"administrator asks for the same (tweede_beheerder in plein.conf)"
#define DECISION_ERRORS "not-found rule busy no-space io corrupt"

const struct method account_rows[] = {
	{ "accounts.requests", RIGHT_ADMIN, PLACE_READER, no_params,
	  "Lists the applications that wait, oldest first.",
	  "{rows: [{number, handle, name, organisation, reason, time, kind, "
	  "key, peer, from_peer, like, question}]}: kind and key (its "
	  "fingerprint) are "
	  "null where a password was chosen; from_peer counts the "
	  "applications of that address; like is another's handle that looks "
	  "like it, or null; question is what was asked and not answered, or "
	  "null",
	  "corrupt", handle_requests },
	{ "accounts.approve", RIGHT_ADMIN, PLACE_WRITER, approve_params,
	  "Grants an application, with this role or bijdrager.", DECISION,
	  DECISION_ERRORS, handle_approve },
	{ "accounts.refuse", RIGHT_ADMIN, PLACE_WRITER, refuse_params,
	  "Refuses an application. Its person is told in told_in seconds "
	  "(open streams hear event.role); until then they wait.",
	  "{handle, role, told_in}; rule decided as accounts.approve",
	  DECISION_ERRORS, handle_refuse },
	{ "accounts.undo", RIGHT_ADMIN, PLACE_WRITER, handle_params,
	  "Takes back what waits for a second administrator, or else a "
	  "decision about an application within ten minutes: it waits again.",
	  "{handle, role}: the role they have now", DECISION_ERRORS,
	  handle_undo },
	{ "accounts.block", RIGHT_ADMIN, PLACE_WRITER, block_params,
	  "Stops an account; its sessions end.", SECONDED, DECISION_ERRORS,
	  handle_block },
	{ "accounts.unblock", RIGHT_ADMIN, PLACE_WRITER, handle_params,
	  "Lets an account that was stopped in again.",
	  "{handle, role}: the role they have now", DECISION_ERRORS,
	  handle_unblock },
	{ "accounts.role", RIGHT_ADMIN, PLACE_WRITER, role_params,
	  "Gives an account another role. Whatever changes it, open streams of "
	  "the account hear event.role {role}, and what they ask next is "
	  "judged by it.",
	  SECONDED, DECISION_ERRORS, handle_role },
	{ "invite.create", RIGHT_STEWARD, PLACE_WRITER, create_params,
	  "Makes a code that lets somebody in at once, with a role in the "
	  "space "
	  "this stream is in.",
	  "{number, role, space, uses, expires, maker, made, code}: the code "
	  "cannot be had again; expires in seconds since 1970",
	  "rule busy no-space io corrupt", handle_invite_create },
	{ "invite.list", RIGHT_STEWARD, PLACE_READER, no_params,
	  "Lists the invitations that still let somebody in: those to the "
	  "space "
	  "this stream is in, or in the default one all.",
	  "{rows: [{number, role, space, uses, expires, maker, made}]}",
	  "corrupt", handle_invite_list },
	{ "invite.revoke", RIGHT_STEWARD, PLACE_WRITER, revoke_params,
	  "Makes an invitation worth nothing.", "{}",
	  "not-found busy no-space io corrupt", handle_invite_revoke },
	{ "invite.use", RIGHT_OWN, PLACE_WRITER, use_params,
	  "Gives the caller, who has an account, the role of an invitation to "
	  "another space than the default one. What gives nothing is not used "
	  "up.",
	  "{space, role}", "denied rule not-found busy no-space io corrupt",
	  handle_invite_use },
	ROWS_END,
};
