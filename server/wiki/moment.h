/*
 * moment.h - the pages of the wiki as of a moment in the past. A moment is in
 * seconds since 1970 and goes by committer dates along main.
 */
#ifndef PLEIN_WIKI_MOMENT_H
#define PLEIN_WIKI_MOMENT_H

#include "plein/buf.h"
#include "plein/err.h"
#include "plein/vec.h"
#include "state/index.h"
#include "wiki/desk.h"

/*
 * All pages that existed then, struct index_page * appended, in address
 * order. Only texts that differ from today's are read.
 */
int
moment_pages(struct desk *d, long when, struct vec *pages, struct err *err);

/*
 * Where the history is kept now of the page at this address: of the one that
 * has it now, if that was there at this place on main, else of the one that
 * had it then. free() it.
 */
int
moment_home(struct desk *d, int64_t seq, const char *address, char **out,
	    struct err *err);

/* The same of an address of then, whichever page has it now. free() it. */
int
moment_home_there(struct desk *d, int64_t seq, const char *address, char **out,
		  struct err *err);

/* The version a page was in then; PLEIN_ENOTFOUND when there was no such
 * page. */
int
moment_version(struct desk *d, long when, const char *address,
	       struct index_version **out, struct err *err);

/* A page as lists had it then; PLEIN_ENOTFOUND when there was no such page.
 * index_page_free() it. */
int
moment_page(struct desk *d, long when, const char *address,
	    struct index_page **out, struct err *err);

/* The address that a page had at a place on main; as it is, when it was not
 * there then. Appended. */
int
moment_address(struct desk *d, int64_t seq, const char *address,
	       struct buf *out, struct err *err);

/* What the page at an address of that place on main said, appended;
 * PLEIN_ENOTFOUND. */
int
moment_text(struct desk *d, int64_t seq, const char *address, struct buf *text,
	    struct err *err);

struct moment_span {
	int64_t after, until; /* places on main */
	long most; /* pages */
	bool whole; /* out: there are no more */
};

/* Pages in which something changed there: addresses, char * appended. */
int
moment_changed(struct desk *d, struct moment_span *span, struct vec *out,
	       struct err *err);

/*
 * An index in memory of what the pages in these folders (NULL: the last) said
 * then, and how many discussions about them were open; index_close() it. It
 * knows no remarks. Reads every text of theirs.
 */
int
moment_index(struct desk *d, long when, const char *const *folders,
	     struct index **out, struct err *err);

/* What lay at an address of that place on main, into such an index; nothing
 * when there was no page. */
int
moment_fill(struct desk *d, struct index *x, int64_t seq, const char *address,
	    struct err *err);

#endif
