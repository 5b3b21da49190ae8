/*
 * writing_keys.c - what keys do to the text: typing, moving, selecting, and
 * the clipboard, which is ours and outlives the editor.
 */
#include "view/writing.h"

#include <stdlib.h>
#include <string.h>

#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/page.h"
#include "plein/remark.h"
#include "view/motion.h"
#include "plein/tally.h"

#define PUT_BY_MAX (2UL * PAGE_MAX) /* of a text and its steps, put by */

/* What is said of one key passes with the next. */
static void
say(struct writing *w, const char *sentence)
{
	context_say(w->view.ctx, "%s", sentence);
	w->view.ctx->passing = true;
}

/* --- typing --- */

static size_t
count_kilobytes(const struct writing *w, size_t more)
{
	size_t len =
		w->draft.fields.len + more + text_len(editor_text(w->editor));

	return (len + 1023) / 1024;
}

void
writing_say_full(struct writing *w, size_t more)
{
	if (w->is_remark) {
		context_say(w->view.ctx,
			    _("Note: a comment is at most %d characters."),
			    REMARK_CHARS_MAX);
		return;
	}
	context_say(w->view.ctx,
		    _("Note: this page would be too big: %zu kB, at most "
		      "%d kB."),
		    count_kilobytes(w, more), PAGE_MAX / 1024);
}

static void
expect_room(struct writing *w, bool fits)
{
	if (!fits)
		writing_say_full(w, 1);
}

static void
type_text(struct writing *w, const char *s, size_t len)
{
	if (!editor_insert(w->editor, s, len))
		writing_say_full(w, len);
}

/* All of it or nothing: half a text that looks whole is worse than none. */
static void
paste_text(struct writing *w, const struct key *k)
{
	if (k->number)
		context_say(w->view.ctx,
			    _("Note: this is too big to paste: a page holds "
			      "%d kB. Your text is as it was."),
			    PAGE_MAX / 1024);
	else if (!editor_paste(w->editor, k->text, k->len))
		writing_say_full(w, k->len);
}

static bool
change_text(struct writing *w, const struct key *k)
{
	if (k->code == KEY_PASTE)
		paste_text(w, k);
	else if (k->code == KEY_TEXT && !k->alt)
		type_text(w, k->text, k->len);
	else if (k->code == KEY_RETURN)
		expect_room(w, editor_newline(w->editor));
	else if (k->code == KEY_TAB_)
		expect_room(w, editor_indent(w->editor));
	else if (k->code == KEY_BACKTAB)
		editor_outdent(w->editor);
	else if (k->code == KEY_BACK)
		editor_erase_back(w->editor);
	else if (k->code == KEY_DELETE)
		editor_erase(w->editor);
	else
		return false;
	writing_change(w);
	return true;
}

/* --- moving and selecting --- */

/* What is reverse on the screen, in words: it passes with the next key. */
static void
tell_selection(struct writing *w)
{
	struct buf chosen = BUF_INIT;
	size_t n;

	if (editor_copy(w->editor, &chosen)) {
		n = tally_count(chosen.ptr, chosen.len);
		context_say(w->view.ctx,
			    ngettext("Selected: %zu word. Ctrl-C copies, "
				     "Ctrl-X cuts.",
				     "Selected: %zu words. Ctrl-C copies, "
				     "Ctrl-X cuts.",
				     n),
			    n);
	} else if (editor_is_marking(w->editor)) {
		say(w, _("You select from here. Walk with the arrows; "
			 "Esc ends it."));
	} else {
		say(w, _("Nothing is selected."));
	}
	w->view.ctx->passing = true;
	buf_release(&chosen);
}

/* Shift with a key that moves. */
static bool
extend(struct writing *w, const struct key *k)
{
	enum editor_motion motion;

	if (!k->shift || k->code == KEY_TEXT || !motion_of_key(k, &motion))
		return false;
	editor_extend(w->editor, motion);
	tell_selection(w);
	return true;
}

static bool
end_mark(struct writing *w, const struct key *k)
{
	if (k->code != KEY_ESC_ || !editor_is_marking(w->editor))
		return false;
	editor_end_mark(w->editor);
	tell_selection(w);
	return true;
}

static void
move(struct writing *w, enum editor_motion motion)
{
	editor_move(w->editor, motion);
	if (editor_is_marking(w->editor))
		tell_selection(w);
}

static void
mark(struct writing *w)
{
	editor_mark(w->editor);
	tell_selection(w);
}

static void
select_all(struct writing *w)
{
	editor_select(w->editor, 0, text_len(editor_text(w->editor)));
	tell_selection(w);
}

/* --- the clipboard --- */

