/*
 * Keys in the editor: the text is what a plain buffer would be, its lines and
 * marks are those of an editor that begins with that text, and all can be
 * taken back and done again. The first byte is the width; then each operation
 * is a byte, the argument another.
 */
#include "fuzz.h"

#include <assert.h>
#include <string.h>

#include "edit/editor.h"
#include "plein/buf.h"

#define TEXT_MAX_ 600
#define ROWS 5
#define STEPS_MAX 400 /* all of it is compared after each */

struct state {
	struct editor *editor;
	struct buf model;
	int cols;
};

static void
copy_text(const struct state *s, struct buf *out)
{
	const struct text *t = editor_text(s->editor);

	buf_reset(out);
	text_copy(t, 0, text_len(t), out);
}

static bool
is_text(const struct state *s, const struct buf *b)
{
	struct buf now = BUF_INIT;
	bool same;

	copy_text(s, &now);
	same = now.len == b->len && memcmp(now.ptr, b->ptr, b->len) == 0;
	buf_release(&now);
	return same;
}

static void
find_range(const struct state *s, size_t *from, size_t *to)
{
	if (editor_selection(s->editor, from, to))
		return;
	*from = *to = editor_position(s->editor);
}

/* --- operations the model knows --- */

static const char *const pieces[] = {
	"a",	 "b ",	". ",	"\n",	    "- ",	 "1. ",
	"```\n", "*a*", "[x](", "\xc3\xa9", "e\xcc\x81", "\xe6\x97\xa5",
	"> ",	 "## ", "\t",	"\r\n",
};

static void
insert(struct state *s, uint8_t arg, bool paste)
{
	const char *piece = pieces[arg % (sizeof(pieces) / sizeof(*pieces))];
	size_t len = strlen(piece), from, to;
	bool fits;

	find_range(s, &from, &to);
	fits = paste ? editor_paste(s->editor, piece, len)
		     : editor_insert(s->editor, piece, len);
	assert(fits == (s->model.len - (to - from) + len <= TEXT_MAX_));
	if (!fits)
		return;
	buf_erase(&s->model, from, to - from);
	buf_insert(&s->model, from, piece, len);
	assert(editor_position(s->editor) == from + len);
}

/* One grapheme, or what is selected: bytes next to the cursor. */
static void
erase(struct state *s, bool back)
{
	size_t before = s->model.len, from, to, n;

	find_range(s, &from, &to);
	if (back)
		editor_erase_back(s->editor);
	else
		editor_erase(s->editor);
	n = before - text_len(editor_text(s->editor));
	if (from < to) {
		assert(n == to - from);
	} else {
		assert((n > 0) == (back ? from > 0 : from < before));
		from -= back ? n : 0;
	}
	buf_erase(&s->model, from, n);
	assert(editor_position(s->editor) == from);
}

/* --- operations that are one step of undo --- */

static void
select_some(struct state *s, uint8_t arg)
{
	size_t len = s->model.len, from, to;

	/* Through keys, so that places are where a cursor can be. */
	editor_move(s->editor, EDITOR_TEXT_START);
	for (int i = 0; i < (arg & 15); i++)
		editor_move(s->editor, EDITOR_WORD_RIGHT);
	for (int i = 0; i < arg >> 4; i++)
		editor_extend(s->editor, arg & 1 ? EDITOR_RIGHT : EDITOR_DOWN);
	assert(!editor_selection(s->editor, &from, &to) ||
	       (from < to && to <= len));
}

static void
change_lines(struct state *s, uint8_t arg)
{
	struct buf before = BUF_INIT, after = BUF_INIT;

	buf_add(&before, s->model.ptr, s->model.len);
	if (arg % 4 == 0)
		(void)editor_indent(s->editor);
	else if (arg % 4 == 1)
		editor_outdent(s->editor);
	else if (arg % 4 == 2)
		(void)editor_prefix(s->editor, "> ");
	else
		(void)editor_become(s->editor, pieces[arg % 16],
				    strlen(pieces[arg % 16]));
	copy_text(s, &after);
	assert(after.len <= TEXT_MAX_);
	if (arg % 4 && !is_text(s, &before)) {
		assert(editor_undo(s->editor) && is_text(s, &before));
		assert(editor_redo(s->editor) && is_text(s, &after));
	}
	copy_text(s, &s->model);
	buf_release(&before);
	buf_release(&after);
}

