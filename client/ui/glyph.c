/* glyph.c - see glyph.h. */
#include "ui/glyph.h"

#include <string.h>

#include "plein/utf8.h"

static void
set_glyph(struct glyph *g, wchar_t c, int width)
{
	g->text[0] = c;
	g->text[1] = L'\0';
	g->n = 1;
	g->width = width;
}

static void
add_to_glyph(struct glyph *g, wchar_t mark)
{
	if (g->n == GLYPH_CHARS)
		return;
	g->text[g->n++] = mark;
	g->text[g->n] = L'\0';
}

size_t
glyph_split(const char *text, int width, struct glyph out[2])
{
	size_t len = strlen(text), n = 0;
	int used = 0;
	uint32_t cp;

	for (size_t pos = 0; pos < len;) {
		int w;

		pos += utf8_decode(text + pos, len - pos, &cp);
		w = wcwidth((wchar_t)cp);
		if (w < 0 || (w == 0 && n == 0) || n + (w > 0) > 2)
			break;
		if (w > 0 && used + w > width)
			break;
		if (w > 0)
			set_glyph(&out[n++], (wchar_t)cp, w);
		else
			add_to_glyph(&out[n - 1], (wchar_t)cp);
		used += w;
	}
	if (used == 0)
		set_glyph(&out[n++], L'?', used = 1);
	if (used < width)
		set_glyph(&out[n++], L' ', 1);
	return n;
}

size_t
glyph_spell(const char *text, int width, struct glyph out[2])
{
	set_glyph(&out[0], (wchar_t)utf8_ascii(text, strlen(text)), 1);
	if (width > 1)
		set_glyph(&out[1], L' ', 1);
	return (size_t)width;
}
