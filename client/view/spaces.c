/* spaces.c - see spaces.h. */
#include "view/spaces.h"

#include <string.h>

#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/listview.h"

static bool
is_here(const struct listview *s, const json_t *row)
{
	return strcmp(args_text(row, "name"),
		      context_session(s->view.ctx, "space")) == 0;
}

static void
add_row(struct listview *s, size_t i, const json_t *row)
{
	const char *cells[LISTING_COLUMNS] = { NULL };
	const char *role = args_text(row, "role");

	cells[0] = args_text(row, "name");
	cells[1] = *role ? role : _("no role");
	listing_add(&s->list, i, args_text(row, "title"), cells);
	if (is_here(s, row))
		listing_detail(&s->list, _("You are here."), 1);
	else if (json_is_true(json_object_get(row, "private")))
		listing_detail(&s->list, _("Only members know of this space."),
			       1);
}

static void
fill_list(struct view *v)
{
	listview_fill(v, add_row, _("There is no space for you."));
}

static void
fill_head(const struct view *v, struct head *h)
{
	size_t n = feed_size(&((const struct listview *)v)->feed);

	buf_str(&h->title, _("Spaces"));
	buf_printf(&h->state, ngettext("%zu space", "%zu spaces", n), n);
	buf_str(&h->place, _("Each has its own pages and its own roles"));
}

static struct request
enter(const struct listview *s)
{
	const json_t *row = listview_row(s);

	if (!row)
		return request_of(REQUEST_NONE);
	if (is_here(s, row))
		return request_of(REQUEST_START);
	return request_text(REQUEST_SPACE, args_text(row, "name"));
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
	LISTVIEW_SHOWN,
	.place = PLACE_PAGES,
	.is_ready = listview_is_ready,
	.head = fill_head,
	.recalc = listview_recalc,
	.run = run,
	.bar = listview_bar,
	.reload = listview_reload,
	.returned = listview_reload,
	.free = listview_free,
};

struct view *
spaces_view_new(struct context *c, const json_t *args)
{
	static const struct listing_column columns[LISTING_COLUMNS] = {
		{ .at = 40, .width = 22, .from = 60 },
		{ .at = 64, .width = 15, .from = 80 },
	};
	struct listview *s = mem_alloc(sizeof(*s));

	(void)args;
	listview_init(s, &ops, c, columns);
	listview_feed(s, "space.list", NULL, fill_list);
	listview_reload(&s->view);
	return &s->view;
}
