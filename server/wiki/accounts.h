/* accounts.h - what handlers do with other people's accounts; by the writer. */
#ifndef PLEIN_WIKI_ACCOUNTS_H
#define PLEIN_WIKI_ACCOUNTS_H

#include "wiki/desk.h"
#include "wiki/method.h"

#define ACCOUNTS_INVITE "uitnodiging" /* what codes are hashed with */

/* What was applied for is granted, with this role; their streams hear it. */
int
accounts_let_in(struct desk *d, struct call *c, const char *handle,
		enum role role);

/* All streams of this account have the role that it has by now. */
int
accounts_tell_role(struct desk *d, struct call *c, const char *handle);

#endif
