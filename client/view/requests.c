/*
 * requests.c - see requests.h. Values are indexes of the rows; behind them is
 * a line for the role that an approval gives.
 */
#include "view/requests.h"

#include <stdlib.h>
#include <string.h>

#include "base/sentence.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/deed.h"
#include "view/listview.h"

#define ROLE_LINE ((size_t)-1)
#define KEY_BEGIN 4 /* letters of a fingerprint */
#define DETAIL_AT 8 /* column of the lines below a request */
#define WIDE 76 /* columns in which all roles stand */
#define NAMES 6 /* of people in a question */

struct requests {
	struct listview base;
	json_t *marked; /* handle → true */
	json_t *about; /* rows that a question is about, or NULL */
	size_t role; /* index of `roles` */
	bool wide;
	bool greeted; /* what to think of was said */
};

static const char *const roles[] = { "bijdrager", "lezer", "redacteur" };

#define ROLES (sizeof(roles) / sizeof(roles[0]))

static struct requests *
requests_of(struct view *v)
{
	return (struct requests *)v;
}

static const struct requests *
const_requests(const struct view *v)
{
	return (const struct requests *)v;
}

static bool
is_marked(const struct requests *q, const json_t *row)
{
	return json_object_get(q->marked, args_text(row, "handle")) != NULL;
}

/* --- the list --- */

static void
quote(struct listing *l, const char *before, const char *text)
{
	struct buf line = BUF_INIT;

	buf_printf(&line, "%s\"%s\"", before, text);
	listing_detail(l, line.ptr, 3);
	buf_release(&line);
}

/* "ed25519", as people know it. */
static const char *
name_kind(const json_t *row)
{
	const char *kind = args_text(row, "kind");
	size_t len = strlen("ssh-");

	return strncmp(kind, "ssh-", len) == 0 ? kind + len : kind;
}

/* Who this may be: what should make one look twice comes in its place. */
static void
add_key(const json_t *row, struct buf *out)
{
	json_int_t n = args_number(row, "from_peer");

	if (*args_text(row, "like")) {
		buf_printf(out, _("note: looks like %s, who exists already"),
			   args_text(row, "like"));
		return;
	}
	if (*args_text(row, "key")) {
		buf_printf(out, _("key %s "), name_kind(row));
		sentence_key(out, args_text(row, "key"), KEY_BEGIN);
		buf_str(out, _(", not seen before"));
	} else {
		buf_str(out, _("no key, a password was chosen"));
	}
	if (n > 1)
		buf_printf(out,
			   ngettext(", %d request from this address",
				    ", %d requests from this address",
				    (unsigned long)n),
			   (int)n);
}

static void
add_row(struct listview *l, size_t i, const json_t *row)
{
	struct buf since = BUF_INIT, key = BUF_INIT;
	const char *cells[LISTING_COLUMNS] = { args_text(row, "organisation") };
	bool marked = is_marked((struct requests *)l, row);

	buf_str(&since, _("since "));
	sentence_short(&since, args_number(row, "time"));
	if (!*cells[0])
		cells[0] = _("(empty)");
	cells[1] = since.ptr;
	add_key(row, &key);
	listing_add(&l->list, i, args_text(row, "handle"), cells);
	listing_prefix(&l->list, marked ? "[x] " : "[ ] ",
		       marked ? _("marked") : _("not marked"));
	quote(&l->list, "", args_text(row, "reason"));
	if (*args_text(row, "question"))
		quote(&l->list, _("you asked: "), args_text(row, "question"));
	listing_detail(&l->list, key.ptr, 2);
	buf_release(&since);
	buf_release(&key);
}

/* In a narrow window the chosen role only. */
static void
add_role_line(struct requests *q)
{
	static const char *const cells[LISTING_COLUMNS] = { NULL };
	struct buf line = BUF_INIT;

	buf_printf(&line, _("Marked: %zu. "), json_object_size(q->marked));
	if (q->wide) {
		buf_str(&line, _("Role when approved:"));
		for (size_t i = 0; i < ROLES; i++)
			buf_printf(&line, "%s(%c) %s", i ? "  " : " ",
				   i == q->role ? 'x' : ' ',
				   sentence_role(roles[i]));
	} else {
		buf_printf(&line, _("Role: %s"), sentence_role(roles[q->role]));
	}
	listing_add(&q->base.list, ROLE_LINE, line.ptr, cells);
	listing_gap(&q->base.list);
	buf_release(&line);
}

static void
fill_list(struct requests *q)
{
	listview_fill(&q->base.view, add_row,
		      _("No requests. n makes an invite code."));
	if (feed_size(&q->base.feed))
		add_role_line(q);
}

/* Marks of those who are there no more go. */
static void
keep_marks(struct requests *q)
{
	json_t *marked = json_object(), *row;
	size_t i;

	json_array_foreach(q->base.feed.rows, i, row)
	{
		if (is_marked(q, row))
			(void)json_object_set_new(
				marked, args_text(row, "handle"), json_true());
	}
	json_decref(q->marked);
	q->marked = marked;
}

