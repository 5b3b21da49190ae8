/* input.c - see input.h. An editor of one line that never wraps. */
#include "view/input.h"

#include <string.h>

#include "base/command.h"
#include "edit/editor.h"
#include "plein/i18n.h"
#include "plein/utf8.h"
#include "view/motion.h"
#include "view/view.h"

#define ONE_LINE 1000000 /* columns: as long as any field may be */

void
input_init(struct input *in, const char *text, size_t max)
{
	buf_init(&in->text);
	buf_str(&in->text, text);
	in->max = max;
	in->changes = 0;
	in->secret = false;
	in->editor = editor_new(text, in->text.len, max);
	editor_resize(in->editor, 1, ONE_LINE);
	editor_move(in->editor, EDITOR_TEXT_END);
}

void
input_release(struct input *in)
{
	editor_free(in->editor);
	in->editor = NULL;
	buf_release(&in->text);
}

void
input_set(struct input *in, const char *text)
{
	size_t max = in->max;
	bool secret = in->secret;

	input_release(in);
	input_init(in, text, max);
	in->secret = secret;
}

void
input_select_all(struct input *in)
{
	editor_select(in->editor, 0, in->text.len);
}

/* --- typing --- */

/* Only as much of it as fits, in whole graphemes. */
static size_t
find_room(const struct input *in, const char *s, size_t len)
{
	size_t from, to, fits = 0;
	size_t used = in->text.len, room;

	if (editor_selection(in->editor, &from, &to))
		used -= to - from;
	room = in->max > used ? in->max - used : 0;
	while (fits < len) {
		size_t next = utf8_next(s, len, fits);

		if (next > room)
			break;
		fits = next;
	}
	return fits;
}

static void
insert(struct input *in, const char *s, size_t len, bool pasted)
{
	struct buf line = BUF_INIT;

	buf_add(&line, s, find_room(in, s, len));
	for (size_t i = 0; i < line.len; i++)
		if (line.ptr[i] == '\n' || line.ptr[i] == '\t')
			line.ptr[i] = ' ';
	if (pasted)
		(void)editor_paste(in->editor, line.ptr, line.len);
	else
		(void)editor_insert(in->editor, line.ptr, line.len);
	buf_release(&line);
}

static bool
type(struct input *in, const struct key *k)
{
	if ((k->code == KEY_TEXT && !k->alt) || k->code == KEY_PASTE)
		insert(in, k->text, k->len, k->code == KEY_PASTE);
	else if (k->code == KEY_BACK)
		editor_erase_back(in->editor);
	else if (k->code == KEY_DELETE)
		editor_erase(in->editor);
	else
		return false;
	return true;
}

/* --- moving --- */

static bool
move(struct input *in, const struct key *k)
{
	enum editor_motion motion;

	if (!motion_of_key(k, &motion) || motion == EDITOR_UP ||
	    motion == EDITOR_DOWN || motion == EDITOR_PAGE_UP ||
	    motion == EDITOR_PAGE_DOWN || motion == EDITOR_PARAGRAPH_UP ||
	    motion == EDITOR_PARAGRAPH_DOWN)
		return false;
	if (k->shift)
		editor_extend(in->editor, motion);
	else
		editor_move(in->editor, motion);
	return true;
}

/* --- the clipboard, undo --- */

static bool
copy(struct input *in, struct context *c)
{
	struct buf chosen = BUF_INIT;
	size_t from, to;

	if (in->secret)
		return editor_selection(in->editor, &from, &to);
	if (!editor_copy(in->editor, &chosen))
		return false;
	buf_release(&c->clip);
	c->clip = chosen;
	c->copied = true;
	return true;
}

static void
cut(struct input *in, struct context *c)
{
	if (copy(in, c))
		(void)editor_erase_selection(in->editor);
	else
		context_say(c, "%s",
			    _("Nothing is selected. Ctrl-A selects all of "
			      "it."));
}

static bool
act(struct input *in, enum command cmd, struct context *c)
{
	switch ((int)cmd) {
	case CMD_COPY:
		return copy(in, c);
	case CMD_CUT_LINE:
		input_select_all(in);
		cut(in, c);
		return true;
	case CMD_CUT:
		cut(in, c);
		return true;
	case CMD_PASTE:
		insert(in, c->clip.ptr, c->clip.len, true);
		return true;
	case CMD_SELECT_ALL:
		input_select_all(in);
		return true;
	case CMD_UNDO:
		(void)editor_undo(in->editor);
		return true;
	case CMD_REDO:
		(void)editor_redo(in->editor);
		return true;
	default:
		return false;
	}
}

/* What can be read is what is in the editor. */
static void
follow(struct input *in)
{
	const struct text *t = editor_text(in->editor);
	struct buf now = BUF_INIT;

	text_copy(t, 0, text_len(t), &now);
	in->changes += now.len != in->text.len ||
		       memcmp(now.ptr, in->text.ptr, now.len) != 0;
	buf_release(&in->text);
	in->text = now;
}

bool
input_key(struct input *in, const struct key *k, struct context *c)
{
	bool taken = type(in, k) || move(in, k) ||
		     act(in, command_of_key(k, PLACE_EDITOR), c);

	if (taken)
		follow(in);
	return taken;
}

void
input_type(struct input *in, const char *text)
{
	input_set(in, "");
	insert(in, text, strlen(text), false);
	follow(in);
}

/* --- painting --- */

/* Columns of the bytes [from, to); of a secret a sign is a column. */
static int
count_columns(const struct input *in, size_t from, size_t to)
{
	int n = 0;

	if (!in->secret)
		return to > from ? utf8_width(in->text.ptr + from, to - from)
				 : 0;
	for (; from < to; n++)
		from = utf8_next(in->text.ptr, in->text.len, from);
	return n;
}

static void
paint_text(const struct input *in, struct canvas *c, int row, int col, int room,
	   size_t first)
{
	int n = count_columns(in, first, in->text.len);

	if (!in->secret)
		(void)canvas_text(c, row, col, room, STYLE_PLAIN,
				  in->text.ptr + first);
	for (int i = 0; in->secret && i < n && i < room; i++)
		(void)canvas_text(c, row, col + i, 1, STYLE_PLAIN, "*");
}

static void
paint_selection(const struct input *in, struct canvas *c, int row, int col,
		int room, size_t first)
{
	size_t from, to;
	int begin, width;

	if (!editor_selection(in->editor, &from, &to))
		return;
	begin = count_columns(in, first, from);
	width = count_columns(in, first, to) - begin;
	if (begin + width > room)
		width = room - begin;
	if (width > 0)
		canvas_style(c, row, col + begin, width, STYLE_FOCUS);
}

void
input_paint(const struct input *in, struct canvas *c, int row, int col,
	    int width)
{
	const struct buf *t = &in->text;
	size_t first = 0, pos = editor_position(in->editor);
	int room = width - 2;

	/* Scroll so that the cursor, behind its text, is inside. */
	while (count_columns(in, first, pos) >= room)
		first = utf8_next(t->ptr, t->len, first);
	(void)canvas_text(c, row, col, 1, STYLE_PLAIN, "[");
	(void)canvas_text(c, row, col + width - 1, 1, STYLE_PLAIN, "]");
	paint_text(in, c, row, col + 1, room, first);
	paint_selection(in, c, row, col + 1, room, first);
	canvas_cursor(c, row, col + 1 + count_columns(in, first, pos));
}
