/*
 * linemode_impl.h - what the files of line mode share: linemode.c waits,
 * reads and writes; line_act.c knows what a line means, line_choose.c what is
 * chosen, line_prompt.c where one is; line_edit.c changes a text.
 */
#ifndef PLEIN_LINEMODE_IMPL_H
#define PLEIN_LINEMODE_IMPL_H

#include "idle.h"
#include "line_tell.h"
#include "linemode.h"
#include "nav.h"

struct linemode {
	struct nav nav;
	struct link *link;
	const struct linemode_options *options;
	struct buf in, out;
	struct line_tell shown; /* what was told last */
	struct line_tell below; /* and before the drawer above it */
	size_t next_piece; /* of a text that is edited, to be listed; 0: none */
	char *thread; /* code of the discussion that was told last, or NULL */
	const struct view *remark; /* that is written, while it is there */
	char *told; /* the message that was, or NULL */
	struct buf news; /* messages that wait for the next prompt */
	int width, signals;
	bool ended; /* of the input */
	bool away; /* the wiki did not answer in time */
	bool hung_up, stopped, interrupted;
	bool hidden; /* the line that is awaited is nobody's to see */
	int64_t stop_at; /* when unsaved text must go, or 0 */
	struct idle idle;
	bool idled; /* it is over because of that */
};

/* --- linemode.c --- */

/* A sentence, wrapped. */
void
linemode_say(struct linemode *l, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * Show `prompt`, wait for a line: without its newline. False when there will
 * be none any more.
 */
bool
linemode_ask(struct linemode *l, const char *prompt, struct buf *line);

/* The same, and a terminal does not show what is typed. */
bool
linemode_ask_hidden(struct linemode *l, const char *prompt, struct buf *line);

/* What was said last is not to be told. */
void
linemode_forget(struct linemode *l);

/* Until nothing is awaited from the wiki and the view has its data. */
void
linemode_settle(struct linemode *l);

/* There is more of a list than was known: read on, tell it. */
void
linemode_go_on(struct linemode *l);

/* Tell the top view when it shows something else now, else what was said. */
void
linemode_present(struct linemode *l);

/* A key by its name, or a text as if it were pasted. */
void
linemode_key(struct linemode *l, const char *name);

void
linemode_type(struct linemode *l, const char *text, size_t len);

/* Take away what is typed in the field in focus, at most `len` characters on
 * each side of the cursor. */
void
linemode_empty(struct linemode *l, size_t len);

/* Lines until one with a single dot, each with its newline; false as
 * linemode_ask(). */
bool
linemode_ask_text(struct linemode *l, struct buf *text);

/* --- line_prompt.c --- */

/* "common-ground history> ", appended. */
void
line_prompt(const struct linemode *l, struct buf *out);

/* What stands behind a label: ": ", but a sentence has its sign already. */
void
line_end_label(struct buf *label);

/* --- line_choose.c --- */

/* Is it yes, or no, in either language? */
bool
line_is_yes(const char *line);

bool
line_is_no(const char *line);

/* Is it the number of a choice? */
bool
line_is_number(const char *line);

/* That what was chosen is not there. */
void
line_say_how_many(struct linemode *l);

/* What has that number in the list that was told last. */
void
line_choose(struct linemode *l, size_t number);

/* A yes or a no to the question that is asked; false: it is neither, or there
 * is no such question. */
bool
line_answer(struct linemode *l, const char *line);

/* --- line_act.c --- */

/* Do what a line says. */
void
line_act(struct linemode *l, const char *line);

/* Run a command of the menu of the top view; false: it is not possible. */
bool
line_run(struct linemode *l, enum command cmd);

/* Are words of commands shown in Dutch? */
bool
line_is_dutch(void);

#endif
