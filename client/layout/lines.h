/*
 * lines.h - builds a struct layout line by line: wraps prose between two
 * margins into spans, and numbers the links as they come.
 */
#ifndef PLEIN_LAYOUT_LINES_H
#define PLEIN_LAYOUT_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "layout/layout.h"
#include "layout/prose.h"
#include "plein/buf.h"

struct lines {
	int right; /* first column beyond the text */
	struct buf text; /* bytes of all spans */
	struct buf lines; /* struct layout_line */
	struct buf spans; /* struct layout_span */
	struct buf links; /* struct layout_link */
};

struct margins {
	int first, rest; /* columns where the first and other lines start */
	const char *marker; /* stands at marker_col of the first line */
	int marker_col;
	int heading; /* level, or 0 */
};

void
lines_init(struct lines *l, int right);

/* Hand everything over to `out`; `l` is then empty. */
void
lines_take(struct lines *l, struct layout *out);

size_t
lines_count(const struct lines *l);

/* One blank line, unless at the beginning or behind another one. */
void
lines_blank(struct lines *l);

/* A line without spans yet. lines_add_text() and lines_add_run() fill it. */
void
lines_begin(struct lines *l, int heading, bool blank);

/* Add filtered text at `col` of the last line; returns the column behind. */
int
lines_add_text(struct lines *l, int col, enum style style, const char *text,
	       size_t len);

/*
 * Text behind what the last line holds, or on a line of its own from `col`
 * where that is full or blank.
 */
void
lines_append(struct lines *l, int col, enum style style, const char *text,
	     size_t len);

/* The same with bytes [from, to) of `p`, in their styles. */
int
lines_add_prose(struct lines *l, int col, const struct prose *p, size_t from,
		size_t to);

/* Wrap bytes [from, to) of `p`. */
void
lines_wrap(struct lines *l, const struct prose *p, size_t from, size_t to,
	   const struct margins *m);

/* All lines of another layout, `shift` columns further to the right; that one
 * is then empty. */
void
lines_adopt(struct lines *l, struct layout *take, int shift);

/* A new link, not placed yet; takes `target_take`. Returns its index. */
int
lines_add_link(struct lines *l, char *target_take, bool outside, bool missing);

void
lines_mark_image(struct lines *l, int link);

/* Good until the next link is added. */
const struct layout_link *
lines_link(const struct lines *l, int link);

void
lines_label_link(struct lines *l, int link, const char *label, size_t len);

#endif
