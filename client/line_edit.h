/*
 * line_edit.h - changing a text by its pieces: paragraphs, headings, items of
 * lists. The text is that of the editor; a change is one step of its undo.
 */
#ifndef PLEIN_LINE_EDIT_H
#define PLEIN_LINE_EDIT_H

#include <stdbool.h>

#include "line_near.h"

struct linemode;

/* Do what a word says in the editor; false: it is no word of the editor. */
bool
line_edit_act(struct linemode *l, const char *word, const char *rest);

/* The piece with that number, or with "" all of them. */
void
line_edit_list(struct linemode *l, const char *number);

/* The pieces after those that were listed last. */
void
line_edit_more(struct linemode *l);

/* Is it one text to type, outside the editor? What can be said then. */
bool
line_edit_is_wording(const struct linemode *l);

void
line_edit_explain(struct linemode *l);

/* Do what is said there; false: it is none of those words. */
bool
line_edit_wording(struct linemode *l, const char *word);

/* Yes or no to saving; false: it is neither. */
bool
line_edit_answer(struct linemode *l, const char *word);

/* "show, replace", appended behind others. */
void
line_edit_words(struct buf *out);

void
line_edit_near(struct line_near *near);

#endif
