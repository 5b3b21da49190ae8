/* form_impl.h - what form.c and form_paint.c share: items and where they
 * are painted. */
#ifndef PLEIN_VIEW_FORM_IMPL_H
#define PLEIN_VIEW_FORM_IMPL_H

#include "view/form.h"
#include "view/input.h"

enum form_kind {
	FORM_SAYING,
	FORM_LINE,
	FORM_CHOICE,
	FORM_CHECK,
	FORM_BUTTON,
	FORM_ROW
};

struct form_item {
	enum form_kind kind;
	int id;
	char *label;
	char *help; /* or NULL */
	bool required;
	struct input input; /* of a line */
	int width; /* of it, with brackets; 0: as wide as it can */
	struct vec options; /* char *, of a choice */
	size_t chosen;
	bool on; /* a check box */
	char *unit; /* or NULL */
	bool joined, parted; /* to the item before, from it */
	int label_row; /* where it begins */
	int row, col; /* where the cursor stands */
};

/* Text at a place of the form, or of a line to type in. */
struct form_piece {
	size_t item;
	int row, col, width;
	char *text; /* NULL: the input */
};

struct form_item *
form_item_at(const struct form *f, size_t i);

void
form_free_piece(void *piece);

#endif
