/*
 * choices.h - lines to choose from, as questions, menus and the table of
 * contents show them: numbered or lettered, with headings between. Not a
 * view: views that are drawers hold one.
 */
#ifndef PLEIN_VIEW_CHOICES_H
#define PLEIN_VIEW_CHOICES_H

#include "plein/vec.h"
#include "ui/canvas.h"
#include "ui/key.h"
#include "view/scroll.h"
#include "view/telling.h"

struct choice {
	char *label;
	char *sign; /* what chooses it: "1", "b", "Ctrl-S"; may be "" */
	char *key; /* does the same without the list; may be "" */
	bool heading;
	bool sign_first; /* "1 Verder schrijven"; else behind the label */
	int value; /* the owner's */
};

struct choices {
	struct vec list; /* struct choice * */
	struct scroll scroll;
};

void
choices_init(struct choices *c);

void
choices_release(struct choices *c);

void
choices_add(struct choices *c, const char *sign, bool sign_first,
	    const char *label, int value);

/* The key of the one added last, shown behind the labels. */
void
choices_set_key(struct choices *c, const char *key);

/* Bold and never focused; a blank line above it but at the top. */
void
choices_add_heading(struct choices *c, const char *label);

void
choices_fit(struct choices *c, int rows);

void
choices_paint(const struct choices *c, struct canvas *canvas, int top,
	      int rows);

/* Moves the focus for UP, DOWN, NEXT_ITEM …; false when it is no movement. */
bool
choices_move(struct choices *c, int cmd);

/* Was that a jump, which is told in words? Then "2 Opslaan", appended. */
bool
choices_tell(const struct choices *c, int cmd, struct buf *out);

/* All of them, each with its sign where that is no number. */
void
choices_tell_all(const struct choices *c, struct telling *t);

/* Put the focus on the one with this value; false: there is none. */
bool
choices_pick(struct choices *c, size_t value);

/* The one in focus, or NULL when there is none. */
const struct choice *
choices_focus(const struct choices *c);

/* The one a typed character chooses, or NULL. */
const struct choice *
choices_of_key(const struct choices *c, const struct key *k);

#endif
