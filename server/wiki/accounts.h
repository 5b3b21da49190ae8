/* accounts.h - what handlers do with other people's accounts; by the writer. */
#ifndef PLEIN_WIKI_ACCOUNTS_H
#define PLEIN_WIKI_ACCOUNTS_H

#include <jansson.h>

#include "state/accounts.h"
#include "wiki/desk.h"
#include "wiki/method.h"

#define ACCOUNTS_INVITE "uitnodiging" /* what codes are hashed with */

/* What was applied for is granted, with this role; their streams hear it. */
int
accounts_let_in(struct desk *d, struct call *c, const char *handle,
		enum role role);

/* The keys of an account, appended as profile.get tells them. */
int
accounts_list_keys(struct desk *d, const char *handle, json_t *rows,
		   struct err *err);

/*
 * The answer {rows, count, next} with the accounts that the call's parameters
 * choose (those of user.list), or those with a role in the space `member_of`.
 */
int
accounts_list(struct desk *d, struct call *c, const char *member_of,
	      json_t *(*describe)(struct desk *d, const struct account *a));

/* The code that is typed (parameter `code`) as the parameter `invite`, its
 * hash; tries are counted by address. */
int
accounts_hash_invite(struct desk *d, struct call *c);

/* All streams of this account have the role that it has by now. */
int
accounts_tell_role(struct desk *d, struct call *c, const char *handle);

/* Who has a code shows it (parameter `code`), and uses it up. PLEIN_EDENIED
 * with the rule "code" or "code-missing". */
int
accounts_ask_code(struct desk *d, struct call *c);

/* The account that parameter `handle` names. PLEIN_ENOTFOUND ("no-account"). */
int
accounts_named(struct desk *d, struct call *c, struct account *out);

#endif
