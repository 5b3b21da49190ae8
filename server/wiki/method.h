/*
 * method.h - the one table of what the protocol can do.
 *
 * A row says the name, who may call, where it runs, which parameters it
 * takes, what it answers and which errors it knows; docs/protocol.md is
 * generated from it. A handler runs with a struct desk: the handles of the
 * thread it runs on. It never sees a socket.
 */
#ifndef PLEIN_WIKI_METHOD_H
#define PLEIN_WIKI_METHOD_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "plein/buf.h"
#include "plein/err.h"
#include "plein/policy.h"
#include "wiki/caller.h"

enum method_place {
	PLACE_LOOP, /* needs no disk */
	PLACE_READER, /* a pool thread, read-only */
	PLACE_COSTLY, /* the same, few at a time: turns.h */
	PLACE_WRITER, /* the writer thread, in order */
	PLACE_GROUPED /* the same, with others in one transaction: group.h */
};

enum param_type { PARAM_TEXT, PARAM_NUMBER, PARAM_FLAG };

struct param {
	const char *name; /* NULL ends the list */
	enum param_type type;
	bool required;
	size_t max; /* bytes of a text, largest number */
	const char *means; /* for docs/protocol.md */
};

struct desk; /* server/wiki/desk.h */
struct ending; /* server/wiki/ending.h */
struct method;
struct presence; /* server/wiki/presence.h */

struct call {
	const struct caller *caller;
	json_t *params; /* checked against the row; never NULL */
	json_t *result; /* the handler sets it, or: */
	struct buf text; /* the same as it is written; see call_result() */
	struct buf rows; /* what is its "rows" besides, as it is written */
	json_t *args; /* on an error: its arguments, or NULL */
	struct caller *becomes; /* whom the stream is bound to, or NULL */
	const struct method *next; /* of the writer, which goes on, or NULL */
	char *changed; /* an account whose rights are others now, or NULL */
	enum role changed_to;
	char *awaits; /* an account that hears something later, or NULL */
	int64_t awaits_until; /* seconds since 1970 */
	struct vec gone; /* char *, accounts that were and are no more */
	struct ending *ends; /* sessions that end by this, or NULL */
	const char *shape; /* the stream says what it is: a literal, or NULL */
	struct space *given_in; /* or they were given a role in this one */
	enum role given; /* ROLE_NONE: it was taken away */
	struct space *respaced; /* made, or other than it was, or gone */
	bool closes; /* it is closed from now on */
	struct caller *moves; /* in another space from now on, or NULL */
	bool reloads; /* plein.conf is another now: all are to read it */
	struct presence *stands; /* where they are from now on, or NULL */
	char *hears; /* events the stream subscribes to, or NULL */
	struct err err;
};

struct method {
	const char *name;
	enum right right;
	enum method_place place;
	const struct param *params;
	const char *means; /* one sentence */
	const char *answers; /* shape of the result */
	const char *errors; /* names, separated by blanks */
	int (*run)(struct desk *d, struct call *c);
};

const struct method *
method_find(const char *name);

/* i-th row, or NULL behind the last. */
const struct method *
method_row(size_t i);

/*
 * Rights, then parameters: 0, PLEIN_EDENIED, PLEIN_ETOOBIG for a text above its
 * limit, or RPC_PARAMS. `params` NULL is an empty object.
 */
int
method_check(const struct method *m, const struct caller *who, json_t *params,
	     struct err *err);

/* docs/protocol.md, as Markdown, appended. */
void
method_document(struct buf *out);

#endif
