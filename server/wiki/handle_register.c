/*
 * handle_register.c - applying for an account. Who applies has shown a key
 * (the stream knows it) or types a password; with the code of an invitation
 * they are let in at once. What is said of an application is judged in
 * state/standing.c.
 */
#include <stdlib.h>
#include <string.h>

#include "plein/clock.h"
#include "plein/display.h"
#include "plein/mem.h"
#include "proof/password.h"
#include "proof/recovery.h"
#include "state/invites.h"
#include "state/key.h"
#include "state/members.h"
#include "state/keywait.h"
#include "state/standing.h"
#include "wiki/accounts.h"
#include "wiki/call.h"
#include "wiki/handlers.h"
#include "wiki/rows.h"
#include "wiki/space.h"
#include "wiki/tries.h"

#define DAY 86400
#define CODE_TYPED 40

static int
need_newcomer(const struct desk *d, struct call *c)
{
	if (!caller_is_nobody(c->caller))
		return err_set(&c->err, PLEIN_EDENIED, "there is an account");
	if (!conf_lets_register(d->conf))
		return err_rule(&c->err, PLEIN_EDENIED, "register", 0,
				"one cannot apply for an account here");
	return 0;
}

/* --- codes of invitations ------------------------------------------------- */

/* The code as its hash, in its place; tries are counted by address. */
int
accounts_hash_invite(struct desk *d, struct call *c)
{
	char *code = (char *)call_text(c, "code");
	char hash[RECOVERY_HASH] = ""; /* what is no code lets nobody in */
	int rc = 0;

	if (!code || !*code)
		return 0;
	if (!conf_lets_invite(d->conf))
		rc = err_rule(&c->err, PLEIN_EDENIED, "invite", 0,
			      "there are no invitations here");
	if (!rc)
		rc = tries_begin(d, c, "invite", c->caller->peer);
	(void)recovery_hash(ACCOUNTS_INVITE, code, hash);
	password_wipe(code);
	if (!rc)
		(void)json_object_set_new(c->params, "invite",
					  json_string(hash));
	return rc;
}

/* Let them in with the hashed code; one to another space makes a reader of the
 * wiki, no more. */
static int
use_code(struct desk *d, struct call *c, const char *handle)
{
	enum role role = ROLE_NONE;
	char space[SPACE_MAX + 1];
	int rc = invite_use(d->state, call_text(c, "invite"), clock_wall(),
			    &role, space, &c->err);

	if (rc)
		return rc;
	tries_right(d, c, "invite", c->caller->peer);
	if (strcmp(space, SPACE_DEFAULT) == 0)
		return accounts_let_in(d, c, handle, role);
	rc = member_set(d->state, space, handle, role, &c->err);
	return rc ? rc : accounts_let_in(d, c, handle, ROLE_LEZER);
}

/* --- applying ------------------------------------------------------------- */

int
handle_expire(struct desk *d, struct call *c)
{
	long days = conf_applications(d->conf).days;

	return application_expire(d->state, clock_wall() - days * DAY, &c->gone,
				  &c->err);
}

static int
make_room(struct desk *d, struct call *c)
{
	struct conf_applications most = conf_applications(d->conf);
	struct application_count n;
	int rc = handle_expire(d, c);

	if (!rc)
		rc = application_count(d->state, c->caller->peer, &n, &c->err);
	if (!rc && conf_exempts(d->conf, c->caller->peer))
		n.peer = 0;
	if (!rc && (n.all >= most.all || n.peer >= most.address))
		rc = err_rule(&c->err, PLEIN_EBUSY, "applications", 0,
			      "too many applications wait");
	return rc;
}

