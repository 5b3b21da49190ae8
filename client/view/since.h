/*
 * since.h - what is different on a page since a version somebody knows: asked
 * for beside the page, and told as it opens, with the cursor on the first
 * place. Not a view: the page holds one.
 */
#ifndef PLEIN_VIEW_SINCE_H
#define PLEIN_VIEW_SINCE_H

#include <jansson.h>
#include <stdbool.h>

#include "view/reading.h"
#include "view/view.h"

struct since {
	json_int_t from; /* that version; 0: the page is new to all */
	char *handle; /* who changed it last; NULL: nobody asks */
	size_t left; /* others that are unread */
	bool more; /* than so many */
	json_t *diff; /* result of page.diff, or NULL */
	bool waiting; /* for it */
};

/* What opens a page of news: a row of news.list or an answer of unread.next, and
 * how many others there are. */
struct request
since_open(const json_t *row, size_t left);

/* From `since` of the arguments of the page, where there are such. */
void
since_init(struct since *s, const json_t *args);

void
since_release(struct since *s);

/* Ask what is different; the page is at this address. */
void
since_ask(struct since *s, struct link *link, const char *address);

/* The page, a result of page.read, is laid out: go there and say so, once. */
void
since_arrive(struct since *s, struct reading *r, struct context *c,
	     const json_t *page);

#endif
