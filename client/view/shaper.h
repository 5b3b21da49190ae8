/*
 * shaper.h - what a screen writes by a method that makes a version of a page:
 * when it is done the screen says so and is read anew, and `u` takes it back.
 * Not a view: views hold one.
 */
#ifndef PLEIN_VIEW_SHAPER_H
#define PLEIN_VIEW_SHAPER_H

#include <jansson.h>

#include "view/view.h"

struct shaper {
	struct view *view;
	char *said; /* when it is done; NULL: nothing is under way */
};

void
shaper_init(struct shaper *s, struct view *v);

void
shaper_release(struct shaper *s);

/* Nothing while something else is under way. */
void
shaper_write(struct shaper *s, const char *method, json_t *params_take,
	     const char *said);

#endif
