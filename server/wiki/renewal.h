/* renewal.h - what one stream did counts for others while they are here. */
#ifndef PLEIN_WIKI_RENEWAL_H
#define PLEIN_WIKI_RENEWAL_H

#include "plein/vec.h"
#include "wiki/control.h"
#include "wiki/method.h"

/*
 * What a call that succeeded changes for the streams (of struct session *).
 * The next request of each of an account that has another role is judged by
 * that, and so are those in a space where they were given another; the
 * supervisor hears what git may do and which spaces there are, and ends who
 * may do nothing. Was plein.conf changed? Then it reads that anew, and has us
 * do so. On the loop thread.
 */
void
renewal_by(const struct call *c, const struct vec *sessions,
	   struct control *control);

#endif
