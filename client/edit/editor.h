/*
 * editor.h - text, cursor, the lines as they wrap, and what each key does
 * to them. Pure of screens: the view paints what editor_line() tells.
 */
#ifndef PLEIN_EDIT_EDITOR_H
#define PLEIN_EDIT_EDITOR_H

#include <stdbool.h>
#include <stddef.h>

#include "edit/markup.h"
#include "edit/text.h"

struct editor;

/* Refuses to grow above `max` bytes: inserts return false then. */
struct editor *
editor_new(const char *s, size_t len, size_t max);

void
editor_free(struct editor *e);

/* Wrap at `cols` columns, show `rows` lines. */
void
editor_resize(struct editor *e, int rows, int cols);

/* Type it, in place of what is selected. */
bool
editor_insert(struct editor *e, const char *s, size_t len);

/* The same, as one step of undo. */
bool
editor_paste(struct editor *e, const char *s, size_t len);

/*
 * Make the text into this one, as one step of undo, with the cursor where
 * the change ends. False, and nothing changes, when it is above `max`.
 */
bool
editor_become(struct editor *e, const char *s, size_t len);

enum editor_motion {
	EDITOR_LEFT,
	EDITOR_RIGHT,
	EDITOR_UP,
	EDITOR_DOWN,
	EDITOR_LINE_START,
	EDITOR_LINE_END,
	EDITOR_PAGE_UP,
	EDITOR_PAGE_DOWN,
	EDITOR_TEXT_START,
	EDITOR_TEXT_END,
	EDITOR_WORD_LEFT,
	EDITOR_WORD_RIGHT,
	EDITOR_PARAGRAPH_UP,
	EDITOR_PARAGRAPH_DOWN
};

void
editor_move(struct editor *e, enum editor_motion m);

/* Move, and select what lies between; editor_move() ends it. */
void
editor_extend(struct editor *e, enum editor_motion m);

/* Select from here on: editor_move() too extends it, until the mark ends. */
void
editor_mark(struct editor *e);

bool
editor_is_marking(const struct editor *e);

/* What is selected stays so until the cursor moves. */
void
editor_end_mark(struct editor *e);

/* Bytes [from, to), with the cursor behind them. */
void
editor_select(struct editor *e, size_t from, size_t to);

/* The line of the text, not of the screen, with its newline. */
void
editor_select_line(struct editor *e);

void
editor_unselect(struct editor *e);

/* False when nothing is: then *from and *to say nothing. */
bool
editor_selection(const struct editor *e, size_t *from, size_t *to);

/* What is selected, appended; false when nothing is. */
bool
editor_copy(const struct editor *e, struct buf *out);

bool
editor_erase_selection(struct editor *e);

/* The cells of a screen line that are selected; false when none are. */
bool
editor_line_selection(const struct editor *e, size_t line, int *col,
		      int *width);

/*
 * Enter: a list or a quote goes on on the new line, and ends when its last
 * item is empty. False, and nothing changes, when it does not fit.
 */
bool
editor_newline(struct editor *e);

/*
 * Tab: an item of a list becomes the child of the one above; what is selected
 * goes to the right, line by line; elsewhere blanks are typed.
 */
bool
editor_indent(struct editor *e);

/* Shift-Tab: back to the left. */
void
editor_outdent(struct editor *e);

/* Put `prefix` before the line, or before each that is selected. */
bool
editor_prefix(struct editor *e, const char *prefix);

/* Go to the end of the line, and append what a block there begins with: a
 * blank line, unless it stands on one. */
void
editor_begin_block(struct editor *e, struct buf *before);

/* Backspace, Delete: what is selected, or one grapheme. */
void
editor_erase_back(struct editor *e);

void
editor_erase(struct editor *e);

bool
editor_undo(struct editor *e);

bool
editor_redo(struct editor *e);

/* Screen lines: how many, the first one shown, and one's bytes. */
size_t
editor_n_lines(const struct editor *e);

size_t
editor_top(const struct editor *e);

/* Bytes of screen line `i` appended, without its newline. */
void
editor_line(const struct editor *e, size_t i, struct buf *out);

/*
 * What is Markdown on screen lines [first, first + n): called for each run of
 * cells of one mark. Looks at little more than those lines.
 */
typedef void
editor_mark_run(void *ctx, size_t line, int col, int width, enum mark mark);

void
editor_marks(struct editor *e, size_t first, size_t n, editor_mark_run *run,
	     void *ctx);

/* The heading the cursor is under or on, appended; which it is, from 1. */
size_t
editor_heading(const struct editor *e, struct buf *out);

/* Where the cursor is, in bytes. */
size_t
editor_position(const struct editor *e);

/* Where the cursor is: screen line and column (behind a full line: cols). */
void
editor_cursor(const struct editor *e, size_t *line, int *col);

struct text *
editor_text(struct editor *e);

#endif
