/*
 * absent.h - time travel to before a page was there: it says so, and when the
 * page was made.
 */
#ifndef PLEIN_VIEW_ABSENT_H
#define PLEIN_VIEW_ABSENT_H

#include "view/view.h"

/* Ask for its first version. */
void
absent_ask(struct context *c, const char *address, link_reply *reply,
	   void *ctx);

/* The answer to that: a page that only says it, as page.read has one; yours.
 * Line 23 says it, too. */
json_t *
absent_page(struct context *c, const char *address, const struct rpc_msg *m);

#endif
