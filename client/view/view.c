/* view.c - what views say to the application and ask of what they share. */
#include "view/view.h"

#include <stdlib.h>
#include <string.h>

#include "plein/clock.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/utf8.h"
#include "plein/policy.h"
#include "base/command.h"
#include "base/newsline.h"
#include "base/sentence.h"
#include "base/titles.h"
#include "view/choices.h"
#include "view/listing.h"
#include "view/wayback.h"

#define FIRST_SPACE "agenda"
#define MORE_COLS 6 /* of line 23, while the body goes on below */

void
head_init(struct head *h)
{
	buf_init(&h->title);
	buf_init(&h->state);
	buf_init(&h->place);
	buf_init(&h->fact);
	buf_init(&h->only);
	h->named = h->kept = 0;
}

void
head_release(struct head *h)
{
	buf_release(&h->title);
	buf_release(&h->state);
	buf_release(&h->place);
	buf_release(&h->fact);
	buf_release(&h->only);
}

void
head_cut_name(struct head *h, const char *name)
{
	const char *at = *name ? strstr(h->title.ptr, name) : NULL;

	if (!at)
		return;
	h->named = strlen(name);
	h->kept = strlen(at) - h->named;
}

struct request
request_of(enum request_kind kind)
{
	return (struct request){ .kind = kind, .command = CMD_N };
}

struct request
request_text(enum request_kind kind, const char *text)
{
	struct request r = request_of(kind);

	r.text = mem_strdup(text);
	return r;
}

struct request
request_show(enum screen screen, json_t *args_take)
{
	struct request r = request_of(REQUEST_SHOW);

	r.screen = screen;
	r.args = args_take;
	return r;
}

const char *
args_text(const json_t *args, const char *key)
{
	const char *s = json_string_value(json_object_get(args, key));

	return s ? s : "";
}

json_int_t
args_number(const json_t *args, const char *key)
{
	return json_integer_value(json_object_get(args, key));
}

struct request
request_run(enum command cmd, const char *text)
{
	struct request r = request_of(REQUEST_RUN);

	r.command = cmd;
	r.text = text ? mem_strdup(text) : NULL;
	return r;
}

void
request_release(struct request *r)
{
	free(r->text);
	free(r->more);
	json_decref(r->args);
	question_free(r->question);
	*r = request_of(REQUEST_NONE);
}

__attribute__((format(printf, 2, 0))) static void
set_message(struct context *c, const char *fmt, va_list ap)
{
	struct buf line = BUF_INIT;

	buf_vprintf(&line, fmt, ap);
	free(c->message);
	c->message = buf_take(&line);
	c->said = true;
	c->passing = false;
}

void
context_say(struct context *c, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	set_message(c, fmt, ap);
	va_end(ap);
	if (!c->quiet)
		said_add(&c->told_before, c->message, clock_wall());
}

void
context_announce(struct context *c, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	set_message(c, fmt, ap);
	va_end(ap);
}

void
view_post(struct view *from, struct request r)
{
	from->ctx->post(from->ctx, from, r);
}

/* Is it about what others said? */
static bool
moderates(enum command cmd)
{
	return cmd == CMD_THREAD_MOVE || cmd == CMD_THREAD_SPLIT;
}

bool
view_writes(enum command cmd)
{
	return cmd == CMD_EDIT || cmd == CMD_NEW || cmd == CMD_PROPERTIES ||
	       cmd == CMD_RENAME || cmd == CMD_DELETE || cmd == CMD_TAKE_BACK ||
	       cmd == CMD_REVERT || cmd == CMD_UNDO_VERSION ||
	       cmd == CMD_UNDO_CHANGE || cmd == CMD_DRAFTS ||
	       cmd == CMD_DELETE_NOW || cmd == CMD_RESTORE ||
	       cmd == CMD_REPLY || cmd == CMD_QUOTE || cmd == CMD_SETTLE ||
	       cmd == CMD_TAKE_AWAY || moderates(cmd) || cmd == CMD_ADD ||
	       cmd == CMD_RESPOND || cmd == CMD_SUPPORT || cmd == CMD_COMPLETE;
}

static bool
may(const struct context *c, enum right right)
{
	const char *role = context_session(c, "role"),
		   *wiki = context_session(c, "wiki_role");

	return policy_may(role_of(*wiki ? wiki : role), role_of(role), right);
}

bool
context_is_administrator(const struct context *c)
{
	return may(c, RIGHT_ADMIN);
}

bool
context_in_first_space(const struct context *c)
{
	const char *space = context_session(c, "space");

	return !*space || strcmp(space, FIRST_SPACE) == 0;
}

/* To what it changes, whatever day is shown. */
static bool
has_right(const struct context *c, enum command cmd)
{
	if (moderates(cmd))
		return context_may_moderate(c);
	return context_may_write(c) ||
	       (cmd == CMD_TAKE_BACK && wayback_is_own(wayback_last(c)));
}

