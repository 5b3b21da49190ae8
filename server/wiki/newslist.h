/*
 * newslist.h - the pages that others changed and somebody has not read since,
 * as rows of an answer.
 */
#ifndef PLEIN_WIKI_NEWSLIST_H
#define PLEIN_WIKI_NEWSLIST_H

#include <jansson.h>

#include "wiki/desk.h"
#include "wiki/method.h"
#include "wiki/unread.h"

/* Rows of news.list for the caller, appended: at most ROWS_MAX + 1. Nothing
 * when counting has not begun. */
int
newslist_rows(struct desk *d, struct call *c, const struct counting *k,
	      json_t *rows);

#endif
