/*
 * look.h - finding words on one screen: what was sought last, and the drawer
 * that asks for it. Not a view: those that find hold one.
 */
#ifndef PLEIN_VIEW_LOOK_H
#define PLEIN_VIEW_LOOK_H

#include <stdbool.h>

#include "base/command.h"
#include "view/view.h"

struct look {
	char *words; /* that were sought last, or NULL */
	bool fresh; /* they are others than before: here will do, too */
};

void
look_release(struct look *l);

void
look_set(struct look *l, const char *words);

/*
 * The commands of finding; others are refused, and *by is 0. Then *by tells to
 * look for the words, forward (1) or back (-1); or it is 0, and *r asks for
 * them. `text`: the words of the drawer, or NULL.
 */
bool
look_run(struct look *l, enum command cmd, const char *text, int *by,
	 struct request *r);

#endif
