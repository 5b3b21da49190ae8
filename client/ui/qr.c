/* qr.c - see qr.h. */
#include "ui/qr.h"

#include <string.h>

#define BORDER 2 /* cells; readers want some */

#define DARK_ON_LIGHT "\033[30;107m"
#define DARK "\033[40m"
#define LIGHT "\033[107m"
#define NORMAL "\033[0m"

int
qr_size(const char *rows)
{
	size_t n = strcspn(rows, "\n");

	return strlen(rows) == n * (n + 1) ? (int)n : 0;
}

bool
qr_is_dark(const char *rows, int x, int y)
{
	int size = qr_size(rows);

	return x >= 0 && y >= 0 && x < size && y < size &&
	       rows[y * (size + 1) + x] == '#';
}

static void
draw_blocks(struct buf *out, const char *rows, int size)
{
	static const char *const blocks[] = { " ", "\xe2\x96\x80",
					      "\xe2\x96\x84", "\xe2\x96\x88" };

	for (int y = -BORDER; y < size + BORDER; y += 2) {
		buf_str(out, DARK_ON_LIGHT);
		for (int x = -BORDER; x < size + BORDER; x++)
			buf_str(out, blocks[qr_is_dark(rows, x, y) +
					    2 * qr_is_dark(rows, x, y + 1)]);
		buf_str(out, NORMAL "\n");
	}
}

static void
draw_blanks(struct buf *out, const char *rows, int size)
{
	for (int y = -BORDER; y < size + BORDER; y++) {
		for (int x = -BORDER; x < size + BORDER; x++)
			buf_printf(out, "%s  ",
				   qr_is_dark(rows, x, y) ? DARK : LIGHT);
		buf_str(out, NORMAL "\n");
	}
}

bool
qr_draw(struct buf *out, const char *rows, int cols, int lines, bool ascii)
{
	int size = qr_size(rows), side = size + 2 * BORDER;

	if (size == 0)
		return false;
	if (!ascii && side <= cols && (side + 1) / 2 <= lines)
		draw_blocks(out, rows, size);
	else if (ascii && side * 2 <= cols && side <= lines)
		draw_blanks(out, rows, size);
	else
		return false;
	return true;
}
