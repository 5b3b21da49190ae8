/*
 * anchor.h - a passage of a page that a discussion is about, and where it is
 * now: on its words, or lost, never elsewhere. Pure.
 *
 * The passage is what it was when somebody chose it; stretches of blanks and
 * line ends count as one blank, so that a paragraph may be wrapped anew.
 */
#ifndef PLEIN_ANCHOR_H
#define PLEIN_ANCHOR_H

#include <stdbool.h>
#include <stddef.h>

struct anchor {
	const char *quote;
	size_t nth; /* which of those alike in `base`, from 1 */
};

struct anchor_text {
	const char *ptr;
	size_t len;
};

/* A stretch of bytes. */
struct anchor_span {
	size_t at, len;
};

/*
 * The nth stretch of `text` that says `quote`; false when there are fewer.
 * *n (may be NULL) becomes how many there are.
 */
bool
anchor_find_nth(const char *quote, size_t nth, struct anchor_text text,
		struct anchor_span *span, size_t *n);

/*
 * Where it stands in `now`. `base` is the text it was chosen in. Alone of its
 * words in both it is found wherever it went; of several, the one around which
 * still stands what told it from the others. *effort goes down by what
 * comparing took (plein/textdiff.h).
 */
bool
anchor_find(const struct anchor *a, struct anchor_text base,
	    struct anchor_text now, struct anchor_span *span, long *effort);

/* Texts from `base` on, by number: 1; 0 where the page was gone; -1 when one
 * cannot be read. It stays until the next is asked for. */
struct anchor_texts {
	int (*read)(void *ctx, long n, struct anchor_text *text);
	void *ctx;
};

/*
 * Of the texts first … last, of which the last is without the passage: the one
 * that took it away, that is, it is in the one before and in none from there
 * on. 0 when it is in none, one cannot be read, or that would take more than
 * *effort.
 */
long
anchor_loser(const struct anchor *a, struct anchor_text base, long first,
	     long last, const struct anchor_texts *texts, long *effort);

#endif
