/*
 * words.h - the grammar of a command over ssh. Pure.
 *
 *   line   = word *( argument / option )
 *   option = name / name value / name *text   (text: up to the next --name)
 *
 * Blanks separate; single and double quotes group and make a word that is no
 * option. There is no shell: no variables, no wildcards, no escapes.
 */
#ifndef PLEIN_WORDS_H
#define PLEIN_WORDS_H

#include <stdbool.h>

#include "base/command.h"
#include "plein/vec.h"

enum words_problem {
	WORDS_FINE,
	WORDS_QUOTE, /* one is not closed */
	WORDS_UNKNOWN, /* no such command */
	WORDS_OPTION, /* no such option, or not with this command */
	WORDS_VALUE, /* an option without its value */
	WORDS_NUMBER /* a value that is no number */
};

#define WORDS_QUOTED 32 /* arguments whose quotes are remembered */

struct words {
	enum word_id word; /* WORD_N: the line was empty, or a problem */
	bool dutch; /* the word was given by its Dutch name */
	struct vec args; /* char * */
	unsigned quoted; /* which were typed between quotes, a bit each */
	unsigned set; /* enum word_option */
	char *value[OPTION_N]; /* by bit number; NULL for a flag */
	char *detail; /* the words a problem is about, or NULL */
};

/*
 * Parse; release in every case. An address as the first word is `read`.
 * `set` says after a problem, too, whether --json and --quiet were asked.
 */
enum words_problem
words_parse(struct words *w, const char *line);

void
words_release(struct words *w);

/* Value of an option, or NULL. */
const char *
words_value(const struct words *w, enum word_option option);

/* The same as a number; `absent` when it was not given. */
long
words_number(const struct words *w, enum word_option option, long absent);

/* All arguments, joined with blanks: "common ground"; appended. */
void
words_join(const struct words *w, struct buf *out);

/* The same for searching: what was typed between quotes is a phrase between
 * double quotes; appended. */
void
words_query(const struct words *w, struct buf *out);

#endif