bool
context_allows(const struct context *c, enum command cmd)
{
	if (view_writes(cmd))
		return has_right(c, cmd) && !c->at;
	if (cmd == CMD_SPACES)
		return context_has_spaces(c);
	if (cmd == CMD_WATCH || cmd == CMD_MUTE)
		return *context_session(c, "handle") && !c->at;
	if (cmd == CMD_PROFILE && c->session) /* a guest has none */
		return may(c, RIGHT_PROFILE);
	if (cmd == CMD_OWN_CODE || cmd == CMD_OWN_SESSIONS ||
	    cmd == CMD_OWN_DATA || cmd == CMD_OWN_LEAVE || cmd == CMD_JOIN ||
	    command_is_of_profile(cmd))
		return may(c, RIGHT_OWN);
	if (cmd == CMD_HERE && c->session)
		return role_of(context_session(c, "role")) >= ROLE_LEZER;
	if (cmd == CMD_REGISTER)
		return context_can_apply(c);
	if (cmd == CMD_APPLICATION)
		return role_of(context_session(c, "role")) == ROLE_WAITING;
	if (cmd == CMD_ADMIN)
		return may(c, RIGHT_STEWARD);
	return true;
}

/* Does it change the page that is shown, not what is said about it? */
static bool
changes_page(const struct view *v, enum command cmd)
{
	return (v->ops->place & (PLACE_PAGE | PLACE_CHAIN)) && v->ops->page &&
	       cmd != CMD_NEW && cmd != CMD_DRAFTS && cmd != CMD_TAKE_BACK &&
	       cmd != CMD_REPLY && view_writes(cmd);
}

/* Does it lead to what the wiki refuses to who may not read? */
static bool
reads(enum command cmd)
{
	return cmd == CMD_HOME || cmd == CMD_UNREAD;
}

bool
view_lacks_right(const struct view *v, enum command cmd)
{
	json_int_t version;

	if (reads(cmd))
		return v->ctx->session && !may(v->ctx, RIGHT_READ);
	if (!view_writes(cmd))
		return false;
	return !has_right(v->ctx, cmd) ||
	       (changes_page(v, cmd) &&
		!context_may_change(v->ctx, v->ops->page(v, &version)));
}

bool
view_allows(const struct view *v, enum command cmd)
{
	if (command_is_of_profile(cmd) && !v->ops->profile)
		return false;
	return context_allows(v->ctx, cmd) && !view_lacks_right(v, cmd) &&
	       (!v->ops->allows || v->ops->allows(v, cmd));
}

const enum command *
view_bar(const struct view *v)
{
	return v->ops->bar ? v->ops->bar : v->ops->bar_now(v);
}

void
view_name(const struct view *v, enum command cmd, struct buf *key,
	  struct buf *word)
{
	const struct view_word *w = v->ops->words;

	if (v->ops->name)
		v->ops->name(v, cmd, key, word);
	for (; w && w->cmd != CMD_N; w++)
		if (w->cmd == cmd)
			buf_str(word, gettext(w->word));
}

const char *
context_session(const struct context *c, const char *key)
{
	const char *s = json_string_value(json_object_get(c->session, key));

	return s ? s : "";
}

bool
context_is_guest(const struct context *c)
{
	return role_of(context_session(c, "role")) == ROLE_GAST;
}

bool
context_can_apply(const struct context *c)
{
	return json_is_true(json_object_get(c->session, "register"));
}

bool
context_has_spaces(const struct context *c)
{
	return args_number(c->session, "spaces") > 1;
}

bool
context_may_write(const struct context *c)
{
	const char *role = context_session(c, "role");

	return !*role || policy_allows(role_of(role), RIGHT_WRITE);
}

bool
context_may_change(const struct context *c, const char *address)
{
	return !*context_session(c, "role") || may(c, policy_right_of(address));
}

const char *
context_find(const struct context *c, const char *name, const char **address)
{
	return titles_find(c->titles, name, address);
}

bool
context_may_moderate(const struct context *c)
{
	return policy_allows(role_of(context_session(c, "role")),
			     RIGHT_MODERATE);
}

json_t *
context_params(const struct context *c, json_t *params_take)
{
	if (c->at)
		(void)json_object_set_new(params_take, "at",
					  json_integer(c->at));
	return params_take;
}

struct request
context_tell_where(struct context *c, const struct view *v)
{
	bool more = v->ops->has_more && v->ops->has_more(v);
	int room = c->cols - (more ? MORE_COLS : 0);
	struct request r = request_of(REQUEST_NONE);
	struct buf line = BUF_INIT;

	v->ops->where(v, &line);
	if (c->cols && c->told && utf8_width(line.ptr, line.len) > room) {
		r.kind = REQUEST_ASK;
		r.question = question_new(_("Where am I?"), line.ptr);
		question_say(r.question, line.ptr);
		question_add(r.question, _("Back"), CMD_N, NULL);
	}
	context_announce(c, "%s", line.ptr);
	c->passing = true;
	c->told = true;
	buf_release(&line);
	return r;
}

bool
context_has_read(const struct context *c, const char *address,
		 json_int_t version)
{
	const json_t *seen = json_object_get(c->read, address);

	return seen && json_integer_value(seen) >= version;
}