static bool
take_to_clipboard(struct writing *w)
{
	struct buf *clip = &w->view.ctx->clip;
	struct buf chosen = BUF_INIT;

	if (!editor_copy(w->editor, &chosen))
		return false;
	buf_release(clip);
	*clip = chosen;
	w->view.ctx->copied = true;
	return true;
}

static void
say_nothing_selected(struct writing *w)
{
	say(w, _("Nothing is selected. F8 or Shift with the arrows "
		 "selects."));
}

static void
copy(struct writing *w)
{
	if (take_to_clipboard(w))
		say(w, _("Copied. Ctrl-V pastes."));
	else
		say_nothing_selected(w);
}

static void
cut(struct writing *w)
{
	if (!take_to_clipboard(w)) {
		say_nothing_selected(w);
		return;
	}
	(void)editor_erase_selection(w->editor);
	writing_change(w);
	say(w, _("Cut. Ctrl-V pastes, Ctrl-Z takes back."));
}

/* Lines that are cut one after the other are pasted together. */
static void
cut_line(struct writing *w)
{
	struct buf *clip = &w->view.ctx->clip;
	size_t from, to;

	if (!w->cutting)
		buf_reset(clip);
	if (!editor_selection(w->editor, &from, &to))
		editor_select_line(w->editor);
	if (!editor_copy(w->editor, clip)) {
		say(w, _("There is no line here."));
		return;
	}
	(void)editor_erase_selection(w->editor);
	w->cutting = true;
	w->view.ctx->copied = true;
	writing_change(w);
	say(w, _("Line cut. Ctrl-U pastes, Ctrl-Z takes back."));
}

static void
paste(struct writing *w)
{
	const struct buf *clip = &w->view.ctx->clip;

	if (!clip->len)
		say(w, _("There is nothing to paste. First cut or copy "
			 "something."));
	else if (editor_paste(w->editor, clip->ptr, clip->len))
		writing_change(w);
	else
		writing_say_full(w, clip->len);
}

/* --- taking back --- */

static bool
is_saved_text(const struct writing *w, const struct text *t)
{
	struct buf body = BUF_INIT;
	bool same;

	text_copy(t, 0, text_len(t), &body);
	same = body.len == w->draft.saved.len &&
	       memcmp(body.ptr, w->draft.saved.ptr, body.len) == 0;
	buf_release(&body);
	return same;
}

struct editor *
writing_take_back(struct writing *w)
{
	struct context *c = w->view.ctx;
	struct editor *e = c->written;

	c->written = NULL;
	if (e && strcmp(c->written_page, w->draft.address) == 0 &&
	    is_saved_text(w, editor_text(e)))
		return e;
	editor_free(e);
	return NULL;
}

void
writing_put_by(struct writing *w)
{
	struct context *c = w->view.ctx;
	struct editor *e = w->editor;

	w->editor = NULL;
	if (!e || text_is_changed(editor_text(e)) ||
	    text_weight(editor_text(e)) > PUT_BY_MAX) {
		editor_free(e);
		return;
	}
	editor_free(c->written);
	free(c->written_page);
	c->written = e;
	c->written_page = mem_strdup(w->draft.address);
}

static void
undo(struct writing *w)
{
	if (editor_undo(w->editor))
		writing_change(w);
	else
		say(w, _("There is nothing to undo."));
}

static void
redo(struct writing *w)
{
	if (editor_redo(w->editor))
		writing_change(w);
	else
		say(w, _("There is nothing to redo."));
}

static bool
take_key(struct writing *w, const struct key *k)
{
	if (change_text(w, k) || extend(w, k) || end_mark(w, k) ||
	    writing_find_key(w, k)) {
		w->cutting = false;
		return true;
	}
	return false;
}

void
context_forget_texts(struct context *c)
{
	buf_release(&c->clip);
	json_decref(c->spelled);
	editor_free(c->written);
	free(c->written_page);
}

bool
writing_key(struct writing *w, const struct key *k)
{
	if (writing_link_key(w, k))
		return true;
	if (!take_key(w, k))
		return false;
	writing_link_follow(w, k);
	return true;
}

void
writing_do(struct writing *w, enum command cmd)
{
	static const struct {
		enum command cmd;
		void (*act)(struct writing *w);
	} table[] = {
		{ CMD_UNDO, undo },   { CMD_REDO, redo },
		{ CMD_CUT, cut },     { CMD_COPY, copy },
		{ CMD_PASTE, paste }, { CMD_CUT_LINE, cut_line },
		{ CMD_SELECT, mark }, { CMD_SELECT_ALL, select_all },
	};
	enum editor_motion motion;

	if (cmd != CMD_CUT_LINE)
		w->cutting = false;
	if (motion_of_command(cmd, &motion))
		move(w, motion);
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (table[i].cmd == cmd)
			table[i].act(w);
	writing_link_follow(w, NULL);
}
