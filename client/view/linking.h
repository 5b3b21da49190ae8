/*
 * linking.h - the links to a page, read part by part while it is opened: as
 * many as are named below its text, and whether there are more.
 */
#ifndef PLEIN_VIEW_LINKING_H
#define PLEIN_VIEW_LINKING_H

#include <jansson.h>
#include <stdbool.h>

#include "base/link.h"

#define LINKING_MAX 200 /* rows that are asked for */

struct linking {
	struct link *link;
	char *address;
	json_t *rows; /* of page.backlinks */
	bool done; /* all came that will, or the wiki does not tell */
	bool more; /* than these */
};

/* Ask anew; rows of before are forgotten. */
void
linking_read(struct linking *l, struct link *link, const char *address);

/* None: of an old version nobody knows what led to it. */
void
linking_skip(struct linking *l);

void
linking_release(struct linking *l);

#endif
