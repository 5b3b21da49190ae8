/* auditing.c - see auditing.h. */
#include "wiki/auditing.h"

#include <stdlib.h>
#include <string.h>

#include "plein/buf.h"
#include "plein/clock.h"
#include "plein/mem.h"
#include "wiki/call.h"
#include "wiki/caller.h"
#include "wiki/erased.h"
#include "wiki/rows.h"
#include "wiki/space.h"

#define DETAIL_MAX 1200 /* bytes: the fingerprints of twenty keys */

/* --- which ---------------------------------------------------------------- */

static bool
begins_with(const char *s, const char *const *heads)
{
	for (; *heads; heads++)
		if (strncmp(s, *heads, strlen(*heads)) == 0)
			return true;
	return false;
}

static bool
concerns_accounts(const struct method *m)
{
	static const char *const own[] = { "profile.",	   "auth.pend",
					   "auth.link",	   "session.end",
					   "round.cancel", NULL };

	return m->right == RIGHT_STEWARD || m->right == RIGHT_ADMIN ||
	       m->right == RIGHT_HOST || m->right == RIGHT_REGISTER ||
	       m->right == RIGHT_OWN || m->right == RIGHT_PROVE ||
	       m->right == RIGHT_PROFILE || begins_with(m->name, own);
}

/* What a push brings is in git, with who pushed it. */
bool
auditing_is_act(const struct method *m)
{
	static const char *const content[] = { "push.", NULL };

	return m->place != PLACE_READER && m->place != PLACE_GROUPED &&
	       concerns_accounts(m) && !begins_with(m->name, content);
}

/* How the wiki looks to somebody is nobody's business. */
static bool
is_taste(const struct method *m, const struct call *c)
{
	return strcmp(m->name, "profile.set") == 0 && !call_text(c, "name") &&
	       !call_text(c, "organisation");
}

static bool
is_sign_in(const struct method *m)
{
	static const char *const heads[] = { "session.open", "auth.password",
					     "auth.code", NULL };

	return begins_with(m->name, heads);
}

enum auditing_note
auditing_judge(const struct method *m, const struct call *c, int result)
{
	bool act = auditing_is_act(m);

	if ((!act && !is_sign_in(m) && m != &auditing_denied) || is_taste(m, c))
		return AUDITING_NOTHING;
	if (result)
		return AUDITING_REFUSED;
	if (act)
		return m->place == PLACE_LOOP ? AUDITING_DONE
					      : AUDITING_NOTHING;
	return c->becomes && c->becomes->role != ROLE_NONE ? AUDITING_DONE
							   : AUDITING_NOTHING;
}

/* --- what is said --------------------------------------------------------- */

/* A blank ends a value. */
static void
add_detail(struct buf *out, const char *name, const char *value)
{
	size_t i;

	if (!value || !*value || out->len + strlen(value) > DETAIL_MAX)
		return;
	buf_printf(out, "%s%s=", out->len ? " " : "", name);
	for (i = 0; value[i]; i++)
		buf_char(out, (unsigned char)value[i] > ' ' ? value[i] : '_');
}

