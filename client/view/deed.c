/* deed.c - see deed.h. */
#include "view/deed.h"

#include <stdlib.h>
#include <string.h>

#include "base/sentence.h"
#include "plein/i18n.h"

static json_t *
last_call(json_t *deed)
{
	return json_array_get(deed, json_array_size(deed) - 1);
}

void
deed_add(json_t *deed, const char *method, json_t *params_take, const char *who)
{
	(void)json_array_append_new(deed, json_pack("{s:s, s:o, s:s}", "method",
						    method, "params",
						    params_take, "who", who));
}

void
deed_reason(json_t *deed, const char *param, bool must)
{
	json_t *call;
	size_t i;

	json_array_foreach(deed, i, call)
	{
		(void)json_object_set_new(call, "reason", json_string(param));
		(void)json_object_set_new(call, "must", json_boolean(must));
	}
}

void
deed_typed(json_t *deed, const char *text)
{
	(void)json_object_set_new(last_call(deed), "typed", json_string(text));
}

void
deed_back(json_t *deed, const char *method, json_t *params_take)
{
	(void)json_object_set_new(last_call(deed), "back",
				  json_pack("{s:s, s:o}", "method", method,
					    "params", params_take));
}

void
deed_back_ask(json_t *deed, const char *question)
{
	(void)json_object_set_new(json_object_get(last_call(deed), "back"),
				  "ask", json_string(question));
}

void
deed_answer(struct question *q, const char *label, json_t *deed_take)
{
	char *text = json_dumps(deed_take, JSON_COMPACT);

	question_add(q, label, CMD_DEED, text);
	free(text);
	json_decref(deed_take);
}

struct request
deed_ask(const char *question, const char *explanation)
{
	struct request r = request_of(REQUEST_ASK);

	r.question = question_new(question, explanation);
	question_say(r.question, _("Nothing has been changed yet."));
	question_add(r.question, _("No, change nothing"), CMD_N, NULL);
	question_leave(r.question, _("Change nothing"));
	return r;
}

/* --- about one member ------------------------------------------------------ */

static struct request
ask_about(const char *question, const json_t *member, const char *explanation)
{
	struct buf line = BUF_INIT;
	struct request r;

	buf_printf(&line, "%s %s?", question, args_text(member, "handle"));
	r = deed_ask(line.ptr, explanation);
	buf_release(&line);
	return r;
}

static json_t *
params_of(const json_t *member)
{
	return json_pack("{s:s}", "handle", args_text(member, "handle"));
}

static json_t *
make(const char *method, const json_t *member)
{
	json_t *deed = json_array();

	deed_add(deed, method, params_of(member), args_text(member, "handle"));
	return deed;
}

static json_t *
with_role(const json_t *member, const char *role)
{
	json_t *params = params_of(member);

	(void)json_object_set_new(params, "role", json_string(role));
	return params;
}

static void
add_role(struct question *q, const json_t *member, const char *role)
{
	const char *was = args_text(member, "role");
	json_t *deed = json_array();

	deed_add(deed, "accounts.role", with_role(member, role),
		 args_text(member, "handle"));
	deed_back(deed, "accounts.role", with_role(member, was));
	deed_answer(q, sentence_role(role), deed);
}

static const char *const roles[] = { "lezer", "bijdrager", "redacteur",
				     "beheerder" };

#define ROLES (sizeof(roles) / sizeof(roles[0]))

struct request
deed_ask_role(const json_t *member)
{
	const char *was = args_text(member, "role");
	struct buf now = BUF_INIT;
	struct request r;

	buf_printf(&now,
		   _("The role is now %s. Another one counts at once, "
		     "also where they are signed in."),
		   sentence_role(was));
	r = ask_about(_("Question: which role for"), member, now.ptr);
	for (size_t i = 0; i < ROLES; i++)
		if (strcmp(roles[i], was) != 0)
			add_role(r.question, member, roles[i]);
	buf_release(&now);
	return r;
}

/* With a role or, by NULL, without one. */
static json_t *
make_here(const char *handle, const char *role)
{
	json_t *params = json_pack("{s:s}", "handle", handle);

	if (role)
		(void)json_object_set_new(params, "role", json_string(role));
	return params;
}

