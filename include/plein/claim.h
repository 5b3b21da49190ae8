/*
 * claim.h - what a commit that comes in by git says of who made it and when,
 * and whether that may stand (docs/SECURITY.md). Pure.
 *
 * The name of the author is free, the address is not: `handle@domain` of the
 * person who sends, or of an account the message names in a trailer
 * `Co-authored-by: Name <handle@domain>`. What the wiki stored itself is
 * signed by `plein@`: no other commit may be.
 */
#ifndef PLEIN_CLAIM_H
#define PLEIN_CLAIM_H

#include <stdbool.h>
#include <stdint.h>

#define CLAIM_SERVICE "plein" /* before the @ of what the wiki signs */
#define CLAIM_AHEAD 600 /* seconds a clock may be fast */
#define CLAIM_NAME_MAX 256 /* bytes of a name or an address */
#define CLAIM_MESSAGE_MAX (16 * 1024) /* bytes */

struct claim {
	const char *author, *author_mail;
	const char *committer, *committer_mail;
	const char *message;
	int64_t author_when, when; /* seconds since 1970 */
};

struct claim_rules {
	const char *handle; /* who sends it */
	const char *domain;
	int64_t now;
	int64_t parent_when; /* committer date of the commit below */
	bool (*is_account)(void *ctx, const char *handle);
	void *ctx;
};

enum claim_fault {
	CLAIM_FINE,
	CLAIM_AUTHOR, /* the author's address is not theirs */
	CLAIM_COMMITTER, /* signed as if by the wiki */
	CLAIM_NAME, /* a name that is empty, too long or not to be shown */
	CLAIM_TEXT, /* a message that is too long or not to be shown */
	CLAIM_FUTURE, /* a date that is still to come */
	CLAIM_ORDER /* older than the commit below */
};

enum claim_fault
claim_check(const struct claim *c, const struct claim_rules *r);

/* Is this the address the wiki signs with, at whatever domain? */
bool
claim_is_service(const char *mail);

#endif