/* Enter: a newline, and perhaps how a line begins; or an item goes. */
static void
type_newline(struct state *s)
{
	(void)editor_newline(s->editor);
	copy_text(s, &s->model);
	assert(s->model.len <= TEXT_MAX_);
}

/* --- what must hold --- */

static void
note_run(void *ctx, size_t line, int col, int width, enum mark mark)
{
	buf_printf(ctx, "%zu:%d+%d=%d ", line, col, width, (int)mark);
}

/* As an editor shows it that begins with this text. */
static void
check_lines(struct state *s)
{
	struct buf a = BUF_INIT, b = BUF_INIT;
	struct editor *fresh =
		editor_new(s->model.ptr, s->model.len, TEXT_MAX_);
	size_t n = editor_n_lines(s->editor), line;
	int col;

	editor_resize(fresh, ROWS, s->cols);
	assert(n == editor_n_lines(fresh));
	for (size_t i = 0; i < n; i++) {
		buf_reset(&a);
		buf_reset(&b);
		editor_line(s->editor, i, &a);
		editor_line(fresh, i, &b);
		assert(strcmp(a.ptr, b.ptr) == 0);
	}
	buf_reset(&a);
	buf_reset(&b);
	editor_cursor(s->editor, &line, &col);
	assert(line < n && col >= 0 && col <= s->cols);
	assert(line >= editor_top(s->editor) &&
	       line < editor_top(s->editor) + ROWS);
	editor_marks(s->editor, editor_top(s->editor), ROWS, note_run, &a);
	editor_marks(fresh, editor_top(s->editor), ROWS, note_run, &b);
	assert(strcmp(a.ptr, b.ptr) == 0);
	editor_free(fresh);
	buf_release(&a);
	buf_release(&b);
}

static void
check_history(struct state *s)
{
	size_t n = 0;

	while (editor_undo(s->editor))
		n++;
	assert(text_len(editor_text(s->editor)) == 0);
	for (; n > 0; n--)
		assert(editor_redo(s->editor));
	assert(is_text(s, &s->model));
}

static void
do_one(struct state *s, uint8_t what, uint8_t arg)
{
	switch (what % 12) {
	case 0:
	case 1:
	case 2:
		insert(s, arg, false);
		break;
	case 3:
		insert(s, arg, true);
		break;
	case 4:
		erase(s, arg & 1);
		break;
	case 5:
	case 6:
		editor_move(s->editor,
			    (enum editor_motion)(arg %
						 (EDITOR_PARAGRAPH_DOWN + 1)));
		break;
	case 7:
		select_some(s, arg);
		break;
	case 8:
		change_lines(s, arg);
		break;
	case 9:
		type_newline(s);
		break;
	case 10:
		if (arg & 1)
			editor_mark(s->editor);
		else
			editor_end_mark(s->editor);
		break;
	default:
		(void)(arg & 1 ? editor_undo(s->editor)
			       : editor_redo(s->editor));
		copy_text(s, &s->model);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct state s = { .model = BUF_INIT };

	s.editor = editor_new("", 0, TEXT_MAX_);
	s.cols = size ? 2 + data[0] % 40 : 10;
	editor_resize(s.editor, ROWS, s.cols);
	for (size_t i = 1; i + 1 < size && i < 2 * STEPS_MAX; i += 2) {
		do_one(&s, data[i], data[i + 1]);
		assert(is_text(&s, &s.model));
		check_lines(&s);
	}
	check_history(&s);
	editor_free(s.editor);
	buf_release(&s.model);
	return 0;
}
