/*
 * backlinks.c - the rows of page.backlinks as a list: links in texts first,
 * then those in the fields of pages, under a heading of their own.
 */
#include "view/backlinks.h"

#include <stdlib.h>

#include "base/sentence.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/listing.h"
#include "view/view.h"

struct backlinks {
	struct view view;
	char *address;
	json_t *rows; /* of page.backlinks, all parts so far */
	bool loaded;
	bool more; /* there is a next part, and nobody asked for it */
	json_int_t next;
	struct listing list; /* values are indexes of rows */
};

static struct backlinks *
backlinks_of(struct view *v)
{
	return (struct backlinks *)v;
}

static const struct backlinks *
const_backlinks(const struct view *v)
{
	return (const struct backlinks *)v;
}

static const char *
text_of(const json_t *row, const char *key)
{
	const char *s = json_string_value(json_object_get(row, key));

	return s ? s : "";
}

/* --- data --- */

static void
add_row(struct backlinks *b, size_t i, const json_t *row)
{
	const char *const cells[LISTING_COLUMNS] = {
		sentence_kind(text_of(row, "kind")),
	};

	listing_add(&b->list, i, text_of(row, "title"), cells);
	if (*text_of(row, "passage"))
		listing_detail(&b->list, text_of(row, "passage"), 1);
}

/* Links in fields, or those in texts; returns how many. */
static size_t
add_rows(struct backlinks *b, bool in_fields)
{
	size_t n = 0;

	for (size_t i = 0; i < json_array_size(b->rows); i++) {
		const json_t *row = json_array_get(b->rows, i);

		if ((*text_of(row, "field") != '\0') != in_fields)
			continue;
		if (in_fields && !n)
			listing_heading(&b->list, _("Belongs here (from the "
						    "properties)"));
		add_row(b, i, row);
		n++;
	}
	return n;
}

static void
fill_list(struct backlinks *b)
{
	listing_clear(&b->list);
	(void)add_rows(b, false);
	(void)add_rows(b, true);
	if (!json_array_size(b->rows))
		listing_say(&b->list, _("No page links here yet."));
}

static void
take_rows(void *ctx, const struct rpc_msg *m)
{
	struct backlinks *b = ctx;
	const json_t *next = json_object_get(m->result, "next");

	b->loaded = true;
	if (m->kind == RPC_ERROR) {
		context_say_error(b->view.ctx, m);
		return;
	}
	(void)json_array_extend(b->rows, json_object_get(m->result, "rows"));
	b->more = next != NULL;
	b->next = json_integer_value(next);
	fill_list(b);
}

static void
ask(struct backlinks *b, json_int_t after)
{
	json_t *params = json_pack("{s:s}", "address", b->address);

	if (after)
		(void)json_object_set_new(params, "after", json_integer(after));
	b->more = false;
	(void)link_call(b->view.ctx->link, "page.backlinks", params, take_rows,
			b);
}

static void
reload(struct view *v)
{
	struct backlinks *b = backlinks_of(v);

	link_forget(v->ctx->link, v);
	(void)json_array_clear(b->rows);
	ask(b, 0);
}

static bool
is_ready(const struct view *v)
{
	return const_backlinks(v)->loaded;
}

/* --- showing --- */

static void
fill_head(const struct view *v, struct head *h)
{
	const struct backlinks *b = const_backlinks(v);
	size_t n = json_array_size(b->rows);
	const char *address,
		*title = context_find(v->ctx, b->address, &address);

	buf_printf(&h->title, _("Links here: %s"), title ? title : b->address);
	buf_printf(&h->state, ngettext("%zu link", "%zu links", n), n);
	buf_str(&h->place, _("Pages with a link to this page"));
}

static void
recalc(struct view *v, int rows, int cols)
{
	struct backlinks *b = backlinks_of(v);

	listing_recalc(&b->list, rows, cols);
	if (b->more && listing_nears_end(&b->list))
		ask(b, b->next);
}

static void
paint(const struct view *v, struct canvas *c, int top, int rows)
{
	listing_paint(&const_backlinks(v)->list, c, top, rows);
}

static bool
has_more(const struct view *v)
{
	return const_backlinks(v)->more ||
	       scroll_has_more(&const_backlinks(v)->list.scroll);
}

static void
tell_where(const struct view *v, struct buf *out)
{
	const struct backlinks *b = const_backlinks(v);

	buf_printf(out, _("Line %zu of %zu: "), b->list.scroll.at + 1,
		   b->list.scroll.n);
	listing_tell_focus(&b->list, out);
}

static void
tell(const struct view *v, struct telling *t)
{
	listing_tell(&const_backlinks(v)->list, t);
}

/* --- acting --- */

static bool
pick(struct view *v, size_t value)
{
	return listing_pick(&backlinks_of(v)->list, value);
}

static struct request
open_focus(const struct backlinks *b)
{
	size_t i;

	if (!listing_focus(&b->list, &i))
		return request_of(REQUEST_NONE);
	return request_text(REQUEST_OPEN_PAGE,
			    text_of(json_array_get(b->rows, i), "address"));
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct backlinks *b = backlinks_of(v);

	(void)text;
	if (listing_move(&b->list, cmd)) {
		context_say_item(v->ctx, &b->list, cmd);
		return request_of(REQUEST_NONE);
	}
	if (cmd == CMD_OPEN)
		return open_focus(b);
	return request_of(cmd == CMD_BACK ? REQUEST_BACK : REQUEST_NONE);
}

static const enum command *
bar(const struct view *v)
{
	static const enum command list[] = { CMD_OPEN, CMD_NEXT_ITEM, CMD_BACK,
					     CMD_GOTO, CMD_HOME,      CMD_WHERE,
					     CMD_MENU, CMD_HELP,      CMD_N };

	(void)v;
	return list;
}

static void
destroy(struct view *v)
{
	struct backlinks *b = backlinks_of(v);

	link_forget(v->ctx->link, v);
	listing_release(&b->list);
	json_decref(b->rows);
	free(b->address);
	free(b);
}

static const struct view_ops ops = {
	.place = PLACE_BACKLINKS,
	.is_ready = is_ready,
	.head = fill_head,
	.recalc = recalc,
	.paint = paint,
	.has_more = has_more,
	.run = run,
	.bar = bar,
	.where = tell_where,
	.tell = tell,
	.pick = pick,
	.reload = reload,
	.free = destroy,
};

struct view *
backlinks_view_new(struct context *c, const json_t *args)
{
	static const struct listing_column columns[LISTING_COLUMNS] = {
		{ .at = 55, .width = 19, .from = 60 },
	};
	struct backlinks *b = mem_alloc(sizeof(*b));

	b->view.ops = &ops;
	b->view.ctx = c;
	b->address = mem_strdup(args_text(args, "address"));
	b->rows = json_array();
	listing_init(&b->list, columns);
	reload(&b->view);
	return &b->view;
}
