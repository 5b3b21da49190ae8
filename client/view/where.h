/*
 * where.h - where a line of a page is, as people say it: "under Sources",
 * "in the first paragraph". Lines are asked for in order. Pure.
 */
#ifndef PLEIN_VIEW_WHERE_H
#define PLEIN_VIEW_WHERE_H

#include <stdbool.h>
#include <stddef.h>

#include "plein/buf.h"
#include "plein/textrow.h"

/* How far the walk through the text is. */
struct where {
	size_t next; /* line not walked yet */
	size_t paragraph; /* before the first heading */
	bool inside; /* of one */
	bool fenced; /* code: no heading there */
	struct buf heading; /* the last one, "" for none */
};

void
where_init(struct where *w);

void
where_release(struct where *w);

bool
where_is_blank(const struct textrow *lines, size_t line);

/* Of this line, counted from 0, no lower than the one before. Translated,
 * appended. */
void
where_tell(struct where *w, const struct textrow *lines, size_t line,
	   struct buf *out);

#endif
