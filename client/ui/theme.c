/*
 * theme.c - three tables, one a kind of terminal, and one for
 * who sees little. The 256-colour values keep
 * a contrast of 4.4 : 1 and more on black and on white, so that light and
 * dark need no setting. Every style is also told apart by its text.
 */
#include "ui/theme.h"

#include <assert.h>

/* clang-format off */
static const struct theme_entry mono[STYLE_N] = {
	/*		      bold   reverse underline colour */
	[STYLE_PLAIN]	  = { false, false,  false,    -1 },
	[STYLE_BAR]	  = { false, true,   false,    -1 },
	[STYLE_FOCUS]	  = { false, true,   false,    -1 },
	[STYLE_HEADING]	  = { true,  false,  false,    -1 },
	[STYLE_EMPHASIS]  = { false, false,  true,     -1 },
	[STYLE_STRONG]	  = { true,  false,  false,    -1 },
	[STYLE_LINK]	  = { false, false,  true,     -1 },
	[STYLE_ADDED]	  = { true,  false,  false,    -1 },
	[STYLE_REMOVED]	  = { false, false,  true,     -1 },
	[STYLE_ERROR]	  = { true,  false,  false,    -1 },
	[STYLE_WARNING]	  = { true,  false,  false,    -1 },
	[STYLE_CODE]	  = { false, false,  false,    -1 },
	[STYLE_PICTURE]	  = { false, true,   false,    -1 },
};

static const struct theme_entry contrast[STYLE_N] = {
	[STYLE_PLAIN]	  = { false, false,  false,    -1 },
	[STYLE_BAR]	  = { false, true,   false,    -1 },
	[STYLE_FOCUS]	  = { false, true,   false,    -1 },
	[STYLE_HEADING]	  = { true,  false,  false,    -1 },
	[STYLE_EMPHASIS]  = { true,  false,  false,    -1 },
	[STYLE_STRONG]	  = { true,  false,  false,    -1 },
	[STYLE_LINK]	  = { true,  false,  false,    -1 },
	[STYLE_ADDED]	  = { true,  false,  false,    -1 },
	[STYLE_REMOVED]	  = { false, true,   false,    -1 },
	[STYLE_ERROR]	  = { true,  true,   false,    -1 },
	[STYLE_WARNING]	  = { true,  false,  false,    -1 },
	[STYLE_CODE]	  = { false, false,  false,    -1 },
	[STYLE_PICTURE]	  = { false, true,   false,    -1 },
};

static const struct theme_entry few[STYLE_N] = {
	[STYLE_PLAIN]	  = { false, false,  false,    -1 },
	[STYLE_BAR]	  = { false, true,   false,    -1 },
	[STYLE_FOCUS]	  = { false, true,   false,    -1 },
	[STYLE_HEADING]	  = { true,  false,  false,    -1 },
	[STYLE_EMPHASIS]  = { false, false,  true,     -1 },
	[STYLE_STRONG]	  = { true,  false,  false,    -1 },
	[STYLE_LINK]	  = { false, false,  true,     -1 },
	[STYLE_ADDED]	  = { false, false,  false,    2 },
	[STYLE_REMOVED]	  = { false, false,  false,    1 },
	[STYLE_ERROR]	  = { true,  false,  false,    1 },
	[STYLE_WARNING]	  = { true,  false,  false,    -1 },
	[STYLE_CODE]	  = { false, false,  false,    -1 },
	[STYLE_PICTURE]	  = { false, false,  false,    0, 8 },
};

static const struct theme_entry many[STYLE_N] = {
	[STYLE_PLAIN]	  = { false, false,  false,    -1 },
	[STYLE_BAR]	  = { false, true,   false,    -1 },
	[STYLE_FOCUS]	  = { false, true,   false,    -1 },
	[STYLE_HEADING]	  = { true,  false,  false,    -1 },
	[STYLE_EMPHASIS]  = { false, false,  true,     -1 },
	[STYLE_STRONG]	  = { true,  false,  false,    -1 },
	[STYLE_LINK]	  = { false, false,  true,     63 },
	[STYLE_ADDED]	  = { false, false,  false,    29 },
	[STYLE_REMOVED]	  = { false, false,  false,    131 },
	[STYLE_ERROR]	  = { true,  false,  false,    131 },
	[STYLE_WARNING]	  = { false, false,  false,    130 },
	[STYLE_CODE]	  = { false, false,  false,    -1 },
	[STYLE_PICTURE]	  = { false, false,  false,    16, 232 },
};
/* clang-format on */

const struct theme_entry *
theme_entry(enum style style, int colours)
{
	assert(style >= 0 && style < STYLE_N);
	if (colours == THEME_CONTRAST)
		return &contrast[style];
	if (colours >= 256)
		return &many[style];
	return colours >= 8 ? &few[style] : &mono[style];
}
