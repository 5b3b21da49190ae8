/*
 * start.c - what people see first: the lines that concern them (lead.h) and
 * the agenda as a tree. The focus column is column 0; arrows walk over what
 * is to be seen, left and right fold.
 */
#include "view/start.h"

#include <stdlib.h>
#include <string.h>

#include "base/parts.h"
#include "base/titles.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/utf8.h"
#include "base/sentence.h"
#include "view/branch.h"
#include "view/folds.h"
#include "view/lead.h"
#include "view/look.h"
#include "view/narrow.h"
#include "view/others.h"
#include "view/resuming.h"
#include "view/scroll.h"
#include "view/since.h"
#include "view/tree.h"
#include "view/view.h"

#define INDENT 2
#define ABOVE_FROM 16 /* rows of the body with a blank line above */
#define STATUS_COLS 25 /* from the right edge, when there is room */
#define STATUS_FROM 80 /* columns from which there is */

struct start {
	struct view view;
	struct parts parts; /* of the tree that is being asked for */
	struct lead lead;
	struct others others; /* who are signed in */
	struct tree tree;
	struct folds folds; /* of the tree, as they are kept */
	struct scroll scroll; /* lines of both */
	bool sleeps; /* not shown yet, and nothing asked for */
	bool loaded; /* the first part of the tree is there */
	int led; /* answers that the lines above it wait for */
	bool shown; /* there was a focus to see */
	json_t *counted; /* titles, of n_pages; or NULL */
	size_t n_pages;
	struct narrow narrow; /* by kind and status */
	struct look look; /* for a part of a title */
	int above; /* blank lines, where the window is high */
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

/* The line of the tree that has the focus, or NULL. */
static const struct tree_row *
focused_row(const struct start *s)
{
	size_t lines = lead_lines(&s->lead);

	if (s->scroll.at < lines || s->scroll.at - lines >= s->tree.n_seen)
		return NULL;
	return tree_seen(&s->tree, s->scroll.at - lines);
}

static bool
can_focus(const void *ctx, size_t line)
{
	const struct start *s = ctx;

	return line >= lead_lines(&s->lead) ||
	       lead_kind_of(&s->lead, line) != LEAD_BLANK;
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

static void
narrow_tree(struct start *s)
{
	tree_narrow(&s->tree, narrow_value(&s->narrow, NARROW_KIND),
		    narrow_value(&s->narrow, NARROW_STATUS));
}

static void
load_tree(struct start *s)
{
	folds_restore(&s->folds, &s->tree, s->view.ctx);
	tree_load(&s->tree, s->parts.rows);
	narrow_tree(s);
	tree_count(&s->tree, s->lead.news);
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

/* The focus stays on its row of the tree; at first it is at the top. */
static void
shift_focus(struct start *s, size_t before)
{
	size_t after = lead_lines(&s->lead);

	if (s->shown && s->tree.n_seen && s->scroll.at >= before)
		s->scroll.at = s->scroll.at - before + after;
	s->scroll.n = after + s->tree.n_seen;
	scroll_fit(&s->scroll);
}

/* Without an answer there is no line; the tree tells what is wrong. */
static void
take_drafts(void *ctx, const struct rpc_msg *m)
{
	struct start *s = ctx;
	size_t before = lead_lines(&s->lead);

	s->led--;
	if (m->kind == RPC_ERROR)
		return;
	lead_take_drafts(&s->lead, m->result);
	shift_focus(s, before);
}

static void
take_news(void *ctx, const struct rpc_msg *m)
{
	struct start *s = ctx;
	size_t before = lead_lines(&s->lead);

	s->led--;
	if (m->kind == RPC_ERROR)
		return;
	lead_take_news(&s->lead, m->result, s->view.ctx->read);
	json_decref(s->view.ctx->news);
	s->view.ctx->news = json_incref(s->lead.news);
	tree_count(&s->tree, s->lead.news);
	shift_focus(s, before);
}

static void
reload_lead(struct view *v)
{
	if (v->ctx->at) { /* these are of now */
		lead_release(&start_of(v)->lead);
		narrow_release(&start_of(v)->narrow);
		look_release(&start_of(v)->look);
		memset(&start_of(v)->lead, 0, sizeof(start_of(v)->lead));
		return;
	}
	others_ask(&start_of(v)->others, v->ctx->link, NULL);
	start_of(v)->led += 2;
	(void)link_call(v->ctx->link, "draft.list", NULL, take_drafts, v);
	(void)link_call(v->ctx->link, "news.list",
			json_pack("{s:b}", "said", 1), take_news, v);
}

static void
reload(struct view *v)
{
	struct start *s = start_of(v);

	link_forget(v->ctx->link, v);
	s->sleeps = false;
	s->led = 0;
	parts_release(&s->parts);
	/* news.list tells what is new */
	parts_init(&s->parts,
		   context_params(v->ctx, json_pack("{s:b}", "plain", 1)));
	ask_tree(s);
	reload_lead(v);
}

static void
come_back(struct view *v)
{
	(start_of(v)->sleeps ? reload : reload_lead)(v);
}

static bool
is_ready(const struct view *v)
{
	const struct start *s = const_start(v);

	return s->loaded && !s->led && !s->others.waiting && v->ctx->session;
}

/* --- showing --- */

static void
fill_head(const struct view *v, struct head *h)
{
	size_t n = const_start(v)->n_pages;
	size_t n_new = lead_n_news(&const_start(v)->lead);

	buf_printf(&h->title, _("%s - start"), context_session(v->ctx, "wiki"));
	buf_str(&h->state, context_is_guest(v->ctx)
				   ? _("guest")
				   : context_session(v->ctx, "handle"));
	if (n_new) {
		buf_str(&h->state, ", ");
		buf_printf(&h->state, _("%zu new"), n_new);
	}
	if (narrow_is_empty(&const_start(v)->narrow)) {
		lead_say_visit(v->ctx->session, context_is_guest(v->ctx),
			       n_new > 0, &h->place);
	} else {
		buf_str(&h->only, _("Only: "));
		narrow_tell(&const_start(v)->narrow, &h->only);
		buf_str(&h->place, h->only.ptr);
		buf_str(&h->place, _(", and what they belong to."));
	}
	if (!others_say_count(&const_start(v)->others, &h->fact) && n &&
	    const_start(v)->tree.n_rows) /* nothing is known without */
		buf_printf(&h->fact, ngettext("%zu page", "%zu pages", n), n);
}

/* Each title is looked at once, not at each key. */
static void
count_pages(struct start *s, json_t *titles)
{
	if (s->counted == titles)
		return;
	json_decref(s->counted);
	s->counted = json_incref(titles);
	s->n_pages = titles_pages(titles);
}

static void
recalc(struct view *v, int rows, int cols)
{
	struct start *s = start_of(v);

	count_pages(s, v->ctx->titles);
	s->cols = cols;
	s->shown = true;
	lead_take_session(&s->lead, v->ctx->session);
	folds_restore(&s->folds, &s->tree, v->ctx); /* it came late */
	s->lead.applies = context_can_apply(v->ctx);
	s->above = rows >= ABOVE_FROM ? 1 : 0;
	s->scroll.rows = rows - s->above;
	s->scroll.n = lead_lines(&s->lead) + s->tree.n_seen;
	scroll_fit(&s->scroll);
}

/* At the right edge: "3 new", or where there is no room for columns "*". */
static int
paint_count(const struct start *s, struct canvas *c, int line, const char *text)
{
	bool wide = s->cols >= STATUS_FROM;
	const char *shown = wide || !*text ? text : "*";
	int width = utf8_width(shown, strlen(shown));

	(void)canvas_text(c, line, s->cols - width, width, STYLE_PLAIN, shown);
	return width ? s->cols - width - 1 : s->cols;
}

static void
paint_row(const struct start *s, struct canvas *c, int line, size_t i)
{
	const struct tree_row *r = tree_seen(&s->tree, i);
	int col = 2 + INDENT * (int)(r->depth < 8 ? r->depth : 8);
	int status = s->cols - STATUS_COLS, end;
	struct buf count = BUF_INIT;

	if (r->n_new)
		buf_printf(&count, _("%zu new"), r->n_new);
	end = paint_count(s, c, line, count.ptr);
	buf_release(&count);
	if (tree_has_below(&s->tree, i))
		(void)canvas_text(c, line, col, 1, STYLE_PLAIN,
				  r->open ? "-" : "+");
	col += INDENT;
	(void)canvas_ellipsis(c, line, col,
			      (s->cols >= STATUS_FROM ? status - 1 : end) - col,
			      STYLE_PLAIN, branch_title(r));
	if (s->cols >= STATUS_FROM)
		(void)canvas_text(c, line, status, end - status, STYLE_PLAIN,
				  sentence_status(r->status));
}

static void
paint_lead(const struct start *s, struct canvas *c, int line, size_t i)
{
	struct buf text = BUF_INIT, count = BUF_INIT;
	int end;

	lead_text(&s->lead, i, &text);
	lead_count(&s->lead, i, &count);
	end = paint_count(s, c, line, count.ptr);
	(void)canvas_ellipsis(c, line, 2, end - 2, STYLE_PLAIN, text.ptr);
	buf_release(&text);
	buf_release(&count);
}

static void
paint_line(const struct start *s, struct canvas *c, int line, size_t i)
{
	size_t lines = lead_lines(&s->lead);

	if (i < lines)
		paint_lead(s, c, line, i);
	else
		paint_row(s, c, line, i - lines);
}

static const char *
name_emptiness(const struct start *s)
{
	return narrow_is_empty(&s->narrow) ? _("There are no pages yet.")
					   : _("No page fits the filter.");
}

static void
paint(const struct view *v, struct canvas *c, int top, int rows)
{
	const struct start *s = const_start(v);
	int focus = top + s->above, empty = focus + (int)lead_lines(&s->lead);

	if (!s->tree.n_seen && s->loaded)
		(void)canvas_text(c, empty, 2, s->cols - 2, STYLE_PLAIN,
				  name_emptiness(s));
	top += s->above;
	for (int i = 0; i < rows - s->above; i++) {
		size_t at = s->scroll.top + (size_t)i;

		if (at >= s->scroll.n)
			break;
		if (at == s->scroll.at)
			focus = top + i;
		paint_line(s, c, top + i, at);
	}
	(void)canvas_text(c, focus, 0, 1, STYLE_PLAIN, ">");
	canvas_style(c, focus, 0, s->cols, STYLE_FOCUS);
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
	const struct tree_row *r = focused_row(s);

	if (!r) {
		lead_text(&s->lead, s->scroll.at, out);
		return;
	}
	branch_name(r, out);
	if (tree_has_below(&s->tree, s->scroll.at - lead_lines(&s->lead)))
		buf_printf(out, ", %s", r->open ? _("open") : _("closed"));
}

static void
tell_where(const struct view *v, struct buf *out)
{
	const struct start *s = const_start(v);

	buf_printf(out, _("Start, line %zu of %zu: "), s->scroll.at + 1,
		   s->scroll.n);
	describe_focus(v, out);
}

static void
tell(const struct view *v, struct telling *t)
{
	const struct start *s = const_start(v);
	size_t lines = lead_lines(&s->lead);
	struct buf line = BUF_INIT;

	for (size_t i = 0; i < lines + s->tree.n_seen; i++) {
		if (i < lines && lead_kind_of(&s->lead, i) == LEAD_BLANK)
			continue;
		buf_reset(&line);
		if (i < lines)
			lead_text(&s->lead, i, &line);
		else
			branch_tell(tree_seen(&s->tree, i - lines), &line);
		telling_add(t, TELLING_CHOICE, line.ptr, i);
	}
	if (!s->tree.n_seen && s->loaded)
		telling_add(t, TELLING_TEXT, name_emptiness(s), 0);
	buf_release(&line);
}

static bool
pick(struct view *v, size_t value)
{
	struct start *s = start_of(v);

	s->scroll.n = lead_lines(&s->lead) + s->tree.n_seen;
	if (value >= s->scroll.n || !can_focus(s, value))
		return false;
	scroll_to(&s->scroll, value);
	return true;
}

/* --- acting --- */

static void
fold(struct start *s, bool open)
{
	size_t lines = lead_lines(&s->lead), i = s->scroll.at - lines, n;
	const struct tree_row *r = focused_row(s);

	if (!r)
		return;
	if (!open && (!tree_has_below(&s->tree, i) || !r->open)) {
		scroll_to(&s->scroll, lines + tree_parent(&s->tree, i));
		return;
	}
	if (open && tree_has_below(&s->tree, i) && r->open) {
		scroll_step(&s->scroll, 1);
		return;
	}
	tree_fold(&s->tree, i, open);
	folds_change(&s->folds, s->view.ctx);
	s->scroll.n = lines + s->tree.n_seen;
	n = tree_children(&s->tree, i);
	if (open && n)
		context_say(s->view.ctx,
			    ngettext("Open, %zu part", "Open, %zu parts", n),
			    n);
	else if (n)
		context_say(s->view.ctx, "%s", _("Closed"));
}

static struct request
open_unread(struct start *s)
{
	size_t left;
	const json_t *row = lead_first_new(&s->lead, s->view.ctx->read, &left);

	struct request r = request_of(REQUEST_UNREAD);

	if (row) {
		r = since_open(row, left);
		lead_pass(&s->lead, row);
	}
	return r;
}

static struct request
open_row(struct start *s)
{
	const struct tree_row *r = focused_row(s);

	if (!r)
		return resuming_open(&s->lead, s->scroll.at);
	if (r->address)
		return request_text(REQUEST_OPEN_PAGE, r->address);
	fold(s, !r->open);
	return request_of(REQUEST_NONE);
}

static struct request
preview(const struct view *v)
{
	const struct tree_row *r = focused_row(const_start(v));

	if (!r || !r->address)
		return request_of(REQUEST_NONE);
	return request_show(SCREEN_PAGE,
			    json_pack("{s:s}", "address", r->address));
}

static void
say_focus(struct view *v)
{
	struct buf line = BUF_INIT;

	describe_focus(v, &line);
	context_announce(v->ctx, "%s", line.ptr);
	buf_release(&line);
}

static void
move(struct start *s, enum command cmd)
{
	(void)scroll_move_item(&s->scroll, cmd);
	if (cmd == CMD_NEXT_ITEM || cmd == CMD_PREVIOUS_ITEM)
		say_focus(&s->view);
}

/* --- a part of a title --- */

static void
look_for(struct start *s, int by)
{
	size_t lines = lead_lines(&s->lead);
	struct tree_place place = { .at = s->tree.n_seen };
	struct buf line = BUF_INIT;

	if (s->scroll.at >= lines)
		place.at = s->scroll.at - lines;
	if (!tree_find(&s->tree, s->look.words, by, &place)) {
		context_say(s->view.ctx,
			    _("No title here has %s. z searches "
			      "the texts."),
			    s->look.words);
		return;
	}
	folds_change(&s->folds, s->view.ctx);
	s->scroll.n = lines + s->tree.n_seen;
	scroll_jump(&s->scroll, lines + place.at);
	buf_printf(&line, _("Found %zu of %zu: "), place.n, place.all);
	describe_focus(&s->view, &line);
	context_say(s->view.ctx, "%s", line.ptr);
	buf_release(&line);
}

/* The focus stays on its page, or goes to the first line. */
static struct request
filter(struct start *s, const char *text)
{
	const struct tree_row *r = focused_row(s);
	size_t lines = lead_lines(&s->lead), at;
	struct request request;

	if (!narrow_run(&s->narrow, CMD_FILTER, text, &request))
		return request;
	narrow_tree(s);
	s->scroll.n = lines + s->tree.n_seen;
	at = tree_seek(&s->tree, r ? r->address : NULL);
	scroll_to(&s->scroll, at < s->tree.n_seen ? lines + at : 0);
	return request;
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct start *s = start_of(v);
	struct request r;
	int by;

	if (cmd == CMD_RESUME && text)
		return request_text(REQUEST_RESUME, text);
	if (cmd == CMD_FILTER)
		return filter(s, text);
	if (cmd == CMD_COMPARE)
		return request_show(
			SCREEN_BETWEEN,
			json_pack("{s:I}", "from", (json_int_t)v->ctx->at));
	if (cmd == CMD_HISTORY)
		return request_show(SCREEN_CHANGES, NULL);
	if (!s->scroll.n)
		return request_of(REQUEST_NONE);
	if (look_run(&s->look, cmd, text, &by, &r)) {
		if (by)
			look_for(s, by);
		return r;
	}
	if (cmd == CMD_OPEN)
		return open_row(s);
	if (cmd == CMD_UNREAD)
		return open_unread(s);
	if (cmd == CMD_EXPAND || cmd == CMD_COLLAPSE)
		fold(s, cmd == CMD_EXPAND);
	else
		move(s, cmd);
	return request_of(REQUEST_NONE);
}

static bool
allows(const struct view *v, enum command cmd)
{
	if (cmd == CMD_COMPARE || cmd == CMD_NOW)
		return v->ctx->at != 0;
	if (cmd == CMD_UNREAD)
		return lead_n_news(&const_start(v)->lead) > 0;
	if (cmd == CMD_OPEN || cmd == CMD_NEXT_ITEM || cmd == CMD_EXPAND ||
	    cmd == CMD_COLLAPSE)
		return const_start(v)->scroll.n > 0;
	return true;
}

static const enum command bar[] = { CMD_OPEN,	   CMD_UNREAD, CMD_COMPARE,
				    CMD_NOW,	   CMD_SEARCH, CMD_GOTO,
				    CMD_NEW,	   CMD_EXPAND, CMD_COLLAPSE,
				    CMD_NEXT_ITEM, CMD_WHERE,  CMD_MENU,
				    CMD_HELP,	   CMD_N };

static const struct view_word bar_words[] = {
	{ CMD_COMPARE, N_("Difference with now") },
	{ CMD_N, NULL },
};

static int64_t
due(const struct view *v)
{
	return const_start(v)->parts.rows ? 0 : const_start(v)->folds.due;
}

static void
tick(struct view *v, bool ends)
{
	struct start *s = start_of(v);

	folds_tick(&s->folds, &s->tree, !s->parts.rows, v->ctx, ends);
}

static void
destroy(struct view *v)
{
	link_forget(v->ctx->link, v);
	parts_release(&start_of(v)->parts);
	tree_release(&start_of(v)->tree);
	lead_release(&start_of(v)->lead);
	others_release(&start_of(v)->others, v->ctx->link);
	narrow_release(&start_of(v)->narrow);
	look_release(&start_of(v)->look);
	json_decref(start_of(v)->counted);
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
	.allows = allows,
	.bar = bar,
	.words = bar_words,
	.where = tell_where,
	.tell = tell,
	.pick = pick,
	.preview = preview,
	.reload = reload,
	.returned = come_back,
	.due = due,
	.tick = tick,
	.free = destroy,
};

struct view *
start_view_new(struct context *c, const json_t *args)
{
	struct start *s = mem_alloc(sizeof(*s));

	s->view.ops = &ops;
	s->view.ctx = c;
	narrow_init(&s->narrow, 1u << NARROW_KIND | 1u << NARROW_STATUS);
	s->scroll.can_focus = can_focus;
	s->scroll.ctx = s;
	s->sleeps = json_is_true(json_object_get(args, "sleeps"));
	if (!s->sleeps)
		reload(&s->view);
	return &s->view;
}
