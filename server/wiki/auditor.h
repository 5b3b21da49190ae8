/*
 * auditor.h - records for the audit log of what is over already: who signed
 * in, who was refused. The loop notes them and waits for nothing; the writer
 * writes what has gathered within AUDITOR_MS as one transaction.
 *
 * Whoever makes many refusals does not fill the disk: within AUDITOR_WINDOW_MS
 * an origin (origin.h) gets AUDITOR_EACH records and all together AUDITOR_ALL;
 * the others are counted, and at the end of that time each origin gets one
 * record ("refused.more") of how many. What those do who prove nothing, guests
 * and who comes to apply, is counted likewise ("guest.more"), by itself.
 */
#ifndef PLEIN_WIKI_AUDITOR_H
#define PLEIN_WIKI_AUDITOR_H

#include <stdbool.h>
#include <stdint.h>

#include "state/audit.h"
#include "wiki/desk.h"

#define AUDITOR_MS 250
#define AUDITOR_RETRY_MS 2000 /* after it could not be written */
#define AUDITOR_PENDING 4096 /* more are lost, and counted ("lost") */
#define AUDITOR_WINDOW_MS 600000
#define AUDITOR_EACH 10
#define AUDITOR_EACH_GUEST 30 /* a clone makes three */
#define AUDITOR_ALL 300 /* of each kind */
#define AUDITOR_ORIGINS 256 /* those after them count as one */

struct auditor;

struct auditor *
auditor_new(void);

/* What was not written is gone. NULL is allowed. */
void
auditor_free(struct auditor *a);

/* `now` is ms of a clock that only goes on, here and below. */
void
auditor_note(struct auditor *a, struct audit_record *r_take, bool refused,
	     int64_t now);

/* Milliseconds until auditor_write() is due; 0: now, -1: nothing waits. */
int
auditor_delay(struct auditor *a, int64_t now);

/* Everything that waits; at the `end` also what is still being counted. On
 * failure it waits on. */
int
auditor_write(struct auditor *a, struct desk *d, bool end, int64_t now,
	      struct err *err);

#endif
