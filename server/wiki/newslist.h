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

/* A row of one page, into `row`; nothing when others did not change it. */
int
newslist_page(const struct unread *u, const char *address, json_t *row,
	      struct err *err);

#define NEWSLIST_PAGES 250 /* rows at most of a list of both, the newest */
#define NEWSLIST_ROWS 250 /* and of what was said */
#define NEWSLIST_REMARKS 2000 /* that are looked at for them */
#define NEWSLIST_PART 500 /* pages, or remarks, that are read at once first */

enum newslist_kind { NEWSLIST_BOTH, NEWSLIST_CHANGED, NEWSLIST_SAID };

/* What a list of both is about, and what it says of itself. */
struct newslist {
	struct counting from; /* counted from here */
	bool read; /* also what was read */
	json_t *asked; /* gets rows of wiki/asked.h; NULL: they are not wanted */
	enum newslist_kind kind;
	const char *handle; /* only of this person, or NULL */
	const char *folder; /* only in there, or NULL */
	size_t begin; /* the first row that is told */
	/* out */
	size_t next; /* the row behind the last one told; 0: none */
	long pages, remarks, mentions; /* that are unread */
	bool more; /* there was too much: the oldest is left out */
};

/*
 * ROWS_MAX rows, appended: unread ones first, then by what concerns them most,
 * the newest first. What is muted is left out.
 */
int
newslist_all(struct desk *d, struct call *c, struct newslist *n, json_t *rows);

#endif
