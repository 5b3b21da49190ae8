/*
 * remark_view.c - see remark_view.h. The editor is that of pages; only what
 * stands above the text and what becomes of it differ.
 */
#include "view/remark_view.h"

#include <stdlib.h>
#include <string.h>

#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/remark.h"
#include "view/naming.h"
#include "view/reader.h"
#include "view/remark_impl.h"
#include "view/remarks.h"
#include "view/talk.h"

#define TEXT_COLS 79
#define ROOMY 14 /* rows from which what is answered is shown */
#define LEAST 4 /* rows of the text, whatever stands above it */

static struct remark_view *
remark_of(struct view *v)
{
	return (struct remark_view *)v;
}

static const struct remark_view *
const_remark(const struct view *v)
{
	return (const struct remark_view *)v;
}

static const json_t *
answered(const struct remark_view *v)
{
	return json_object_get(v->args, "answers");
}

const json_t *
remark_edits(const struct remark_view *v)
{
	return json_object_get(v->args, "edits");
}

const char *
remark_thread(const struct remark_view *v)
{
	return args_text(v->args, "thread");
}

/* --- above the text --- */

/* Who was answered and what they said, as it stands in the discussion. */
static void
lay_out_answered(struct remark_view *v, int width, struct layout_wiki *wiki)
{
	json_t *row = json_deep_copy(answered(v)), *rows = json_array();
	const struct remarks_text text = { .rows = rows, .n = 1, .only = true };
	struct buf starts = BUF_INIT;

	/* a new one is not told as new, and its indent says nothing here */
	(void)json_object_del(row, "new");
	(void)json_array_append_new(rows, row);
	remarks_layout(&v->about, &starts, &text, width, wiki);
	buf_release(&starts);
	json_decref(rows);
}

static void
lay_out_quote(struct remark_view *v, int width)
{
	struct buf line = BUF_INIT;

	buf_printf(&line, _("On the text: \"%s\""),
		   args_text(v->args, "quote"));
	layout_make_plain(&v->about, line.ptr, line.len, width);
	buf_release(&line);
}

static void
lay_out(struct remark_view *v, int cols)
{
	struct naming names;
	int width = reader_measure(cols);

	layout_release(&v->about);
	naming_init(&names, v->w.view.ctx, args_text(v->args, "address"));
	if (json_is_object(answered(v)))
		lay_out_answered(v, width, &names.wiki);
	else if (*args_text(v->args, "quote"))
		lay_out_quote(v, width);
	naming_release(&names);
	v->cols = cols;
}

/*
 * A blank line, what is answered, a blank line and a heading: as much of it,
 * from its end, as the text leaves.
 */
static int
measure_above(const struct remark_view *v, int rows)
{
	int about = (int)v->about.n_lines, most = rows - LEAST;
	int wanted = 2 + (about ? about + 1 : 0);
	int lines = (int)editor_n_lines(v->w.editor);

	if (rows < ROOMY)
		return 1;
	if (rows - lines < most)
		most = rows - lines;
	if (wanted > most)
		wanted = most;
	return wanted > 1 ? wanted : 1;
}

static void
recalc(struct view *view, int rows, int cols)
{
	struct remark_view *v = remark_of(view);
	int width = cols > TEXT_COLS ? TEXT_COLS : cols - 1;

	if (!v->w.editor)
		return;
	if (cols != v->cols)
		lay_out(v, cols);
	editor_resize(v->w.editor, rows, width);
	v->above = measure_above(v, rows);
	v->w.rows = rows - v->above;
	editor_resize(v->w.editor, v->w.rows, width);
}

static void
paint_about_line(const struct remark_view *v, struct canvas *c, int row,
		 int line)
{
	const struct layout_line *l = &v->about.lines[line];

	for (size_t i = 0; i < l->n_spans; i++)
		(void)canvas_bytes(c, row, l->spans[i].col, l->spans[i].style,
				   v->about.text + l->spans[i].text,
				   l->spans[i].len);
}

