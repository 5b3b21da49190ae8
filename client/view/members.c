/* members.c - see members.h. Values are indexes of the rows. */
#include "view/members.h"

#include <stdlib.h>

#include "base/sentence.h"
#include "plein/clock.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/deed.h"
#include "view/filters.h"
#include "view/listview.h"

#define DAY 86400
#define LONG_AGO (90 * DAY)
#define ADMIT ((size_t)-1) /* the item behind those of a space */

struct members {
	struct listview base;
	struct filters filters;
	bool admitting; /* somebody who gets a role here is */
	size_t n; /* there are, as the wiki says */
	bool greeted; /* where it is noted was said */
	bool sorted; /* how many there are now is to be said */
};

static struct members *
members_of(struct view *v)
{
	return (struct members *)v;
}

static const struct members *
const_members(const struct view *v)
{
	return (const struct members *)v;
}

/* Are these the members of another space than the first? */
static bool
is_here(const struct members *m)
{
	return !context_in_first_space(m->base.view.ctx);
}

/* --- which of them --- */

static json_t *
make_params(const struct members *m)
{
	json_t *params = json_copy(m->filters.values);

	if (json_object_get(params, "unseen"))
		(void)json_object_set_new(
			params, "unseen",
			json_integer(clock_wall() - LONG_AGO));
	return params;
}

static void
reload(struct view *v)
{
	struct members *m = members_of(v);

	feed_reload(&m->base.feed, make_params(m));
}

static void
show_others(struct view *v)
{
	struct members *m = members_of(v);

	m->sorted = true;
	listing_want(&m->base.list, 0);
	reload(v);
}

static const char *const roles[] = { "lezer", "bijdrager", "redacteur",
				     "beheerder", NULL };

static const struct filter filters[] = {
	{ .key = "role",
	  .kind = FILTER_LIST,
	  .label = N_("With one role"),
	  .word = "",
	  .question = N_("Which role?"),
	  .values = roles,
	  .name = sentence_role },
	{ .key = "words",
	  .label = N_("By letters of a name or municipality"),
	  .word = "",
	  .question = N_("Letters of a short name, a name or a "
			 "municipality") },
	{ .key = "unseen",
	  .kind = FILTER_FLAG,
	  .label = N_("Not seen for 90 days"),
	  .word = N_("not seen for 90 days") },
	/* these are about accounts, not about who has a role here */
	{ .key = "codeless",
	  .kind = FILTER_FLAG,
	  .label = N_("Without a code from an app"),
	  .word = N_("without code") },
	{ .key = "out",
	  .kind = FILTER_FLAG,
	  .label = N_("Without access: waiting, refused, stopped"),
	  .word = N_("without access") },
};

#define FILTERS (sizeof(filters) / sizeof(filters[0]))

static const struct filter_set filter_sets[] = {
	{ .rows = filters,
	  .n_rows = FILTERS,
	  .single = true,
	  .question = N_("Which members do you want to see?"),
	  .all = N_("Everybody"),
	  .changed = show_others },
	/* in another space than the first */
	{ .rows = filters,
	  .n_rows = FILTERS - 2,
	  .single = true,
	  .question = N_("Which members do you want to see?"),
	  .all = N_("Everybody"),
	  .changed = show_others },
};

/* --- the list --- */

static void
add_row(struct listview *l, size_t i, const json_t *row)
{
	const json_t *code = json_object_get(row, "code");
	json_int_t seen = args_number(row, "seen");
	struct buf when = BUF_INIT, proposed = BUF_INIT;
	const char *cells[LISTING_COLUMNS] = { deed_standing(row),
					       args_text(row, "organisation") };

	if (code)
		cells[2] = json_is_true(code) ? _("code on") : _("code off");
	if (seen)
		sentence_recently(&when, seen);
	else
		buf_str(&when, _("never"));
	cells[3] = when.ptr;
	listing_add(&l->list, i, args_text(row, "handle"), cells);
	deed_tell_proposal(row, &proposed);
	if (proposed.len)
		listing_detail(&l->list, proposed.ptr, 2);
	buf_release(&when);
	buf_release(&proposed);
}

static void
add_roles(struct listing *l)
{
	listing_say(l, _("Roles"));
	listing_gap(l);
	listing_say(l, _("A reader reads and follows. A contributor writes and "
			 "comments. An editor rolls back, moves, closes "
			 "discussions. An administrator lets people in and "
			 "may do everything."));
}

static void
fill_list(struct view *v)
{
	static const char *const cells[LISTING_COLUMNS] = { NULL };
	struct members *m = members_of(v);
	struct listing *l = &m->base.list;
	const json_t *count = json_object_get(m->base.feed.result, "count");

	if (count)
		m->n = (size_t)json_integer_value(count);
	listview_fill(v, add_row, _("There is nobody like that."));
	if (is_here(m)) {
		listing_add(l, ADMIT, _("Give somebody a role here"), cells);
		listing_gap(l);
	}
	add_roles(l);
	if (!m->greeted)
		context_say(v->ctx, "%s",
			    _("Who changes something here is in the log of "
			      "administration."));
	else if (m->sorted)
		context_say(v->ctx, ngettext("%zu member", "%zu members", m->n),
			    m->n);
	m->greeted = true;
	m->sorted = false;
}

