/*
 * history.c - the rows of page.history as a list, newest first: versions, and
 * what happened in discussions. Two versions can be marked, to be compared.
 */
#include "view/history.h"

#include <stdlib.h>
#include <string.h>

#include "base/sentence.h"
#include "base/tale.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/act.h"
#include "view/filters.h"
#include "view/listview.h"
#include "view/naming.h"
#include "view/spots.h"
#include "view/talk.h"

#define TALK ((size_t)1 << (8 * sizeof(size_t) - 1))

struct history {
	/* Values are versions; of what happened in discussions TALK and a
	 * number made of which it is. */
	struct listview base;
	char *address;
	struct filters filters;
	json_int_t marked[2]; /* versions; 0 is none, the first is the older
				 mark */
};

static struct history *
history_of(struct view *v)
{
	return (struct history *)v;
}

static const struct history *
const_history(const struct view *v)
{
	return (const struct history *)v;
}

/* As of now, or of the moment that is shown. */
static json_int_t
newest(const struct history *h)
{
	return args_number(h->base.feed.result, "versions");
}

static bool
is_marked(const struct history *h, json_int_t version)
{
	return h->marked[0] == version || h->marked[1] == version;
}

/* --- the list --- */

static int
digits_of(json_int_t n)
{
	int digits = 1;

	while (n >= 10) {
		n /= 10;
		digits++;
	}
	return digits;
}

static void
add_prefix(struct history *h, json_int_t version)
{
	struct buf shown = BUF_INIT, spoken = BUF_INIT;
	bool marked = is_marked(h, version);

	buf_printf(&shown, "[%c] %*lld ", marked ? 'x' : ' ',
		   digits_of(newest(h)), (long long)version);
	buf_printf(&spoken, marked ? _("marked, %lld") : "%lld",
		   (long long)version);
	listing_prefix(&h->base.list, shown.ptr, spoken.ptr);
	buf_release(&shown);
	buf_release(&spoken);
}

static bool
is_talk(const json_t *row)
{
	return json_object_get(row, "thread") != NULL;
}

/* FNV-1a. */
static size_t
add_hash(size_t hash, const char *s)
{
	for (; *s; s++)
		hash = (hash ^ (unsigned char)*s) * (size_t)1099511628211U;
	return hash;
}

static size_t
value_of(const json_t *row)
{
	size_t hash = (size_t)14695981039346656037U;

	if (!is_talk(row))
		return (size_t)args_number(row, "version");
	hash = add_hash(hash, args_text(row, "commit"));
	return add_hash(hash, args_text(row, "remark")) | TALK;
}

/* Blanks, so that it stands below the notes of versions. */
static void
add_talk(struct history *h, const json_t *row)
{
	struct buf when = BUF_INIT, what = BUF_INIT, blank = BUF_INIT;
	const char *cells[LISTING_COLUMNS] = { args_text(row, "handle") };

	sentence_short(&when, args_number(row, "time"));
	cells[1] = when.ptr;
	tale_talk(&what, row, h->address);
	listing_add(&h->base.list, value_of(row), what.ptr, cells);
	buf_printf(&blank, "%*s", digits_of(newest(h)) + 5, "");
	listing_prefix(&h->base.list, blank.ptr, "");
	buf_release(&blank);
	buf_release(&what);
	buf_release(&when);
}

static const char *
note_of(const json_t *row)
{
	const char *note = args_text(row, "note");

	if (*note)
		return note;
	return json_is_true(json_object_get(row, "gone")) ? _("(deleted)")
							  : _("(no note)");
}

static void
add_row(struct history *h, const json_t *row)
{
	json_int_t version = args_number(row, "version");
	struct buf when = BUF_INIT;
	const char *cells[LISTING_COLUMNS] = { args_text(row, "handle") };

	sentence_short(&when, args_number(row, "time"));
	cells[1] = when.ptr;
	listing_add(&h->base.list, (size_t)version, note_of(row), cells);
	add_prefix(h, version);
	buf_release(&when);
}

static void
say_empty(struct history *h)
{
	const char *only = args_text(h->filters.values, "only");
	size_t n = feed_size(&h->base.feed);

	if (n == 1 && newest(h) == 1 && strcmp(only, "talk") != 0)
		listing_say(&h->base.list, _("Not changed since the first "
					     "version."));
	else if (!n && json_object_get(h->filters.values, "since"))
		listing_say(&h->base.list, _("Nothing happened since then."));
	else if (!n && strcmp(only, "talk") == 0)
		listing_say(&h->base.list, _("Nothing was discussed here."));
	else if (!n)
		listing_say(&h->base.list, _("There are no versions here."));
}

static void
fill_list(struct view *v)
{
	struct history *h = history_of(v);
	const json_t *row;

	listing_clear(&h->base.list);
	for (size_t i = 0; i < feed_size(&h->base.feed); i++) {
		row = feed_row(&h->base.feed, i);
		if (is_talk(row))
			add_talk(h, row);
		else
			add_row(h, row);
	}
	say_empty(h);
}