/* The heading is the last of them, a blank line is above it. */
static void
paint_above(const struct remark_view *v, struct canvas *c, int top)
{
	int about = (int)v->about.n_lines, heading = v->above - 1;
	const char *what = remark_edits(v) ? _("Your comment, changed")
					   : _("Your comment");

	(void)canvas_ellipsis(c, top + heading, 0, canvas_cols(c),
			      STYLE_HEADING, what);
	for (int row = heading - 2, line = about - 1; row >= 0 && line >= 0;
	     row--, line--)
		paint_about_line(v, c, top + row, line);
}

static void
paint(const struct view *view, struct canvas *c, int top, int rows)
{
	const struct remark_view *v = const_remark(view);

	canvas_cursor(c, top, 0);
	if (!v->w.editor)
		return;
	paint_above(v, c, top);
	writing_paint(&v->w, c, top + v->above, rows - v->above);
}

static bool
has_more(const struct view *view)
{
	const struct writing *w = &const_remark(view)->w;

	return w->editor && editor_top(w->editor) + (size_t)w->rows <
				    editor_n_lines(w->editor);
}

/* --- in words --- */

/* What is being done, and to what. */
static void
tell_act(const struct remark_view *v, struct buf *out)
{
	const json_t *row = answered(v);

	if (remark_edits(v))
		buf_printf(out, _("Change comment %s"),
			   args_text(remark_edits(v), "number"));
	else if (json_is_object(row))
		buf_printf(out, _("Answer to %s of %s"),
			   args_text(row, "number"), args_text(row, "handle"));
	else if (*remark_thread(v))
		buf_str(out, _("New comment"));
	else
		buf_str(out, _("New discussion"));
}

static void
fill_head(const struct view *view, struct head *h)
{
	const struct remark_view *v = const_remark(view);
	const char *page = args_text(v->args, "address"), *found;
	const char *title = context_find(view->ctx, page, &found);

	tell_act(v, &h->title);
	if (writing_is_dirty(&v->w))
		buf_str(&h->state, _("unsaved"));
	buf_printf(&h->place, "%s > %s", args_text(v->args, "title"),
		   title ? title : page);
}

static void
tell_where(const struct view *view, struct buf *out)
{
	const struct remark_view *v = const_remark(view);

	tell_act(v, out);
	buf_str(out, ". ");
	if (v->w.editor)
		writing_tell_where(&v->w, out);
}

/* --- acting --- */

static bool
is_ready(const struct view *view)
{
	return const_remark(view)->w.editor && view->ctx->titles;
}

static bool
take_key(struct view *view, const struct key *k, struct request *r)
{
	struct writing *w = &remark_of(view)->w;

	(void)r;
	return w->editor && writing_key(w, k);
}

static struct request
run(struct view *view, enum command cmd, const char *text)
{
	struct remark_view *v = remark_of(view);
	struct writing *w = &v->w;
	struct request r = request_of(REQUEST_NONE);

	if (!w->editor)
		return request_of(cmd == CMD_LEAVE ? REQUEST_BACK
						   : REQUEST_NONE);
	if (writing_find(w, cmd, text, &r) || writing_spell(w, cmd, text, &r) ||
	    remark_run(v, cmd, &r))
		return r;
	if (cmd == CMD_INSERT)
		return writing_insert(w, text);
	if (cmd == CMD_PREVIEW)
		return writing_preview(w);
	if (cmd == CMD_DISCARD)
		return writing_discard(w);
	if (cmd == CMD_KEEP)
		return writing_keep(w);
	writing_do(w, cmd);
	return request_of(REQUEST_NONE);
}

static bool
allows(const struct view *view, enum command cmd)
{
	(void)view;
	return cmd != CMD_MINE;
}

static const enum command bar[] = { CMD_SAVE,  CMD_PREVIEW, CMD_UNDO,
				    CMD_WHERE, CMD_LEAVE,   CMD_EDITOR_MENU,
				    CMD_HELP,  CMD_N };

