/*
 * keep.h - when the text that is being written goes to the wiki as a draft.
 * Pure: it is told what happened and at which millisecond, and tells what is
 * due. Nothing is due while nothing changes, and only one draft is under way
 * at a time.
 *
 * A change goes at most KEEP_MS later. With the time the wiki takes (it
 * writes what comes within 250 ms together) that keeps a cut line below two
 * seconds of typing.
 */
#ifndef PLEIN_VIEW_KEEP_H
#define PLEIN_VIEW_KEEP_H

#include <stdbool.h>
#include <stdint.h>

#define KEEP_MS 1500

/* Else all zero: nothing has changed, the wiki has nothing. */
struct keep {
	int ms; /* how long a change may wait: KEEP_MS but in tests */
	int64_t due; /* when the change must go; 0: there is none */
	bool flying; /* one is under way */
	bool kept; /* the wiki has or gets a draft of this text */
	bool failed; /* it did not take the last one */
	int64_t sent; /* when the one under way went, in seconds since 1970 */
	int64_t until; /* up to when the wiki has the text; 0: never */
};

void
keep_change(struct keep *k, int64_t now);

/* When there will be something to send; 0: not as it is now. */
int64_t
keep_due(const struct keep *k);

/* Is there a change that is not on its way? */
bool
keep_has_news(const struct keep *k);

/* The text of now, in seconds since 1970, went to the wiki. */
void
keep_send(struct keep *k, int64_t wall);

/* It was taken or not; true when a failure must be told: the first one. */
bool
keep_answer(struct keep *k, bool taken);

/* The text went another way, as a version: no draft of it is due. */
void
keep_skip(struct keep *k);

/* The draft is gone from the wiki. */
void
keep_drop(struct keep *k);

#endif
