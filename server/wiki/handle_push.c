/*
 * handle_push.c - what the hooks of a push ask (server/hook.c), and what an
 * import asks that moves main as a push does (server/import.c). Hooks come in
 * by the door of the host, but that alone gives them nothing: the ticket says
 * whose push it is, and rights are looked up anew.
 */
#include "wiki/handlers.h"

#include <stdlib.h>
#include <string.h>

#include "plein/clock.h"
#include "plein/log.h"
#include "plein/mem.h"
#include "state/members.h"
#include "wiki/batch.h"
#include "wiki/call.h"
#include "wiki/gate.h"
#include "wiki/pushes.h"
#include "wiki/rows.h"
#include "wiki/space.h"

#define UPDATES_MAX ((size_t)64 * 1024)

/* `old SP new SP ref LF` of githooks(5). */
struct update {
	struct repo_id from, to; /* "" for the zeros git writes for none */
	const char *ref;
	size_t len;
};

static const char *
take_id(const char *s, struct repo_id *id)
{
	size_t n = strspn(s, "0123456789abcdef");

	if (n != REPO_ID_LEN || s[n] != ' ')
		return NULL;
	memcpy(id->hex, s, n);
	id->hex[strspn(s, "0") >= n ? 0 : n] = '\0';
	return s + n + 1;
}

/* The line at *s, which moves behind it: 1, 0 at the end, PLEIN_EUSAGE. */
static int
take_update(const char **s, struct update *u, struct err *err)
{
	const char *at = *s;

	if (*at == '\0')
		return 0;
	at = take_id(at, &u->from);
	at = at ? take_id(at, &u->to) : NULL;
	if (!at)
		return err_set(err, PLEIN_EUSAGE, "no update of a ref");
	u->ref = at;
	u->len = strcspn(at, "\n");
	*s = at + u->len + (at[u->len] == '\n');
	return 1;
}

static bool
is_ref(const struct update *u, const char *name)
{
	return u->len == strlen(name) && memcmp(u->ref, name, u->len) == 0;
}

/* The update of main; what else is asked for is a fault. */
static int
find_update(const char *text, struct update *of_main, struct verdict *v,
	    struct err *err)
{
	struct fault f = { .rule = FAULT_REF };
	struct update u;
	bool full = false;
	int rc;

	memset(of_main, 0, sizeof(*of_main));
	while ((rc = take_update(&text, &u, err)) > 0 && !full) {
		if (is_ref(&u, REPO_BRANCH)) {
			*of_main = u;
			continue;
		}
		f.path = mem_strndup(u.ref, u.len);
		full = !verdict_add(v, &f);
		free(f.path);
	}
	if (rc >= 0 && of_main->ref && !of_main->to.hex[0])
		(void)verdict_add(v, &(struct fault){ .rule = FAULT_DELETE });
	return rc < 0 ? rc : 0;
}

static int
need_pushes(const struct desk *d, struct err *err)
{
	return d->pushes ? 0 : err_set(err, PLEIN_EBUSY, "no wiki is running");
}

/* --- push.judge ------------------------------------------------------- */

struct judging {
	struct desk *desk;
	struct call *call;
	struct caller *who;
	struct update update; /* of main */
	struct verdict verdict;
};

static struct caller *
make_pusher(const struct judging *j, const struct push_owner *owner,
	    const struct account *a, enum role given)
{
	struct caller *nobody = caller_new(owner->conn, "git", owner->peer);
	struct caller *known = caller_sign_in(nobody, a, NULL);
	struct caller *who =
		caller_in_space(known, j->call->caller->space, given);

	caller_free(nobody);
	caller_free(known);
	return who;
}

/* Whose push it is, with the rights of now. */
static int
find_pusher(struct judging *j, const struct push_owner *owner)
{
	enum role given = ROLE_NONE;
	struct account a = { 0 };
	int rc = desk_need_state(j->desk, &j->call->err);

	if (!rc && strcmp(owner->space, j->desk->space->name) != 0)
		rc = err_set(&j->call->err, PLEIN_EDENIED,
			     "nothing can be sent to this space");
	if (!rc)
		rc = account_get(j->desk->state, owner->account, &a,
				 &j->call->err);
	if (!rc)
		rc = member_role(j->desk->state, owner->space, owner->account,
				 &given, &j->call->err);
	if (!rc)
		j->who = make_pusher(j, owner, &a, given);
	if (rc == PLEIN_ENOTFOUND || (!rc && !caller_may(j->who, RIGHT_WRITE)))
		rc = err_set(&j->call->err, PLEIN_EDENIED,
			     "%s may not write here", owner->account);
	account_release(&a);
	return rc;
}

