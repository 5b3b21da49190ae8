/*
 * filters.h - what narrows a list whose method takes it as parameters: a drawer
 * asks what, another one its value. Not a view: views hold one, and give it
 * the command of their filter. (narrow.h is for pages that are looked for.)
 */
#ifndef PLEIN_VIEW_FILTERS_H
#define PLEIN_VIEW_FILTERS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "plein/buf.h"
#include "view/view.h"

enum filter_kind {
	FILTER_TEXT, /* is typed */
	FILTER_PERSON, /* the same: a name to sign in with */
	FILTER_FOLDER,
	FILTER_SINCE, /* a day is typed: where it begins */
	FILTER_UNTIL, /* where it ends */
	FILTER_DAY, /* that day, as 2026-06-01 */
	FILTER_LIST, /* is chosen from its values */
	FILTER_FIXED, /* has one value */
	FILTER_FLAG /* is true, or is not there */
};

struct filter {
	const char *key; /* the parameter */
	enum filter_kind kind;
	/* Msgids. NULL: as filters of this kind have it, which are those of a
	 * person, a folder and since when. */
	const char *label; /* in the drawer */
	const char *word; /* before the value or in place of it; or "" */
	const char *question; /* where it is typed or chosen */
	const char *value; /* of a fixed one */
	const char *const *values; /* to choose from; NULL ends */
	const char *(*name)(const char *value); /* of those, in words */
	const char *excludes; /* a key that it does away with, or NULL */
};

/* What a list can be narrowed by. */
struct filter_set {
	const struct filter *rows;
	size_t n_rows;
	bool single; /* each does away with all others */
	const char *question, *all; /* msgids: which, and all of it */
	void (*changed)(struct view *v); /* show what is wanted now */
};

struct filters {
	const struct filter_set *set;
	struct view *view;
	json_t *values; /* the parameters */
	const struct filter *asking; /* the one that is being typed, or NULL */
	const struct filter *meeting; /* the one that waits for its end */
};

/* With these parameters to begin with, or NULL. */
void
filters_init(struct filters *f, const struct filter_set *set, struct view *v,
	     json_t *values_take);

void
filters_release(struct filters *f);

/*
 * CMD_FILTER with its text or NULL: what comes next. "Previous meeting" is a
 * day, too, that the wiki is asked for.
 */
struct request
filters_run(struct filters *f, const char *text);

/* Is it not all of it? */
bool
filters_narrow(const struct filters *f);

/* "by griffie.waterdam, since 1 March", appended; nothing for all. */
void
filters_tell(const struct filters *f, struct buf *out);

/* "Only: by griffie.waterdam", the same, with what narrows it as line 2;
 * false, and nothing, for all. */
bool
filters_only(const struct filters *f, struct head *h);

/* The words on line 2 of a list whose newest row is first; `all` for all. */
void
filters_place(const struct filters *f, const char *all, struct head *h);

#endif
