/*
 * form.h - fields to fill in, one below the other: lines to type in, choices
 * (x) ( ), check boxes [ ], buttons < >. Not a view: views hold one.
 *
 * The focus goes from item to item; where the window is low the form scrolls
 * so that the item in focus and its label are in sight.
 */
#ifndef PLEIN_VIEW_FORM_H
#define PLEIN_VIEW_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/command.h"
#include "plein/buf.h"
#include "plein/vec.h"
#include "ui/canvas.h"
#include "ui/key.h"
#include "view/telling.h"

struct context;

struct form {
	struct vec items; /* struct form_item * */
	struct vec pieces; /* struct form_piece *: text as it is painted */
	size_t focus; /* index of items */
	int n_rows; /* that all of it takes */
	int top; /* first row on screen */
	int rows, cols; /* that are there; 0: not known yet */
	bool changed; /* something was filled in */
	bool tight; /* the owner's: no blank row above the buttons */
	int beside; /* the owner's: columns for labels beside what is filled
		       in, where there is room; 0: above it */
	int aligned; /* the same for labels of choices alone, and for each of
			their options; 0: one behind the other */
};

void
form_init(struct form *f);

void
form_release(struct form *f);

/* --- what is in it; `id` is the owner's, one of its own for each --- */

/* At most `max` bytes, shown `width` columns wide; 0: as wide as it can. */
void
form_add_line(struct form *f, int id, const char *label, const char *text,
	      size_t max, int width);

/* What is typed in the last item, a line, is nobody else's to see. */
void
form_hide(struct form *f);

/* Then its options, in order; the first is chosen. */
void
form_add_choice(struct form *f, int id, const char *label);

void
form_add_option(struct form *f, const char *label, bool chosen);

void
form_add_check(struct form *f, int id, const char *label, bool on);

void
form_add_button(struct form *f, int id, const char *label);

/* A row as of a list; Enter presses it. */
void
form_add_row(struct form *f, int id, const char *text);

/* The last item stands on the row of the one before; or below a blank one. */
void
form_join(struct form *f);

void
form_part(struct form *f);

/* What stands behind the line of the last item. */
void
form_unit(struct form *f, const char *text);

/* A sentence, wrapped; never in focus. */
void
form_say(struct form *f, const char *text);

/* The last item must be filled in. */
void
form_require(struct form *f);

/* What line 23 says of the last item, besides its name. */
void
form_explain(struct form *f, const char *help);

/* --- what was filled in --- */

const char *
form_text(const struct form *f, int id);

/* Replaces what stands there; not a change that a person made. */
void
form_set_text(struct form *f, int id, const char *text);

/* The same for a choice. */
void
form_choose(struct form *f, int id, size_t option);

size_t
form_chosen(const struct form *f, int id);

bool
form_is_on(const struct form *f, int id);

/* Of the item in focus. */
int
form_focus(const struct form *f);

/* Is text typed in it, so that its value is not to be told? */
bool
form_is_typing(const struct form *f);

void
form_set_focus(struct form *f, int id);

/* The first that must be filled in and is not; false: none. */
bool
form_find_missing(const struct form *f, int *id);

/* --- on the screen --- */

/* How many rows it takes at this width. */
int
form_height(struct form *f, int cols);

void
form_recalc(struct form *f, int rows, int cols);

/* With the cursor on the item in focus, when that is `in_focus`. */
void
form_paint(const struct form *f, struct canvas *c, int top, int rows,
	   bool in_focus);

bool
form_has_more(const struct form *f);

/* Typing, and Space on what can be changed; false when it is no such key. */
bool
form_key(struct form *f, const struct key *k, struct context *c);

enum form_event {
	FORM_OTHER, /* no command of a form */
	FORM_MOVED, /* the focus is on another item */
	FORM_CHANGED, /* a choice; or the cursor, in a line */
	FORM_PRESSED /* the button or row in focus */
};

/* UP, DOWN, NEXT_ITEM, PREVIOUS_ITEM, LEFT, RIGHT, LINE_START, LINE_END and
 * PRESS. */
enum form_event
form_run(struct form *f, enum command cmd);

/* "Title, required, field 1 of 7. Help.", appended. */
void
form_tell_focus(const struct form *f, struct buf *out);

/* All labels with what is filled in, to choose from by their ids. */
void
form_tell(const struct form *f, struct telling *t);

/* Put the focus on that item; false: there is none. */
bool
form_pick(struct form *f, size_t id);

#endif
