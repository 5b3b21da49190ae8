/*
 * actlog.h - what happened to actions and undertakings from one version of a
 * page to the next: taken down, another owner, day or state, gone. Pure.
 */
#ifndef PLEIN_WIKI_ACTLOG_H
#define PLEIN_WIKI_ACTLOG_H

#include "plein/actions.h"
#include "plein/vec.h"

/* Something that is another from a version on. */
struct turn {
	const char *field; /* static, as pages have it: "stand", "eigenaar" */
	char *from, *to; /* NULL: not there */
};

void
turn_free(void *t);

/* Nothing when both are the same. */
void
turn_add(struct vec *turns, const char *field, const char *from,
	 const char *to);

struct actlog {
	const char *what; /* static: "action", taken down; "action-changed",
			     "action-gone" */
	char number[ACTION_NUMBER_MAX + 1];
	char due[DAYTEXT_LEN + 1]; /* "" = no day */
	bool undertaking;
	char *text;
	char *owner, *to, *decision; /* or NULL */
	char *state; /* "open", "gereed 2026-05-30: geoefend in mei" */
	struct vec turns; /* struct turn *, of one that changed */
};

void
actlog_free(void *a);

/* Both are struct action *, in the order of the page. What came of them,
 * struct actlog * appended, in the order of `is`; those that are gone last. */
void
actlog_compare(struct vec *out, const struct vec *was, const struct vec *is);

#endif
