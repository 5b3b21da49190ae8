/*
 * help_keys.h - the keys of a place and what they do, as help lists them: in
 * two columns where they fit, moving and reading left, all else right. Pure.
 */
#ifndef PLEIN_VIEW_HELP_KEYS_H
#define PLEIN_VIEW_HELP_KEYS_H

#include "base/command.h"
#include "plein/vec.h"

/* Lines for a window of `cols`, char *, yours, appended to `out`; 0: in one
 * column, whatever it is. */
void
help_keys_make(struct vec *out, enum place about, int cols);

/*
 * Every key there is, by what it is for: with all that do the same. Lines as
 * above; those that begin with no blank are headings.
 */
void
help_keys_all(struct vec *out, int cols);

#endif
