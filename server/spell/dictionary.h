/*
 * dictionary.h - the words of a language, by hunspell. Only here is hunspell
 * known; it is loaded by the process that spells, and by no other.
 */
#ifndef PLEIN_SPELL_DICTIONARY_H
#define PLEIN_SPELL_DICTIONARY_H

#include <stdbool.h>

#include "plein/err.h"
#include "plein/vec.h"

#define DICTIONARY_WORD_MAX 100 /* bytes */

struct dictionary;

/*
 * The files NAME.aff and NAME.dic of a folder. PLEIN_ENOTFOUND without them
 * or without hunspell; PLEIN_ERULE when they are not in UTF-8.
 */
int
dictionary_open(struct dictionary **out, const char *folder, const char *name,
		struct err *err);

void
dictionary_close(struct dictionary *d);

/* Words above the limit are all known. */
bool
dictionary_knows(const struct dictionary *d, const char *word);

/* What may be meant, the likeliest first: char *, owned, appended. */
void
dictionary_suggest(const struct dictionary *d, const char *word,
		   struct vec *out);

#endif
