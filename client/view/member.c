/*
 * member.c - see member.h. What accounts.get tells as a list; keys and
 * sessions are items that Enter asks about.
 */
#include "view/member.h"

#include <stdlib.h>
#include <string.h>

#include "base/sentence.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/deed.h"
#include "view/listview.h"

#define KEY_BEGIN 7 /* letters of a fingerprint */

/* Values: kinds of items, in their thousands. */
enum {
	FACT = 1000,
	KEY = 2000,
	SESSION = 3000,
	CHANGES = 4000,
	PROPOSAL = 5000,
	KINDS = 1000
};

struct member {
	struct listview base;
	char *handle;
	json_t *data; /* of accounts.get */
	json_t *sessions; /* rows of session.list, or NULL */
	bool loaded;
	int waits; /* for answers */
};

static struct member *
member_of(struct view *v)
{
	return (struct member *)v;
}

static const struct member *
const_member(const struct view *v)
{
	return (const struct member *)v;
}

/* Is this about them in another space than the first? */
static bool
is_here(const struct member *m)
{
	return json_object_get(m->data, "here") != NULL;
}

static const char *
role_here(const struct member *m)
{
	return args_text(m->data, "here");
}

/* --- the list --- */

static void
add_fact(struct member *m, size_t i, const char *name, const char *value)
{
	static const char *const cells[LISTING_COLUMNS] = { NULL };
	struct buf line = BUF_INIT;

	if (!*value)
		return;
	buf_printf(&line, "%s: %s", name, value);
	listing_add(&m->base.list, FACT + i, line.ptr, cells);
	buf_release(&line);
}

static void
add_moment(struct member *m, size_t i, const char *name, json_int_t when)
{
	struct buf text = BUF_INIT;

	if (when)
		sentence_moment(&text, when);
	else
		buf_str(&text, _("never"));
	add_fact(m, i, name, text.ptr);
	buf_release(&text);
}

static void
add_standing(struct member *m)
{
	struct buf text = BUF_INIT;

	buf_str(&text, sentence_role(args_text(m->data, "role")));
	if (strcmp(args_text(m->data, "standing"), "active") != 0)
		buf_printf(&text, ", %s", deed_standing(m->data));
	if (*args_text(m->data, "reason"))
		buf_printf(&text, " (%s)", args_text(m->data, "reason"));
	add_fact(m, 2, is_here(m) ? _("Role in the wiki") : _("Role"),
		 text.ptr);
	if (is_here(m))
		add_fact(m, 3, _("Role in this space"),
			 *role_here(m) ? sentence_role(role_here(m))
				       : _("no role"));
	buf_release(&text);
}

static void
add_proposal(struct member *m)
{
	static const char *const cells[LISTING_COLUMNS] = { NULL };
	struct buf line = BUF_INIT;

	deed_tell_proposal(m->data, &line);
	if (line.len)
		listing_add(&m->base.list, PROPOSAL, line.ptr, cells);
	buf_release(&line);
}

static void
add_facts(struct member *m)
{
	bool code = json_is_true(json_object_get(m->data, "code"));
	bool password = json_is_true(json_object_get(m->data, "password"));

	add_fact(m, 0, _("Name"), args_text(m->data, "name"));
	add_fact(m, 1, _("Municipality"), args_text(m->data, "organisation"));
	add_standing(m);
	add_proposal(m);
	add_moment(m, 4, _("Member since"), args_number(m->data, "created"));
	add_moment(m, 5, _("Last seen"), args_number(m->data, "seen"));
	add_fact(m, 6, _("Code from an app"), code ? _("on") : _("off"));
	add_fact(m, 7, _("Password"), password ? _("on") : _("off"));
}

static void
add_key(struct member *m, size_t i, const json_t *key)
{
	struct buf line = BUF_INIT, used = BUF_INIT;
	const char *cells[LISTING_COLUMNS] = { NULL };

	buf_printf(&line, "%s ", args_text(key, "kind"));
	sentence_key(&line, args_text(key, "fingerprint"), KEY_BEGIN);
	buf_printf(&line, " %s", args_text(key, "label"));
	if (args_number(key, "used")) {
		buf_str(&used, _("used: "));
		sentence_recently(&used, args_number(key, "used"));
	} else {
		buf_str(&used, _("not used yet"));
	}
	cells[0] = used.ptr;
	listing_add(&m->base.list, KEY + i, line.ptr, cells);
	buf_release(&line);
	buf_release(&used);
}

static void
add_contributions(struct member *m)
{
	static const char *const cells[LISTING_COLUMNS] = { NULL };
	size_t n = (size_t)args_number(m->data, "contributions");
	struct buf line = BUF_INIT;

	listing_heading(&m->base.list, _("Contributions"));
	buf_printf(&line, ngettext("%zu version", "%zu versions", n), n);
	if (args_number(m->data, "contributed")) {
		buf_str(&line, _(", the last one "));
		sentence_moment(&line, args_number(m->data, "contributed"));
	}
	listing_add(&m->base.list, CHANGES, line.ptr, cells);
	buf_release(&line);
}

static void
fill_list(struct member *m)
{
	const json_t *keys = json_object_get(m->data, "keys"), *row;
	size_t i;

	listing_clear(&m->base.list);
	add_facts(m);
	listing_heading(&m->base.list, _("Keys"));
	json_array_foreach(keys, i, row)
	{
		add_key(m, i, row);
	}
	if (!json_array_size(keys))
		listing_say(&m->base.list, _("No keys."));
	listing_heading(&m->base.list, _("Sessions"));
	json_array_foreach(m->sessions, i, row)
	{
		deed_add_session(&m->base.list, SESSION + i, row);
	}
	if (!json_array_size(m->sessions))
		listing_say(&m->base.list, _("Not signed in now."));
	add_contributions(m);
}

