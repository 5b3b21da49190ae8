/*
 * filters.h - what narrows a list whose method takes it as parameters: a drawer
 * asks what, another one its value. Not a view: views hold one, and give it
 * the command of their filter.
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
	FILTER_SINCE, /* a day is typed: where it begins */
	FILTER_UNTIL, /* where it ends */
	FILTER_FIXED /* has one value */
};

struct filter {
	const char *key; /* the parameter */
	enum filter_kind kind;
	const char *label; /* msgid, in the drawer */
	const char *question; /* msgid; of a fixed one its value */
	const char *word; /* msgid, before the value; of a fixed one all */
	const char *excludes; /* a key that it does away with, or NULL */
};

struct filters {
	const struct filter *rows;
	size_t n_rows;
	const char *question, *all; /* msgids: which, and all of it */
	json_t *values; /* the parameters */
	const struct filter *asking; /* the one that is being typed, or NULL */
};

/* With these parameters to begin with, or NULL; the rest is borrowed. */
void
filters_init(struct filters *f, json_t *values_take);

void
filters_release(struct filters *f);

/*
 * CMD_FILTER with its text or NULL: *out asks what comes next. True when other
 * rows are to be shown now.
 */
bool
filters_run(struct filters *f, struct context *c, const char *text,
	    struct request *out);

/* "by griffie.waterdam, since 1 March", appended; nothing for all. */
void
filters_tell(const struct filters *f, struct buf *out);

#endif
