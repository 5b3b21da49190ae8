/*
 * titles.h - which pages there are: an object, address → title, made of what
 * page.titles answers.
 */
#ifndef PLEIN_TITLES_H
#define PLEIN_TITLES_H

#include <jansson.h>

#include "base/link.h"
#include "base/parts.h"

/* From the rows of page.titles; yours. */
json_t *
titles_from_rows(const json_t *rows);

/* How many pages those are: templates are there to make them with. It looks at
 * each title. `titles` may be NULL. */
size_t
titles_pages(json_t *titles);

/*
 * Title of the page that `name` means: its address, its slug or its title,
 * whatever the capitals; NULL when there is none. *address becomes its
 * address. `titles` may be NULL.
 */
const char *
titles_find(json_t *titles, const char *name, const char **address);

/*
 * The same for many names, as a page holds: after a few that had to be sought
 * among all titles, a table of them is made.
 */
struct titles_index {
	json_t *titles; /* borrowed; may be NULL */
	json_t *names; /* slug or folded title → address, once it is made */
	unsigned sought;
};

void
titles_index_init(struct titles_index *x, json_t *titles);

void
titles_index_release(struct titles_index *x);

const char *
titles_index_find(struct titles_index *x, const char *name,
		  const char **address);

/* Reading them from the wiki, part by part. */
struct titles_reader {
	struct link *link;
	struct parts parts;
	int64_t at; /* the pages that were there then; 0: now */
	/* All of them, yours; NULL when they cannot be read. */
	void (*done)(void *ctx, json_t *titles_take);
	void *ctx;
};

/* Ask, from the beginning; link, done and ctx are set. */
void
titles_read(struct titles_reader *r);

/* Done will not be called any more. */
void
titles_stop(struct titles_reader *r);

#endif
