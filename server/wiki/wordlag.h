/*
 * wordlag.h - when the words of saved pages are written: behind the answers
 * (index_commit_ahead()), when it has been calm for a moment, after WORDLAG_MS
 * or for WORDLAG_MAX pages at the latest, and at once when somebody searches.
 * Shared by all threads of the wiki process.
 */
#ifndef PLEIN_WIKI_WORDLAG_H
#define PLEIN_WIKI_WORDLAG_H

#include <stdbool.h>

#define WORDLAG_CALM_MS 20
#define WORDLAG_MS 1000
#define WORDLAG_MAX 256
#define WORDLAG_PATIENCE_MS 1000 /* of who searches */

struct wordlag;

/* `wake` is called by who searches: the writer should look at wordlag_delay().
 */
struct wordlag *
wordlag_new(void (*wake)(void *ctx), void *ctx);

/* When nobody waits any more. NULL is allowed. */
void
wordlag_free(struct wordlag *l);

/* For the writer, after each round: so many pages have words that wait. */
void
wordlag_note(struct wordlag *l, long n);

/* For the writer: milliseconds until they should be written; -1: none wait. */
int
wordlag_delay(struct wordlag *l);

/*
 * For the writer: they were written, or could not be when some are left; then
 * it is tried again after WORDLAG_MS.
 */
void
wordlag_done(struct wordlag *l, long left);

/*
 * For who searches and has seen that words wait: until they are written.
 * False when that took longer than `ms`.
 */
bool
wordlag_ask(struct wordlag *l, int ms);

#endif
