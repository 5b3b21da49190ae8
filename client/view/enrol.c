/*
 * enrol.c - see enrol.h. The picture stands at the left, where it fits; in a
 * window of 24 lines its margin is one cell. Without room, or signs for it,
 * there are the letters only.
 */
#include "view/enrol.h"

#include <stdlib.h>
#include <string.h>

#include "layout/lines.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "ui/qr.h"
#include "view/view.h"

#define MARGIN 2 /* cells around the picture; 1 where there is no more room */
#define GROUP 4 /* letters between blanks */
#define TEXT_LEAST 30 /* columns beside the picture */
#define TEXT_MOST 76

struct enrol {
	struct view view;
	char *secret, *rows; /* of the picture */
	struct layout text;
	int margin; /* of the picture; -1: it is not shown */
	int left, cols; /* where the text begins; it was made for */
};

static struct enrol *
enrol_of(struct view *v)
{
	return (struct enrol *)v;
}

static const struct enrol *
const_enrol(const struct view *v)
{
	return (const struct enrol *)v;
}

static void
fill_head(const struct view *v, struct head *h)
{
	(void)v;
	buf_str(&h->title, _("Code from an app"));
	buf_str(&h->place, _("It counts when you have typed a code of it."));
}

/* --- the text --- */

static void
add_text(const struct enrol *e, struct buf *out)
{
	size_t len = strlen(e->secret);

	buf_printf(out, "%s\n\n",
		   e->margin >= 0
			   ? _("Scan this with an app for codes on your "
			       "phone, or type these letters over:")
			   : _("Type these letters over in an app for codes on "
			       "your phone. A larger window shows a picture to "
			       "scan."));
	for (size_t at = 0; at < len; at += GROUP)
		buf_printf(out, "%s%.*s", at > 0 ? " " : "", GROUP,
			   e->secret + at);
	buf_printf(out, "\n\n%s",
		   _("Then press Enter, and type the code that "
		     "the app shows."));
}

static void
make_text(struct enrol *e, int width)
{
	static const struct margins margins = { .first = 0 };
	struct buf text = BUF_INIT;
	struct prose prose;
	struct lines l;

	add_text(e, &text);
	prose_init(&prose);
	prose_add(&prose, text.ptr, text.len, STYLE_PLAIN, -1);
	layout_release(&e->text);
	lines_init(&l, width < TEXT_MOST ? width : TEXT_MOST);
	lines_wrap(&l, &prose, 0, prose.text.len, &margins);
	lines_take(&l, &e->text);
	prose_release(&prose);
	explicit_bzero(text.ptr, text.len);
	buf_release(&text);
}

/* --- the picture --- */

static bool
has_signs(const struct context *c)
{
	return !c->in_lines && !getenv("PLEIN_ASCII") &&
	       c->display.value[DISPLAY_SIGNS] != SIGNS_ASCII;
}

/* The widest margin it fits with, or -1. */
static int
fit(const struct enrol *e, int rows, int cols)
{
	int size = qr_size(e->rows);

	for (int m = MARGIN; m > 0 && size && has_signs(e->view.ctx); m--)
		if ((size + 2 * m + 1) / 2 <= rows &&
		    size + 2 * m + 2 + TEXT_LEAST <= cols)
			return m;
	return -1;
}

static void
recalc(struct view *v, int rows, int cols)
{
	struct enrol *e = enrol_of(v);

	e->margin = fit(e, v->ctx->rows ? v->ctx->rows : rows, cols);
	e->left = e->margin < 0 ? 2 : qr_size(e->rows) + 2 * e->margin + 2;
	make_text(e, cols - e->left - 1);
	e->cols = cols;
}

static void
paint_picture(const struct enrol *e, struct canvas *c, int top, int rows)
{
	static const char *const blocks[] = { " ", "\xe2\x96\x80",
					      "\xe2\x96\x84", "\xe2\x96\x88" };
	int m = e->margin, size = qr_size(e->rows);

	for (int i = 0; i < rows && 2 * i < size + 2 * m; i++)
		for (int x = -m; x < size + m; x++) {
			int y = 2 * i - m;
			size_t sign = (size_t)qr_is_dark(e->rows, x, y) +
				      2 * (size_t)qr_is_dark(e->rows, x, y + 1);

			(void)canvas_text(c, top + i, x + m, 1, STYLE_PICTURE,
					  blocks[sign]);
		}
}

