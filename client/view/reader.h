/*
 * reader.h - a page laid out, with a cursor in it: the reading line, the
 * column on it, and the link that is focused. Pure; page.c shows it.
 */
#ifndef PLEIN_VIEW_READER_H
#define PLEIN_VIEW_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "layout/layout.h"
#include "ui/canvas.h"
#include "view/scroll.h"

#define READER_LEAD 1 /* a blank line above the text */

struct reader {
	struct layout layout;
	struct scroll scroll; /* over lead and layout lines */
	int col; /* of the cursor; 0 is the focus column */
	int link; /* focused, or -1 */
	size_t rested; /* lines there were before reader_rest(), or 0 */
	bool extends; /* see reader_extend() */
	int hit; /* columns from the cursor on that were sought, or 0 */
};

/*
 * Lay out anew at `cols` columns; the cursor stays on the same part of the
 * text, as far as a line of another width can say.
 */
void
reader_set(struct reader *r, const char *markdown, size_t len, int cols,
	   const struct layout_wiki *wiki);

/* The same with lines of our own above and below the text. */
void
reader_set_around(struct reader *r, const struct layout_text *text, int cols,
		  const struct layout_wiki *wiki);

/* Columns of text in a window that wide. */
int
reader_measure(int cols);

/* A layout that was made elsewhere, for that measure; it is then empty. */
void
reader_take(struct reader *r, struct layout *take);

/* A text that is no Markdown. */
void
reader_set_plain(struct reader *r, const char *text, size_t len, int cols);

void
reader_release(struct reader *r);

/* Give the layout back; the next reader_set() finds everything as it was. */
void
reader_rest(struct reader *r);

/* The next text begins with the lines of this one: the cursor stays. */
void
reader_extend(struct reader *r);

/* One screen column to the left (-1) or right (1), by whole characters. */
void
reader_walk(struct reader *r, int by);

/* To that link of the layout. */
void
reader_focus_link(struct reader *r, int link);

/* To the next (1) or previous (-1) link, round the end; false without any. */
bool
reader_next_link(struct reader *r, int by);

/*
 * To the next (1) or previous (-1) place with these words, round the end; as
 * an answer that is `first`, one under the cursor will do. Which of how many
 * it is, from 1; false without any.
 */
bool
reader_find(struct reader *r, const char *words, int by, bool first, size_t *n,
	    size_t *all);

/* The reading line is somewhere else, by a command that moves it. */
void
reader_moved(struct reader *r);

/* The link under the cursor or the first after it on its line, or NULL. */
const struct layout_link *
reader_link_here(const struct reader *r);

/* Which of how many links of the text the focused one is, from 1; false when
 * it stands above or below the text. */
bool
reader_number_link(const struct reader *r, size_t *n, size_t *all);

void
reader_paint(const struct reader *r, struct canvas *c, int top, int rows);

/* The heading that the reading line is under, appended; false without one. */
bool
reader_heading_above(const struct reader *r, struct buf *out);

/*
 * Scroll line of the first heading of the text on or behind that one; 0 when
 * there is none. Its level, 1-6; its words, appended.
 */
size_t
reader_next_heading(const struct reader *r, size_t line);

int
reader_heading_level(const struct reader *r, size_t line);

/* The least level of all, 1-6: of the headings that stand highest. */
int
reader_highest_level(const struct reader *r);

void
reader_heading_text(const struct reader *r, size_t line, struct buf *out);

/* The first mark on the reading line; -1 without one. */
int
reader_mark(const struct reader *r);

/* To the line of that mark; false when there is none such. */
bool
reader_go_to_mark(struct reader *r, int mark);

/* The words of the reading line, without marks, unless it is above or below the text;
 * appended. */
void
reader_line(const struct reader *r, struct buf *out);

#endif
