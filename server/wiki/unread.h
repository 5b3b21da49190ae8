/*
 * unread.h - what a person has not read of what others said, and what they
 * follow. A remark is unread when it came behind the place on main where
 * counting began and behind the one they read last in its thread; a thread
 * that was split off another goes by how far they read there.
 *
 * Somebody follows what they wish to (state/follows.h), else the threads in
 * which they said something, the pages they wrote, and the threads of those.
 * What is muted is not counted, but for remarks that name or answer them. One
 * that was changed to name them is unread once more.
 */
#ifndef PLEIN_WIKI_UNREAD_H
#define PLEIN_WIKI_UNREAD_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "plein/vec.h"
#include "state/follows.h"
#include "state/fresh.h"
#include "wiki/changed.h"
#include "wiki/desk.h"
#include "wiki/method.h"

/* Where counting began: everything behind `after` is news. */
struct counting {
	int64_t after; /* place on main */
	int64_t since; /* that moment, for people; 0: it has not begun */
};

/* For who is a person; `since` is a moment to count from instead, or 0. */
int
counting_find(struct desk *d, const char *handle, int64_t since,
	      struct counting *k, struct err *err);

struct unread {
	struct desk *desk;
	const char *handle; /* borrowed; NULL: nobody, nothing is counted */
	struct counting from;
	struct vec wishes; /* struct wish *, by what */
	/* struct fresh_thread *, by page: those unread of what was loaded */
	struct vec threads;
	struct vec late; /* struct fresh_remark *: see late.h */
};

/*
 * Fill it for the caller, whoever that is, with the threads of a page;
 * unread_release() it in any case. While there is no index nothing is counted.
 */
int
unread_load(struct unread *u, struct desk *d, const struct caller *who,
	    const char *page, struct err *err);

/* The same of these pages, a JSON array of addresses: what is unread elsewhere
 * costs nothing. Of more than the desk's `much` all threads are. */
int
unread_load_pages(struct unread *u, struct desk *d, const struct caller *who,
		  const json_t *pages, struct err *err);

/* The threads of these pages, or (NULL) all, in place of what was loaded, once
 * counting began. */
int
unread_turn_to(struct unread *u, const json_t *pages, struct err *err);

/* Where in `threads` those of a page begin, or would. */
size_t
unread_seek(const struct unread *u, const char *page);

/* Only what one has read and follows: no counts. */
int
unread_load_marks(struct unread *u, struct desk *d, const struct caller *who,
		  struct err *err);

void
unread_release(struct unread *u);

/* Of one thread no more than FRESH_MOST are counted. */
long
unread_of_page(const struct unread *u, const char *address);

long
unread_of_thread(const struct unread *u, const char *code, const char *page);

/*
 * For an answer about pages: put `new` into its rows, or the pages of them,
 * where it is not 0: the unread remarks, and one when others changed the page
 * (changed.h). Not as of a moment, nor for who is no person.
 */
int
unread_tell_rows(struct desk *d, struct call *c);

/* The same for rows that are told one by one. */
struct unread_rows {
	struct unread unread;
	struct changed changed;
};

/* Of these pages, a JSON array of addresses, which is swallowed. Close it in any
 * case. */
int
unread_open_rows(struct unread_rows *r, struct desk *d, struct call *c,
		 json_t *pages_take);

void
unread_tell_row(const struct unread_rows *r, json_t *row);

/* What it tells of a page: how much. */
long
unread_of_row(const struct unread_rows *r, const char *address);

void
unread_close_rows(struct unread_rows *r);

/* The same for page.read: threads, open; and of people new, follow. */
int
unread_tell_page(struct desk *d, struct call *c, const char *address);

#define UNREAD_ANSWER \
	"; new, of now and where it is not 0, counts what the caller has not " \
	"read on the page: the remarks of others, and one when others " \
	"changed it"

/* How far they read in a thread; of what was never read 0, "". `was` is
 * another thread that its remarks were in, or NULL. */
struct fresh_place
unread_place(const struct unread *u, const char *code, const char *was);

/* The same, in a thread with something fresh. */
struct fresh_place
unread_place_in(const struct unread *u, const char *code);

/* The same, of a thread with these remarks (struct index_remark *, as they
 * came). */
struct fresh_place
unread_origin(const struct unread *u, const char *code,
	      const struct vec *remarks);

/* Is it a remark of others that stands, behind such a place or late (late.h)? */
struct index_remark;
bool
unread_is_fresh(const struct unread *u, const struct fresh_place *read,
		const struct index_remark *r);

/* FOLLOW_YES, FOLLOW_NO or FOLLOW_MUTED. */
enum follow
unread_follows_page(const struct unread *u, const char *address);

enum follow
unread_follows_thread(const struct unread *u, const char *code,
		      const char *page);

/* What they asked for. */
enum follow
unread_wish(const struct unread *u, const char *what);

#endif
