/*
 * headings.h - how many headings a Markdown text has, without laying it out.
 * Pure; md4c parses.
 */
#ifndef PLEIN_HEADINGS_H
#define PLEIN_HEADINGS_H

#include <stdbool.h>
#include <stddef.h>

/* What of Markdown a page knows, as md4c has it. */
#define HEADINGS_MARKDOWN \
	(MD_FLAG_TABLES | MD_FLAG_TASKLISTS | MD_FLAG_WIKILINKS | \
	 MD_FLAG_NOHTML | MD_FLAG_STRIKETHROUGH | MD_FLAG_PERMISSIVEAUTOLINKS)

#define HEADINGS_CELL_COST \
	8 /* each takes memory, and md4c fills up short rows */

/* How many blocks and cells a text may unfold to; what exceeds it is a trick. */
size_t
headings_budget(size_t len);

/* False where there can be none, which is seen in a hundredth of the time. */
bool
headings_possible(const char *markdown, size_t len);

/*
 * Those that are lines of their own, not those that begin an item of a list.
 * A NUL stands behind the text. 0 for a trick.
 */
size_t
headings_count(const char *markdown, size_t len);

#endif
