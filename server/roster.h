/*
 * roster.h - the supervisor's list of connections: the processes that belong
 * to each, and whose it is once the wiki process said so.
 */
#ifndef PLEIN_SERVER_ROSTER_H
#define PLEIN_SERVER_ROSTER_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "address.h"
#include "order.h"
#include "plein/display.h"
#include "plein/err.h"
#include "plein/policy.h"
#include "plein/vec.h"
#include "wiki/pushes.h"

struct member {
	long id; /* > 0, never used again */
	struct address from;
	char peer[ADDRESS_TEXT]; /* the host of it */
	pid_t conn; /* connection process, 0 = gone */
	bool front; /* instead of one, sshd's forced command (frontproc.h) */
	bool greeted; /* which said from where its person comes */
	int given[3]; /* the terminal or pipes that came from it, else -1 */
	int monitor; /* socket to it, -1 = closed */
	pid_t client; /* the program started for it, 0 = none */
	int control; /* socket to a client, else -1 */
	char *account, *key, *language; /* NULL until bound */
	int64_t since; /* when it was, in seconds since 1970 */
	struct display display; /* of the account, when it was bound */
	bool spawned; /* its one program was started */
	enum order_kind kind; /* of that program */
	char locale[3]; /* its order came with: "nl", "en" or "" */
	bool ended; /* by us, if it is git */
	const char *door; /* of that program, at the wiki */
	bool attach_due; /* a stream to the wiki is to be sent */
	enum role role; /* of the account, when it was bound */
	char ticket[PUSHES_TICKET + 1]; /* of its push */
	char space[ORDER_SPACE_MAX + 1]; /* its git is for */
	json_t *asked; /* the order for that git, while the wiki is asked
			  whether it may be; else NULL */
	bool may_due; /* the wiki is to be asked */
	bool git_due; /* the wiki is to be told that it works */
	bool git_told; /* some wiki process was */
	bool asked_haves; /* whether what it has was erased: once */
	bool awaits_haves; /* the answer is to come; until then */
	int64_t held_until; /* 0, or that its git ended with */
	int exit_status; /* this of wait(), is not told, at most till then */
	char seat[ORDER_SPACE_MAX + 1]; /* space its client went to, or "" */
	bool ticket_due; /* the wiki is to be told of it */
	bool spared; /* that it did not sign in is not its own doing */
	int64_t kill_at; /* when patience ends; 0 = not counting */
};

struct roster {
	struct vec members; /* struct member *, oldest first */
	long last_id;
	int n_bound;
};

void
roster_init(struct roster *r);

/* Closes sockets, frees; processes are not touched. */
void
roster_release(struct roster *r);

/* A new member, without processes or sockets; the roster's. */
struct member *
roster_add(struct roster *r, const struct address *from);

/* Close its sockets, forget it. */
void
roster_remove(struct roster *r, struct member *m);

/* NULL when there is none. */
struct member *
roster_by_id(const struct roster *r, long id);

/* Whose connection process or client has this pid (> 0)? */
struct member *
roster_by_pid(const struct roster *r, pid_t pid);

/*
 * The connection is this account's from now on. Once: again for the same
 * account changes nothing, for another is PLEIN_EDENIED. Who was let in
 * without an account (gast, nieuw) may still have one.
 */
int
roster_bind(struct roster *r, struct member *m, const char *account,
	    const char *key, const char *language, struct err *err);

/* Close what came from sshd's forced command. */
void
member_close_given(struct member *m);

/* Bound to nobody, who came to apply for an account. */
bool
member_applies(const struct member *m);

/* Is git at work for it? */
bool
member_is_git(const struct member *m);

/* Does it need a stream to the wiki process: for signing in, or as client? */
bool
member_needs_wiki(const struct member *m);

/* Guests: all of them, or those from one address. */
int
roster_guests(const struct roster *r, const char *peer);

/* Programs of this kind that run. */
int
roster_count(const struct roster *r, enum order_kind kind);

/* The earliest kill_at or held_until, or 0. */
int64_t
roster_deadline(const struct roster *r);

#endif
