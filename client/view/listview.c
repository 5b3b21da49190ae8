/* listview.c - see listview.h. */
#include "view/listview.h"

#include <stdlib.h>

#include "plein/i18n.h"

static struct listview *
listview_of(struct view *v)
{
	return (struct listview *)v;
}

static const struct listview *
const_listview(const struct view *v)
{
	return (const struct listview *)v;
}

void
listview_init(struct listview *l, const struct view_ops *ops, struct context *c,
	      const struct listing_column *columns)
{
	*l = (struct listview){ .view = { .ops = ops, .ctx = c } };
	listing_init(&l->list, columns);
}

void
listview_release(struct listview *l)
{
	link_forget(l->view.ctx->link, l);
	newcount_release(&l->counts);
	feed_release(&l->feed);
	listing_release(&l->list);
	look_release(&l->look);
}

void
listview_free(struct view *v)
{
	listview_release(listview_of(v));
	free(v);
}

/* --- rows --- */

void
listview_feed(struct listview *l, const char *method, const char *cursor,
	      void (*fill)(struct view *v))
{
	feed_init(&l->feed, &l->view, method, cursor, fill);
	l->counts = (struct newcount){ .view = &l->view, .taken = fill };
}

void
listview_fill(struct view *v,
	      void (*add)(struct listview *l, size_t i, const json_t *row),
	      const char *empty)
{
	struct listview *l = listview_of(v);

	listing_clear(&l->list);
	for (size_t i = 0; i < feed_size(&l->feed); i++)
		add(l, i, feed_row(&l->feed, i));
	if (!l->list.items.len)
		listing_say(&l->list, empty);
}

void
listview_tell_unsearched(struct listview *l)
{
	if (json_is_false(json_object_get(l->feed.result, "complete")))
		listing_say(&l->list, _("Not all old versions have been "
					"searched yet."));
}

const json_t *
listview_row(const struct listview *l)
{
	size_t i;

	return listing_focus(&l->list, &i) ? feed_row(&l->feed, i) : NULL;
}

bool
listview_is_ready(const struct view *v)
{
	const struct feed *f = &const_listview(v)->feed;

	return f->loaded || f->result; /* those of before, for a moment */
}

void
listview_reload(struct view *v)
{
	feed_reload(&listview_of(v)->feed, NULL);
}

void
listview_returned(struct view *v)
{
	struct listview *l = listview_of(v);

	newcount_ask(&l->counts, l->feed.rows, false);
}

/* --- finding --- */

static void
look_for(struct listview *l, int by)
{
	bool more = feed_has_more(&l->feed);
	struct buf line = BUF_INIT;
	size_t n, all;

	if (by > 0 && l->look.fresh)
		by = 0; /* the item in focus will do */
	if (!listing_find(&l->list, l->look.words, by, &n, &all)) {
		context_say(l->view.ctx,
			    more ? _("Nothing found for %s in what is here; > "
				     "reads on.")
				 : _("Nothing found for %s."),
			    l->look.words);
		return;
	}
	buf_printf(&line,
		   more ? _("Found %zu of %zu, there may be more: ")
			: _("Found %zu of %zu: "),
		   n, all);
	listing_tell_focus(&l->list, &line);
	context_announce(l->view.ctx, "%s", line.ptr);
	buf_release(&line);
}

/* --- acting --- */

bool
listview_run(struct view *v, enum command cmd, const char *text,
	     struct request *r)
{
	struct listview *l = listview_of(v);
	int by;

	*r = request_of(REQUEST_NONE);
	if (listing_move(&l->list, cmd)) {
		context_say_item(v->ctx, &l->list, cmd);
	} else if (look_run(&l->look, cmd, text, &by, r)) {
		if (by)
			look_for(l, by);
	} else if (cmd == CMD_BACK) {
		r->kind = REQUEST_BACK;
	} else {
		return false;
	}
	return true;
}

bool
listview_allows(const struct view *v, enum command cmd)
{
	const struct listing *l = &const_listview(v)->list;
	size_t value;

	if (cmd == CMD_OPEN)
		return listing_focus(l, &value);
	if (cmd == CMD_NEXT_ITEM || cmd == CMD_PREVIOUS_ITEM)
		return !listing_is_empty(l);
	return true;
}

bool
listview_pick(struct view *v, size_t value)
{
	return listing_pick(&listview_of(v)->list, value);
}

/* --- showing --- */

void
listview_recalc(struct view *v, int rows, int cols)
{
	struct listview *l = listview_of(v);

	if (l->feed.loaded && !l->list.items.len)
		listing_say(&l->list, _("This could not be read."));
	l->list.window = v->ctx->rows;
	listing_recalc(&l->list, rows, cols);
	feed_go_on(&l->feed, &l->list);
}

void
listview_paint(const struct view *v, struct canvas *c, int top, int rows)
{
	listing_paint(&const_listview(v)->list, c, top, rows);
}

bool
listview_has_more(const struct view *v)
{
	const struct listview *l = const_listview(v);

	return feed_has_more(&l->feed) || scroll_has_more(&l->list.scroll);
}

void
listview_where(const struct view *v, struct buf *out)
{
	listing_where(&const_listview(v)->list, out);
}

void
listview_tell(const struct view *v, struct telling *t)
{
	listing_tell(&const_listview(v)->list, t);
}

const enum command listview_bar[] = { CMD_OPEN, CMD_NEXT_ITEM, CMD_BACK,
				      CMD_HOME, CMD_MENU,      CMD_HELP,
				      CMD_N };
