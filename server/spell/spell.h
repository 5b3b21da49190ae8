/*
 * spell.h - the process that spells, one for all: it loads the dictionaries,
 * shuts itself in, and answers the wiki process on a stream, one JSON object
 * a line, until that is closed.
 *
 *   {"check": "een\ntwee"}                  → {"unknown": ["twee"]}
 *   {"suggest": "twe", "language": "nl"}    → {"words": ["twee"]}
 *
 * A word is known when one of the languages knows it; suggestions are of all,
 * those of the language asked for first.
 */
#ifndef PLEIN_SPELL_SPELL_H
#define PLEIN_SPELL_SPELL_H

#include <jansson.h>

#include "plein/err.h"

#define SPELL_FOLDER "/usr/share/hunspell"
#define SPELL_LINE_MAX (256 * 1024) /* bytes of a question */
#define SPELL_WORDS_MAX 7 /* suggestions */

struct spell;

/* The dictionaries that are there. PLEIN_ENOTFOUND when there are none. */
int
spell_open(struct spell **out, const char *folder, struct err *err);

void
spell_close(struct spell *s);

/* The answer, yours; an empty object to what is no question. */
json_t *
spell_answer(const struct spell *s, const json_t *question);

/* Serve on `fd`, which becomes ours. Returns the exit code. */
int
spell_run(int fd);

#endif
