/*
 * admin.c - see admin.h. One list, of what a table says: what it asks the
 * wiki, how a row is shown, what Enter does with it.
 */
#include "view/admin.h"

#include <string.h>

#include "base/sentence.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/deed.h"
#include "view/listview.h"

struct admin;

struct roll {
	const char *method;
	bool all; /* it is asked for all people */
	const char *title, *place, *empty; /* msgids */
	const char *open; /* msgid: what Enter does, or NULL */
	void (*fill)(struct admin *a);
	struct request (*press)(const struct admin *a, size_t i);
};

struct admin {
	struct listview base; /* values are indexes */
	const struct roll *roll;
};

static struct admin *
admin_of(struct view *v)
{
	return (struct admin *)v;
}

static const struct admin *
const_admin(const struct view *v)
{
	return (const struct admin *)v;
}

/* --- where they begin ------------------------------------------------------ */

/* `here`: in another space than the first it is about that one. */
static const struct {
	enum screen screen;
	bool here;
	const char *name, *means, *means_here;
} parts[] = {
	{ SCREEN_REQUESTS, false, N_("Requests"), N_("who wants to take part"),
	  NULL },
	{ SCREEN_MEMBERS, true, N_("Members and roles"),
	  N_("everybody with an account"), N_("who has a role in this space") },
	{ SCREEN_INVITES, true, N_("Invitations"),
	  N_("codes that let somebody in at once"),
	  N_("codes that give a role in this space") },
	{ SCREEN_SESSIONS, false, N_("Sessions"), N_("who is signed in now"),
	  NULL },
	{ SCREEN_SETTINGS, false, N_("Settings"), N_("how this wiki behaves"),
	  NULL },
	{ SCREEN_RECORDS, true, N_("Log"), N_("what was done, and by whom"),
	  N_("what was done in this space, and by whom") },
};

/* Those that are about this space come from wherever one is; the others are
 * of who looks after the wiki. */
static void
fill_parts(struct admin *a)
{
	const struct context *c = a->base.view.ctx;
	bool first = context_in_first_space(c);
	size_t n = (size_t)args_number(c->session, "requests");
	const char *cells[LISTING_COLUMNS] = { NULL };
	struct buf wait = BUF_INIT;

	if (n)
		buf_printf(&wait, ngettext("%zu waits", "%zu wait", n), n);
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (!parts[i].here && !context_is_administrator(c))
			continue;
		cells[0] =
			gettext(first || !parts[i].here ? parts[i].means
							: parts[i].means_here);
		cells[1] = parts[i].screen == SCREEN_REQUESTS ? wait.ptr : "";
		listing_add(&a->base.list, i, gettext(parts[i].name), cells);
	}
	buf_release(&wait);
}

static struct request
open_part(const struct admin *a, size_t i)
{
	(void)a;
	return request_show(parts[i].screen, NULL);
}

/* --- invitations ----------------------------------------------------------- */

static void
fill_invites(struct admin *a)
{
	const char *cells[LISTING_COLUMNS] = { NULL };
	struct buf name = BUF_INIT, left = BUF_INIT, until = BUF_INIT;
	const json_t *row;
	size_t i, n;

	json_array_foreach(a->base.feed.rows, i, row)
	{
		n = (size_t)args_number(row, "uses");
		buf_reset(&name);
		buf_reset(&left);
		buf_reset(&until);
		buf_printf(&name, _("%lld, %s, by %s"),
			   (long long)args_number(row, "number"),
			   sentence_role(args_text(row, "role")),
			   *args_text(row, "maker") ? args_text(row, "maker")
						    : _("the host"));
		buf_printf(&left, ngettext("%zu person", "%zu people", n), n);
		buf_str(&until, _("until "));
		sentence_day(&until, args_number(row, "expires"));
		cells[0] = left.ptr;
		cells[1] = until.ptr;
		listing_add(&a->base.list, i, name.ptr, cells);
	}
	buf_release(&name);
	buf_release(&left);
	buf_release(&until);
}

static struct request
ask_revoke(const struct admin *a, size_t i)
{
	json_t *deed = json_array();
	struct request r = deed_ask(_("Question: withdraw this invitation?"),
				    _("Its code lets nobody in any more. Who "
				      "came in by it stays."));

	deed_add(deed, "invite.revoke",
		 json_pack("{s:I}", "number",
			   args_number(feed_row(&a->base.feed, i), "number")),
		 "");
	deed_answer(r.question, _("Yes, withdraw it"), deed);
	return r;
}

/* --- sessions -------------------------------------------------------------- */

static void
fill_sessions(struct admin *a)
{
	const char *cells[LISTING_COLUMNS] = { NULL };
	struct buf since = BUF_INIT, git = BUF_INIT;
	const json_t *row;
	size_t i;

	json_array_foreach(a->base.feed.rows, i, row)
	{
		buf_reset(&since);
		buf_reset(&git);
		buf_str(&since, _("since "));
		sentence_moment(&since, args_number(row, "since"));
		cells[0] = json_is_true(json_object_get(row, "own"))
				   ? _("this one")
				   : args_text(row, "from");
		cells[1] = since.ptr;
		listing_add(&a->base.list, i, args_text(row, "account"), cells);
		if (deed_name_git(row, &git))
			listing_detail(&a->base.list, git.ptr, 1);
	}
	buf_release(&since);
	buf_release(&git);
}

