/*
 * asked.h - what the wiki waits for somebody to do, as rows of an answer:
 * rounds of reflection they did not answer, decisions whose day of review has
 * come, actions of theirs that are overdue. It stays until it is done; that
 * it was seen changes nothing.
 */
#ifndef PLEIN_WIKI_ASKED_H
#define PLEIN_WIKI_ASKED_H

#include <jansson.h>

#include "wiki/desk.h"
#include "wiki/method.h"
#include "wiki/unread.h"

#define ASKED_MAX 100 /* rows of each kind */

/*
 * Appended, each kind by its day: {what: round, review or action, …} as
 * news.list says. `u` has what they follow. Of rounds only what is known of
 * the caller is looked at.
 */
int
asked_rows(struct desk *d, struct call *c, const struct unread *u,
	   json_t *rows);

#endif
