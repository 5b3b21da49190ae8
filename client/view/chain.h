/*
 * chain.h - what the screens of a question, a decision and a meeting have in
 * common: one page as a list of what it says, that can be added to. Each has a
 * struct chain_kind.
 */
#ifndef PLEIN_VIEW_CHAIN_H
#define PLEIN_VIEW_CHAIN_H

#include <jansson.h>

#include "view/listview.h"
#include "view/others.h"
#include "view/shaper.h"

struct chain;

struct chain_kind {
	const char *method; /* that reads it: {address} */
	void (*head)(const struct chain *c, struct head *h);
	/* Items and lines of the data. */
	void (*fill)(struct chain *c);
	/* A command that is not one of all; `text` as run() of a view has it. */
	struct request (*run)(struct chain *c, enum command cmd,
			      const char *text);
	/* May it be done with what is in focus? Only ADD, COMPLETE, RESPOND
	 * and SUPPORT are asked for. */
	bool (*allows)(const struct chain *c, enum command cmd);
	void (*name)(const struct chain *c, enum command cmd, struct buf *word);
	const enum command *bar;
	const struct listing_column *columns;
	bool people; /* who else is here, or was lately, is wanted */
};

struct chain {
	struct listview base;
	const struct chain_kind *kind;
	char *address;
	json_t *data; /* what the method answered, or NULL */
	bool loaded; /* an answer came, good or bad */
	size_t asked; /* the owner's: what is being typed, 0: nothing */
	char *kept; /* the owner's: what was typed before that, or NULL */
	struct others others; /* where that is wanted */
	struct shaper shaper;
};

struct view *
chain_new(struct context *c, const struct chain_kind *kind,
	  const char *address);

/* Values of items: a group and a number in it. */
#define CHAIN_GROUP ((size_t)10000)
#define CHAIN_TEXT 0 /* the group of what opens the page itself */

/* The number in this group that is in focus; false when it is another. */
bool
chain_focus(const struct chain *c, size_t group, size_t *i);

/* A part of the data, or NULL. */
const json_t *
chain_part(const struct chain *c, const char *list, size_t i);

/* A text of the data, or "". */
const char *
chain_text(const struct chain *c, const char *key);

/* Ask for a line; it comes back as `cmd` with `text`, while `asked` is this. */
struct request
chain_ask(struct chain *c, size_t asked, const char *question,
	  enum command cmd);

/* {address}, for a method that writes. */
json_t *
chain_params(const struct chain *c);

/* Markdown as plain text, a block a line, appended; links by the titles of
 * their pages. */
void
chain_plain(const struct chain *c, const char *markdown, struct buf *out);

/* Paragraphs of Markdown as sentences. */
void
chain_say_text(struct chain *c, const char *markdown);

#endif
