/* records.c - see records.h. Newest first; values are indexes of the rows. */
#include "view/records.h"

#include <stdlib.h>
#include <string.h>

#include "base/sentence.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/filters.h"
#include "view/listview.h"

struct records {
	struct listview base;
	struct filters filters; /* parameters of audit.list */
};

/* What was done, where a person is to read it. */
static const struct {
	const char *act, *words;
} acts[] = {
	{ "session.open", N_("signed in") },
	{ "auth.password", N_("signed in") },
	{ "auth.code", N_("signed in") },
	{ "session.end", N_("ended a session") },
	{ "git.clone", N_("began to clone or fetch") },
	{ "git.clone.end", N_("was done cloning or fetching") },
	{ "git.push", N_("began to send changes") },
	{ "git.push.end", N_("was done sending changes") },
	{ "register.submit", N_("applied") },
	{ "register.change", N_("changed the request") },
	{ "register.withdraw", N_("took the request back") },
	{ "register.invite", N_("used an invitation") },
	{ "invite.use", N_("used an invitation") },
	{ "register.ask", N_("asked something") },
	{ "accounts.approve", N_("let in") },
	{ "accounts.refuse", N_("refused") },
	{ "accounts.undo", N_("took a decision back") },
	{ "accounts.block", N_("stopped access") },
	{ "accounts.unblock", N_("let in again") },
	{ "accounts.role", N_("changed the role") },
	{ "accounts.drop_key", N_("took a key away") },
	{ "accounts.close", N_("took the name out of the wiki") },
	{ "invite.create", N_("made an invitation") },
	{ "invite.revoke", N_("withdrew an invitation") },
	{ "setting.set", N_("changed a setting") },
	{ "user.add", N_("added an account") },
	{ "user.reset", N_("reset a way to sign in") },
	{ "user.password", N_("set a password") },
	{ "key.add", N_("added a key") },
	{ "key.remove", N_("took a key away") },
	{ "key.rename", N_("named a key") },
	{ "profile.set", N_("changed the profile") },
	{ "round.cancel", N_("cancelled a round of reflection") },
	{ "denied", N_("had no right") },
	{ "refused.more", N_("was refused more often") },
	{ "guest.more", N_("did more, as a guest") },
};

static struct records *
records_of(struct view *v)
{
	return (struct records *)v;
}

static const struct records *
const_records(const struct view *v)
{
	return (const struct records *)v;
}

/* --- the list --- */

static const char *
name_act(const char *act)
{
	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++)
		if (strcmp(acts[i].act, act) == 0)
			return gettext(acts[i].words);
	return act;
}

static const char *
name_result(const char *result)
{
	return strcmp(result, "ok") == 0 ? "" : _("turned down");
}

static void
add_detail(struct listview *p, const json_t *row)
{
	struct buf line = BUF_INIT;

	if (*args_text(row, "from"))
		buf_printf(&line, _("from %s, "), args_text(row, "from"));
	buf_str(&line, args_text(row, "door"));
	if (strcmp(args_text(row, "result"), "ok") != 0)
		buf_printf(&line, ", %s", args_text(row, "result"));
	if (*args_text(row, "detail"))
		buf_printf(&line, ". %s", args_text(row, "detail"));
	listing_detail(&p->list, line.ptr, 1);
	buf_release(&line);
}

static void
add_row(struct listview *p, size_t i, const json_t *row)
{
	struct buf line = BUF_INIT, when = BUF_INIT;
	const char *cells[LISTING_COLUMNS] = { NULL };
	const char *who = args_text(row, "who"),
		   *about = args_text(row, "about");

	if (!*who)
		who = strcmp(args_text(row, "door"), "host") == 0
			      ? _("the host")
			      : _("somebody");
	buf_printf(&line, "%s %s", who, name_act(args_text(row, "act")));
	if (*about)
		buf_printf(&line, ": %s", about);
	cells[0] = name_result(args_text(row, "result"));
	sentence_moment(&when, args_number(row, "time"));
	cells[1] = when.ptr;
	listing_add(&p->list, i, line.ptr, cells);
	add_detail(p, row);
	buf_release(&line);
	buf_release(&when);
}

static void
fill_list(struct view *v)
{
	listview_fill(v, add_row, _("Nothing like that was done."));
}

static void
reload(struct view *v)
{
	feed_reload(&records_of(v)->base.feed,
		    json_copy(records_of(v)->filters.values));
}

static void
fill_head(const struct view *v, struct head *h)
{
	buf_str(&h->title, _("Administration: log"));
	filters_place(&const_records(v)->filters,
		      _("all that was done. f narrows."), h);
}

/* --- narrowing it --- */

static const struct filter filters[] = {
	{ .key = "person", .kind = FILTER_PERSON, .word = N_("of") },
	{ .key = "since", .kind = FILTER_SINCE },
	{ .key = "refused",
	  .kind = FILTER_FLAG,
	  .label = N_("What was refused"),
	  .word = N_("what was refused") },
};

static const struct filter_set filter_set = {
	.rows = filters,
	.n_rows = sizeof(filters) / sizeof(filters[0]),
	.question = N_("What do you want to see?"),
	.all = N_("Everything"),
	.changed = reload,
};

/* --- acting --- */

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct records *p = records_of(v);
	struct request r;
	const json_t *row;

	if (cmd == CMD_FILTER)
		return filters_run(&p->filters, text);
	if (listview_run(v, cmd, text, &r))
		return r;
	row = listview_row(&p->base);
	if (cmd != CMD_OPEN)
		return r;
	if (*args_text(row, "about") || *args_text(row, "who"))
		return request_show(SCREEN_MEMBER,
				    json_pack("{s:s}", "handle",
					      *args_text(row, "about")
						      ? args_text(row, "about")
						      : args_text(row, "who")));
	return r;
}

static bool
allows(const struct view *v, enum command cmd)
{
	return listview_allows(v, cmd) && cmd != CMD_INVITE &&
	       cmd != CMD_RECORDS;
}

static const enum command bar[] = { CMD_OPEN, CMD_FILTER, CMD_BACK,
				    CMD_LOOK, CMD_HOME,	  CMD_WHERE,
				    CMD_MENU, CMD_HELP,	  CMD_N };

static const struct view_word bar_words[] = {
	{ CMD_OPEN, N_("See the person") },
	{ CMD_N, NULL },
};

static void
destroy(struct view *v)
{
	struct records *p = records_of(v);

	filters_release(&p->filters);
	listview_release(&p->base);
	free(p);
}

static const struct view_ops ops = {
	LISTVIEW_ROWS,	    .place = PLACE_ADMIN, .head = fill_head,
	.run = run,	    .allows = allows,	  .bar = bar,
	.words = bar_words, .reload = reload,	  .free = destroy,
};

struct view *
records_view_new(struct context *c, const json_t *args)
{
	static const struct listing_column columns[LISTING_COLUMNS] = {
		{ .at = 49, .width = 11, .from = 60 },
		{ .at = 61, .width = 19, .from = 76 },
	};
	struct records *p = mem_alloc(sizeof(*p));

	listview_init(&p->base, &ops, c, columns);
	filters_init(
		&p->filters, &filter_set, &p->base.view,
		json_pack("{s:s*}", "person",
			  json_string_value(json_object_get(args, "about"))));
	listview_feed(&p->base, "audit.list", "before", fill_list);
	reload(&p->base.view);
	return &p->base.view;
}
