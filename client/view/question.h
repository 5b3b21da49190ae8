/*
 * question.h - a drawer that asks: a question, its consequences, numbered
 * answers. The focused answer is the harmless one, and always the first.
 */
#ifndef PLEIN_VIEW_QUESTION_H
#define PLEIN_VIEW_QUESTION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/command.h"

#define QUESTION_ANSWERS 9

struct answer {
	char *label;
	enum command command; /* for the view below; CMD_N: just close */
	char *text; /* goes with it, or NULL */
	bool looks; /* nothing changes by it, so it takes no reason */
};

struct question {
	char *question;
	char *explanation; /* lines, or NULL */
	char *reason; /* asks for a line besides the answer, or NULL */
	bool reason_first; /* the cursor begins in that line */
	char *message; /* for line 23; NULL: the question itself */
	char *leave; /* what Esc does; NULL: what the first answer says */
	enum command cancel; /* for the view below; CMD_N: just close */
	struct answer *answers;
	size_t n_answers;
	size_t focus; /* answer that has it; the first, unless all are harmless */
};

/* Copies its strings; `explanation` may be NULL. */
struct question *
question_new(const char *question, const char *explanation);

/* What line 23 says while it is asked. */
void
question_say(struct question *q, const char *message);

/* What Esc does, where the first answer begins with "No". */
void
question_leave(struct question *q, const char *word);

void
question_add(struct question *q, const char *label, enum command command,
	     const char *text);

/* An answer that shows something and changes nothing. */
void
question_add_look(struct question *q, const char *label, enum command command,
		  const char *text);

/* Ask for a line of text too: an answer's text has it behind a newline. */
void
question_ask(struct question *q, const char *reason);

/* The same, where without it nothing can be done: the cursor begins there. */
void
question_ask_first(struct question *q, const char *reason);

void
question_free(struct question *q);

struct context;
struct view;

/* Takes the question. */
struct view *
question_view_new(struct context *c, struct question *q_take);

/*
 * For line mode: the line that is asked for besides the answer of this value
 * (view_ops.tell), where that does something; NULL: none. And what was typed
 * there.
 */
const char *
question_view_asks(const struct view *v, size_t value);

/* Is nothing done without that line? */
bool
question_view_must(const struct view *v);

void
question_view_type(struct view *v, const char *reason);

#endif
