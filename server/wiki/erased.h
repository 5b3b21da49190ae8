/*
 * erased.h - who still has what was erased: programs that were open all the
 * while, and know commits as they were. A commit that became another one is
 * taken for that; of a page that something was erased from they have to read
 * anew first.
 */
#ifndef PLEIN_WIKI_ERASED_H
#define PLEIN_WIKI_ERASED_H

#include <stddef.h>

#include "plein/buf.h"
#include "plein/err.h"
#include "wiki/desk.h"
#include "wiki/method.h"
#include "wiki/space.h"

/* Run a method; PLEIN_ERULE ("erased") when what it was given is of before
 * an erasure. */
int
erased_run(struct desk *d, const struct method *m, struct call *c);

/* Not in the table: which day something was erased from the newest of the
 * commits `ids`, "" for none. Answer {date}. */
extern const struct method erased_haves;

/* PLEIN_ERULE when this file was erased, with just these bytes. */
int
erased_check(struct desk *d, const char *text, size_t len, struct err *err);

/* What a page is called among those that something was erased from. */
void
erased_name(struct buf *out, const struct space *s, const char *address);

#endif