static void
take_rows(struct view *v)
{
	struct requests *q = requests_of(v);
	size_t n = feed_size(&q->base.feed);

	(void)json_object_set_new(v->ctx->session, "requests",
				  json_integer((json_int_t)n));
	keep_marks(q);
	fill_list(q);
	if (!q->greeted && n)
		context_say(v->ctx, "%s",
			    _("Do you know this person? When in doubt call the "
			      "municipality, not the number they gave."));
	q->greeted = true;
}

/* --- showing --- */

static void
fill_head(const struct view *v, struct head *h)
{
	size_t n = feed_size(&const_requests(v)->base.feed);

	buf_str(&h->title, _("Administration: requests"));
	buf_printf(&h->state, ngettext("%zu waits", "%zu wait", n), n);
	buf_str(&h->place, _("Oldest first. Approving gives the role "
			     "contributor, unless you choose another."));
}

static void
recalc(struct view *v, int rows, int cols)
{
	struct requests *q = requests_of(v);

	if (q->wide != (cols >= WIDE)) {
		q->wide = cols >= WIDE;
		fill_list(q);
	}
	listview_recalc(v, rows, cols);
}

/* --- deciding --- */

/* A call for each of them; `role` goes along, or NULL. */
static json_t *
make_deed(const struct requests *q, const char *method, const char *role)
{
	json_t *deed = json_array(), *row, *params;
	size_t i;

	json_array_foreach(q->about, i, row)
	{
		const char *handle = args_text(row, "handle");

		params = json_pack("{s:s}", "handle", handle);
		if (role)
			(void)json_object_set_new(params, "role",
						  json_string(role));
		deed_add(deed, method, params, handle);
		deed_back(deed, "accounts.undo",
			  json_pack("{s:s}", "handle", handle));
	}
	return deed;
}

static void
name_all(const struct requests *q, struct buf *out)
{
	const json_t *row;
	size_t i;

	json_array_foreach(q->about, i, row)
	{
		if (i == NAMES) {
			buf_str(out, ", …");
			return;
		}
		buf_printf(out, "%s%s", i ? ", " : "",
			   args_text(row, "handle"));
	}
}

static void
describe_all(const struct requests *q, struct buf *out)
{
	const json_t *row = json_array_get(q->about, 0);

	if (json_array_size(q->about) > 1) {
		name_all(q, out);
		return;
	}
	buf_printf(out, "%s. \"%s\"\n", args_text(row, "name"),
		   args_text(row, "reason"));
	if (*args_text(row, "key"))
		buf_printf(out, "%s %s\n", name_kind(row),
			   args_text(row, "key"));
	buf_printf(out, _("From address %s."), args_text(row, "peer"));
}

static void
name_question(const struct requests *q, const char *question, struct buf *out)
{
	size_t n = json_array_size(q->about);

	buf_str(out, question);
	if (n == 1)
		buf_printf(out, " %s?",
			   args_text(json_array_get(q->about, 0), "handle"));
	else
		buf_printf(out, " %s?", _("these requests"));
}

static void
add_approval(const struct requests *q, struct question *about, const char *role)
{
	struct buf label = BUF_INIT;

	buf_printf(&label, _("Approve as %s"), sentence_role(role));
	deed_answer(about, label.ptr, make_deed(q, "accounts.approve", role));
	buf_release(&label);
}

/* What to do with those that it is about. */
static struct request
ask_what(struct requests *q)
{
	struct request r = request_of(REQUEST_ASK);
	struct buf line = BUF_INIT, about = BUF_INIT;

	name_question(q, _("Question: what about"), &line);
	describe_all(q, &about);
	r.question = question_new(line.ptr, about.ptr);
	question_say(r.question, _("Nothing has been decided yet."));
	question_add(r.question, _("Do not decide yet"), CMD_N, NULL);
	add_approval(q, r.question, roles[q->role]);
	question_add(r.question, _("Approve as another role"), CMD_JUDGE,
		     "role");
	if (json_array_size(q->about) == 1)
		question_add(r.question, _("Ask a question"), CMD_JUDGE, "ask");
	question_add(r.question, _("Refuse, with a reason"), CMD_JUDGE,
		     "refuse");
	buf_release(&line);
	buf_release(&about);
	return r;
}

static struct request
ask_role(const struct requests *q)
{
	static const char *const all[] = { "lezer", "bijdrager", "redacteur",
					   "beheerder" };
	struct buf line = BUF_INIT;
	struct request r;

	name_question(q, _("Question: approve as which role:"), &line);
	r = deed_ask(line.ptr, NULL);
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (strcmp(all[i], roles[q->role]) != 0)
			add_approval(q, r.question, all[i]);
	buf_release(&line);
	return r;
}

static struct request
ask_refusal(const struct requests *q)
{
	json_t *deed = make_deed(q, "accounts.refuse", NULL);
	struct buf line = BUF_INIT;
	struct request r;

	name_question(q, _("Question: refuse"), &line);
	r = deed_ask(
		line.ptr,
		_("They read the reason, 10 minutes from now. Until then u "
		  "takes it back. They may change the request; then it "
		  "waits again."));
	question_ask_first(r.question, _("Why? They read this."));
	deed_reason(deed, "reason", true);
	deed_answer(r.question, _("Yes, refuse"), deed);
	buf_release(&line);
	return r;
}

