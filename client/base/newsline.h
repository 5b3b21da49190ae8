/*
 * newsline.h - one row of news.list as people read it: what happened, in one
 * line. Rows without `what` are about a page.
 */
#ifndef PLEIN_NEWSLINE_H
#define PLEIN_NEWSLINE_H

#include <jansson.h>
#include <stdbool.h>

#include "plein/buf.h"

/* Is it about a discussion? */
bool
newsline_is_said(const json_t *row);

/* "New page: Title: note", appended. `action`: new, changed, moved or gone. */
void
newsline_page(struct buf *out, const json_t *page, const char *action,
	      const char *note);

/* "Mentioned: Title", appended; of a page as newsline_page(). */
void
newsline_tell(struct buf *out, const json_t *row);

/* The beginning of what was said, on one line, appended; at most `most`
 * characters, then an ellipsis. */
void
newsline_words(struct buf *out, const json_t *row, size_t most);

/* What a row belongs under, translated: what names or answers them, what they
 * follow, and the rest. */
const char *
newsline_group(const json_t *row);

#endif
