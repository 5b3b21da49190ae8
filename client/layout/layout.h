/*
 * layout.h - Markdown → styled lines at a given width. Pure: text in, lines
 * out. A line is a list of spans; links are numbered in reading order.
 *
 * md4c parses: CommonMark, tables, task lists, ~~struck out~~, addresses as
 * they are typed, [[wiki links]]. Footnotes are text where they stand.
 */
#ifndef PLEIN_LAYOUT_LAYOUT_H
#define PLEIN_LAYOUT_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "layout/notes.h"
#include "ui/canvas.h"

#define LAYOUT_MEASURE 76 /* columns of prose at most; the caller's bound */
#define LAYOUT_INDENT 2
#define LAYOUT_UNWRAPPED 1000000

struct layout_span {
	int col; /* where on the line it starts, in columns */
	int width;
	enum style style;
	int link; /* index into links, -1 = none; below: LAYOUT_MARK(i) */
	uint32_t text, len; /* bytes in layout.text */
};

struct layout_line {
	struct layout_span *spans;
	unsigned n_spans;
	uint8_t heading; /* level 1–6, 0 = none */
	bool blank;
};

struct layout_link {
	char *target; /* as written: address, path, URL or "[[x]]" */
	char *label; /* what it reads, without brackets and host */
	int line, col; /* where its `[` stands */
	bool outside; /* http(s), mailto: not a page */
	bool missing; /* a page that is not there */
	bool image; /* leads to a picture, which its label describes */
};

struct layout {
	char *text; /* bytes of all spans, filtered */
	struct layout_span *spans; /* of all lines, which point into it */
	struct layout_line *lines;
	size_t n_lines;
	struct layout_link *links;
	size_t n_links;
	size_t text_from, text_to; /* lines of the text, without notes */
};

/* Words of ours within a text, behind byte `at` of it, and behind the link or
 * heading that is there. No link, though links lead on from there. */
struct layout_mark {
	size_t at;
	const char *label; /* "{1 discussion}" */
};

/* What a span of mark `i` has as its link, and back. */
#define LAYOUT_MARK(i) (-2 - (i))

/* A text, and what is written around it and in it. */
struct layout_text {
	const char *markdown; /* a body without front matter */
	size_t len;
	const struct notes *above, *below; /* or NULL */
	const struct layout_mark *marks; /* in the order of `at` */
	size_t n_marks;
};

/* What the layout asks of the wiki around the page. */
struct layout_wiki {
	const char *from; /* address of the page */
	/*
	 * Title of the page at a resolved address (or, for [[x]], a slug or
	 * title as written); NULL when there is none, and the link then ends
	 * in "?". It becomes the label of a [[x]] without one of its own.
	 */
	const char *(*title)(void *ctx, const char *address);
	void *ctx;
};

/*
 * Lay out `len` bytes of Markdown (a body without front matter). Headings
 * start at column 0, text at LAYOUT_INDENT; text and tables take at most
 * `width` columns (10…) from there. LAYOUT_UNWRAPPED is one line a paragraph.
 * `wiki` may be NULL: then no link is missing. Markdown that would unfold to
 * far more than it is (a trick) is shown as its source.
 */
void
layout_make(struct layout *l, const char *markdown, size_t len, int width,
	    const struct layout_wiki *wiki);

/* The same with lines of our own above and below. */
void
layout_make_around(struct layout *l, const struct layout_text *text, int width,
		   const struct layout_wiki *wiki);

/* Text that is no Markdown: its lines, wrapped. */
void
layout_make_plain(struct layout *l, const char *text, size_t len, int width);

/* How many headings the Markdown has, without laying it out. */
size_t
layout_count_headings(const char *markdown, size_t len);

void
layout_release(struct layout *l);

/* Lines as plain text, for the command `read` (no escapes). Appended. */
void
layout_plain(const struct layout *l, struct buf *out);

#endif
