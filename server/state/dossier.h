/*
 * dossier.h - all that is kept of one person, as rows of named values: what
 * they get to see when they ask (docs/privacy.md). Of what is secret it says
 * that it is there, and since when; never what it is.
 */
#ifndef PLEIN_STATE_DOSSIER_H
#define PLEIN_STATE_DOSSIER_H

#include <stdbool.h>
#include <stdint.h>

#include "plein/err.h"
#include "state/state.h"

#define DOSSIER_VALUES 10 /* of a row, at most */

struct dossier_value {
	const char *name;
	const char *text; /* NULL: `number` counts */
	int64_t number; /* a time is in seconds since 1970 */
};

struct dossier_row {
	const char *kind; /* "account", "key", "draft", … */
	struct dossier_value values[DOSSIER_VALUES];
	int n;
};

/* How many kinds there are. */
int
dossier_kinds(void);

/* Where to go on. */
struct dossier_place {
	int kind; /* its number, from 0 */
	int64_t from; /* a row of it, from 0 */
};

/*
 * Show the rows of the kind that `at` says, from there on, to `show`, which says whether it wants the next. What it gets
 * lives until it returns. What is NULL in a row is left out.
 */
int
dossier_each(struct state *s, const char *handle,
	     const struct dossier_place *at,
	     bool (*show)(void *ctx, const struct dossier_row *row), void *ctx,
	     struct err *err);

#endif
