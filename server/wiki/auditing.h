/*
 * auditing.h - which requests belong in the audit log (state/audit.h), and
 * what is said there of each: who, what, about whom, from where, with which
 * result. Never a text that somebody keeps secret, nor content of pages.
 *
 * An act is what changes accounts, rights, keys and ways to sign in, and what
 * administrators do. Its record is written in the transaction of the act, so
 * there is none without the other. All else (auditor.h) is noted when it is
 * over.
 */
#ifndef PLEIN_WIKI_AUDITING_H
#define PLEIN_WIKI_AUDITING_H

#include <stdbool.h>

#include "state/audit.h"
#include "wiki/desk.h"
#include "wiki/method.h"

bool
auditing_is_act(const struct method *m);

/* Run one task of the writer; an act in a transaction, with its record. */
int
auditing_run(struct desk *d, const struct method *m, struct call *c);

enum auditing_note {
	AUDITING_NOTHING, /* or it has a record already */
	AUDITING_DONE, /* somebody signed in; an act without a transaction */
	AUDITING_REFUSED
};

/* What is to be noted of a request that is over. */
enum auditing_note
auditing_judge(const struct method *m, const struct call *c, int result);

/* Of somebody who was turned away n times within a minute, before they could
 * ask anything. */
struct audit_record *
auditing_refusal(const char *peer, const char *reason, int64_t n);

/* The record of it: audit_record_free() it. */
struct audit_record *
auditing_describe(const struct method *m, const struct call *c, int result);

/*
 * Not in the table: somebody asked for what they have no right to. Parameter
 * `method`; refuses.
 */
extern const struct method auditing_denied;

#endif
