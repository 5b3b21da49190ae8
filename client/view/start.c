/*
 * start.c - what people see first. The focus column is column 0; arrows walk
 * over what is to be seen, left and right fold.
 */
#include "view/start.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/parts.h"
#include "plein/mem.h"
#include "base/sentence.h"
#include "view/scroll.h"
#include "view/tree.h"
#include "view/view.h"

#define INDENT 2
#define STATUS_COLS 25 /* from the right edge, when there is room */
#define STATUS_FROM 80 /* columns from which there is */

struct start {
	struct view view;
	struct parts parts; /* of the tree that is being asked for */
	struct tree tree;
	struct scroll scroll;
	bool loaded; /* the first part is there */
	int cols;
};

static struct start *
start_of(struct view *v)
{
	return (struct start *)v;
}

static const struct start *
const_start(const struct view *v)
{
	return (const struct start *)v;
}

static const char *
title_of(const struct tree_row *r)
{
	return r->title ? r->title : _("Other pages");
}

/* --- data --- */

static void
take_tree(void *ctx, const struct rpc_msg *m);

static void
ask_tree(struct start *s)
{
	(void)link_call(s->view.ctx->link, "agenda.tree",
			parts_params(&s->parts), take_tree, s);
}

/* A copy: more may come, or all of it anew. */
static void
load_tree(struct start *s)
{
	json_t *rows = json_copy(s->parts.rows);

	tree_load(&s->tree, rows);
	json_decref(rows);
}

/* The first part is enough to begin with; then it changes once. */
static void
take_tree(void *ctx, const struct rpc_msg *m)
{
	struct start *s = ctx;
	enum parts_step step = parts_take(&s->parts, m);

	if (step == PARTS_FAILED)
		context_say_error(s->view.ctx, m);
	else if (step == PARTS_DONE || !s->loaded)
		load_tree(s);
	s->loaded = true;
	if (step == PARTS_MORE)
		ask_tree(s);
	else
		parts_release(&s->parts);
}

static void
reload(struct view *v)
{
	struct start *s = start_of(v);

	link_forget(v->ctx->link, v);
	parts_release(&s->parts);
	parts_init(&s->parts, NULL);
	ask_tree(s);
}

static bool
is_ready(const struct view *v)
{
	return const_start(v)->loaded && v->ctx->session;
}

/* --- showing --- */

static void
fill_head(const struct view *v, struct head *h)
{
	size_t n = json_object_size(v->ctx->titles);

	buf_printf(&h->title, _("%s - start"), context_session(v->ctx, "wiki"));
	buf_str(&h->state, context_session(v->ctx, "handle"));
	buf_str(&h->place, _("Objectives, main topics, themes and questions"));
	buf_printf(&h->fact, ngettext("%zu page", "%zu pages", n), n);
}

static void
recalc(struct view *v, int rows, int cols)
{
	struct start *s = start_of(v);

	s->cols = cols;
	s->scroll.rows = rows;
	s->scroll.n = s->tree.n_seen;
	scroll_fit(&s->scroll);
}

static void
paint_row(const struct start *s, struct canvas *c, int line, size_t i)
{
	const struct tree_row *r = tree_seen(&s->tree, i);
	int col = 2 + INDENT * (int)(r->depth < 8 ? r->depth : 8);
	int status = s->cols - STATUS_COLS;
	int end = s->cols >= STATUS_FROM ? status - 1 : s->cols;

	if (r->below)
		(void)canvas_text(c, line, col, 1, STYLE_PLAIN,
				  r->open ? "-" : "+");
	col += INDENT;
	(void)canvas_ellipsis(c, line, col, end - col, STYLE_PLAIN,
			      title_of(r));
	if (s->cols >= STATUS_FROM)
		(void)canvas_text(c, line, status, STATUS_COLS, STYLE_PLAIN,
				  sentence_status(r->status));
}

static void
paint(const struct view *v, struct canvas *c, int top, int rows)
{
	const struct start *s = const_start(v);
	int focus = top;

	if (!s->tree.n_seen && s->loaded)
		(void)canvas_text(c, top, 2, s->cols - 2, STYLE_PLAIN,
				  _("There are no pages yet."));
	for (int i = 0; i < rows; i++) {
		size_t at = s->scroll.top + (size_t)i;

		if (at >= s->tree.n_seen)
			break;
		if (at == s->scroll.at)
			focus = top + i;
		paint_row(s, c, top + i, at);
	}
	(void)canvas_text(c, focus, 0, 1, STYLE_PLAIN, ">");
	canvas_cursor(c, focus, 0);
}