static void
fill_head(const struct view *v, struct head *h)
{
	const struct members *m = const_members(v);

	buf_str(&h->title, is_here(m) ? _("Administration: members here")
				      : _("Administration: members and roles"));
	buf_printf(&h->state, ngettext("%zu member", "%zu members", m->n),
		   m->n);
	if (filters_only(&m->filters, h))
		return;
	if (is_here(m))
		buf_str(&h->place, _("Who has a role in this space. f Filter: "
				     "role, letters, long not seen"));
	else
		buf_str(&h->place,
			_("By short name. f Filter: role, municipality, long "
			  "not seen, without code"));
}

/* --- acting --- */

static struct request
show_member(const json_t *row)
{
	return request_show(SCREEN_MEMBER, json_pack("{s:s}", "handle",
						     args_text(row, "handle")));
}

static struct request
ask_whom(struct members *m)
{
	struct request r = request_text(
		REQUEST_FIELD, _("Who gets a role in this space? Type the "
				 "short name"));

	m->admitting = true;
	r.command = CMD_JUDGE;
	return r;
}

/* In another space than the first; `row` NULL: behind the last. */
static struct request
act_here(struct members *m, const json_t *row, enum command cmd)
{
	if (cmd == CMD_OPEN && !row)
		return ask_whom(m);
	if (row && cmd == CMD_OPEN &&
	    context_is_administrator(m->base.view.ctx))
		return show_member(row);
	if (row && (cmd == CMD_OPEN || cmd == CMD_ROLE))
		return deed_ask_role_here(args_text(row, "handle"),
					  args_text(row, "role"));
	return request_of(REQUEST_NONE);
}

static struct request
act(const json_t *row, enum command cmd)
{
	switch ((int)cmd) {
	case CMD_OPEN:
		return show_member(row);
	case CMD_ROLE:
		return deed_ask_role(row);
	case CMD_BLOCK:
		return deed_ask_block(row);
	case CMD_UNBLOCK:
		return deed_ask_unblock(row);
	default:
		return request_of(REQUEST_NONE);
	}
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct members *m = members_of(v);
	const json_t *row;
	struct request r;

	if (cmd == CMD_FILTER)
		return filters_run(&m->filters, text);
	if (cmd == CMD_JUDGE && text && m->admitting)
		return deed_ask_role_here(text, "");
	m->admitting = false;
	if (listview_run(v, cmd, text, &r))
		return r;
	if (cmd == CMD_RECORDS)
		return request_show(SCREEN_RECORDS, NULL);
	row = listview_row(&m->base);
	if (is_here(m))
		return act_here(m, row, cmd);
	if (row && !deed_allows(row, cmd)) {
		context_say(v->ctx, "%s",
			    _("That is not possible for this person as they "
			      "are now."));
		return r;
	}
	return row ? act(row, cmd) : r;
}

static bool
allows(const struct view *v, enum command cmd)
{
	const struct members *m = const_members(v);
	const json_t *row = listview_row(&m->base);

	if (cmd == CMD_BLOCK || cmd == CMD_UNBLOCK)
		return !is_here(m) && row && deed_allows(row, cmd);
	if (cmd == CMD_ROLE)
		return row && (is_here(m) || deed_allows(row, cmd));
	return listview_allows(v, cmd);
}

static const enum command bar[] = { CMD_OPEN,	CMD_ROLE,    CMD_INVITE,
				    CMD_FILTER, CMD_RECORDS, CMD_MENU,
				    CMD_HELP,	CMD_N };

static struct request
preview(const struct view *v)
{
	const json_t *row = listview_row(&const_members(v)->base);

	return row ? show_member(row) : request_of(REQUEST_NONE);
}

static void
destroy(struct view *v)
{
	struct members *m = members_of(v);

	filters_release(&m->filters);
	listview_release(&m->base);
	free(m);
}

#define MEMBERS_OPS \
	LISTVIEW_ROWS, .place = PLACE_MEMBERS, .head = fill_head, .run = run, \
		       .allows = allows, .bar = bar, .reload = reload, \
		       .returned = reload, .free = destroy

static const struct view_ops ops = { MEMBERS_OPS, .preview = preview };

/* Who keeps only the space sees no account beside the list: it has all of the
 * window. */
static const struct view_ops ops_alone = { MEMBERS_OPS };

struct view *
members_view_new(struct context *c, const json_t *args)
{
	static const struct listing_column columns[LISTING_COLUMNS] = {
		{ .at = 23, .width = 11, .early = 2 },
		{ .at = 35, .width = 15, .from = 60 },
		{ .at = 51, .width = 9, .from = 52 },
		{ .at = 61, .width = 19, .from = 76 },
	};
	struct members *m = mem_alloc(sizeof(*m));

	(void)args;
	listview_init(&m->base, context_is_administrator(c) ? &ops : &ops_alone,
		      c, columns);
	filters_init(&m->filters, &filter_sets[is_here(m)], &m->base.view,
		     NULL);
	listview_feed(&m->base, is_here(m) ? "member.list" : "user.list",
		      "after", fill_list);
	reload(&m->base.view);
	return &m->base.view;
}
