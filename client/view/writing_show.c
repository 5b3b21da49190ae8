/*
 * writing_show.c - the text on the screen, with what is Markdown in it and
 * what is selected, and in words where the cursor is.
 */
#include "view/writing.h"

#include <string.h>

#include "plein/i18n.h"
#include "plein/tally.h"
#include "plein/utf8.h"

#define HEADING_COLS 24 /* of a heading in a sentence */

struct painter {
	struct canvas *canvas;
	int top; /* row of the first line */
	size_t from; /* which that is */
};

static void
paint_mark(void *ctx, size_t line, int col, int width, enum mark mark)
{
	static const enum style styles[] = {
		[MARK_NONE] = STYLE_PLAIN,
		[MARK_HEADING] = STYLE_HEADING,
		[MARK_EMPHASIS] = STYLE_EMPHASIS,
		[MARK_STRONG] = STYLE_STRONG,
		[MARK_LINK] = STYLE_LINK,
		[MARK_CODE] = STYLE_CODE,
	};
	const struct painter *p = ctx;

	canvas_style(p->canvas, p->top + (int)(line - p->from), col, width,
		     styles[mark]);
}

static void
paint_line(const struct writing *w, const struct painter *p, size_t line,
	   struct buf *text)
{
	buf_reset(text);
	editor_line(w->editor, line, text);
	(void)canvas_bytes(p->canvas, p->top + (int)(line - p->from), 0,
			   STYLE_PLAIN, text->ptr, text->len);
}

static void
paint_selection(const struct writing *w, const struct painter *p, size_t line)
{
	int col, width;

	if (editor_line_selection(w->editor, line, &col, &width))
		canvas_style(p->canvas, p->top + (int)(line - p->from), col,
			     width, STYLE_FOCUS);
}

void
writing_paint(const struct writing *w, struct canvas *c, int top, int rows)
{
	struct painter p = { c, top, editor_top(w->editor) };
	size_t left = editor_n_lines(w->editor) - p.from, line;
	size_t n = left < (size_t)rows ? left : (size_t)rows;
	struct buf text = BUF_INIT;
	int col;

	for (line = p.from; line < p.from + n; line++)
		paint_line(w, &p, line, &text);
	buf_release(&text);
	editor_marks(w->editor, p.from, n, paint_mark, &p);
	for (line = p.from; line < p.from + n; line++)
		paint_selection(w, &p, line);
	editor_cursor(w->editor, &line, &col);
	canvas_cursor(c, top + (int)(line - p.from), col);
	writing_link_paint(w, c, top, rows, top + (int)(line - p.from));
}

struct request
writing_preview(const struct writing *w)
{
	struct buf body = BUF_INIT, heading = BUF_INIT;
	struct request r;

	writing_copy_body(w, &body);
	r = request_show(
		SCREEN_PREVIEW,
		json_pack("{s:s, s:s, s:s%, s:b, s:I}", "title", w->draft.title,
			  "address", w->draft.address, "text", body.ptr,
			  body.len, "unsaved", w->view.ops->is_dirty(&w->view),
			  "heading",
			  (json_int_t)editor_heading(w->editor, &heading)));
	buf_release(&body);
	buf_release(&heading);
	return r;
}

/* --- in words --- */

static void
tell_heading(const struct writing *w, struct buf *out)
{
	struct buf heading = BUF_INIT;
	size_t fits;

	if (!editor_heading(w->editor, &heading)) {
		buf_str(out, _("under the beginning"));
		return;
	}
	fits = utf8_fit(heading.ptr, heading.len, HEADING_COLS);
	if (fits < heading.len) {
		buf_erase(&heading, fits, heading.len - fits);
		buf_str(&heading, "…");
	}
	buf_printf(out, _("under %s"), heading.ptr);
	buf_release(&heading);
}

static size_t
count_words(const struct writing *w)
{
	struct buf body = BUF_INIT;
	size_t n;

	writing_copy_body(w, &body);
	n = tally_count(body.ptr, body.len);
	buf_release(&body);
	return n;
}

void
writing_tell_where(const struct writing *w, struct buf *out)
{
	bool dirty = w->view.ops->is_dirty(&w->view);
	size_t line, words = count_words(w);
	int col;

	editor_cursor(w->editor, &line, &col);
	buf_printf(out, _("Line %zu of %zu, "), line + 1,
		   editor_n_lines(w->editor));
	tell_heading(w, out);
	buf_printf(out, ngettext(", %zu word, ", ", %zu words, ", words),
		   words);
	buf_str(out, dirty ? _("unsaved") : _("saved"));
	if (dirty && writing_is_kept(w))
		buf_str(out, _(", draft kept"));
	/* For fingers that know this key as "where is". */
	buf_printf(out, ". %s", _("Find: Ctrl-F."));
}
