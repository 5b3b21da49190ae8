/*
 * acts.h - what is done with a page as a whole, from whatever screen shows
 * it: moving, deleting, putting back, its properties, a new one, taking back
 * the last of these. Each asks first or opens a form.
 */
#ifndef PLEIN_ACTS_H
#define PLEIN_ACTS_H

#include <stdbool.h>

#include "view/view.h"

struct acts {
	struct context *ctx;
	char *address; /* of the page an answer is waited for, or NULL */
	json_int_t version; /* of it that was seen */
	json_t *back; /* act that is being taken back (wayback.h), or NULL */
};

void
acts_init(struct acts *a, struct context *ctx);

void
acts_release(struct acts *a);

/* Ask the wiki for something that writes, with a `request` of its own. */
void
acts_write(struct acts *a, const char *method, json_t *params_take,
	   link_reply *reply);

/*
 * Is it such a command? Then *r is what to do. `top` is the screen it was
 * given on, `text` belongs to an answer.
 */
bool
acts_run(struct acts *a, const struct view *top, enum command cmd,
	 const char *text, struct request *r);

#endif
