/*
 * pushes.h - the pushes under way: who sends, and which one holds main.
 * Shared by all threads of the wiki process.
 *
 * The supervisor hands git a ticket, and tells us whose it is; the hooks of
 * that git show it. A ticket goes one way, once:
 *
 *   new → judged → leased → prepared → settled
 *
 * From `leased` on the push holds main: the writer waits, so that what was
 * judged is what main is moved on from. It holds it LEASE at most; a push
 * that comes later than that is refused, and the writer looks after what it
 * may have left behind.
 */
#ifndef PLEIN_WIKI_PUSHES_H
#define PLEIN_WIKI_PUSHES_H

#include <stdbool.h>

#include "plein/err.h"
#include "store/repo.h"

#define PUSHES_LEASE_MS 2000
#define PUSHES_JUDGED 2 /* at the same time */
#define PUSHES_TICKET 32 /* hexadecimal digits */

struct pushes;

struct push_owner {
	char *account, *space, *peer;
	long conn;
};

struct pushes *
pushes_new(int lease_ms);

void
pushes_free(struct pushes *p);

/* From the supervisor: this ticket is good, until its git is gone. */
void
pushes_add(struct pushes *p, const char *ticket,
	   const struct push_owner *owner);

/* Its git is gone. Was it judged, and refused? */
bool
pushes_over(struct pushes *p, long conn);

/*
 * Start judging. *owner is a copy, push_owner_release() it. PLEIN_ENOTFOUND
 * for a ticket that is not (yet) known, PLEIN_EDENIED for one that was used,
 * PLEIN_EBUSY while enough others are judged.
 */
int
pushes_judge(struct pushes *p, const char *ticket, struct push_owner *owner,
	     struct err *err);

void
push_owner_release(struct push_owner *owner);

/* Judged and refused: the ticket is of no use any more. */
void
pushes_refuse(struct pushes *p, const char *ticket);

/* Not judged after all: it may be tried again. */
void
pushes_put_back(struct pushes *p, const char *ticket);

/*
 * Judged and approved, from → to: take main. Waits for the batch that is
 * being written. PLEIN_EBUSY while another push holds main; then, and when
 * main turns out to have moved, put it back or refuse it.
 */
int
pushes_lease(struct pushes *p, const char *ticket, const struct repo_id *from,
	     const struct repo_id *to, struct err *err);

/*
 * For an import on the host, which needs no judge: take main at once, as
 * pushes_lease() does. `ticket` is for pushes_settle(); main is let go too
 * when pushes_over() says that the owner's connection is gone.
 */
int
pushes_hold(struct pushes *p, const struct push_owner *owner,
	    char ticket[PUSHES_TICKET + 1], struct err *err);

/* A ticket nobody can guess. */
void
pushes_make_ticket(char ticket[PUSHES_TICKET + 1]);

/* Git is about to move main: may it? PLEIN_EDENIED. */
int
pushes_prepare(struct pushes *p, const char *ticket, const struct repo_id *from,
	       const struct repo_id *to, struct err *err);

/* Git moved main and it is on stable storage, or git gave up. */
void
pushes_settle(struct pushes *p, const char *ticket);

/*
 * For the writer, around each batch: wait until no push holds main. True
 * when one ended without settling: main may have moved without a sync.
 */
bool
pushes_enter(struct pushes *p);

/* `mended`: the storage is synced now. */
void
pushes_leave(struct pushes *p, bool mended);

/* Is there no git that may be holding a lock of main? */
bool
pushes_are_quiet(struct pushes *p);

#endif