static struct request
ask_question(const struct requests *q)
{
	const json_t *row = json_array_get(q->about, 0);
	json_t *deed = json_array();
	struct buf line = BUF_INIT;
	struct request r;

	name_question(q, _("Question: ask something of"), &line);
	r = deed_ask(line.ptr, _("They read it when they sign in, and answer "
				 "by changing the reason of the request."));
	question_ask_first(r.question, _("What do you want to know?"));
	deed_add(deed, "register.ask",
		 json_pack("{s:O}", "number", json_object_get(row, "number")),
		 args_text(row, "handle"));
	deed_reason(deed, "question", true);
	deed_answer(r.question, _("Yes, ask it"), deed);
	buf_release(&line);
	return r;
}

static struct request
judge(const struct requests *q, const char *text)
{
	if (!q->about || !text)
		return request_of(REQUEST_NONE);
	if (strcmp(text, "role") == 0)
		return ask_role(q);
	return strcmp(text, "ask") == 0 ? ask_question(q) : ask_refusal(q);
}

/* --- acting --- */

static void
turn_role(struct requests *q)
{
	q->role = (q->role + 1) % ROLES;
	fill_list(q);
	context_say(q->base.view.ctx, _("Approving gives the role %s."),
		    sentence_role(roles[q->role]));
}

static void
mark(struct requests *q, const json_t *row)
{
	const char *handle = args_text(row, "handle");
	bool on = !is_marked(q, row);

	if (on)
		(void)json_object_set_new(q->marked, handle, json_true());
	else
		(void)json_object_del(q->marked, handle);
	fill_list(q);
	context_say(q->base.view.ctx, "%s, %s",
		    on ? _("marked") : _("not marked"), handle);
}

static struct request
review(struct requests *q, const json_t *row)
{
	json_decref(q->about);
	q->about = json_array();
	(void)json_array_append(q->about, (json_t *)row);
	return ask_what(q);
}

static struct request
settle_marked(struct requests *q)
{
	json_t *row;
	size_t i;

	if (!json_object_size(q->marked)) {
		context_say(q->base.view.ctx, "%s",
			    _("Nothing is marked. The space bar marks."));
		return request_of(REQUEST_NONE);
	}
	json_decref(q->about);
	q->about = json_array();
	json_array_foreach(q->base.feed.rows, i, row)
	{
		if (is_marked(q, row))
			(void)json_array_append(q->about, row);
	}
	return ask_what(q);
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct requests *q = requests_of(v);
	struct request r;
	size_t i;

	if (listview_run(v, cmd, text, &r))
		return r;
	if (cmd == CMD_JUDGE)
		return judge(q, text);
	if (cmd == CMD_DECIDE)
		return settle_marked(q);
	if (!listing_focus(&q->base.list, &i))
		return r;
	if (cmd == CMD_OPEN && i != ROLE_LINE)
		return review(q, json_array_get(q->base.feed.rows, i));
	if (cmd == CMD_MARK && i != ROLE_LINE)
		mark(q, json_array_get(q->base.feed.rows, i));
	else if (cmd == CMD_OPEN || cmd == CMD_MARK)
		turn_role(q);
	return r;
}

static bool
allows(const struct view *v, enum command cmd)
{
	if (cmd == CMD_DECIDE)
		return !listing_is_empty(&const_requests(v)->base.list);
	return listview_allows(v, cmd == CMD_MARK ? CMD_OPEN : cmd);
}

static const enum command bar[] = { CMD_OPEN, CMD_MARK, CMD_DECIDE, CMD_INVITE,
				    CMD_MENU, CMD_HELP, CMD_N };

static const struct view_word bar_words[] = {
	{ CMD_OPEN, N_("Review") },
	{ CMD_MARK, N_("Mark it") },
	{ CMD_N, NULL },
};

static void
destroy(struct view *v)
{
	struct requests *q = requests_of(v);

	listview_release(&q->base);
	json_decref(q->marked);
	json_decref(q->about);
	free(q);
}

static const struct view_ops ops = {
	LISTVIEW_SHOWN,
	.place = PLACE_REQUESTS,
	.is_ready = listview_is_ready,
	.head = fill_head,
	.recalc = recalc,
	.run = run,
	.allows = allows,
	.bar = bar,
	.words = bar_words,
	.reload = listview_reload,
	.returned = listview_reload,
	.free = destroy,
};

struct view *
requests_view_new(struct context *c, const json_t *args)
{
	static const struct listing_column columns[LISTING_COLUMNS] = {
		{ .at = 29, .width = 31, .from = 52 },
		{ .at = 61, .width = 19, .from = 72 },
	};
	struct requests *q = mem_alloc(sizeof(*q));

	(void)args;
	listview_init(&q->base, &ops, c, columns);
	q->base.list.indent = DETAIL_AT;
	q->marked = json_object();
	q->wide = true;
	listview_feed(&q->base, "accounts.requests", NULL, take_rows);
	listview_reload(&q->base.view);
	return &q->base.view;
}
