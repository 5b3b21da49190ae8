/*
 * overviews.h - lists of state/overview.h as answers: the day they are about,
 * the moment they are as of, where a part begins and ends.
 */
#ifndef PLEIN_WIKI_OVERVIEWS_H
#define PLEIN_WIKI_OVERVIEWS_H

#include <jansson.h>

#include "plein/daytext.h"
#include "plein/path.h"
#include "state/overview.h"
#include "wiki/desk.h"
#include "wiki/method.h"

/* Parameters that lists of this kind take. */
#define PARAM_ON \
	{ \
		"on", PARAM_TEXT, false, DAYTEXT_LEN, \
			"the day it is about, 2026-06-01; today when absent" \
	}
#define PARAM_AFTER_ROW \
	{ \
		"after", PARAM_TEXT, false, OVERVIEWS_CURSOR, \
			"the next of before" \
	}
#define PARAM_LIMIT \
	{ \
		"limit", PARAM_NUMBER, false, COUNT_MAX, \
			"at most 500, the default" \
	}

#define OVERVIEWS_CURSOR 2048 /* bytes */

struct overviews {
	enum overview which;
	struct overview_filter filter; /* set what narrows it; borrows */
	/* in */
	struct index *index; /* of now, or of a moment */
	/* own */
	struct index *moment; /* or NULL */
	char on[DAYTEXT_LEN + 1];
	char after[PATH_MAX_LEN + 1]; /* an address */
};

/*
 * Have an index: that of now, or (parameter `at`) one of what the pages said
 * then. Reads `on`, `after` and `limit`, too, where they are. PLEIN_ERULE
 * (`day`), PLEIN_EUSAGE. Close it in any case.
 */
int
overviews_open(struct overviews *o, struct desk *d, struct call *c,
	       enum overview which);

void
overviews_close(struct overviews *o);

/* Today in the time zone of the wiki. */
void
overviews_today(char out[DAYTEXT_LEN + 1]);

/* {rows: […], next} as the answer. */
int
overviews_answer(struct overviews *o, struct desk *d, struct call *c);

/* All rows of a list, as an array: short ones, of one page. NULL on error. */
json_t *
overviews_rows(struct overviews *o, enum overview which,
	       const struct overview_filter *filter, struct err *err);

#endif
