/*
 * input.h - one line to type in. Not a view: forms hold one. The line never
 * holds a newline; what is pasted becomes one line.
 */
#ifndef PLEIN_VIEW_INPUT_H
#define PLEIN_VIEW_INPUT_H

#include <stdbool.h>

#include "plein/buf.h"
#include "ui/canvas.h"
#include "ui/key.h"

struct input {
	struct buf text;
	size_t pos; /* of the cursor, a grapheme boundary */
	size_t max; /* bytes */
};

/* With the cursor at the end of `text`. */
void
input_init(struct input *in, const char *text, size_t max);

void
input_release(struct input *in);

/* Typing, pasting, erasing; false when the key is something else. */
bool
input_key(struct input *in, const struct key *k);

/* As much of it as fits; it becomes one line. */
void
input_paste(struct input *in, const struct buf *text);

/* LEFT, RIGHT, LINE_START, LINE_END; false when it is something else. */
bool
input_move(struct input *in, int cmd);

/* `[text      ]` from col on, `width` columns, with the cursor in it. */
void
input_paint(const struct input *in, struct canvas *c, int row, int col,
	    int width);

#endif
