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

/*
 * Title of the page that `name` means: its address, its slug or its title,
 * whatever the capitals; NULL when there is none. *address becomes its
 * address. `titles` may be NULL.
 */
const char *
titles_find(json_t *titles, const char *name, const char **address);

/* Reading them from the wiki, part by part. */
struct titles_reader {
	struct link *link;
	struct parts parts;
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