static const char *
method_here(const char *role)
{
	return role ? "member.set" : "member.remove";
}

static void
answer_here(struct question *q, const char *handle, const char *was,
	    const char *role)
{
	json_t *deed = json_array();

	was = *was ? was : NULL;
	deed_add(deed, method_here(role), make_here(handle, role), handle);
	deed_back(deed, method_here(was), make_here(handle, was));
	deed_answer(q, role ? sentence_role(role) : _("No role here any more"),
		    deed);
}

struct request
deed_ask_role_here(const char *handle, const char *was)
{
	struct buf line = BUF_INIT, now = BUF_INIT;
	struct request r;

	buf_printf(&line, "%s %s?", _("Question: which role in this space for"),
		   handle);
	if (*was)
		buf_printf(&now, _("The role here is now %s. "),
			   sentence_role(was));
	buf_str(&now, _("It is about this space only, and counts at once."));
	r = deed_ask(line.ptr, now.ptr);
	for (size_t i = 0; i < ROLES; i++)
		if (strcmp(roles[i], was) != 0)
			answer_here(r.question, handle, was, roles[i]);
	if (*was)
		answer_here(r.question, handle, was, NULL);
	buf_release(&line);
	buf_release(&now);
	return r;
}

struct request
deed_ask_block(const json_t *member)
{
	json_t *deed = make("accounts.block", member);
	struct request r = ask_about(
		_("Question: stop the access of"), member,
		_("Their sessions end within a second and no key lets them in. "
		  "Their drafts stay. They read the reason when they try."));

	question_ask(r.question, _("Reason, may be empty"));
	deed_reason(deed, "reason", false);
	deed_back(deed, "accounts.unblock", params_of(member));
	deed_answer(r.question, _("Yes, stop access"), deed);
	return r;
}

struct request
deed_ask_unblock(const json_t *member)
{
	struct request r =
		ask_about(_("Question: let in again:"), member,
			  _("Their keys and their role are as they were."));

	deed_answer(r.question, _("Yes, let in again"),
		    make("accounts.unblock", member));
	return r;
}

struct request
deed_ask_forget(const json_t *member)
{
	json_t *deed = make("accounts.close", member);
	struct request r = ask_about(
		_("Question: close for good the profile of"), member,
		_("This cannot be undone. Their name, municipality, keys and "
		  "drafts go, and their sessions end. What they wrote stays, "
		  "under the short name, which nobody can have again."));

	question_ask_first(r.question, _("Type the short name to confirm"));
	deed_typed(deed, args_text(member, "handle"));
	deed_answer(r.question, _("Yes, for good"), deed);
	return r;
}

/* What may wait for a second administrator. */
static const struct {
	const char *act, *method, *words;
} proposals[] = {
	{ "block", "accounts.block", N_("stopping access") },
	{ "close", "accounts.close", N_("taking the name out of the wiki") },
	{ "role", "accounts.role", NULL },
};

#define PROPOSALS (sizeof(proposals) / sizeof(proposals[0]))

static size_t
find_proposal(const json_t *proposed)
{
	size_t i = 0;

	while (i + 1 < PROPOSALS &&
	       strcmp(proposals[i].act, args_text(proposed, "act")) != 0)
		i++;
	return i;
}

void
deed_tell_proposal(const json_t *member, struct buf *out)
{
	const json_t *p = json_object_get(member, "proposed");
	const char *words;

	if (!json_is_object(p))
		return;
	buf_printf(out, "%s: ", _("Waits for a second administrator"));
	words = proposals[find_proposal(p)].words;
	if (words)
		buf_str(out, gettext(words));
	else
		buf_printf(out, _("the role %s"),
			   sentence_role(args_text(p, "role")));
	buf_printf(out, _(", asked by %s"), args_text(p, "by"));
}

/* Asking for the same confirms it. */
struct request
deed_ask_proposal(const json_t *member)
{
	const json_t *p = json_object_get(member, "proposed");
	const char *method = proposals[find_proposal(p)].method;
	bool role = strcmp(method, "accounts.role") == 0;
	json_t *confirm = json_array();
	struct buf about = BUF_INIT;
	struct request r;

	deed_tell_proposal(member, &about);
	if (strcmp(method, "accounts.close") == 0)
		buf_printf(&about, ". %s", _("This cannot be undone."));
	r = ask_about(_("Question: what about"), member, about.ptr);
	deed_add(confirm, method,
		 role ? with_role(member, args_text(p, "role"))
		      : params_of(member),
		 args_text(member, "handle"));
	deed_answer(r.question, _("Confirm it"), confirm);
	deed_answer(r.question, _("Take it back"),
		    make("accounts.undo", member));
	buf_release(&about);
	return r;
}

