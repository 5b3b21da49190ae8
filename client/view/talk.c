/* talk.c - see talk.h. */
#include "view/talk.h"

#include <string.h>

#include "base/sentence.h"
#include "plein/i18n.h"
#include "view/deed.h"

bool
talk_is_open(const json_t *head)
{
	return strcmp(args_text(head, "state"), "resolved") != 0;
}

void
talk_state(const json_t *head, struct buf *out)
{
	buf_str(out, talk_is_open(head) ? _("open") : _("resolved"));
}

static size_t
count(const json_t *head, const char *key)
{
	json_int_t n = args_number(head, key);

	return n > 0 ? (size_t)n : 0;
}

void
talk_count(const json_t *head, struct buf *out)
{
	size_t n = count(head, "remarks");

	talk_state(head, out);
	buf_printf(out, ngettext(", %zu comment", ", %zu comments", n), n);
}

size_t
talk_unread(const json_t *head)
{
	return count(head, "new");
}

/* Of what is lost only the words are known. */
const json_t *
talk_lost(const json_t *head)
{
	const json_t *lost =
		json_object_get(json_object_get(head, "passage"), "lost");

	return json_is_object(lost) ? lost : NULL;
}

void
talk_keep_lost(json_t *head, const json_t *before)
{
	json_t *passage = json_object_get(head, "passage");
	const json_t *lost = talk_lost(before);

	if (lost && json_is_false(json_object_get(passage, "found")) &&
	    !json_object_get(passage, "lost"))
		(void)json_object_set(passage, "lost", (json_t *)lost);
}

void
talk_tell_lost(const json_t *lost, struct buf *out)
{
	bool gone = json_is_true(json_object_get(lost, "gone"));
	struct buf day = BUF_INIT;

	sentence_day(&day, args_number(lost, "time"));
	buf_printf(out,
		   gone ? _("The page went with version %lld, by %s, %s.")
			: _("Changed in version %lld, by %s, %s."),
		   (long long)args_number(lost, "version"),
		   args_text(lost, "handle"), day.ptr);
	buf_release(&day);
}

void
talk_about(const json_t *head, struct buf *out)
{
	const json_t *passage = json_object_get(head, "passage");
	const char *quote = args_text(head, "quote");

	if (!*quote)
		buf_str(out, _("on the whole page"));
	else if (json_is_false(json_object_get(passage, "found")))
		buf_printf(out, _("on text that was changed: \"%s\""), quote);
	else
		buf_printf(out, _("on the text: \"%s\""), quote);
}

struct request
talk_open(const json_t *head, const char *remark)
{
	return request_show(SCREEN_THREAD,
			    json_pack("{s:s, s:s, s:s*}", "thread",
				      args_text(head, "thread"), "address",
				      args_text(head, "address"), "remark",
				      remark));
}

bool
talk_is_own(const struct context *c, const json_t *row)
{
	const char *handle = context_session(c, "handle");

	return *handle && strcmp(handle, args_text(row, "handle")) == 0;
}

bool
talk_may_settle(const struct context *c, const json_t *head)
{
	return talk_is_own(c, head) || context_may_moderate(c);
}

/* --- questions --- */

static json_t *
params_of(const json_t *head)
{
	return json_pack("{s:s}", "thread", args_text(head, "thread"));
}

struct request
talk_ask_settle(const struct context *c, const json_t *head)
{
	bool open = talk_is_open(head);
	const char *there = open ? "thread.resolve" : "thread.reopen";
	const char *back = open ? "thread.reopen" : "thread.resolve";
	const char *title = args_text(head, "title");
	struct buf line = BUF_INIT, ask = BUF_INIT;
	json_t *deed;
	struct request r = request_of(REQUEST_NONE);

	if (!talk_may_settle(c, head)) {
		context_say((struct context *)c, "%s",
			    _("Who began a discussion and editors can resolve "
			      "and reopen it."));
		return r;
	}
	buf_printf(&line,
		   open ? _("Question: resolve \"%s\"?")
			: _("Question: reopen \"%s\"?"),
		   title);
	buf_printf(&ask,
		   open ? _("Question: reopen \"%s\"?")
			: _("Question: resolve \"%s\"?"),
		   title);
	r = deed_ask(line.ptr,
		     open ? _("It stays to be read. Who says something in it "
			      "later, reopens it.")
			  : _("It stands among the open ones again."));
	question_ask(r.question, _("Why? This stands in the discussion."));
	deed = json_array();
	deed_add(deed, there, params_of(head), "");
	deed_reason(deed, "reason", false);
	deed_back(deed, back, params_of(head));
	deed_back_ask(deed, ask.ptr);
	deed_answer(r.question, open ? _("Yes, resolve") : _("Yes, reopen"),
		    deed);
	buf_release(&line);
	buf_release(&ask);
	return r;
}

struct request
talk_ask_title(void)
{
	struct request r =
		request_text(REQUEST_FIELD, _("What is the discussion about?"));

	r.command = CMD_TALK_TITLE;
	return r;
}

struct request
talk_begin(const char *address, const char *title, const json_t *about)
{
	json_t *args =
		json_pack("{s:s, s:s}", "address", address, "title", title);

	(void)json_object_update(args, (json_t *)about);
	return request_show(SCREEN_REMARK, args);
}

/* --- following --- */

static const char *
follow_next(const char *now, enum command cmd)
{
	const char *wanted = cmd == CMD_MUTE ? "muted" : "yes";

	if (strcmp(now, wanted) != 0)
		return wanted;
	return cmd == CMD_MUTE ? "yes" : "no";
}

static const struct {
	const char *follow;
	const char *tells, *said; /* msgids */
} follows[] = {
	{ "yes", N_("you follow this"), N_("You follow this. * ends that.") },
	{ "no", N_("you do not follow this"),
	  N_("You do not follow this. * begins.") },
	{ "muted", N_("muted"),
	  N_("Muted: you only hear of what names or answers you.") },
};

#define N_FOLLOWS (sizeof(follows) / sizeof(follows[0]))

static size_t
find_follow(const char *follow)
{
	size_t i = 0;

	while (i < N_FOLLOWS && strcmp(follows[i].follow, follow) != 0)
		i++;
	return i;
}

static void
take_follow(void *ctx, const struct rpc_msg *m)
{
	struct view *v = ctx;
	size_t i = find_follow(args_text(m->result, "follow"));

	if (m->kind == RPC_ERROR)
		context_say_error(v->ctx, m);
	else
		view_post(v,
			  request_text(REQUEST_RELOAD,
				       i < N_FOLLOWS ? gettext(follows[i].said)
						     : ""));
}

void
talk_follow(struct view *v, const char *thread, const char *address,
	    const char *now, enum command cmd)
{
	json_t *params = json_pack("{s:s}", "follow", follow_next(now, cmd));

	(void)json_object_set_new(params, *thread ? "thread" : "address",
				  json_string(*thread ? thread : address));
	(void)link_call(v->ctx->link, "follow.set", params, take_follow, v);
}

void
talk_tell_follow(const char *now, struct buf *out)
{
	size_t i = find_follow(now);

	if (i < N_FOLLOWS)
		buf_str(out, gettext(follows[i].tells));
}

void
talk_name_follow(const char *now, enum command cmd, struct buf *word)
{
	if (cmd == CMD_WATCH && strcmp(now, "yes") == 0)
		buf_str(word, _("Unfollow"));
	else if (cmd == CMD_MUTE && strcmp(now, "muted") == 0)
		buf_str(word, _("Unmute"));
}