const json_t *
context_news(const struct context *c, const char *address)
{
	const json_t *row;
	size_t i;

	json_array_foreach(c->news, i, row)
	{
		if (!newsline_is_said(row) &&
		    strcmp(args_text(row, "address"), address) == 0 &&
		    !context_has_read(c, address, args_number(row, "version")))
			return row;
	}
	return NULL;
}

void
context_note_late(struct context *c, const char *remark)
{
	if (c->quiet)
		return;
	if (!c->read)
		c->read = json_object();
	(void)json_object_set_new(c->read, remark, json_true());
}

void
context_note_heard(struct context *c, const char *thread, const char *remark,
		   json_int_t place)
{
	const char *heard = json_string_value(json_object_get(c->read, thread));

	if (c->quiet)
		return;
	if (!c->read)
		c->read = json_object();
	if (!heard || strcmp(heard, remark) < 0)
		(void)json_object_set_new(c->read, thread, json_string(remark));
	/* Nobody waits for it: what is lost is new once more. */
	(void)link_call(c->link, "thread.seen",
			json_pack("{s:s, s:s, s:I}", "thread", thread, "remark",
				  remark, "place", place),
			NULL, NULL);
}

static bool
is_same_page(const json_t *a, const json_t *b)
{
	static const char *const keys[] = { "address", "version", "commit",
					    "text" };

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (!json_equal(json_object_get(a, keys[i]),
				json_object_get(b, keys[i])))
			return false;
	return true;
}

json_t *
context_page(struct context *c, json_t *page)
{
	if (!is_same_page(c->page, page)) {
		json_decref(c->page);
		c->page = json_incref(page);
	}
	return json_incref(c->page);
}

static void
note_title(struct context *c, const char *address, const char *title)
{
	const char *known =
		json_string_value(json_object_get(c->titles, address));
	json_t *titles;

	if (!known || strcmp(known, title) == 0)
		return;
	titles = json_copy(c->titles); /* others hold the old ones */
	(void)json_object_set_new(titles, address, json_string(title));
	json_decref(c->titles);
	c->titles = titles;
}

static void
note_read(struct context *c, const char *address, json_int_t version)
{
	if (c->quiet || context_has_read(c, address, version))
		return;
	if (!c->read)
		c->read = json_object();
	(void)json_object_set_new(c->read, address, json_integer(version));
	/* Nobody waits for it: what is lost is new once more. */
	(void)link_call(
		c->link, "mark.read",
		json_pack("{s:s, s:I}", "address", address, "version", version),
		NULL, NULL);
}

void
context_note_shown(struct context *c, const json_t *page)
{
	const char *address = args_text(page, "address");

	note_read(c, address, args_number(page, "version"));
	note_title(c, address, args_text(page, "title"));
}

void
context_say_choice(struct context *c, const struct choices *choices,
		   enum command cmd)
{
	struct buf line = BUF_INIT;

	if (choices_tell(choices, (int)cmd, &line))
		context_announce(c, "%s", line.ptr);
	buf_release(&line);
}

void
context_say_item(struct context *c, const struct listing *list,
		 enum command cmd)
{
	struct buf line = BUF_INIT;

	if (cmd == CMD_NEXT_ITEM || cmd == CMD_PREVIOUS_ITEM) {
		listing_tell_focus(list, &line);
		context_announce(c, "%s", line.ptr);
	}
	buf_release(&line);
}

/* Beside the word that there is more, on one line? */
static bool
has_room(const struct context *c, const char *sentence)
{
	return c->in_lines || !c->cols ||
	       utf8_width(sentence, strlen(sentence)) <= c->cols - MORE_COLS;
}

/* NULL: a member, who is told whom to ask. In a narrow window of an advice the
 * command counts. */
static const char *
explain_denial(const struct context *c)
{
	const char *why = sentence_denied(context_session(c, "role"),
					  context_can_apply(c));

	if (why && context_can_apply(c) && !has_room(c, why))
		why = _("Profile needed: ssh -t nieuw@<host>");
	return why;
}

void
context_say_no_right(struct context *c, enum command cmd)
{
	if (explain_denial(c))
		context_say(c, "%s", explain_denial(c));
	else if (command_row(cmd)->group == COMMAND_DISCUSS)
		context_say(c, "%s",
			    _("You do not have permission to comment. Ask an "
			      "administrator."));
	else if (context_may_write(c))
		context_say(c, "%s",
			    _("You do not have permission to change this page. "
			      "Ask an editor."));
	else
		context_say(c, "%s",
			    _("You do not have permission to change pages. "
			      "Ask an administrator."));
}

void
context_say_error(struct context *c, const struct rpc_msg *m)
{
	struct buf line = BUF_INIT;

	if (m->code == PLEIN_EDENIED && !json_object_get(m->args, "rule") &&
	    explain_denial(c))
		buf_str(&line, explain_denial(c));
	else
		sentence_error(&line, m->code, m->message, m->args);
	context_say(c, _("Error: %s"), line.ptr);
	buf_release(&line);
}
