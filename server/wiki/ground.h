/*
 * ground.h - the files of a space: made with a first page, and put aside. By
 * the writer.
 */
#ifndef PLEIN_WIKI_GROUND_H
#define PLEIN_WIKI_GROUND_H

#include "plein/buf.h"
#include "wiki/desk.h"
#include "wiki/space.h"

#define GROUND_ASIDE "removed" /* folder, in the data folder */

/*
 * The repository of a space, with a first page of this title (NULL: its name)
 * and the templates of the default space; and into the list. One that is there
 * already is taken as it is.
 */
int
ground_make(struct desk *d, const char *name, const char *title,
	    struct err *err);

/* It is gone from now on; where its repository went is appended. What can be
 * made anew is deleted. */
int
ground_put_aside(struct space *s, struct buf *aside, struct err *err);

#endif
