/* renewal.h - somebody's rights changed while they are here. */
#ifndef PLEIN_WIKI_RENEWAL_H
#define PLEIN_WIKI_RENEWAL_H

#include "plein/policy.h"
#include "plein/vec.h"
#include "wiki/control.h"

/*
 * The next request of each of this account's streams (of struct session *) is
 * judged by this role; the supervisor hears what git may do, and ends who may
 * do nothing. On the loop thread.
 */
void
renewal_of(const struct vec *sessions, struct control *control,
	   const char *handle, enum role role);

#endif
