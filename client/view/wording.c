/* wording.c - see wording.h. An editor without saving: the keys that move,
 * change and take back. */
#include "view/wording.h"

#include <stdlib.h>
#include <string.h>

#include "edit/editor.h"
#include "plein/clock.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/page.h"
#include "view/keep.h"
#include "view/paragraph.h"
#include "view/view.h"

#define TEXT_COLS 79
#define PLACE_ROWS 2 /* at most, above the text */
#define ROOMY 14

struct wording {
	struct view view;
	json_t *args;
	struct editor *editor;
	struct keep keep;
	int above, rows; /* lines over the text, and of it */
};

static struct wording *
wording_of(struct view *v)
{
	return (struct wording *)v;
}

static const struct wording *
const_wording(const struct view *v)
{
	return (const struct wording *)v;
}

static char *
copy_text(const struct wording *w)
{
	const struct text *t = editor_text(w->editor);
	struct buf out = BUF_INIT;

	text_copy(t, 0, text_len(t), &out);
	return buf_take(&out);
}

/* --- keeping --- */

static void
take_kept(void *ctx, const struct rpc_msg *m)
{
	struct wording *w = ctx;

	if (keep_answer(&w->keep, m->kind == RPC_RESULT))
		context_say(w->view.ctx, "%s",
			    _("Error: draft not kept. Save or copy your "
			      "text."));
}

static void
send_draft(struct wording *w)
{
	struct buf page = BUF_INIT;
	char *text = copy_text(w);

	buf_str(&page, args_text(w->args, "before"));
	buf_str(&page, text);
	buf_str(&page, args_text(w->args, "after"));
	keep_send(&w->keep, clock_wall());
	(void)link_call(w->view.ctx->link, "draft.put",
			json_pack("{s:O, s:O, s:s%}", "address",
				  json_object_get(w->args, "address"), "base",
				  json_object_get(w->args, "base"), "text",
				  page.ptr, page.len),
			take_kept, w);
	free(text);
	buf_release(&page);
}

static int64_t
find_due(const struct view *v)
{
	return keep_due(&const_wording(v)->keep);
}

static void
tick(struct view *v, bool ends)
{
	struct wording *w = wording_of(v);
	int64_t at = keep_due(&w->keep);

	if (ends ? keep_has_news(&w->keep) : at && at <= clock_mono_ms())
		send_draft(w);
}

/* --- showing --- */

static void
fill_head(const struct view *v, struct head *h)
{
	const struct wording *w = const_wording(v);

	buf_printf(&h->title, _("Join yourself: %s"),
		   args_text(w->args, "title"));
	buf_str(&h->state, _("unsaved"));
	buf_str(&h->place,
		_("First your lines, then the saved ones. Make them one."));
}

static void
recalc(struct view *v, int rows, int cols)
{
	struct wording *w = wording_of(v);

	w->above = rows >= ROOMY ? PLACE_ROWS + 1 : 1;
	w->rows = rows - w->above;
	editor_resize(w->editor, w->rows,
		      cols > TEXT_COLS ? TEXT_COLS : cols - 1);
}

static void
paint(const struct view *v, struct canvas *c, int top, int rows)
{
	const struct wording *w = const_wording(v);
	size_t line, from = editor_top(w->editor);
	struct buf text = BUF_INIT;
	int col;

	(void)rows;
	(void)paragraph_paint(c, top, 0, w->above > 1 ? PLACE_ROWS : 1,
			      STYLE_HEADING, args_text(w->args, "where"));
	for (int i = 0; i < w->rows; i++) {
		if (from + (size_t)i >= editor_n_lines(w->editor))
			break;
		buf_reset(&text);
		editor_line(w->editor, from + (size_t)i, &text);
		(void)canvas_bytes(c, top + w->above + i, 0, STYLE_PLAIN,
				   text.ptr, text.len);
	}
	buf_release(&text);
	editor_cursor(w->editor, &line, &col);
	canvas_cursor(c, top + w->above + (int)(line - from), col);
}