static void
paint_text(const struct enrol *e, struct canvas *c, int top, int rows)
{
	for (int i = 0; i + 1 < rows && i < (int)e->text.n_lines; i++) {
		const struct layout_line *line = &e->text.lines[i];

		for (size_t k = 0; k < line->n_spans; k++)
			(void)canvas_bytes(
				c, top + 1 + i, e->left + line->spans[k].col,
				STYLE_PLAIN, e->text.text + line->spans[k].text,
				line->spans[k].len);
	}
}

static void
paint(const struct view *v, struct canvas *c, int top, int rows)
{
	const struct enrol *e = const_enrol(v);

	if (e->margin >= 0)
		paint_picture(e, c, top, rows);
	paint_text(e, c, top, rows);
	(void)canvas_text(c, top + 1, e->left - 2, 1, STYLE_PLAIN, ">");
	canvas_cursor(c, top + 1, e->left - 2);
}

static bool
has_more(const struct view *v)
{
	(void)v;
	return false;
}

/* --- acting --- */

static void
add_recovery(const json_t *codes, struct buf *out)
{
	buf_printf(out, "%s\n%s\n%s\n\n",
		   _("From now on you sign in with a code as well."),
		   _("Write these recovery codes down. They are not shown "
		     "again."),
		   _("Each works once, when you do not have your app."));
	for (size_t i = 0; i < json_array_size(codes); i++)
		buf_printf(out, "%s\n",
			   json_string_value(json_array_get(codes, i)));
}

static void
take_confirmed(void *ctx, const struct rpc_msg *m)
{
	struct enrol *e = ctx;
	struct buf text = BUF_INIT;

	if (m->kind != RPC_RESULT) {
		context_say_error(e->view.ctx, m);
		return;
	}
	add_recovery(json_object_get(m->result, "recovery"), &text);
	view_post(&e->view,
		  request_show(SCREEN_PLAIN, json_pack("{s:s, s:s}", "title",
						       _("your recovery codes"),
						       "text", text.ptr)));
	explicit_bzero(text.ptr, text.len);
	buf_release(&text);
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct request r = request_of(REQUEST_NONE);

	if (cmd == CMD_BACK)
		return request_of(REQUEST_BACK);
	if (cmd == CMD_OPEN) {
		r = request_text(REQUEST_FIELD,
				 _("Code that the app shows (6 digits)"));
		r.command = CMD_CODE_TYPED;
	} else if (cmd == CMD_CODE_TYPED && text) {
		(void)link_call(v->ctx->link, "code.confirm",
				json_pack("{s:s}", "code", text),
				take_confirmed, v);
	}
	return r;
}

static bool
allows(const struct view *v, enum command cmd)
{
	(void)v;
	return cmd != CMD_END_SESSIONS && cmd != CMD_LOOK &&
	       cmd != CMD_LOOK_NEXT && cmd != CMD_LOOK_PREVIOUS;
}

static const enum command bar[] = { CMD_OPEN, CMD_BACK, CMD_MENU, CMD_HELP,
				    CMD_N };

static const struct view_word bar_words[] = {
	{ CMD_OPEN, N_("Type the code") },
	{ CMD_N, NULL },
};

static void
tell_where(const struct view *v, struct buf *out)
{
	add_text(const_enrol(v), out);
}

static void
tell(const struct view *v, struct telling *t)
{
	struct buf text = BUF_INIT;

	add_text(const_enrol(v), &text);
	telling_add(t, TELLING_TEXT, text.ptr, 0);
	buf_release(&text);
}

static void
destroy(struct view *v)
{
	struct enrol *e = enrol_of(v);

	link_forget(v->ctx->link, v);
	layout_release(&e->text);
	explicit_bzero(e->secret, strlen(e->secret));
	explicit_bzero(e->rows, strlen(e->rows));
	free(e->secret);
	free(e->rows);
	free(e);
}

static const struct view_ops ops = {
	.place = PLACE_ACCOUNT,
	.passes = true, /* back from the recovery codes leads to the profile */
	.head = fill_head,
	.recalc = recalc,
	.paint = paint,
	.has_more = has_more,
	.run = run,
	.allows = allows,
	.bar = bar,
	.words = bar_words,
	.where = tell_where,
	.tell = tell,
	.free = destroy,
};

struct view *
enrol_view_new(struct context *c, const json_t *args)
{
	struct enrol *e = mem_alloc(sizeof(*e));

	e->view.ops = &ops;
	e->view.ctx = c;
	e->secret = mem_strdup(args_text(args, "secret"));
	e->rows = mem_strdup(args_text(args, "qr"));
	return &e->view;
}
