/* thread_act.c - see thread_impl.h. What changes the wiki asks first. */
#include "view/thread_impl.h"

#include <stdlib.h>
#include <string.h>

#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/deed.h"
#include "view/matches.h"
#include "view/remarks.h"
#include "view/talk.h"

static bool
is_withdrawn(const json_t *row)
{
	return json_is_true(json_object_get(row, "withdrawn"));
}

/* --- saying something --- */

/* "> " before each line, appended. */
static void
add_quote(const char *text, struct buf *out)
{
	while (*text) {
		size_t n = strcspn(text, "\n");

		buf_str(out, n ? "> " : ">");
		buf_add(out, text, n);
		buf_char(out, '\n');
		text += n + (text[n] == '\n');
	}
	buf_char(out, '\n');
}

/* What it answers is the remark that is answered already, if there is one. */
static const json_t *
top_of(const struct thread *t, const json_t *row)
{
	const char *number = args_text(row, "number");
	char *top = mem_strndup(number, strcspn(number, "."));
	size_t i = remarks_find(t->rows, top);

	free(top);
	return i < json_array_size(t->rows) ? json_array_get(t->rows, i) : row;
}

/* Arguments of the screen that writes; without a row a new remark. */
static json_t *
describe(const struct thread *t, const json_t *row)
{
	json_t *args = json_pack("{s:s, s:O, s:O, s:b}", "thread", t->code,
				 "address", json_object_get(t->head, "address"),
				 "title", json_object_get(t->head, "title"),
				 "resolved", !talk_is_open(t->head));

	(void)json_object_set(args, "rows", t->rows);
	if (!row)
		return args;
	(void)json_object_set(args, "answers", (json_t *)row);
	(void)json_object_set(args, "reply",
			      json_object_get(top_of(t, row), "remark"));
	return args;
}

static struct request
reply(const struct thread *t, bool quoted)
{
	const json_t *row = thread_focus(t);
	bool says = row && remarks_is_said(row) && !is_withdrawn(row);
	json_t *args = describe(t, says ? row : NULL);
	struct buf text = BUF_INIT;

	if (says && remarks_is_answer(row) && !talk_is_own(t->view.ctx, row))
		buf_printf(&text, "@%s ", args_text(row, "handle"));
	if (says && quoted) {
		if (text.len)
			buf_str(&text, "\n\n");
		add_quote(args_text(row, "text"), &text);
	}
	(void)json_object_set_new(args, "text", json_string(text.ptr));
	buf_release(&text);
	return request_show(SCREEN_REMARK, args);
}

struct request
thread_resume(const struct thread *t)
{
	json_t *args = describe(t, NULL);

	(void)json_object_set_new(args, "resume", json_true());
	return request_show(SCREEN_REMARK, args);
}

bool
thread_may_edit(const struct thread *t)
{
	const json_t *row = thread_focus(t);

	return row && remarks_is_said(row) && talk_is_own(t->view.ctx, row);
}

/* Or why not. */
static struct request
edit(const struct thread *t)
{
	const json_t *row = thread_focus(t);
	const char *text;
	json_t *args;
	size_t len;

	if (!row || !remarks_is_said(row)) {
		context_say(t->view.ctx, "%s",
			    _("There is no comment on this line."));
		return request_of(REQUEST_NONE);
	}
	if (!thread_may_edit(t)) {
		context_say(t->view.ctx, "%s",
			    _("This is somebody else's comment. r answers "
			      "it."));
		return request_of(REQUEST_NONE);
	}
	args = describe(t, NULL);
	(void)json_object_set(args, "edits", (json_t *)row);
	text = args_text(row, "text");
	len = strlen(text);
	while (len && text[len - 1] == '\n')
		len--;
	(void)json_object_set_new(args, "text", json_stringn(text, len));
	return request_show(SCREEN_REMARK, args);
}

/* --- taking away --- */

static json_t *
with_name(const json_t *row)
{
	return json_pack("{s:O}", "remark", json_object_get(row, "remark"));
}

/* One's own comes back by saying it anew; what others said as they said it. */
static struct request
take_away(const struct thread *t)
{
	const json_t *row = thread_focus(t);
	json_t *deed = json_array(), *back = with_name(row);
	struct buf line = BUF_INIT;
	struct request r;

	buf_printf(&line, _("Question: withdraw comment %s by %s?"),
		   args_text(row, "number"), args_text(row, "handle"));
	r = deed_ask(line.ptr,
		     _("Its words go, its place and its number stay. What was "
		       "said can be read in the history."));
	question_ask(r.question, _("Why? This stands in its place."));
	deed_add(deed, "remark.withdraw", with_name(row), "");
	deed_reason(deed, "reason", false);
	if (talk_is_own(t->view.ctx, row)) {
		(void)json_object_set(back, "text",
				      json_object_get(row, "text"));
		deed_back(deed, "remark.edit", json_incref(back));
		deed_back_ask(deed, _("Question: say what you withdrew "
				      "again?"));
	} else {
		deed_back(deed, "remark.restore", json_incref(back));
		deed_back_ask(deed, _("Question: bring the comment that you "
				      "withdrew back?"));
	}
	deed_answer(r.question, _("Yes, withdraw"), deed);
	json_decref(back);
	buf_release(&line);
	return r;
}

