/*
 * folds.h - the branches of the agenda as this person left them: opened when
 * the session tells which, and told to the wiki a while after one was opened
 * or closed. That is not said, whether it worked or not.
 */
#ifndef PLEIN_VIEW_FOLDS_H
#define PLEIN_VIEW_FOLDS_H

#include <stdbool.h>
#include <stdint.h>

struct context;
struct tree;

/* All zero to begin with. */
struct folds {
	bool restored; /* or there was nothing to restore */
	int64_t due; /* when a change must go; 0: there is none */
};

/* Once, as soon as the session is there. */
void
folds_restore(struct folds *f, struct tree *t, const struct context *c);

/* A branch was opened or closed. Those of an earlier day are not kept, nor
 * those of who has no account. */
void
folds_change(struct folds *f, const struct context *c);

/* Tell the wiki, when it is due or the session `ends`; not as long as part
 * of the tree is still on its way. */
void
folds_tick(struct folds *f, const struct tree *t, bool whole, struct context *c,
	   bool ends);

#endif
