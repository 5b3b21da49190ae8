/*
 * nav_clash.h - what is to be undone was changed again later: the screen of
 * a conflict, place by place.
 */
#ifndef PLEIN_NAV_CLASH_H
#define PLEIN_NAV_CLASH_H

#include "nav.h"

/* `params` are those of the page.undo that was refused. */
void
nav_clash(struct nav *n, const json_t *params);

void
nav_clash_release(struct nav *n);

#endif
