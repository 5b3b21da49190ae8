/* paragraph.c - see paragraph.h. */
#include "view/paragraph.h"

#include <string.h>

#include "plein/wordwrap.h"

int
paragraph_paint(struct canvas *c, int row, int col, int rows, enum style style,
		const char *text)
{
	int width = canvas_cols(c) - col - 1, used = 0;
	size_t len = strlen(text), n;

	for (; len && used < rows; used++) {
		n = wordwrap_next(text, len, width > 1 ? width : 1);
		if (used + 1 == rows && n < len) {
			(void)canvas_ellipsis(c, row + used, col, width, style,
					      text);
			return rows;
		}
		(void)canvas_bytes(c, row + used, col, style, text, n);
		text += n;
		len -= n;
	}
	return used;
}