static bool
has_more(const struct view *v)
{
	const struct wording *w = const_wording(v);

	return editor_top(w->editor) + (size_t)w->rows <
	       editor_n_lines(w->editor);
}

static void
tell_where(const struct view *v, struct buf *out)
{
	buf_str(out, args_text(const_wording(v)->args, "where"));
}

static void
tell(const struct view *v, struct telling *t)
{
	char *text = copy_text(const_wording(v));

	telling_add(t, TELLING_HEADING,
		    args_text(const_wording(v)->args, "where"), 0);
	telling_add(t, TELLING_TEXT, text, 0);
	free(text);
}

/* --- acting --- */

static void
type(struct wording *w, const char *s, size_t len)
{
	if (!editor_paste(w->editor, s, len))
		context_say(w->view.ctx, "%s",
			    _("Note: this text would be too big."));
}

static bool
take_key(struct view *v, const struct key *k, struct request *r)
{
	struct wording *w = wording_of(v);

	(void)r;
	if (k->code == KEY_PASTE)
		type(w, k->text, k->len);
	else if (k->code == KEY_TEXT && !k->alt)
		(void)editor_insert(w->editor, k->text, k->len);
	else if (k->code == KEY_RETURN)
		(void)editor_insert(w->editor, "\n", 1);
	else if (k->code == KEY_BACK)
		editor_erase_back(w->editor);
	else if (k->code == KEY_DELETE)
		editor_erase(w->editor);
	else
		return false;
	if (!json_is_true(json_object_get(w->args, "undo")))
		keep_change(&w->keep, clock_mono_ms());
	return true;
}

static struct request
leave(const struct wording *w, enum command cmd)
{
	char *text = copy_text(w);
	struct request r = request_run(cmd, text);

	free(text);
	return r;
}

static void
move(struct wording *w, enum command cmd)
{
	static const struct {
		enum command cmd;
		enum editor_motion motion;
	} table[] = {
		{ CMD_UP, EDITOR_UP },
		{ CMD_DOWN, EDITOR_DOWN },
		{ CMD_LEFT, EDITOR_LEFT },
		{ CMD_RIGHT, EDITOR_RIGHT },
		{ CMD_LINE_START, EDITOR_LINE_START },
		{ CMD_LINE_END, EDITOR_LINE_END },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (table[i].cmd == cmd)
			editor_move(w->editor, table[i].motion);
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct wording *w = wording_of(v);

	(void)text;
	if (cmd == CMD_DONE)
		return leave(w, CMD_WORDED);
	if (cmd == CMD_CLOSE || cmd == CMD_LEAVE)
		return leave(w, CMD_UNWORDED);
	move(w, cmd);
	return request_of(REQUEST_NONE);
}

static bool
is_dirty(const struct view *v)
{
	(void)v;
	return true;
}

static const enum command bar[] = { CMD_DONE, CMD_CLOSE, CMD_HELP, CMD_N };

static void
destroy(struct view *v)
{
	struct wording *w = wording_of(v);

	link_forget(v->ctx->link, v);
	editor_free(w->editor);
	json_decref(w->args);
	free(w);
}

static const struct view_ops ops = {
	.place = PLACE_FORM,
	.head = fill_head,
	.recalc = recalc,
	.paint = paint,
	.has_more = has_more,
	.key = take_key,
	.run = run,
	.bar = bar,
	.where = tell_where,
	.tell = tell,
	.is_dirty = is_dirty,
	.due = find_due,
	.tick = tick,
	.free = destroy,
};

struct view *
wording_view_new(struct context *c, const json_t *args)
{
	const json_t *text = json_object_get(args, "text");
	struct wording *w = mem_alloc(sizeof(*w));

	w->view.ops = &ops;
	w->view.ctx = c;
	w->args = json_incref((json_t *)args);
	w->keep.ms = c->keep_ms;
	w->editor = editor_new(args_text(args, "text"),
			       json_string_length(text), PAGE_MAX);
	context_say(c, "%s",
		    _("Ctrl-S is ready. Esc goes back to the "
		      "choices; what you typed stays."));
	return &w->view;
}