/* --- moving and splitting --- */

static struct request
ask_field(const char *what, enum command cmd)
{
	struct request r = request_text(REQUEST_FIELD, what);

	r.command = cmd;
	return r;
}

static json_t *
to_page(const struct thread *t, const char *address)
{
	return json_pack("{s:s, s:s}", "thread", t->code, "address", address);
}

static struct request
move_to(const struct thread *t, const char *name)
{
	const char *from = args_text(t->head, "address");
	struct vec matches;
	const struct match *page;
	json_t *deed;
	struct buf line = BUF_INIT;
	struct request r;

	matches_find(&matches, t->view.ctx->titles, name);
	page = matches.len ? matches.items[0] : NULL;
	if (!page) {
		context_say(t->view.ctx, "%s",
			    _("No page has this in its title."));
		matches_release(&matches);
		return request_of(REQUEST_NONE);
	}
	buf_printf(&line, _("Question: move this discussion to %s?"),
		   page->title);
	r = deed_ask(line.ptr, _("All comments go along, and keep their "
				 "numbers. Links to them go on leading "
				 "there."));
	question_ask(r.question, _("Why? This comes in the history."));
	deed = json_array();
	deed_add(deed, "thread.move", to_page(t, page->address), "");
	deed_reason(deed, "note", false);
	deed_back(deed, "thread.move", to_page(t, from));
	deed_back_ask(deed, _("Question: move the discussion back?"));
	deed_answer(r.question, _("Yes, move it"), deed);
	matches_release(&matches);
	buf_release(&line);
	return r;
}

static struct request
begin_split(struct thread *t)
{
	const json_t *row = thread_focus(t);

	free(t->splitting);
	t->splitting = mem_strdup(args_text(row, "remark"));
	return ask_field(_("What is the new discussion about?"), CMD_SPLIT_AS);
}

static struct request
split_as(const struct thread *t, const char *title)
{
	const char *name = t->splitting ? t->splitting : "";
	const char *code = strrchr(name, '-'); /* of what it begins */
	json_t *deed = json_array();
	struct buf line = BUF_INIT;
	struct request r;

	buf_printf(&line, _("Question: make it the discussion \"%s\"?"), title);
	r = deed_ask(line.ptr, _("The comment and its answers go out of this "
				 "discussion. u puts them back."));
	question_ask(r.question, _("Why? This comes in the history."));
	deed_add(deed, "thread.split",
		 json_pack("{s:s, s:s}", "remark", name, "title", title), "");
	deed_reason(deed, "note", false);
	deed_back(deed, "thread.join",
		  json_pack("{s:s}", "thread", code ? code + 1 : ""));
	deed_back_ask(deed, _("Question: put the comment and its answers back "
			      "into the discussion they were in?"));
	deed_answer(r.question, _("Yes, split it"), deed);
	buf_release(&line);
	return r;
}

/* --- reading on --- */

/* What the version that took the passage away changed, where it is known. */
static struct request
show_loss(const struct thread *t)
{
	const json_t *lost = talk_lost(t->head);
	json_int_t n = args_number(lost, "version");

	if (!lost || n <= 1 || json_is_true(json_object_get(lost, "gone"))) {
		context_say(t->view.ctx, "%s",
			    _("This text is not on the page any more."));
		return request_text(REQUEST_OPEN_PAGE,
				    args_text(t->head, "address"));
	}
	context_say(t->view.ctx, "%s", _("This version took the text away."));
	return request_show(SCREEN_COMPARE,
			    json_pack("{s:s, s:I, s:I}", "address",
				      args_text(t->head, "address"), "from",
				      n - 1, "to", n));
}

/* The page, at the first words of the passage. */
static struct request
show_passage(const struct thread *t)
{
	const json_t *passage = json_object_get(t->head, "passage");
	const char *quote = args_text(t->head, "quote");
	struct buf at = BUF_INIT;
	struct request r;

	if (*quote && json_is_false(json_object_get(passage, "found")))
		return show_loss(t);
	r = request_text(REQUEST_OPEN_PAGE, args_text(t->head, "address"));
	if (*quote) {
		buf_printf(&at, "!%s", t->code);
		r.more = buf_take(&at);
	}
	return r;
}

