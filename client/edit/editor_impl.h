/*
 * editor_impl.h - what the files of the editor share: editor.c moves and
 * types, selection.c marks what the next change takes, indent.c knows lists,
 * marks.c shows what is Markdown.
 */
#ifndef PLEIN_EDIT_EDITOR_IMPL_H
#define PLEIN_EDIT_EDITOR_IMPL_H

#include "edit/editor.h"
#include "edit/fences.h"
#include "edit/wrap.h"

enum change { CHANGE_NONE, CHANGE_INSERT, CHANGE_ERASE };

struct editor {
	struct text *text;
	struct wrap wrap;
	struct fences fences;
	size_t pos; /* the cursor, in bytes */
	size_t max;
	size_t top; /* first line shown */
	int rows, cols;
	int wanted; /* column, -1: the one it is in */
	enum change last;
	bool line_edge; /* Home or End was the last key */
	bool anchored; /* what is between anchor and cursor is selected */
	bool marking; /* and stays so while the cursor moves */
	size_t anchor;
};

/* What is typed next is another step of undo. */
void
editor_break(struct editor *e);

/* Move the cursor, whatever is selected. */
void
editor_go(struct editor *e, enum editor_motion m);

/* Put the cursor at byte `pos`, and show it. */
void
editor_put(struct editor *e, size_t pos);

/* Take bytes [from, to) away; the cursor is there. */
void
editor_take_out(struct editor *e, size_t from, size_t to);

/* Does screen line `line` begin a line of the text? */
bool
editor_begins_line(const struct editor *e, size_t line);

/* End of screen line `line`, without its newline. */
size_t
editor_line_end(const struct editor *e, size_t line);

/* Where the line of the text, not of the screen, around `pos` begins and
 * ends; its newline is not of it. */
size_t
editor_line_from(const struct editor *e, size_t pos);

size_t
editor_line_to(const struct editor *e, size_t pos);

#endif
