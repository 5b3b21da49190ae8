/* threadrow.h - a discussion as a row of an answer. */
#ifndef PLEIN_WIKI_THREADROW_H
#define PLEIN_WIKI_THREADROW_H

#include <jansson.h>
#include <stdint.h>

#include "state/remarks.h"
#include "wiki/desk.h"
#include "wiki/discussion.h"
#include "wiki/unread.h"

/* As of `when`; 0: now. `p` NULL: the passage is told, not looked for. */
json_t *
threadrow_describe(struct desk *d, const struct index_thread *t, int64_t when,
		   struct passages *p, const struct unread *u);

#endif
