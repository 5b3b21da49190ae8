/*
 * newsline.h - one row of news.list as people read it: what happened, or is
 * asked of them, in one line. Rows without `what` are about a page.
 */
#ifndef PLEIN_NEWSLINE_H
#define PLEIN_NEWSLINE_H

#include <jansson.h>
#include <stdbool.h>

#include "plein/buf.h"

/* Is it about a discussion? */
bool
newsline_is_said(const json_t *row);

/* Is it what somebody is asked to do: a row of `asked`? */
bool
newsline_is_asked(const json_t *row);

/*
 * Was it shown in this session? `read` (may be NULL) has the version of a page
 * under its address, and the name of the last remark under the code of a
 * thread: the wiki may not know it yet.
 */
bool
newsline_is_old(const json_t *row, const json_t *read);

/* "New page: Title: note", appended. `action`: new, changed, moved or gone. */
void
newsline_page(struct buf *out, const json_t *page, const char *action,
	      const char *note);

/* "Mentioned: Title", appended; of a page as newsline_page(). */
void
newsline_tell(struct buf *out, const json_t *row);

/* Of what is asked: "until 3 April", or the day alone, short, for a column.
 * Appended. */
void
newsline_due(struct buf *out, const json_t *row);

void
newsline_day(struct buf *out, const json_t *row);

/* The beginning of what was said, on one line, appended; at most `most`
 * characters, then an ellipsis. */
void
newsline_words(struct buf *out, const json_t *row, size_t most);

/* What a row belongs under, translated: what names or answers them, what they
 * follow, and the rest. */
const char *
newsline_group(const json_t *row);

#endif