static struct request
show_wordings(const struct thread *t)
{
	const json_t *row = thread_focus(t);

	if (!row) {
		context_say(t->view.ctx, "%s",
			    _("There is no comment on this line."));
		return request_of(REQUEST_NONE);
	}
	return request_show(SCREEN_WORDINGS,
			    json_pack("{s:O, s:O, s:O, s:O}", "remark",
				      json_object_get(row, "remark"), "number",
				      json_object_get(row, "number"), "title",
				      json_object_get(t->head, "title"),
				      "address",
				      json_object_get(t->head, "address")));
}

/* A link for other texts is ready to be pasted. */
static struct request
show_permanent(const struct thread *t)
{
	const json_t *row = thread_focus(t);
	const char *domain = context_session(t->view.ctx, "domain");
	const char *address = args_text(t->head, "address");
	const char *number = args_text(row, "number");
	struct buf *clip = &t->view.ctx->clip;
	struct buf lines = BUF_INIT;
	struct request r = request_of(REQUEST_ASK);

	buf_printf(&lines, "ssh %s %s %s", *domain ? domain : "HOST",
		   _("thread"), t->code);
	r.question =
		question_new(_("This command leads here, always:"), lines.ptr);
	buf_reset(clip);
	buf_printf(clip, "[%s%s%s](/" TALK_DRAFTS "%s/%s",
		   args_text(t->head, "title"), *number ? ", " : "", number,
		   address, t->code);
	if (row)
		buf_printf(clip, "/%s.md", args_text(row, "remark"));
	buf_char(clip, ')');
	t->view.ctx->copied = true;
	question_say(r.question,
		     _("A link to it was copied. Ctrl-V in a text pastes it."));
	question_add(r.question, _("Back"), CMD_N, NULL);
	buf_release(&lines);
	return r;
}

/* --- which command --- */

bool
thread_can(const struct thread *t, enum command cmd)
{
	const json_t *row = thread_focus(t);
	bool stands = row && remarks_is_said(row) && !is_withdrawn(row);

	if (!t->head)
		return cmd != CMD_REPLY && cmd != CMD_NEW && cmd != CMD_EDIT &&
		       cmd != CMD_SETTLE && cmd != CMD_THREAD_MOVE &&
		       cmd != CMD_PERMALINK && cmd != CMD_PASSAGE;
	if (cmd == CMD_QUOTE)
		return stands;
	if (cmd == CMD_TAKE_AWAY)
		return stands && (talk_is_own(t->view.ctx, row) ||
				  context_may_moderate(t->view.ctx));
	if (cmd == CMD_THREAD_SPLIT)
		return stands && !remarks_is_answer(row) &&
		       row != json_array_get(t->rows, 0);
	if (cmd == CMD_HISTORY)
		return row != NULL;
	if (cmd == CMD_WATCH || cmd == CMD_MUTE)
		return *args_text(t->head, "follow") != '\0';
	return true;
}

static struct request
act(struct thread *t, enum command cmd, const char *text)
{
	switch ((int)cmd) {
	case CMD_REPLY:
	case CMD_QUOTE:
		return reply(t, cmd == CMD_QUOTE);
	case CMD_NEW:
		return request_show(SCREEN_REMARK, describe(t, NULL));
	case CMD_EDIT:
		return edit(t);
	case CMD_TAKE_AWAY:
		return take_away(t);
	case CMD_SETTLE:
		return talk_ask_settle(t->view.ctx, t->head);
	case CMD_THREAD_MOVE:
		return ask_field(_("To which page? Its title or address"),
				 CMD_MOVE_TO);
	case CMD_MOVE_TO:
		return move_to(t, text ? text : "");
	case CMD_THREAD_SPLIT:
		return begin_split(t);
	case CMD_SPLIT_AS:
		return split_as(t, text ? text : "");
	case CMD_WATCH:
	case CMD_MUTE:
		talk_follow(&t->view, t->code, "", args_text(t->head, "follow"),
			    cmd);
		return request_of(REQUEST_NONE);
	case CMD_PASSAGE:
		return show_passage(t);
	case CMD_HISTORY:
		return show_wordings(t);
	default:
		return show_permanent(t);
	}
}

bool
thread_act(struct thread *t, enum command cmd, const char *text,
	   struct request *out)
{
	static const enum command list[] = {
		CMD_REPLY,	  CMD_QUOTE,   CMD_NEW,		CMD_EDIT,
		CMD_TAKE_AWAY,	  CMD_SETTLE,  CMD_THREAD_MOVE, CMD_MOVE_TO,
		CMD_SPLIT_AS,	  CMD_PASSAGE, CMD_WATCH,	CMD_MUTE,
		CMD_THREAD_SPLIT, CMD_HISTORY, CMD_PERMALINK,
	};

	for (size_t i = 0; i < sizeof(list) / sizeof(list[0]); i++) {
		if (list[i] != cmd)
			continue;
		*out = thread_can(t, cmd) ? act(t, cmd, text)
					  : request_of(REQUEST_NONE);
		return true;
	}
	return false;
}
