/*
 * speller.h - the wiki process's end of the stream to the process that
 * spells (server/spell/spell.h). Any thread may ask; one at a time is
 * answered. There is no process before the first question, and a new one
 * after it was lost.
 */
#ifndef PLEIN_WIKI_SPELLER_H
#define PLEIN_WIKI_SPELLER_H

#include <jansson.h>

#include "plein/err.h"

struct speller;

/* `wanted` is called, on any thread, when a process must be started. */
struct speller *
speller_new(void (*wanted)(void *ctx), void *ctx, int patience_ms);

void
speller_free(struct speller *s);

/* Here it is; the stream becomes ours. */
void
speller_give(struct speller *s, int fd);

#define SPELLER_PATIENCE_MS 3000 /* for a process, and for an answer */

/*
 * Ask, and wait for the answer, which is yours. PLEIN_EBUSY when there is no
 * process, or it does not answer in time.
 */
int
speller_ask(struct speller *s, const json_t *question, json_t **answer,
	    struct err *err);

#endif
