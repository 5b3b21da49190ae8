/* plain.c - see plain.h. Lines begin in the first column: what is selected
 * on the screen is the text and nothing else. */
#include "view/plain.h"

#include <stdlib.h>
#include <string.h>

#include "layout/lines.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/scroll.h"
#include "view/view.h"

struct plain {
	struct view view;
	char *title;
	struct prose text;
	struct layout layout;
	struct scroll scroll;
	int cols; /* the lines were made for */
};

static struct plain *
plain_of(struct view *v)
{
	return (struct plain *)v;
}

static const struct plain *
const_plain(const struct view *v)
{
	return (const struct plain *)v;
}

static bool
holds_text(const void *ctx, size_t i)
{
	const struct plain *p = ctx;

	return p->layout.lines[i].n_spans > 0;
}

static void
fill_head(const struct view *v, struct head *h)
{
	buf_printf(&h->title, _("Text of %s"), const_plain(v)->title);
	buf_str(&h->place, _("Select it with the mouse and copy it."));
}

static void
recalc(struct view *v, int rows, int cols)
{
	static const struct margins margins = { .first = 0 };
	struct plain *p = plain_of(v);
	struct lines l;

	if (cols != p->cols) {
		layout_release(&p->layout);
		lines_init(&l, cols - 1);
		lines_wrap(&l, &p->text, 0, p->text.text.len, &margins);
		lines_take(&l, &p->layout);
		p->scroll.n = p->layout.n_lines;
		p->scroll.can_focus = holds_text;
		p->scroll.ctx = p;
		p->cols = cols;
	}
	p->scroll.rows = rows;
	scroll_fit(&p->scroll);
}

static void
paint(const struct view *v, struct canvas *c, int top, int rows)
{
	const struct plain *p = const_plain(v);

	for (int i = 0; i < rows; i++) {
		size_t at = p->scroll.top + (size_t)i;

		if (at >= p->layout.n_lines)
			break;
		for (size_t k = 0; k < p->layout.lines[at].n_spans; k++) {
			const struct layout_span *s =
				&p->layout.lines[at].spans[k];

			(void)canvas_bytes(c, top + i, s->col, STYLE_PLAIN,
					   p->layout.text + s->text, s->len);
		}
	}
	canvas_cursor(c, top + (int)(p->scroll.at - p->scroll.top), 0);
}

static bool
has_more(const struct view *v)
{
	return scroll_has_more(&const_plain(v)->scroll);
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	(void)text;
	(void)scroll_move(&plain_of(v)->scroll, cmd);
	return request_of(cmd == CMD_BACK ? REQUEST_BACK : REQUEST_NONE);
}

static const enum command bar[] = { CMD_BACK, CMD_PAGE_DOWN, CMD_PAGE_UP,
				    CMD_MENU, CMD_HELP,	     CMD_N };

static void
tell_where(const struct view *v, struct buf *out)
{
	buf_printf(out, _("Line %zu of %zu."), const_plain(v)->scroll.at + 1,
		   const_plain(v)->scroll.n);
}

static void
tell(const struct view *v, struct telling *t)
{
	telling_add(t, TELLING_TEXT, const_plain(v)->text.text.ptr, 0);
}

static void
destroy(struct view *v)
{
	struct plain *p = plain_of(v);

	layout_release(&p->layout);
	prose_release(&p->text);
	free(p->title);
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
plain_view_new(struct context *c, const json_t *args)
{
	const json_t *text = json_object_get(args, "text");
	struct plain *p = mem_alloc(sizeof(*p));

	p->view.ops = &ops;
	p->view.ctx = c;
	p->title = mem_strdup(args_text(args, "title"));
	prose_init(&p->text);
	prose_add(&p->text, args_text(args, "text"), json_string_length(text),
		  STYLE_PLAIN, -1);
	if (!p->text.text.len)
		prose_add(&p->text, _("(nothing)"), strlen(_("(nothing)")),
			  STYLE_PLAIN, -1);
	return &p->view;
}
