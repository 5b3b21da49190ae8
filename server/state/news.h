/*
 * news.h - what came onto main behind a place (`seq`), page by page: for who
 * was told all up to there.
 */
#ifndef PLEIN_STATE_NEWS_H
#define PLEIN_STATE_NEWS_H

#include <stdint.h>

#include "plein/err.h"
#include "plein/vec.h"
#include "state/index.h"

/* The last place of main; 0 when there is nothing. */
int
news_tip(struct index *x, int64_t *seq, struct err *err);

/* The place of a commit; PLEIN_ENOTFOUND when main does not have it. */
int
news_place(struct index *x, const char *commit, int64_t *seq, struct err *err);

/* A version of a page, under the address it had then. */
struct news_version {
	char *address;
	long n;
	int64_t seq;
	char *handle; /* who made it */
	const char *action; /* new changed moved gone */
};

void
news_version_free(void *v);

/* Oldest first, at most `limit`: struct news_version * appended. */
int
news_versions(struct index *x, int64_t after, long limit, struct vec *out,
	      struct err *err);

/* A page that exists, and its newest version that somebody else made. */
struct news_page {
	char *address, *title, *kind; /* kind may be NULL */
	long n;
	int64_t seq;
};

void
news_page_free(void *p);

#define NEWS_ALL INT64_MAX

/* Those that others than `handle` changed behind a place on main. */
struct news_part {
	int64_t after;
	const char *handle;
	const struct news_page *behind; /* the last one before; NULL: none */
	int64_t limit; /* NEWS_ALL: no limit */
};

/* Newest first, of one commit by address: struct news_page *. */
int
news_pages(struct index *x, const struct news_part *part, struct vec *out,
	   struct err *err);

/* Only those of `pages`, a JSON array of addresses, as they are named there;
 * of each no more than its address and the version. */
int
news_of_pages(struct index *x, const char *pages, int64_t after,
	      const char *handle, struct vec *out, struct err *err);

/* Pages in which, or about which, anything came: addresses, char * appended,
 * some of them more than once; at most `limit` of either kind. */
int
news_touched(struct index *x, int64_t after, long limit, struct vec *out,
	     struct err *err);

/* Addresses at which there are discussions and no page: char * appended. */
int
news_orphaned(struct index *x, struct vec *out, struct err *err);

/* Yours; NULL when there is no such page. */
int
news_title(struct index *x, const char *address, char **title, struct err *err);

struct news_name {
	char *page; /* its address now */
	char *former;
};

void
news_name_free(void *n);

/* The former addresses of these pages, a JSON array of addresses: struct
 * news_name * appended. */
int
news_formers(struct index *x, const char *pages, struct vec *out,
	     struct err *err);

#endif
