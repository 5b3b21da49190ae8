/*
 * question.h - a question (vraagstuk) as its page says it: the core question,
 * and the answers people hold possible, each with who supports it and what
 * speaks for and against. docs/decisions.md has the layout. Pure.
 *
 * A possible answer is called a position here, and is known by its title.
 * What changes a text leaves every other byte.
 */
#ifndef PLEIN_QUESTION_H
#define PLEIN_QUESTION_H

#include <stdbool.h>
#include <stddef.h>

#include "plein/buf.h"
#include "plein/err.h"
#include "plein/vec.h"

struct argument {
	char *text;
	char *handle; /* who says it, or NULL */
};

/* The lists of a position, in the order they are written in. */
enum question_list {
	QUESTION_SUPPORT, /* char *, handles */
	QUESTION_FOR, /* struct argument * */
	QUESTION_AGAINST, /* the same */
	QUESTION_LISTS
};

struct position {
	char *title;
	char *text; /* what explains it, may be "" */
	struct vec lists[QUESTION_LISTS];
	size_t end; /* byte behind the last line that is not blank */
	size_t ends[QUESTION_LISTS]; /* behind the last item, 0: no list */
	size_t supporters; /* byte where their list begins */
};

struct question {
	char *core; /* the core question, or NULL */
	struct vec positions; /* struct position *, as they stand */
	size_t end; /* byte where a further position goes; 0: no section */
};

void
question_read(struct question *q, const char *text, size_t len);

void
question_release(struct question *q);

/* NULL when there is none of that title. */
const struct position *
question_find(const struct question *q, const char *title);

bool
position_is_supported(const struct position *p, const char *handle);

/* --- changing the text ---------------------------------------------------- */

/* `explains` may be NULL; else as mdline_fits_below() has it, or PLEIN_ERULE.
 * PLEIN_EEXISTS when there is one of that title. */
int
question_add(struct buf *text, const char *title, const char *explains,
	     struct err *err);

/* PLEIN_ENOTFOUND when there is no such position. */
int
question_argue(struct buf *text, const char *title, bool against,
	       const struct argument *a, struct err *err);

/* Support it, or no longer. PLEIN_ENOTFOUND; PLEIN_ESAME when it is so. */
int
question_support(struct buf *text, const char *title, const char *handle,
		 bool support, struct err *err);

#endif
