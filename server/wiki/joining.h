/*
 * joining.h - a text into a page as it is now: where the page is, which
 * version the text began as, and what was saved since. Versions are told
 * apart by what they are, never by when they were made.
 */
#ifndef PLEIN_WIKI_JOINING_H
#define PLEIN_WIKI_JOINING_H

#include <stdbool.h>

#include "plein/buf.h"
#include "state/index.h"
#include "wiki/desk.h"
#include "wiki/method.h"
#include "wiki/target.h"

struct joining {
	char *asked; /* address */
	struct target at; /* where the page is now */
	struct index_version *newest;
	struct index_version *base; /* what the text began as, or NULL */
};

#define JOINING_INIT \
	{ \
		NULL, TARGET_INIT, NULL, NULL \
	}

/*
 * Join the batch and find the page: at the address asked for, or, when it
 * moved since, where it is. PLEIN_ENOTFOUND when there never was one,
 * PLEIN_EDENIED when it may not be changed there. The newest version may be
 * one in which the page is gone. Release `j` in any case.
 */
int
joining_open(struct joining *j, struct desk *d, struct call *c,
	     const struct target *asked);

void
joining_release(struct joining *j);

/*
 * Set the base: version n (0: not told), or as of a commit (NULL: not told).
 * Where both are told they must mean the same version. An unknown one leaves
 * NULL. PLEIN_EBUSY as joining_refuse_number().
 */
int
joining_find_base(struct joining *j, struct desk *d, struct call *c, long n,
		  const char *commit);

/* PLEIN_EBUSY: the versions of the page have no numbers for now. */
int
joining_refuse_number(struct err *err);

/* The page is gone: PLEIN_ENOTFOUND, with the version as `gone`. */
int
joining_refuse_gone(const struct joining *j, struct call *c);

/* *done: this request was done before, the answer is the same again. */
int
joining_repeat(struct joining *j, struct desk *d, struct call *c, bool *done);

/* How the new version is told of; see struct edit_version. */
struct joining_words {
	const char *action;
	const char *words;
	bool named;
	const char *joined; /* before the name of whose change it holds too */
};

/*
 * Make `yours`, which began as the base, the next version, joined with what
 * was saved since, and answer. PLEIN_ECONFLICT with the places where that
 * cannot be done, nothing written.
 */
int
joining_write(struct joining *j, struct desk *d, struct call *c,
	      const struct buf *yours, const struct joining_words *w);

/* The answer of save, undo and revert: {address, version, commit, joined,
 * with, moved}. */
int
joining_answer(struct joining *j, struct desk *d, struct call *c,
	       const struct index_version *made);

#endif
