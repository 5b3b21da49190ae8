/*
 * scroll.h - which of many lines has the focus and which are on screen.
 * Pure; lists, trees, help and pages share it.
 */
#ifndef PLEIN_VIEW_SCROLL_H
#define PLEIN_VIEW_SCROLL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/command.h"

#define SCROLL_CONTEXT 2 /* lines kept when paging */

struct scroll {
	size_t n; /* lines */
	size_t at; /* focus, < n unless n is 0 */
	size_t top; /* first line on screen */
	int rows; /* on screen */
	/* May line i have the focus? NULL: every line. */
	bool (*can_focus)(const void *ctx, size_t i);
	const void *ctx;
};

/* After a change of n or rows: focus and top where they can be. */
void
scroll_fit(struct scroll *s);

/* To the next (1) or previous (-1) line that can have the focus. */
void
scroll_step(struct scroll *s, int by);

/* A screenful down (1) or up (-1). */
void
scroll_page(struct scroll *s, int by);

/* To the line, or the nearest after it (else before it) that can. */
void
scroll_to(struct scroll *s, size_t line);

/* The same, from afar: what was not on screen comes near its top, so that
 * what follows is in sight. */
void
scroll_jump(struct scroll *s, size_t line);

/* To the last line that can. */
void
scroll_end(struct scroll *s);

/* What a command means for lines; false: it is no movement. */
bool
scroll_move(struct scroll *s, enum command cmd);

/* The same where each line is an item: the next one, too. */
bool
scroll_move_item(struct scroll *s, enum command cmd);

bool
scroll_has_more(const struct scroll *s);

#endif
