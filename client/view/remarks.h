/*
 * remarks.h - the remarks of a discussion laid out as one text: what it is
 * about, and below that who said what, answers further to the right. Pure.
 */
#ifndef PLEIN_VIEW_REMARKS_H
#define PLEIN_VIEW_REMARKS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "layout/layout.h"
#include "plein/buf.h"

/* What is laid out, all borrowed: parts of a result of thread.read. */
struct remarks_text {
	const json_t *head;
	const json_t *rows;
	size_t n; /* rows that are laid out, from the first on */
	bool spoken; /* for line mode: "Comment 2.1, from ..." */
	bool only; /* the rows without what is around them */
};

/*
 * Lay it out `width` columns wide, as layout_make(). `starts` (of size_t, n of
 * them) gets the line each row begins on.
 */
void
remarks_layout(struct layout *l, struct buf *starts,
	       const struct remarks_text *text, int width,
	       const struct layout_wiki *wiki);

/* "2.1 new: ciso.veenhoek on 2, 17 March 16:02"; appended. */
void
remarks_head(const json_t *row, bool spoken, struct buf *out);

/* Row `n.m` by its number, or by its name; or that many rows: none is. */
size_t
remarks_find(const json_t *rows, const char *name);

/* Is it words that somebody said, not that it was resolved or reopened? */
bool
remarks_is_said(const json_t *row);

/* Is it new for this person? */
bool
remarks_is_new(const json_t *row);

/* Does it answer another one? */
bool
remarks_is_answer(const json_t *row);

#endif
