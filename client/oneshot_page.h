/*
 * oneshot_page.h - which page the words of a command name: an address, a
 * former address or a title, with `@14`, `@commit`, `@2026-02-01` (as it was
 * at the end of that day) or `@vorige-vergadering` (when that ended) behind
 * it. All of them tell what is wrong and give an exit code.
 */
#ifndef PLEIN_ONESHOT_PAGE_H
#define PLEIN_ONESHOT_PAGE_H

#include "oneshot_do.h"

struct page_name {
	char *address; /* free it; NULL: of all pages */
	json_int_t version; /* of `@14`, or 0 */
	char commit[41]; /* of `@commit`, or "" */
	int64_t at; /* of a date or meeting, or 0 */
};

/* Which page the arguments name. An address nobody uses is taken as it is:
 * the page may have been deleted. */
int
oneshot_page(struct oneshot *o, struct page_name *p);

/* The same; without words, or with a moment alone, it is all pages. */
int
oneshot_page_or_all(struct oneshot *o, struct page_name *p);

/* Are there no words, or a moment alone? */
bool
oneshot_names_all(const struct oneshot *o);

/* Cut `@2026-02-01` off the last word, and the word where it is nothing else;
 * *at is 0 where there is none. */
int
oneshot_take_moment(struct oneshot *o, int64_t *at);

/* The same; a version or moment behind it is refused. */
int
oneshot_page_of_now(struct oneshot *o, struct page_name *p);

/* {address, version, commit, at}, of those what is there. */
json_t *
oneshot_page_params(const struct page_name *p);

/* The answer of page.read (json_decref it). */
int
oneshot_page_read(struct oneshot *o, const struct page_name *p, json_t **page);

/* Take the version off that stands behind the page; 0 when there is none. */
json_int_t
oneshot_take_version(struct oneshot *o);

#endif
