/*
 * passage.h - where in its body a page matches, as text: found words stand
 * between asterisks, and dots where it is cut.
 */
#ifndef PLEIN_STATE_PASSAGE_H
#define PLEIN_STATE_PASSAGE_H

#include <sqlite3.h>

#define PASSAGE_WORDS 16

/*
 * passage(T): the words around the first place with the most of what was
 * looked for, from the beginning of the sentence when that is near enough.
 * The first words when only the title matches.
 */
void
passage_function(const Fts5ExtensionApi *api, Fts5Context *at,
		 sqlite3_context *out, int n_values, sqlite3_value **values);

#endif
