/*
 * verdict.h - what is wrong with a push: a list of faults, each with where it
 * is. The gate makes it, the hook turns it into sentences; in between it
 * travels as JSON.
 */
#ifndef PLEIN_WIKI_VERDICT_H
#define PLEIN_WIKI_VERDICT_H

#include <jansson.h>
#include <stdbool.h>

#include "plein/vec.h"
#include "store/repo.h"

#define VERDICT_MOST 20 /* faults told; more are only counted as "more" */

enum fault_rule {
	/* of the push as a whole */
	FAULT_REF, /* path: a ref that is not main */
	FAULT_DELETE, /* of main */
	FAULT_MERGE,
	FAULT_ASIDE, /* does not follow on main */
	FAULT_MOVED, /* main moved meanwhile */
	FAULT_MANY, /* number: objects at once */
	FAULT_LARGE, /* something nobody can look at */
	FAULT_LONG, /* took too long to look at */
	FAULT_ERASED, /* of before an erasure; detail: its day and reason */
	/* of a commit */
	FAULT_AUTHOR, /* detail: the address */
	FAULT_COMMITTER,
	FAULT_NAME, /* of a person */
	FAULT_MESSAGE,
	FAULT_FUTURE,
	FAULT_ORDER, /* older than its parent */
	FAULT_DAMAGED,
	/* of a file or folder */
	FAULT_PATH,
	FAULT_GIT, /* a name that belongs to git */
	FAULT_LINK,
	FAULT_MODULE,
	FAULT_PROGRAM, /* executable */
	FAULT_MODE,
	FAULT_FOLDER,
	FAULT_SIZE, /* number of bytes, most */
	FAULT_TEXT, /* number: the line */
	FAULT_FIELDS, /* detail */
	FAULT_KIND, /* detail: those that are allowed */
	FAULT_BYTES, /* not what the name says */
	FAULT_RIGHT,
	FAULT_MUNICIPALITY, /* what another one says of itself */
	FAULT_ALIAS, /* detail: whose former address it is */
	FAULT_REMARK, /* of somebody else */
	FAULT_DIGEST, /* its name does not fit what it says */
	FAULT_STAMP, /* the time in its name has yet to come */
	FAULT_TWIN, /* a remark of that name is there already */
	FAULT_THREAD, /* there is no such discussion on that page */
	FAULT_EMPTY, /* a remark that says nothing */
	FAULT_STATE, /* resolving what others began */
	FAULT_N
};

struct fault {
	enum fault_rule rule;
	struct repo_id commit; /* "" = the whole */
	char *path; /* any bytes, or NULL */
	char *detail; /* the same */
	long number, most;
};

struct verdict {
	struct vec faults; /* struct fault * */
	bool more; /* than are in the list */
};

void
verdict_init(struct verdict *v);

void
verdict_release(struct verdict *v);

bool
verdict_is_fine(const struct verdict *v);

/*
 * Note a fault; false when the list is full, and looking on is of no use.
 * `f` is copied.
 */
bool
verdict_add(struct verdict *v, const struct fault *f);

/* {faults: [{rule, commit, path, detail, number, most}], more} */
json_t *
verdict_json(const struct verdict *v);

/* "merge" for FAULT_MERGE and so on. */
const char *
fault_name(enum fault_rule rule);

/* FAULT_N when there is none of this name. */
enum fault_rule
fault_of(const char *name);

#endif
