/* here.c - see here.h. */
#include "view/here.h"

#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/listview.h"
#include "view/others.h"

#define PAGE_COLS 60 /* of a window that has a column for the page */

/* Title of the page, or what else they look at. */
static const char *
place_of(const struct context *c, const json_t *row)
{
	const char *address = args_text(row, "address");
	const char *title =
		json_string_value(json_object_get(c->titles, address));

	if (!*address)
		return _("a list or the start screen");
	return title ? title : address;
}

static void
add_row(struct listview *l, size_t i, const json_t *row)
{
	const char *cells[LISTING_COLUMNS] = { NULL };
	bool writing = json_is_true(json_object_get(row, "writing"));
	const char *name = args_text(row, "name");
	const char *under = args_text(row, "under");
	struct buf line = BUF_INIT;

	cells[0] = place_of(l->view.ctx, row);
	if (*args_text(row, "address"))
		cells[1] = writing ? _("edits") : _("reads");
	listing_add(&l->list, i, args_text(row, "handle"), cells);
	if (*name)
		buf_printf(&line, "%s. ", name);
	if (l->view.ctx->cols < PAGE_COLS)
		buf_printf(&line, cells[1] ? "%s, %s. " : "%s. ", cells[0],
			   cells[1]);
	if (writing && *under)
		buf_printf(&line, _("Edits under %s."), under);
	if (line.len)
		listing_detail(&l->list, line.ptr, 2);
	buf_release(&line);
}

static void
fill_list(struct view *v)
{
	listview_fill(v, add_row, _("Nobody else is here now."));
}

static void
fill_head(const struct view *v, struct head *h)
{
	size_t n = others_people(((const struct listview *)v)->feed.rows);

	buf_str(&h->title, _("Who is here"));
	buf_printf(&h->state, ngettext("%zu other", "%zu others", n), n);
	buf_str(&h->place, _("Who is signed in now, and on which page"));
}

static struct request
enter(const struct listview *l)
{
	const char *address = args_text(listview_row(l), "address");

	if (!*address)
		return request_of(REQUEST_NONE);
	return request_show(SCREEN_PAGE,
			    json_pack("{s:s}", "address", address));
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct request r;

	if (listview_run(v, cmd, text, &r))
		return r;
	return cmd == CMD_OPEN ? enter((const struct listview *)v) : r;
}

static const struct view_ops ops = {
	LISTVIEW_ROWS,
	.place = PLACE_PAGES,
	.head = fill_head,
	.run = run,
	.allows = listview_allows,
	.bar = listview_bar,
	.reload = listview_reload,
	.returned = listview_reload,
	.free = listview_free,
};

struct view *
here_view_new(struct context *c, const json_t *args)
{
	static const struct listing_column columns[LISTING_COLUMNS] = {
		{ .at = 28, .width = 36, .from = PAGE_COLS },
		{ .at = 66, .width = 12, .from = 80 },
	};
	struct listview *l = mem_alloc(sizeof(*l));

	(void)args;
	listview_init(l, &ops, c, columns);
	listview_feed(l, "presence.list", NULL, fill_list);
	listview_reload(&l->view);
	return &l->view;
}
