/*
 * throng.h - many writers at once on a few pages, over several connections
 * (`ssh host api`) of several accounts; a connection carries the requests of
 * its writers side by side. Who saves on an old base is joined or refused,
 * reads again and saves anew; some requests are sent twice, at once or later.
 * What each was told goes into a ledger.
 */
#ifndef PLEIN_TEST_THRONG_H
#define PLEIN_TEST_THRONG_H

#include <stdbool.h>
#include <stdint.h>

#include <jansson.h>

#include "dialog.h"
#include "fixture.h"
#include "ledger.h"
#include "plein/buf.h"

#define THRONG_LINES 16 /* connections at most */
#define THRONG_WRITERS 64
#define THRONG_ACCOUNTS 8 /* with the one of the fixture */

struct writer {
	int line; /* connection */
	int page;
	long version; /* the text is of; 0: to be read */
	struct buf text;
	struct edit *edit; /* on its way, or refused and to be saved anew */
	struct buf sent_text; /* with the edit in it */
	const char *method; /* asked last; static */
	json_t *params;
	int id; /* of the last copy */
	int phase;
	int copies; /* of the request, not answered */
	int tries; /* of the edit */
	long told; /* version in an answer to the same request, 0: none */
	char told_commit[41];
};

struct throng {
	const struct fixture *fixture;
	char keys[THRONG_ACCOUNTS][80];
	int n_keys;
	struct dialog lines[THRONG_LINES];
	int n_lines;
	struct writer writers[THRONG_WRITERS];
	int n_writers;
	struct ledger ledger;
	unsigned seed; /* of all that is chosen */
	long next_token, next_request;
	long left; /* saves to begin */
	/* called before each wait; ms until it wants to be called again */
	int (*tick)(void *ctx);
	void *ctx;
	int joined, conflicts, repeats, doubts; /* what happened */
};

/* Accounts for the throng, each with a key; before the fixture serves. */
void
throng_accounts(struct throng *t, struct fixture *f, int n);

/* Connect the writers and make the pages; seed and the rest are kept. */
void
throng_open(struct throng *t, int n_lines, int n_writers, int n_pages);

/* So many edits are saved; returns when nobody waits for an answer. */
void
throng_save(struct throng *t, long saves);

/* The git of its wiki, after the last answer: ledger_check(). */
void
throng_check(const struct throng *t);

/* A number below `n`, the same ones in each run. */
unsigned
throng_choose(struct throng *t, unsigned n);

void
throng_close(struct throng *t);

#endif
