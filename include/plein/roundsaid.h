/*
 * roundsaid.h - what people said in a step of a round, pure: how they are
 * shown, answers under values, and what they agree about.
 */
#ifndef PLEIN_ROUNDSAID_H
#define PLEIN_ROUNDSAID_H

#include <stdbool.h>

#include "plein/buf.h"
#include "plein/policy.h"
#include "plein/round.h"
#include "plein/vec.h"

/* --- answers ---------------------------------------------------------------- */

/*
 * "beleid, Duinstad": where the handle is a role and the municipality, that
 * role; else what they are in the wiki. Appended.
 */
void
round_role(struct buf *out, const char *handle, const char *organisation,
	   enum role role);

/* What somebody said in a step; all of it may be NULL but the text. */
struct round_said {
	char *handle; /* NULL: nameless */
	char *who; /* as others may see them, or NULL */
	char *text;
	char *more; /* added later */
	bool late; /* when the step was closed */
};

void
round_said_free(void *said);

/* One part of an answer. */
struct round_piece {
	const struct round_said *said; /* borrowed */
	char *text;
	bool first; /* of its answer */
};

struct round_group {
	char *value; /* NULL: under none */
	struct vec pieces; /* struct round_piece * */
};

void
round_group_free(void *group);

/*
 * Append groups (struct round_group *), those with most pieces first and
 * what is under no value last. `grouped`: a paragraph that begins with a few
 * words and a colon is about that value, whichever way it is written in
 * capitals; else all are one group. The order within a group is that of
 * `all` (struct round_said *).
 */
void
round_group(struct vec *groups, const struct vec *all, bool grouped);

/* --- agreement -------------------------------------------------------------- */

struct round_stand {
	char *handle;
	char *who; /* as others may see them, or NULL */
	bool agrees;
	char *reason; /* or NULL */
};

void
round_stand_free(void *stand);

struct round_point {
	long n; /* from 1, in its step */
	char *text;
	struct vec stands; /* struct round_stand * */
};

void
round_point_free(void *point);

long
round_count(const struct round_point *p, bool agrees);

#endif
