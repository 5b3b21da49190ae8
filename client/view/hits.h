/*
 * hits.h - pages found for words that may still be being typed: the wiki is
 * asked a moment after the last key, one question at a time, and an answer to
 * other words than the last ones is dropped. Not a view: views hold one.
 */
#ifndef PLEIN_VIEW_HITS_H
#define PLEIN_VIEW_HITS_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#define HITS_PAUSE_MS 150 /* after the last key */

struct view;

struct hits {
	struct view *view;
	json_t *wanted; /* parameters of search.pages to ask, or NULL */
	json_t *asked; /* those of the answer that is shown or on its way */
	int64_t due; /* when `wanted` goes, in clock_mono_ms() */
	bool past; /* of `wanted`: old versions too */
	bool asked_past;
	bool waiting; /* one is under way */
	bool old; /* and it is about old versions */
	bool done; /* all came that was asked for, or it was refused */
	json_t *rows; /* of pages as they are now, best first */
	json_t *old_rows; /* versions of other pages that had the words */
	json_t *near; /* {word, pages}: words like one that is nowhere; or NULL */
	bool more; /* than these */
	bool incomplete; /* not all old versions have been looked through */
	char *refusal; /* the wiki's, as a sentence, or NULL */
	/* Other rows, or more of them; `anew` for other words. */
	void (*taken)(struct view *v, bool anew);
};

void
hits_init(struct hits *h, struct view *v,
	  void (*taken)(struct view *v, bool anew));

void
hits_release(struct hits *h);

/*
 * Look for this: parameters of search.pages, with `past` also among old
 * versions; NULL finds nothing. After a pause, or at once.
 */
void
hits_want(struct hits *h, json_t *params_take, bool past, int pause_ms);

/* When hits_tick() has something to do; 0: not as it is now. */
int64_t
hits_due(const struct hits *h);

void
hits_tick(struct hits *h);

/* Without waiting for the pause. */
void
hits_hurry(struct hits *h);

/* The same words once more. */
void
hits_again(struct hits *h);

size_t
hits_size(const struct hits *h);

/* Row i, those of now first, or NULL. */
const json_t *
hits_row(const struct hits *h, size_t i);

/* Is row i an old version? */
bool
hits_is_old(const struct hits *h, size_t i);

#endif
