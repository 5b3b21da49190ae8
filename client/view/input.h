/*
 * input.h - one line to type in: the only one there is, so the keys of the
 * editor work in every field. Not a view: views and forms hold one. The line
 * never holds a newline; what is pasted becomes one line.
 */
#ifndef PLEIN_VIEW_INPUT_H
#define PLEIN_VIEW_INPUT_H

#include <stdbool.h>

#include "plein/buf.h"
#include "ui/canvas.h"
#include "ui/key.h"

struct context;
struct editor;

struct input {
	struct editor *editor;
	struct buf text; /* what is in it, to read */
	size_t max; /* bytes */
	unsigned changes; /* times the text became another */
	bool secret; /* shown as signs, and never in a clipboard */
};

/* With the cursor at the end of `text`. */
void
input_init(struct input *in, const char *text, size_t max);

/* All zero will do, too. */
void
input_release(struct input *in);

/* Another text, as if it had been there from the beginning. */
void
input_set(struct input *in, const char *text);

/* As much of it as fits, as one line, as if it was typed: in the place of all
 * that is there. */
void
input_type(struct input *in, const char *text);

/* What is typed next takes the place of all that is there. */
void
input_select_all(struct input *in);

/*
 * Typing, pasting, erasing, moving, selecting, the clipboard of the context,
 * undo; false when the key is something else. Ctrl-C is only ours while
 * something is selected.
 */
bool
input_key(struct input *in, const struct key *k, struct context *c);

/* `[text      ]` from col on, `width` columns, with the cursor in it. */
void
input_paint(const struct input *in, struct canvas *c, int row, int col,
	    int width);

#endif