/* Parameters that say what was done, and are nobody's secret. */
static void
add_params(struct buf *out, const struct call *c)
{
	static const char *const names[] = { "role", "what", "fingerprint",
					     "method", "setting" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		add_detail(out, names[i], call_text(c, names[i]));
	if (call_number(c, "session", 0))
		buf_printf(out, "%ssession=%ld", out->len ? " " : "",
			   call_number(c, "session", 0));
	if (call_number(c, "round", 0))
		buf_printf(out, "%sround=%ld", out->len ? " " : "",
			   call_number(c, "round", 0));
	if (call_text(c, "setting"))
		add_detail(out, "value", call_text(c, "value"));
}

/* The key in a line of authorized_keys. */
static void
add_given_key(struct buf *out, const char *line)
{
	char print[KEY_FINGERPRINT];
	char *copy = mem_strdup(line ? line : ""), *save = NULL;
	const char *blob;

	(void)strtok_r(copy, " \t\r\n", &save);
	blob = strtok_r(NULL, " \t\r\n", &save);
	if (blob && !key_fingerprint(blob, print, NULL))
		add_detail(out, "key", print);
	free(copy);
}

/* The keys somebody has now, where the answer tells. */
static void
add_keys(struct buf *out, const json_t *result)
{
	const json_t *keys = json_object_get(result, "keys"), *key;

	for (size_t i = 0; i < json_array_size(keys); i++) {
		key = json_object_get(json_array_get(keys, i), "fingerprint");
		add_detail(out, "has", json_string_value(key));
	}
}

/* By what somebody signed in. */
static void
add_proofs(struct buf *out, const struct call *c)
{
	const struct caller *who = c->becomes;
	unsigned proved = c->caller->proved;

	if (who->role == ROLE_GAST)
		return;
	add_detail(out, "role", role_name(who->role));
	if (proved & PROVED_PASSWORD)
		add_detail(out, "by", "password");
	if (proved & PROVED_CODE)
		add_detail(out, "by", "code");
	add_detail(out, "key", who->key);
}

/* The one it was done in, or to; first, so that it can be looked for. */
static const char *
find_space(const struct call *c)
{
	const char *named = call_text(c, "space");

	return !named && c->caller->space ? c->caller->space->name : named;
}

static char *
word_detail(const struct call *c)
{
	struct buf out = BUF_INIT;

	add_detail(&out, "space", find_space(c));
	add_params(&out, c);
	add_detail(&out, "title",
		   json_string_value(json_object_get(c->result, "title")));
	add_given_key(&out, call_text(c, "key"));
	add_keys(&out, c->result);
	if (c->caller->proved & PROVED_PENDING)
		add_detail(&out, "key", c->caller->key);
	if (json_is_true(json_object_get(c->result, "waits")))
		add_detail(&out, "waits", "second");
	if (c->becomes && c->becomes->role != ROLE_NONE)
		add_proofs(&out, c);
	return buf_take(&out);
}

/* Who asked, or became who they are by this. */
static const char *
name_caller(const struct call *c)
{
	const struct caller *who = c->becomes ? c->becomes : c->caller;

	if (who->role == ROLE_GAST || who->role == ROLE_NEW)
		return caller_account(who);
	return who->handle ? who->handle : "";
}

static const char *
name_other(const struct call *c)
{
	const char *handle = call_text(c, "handle");

	if (!handle)
		handle = call_text(c, "user");
	if (!handle)
		handle = call_text(c, "account");
	return handle ? handle : "";
}

struct audit_record *
auditing_describe(const struct method *m, const struct call *c, int result)
{
	struct audit_record *r = mem_alloc(sizeof(*r));

	r->time = clock_wall();
	r->field[AUDIT_ACT] = mem_strdup(m->name);
	r->field[AUDIT_WHO] = mem_strdup(name_caller(c));
	r->field[AUDIT_DOOR] = mem_strdup(c->caller->door);
	r->field[AUDIT_FROM] = mem_strdup(c->caller->peer);
	r->field[AUDIT_ABOUT] = mem_strdup(name_other(c));
	r->field[AUDIT_DETAIL] = word_detail(c);
	r->field[AUDIT_RESULT] = mem_strdup(result ? err_name(result) : "ok");
	return r;
}

struct audit_record *
auditing_refusal(const char *peer, const char *reason, int64_t n)
{
	struct audit_record *r = mem_alloc(sizeof(*r));
	struct buf detail = BUF_INIT, number = BUF_INIT;

	buf_printf(&number, "%lld", (long long)n);
	add_detail(&detail, "reason", reason);
	add_detail(&detail, "n", number.ptr);
	r->time = clock_wall();
	r->field[AUDIT_ACT] = mem_strdup("connect");
	r->field[AUDIT_DOOR] = mem_strdup("login");
	r->field[AUDIT_FROM] = mem_strdup(peer);
	r->field[AUDIT_DETAIL] = buf_take(&detail);
	r->field[AUDIT_RESULT] = mem_strdup(err_name(PLEIN_EDENIED));
	buf_release(&number);
	return r;
}

/* --- in the transaction ---------------------------------------------------- */

static int
add_record(struct desk *d, const struct method *m, struct call *c, int result)
{
	struct audit_record *r = auditing_describe(m, c, result);
	int rc = audit_add(d->state, r, &c->err);

	audit_record_free(r);
	return rc;
}

int
auditing_run(struct desk *d, const struct method *m, struct call *c)
{
	int rc;

	if (!auditing_is_act(m))
		return erased_run(d, m, c);
	rc = desk_need_state(d, &c->err);
	if (!rc)
		rc = state_begin(d->state, &c->err);
	if (rc)
		return rc;
	rc = erased_run(d, m, c);
	if (!rc && !is_taste(m, c))
		rc = add_record(d, m, c, 0);
	if (!rc)
		return state_commit(d->state, &c->err);
	state_abort(d->state);
	return rc;
}

static int
refuse(struct desk *d, struct call *c)
{
	(void)d;
	return err_set(&c->err, PLEIN_EDENIED, "not allowed");
}

static const struct param denied_params[] = {
	{ "method", PARAM_TEXT, true, 64, "what was asked for" },
	PARAMS_END,
};

const struct method auditing_denied = {
	"denied", RIGHT_SIGN_IN, PLACE_LOOP, denied_params, "", "", "", refuse,
};
