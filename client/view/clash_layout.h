/*
 * clash_layout.h - the texts of a place of a conflict as lines that scroll:
 * what it was, yours, the saved one, with what both changed marked. In a
 * wide window the two stand side by side. Not a view: the conflict's holds
 * one.
 */
#ifndef PLEIN_VIEW_CLASH_LAYOUT_H
#define PLEIN_VIEW_CLASH_LAYOUT_H

#include <stdbool.h>

#include "base/command.h"
#include "layout/layout.h"
#include "layout/prose.h"
#include "view/clash.h"
#include "view/scroll.h"
#include "view/telling.h"

struct clash_layout {
	char *place, *what, *saved; /* what stands above them */
	struct prose base, yours, theirs;
	struct layout left, right; /* right: only in a wide window */
	size_t right_from; /* line of left beside which it begins */
	struct scroll scroll;
	int cols; /* they were made for; 0: not yet */
	bool roomy;
};

void
clash_layout_init(struct clash_layout *l);

void
clash_layout_release(struct clash_layout *l);

/* `place` says which it is, `what` happened there, `saved` whose the saved
 * version is. */
void
clash_layout_set(struct clash_layout *l, const struct clash_place *p,
		 const char *place, const char *what, const char *saved);

/* `roomy`: there may be a blank line below the place, and what happened
 * there behind it; a low window has more need of the texts. */
void
clash_layout_recalc(struct clash_layout *l, int cols, bool roomy);

/* Lines that all of it takes. */
int
clash_layout_rows(const struct clash_layout *l);

void
clash_layout_fit(struct clash_layout *l, int rows);

void
clash_layout_paint(const struct clash_layout *l, struct canvas *c, int top,
		   int rows, bool in_focus);

/* UP, DOWN, PAGE_UP, PAGE_DOWN; false when it is something else. */
bool
clash_layout_move(struct clash_layout *l, enum command cmd);

void
clash_layout_tell(const struct clash_layout *l, struct telling *t);

#endif
