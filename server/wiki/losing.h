/*
 * losing.h - which version of a page took away a passage that a discussion is
 * about. Looked for only when one thread is read, from the newest version
 * back.
 */
#ifndef PLEIN_WIKI_LOSING_H
#define PLEIN_WIKI_LOSING_H

#include <jansson.h>

#include "wiki/discussion.h"

#define LOSING_VERSIONS 200 /* that are looked at */
#define LOSING_BYTES (16UL * 1024 * 1024) /* of their texts, too */

/*
 * {version, handle, time, gone}: gone when the page went. The passage of the
 * thread was looked for and not found. null when it is not known which.
 */
json_t *
losing_describe(struct passages *p, const struct index_thread *t);

#endif