/* Main is where git says it moves it from; else the push came too late. */
static int
check_main(struct judging *j, bool *same)
{
	struct repo_id tip;
	struct err *err = &j->call->err;
	int rc = desk_need_repo(j->desk, err);

	if (!rc)
		rc = repo_ref_read(j->desk->repo, &tip, err);
	*same = !rc && strcmp(tip.hex, j->update.from.hex) == 0;
	if (!rc && !*same)
		(void)verdict_add(&j->verdict,
				  &(struct fault){ .rule = FAULT_MOVED });
	return rc;
}

static int
judge_updates(struct judging *j)
{
	const struct call *c = j->call;
	struct gate gate = { .desk = j->desk,
			     .who = j->who,
			     .name = call_text(c, "folder"),
			     .limits = &gate_limits_default,
			     .now = clock_wall() };
	bool same;
	int rc = find_update(call_text(c, "updates"), &j->update, &j->verdict,
			     &j->call->err);

	if (rc || !verdict_is_fine(&j->verdict))
		return rc;
	rc = check_main(j, &same);
	if (rc || !same)
		return rc;
	return gate_judge(&gate, &j->update.from, &j->update.to, &j->verdict,
			  &j->call->err);
}

/* Approved: hold main, which may have moved while it was looked at. */
static int
hold_main(struct judging *j)
{
	bool same;
	int rc = pushes_lease(j->desk->pushes, call_text(j->call, "ticket"),
			      &j->update.from, &j->update.to, &j->call->err);

	return rc ? rc : check_main(j, &same);
}

static void
log_verdict(const struct judging *j)
{
	const struct verdict *v = &j->verdict;
	const struct fault *first =
		v->faults.len > 0 ? v->faults.items[0] : NULL;

	log_event("push.judge", LOG_TEXT("who", j->who->handle),
		  LOG_NUMBER("conn", j->who->conn),
		  LOG_TEXT("from", j->who->peer), LOG_TEXT("door", "git"),
		  LOG_TEXT("tip", j->update.to.hex),
		  LOG_TEXT("result", first ? "refused" : "ok"),
		  LOG_TEXT("why", first ? fault_name(first->rule) : ""),
		  LOG_NUMBER("faults", (int64_t)v->faults.len));
}

static void
answer_verdict(struct judging *j)
{
	json_t *answer = verdict_json(&j->verdict);
	struct buf mail = BUF_INIT;

	buf_printf(&mail, "%s@%s", j->who->handle, j->desk->conf->domain);
	(void)json_object_set_new(answer, "name", call_json_line(j->who->name));
	(void)json_object_set_new(answer, "mail", json_string(mail.ptr));
	(void)json_object_set_new(answer, "base",
				  json_string(j->update.from.hex));
	j->call->result = answer;
	buf_release(&mail);
	log_verdict(j);
}

/* The ticket's next step: used up, unless nothing was decided. */
static void
move_ticket(struct judging *j, int rc)
{
	const char *ticket = call_text(j->call, "ticket");

	if (rc == PLEIN_EBUSY)
		pushes_put_back(j->desk->pushes, ticket);
	else if (rc || !verdict_is_fine(&j->verdict))
		pushes_refuse(j->desk->pushes, ticket);
}

static int
handle_push_judge(struct desk *d, struct call *c)
{
	struct judging j = { .desk = d, .call = c };
	struct push_owner owner = { 0 };
	int rc = need_pushes(d, &c->err);

	if (!rc)
		rc = pushes_judge(d->pushes, call_text(c, "ticket"), &owner,
				  &c->err);
	if (rc)
		return rc;
	rc = find_pusher(&j, &owner);
	if (!rc)
		rc = judge_updates(&j);
	if (!rc && verdict_is_fine(&j.verdict))
		rc = hold_main(&j);
	move_ticket(&j, rc);
	if (!rc)
		answer_verdict(&j);
	push_owner_release(&owner);
	verdict_release(&j.verdict);
	caller_free(j.who);
	return rc;
}