static void
take_one(struct member *m, const struct rpc_msg *msg, json_t **out,
	 const json_t *value)
{
	m->waits--;
	if (msg->kind == RPC_ERROR) {
		context_say_error(m->base.view.ctx, msg);
	} else {
		json_decref(*out);
		*out = json_incref((json_t *)value);
	}
	if (m->waits)
		return;
	m->loaded = true;
	if (m->data)
		fill_list(m);
	else if (!m->base.list.items.len)
		listing_say(&m->base.list, _("This could not be read."));
}

static void
take_data(void *ctx, const struct rpc_msg *msg)
{
	struct member *m = ctx;

	take_one(m, msg, &m->data, msg->result);
}

static void
take_sessions(void *ctx, const struct rpc_msg *msg)
{
	struct member *m = ctx;

	take_one(m, msg, &m->sessions, json_object_get(msg->result, "rows"));
}

static void
reload(struct view *v)
{
	struct member *m = member_of(v);

	link_forget(v->ctx->link, v);
	m->waits = 2;
	(void)link_call(v->ctx->link, "accounts.get",
			json_pack("{s:s}", "handle", m->handle), take_data, v);
	(void)link_call(v->ctx->link, "session.list",
			json_pack("{s:s}", "account", m->handle), take_sessions,
			v);
}

static bool
is_ready(const struct view *v)
{
	return const_member(v)->loaded;
}

static void
fill_head(const struct view *v, struct head *h)
{
	const struct member *m = const_member(v);

	buf_printf(&h->title, _("Member: %s"), m->handle);
	buf_str(&h->state, *role_here(m) ? sentence_role(role_here(m))
					 : deed_standing(m->data));
	buf_str(&h->place,
		_("Enter on a key or a session takes it away. m: all else."));
}

/* --- acting --- */

static struct request
ask_key(const struct member *m, const json_t *key)
{
	const char *print = args_text(key, "fingerprint");
	json_t *deed = json_array();
	struct buf about = BUF_INIT;
	struct request r;

	buf_printf(&about, "%s\n", print);
	buf_str(&about,
		_("It lets nobody in from now on. Who is signed in with it "
		  "stays so until you end the session. They can add it "
		  "again."));
	r = deed_ask(_("Question: take this key away from its owner?"),
		     about.ptr);
	deed_add(deed, "accounts.drop_key",
		 json_pack("{s:s, s:s}", "handle", m->handle, "fingerprint",
			   print),
		 m->handle);
	deed_answer(r.question, _("Yes, take it away"), deed);
	buf_release(&about);
	return r;
}

static struct request
open_item(const struct member *m, size_t value)
{
	size_t i = value % KINDS;

	switch (value - i) {
	case KEY:
		return ask_key(
			m, json_array_get(json_object_get(m->data, "keys"), i));
	case SESSION:
		return deed_ask_end(m->handle, json_array_get(m->sessions, i));
	case PROPOSAL:
		return deed_ask_proposal(m->data);
	case CHANGES:
		return request_show(SCREEN_CHANGES,
				    json_pack("{s:s}", "handle", m->handle));
	default:
		context_say(m->base.view.ctx, "%s",
			    _("Enter does nothing here; m lists what you can "
			      "do with this account."));
		return request_of(REQUEST_NONE);
	}
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct member *m = member_of(v);
	struct request r;
	size_t value;

	if (listview_run(v, cmd, text, &r))
		return r;
	if (!m->data || !deed_allows(m->data, cmd)) {
		context_say(v->ctx, "%s",
			    _("That is not possible for this person as they "
			      "are now."));
		return r;
	}
	switch ((int)cmd) {
	case CMD_OPEN:
		return listing_focus(&m->base.list, &value)
			       ? open_item(m, value)
			       : r;
	case CMD_ROLE:
		return is_here(m) ? deed_ask_role_here(m->handle, role_here(m))
				  : deed_ask_role(m->data);
	case CMD_BLOCK:
		return deed_ask_block(m->data);
	case CMD_UNBLOCK:
		return deed_ask_unblock(m->data);
	case CMD_END_SESSIONS:
		return deed_ask_end(m->handle, NULL);
	case CMD_FORGET:
		return deed_ask_forget(m->data);
	case CMD_RECORDS:
		return request_show(SCREEN_RECORDS,
				    json_pack("{s:s}", "about", m->handle));
	default:
		return r;
	}
}

static bool
allows(const struct view *v, enum command cmd)
{
	return deed_allows(const_member(v)->data, cmd);
}

static const enum command bar[] = { CMD_OPEN, CMD_ROLE, CMD_RECORDS, CMD_BACK,
				    CMD_LOOK, CMD_MENU, CMD_HELP,    CMD_N };

static void
destroy(struct view *v)
{
	struct member *m = member_of(v);

	listview_release(&m->base);
	json_decref(m->data);
	json_decref(m->sessions);
	free(m->handle);
	free(m);
}

static const struct view_ops ops = {
	LISTVIEW_SHOWN,
	.place = PLACE_MEMBER,
	.is_ready = is_ready,
	.head = fill_head,
	.recalc = listview_recalc,
	.run = run,
	.allows = allows,
	.bar = bar,
	.reload = reload,
	.returned = reload,
	.free = destroy,
};

struct view *
member_view_new(struct context *c, const json_t *args)
{
	static const struct listing_column columns[LISTING_COLUMNS] = {
		{ .at = 56, .width = 24, .from = 60 },
	};
	struct member *m = mem_alloc(sizeof(*m));

	listview_init(&m->base, &ops, c, columns);
	m->handle = mem_strdup(args_text(args, "handle"));
	reload(&m->base.view);
	return &m->base.view;
}