static void
reload(struct view *v)
{
	struct history *h = history_of(v);
	json_t *params = json_copy(h->filters.values);

	(void)json_object_set_new(params, "address", json_string(h->address));
	feed_reload(&h->base.feed, context_params(v->ctx, params));
}

/* --- narrowing it --- */

static const struct filter filters[] = {
	{ .key = "only",
	  .kind = FILTER_FIXED,
	  .label = N_("Only text and properties"),
	  .word = N_("only text and properties"),
	  .value = "text" },
	{ .key = "only",
	  .kind = FILTER_FIXED,
	  .label = N_("Only discussions"),
	  .word = N_("only discussions"),
	  .value = "talk" },
	{ .key = "since", .kind = FILTER_SINCE },
};

static const struct filter_set filter_set = {
	.rows = filters,
	.n_rows = sizeof(filters) / sizeof(filters[0]),
	.question = N_("What of the history do you want to see?"),
	.all = N_("All of it"),
	.changed = reload,
};

/* --- showing --- */

static void
fill_head(const struct view *v, struct head *head)
{
	const struct history *h = const_history(v);
	size_t n = (size_t)newest(h);
	const char *address,
		*title = context_find(v->ctx, h->address, &address);

	buf_printf(&head->title, _("History: %s"), title ? title : h->address);
	buf_printf(&head->state, ngettext("%zu version", "%zu versions", n), n);
	if (filters_narrow(&h->filters))
		filters_place(&h->filters, "", head);
	else
		buf_str(&head->place,
			_("Newest first. All: text, properties and "
			  "discussions (f Filter)."));
}

/* --- marks --- */

static void
say_marks(struct history *h)
{
	json_int_t a = h->marked[0], b = h->marked[1];

	if (a && b)
		context_say(h->base.view.ctx,
			    _("Versions %lld and %lld are marked. v compares "
			      "them."),
			    (long long)(a < b ? a : b),
			    (long long)(a < b ? b : a));
	else if (a)
		context_say(h->base.view.ctx,
			    _("Version %lld is marked. v compares it with the "
			      "line where you are."),
			    (long long)a);
	else
		context_say(h->base.view.ctx, "%s", _("No version is marked."));
}

/* A third mark takes the place of the first. */
static void
mark(struct history *h, json_int_t version)
{
	if (h->marked[0] == version) {
		h->marked[0] = h->marked[1];
		h->marked[1] = 0;
	} else if (h->marked[1] == version) {
		h->marked[1] = 0;
	} else if (!h->marked[0]) {
		h->marked[0] = version;
	} else {
		if (h->marked[1])
			h->marked[0] = h->marked[1];
		h->marked[1] = version;
	}
	fill_list(&h->base.view);
	say_marks(h);
}

/* --- acting --- */

/* The one in focus, or 0. */
static json_int_t
focused_version(const struct history *h)
{
	size_t value;

	return listing_focus(&h->base.list, &value) && !(value & TALK)
		       ? (json_int_t)value
		       : 0;
}

/* What happened in a discussion, in focus, or NULL. */
static const json_t *
focused_talk(const struct history *h)
{
	const json_t *row;
	size_t value;

	if (!listing_focus(&h->base.list, &value) || !(value & TALK))
		return NULL;
	for (size_t i = 0; i < feed_size(&h->base.feed); i++) {
		row = feed_row(&h->base.feed, i);
		if (value_of(row) == value)
			return row;
	}
	return NULL;
}

static struct request
show_version(const struct history *h, enum screen screen)
{
	return request_show(screen,
			    json_pack("{s:s, s:I}", "address", h->address,
				      "version", focused_version(h)));
}

/* The two that are marked; else the one in focus with the one that is marked,
 * or with the one before. */
static struct request
compare(const struct history *h, json_int_t focus)
{
	json_int_t a = h->marked[0], b = h->marked[1] ? h->marked[1] : focus;

	if (!a || a == b)
		a = b - 1;
	return request_show(SCREEN_COMPARE,
			    json_pack("{s:s, s:I, s:I}", "address", h->address,
				      "from", a < b ? a : b, "to",
				      a < b ? b : a));
}

/* When a version was made; 0 while that is not known. */
static json_int_t
time_of(const struct history *h, json_int_t version)
{
	for (size_t i = 0; i < feed_size(&h->base.feed); i++)
		if (args_number(feed_row(&h->base.feed, i), "version") ==
		    version)
			return args_number(feed_row(&h->base.feed, i), "time");
	return 0;
}

