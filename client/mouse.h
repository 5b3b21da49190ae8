/*
 * mouse.h - what a click means, said in keys: the arrows that bring the cursor
 * there, and Enter where it was already. So the mouse can do what the keys
 * can, on every screen, and nothing else.
 */
#ifndef PLEIN_MOUSE_H
#define PLEIN_MOUSE_H

#include <stdbool.h>

#include "base/command.h"
#include "ui/canvas.h"
#include "ui/key.h"

struct mouse {
	const struct canvas *canvas; /* as it is drawn now */
	enum place place; /* what kind of screen it is */
	/* Give this key to the screen and draw it; false: it is another
	 * screen now, or none. */
	bool (*press)(void *ctx, const struct key *k);
	void *ctx;
};

/* KEY_CLICK: bring the cursor there, or do what is done there. */
void
mouse_click(const struct mouse *m, const struct key *click);

/* KEY_WHEEL: three lines. */
void
mouse_wheel(const struct mouse *m, const struct key *wheel);

#endif
