/*
 * round.h - a round of reflection, pure: what a script asks, and who may see
 * the answers to a step. docs/reflection.md.
 */
#ifndef PLEIN_ROUND_H
#define PLEIN_ROUND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plein/err.h"
#include "plein/vec.h"

#define ROUND_STEPS_MAX 20
#define ROUND_DAYS_MAX 365
#define ROUND_DAYS 7 /* a step is open, when nobody says */
#define ROUND_FEW 5 /* people from whom on nameless answers are shown */
#define ROUND_ANSWER_MAX 4000 /* bytes of one answer, or what is added to it */
#define ROUND_CONCLUSION_MAX ((size_t)32 * 1024) /* bytes of a draft of one */
#define ROUND_TITLE_MAX 200 /* bytes */
#define ROUND_VALUE_MAX 40 /* characters of a value */
#define ROUND_ROOM ((size_t)400 * 1024) /* bytes of all that is said in one */

/* How who answers is shown to the others. */
enum round_names { ROUND_NAME, ROUND_ROLE, ROUND_NOBODY };

/* "naam", "rol", "anoniem" */
const char *
round_names_word(enum round_names names);

/* False when it is none of these words. */
bool
round_names_of(const char *word, enum round_names *names);

/* --- a script --------------------------------------------------------------- */

struct round_step {
	long n; /* from 1 */
	char *title;
	char *question; /* Markdown; may be "" */
	enum round_names names;
	bool grouped; /* answers are put under values */
	long days; /* a script: so long it is open; 0: it does not say */
	/* of a round that was opened: */
	int64_t until; /* seconds since 1970 */
	bool closed; /* before that */
	long answers; /* people who answered */
};

/* For vec_release(). */
void
round_step_free(void *step);

/*
 * Append the steps (struct round_step *) of a script: the page `text`, with or
 * without fields. Each `## ` heading begins one; lines `zichtbaar:`, `dagen:`
 * and `groepeer:` right behind it say how it is answered, and what follows is
 * the question. PLEIN_ERULE "script" with the line.
 */
int
round_script_read(struct vec *steps, const char *text, size_t len,
		  struct err *err);

/* --- who may see what ------------------------------------------------------- */

bool
round_is_open(const struct round_step *step, int64_t now);

enum round_sight {
	ROUND_SEEN,
	ROUND_OUTSIDE, /* they do not take part: when the round has closed */
	ROUND_FIRST, /* when they answered, or the step is closed */
	ROUND_LATER, /* nameless: when the step is closed */
	ROUND_TOO_FEW /* nameless, closed, and too few to stay so */
};

/* May somebody see the answers to this step? */
enum round_sight
round_sight(const struct round_step *step, int64_t now, bool takes_part,
	    bool answered);

/* "seen" "outside" "first" "later" "few" */
const char *
round_sight_word(enum round_sight sight);

#endif