/* What rolling back would change is told with the question. */
static void
take_consequences(void *ctx, const struct rpc_msg *m)
{
	struct history *h = ctx;
	struct act_revert a = { .address = h->address };
	struct buf changes = BUF_INIT;
	struct naming names;
	struct spots spots;
	size_t gone, come;

	if (m->kind == RPC_ERROR) {
		context_say_error(h->base.view.ctx, m);
		return;
	}
	naming_init(&names, h->base.view.ctx, h->address);
	spots_make(&spots, m->result, "", 0, &names.wiki);
	naming_release(&names);
	spots_words(&spots, &gone, &come);
	spots_tell_change(spots_size(&spots), gone, come, &changes);
	a.version = args_number(m->result, "to");
	a.when = time_of(h, a.version);
	a.newest = args_number(m->result, "from");
	a.changes = changes.ptr;
	view_post(&h->base.view, act_ask_revert(&a));
	spots_release(&spots);
	buf_release(&changes);
}

static void
ask_consequences(struct history *h, json_int_t version)
{
	(void)link_call(h->base.view.ctx->link, "page.diff",
			json_pack("{s:s, s:I, s:I, s:b}", "address", h->address,
				  "from", newest(h), "to", version, "words", 1),
			take_consequences, h);
}

static struct request
preview(const struct view *v)
{
	const struct history *h = const_history(v);
	const json_t *talk = focused_talk(h);
	json_int_t version = focused_version(h);

	if (talk)
		return talk_open(talk, args_text(talk, "remark"));
	if (!version)
		return request_of(REQUEST_NONE);
	return request_show(SCREEN_COMPARE,
			    json_pack("{s:s, s:I, s:I}", "address", h->address,
				      "from", version - 1, "to", version));
}

static bool
is_of_version(enum command cmd)
{
	return cmd == CMD_MARK || cmd == CMD_BLAME || cmd == CMD_COMPARE ||
	       cmd == CMD_REVERT || cmd == CMD_UNDO_VERSION;
}

static bool
allows(const struct view *v, enum command cmd)
{
	const struct history *h = const_history(v);

	if (cmd == CMD_REVERT && focused_version(h) == newest(h))
		return false;
	if (view_writes(cmd) && !context_may_change(v->ctx, h->address))
		return false;
	if (is_of_version(cmd))
		return focused_version(h) != 0;
	return listview_allows(v, cmd);
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct request r;
	struct history *h = history_of(v);
	const json_t *talk;

	if (listview_run(v, cmd, text, &r))
		return r;
	if (cmd == CMD_FILTER)
		return filters_run(&h->filters, text);
	if (cmd == CMD_OPEN && (talk = focused_talk(h)))
		return talk_open(talk, args_text(talk, "remark"));
	if (cmd == CMD_STORY)
		return request_show(SCREEN_STORY,
				    json_pack("{s:s}", "address", h->address));
	if (!focused_version(h))
		return r;
	if (cmd == CMD_OPEN)
		return show_version(h, SCREEN_PAGE);
	if (cmd == CMD_BLAME)
		return show_version(h, SCREEN_BLAME);
	if (cmd == CMD_REVERT)
		ask_consequences(h, focused_version(h));
	if (cmd == CMD_UNDO_VERSION)
		return act_ask_undo(v->ctx, h->address, focused_version(h));
	if (cmd == CMD_MARK)
		mark(h, focused_version(h));
	if (cmd == CMD_COMPARE)
		return compare(h, focused_version(h));
	return r;
}

static const enum command bar[] = { CMD_OPEN,	   CMD_COMPARE, CMD_MARK,
				    CMD_BLAME,	   CMD_BACK,	CMD_FILTER,
				    CMD_NEXT_ITEM, CMD_GOTO,	CMD_HOME,
				    CMD_WHERE,	   CMD_MENU,	CMD_HELP,
				    CMD_N };

static const struct view_word bar_words[] = {
	{ CMD_OPEN, N_("Read") },
	{ CMD_N, NULL },
};

static void
destroy(struct view *v)
{
	struct history *h = history_of(v);

	filters_release(&h->filters);
	listview_release(&h->base);
	free(h->address);
	free(h);
}

static const struct view_ops ops = {
	LISTVIEW_ROWS,	   .place = PLACE_HISTORY,
	.head = fill_head, .preview = preview,
	.run = run,	   .allows = allows,
	.bar = bar,	   .words = bar_words,
	.reload = reload,  .free = destroy,
};

struct view *
history_view_new(struct context *c, const json_t *args)
{
	static const struct listing_column columns[LISTING_COLUMNS] = {
		{ .at = 48, .width = 17, .from = 60 },
		{ .at = 66, .width = 12, .right = true, .from = 80 },
	};
	struct history *h = mem_alloc(sizeof(*h));

	listview_init(&h->base, &ops, c, columns);
	h->address = mem_strdup(args_text(args, "address"));
	filters_init(&h->filters, &filter_set, &h->base.view, NULL);
	listview_feed(&h->base, "page.history", "before", fill_list);
	reload(&h->base.view);
	return &h->base.view;
}
