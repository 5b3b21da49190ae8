/* titles.h - the result of page.titles: which pages there are. */
#ifndef PLEIN_TITLES_H
#define PLEIN_TITLES_H

#include <jansson.h>

/*
 * Title of the page that `name` means: its address, its slug or its title,
 * whatever the capitals; NULL when there is none. *address becomes its
 * address. `titles` may be NULL.
 */
const char *
titles_find(json_t *titles, const char *name, const char **address);

#endif
