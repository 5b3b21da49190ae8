/*
 * editor.h - text, cursor, the lines as they wrap, and what each key does
 * to them. Pure of screens: the view paints what editor_line() tells.
 */
#ifndef PLEIN_EDIT_EDITOR_H
#define PLEIN_EDIT_EDITOR_H

#include <stdbool.h>
#include <stddef.h>

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

bool
editor_insert(struct editor *e, const char *s, size_t len);

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
	EDITOR_WORD_RIGHT
};

void
editor_move(struct editor *e, enum editor_motion m);

/* Backspace, Delete. */
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

/* Where the cursor is: screen line and column (behind a full line: cols). */
void
editor_cursor(const struct editor *e, size_t *line, int *col);

struct text *
editor_text(struct editor *e);

#endif
