/*
 * progress.h - how far a municipality is with each theme, and what it offers
 * and needs: one page for each municipality (voortgang/duinstad), a heading
 * for each theme. docs/decisions.md has the layout. Pure.
 */
#ifndef PLEIN_PROGRESS_H
#define PLEIN_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "plein/buf.h"
#include "plein/daytext.h"
#include "plein/vec.h"

#define PROGRESS_FOLDER "voortgang"

enum progress_stage {
	PROGRESS_NOT_BEGUN,
	PROGRESS_EXPLORING,
	PROGRESS_UNDER_WAY,
	PROGRESS_DONE,
	PROGRESS_STAGES
};

/* "nog niet begonnen", "verkennen", "in uitvoering", "gerealiseerd" */
const char *
progress_word(enum progress_stage stage);

/* Case and accents aside, `-` for a blank; false when it is none. */
bool
progress_of_word(const char *word, enum progress_stage *stage);

struct progress {
	char *theme; /* address */
	enum progress_stage stage;
	char *offers, *needs; /* or NULL */
	char since[DAYTEXT_LEN + 1]; /* or "" */
};

void
progress_free(void *p);

/* Those of a page as they stand, struct progress * appended. */
void
progress_read(struct vec *out, const char *text, size_t len);

/* The municipality says this of the theme, in place of before. */
void
progress_put(struct buf *text, const struct progress *p);

/*
 * "Gemeente Duinstad" → "duinstad", the name of its page; appended, nothing
 * when there is no such name. What comes of two that differ is alike at most
 * where they differ in what is no letter or digit, or in that word.
 */
void
progress_slug(struct buf *out, const char *organisation);

#endif