static int
submit(struct desk *d, struct call *c, long *number)
{
	struct display display;
	struct buf line = BUF_INIT;
	const char *lines = call_text(c, "view");
	struct application_form form = { .handle = call_text(c, "handle"),
					 .name = call_text(c, "name"),
					 .organisation =
						 call_text(c, "organisation"),
					 .reason = call_text(c, "reason"),
					 .language = call_text(c, "language"),
					 .key = c->caller->key_line,
					 .hash = call_text(c, "hash"),
					 .peer = c->caller->peer };
	int rc = 0;

	display_read(&display, "");
	if (lines)
		rc = display_set(&display, DISPLAY_VIEW, lines, &c->err);
	display_write(&display, &line);
	form.display = line.ptr;
	if (!form.language)
		form.language = "";
	if (!rc)
		rc = application_submit(d->state, &form, number, &c->err);
	buf_release(&line);
	return rc;
}

/* Who applied goes on as the account they made. */
static int
become(struct desk *d, struct call *c, long number)
{
	struct account a = { 0 };
	int rc = account_get(d->state, call_text(c, "handle"), &a, &c->err);

	if (!rc) {
		c->becomes = caller_sign_in(c->caller, &a, c->caller->key);
		c->becomes->space = c->caller->space;
		c->becomes->role = caller_role(&a, d->conf, false);
		c->result = json_pack("{s:I, s:s, s:s, s:s}", "number",
				      (json_int_t)number, "handle", a.handle,
				      "standing", standing_name(a.standing),
				      "role", role_name(c->becomes->role));
	}
	account_release(&a);
	return rc;
}

/* Another handle may do, where this one is somebody's. */
static void
suggest(struct desk *d, struct call *c)
{
	struct buf other = BUF_INIT;

	if (!c->err.rule || strncmp(c->err.rule, "handle-", 7) != 0)
		return;
	application_suggest(d->state, call_text(c, "handle"), &other);
	c->args = json_pack("{s:s, s:i, s:s*}", "rule", c->err.rule, "line", 0,
			    "free", other.len ? other.ptr : NULL);
	buf_release(&other);
}

/* The second half, by the writer. */
static int
store(struct desk *d, struct call *c)
{
	const char *handle = call_text(c, "handle");
	bool invited = call_text(c, "invite") != NULL;
	long number = 0;
	int rc = desk_need_state(d, &c->err);

	if (!rc)
		rc = make_room(d, c);
	if (!rc) {
		rc = submit(d, c, &number);
		if (rc)
			suggest(d, c);
	}
	if (!rc && invited) {
		rc = use_code(d, c, handle);
		if (rc)
			(void)application_withdraw(d->state, handle, NULL);
	}
	if (!rc)
		rc = handle_auth_wait(d, c->caller->offered, handle, &c->err);
	password_wipe((char *)call_text(c, "hash"));
	return rc ? rc : become(d, c, number);
}

static const struct param no_params[] = { PARAMS_END };

static const struct method submit_store = {
	"register.submit",
	RIGHT_REGISTER,
	PLACE_WRITER,
	no_params,
	"",
	"",
	"",
	store,
};

static int
hash_password(struct call *c)
{
	char *password = (char *)call_text(c, "password");
	char hash[PASSWORD_HASH];
	int rc;

	if (!password)
		return 0;
	rc = password_check(password, &c->err);
	if (!rc)
		rc = password_hash(hash, password, &c->err);
	password_wipe(password);
	if (rc)
		return rc;
	(void)json_object_del(c->params, "password");
	(void)json_object_set_new(c->params, "hash", json_string(hash));
	password_wipe(hash);
	return 0;
}

static int
handle_submit(struct desk *d, struct call *c)
{
	int rc = need_newcomer(d, c);

	if (!rc)
		rc = accounts_hash_invite(d, c);
	if (!rc)
		rc = hash_password(c);
	if (!rc)
		c->next = &submit_store;
	return rc;
}

/* --- afterwards ----------------------------------------------------------- */

static int
need_application(struct desk *d, struct call *c)
{
	if (!c->caller->handle)
		return err_set(&c->err, PLEIN_ENOTFOUND,
			       "nothing is applied for");
	return desk_need_state(d, &c->err);
}

