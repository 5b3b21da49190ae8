/*
 * history.c - the rows of page.log as a list, newest first. Two versions can
 * be marked, to be compared.
 */
#include "view/history.h"

#include <stdlib.h>

#include "base/sentence.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/act.h"
#include "view/listview.h"
#include "view/naming.h"
#include "view/spots.h"

struct history {
	struct listview base; /* values are versions */
	char *address;
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

/* In time travel later versions are still to come. */
static bool
is_to_come(const struct history *h, const json_t *row)
{
	int64_t at = h->base.view.ctx->at;

	return at && args_number(row, "time") > at;
}

static json_int_t
newest(const struct history *h)
{
	size_t i = 0;

	while (i + 1 < feed_size(&h->base.feed) &&
	       is_to_come(h, feed_row(&h->base.feed, i)))
		i++;
	return args_number(feed_row(&h->base.feed, i), "version");
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
fill_list(struct view *v)
{
	struct history *h = history_of(v);

	listing_clear(&h->base.list);
	for (size_t i = 0; i < feed_size(&h->base.feed); i++)
		if (!is_to_come(h, feed_row(&h->base.feed, i)))
			add_row(h, feed_row(&h->base.feed, i));
	if (feed_size(&h->base.feed) == 1 && newest(h) == 1)
		listing_say(&h->base.list, _("Not changed since the first "
					     "version."));
	if (!feed_size(&h->base.feed))
		listing_say(&h->base.list, _("There are no versions here."));
}

static void
reload(struct view *v)
{
	struct history *h = history_of(v);

	feed_reload(&h->base.feed, json_pack("{s:s}", "address", h->address));
}

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
	buf_str(&head->place, _("Newest first. All: text and properties."));
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

	return listing_focus(&h->base.list, &value) ? (json_int_t)value : 0;
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
	json_int_t version = focused_version(h);

	if (!version)
		return request_of(REQUEST_NONE);
	return request_show(SCREEN_COMPARE,
			    json_pack("{s:s, s:I, s:I}", "address", h->address,
				      "from", version - 1, "to", version));
}

static bool
allows(const struct view *v, enum command cmd)
{
	const struct history *h = const_history(v);

	if (cmd == CMD_REVERT && focused_version(h) == newest(h))
		return false;
	return (cmd != CMD_REVERT && cmd != CMD_UNDO_VERSION) ||
	       focused_version(h);
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct request r;
	struct history *h = history_of(v);

	if (listview_run(v, cmd, text, &r))
		return r;
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

static const enum command *
bar(const struct view *v)
{
	static const enum command list[] = {
		CMD_OPEN,  CMD_COMPARE,	  CMD_MARK, CMD_BLAME,
		CMD_BACK,  CMD_NEXT_ITEM, CMD_GOTO, CMD_HOME,
		CMD_WHERE, CMD_MENU,	  CMD_HELP, CMD_N
	};

	(void)v;
	return list;
}

static void
name(const struct view *v, enum command cmd, struct buf *key, struct buf *word)
{
	(void)v;
	(void)key;
	if (cmd == CMD_OPEN)
		buf_str(word, _("Read"));
}

static void
destroy(struct view *v)
{
	struct history *h = history_of(v);

	listview_release(&h->base);
	free(h->address);
	free(h);
}

static const struct view_ops ops = {
	LISTVIEW_SHOWN,
	.place = PLACE_HISTORY,
	.is_ready = listview_is_ready,
	.head = fill_head,
	.recalc = listview_recalc,
	.preview = preview,
	.run = run,
	.allows = allows,
	.bar = bar,
	.name = name,
	.reload = reload,
	.free = destroy,
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
	listview_feed(&h->base, "page.log", "before", fill_list);
	reload(&h->base.view);
	return &h->base.view;
}
