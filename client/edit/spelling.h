/*
 * spelling.h - the words of a text whose spelling can be checked: not those
 * in code and links, not those with digits, not a single letter, not words
 * all in capitals. Letters are Latin. Pure.
 */
#ifndef PLEIN_EDIT_SPELLING_H
#define PLEIN_EDIT_SPELLING_H

#include <stdbool.h>
#include <stddef.h>

#include "edit/find.h"
#include "edit/text.h"

/* A word and where it stands, with a plain apostrophe for a curly one.
 * False: that is enough. */
typedef bool
spelling_visit(void *ctx, const char *word, struct span at);

/* All of them, in order, from byte `from` on. */
void
spelling_walk(const struct text *t, size_t from, spelling_visit *visit,
	      void *ctx);

#endif
