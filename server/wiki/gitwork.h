/*
 * gitwork.h - clones, fetches and pushes at work: the supervisor starts them
 * and says so (plein/control.h). For who is signed in they are sessions, and
 * the audit log has a record of the begin and of the end of each. On the loop
 * thread only.
 */
#ifndef PLEIN_WIKI_GITWORK_H
#define PLEIN_WIKI_GITWORK_H

#include <stdbool.h>
#include <stdint.h>

#include "plein/vec.h"
#include "state/audit.h"
#include "wiki/instruction.h"

struct gitwork {
	long conn;
	char *account, *space; /* "gast" for a guest */
	char *key, *peer; /* "" where there is none */
	bool push; /* else a clone or a fetch, which look alike from here */
	int64_t since; /* seconds since 1970 */
};

/* How it ended. */
enum gitwork_end {
	GITWORK_WELL,
	GITWORK_BADLY, /* git failed, or its person hung up */
	GITWORK_STOPPED, /* by us */
	GITWORK_REFUSED /* a push of what may not be */
};

/* It began: add it to `list` (of struct gitwork *), and return it; NULL when
 * it is there already. */
const struct gitwork *
gitwork_add(struct vec *list, const struct instruction *in);

/* It is gone: take it off the list, or NULL. gitwork_free() it. */
struct gitwork *
gitwork_take(struct vec *list, long conn);

const struct gitwork *
gitwork_find(const struct vec *list, long conn);

/* NULL is allowed. */
void
gitwork_free(void *g);

/* "clone", "push": the shape of the session. */
const char *
gitwork_shape(const struct gitwork *g);

/* Of its exit status, whether we ended it, and whether it was a push whose
 * verdict is that it may not be. */
enum gitwork_end
gitwork_judge(int status, bool ended, bool refused);

/* For the audit log; audit_record_free() them. */
struct audit_record *
gitwork_began(const struct gitwork *g);

struct audit_record *
gitwork_ended(const struct gitwork *g, enum gitwork_end how);

#endif