bool
deed_allows(const json_t *member, enum command cmd)
{
	const char *standing = args_text(member, "standing");
	bool active = strcmp(standing, "active") == 0;
	bool blocked = strcmp(standing, "blocked") == 0;

	if (cmd == CMD_ROLE)
		return active || blocked;
	if (cmd == CMD_BLOCK)
		return active;
	if (cmd == CMD_UNBLOCK)
		return blocked;
	if (cmd == CMD_END_SESSIONS || cmd == CMD_FORGET)
		return member && strcmp(standing, "closed") != 0;
	return true;
}

const char *
deed_standing(const json_t *member)
{
	static const struct {
		const char *standing, *word;
	} words[] = {
		{ "waiting", N_("waits") },
		{ "refused", N_("refused") },
		{ "blocked", N_("stopped") },
		{ "closed", N_("closed") },
	};
	const char *standing = args_text(member, "standing");

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i].standing, standing) == 0)
			return gettext(words[i].word);
	return sentence_role(args_text(member, "role"));
}

/* --- sessions ---------------------------------------------------------------- */

static const char *
name_shape(const char *shape)
{
	static const struct {
		const char *shape, *word;
	} words[] = {
		{ "screen", N_("screen") },   { "lines", N_("plain lines") },
		{ "command", N_("command") }, { "clone", "git clone" },
		{ "push", "git push" },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i].shape, shape) == 0)
			return gettext(words[i].word);
	return shape;
}

static bool
is_git(const json_t *row)
{
	const char *shape = args_text(row, "shape");

	return strcmp(shape, "clone") == 0 || strcmp(shape, "push") == 0;
}

bool
deed_name_git(const json_t *row, struct buf *out)
{
	if (!is_git(row))
		return false;
	buf_printf(out, _("%s of %s"), name_shape(args_text(row, "shape")),
		   args_text(row, "space"));
	return true;
}

void
deed_add_session(struct listing *l, size_t value, const json_t *row)
{
	struct buf line = BUF_INIT, since = BUF_INIT;
	const char *cells[LISTING_COLUMNS] = { NULL };

	if (!deed_name_git(row, &line))
		buf_str(&line, name_shape(args_text(row, "shape")));
	buf_printf(&line, _(", from %s"), args_text(row, "from"));
	buf_str(&since, _("since "));
	sentence_moment(&since, args_number(row, "since"));
	cells[0] = since.ptr;
	listing_add(l, value, line.ptr, cells);
	buf_release(&line);
	buf_release(&since);
}

static void
name_end(const char *account, const json_t *row, struct buf *out)
{
	if (row && account)
		buf_printf(out, _("Question: end this session of %s?"),
			   account);
	else if (row)
		buf_str(out, _("Question: end this session?"));
	else
		buf_str(out, account ? _("Question: end all their sessions?")
				     : _("Question: end all your other "
					 "sessions?"));
}

/* What ending does. */
static const char *
explain_end(const char *account, const json_t *row)
{
	if (row && is_git(row))
		return _("It stops at once. The wiki has all of what was sent, "
			 "or nothing. It can be done again.");
	return account ? _("What they were writing is kept as a draft. "
			   "They can sign in again.")
		       : _("What was being written there is kept as a "
			   "draft. You can sign in again.");
}

struct request
deed_ask_end(const char *account, const json_t *row)
{
	json_t *deed = json_array();
	json_t *params = json_pack("{s:s*}", "account", account);
	struct buf line = BUF_INIT;
	struct request r;

	name_end(account, row, &line);
	r = deed_ask(line.ptr, explain_end(account, row));
	if (row)
		(void)json_object_set(params, "session",
				      json_object_get(row, "session"));
	deed_add(deed, "session.end", params, account ? account : "");
	deed_answer(r.question, _("Yes, end it"), deed);
	buf_release(&line);
	return r;
}
