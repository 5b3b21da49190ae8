/*
 * newslist.h - what is new for somebody, as rows of an answer: the pages that
 * others changed and they have not read since; and with them what was said.
 */
#ifndef PLEIN_WIKI_NEWSLIST_H
#define PLEIN_WIKI_NEWSLIST_H

#include <jansson.h>
#include <stdbool.h>

#include "wiki/desk.h"
#include "wiki/method.h"
#include "wiki/unread.h"

/* Rows of news.list about pages only, appended, the newest first: at most
 * ROWS_MAX + 1. Nothing when counting has not begun. */
int
newslist_pages(struct desk *d, struct call *c, const struct counting *k,
	       json_t *rows);

/* What a list of both says of itself. */
struct newslist {
	struct counting from; /* counted from here */
	bool read; /* also what was read */
	json_t *asked; /* gets rows of wiki/asked.h; NULL: they are not wanted */
	long pages, remarks, mentions; /* that are unread */
	bool more; /* there was too much: the oldest is left out */
};

/*
 * All rows, appended: unread ones first, then by what concerns them most, the
 * newest first. What is muted is left out.
 */
int
newslist_all(struct desk *d, struct call *c, struct newslist *n, json_t *rows);

#endif
