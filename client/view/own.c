/* own.c - see own.h. */
#include "view/own.h"

#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/deed.h"
#include "view/listview.h"

static void
add_row(struct listview *l, size_t i, const json_t *row)
{
	deed_add_session(&l->list, i, row);
	if (json_is_true(json_object_get(row, "own")))
		listing_detail(&l->list, _("This is the one you are in."), 1);
}

static void
fill_list(struct view *v)
{
	listview_fill(v, add_row, _("Nobody is signed in."));
}

static void
fill_head(const struct view *v, struct head *h)
{
	size_t n = feed_size(&((const struct listview *)v)->feed);

	buf_str(&h->title, _("Where you are signed in"));
	buf_printf(&h->state, ngettext("%zu session", "%zu sessions", n), n);
	buf_str(&h->place, _("Do you not know one? End it, and look at your "
			     "keys."));
}

static struct request
ask_end(const struct listview *l, const json_t *row)
{
	if (json_is_true(json_object_get(row, "own"))) {
		context_say(l->view.ctx, "%s",
			    _("You are in this one. Ctrl-Q signs out."));
		return request_of(REQUEST_NONE);
	}
	return deed_ask_end(NULL, row);
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	const struct listview *l = (const struct listview *)v;
	struct request r;

	if (listview_run(v, cmd, text, &r))
		return r;
	if (cmd == CMD_OPEN && listview_row(l))
		return ask_end(l, listview_row(l));
	return cmd == CMD_END_SESSIONS ? deed_ask_end(NULL, NULL) : r;
}

static const enum command bar[] = { CMD_OPEN, CMD_BACK, CMD_HOME,
				    CMD_MENU, CMD_HELP, CMD_N };

static const struct view_word bar_words[] = {
	{ CMD_OPEN, N_("End") },
	{ CMD_N, NULL },
};

static const struct view_ops ops = {
	LISTVIEW_ROWS,
	.place = PLACE_ACCOUNT,
	.head = fill_head,
	.run = run,
	.allows = listview_allows,
	.bar = bar,
	.words = bar_words,
	.reload = listview_reload,
	.returned = listview_reload,
	.free = listview_free,
};

struct view *
own_view_new(struct context *c, const json_t *args)
{
	static const struct listing_column columns[LISTING_COLUMNS] = {
		{ .at = 56, .width = 24, .from = 60 },
	};
	struct listview *l = mem_alloc(sizeof(*l));

	(void)args;
	listview_init(l, &ops, c, columns);
	listview_feed(l, "session.list", NULL, fill_list);
	listview_reload(&l->view);
	return &l->view;
}