static const struct view_word bar_words[] = {
	{ CMD_SAVE, N_("Post") },
	{ CMD_EDITOR_MENU, N_("Menu") },
	{ CMD_N, NULL },
};

static bool
is_dirty(const struct view *view)
{
	return writing_is_dirty(&const_remark(view)->w);
}

static const char *
about_page(const struct view *view, json_int_t *version)
{
	*version = 0;
	return args_text(const_remark(view)->args, "address");
}

static void
destroy(struct view *view)
{
	struct remark_view *v = remark_of(view);

	link_forget(view->ctx->link, view);
	editor_free(v->w.editor);
	draft_release(&v->w.draft);
	json_decref(v->w.stored);
	json_decref(v->w.people);
	writing_find_release(&v->w);
	writing_link_release(&v->w);
	writing_spell_release(&v->w);
	layout_release(&v->about);
	json_decref(v->args);
	free(v);
}

static const struct view_ops ops = {
	.place = PLACE_EDITOR,
	.is_ready = is_ready,
	.head = fill_head,
	.recalc = recalc,
	.paint = paint,
	.has_more = has_more,
	.key = take_key,
	.run = run,
	.allows = allows,
	.bar = bar,
	.words = bar_words,
	.where = tell_where,
	.is_dirty = is_dirty,
	.unsaved = writing_unsaved,
	.page = about_page,
	.due = writing_due,
	.tick = writing_tick,
	.free = destroy,
};

bool
remark_view_is(const struct view *v)
{
	return v->ops == &ops;
}

bool
remark_view_changes(const struct view *v)
{
	return remark_edits(const_remark(v)) != NULL;
}

void
remark_view_text(const struct view *v, struct buf *out)
{
	if (const_remark(v)->w.editor)
		writing_copy_body(&const_remark(v)->w, out);
}

/* --- who can be mentioned --- */

static void
add_person(json_t *people, const char *handle, const char *name)
{
	if (*handle && (*name || !json_object_get(people, handle)))
		(void)json_object_set_new(people, handle,
					  json_string(*name ? name : handle));
}

static void
take_people(void *ctx, const struct rpc_msg *m)
{
	struct remark_view *v = ctx;
	const json_t *row;
	size_t i;

	json_array_foreach(json_object_get(m->result, "rows"), i, row)
	{
		add_person(v->w.people, args_text(row, "handle"),
			   args_text(row, "author"));
	}
}

/* Who spoke here, and who changed something in the wiki lately. */
static void
ask_people(struct remark_view *v)
{
	const json_t *row;
	size_t i;

	v->w.people = json_object();
	json_array_foreach(json_object_get(v->args, "rows"), i, row)
	{
		add_person(v->w.people, args_text(row, "handle"), "");
	}
	(void)link_call(v->w.view.ctx->link, "changes.list", NULL, take_people,
			v);
}

/* A draft is of the discussion, or of a new one about the page. */
static void
init_draft(struct remark_view *v)
{
	struct buf address = BUF_INIT;

	buf_printf(&address, TALK_DRAFTS "%s",
		   *remark_thread(v) ? remark_thread(v)
				     : args_text(v->args, "address"));
	draft_init(&v->w.draft, address.ptr);
	free(v->w.draft.title);
	v->w.draft.title = mem_strdup(args_text(v->args, "title"));
	buf_release(&address);
}

struct view *
remark_view_new(struct context *c, const json_t *args)
{
	struct remark_view *v = mem_alloc(sizeof(*v));

	v->w.view.ops = &ops;
	v->w.view.ctx = c;
	v->w.keep.ms = c->keep_ms;
	v->w.resume = json_is_true(json_object_get(args, "resume"));
	v->args = json_copy((json_t *)args);
	init_draft(v);
	remark_set_fields(v);
	ask_people(v);
	(void)link_call(c->link, "draft.read",
			json_pack("{s:s}", "address", v->w.draft.address),
			remark_take_stored, v);
	return &v->w.view;
}