static void
add_application(struct desk *d, struct call *c)
{
	struct application a = { 0 };

	if (application_get(d->state, c->caller->handle, &a, NULL))
		return;
	(void)json_object_set_new(c->result, "number", json_integer(a.number));
	(void)json_object_set_new(c->result, "time", json_integer(a.time));
	(void)json_object_set_new(c->result, "why", call_json_line(a.reason));
	(void)json_object_set_new(c->result, "question",
				  call_json_line(a.question));
	(void)json_object_set_new(c->result, "name",
				  call_json_line(a.account.name));
	(void)json_object_set_new(c->result, "organisation",
				  call_json_line(a.account.organisation));
	application_release(&a);
}

/* Of the key that somebody without an account has shown. */
static void
add_kind(struct call *c)
{
	const char *line = c->caller->key_line;
	const char *blank = line ? strchr(line, ' ') : NULL;
	char *kind = blank ? mem_strndup(line, (size_t)(blank - line)) : NULL;
	struct buf word = BUF_INIT;

	if (kind)
		key_describe(kind, blank + 1, &word);
	(void)json_object_set_new(c->result, "kind",
				  kind ? json_string(word.ptr) : json_null());
	buf_release(&word);
	free(kind);
}

/* Of who has no account there is only what the door offers. */
static int
handle_status(struct desk *d, struct call *c)
{
	const char *handle = c->caller->handle;
	struct account a = { 0 };
	int rc = handle ? desk_need_state(d, &c->err) : 0;

	if (!rc && handle)
		rc = account_get(d->state, handle, &a, &c->err);
	if (rc)
		return rc;
	c->result = json_pack(
		"{s:s?, s:s?, s:s, s:s, s:b, s:s, s:b}", "handle", handle,
		"key", c->caller->key, "standing",
		handle ? standing_name(account_told(&a)) : "", "reason",
		handle && account_told(&a) == a.standing ? a.reason : "",
		"invites", conf_lets_invite(d->conf), "contact",
		d->conf->contact, "reads",
		policy_allows(c->caller->role, RIGHT_READ));
	if (handle)
		(void)json_object_set_new(
			c->result, "links",
			json_boolean(keywait_is_for(d->state, handle,
						    clock_wall())));
	if (handle)
		add_application(d, c);
	else
		add_kind(c);
	account_release(&a);
	return 0;
}

static int
handle_change(struct desk *d, struct call *c)
{
	struct application_form form = { .handle = c->caller->handle,
					 .name = call_text(c, "name"),
					 .organisation =
						 call_text(c, "organisation"),
					 .reason = call_text(c, "reason") };
	int rc = need_application(d, c);

	if (!rc)
		rc = application_change(d->state, &form, &c->err);
	if (!rc)
		rc = accounts_tell_role(d, c, form.handle);
	return rc ? rc : handle_status(d, c);
}

static int
handle_withdraw(struct desk *d, struct call *c)
{
	const char *handle = c->caller->handle;
	int rc = need_application(d, c);

	if (!rc)
		rc = application_withdraw(d->state, handle, &c->err);
	if (!rc) {
		c->changed = mem_strdup(handle);
		c->changed_to = ROLE_BLOCKED;
		c->result = json_object();
	}
	return rc;
}

static int
handle_invite(struct desk *d, struct call *c)
{
	const char *handle = c->caller->handle;
	struct application a = { 0 };
	int rc = need_application(d, c);

	if (!rc)
		rc = application_get(d->state, handle, &a, &c->err);
	application_release(&a);
	if (!rc)
		rc = accounts_hash_invite(d, c);
	if (!rc)
		rc = use_code(d, c, handle);
	return rc ? rc : handle_status(d, c);
}

/* By who decides: it is asked until they change what they said. */
static int
handle_ask(struct desk *d, struct call *c)
{
	char *handle = NULL;
	int rc = desk_need_state(d, &c->err);

	if (!rc)
		rc = application_ask(d->state, call_number(c, "number", 0),
				     call_text(c, "question"), &handle,
				     &c->err);
	if (!rc)
		rc = accounts_tell_role(d, c, handle);
	if (!rc)
		c->result = json_pack("{s:s}", "handle", handle);
	free(handle);
	return rc;
}

