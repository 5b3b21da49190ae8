/* members.c - see members.h. Values are indexes of the rows. */
#include "view/members.h"

#include <stdlib.h>
#include <string.h>

#include "base/sentence.h"
#include "plein/clock.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/utf8.h"
#include "view/deed.h"
#include "view/listview.h"

#define DAY 86400
#define LONG_AGO (90 * DAY)

/* What can be asked for: everybody, a standing or a role, a municipality. */
enum sort { ALL, ROLE, PLACE, AWAY, NO_CODE, NOT_IN };

struct members {
	struct listview base;
	enum sort sort;
	char *value; /* of ROLE and PLACE, or NULL */
	bool asking; /* a municipality is typed */
	size_t n; /* that are shown */
	bool greeted; /* where it is noted was said */
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

static bool
is_active(const json_t *row)
{
	return strcmp(args_text(row, "standing"), "active") == 0;
}

/* --- which of them --- */

static bool
has_part(const char *text, const char *part)
{
	struct buf a = BUF_INIT, b = BUF_INIT;
	bool has;

	utf8_fold(&a, text, strlen(text));
	utf8_fold(&b, part, strlen(part));
	has = strstr(a.ptr, b.ptr) != NULL;
	buf_release(&a);
	buf_release(&b);
	return has;
}

static bool
is_wanted(const struct members *m, const json_t *row)
{
	switch (m->sort) {
	case ROLE:
		return is_active(row) &&
		       strcmp(args_text(row, "role"), m->value) == 0;
	case PLACE:
		return has_part(args_text(row, "organisation"), m->value);
	case AWAY:
		return args_number(row, "seen") < clock_wall() - LONG_AGO;
	case NO_CODE:
		return !json_is_true(json_object_get(row, "code"));
	case NOT_IN:
		return !is_active(row);
	case ALL:
	default:
		return true;
	}
}

static void
tell_sort(const struct members *m, struct buf *out)
{
	static const char *const words[] = {
		[AWAY] = N_("not seen for 90 days"),
		[NO_CODE] = N_("without code"),
		[NOT_IN] = N_("without access"),
	};

	if (m->sort == ROLE)
		buf_str(out, sentence_role(m->value));
	else if (m->sort == PLACE)
		buf_str(out, m->value);
	else
		buf_str(out, gettext(words[m->sort]));
}

/* --- the list --- */

static void
add_row(struct members *m, size_t i, const json_t *row)
{
	json_int_t seen = args_number(row, "seen");
	bool code = json_is_true(json_object_get(row, "code"));
	struct buf when = BUF_INIT, proposed = BUF_INIT;
	const char *cells[LISTING_COLUMNS] = { deed_standing(row),
					       args_text(row, "organisation"),
					       code ? _("code on")
						    : _("code off") };

	if (seen)
		sentence_recently(&when, seen);
	else
		buf_str(&when, _("never"));
	cells[3] = when.ptr;
	listing_add(&m->base.list, i, args_text(row, "handle"), cells);
	deed_tell_proposal(row, &proposed);
	if (proposed.len)
		listing_detail(&m->base.list, proposed.ptr, 2);
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
fill_list(struct members *m)
{
	const json_t *row;
	size_t i;

	listing_clear(&m->base.list);
	m->n = 0;
	json_array_foreach(m->base.feed.rows, i, row)
	{
		if (!is_wanted(m, row))
			continue;
		add_row(m, i, row);
		m->n++;
	}
	if (!m->n)
		listing_say(&m->base.list, _("There is nobody like that."));
	add_roles(&m->base.list);
}

static void
take_rows(struct view *v)
{
	struct members *m = members_of(v);

	fill_list(m);
	if (!m->greeted)
		context_say(v->ctx, "%s",
			    _("Who changes something here is in the log of "
			      "administration."));
	m->greeted = true;
}

static void
fill_head(const struct view *v, struct head *h)
{
	const struct members *m = const_members(v);

	buf_str(&h->title, _("Administration: members and roles"));
	buf_printf(&h->state, ngettext("%zu member", "%zu members", m->n),
		   m->n);
	if (m->sort == ALL) {
		buf_str(&h->place,
			_("By short name. f Filter: role, municipality, long "
			  "not seen, without code"));
		return;
	}
	buf_str(&h->only, _("Only: "));
	tell_sort(m, &h->only);
	buf_str(&h->place, h->only.ptr);
}

/* --- narrowing it --- */

static struct request
ask_filter(void)
{
	struct request r = request_of(REQUEST_ASK);

	r.question = question_new(_("Which members do you want to see?"), NULL);
	question_add(r.question, _("Leave it as it is"), CMD_N, NULL);
	question_add(r.question, _("With one role"), CMD_FILTER, "role");
	question_add(r.question, _("Of one municipality"), CMD_FILTER, "place");
	question_add(r.question, _("Not seen for 90 days"), CMD_FILTER, "away");
	question_add(r.question, _("Without a code from an app"), CMD_FILTER,
		     "no-code");
	question_add(r.question, _("Without access: waiting, refused, stopped"),
		     CMD_FILTER, "not-in");
	question_add(r.question, _("Everybody"), CMD_FILTER, "all");
	return r;
}

static struct request
ask_role(void)
{
	static const char *const roles[] = { "lezer", "bijdrager", "redacteur",
					     "beheerder" };
	struct request r = request_of(REQUEST_ASK);

	r.question = question_new(_("Which role?"), NULL);
	question_add(r.question, _("Leave it as it is"), CMD_N, NULL);
	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		question_add(r.question, sentence_role(roles[i]), CMD_FILTER,
			     roles[i]);
	return r;
}

static void
set_sort(struct members *m, enum sort sort, const char *value)
{
	free(m->value);
	m->value = value ? mem_strdup(value) : NULL;
	m->sort = sort;
	fill_list(m);
	context_say(m->base.view.ctx,
		    ngettext("%zu member", "%zu members", m->n), m->n);
}

static struct request
filter(struct members *m, const char *text)
{
	static const struct {
		const char *word;
		enum sort sort;
	} words[] = {
		{ "away", AWAY },
		{ "no-code", NO_CODE },
		{ "not-in", NOT_IN },
		{ "all", ALL },
	};
	struct request r = request_of(REQUEST_NONE);

	if (!text)
		return ask_filter();
	if (m->asking) {
		m->asking = false;
		set_sort(m, PLACE, text);
		return r;
	}
	if (strcmp(text, "role") == 0)
		return ask_role();
	if (strcmp(text, "place") == 0) {
		m->asking = true;
		r = request_text(REQUEST_FIELD,
				 _("Of which municipality or organisation? A "
				   "part of the name will do."));
		r.command = CMD_FILTER;
		return r;
	}
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(text, words[i].word) == 0) {
			set_sort(m, words[i].sort, NULL);
			return r;
		}
	set_sort(m, ROLE, text);
	return r;
}

/* --- acting --- */

static struct request
act(const json_t *row, enum command cmd)
{
	const char *handle = args_text(row, "handle");

	switch ((int)cmd) {
	case CMD_OPEN:
		return request_show(SCREEN_MEMBER,
				    json_pack("{s:s}", "handle", handle));
	case CMD_RECORDS:
		return request_show(SCREEN_RECORDS, NULL);
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
		return filter(m, text);
	m->asking = false;
	if (listview_run(v, cmd, text, &r))
		return r;
	row = listview_row(&m->base);
	if (row && !deed_allows(row, cmd)) {
		context_say(v->ctx, "%s",
			    _("That is not possible for this person as they "
			      "are now."));
		return r;
	}
	return row || cmd == CMD_RECORDS ? act(row, cmd) : r;
}

static bool
allows(const struct view *v, enum command cmd)
{
	const json_t *row = listview_row(&const_members(v)->base);

	return cmd != CMD_BLOCK && cmd != CMD_UNBLOCK && cmd != CMD_ROLE
		       ? true
		       : row && deed_allows(row, cmd);
}

static const enum command *
bar(const struct view *v)
{
	static const enum command list[] = { CMD_OPEN,	  CMD_ROLE,
					     CMD_INVITE,  CMD_FILTER,
					     CMD_RECORDS, CMD_MENU,
					     CMD_HELP,	  CMD_N };

	(void)v;
	return list;
}

static struct request
preview(const struct view *v)
{
	const json_t *row = listview_row(&const_members(v)->base);

	return row ? request_show(SCREEN_MEMBER,
				  json_pack("{s:s}", "handle",
					    args_text(row, "handle")))
		   : request_of(REQUEST_NONE);
}

static void
destroy(struct view *v)
{
	struct members *m = members_of(v);

	listview_release(&m->base);
	free(m->value);
	free(m);
}

static const struct view_ops ops = {
	LISTVIEW_SHOWN,
	.place = PLACE_MEMBERS,
	.is_ready = listview_is_ready,
	.head = fill_head,
	.recalc = listview_recalc,
	.preview = preview,
	.run = run,
	.allows = allows,
	.bar = bar,
	.reload = listview_reload,
	.returned = listview_reload,
	.free = destroy,
};

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
	listview_init(&m->base, &ops, c, columns);
	listview_feed(&m->base, "user.list", NULL, take_rows);
	listview_reload(&m->base.view);
	return &m->base.view;
}