static struct request
ask_end(const struct admin *a, size_t i)
{
	const json_t *row = feed_row(&a->base.feed, i);

	return deed_ask_end(args_text(row, "account"), row);
}

/* --- the view -------------------------------------------------------------- */

static const struct roll hub = {
	.method = "accounts.requests",
	.title = N_("Administration"),
	.place = N_("Letting people in, roles, settings, and who did what."),
	.empty = "",
	.fill = fill_parts,
	.press = open_part,
};

static const struct roll invites = {
	.method = "invite.list",
	.title = N_("Administration: invitations"),
	.place = N_("Those that still let somebody in. The code itself is not "
		    "kept."),
	.empty = N_("There are no invitations. n makes one."),
	.open = N_("Withdraw"),
	.fill = fill_invites,
	.press = ask_revoke,
};

static const struct roll sessions = {
	.method = "session.list",
	.all = true,
	.title = N_("Administration: sessions"),
	.place = N_("Who is signed in now, and from where."),
	.empty = N_("Nobody is signed in."),
	.open = N_("End"),
	.fill = fill_sessions,
	.press = ask_end,
};

static void
fill_list(struct view *v)
{
	struct admin *a = admin_of(v);

	if (a->roll == &hub && a->base.feed.result)
		(void)json_object_set_new(
			v->ctx->session, "requests",
			json_integer((json_int_t)feed_size(&a->base.feed)));
	listing_clear(&a->base.list);
	a->roll->fill(a);
	if (!a->base.list.items.len)
		listing_say(&a->base.list, gettext(a->roll->empty));
}

static void
reload(struct view *v)
{
	const struct admin *a = admin_of(v);

	if (a->roll == &hub) { /* it leads on, whatever the wiki answers */
		fill_list(v);
		if (!context_is_administrator(v->ctx)) {
			admin_of(v)->base.feed.loaded = true;
			return;
		}
	}
	feed_reload(&admin_of(v)->base.feed,
		    a->roll->all ? json_pack("{s:b}", "all", 1) : NULL);
}

static void
fill_head(const struct view *v, struct head *h)
{
	const struct admin *a = const_admin(v);
	size_t n = feed_size(&a->base.feed);

	buf_str(&h->title, gettext(a->roll->title));
	buf_str(&h->place, gettext(a->roll->place));
	if (a->roll == &invites)
		buf_printf(&h->state,
			   ngettext("%zu invitation", "%zu invitations", n), n);
	if (a->roll == &sessions)
		buf_printf(&h->state,
			   ngettext("%zu session", "%zu sessions", n), n);
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct admin *a = admin_of(v);
	struct request r;
	size_t i;

	if (listview_run(v, cmd, text, &r))
		return r;
	if (cmd == CMD_RECORDS)
		return request_show(SCREEN_RECORDS, NULL);
	if (cmd == CMD_OPEN && listing_focus(&a->base.list, &i))
		return a->roll->press(a, i);
	return r;
}

static bool
allows(const struct view *v, enum command cmd)
{
	return listview_allows(v, cmd) && cmd != CMD_FILTER;
}

static const enum command bar[] = { CMD_OPEN, CMD_INVITE, CMD_RECORDS, CMD_BACK,
				    CMD_HOME, CMD_MENU,	  CMD_HELP,    CMD_N };

static void
name(const struct view *v, enum command cmd, struct buf *key, struct buf *word)
{
	(void)key;
	if (cmd == CMD_OPEN && const_admin(v)->roll->open)
		buf_str(word, gettext(const_admin(v)->roll->open));
}

static const struct view_ops ops = {
	LISTVIEW_ROWS,	    .place = PLACE_ADMIN,
	.head = fill_head,  .run = run,
	.allows = allows,   .bar = bar,
	.name = name,	    .reload = reload,
	.returned = reload, .free = listview_free,
};

static struct view *
open_roll(struct context *c, const struct roll *roll)
{
	static const struct listing_column columns[LISTING_COLUMNS] = {
		{ .at = 34, .width = 24, .from = 60 },
		{ .at = 59, .width = 21, .from = 76 },
	};
	static const struct listing_column few[LISTING_COLUMNS] = {
		{ .at = 26, .width = 38, .from = 70 },
		{ .at = 66, .width = 14, .right = true },
	};
	struct admin *a = mem_alloc(sizeof(*a));

	listview_init(&a->base, &ops, c, roll == &hub ? few : columns);
	a->roll = roll;
	listview_feed(&a->base, roll->method, NULL, fill_list);
	reload(&a->base.view);
	return &a->base.view;
}

struct view *
admin_view_new(struct context *c, const json_t *args)
{
	(void)args;
	return open_roll(c, &hub);
}

struct view *
invites_view_new(struct context *c, const json_t *args)
{
	(void)args;
	return open_roll(c, &invites);
}

struct view *
sessions_view_new(struct context *c, const json_t *args)
{
	(void)args;
	return open_roll(c, &sessions);
}