static bool
has_more(const struct view *v)
{
	return scroll_has_more(&const_start(v)->scroll);
}

static void
describe_focus(const struct view *v, struct buf *out)
{
	const struct start *s = const_start(v);
	const struct tree_row *r;

	if (!s->tree.n_seen)
		return;
	r = tree_seen(&s->tree, s->scroll.at);
	buf_str(out, title_of(r));
	if (*r->status)
		buf_printf(out, ", %s", sentence_status(r->status));
	if (r->below)
		buf_printf(out, ", %s", r->open ? _("open") : _("closed"));
}

static void
tell_where(const struct view *v, struct buf *out)
{
	const struct start *s = const_start(v);

	buf_printf(out, _("Start, line %zu of %zu: "), s->scroll.at + 1,
		   s->tree.n_seen);
	describe_focus(v, out);
}

/* --- acting --- */

static void
fold(struct start *s, bool open)
{
	size_t i = s->scroll.at, n;
	const struct tree_row *r = tree_seen(&s->tree, i);

	if (!open && (!r->below || !r->open)) {
		scroll_to(&s->scroll, tree_parent(&s->tree, i));
		return;
	}
	if (open && r->below && r->open) {
		scroll_step(&s->scroll, 1);
		return;
	}
	tree_fold(&s->tree, i, open);
	s->scroll.n = s->tree.n_seen;
	n = tree_children(&s->tree, i);
	if (open && n)
		context_say(s->view.ctx,
			    ngettext("Open, %zu part", "Open, %zu parts", n),
			    n);
	else if (n)
		context_say(s->view.ctx, "%s", _("Closed"));
}

static struct request
open_row(struct start *s)
{
	const struct tree_row *r = tree_seen(&s->tree, s->scroll.at);

	if (r->address)
		return request_text(REQUEST_OPEN_PAGE, r->address);
	fold(s, !r->open);
	return request_of(REQUEST_NONE);
}

static void
say_focus(struct view *v)
{
	struct buf line = BUF_INIT;

	describe_focus(v, &line);
	context_say(v->ctx, "%s", line.ptr);
	buf_release(&line);
}

static void
move(struct start *s, enum command cmd)
{
	if (cmd == CMD_UP || cmd == CMD_PREVIOUS_ITEM)
		scroll_step(&s->scroll, -1);
	else if (cmd == CMD_DOWN || cmd == CMD_NEXT_ITEM)
		scroll_step(&s->scroll, 1);
	else if (cmd == CMD_PAGE_UP || cmd == CMD_PAGE_DOWN)
		scroll_page(&s->scroll, cmd == CMD_PAGE_UP ? -1 : 1);
	else if (cmd == CMD_FIRST)
		scroll_to(&s->scroll, 0);
	else if (cmd == CMD_LAST)
		scroll_end(&s->scroll);
	if (cmd == CMD_NEXT_ITEM || cmd == CMD_PREVIOUS_ITEM)
		say_focus(&s->view);
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct start *s = start_of(v);

	(void)text;
	if (!s->tree.n_seen)
		return request_of(REQUEST_NONE);
	if (cmd == CMD_OPEN)
		return open_row(s);
	if (cmd == CMD_EXPAND || cmd == CMD_COLLAPSE)
		fold(s, cmd == CMD_EXPAND);
	else
		move(s, cmd);
	return request_of(REQUEST_NONE);
}

static const enum command *
bar(const struct view *v)
{
	static const enum command list[] = { CMD_OPEN, CMD_EXPAND, CMD_COLLAPSE,
					     CMD_GOTO, CMD_MENU,   CMD_HELP,
					     CMD_N };

	(void)v;
	return list;
}

static void
destroy(struct view *v)
{
	link_forget(v->ctx->link, v);
	parts_release(&start_of(v)->parts);
	tree_release(&start_of(v)->tree);
	free(v);
}

static const struct view_ops ops = {
	.place = PLACE_START,
	.is_ready = is_ready,
	.head = fill_head,
	.recalc = recalc,
	.paint = paint,
	.has_more = has_more,
	.run = run,
	.bar = bar,
	.where = tell_where,
	.reload = reload,
	.free = destroy,
};

struct view *
start_view_new(struct context *c)
{
	struct start *s = mem_alloc(sizeof(*s));

	s->view.ops = &ops;
	s->view.ctx = c;
	reload(&s->view);
	return &s->view;
}