/* --- the rows ------------------------------------------------------------- */

#define PARAM_NAME(required) \
	{ \
		"name", PARAM_TEXT, required, 256, "as colleagues know them" \
	}

#define PARAM_ORGANISATION \
	{ \
		"organisation", PARAM_TEXT, false, 320, \
			"municipality or organisation" \
	}

#define PARAM_REASON(required) \
	{ \
		"reason", PARAM_TEXT, required, 4 * STANDING_REASON_MAX, \
			"why they want to take part, one line" \
	}

static const struct param submit_params[] = {
	{ "handle", PARAM_TEXT, true, 64, "short name" },
	PARAM_NAME(true),
	PARAM_ORGANISATION,
	PARAM_REASON(true),
	{ "language", PARAM_TEXT, false, 8, "nl or en" },
	{ "view", PARAM_TEXT, false, 16, "screen, column or lines" },
	{ "password", PARAM_TEXT, false, PASSWORD_MAX,
	  "at least 10 characters; needed where no key was shown" },
	{ "code", PARAM_TEXT, false, CODE_TYPED, "of an invitation" },
	PARAMS_END,
};

static const struct param change_params[] = {
	PARAM_NAME(false),
	PARAM_ORGANISATION,
	PARAM_REASON(false),
	PARAMS_END,
};

static const struct param ask_params[] = {
	{ "number", PARAM_NUMBER, true, COUNT_MAX, "of the application" },
	{ "question", PARAM_TEXT, true, 4 * STANDING_REASON_MAX, "one line" },
	PARAMS_END,
};

static const struct param invite_params[] = {
	{ "code", PARAM_TEXT, true, CODE_TYPED, "of an invitation" },
	PARAMS_END,
};

const struct method register_rows[] = {
	{ "register.submit", RIGHT_REGISTER, PLACE_COSTLY, submit_params,
	  "Applies for an account with the key that was shown, or a password. "
	  "With a code of an invitation they are let in at once. The stream "
	  "is bound to the account that was made.",
	  "{number, handle, standing, role}: number of the application; "
	  "standing is waiting or active; role is what the stream has now; "
	  "where the short name is taken, or looks like another, args hold "
	  "free: one that is not",
	  "denied rule exists busy no-space io corrupt", handle_submit },
	{ "register.status", RIGHT_KNOW, PLACE_READER, no_params,
	  "Tells how the caller's account or application stands.",
	  "{handle, key, kind, standing, reason, invites, contact, reads, "
	  "links, number, time, why, question, name, organisation}: standing "
	  "as in "
	  "user.list, empty without an account; kind is that of the key of "
	  "who has none; reason is why it was refused or blocked; reads: they "
	  "may read now; links: a key waits for them to sign in with it; from "
	  "number on while something is applied for: why "
	  "is the caller's reason, question what an administrator asks or null",
	  "not-found corrupt", handle_status },
	{ "register.ask", RIGHT_ADMIN, PLACE_WRITER, ask_params,
	  "Asks who applied something, until they change their application. "
	  "Their open streams hear event.role, with the role they have.",
	  "{handle}: who is asked", "not-found rule busy no-space io corrupt",
	  handle_ask },
	{ "register.change", RIGHT_REGISTER, PLACE_WRITER, change_params,
	  "Changes an application; one that was refused waits again.",
	  "as register.status", "not-found rule busy no-space io corrupt",
	  handle_change },
	{ "register.withdraw", RIGHT_REGISTER, PLACE_WRITER, no_params,
	  "Takes an application back: all that is known of them goes.", "{}",
	  "not-found busy no-space io corrupt", handle_withdraw },
	{ "register.invite", RIGHT_REGISTER, PLACE_WRITER, invite_params,
	  "Lets who waits in with the code of an invitation.",
	  "as register.status", "not-found denied busy no-space io corrupt",
	  handle_invite },
	ROWS_END,
};
