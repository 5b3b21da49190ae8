/* qr.c - see qr.h. */
#include "qr.h"

#include <string.h>

#define BORDER 2 /* cells; readers want some */

#define DARK_ON_LIGHT "\033[30;107m"
#define DARK "\033[40m"
#define LIGHT "\033[107m"
#define NORMAL "\033[0m"

struct code {
	const char *rows;
	int size; /* cells a side */
};

static bool
is_dark(const struct code *c, int x, int y)
{
	if (x < 0 || y < 0 || x >= c->size || y >= c->size)
		return false;
	return c->rows[y * (c->size + 1) + x] == '#';
}

static void
draw_blocks(struct buf *out, const struct code *c)
{
	static const char *const blocks[] = { " ", "\xe2\x96\x80",
					      "\xe2\x96\x84", "\xe2\x96\x88" };

	for (int y = -BORDER; y < c->size + BORDER; y += 2) {
		buf_str(out, DARK_ON_LIGHT);
		for (int x = -BORDER; x < c->size + BORDER; x++)
			buf_str(out, blocks[is_dark(c, x, y) +
					    2 * is_dark(c, x, y + 1)]);
		buf_str(out, NORMAL "\n");
	}
}

static void
draw_blanks(struct buf *out, const struct code *c)
{
	for (int y = -BORDER; y < c->size + BORDER; y++) {
		for (int x = -BORDER; x < c->size + BORDER; x++)
			buf_printf(out, "%s  ",
				   is_dark(c, x, y) ? DARK : LIGHT);
		buf_str(out, NORMAL "\n");
	}
}

bool
qr_draw(struct buf *out, const char *rows, int cols, int lines, bool ascii)
{
	const struct code c = { rows, (int)strcspn(rows, "\n") };
	int side = c.size + 2 * BORDER;

	if (c.size == 0 || strlen(rows) != (size_t)c.size * (c.size + 1))
		return false;
	if (!ascii && side <= cols && (side + 1) / 2 <= lines)
		draw_blocks(out, &c);
	else if (ascii && side * 2 <= cols && side <= lines)
		draw_blanks(out, &c);
	else
		return false;
	return true;
}
