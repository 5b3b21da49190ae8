/*
 * deeds.h - does what an administrator answered (view/deed.h): one call after
 * another, then one sentence for all, and the screen is read anew.
 */
#ifndef PLEIN_DEEDS_H
#define PLEIN_DEEDS_H

#include "view/view.h"

struct deeds {
	struct context *ctx;
	json_t *calls; /* under way, or NULL */
	size_t at; /* the one an answer is waited for */
	struct buf done, failed; /* what is said of those before it */
	size_t n_done;
	const char *role; /* that the last one gave; of the sentence table */
	bool waits; /* it must be confirmed by somebody else */
};

void
deeds_init(struct deeds *d, struct context *c);

void
deeds_release(struct deeds *d);

/* `text` is that of the answer: the calls, and behind a newline a reason. */
void
deeds_run(struct deeds *d, const char *text);

#endif