/* --- push.settle, push.follow ----------------------------------------- */

/* HEAD stands for main, which it points to; anything else was not judged. */
static int
prepare(struct desk *d, struct call *c)
{
	const char *text = call_text(c, "updates");
	struct update u, of_main = { .ref = NULL };
	int rc;

	while ((rc = take_update(&text, &u, &c->err)) > 0) {
		if (is_ref(&u, REPO_BRANCH))
			of_main = u;
		else if (!is_ref(&u, "HEAD"))
			return err_set(&c->err, PLEIN_EDENIED,
				       "another ref than main");
	}
	if (rc < 0)
		return rc;
	return pushes_prepare(d->pushes, call_text(c, "ticket"), &of_main.from,
			      &of_main.to, &c->err);
}

static int
handle_push_settle(struct desk *d, struct call *c)
{
	const char *state = call_text(c, "state");
	int rc = need_pushes(d, &c->err);

	if (rc)
		return rc;
	if (strcmp(state, "prepared") == 0)
		return prepare(d, c);
	if (strcmp(state, "committed") != 0 && strcmp(state, "aborted") != 0)
		return err_set(&c->err, PLEIN_EUSAGE, "no such state");
	pushes_settle(d->pushes, call_text(c, "ticket"));
	return 0;
}

/* Opening a batch brings the index to main; there is nothing to write. */
static int
handle_push_follow(struct desk *d, struct call *c)
{
	return batch_join(d->batch, &c->err);
}

/* An import moves main itself, and says so as a push would. */
static int
handle_push_hold(struct desk *d, struct call *c)
{
	struct push_owner owner = { (char *)"", d->space->name, (char *)"",
				    c->caller->conn };
	char ticket[PUSHES_TICKET + 1];
	int rc = need_pushes(d, &c->err);

	if (!rc)
		rc = pushes_hold(d->pushes, &owner, ticket, &c->err);
	if (!rc)
		c->result = json_pack("{s:s}", "ticket", ticket);
	return rc;
}

/* --- rows ------------------------------------------------------------- */

static const struct param judge_params[] = {
	{ "ticket", PARAM_TEXT, true, PUSHES_TICKET, "that git was given" },
	{ "folder", PARAM_TEXT, true, 64, "where git keeps the objects apart" },
	{ "updates", PARAM_TEXT, true, UPDATES_MAX, "as git gives its hook" },
	PARAMS_END,
};

static const struct param settle_params[] = {
	{ "ticket", PARAM_TEXT, true, PUSHES_TICKET, "that git was given" },
	{ "state", PARAM_TEXT, true, 16, "prepared, committed or aborted" },
	{ "updates", PARAM_TEXT, true, UPDATES_MAX, "as git gives its hook" },
	PARAMS_END,
};

static const struct param no_params[] = { PARAMS_END };

const struct method push_rows[] = {
	{ "push.judge", RIGHT_HOST, PLACE_READER, judge_params,
	  "For git's hook: may this be put on main? If so the push holds main "
	  "for two seconds.",
	  "{faults: [{rule, commit, path, detail, number, most}], more, name, "
	  "mail, base}: no fault is yes; more when there are more than are "
	  "told; name and mail are what an author must be; base is main",
	  "not-found denied busy usage rule corrupt io", handle_push_judge },
	{ "push.settle", RIGHT_HOST, PLACE_LOOP, settle_params,
	  "For git's hook: main is about to be moved (prepared: only if it "
	  "still may), was moved and is on stable storage, or will not be.",
	  "{}", "denied busy usage", handle_push_settle },
	{ "push.hold", RIGHT_HOST, PLACE_READER, no_params,
	  "For an import: nobody else moves main for two seconds, while this "
	  "connection lasts.",
	  "{ticket}: for push.settle, with committed", "busy",
	  handle_push_hold },
	{ "push.follow", RIGHT_HOST, PLACE_WRITER, no_params,
	  "Brings the index to main, after a push.", "{}", "busy io corrupt",
	  handle_push_follow },
	ROWS_END,
};
