/* preview.c - see preview.h. Links lead nowhere: one would leave the text. */
#include "view/preview.h"

#include <stdlib.h>

#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/naming.h"
#include "view/paragraph.h"
#include "view/reader.h"
#include "view/view.h"

struct preview {
	struct view view;
	json_t *args;
	int cols; /* it is laid out for; 0: it is not */
	struct reader reader;
};

static struct preview *
preview_of(struct view *v)
{
	return (struct preview *)v;
}

static const struct preview *
const_preview(const struct view *v)
{
	return (const struct preview *)v;
}

static void
fill_head(const struct view *v, struct head *h)
{
	const json_t *args = const_preview(v)->args;

	buf_printf(&h->title, _("Preview: %s"), args_text(args, "title"));
	if (json_is_true(json_object_get(args, "unsaved")))
		buf_str(&h->state, _("unsaved"));
	buf_str(&h->place,
		json_is_true(json_object_get(args, "saving"))
			? _("This is how others will read it. Esc goes back "
			    "to saving.")
			: _("This is how others will read it. Esc goes on "
			    "writing."));
}

static void
go_to_heading(struct preview *p)
{
	json_int_t n = args_number(p->args, "heading");
	size_t line = 0;

	do
		line = n > 0 ? reader_next_heading(&p->reader, line + 1) : 0;
	while (line && --n > 0);
	if (line)
		scroll_to(&p->reader.scroll, line);
}

static void
recalc(struct view *v, int rows, int cols)
{
	struct preview *p = preview_of(v);
	const json_t *text = json_object_get(p->args, "text");
	struct naming names;
	bool first = p->cols == 0;

	naming_init(&names, v->ctx, args_text(p->args, "address"));
	p->reader.scroll.rows = rows;
	if (cols != p->cols)
		reader_set(&p->reader, json_string_value(text),
			   json_string_length(text), cols, &names.wiki);
	naming_release(&names);
	p->cols = cols;
	if (first)
		go_to_heading(p);
	scroll_fit(&p->reader.scroll);
}

static void
paint(const struct view *v, struct canvas *c, int top, int rows)
{
	const struct preview *p = const_preview(v);

	if (p->reader.layout.n_lines) {
		reader_paint(&p->reader, c, top, rows);
		return;
	}
	(void)paragraph_paint(c, top + READER_LEAD, 2, rows - READER_LEAD,
			      STYLE_PLAIN, _("There is no text yet."));
	(void)canvas_text(c, top + READER_LEAD, 0, 1, STYLE_PLAIN, ">");
	canvas_cursor(c, top + READER_LEAD, 0);
}

static bool
has_more(const struct view *v)
{
	return scroll_has_more(&const_preview(v)->reader.scroll);
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct preview *p = preview_of(v);

	(void)text;
	if (cmd == CMD_BACK)
		return request_of(REQUEST_BACK);
	if (scroll_move(&p->reader.scroll, cmd)) {
		p->reader.link = -1;
		p->reader.col = 0;
	}
	return request_of(REQUEST_NONE);
}

static const enum command bar[] = { CMD_BACK,  CMD_PAGE_DOWN, CMD_PAGE_UP,
				    CMD_WHERE, CMD_MENU,      CMD_HELP,
				    CMD_N };

static void
tell_where(const struct view *v, struct buf *out)
{
	const struct preview *p = const_preview(v);

	buf_printf(out, _("Preview: %s"), args_text(p->args, "title"));
	buf_printf(out, _(", line %zu of %zu."), p->reader.scroll.at,
		   p->reader.layout.n_lines);
}

static void
tell(const struct view *v, struct telling *t)
{
	const json_t *args = const_preview(v)->args;
	const json_t *text = json_object_get(args, "text");
	struct naming names;
	struct buf plain = BUF_INIT;
	struct layout l;

	naming_init(&names, v->ctx, args_text(args, "address"));
	layout_make(&l, json_string_value(text), json_string_length(text),
		    LAYOUT_UNWRAPPED, &names.wiki);
	naming_release(&names);
	layout_plain(&l, &plain);
	telling_add(t, TELLING_TEXT,
		    plain.len ? plain.ptr : _("There is no text yet."), 0);
	layout_release(&l);
	buf_release(&plain);
}

static void
destroy(struct view *v)
{
	struct preview *p = preview_of(v);

	reader_release(&p->reader);
	json_decref(p->args);
	free(p);
}

static const struct view_ops ops = {
	.place = PLACE_PREVIEW,
	.head = fill_head,
	.recalc = recalc,
	.paint = paint,
	.has_more = has_more,
	.run = run,
	.bar = bar,
	.where = tell_where,
	.tell = tell,
	.free = destroy,
};

struct view *
preview_view_new(struct context *c, const json_t *args)
{
	struct preview *p = mem_alloc(sizeof(*p));

	p->view.ops = &ops;
	p->view.ctx = c;
	p->args = json_incref((json_t *)args);
	p->reader.link = -1;
	return &p->view;
}
