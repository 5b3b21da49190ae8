/*
 * theme.h - what each style looks like, per kind of terminal. Foreground
 * colours only, on the terminal's own background, but for pictures;
 * docs/ARCHITECTURE.md.
 */
#ifndef PLEIN_UI_THEME_H
#define PLEIN_UI_THEME_H

#include <stdbool.h>

#include "ui/canvas.h"

struct theme_entry {
	bool bold, reverse, underline;
	int colour; /* -1: none */
	int paper; /* behind it: a colour and one; 0: the terminal's own */
};

#define THEME_CONTRAST -1 /* reverse and bold only */

/* `colours`: how many the terminal has and the person wants; 0 is none; or
 * THEME_CONTRAST. */
const struct theme_entry *
theme_entry(enum style style, int colours);

#endif
