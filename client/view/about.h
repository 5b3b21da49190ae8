/*
 * about.h - what the reading screen says around the text of a page: above it
 * its fields and its contents, below it where it belongs and what leads to
 * it. Pure.
 */
#ifndef PLEIN_VIEW_ABOUT_H
#define PLEIN_VIEW_ABOUT_H

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

#include "layout/notes.h"
#include "plein/frontmatter.h"

struct about {
	const struct frontmatter *fields;
	const json_t *page; /* result of page.read */
	const json_t *links; /* rows of page.backlinks, or NULL */
	bool more_links; /* than these */
	size_t n_headings;
	int64_t at; /* time travel: the wiki as of then; 0: now */
	const char *hint; /* instead of a text, or NULL */
	const char *talks; /* about its discussions, may be "" */
	json_t *titles; /* address → title, or NULL */
};

/* Fields that are not on the first two lines of the screen, per kind. */
void
about_above(struct notes *out, const struct about *a);

void
about_below(struct notes *out, const struct about *a);

/* The way down to a page (a result of page.read), for the second line: the
 * titles above it, else its address. */
void
about_place(const json_t *page, const char *address, struct buf *out);

#endif
