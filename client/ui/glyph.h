/*
 * glyph.h - a grapheme as the C library sees it, for curses: characters that
 * have columns, each with the marks on it.
 */
#ifndef PLEIN_UI_GLYPH_H
#define PLEIN_UI_GLYPH_H

#include <stddef.h>
#include <wchar.h>

#define GLYPH_CHARS 5 /* of one: as many as a cell of curses has */

/* A character of its own column or two, and the marks on it. */
struct glyph {
	wchar_t text[GLYPH_CHARS + 1];
	size_t n;
	int width;
};

/*
 * One wide character, or two beside each other (an Indic letter and its vowel,
 * a flag), in `width` columns. Returns how many.
 */
size_t
glyph_split(const char *text, int width, struct glyph out[2]);

/* As ASCII, in as many columns, so that nothing moves. */
size_t
glyph_spell(const char *text, int width, struct glyph out[2]);

#endif
