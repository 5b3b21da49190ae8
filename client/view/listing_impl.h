/*
 * listing_impl.h - what a listing holds, for its own files: items and moving
 * in listing.c, showing in listing_paint.c.
 */
#ifndef PLEIN_VIEW_LISTING_IMPL_H
#define PLEIN_VIEW_LISTING_IMPL_H

#include "view/listing.h"

#define LISTING_USUAL_COLS 80 /* what columns are measured in */
#define LISTING_PROSE_COLS 76
#define LISTING_INDENT 4 /* of what explains an item */

enum item_kind { ITEM, HEADING, SENTENCE };

struct detail {
	char *text;
	int rows;
	bool found; /* bold between asterisks */
	bool is_marked; /* text of two versions: the three are set */
	struct marked both, was, is;
};

struct listing_item {
	enum item_kind kind;
	size_t value;
	char *text, *prefix, *spoken, *count;
	char *cells[LISTING_COLUMNS];
	struct vec details; /* struct detail * */
	char *marks; /* of the text, or NULL */
	bool gap;
};

/* What one line of the body shows; a blank one belongs to no item. */
struct listing_line {
	const struct listing_item *item; /* NULL: blank */
	bool first; /* the line with the columns */
	const char *text; /* part of the item's, when it is not the first */
	size_t len;
	bool found; /* bold between asterisks */
	bool cut; /* the text goes on, and is not shown */
	const char *marks; /* of the text, or NULL */
	bool paired; /* the newer version stands beside it: */
	const char *beside, *beside_marks;
	size_t beside_len;
};

const struct listing_line *
listing_line_at(const struct listing *l, size_t i);

/* Columns for one of two versions side by side. */
int
listing_side(const struct listing *l);

#endif
