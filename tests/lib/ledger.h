/*
 * ledger.h - edits to pages of numbered lines, and what their makers were
 * told. Each edit puts a token of its own into the text, so that afterwards
 * the history says which edit came where: ledger_check() compares the two.
 */
#ifndef PLEIN_TEST_LEDGER_H
#define PLEIN_TEST_LEDGER_H

#include <stdbool.h>
#include <stddef.h>

#include "chronicle.h"
#include "plein/buf.h"
#include "plein/vec.h"

#define LEDGER_LINES 12 /* of a page */
#define LEDGER_PUSHED 900000 /* tokens from here on came by git push */
#define LEDGER_TOKENS 1000000

struct edit {
	int page;
	int line; /* from 0 */
	bool inserts; /* a line after that one, rather than words in it */
	long token;
	long removes; /* a token its maker saw there, or 0 */
	/* what the answer said; version 0 until it came */
	long base, version;
	char commit[41];
	char request[24];
	bool joined;
	long with_first, with_last; /* versions it was joined with */
};

struct ledger {
	const char *folder; /* static: where the pages are, "themas" */
	int n_pages;
	struct vec edits; /* struct edit *: acknowledged, in order */
};

void
ledger_release(struct ledger *l);

void
ledger_address(const struct ledger *l, int page, char out[48]);

/* The text a page begins with. */
void
ledger_text(int page, struct buf *out);

/* Do to a text what the edit does; removes is forgotten if it is not there. */
void
ledger_apply(struct edit *e, struct buf *text);

/* Any token in this line of the text, or 0. */
long
ledger_seen(const char *text, int line);

/* Swallows the edit, which was acknowledged. */
void
ledger_enter(struct ledger *l, struct edit *e_take);

/*
 * Every acknowledged edit is in the version it was told and in every later
 * one until another took it out; none is there twice, none that was never
 * acknowledged (pushes excepted); each request made one commit; versions and
 * commits are those git has; whoever saved on an old base was told with
 * what it was joined, and nobody was joined with a change of the same place.
 */
void
ledger_check(const struct ledger *l, const struct chronicle *c);

#endif
