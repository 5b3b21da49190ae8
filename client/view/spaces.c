/* spaces.c - see spaces.h. */
#include "view/spaces.h"

#include <stdlib.h>
#include <string.h>

#include "base/sentence.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/listview.h"

struct spaces {
	struct listview base; /* values are indexes of rows */
	json_t *rows; /* of space.list */
	bool loaded;
};

static struct spaces *
spaces_of(struct view *v)
{
	return (struct spaces *)v;
}

static const struct spaces *
const_spaces(const struct view *v)
{
	return (const struct spaces *)v;
}

/* --- data --- */

static bool
is_here(const struct spaces *s, const json_t *row)
{
	return strcmp(args_text(row, "name"),
		      context_session(s->base.view.ctx, "space")) == 0;
}

static void
add_row(struct spaces *s, size_t i, const json_t *row)
{
	const char *cells[LISTING_COLUMNS] = { NULL };
	const char *role = args_text(row, "role");

	cells[0] = args_text(row, "name");
	cells[1] = *role ? role : _("no role");
	listing_add(&s->base.list, i, args_text(row, "title"), cells);
	if (is_here(s, row))
		listing_detail(&s->base.list, _("You are here."), 1);
	else if (json_is_true(json_object_get(row, "private")))
		listing_detail(&s->base.list,
			       _("Only members know of this space."), 1);
}

static void
take_rows(void *ctx, const struct rpc_msg *m)
{
	struct spaces *s = ctx;

	s->loaded = true;
	if (m->kind == RPC_ERROR) {
		context_say_error(s->base.view.ctx, m);
		return;
	}
	json_decref(s->rows);
	s->rows = json_incref(json_object_get(m->result, "rows"));
	listing_clear(&s->base.list);
	for (size_t i = 0; i < json_array_size(s->rows); i++)
		add_row(s, i, json_array_get(s->rows, i));
	if (!json_array_size(s->rows))
		listing_say(&s->base.list, _("There is no space for you."));
}

static void
reload(struct view *v)
{
	link_forget(v->ctx->link, v);
	(void)link_call(v->ctx->link, "space.list", NULL, take_rows, v);
}

static bool
is_ready(const struct view *v)
{
	return const_spaces(v)->loaded;
}

/* --- showing --- */

static void
fill_head(const struct view *v, struct head *h)
{
	size_t n = json_array_size(const_spaces(v)->rows);

	buf_str(&h->title, _("Spaces"));
	buf_printf(&h->state, ngettext("%zu space", "%zu spaces", n), n);
	buf_str(&h->place, _("Each has its own pages and its own roles"));
}

/* --- acting --- */

static struct request
enter(const struct spaces *s)
{
	const json_t *row;
	size_t i;

	if (!listing_focus(&s->base.list, &i))
		return request_of(REQUEST_NONE);
	row = json_array_get(s->rows, i);
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
	return cmd == CMD_OPEN ? enter(const_spaces(v)) : r;
}

static const enum command *
bar(const struct view *v)
{
	static const enum command list[] = { CMD_OPEN, CMD_NEXT_ITEM, CMD_BACK,
					     CMD_HOME, CMD_MENU,      CMD_HELP,
					     CMD_N };

	(void)v;
	return list;
}

static void
destroy(struct view *v)
{
	struct spaces *s = spaces_of(v);

	listview_release(&s->base);
	json_decref(s->rows);
	free(s);
}

static const struct view_ops ops = {
	.place = PLACE_PAGES,
	.is_ready = is_ready,
	.head = fill_head,
	.recalc = listview_recalc,
	.paint = listview_paint,
	.has_more = listview_has_more,
	.where = listview_where,
	.tell = listview_tell,
	.pick = listview_pick,
	.run = run,
	.bar = bar,
	.reload = reload,
	.returned = reload,
	.free = destroy,
};

struct view *
spaces_view_new(struct context *c, const json_t *args)
{
	static const struct listing_column columns[LISTING_COLUMNS] = {
		{ .at = 40, .width = 22, .from = 60 },
		{ .at = 64, .width = 15, .from = 80 },
	};
	struct spaces *s = mem_alloc(sizeof(*s));

	(void)args;
	listview_init(&s->base, &ops, c, columns);
	reload(&s->base.view);
	return &s->base.view;
}
