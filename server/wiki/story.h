/*
 * story.h - how something came about: the pages that led to it, and what
 * happened to them and was said about them, in the order of main.
 *
 * A decision came of the questions it belongs to, of what was thought and
 * reflected about those, and of the decisions it replaces. A question or a
 * theme goes on to what came of it. Pages belong by their fields
 * hoort_bij and vervangt. Of a meeting that has actions of such a decision,
 * what happened to those is part of it, and nothing else.
 */
#ifndef PLEIN_WIKI_STORY_H
#define PLEIN_WIKI_STORY_H

#include <stdint.h>

#include "plein/err.h"
#include "plein/frontmatter.h"
#include "plein/vec.h"
#include "state/index.h"
#include "state/remarks.h"
#include "wiki/actlog.h"
#include "wiki/bygone.h"
#include "wiki/desk.h"

#define STORY_PAGES_MAX 100

struct story_page {
	char *address, *title, *kind;
	bool aside; /* only what happened to its actions is told */
	struct vec versions; /* struct index_version *, newest first */
	struct vec remarks; /* struct index_remark *, as they came */
	/* what story_read_turns() read last, and what it said */
	const struct index_version *known;
	struct frontmatter *fields;
	struct vec actions; /* struct action *, those that belong */
};

/* Either a version or a remark; borrowed from the page. */
struct story_event {
	struct story_page *page;
	const struct index_version *version; /* or NULL */
	const struct index_version *before; /* the one below it, or NULL */
	const struct index_version *base; /* the same, but one that is gone */
	const struct index_remark *remark; /* or NULL */
	const char *thread_title; /* of a remark */
	int64_t seq;
	long n, m; /* number of a remark, as struct numbered */
	struct vec turns; /* struct turn *: fields of the page */
	struct vec acts; /* struct actlog * */
};

struct story {
	struct vec pages; /* struct story_page *; the first is it */
	struct vec events; /* struct story_event *, in order */
	size_t told; /* events of pages that are not aside */
	bool complete; /* false: old texts are being taken in, or there were
			* too many: some may be missing */
	bool cut; /* there were more pages than it is told of */
	int64_t until; /* a place on main */
	struct index *index; /* what was known then; borrowed */
	struct bygone then; /* of a moment; all zero: of now */
};

/*
 * `when` 0: until now; else until that moment, with the pages that belonged
 * together then, under their addresses of then. PLEIN_ENOTFOUND when
 * there never was such a page. story_release() it in any case.
 */
int
story_gather(struct story *s, struct desk *d, const char *address, int64_t when,
	     struct err *err);

/* Read what turned, and what happened to actions, in the i-th event: that takes
 * texts, so it is read for what is told only. Cheap after the event before. */
int
story_read_turns(struct story *s, struct desk *d, size_t i, struct err *err);

void
story_release(struct story *s);

#endif
